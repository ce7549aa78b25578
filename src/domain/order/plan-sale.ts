import type { Product, Tariff } from '../catalogue/catalogue.ts';
import { isPass, resellersMaySell, tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import type { Message } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, openRoot, problem, refused, setCode } from './plan.ts';
import type { Money } from './plan-price.ts';
import { priceSale } from './plan-price.ts';
import type { TakingAnswer } from './plan-stock.ts';
import { findTaking, take } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { Candidate, FreshTicket, TicketState } from './state.ts';

/** Checks a sale as DOMAIN "Integrating" 3 says, all problems at once, and applies it. */
export function planSale(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  taking: TakingAnswer = findTaking(planning, candidate.message, resolved),
): Decision {
  const { message } = candidate;
  const problems = [...resolved.problems];
  let root: number | null = null;
  if (resolved.product !== null) {
    problems.push(...checkSelling(planning, message, resolved.product, resolved));
  }
  if (resolved.tariff === null && message.tariff === null) {
    problems.push(problem('mapping.missing', { word: 'tariff', value: '', parent: '' }));
  }
  const money = priceSale(planning, message, resolved, problems);
  problems.push(...taking.problems);
  root = taking.rootMessageId;
  const living = planning.state.tickets.get(message.ticket);
  if (living?.state === 'valid') {
    const open = openRoot(planning, message.ticket, ['cancellation', 'exchange', 'refund']);
    root ??= open;
    problems.push(
      problem(open === null ? 'ticket.living' : 'blocked.behind', {
        ticket: message.ticket,
      }),
    );
  }
  problems.push(...checkCode(planning, candidate));
  problems.push(...checkAccount(planning, money?.netDueMinor ?? 0));
  const open = problems.filter((one) => !candidate.accepted.has(one.code));
  if (open.length > 0 || taking.taking === null || money === null || resolved.tariff === null) {
    return refused(open, open.some((one) => one.code !== 'blocked.behind') ? null : root);
  }
  const ticket = newTicket(planning, candidate, resolved, money, taking);
  take(planning, taking.taking, ticket);
  book(planning, ticket, message);
  openDoor(planning, ticket, resolved);
  note(planning, candidate, resolved, taking, money);
  return applied('sale');
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
  problems.push(...checkWindow(planning, message, product, performance?.id ?? null));
  const at = { performance: performance?.code ?? '', state: performance?.state ?? '' };
  if (performance?.state === 'preparing') problems.push(problem('performance.preparing', at));
  if (performance?.state === 'closed') problems.push(problem('performance.closed', at));
  if (
    performance?.state === 'cancelled' &&
    (performance.cancelledAt === null || message.operationAt > performance.cancelledAt)
  ) {
    problems.push(problem('performance.cancelled', at));
  }
  const sold = message.operationAt.slice(0, 10);
  if (isPass(product.kind) && product.validUntil !== null && sold > product.validUntil) {
    problems.push(problem('pass.not_valid_then', { product: product.code, day: sold }));
  }
  return problems;
}

