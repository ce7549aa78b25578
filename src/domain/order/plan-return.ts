import { bookOperation } from './book-money.ts';
import { endOf, findTicket } from './find-ticket.ts';
import type { Message } from './message.ts';
import { certainlyBefore } from './message.ts';
import type { Decision, InterfaceTerms, Planning } from './plan.ts';
import { applied, problem, refused, rememberEnd } from './plan.ts';
import { revoke } from './plan-codes.ts';
import { isAccepted } from './plan-sale.ts';
import { giveBack } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import { givenBack, paidForPlace } from './returned-amount.ts';
import type { Candidate, TicketState } from './state.ts';

/**
 * Cancellations and refunds. A cancellation voids the ticket whatever is given back; a refund in
 * full is a cancellation, in part it leaves ticket, seat and code. Either waits for its sale, and
 * either may come after the end of its ticket: fees given back later, or a message that was late.
 */
export function planReturn(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message } = candidate;
  const found = findTicket(planning, message, message.ticket);
  // What cannot be mapped either is told at once: its sale will meet the same gap.
  if ('refusal' in found) return withMapping(found.refusal, mappingProblems);
  const { ticket } = found;
  const late = ticket.state !== 'valid' ? lateReturn(planning, message, ticket) : 'as-usual';
  if (late === 'of-another-sale') {
    return refused([...mappingProblems, problem('sale.missing', { ticket: message.ticket })]);
  }
  if (late === 'within-the-rest') {
    bookWithinTheRest(planning, candidate, ticket);
    return applied('refund');
  }
  const problems = checkReturn(planning, candidate, ticket);
  if (problems.length > 0) return refused(problems);
  return applied(bookReturn(planning, candidate, ticket));
}

/** Only a message that waits for its sale tells its own gaps; behind a root they are the root's. */
export function withMapping(
  refusal: ReturnType<typeof refused>,
  mappingProblems: readonly Problem[],
): ReturnType<typeof refused> {
  if (refusal.rootMessageId !== null) return refusal;
  return { ...refusal, problems: [...mappingProblems, ...refusal.problems] };
}

/** What may stop a return of this ticket, all at once, less what a person accepted. */
export function checkReturn(
  planning: Planning,
  candidate: Candidate,
  ticket: TicketState,
): Problem[] {
  const { message } = candidate;
  const problems: Problem[] = [];
  const { currency } = ticket;
  if (message.currency !== null && message.currency !== currency) {
    problems.push(problem('currency.differs', { reported: message.currency, ours: currency }));
  }
  const amount = message.givenBackMinor ?? 0;
  if (amount < 0) problems.push(problem('price.negative', { reported: amount, currency }));
  if (amount > 0 && ticket.refundedMinor + amount > mostBack(ticket)) {
    const { priceMinor: price, refundedMinor: refunded } = ticket;
    problems.push(problem('refund.exceeds', { amount, price, refunded, currency }));
  }
  const commission = message.commissionMinor ?? 0;
  const taken = ticket.commissionMinor;
  const commissionBack = ticket.commissionRefundedMinor + commission;
  const most = Math.max(taken + planning.terms.toleranceMinor, ticket.commissionRefundedMinor);
  // Rounded otherwise than ours it is booked as it is told, so that both accounts agree.
  if (commission < 0 || commissionBack > most) {
    const refunded = ticket.commissionRefundedMinor;
    problems.push(
      problem('refund.exceeds', { amount: commission, price: taken, refunded, currency }),
    );
  }
  const performance = planning.catalogue.performanceById.get(ticket.performanceId ?? 0);
  if (performance?.state === 'closed') {
    const params = { performance: performance.code, state: performance.state };
    problems.push(problem('performance.closed', params));
  }
  return problems.filter((one) => !isAccepted(candidate, one.code));
}

/** A spectator never gets more than was paid. */
function mostBack(ticket: TicketState): number {
  return Math.max(ticket.priceMinor, ticket.refundedMinor);
}

/** Whether this return alone ends a ticket that nothing was given back of yet. */
export function isWholeReturn(
  terms: InterfaceTerms,
  message: Message,
  ticket: TicketState,
): boolean {
  if (message.kind === 'cancellation' || message.releasesPlace) return true;
  return ticket.refundedMinor + givenBack(terms, message, ticket) >= paidForPlace(terms, ticket);
}

/**
 * The amount in the terms of what was booked: all that is left when all that was paid for the
 * place is given back, for the price paid and the price booked need not be the same.
 */
