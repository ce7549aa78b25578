import type { EndAhead } from './ends-ahead.ts';
import { endsAhead } from './ends-ahead.ts';
import { concerns, findTicket } from './find-ticket.ts';
import { beside, findPlace } from './follow-place.ts';
import type { Message } from './message.ts';
import { sameOperation } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, refused, settle } from './plan.ts';
import { endExchanged } from './plan-exchange.ts';
import { findRunning, planReplacement } from './plan-identity.ts';
import { compareWithKnown } from './plan-repeat.ts';
import { bookReturn, checkReturn, isWholeReturn } from './plan-return.ts';
import type { SaleCheck } from './plan-sale.ts';
import { checkSale, OVER_WITH_ITS_END, passesIfOver } from './plan-sale.ts';
import { asTold, setAsideWithEnd } from './reported-case.ts';
import type { Resolved } from './resolve.ts';
import { givenBack } from './returned-amount.ts';
import { draftTicket, enterSale } from './sale-ticket.ts';
import type { Candidate, TicketState } from './state.ts';

/**
 * How a ticket enters the books: by a sale, or by an exchange, which ends another ticket with it.
 *
 * A sale may come when it is over: its seat was given back and sold to somebody else, whose sale
 * came first. Its end is then at hand too, or it waits for it; both are booked in one, without
 * touching the place, for a living ticket on a seat that another one holds must never be written.
 */

export function planSale(planning: Planning, candidate: Candidate, resolved: Resolved): Decision {
  return enter(planning, checkSale(planning, candidate, resolved), null);
}

/** A cancellation and a sale tied by the old number, taken together or not at all. */
export function planExchange(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
): Decision {
  const { message } = candidate;
  const former = message.replaces ?? message.ticket;
  const found = findRunning(planning, message, former, resolved.problems);
  if ('refusal' in found) return found.refusal;
  const old = found.ticket;
  if (old.state !== 'valid') return findMissing(planning, message, former);
  return enter(planning, checkSale(planning, candidate, resolved, [old]), old);
}

/** Its old ticket has ended otherwise: the exchange waits for a sale that is not here. */
function findMissing(planning: Planning, message: Message, number: string): Decision {
  const found = findTicket(planning, message, number);
  if ('refusal' in found) return found.refusal;
  return refused([{ code: 'sale.missing', params: { ticket: number } }]);
}

function enter(planning: Planning, check: SaleCheck, old: TicketState | null): Decision {
  if (check.ready !== null && check.problems.length === 0) {
    const ticket = draftTicket(planning, check.ready);
    if (old !== null) endExchanged(planning, check.candidate, old);
    enterSale(planning, check.ready, ticket);
    return applied(old === null ? 'sale' : 'exchange');
  }
  const leaving = old === null ? [] : [old];
  const over = passesIfOver(check) ? check : overAsTold(planning, check, leaving);
  const chain = over === null ? null : chainToEnd(planning, over, leaving);
  if (chain === null) {
    const moot = over === null && old === null && setAsideWithEnd(planning, check);
    return moot ? applied('set_aside') : refuse(planning, check, old);
  }
  for (const step of chain) step();
  return applied(old === null ? 'sale' : 'exchange');
}

/** On the reseller's list, and the reseller ends it: booked as it was told, and over. */
function overAsTold(
  planning: Planning,
  check: SaleCheck,
  leaving: readonly TicketState[],
): SaleCheck | null {
  const { candidate } = check;
  if (!candidate.reported) return null;
  const resolved = planning.resolver.resolve(candidate.message);
  const told = asTold(candidate);
  const place = findPlace(planning, told, resolved, leaving);
  // A ticket that is over needs no place of ours.
  const somewhere = place.taking === null ? beside(planning, place, resolved) : place;
  const { ready } = checkSale(planning, told, resolved, leaving, somewhere);
  if (ready === null) return null;
  return { ...check, problems: [], rootMessageId: null, ready: { ...ready, candidate } };
}

/** Where its end is at hand, a taken place is no problem: it passes once the rest is settled. */
function refuse(planning: Planning, check: SaleCheck, old: TicketState | null): Decision {
  const others = check.problems.filter((one) => !OVER_WITH_ITS_END.has(one.code));
  const over = others.length > 0 && others.length < check.problems.length;
  if (over && endsAhead(planning, check.candidate.message, old).length > 0) return refused(others);
  return refused(check.problems, check.rootMessageId);
}

type Step = () => void;

