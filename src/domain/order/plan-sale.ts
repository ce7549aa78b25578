import type { Product, Tariff } from '../catalogue/catalogue.ts';
import {
  isCancelled,
  isPass,
  resellersMaySell,
  tariffMayGoToResellers,
} from '../catalogue/catalogue.ts';
import type { PlaceAnswer } from './follow-place.ts';
import { findPlace, SETTLED_BY_PLACE } from './follow-place.ts';
import type { Message } from './message.ts';
import { invalidDay } from './pass-validity.ts';
import type { Planning } from './plan.ts';
import { openEnd, problem, rootOf } from './plan.ts';
import { priceSale } from './plan-price.ts';
import type { Taking } from './plan-stock.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { ReadySale } from './sale-ticket.ts';
import type { Candidate, TicketState } from './state.ts';
import { isTestSale } from './test-sale.ts';

/** Checks a sale as DOMAIN "Integrating" 3 says: every problem at once, nothing changed. */

export interface SaleCheck {
  candidate: Candidate;
  /** What is left to settle; none: it can be entered. */
  problems: Problem[];
  rootMessageId: number | null;
  /** All that a ticket needs; null where something of it is not known. */
  ready: ReadySale | null;
}

/**
 * `leaving`: tickets that exchanges end with this sale; `place`: where it goes, when that is known
 * otherwise.
 */
export function checkSale(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  leaving: readonly TicketState[] = [],
  place: PlaceAnswer | null = null,
): SaleCheck {
  const { message } = candidate;
  const { product, tariff } = resolved;
  const answer = place ?? findPlace(planning, candidate, resolved, leaving);
  const problems = resolved.problems.filter(
    ({ code }) => !(answer.decided && SETTLED_BY_PLACE.has(code)),
  );
  if (product !== null) problems.push(...checkSelling(planning, message, product, resolved));
  const categoryId = categoryOf(planning, resolved, answer.taking);
  const money = priceSale(planning, candidate, resolved, categoryId, problems);
  problems.push(...answer.problems);
  const living = checkNumber(planning, message, leaving);
  if (living.problem !== null) problems.push(living.problem);
  problems.push(...checkCode(planning, candidate, leaving));
  problems.push(...checkAccount(planning, money?.netDueMinor ?? 0));
  const ready =
    product === null || tariff === null || money === null || answer.taking === null
      ? null
      : { candidate, resolved, product, tariff, categoryId, money, taking: answer.taking };
  const left = problems.filter((one) => !isAccepted(candidate, one.code));
  // What was accepted and still cannot be done stays what it was.
  const possible = ready !== null && !answer.problems.some((one) => PLACE_TAKEN.has(one.code));
  const open = left.length === 0 && !(possible && living.problem === null) ? problems : left;
  const behind = open.length > 0 && open.every((one) => one.code === 'blocked.behind');
  const root = answer.rootMessageId ?? living.root;
  return { candidate, problems: open, rootMessageId: behind ? root : null, ready };
}

/** The category reported; for a seat sold without that word, the one that it was sent under. */
function categoryOf(planning: Planning, resolved: Resolved, taking: Taking | null): number | null {
  if (resolved.category !== null) return resolved.category.id;
  const kept = taking?.type === 'kept' ? planning.state.seatsByTicket.get(taking.ticket.id) : null;
  const seat = taking?.type === 'seat' ? taking.seat : kept;
  return seat?.sentCategoryId ?? seat?.categoryId ?? null;
}

/** Taken as it is, by a person's choice. */
export function isAccepted({ accepted, decision }: Candidate, code: ProblemCode): boolean {
  if (code === 'performance.closed' && decision?.late === true) return true;
  if (code === 'barcode.used' && decision?.contents === 'theirs') return true;
  return accepted.has(code);
}

/** Accepting a conflict does not make a second place of one, nor a second ticket of a number. */
const PLACE_TAKEN: ReadonlySet<ProblemCode> = new Set([
  'seat.sold',
  'seat.not_in_allotment',
  'seat.other_contingent',
  'blocked.behind',
  'count.over',
]);

/** What no longer matters for a sale that is over. */
export const OVER_WITH_ITS_END: ReadonlySet<ProblemCode> = new Set([
  'seat.sold',
  'blocked.behind',
  'count.over',
  'ticket.living',
]);

/** Whether only its place or its number is taken: then its own end, if known, settles it. */
export function passesIfOver(check: SaleCheck): boolean {
  return check.ready !== null && check.problems.every((one) => OVER_WITH_ITS_END.has(one.code));
}