export function bookedAmount(
  terms: InterfaceTerms,
  message: Message,
  ticket: TicketState,
  candidate: Candidate,
): number {
  const left = ticket.bookedMinor - ticket.refundedMinor;
  if (message.givenBackMinor === null && message.kind === 'cancellation') return left;
  const reported = givenBack(terms, message, ticket);
  // More than was paid, and accepted: the spectator has it, so the account follows the reseller.
  const exceeds = reported > 0 && ticket.refundedMinor + reported > mostBack(ticket);
  if (exceeds && isAccepted(candidate, 'refund.exceeds')) {
    return left + ticket.refundedMinor + reported - ticket.priceMinor;
  }
  const all = ticket.refundedMinor + reported >= paidForPlace(terms, ticket);
  return all ? left : Math.min(reported, left);
}

/** Books a return that was checked, and ends the ticket where it is whole. */
export function bookReturn(
  planning: Planning,
  candidate: Candidate,
  ticket: TicketState,
): 'cancellation' | 'refund' {
  const { message, messageId } = candidate;
  const whole = isWholeReturn(planning.terms, message, ticket);
  const amount = bookedAmount(planning.terms, message, ticket, candidate);
  const commission = commissionBack(message, ticket, amount);
  const kind =
    (whole && ticket.state === 'valid') || message.kind === 'cancellation'
      ? 'cancellation'
      : 'refund';
  const amounts = { amountMinor: -amount, commissionMinor: -commission };
  const beyond = ticket.refundedMinor + amount - ticket.bookedMinor;
  const detail = beyond > 0 ? { beyond } : null;
  bookOperation(planning, { message, messageId, ticket }, kind, amounts, detail);
  ticket.refundedMinor += amount;
  ticket.commissionRefundedMinor += commission;
  if (whole && ticket.state === 'valid') voidTicket(planning, message, ticket);
  return kind;
}

/** Its own amount where reported; else what is left of it, once all of the price is given back. */
function commissionBack(message: Message, ticket: TicketState, amountMinor: number): number {
  if (message.commissionMinor !== null) return message.commissionMinor;
  const all = ticket.refundedMinor + amountMinor >= ticket.bookedMinor;
  return all ? ticket.commissionMinor - ticket.commissionRefundedMinor : 0;
}

/** Ends a ticket: code revoked, place back in the reseller's allotment. */
export function voidTicket(planning: Planning, message: Message, ticket: TicketState): void {
  ticket.state = 'cancelled';
  ticket.cancelledAt = message.operationAt;
  rememberEnd(planning, ticket.number, message);
  giveBack(planning, ticket);
  if (ticket.barcode !== null) revoke(planning, ticket, ticket.barcode, 'cancellation');
}

type Late = 'as-usual' | 'within-the-rest' | 'of-another-sale';

/** A return whose ticket has ended already. */
function lateReturn(planning: Planning, message: Message, ticket: TicketState): Late {
  const end = endOf(planning, ticket);
  // A ticket is cancelled once: another cancellation is for a sale that is not here yet. After
  // refunds in full it only says so once more.
  if (message.kind === 'cancellation') {
    return end.kind === 'refund' ? 'as-usual' : 'of-another-sale';
  }
  const amount = message.givenBackMinor ?? 0;
  if (ticket.refundedMinor + amount <= mostBack(ticket) && amount <= leftOf(ticket)) {
    return 'as-usual';
  }
  const after = certainlyBefore(end.point, message);
  if (after) return 'of-another-sale';
  return end.gaveRest && amount <= ticket.priceMinor ? 'within-the-rest' : 'as-usual';
}

function leftOf(ticket: TicketState): number {
  return ticket.bookedMinor - ticket.refundedMinor;
}

/**
 * A refund in part, told after the end that gave back "the rest": the rest was smaller by it, and
 * the sums stay. Both are traced, for the trace is never rewritten.
 */
function bookWithinTheRest(planning: Planning, candidate: Candidate, ticket: TicketState): void {
  const { message, messageId } = candidate;
  const amount = Math.min(message.givenBackMinor ?? 0, ticket.refundedMinor);
  const operation = { message, messageId, ticket };
  bookOperation(planning, operation, 'refund', { amountMinor: -amount, commissionMinor: 0 });
  const kind = ticket.state === 'exchanged' ? 'exchange' : 'cancellation';
  const back = { amountMinor: amount, commissionMinor: 0 };
  bookOperation(planning, operation, kind, back, { rest: 'smaller' });
}
