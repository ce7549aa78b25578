/** Cases on a terminal and as JSON. */
import type { ShownCase, ShownWay } from '../../exchange/cases/show-case.ts';
import { formatInstant, formatStart } from '../../runs/format-params.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { CaseRecord } from '../../store/case-list-store.ts';
import type { NamelessTicket } from '../../store/name-store.ts';
import { effectLines } from './case-settled-output.ts';
import type { Interfaces } from './case-words.ts';
import { describeProblems, wayName } from './case-words.ts';
import type { Reader } from './reader.ts';
import { say, sayLoosely } from './reader.ts';
import { inColumns } from './run-output.ts';

/** The performance as people call it: product and local start. */
function performanceOf(
  { product, start, performance }: Pick<CaseRecord, 'product' | 'start' | 'performance'>,
  reader: Reader,
): string {
  return [product, start === null ? performance : formatStart(start, reader)]
    .filter((part) => part !== null)
    .join(' ');
}

/** One row a message. */
export function printCases(
  cases: readonly CaseRecord[],
  records: Interfaces,
  reader: Reader,
): string[] {
  const { terms } = TEXTS[reader.language];
  return inColumns(
    cases.map((row) => {
      const titles = describeProblems(row, records, reader).map(({ title }) => title);
      const { root, followers } = row;
      const rank =
        root !== null
          ? say(reader, 'cases.follower', { ...root })
          : followers > 0
            ? say(reader, 'cases.root_of', { followers })
            : say(reader, 'cases.root');
      return [
        String(row.id).padStart(7),
        rank,
        terms.class[row.class],
        row.interfaceCode,
        row.ticket,
        performanceOf(row, reader),
        formatInstant(row.openedAt, reader),
        [...states(row, reader), ...titles].join(' '),
      ];
    }),
  );
}

function states(row: CaseRecord, reader: Reader): string[] {
  const { takenBy, reportedAt, settledAt, settledBy } = row;
  if (settledAt !== null) {
    const way = row.wayOut === null ? '-' : wayName(row.wayOut, reader);
    return [`[${say(reader, 'cases.settled_by', { way, by: settledBy })}]`];
  }
  const told: string[] = [];
  if (takenBy !== null) told.push(`[${say(reader, 'cases.taken_by', { by: takenBy })}]`);
  if (reportedAt !== null) told.push(`[${say(reader, 'cases.reported')}]`);
  return told;
}

/** A row of the list as JSON, with its texts. */
export function caseAsJson(row: CaseRecord, records: Interfaces, reader: Reader): object {
  const { id, root, ticket, order, kind, product, performance, start, seat, followers } = row;
  const { takenBy, note, reportedAt, settledAt, settledBy, wayOut, reason, dueAt } = row;
  const told = describeProblems(row, records, reader);
  return {
    entry: 'case',
    id,
    interface: row.interfaceCode,
    rank: root === null ? 'root' : 'follower',
    waitsFor: root,
    followers,
    class: row.class,
    problems: row.problems.map((problem, index) => ({ ...problem, ...told[index] })),
    kind,
    ticket,
    order,
    product,
    performance,
    start,
    seat,
    dueAt,
    since: row.openedAt,
    takenBy,
    note,
    reportedAt,
    settledAt,
    settledBy,
    wayOut,
    reason,
  };
}

export function nameAsJson(one: NamelessTicket): object {
  const { interfaceCode, ...ticket } = one;
  return { ...ticket, interface: interfaceCode, code: 'names.missing' };
}

export function printNames(tickets: readonly NamelessTicket[], reader: Reader): string[] {
  return inColumns(
    tickets.map((one) => [
      String(one.id).padStart(7),
      one.interfaceCode,
      one.ticket,
      performanceOf(one, reader),
      one.seat ?? '',
      one.name === '' ? '-' : `"${one.name}"`,
      formatInstant(one.soldAt, reader),
    ]),
  );
}

/** A case in full. */
export function printCase(shown: ShownCase, records: Interfaces, reader: Reader): string[] {
  const { case: row, ours } = shown;
  const lines = printCases([row], records, reader);
  for (const { title, explanation, remedy } of describeProblems(row, records, reader)) {
    lines.push(`✗ ${title}`, `    ${explanation}`, `    → ${remedy}`);
  }
  if (row.note !== null) lines.push(say(reader, 'cases.note', { note: row.note }));
  lines.push(say(reader, 'cases.theirs', { words: words(row.message) }));
  const { place: _, ...named } = ours;
  lines.push(say(reader, 'cases.ours', { words: words({ ...named, seat: row.seat }) }));
  if (shown.ways.length > 0) lines.push(say(reader, 'cases.ways'));
  for (const way of shown.ways) lines.push(...printWay(way, reader));
  if (row.followers > 0) {
    lines.push(say(reader, 'cases.followers', { followers: row.followers }));
    lines.push(...printCases(shown.followers, records, reader).map((line) => `  ${line}`));
  }
  if (shown.trace.length > 0) lines.push(say(reader, 'cases.trace'));
  for (const { at, author, action, reason } of shown.trace) {
    lines.push(`  ${formatInstant(at, reader)}  ${author}  ${action}  ${reason ?? ''}`.trimEnd());
  }
  return lines;
}

function words(of: object): string {
  return Object.entries(of)
    .filter(([, value]) => value !== null && value !== false && value !== '')
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join('|') : value}`)
    .join(', ');
}

function printWay(way: ShownWay, reader: Reader): string[] {
  const asks = way.needs.map((name) => `--${name}`).join(' ');
  const manager = way.manager ? ` (${say(reader, 'cases.manager')})` : '';
  const typed = asks === '' ? way.way : `${way.way} ${asks}`;
  const lines = [`  ${typed}: ${wayName(way.way, reader)}${manager}`];
  if (way.leaves.length > 0) {
    lines.push(`      ${say(reader, 'cases.leaves', { codes: way.leaves.join(', ') })}`);
  }
  if (way.refusal !== null) {
    lines.push(`      ${sayLoosely(reader, way.refusal.code, way.refusal.params)}`);
  }
  if (way.effect !== null) {
    lines.push(...effectLines(way.effect, reader).map((line) => `      ${line}`));
  }
  return lines;
}
