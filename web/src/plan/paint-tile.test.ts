import { describe, expect, it } from 'vitest';
import { paintTile } from './paint-tile.ts';
import type { PlanGeometry } from './plan-geometry.ts';
import { SeatGrid } from './seat-grid.ts';
import type { SeatLook } from './seat-look.ts';
import { styleFor } from './seat-look.ts';
import { originOf, scaleOf, TILE_SIZE, tilesInView } from './tile-layout.ts';

const WHITE = 0xffffff;
const RED = 0xff0000;

const lookOf = (geometry: PlanGeometry, change: Partial<SeatLook> = {}): SeatLook => ({
  styles: [{ colour: RED, shape: 'square' }],
  styleOf: new Uint8Array(geometry.x.length),
  background: WHITE,
  chosenColour: 0x000000,
  isChosen: () => false,
  ...change,
});

const at = (pixels: Uint8Array, size: number, x: number, y: number) => [
  ...pixels.subarray((y * size + x) * 4, (y * size + x) * 4 + 4),
];

/** Red that is missing from white: how much of the tile is covered, in pixels. */
function inked(pixels: Uint8Array): number {
  let sum = 0;
  for (let byte = 1; byte < pixels.length; byte += 4) sum += 255 - (pixels[byte] as number);
  return sum / 255;
}

function painted(geometry: PlanGeometry, tile: { size: number; scale: number }, look: SeatLook) {
  const pixels = new Uint8Array(tile.size * tile.size * 4);
  const grid = new SeatGrid(geometry);
  paintTile(pixels, { ...tile, left: 0, top: 0 }, { geometry, grid, look });
  return pixels;
}

describe('painting a tile', () => {
  const one = { x: Float32Array.of(2), y: Float32Array.of(2) };

  it('lays a seat on its place in its colour, on an opaque ground', () => {
    const pixels = painted(one, { size: 64, scale: 16 }, lookOf(one));
    expect(at(pixels, 64, 32, 32)).toEqual([255, 0, 0, 255]);
    expect(at(pixels, 64, 4, 4)).toEqual([255, 255, 255, 255]);
  });

  it('covers as much as the seat is large where it is smaller than a shape', () => {
    for (const scale of [0.4, 1, 2.7, 4]) {
      const pixels = painted(one, { size: 32, scale }, lookOf(one));
      const area = (0.84 * scale) ** 2;
      // A byte a pixel: what is rounded off is less than a hundredth of a pixel each.
      expect(Math.abs(inked(pixels) - area)).toBeLessThan(0.1);
    }
  });

  it('paints what reaches over from beside the tile, and nothing outside of it', () => {
    const edge = { x: Float32Array.of(0, 4, 40), y: Float32Array.of(0, 4, 40) };
    const pixels = painted(edge, { size: 64, scale: 16 }, lookOf(edge));
    expect(at(pixels, 64, 0, 0)).toEqual([255, 0, 0, 255]);
    expect(at(pixels, 64, 63, 63)).toEqual([255, 0, 0, 255]);
    expect(inked(pixels)).toBeLessThan(2 * (0.84 * 16) ** 2 * 0.5);
  });

  it('shows a chosen seat by an outline, small by its colour', () => {
    const look = lookOf(one, { isChosen: () => true });
    const large = painted(one, { size: 64, scale: 16 }, look);
    expect(at(large, 64, 32, 32)).toEqual([255, 0, 0, 255]);
    expect(at(large, 64, 25, 32)).toEqual([0, 0, 0, 255]);
    const small = painted(one, { size: 16, scale: 4 }, look);
    expect(at(small, 16, 8, 8)).toEqual([0, 0, 0, 255]);
  });

  it('meets the next tile without a seam', () => {
    const row = {
      x: Float32Array.from({ length: 40 }, (_, seat) => seat),
      y: new Float32Array(40),
    };
    const grid = new SeatGrid(row);
    const view = { width: 4_000, height: 400 };
    const camera = { scale: scaleOf(8), x: 20, y: 0 };
    const keys = tilesInView(camera, view, { bounds: grid.bounds, level: 8 });
    let sum = 0;
    for (const key of keys) {
      const pixels = new Uint8Array(TILE_SIZE * TILE_SIZE * 4);
      const tile = { size: TILE_SIZE, scale: scaleOf(8), ...originOf(key, grid.bounds) };
      paintTile(pixels, tile, { geometry: row, grid, look: lookOf(row) });
      sum += inked(pixels);
    }
    const alone = painted(one, { size: 64, scale: scaleOf(8) }, lookOf(one));
    expect(keys.length).toBe(3);
    expect(sum / 40).toBeCloseTo(inked(alone), 6);
  });
});

describe('the styles', () => {
  it('of kinds that stand side by side differ in shape as well as in colour', () => {
    const styles = Array.from({ length: 24 }, (_, kind) => styleFor(kind));
    const names = new Set(styles.map(({ colour, shape }) => `${colour} ${shape}`));
    expect(names.size).toBe(24);
    for (let kind = 1; kind < 24; kind += 1) {
      expect(styles[kind]?.shape).not.toBe(styles[kind - 1]?.shape);
      expect(styles[kind]?.colour).not.toBe(styles[kind - 1]?.colour);
    }
  });
});
