import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeatRow } from './rows.ts';
import { expandRun, selectRun } from './seat-runs.ts';
import type { SeatTree } from './write-runs.ts';
import { writeRun, writeSelectors } from './write-runs.ts';
import { writeSeats } from './write-seats.ts';

const values = (run: string) => {
  const expanded = expandRun(run);
  return 'values' in expanded ? expanded.values : expanded.fault;
};

describe('a run', () => {
  it.each([
    ['A', ['A']],
    ['A,C', ['A', 'C']],
    ['A-D', ['A', 'B', 'C', 'D']],
    ['1-4', ['1', '2', '3', '4']],
    ['1-7/2', ['1', '3', '5', '7']],
    ['1-8/2', ['1', '3', '5', '7']],
    ['4-1', ['4', '3', '2', '1']],
    ['08-11', ['08', '09', '10', '11']],
    ['B1-B3', ['B1', 'B2', 'B3']],
    ['B1-3', ['B1', 'B2', 'B3']],
    ['1-2, 9', ['1', '2', '9']],
    ['bis', ['bis']],
    ['A-1', ['A-1']],
  ])('%s means %j', (run, expected) => {
    expect(values(run)).toEqual(expected);
  });

  it.each([
    ['1,,2', 'there is an empty part between two commas'],
    ['1-3,2', '2 comes twice'],
    ['1-9/0', 'a step is at least 1'],
    ['7/2', '7/2 has a step and no range'],
    ['1-999999', 'a run has at most 5000 values'],
  ])('%s is refused: %s', (run, fault) => {
    expect(values(run)).toBe(fault);
  });

  it('selects what exists, and takes what is called so literally', () => {
    const rows = new Set(['A', 'B', 'D', 'A-D']);
    expect(selectRun('A-D', rows)).toEqual({ values: ['A-D'] });
    expect(selectRun('B-E', rows)).toEqual({ values: ['B', 'D'] });
    expect(selectRun('C', rows)).toEqual({ fault: 'there is no C here' });
  });
});

const name = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(String),
  fc.integer({ min: 1, max: 30 }).map((number) => `B${number}`),
  fc.integer({ min: 1, max: 30 }).map((number) => String(number).padStart(3, '0')),
  fc.constantFrom('A', 'B', 'C', 'D', 'E', 'AA', 'bis', 'A-1', '1-3'),
);

it('writes runs that expand to what was written', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 })), (numbers) => {
      const list = numbers.map(String);
      if (list.length > 0) expect(values(writeRun(list))).toEqual(list);
    }),
  );
});

it('writes selectors that select exactly the wanted seats', () => {
  const rows = fc.dictionary(name, fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), {
    minKeys: 1,
    maxKeys: 6,
  });
  fc.assert(
    fc.property(rows, fc.infiniteStream(fc.boolean()), (shape, coins) => {
      let last = 0;
      const tree: SeatTree = new Map([['AREA', new Map([['', new Map()]])]]);
      const block = tree.get('AREA')?.get('') ?? new Map();
      for (const [row, numbers] of Object.entries(shape)) {
        block.set(row, new Map(numbers.map((number) => [number, ++last])));
      }
      const wanted = new Set<number>();
      for (let id = 1; id <= last; id += 1) if (coins.next().value) wanted.add(id);
      const selected: number[] = [];
      for (const line of writeSelectors(tree, wanted)) {
        const chosen = line.rows === undefined ? [...block.keys()] : pick(line.rows, block);
        for (const row of chosen) {
          const seats = block.get(row) ?? new Map<string, number>();
          const numbers = line.seats === undefined ? [...seats.keys()] : pick(line.seats, seats);
          for (const number of numbers) selected.push(seats.get(number) ?? 0);
        }
      }
      expect(selected.sort((a, b) => a - b)).toEqual([...wanted].sort((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
});

function pick(run: string, existing: ReadonlyMap<string, unknown>): string[] {
  const selected = selectRun(run, new Set(existing.keys()));
  if ('fault' in selected) throw new Error(selected.fault);
  return selected.values;
}

it('writes seats that come back where they were', () => {
  const seat = fc.record({
    row: fc.constantFrom('A', 'B', 'C', 'D'),
    number: fc.integer({ min: 1, max: 20 }).map(String),
    x: fc.option(fc.float({ min: 0, max: 100, noNaN: true })),
    wheelchair: fc.boolean(),
    regular: fc.boolean(),
  });
  const key = ({ row, number }: { row: string; number: string }) => `${row}/${number}`;
  fc.assert(
    fc.property(fc.uniqueArray(seat, { selector: key, maxLength: 40 }), (list) => {
      const seats: SeatRow[] = list.map(({ row, number, x, wheelchair, regular }, index) => ({
        id: index + 1,
        block_id: 1,
        row,
        number,
        // Most houses are regular: those are the runs; the others are single lines.
        x: regular ? Number(number) * 0.5 : x,
        y: row.charCodeAt(0),
        wheelchair,
        companion_of: null,
        restricted_view: false,
        house_seat: false,
      }));
      const found = new Map<string, [number | null, number | null, boolean]>();
      for (const line of writeSeats({ layout: 'L', area: 'A' }, seats, () => null)) {
        expandAll(line.rows).forEach((row, rowIndex) => {
          expandAll(line.seats).forEach((number, index) => {
            const at = (start: number | null | undefined, step: number | undefined, n: number) =>
              typeof start === 'number' ? Math.fround(start + (step ?? 1) * n) : null;
            expect(found.has(`${row}/${number}`)).toBe(false);
            found.set(`${row}/${number}`, [
              at(line.x, line.step_x, index),
              at(line.y, line.step_y, rowIndex),
              line.wheelchair ?? false,
            ]);
          });
        });
      }
      const round = (value: number | null) => (value === null ? null : Math.fround(value));
      const wanted = seats.map((one) => [key(one), [round(one.x), round(one.y), one.wheelchair]]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
    }),
    { numRuns: 300 },
  );
});

function expandAll(run: string): string[] {
  const expanded = expandRun(run);
  if ('fault' in expanded) throw new Error(expanded.fault);
  return expanded.values;
}
