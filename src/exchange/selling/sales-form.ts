/** Gathers what a reseller needs to put products on sale (*fiche de mise en vente*). */
import type { Catalogue, Performance, Product } from '../../domain/catalogue/catalogue.ts';
import {
  isPass,
  resellersMaySell,
  tariffMayGoToResellers,
} from '../../domain/catalogue/catalogue.ts';
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import { printAlternatives, printKey } from '../../domain/mapping/mapping-text.ts';
import { blockPath, tariffPath, zonePath } from '../../domain/mapping/objects.ts';
import type { Vocabulary } from '../../domain/mapping/vocabulary.ts';
import { createVocabulary } from '../../domain/mapping/vocabulary.ts';
import { salesOpenAt } from '../../domain/order/test-mode.ts';
import type { FormPrice } from '../../domain/selling/form.ts';
import { formPrices, vatPercent } from '../../domain/selling/form.ts';
import type { QuotaFact, SeatGroup } from '../../domain/selling/ready-facts.ts';
import { loadCatalogue } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface, readOrganisation, withoutSecrets } from '../../store/interface-store.ts';
import { loadMappings } from '../../store/mapping-store.ts';
import { readQuotaFacts, readSeatGroups } from '../../store/readiness-store.ts';
import type { ExchangeServices } from '../context.ts';

export interface FormQuota {
  performance: string | null;
  contingent: string;
  place: string;
  category: string;
  places: number;
}

/** A code of the reseller's: what we know of it, or '' where it is asked. */
export interface FormCode {
  word: MappingWord;
  /** Code of the season; '' for every season. */
  season: string;
  name: string;
  ours: string;
  external: string;
}

export interface FormProduct {
  id: number;
  code: string;
  name: string;
  kind: string;
  season: string;
  theirs: string | null;
  validFrom: string | null;
  validUntil: string | null;
  vat: string;
  opensAt: string | null;
  dates: readonly { code: string; start: string; hall: string }[];
  prices: readonly FormPrice[];
  quotas: readonly FormQuota[];
}

export interface SalesForm {
  venue: string;
  interface: InterfaceRecord;
  timeZone: string;
  products: readonly FormProduct[];
  codes: readonly FormCode[];
  /** Categories and tariffs that have no price: the form is not whole. */
  missing: readonly string[];
}

export interface SalesFormRequest {
  organisationId: number;
  interfaceId: number;
  productIds: readonly number[];
  /** Only these dates; none: all to come. */
  performanceIds?: readonly number[];
}

export type SalesFormAnswer =
  | { outcome: 'form'; form: SalesForm }
  | { outcome: 'not_sellable'; product: string };

export function readSalesForm(
  { clock, database }: Pick<ExchangeServices, 'database' | 'clock'>,
  request: SalesFormRequest,
): Promise<SalesFormAnswer> {
  return database.transaction(
    request.organisationId,
    (tx) => readForm(tx, request, clock().toISOString()),
    { isolation: 'repeatable read', readOnly: true },
  );
}

interface Source {
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  record: InterfaceRecord;
  own: ReadonlySet<number>;
  seatGroups: readonly SeatGroup[];
  quotas: readonly QuotaFact[];
  codes: CodeList;
  missing: string[];
  now: string;
}

