/** Mappings as the command line shows them: sentences for people, one JSON value for programs. */
import type { MappingRow } from '../../domain/mapping/mapping-row.ts';
import { printAlternatives } from '../../domain/mapping/mapping-text.ts';
import type { MappingPlan } from '../../domain/mapping/plan-changes.ts';
import type { MappingImport } from '../../exchange/import-mappings.ts';
import type { QueueEntry } from '../../exchange/mapping-queue.ts';
import type { MappingTable } from '../../exchange/mapping-table.ts';
import { nameOfRow, seasonCodeOf } from '../../exchange/mapping-table.ts';
import type { RefusedMappings, SavedMappings } from '../../exchange/save-mappings.ts';
import type { CliIo } from './command.ts';
import { faultSentence, suggestionSentence } from './mapping-texts.ts';

interface Output {
  io: Pick<CliIo, 'out' | 'err'>;
  values: { json?: boolean | undefined };
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

function line(row: MappingRow, table: MappingTable): string {
  const season = seasonCodeOf(row, table) || 'every season';
  const ours = row.notOurs ? '(not ours)' : row.ours;
  const theirs = row.rule ? JSON.stringify(row.rule) : printAlternatives(row.external);
  return `${row.word} [${season}] ${ours} -> ${theirs}`;
}

export function printTable({ io, values }: Output, table: MappingTable): void {
  if (values.json) io.out(JSON.stringify(table.rows.map((row) => reportOf(row, table))));
  else for (const row of table.rows) io.out(`${row.id}  ${line(row, table)}`);
}

export function printQueue({ io, values }: Output, queue: readonly QueueEntry[]): void {
  if (values.json) {
    io.out(JSON.stringify(queue));
    return;
  }
  if (queue.length === 0) io.out('Every value seen has a mapping.');
  for (const entry of queue) {
    const from = entry.parent === '' ? '' : ` (with ${entry.parent})`;
    const days = `${entry.firstSeenAt.slice(0, 10)} to ${entry.lastSeenAt.slice(0, 10)}`;
    io.out(`${entry.word} "${entry.value}"${from}: seen ${entry.seenCount} times, ${days}`);
    for (const suggestion of entry.suggestions) io.out(`  ? ${suggestionSentence(suggestion)}`);
  }
}

export function printImport(output: Output, result: MappingImport, table: MappingTable): number {
  const { io, values } = output;
  if (result.outcome === 'refused') {
    if (values.json) {
      const faults = result.faults.map((one) => ({ ...one, message: faultSentence(one) }));
      io.out(JSON.stringify({ outcome: 'refused', faults }));
    } else {
      for (const fault of result.faults) {
        const row = fault.row === null ? '' : `Row ${fault.row}: `;
        io.err(`${row}${faultSentence(fault)}`);
      }
      io.err('Nothing of the file was written.');
    }
    return 1;
  }
  const missing = result.missing.map((row) => reportOf(row, table));
  if (!values.json && result.plan.removed.length === 0) {
    for (const row of result.missing) io.out(`  kept, not in the file: ${line(row, table)}`);
  }
  return printSaved(output, result, table, { missing });
}

/** What was saved, or would be. `more` stands beside it in JSON. */
export function printSaved(
  { io, values }: Output,
  result: SavedMappings | RefusedMappings,
  table: MappingTable,
  more: object = {},
): number {
  if (result.outcome === 'refused') {
    const faults = result.faults.map((one) => ({ ...one, message: faultSentence(one) }));
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
  for (const row of created) io.out(`  + ${line(row, table)}`);
  for (const { before, after } of updated) {
    io.out(`  - ${line(before, table)}`);
    io.out(`  + ${line(after, table)}`);
  }
  for (const row of removed) io.out(`  - ${line(row, table)}`);
  const counts = `${created.length} new, ${updated.length} changed, ${removed.length} deleted`;
  if (created.length + updated.length + removed.length === 0) io.out('Nothing differs.');
  else if (result.outcome === 'foretold') io.out(`Would be: ${counts}. Write with --apply.`);
  else io.out(`Saved: ${counts}.`);
  if (result.freed.length > 0) io.out(`Messages freed: ${result.freed.length}.`);
  if (result.settledAsNotOurs.length > 0) {
    io.out(`Messages that are not ours: ${result.settledAsNotOurs.length}.`);
  }
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
