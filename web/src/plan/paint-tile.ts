import type { PlanGeometry } from './plan-geometry.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { SeatLook, SeatStyle } from './seat-look.ts';
import { stampOf } from './seat-stamp.ts';

/** A square of the plan as pixels. */
export interface Tile {
  /** Pixels a side. */
  readonly size: number;
  /** Pixels a seat. */
  readonly scale: number;
  /** What of the plan is at the tile's upper left corner. */
  readonly left: number;
  readonly top: number;
}

/** How much of its place a seat fills. */
const FILL = 0.84;
/** From here on a shape can be told from another; below seats are little boxes of colour. */
const SMALLEST_SHAPE = 5;

/**
 * Paints the seats of a tile into RGBA bytes, opaque. On the processor, once a tile: panning then
 * costs the graphics a few textured squares however many seats there are, also where a machine has
 * no graphics to speak of.
 */
export function paintTile(
  pixels: Uint8Array,
  tile: Tile,
  { geometry, grid, look }: { geometry: PlanGeometry; grid: SeatGrid; look: SeatLook },
): void {
  const { size, scale, left, top } = tile;
  clear(pixels, look.background);
  const side = size / scale;
  // A seat whose middle is beyond the border reaches in, and so does its outline.
  const reach = 1;
  const area = {
    left: left - reach,
    top: top - reach,
    right: left + side + reach,
    bottom: top + side + reach,
  };
  grid.within(area, (seat) => {
    const x = ((geometry.x[seat] as number) - left) * scale;
    const y = ((geometry.y[seat] as number) - top) * scale;
    const style = look.styles[look.styleOf[seat] as number] as SeatStyle;
    const chosen = look.isChosen(seat);
    if (scale * FILL < SMALLEST_SHAPE) {
      paintBox(pixels, tile, { x, y, colour: chosen ? look.chosenColour : style.colour });
      return;
    }
    if (chosen) {
      paintStamp(pixels, tile, { x, y, of: scale, shape: 'square', colour: look.chosenColour });
      paintStamp(pixels, tile, { x, y, of: scale * 0.8, shape: 'square', colour: look.background });
    }
    const of = scale * FILL * (chosen ? 0.72 : 1);
    paintStamp(pixels, tile, { x, y, of, shape: style.shape, colour: style.colour });
  });
}

function clear(pixels: Uint8Array, background: number): void {
  new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length >> 2).fill(
    // Bytes are red, green, blue, alpha; every machine that has a browser is little-endian.
    (0xff000000 | ((background & 0xff) << 16) | (background & 0xff00) | (background >> 16)) >>> 0,
  );
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly colour: number;
}

/** A box whose sides may lie within pixels: each gets its part, so that rows stay even. */
function paintBox(pixels: Uint8Array, { size, scale }: Tile, { x, y, colour }: Spot): void {
  const half = (scale * FILL) / 2;
  const [left, right, top, bottom] = [x - half, x + half, y - half, y + half];
  const lastRow = Math.min(size - 1, Math.ceil(bottom) - 1);
  const lastColumn = Math.min(size - 1, Math.ceil(right) - 1);
  for (let row = Math.max(0, Math.floor(top)); row <= lastRow; row += 1) {
    const high = Math.min(bottom, row + 1) - Math.max(top, row);
    for (let column = Math.max(0, Math.floor(left)); column <= lastColumn; column += 1) {
      const wide = Math.min(right, column + 1) - Math.max(left, column);
      blend(pixels, (row * size + column) * 4, colour, wide * high);
    }
  }
}

function paintStamp(
  pixels: Uint8Array,
  { size }: Tile,
  { x, y, colour, of, shape }: Spot & { of: number; shape: SeatStyle['shape'] },
): void {
  const stamp = stampOf(shape, Math.max(1, Math.round(of)));
  const left = Math.round(x - stamp.size / 2);
  const top = Math.round(y - stamp.size / 2);
  const endRow = Math.min(stamp.size, size - top);
  const endColumn = Math.min(stamp.size, size - left);
  for (let row = Math.max(0, -top); row < endRow; row += 1) {
    for (let column = Math.max(0, -left); column < endColumn; column += 1) {
      const cover = stamp.cover[row * stamp.size + column] as number;
      if (cover === 0) continue;
      blend(pixels, ((top + row) * size + left + column) * 4, colour, cover / 255);
    }
  }
}

/** Lays a part of a colour over what is there. */
function blend(pixels: Uint8Array, at: number, colour: number, part: number): void {
  const red = pixels[at] as number;
  const green = pixels[at + 1] as number;
  const blue = pixels[at + 2] as number;
  pixels[at] = red + ((colour >> 16) - red) * part;
  pixels[at + 1] = green + (((colour >> 8) & 0xff) - green) * part;
  pixels[at + 2] = blue + ((colour & 0xff) - blue) * part;
}
