/**
 * The venue's own sales, holds and blocks. They come with the venue's reference, which also frees
 * them; what a reseller holds or sold is refused with its name.
 */

export type OwnState = 'sold' | 'held' | 'blocked' | 'free';

export interface OwnSeat {
  seatId: number;
  state: OwnState;
  /** The interface whose reseller holds or sold it. */
  interfaceId: number | null;
  ticketId: number | null;
  ownReference: string | null;
  /** In a command that a reseller has not answered yet: it may hold the seat already. */
  inFlight: boolean;
}

export type OwnSeatDecision = 'applied' | 'unchanged' | 'at_reseller' | 'other_reference';

export function decideOwnSeat(seat: OwnSeat, state: OwnState, reference: string): OwnSeatDecision {
  const own = seat.ownReference === reference;
  if (own && seat.state === state) return 'unchanged';
  if (state === 'free' && seat.state === 'free') return 'unchanged';
  if (seat.ticketId !== null || seat.interfaceId !== null || seat.inFlight) return 'at_reseller';
  if (seat.state !== 'free' && !own) return 'other_reference';
  return 'applied';
}

/** What a seat's change is called among the movements. */
export function ownMovement(before: OwnState, after: OwnState): string {
  if (after !== 'free') return after;
  return { sold: 'cancelled', held: 'released', blocked: 'unblocked', free: 'released' }[before];
}

export interface OwnCounter {
  capacity: number | null;
  sold: number;
  held: number;
  blocked: number;
  quotas: readonly { quota: number; sold: number; held: number }[];
}

/** Places that neither anyone has nor a contingent keeps for its channel; null: no limit. */
export function freeOfQuotas(counter: OwnCounter): number | null {
  if (counter.capacity === null) return null;
  const kept = counter.quotas.map(({ quota, sold, held }) => Math.max(0, quota - sold - held));
  const taken = counter.sold + counter.held + counter.blocked;
  return counter.capacity - taken - kept.reduce((total, one) => total + one, 0);
}
