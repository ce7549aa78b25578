import type { Product, Tariff } from '../catalogue/catalogue.ts';
import { isCancelled } from '../catalogue/catalogue.ts';
import { bookOperation } from './book-money.ts';
import type { Message } from './message.ts';
import { codeGoesHere, moveCode } from './move-code.ts';
import type { Planning } from './plan.ts';
import { livingCode, setCode, targetOf } from './plan-codes.ts';
import type { Money } from './plan-price.ts';
import type { Taking } from './plan-stock.ts';
import { take } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { Candidate, TicketState } from './state.ts';
import { nameTicket } from './state.ts';
import { isTestSale } from './test-sale.ts';

/** The ticket of a sale that passed its checks: drawn up first, entered when all agrees. */

/** A sale that can be entered: everything a ticket needs. */
export interface ReadySale {
  candidate: Candidate;
  resolved: Resolved;
  product: Product;
  tariff: Tariff;
  categoryId: number | null;
  money: Money;
  taking: Taking;
}

const PLACEHOLDER_NAMES = new Set(['', 'X', 'XX', 'XXX', 'FNAC', '.', '-', 'NC', 'N/A']);

/** A name that names nobody: none, or a placeholder of the reseller's. */
export function namesNobody(lastName: string | null, firstName: string | null): boolean {
  const placeholder = (name: string | null) =>
    PLACEHOLDER_NAMES.has((name ?? '').trim().toUpperCase());
  return placeholder(lastName) && placeholder(firstName);
}

/** A ticket without ids, not entered anywhere: what its end is checked against. */
export function draftTicket(planning: Planning, sale: ReadySale): TicketState {
  const { candidate, resolved, product, money, taking } = sale;
  const { message, messageId } = candidate;
  const nobody = namesNobody(message.lastName, message.firstName);
  const place = placeOf(taking);
  const isTest = isTestSale(planning, message, resolved);
  return {
    id: 0,
    number: message.ticket,
    generation: 0,
    state: 'valid',
    saleOrderId: 0,
    interfaceId: planning.terms.id,
    productId: product.id,
    performanceId: resolved.performance?.id ?? null,
    // One by one: a spread amid a literal costs more than all else of a sale.
    seatId: place.seatId,
    resellerSeatId: place.resellerSeatId,
    counterIds: place.counterIds,
    contingentId: place.contingentId,
    anyShare: place.anyShare,
    fromHouseStock: place.fromHouseStock,
    currency: planning.terms.currency,
    priceMinor: money.paidMinor,
    bookedMinor: money.bookedMinor,
    commissionMinor: money.commissionMinor,
    commissionOnTop: money.onTop,
    refundedMinor: 0,
    commissionRefundedMinor: 0,
    barcode: message.barcode,
    lastName: message.lastName,
    firstName: message.firstName,
    nameMissing: product.namesRequired && nobody,
    soldAt: message.operationAt,
    operationNumber: message.operationNumber,
    isTest,
    cancelledAt: null,
    messageId,
    overbooked: taking.type === 'kept' ? taking.ticket.overbooked : taking.type === 'beside',
    past: false,
    fresh: {
      categoryId: sale.categoryId,
      tariffId: sale.tariff.id,
      day: resolved.place?.type === 'day' ? resolved.place.day : null,
      ourPriceMinor: money.ourPriceMinor,
      netDueMinor: money.netDueMinor,
      vatHundredths: money.vatHundredths,
      vatMinor: money.vatMinor,
      commissionVatMinor: money.commissionVatMinor,
      outlet: message.outlet,
      toBeRefunded: isCancelled(resolved.performance) && !isTest,
    },
    corrected: null,
    changed: false,
  };
}

type PlaceFields = Pick<
  TicketState,
  'seatId' | 'resellerSeatId' | 'counterIds' | 'contingentId' | 'anyShare' | 'fromHouseStock'
>;

