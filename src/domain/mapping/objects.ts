/**
 * What can be mapped: every object of the catalogue that a reseller has a word for, with the path
 * that its keys are ends of, and what tells its word apart from the same word elsewhere.
 */

import type {
  Block,
  Catalogue,
  Performance,
  Product,
  Tariff,
  Zone,
} from '../catalogue/catalogue.ts';
import { resellersMaySell, tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import type { MappingWord } from './mapping-row.ts';
import { printKey } from './mapping-text.ts';

export type Refusal = 'mapping.product_kind' | 'mapping.tariff_kind';

export interface MappableObject {
  word: MappingWord;
  id: number;
  path: readonly string[];
  /** Its most specific key. */
  key: string;
  name: string;
  /** What else it is known by, without a mapping: the starts of a performance. */
  also: readonly string[];
  /** The season it belongs to; null: it serves every season. */
  seasonId: number | null;
  /**
   * Within one scope (and season) no two objects may have the same value: what a message tells
   * before this word is read. The configuration for a category, the layout for a block, the
   * product for a performance; a tariff's audience is told by no message.
   */
  scope: string;
  /** Why resellers may not sell it; null: they may. */
  refusal: Refusal | null;
  /** The kind that is refused. */
  kind: string;
}

export function tariffPath(tariff: Pick<Tariff, 'audience' | 'code'>): string[] {
  return [tariff.audience, tariff.code];
}

/** An unnamed block is its area. */
export function blockPath(block: Pick<Block, 'layoutCode' | 'areaCode' | 'code'>): string[] {
  const area = [block.layoutCode, block.areaCode];
  return block.code === '' ? area : [...area, block.code];
}

export function zonePath(zone: Pick<Zone, 'layoutCode' | 'areaCode'>): string[] {
  return [zone.layoutCode, zone.areaCode];
}

/**
 * Every mappable object but rows and seats, which stay in the database. `placeNames` names blocks
 * and areas by their key; without them a place is named by its key.
 */
export function mappableObjects(
  catalogue: Catalogue,
  placeNames: ReadonlyMap<string, string> = new Map(),
): MappableObject[] {
  return [
    ...catalogue.products.map(ofProduct),
    ...catalogue.performances.flatMap((performance) => ofPerformance(performance, catalogue)),
    ...catalogue.tariffs.map(ofTariff),
    ...catalogue.seatCategories.flatMap((category) => {
      const configuration = catalogue.configurationById.get(category.logicalConfigurationId);
      if (configuration === undefined) return [];
      const path = [configuration.code, category.code];
      const scope = configuration.code;
      return [object('seat_category', category.id, path, category.name, { scope })];
    }),
    ...ofPlaces(catalogue, placeNames),
    ...catalogue.logicalConfigurations.map((one) =>
      object('logical_configuration', one.id, [one.code], one.name),
    ),
    ...catalogue.contingents.map((one) => object('contingent', one.id, [one.code], one.name)),
  ];
}

function object(
  word: MappingWord,
  id: number,
  path: readonly string[],
  name: string,
  more: Partial<Pick<MappableObject, 'also' | 'seasonId' | 'scope' | 'refusal' | 'kind'>> = {},
): MappableObject {
  const rest = { also: [], seasonId: null, scope: '', refusal: null, kind: '', ...more };
  return { word, id, path, key: printKey(path), name, ...rest };
}

function ofProduct(product: Product): MappableObject {
  return object('product', product.id, [product.code], product.name, {
    seasonId: product.seasonId,
    kind: product.kind,
    refusal: resellersMaySell(product.kind) ? null : 'mapping.product_kind',
  });
}

function ofPerformance(performance: Performance, catalogue: Catalogue): MappableObject[] {
  const product = catalogue.productById.get(performance.productId);
  if (product === undefined) return [];
  const name = `${product.name} ${performance.localStart.replace('T', ' ')}`;
  const path = [product.code, performance.code];
  const { refusal, kind } = ofProduct(product);
  const also = [performance.localStart, ...performance.aliases];
  const more = { also, seasonId: product.seasonId, scope: product.code, refusal, kind };
  return [object('performance', performance.id, path, name, more)];
}

function ofTariff(tariff: Tariff): MappableObject {
  return object('tariff', tariff.id, tariffPath(tariff), tariff.name, {
    seasonId: tariff.seasonId,
    kind: tariff.audienceKind,
    refusal: tariffMayGoToResellers(tariff) ? null : 'mapping.tariff_kind',
  });
}

/** Numbered areas are sold by their blocks, the others whole, as a zone. */
function ofPlaces(catalogue: Catalogue, names: ReadonlyMap<string, string>): MappableObject[] {
  const places = new Map<string, MappableObject>();
  for (const block of catalogue.blocks) {
    const path = block.numbered ? blockPath(block) : zonePath(block);
    const key = printKey(path);
    const name = names.get(key) ?? key;
    if (places.has(key)) continue;
    places.set(key, object('block', block.id, path, name, { scope: block.layoutCode }));
  }
  return [...places.values()];
}
