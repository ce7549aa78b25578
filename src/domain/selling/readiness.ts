/**
 * Whether a reseller can be given a product, and may sell it: everything that an export or the
 * integration of a sale would stumble over, found in one pass over what is already read.
 */
import type { Counter, Performance, Product } from '../catalogue/catalogue.ts';
import { isPass, resellersMaySell, tariffMayGoToResellers } from '../catalogue/catalogue.ts';
import { eligibility } from '../contingent/eligibility.ts';
import { printKey } from '../mapping/mapping-text.ts';
import { blockPath, tariffPath, zonePath } from '../mapping/objects.ts';
import type { Finding } from './finding.ts';
import { FindingList } from './finding.ts';
import type { QuotaFact, ReadyFacts, ReadyPlace, SeatGroup } from './ready-facts.ts';
import { checkPrices, tariffsSold } from './ready-prices.ts';

/** Findings of the interface, then of each product, then of each of its performances. */
export function findUnready(told: ReadyFacts, places: readonly ReadyPlace[]): Finding[] {
  const facts = indexed(told);
  const list = new FindingList();
  checkInterface(facts, list);
  for (const [productId, own] of Map.groupBy(places, (place) => place.productId)) {
    const product = facts.catalogue.productById.get(productId);
    if (product === undefined) continue;
    if (!checkKind(facts, product, list)) continue;
    const performances = own.flatMap(
      ({ performanceId }) => facts.catalogue.performanceById.get(performanceId ?? 0) ?? [],
    );
    checkProduct(facts, product, list);
    tellCounted(facts, product, new Set(performances.map(({ id }) => id)), list);
    if (isPass(product.kind)) checkPass(facts, product, list);
    else if (performances.length === 0) list.add('performance.none', { productId });
    for (const performance of performances) checkPerformance(facts, product, performance, list);
  }
  return list.all();
}

interface IndexedFacts extends ReadyFacts {
  groupsOf: ReadonlyMap<number, readonly SeatGroup[]>;
  quotaOf: ReadonlyMap<string, readonly { counter: Counter; quota: QuotaFact }[]>;
  namesOf: ReadonlyMap<number, ReadyFacts['notCarried']>;
}

const placeKey = (productId: number, performanceId: number | null) =>
  `${productId}|${performanceId}`;

/** A season has hundreds of performances: nothing is searched for each of them. */
function indexed(facts: ReadyFacts): IndexedFacts {
  const counters = new Map(facts.catalogue.counters.map((counter) => [counter.id, counter]));
  const quotas = facts.quotas.flatMap((quota) => {
    const counter = counters.get(quota.counterId);
    return counter === undefined || quota.quota === 0 ? [] : [{ counter, quota }];
  });
  return {
    ...facts,
    groupsOf: Map.groupBy(facts.seatGroups, ({ performanceId }) => performanceId),
    quotaOf: Map.groupBy(quotas, ({ counter }) =>
      placeKey(counter.productId, counter.performanceId),
    ),
    namesOf: Map.groupBy(facts.notCarried, ({ performanceId }) => performanceId),
  };
}

function checkInterface(facts: ReadyFacts, list: FindingList): void {
  const { account, ceilingBlocks, contactMayPay, pointOfSalePays, status } = facts.interface;
  const nothing = { productId: null };
  if (status !== 'visible') list.add('interface.hidden', nothing, { state: status });
  if (!contactMayPay) list.add('interface.contact', nothing);
  if (!pointOfSalePays) list.add('interface.point_of_sale', nothing);
  if (ownContingents(facts).length === 0) list.add('channel.no_contingent', nothing);
  if (account === null) list.add('account.missing', nothing);
  else if (account.state === 'closed') list.add('account.closed', nothing);
  const ceiling = account?.ceilingMinor ?? null;
  if (account !== null && ceiling !== null && account.balanceMinor >= ceiling) {
    const code = ceilingBlocks ? 'account.ceiling_full' : 'account.ceiling_passed';
    list.add(code, nothing, { balanceMinor: account.balanceMinor, ceilingMinor: ceiling });
  }
}

/** False: nothing else about it matters. */
function checkKind(
  { capabilities, interface: own }: ReadyFacts,
  product: Product,
  list: FindingList,
) {
  const of = { productId: product.id };
  if (!resellersMaySell(product.kind)) {
    list.add('product.not_sellable', of, { kind: product.kind });
    return false;
  }
  const takes = isPass(product.kind)
    ? product.kind === 'visit_pass'
      ? capabilities.dated
      : capabilities.undated
    : capabilities.events;
  if (!takes) list.add('product.not_taken', of, { kind: product.kind });
  if (own.productIds.length > 0 && !own.productIds.includes(product.id)) {
    list.add('product.filtered_out', of);
  }
  return takes;
}

