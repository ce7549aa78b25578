import type { Message } from './message.ts';
import type { OperationRow, Planning } from './plan.ts';
import type { TicketState } from './state.ts';

/** What an operation moves, in minor units: positive is owed to us, negative given back. */
export interface Amounts {
  amountMinor: number;
  commissionMinor: number;
}

export interface Booked {
  message: Message;
  messageId: number;
  ticket: TicketState;
}

/** Appends an operation to the trace of a ticket, and to the ledger what it moves there. */
export function bookOperation(
  planning: Planning,
  operation: Booked,
  kind: OperationRow['kind'],
  amounts: Amounts,
  detail: OperationRow['detail'] = null,
): void {
  const { message, messageId, ticket } = operation;
  planning.plan.operations.push({
    ticketId: ticket.id,
    kind,
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    amountMinor: noMinusZero(amounts.amountMinor),
    commissionMinor: noMinusZero(amounts.commissionMinor),
    currency: ticket.currency,
    messageId,
    detail,
  });
  if (ticket.fresh === null) ticket.changed = true;
  bookLedger(planning, operation, kind, amounts);
}

const noMinusZero = (amount: number): number => (amount === 0 ? 0 : amount);

/**
 * Tests make no entry, nor do tickets that were sold before the account opened. A commission on
 * top of our price never was ours: it is told on the ticket and stays out of the ledger.
 */
function bookLedger(
  planning: Planning,
  { message, messageId, ticket }: Booked,
  kind: OperationRow['kind'],
  amounts: Amounts,
): void {
  const { plan, state, terms } = planning;
  const opened = terms.accountOpenedAt;
  if (ticket.isTest || (opened !== null && ticket.soldAt < opened)) return;
  const entry = {
    currency: ticket.currency,
    ticketId: ticket.id,
    performanceId: ticket.performanceId,
    operationAt: message.operationAt,
    late: planning.byId.get(messageId)?.decision?.late === true,
  };
  const { amountMinor } = amounts;
  // A sale at 0 is a sale: it stands in the ledger; a return of nothing does not.
  if (kind === 'sale' || amountMinor !== 0) {
    plan.ledger.push({ ...entry, kind: kind === 'sale' ? 'sale' : 'refund', amountMinor });
  }
  const commissionMinor = ticket.commissionOnTop ? 0 : -amounts.commissionMinor;
  if (commissionMinor !== 0) {
    plan.ledger.push({ ...entry, kind: 'commission', amountMinor: commissionMinor });
  }
  if (state.balanceMinor !== null) state.balanceMinor += amountMinor + commissionMinor;
}
