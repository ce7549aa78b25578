import type { Product } from '../catalogue/catalogue.ts';
import type { Shift } from './any-share.ts';
import { findShift, joinPool, moveShare } from './any-share.ts';
import { isHandedOver, moveQuota, shareLeft } from './counted-share.ts';
import { makeRoom } from './make-room.ts';
import type { Message } from './message.ts';
import type { Planning } from './plan.ts';
import { openEnd, problem, rootOf } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { CounterState, QuotaState, SeatState, TicketState } from './state.ts';
import { placeKey, quotaKey } from './state.ts';

/** What a sale will take. */
export type Taking =
  /** One numbered seat. `adopted`: the reseller holds it from now on. */
  | {
      type: 'seat';
      seat: SeatState;
      adopted: boolean;
      /** The seat that the reseller sold, where ours is another. */
      insteadOf?: number | null;
    }
  /** One of each counter, from a contingent; `drawn`: its share grows by one first. */
  | {
      type: 'counters';
      quotas: readonly QuotaState[];
      drawn?: readonly QuotaState[];
      /** Beyond what the reseller may sell by itself. */
      houseStock?: boolean;
      /** The reseller named no contingent, and several could give it. */
      anyShare?: boolean;
      /** A ticket of any share that makes room by counting in another one. */
      shift?: Shift | null;
      insteadOf?: number | null;
    }
  /** No place of ours (overbooked), and what is known of the one reported. */
  | {
      type: 'beside';
      seatId: number | null;
      counterIds: readonly number[];
      contingentId: number | null;
    }
  /** The place that a ticket has already. */
  | { type: 'kept'; ticket: TicketState };

export interface TakingAnswer {
  /** Known even where it cannot be taken, as long as we have such a place. */
  taking: Taking | null;
  problems: Problem[];
  rootMessageId: number | null;
  seatId: number | null;
  counterId: number | null;
}

const nothing: TakingAnswer = {
  taking: null,
  problems: [],
  rootMessageId: null,
  seatId: null,
  counterId: null,
};

/** `leaving`: tickets that end with this sale, by an exchange: it may take their places. */
export function findTaking(
  planning: Planning,
  message: Message,
  resolved: Resolved,
  leaving: readonly TicketState[] = [],
): TakingAnswer {
  if (resolved.place === null || resolved.product === null) return nothing;
  return resolved.place.type === 'seat'
    ? findSeat(planning, message, resolved, resolved.place, leaving)
    : findCounters(planning, message, resolved, leaving);
}

function findSeat(
  planning: Planning,
  message: Message,
  resolved: Resolved,
  place: { blockId: number; parents: readonly string[]; seasonId: number },
  leaving: readonly TicketState[],
): TakingAnswer {
  const performance = resolved.performance;
  if (performance === null) return nothing;
  const names = planning.resolver.seatNames(message, place);
  const parts = [...place.parents, names?.row ?? message.row, names?.number ?? message.seat];
  const name = parts.join('/');
  const seat =
    names === null
      ? undefined
      : planning.state.seats.get(placeKey(performance.id, place.blockId, names.row, names.number));
  if (seat === undefined) {
    return { ...nothing, problems: [problem('seat.unknown', { seat: name })] };
  }
  const category = wrongCategory(planning, seat, resolved, name);
  const { problem: conflict, root } = seatConflict(planning, resolved, seat, name, leaving);
  return {
    taking: { type: 'seat', seat, adopted: seat.interfaceId === null },
    problems: conflict === null ? category : [conflict, ...category],
    rootMessageId: root,
    seatId: seat.seatId,
    counterId: null,
  };
}

/** The reseller holds the seat under the category that was sent, whatever changed here since. */
function wrongCategory(
  planning: Planning,
  seat: SeatState,
  resolved: Resolved,
  name: string,
): Problem[] {
  const held = seat.sentCategoryId ?? seat.categoryId;
  if (resolved.category === null || resolved.category.id === held) return [];
  const ours = planning.catalogue.categoryById.get(held)?.code ?? '';
  return [problem('seat.wrong_category', { seat: name, reported: resolved.category.code, ours })];
}

interface SeatConflict {
  problem: Problem | null;
  root: number | null;
}

/**
 * Why a seat cannot be taken. One of this interface's contingent that was never exported can be (a
 * house that starts in mid-season, or an answer that was lost); every other one is a case.
 */