/** Kind, channel, window at the instant of the sale, and the performance's state. */
function checkSelling(
  planning: Planning,
  message: Message,
  product: Product,
  resolved: Resolved,
): Problem[] {
  const problems: Problem[] = [];
  if (!resellersMaySell(product.kind)) {
    return [problem('product.not_sellable', { product: product.code, kind: product.kind })];
  }
  const { tariff, performance } = resolved;
  if (tariff !== null && !tariffMayGoToResellers(tariff)) {
    problems.push(problem('tariff.not_allowed', { tariff: tariffName(tariff) }));
  }
  // Tests are sold before sales open: that is what they are for.
  if (!isTestSale(planning, message, resolved)) {
    problems.push(...checkWindow(planning, message, product, performance?.id ?? null));
  }
  const at = { performance: performance?.code ?? '', state: performance?.state ?? '' };
  if (performance?.state === 'preparing') problems.push(problem('performance.preparing', at));
  if (performance?.state === 'closed') problems.push(problem('performance.closed', at));
  const since = performance?.cancelledAt ?? null;
  if (isCancelled(performance) && (since === null || message.operationAt > since)) {
    problems.push(problem('performance.cancelled', at));
  }
  const day = isPass(product.kind) ? invalidDay(product, message) : null;
  if (day !== null) problems.push(problem('pass.not_valid_then', { product: product.code, day }));
  return problems;
}

function tariffName(tariff: Tariff): string {
  return `${tariff.audience}/${tariff.code}`;
}

/** A sale reported after the window or the show is normal: the instant of the sale decides. */
function checkWindow(
  planning: Planning,
  message: Message,
  product: Product,
  performanceId: number | null,
): Problem[] {
  const windows = (planning.catalogue.windowsByProduct.get(product.id) ?? []).filter(
    (window) =>
      window.salesChannelId === planning.terms.salesChannelId &&
      (window.performanceId === null || window.performanceId === performanceId),
  );
  if (windows.length === 0) return [problem('product.not_on_channel', { product: product.code })];
  const at = message.operationAt;
  const inside = windows.some(
    (window) => window.opensAt <= at && (window.closesAt === null || at <= window.closesAt),
  );
  return inside ? [] : [problem('product.outside_window', { product: product.code, at })];
}

/** One living ticket a number: another is a case, or waits for the end of the first. */
function checkNumber(
  planning: Planning,
  message: Message,
  leaving: readonly TicketState[],
): { problem: Problem | null; root: number | null } {
  const named = planning.state.byNumber.get(message.ticket) ?? [];
  const living = named.find(
    // A number that a duplicate has left is free.
    (one) => one.state === 'valid' && !leaving.includes(one) && one.number === message.ticket,
  );
  if (living === undefined) return { problem: null, root: null };
  const end = openEnd(planning, message.ticket);
  const params = { ticket: message.ticket };
  if (end === undefined) return { problem: problem('ticket.living', params), root: null };
  return { problem: problem('blocked.behind', params), root: rootOf(end) };
}

/** A code opens one door for one ticket: new within the organisation, or already this one's. */
function checkCode(
  planning: Planning,
  candidate: Candidate,
  leaving: readonly TicketState[],
): Problem[] {
  const { barcode, ticket: number } = candidate.message;
  if (barcode === null) return [];
  const known = planning.state.codes.get(barcode);
  if (known === undefined) return [];
  const used = [problem('barcode.used', { barcode })];
  if (known.ticketId !== null) {
    // The same number sold again keeps its code with some resellers; so does an exchange.
    const holder = planning.state.tickets.get(known.ticketId);
    const own = holder !== undefined && (leaving.includes(holder) || holder.number === number);
    return own ? [] : used;
  }
  if (known.source === 'list' || known.messageId === candidate.messageId) return [];
  // Another message about the same ticket holds it: a cancellation that came before its sale.
  const { known: messages, cases } = planning.state;
  const own =
    messages.get(number)?.some((one) => one.id === known.messageId) === true ||
    cases.get(number)?.some((one) => one.messageId === known.messageId) === true;
  return own ? [] : used;
}

function checkAccount(planning: Planning, amountMinor: number): Problem[] {
  const { terms, state } = planning;
  if (!terms.accountOpen) return [problem('account.closed', { interface: String(terms.id) })];
  if (!terms.ceilingBlocks || terms.ceilingMinor === null || state.balanceMinor === null) return [];
  if (state.balanceMinor + amountMinor <= terms.ceilingMinor) return [];
  return [
    problem('account.ceiling', {
      ceiling: terms.ceilingMinor,
      balance: state.balanceMinor,
      currency: terms.currency,
    }),
  ];
}
