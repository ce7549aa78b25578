import { isHandedOver } from './counted-share.ts';
import type { Planning } from './plan.ts';
import { problem } from './plan.ts';
import type { Taking, TakingAnswer } from './plan-stock.ts';
import { countersFor, findTaking } from './plan-stock.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Resolved } from './resolve.ts';
import { seatName } from './seat-name.ts';
import type { Candidate, CounterState, QuotaState, SeatState, TicketState } from './state.ts';
import { quotaKey, seatKey } from './state.ts';

/**
 * Where a person decided that a ticket goes (case-decision.ts). What cannot be followed any more,
 * because the place was taken meanwhile, leaves the case open with what stands in the way now.
 */

/** What another place settles: nothing of the reported one is asked any more. */
export const SETTLED_BY_PLACE: ReadonlySet<ProblemCode> = new Set([
  'seat.missing',
  'seat.unknown',
  'seat.sold',
  'seat.not_in_allotment',
  'seat.other_contingent',
  'seat.wrong_category',
  'count.over',
]);

/** Conflicts about a place that may be settled by something later in the fold. */
const MAY_PASS: ReadonlySet<ProblemCode> = new Set(['seat.sold', 'count.over', 'blocked.behind']);

export interface PlaceAnswer extends TakingAnswer {
  /** A decision is followed: problems of the reported place count no more. */
  decided: boolean;
}

/** The place of a sale: as decided, else as reported. */
export function findPlace(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  leaving: readonly TicketState[] = [],
): PlaceAnswer {
  const { message, decision } = candidate;
  const reported = { ...findTaking(planning, message, resolved, leaving), decided: false };
  const place = decision?.place;
  if (place === undefined) {
    return keepReseated(planning, reported, leaving) ?? byRule(planning, reported, resolved);
  }
  if (resolved.product === null) return reported;
  if (place.kind === 'seat') {
    return anotherSeat(planning, reported, resolved, place.seatId, leaving);
  }
  if (place.kind === 'count') return anotherCount(planning, reported, resolved, place);
  // Free meanwhile: nothing is left to decide. What is still to come in the fold may free it.
  if (reported.taking !== null && reported.problems.length === 0) return reported;
  if (planning.round === 0 && reported.problems.every((one) => MAY_PASS.has(one.code))) {
    return reported;
  }
  if (place.kind === 'overbooked') return beside(planning, reported, resolved);
  if (place.kind === 'take_over') return takeOver(planning, reported);
  return fromHouseStock(planning, reported, resolved);
}

function follow(reported: PlaceAnswer, taking: Taking): PlaceAnswer {
  return { ...reported, taking, problems: [], rootMessageId: null, decided: true };
}

/** What was chosen stays known: a sale that is over by now needs no place any more. */
function refuse(reported: PlaceAnswer, taking: Taking | null, one: Problem): PlaceAnswer {
  return { ...reported, taking, problems: [one], rootMessageId: null };
}

/** No place of ours: what is known of the one reported tells who is at the box office. */
export function beside(planning: Planning, reported: PlaceAnswer, resolved: Resolved): PlaceAnswer {
  return follow(reported, {
    type: 'beside',
    seatId: reported.seatId,
    counterIds: countersFor(planning, resolved).map(({ id }) => id),
    contingentId: resolved.contingentId ?? resolved.contingentIds[0] ?? null,
  });
}

function anotherSeat(
  planning: Planning,
  reported: PlaceAnswer,
  resolved: Resolved,
  seatId: number,
  leaving: readonly TicketState[],
): PlaceAnswer {
  const { performance } = resolved;
  if (performance === null) return reported;
  const seat = planning.state.seatsById.get(seatKey(performance.id, seatId));
  if (seat === undefined) {
    return refuse(reported, null, problem('seat.unknown', { seat: String(seatId) }));
  }
  const insteadOf = reported.seatId === seatId ? null : reported.seatId;
  const taking: Taking = { type: 'seat', seat, adopted: false, insteadOf };
  const conflict = takenMeanwhile(planning, seat, leaving);
  return conflict === null ? follow(reported, taking) : refuse(reported, taking, conflict);
}

/** A counted place that a person chose, in its contingent's share. */
function anotherCount(
  planning: Planning,
  reported: PlaceAnswer,
  resolved: Resolved,
  { counterId, contingentId }: { counterId: number; contingentId: number },
): PlaceAnswer {
  const { catalogue, state, resolver } = planning;
  const { performance } = resolved;
  const own = resolver.counterIds(resolved);
  const zone = catalogue.counters.find(({ id }) => id === counterId);
  const here = performance !== null && zone?.performanceId === performance.id;
  // A ticket of several days takes one place of each: no single count can stand for them.
  if (own.length > 1 || !(here || own[0] === counterId)) return reported;
  const counter = state.counters.get(counterId);
  const quota = state.quotas.get(quotaKey(counterId, contingentId));
  if (counter === undefined || quota === undefined) return reported;
  const taking: Taking = { type: 'counters', quotas: [quota], insteadOf: reported.seatId };
  if (hasFree(counter) && hasRoom(planning, quota, resolved)) return follow(reported, taking);
  const place = catalogue.contingentById.get(contingentId)?.code ?? '';
  return refuse(reported, taking, problem('count.over', { place, left: 0 }));
}

