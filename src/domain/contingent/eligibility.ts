/**
 * What may leave to a reseller at all: by the kind of product, by what the channel can take, by
 * the state of the performance, and by what the contingent says of special seats.
 */
import type { Contingent, Performance, Product } from '../catalogue/catalogue.ts';
import { isPass, resellersMaySell } from '../catalogue/catalogue.ts';

/** How a channel takes each kind of stock, as its capabilities say. */
export interface HandOverCapabilities {
  seats: 'none' | 'push' | 'limit';
  zones: 'none' | 'push' | 'limit';
  datedPasses: 'none' | 'push' | 'limit';
  undatedPasses: 'none' | 'push' | 'limit';
  withdraw: boolean;
}

export type Obstacle =
  | 'product.not_sellable'
  | 'export.not_supported'
  | 'performance.preparing'
  | 'performance.suspended'
  | 'performance.cancelled'
  | 'performance.closed'
  | 'performance.past';

export interface Eligibility {
  /** Why nothing is handed over; null: it is. */
  addObstacle: Obstacle | null;
  /** Why nothing is asked back; null: it may be. */
  withdrawObstacle: Obstacle | null;
}

/** @param now ISO instant. */
export function eligibility(
  product: Product,
  performance: Performance,
  capabilities: HandOverCapabilities,
  now: string,
): Eligibility {
  const kind = kindObstacle(product, capabilities);
  if (kind !== null) return { addObstacle: kind, withdrawObstacle: kind };
  const withdrawObstacle = capabilities.withdraw ? null : 'export.not_supported';
  return { addObstacle: stateObstacle(performance, now), withdrawObstacle };
}

function kindObstacle(product: Product, capabilities: HandOverCapabilities): Obstacle | null {
  if (!resellersMaySell(product.kind)) return 'product.not_sellable';
  // A pass's contingent is a limit stated on the sales form and checked at integration.
  if (isPass(product.kind)) return 'export.not_supported';
  const pushes = capabilities.seats === 'push' || capabilities.zones === 'push';
  return pushes ? null : 'export.not_supported';
}

function stateObstacle(performance: Performance, now: string): Obstacle | null {
  if (performance.state !== 'running') return `performance.${performance.state}`;
  return performance.startsAt <= now ? 'performance.past' : null;
}

export interface SeatAttributes {
  wheelchair: boolean;
  /** The wheelchair place that this seat accompanies. */
  companionOf: number | null;
  restrictedView: boolean;
  houseSeat: boolean;
}

/** Special seats leave only if the contingent says so; a companion goes with its wheelchair. */
export function mayLeave(seat: SeatAttributes, contingent: Contingent): boolean {
  if ((seat.wheelchair || seat.companionOf !== null) && !contingent.sendsWheelchair) return false;
  if (seat.restrictedView && !contingent.sendsRestrictedView) return false;
  return !seat.houseSeat || contingent.sendsHouseSeats;
}
