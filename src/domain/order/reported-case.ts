import type { EndAhead } from './ends-ahead.ts';
import { endsAhead } from './ends-ahead.ts';
import { latestTicket, namesPlaceOf } from './find-ticket.ts';
import { closeCase } from './guard-door.ts';
import type { Message } from './message.ts';
import { certainlyBefore, sameOperation } from './message.ts';
import type { Planning } from './plan.ts';
import { settle } from './plan.ts';
import { compareWithKnown } from './plan-repeat.ts';
import type { SaleCheck } from './plan-sale.ts';
import type { ProblemCode } from './problem.ts';
import { classOf, PROBLEMS } from './problem.ts';
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

/**
 * A reported sale that the house cannot book in any way, and whose whole price the reseller gives
 * back: no money is left between the two, so what ends it is set aside here and the sale by the
 * caller. Answers whether that was so. Money that was kept must not be lost: then both wait. A
 * missing mapping alone waits for its mapping.
 */
export function setAsideWithEnd(planning: Planning, { candidate, problems }: SaleCheck): boolean {
  if (!candidate.reported || problems.every(({ code }) => classOf(code) === 'mapping')) {
    return false;
  }
  const sale = candidate.message;
  const ends = endsAhead(planning, sale, null).filter((one) => isReturnOf(planning, sale, one));
  const whole = wholeReturn(sale, ends);
  for (const { end, renumbered } of whole) {
    for (const one of [...renumbered, end]) {
      if (planning.applied.has(one)) continue;
      closeCase(planning, one);
      settle(planning, one, 'set_aside');
    }
  }
  return whole.length > 0;
}

/** Under no ticket of ours, only the reseller's own words tell which sale a return is about. */
function isReturnOf(planning: Planning, sale: Message, { end }: EndAhead): boolean {
  const { message } = end;
  if (message.kind !== 'cancellation' && message.kind !== 'refund') return false;
  if (compareWithKnown(planning, end).decision !== null) return false;
  const sameCode = message.barcode !== null && message.barcode === sale.barcode;
  return sameCode || namesPlaceOf(message, sale);
}

/** One return that gives back everything, or several whose sum is the price; else none. */
function wholeReturn(sale: Message, ends: readonly EndAhead[]): readonly EndAhead[] {
  const once: EndAhead[] = [];
  for (const one of ends) {
    const { message } = one.end;
    if (!inSameMoney(sale, message)) continue;
    if (message.kind === 'cancellation' && message.givenBackMinor === null) return [one];
    if (message.givenBackMinor === null) continue;
    if (message.givenBackMinor === sale.priceMinor) return [one];
    if (!once.some(({ end }) => sameOperation(end.message, message))) once.push(one);
  }
  const sum = once.reduce((total, { end }) => total + (end.message.givenBackMinor ?? 0), 0);
  return once.length > 1 && sum === sale.priceMinor ? once : [];
}

/** Another currency, or another commission than was taken, leaves something between the two. */
function inSameMoney(sale: Message, { currency, commissionMinor }: Message): boolean {
  if (currency !== null && currency !== sale.currency) return false;
  return commissionMinor === null || commissionMinor === sale.commissionMinor;
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
 * has no ticket that it could be about. Such a sale is cancelled once: another cancellation is for
 * a sale of the number that is not here yet, and waits for it.
 */
export function isOfKeptOut(planning: Planning, message: Message): boolean {
  const number = message.replaces ?? message.ticket;
  if (latestTicket(planning, message) !== null) return false;
  const kept = (planning.state.known.get(number) ?? []).filter(({ keptOut }) => keptOut);
  const sales = kept.filter(
    ({ content: { kind }, content }) =>
      (kind === 'sale' || kind === 'exchange') && !certainlyBefore(message, content),
  );
  if (message.kind !== 'cancellation') return sales.length > 0;
  const ended = kept.filter(({ content }) => content.kind === 'cancellation');
  return ended.length < sales.length;
}