function seatConflict(
  planning: Planning,
  resolved: Resolved,
  seat: SeatState,
  name: string,
  leaving: readonly TicketState[],
): SeatConflict {
  const conflict = (found: Problem | null, root: number | null = null) => ({
    problem: found,
    root,
  });
  const holder = seat.ticket;
  if (holder !== null && leaving.includes(holder)) return conflict(null);
  if (seat.state === 'sold') {
    const open = holder === null ? undefined : openEnd(planning, holder.number);
    if (holder !== null && open !== undefined) {
      const params = { seat: name, ticket: holder.number };
      return conflict(problem('blocked.behind', params), rootOf(open));
    }
    const by = holder?.number ?? seat.ownReference ?? '';
    return conflict(problem('seat.sold', { seat: name, holder: by }));
  }
  const contingent = planning.catalogue.contingentById.get(seat.contingentId ?? 0)?.code ?? '';
  const elsewhere =
    seat.interfaceId === null
      ? seat.contingentId !== null && !resolved.contingentIds.includes(seat.contingentId)
      : seat.interfaceId !== planning.terms.id;
  if (elsewhere) return conflict(problem('seat.other_contingent', { seat: name, contingent }));
  const closed = seat.interfaceId === null && seat.contingentId === null;
  if (closed || seat.state !== 'free') {
    return conflict(problem('seat.not_in_allotment', { seat: name }));
  }
  return conflict(null);
}

function findCounters(
  planning: Planning,
  message: Message,
  resolved: Resolved,
  leaving: readonly TicketState[],
): TakingAnswer {
  const counters = countersFor(planning, resolved);
  const counterId = counters[0]?.id ?? null;
  const place = message.start ?? message.product;
  const over = (taking: Taking | null, left: number): TakingAnswer => ({
    ...nothing,
    counterId,
    taking,
    problems: [problem('count.over', { place, left })],
  });
  if (counters.length === 0) return over(null, 0);
  const { contingentId, contingentIds } = resolved;
  const asked = contingentId === null ? contingentIds : [contingentId];
  const shares = asked
    .map((id) =>
      counters.flatMap((counter) => planning.state.quotas.get(quotaKey(counter.id, id)) ?? []),
    )
    .filter((quotas) => quotas.length === counters.length);
  const anyShare = shares.length > 1 && counters.length === 1;
  for (const quotas of shares) {
    const taking: Taking = { type: 'counters', quotas, anyShare };
    if (quotas.every((quota) => left(planning, resolved, quota, leaving) > 0)) {
      return { ...nothing, counterId, taking };
    }
  }
  const [first] = shares;
  if (first === undefined) return over(null, 0);
  const shift = makesRoom(planning, resolved, first, leaving);
  const taking: Taking = { type: 'counters', quotas: first, anyShare, shift };
  return shift === null ? over(taking, 0) : { ...nothing, counterId, taking };
}

/** A ticket of any share in a full one, as long as another share and the capacity have room. */
function makesRoom(
  planning: Planning,
  resolved: Resolved,
  [quota, second]: readonly QuotaState[],
  leaving: readonly TicketState[],
): Shift | null {
  if (quota === undefined || second !== undefined || resolved.product === null) return null;
  const counter = planning.state.counters.get(quota.counterId) as CounterState;
  if (freeOf(counter, leaving) < 1) return null;
  return findShift(planning, resolved.product, quota, leaving);
}

/** Places that a sale may still take from a share of a counter. */
function left(
  planning: Planning,
  resolved: Resolved,
  quota: QuotaState,
  leaving: readonly TicketState[],
): number {
  const counter = planning.state.counters.get(quota.counterId) as CounterState;
  const own = leaving.filter((one) => freesPlaceOf(one, counter));
  const ownShare = own.filter((one) => one.contingentId === quota.contingentId).length;
  const share = shareLeft(planning, quota, (resolved.product as Product).id);
  return Math.min(freeOf(counter, leaving), share + ownShare);
}

/** Places of the counter itself, whoever keeps them. */
function freeOf(counter: CounterState, leaving: readonly TicketState[]): number {
  if (counter.capacity === null) return Number.POSITIVE_INFINITY;
  const own = leaving.filter((one) => freesPlaceOf(one, counter)).length;
  return counter.capacity - counter.sold - counter.held - counter.blocked + own;
}

const freesPlaceOf = (ticket: TicketState, counter: CounterState): boolean =>
  ticket.counterIds.includes(counter.id) && !ticket.past && !ticket.overbooked;

/** The counters that a ticket takes: a zone, an undated pass, or every day of a dated pass. */
export function countersFor(planning: Planning, resolved: Resolved): readonly CounterState[] {
  const found: CounterState[] = [];
  for (const id of planning.resolver.counterIds(resolved)) {
    const counter = planning.state.counters.get(id);
    if (counter === undefined) return [];
    found.push(counter);
  }
  return found;
}

