/** Whether every category has its price in every tariff that the reseller sells. */

import type { Product, Tariff } from '../catalogue/catalogue.ts';
import { tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import { printKey } from '../mapping/mapping-text.ts';
import { tariffPath } from '../mapping/objects.ts';
import { priceLine, pricesAround } from '../pricing/price.ts';
import type { FindingList } from './finding.ts';
import type { ReadyFacts } from './ready-facts.ts';

/** Tariffs that the reseller has a word for. */
export function tariffsSold(
  { catalogue, vocabulary }: Pick<ReadyFacts, 'catalogue' | 'vocabulary'>,
  product: Product,
): readonly Tariff[] {
  return (catalogue.tariffsBySeason.get(product.seasonId) ?? []).filter(
    (tariff) =>
      tariffMayGoToResellers(tariff) &&
      vocabulary.theirs('tariff', tariffPath(tariff), product.seasonId) !== null,
  );
}

interface Priced {
  product: Product;
  performanceId: number | null;
  categories: ReadonlySet<number>;
  /** Now, or the instant when sales open. */
  at: string;
}

export function checkPrices(facts: ReadyFacts, priced: Priced, list: FindingList): void {
  const { catalogue, interface: own } = facts;
  const { at, performanceId, product } = priced;
  const place = { productId: product.id, performanceId };
  const sold = tariffsSold(facts, product);
  const prices = catalogue.pricesByProduct.get(product.id) ?? [];
  const tariffs = sold.filter(({ id }) => prices.some(({ tariffId }) => tariffId === id));
  if (sold.length > 0 && tariffs.length === 0) list.add('price.none', { productId: product.id });
  const categories = performanceId === null ? [null] : [...priced.categories];
  for (const tariff of tariffs) {
    for (const seatCategoryId of categories) {
      const query = { productId: product.id, performanceId, seatCategoryId, tariffId: tariff.id };
      const { valid } = pricesAround(priceLine(catalogue, query), at, 0);
      const category = nameOf(facts, seatCategoryId);
      const names = { category, tariff: printKey(tariffPath(tariff)) };
      if (valid === null) list.add('price.missing', place, names);
      else if (valid.currency !== own.currency) {
        list.add('price.currency', place, { ...names, currency: valid.currency });
      }
    }
  }
}

function nameOf({ catalogue }: ReadyFacts, seatCategoryId: number | null): string | null {
  if (seatCategoryId === null) return null;
  const category = catalogue.categoryById.get(seatCategoryId);
  const hall = catalogue.configurationById.get(category?.logicalConfigurationId ?? 0);
  return printKey([hall?.code ?? '', category?.code ?? '']);
}
