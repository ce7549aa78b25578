import type { Message, OperationPoint } from './message.ts';
import { certainlyBefore, sameOperation } from './message.ts';
import type { Planning, Refusal } from './plan.ts';
import { problem, refused, rootOf } from './plan.ts';
import { isSecondTelling } from './second-telling.ts';
import type { BatchState, OpenCase, TicketState } from './state.ts';
import { placeKey } from './state.ts';

/**
 * Which ticket an operation is about. A number can be sold again, so the order of the operations
 * decides and never the order of arrival: an operation is about the latest sale before it.
 */

export type FoundTicket = { ticket: TicketState } | { refusal: Refusal };

export function findTicket(planning: Planning, message: Message, number: string): FoundTicket {
  const ticket = latestBefore(planning, message, number);
  const sale = waitingSale(planning, message, number, ticket);
  if (sale !== null) {
    return { refusal: refused([problem('blocked.behind', { ticket: number })], rootOf(sale)) };
  }
  if (ticket !== null) return { ticket };
  return { refusal: refused([problem('sale.missing', { ticket: number })]) };
}

/** The ticket that an operation seems to be about, for what a case shows; null: not here. */
export function latestTicket(planning: Planning, message: Message): TicketState | null {
  return latestBefore(planning, message, message.replaces ?? message.ticket);
}

function latestBefore(planning: Planning, message: Message, number: string): TicketState | null {
  let best: TicketState | null = null;
  for (const ticket of planning.state.byNumber.get(number) ?? []) {
    const point = salePoint(planning.state, ticket);
    if (certainlyBefore(message, point)) continue;
    if (!concerns(planning, message, ticket)) continue;
    if (best === null || isLater(planning.state, ticket, best)) best = ticket;
  }
  return best;
}

/** Later sold; where the order is not certain the living one, then the one that came last. */
function isLater(state: BatchState, ticket: TicketState, than: TicketState): boolean {
  const [point, other] = [salePoint(state, ticket), salePoint(state, than)];
  if (certainlyBefore(other, point)) return true;
  if (certainlyBefore(point, other)) return false;
  return than.state !== 'valid' || ticket.state === 'valid';
}

/** When a ticket was sold, as exactly as the house knows it. */
export function salePoint(state: BatchState, ticket: TicketState): OperationPoint {
  const sale = state.known.get(ticket.number)?.find((one) => one.id === ticket.messageId);
  if (sale !== undefined) return sale.content;
  const wholeMinute = ticket.soldAt.endsWith(':00.000Z');
  return {
    operationNumber: ticket.operationNumber,
    operationAt: ticket.soldAt,
    operationPrecision: wholeMinute ? 'minute' : 'second',
    operationAmbiguous: false,
  };
}

/**
 * A number sold again may stand on another place: an operation that names another place than the
 * ticket's is not about it, unless it has the ticket's code. An exchange names its new place.
 */
export function concerns(planning: Planning, message: Message, ticket: TicketState): boolean {
  if (message.kind === 'exchange') return true;
  if (message.barcode !== null && message.barcode === ticket.barcode) return true;
  return namesItsPlace(planning, message, ticket) || namesPlaceAsSold(planning, message, ticket);
}

/** A ticket that we have put elsewhere, or nowhere: the reseller names the place it sold. */
function namesPlaceAsSold(planning: Planning, message: Message, ticket: TicketState): boolean {
  const sale = saleOf(planning.state, ticket);
  // Sold under a number that nobody names here: what is certain is that it is elsewhere.
  if (sale === null) return ticket.overbooked || ticket.resellerSeatId !== null;
  return namesPlaceOf(message, sale);
}

/** Whether an operation names no other place than this sale did, in the reseller's own words. */
export function namesPlaceOf(message: Message, sale: Message): boolean {
  return PLACE_WORDS.every((word) => message[word] === null || message[word] === sale[word]);
}

/** What sold a ticket; under its former number, where a duplicate gave it another. */
function saleOf(state: BatchState, ticket: TicketState): Message | null {
  const isSale = ({ id }: { id: number }) => id === ticket.messageId;
  const own = state.known.get(ticket.number)?.find(isSale);
  if (own !== undefined) return own.content;
  for (const list of state.known.values()) {
    const former = list.find(isSale);
    if (former !== undefined) return former.content;
  }
  return null;
}

const PLACE_WORDS = ['product', 'performance', 'start', 'block', 'row', 'seat'] as const;

