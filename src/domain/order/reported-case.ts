import { latestTicket } from './find-ticket.ts';
import type { Message } from './message.ts';
import { certainlyBefore } from './message.ts';
import type { Planning } from './plan.ts';
import type { ProblemCode } from './problem.ts';
import { PROBLEMS } from './problem.ts';
import { isSecondTelling } from './second-telling.ts';
import type { Candidate } from './state.ts';

/**
 * Cases on the reseller's list: its own message settles them. What it cancels or exchanges is
 * booked with the sale that it ends, as it was told; what it tells anew replaces what it told.
 */

const BUSINESS: ReadonlySet<ProblemCode> = new Set(
  (Object.keys(PROBLEMS) as ProblemCode[]).filter((code) => PROBLEMS[code] === 'business'),
);

/** A reported sale as the reseller tells it: for a ticket that is over, that is all there is. */
export function asTold(candidate: Candidate): Candidate {
  return { ...candidate, accepted: BUSINESS, decision: { price: 'theirs' } };
}

/** A second telling that was there when its number's ticket ended: both are over. */
export function isToldBesideEnded(planning: Planning, candidate: Candidate): boolean {
  const { message } = candidate;
  if (!isSecondTelling(candidate)) return false;
  const ends = planning.ended.get(message.ticket) ?? [];
  // A sale of the number after the end is another sale.
  return ends.some((end) => !certainlyBefore(end, message));
}

/** A return on the list whose ticket another message of the reseller has ended now. */
export function isMootReturn(planning: Planning, { message, reported }: Candidate): boolean {
  if (!reported || message.kind === 'sale' || message.kind === 'exchange') return false;
  const ticket = latestTicket(planning, message);
  return ticket !== null && ticket.state !== 'valid' && planning.ended.has(ticket.number);
}

/**
 * What follows a sale that a person decided against: neither is in the books. Only where the number
 * has no ticket that it could be about.
 */
export function isOfKeptOut(planning: Planning, message: Message): boolean {
  const number = message.replaces ?? message.ticket;
  if (latestTicket(planning, message) !== null) return false;
  return (planning.state.known.get(number) ?? []).some(
    ({ keptOut, content }) =>
      keptOut &&
      (content.kind === 'sale' || content.kind === 'exchange') &&
      !certainlyBefore(message, content),
  );
}
