import type { SeatShape } from './seat-look.ts';

/** How much of each pixel of a square a shape covers, 0 to 255, row by row. */
export interface SeatStamp {
  readonly size: number;
  readonly cover: Uint8Array;
}

/** Samples a side of a pixel: 16 shades are enough for an edge. */
const SAMPLES = 4;

const stamps = new Map<string, SeatStamp>();

/** The stamp of a shape, `size` pixels wide. */
export function stampOf(shape: SeatShape, size: number): SeatStamp {
  const key = `${shape} ${size}`;
  const known = stamps.get(key);
  if (known !== undefined) return known;
  const cover = new Uint8Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      cover[row * size + column] = covered(shape, size, column, row);
    }
  }
  const stamp = { size, cover };
  stamps.set(key, stamp);
  return stamp;
}

function covered(shape: SeatShape, size: number, column: number, row: number): number {
  let hits = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
    const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
    if (INSIDE[shape](2 * x - 1, 2 * y - 1)) hits += 1;
  }
  return Math.round((hits / (SAMPLES * SAMPLES)) * 255);
}

/** Whether a point of the square from -1 to 1 is in the shape. */
const INSIDE: Readonly<Record<SeatShape, (x: number, y: number) => boolean>> = {
  disc: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.88,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= 1,
  triangle: (x, y) => y <= 0.85 && y >= 2 * Math.abs(x) - 0.95,
  ring: (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.36,
  frame: (x, y) => {
    const far = Math.max(Math.abs(x), Math.abs(y));
    return far <= 0.88 && far >= 0.55;
  },
  cross: (x, y) => {
    const [along, across] = [Math.abs(x + y), Math.abs(x - y)];
    return Math.min(along, across) <= 0.4 && Math.max(along, across) <= 1.6;
  },
};
