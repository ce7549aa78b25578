/** Ways out that correct the house itself: a price, a window, the account, a performance. */
import { coverInstant, covers } from '../../domain/cases/cover.ts';
import type { Price } from '../../domain/catalogue/catalogue.ts';
import { priceLine, pricesAround } from '../../domain/pricing/price.ts';
import { readCeiling } from '../../store/account-store.ts';
import { findCovered } from '../../store/case-decision-store.ts';
import { categoryOfSeat } from '../../store/case-place-store.ts';
import { raiseCatalogueVersion } from '../../store/catalogue-store.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import type { PriceLineKey } from '../../store/selling-store.ts';
import { lockWindows, writePrice, writeWindow } from '../../store/selling-store.ts';
import type { AccountRefusal } from '../account/account-services.ts';
import { localDay } from '../account/account-services.ts';
import { enterIn } from '../account/enter-entry.ts';
import { setCeilingIn } from '../account/set-ceiling.ts';
import { reopenWithin } from '../performance/close-performance.ts';
import { WayRefused } from './case-request.ts';
import type { FittingCase, WayWork } from './way-context.ts';

/**
 * Our price was wrong: a price line from the instant of the first such sale on, at the level where
 * the wrong one stands. All chosen sales must be of one line.
 */
export async function correctPrice(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { priceMinor } = work.said;
  if (priceMinor === undefined || priceMinor < 0) throw new WayRefused('cases.refused.amount');
  const lines = new Map<string, PriceLineKey & { product: string }>();
  for (const one of cases) {
    const line = await lineOf(work, one);
    const { validFrom, ...level } = line;
    const known = lines.get(JSON.stringify(level));
    if (known === undefined || validFrom < known.validFrom) lines.set(JSON.stringify(level), line);
  }
  const [line, ...others] = lines.values();
  if (line === undefined || others.length > 0) {
    const which = [...lines.values()].map(({ product }) => product).join(', ');
    throw new WayRefused('cases.refused.price_unclear', { which });
  }
  const { product, ...key } = line;
  const before = await writePrice(work.tx, work.services.ids, key, priceMinor);
  await raiseCatalogueVersion(work.tx);
  await work.trace('price.corrected', `product ${key.productId}`, before, { ...key, priceMinor });
  const { currency, validFrom } = key;
  work.applied.house.push({ kind: 'price', product, amountMinor: priceMinor, currency, validFrom });
  const { productId } = key;
  work.applied.replay.push(...(await findCovered(work.tx, { what: 'price', productId })));
}

async function lineOf(
  work: WayWork,
  { row }: FittingCase,
): Promise<PriceLineKey & { product: string }> {
  const { catalogue, resolver } = await work.knowledge();
  const { message, seatId, performanceId } = row;
  const { product, tariff, category } = resolver.resolve(message);
  if (product === null || tariff === null) {
    throw new WayRefused('cases.refused.price_unclear', { which: message.product });
  }
  let categoryId: number | null = category?.id ?? null;
  if (categoryId === null && seatId !== null && performanceId !== null) {
    categoryId = await categoryOfSeat(work.tx, performanceId, seatId);
  }
  const of = {
    productId: product.id,
    tariffId: tariff.id,
    performanceId,
    seatCategoryId: categoryId,
  };
  const at = message.operationAt;
  const valid: Price | null = pricesAround(priceLine(catalogue, of), at, 0).valid;
  return {
    ...of,
    // Where nothing is valid yet the price is the product's, of this category.
    performanceId: valid?.performanceId ?? null,
    seatCategoryId: valid === null ? categoryId : valid.seatCategoryId,
    currency: work.record.currency,
    validFrom: at,
    product: product.code,
  };
}

