import type { Message } from './message.ts';
import type { InterfaceTerms, OperationRow, Planning } from './plan.ts';
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

/**
 * Appends a correction to the trace: what the ticket is worth now, less what it was worth before,
 * and each kind of the ledger's entries by its own difference.
 */
export function bookDifference(
  planning: Planning,
  operation: Booked,
  before: TicketState,
  detail: OperationRow['detail'],
): void {
  const { plan, state, terms } = planning;
  const { message, messageId, ticket } = operation;
  const [was, is] = [worth(before), worth(ticket)];
  plan.operations.push({
    ticketId: ticket.id,
    kind: 'correction',
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    amountMinor: is.booked - is.refunded - (was.booked - was.refunded),
    commissionMinor: is.commission - was.commission,
    currency: ticket.currency,
    messageId,
    detail,
  });
  if (ticket.fresh === null) ticket.changed = true;
  if (!isInLedger(terms, ticket)) return;
  const entry = entryOf(planning, operation);
  const differences = [
    ['sale', is.booked - was.booked],
    ['refund', was.refunded - is.refunded],
    ['commission', was.inside - is.inside],
  ] as const;
  for (const [kind, amountMinor] of differences) {
    if (amountMinor === 0) continue;
    plan.ledger.push({ ...entry, kind, amountMinor });
    if (state.balanceMinor !== null) state.balanceMinor += amountMinor;
  }
}

function worth(ticket: TicketState) {
  const commission = ticket.commissionMinor - ticket.commissionRefundedMinor;
  return {
    booked: ticket.bookedMinor,
    refunded: ticket.refundedMinor,
    commission,
    inside: ticket.commissionOnTop ? 0 : commission,
  };
}

const noMinusZero = (amount: number): number => (amount === 0 ? 0 : amount);

/** Tests make no entry, nor do tickets that were sold before the account opened. */
function isInLedger({ accountOpenedAt }: InterfaceTerms, ticket: TicketState): boolean {
  return !ticket.isTest && (accountOpenedAt === null || ticket.soldAt >= accountOpenedAt);
}

function entryOf(planning: Planning, { message, messageId, ticket }: Booked) {
  return {
    currency: ticket.currency,
    ticketId: ticket.id,
    performanceId: ticket.performanceId,
    operationAt: message.operationAt,
    late: planning.late.has(ticket) || planning.byId.get(messageId)?.decision?.late === true,
  };
}

/**
 * A commission on top of our price never was ours: it is told on the ticket and stays out of the
 * ledger.
 */
function bookLedger(
  planning: Planning,
  operation: Booked,
  kind: OperationRow['kind'],
  amounts: Amounts,
): void {
  const { plan, state, terms } = planning;
  const { ticket } = operation;
  if (!isInLedger(terms, ticket)) return;
  const entry = entryOf(planning, operation);
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