function checkProduct(facts: ReadyFacts, product: Product, list: FindingList): void {
  const { catalogue, vocabulary } = facts;
  const of = { productId: product.id };
  const word = vocabulary.theirs('product', [product.code], product.seasonId);
  if (word === null) list.add('mapping.product', of, { ours: product.code });
  else {
    for (const { word: kind, value, parent } of facts.unseen) {
      if (parent === word) list.add('mapping.unseen', of, { word: kind, value });
    }
  }
  checkTariffs(facts, product, list);
  if ((catalogue.vatByProduct.get(product.id) ?? []).length === 0) list.add('vat.missing', of);
}

/** What is counted of the product as a whole, and of the performances that were asked for. */
function tellCounted(
  facts: ReadyFacts,
  product: Product,
  performances: ReadonlySet<number>,
  list: FindingList,
): void {
  const counted = [
    ['price.to_announce', facts.toAnnounce],
    ['tests.living', facts.tests],
    ['cases.open', facts.cases],
  ] as const;
  for (const [code, all] of counted) {
    for (const { productId, performanceId, count } of all) {
      const isAsked = performanceId === null || performances.has(performanceId);
      if (productId !== product.id || !isAsked) continue;
      list.add(code, { productId, performanceId }, { count });
    }
  }
}

function checkTariffs(facts: ReadyFacts, product: Product, list: FindingList): void {
  const { catalogue, vocabulary } = facts;
  const of = { productId: product.id };
  const sold = new Set(tariffsSold(facts, product));
  const priced = new Set(
    (catalogue.pricesByProduct.get(product.id) ?? []).map(({ tariffId }) => tariffId),
  );
  const all = catalogue.tariffsBySeason.get(product.seasonId) ?? [];
  const allowed = all.filter(tariffMayGoToResellers);
  if (sold.size === 0) list.add('mapping.tariffs', of);
  else {
    for (const tariff of allowed) {
      if (sold.has(tariff) || !priced.has(tariff.id)) continue;
      list.add('mapping.tariff', of, { ours: printKey(tariffPath(tariff)) });
    }
  }
  const candidates = allowed.map(tariffPath);
  for (const tariff of all) {
    if (tariffMayGoToResellers(tariff) || !priced.has(tariff.id)) continue;
    const value = vocabulary.theirs('tariff', tariffPath(tariff), product.seasonId);
    if (value === null) continue;
    const answer = vocabulary.resolve('tariff', value, { seasonId: product.seasonId, candidates });
    // A generic key names tariffs of members beside the one that is meant.
    if ('found' in answer) continue;
    list.add('tariff.wrong_kind', of, { ours: printKey(tariffPath(tariff)), value });
  }
}

function checkWindow(
  { catalogue, interface: own, now }: ReadyFacts,
  place: ReadyPlace,
  list: FindingList,
): string {
  const windows = (catalogue.windowsByProduct.get(place.productId) ?? []).filter(
    ({ salesChannelId, performanceId }) =>
      salesChannelId === own.salesChannelId &&
      (performanceId === null || performanceId === place.performanceId),
  );
  const open = windows.find(
    ({ opensAt, closesAt }) => opensAt <= now && (closesAt === null || closesAt > now),
  );
  if (open !== undefined) return now;
  const [next] = windows
    .map(({ opensAt }) => opensAt)
    .filter((at) => at > now)
    .sort();
  if (next !== undefined) {
    list.add('window.not_yet', place, { opensAt: next });
    return next;
  }
  const [last] = windows
    .flatMap(({ closesAt }) => closesAt ?? [])
    .sort()
    .reverse();
  if (last === undefined) list.add('window.none', place);
  else list.add('window.closed', place, { closedAt: last });
  return now;
}

function checkPerformance(
  facts: IndexedFacts,
  product: Product,
  performance: Performance,
  list: FindingList,
): void {
  const place = { productId: product.id, performanceId: performance.id };
  const obstacle = eligibility(product, performance, facts.capabilities, facts.now).addObstacle;
  const isOver = obstacle !== null && obstacle !== 'performance.preparing';
  if (obstacle?.startsWith('performance.')) {
    list.add(obstacle as Extract<typeof obstacle, `performance.${string}`>, place);
  }
  if (isOver && obstacle !== 'performance.suspended') return;
  const at = checkWindow(facts, place, list);
  checkHall(facts, product, performance, list);
  const categories = checkStock(facts, product, performance, list);
  checkPrices(facts, { product, performanceId: performance.id, categories, at }, list);
  for (const { place: name, places } of facts.namesOf.get(performance.id) ?? []) {
    list.add('name.not_carried', place, { name, places });
  }
}

/** The hall is only asked where two performances start at the same time. */
function checkHall(
  { catalogue, vocabulary }: ReadyFacts,
  product: Product,
  performance: Performance,
  list: FindingList,
): void {
  const { seasonId } = product;
  const path = [product.code, performance.code];
  if (vocabulary.theirs('performance', path, seasonId) !== null) return;
  const together = (catalogue.performancesByProduct.get(product.id) ?? []).filter(
    (other) => other.localStart === performance.localStart,
  );
  if (together.length < 2) return;
  const hall = catalogue.configurationById.get(performance.logicalConfigurationId)?.code ?? '';
  if (vocabulary.theirs('logical_configuration', [hall], seasonId) !== null) return;
  const place = { productId: product.id, performanceId: performance.id };
  list.add('mapping.configuration', place, { ours: hall });
}

