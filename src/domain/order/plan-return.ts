import type { Message } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, openRoot, problem, refused, setCode } from './plan.ts';
import { countsInLedger } from './plan-sale.ts';
import { giveBack } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import type { Candidate, TicketState } from './state.ts';

/**
 * Cancellations and refunds. A cancellation voids the ticket whatever is given back; a refund in
 * full is a cancellation, in part it leaves ticket, seat and code. Either waits for its sale.
 */
export function planReturn(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message } = candidate;
  const found = livingTicket(planning, candidate, mappingProblems);
  if ('decision' in found) return found.decision;
  const { ticket } = found;
  const problems = checkReturn(planning, candidate, ticket);
  const open = problems.filter((one) => !candidate.accepted.has(one.code));
  if (open.length > 0) return refused(open);
  const left = ticket.bookedMinor - ticket.refundedMinor;
  const givenBack = message.givenBackMinor ?? (message.kind === 'cancellation' ? left : 0);
  const whole = message.kind === 'cancellation' || message.releasesPlace || givenBack === left;
  bookReturn(planning, candidate, ticket, givenBack, whole);
  if (whole) voidTicket(planning, message, ticket);
  return applied(whole ? 'cancellation' : 'refund');
}

type Found = { ticket: TicketState } | { decision: Decision };

/** The living ticket that a later operation is about, or why there is none. */
export function livingTicket(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
  number = candidate.message.ticket,
): Found {
  const ticket = planning.state.tickets.get(number);
  if (ticket?.state === 'valid') return { ticket };
  const root = openRoot(planning, number, ['sale', 'exchange']);
  if (root !== null) {
    return { decision: refused([problem('blocked.behind', { ticket: number })], root) };
  }
  // What cannot be mapped either is told at once: its sale will meet the same gap.
  const waiting = problem('sale.missing', { ticket: number });
  return { decision: refused([...mappingProblems, waiting]) };
}

function checkReturn(planning: Planning, candidate: Candidate, ticket: TicketState): Problem[] {
  const { message } = candidate;
  const problems: Problem[] = [];
  if (message.currency !== null && message.currency !== ticket.currency) {
    problems.push(
      problem('currency.differs', { reported: message.currency, ours: ticket.currency }),
    );
  }
  const givenBack = message.givenBackMinor ?? 0;
  if (givenBack < 0) {
    problems.push(problem('price.negative', { reported: givenBack, currency: ticket.currency }));
  }
  const left = ticket.bookedMinor - ticket.refundedMinor;
  if (givenBack > left) {
    problems.push(
      problem('refund.exceeds', { reported: givenBack, left, currency: ticket.currency }),
    );
  }
  const performance = planning.catalogue.performanceById.get(ticket.performanceId ?? 0);
  if (performance?.state === 'closed') {
    const params = { performance: performance.code, state: performance.state };
    problems.push(problem('performance.closed', params));
  }
  return problems;
}

function bookReturn(
  planning: Planning,
  candidate: Candidate,
  ticket: TicketState,
  givenBackMinor: number,
  whole: boolean,
): void {
  const { message, messageId } = candidate;
  const commissionMinor = commissionGivenBack(message, ticket, givenBackMinor, whole);
  const sums = { amountMinor: -givenBackMinor, commissionMinor: -commissionMinor };
  planning.plan.operations.push({
    ticketId: ticket.id,
    kind: whole ? 'cancellation' : 'refund',
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    ...sums,
    currency: ticket.currency,
    messageId,
    detail: null,
  });
  ticket.refundedMinor += givenBackMinor;
  if (ticket.fresh === null) ticket.changed = true;
  if (ticket.isTest || !countsInLedger(planning, ticket.soldAt)) return;
  const entry = {
    currency: ticket.currency,
    ticketId: ticket.id,
    performanceId: ticket.performanceId,
    operationAt: message.operationAt,
  };
  if (givenBackMinor !== 0) {
    planning.plan.ledger.push({ ...entry, kind: 'refund', amountMinor: -givenBackMinor });
  }
  if (commissionMinor !== 0 && !ticket.commissionOnTop) {
    planning.plan.ledger.push({ ...entry, kind: 'commission', amountMinor: commissionMinor });
  }
}

/** Its own amount where reported; else all of it, when all of the price is given back. */
function commissionGivenBack(
  message: Message,
  ticket: TicketState,
  givenBackMinor: number,
  whole: boolean,
): number {
  if (message.commissionMinor !== null) return message.commissionMinor;
  return whole && givenBackMinor === ticket.bookedMinor ? ticket.commissionMinor : 0;
}

/** Ends a ticket: code revoked, place back in the reseller's allotment. */
function voidTicket(planning: Planning, message: Message, ticket: TicketState): void {
  ticket.state = 'cancelled';
  ticket.cancelledAt = message.operationAt;
  if (ticket.fresh === null) ticket.changed = true;
  giveBack(planning, ticket);
  if (ticket.barcode !== null) revoke(planning, ticket, ticket.barcode, 'cancellation');
}

export function revoke(
  planning: Planning,
  ticket: TicketState,
  barcode: string,
  reason: string,
): void {
  const known = planning.state.codes.get(barcode);
  // A code that has passed to another ticket is that one's.
  if (known !== undefined && known.ticketId !== null && known.ticketId !== ticket.id) return;
  setCode(planning, barcode, 'revoked', reason, 'ticket', {
    ticketId: ticket.id,
    messageId: null,
    productId: ticket.productId,
    performanceId: ticket.performanceId,
    day: known?.day ?? null,
  });
}
