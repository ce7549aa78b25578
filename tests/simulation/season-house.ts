/**
 * The house of the season: sixty performances in a hall with numbered blocks and a free zone, dated
 * and undated passes, and three resellers with words, terms and prices of their own.
 */
import type { HouseFile } from '../../src/domain/house/file.ts';
import type { InterfaceSettings } from '../support/reseller-trio.ts';

export const SEASON_CODES = ['R1', 'R2', 'R3'] as const;
export type SeasonCode = (typeof SEASON_CODES)[number];
export const FIRST_DAY = '2026-10-01';
export const PERFORMANCES = 60;
/** Block A belongs to R1, B to R2, C to R3; D is the venue's. */
export const BLOCKS = ['A', 'B', 'C', 'D'] as const;
const ROWS = ['A', 'B', 'C'] as const;
const SEATS = 5;
const PIT = { capacity: 30, quota: 8 };
export const DAY_QUOTA = 12;
const OPEN_QUOTA = 60;
const SEASON = 'S1';

export const PRODUCTS = ['SHOW', 'MATCH', 'DAY', 'TWO', 'OPEN'] as const;
export type ProductCode = (typeof PRODUCTS)[number];
export const TARIFFS = ['FULL', 'REDUCED'] as const;
export type TariffCode = (typeof TARIFFS)[number];

/** How each reseller reports prices and commissions, and what the house does about differences. */
export interface Terms {
  policy: 'error' | 'ours' | 'reseller';
  includes: boolean;
  onTop: boolean;
  /** Cents of a ticket, or hundredths of a percent of our price. */
  commission: { kind: 'amount' | 'percent'; value: number };
}

export const TERMS: Readonly<Record<SeasonCode, Terms>> = {
  R1: {
    policy: 'error',
    includes: true,
    onTop: false,
    commission: { kind: 'amount', value: 180 },
  },
  R2: { policy: 'ours', includes: true, onTop: true, commission: { kind: 'percent', value: 500 } },
  R3: {
    policy: 'reseller',
    includes: false,
    onTop: false,
    commission: { kind: 'percent', value: 1000 },
  },
};

export interface Words {
  product(code: ProductCode): string;
  /** The first is what the reseller says. */
  tariff: Readonly<Record<TariffCode, string>>;
  category: Readonly<Record<string, string>>;
  block(code: string): string;
  row(row: string): string;
  pit: string;
  hall: string;
}

/** The second reseller calls row A `RA`; the third has leading zeros in its tariffs. */
export const WORDS: Readonly<Record<SeasonCode, Words>> = {
  R1: words('R1', { FULL: '44', REDUCED: '6' }, ''),
  R2: words('R2', { FULL: 'PLEIN', REDUCED: 'TR' }, 'R'),
  R3: words('R3', { FULL: '007', REDUCED: '07' }, ''),
};

function words(code: string, tariff: Record<TariffCode, string>, rowPrefix: string): Words {
  return {
    product: (product) => `${code}-${product}`,
    tariff,
    category: { CAT1: `${code}1`, PIT: `${code}3`, '': 'P' },
    block: (block) => `${code}${block}`,
    row: (row) => `${rowPrefix}${row}`,
    pit: `${code} LIBRE`,
    hall: `${code} HALL`,
  };
}

/** Cents at the beginning of the season: category (none for passes) → tariff. */
export const FIRST_PRICES: Readonly<
  Record<ProductCode, Readonly<Record<string, Readonly<Record<TariffCode, number>>>>>
> = {
  SHOW: { CAT1: { FULL: 4000, REDUCED: 3000 }, PIT: { FULL: 2000, REDUCED: 0 } },
  MATCH: { CAT1: { FULL: 3600, REDUCED: 2800 }, PIT: { FULL: 1800, REDUCED: 1200 } },
  DAY: { '': { FULL: 1200, REDUCED: 800 } },
  TWO: { '': { FULL: 2200, REDUCED: 1600 } },
  OPEN: { '': { FULL: 1500, REDUCED: 1000 } },
};

export function dayAfter(days: number): string {
  const date = new Date(Date.parse(`${FIRST_DAY}T00:00:00Z`) + days * 86_400_000);
  return date.toISOString().slice(0, 10);
}

export interface SeasonPerformance {
  index: number;
  product: 'SHOW' | 'MATCH';
  code: string;
  /** Day of the season, from 0. */
  day: number;
  /** Local start. */
  start: string;
}

