import type { Camera, ViewSize } from './camera.ts';
import { visibleArea } from './camera.ts';
import type { Rectangle } from './plan-geometry.ts';

/** Pixels a side of a tile. */
export const TILE_SIZE = 256;

/** One tile of a level: levels are a factor of the square root of two apart. */
export interface TileKey {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

export const nameOf = ({ level, column, row }: TileKey): string => `${level}/${column}/${row}`;

/** Pixels a seat on a level. */
export const scaleOf = (level: number): number => 2 ** (level / 2);

/** The level whose seats come nearest to `scale` pixels. */
export const levelFor = (scale: number): number => Math.round(2 * Math.log2(scale));

/** Where a tile begins on the plan. */
export function originOf(key: TileKey, bounds: Rectangle): { left: number; top: number } {
  const side = TILE_SIZE / scaleOf(key.level);
  return { left: bounds.left + key.column * side, top: bounds.top + key.row * side };
}

/** The tiles of a level that a view shows, those of its middle first. */
export function tilesInView(
  camera: Camera,
  view: ViewSize,
  { bounds, level, around = 0 }: { bounds: Rectangle; level: number; around?: number },
): TileKey[] {
  const side = TILE_SIZE / scaleOf(level);
  const area = visibleArea(camera, view);
  const last = (to: number, from: number) => Math.max(0, Math.ceil((to - from) / side) - 1);
  const [lastColumn, lastRow] = [last(bounds.right, bounds.left), last(bounds.bottom, bounds.top)];
  const tiles: TileKey[] = [];
  const first = (at: number, from: number) => Math.floor((at - from) / side) - around;
  const end = (at: number, from: number, most: number) =>
    Math.min(most, Math.floor((at - from) / side) + around);
  const endColumn = end(area.right, bounds.left, lastColumn);
  const endRow = end(area.bottom, bounds.top, lastRow);
  for (let row = Math.max(0, first(area.top, bounds.top)); row <= endRow; row += 1) {
    for (
      let column = Math.max(0, first(area.left, bounds.left));
      column <= endColumn;
      column += 1
    ) {
      tiles.push({ level, column, row });
    }
  }
  const away = ({ column, row }: TileKey) =>
    (bounds.left + (column + 0.5) * side - camera.x) ** 2 +
    (bounds.top + (row + 0.5) * side - camera.y) ** 2;
  return tiles.sort((a, b) => away(a) - away(b));
}
