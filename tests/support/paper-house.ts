/** A small house on paper: what the planner needs of a catalogue, with one of everything. */
import type {
  AudienceKind,
  Catalogue,
  CatalogueRows,
  Commission,
  Performance,
  PerformanceState,
  Price,
  Product,
  ProductKind,
} from '../../src/domain/catalogue/catalogue.ts';
import { indexCatalogue } from '../../src/domain/catalogue/catalogue.ts';
import type { MappingRow, MappingWord } from '../../src/domain/mapping/mapping-row.ts';
import type { InterfaceTerms } from '../../src/domain/order/plan.ts';

export const S1 = 1;
export const S2 = 2;
export const OURS = 1;
export const OTHER_INTERFACE = 2;

const product = (
  id: number,
  seasonId: number,
  code: string,
  kind: ProductKind,
  change: Partial<Product> = {},
): Product => ({
  id,
  seasonId,
  code,
  name: code,
  kind,
  namesRequired: false,
  namelessOpensDoor: true,
  validFrom: null,
  validUntil: null,
  validDays: null,
  daysPerTicket: 1,
  timeZone: 'Europe/Paris',
  ...change,
});

const performance = (
  id: number,
  productId: number,
  code: string,
  localStart: string,
  state: PerformanceState = 'running',
  change: Partial<Performance> = {},
): Performance => ({
  id,
  productId,
  code,
  startsAt: `${localStart}:00.000Z`,
  timeZone: 'Europe/Paris',
  localStart,
  aliases: [],
  logicalConfigurationId: 1,
  state,
  gauge: null,
  suspendedAt: null,
  cancelledAt: null,
  closedAt: null,
  ...change,
});

const tariff = (
  id: number,
  seasonId: number,
  audience: string,
  code: string,
  audienceKind: AudienceKind = 'occasional_contact',
) => ({ id, seasonId, audience, audienceKind, code, name: code });

export const price = (
  productId: number,
  seatCategoryId: number | null,
  tariffId: number,
  amountMinor: number,
  validFrom = '2026-01-01T00:00:00.000Z',
  performanceId: number | null = null,
): Price => ({
  productId,
  performanceId,
  seatCategoryId,
  tariffId,
  amountMinor,
  currency: 'EUR',
  validFrom,
});

export const commission = (change: Partial<Commission>): Commission => ({
  interfaceId: OURS,
  productId: null,
  tariffId: null,
  kind: 'percent',
  value: 1000,
  validFrom: '2026-01-01T00:00:00.000Z',
  onTop: false,
  ...change,
});

export const SHOW = 101;
export const MATCH = 102;
export const DAY = 103;
export const DAYS = 104;
export const OPEN = 105;
export const SUBSCR = 106;
export const GALA_1 = 107;
export const GALA_2 = 108;
export const CARD_1 = 109;
export const CARD_2 = 110;
export const NAMED = 111;

export const FULL = 301;
export const REDUCED = 302;

/** Performances of SHOW in each state, and two of MATCH at one start in two halls. */
export const P1 = 201;
export const P2 = 202;
export const CANCELLED_AT = '2026-12-05T10:00:00.000Z';

const performances: Performance[] = [
  performance(P1, SHOW, 'P1', '2027-02-01T20:00', 'running', { aliases: ['2027-01-31T20:00'] }),
  performance(P2, SHOW, 'P2', '2027-02-02T20:00'),
  performance(203, SHOW, 'PREPARING', '2027-02-03T20:00', 'preparing'),
  performance(204, SHOW, 'SUSPENDED', '2027-02-04T20:00', 'suspended'),
  performance(205, SHOW, 'CANCELLED', '2027-02-05T20:00', 'cancelled', {
    cancelledAt: CANCELLED_AT,
  }),
  performance(206, SHOW, 'CLOSED', '2027-02-06T20:00', 'closed'),
  performance(211, MATCH, 'IN-1', '2027-03-01T18:00'),
  performance(212, MATCH, 'IN-2', '2027-03-01T18:00', 'running', { logicalConfigurationId: 2 }),
  performance(221, GALA_1, 'G1', '2026-06-01T20:00'),
  performance(222, GALA_2, 'G2', '2027-06-01T20:00'),
  performance(231, NAMED, 'N1', '2027-04-01T20:00'),
];

export const CAT1 = 21;
export const CAT2 = 22;
export const PIT = 23;

const category = (id: number, configuration: number, code: string, kind: 'seats' | 'zone') => ({
  id,
  logicalConfigurationId: configuration,
  code,
  name: code,
  kind,
});

