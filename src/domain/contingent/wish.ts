/**
 * Moving, blocking and taking back seats. What no reseller holds changes at once. A seat in an
 * allotment gets a wish: it stays there with its target, nobody here can sell it, and the target
 * applies when the reseller gives the seat back.
 */

export type SeatState = 'free' | 'sold' | 'held' | 'blocked';
export type WishKind = 'contingent' | 'block' | 'take_back' | 'own_sale';

/** What a decision about a seat needs to know. */
export interface StockSeat {
  seatId: number;
  state: SeatState;
  contingentId: number | null;
  /** The interface whose reseller holds (or sold) it. */
  interfaceId: number | null;
  wish: WishKind | null;
  wishContingentId: number | null;
  companionOf: number | null;
  /** In a command that a reseller has not answered yet: it may hold the seat already. */
  inFlight: boolean;
}

/** What a person asks. */
export type SeatRequest =
  /** To another contingent; null: to none. */
  | { to: 'contingent'; contingentId: number | null }
  | { to: 'block' }
  | { to: 'unblock' }
  | { to: 'take_back' };

export type SeatRefusal =
  /** The performance has no such seat. */
  | 'unknown'
  | 'sold'
  | 'held'
  /** A companion seat goes and comes back with its wheelchair place. */
  | 'companion'
  /** No reseller holds it, so there is nothing to take back. */
  | 'not_exported'
  /** The contingents would keep more places than the performance's safety gauge lets in. */
  | 'over_gauge';

export type SeatDecision =
  | { seatId: number; outcome: 'applied' }
  | { seatId: number; outcome: 'wish' }
  /** A wish that stood is withdrawn: the seat stays where it is. */
  | { seatId: number; outcome: 'wish_dropped' }
  | { seatId: number; outcome: 'unchanged' }
  | { seatId: number; outcome: 'refused'; reason: SeatRefusal };

/**
 * Decides seat by seat, in the order of `asked`. `seats` holds the rows that exist, those of the
 * companions of wheelchair places asked for included: these are decided with their place.
 */
export function decideSeats(
  asked: readonly number[],
  seats: ReadonlyMap<number, StockSeat>,
  request: SeatRequest,
): SeatDecision[] {
  const decisions = new Map<number, SeatDecision>();
  const isAsked = new Set(asked);
  for (const seatId of asked) {
    const seat = seats.get(seatId);
    if (seat === undefined) decisions.set(seatId, refused(seatId, 'unknown'));
    else if (seat.companionOf === null) decisions.set(seatId, decide(seat, request));
  }
  for (const seat of seats.values()) {
    if (seat.companionOf === null) continue;
    const place = decisions.get(seat.companionOf);
    if (place !== undefined && place.outcome !== 'refused') {
      decisions.set(seat.seatId, decide(seat, request));
    } else if (isAsked.has(seat.seatId)) {
      decisions.set(seat.seatId, refused(seat.seatId, 'companion'));
    }
  }
  return [...decisions.values()];
}

/**
 * Seats that leave no contingent for one are places more, and the safety gauge bounds them: those
 * beyond it are refused, a wheelchair place with its companions.
 *
 * @param left places that the gauge leaves.
 */
export function withinGauge(
  decisions: readonly SeatDecision[],
  seats: ReadonlyMap<number, StockSeat>,
  left: number,
): SeatDecision[] {
  const placeOf = ({ seatId }: SeatDecision): number => seats.get(seatId)?.companionOf ?? seatId;
  const isMore = ({ seatId, outcome }: SeatDecision): boolean =>
    outcome === 'applied' && seats.get(seatId)?.contingentId === null;
  let free = left;
  const over = new Set<number>();
  for (const [place, group] of Map.groupBy(decisions.filter(isMore), placeOf)) {
    if (group.length > free) over.add(place);
    else free -= group.length;
  }
  return decisions.map((decision) =>
    isMore(decision) && over.has(placeOf(decision))
      ? refused(decision.seatId, 'over_gauge')
      : decision,
  );
}

function decide(seat: StockSeat, request: SeatRequest): SeatDecision {
  const { seatId } = seat;
  if (seat.state === 'sold' || seat.state === 'held') return refused(seatId, seat.state);
  return seat.interfaceId === null ? decideHere(seat, request) : decideThere(seat, request);
}

function decideHere(seat: StockSeat, request: SeatRequest): SeatDecision {
  const { seatId } = seat;
  const done = (isSame: boolean): SeatDecision => ({
    seatId,
    outcome: isSame ? 'unchanged' : 'applied',
  });
  switch (request.to) {
    case 'contingent':
      return done(seat.contingentId === request.contingentId);
    case 'block':
      return done(seat.state === 'blocked');
    case 'unblock':
      return done(seat.state === 'free');
    case 'take_back':
      return refused(seatId, 'not_exported');
  }
}

function decideThere(seat: StockSeat, request: SeatRequest): SeatDecision {
  const { seatId, wish } = seat;
  const keep: SeatDecision = { seatId, outcome: wish === null ? 'unchanged' : 'wish_dropped' };
  if (request.to === 'unblock') {
    return wish === 'block' ? keep : { seatId, outcome: 'unchanged' };
  }
  if (request.to === 'contingent') {
    if (seat.contingentId === request.contingentId) return keep;
    const isSame = wish === 'contingent' && seat.wishContingentId === request.contingentId;
    return { seatId, outcome: isSame ? 'unchanged' : 'wish' };
  }
  return { seatId, outcome: wish === request.to ? 'unchanged' : 'wish' };
}

function refused(seatId: number, reason: SeatRefusal): SeatDecision {
  return { seatId, outcome: 'refused', reason };
}

/**
 * The first `count` unsold seats of an allotment, in key order. A wheelchair place counts with its
 * companions and is passed over when they would make it too many.
 */
export function chooseUnsold(
  seats: readonly { seatId: number; companionOf: number | null }[],
  count: number,
): number[] {
  const companions = new Map<number, number>();
  const present = new Set(seats.map((seat) => seat.seatId));
  for (const { companionOf } of seats) {
    if (companionOf === null) continue;
    companions.set(companionOf, (companions.get(companionOf) ?? 0) + 1);
  }
  const chosen: number[] = [];
  let left = count;
  for (const { seatId, companionOf } of seats) {
    if (companionOf !== null && present.has(companionOf)) continue;
    const size = 1 + (companions.get(seatId) ?? 0);
    if (size > left) continue;
    left -= size;
    chosen.push(seatId);
  }
  return chosen;
}