/** One an evening; every third is a match. */
export const SEASON_PERFORMANCES: readonly SeasonPerformance[] = Array.from(
  { length: PERFORMANCES },
  (_, index) => ({
    index,
    product: index % 3 === 2 ? 'MATCH' : 'SHOW',
    code: `P${index}`,
    day: index + 1,
    start: `${dayAfter(index + 1)}T20:00`,
  }),
);

/** Our block, row and number of every seat of a reseller's contingent, or of the venue's block. */
export function seatsOf(block: string): { block: string; row: string; seat: string }[] {
  return ROWS.flatMap((row) =>
    Array.from({ length: SEATS }, (_, index) => ({ block, row, seat: `${index + 1}` })),
  );
}

export function seasonHouse(
  code: string,
  interfaces: ReadonlyMap<string, InterfaceSettings>,
): HouseFile {
  return {
    format: 'parterre-house/1',
    organisation: { code, name: 'Season', currency: 'EUR', time_zone: 'Europe/Paris' },
    seasons: [{ code: SEASON, name: 'S1', starts_on: '2026-09-01', ends_on: '2027-08-31' }],
    ...placesOf(),
    ...productsOf(),
    ...stockOf(),
    ...sellingOf(interfaces),
    mappings: SEASON_CODES.flatMap(mappingsOf),
  };
}

function placesOf(): Partial<HouseFile> {
  const floor = { layout: 'HALL', area: 'FLOOR' };
  return {
    layouts: [{ code: 'HALL', name: 'Hall' }],
    areas: [
      { layout: 'HALL', code: 'FLOOR', name: 'Floor', numbered: true },
      { layout: 'HALL', code: 'PIT', name: 'Pit', numbered: false },
    ],
    blocks: BLOCKS.map((code) => ({ ...floor, code, name: code })),
    seats: BLOCKS.map((block) => ({
      ...floor,
      block,
      rows: ROWS.join(','),
      seats: `1-${SEATS}`,
    })),
    configurations: [{ layout: 'HALL', code: 'FULL', name: 'Full' }],
    categories: [
      { configuration: 'FULL', code: 'CAT1', name: 'Seats', kind: 'seats' },
      { configuration: 'FULL', code: 'PIT', name: 'Standing', kind: 'zone' },
    ],
    category_seats: [{ configuration: 'FULL', category: 'CAT1', area: 'FLOOR' }],
    zones: [{ configuration: 'FULL', area: 'PIT', category: 'PIT', capacity: PIT.capacity }],
  };
}

function productsOf(): Partial<HouseFile> {
  const product = (
    code: ProductCode,
    kind: 'event' | 'competition' | 'visit_pass' | 'open_pass',
  ) => {
    return { season: SEASON, code, name: code, kind };
  };
  return {
    products: [
      product('SHOW', 'event'),
      { ...product('MATCH', 'competition'), names_required: true },
      product('DAY', 'visit_pass'),
      { ...product('TWO', 'visit_pass'), days_per_ticket: 2 },
      { ...product('OPEN', 'open_pass'), valid_days: 365 },
    ],
    performances: SEASON_PERFORMANCES.map(({ product: of, code, start }) => ({
      season: SEASON,
      product: of,
      code,
      start,
      configuration: 'FULL',
      state: 'running' as const,
      // Everything that contingents may ever have of it, and not one place more.
      gauge: BLOCKS.length * ROWS.length * SEATS + PIT.capacity,
    })),
    tariffs: TARIFFS.map((code) => {
      const audience_kind = 'occasional_contact' as const;
      return { season: SEASON, audience: 'OccCont', audience_kind, code, name: code };
    }),
    prices: PRODUCTS.flatMap((of) =>
      Object.entries(FIRST_PRICES[of]).flatMap(([category, byTariff]) =>
        TARIFFS.map((tariff) => priceLine(of, category, tariff, byTariff[tariff])),
      ),
    ),
    vat: PRODUCTS.map((of) => ({ season: SEASON, product: of, rate: 5.5 })),
  };
}

/** A line of the price list, in cents; `from` a local instant. */
export function priceLine(
  product: ProductCode,
  category: string,
  tariff: TariffCode,
  cents: number,
  from?: string,
) {
  return {
    season: SEASON,
    product,
    ...(category === '' ? {} : { configuration: 'FULL', category }),
    tariff: `OccCont/${tariff}`,
    amount: (cents / 100).toFixed(2),
    ...(from === undefined ? {} : { valid_from: from }),
  };
}