const block = (id: number, areaCode: string, code: string, numbered = true) => ({
  id,
  areaId: areaCode === 'PIT' ? 2 : 1,
  layoutId: 1,
  layoutCode: 'HALL',
  areaCode,
  code,
  numbered,
});

const contingent = (id: number, code: string, channel: number) => ({
  id,
  code,
  name: code,
  kind: 'external' as const,
  salesChannelIds: [channel],
  sendsWheelchair: false,
  sendsRestrictedView: false,
  sendsHouseSeats: false,
});

export const RES = 401;
export const ELSEWHERE = 402;

const days = ['2027-05-01', '2027-05-02', '2027-05-03', '2027-05-04'];

const noPerformance = { performanceId: null, zoneId: null };
const noDay = { day: null, slotStarts: null };

export const COUNTERS: CatalogueRows['counters'] = [
  { id: 501, kind: 'zone', productId: SHOW, performanceId: P1, zoneId: 31, ...noDay },
  { id: 502, kind: 'zone', productId: SHOW, performanceId: P2, zoneId: 31, ...noDay },
  {
    id: 511,
    kind: 'day',
    productId: DAY,
    ...noPerformance,
    day: '2027-05-01',
    slotStarts: '10:00',
  },
  {
    id: 512,
    kind: 'day',
    productId: DAY,
    ...noPerformance,
    day: '2027-05-01',
    slotStarts: '14:00',
  },
  { id: 513, kind: 'day', productId: DAY, ...noPerformance, day: '2027-05-02', slotStarts: null },
  ...days.map((day, index) => ({
    id: 521 + index,
    kind: 'day' as const,
    productId: DAYS,
    ...noPerformance,
    day,
    slotStarts: null,
  })),
  { id: 531, kind: 'pass', productId: OPEN, ...noPerformance, ...noDay },
  { id: 532, kind: 'pass', productId: CARD_1, ...noPerformance, ...noDay },
  { id: 533, kind: 'pass', productId: CARD_2, ...noPerformance, ...noDay },
];

const ON_SALE = [SHOW, MATCH, DAY, DAYS, OPEN, SUBSCR, GALA_1, GALA_2, CARD_1, CARD_2, NAMED];

export const PRICE_CHANGES_AT = '2026-12-10T00:00:00.000Z';

export const PAPER_ROWS: CatalogueRows = {
  version: 1,
  seasons: [
    { id: S1, code: 'S1', startsOn: null, endsOn: null },
    { id: S2, code: 'S2', startsOn: null, endsOn: null },
  ],
  products: [
    product(SHOW, S2, 'SHOW', 'event'),
    product(MATCH, S2, 'MATCH', 'competition'),
    product(DAY, S2, 'DAY', 'visit_pass', { validFrom: '2027-05-01', validUntil: '2027-05-31' }),
    product(DAYS, S2, 'DAYS', 'visit_pass', { daysPerTicket: 3 }),
    product(OPEN, S2, 'OPEN', 'open_pass', { validUntil: '2027-12-31' }),
    product(SUBSCR, S2, 'SUBSCR', 'season_ticket'),
    product(GALA_1, S1, 'GALA', 'event'),
    product(GALA_2, S2, 'GALA', 'event'),
    product(CARD_1, S1, 'CARD', 'open_pass', { validUntil: '2026-08-31' }),
    product(CARD_2, S2, 'CARD2', 'open_pass', {
      validFrom: '2026-09-01',
      validUntil: '2027-08-31',
    }),
    product(NAMED, S2, 'NAMED', 'event', { namesRequired: true, namelessOpensDoor: false }),
  ],
  performances,
  logicalConfigurations: [
    { id: 1, layoutId: 1, layoutCode: 'HALL', code: 'GREAT', name: 'Great' },
    { id: 2, layoutId: 1, layoutCode: 'HALL', code: 'SMALL', name: 'Small' },
  ],
  seatCategories: [
    category(CAT1, 1, 'CAT1', 'seats'),
    category(CAT2, 1, 'CAT2', 'seats'),
    category(PIT, 1, 'PIT', 'zone'),
    category(24, 2, 'CAT1', 'seats'),
  ],
  blocks: [block(11, 'ORCH', 'A'), block(12, 'ORCH', 'B'), block(13, 'PIT', '', false)],
  zones: [
    {
      id: 31,
      logicalConfigurationId: 1,
      areaId: 2,
      layoutCode: 'HALL',
      areaCode: 'PIT',
      seatCategoryId: PIT,
      capacity: 5,
    },
  ],
  counters: COUNTERS,
  tariffs: [
    tariff(FULL, S2, 'OccCont', 'FULL'),
    tariff(REDUCED, S2, 'OccCom', 'REDUCED', 'occasional_community'),
    tariff(303, S2, 'Member', 'CARD', 'member_contact'),
    tariff(304, S1, 'OccCont', 'FULL'),
  ],
  prices: [
    price(SHOW, CAT1, FULL, 4000),
    price(SHOW, CAT1, FULL, 4500, PRICE_CHANGES_AT),
    price(SHOW, CAT2, FULL, 3000),
    price(SHOW, PIT, FULL, 2000),
    price(SHOW, CAT1, REDUCED, 2500),
    price(SHOW, CAT1, 303, 1000),
    ...[MATCH, DAY, DAYS, OPEN, SUBSCR, GALA_2, CARD_2, NAMED].map((id) =>
      price(id, null, FULL, 1500),
    ),
    price(GALA_1, null, 304, 1500),
    price(CARD_1, null, 304, 1500),
  ],
  vatRates: [
    {
      productId: SHOW,
      performanceId: null,
      rateHundredths: 550,
      validFrom: '2026-01-01T00:00:00.000Z',
    },
    {
      productId: SHOW,
      performanceId: P2,
      rateHundredths: 210,
      validFrom: '2026-12-01T00:00:00.000Z',
    },
  ],
  windows: ON_SALE.map((productId) => ({
    salesChannelId: 1,
    productId,
    performanceId: null,
    opensAt: '2026-01-01T00:00:00.000Z',
    closesAt: '2027-06-30T00:00:00.000Z',
  })),
  contingents: [contingent(RES, 'RES', 1), contingent(ELSEWHERE, 'ELSE', 2)],
  commissions: [],
};

