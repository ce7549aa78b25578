/** What a sales form says of a product: dates, prices with and without commission, codes asked. */
import type { Catalogue, Performance, Product, SeatCategory } from '../catalogue/catalogue.ts';
import { tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import {
  commissionAmount,
  commissionAt,
  priceLine,
  pricesAround,
  vatRateAt,
} from '../pricing/price.ts';

export interface FormPrice {
  /** Null: every date of the form. */
  performance: string | null;
  /** Null: every category, or a pass. */
  category: string | null;
  tariff: string;
  /** What the spectator pays, the reseller's part of it, what is the venue's. */
  withMinor: number;
  commissionMinor: number;
  withoutMinor: number;
}

interface PriceQuestion {
  catalogue: Catalogue;
  interfaceId: number;
  product: Product;
  performances: readonly Performance[];
  /** Categories that the reseller gets, by performance. */
  categoriesOf: (performance: Performance) => readonly SeatCategory[];
  at: string;
}

/** Prices of all dates, then those of single dates where they differ; and what has no price. */
export function formPrices(ask: PriceQuestion): { prices: FormPrice[]; missing: string[] } {
  const { catalogue, product, performances } = ask;
  const priced = new Set(
    (catalogue.pricesByProduct.get(product.id) ?? []).map(({ tariffId }) => tariffId),
  );
  const tariffs = (catalogue.tariffsBySeason.get(product.seasonId) ?? []).filter(
    (tariff) => tariffMayGoToResellers(tariff) && priced.has(tariff.id),
  );
  const prices: FormPrice[] = [];
  const missing = new Set<string>();
  for (const { id: tariffId, name: tariff } of tariffs) {
    if (performances.length === 0) {
      const found = priceOf(ask, { performanceId: null, seatCategoryId: null, tariffId });
      if (found === null) missing.add(`${product.code}, ${tariff}`);
      else prices.push({ performance: null, category: null, tariff, ...found });
      continue;
    }
    const lines = performances.flatMap((performance) =>
      ask.categoriesOf(performance).map((category) => {
        const seatCategoryId = category.id;
        const own = priceOf(ask, { performanceId: performance.id, seatCategoryId, tariffId });
        if (own === null) missing.add(`${product.code}, ${category.name}, ${tariff}`);
        return { performance, category, own };
      }),
    );
    for (const group of Map.groupBy(lines, ({ category }) => category.id).values()) {
      prices.push(...folded(group, tariff));
    }
  }
  return { prices, missing: [...missing] };
}

type Amounts = Pick<FormPrice, 'withMinor' | 'commissionMinor' | 'withoutMinor'>;

/** One line where all dates cost the same, else one for each date. */
function folded(
  group: readonly { performance: Performance; category: SeatCategory; own: Amounts | null }[],
  tariff: string,
): FormPrice[] {
  const lines = group.flatMap(({ category, own, performance }) =>
    own === null
      ? []
      : [{ performance: performance.code, category: category.name, tariff, ...own }],
  );
  const [first] = lines;
  if (first === undefined) return [];
  const isSame = lines.every(
    (one) => one.withMinor === first.withMinor && one.commissionMinor === first.commissionMinor,
  );
  return isSame ? [{ ...first, performance: null }] : lines;
}

function priceOf(
  { at, catalogue, interfaceId, product }: PriceQuestion,
  place: { performanceId: number | null; seatCategoryId: number | null; tariffId: number },
): Amounts | null {
  const query = { productId: product.id, ...place };
  const { valid } = pricesAround(priceLine(catalogue, query), at, 0);
  if (valid === null) return null;
  const { tariffId } = place;
  const asked = { interfaceId, productId: product.id, tariffId, at };
  const rule = commissionAt(catalogue.commissions, asked);
  const commissionMinor = commissionAmount(rule, valid.amountMinor);
  const onTop = rule?.onTop === true;
  return {
    commissionMinor,
    withMinor: onTop ? valid.amountMinor + commissionMinor : valid.amountMinor,
    withoutMinor: onTop ? valid.amountMinor : valid.amountMinor - commissionMinor,
  };
}

/** Percent as people write it: 550 is `5.5`. */
export function vatPercent(catalogue: Catalogue, product: Product, at: string): string {
  return String(vatRateAt(catalogue, product.id, null, at) / 100);
}
