import type { PlanGeometry, Point, Rectangle } from './plan-geometry.ts';
import { boundsOf } from './plan-geometry.ts';

/** Seats a side of a cell: small enough to hit one seat, large enough to have few cells. */
const CELL = 8;

/**
 * Finds seats by place in time that follows what is found, not the plan. A uniform grid: seats of a
 * cell lie side by side in one array, because seats are spread evenly where there are any.
 */
export class SeatGrid {
  readonly bounds: Rectangle;
  private readonly geometry: PlanGeometry;
  private readonly columns: number;
  private readonly rows: number;
  /** Where each cell begins in `seats`; one more at the end. */
  private readonly starts: Uint32Array;
  private readonly seats: Uint32Array;

  constructor(geometry: PlanGeometry) {
    this.geometry = geometry;
    this.bounds = boundsOf(geometry);
    const { left, right, top, bottom } = this.bounds;
    this.columns = Math.max(1, Math.ceil((right - left) / CELL));
    this.rows = Math.max(1, Math.ceil((bottom - top) / CELL));
    const count = geometry.x.length;
    this.starts = new Uint32Array(this.columns * this.rows + 1);
    this.seats = new Uint32Array(count);
    const cells = new Uint32Array(count);
    for (let seat = 0; seat < count; seat += 1) {
      const cell = this.cellOf(geometry.x[seat] as number, geometry.y[seat] as number);
      cells[seat] = cell;
      this.starts[cell + 1] = (this.starts[cell + 1] as number) + 1;
    }
    for (let cell = 0; cell < this.columns * this.rows; cell += 1) {
      this.starts[cell + 1] = (this.starts[cell + 1] as number) + (this.starts[cell] as number);
    }
    const next = this.starts.slice();
    for (let seat = 0; seat < count; seat += 1) {
      const cell = cells[seat] as number;
      const place = next[cell] as number;
      this.seats[place] = seat;
      next[cell] = place + 1;
    }
  }

  /** Calls back with each seat whose middle is within, cell by cell. */
  within(area: Rectangle, found: (seat: number) => void): void {
    const { x, y } = this.geometry;
    const firstColumn = this.column(area.left);
    const lastColumn = this.column(area.right);
    for (let row = this.row(area.top); row <= this.row(area.bottom); row += 1) {
      const cell = row * this.columns;
      const end = this.starts[cell + lastColumn + 1] as number;
      for (let at = this.starts[cell + firstColumn] as number; at < end; at += 1) {
        const seat = this.seats[at] as number;
        const [atX, atY] = [x[seat] as number, y[seat] as number];
        const inside =
          atX >= area.left && atX <= area.right && atY >= area.top && atY <= area.bottom;
        if (inside) found(seat);
      }
    }
  }

  /** The seat nearest to a point, at most `reach` away; null: none there. */
  nearest({ x, y }: Point, reach: number): number | null {
    let best: number | null = null;
    let least = reach * reach;
    this.within(
      { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach },
      (seat) => {
        const dx = (this.geometry.x[seat] as number) - x;
        const dy = (this.geometry.y[seat] as number) - y;
        const distance = dx * dx + dy * dy;
        if (distance <= least) {
          least = distance;
          best = seat;
        }
      },
    );
    return best;
  }

  inRectangle(area: Rectangle): number[] {
    const seats: number[] = [];
    this.within(area, (seat) => seats.push(seat));
    return seats;
  }

  /** Seats whose middle a lasso holds: by the even-odd rule, as the drawn line shows it. */
  inLasso(line: readonly Point[]): number[] {
    if (line.length < 3) return [];
    const xs = Float32Array.from(line, (point) => point.x);
    const ys = Float32Array.from(line, (point) => point.y);
    const { left, top, right, bottom } = boundsOf({ x: xs, y: ys });
    const seats: number[] = [];
    this.within({ left, top, right, bottom }, (seat) => {
      const x = this.geometry.x[seat] as number;
      const y = this.geometry.y[seat] as number;
      if (isInside(xs, ys, x, y)) seats.push(seat);
    });
    return seats;
  }

  private cellOf(x: number, y: number): number {
    return this.row(y) * this.columns + this.column(x);
  }

  private column(x: number): number {
    const column = Math.floor((x - this.bounds.left) / CELL);
    return Math.min(this.columns - 1, Math.max(0, column));
  }

  private row(y: number): number {
    const row = Math.floor((y - this.bounds.top) / CELL);
    return Math.min(this.rows - 1, Math.max(0, row));
  }
}

/** Whether a ray to the right of the point crosses the closed line an odd number of times. */
function isInside(xs: Float32Array, ys: Float32Array, x: number, y: number): boolean {
  let inside = false;
  let before = xs.length - 1;
  for (let corner = 0; corner < xs.length; corner += 1) {
    const [x1, y1] = [xs[corner] as number, ys[corner] as number];
    const [x2, y2] = [xs[before] as number, ys[before] as number];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    before = corner;
  }
  return inside;
}
