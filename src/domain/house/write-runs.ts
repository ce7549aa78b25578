/** The inverse of seat-runs: writes rows and numbers as runs, and sets of seats as selectors. */
import type { SelectorLine } from './file.ts';
import { expandRun, selectRun } from './seat-runs.ts';

const NUMBERED = /^(\D*)(\d+)$/;

/** Natural order: A, B, … and 1, 2, 10. */
export function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Writes values, in the order given, as one run that expands to exactly them. */
export function writeRun(values: readonly string[]): string {
  const parts: string[] = [];
  let start = 0;
  while (start < values.length) {
    let end = start + 1;
    while (end < values.length && isRun(values.slice(start, end + 1))) end += 1;
    if (end - start > 2) parts.push(rangeOf(values.slice(start, end)));
    else {
      end = start + 1;
      parts.push(values[start] ?? '');
    }
    start = end;
  }
  return parts.join(',');
}

function isRun(values: readonly string[]): boolean {
  const expanded = expandRun(rangeOf(values));
  return (
    'values' in expanded &&
    expanded.values.length === values.length &&
    expanded.values.every((value, index) => value === values[index])
  );
}

function rangeOf(values: readonly string[]): string {
  const first = values[0] ?? '';
  const last = values.at(-1) ?? '';
  const step = stepOf(first, values[1] ?? first);
  return `${first}-${last}${step > 1 ? `/${step}` : ''}`;
}

function stepOf(first: string, second: string): number {
  const a = NUMBERED.exec(first)?.[2];
  const b = NUMBERED.exec(second)?.[2];
  if (a !== undefined && b !== undefined) return Math.abs(Number(b) - Number(a));
  return Math.abs((second.codePointAt(0) ?? 0) - (first.codePointAt(0) ?? 0));
}

/** A selector's run: it selects exactly these among those that exist. */
function writeSelection(values: readonly string[], existing: ReadonlySet<string>): string {
  const run = writeRun([...values].sort(compareNames));
  const selected = selectRun(run, existing);
  const exact = 'values' in selected && selected.values.length === values.length;
  return exact ? run : [...values].sort(compareNames).join(',');
}

/** Seats of a layout: area → block → row → number → seat. */
export type SeatTree = Map<string, Map<string, Map<string, Map<string, number>>>>;

/** The fewest plain selectors that select exactly `wanted` (all seats of one layout). */
export function writeSelectors(tree: SeatTree, wanted: ReadonlySet<number>): SelectorLine[] {
  const lines: SelectorLine[] = [];
  for (const [area, blocks] of tree) {
    const seats = [...blocks.values()].flatMap((rows) => [...rows.values()]);
    const chosen = seats.map((row) => [...row.values()].filter((id) => wanted.has(id)).length);
    const total = seats.map((row) => row.size);
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    if (sum(chosen) === 0) continue;
    if (sum(chosen) === sum(total)) {
      lines.push({ area });
      continue;
    }
    const single = blocks.size === 1 && blocks.has('');
    for (const [block, rows] of blocks) {
      const where = single ? { area } : { area, block };
      lines.push(...rowSelectors(rows, wanted).map((line) => ({ ...where, ...line })));
    }
  }
  return lines;
}

function rowSelectors(
  rows: ReadonlyMap<string, ReadonlyMap<string, number>>,
  wanted: ReadonlySet<number>,
): SelectorLine[] {
  const names = new Set(rows.keys());
  // Rows of which the same numbers are wanted share a line; '' stands for whole rows.
  const bySeats = new Map<string, string[]>();
  for (const [row, seats] of rows) {
    const numbers = [...seats].filter(([, id]) => wanted.has(id)).map(([number]) => number);
    if (numbers.length === 0) continue;
    const whole = numbers.length === seats.size;
    const run = whole ? '' : writeSelection(numbers, new Set(seats.keys()));
    const list = bySeats.get(run);
    if (list) list.push(row);
    else bySeats.set(run, [row]);
  }
  return [...bySeats].map(([seats, list]) => ({
    ...(list.length === names.size ? {} : { rows: writeSelection(list, names) }),
    ...(seats === '' ? {} : { seats }),
  }));
}
