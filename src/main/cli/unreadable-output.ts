/** Records of a reseller's that cannot be read, on a terminal and as JSON. */
import { classOfAll } from '../../domain/order/problem.ts';
import { formatInstant } from '../../runs/format-params.ts';
import { TEXTS } from '../../runs/remedies.ts';
import type { UnreadableCase } from '../../store/unreadable-store.ts';
import type { Interfaces } from './case-words.ts';
import { describeProblems, wayName } from './case-words.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { inColumns } from './run-output.ts';

/** Where a person finds it: a line of a file, or the reseller's own place for it. */
function placeOf({ file, line, position, run }: UnreadableCase, reader: Reader): string {
  if (file !== null && line !== null) return say(reader, 'cases.unreadable_line', { file, line });
  return say(reader, 'cases.unreadable_position', { position, run: run ?? '?' });
}

/** One row a record. */
export function printUnreadable(
  records: readonly UnreadableCase[],
  interfaces: Interfaces,
  reader: Reader,
): string[] {
  const { terms } = TEXTS[reader.language];
  return inColumns(
    records.map((one) => {
      const { id, ticket, problems, receivedAt, settledAt, settledBy, wayOut } = one;
      const titles = described(one, interfaces, reader).map(({ title }) => title);
      const settled = { by: settledBy ?? '?', way: wayName(wayOut ?? 'replayed', reader) };
      return [
        String(id).padStart(7),
        say(reader, 'cases.unreadable'),
        terms.class[classOfAll(problems)],
        one.interfaceCode,
        ticket ?? '-',
        placeOf(one, reader),
        formatInstant(receivedAt, reader),
        [
          ...(settledAt === null ? [] : [`[${say(reader, 'cases.settled_by', settled)}]`]),
          ...new Set(titles),
        ].join(' '),
      ];
    }),
  );
}

function described(one: UnreadableCase, interfaces: Interfaces, reader: Reader) {
  return describeProblems({ ...one, ticket: one.ticket ?? '-' }, interfaces, reader);
}

/** A record in full: what is wrong with it, what was kept of it, and its way out. */
export function printUnreadableInFull(
  one: UnreadableCase,
  interfaces: Interfaces,
  reader: Reader,
): string[] {
  const lines = printUnreadable([one], interfaces, reader);
  for (const { title, explanation, remedy } of described(one, interfaces, reader)) {
    lines.push(`✗ ${title}`, `    ${explanation}`, `    → ${remedy}`);
  }
  const words = Object.entries(one.fields).map(([name, value]) => `${name} ${value}`);
  lines.push(say(reader, 'cases.theirs', { words: words.join(', ') }));
  if (one.settledAt !== null) {
    if (one.reason !== null) lines.push(`  ${one.reason}`);
    return lines;
  }
  lines.push(say(reader, 'cases.ways'), `  keep_ours: ${wayName('keep_ours', reader)}`);
  return lines;
}

export function unreadableAsJson(
  one: UnreadableCase,
  interfaces: Interfaces,
  reader: Reader,
): object {
  const { interfaceCode, interfaceId: _, problems, receivedAt, ...rest } = one;
  const told = described(one, interfaces, reader);
  return {
    entry: 'unreadable',
    ...rest,
    interface: interfaceCode,
    class: classOfAll(problems),
    problems: problems.map((problem, index) => ({ ...problem, ...told[index] })),
    since: receivedAt,
    ways: one.settledAt === null ? ['keep_ours'] : [],
  };
}
