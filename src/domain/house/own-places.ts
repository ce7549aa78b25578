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
  /** The interface of a command without an answer: its reseller may hold the seat already. */
  inFlightTo: number | null;
  wish: string | null;
  /** Of an own sale that waits until the reseller gives the seat back. */
  wishReference: string | null;
  wishState: OwnState | null;
}

export type OwnSeatDecision =
  | 'applied'
  | 'unchanged'
  /** At a reseller: it becomes the venue's when the reseller gives it back. */
  | 'asked'
  /** Asked before, and not given back yet. */
  | 'waiting'
  /** What was asked is wanted no more. */
  | 'dropped'
  | 'at_reseller'
  | 'other_reference';

/** @param askBack whether a seat that a reseller holds unsold is asked back for it. */
export function decideOwnSeat(
  seat: OwnSeat,
  state: OwnState,
  reference: string,
  askBack = false,
): OwnSeatDecision {
  const own = seat.ownReference === reference;
  if (own && seat.state === state) return 'unchanged';
  const waits = seat.wish === 'own_sale' && seat.state === 'free';
  if (waits && seat.wishReference === reference) {
    if (state === 'free') return 'dropped';
    if (seat.wishState === state) return 'waiting';
    return 'asked';
  }
  if (state === 'free' && seat.state === 'free') return 'unchanged';
  const isSold = seat.ticketId !== null;
  if (isSold || seat.interfaceId !== null || seat.inFlightTo !== null) {
    const mayAsk = askBack && !isSold && seat.interfaceId !== null && seat.state === 'free';
    if (!mayAsk) return 'at_reseller';
    return waits ? 'other_reference' : 'asked';
  }
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
  /** `allotted`: what the reseller holds unsold; it stays until it is given back. */
  quotas: readonly { quota: number; sold: number; held: number; allotted: number }[];
}

const OWN_KINDS = ['sold', 'held', 'blocked'] as const;
export type OwnKind = (typeof OWN_KINDS)[number];

export interface OwnCountChange {
  kind: OwnKind;
  before: number;
  after: number;
}

/**
 * A reference has `quantity` places in one state, and then none in another.
 *
 * @param gaugeLeft places that the performance's safety gauge leaves; null: it has none.
 */
export function decideOwnCount(
  counter: OwnCounter,
  claims: readonly { kind: OwnKind; quantity: number }[],
  { state, quantity }: { state: OwnState; quantity: number },
  gaugeLeft: number | null,
): { changes: OwnCountChange[]; more: number } | { over: number; free: number } {
  const changes = OWN_KINDS.map((kind) => ({
    kind,
    before: claims.find((claim) => claim.kind === kind)?.quantity ?? 0,
    after: kind === state ? quantity : 0,
  })).filter(({ before, after }) => before !== after);
  const more = changes.reduce((total, { before, after }) => total + after - before, 0);
  const free = Math.min(
    freeOfQuotas(counter) ?? Number.POSITIVE_INFINITY,
    gaugeLeft ?? Number.POSITIVE_INFINITY,
  );
  if (more > 0 && more > free) return { over: more, free: Math.max(0, free) };
  return { changes, more };
}

/** Places that neither anyone has nor a contingent keeps for its channel; null: no limit. */
export function freeOfQuotas(counter: OwnCounter): number | null {
  if (counter.capacity === null) return null;
  const kept = counter.quotas.map(({ quota, sold, held, allotted }) =>
    Math.max(quota - sold - held, allotted, 0),
  );
  const taken = counter.sold + counter.held + counter.blocked;
  return counter.capacity - taken - kept.reduce((total, one) => total + one, 0);
}
