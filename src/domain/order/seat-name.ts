import type { Planning } from './plan.ts';
import type { SeatState } from './state.ts';

/** As a seat is written: `Layout/Area/Block/Row/Number`. */
export function seatName(planning: Planning, seat: SeatState): string {
  const block = planning.catalogue.blockById.get(seat.blockId);
  return [block?.layoutCode, block?.areaCode, block?.code, seat.row, seat.number].join('/');
}