function stockOf(): Partial<HouseFile> {
  const days = { day: FIRST_DAY, last_day: dayAfter(PERFORMANCES + 2) };
  return {
    contingents: [
      ...SEASON_CODES.map((code) => {
        return { code, name: code, kind: 'external' as const, sales_channels: [code] };
      }),
      { code: 'BOX', name: 'Box', kind: 'internal', sales_channels: ['BOX'] },
    ],
    contingent_seats: ['SHOW', 'MATCH'].flatMap((product) =>
      SEASON_CODES.map((contingent, index) => {
        const place = { area: 'FLOOR', block: BLOCKS[index] as string };
        return { season: SEASON, product, performances: '*', contingent, ...place };
      }),
    ),
    counters: [
      ...['DAY', 'TWO'].map((product) => ({ season: SEASON, product, ...days, capacity: 40 })),
      { season: SEASON, product: 'OPEN', capacity: 200 },
    ],
    contingent_quotas: SEASON_CODES.flatMap((contingent) => [
      ...['SHOW', 'MATCH'].map((product) => {
        const zone = { performances: '*', area: 'PIT', quota: PIT.quota };
        return { season: SEASON, product, contingent, ...zone };
      }),
      ...['DAY', 'TWO'].map((product) => {
        return { season: SEASON, product, ...days, contingent, quota: DAY_QUOTA };
      }),
      { season: SEASON, product: 'OPEN', contingent, quota: OPEN_QUOTA },
    ]),
  };
}

function sellingOf(interfaces: ReadonlyMap<string, InterfaceSettings>): Partial<HouseFile> {
  const window = (sales_channel: string, product: string, opens = '2026-09-01T10:00') => {
    return { sales_channel, season: SEASON, product, opens };
  };
  return {
    sales_channels: [
      ...SEASON_CODES.map((code) => {
        return { code, name: code, kind: 'external' as const, accepts_third_party: true };
      }),
      { code: 'BOX', name: 'Box', kind: 'internal', accepts_third_party: false },
    ],
    windows: SEASON_CODES.flatMap((code) =>
      PRODUCTS.map((product) =>
        // The third reseller is told of the matches before it may sell them.
        code === 'R3' && product === 'MATCH'
          ? window(code, product, `${dayAfter(12)}T10:00`)
          : window(code, product),
      ),
    ),
    points_of_sale: SEASON_CODES.map((code) => {
      return { sales_channel: code, code, name: code, accepts_pending_account: true };
    }),
    contacts: SEASON_CODES.map((code) => {
      return { code, name: code, pending_account_authorised: true };
    }),
    pending_accounts: SEASON_CODES.map((code) => ({ contact: code, code })),
    interfaces: [...interfaces].map(([code, { account, config, secrets }]) => ({
      code,
      names: { fr: code },
      reseller: `Revendeur ${code}`,
      channel: 'fnac',
      account,
      sales_channel: code,
      point_of_sale: code,
      contact: code,
      pending_account: code,
      price_policy: TERMS[code as SeasonCode].policy,
      price_includes_commission: TERMS[code as SeasonCode].includes,
      status: 'visible' as const,
      config,
      secrets,
    })),
    commissions: SEASON_CODES.map((code) => {
      const { commission, onTop } = TERMS[code];
      const value = (commission.value / 100).toFixed(2);
      return { interface: code, kind: commission.kind, value, on_top: onTop };
    }),
  };
}

function mappingsOf(code: SeasonCode): NonNullable<HouseFile['mappings']> {
  const say = WORDS[code];
  const line = (
    word: NonNullable<HouseFile['mappings']>[number]['word'],
    ours: string,
    external: string,
    season?: string,
  ) => ({ interface: code, word, ours, external, ...(season ? { season } : {}) });
  const alternatives = { R1: '0|44', R2: 'PLEIN', R3: '007' };
  return [
    ...PRODUCTS.map((product) => line('product', product, say.product(product), SEASON)),
    line('tariff', 'OccCont/FULL', alternatives[code], SEASON),
    line('tariff', 'OccCont/REDUCED', say.tariff.REDUCED, SEASON),
    line('logical_configuration', 'FULL', say.hall),
    line('seat_category', 'FULL/CAT1', say.category.CAT1 as string),
    line('seat_category', 'FULL/PIT', say.category.PIT as string),
    ...BLOCKS.map((block) => line('block', `HALL/FLOOR/${block}`, say.block(block))),
    line('block', 'HALL/PIT', say.pit),
    ...SEASON_CODES.map((contingent) => line('contingent', contingent, contingent)),
    ...(code === 'R2' ? [{ ...line('row', '*', '*'), rule: { prefix: 'R' } }] : []),
  ];
}
