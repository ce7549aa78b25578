import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeSeats } from './plan-position.ts';

const seat = (block: number, row: string, number: string) => ({ block, row, number });

it('a row is a line in the order of its numbers, gaps closed; rows follow in their order', () => {
  const seats = [seat(1, 'B', '10'), seat(1, 'B', '2'), seat(1, 'A', '1'), seat(1, 'AA', '1')];
  // A has one seat under two: it stands in the middle.
  expect(placeSeats(seats, [1])).toEqual({ x: [1, 0, 0.5, 0.5], y: [1, 1, 0, 2] });
});

it('blocks stand beside and below each other in the order that was told', () => {
  const square = (block: number) =>
    ['1', '2', '3', '4'].flatMap((row) => ['1', '2', '3', '4'].map((n) => seat(block, row, n)));
  const seats = [...square(1), ...square(2), ...square(3)];
  const { x, y } = placeSeats(seats, [2, 3, 1]);
  const corner = (block: number) => [x[(block - 1) * 16], y[(block - 1) * 16]];
  expect([corner(2), corner(3), corner(1)]).toEqual([
    [0, 0],
    [6, 0],
    [0, 6],
  ]);
});

it('no two seats stand on one place, and who comes first does not matter', () => {
  const any = fc.uniqueArray(
    fc.record({
      block: fc.integer({ min: 1, max: 5 }),
      row: fc.constantFrom('A', 'B', 'AA', '1', '10', ''),
      number: fc.constantFrom('1', '2', '3bis', '10', 'X'),
    }),
    { selector: ({ block, row, number }) => `${block}/${row}/${number}`, maxLength: 100 },
  );
  fc.assert(
    fc.property(any, (seats) => {
      const { x, y } = placeSeats(seats, [1, 2, 3, 4, 5]);
      const places = seats.map((_, index) => `${x[index]} ${y[index]}`);
      expect(new Set(places).size).toBe(seats.length);
      const turned = placeSeats([...seats].reverse(), [1, 2, 3, 4, 5]);
      expect([...turned.x].reverse()).toEqual(x);
    }),
  );
});
