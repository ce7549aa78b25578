import type { Decision, Planning } from './plan.ts';
import { applied, problem, refused, setCode } from './plan.ts';
import { livingTicket, revoke } from './plan-return.ts';
import { planSale } from './plan-sale.ts';
import { findTaking, giveBack } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { Candidate, TicketState } from './state.ts';

/** A duplicate or reprint: the same ticket with a new code; the old one is revoked as replaced. */
export function planReplacement(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message } = candidate;
  const number = message.replaces ?? message.ticket;
  const found = livingTicket(planning, candidate, mappingProblems, number);
  if ('decision' in found) return found.decision;
  const { ticket } = found;
  const { barcode } = message;
  const used = barcode === null ? undefined : planning.state.codes.get(barcode);
  if (used !== undefined && used.ticketId !== null && used.ticketId !== ticket.id) {
    return refused([problem('barcode.used', { barcode })]);
  }
  if (barcode !== null && barcode !== ticket.barcode) {
    const day = planning.state.codes.get(ticket.barcode ?? '')?.day ?? null;
    const target = {
      ticketId: ticket.id,
      messageId: null,
      productId: ticket.productId,
      performanceId: ticket.performanceId,
      day,
    };
    if (ticket.barcode !== null) {
      setCode(planning, ticket.barcode, 'replaced', 'replacement', 'ticket', target);
    }
    const state = ticket.isTest ? 'test' : 'valid';
    setCode(planning, barcode, state, ticket.isTest ? 'test' : null, 'ticket', target);
  }
  trace(planning, candidate, ticket, 'replacement', { from: ticket.barcode, to: barcode });
  if (barcode !== null) ticket.barcode = barcode;
  if (message.ticket !== ticket.number) {
    // A duplicate under a number of its own: what follows will name the new one.
    ticket.number = message.ticket;
    ticket.generation = (planning.state.tickets.get(message.ticket)?.generation ?? -1) + 1;
    planning.state.tickets.set(message.ticket, ticket);
  }
  return applied('replacement');
}

/** Another beneficiary. */
export function planHolder(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message } = candidate;
  const found = livingTicket(planning, candidate, mappingProblems);
  if ('decision' in found) return found.decision;
  const { ticket } = found;
  // The former name is not kept in the trace: a name lives in one place, where it can be erased.
  trace(planning, candidate, ticket, 'holder', null);
  ticket.lastName = message.lastName;
  ticket.firstName = message.firstName;
  return applied('holder');
}

/** A cancellation and a sale tied by the old number, taken together or not at all. */
export function planExchange(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
): Decision {
  const { message } = candidate;
  const former = message.replaces;
  if (former === null) return refused([problem('sale.missing', { ticket: '' })]);
  const found = livingTicket(planning, candidate, resolved.problems, former);
  if ('decision' in found) return found.decision;
  const old = found.ticket;
  const taking = findTaking(planning, message, resolved);
  const ownSeat = taking.seatId !== null && taking.seatId === old.seatId;
  const seat = planning.state.seatsByTicket.get(old.id);
  const answer =
    ownSeat && seat !== undefined
      ? {
          ...taking,
          problems: [],
          taking: { type: 'seat' as const, seat, past: false, adopted: false },
        }
      : taking;
  // The sale is decided while the old ticket still holds its place: a refusal changes nothing.
  const decision = planSale(planning, candidate, resolved, answer);
  if (!decision.applied) return decision;
  endExchanged(planning, candidate, old, ownSeat);
  return applied('exchange');
}

function endExchanged(
  planning: Planning,
  candidate: Candidate,
  old: TicketState,
  ownSeat: boolean,
): void {
  const { message, messageId } = candidate;
  old.state = 'exchanged';
  old.cancelledAt = message.operationAt;
  if (old.fresh === null) old.changed = true;
  const entry = {
    currency: old.currency,
    ticketId: old.id,
    performanceId: old.performanceId,
    operationAt: message.operationAt,
  };
  const left = old.bookedMinor - old.refundedMinor;
  planning.plan.operations.push({
    ticketId: old.id,
    kind: 'exchange',
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    amountMinor: -left,
    commissionMinor: -old.commissionMinor,
    currency: old.currency,
    messageId,
    detail: { by: message.ticket },
  });
  old.refundedMinor += left;
  if (!old.isTest) {
    planning.plan.ledger.push({ ...entry, kind: 'refund', amountMinor: -left });
    if (old.commissionMinor !== 0 && !old.commissionOnTop) {
      planning.plan.ledger.push({ ...entry, kind: 'commission', amountMinor: old.commissionMinor });
    }
  }
  if (ownSeat) {
    planning.plan.movements.push({
      kind: 'cancelled',
      performanceId: old.performanceId,
      counterId: null,
      seatId: old.seatId,
      contingentId: old.contingentId,
      ticketId: old.id,
      quantity: 1,
    });
  } else {
    giveBack(planning, old);
  }
  if (old.barcode !== null && old.barcode !== message.barcode) {
    revoke(planning, old, old.barcode, 'exchange');
  }
}

function trace(
  planning: Planning,
  candidate: Candidate,
  ticket: TicketState,
  kind: 'replacement' | 'holder',
  detail: Record<string, string | null> | null,
): void {
  const { message, messageId } = candidate;
  planning.plan.operations.push({
    ticketId: ticket.id,
    kind,
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    amountMinor: 0,
    commissionMinor: 0,
    currency: ticket.currency,
    messageId,
    detail,
  });
  if (ticket.fresh === null) ticket.changed = true;
}