async function readForm(tx: Tx, request: SalesFormRequest, now: string): Promise<SalesFormAnswer> {
  const sealed = await findInterface(tx, request.interfaceId);
  if (sealed === null) throw new Error(`There is no interface ${request.interfaceId}.`);
  const record = withoutSecrets(sealed);
  const catalogue = await loadCatalogue(tx);
  const rows = await loadMappings(tx, record.id);
  const vocabulary = createVocabulary(rows);
  const products = request.productIds.flatMap((id) => catalogue.productById.get(id) ?? []);
  const refused = products.find(({ kind }) => !resellersMaySell(kind));
  if (refused !== undefined) return { outcome: 'not_sellable', product: refused.code };
  const datesOf = (product: Product) => {
    const all = catalogue.performancesByProduct.get(product.id) ?? [];
    return all.filter(({ id, startsAt, state }) =>
      request.performanceIds === undefined
        ? startsAt > now && state !== 'cancelled' && state !== 'closed'
        : request.performanceIds.includes(id),
    );
  };
  const performanceIds = products.flatMap((product) => datesOf(product).map(({ id }) => id));
  const source: Source = {
    catalogue,
    vocabulary,
    record,
    own: new Set(
      catalogue.contingents.flatMap(({ id, salesChannelIds }) =>
        salesChannelIds.includes(record.salesChannelId) ? [id as number] : [],
      ),
    ),
    seatGroups: await readSeatGroups(tx, performanceIds),
    quotas: await readQuotaFacts(tx, request.productIds),
    codes: new CodeList(rows, catalogue, vocabulary),
    missing: [],
    now,
  };
  const told = products.map((product) => productOf(source, product, datesOf(product)));
  const { name: venue, timeZone } = await readOrganisation(tx);
  const { codes, missing } = source;
  const form = { venue, interface: record, timeZone, products: told, codes: codes.all(), missing };
  return { outcome: 'form', form };
}

function productOf(
  source: Source,
  product: Product,
  performances: readonly Performance[],
): FormProduct {
  const { catalogue, codes, now, record, vocabulary } = source;
  const { code, id, kind, name, seasonId, validFrom, validUntil } = product;
  const opensAt = salesOpenAt(catalogue, record.salesChannelId, {
    productId: id,
    performanceId: performances[0]?.id ?? null,
  });
  const at = opensAt !== null && opensAt > now ? opensAt : now;
  codes.ask('product', [code], seasonId, name, true);
  for (const tariff of catalogue.tariffsBySeason.get(seasonId) ?? []) {
    const prices = catalogue.pricesByProduct.get(id) ?? [];
    const isPriced = prices.some(({ tariffId }) => tariffId === tariff.id);
    if (!tariffMayGoToResellers(tariff) || !isPriced) continue;
    codes.ask('tariff', tariffPath(tariff), seasonId, tariff.name, true);
  }
  const { categories, quotas } = isPass(kind)
    ? { categories: new Map<number, Set<number>>(), quotas: passQuotas(source, product) }
    : placesOf(source, product, performances);
  const { missing, prices } = formPrices({
    catalogue,
    interfaceId: record.id,
    product,
    performances,
    at,
    categoriesOf: (performance) =>
      [...(categories.get(performance.id) ?? [])].flatMap(
        (category) => catalogue.categoryById.get(category) ?? [],
      ),
  });
  source.missing.push(...missing);
  return {
    ...{ id, code, name, kind, validFrom, validUntil, opensAt, prices, quotas },
    season: catalogue.seasonById.get(seasonId)?.code ?? '',
    theirs: vocabulary.theirs('product', [code], seasonId),
    vat: vatPercent(catalogue, product, at),
    dates: performances.map((performance) => ({
      code: performance.code,
      start: performance.localStart,
      hall: hallOf(source, product, performance),
    })),
  };
}

function hallOf({ catalogue, codes }: Source, product: Product, performance: Performance): string {
  const hall = catalogue.configurationById.get(performance.logicalConfigurationId);
  if (hall === undefined) return '';
  codes.ask('logical_configuration', [hall.code], product.seasonId, hall.name, false);
  return hall.name;
}

