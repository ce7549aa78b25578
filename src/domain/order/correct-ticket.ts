import { bookDifference } from './book-money.ts';
import type { PlaceAnswer } from './follow-place.ts';
import { differingFields } from './message.ts';
import { codeGoesHere, moveCode } from './move-code.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, refused } from './plan.ts';
import { livingCode, setCode, targetOf } from './plan-codes.ts';
import { replaceCode, takeName } from './plan-identity.ts';
import { checkSale, isAccepted, OVER_WITH_ITS_END } from './plan-sale.ts';
import { giveBack, take } from './plan-stock.ts';
import type { Resolved } from './resolve.ts';
import { refundedByMessages } from './returned-amount.ts';
import type { ReadySale } from './sale-ticket.ts';
import { draftTicket, orderFor } from './sale-ticket.ts';
import type { Candidate, KnownMessage, TicketState } from './state.ts';

/**
 * Contents told again that replace those in the books: the ticket is corrected and the difference
 * booked, with its trace. Nothing is rewritten but the ticket itself.
 */

/** A sale, or the ticket that an exchange has entered. */
export function correctSale(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  ticket: TicketState,
): Decision {
  const former = soldBy(planning, ticket);
  const place = keptPlace(candidate, former, ticket);
  const check = checkSale(planning, candidate, resolved, [ticket], place);
  const { ready } = check;
  const over = ticket.state !== 'valid';
  const problems = over
    ? check.problems.filter(
        ({ code }) => !OVER_WITH_ITS_END.has(code) && !isAccepted(candidate, code),
      )
    : check.problems;
  if (ready === null || problems.length > 0) return refused(check.problems, check.rootMessageId);
  correct(planning, ready, ticket, former);
  return applied('correction');
}

function soldBy(planning: Planning, ticket: TicketState): KnownMessage | null {
  for (const list of [planning.state.known.get(ticket.number) ?? []]) {
    const sale = list.find(({ id }) => id === ticket.messageId);
    if (sale !== undefined) return sale;
  }
  return null;
}

/** Told on the same place again: the ticket stays where it is, also where we have put it. */
function keptPlace(
  { message, decision }: Candidate,
  former: KnownMessage | null,
  ticket: TicketState,
): PlaceAnswer | null {
  if (former === null || decision?.place !== undefined) return null;
  const moved = differingFields(former.content, message).some(
    (field) =>
      PLACE_FIELDS.has(field) ||
      (field === 'category' && ticket.seatId === null && message.block === null),
  );
  if (moved) return null;
  const { seatId } = ticket;
  const counterId = ticket.counterIds[0] ?? null;
  const taking = { type: 'kept', ticket } as const;
  return { taking, problems: [], rootMessageId: null, seatId, counterId, decided: true };
}

const PLACE_FIELDS: ReadonlySet<string> = new Set([
  'product',
  'performance',
  'start',
  'hall',
  'block',
  'row',
  'seat',
  'allotment',
]);

function correct(
  planning: Planning,
  sale: ReadySale,
  ticket: TicketState,
  former: KnownMessage | null,
): void {
  const { candidate, taking } = sale;
  const { message, messageId } = candidate;
  const draft = draftTicket(planning, sale);
  const before = { ...ticket };
  const moves = taking.type !== 'kept' && ticket.state === 'valid';
  if (moves) giveBack(planning, ticket);
  takeContents(ticket, draft);
  if (message.order !== null) ticket.saleOrderId = orderFor(planning, message);
  if (moves) take(planning, taking, ticket);
  rebalance(planning, before, ticket);
  const fields = former === null ? [] : differingFields(former.content, message);
  const detail = { of: 'sale', fields: fields.join(', ') };
  bookDifference(planning, { message, messageId, ticket }, before, detail);
  correctIdentity(planning, candidate, ticket);
}

function takeContents(ticket: TicketState, draft: TicketState): void {
  if (ticket.fresh !== null) ticket.fresh = draft.fresh;
  else ticket.corrected = draft.fresh;
  ticket.changed = ticket.fresh === null;
  ticket.productId = draft.productId;
  ticket.performanceId = draft.performanceId;
  ticket.seatId = draft.seatId;
  ticket.resellerSeatId = draft.resellerSeatId;
  ticket.counterIds = draft.counterIds;
  ticket.contingentId = draft.contingentId;
  ticket.anyShare = draft.anyShare;
  ticket.fromHouseStock = draft.fromHouseStock;
  ticket.overbooked = draft.overbooked;
  ticket.priceMinor = draft.priceMinor;
  ticket.bookedMinor = draft.bookedMinor;
  ticket.commissionMinor = draft.commissionMinor;
  ticket.commissionOnTop = draft.commissionOnTop;
}

/** What was given back of the former amount, in terms of the new one. */
function rebalance(planning: Planning, before: TicketState, ticket: TicketState): void {
  if (before.refundedMinor > before.bookedMinor) return;
  const all = before.refundedMinor === before.bookedMinor && before.state !== 'valid';
  if (ticket.state === 'exchanged') ticket.refundedMinor = ticket.bookedMinor;
  else if (before.refundedMinor > 0 || all) {
    ticket.refundedMinor = refundedByMessages(planning, ticket);
  }
  if (all && before.commissionRefundedMinor === before.commissionMinor) {
    ticket.commissionRefundedMinor = ticket.commissionMinor;
  }
}

/** Its code and name, where they were told; a code's product and day follow the ticket. */
function correctIdentity(planning: Planning, candidate: Candidate, ticket: TicketState): void {
  const { message } = candidate;
  const { barcode } = message;
  takeName(planning, ticket, message);
  if (barcode !== null && barcode !== ticket.barcode) {
    if (codeGoesHere(candidate)) moveCode(planning, barcode, ticket);
    replaceCode(planning, message, ticket, barcode);
  }
  const code = planning.state.codes.get(ticket.barcode ?? '');
  if (code === undefined || code.ticketId !== ticket.id) return;
  const [state, reason] =
    ticket.state === 'valid' ? livingCode(planning, ticket) : [code.state, code.reason];
  const target = targetOf(planning, ticket, code.code);
  setCode(planning, code.code, state, reason, code.source, target);
}