/** The product is on sale on the interface's channel at the instants of these sales. */
export async function putOnSale(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { tx, services, record, applied } = work;
  const { catalogue } = await work.knowledge();
  const byProduct = Map.groupBy(cases, ({ row }) => row.productId);
  for (const [productId, sales] of byProduct) {
    const product = catalogue.productById.get(productId ?? 0);
    if (productId === null || product === undefined) continue;
    const of = { productId, salesChannelId: record.salesChannelId };
    const instants = sales
      .map(({ row }) => ({ at: row.message.operationAt, performanceId: row.performanceId }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const { at, performanceId } of instants) {
      const windows = (await lockWindows(tx, of)).filter(
        (one) => one.performanceId === null || one.performanceId === performanceId,
      );
      if (windows.some((one) => covers(one, at))) continue;
      const moved = coverInstant(windows, at);
      const window =
        moved === null
          ? { id: null, performanceId: null, opensAt: at, closesAt: null }
          : { ...moved.window, opensAt: moved.opensAt, closesAt: moved.closesAt };
      await writeWindow(tx, services.ids, of, window);
      const { opensAt, closesAt } = window;
      await work.trace('window.opened', `product ${productId}`, moved?.window ?? null, window);
      applied.house.push({ kind: 'window', product: product.code, opensAt, closesAt });
    }
    applied.replay.push(...(await findCovered(tx, { what: 'window', ...of })));
  }
  await raiseCatalogueVersion(tx);
}

function accountOf({ record }: WayWork): number {
  const { pendingAccountId } = record;
  if (pendingAccountId === null) throw new WayRefused('cases.refused.account_missing');
  return pendingAccountId;
}

/** The reseller has paid: an entry of the ledger, once a document, and room below the ceiling. */
export async function recordPayment(work: WayWork): Promise<void> {
  const { amountMinor, document = '' } = work.said;
  if (amountMinor === undefined || amountMinor <= 0) throw new WayRefused('cases.refused.amount');
  const accountId = accountOf(work);
  const { tx, services, request, applied } = work;
  const { organisationId, author, reason } = request;
  const day = localDay(work.at, await readOrganisation(tx));
  const entry = { organisationId, accountId, author, amountMinor, document, day, reason };
  const made = await enterIn(tx, services, entry, 'payment');
  if (made.outcome === 'refused') throw refusedBy(made);
  const { account, currency } = made;
  // A document that is booked already is no second payment.
  if (made.outcome === 'entered') {
    applied.house.push({ kind: 'payment', account, amountMinor, currency });
  }
  await coverAccount(work, accountId);
}

function refusedBy({ code, params }: AccountRefusal): WayRefused {
  const refused = new WayRefused('cases.refused.account');
  refused.refusal.why = { code, params };
  return refused;
}

async function coverAccount({ tx, applied }: WayWork, pendingAccountId: number): Promise<void> {
  applied.replay.push(...(await findCovered(tx, { what: 'account', pendingAccountId })));
}

export async function raiseCeiling(work: WayWork): Promise<void> {
  const { amountMinor } = work.said;
  const accountId = accountOf(work);
  const { tx, services, request, applied } = work;
  const ceiling = await readCeiling(tx, accountId);
  if (amountMinor === undefined || amountMinor < (ceiling ?? 0)) {
    throw new WayRefused('cases.refused.amount');
  }
  if (amountMinor !== ceiling) {
    const { organisationId, author, reason } = request;
    const asked = { organisationId, accountId, ceilingMinor: amountMinor, author, reason };
    const set = await setCeilingIn(tx, services, asked);
    if (set.outcome === 'refused') throw refusedBy(set);
    const { account, currency, beforeMinor } = set;
    applied.house.push({ kind: 'ceiling', account, beforeMinor, amountMinor, currency });
  }
  await coverAccount(work, accountId);
}

/** The performance runs again: what waited for it is read again. */
export async function reopen(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { tx, applied, services, request, at } = work;
  const { catalogue } = await work.knowledge();
  const ids = new Set(cases.flatMap(({ row }) => row.performanceId ?? []));
  for (const performanceId of [...ids].sort((a, b) => a - b)) {
    const performance = catalogue.performanceById.get(performanceId);
    if (performance === undefined) continue;
    const { author: by, reason } = request;
    const { code, state } = performance;
    // What was closed is what it was before; a cancellation is taken back.
    await reopenWithin(tx, services.ids, { performanceId, by, reason, at });
    applied.house.push({ kind: 'performance', performance: code, before: state });
    applied.replay.push(...(await findCovered(tx, { what: 'performance', performanceId })));
  }
  await raiseCatalogueVersion(tx);
}