function ownContingents({ catalogue, interface: own }: ReadyFacts) {
  return catalogue.contingents.filter(({ salesChannelIds }) =>
    salesChannelIds.includes(own.salesChannelId),
  );
}

/** Answers the categories that the reseller would sell. */
function checkStock(
  facts: IndexedFacts,
  product: Product,
  performance: Performance,
  list: FindingList,
): ReadonlySet<number> {
  const { catalogue } = facts;
  const place = { productId: product.id, performanceId: performance.id };
  const own = new Set<number>(ownContingents(facts).map(({ id }) => id));
  const words = new WordCheck(facts, product, performance.id, list);
  const categories = new Set<number>();
  const sums = { seats: 0, refused: 0, keptHome: 0, nowhere: 0 };
  for (const group of facts.groupsOf.get(performance.id) ?? []) {
    if (group.contingentId === null) sums.nowhere += group.seats;
    if (group.contingentId === null || !own.has(group.contingentId)) continue;
    sums.seats += group.seats - group.keptHome;
    sums.refused += group.refused;
    sums.keptHome += group.keptHome;
    if (group.seats === group.keptHome) continue;
    categories.add(group.seatCategoryId);
    words.contingent(group.contingentId);
    words.category(group.seatCategoryId);
    const block = catalogue.blockById.get(group.blockId);
    if (block !== undefined) words.block(blockPath(block));
  }
  const zones = catalogue.zonesByConfiguration.get(performance.logicalConfigurationId) ?? [];
  for (const { counter, quota } of quotasOf(facts, own, place)) {
    sums.seats += quota.quota;
    if (quota.refused) sums.refused += quota.quota;
    const zone = zones.find(({ id }) => id === counter.zoneId);
    if (zone === undefined) continue;
    categories.add(zone.seatCategoryId);
    words.contingent(quota.contingentId);
    words.category(zone.seatCategoryId);
    words.block(zonePath(zone));
  }
  if (sums.seats === 0) list.add('contingent.empty', place);
  if (sums.refused > 0) list.add('seats.refused', place, { count: sums.refused });
  if (sums.keptHome > 0) list.add('seats.kept_home', place, { count: sums.keptHome });
  if (sums.nowhere > 0) list.add('seats.no_contingent', place, { count: sums.nowhere });
  return categories;
}

function quotasOf(facts: IndexedFacts, own: ReadonlySet<number>, place: ReadyPlace) {
  const all = facts.quotaOf.get(placeKey(place.productId, place.performanceId)) ?? [];
  return all.filter(({ quota }) => own.has(quota.contingentId));
}

/** What the reseller has no word for, and no message can carry; each is told once. */
class WordCheck {
  readonly #facts: ReadyFacts;
  readonly #seasonId: number;
  readonly #place: { productId: number; performanceId: number };
  readonly #list: FindingList;

  constructor(facts: ReadyFacts, product: Product, performanceId: number, list: FindingList) {
    this.#facts = facts;
    this.#seasonId = product.seasonId;
    this.#place = { productId: product.id, performanceId };
    this.#list = list;
  }

  contingent(id: number): void {
    const code = this.#facts.catalogue.contingentById.get(id)?.code ?? '';
    this.#say('contingent', [code], 'mapping.contingent');
  }

  category(id: number): void {
    const { catalogue } = this.#facts;
    const category = catalogue.categoryById.get(id);
    const hall = catalogue.configurationById.get(category?.logicalConfigurationId ?? 0);
    this.#say('seat_category', [hall?.code ?? '', category?.code ?? ''], 'mapping.category');
  }

  block(path: readonly string[]): void {
    this.#say('block', path, 'mapping.block');
  }

  #say(
    word: 'contingent' | 'seat_category' | 'block',
    path: readonly string[],
    code: 'mapping.contingent' | 'mapping.category' | 'mapping.block',
  ): void {
    if (this.#facts.vocabulary.theirs(word, path, this.#seasonId) !== null) return;
    this.#list.add(code, this.#place, { ours: printKey([...path]) });
  }
}

function checkPass(facts: IndexedFacts, product: Product, list: FindingList): void {
  const { catalogue, now } = facts;
  const place = { productId: product.id, performanceId: null };
  const today = now.slice(0, 10);
  if (product.validUntil !== null && product.validUntil < today) {
    list.add('product.over', place, { until: product.validUntil });
    return;
  }
  const at = checkWindow(facts, place, list);
  const counters = catalogue.counters.filter(({ productId }) => productId === product.id);
  if (counters.length === 0) list.add('counter.missing', place);
  else {
    const own = new Set<number>(ownContingents(facts).map(({ id }) => id));
    const quotas = quotasOf(facts, own, place);
    if (quotas.length === 0) list.add('contingent.empty', place);
  }
  checkPrices(facts, { product, performanceId: null, categories: new Set(), at }, list);
}
