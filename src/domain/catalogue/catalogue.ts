/**
 * The part of the inventory that exchange needs in memory: small tables, read once per catalogue
 * version. Seats and counters stay in the database.
 */

export type SeasonId = number & { readonly kind?: 'season' };
export type ProductId = number & { readonly kind?: 'product' };
export type PerformanceId = number & { readonly kind?: 'performance' };
export type TariffId = number & { readonly kind?: 'tariff' };
export type SeatCategoryId = number & { readonly kind?: 'seat_category' };
export type ContingentId = number & { readonly kind?: 'contingent' };
export type InterfaceId = number & { readonly kind?: 'interface' };

export const PRODUCT_KINDS = [
  'event',
  'competition',
  'visit_pass',
  'open_pass',
  'season_ticket',
  'package',
  'group_visit_pass',
] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];

/** Kinds that resellers may sell; the others are refused wherever someone tries (DOMAIN). */
const SELLABLE: ReadonlySet<ProductKind> = new Set([
  'event',
  'competition',
  'visit_pass',
  'open_pass',
]);

export function resellersMaySell(kind: ProductKind): boolean {
  return SELLABLE.has(kind);
}

export function isPass(kind: ProductKind): boolean {
  return kind === 'visit_pass' || kind === 'open_pass';
}

export interface Product {
  id: ProductId;
  seasonId: SeasonId;
  code: string;
  name: string;
  kind: ProductKind;
  namesRequired: boolean;
  namelessOpensDoor: boolean;
  /** `YYYY-MM-DD`, local dates of the product's zone. */
  validFrom: string | null;
  validUntil: string | null;
  validDays: number | null;
  daysPerTicket: number;
  timeZone: string;
}

export type PerformanceState = 'preparing' | 'running' | 'suspended' | 'cancelled' | 'closed';

export interface Performance {
  id: PerformanceId;
  productId: ProductId;
  code: string;
  /** ISO instant. */
  startsAt: string;
  timeZone: string;
  /** `YYYY-MM-DDTHH:MM` in the zone. */
  localStart: string;
  /** Former local starts of a performance that moved. */
  aliases: readonly string[];
  logicalConfigurationId: number;
  state: PerformanceState;
  gauge: number | null;
  suspendedAt: string | null;
  cancelledAt: string | null;
  closedAt: string | null;
}

/** Also once it is closed: its tickets open no door, and their resellers refund them. */
export function isCancelled(
  performance: Pick<Performance, 'state' | 'cancelledAt'> | null | undefined,
): boolean {
  if (performance === null || performance === undefined) return false;
  return performance.state === 'cancelled' || performance.cancelledAt !== null;
}

export interface LogicalConfiguration {
  id: number;
  layoutId: number;
  layoutCode: string;
  code: string;
  name: string;
}

export interface SeatCategory {
  id: SeatCategoryId;
  logicalConfigurationId: number;
  code: string;
  name: string;
  kind: 'seats' | 'zone';
}

export interface Block {
  id: number;
  areaId: number;
  layoutId: number;
  layoutCode: string;
  areaCode: string;
  /** '' for the unnamed block of an area. */
  code: string;
  numbered: boolean;
}

export interface Zone {
  id: number;
  logicalConfigurationId: number;
  areaId: number;
  layoutCode: string;
  areaCode: string;
  seatCategoryId: SeatCategoryId;
  capacity: number;
}

export type AudienceKind =
  | 'occasional_contact'
  | 'occasional_community'
  | 'member_contact'
  | 'member_community'
  | 'subscribed_contact'
  | 'subscribed_community'
  | 'invited';

/** What is counted and not numbered; its figures stay in the database. */
export interface Counter {
  id: number;
  kind: 'zone' | 'day' | 'pass';
  productId: ProductId;
  performanceId: PerformanceId | null;
  zoneId: number | null;
  /** `YYYY-MM-DD`. */
  day: string | null;
  /** `HH:MM`, local. */
  slotStarts: string | null;
}

export interface Tariff {
  id: TariffId;
  seasonId: SeasonId;
  audience: string;
  audienceKind: AudienceKind;
  code: string;
  name: string;
}

/** Only tariffs for occasional contacts or communities may go to resellers (secutix.md §1.4). */
export function tariffMayGoToResellers(tariff: Tariff): boolean {
  return (
    tariff.audienceKind === 'occasional_contact' || tariff.audienceKind === 'occasional_community'
  );
}

export interface Price {
  productId: ProductId;
  performanceId: PerformanceId | null;
  seatCategoryId: SeatCategoryId | null;
  tariffId: TariffId;
  amountMinor: number;
  currency: string;
  /** ISO instant. */
  validFrom: string;
}

export interface VatRate {
  productId: ProductId;
  performanceId: PerformanceId | null;
  rateHundredths: number;
  validFrom: string;
}

export interface OnSaleWindow {
  salesChannelId: number;
  productId: ProductId;
  performanceId: PerformanceId | null;
  opensAt: string;
  closesAt: string | null;
}