export function tariffName(tariff: Tariff): string {
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

/** A code opens one door for one ticket: new within the organisation, or already this one's. */
function checkCode(planning: Planning, candidate: Candidate): Problem[] {
  const { barcode } = candidate.message;
  if (barcode === null) return [];
  const known = planning.state.codes.get(barcode);
  if (known === undefined) return [];
  const free = known.ticketId === null && known.source === 'list';
  const own = known.ticketId === null && known.messageId === candidate.messageId;
  if (free || own) return [];
  // Another case of the same ticket holds it: a cancellation that came before its sale.
  const sameCase = known.ticketId === null && isOwnCase(planning, candidate, known.messageId);
  return sameCase ? [] : [problem('barcode.used', { barcode })];
}

function isOwnCase(planning: Planning, candidate: Candidate, messageId: number | null): boolean {
  const cases = planning.state.cases.get(candidate.message.ticket) ?? [];
  return cases.some((one) => one.messageId === messageId);
}

function checkAccount(planning: Planning, amountMinor: number): Problem[] {
  const { terms, state } = planning;
  if (!terms.accountOpen) return [problem('account.closed')];
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

const PLACEHOLDER_NAMES = new Set(['', 'X', 'XX', 'XXX', 'FNAC', '.', '-', 'NC', 'N/A']);

/** A name that names nobody: none, or a placeholder of the reseller's. */
export function namesNobody(lastName: string | null, firstName: string | null): boolean {
  const placeholder = (name: string | null) =>
    PLACEHOLDER_NAMES.has((name ?? '').trim().toUpperCase());
  return placeholder(lastName) && placeholder(firstName);
}

function newTicket(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  money: Money,
  taking: TakingAnswer,
): TicketState {
  const { message, messageId } = candidate;
  const { state, plan, terms } = planning;
  const product = resolved.product as Product;
  const performance = resolved.performance;
  const former = state.tickets.get(message.ticket);
  const fresh: FreshTicket = {
    categoryId: resolved.category?.id ?? null,
    tariffId: (resolved.tariff as Tariff).id,
    day: resolved.place?.type === 'day' ? resolved.place.day : null,
    ourPriceMinor: money.ourPriceMinor,
    netDueMinor: money.netDueMinor,
    vatHundredths: money.vatHundredths,
    vatMinor: money.vatMinor,
    commissionVatMinor: money.commissionVatMinor,
    nameMissing: product.namesRequired && namesNobody(message.lastName, message.firstName),
    outlet: message.outlet,
    toBeRefunded: performance?.state === 'cancelled',
    messageId,
  };
  const seat = taking.taking?.type === 'seat' ? taking.taking : null;
  const quotas = taking.taking?.type === 'counters' ? taking.taking.quotas : [];
  const ticket: TicketState = {
    id: planning.nextId(),
    number: message.ticket,
    generation: former === undefined ? 0 : former.generation + 1,
    state: 'valid',
    saleOrderId: orderFor(planning, message),
    interfaceId: terms.id,
    productId: product.id,
    performanceId: performance?.id ?? null,
    seatId: seat?.seat.seatId ?? null,
    counterIds: quotas.map((quota) => quota.counterId),
    contingentId: seat?.seat.contingentId ?? quotas[0]?.contingentId ?? null,
    currency: terms.currency,
    priceMinor: message.priceMinor as number,
    bookedMinor: money.bookedMinor,
    commissionMinor: money.commissionMinor,
    commissionOnTop: money.onTop,
    refundedMinor: 0,
    barcode: message.barcode,
    lastName: message.lastName,
    firstName: message.firstName,
    soldAt: message.operationAt,
    operationNumber: message.operationNumber,
    isTest: message.test,
    cancelledAt: null,
    past: seat?.past ?? false,
    fresh,
    changed: false,
  };
  state.tickets.set(message.ticket, ticket);
  plan.newTickets.push(ticket);
  return ticket;
}

/** Tickets that share an order reference form one order; without one a ticket is its own. */
function orderFor(planning: Planning, message: Message): number {
  const reference = message.order ?? `#${message.ticket}`;
  const known = planning.state.orders.get(reference);
  if (known !== undefined) return known;
  const id = planning.nextId();
  planning.state.orders.set(reference, id);
  planning.plan.orders.push({ id, reference, orderedAt: message.operationAt });
  return id;
}

function book(planning: Planning, ticket: TicketState, message: Message): void {
  const { plan, terms, state } = planning;
  const fresh = ticket.fresh as FreshTicket;
  plan.operations.push({
    ticketId: ticket.id,
    kind: 'sale',
    operationNumber: message.operationNumber,
    operationAt: message.operationAt,
    amountMinor: ticket.bookedMinor,
    commissionMinor: ticket.commissionMinor,
    currency: ticket.currency,
    messageId: fresh.messageId,
    detail: null,
  });
  if (ticket.isTest || !countsInLedger(planning, message.operationAt)) return;
  const entry = {
    currency: ticket.currency,
    ticketId: ticket.id,
    performanceId: ticket.performanceId,
    operationAt: message.operationAt,
  };
  plan.ledger.push({ ...entry, kind: 'sale', amountMinor: ticket.bookedMinor });
  if (ticket.commissionMinor !== 0 && !ticket.commissionOnTop) {
    plan.ledger.push({ ...entry, kind: 'commission', amountMinor: -ticket.commissionMinor });
  }
  if (state.balanceMinor !== null && terms.ceilingBlocks) state.balanceMinor += fresh.netDueMinor;
}

/** Older sales than the account's opening keep their dates and make no entry (DOMAIN, adopt). */
export function countsInLedger(planning: Planning, operationAt: string): boolean {
  const opened = planning.terms.accountOpenedAt;
  return opened === null || operationAt >= opened;
}

function openDoor(planning: Planning, ticket: TicketState, resolved: Resolved): void {
  const barcode = ticket.barcode;
  if (barcode === null || ticket.fresh === null) return;
  const cancelled = resolved.performance?.state === 'cancelled';
  const [state, reason] = ticket.isTest
    ? (['test', 'test'] as const)
    : cancelled
      ? (['revoked', 'performance.cancelled'] as const)
      : (['valid', null] as const);
  setCode(planning, barcode, state, reason, 'ticket', {
    ticketId: ticket.id,
    messageId: null,
    productId: ticket.productId,
    performanceId: ticket.performanceId,
    day: ticket.fresh.day,
  });
}

function note(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  taking: TakingAnswer,
  money: Money,
): void {
  const { message, messageId } = candidate;
  const add = (code: Problem['code'], params: Problem['params']) =>
    planning.plan.notes.push({ code, params, message, messageId });
  for (const one of money.notes) add(one.code, one.params);
  if (taking.taking?.type === 'seat' && taking.taking.adopted) add('seat.adopted', {});
  if (taking.taking?.type === 'seat' && taking.taking.seat.wish !== null) {
    add('wish.lapsed', { author: taking.taking.seat.wishBy });
  }
  if (message.operationAmbiguous) add('instant.ambiguous', { at: message.operationAt });
  if (message.barcode === null) add('barcode.missing', {});
  if (resolved.performance?.state === 'suspended') {
    add('performance.suspended', { performance: resolved.performance.code });
  }
  if (resolved.product?.namesRequired && namesNobody(message.lastName, message.firstName)) {
    add('names.missing', { product: resolved.product.code });
  }
}
