import { bookDifference } from './book-money.ts';
import { findTicket } from './find-ticket.ts';
import type { Message } from './message.ts';
import { sameOperation } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, problem, refused } from './plan.ts';
import { bookedAmount, checkReturn, isWholeReturn, voidTicket } from './plan-return.ts';
import { refundedBy, returnsOf } from './returned-amount.ts';
import type { Candidate, TicketState } from './state.ts';

/** A cancellation or refund told again with another amount, by a person's choice the right one. */
export function correctReturn(planning: Planning, candidate: Candidate, former: Message): Decision {
  const { message, messageId } = candidate;
  const found = findTicket(planning, message, message.ticket);
  if ('refusal' in found) return found.refusal;
  const { ticket } = found;
  const others = returnsOf(planning, ticket)
    .map(({ content }) => content)
    .filter((content) => !sameOperation(content, message));
  // The ticket as if this return had not come yet.
  const without: TicketState = {
    ...ticket,
    refundedMinor: refundedBy(planning.terms, others, ticket),
  };
  const problems = checkReturn(planning, candidate, without);
  if (problems.length > 0) return refused(problems);
  const whole = isWholeReturn(planning.terms, message, without);
  if (ticket.state === 'cancelled' && isWholeReturn(planning.terms, former, without) && !whole) {
    // A ticket that has ended does not come back to life: its place may be sold again.
    const params = { ticket: message.ticket, fields: 'givenBackMinor' };
    return refused([problem('content.differs', params)]);
  }
  const before = { ...ticket };
  ticket.refundedMinor =
    without.refundedMinor + bookedAmount(planning.terms, message, without, candidate);
  ticket.commissionRefundedMinor = commissionAfter(message, former, ticket, before);
  const beyond = ticket.refundedMinor - ticket.bookedMinor;
  const detail = { of: 'refund', ...(beyond > 0 && { beyond }) };
  bookDifference(planning, { message, messageId, ticket }, before, detail);
  if (whole && ticket.state === 'valid') voidTicket(planning, message, ticket);
  return applied('correction');
}

function commissionAfter(
  message: Message,
  former: Message,
  ticket: TicketState,
  before: TicketState,
): number {
  const { commissionRefundedMinor, bookedMinor, commissionMinor } = before;
  if (message.commissionMinor !== null && former.commissionMinor !== null) {
    return commissionRefundedMinor + message.commissionMinor - former.commissionMinor;
  }
  if (message.commissionMinor !== null) return message.commissionMinor;
  // It goes back with the last of the price.
  if (ticket.refundedMinor >= bookedMinor) return commissionMinor;
  return before.refundedMinor >= bookedMinor ? 0 : commissionRefundedMinor;
}
