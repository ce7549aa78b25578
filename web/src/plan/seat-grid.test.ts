import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanGeometry, Point } from './plan-geometry.ts';
import { rectangleBetween } from './plan-geometry.ts';
import { SeatGrid } from './seat-grid.ts';

const coordinate = fc.float({ min: -50, max: 50, noNaN: true });
const place = fc.record({ x: coordinate, y: coordinate });

const geometryOf = (places: readonly Point[]): PlanGeometry => ({
  x: Float32Array.from(places, ({ x }) => x),
  y: Float32Array.from(places, ({ y }) => y),
});

const sorted = (seats: Iterable<number>): number[] => [...seats].sort((a, b) => a - b);

/** Rows of ten seats, one apart. */
const hall = geometryOf(
  Array.from({ length: 100 }, (_, seat) => ({ x: seat % 10, y: Math.floor(seat / 10) })),
);

describe('the grid of seats', () => {
  it('finds in a rectangle what a look at every seat finds', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 200 }), place, place, (places, one, other) => {
        const geometry = geometryOf(places);
        const area = rectangleBetween(one, other);
        const expected = places.flatMap((_, seat) => {
          const [x, y] = [geometry.x[seat] as number, geometry.y[seat] as number];
          const inside = x >= area.left && x <= area.right && y >= area.top && y <= area.bottom;
          return inside ? [seat] : [];
        });
        expect(sorted(new SeatGrid(geometry).inRectangle(area))).toEqual(expected);
      }),
    );
  });

  it('finds the nearest seat, and none beyond the reach', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), place, (places, at) => {
        const geometry = geometryOf(places);
        const distances = places.map((_, seat) =>
          Math.hypot((geometry.x[seat] as number) - at.x, (geometry.y[seat] as number) - at.y),
        );
        const least = Math.min(...distances);
        const grid = new SeatGrid(geometry);
        const found = grid.nearest(at, 200);
        expect(distances[found ?? -1]).toBeCloseTo(least, 3);
        expect(grid.nearest(at, least * 0.99 - 0.001)).toBeNull();
      }),
    );
  });

  it('holds in a lasso what its line goes around', () => {
    const grid = new SeatGrid(hall);
    // A triangle around the upper left corner.
    const corner = [
      { x: -1, y: -1 },
      { x: 3.5, y: -1 },
      { x: -1, y: 3.5 },
    ];
    expect(sorted(grid.inLasso(corner))).toEqual([0, 1, 2, 10, 11, 20]);
  });

  it('leaves out the hole of a lasso that goes around it twice', () => {
    const ring = [
      { x: -0.5, y: -0.5 },
      { x: 4.5, y: -0.5 },
      { x: 4.5, y: 4.5 },
      { x: -0.5, y: 4.5 },
      { x: -0.5, y: -0.5 },
      { x: 0.5, y: 0.5 },
      { x: 0.5, y: 3.5 },
      { x: 3.5, y: 3.5 },
      { x: 3.5, y: 0.5 },
      { x: 0.5, y: 0.5 },
    ];
    const seats = new SeatGrid(hall).inLasso(ring);
    expect(seats).toContain(0);
    expect(seats).toContain(44);
    expect(seats).not.toContain(11);
    expect(seats.length).toBe(16);
  });

  it('has nothing to find in a plan without seats, or with a line that closes nothing', () => {
    const empty = new SeatGrid({ x: new Float32Array(), y: new Float32Array() });
    expect(empty.inRectangle({ left: -9, top: -9, right: 9, bottom: 9 })).toEqual([]);
    expect(empty.nearest({ x: 0, y: 0 }, 100)).toBeNull();
    expect(
      new SeatGrid(hall).inLasso([
        { x: 0, y: 0 },
        { x: 9, y: 9 },
      ]),
    ).toEqual([]);
  });
});
