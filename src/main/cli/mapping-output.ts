/** Mappings as the command line shows them: sentences for people, one JSON value for programs. */
import type { MappingRow } from '../../domain/mapping/mapping-row.ts';
import { printAlternatives } from '../../domain/mapping/mapping-text.ts';
import type { MappingPlan } from '../../domain/mapping/plan-changes.ts';
import type { MappingImport } from '../../exchange/import-mappings.ts';
import type { QueueEntry } from '../../exchange/mapping-queue.ts';
import type { MappingTable } from '../../exchange/mapping-table.ts';
import { nameOfRow, seasonCodeOf } from '../../exchange/mapping-table.ts';
import type { RefusedMappings, SavedMappings } from '../../exchange/save-mappings.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { CliIo } from './command.ts';
import { faultSentence, suggestionSentence } from './mapping-texts.ts';
import type { Reader } from './reader.ts';
import { dayOf, say } from './reader.ts';
import { inColumns } from './run-output.ts';

interface Output {
  io: Pick<CliIo, 'out' | 'err'>;
  values: { json?: boolean | undefined };
  session: { reader: Reader };
}

/** A row as JSON shows it. */
export function reportOf(row: MappingRow, table: MappingTable) {
  return {
    id: row.id > 0 ? row.id : null,
    word: row.word,
    season: seasonCodeOf(row, table) || null,
    name: nameOfRow(row, table),
    ours: row.ours,
    external: printAlternatives(row.external),
    notOurs: row.notOurs,
    rule: row.rule ?? null,
  };
}

function cells(row: MappingRow, table: MappingTable, reader: Reader): string[] {
  const season = seasonCodeOf(row, table) || say(reader, 'mappings.every_season');
  const ours = row.notOurs ? say(reader, 'mappings.not_ours') : (row.ours ?? '');
  const theirs = row.rule ? JSON.stringify(row.rule) : printAlternatives(row.external);
  return [TEXTS[reader.language].terms.word[row.word], `[${season}]`, ours, `→ ${theirs}`];
}

function line(row: MappingRow, table: MappingTable, reader: Reader): string {
  return cells(row, table, reader).join(' ');
}

export function printTable({ io, values, session }: Output, table: MappingTable): void {
  const { reader } = session;
  if (values.json) io.out(JSON.stringify(table.rows.map((row) => reportOf(row, table))));
  else if (table.rows.length === 0) io.out(say(reader, 'mappings.none'));
  else {
    const rows = table.rows.map((row) => [String(row.id), ...cells(row, table, reader)]);
    for (const text of inColumns(rows)) io.out(text);
  }
}

export function printQueue({ io, values, session }: Output, queue: readonly QueueEntry[]): void {
  if (values.json) {
    io.out(JSON.stringify(queue));
    return;
  }
  const { reader } = session;
  if (queue.length === 0) io.out(say(reader, 'queue.empty'));
  for (const { word, value, parent, seenCount, firstSeenAt, lastSeenAt, suggestions } of queue) {
    const params = {
      word: TEXTS[reader.language].terms.word[word],
      value,
      parent: parent === '' ? '' : say(reader, 'queue.parent', { parent }),
      count: seenCount,
      first: dayOf(firstSeenAt, reader),
      last: dayOf(lastSeenAt, reader),
    };
    io.out(say(reader, 'queue.entry', params));
    for (const one of suggestions) io.out(`  ? ${suggestionSentence(one, reader)}`);
  }
}

export function printImport(output: Output, result: MappingImport, table: MappingTable): number {
  const { io, values } = output;
  const { reader } = output.session;
  if (result.outcome === 'refused') {
    if (values.json) {
      const faults = result.faults.map((one) => ({ ...one, message: faultSentence(one, reader) }));
      io.out(JSON.stringify({ outcome: 'refused', faults }));
    } else {
      for (const fault of result.faults) {
        const sentence = faultSentence(fault, reader);
        const { row } = fault;
        io.err(row === null ? sentence : say(reader, 'mappings.row', { row, fault: sentence }));
      }
      io.err(say(reader, 'mappings.nothing_written'));
    }
    return 1;
  }
  const missing = result.missing.map((row) => reportOf(row, table));
  if (!values.json && result.plan.removed.length === 0) {
    for (const row of result.missing) {
      io.out(`  ${say(reader, 'mappings.kept', { line: line(row, table, reader) })}`);
    }
  }
  return printSaved(output, result, table, { missing });
}

/** What was saved, or would be. `more` stands beside it in JSON. */
export function printSaved(
  { io, values, session }: Output,
  result: SavedMappings | RefusedMappings,
  table: MappingTable,
  more: object = {},
): number {
  const { reader } = session;
  if (result.outcome === 'refused') {
    const faults = result.faults.map((one) => ({ ...one, message: faultSentence(one, reader) }));
    if (values.json) io.out(JSON.stringify({ outcome: 'refused', faults, ...more }));
    else for (const fault of faults) io.err(fault.message);
    return 1;
  }
  if (values.json) {
    const { plan, ...consequences } = result;
    io.out(JSON.stringify({ ...consequences, ...planReport(plan, table), ...more }));
    return 0;
  }
  const { created, updated, removed } = result.plan;
  for (const row of created) io.out(`  + ${line(row, table, reader)}`);
  for (const { before, after } of updated) {
    io.out(`  - ${line(before, table, reader)}`);
    io.out(`  + ${line(after, table, reader)}`);
  }
  for (const row of removed) io.out(`  - ${line(row, table, reader)}`);
  const [freed, settled] = [result.freed.length, result.settledAsNotOurs.length];
  const counts = { created: created.length, updated: updated.length, removed: removed.length };
  const isSame = created.length + updated.length + removed.length === 0;
  if (isSame) io.out(say(reader, 'mappings.same'));
  else
    io.out(
      say(reader, result.outcome === 'foretold' ? 'mappings.would' : 'mappings.saved', counts),
    );
  if (freed > 0) io.out(say(reader, 'mappings.freed', { count: freed }));
  if (settled > 0) io.out(say(reader, 'mappings.settled', { count: settled }));
  return 0;
}

function planReport(plan: MappingPlan, table: MappingTable) {
  return {
    created: plan.created.map((row) => reportOf(row, table)),
    updated: plan.updated.map(({ before, after }) => ({
      before: reportOf(before, table),
      after: reportOf(after, table),
    })),
    removed: plan.removed.map((row) => reportOf(row, table)),
    unchanged: plan.unchanged,
  };
}
