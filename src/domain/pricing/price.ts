import type { Catalogue, Commission, Price } from '../catalogue/catalogue.ts';

/** Money is integer minor units; halves are rounded away from zero. */

function divideRounded(numerator: number, denominator: number): number {
  const quotient = Math.floor((Math.abs(numerator) * 2 + denominator) / (denominator * 2));
  return numerator < 0 ? -quotient : quotient;
}

/** VAT contained in an amount that includes it; the rate in hundredths of a percent. */
export function vatContained(grossMinor: number, rateHundredths: number): number {
  return divideRounded(grossMinor * rateHundredths, 10_000 + rateHundredths);
}

export function percentOf(amountMinor: number, hundredths: number): number {
  return divideRounded(amountMinor * hundredths, 10_000);
}

interface Dated {
  validFrom: string;
}

/** The row valid at an instant: the latest that began at or before it. */
function validAt<T extends Dated>(rows: readonly T[], at: string): T | null {
  let best: T | null = null;
  for (const row of rows) {
    if (row.validFrom <= at && (best === null || row.validFrom > best.validFrom)) best = row;
  }
  return best;
}

/** Rows of a performance win over rows of the product as a whole. */
function mostSpecific<T extends { performanceId: number | null }>(
  rows: readonly T[],
  performanceId: number | null,
): readonly T[] {
  const own = performanceId === null ? [] : rows.filter((r) => r.performanceId === performanceId);
  return own.length > 0 ? own : rows.filter((row) => row.performanceId === null);
}

export interface PriceQuery {
  productId: number;
  performanceId: number | null;
  seatCategoryId: number | null;
  tariffId: number;
}

/**
 * The price list of one place kind, over time. Prices of the performance replace the product's;
 * a pass has no seat category, nor has a price that holds for all of them.
 */
export function priceLine(catalogue: Catalogue, query: PriceQuery): readonly Price[] {
  const rows = (catalogue.pricesByProduct.get(query.productId) ?? []).filter(
    (row) => row.tariffId === query.tariffId,
  );
  const category = rows.filter((row) => row.seatCategoryId === query.seatCategoryId);
  const line = category.length > 0 ? category : rows.filter((row) => row.seatCategoryId === null);
  return mostSpecific(line, query.performanceId);
}

export interface PricesAround {
  /** Valid at the instant; null: none. */
  valid: Price | null;
  /** Others that were or will be valid within the grace around the instant. */
  near: readonly Price[];
}

export function pricesAround(line: readonly Price[], at: string, graceHours: number): PricesAround {
  const valid = validAt(line, at);
  if (graceHours === 0) return { valid, near: [] };
  const grace = graceHours * 3_600_000;
  const instant = Date.parse(at);
  const earlier = validAt(line, new Date(instant - grace).toISOString());
  const near = line.filter((price) => {
    if (price === valid) return false;
    if (price === earlier) return true;
    return Math.abs(Date.parse(price.validFrom) - instant) <= grace;
  });
  return { valid, near };
}

export function vatRateAt(
  catalogue: Catalogue,
  productId: number,
  performanceId: number | null,
  at: string,
): number {
  const rows = mostSpecific(catalogue.vatByProduct.get(productId) ?? [], performanceId);
  return validAt(rows, at)?.rateHundredths ?? 0;
}

export interface CommissionRule {
  kind: 'amount' | 'percent';
  value: number;
  onTop: boolean;
}

/** Commission of an interface: tariff and product together win, then tariff, product, general. */
export function commissionAt(
  commissions: readonly Commission[],
  query: { interfaceId: number; productId: number; tariffId: number; at: string },
): CommissionRule | null {
  const rows = commissions.filter(
    (row) =>
      row.interfaceId === query.interfaceId &&
      (row.productId === null || row.productId === query.productId) &&
      (row.tariffId === null || row.tariffId === query.tariffId),
  );
  const weight = (row: Commission) =>
    (row.tariffId === null ? 0 : 2) + (row.productId === null ? 0 : 1);
  for (const wanted of [3, 2, 1, 0]) {
    const found = validAt(
      rows.filter((row) => weight(row) === wanted),
      query.at,
    );
    if (found) return found;
  }
  return null;
}

export function commissionAmount(rule: CommissionRule | null, priceMinor: number): number {
  if (rule === null) return 0;
  return rule.kind === 'amount' ? rule.value : percentOf(priceMinor, rule.value);
}

export interface Reported {
  /** What the reseller reported as price. */
  priceMinor: number;
  commissionMinor: number;
  /** Whether the reported price contains the commission. */
  includesCommission: boolean;
  /** Whether the commission comes on top of our price. */
  onTop: boolean;
}

/** The reported price brought to the terms of our price list, so that like meets like. */
export function comparablePrice(reported: Reported): number {
  const { priceMinor, commissionMinor, includesCommission, onTop } = reported;
  if (onTop) return includesCommission ? priceMinor - commissionMinor : priceMinor;
  return includesCommission ? priceMinor : priceMinor + commissionMinor;
}

/** What the reseller owes for a booked price: a commission on top never was ours. */
export function netDue(bookedMinor: number, commissionMinor: number, onTop: boolean): number {
  return onTop ? bookedMinor : bookedMinor - commissionMinor;
}