/** Exchanges of exchanges that are all over: longer chains than this wait for a person. */
const LONGEST_CHAIN = 20;

/**
 * The steps that book a sale together with its end; null: its end is not at hand, or would fail.
 * `leaving`: what exchanges of the chain have ended before, the ticket that this one ends last.
 */
function chainToEnd(
  planning: Planning,
  check: SaleCheck,
  leaving: readonly TicketState[],
): Step[] | null {
  const { ready, candidate } = check;
  if (ready === null || leaving.length > LONGEST_CHAIN) return null;
  const old = leaving.at(-1) ?? null;
  const draft = draftTicket(planning, ready);
  draft.past = true;
  const entry: Step[] = [];
  if (old !== null) entry.push(() => endExchanged(planning, candidate, old));
  if (candidate.reported && ready.resolved.performance?.state === 'closed') {
    entry.push(() => planning.late.add(draft));
  }
  entry.push(() => enterSale(planning, ready, draft));
  // An exchange names its new place only: what it ends is then told by the duplicate before it.
  const ends = endsAhead(planning, candidate.message, old).filter(({ end, renumbered }) =>
    [end, ...renumbered].every(({ message }) => concerns(planning, message, draft)),
  );
  for (const { end, renumbered } of ends) {
    if (compareWithKnown(planning, end).decision !== null) continue;
    const steps =
      end.message.kind === 'exchange'
        ? exchangeSteps(planning, end, [...leaving, draft])
        : returnSteps(planning, [end], draft, candidate);
    if (steps !== null) return [...entry, ...renumberSteps(planning, renumbered), ...steps];
  }
  const refunds = refundsOnce(planning, ends);
  const steps = refunds.length < 2 ? null : returnSteps(planning, refunds, draft, candidate);
  return steps === null ? null : [...entry, ...steps];
}

/** Refunds that may end a ticket together: a repeat in the same batch is none of its own. */
function refundsOnce(planning: Planning, ends: readonly EndAhead[]): Candidate[] {
  const once: Candidate[] = [];
  for (const { end, renumbered } of ends) {
    if (end.message.kind !== 'refund' || renumbered.length > 0) continue;
    if (compareWithKnown(planning, end).decision !== null) continue;
    if (!once.some((other) => sameOperation(other.message, end.message))) once.push(end);
  }
  return once;
}

/** The number under which the end comes. A duplicate that cannot be booked now waits as usual. */
function renumberSteps(planning: Planning, renumbered: readonly Candidate[]): Step[] {
  return renumbered.map((one) => () => {
    if (planReplacement(planning, one, []).applied) settle(planning, one, 'replacement');
  });
}

/** Refunds may end a ticket together, a cancellation does alone. */
function returnSteps(
  planning: Planning,
  returns: readonly Candidate[],
  draft: TicketState,
  sale: Candidate,
): Step[] | null {
  const trial = { ...draft };
  let whole = false;
  for (const { message } of returns) {
    whole = isWholeReturn(planning.terms, message, trial);
    trial.refundedMinor += givenBack(planning.terms, message, trial);
    if (whole) break;
  }
  if (!whole) return null;
  const before = { ...draft };
  for (const one of returns) {
    // What was reported is booked as told, so its end is too: in the open period, shown apart.
    const problems = checkReturn(planning, one, before).filter(
      ({ code }) => !(sale.reported && code === 'performance.closed'),
    );
    if (problems.length > 0) return null;
    before.refundedMinor += givenBack(planning.terms, one.message, before);
  }
  return returns.map((one) => () => {
    settle(planning, one, bookReturn(planning, one, draft));
  });
}

/** The exchange that ends the last of `leaving`, after whatever else the chain has ended. */
function exchangeSteps(
  planning: Planning,
  exchange: Candidate,
  leaving: readonly TicketState[],
): Step[] | null {
  const resolved = planning.resolver.resolve(exchange.message);
  const check = checkSale(planning, exchange, resolved, leaving);
  const { ready } = check;
  if (ready === null) return null;
  if (check.problems.length > 0) {
    if (!passesIfOver(check)) return null;
    const chain = chainToEnd(planning, check, leaving);
    return chain === null ? null : [...chain, () => settle(planning, exchange, 'exchange')];
  }
  return [
    () => endExchanged(planning, exchange, leaving.at(-1) as TicketState),
    () => enterSale(planning, ready, draftTicket(planning, ready)),
    () => settle(planning, exchange, 'exchange'),
  ];
}
