import { describe, expect, it } from 'vitest';
import type { Direction } from './neighbour.ts';
import { neighbourOf } from './neighbour.ts';
import type { PlanGeometry } from './plan-geometry.ts';
import { SeatGrid } from './seat-grid.ts';

/** Three rows of five; the third and fourth seat of a row are an aisle of four apart. */
const places = [0, 1, 2].flatMap((row) =>
  [0, 1, 2, 6, 7].map((x) => [x + 0.3 * row, 1.2 * row] as const),
);
const hall: PlanGeometry = {
  x: Float32Array.from(places, ([x]) => x),
  y: Float32Array.from(places, ([, y]) => y),
};
const grid = new SeatGrid(hall);
const step = (seat: number, direction: Direction) => neighbourOf(hall, grid, { seat, direction });

describe('walking the plan by the arrow keys', () => {
  it('goes along a row, over the aisle, and ends at its end', () => {
    expect([step(0, 'right'), step(1, 'right'), step(2, 'right'), step(3, 'right')]).toEqual([
      1, 2, 3, 4,
    ]);
    expect(step(4, 'right')).toBeNull();
    expect(step(3, 'left')).toBe(2);
  });

  it('goes to the row behind and before, though it is shifted', () => {
    expect(step(0, 'down')).toBe(5);
    expect(step(6, 'up')).toBe(1);
    expect(step(0, 'up')).toBeNull();
    expect(step(10, 'down')).toBeNull();
  });
});
