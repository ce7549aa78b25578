/** Runs and their lines on a terminal and as JSON. */

import { describeCounts, describeKeys } from '../../runs/counts.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { RemedyLink } from '../../runs/remedies.ts';
import { describeLine, TEXTS } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { RunLineRow, RunRecord } from '../../store/run-store.ts';
import type { Reader } from './reader.ts';

/** A run in a line. */
export function printRun(run: RunRecord, reader: Reader): string {
  return printRuns([run], reader)[0] ?? '';
}

/** Runs one a line, their columns under each other. */
export function printRuns(runs: readonly RunRecord[], reader: Reader): string[] {
  const { language } = reader;
  const { terms } = TEXTS[language];
  const rows = runs.map((run) => [
    String(run.number).padStart(6),
    formatInstant(run.startedAt, reader),
    run.interfaceCode,
    terms.function[run.function],
    terms.state[run.state],
    describeCounts(run.counts, { language, terms }),
  ]);
  return inColumns(rows);
}

/** Cells as lines, each column as wide as its widest cell; nothing hangs at the end of a line. */
export function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function describeRunLine(
  line: RunLineRow,
  number: number,
  record: Pick<InterfaceRecord, 'code' | 'reseller' | 'people'>,
  reader: Reader,
): ReturnType<typeof describeLine> {
  return describeLine(line, {
    language: reader.language,
    timeZone: reader.timeZone,
    interface: record.code,
    reseller: record.reseller,
    people: record.people,
    number,
  });
}

const MARKS = { info: ' ', warning: '!', error: '✗' } as const;

/** A line of a run, with its keys, why and what to do. */
export function printLine(
  line: RunLineRow,
  number: number,
  record: Pick<InterfaceRecord, 'code' | 'reseller' | 'people'>,
  reader: Reader,
): string[] {
  const { terms } = TEXTS[reader.language];
  const told = describeRunLine(line, number, record, reader);
  const kind = told.class === null ? '' : ` [${terms.class[told.class]}]`;
  const times = line.times > 1 ? ` (${line.times} ${terms.times})` : '';
  const keys = describeKeys(line.keys, { language: reader.language, terms });
  const lines = [`${MARKS[line.level]}${kind} ${told.title}${times}`];
  if (keys !== '') lines.push(`    ${keys}`);
  if (told.explanation) lines.push(`    ${told.explanation}`);
  if (told.remedy) lines.push(`    → ${told.remedy}`);
  const command = commandOf(told.link, record.code);
  if (command !== null) lines.push(`      ${command}`);
  return lines;
}

/** Where the remedy leads, for who has only the command line. */
function commandOf(link: RemedyLink | null, code: string): string | null {
  if (link?.screen === 'mappings') {
    const action = link.ours === null ? 'queue' : 'list';
    return `parterre mappings ${action} --interface ${code}`;
  }
  return link?.screen === 'interface' ? `parterre interfaces test ${code}` : null;
}

/** A line as JSON, with its texts. */
export function lineAsJson(
  line: RunLineRow,
  number: number,
  record: Pick<InterfaceRecord, 'code' | 'reseller' | 'people'>,
  reader: Reader,
): object {
  const { title, explanation, remedy, link } = describeRunLine(line, number, record, reader);
  return { ...line, title, explanation, remedy, link };
}
