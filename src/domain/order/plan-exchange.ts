import { bookOperation } from './book-money.ts';
import type { Planning } from './plan.ts';
import { rememberEnd } from './plan.ts';
import { revoke } from './plan-codes.ts';
import { giveBack } from './plan-stock.ts';
import type { Candidate, TicketState } from './state.ts';

/** Ends the old ticket of an exchange: all that is left of it goes back, with its commission. */
export function endExchanged(planning: Planning, candidate: Candidate, old: TicketState): void {
  const { message, messageId } = candidate;
  const left = old.bookedMinor - old.refundedMinor;
  const commission = old.commissionMinor - old.commissionRefundedMinor;
  bookOperation(
    planning,
    { message, messageId, ticket: old },
    'exchange',
    { amountMinor: -left, commissionMinor: -commission },
    { by: message.ticket },
  );
  old.state = 'exchanged';
  old.cancelledAt = message.operationAt;
  rememberEnd(planning, old.number, message);
  old.refundedMinor += left;
  old.commissionRefundedMinor += commission;
  giveBack(planning, old);
  // The new ticket may go on with the old one's code.
  if (old.barcode !== null && old.barcode !== message.barcode) {
    revoke(planning, old, old.barcode, 'exchange');
  }
}
