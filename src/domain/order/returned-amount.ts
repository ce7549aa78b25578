import { salePoint, soldBetween } from './find-ticket.ts';
import type { Message } from './message.ts';
import { certainlyBefore, sameOperation } from './message.ts';
import type { InterfaceTerms, Planning } from './plan.ts';
import type { KnownMessage, TicketState } from './state.ts';

/** What the spectator paid for the place: a commission on top may be kept by the reseller. */
export function paidForPlace(terms: InterfaceTerms, ticket: TicketState): number {
  const { priceMinor, commissionMinor, commissionOnTop } = ticket;
  return commissionOnTop && terms.includesCommission ? priceMinor - commissionMinor : priceMinor;
}

/**
 * What a return gives back of the place itself, in minor units. A commission on top that is told
 * within the amount never was ours: it stays out, like with like.
 */
export function givenBack(terms: InterfaceTerms, message: Message, ticket: TicketState): number {
  const told = message.givenBackMinor ?? 0;
  const onTop = ticket.commissionOnTop && terms.includesCommission;
  return onTop ? Math.max(0, told - (message.commissionMinor ?? 0)) : told;
}

/** The returns of a ticket that are booked; of one told again, what was told last. */
export function returnsOf(planning: Planning, ticket: TicketState): KnownMessage[] {
  const sold = salePoint(planning.state, ticket);
  const returns: KnownMessage[] = [];
  for (const one of planning.state.known.get(ticket.number) ?? []) {
    const { state, content } = one;
    if (content.kind !== 'cancellation' && content.kind !== 'refund') continue;
    if (state !== 'integrated' || certainlyBefore(content, sold)) continue;
    if (soldBetween(planning, ticket.number, sold, content)) continue;
    const former = returns.findIndex((other) => sameOperation(other.content, content));
    if (former >= 0) returns[former] = one;
    else returns.push(one);
  }
  return returns;
}

/** The sum of what returns gave back, in the terms of what was booked. */
export function refundedBy(
  terms: InterfaceTerms,
  returns: readonly Message[],
  ticket: TicketState,
): number {
  let total = 0;
  for (const message of returns) {
    const { kind, givenBackMinor } = message;
    if (givenBackMinor === null && kind === 'cancellation') return ticket.bookedMinor;
    total += givenBack(terms, message, ticket);
  }
  const all = total > 0 && total >= paidForPlace(terms, ticket);
  return all ? ticket.bookedMinor : Math.min(total, ticket.bookedMinor);
}

export function refundedByMessages(planning: Planning, ticket: TicketState): number {
  const returns = returnsOf(planning, ticket).map(({ content }) => content);
  return refundedBy(planning.terms, returns, ticket);
}