/** Puts a ticket on its place. One that is over already (`past`) leaves the place as it is. */
export function take(planning: Planning, taking: Taking, ticket: TicketState): void {
  const { plan } = planning;
  if (taking.type === 'beside' || taking.type === 'kept') return;
  if (taking.type === 'seat') {
    if (!ticket.past) makeRoom(planning, taking.seat, ticket);
    plan.movements.push({ ...movement('sold', ticket), seatId: taking.seat.seatId });
    if (!ticket.past) putOnSeat(planning, taking, ticket);
    return;
  }
  if (!ticket.past && taking.shift) moveShare(planning, taking.shift);
  if (!ticket.past) drawPlaces(planning, taking.drawn ?? [], ticket);
  for (const quota of taking.quotas) {
    const { counterId } = quota;
    const handedOver = isHandedOver(planning, quota, ticket.productId);
    // House stock: all that the reseller holds is sold, so one more goes to it first.
    const joins = handedOver && quota.allotted === 0 && !ticket.past;
    if (joins) plan.movements.push(stockMovement('adopted', quota, ticket));
    plan.movements.push({ ...movement('sold', ticket), counterId });
    if (ticket.past) continue;
    moveQuota(planning, quota, 1, handedOver && !joins ? -1 : 0);
  }
  if (ticket.anyShare && !ticket.past) joinPool(planning, ticket);
  if (ticket.fromHouseStock && !ticket.past) countHouseStock(planning, ticket, 1);
}

function putOnSeat(
  planning: Planning,
  { seat, adopted }: Extract<Taking, { type: 'seat' }>,
  ticket: TicketState,
): void {
  const { terms, state } = planning;
  if (seat.interfaceId !== terms.id) {
    seat.interfaceId = terms.id;
    // Adopted: sold and given back, it stays with the reseller that sold it. A seat of ours that
    // the reseller does not know was never sent, and comes back to us.
    const known = adopted && seat.contingentId !== null;
    seat.sentCategoryId = known ? seat.categoryId : null;
    seat.sentContingentId = known ? seat.contingentId : null;
  }
  seat.state = 'sold';
  seat.ticket = ticket;
  seat.changed = true;
  state.seatsByTicket.set(ticket.id, seat);
}

/** More places for a share, out of what no contingent keeps. */
function drawPlaces(planning: Planning, drawn: readonly QuotaState[], ticket: TicketState): void {
  const { plan, state } = planning;
  for (const quota of drawn) {
    quota.quota += 1;
    quota.quotaDelta += 1;
    plan.movements.push(stockMovement('moved', quota, ticket));
    const kept = state.placesKept.get(ticket.performanceId ?? 0);
    if (kept !== undefined) state.placesKept.set(ticket.performanceId as number, kept + 1);
  }
}

/** What the interface's rule may still draw follows the living tickets. */
function countHouseStock(planning: Planning, ticket: TicketState, step: 1 | -1): void {
  const [counterId] = ticket.counterIds;
  const { houseStock } = planning.state;
  if (counterId === undefined) return;
  houseStock.set(counterId, (houseStock.get(counterId) ?? 0) + step);
}

/** Gives a ticket's places back: to the reseller's allotment, always. */
export function giveBack(planning: Planning, ticket: TicketState): void {
  const { state, plan } = planning;
  if (ticket.overbooked) return;
  if (ticket.seatId !== null) {
    plan.movements.push({ ...movement('cancelled', ticket), seatId: ticket.seatId });
    const seat = state.seatsByTicket.get(ticket.id);
    if (ticket.past || seat === undefined || seat.ticket?.id !== ticket.id) return;
    seat.state = 'free';
    seat.ticket = null;
    seat.changed = true;
    // The reseller never held it: it is ours again, unless a wish for it stands.
    if (seat.sentCategoryId === null && seat.wish === null) seat.interfaceId = null;
    return;
  }
  if (ticket.fromHouseStock && !ticket.past) countHouseStock(planning, ticket, -1);
  for (const counterId of ticket.counterIds) {
    plan.movements.push({ ...movement('cancelled', ticket), counterId });
    const quota = state.quotas.get(quotaKey(counterId, ticket.contingentId ?? 0));
    if (ticket.past || quota === undefined) continue;
    const handedOver = isHandedOver(planning, quota, ticket.productId);
    moveQuota(planning, quota, -1, handedOver ? 1 : 0);
    planning.freed.add(counterId);
  }
}

/** A place that changes hands before it is sold: into a share, or to the reseller. */
function stockMovement(kind: 'moved' | 'adopted', quota: QuotaState, ticket: TicketState) {
  const { counterId, contingentId } = quota;
  const { performanceId } = ticket;
  return {
    kind,
    performanceId,
    counterId,
    seatId: null,
    contingentId,
    ticketId: null,
    quantity: 1,
  };
}

function movement(kind: 'sold' | 'cancelled', ticket: TicketState) {
  return {
    kind,
    performanceId: ticket.performanceId,
    counterId: null,
    seatId: null,
    contingentId: ticket.contingentId,
    ticketId: ticket.id,
    quantity: kind === 'sold' ? -1 : 1,
  };
}