function namesItsPlace(planning: Planning, message: Message, ticket: TicketState): boolean {
  const { product, performance, place } = planning.resolver.resolve(message);
  if (product !== null && product.id !== ticket.productId) return false;
  if (performance === null) return true;
  if (ticket.performanceId !== null && performance.id !== ticket.performanceId) return false;
  if (place === null) return true;
  if (place.type !== 'seat') return ticket.seatId === null && !wasSoldOnSeat(planning, ticket);
  const names = planning.resolver.seatNames(message, place);
  const key = placeKey(performance.id, place.blockId, names?.row ?? '', names?.number ?? '');
  const seat = planning.state.seats.get(key);
  if (seat === undefined) return ticket.seatId !== null;
  return seat.seatId === ticket.seatId || seat.seatId === ticket.resellerSeatId;
}

/** We may have put a seat's ticket among counted places: the reseller names its seat, not these. */
function wasSoldOnSeat(planning: Planning, ticket: TicketState): boolean {
  if (ticket.resellerSeatId !== null) return true;
  // A seat that we do not know stands in the words of its sale only.
  const sale = saleOf(planning.state, ticket);
  if (sale === null || sale.seat === null) return false;
  return planning.resolver.resolve(sale).place?.type === 'seat';
}

/** A sale of this number that waits, later than the ticket and not after the operation. */
function waitingSale(
  planning: Planning,
  message: Message,
  number: string,
  ticket: TicketState | null,
): OpenCase | null {
  const cases = planning.state.cases.get(number);
  if (cases === undefined) return null;
  const point = ticket === null ? null : salePoint(planning.state, ticket);
  for (const one of cases) {
    if (!givesNumber(one.message, number) || certainlyBefore(message, one.message)) continue;
    if (sameMessage(one.message, message)) continue;
    // Reported to the reseller as told beside a living ticket: this is about the ticket.
    const candidate = planning.byId.get(one.messageId);
    if (ticket !== null && candidate !== undefined && isSecondTelling(candidate)) continue;
    if (point === null || certainlyBefore(point, one.message)) return one;
  }
  return null;
}

function sameMessage(a: Message, b: Message): boolean {
  return a.kind === b.kind && a.ticket === b.ticket && a.operationAt === b.operationAt;
}

/** A sale, or what else brings a ticket under a number of its own. */
function givesNumber(message: Message, number: string): boolean {
  if (message.ticket !== number) return false;
  if (message.kind === 'sale' || message.kind === 'exchange') return true;
  return message.kind === 'replacement' && message.replaces !== null;
}

/** Sales of a number strictly after one operation and not after another: they stand between. */
export function soldBetween(
  planning: Planning,
  number: string,
  after: OperationPoint,
  until: OperationPoint,
): boolean {
  const between = (point: OperationPoint) =>
    certainlyBefore(after, point) && !certainlyBefore(until, point);
  const tickets = planning.state.byNumber.get(number) ?? [];
  if (tickets.some((ticket) => between(salePoint(planning.state, ticket)))) return true;
  const ahead = planning.ahead.get(number) ?? [];
  return ahead.some(
    ({ message }) =>
      message !== until &&
      givesNumber(message, number) &&
      between(message) &&
      !isIntegrated(planning, message),
  );
}

/** A repeat of what is booked already stands between nothing. */
function isIntegrated(planning: Planning, message: Message): boolean {
  const known = planning.state.known.get(message.ticket) ?? [];
  return known.some((one) => one.state === 'integrated' && sameOperation(one.content, message));
}

/** How and when a ticket ended. */
export interface TicketEnd {
  kind: 'cancellation' | 'refund' | 'exchange';
  point: OperationPoint;
  /** It gave back what was left, without naming an amount. */
  gaveRest: boolean;
}

export function endOf(planning: Planning, ticket: TicketState): TicketEnd {
  const fallback: OperationPoint = {
    operationNumber: null,
    operationAt: ticket.cancelledAt ?? ticket.soldAt,
    operationPrecision: 'minute',
    operationAmbiguous: false,
  };
  if (ticket.state === 'exchanged') return { kind: 'exchange', point: fallback, gaveRest: true };
  const sold = salePoint(planning.state, ticket);
  let end: TicketEnd | null = null;
  for (const { state, content } of planning.state.known.get(ticket.number) ?? []) {
    if (state !== 'integrated' || certainlyBefore(content, sold)) continue;
    const { kind } = content;
    if (kind !== 'cancellation' && kind !== 'refund') continue;
    if (soldBetween(planning, ticket.number, sold, content)) continue;
    // A cancellation is the end, whatever refunds came besides.
    if (end !== null && end.kind === 'cancellation') continue;
    // Refunds end it together: the last of them, whichever came last.
    const earlier = end !== null && kind === 'refund' && certainlyBefore(content, end.point);
    if (earlier) continue;
    end = { kind, point: content, gaveRest: content.givenBackMinor === null };
  }
  return end ?? { kind: 'cancellation', point: fallback, gaveRest: false };
}
