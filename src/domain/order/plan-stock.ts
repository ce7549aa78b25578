import type { Product } from '../catalogue/catalogue.ts';
import { isPass } from '../catalogue/catalogue.ts';
import type { Message } from './message.ts';
import type { Planning } from './plan.ts';
import { openRoot, problem } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { CounterState, QuotaState, SeatState, TicketState } from './state.ts';
import { placeKey, quotaKey } from './state.ts';

/** What a sale will take: one numbered seat, or one of each counter from a contingent. */
export type Taking =
  | { type: 'seat'; seat: SeatState; past: boolean; adopted: boolean }
  | { type: 'counters'; quotas: readonly QuotaState[]; pushed: boolean };

export interface TakingAnswer {
  taking: Taking | null;
  problems: Problem[];
  rootMessageId: number | null;
  /** Known even when it cannot be taken: cases say what they touch. */
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

export function findTaking(planning: Planning, message: Message, resolved: Resolved): TakingAnswer {
  if (resolved.place === null || resolved.product === null) return nothing;
  return resolved.place.type === 'seat'
    ? findSeat(planning, message, resolved, resolved.place)
    : findCounters(planning, message, resolved);
}

function findSeat(
  planning: Planning,
  message: Message,
  resolved: Resolved,
  place: { blockId: number; parents: readonly string[]; seasonId: number },
): TakingAnswer {
  const performance = resolved.performance;
  if (performance === null) return nothing;
  const names = planning.resolver.seatNames(message, place);
  const name = [...place.parents, names?.row ?? message.row, names?.number ?? message.seat].join(
    '/',
  );
  const seat =
    names === null
      ? undefined
      : planning.state.seats.get(placeKey(performance.id, place.blockId, names.row, names.number));
  if (seat === undefined)
    return { ...nothing, problems: [problem('seat.unknown', { seat: name })] };
  const answer = { ...nothing, seatId: seat.seatId };
  const category = wrongCategory(planning, seat, resolved, name);
  if (seat.state === 'sold') return { ...answer, ...soldSeat(planning, message, seat, name) };
  if (seat.interfaceId !== null && seat.interfaceId !== planning.terms.id) {
    return { ...answer, problems: [problem('seat.other_contingent', { seat: name }), ...category] };
  }
  if (seat.interfaceId === null) {
    return { ...answer, ...notInAllotment(planning, resolved, seat, name, category) };
  }
  if (seat.state !== 'free') {
    return { ...answer, problems: [problem('seat.not_in_allotment', { seat: name }), ...category] };
  }
  if (category.length > 0) return { ...answer, problems: category };
  return { ...answer, taking: { type: 'seat', seat, past: false, adopted: false } };
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

/**
 * A seat of this interface's contingent that was never exported is taken with a warning (a house
 * that starts in mid-season, or an answer that was lost); every other one is a case.
 */
function notInAllotment(
  planning: Planning,
  resolved: Resolved,
  seat: SeatState,
  name: string,
  category: Problem[],
): Partial<TakingAnswer> {
  if (seat.state !== 'free') {
    return { problems: [problem('seat.not_in_allotment', { seat: name }), ...category] };
  }
  const ours = seat.contingentId !== null && resolved.contingentIds.includes(seat.contingentId);
  if (!ours) {
    const contingent = planning.catalogue.contingentById.get(seat.contingentId ?? 0)?.code ?? '';
    return {
      problems: [problem('seat.other_contingent', { seat: name, contingent }), ...category],
    };
  }
  if (category.length > 0) return { problems: category };
  return { taking: { type: 'seat', seat, past: false, adopted: true } };
}

/** A seat that another ticket holds: a follower, a thing of the past, or a conflict. */
function soldSeat(
  planning: Planning,
  message: Message,
  seat: SeatState,
  name: string,
): Partial<TakingAnswer> {
  const holder = seat.ticket;
  if (holder === null) return { problems: [problem('seat.sold', { seat: name, holder: '' })] };
  const root = openRoot(planning, holder.number, ['cancellation', 'exchange', 'refund']);
  if (root !== null) {
    return {
      problems: [problem('blocked.behind', { seat: name, ticket: holder.number })],
      rootMessageId: root,
    };
  }
  if (givenBackBefore(planning, message, holder)) {
    return { taking: { type: 'seat', seat, past: true, adopted: false } };
  }
  return { problems: [problem('seat.sold', { seat: name, holder: holder.number })] };
}

/** True when this sale's own cancellation is at hand and older than the holder's purchase. */
function givenBackBefore(planning: Planning, message: Message, holder: TicketState): boolean {
  const waiting = planning.ahead.get(message.ticket) ?? [];
  return waiting.some(({ message: other }) => {
    if (other.kind !== 'cancellation') return false;
    if ((other.givenBackMinor ?? 0) > (message.priceMinor ?? 0)) return false;
    return other.operationNumber !== null && holder.operationNumber !== null
      ? other.operationNumber < holder.operationNumber
      : other.operationAt <= holder.soldAt;
  });
}

function findCounters(planning: Planning, message: Message, resolved: Resolved): TakingAnswer {
  const product = resolved.product as Product;
  const counters = countersFor(planning, resolved);
  const counterId = counters[0]?.id ?? null;
  const place = message.start ?? message.product;
  if (counters.length === 0) {
    return { ...nothing, problems: [problem('count.over', { place, left: 0 })] };
  }
  const pushed = !isPass(product.kind) && planning.terms.handOver.zones === 'push';
  const order =
    resolved.contingentId === null
      ? resolved.contingentIds
      : [
          resolved.contingentId,
          ...resolved.contingentIds.filter((c) => c !== resolved.contingentId),
        ];
  for (const contingentId of resolved.contingentId === null ? order : order.slice(0, 1)) {
    const quotas = counters.flatMap(
      (counter) => planning.state.quotas.get(quotaKey(counter.id, contingentId)) ?? [],
    );
    if (quotas.length !== counters.length) continue;
    const room = quotas.every((quota) => left(planning, quota, pushed) > 0);
    if (room) return { ...nothing, counterId, taking: { type: 'counters', quotas, pushed } };
  }
  return { ...nothing, counterId, problems: [problem('count.over', { place, left: 0 })] };
}

/** Places that a sale may still take from a share of a counter. */
function left(planning: Planning, quota: QuotaState, pushed: boolean): number {
  const counter = planning.state.counters.get(quota.counterId) as CounterState;
  const capacity =
    counter.capacity === null
      ? Number.POSITIVE_INFINITY
      : counter.capacity - counter.sold - counter.held - counter.blocked;
  // What was handed over is the reseller's to sell; what was not is checked against the share.
  const share =
    pushed && quota.allotted > 0
      ? quota.allotted
      : quota.quota - quota.sold - quota.held - quota.allotted;
  return Math.min(capacity, share);
}

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

export function take(planning: Planning, taking: Taking, ticket: TicketState): void {
  const { plan } = planning;
  if (taking.type === 'seat') {
    const { seat } = taking;
    plan.movements.push({ ...movement('sold', ticket), seatId: seat.seatId });
    if (taking.past) return;
    if (seat.interfaceId === null) {
      // Adopted: sold and given back, it stays with the reseller that sold it.
      seat.interfaceId = planning.terms.id;
      seat.sentCategoryId = seat.categoryId;
      seat.sentContingentId = seat.contingentId;
    }
    seat.state = 'sold';
    seat.ticket = ticket;
    seat.changed = true;
    planning.state.seatsByTicket.set(ticket.id, seat);
    return;
  }
  for (const quota of taking.quotas) {
    const fromAllotment = taking.pushed && quota.allotted > 0;
    moveQuota(planning, quota, 1, fromAllotment ? -1 : 0);
    plan.movements.push({ ...movement('sold', ticket), counterId: quota.counterId });
  }
}

/** Gives a ticket's places back: to the reseller's allotment, always. */
export function giveBack(planning: Planning, ticket: TicketState): void {
  const { state, plan, terms } = planning;
  if (ticket.seatId !== null) {
    plan.movements.push({ ...movement('cancelled', ticket), seatId: ticket.seatId });
    if (ticket.past) return;
    const seat = state.seatsByTicket.get(ticket.id);
    if (seat === undefined || seat.ticket?.id !== ticket.id) return;
    seat.state = 'free';
    seat.ticket = null;
    seat.changed = true;
    return;
  }
  const pushed = ticket.performanceId !== null && terms.handOver.zones === 'push';
  for (const counterId of ticket.counterIds) {
    const quota = state.quotas.get(quotaKey(counterId, ticket.contingentId ?? 0));
    if (quota !== undefined) moveQuota(planning, quota, -1, pushed ? 1 : 0);
    plan.movements.push({ ...movement('cancelled', ticket), counterId });
  }
}

function moveQuota(planning: Planning, quota: QuotaState, sold: number, allotted: number): void {
  const counter = planning.state.counters.get(quota.counterId) as CounterState;
  quota.sold += sold;
  quota.soldDelta += sold;
  quota.allotted += allotted;
  quota.allottedDelta += allotted;
  counter.sold += sold;
  counter.soldDelta += sold;
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