function placeOf(taking: Taking): PlaceFields {
  if (taking.type === 'kept') {
    const { seatId, resellerSeatId, counterIds, contingentId, anyShare, fromHouseStock } =
      taking.ticket;
    return { seatId, resellerSeatId, counterIds, contingentId, anyShare, fromHouseStock };
  }
  if (taking.type === 'seat') {
    const { seatId, contingentId } = taking.seat;
    const resellerSeatId = taking.insteadOf ?? null;
    return {
      seatId,
      resellerSeatId,
      counterIds: [],
      contingentId,
      anyShare: false,
      fromHouseStock: false,
    };
  }
  if (taking.type === 'beside') {
    const { seatId, counterIds, contingentId } = taking;
    return {
      seatId,
      resellerSeatId: null,
      counterIds,
      contingentId,
      anyShare: false,
      fromHouseStock: false,
    };
  }
  const { quotas } = taking;
  return {
    seatId: null,
    resellerSeatId: taking.insteadOf ?? null,
    counterIds: quotas.map((quota) => quota.counterId),
    contingentId: quotas[0]?.contingentId ?? null,
    anyShare: taking.anyShare ?? false,
    fromHouseStock: taking.houseStock ?? false,
  };
}

/** Enters a drawn-up ticket: its number and order, its place, the money, the code, the notes. */
export function enterSale(planning: Planning, sale: ReadySale, ticket: TicketState): void {
  const { candidate, taking, money } = sale;
  const { message, messageId } = candidate;
  ticket.id = planning.nextId();
  ticket.generation = nextGeneration(planning, message.ticket);
  ticket.saleOrderId = orderFor(planning, message);
  planning.state.tickets.set(ticket.id, ticket);
  nameTicket(planning.state, message.ticket, ticket);
  planning.plan.newTickets.push(ticket);
  note(planning, sale, ticket);
  take(planning, taking, ticket);
  const amounts = { amountMinor: money.bookedMinor, commissionMinor: money.commissionMinor };
  bookOperation(planning, { message, messageId, ticket }, 'sale', amounts);
  openDoor(planning, candidate, ticket);
}

export function nextGeneration(planning: Planning, number: string): number {
  let next = 0;
  for (const ticket of planning.state.byNumber.get(number) ?? []) {
    if (ticket.number === number) next = Math.max(next, ticket.generation + 1);
  }
  return next;
}

/** Tickets that share an order reference form one order; without one a ticket is its own. */
export function orderFor(planning: Planning, message: Message): number {
  const reference = message.order ?? `#${message.ticket}`;
  const known = planning.state.orders.get(reference);
  if (known !== undefined) return known;
  const id = planning.nextId();
  planning.state.orders.set(reference, id);
  planning.plan.orders.push({ id, reference, orderedAt: message.operationAt });
  return id;
}

function openDoor(planning: Planning, candidate: Candidate, ticket: TicketState): void {
  const { barcode } = ticket;
  if (barcode === null) return;
  const held = planning.state.codes.get(barcode)?.ticketId ?? null;
  // Over already, and its code goes on with a later ticket of the same number.
  if (ticket.past && held !== null && held !== ticket.id) return;
  if (held !== null && codeGoesHere(candidate)) moveCode(planning, barcode, ticket);
  const [state, reason] = livingCode(planning, ticket);
  setCode(planning, barcode, state, reason, 'ticket', targetOf(planning, ticket, barcode));
}

function note(planning: Planning, sale: ReadySale, ticket: TicketState): void {
  const { candidate, resolved, taking, money } = sale;
  const { message, messageId } = candidate;
  const add = (code: Problem['code'], params: Problem['params']) =>
    planning.plan.notes.push({ code, params, message, messageId });
  for (const one of money.notes) add(one.code, one.params);
  const place = [message.block, message.row, message.seat].filter((part) => part !== null);
  const seat = place.join('/');
  if (taking.type === 'seat' && !ticket.past) {
    if (taking.adopted) add('seat.adopted', { seat });
    const { wish, wishBy } = taking.seat;
    if (wish !== null) add('wish.lapsed', { seat, ticket: message.ticket, by: wishBy });
  }
  if (message.operationAmbiguous) add('instant.ambiguous', { at: message.operationAt });
  if (message.barcode === null) add('barcode.missing', {});
  const { performance } = resolved;
  if (performance?.state === 'suspended') {
    const { code, state } = performance;
    add('performance.suspended', { performance: code, state });
  }
  if (ticket.nameMissing) add('names.missing', { ticket: message.ticket });
}
