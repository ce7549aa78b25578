import {
  commissionAmount,
  commissionAt,
  comparablePrice,
  netDue,
  priceLine,
  pricesAround,
  vatContained,
  vatRateAt,
} from '../pricing/price.ts';
import type { Message } from './message.ts';
import type { Planning } from './plan.ts';
import { problem } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';

/** What a sale is worth: booked, owed and taxed, in minor units. */
export interface Money {
  ourPriceMinor: number | null;
  bookedMinor: number;
  commissionMinor: number;
  onTop: boolean;
  netDueMinor: number;
  vatHundredths: number;
  vatMinor: number;
  commissionVatMinor: number;
  notes: Problem[];
}

/** Compares like with like and decides what is booked, by the interface's price policy. */
export function priceSale(
  planning: Planning,
  message: Message,
  resolved: Resolved,
  problems: Problem[],
): Money | null {
  const { terms, catalogue } = planning;
  if (message.currency !== null && message.currency !== terms.currency) {
    problems.push(
      problem('currency.differs', { reported: message.currency, ours: terms.currency }),
    );
    return null;
  }
  if (message.priceMinor === null || message.priceMinor < 0) {
    const reported = message.priceMinor;
    problems.push(problem('price.negative', { reported, currency: terms.currency }));
    return null;
  }
  const { product, tariff, performance } = resolved;
  if (product === null || tariff === null) return null;
  const ids = { productId: product.id, tariffId: tariff.id, at: message.operationAt };
  const rule = commissionAt(catalogue.commissions, { interfaceId: terms.id, ...ids });
  const commissionMinor = message.commissionMinor ?? commissionAmount(rule, message.priceMinor);
  const onTop = rule?.onTop ?? false;
  const theirs = comparablePrice({
    priceMinor: message.priceMinor,
    commissionMinor,
    includesCommission: terms.includesCommission,
    onTop,
  });
  const performanceId = performance?.id ?? null;
  const query = { ...ids, performanceId, seatCategoryId: resolved.category?.id ?? null };
  const compared = comparePrices(planning, message, query, theirs, problems);
  if (compared === null) return null;
  const { bookedMinor } = compared;
  const vatHundredths = vatRateAt(catalogue, product.id, performanceId, message.operationAt);
  return {
    ...compared,
    commissionMinor,
    onTop,
    netDueMinor: netDue(bookedMinor, commissionMinor, onTop),
    vatHundredths,
    vatMinor: vatContained(bookedMinor, vatHundredths),
    commissionVatMinor: vatContained(commissionMinor, terms.commissionVatHundredths),
  };
}

type Compared = Pick<Money, 'ourPriceMinor' | 'bookedMinor' | 'notes'>;

function comparePrices(
  planning: Planning,
  message: Message,
  query: Parameters<typeof priceLine>[1],
  theirs: number,
  problems: Problem[],
): Compared | null {
  const { terms, catalogue } = planning;
  const line = priceLine(catalogue, query);
  const { valid, near } = pricesAround(line, message.operationAt, terms.graceHours);
  const agrees = (ours: number) => Math.abs(ours - theirs) <= terms.toleranceMinor;
  if (valid !== null && agrees(valid.amountMinor)) {
    return { ourPriceMinor: valid.amountMinor, bookedMinor: theirs, notes: [] };
  }
  const within = near.find((price) => agrees(price.amountMinor));
  const params = {
    ours: valid?.amountMinor ?? null,
    reported: theirs,
    currency: terms.currency,
  };
  if (within !== undefined) {
    const notes = [problem('price.grace', params)];
    return { ourPriceMinor: within.amountMinor, bookedMinor: theirs, notes };
  }
  if (terms.pricePolicy === 'reseller') {
    const notes = [problem('price.booked_theirs', params)];
    return { ourPriceMinor: valid?.amountMinor ?? null, bookedMinor: theirs, notes };
  }
  if (valid === null) {
    problems.push(problem('price.missing', params));
    return { ourPriceMinor: null, bookedMinor: theirs, notes: [] };
  }
  if (terms.pricePolicy === 'ours') {
    const notes = [problem('price.booked_ours', params)];
    return { ourPriceMinor: valid.amountMinor, bookedMinor: valid.amountMinor, notes };
  }
  problems.push(problem('price.differs', params));
  return { ourPriceMinor: valid.amountMinor, bookedMinor: theirs, notes: [] };
}