export function paperCatalogue(change: Partial<CatalogueRows> = {}): Catalogue {
  return indexCatalogue({ ...PAPER_ROWS, ...change });
}

let nextRow = 0;

export function paperMapping(
  word: MappingWord,
  ours: string | null,
  external: readonly string[],
  seasonId: number | null = null,
): MappingRow {
  nextRow += 1;
  return { id: nextRow, word, seasonId, ours, external, notOurs: ours === null };
}

/** The reseller's words: an `m` before ours, figures for categories and tariffs. */
export function paperMappings(): MappingRow[] {
  return [
    ...['SHOW', 'MATCH', 'DAY', 'DAYS', 'OPEN', 'SUBSCR', 'NAMED'].map((code) =>
      paperMapping('product', code, [`m${code}`]),
    ),
    paperMapping('product', 'GALA', ['mGALA']),
    paperMapping('product', 'CARD', ['mCARD'], S1),
    paperMapping('product', 'CARD2', ['mCARD'], S2),
    paperMapping('product', null, ['mALIEN']),
    paperMapping('logical_configuration', 'GREAT', ['hGREAT']),
    paperMapping('logical_configuration', 'SMALL', ['hSMALL']),
    paperMapping('seat_category', 'GREAT/CAT1', ['1']),
    paperMapping('seat_category', 'GREAT/CAT2', ['2']),
    paperMapping('seat_category', 'GREAT/PIT', ['3']),
    paperMapping('seat_category', 'SMALL/CAT1', ['1']),
    paperMapping('block', 'HALL/ORCH/A', ['bA']),
    paperMapping('block', 'HALL/ORCH/B', ['bB']),
    paperMapping('block', 'HALL/PIT', ['bPIT', 'FREE']),
    paperMapping('tariff', 'OccCont/FULL', ['0', '44']),
    paperMapping('tariff', 'OccCom/REDUCED', ['6']),
    paperMapping('tariff', 'Member/CARD', ['9']),
  ];
}

export const PAPER_TERMS: InterfaceTerms = {
  id: OURS,
  resellerAccountId: 1,
  salesChannelId: 1,
  contactId: 1,
  pointOfSaleId: 1,
  pendingAccountId: 1,
  accountOpen: true,
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  organisationTimeZone: 'Europe/Paris',
  pricePolicy: 'error',
  toleranceMinor: 0,
  graceHours: 24,
  includesCommission: true,
  commissionVatHundredths: 2000,
  ceilingMinor: null,
  ceilingBlocks: false,
  houseStockMaximum: 0,
  accountOpenedAt: null,
  testModes: [],
  productIds: null,
  productsElsewhere: new Set(),
  handOver: { zones: 'push', datedPasses: 'limit', undatedPasses: 'limit' },
};