const hasFree = ({ capacity, sold, held, blocked }: CounterState): boolean =>
  capacity === null || capacity - sold - held - blocked > 0;

/** A seat that a person chose must be free, and no other reseller may hold it. */
function takenMeanwhile(
  planning: Planning,
  seat: SeatState,
  leaving: readonly TicketState[],
): Problem | null {
  const name = seatName(planning, seat);
  if (seat.ticket !== null && leaving.includes(seat.ticket)) return null;
  if (seat.state === 'sold') {
    const holder = seat.ticket?.number ?? seat.ownReference ?? '';
    return problem('seat.sold', { seat: name, holder });
  }
  if (seat.interfaceId !== null && seat.interfaceId !== planning.terms.id) {
    const contingent = planning.catalogue.contingentById.get(seat.contingentId ?? 0)?.code ?? '';
    return problem('seat.other_contingent', { seat: name, contingent });
  }
  return seat.state === 'free' ? null : problem('seat.not_in_allotment', { seat: name });
}

/**
 * A ticket on another seat of ours that is exchanged for the seat which the reseller knows: its
 * bearer stays where we have put it.
 */
function keepReseated(
  planning: Planning,
  reported: PlaceAnswer,
  leaving: readonly TicketState[],
): PlaceAnswer | null {
  const { taking, seatId } = reported;
  if (taking?.type !== 'seat' || leaving.length === 0) return null;
  const { performanceId } = taking.seat;
  const old = leaving.find(
    (one) => one.resellerSeatId === seatId && one.performanceId === performanceId,
  );
  const seat = old === undefined ? undefined : planning.state.seatsByTicket.get(old.id);
  if (old === undefined || seat === undefined || seat.ticket?.id !== old.id) return null;
  return follow(reported, { type: 'seat', seat, adopted: false, insteadOf: seatId });
}

/** Whoever of ours has it. What another reseller holds unsold it may sell at any moment. */
function takeOver(planning: Planning, reported: PlaceAnswer): PlaceAnswer {
  const { taking } = reported;
  if (taking?.type !== 'seat') return reported;
  const { seat } = taking;
  const theirs = seat.interfaceId !== null && seat.interfaceId !== planning.terms.id;
  if (seat.state === 'free' ? theirs : seat.ticket === null && seat.ownReference === null) {
    return reported;
  }
  return follow(reported, { type: 'seat', seat, adopted: true, insteadOf: null });
}

function fromHouseStock(
  planning: Planning,
  reported: PlaceAnswer,
  resolved: Resolved,
): PlaceAnswer {
  const { taking } = reported;
  if (taking?.type === 'seat') {
    const { seat } = taking;
    const held = seat.interfaceId !== null && seat.interfaceId !== planning.terms.id;
    if (seat.state !== 'free' || held) return reported;
    const adopted = seat.interfaceId === null;
    return follow(reported, { type: 'seat', seat, adopted, insteadOf: null });
  }
  if (taking?.type !== 'counters') return reported;
  const drawn: QuotaState[] = [];
  for (const quota of taking.quotas) {
    const counter = planning.state.counters.get(quota.counterId) as CounterState;
    if (!hasFree(counter)) return reported;
    if (hasRoom(planning, quota, resolved)) continue;
    if (!mayDraw(planning, counter, resolved)) return reported;
    drawn.push(quota);
  }
  return follow(reported, { type: 'counters', quotas: taking.quotas, drawn, houseStock: true });
}

/** The interface's own rule: up to its maximum a sale beyond the count draws by itself. */
function byRule(planning: Planning, reported: PlaceAnswer, resolved: Resolved): PlaceAnswer {
  const { terms, state, round } = planning;
  const { taking, problems, counterId } = reported;
  if (terms.houseStockMaximum === 0 || taking?.type !== 'counters') return reported;
  // Only for want of a place, and once nothing in the fold gives one back.
  if (round === 0 || problems.some(({ code }) => code !== 'count.over')) return reported;
  const drawn = state.houseStock.get(counterId ?? 0) ?? 0;
  if (problems.length === 0 || drawn >= terms.houseStockMaximum) return reported;
  return fromHouseStock(planning, reported, resolved);
}

/** Its share has room, be it handed over or not yet. */
function hasRoom(planning: Planning, quota: QuotaState, resolved: Resolved): boolean {
  const rest = quota.quota - quota.sold - quota.held - quota.allotted;
  const handedOver = isHandedOver(planning, quota, resolved.product?.id ?? 0);
  return rest > 0 || (handedOver && quota.allotted > 0);
}

/** One more place out of what no contingent keeps, within capacity and safety gauge. */
function mayDraw(planning: Planning, counter: CounterState, resolved: Resolved): boolean {
  const { state } = planning;
  const { performance } = resolved;
  if (performance !== null && performance.gauge !== null) {
    const kept = state.placesKept.get(performance.id);
    if (kept === undefined || kept >= performance.gauge) return false;
  }
  if (counter.capacity === null) return true;
  let kept = 0;
  let own = counter.sold + counter.held;
  for (const quota of state.quotas.values()) {
    if (quota.counterId !== counter.id) continue;
    kept += quota.quota;
    own -= quota.sold + quota.held;
  }
  return counter.capacity - kept - own - counter.blocked > 0;
}
