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

/**
 * Lays lists over one another, the most specific first: each counts from the day its first row is
 * valid, and before that the next one does.
 */
function overlay<T extends Dated>(lists: readonly (readonly T[])[]): readonly T[] {
  const line: T[] = [];
  let begun: string | null = null;
  for (const rows of lists) {
    const before: string | null = begun;
    for (const row of rows) {
      if (before !== null && row.validFrom >= before) continue;
      line.push(row);
      if (begun === null || row.validFrom < begun) begun = row.validFrom;
    }
  }
  return line;
}

export interface PriceQuery {
  productId: number;
  performanceId: number | null;
  seatCategoryId: number | null;
  tariffId: number;
}

/**
 * The price list of one kind of place, over time. A price of the seat category wins over one that
 * holds for all categories, then one of the performance over one of the product.
 */
export function priceLine(catalogue: Catalogue, query: PriceQuery): readonly Price[] {
  const { performanceId, seatCategoryId } = query;
  const lines = linesOf(catalogue);
  const key = `${query.productId}|${performanceId}|${seatCategoryId}|${query.tariffId}`;
  const known = lines.get(key);
  if (known !== undefined) return known;
  const line = layLine(catalogue, query);
  lines.set(key, line);
  return line;
}

/** Remembered with the catalogue: the thousands of sales of an evening share a handful of lines. */
const LINES = new WeakMap<Catalogue, Map<string, readonly Price[]>>();

function linesOf(catalogue: Catalogue): Map<string, readonly Price[]> {
  const known = LINES.get(catalogue);
  if (known !== undefined) return known;
  const lines = new Map<string, readonly Price[]>();
  LINES.set(catalogue, lines);
  return lines;
}

function layLine(catalogue: Catalogue, query: PriceQuery): readonly Price[] {
  const { performanceId, seatCategoryId } = query;
  const rows = (catalogue.pricesByProduct.get(query.productId) ?? []).filter(
    (row) => row.tariffId === query.tariffId,
  );
  const list = (category: number | null, performance: number | null) =>
    rows.filter((row) => row.seatCategoryId === category && row.performanceId === performance);
  const categories = seatCategoryId === null ? [null] : [seatCategoryId, null];
  const performances = performanceId === null ? [null] : [performanceId, null];
  return overlay(
    categories.flatMap((category) =>
      performances.map((performance) => list(category, performance)),
    ),
  );
}

export interface PricesAround {
  /** Valid at the instant; null: none. */
  valid: Price | null;
  /** Others that were or will be valid within the grace around the instant. */
  near: readonly Price[];
}

export function pricesAround(line: readonly Price[], at: string, graceHours: number): PricesAround {
  const valid = validAt(line, at);
  const alone = line.length < 2 && (valid !== null || line.length === 0);
  if (graceHours === 0 || alone) return { valid, near: [] };
  const grace = graceHours * 3_600_000;
  const instant = Date.parse(at);
  // The grace counts from the change, which a price that ended did not live to see.
  const earlier = validAt(line, new Date(instant - grace - 1).toISOString());
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
  const rows = catalogue.vatByProduct.get(productId) ?? [];
  const general = rows.filter((row) => row.performanceId === null);
  const own = performanceId === null ? [] : rows.filter((r) => r.performanceId === performanceId);
  return validAt(overlay([own, general]), at)?.rateHundredths ?? 0;
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

/** How a reseller reports a price. */
export interface ReportedTerms {
  /** Whether the reported price contains the commission. */
  includesCommission: boolean;
  /** Whether the commission comes on top of our price. */
  onTop: boolean;
}

/**
 * The commission contained in a reported price, or taken off it, where the reseller reports none.
 * A percentage is of our price, which the reported one need not be.
 */
export function impliedCommission(
  rule: CommissionRule | null,
  priceMinor: number,
  reported: ReportedTerms,
): number {
  if (rule === null || rule.kind === 'amount') return rule?.value ?? 0;
  const { includesCommission, onTop } = reported;
  const whole = 10_000;
  if (onTop && includesCommission) {
    return priceMinor - divideRounded(priceMinor * whole, whole + rule.value);
  }
  if (!onTop && !includesCommission && rule.value < whole) {
    return divideRounded(priceMinor * whole, whole - rule.value) - priceMinor;
  }
  return percentOf(priceMinor, rule.value);
}

/** The reported price brought to the terms of our price list, so that like meets like. */
export function comparablePrice(
  priceMinor: number,
  commissionMinor: number,
  { includesCommission, onTop }: ReportedTerms,
): number {
  if (onTop) return includesCommission ? priceMinor - commissionMinor : priceMinor;
  return includesCommission ? priceMinor : priceMinor + commissionMinor;
}

/** What the reseller owes for a booked price: a commission on top never was ours. */
export function netDue(bookedMinor: number, commissionMinor: number, onTop: boolean): number {
  return onTop ? bookedMinor : bookedMinor - commissionMinor;
}
