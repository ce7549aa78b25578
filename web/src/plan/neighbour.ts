import type { PlanGeometry } from './plan-geometry.ts';
import type { SeatGrid } from './seat-grid.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const STEP: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** How far the keyboard jumps over an aisle or to the next block, in seats. */
const FARTHEST = 40;

/**
 * The next seat in a direction, for who walks the plan by the arrow keys: the nearest within a
 * quarter turn, what lies straight ahead before what lies aside. Null: the plan ends here.
 */
export function neighbourOf(
  geometry: PlanGeometry,
  grid: SeatGrid,
  { seat, direction }: { seat: number; direction: Direction },
): number | null {
  const [fromX, fromY] = [geometry.x[seat] as number, geometry.y[seat] as number];
  const [alongX, alongY] = STEP[direction];
  for (let reach = 2; reach <= FARTHEST; reach *= 2) {
    let best: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    const area = {
      left: fromX - reach,
      top: fromY - reach,
      right: fromX + reach,
      bottom: fromY + reach,
    };
    grid.within(area, (other) => {
      const dx = (geometry.x[other] as number) - fromX;
      const dy = (geometry.y[other] as number) - fromY;
      const ahead = dx * alongX + dy * alongY;
      const aside = Math.abs(dx * alongY) + Math.abs(dy * alongX);
      if (other === seat || ahead <= 0.05 || aside > ahead) return;
      const far = ahead + 2 * aside;
      if (far < least) [least, best] = [far, other];
    });
    if (best !== null) return best;
  }
  return null;
}