export interface Contingent {
  id: ContingentId;
  code: string;
  name: string;
  kind: 'internal' | 'external';
  salesChannelIds: readonly number[];
  sendsWheelchair: boolean;
  sendsRestrictedView: boolean;
  sendsHouseSeats: boolean;
}

export interface Commission {
  interfaceId: InterfaceId;
  productId: ProductId | null;
  tariffId: TariffId | null;
  kind: 'amount' | 'percent';
  value: number;
  validFrom: string;
  onTop: boolean;
}

/** Rows as the store reads them; indexed once by `indexCatalogue`. */
export interface CatalogueRows {
  version: number;
  seasons: readonly {
    id: SeasonId;
    code: string;
    startsOn: string | null;
    endsOn: string | null;
  }[];
  products: readonly Product[];
  performances: readonly Performance[];
  logicalConfigurations: readonly LogicalConfiguration[];
  seatCategories: readonly SeatCategory[];
  blocks: readonly Block[];
  zones: readonly Zone[];
  counters: readonly Counter[];
  tariffs: readonly Tariff[];
  prices: readonly Price[];
  vatRates: readonly VatRate[];
  windows: readonly OnSaleWindow[];
  contingents: readonly Contingent[];
  commissions: readonly Commission[];
}

export interface Catalogue extends CatalogueRows {
  productById: ReadonlyMap<number, Product>;
  productsByCode: ReadonlyMap<string, readonly Product[]>;
  performanceById: ReadonlyMap<number, Performance>;
  performancesByProduct: ReadonlyMap<number, readonly Performance[]>;
  configurationById: ReadonlyMap<number, LogicalConfiguration>;
  categoryById: ReadonlyMap<number, SeatCategory>;
  categoriesByConfiguration: ReadonlyMap<number, readonly SeatCategory[]>;
  blockById: ReadonlyMap<number, Block>;
  blocksByLayout: ReadonlyMap<number, readonly Block[]>;
  zonesByConfiguration: ReadonlyMap<number, readonly Zone[]>;
  /** By `counterKey`: a zone of a performance, a day (and slot) of a pass, an undated pass. */
  counterByKey: ReadonlyMap<string, Counter>;
  tariffById: ReadonlyMap<number, Tariff>;
  tariffsBySeason: ReadonlyMap<number, readonly Tariff[]>;
  pricesByProduct: ReadonlyMap<number, readonly Price[]>;
  vatByProduct: ReadonlyMap<number, readonly VatRate[]>;
  windowsByProduct: ReadonlyMap<number, readonly OnSaleWindow[]>;
  contingentById: ReadonlyMap<number, Contingent>;
  seasonById: ReadonlyMap<number, CatalogueRows['seasons'][number]>;
}

function groupBy<T, K>(rows: readonly T[], key: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** Names a counter by what a message can tell of it. */
export function counterKey(
  productId: number,
  place:
    | { performanceId: number; zoneId: number }
    | { day: string; slot: string | null }
    | { pass: true },
): string {
  if ('zoneId' in place) return `${productId}|${place.performanceId}|${place.zoneId}`;
  if ('day' in place) return `${productId}|${place.day}|${place.slot ?? ''}`;
  return `${productId}`;
}

function keyOfCounter(counter: Counter): string {
  const { productId, performanceId, zoneId, day, slotStarts } = counter;
  if (performanceId !== null && zoneId !== null) {
    return counterKey(productId, { performanceId, zoneId });
  }
  if (day !== null) return counterKey(productId, { day, slot: slotStarts });
  return counterKey(productId, { pass: true });
}

const byId = <T extends { id: number }>(rows: readonly T[]) =>
  new Map<number, T>(rows.map((row) => [row.id, row]));

export function indexCatalogue(rows: CatalogueRows): Catalogue {
  return {
    ...rows,
    productById: byId(rows.products),
    productsByCode: groupBy(rows.products, (row) => row.code),
    performanceById: byId(rows.performances),
    performancesByProduct: groupBy(rows.performances, (row) => row.productId as number),
    configurationById: byId(rows.logicalConfigurations),
    categoryById: byId(rows.seatCategories),
    categoriesByConfiguration: groupBy(rows.seatCategories, (row) => row.logicalConfigurationId),
    blockById: byId(rows.blocks),
    blocksByLayout: groupBy(rows.blocks, (row) => row.layoutId),
    zonesByConfiguration: groupBy(rows.zones, (row) => row.logicalConfigurationId),
    counterByKey: new Map(rows.counters.map((counter) => [keyOfCounter(counter), counter])),
    tariffById: byId(rows.tariffs),
    tariffsBySeason: groupBy(rows.tariffs, (row) => row.seasonId as number),
    pricesByProduct: groupBy(rows.prices, (row) => row.productId as number),
    vatByProduct: groupBy(rows.vatRates, (row) => row.productId as number),
    windowsByProduct: groupBy(rows.windows, (row) => row.productId as number),
    contingentById: byId(rows.contingents),
    seasonById: byId(rows.seasons),
  };
}
