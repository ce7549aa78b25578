/** What each interface has to sell: the performances and passes that *ready to sell?* looks at. */
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import { isPass, resellersMaySell } from '../../domain/catalogue/catalogue.ts';
import type { Vocabulary } from '../../domain/mapping/vocabulary.ts';
import type { ReadyPlace } from '../../domain/selling/ready-facts.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';

export interface PlacesRequest {
  productIds?: readonly number[];
  performanceIds?: readonly number[];
  /** ISO instant: what began before it is over. */
  now: string;
}

/** What was asked for; else what the interface has a word or a window for and is still to come. */
export function placesOf(
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  record: InterfaceRecord,
  { now, performanceIds, productIds }: PlacesRequest,
): ReadyPlace[] {
  if (performanceIds !== undefined) {
    return performanceIds.flatMap((id) => {
      const found = catalogue.performanceById.get(id);
      return found === undefined ? [] : [{ productId: found.productId, performanceId: id }];
    });
  }
  const products = catalogue.products.filter((product) => {
    if (productIds !== undefined) return productIds.includes(product.id);
    if (!resellersMaySell(product.kind)) return false;
    if (record.productIds.length > 0) return record.productIds.includes(product.id);
    if (
      isPass(product.kind) &&
      product.validUntil !== null &&
      product.validUntil < now.slice(0, 10)
    )
      return false;
    const windows = catalogue.windowsByProduct.get(product.id) ?? [];
    return (
      windows.some(({ salesChannelId }) => salesChannelId === record.salesChannelId) ||
      vocabulary.theirs('product', [product.code], product.seasonId) !== null
    );
  });
  return products.flatMap(({ id, kind }): ReadyPlace[] => {
    const nothing = [{ productId: id, performanceId: null }];
    if (isPass(kind)) return nothing;
    const all = catalogue.performancesByProduct.get(id) ?? [];
    const coming = all.filter(
      ({ startsAt, state }) => startsAt > now && state !== 'cancelled' && state !== 'closed',
    );
    // A product whose performances are all over is only told where it was asked for.
    if (coming.length === 0) return productIds === undefined && all.length > 0 ? [] : nothing;
    return coming.map((performance) => ({ productId: id, performanceId: performance.id }));
  });
}