/** Places of the channel's contingents at each date, and their categories by performance. */
function placesOf(source: Source, product: Product, performances: readonly Performance[]) {
  const { catalogue, own, quotas: facts, seatGroups } = source;
  const byId = new Map<number, Performance>(performances.map((one) => [one.id, one]));
  const categories = new Map<number, Set<number>>();
  const quotas: FormQuota[] = [];
  const add = (
    performance: Performance,
    contingentId: number,
    place: readonly string[],
    categoryId: number,
    places: number,
  ) => {
    const category = catalogue.categoryById.get(categoryId);
    const hall = catalogue.configurationById.get(performance.logicalConfigurationId);
    const contingent = catalogue.contingentById.get(contingentId);
    const known = categories.get(performance.id) ?? new Set<number>();
    categories.set(performance.id, known.add(categoryId));
    const { seasonId } = product;
    const { codes } = source;
    const categoryName = category?.name ?? '';
    codes.ask(
      'seat_category',
      [hall?.code ?? '', category?.code ?? ''],
      seasonId,
      categoryName,
      false,
    );
    codes.ask('block', place, seasonId, place.at(-1) ?? '', false);
    codes.ask('contingent', [contingent?.code ?? ''], seasonId, contingent?.name ?? '', false);
    quotas.push({
      performance: performance.code,
      contingent: contingent?.name ?? '',
      place: place.slice(1).join(' '),
      category: categoryName,
      places,
    });
  };
  for (const {
    blockId,
    contingentId,
    keptHome,
    performanceId,
    seatCategoryId,
    seats,
  } of seatGroups) {
    const performance = byId.get(performanceId);
    const block = catalogue.blockById.get(blockId);
    if (performance === undefined || block === undefined || contingentId === null) continue;
    if (!own.has(contingentId) || seats === keptHome) continue;
    add(performance, contingentId, blockPath(block), seatCategoryId, seats - keptHome);
  }
  const counters = new Map(catalogue.counters.map((counter) => [counter.id, counter]));
  for (const { contingentId, counterId, quota } of facts) {
    const counter = counters.get(counterId);
    const performance = byId.get(counter?.performanceId ?? 0);
    if (performance === undefined || !own.has(contingentId) || quota === 0) continue;
    const zones = catalogue.zonesByConfiguration.get(performance.logicalConfigurationId) ?? [];
    const zone = zones.find(({ id }) => id === counter?.zoneId);
    if (zone !== undefined)
      add(performance, contingentId, zonePath(zone), zone.seatCategoryId, quota);
  }
  return { categories, quotas };
}

/** A pass's contingent is a limit that only this form tells. */
function passQuotas({ catalogue, own, quotas }: Source, product: Product): FormQuota[] {
  const counters = new Map(
    catalogue.counters
      .filter(({ productId }) => productId === product.id)
      .map((counter) => [counter.id, counter]),
  );
  return quotas.flatMap(({ contingentId, counterId, quota }) => {
    const counter = counters.get(counterId);
    if (counter === undefined || !own.has(contingentId)) return [];
    const contingent = catalogue.contingentById.get(contingentId)?.name ?? '';
    const place = [counter.day, counter.slotStarts].filter((one) => one !== null).join(' ');
    return [{ performance: null, contingent, place, category: '', places: quota }];
  });
}

/** The codes that the form needs, each once, with what is known of it. */
class CodeList {
  readonly #codes = new Map<string, FormCode>();
  readonly #rows: Awaited<ReturnType<typeof loadMappings>>;
  readonly #catalogue: Catalogue;
  readonly #vocabulary: Vocabulary;

  constructor(
    rows: Awaited<ReturnType<typeof loadMappings>>,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
  ) {
    this.#rows = rows;
    this.#catalogue = catalogue;
    this.#vocabulary = vocabulary;
  }

  /** `bySeason`: a code of this kind belongs to a season. */
  ask(
    word: MappingWord,
    path: readonly string[],
    seasonId: number,
    name: string,
    bySeason: boolean,
  ): void {
    const ours = printKey([...path]);
    const key = `${word}|${bySeason ? seasonId : ''}|${ours}`;
    if (this.#codes.has(key)) return;
    const first = this.#vocabulary.theirs(word, path, seasonId);
    // A row for this very key is shown with its alternatives; a wider one with its first word.
    const row = this.#rows.find(
      (one) =>
        one.word === word &&
        one.ours === ours &&
        one.external[0] === first &&
        (one.seasonId === null || one.seasonId === seasonId),
    );
    const ownSeason = row === undefined ? (bySeason ? seasonId : null) : row.seasonId;
    this.#codes.set(key, {
      word,
      season: ownSeason === null ? '' : (this.#catalogue.seasonById.get(ownSeason)?.code ?? ''),
      name,
      ours,
      external: row === undefined ? (first ?? '') : printAlternatives(row.external),
    });
  }

  all(): FormCode[] {
    return [...this.#codes.values()];
  }
}
