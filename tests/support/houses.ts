/**
 * Houses for everybody's tests: small enough to count on one's fingers, with one of everything
 * that the rules speak of.
 */

import type { HouseFile } from '../../src/domain/house/file.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { SecretBox } from '../../src/store/secrets.ts';
import { testSecretBox } from './exchange-services.ts';

export interface SmallHouseOptions {
  /** Code of the organisation; TEST by default. */
  code?: string;
  /** Local start of the first performance; the others follow a day apart. */
  firstStart?: string;
  /** When sales opened on the resellers' channels. */
  opens?: string;
  /** First of the three days of the dated pass. */
  firstDay?: string;
  /** Performances of SHOW (P1, P2, …); 2 by default. */
  performances?: number;
  /** Rows A, B, … of each numbered block (3) and seats in a row (10). */
  rows?: number;
  seatsPerRow?: number;
  zoneCapacity?: number;
  /** Settings and secrets of the interface FNAC. */
  config?: Record<string, string | number | boolean | null>;
  secrets?: Record<string, string>;
}

const LATER = (local: string, days: number): string => {
  const date = new Date(`${local}:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 16);
};

/**
 * The house TEST:
 * - layout HALL: ORCH with blocks A and B, BALC without named blocks, PIT without seats;
 *   ORCH/A/A/1 is a wheelchair place, A/2 its companion, A/3 has a restricted view, A/4 is ours;
 * - configuration FULL: CAT1 (ORCH), CAT2 (BALC), PIT (a zone);
 * - products of season S1: SHOW (event; P1, P2 …), MATCH (competition; M1), DAY (dated pass of
 *   three days), OPEN (undated pass of 100), SUBSCR (season ticket: not for resellers);
 * - contingents FNAC (ORCH/A and 20 of PIT), OTHER (ORCH/B row A and 10 of PIT), BOX (BALC);
 * - tariffs OccCont/FULL and OccCont/REDUCED, and Member/CARD, which may not go to resellers;
 * - interface FNAC (account TST) with its channel, point of sale, contact and pending account.
 */
export function smallHouse(options: SmallHouseOptions = {}): HouseFile {
  return {
    format: 'parterre-house/1',
    organisation: {
      code: options.code ?? 'TEST',
      name: 'Test house',
      currency: 'EUR',
      time_zone: 'Europe/Paris',
      language: 'fr',
    },
    seasons: [
      { code: 'S1', name: 'Saison 1', starts_on: '2026-09-01', ends_on: '2027-08-31' },
      { code: 'S2', name: 'Saison 2', starts_on: '2027-09-01', ends_on: '2028-08-31' },
    ],
    ...placesOf(options),
    ...productsOf(options),
    ...sellingOf(options),
    ...interfaceOf(options),
  };
}

function placesOf(options: SmallHouseOptions): Partial<HouseFile> {
  const last = String.fromCharCode(64 + (options.rows ?? 3));
  const rows = last === 'A' ? 'A' : `A-${last}`;
  const seats = `1-${options.seatsPerRow ?? 10}`;
  const orchestra = { layout: 'HALL', area: 'ORCH', block: 'A', rows: 'A' };
  return {
    layouts: [{ code: 'HALL', name: 'Hall' }],
    areas: [
      { layout: 'HALL', code: 'ORCH', name: 'Orchestre', numbered: true },
      { layout: 'HALL', code: 'BALC', name: 'Balcon', numbered: true },
      { layout: 'HALL', code: 'PIT', name: 'Fosse', numbered: false },
    ],
    blocks: [
      { layout: 'HALL', area: 'ORCH', code: 'A', name: 'Bloc A' },
      { layout: 'HALL', area: 'ORCH', code: 'B', name: 'Bloc B' },
    ],
    seats: [
      { layout: 'HALL', area: 'ORCH', block: 'A', rows, seats, x: 0, y: 0 },
      { layout: 'HALL', area: 'ORCH', block: 'B', rows, seats, x: 20, y: 0 },
      { layout: 'HALL', area: 'BALC', rows: 'A', seats, x: 0, y: 20 },
      { ...orchestra, seats: '1', wheelchair: true },
      { ...orchestra, seats: '2', companion_of: 'A/1' },
      { ...orchestra, seats: '3', restricted_view: true },
      { ...orchestra, seats: '4', house_seat: true },
    ],
    configurations: [{ layout: 'HALL', code: 'FULL', name: 'Salle entière' }],
    categories: [
      { configuration: 'FULL', code: 'CAT1', name: 'Catégorie 1', kind: 'seats', rank: 1 },
      { configuration: 'FULL', code: 'CAT2', name: 'Catégorie 2', kind: 'seats', rank: 2 },
      { configuration: 'FULL', code: 'PIT', name: 'Debout', kind: 'zone', rank: 3 },
    ],
    category_seats: [
      { configuration: 'FULL', category: 'CAT1', area: 'ORCH' },
      { configuration: 'FULL', category: 'CAT2', area: 'BALC' },
    ],
    zones: [
      { configuration: 'FULL', area: 'PIT', category: 'PIT', capacity: options.zoneCapacity ?? 50 },
    ],
  };
}

function productsOf(options: SmallHouseOptions): Partial<HouseFile> {
  const start = options.firstStart ?? '2027-02-01T20:00';
  const season = 'S1';
  const count = options.performances ?? 2;
  const performances = Array.from({ length: count }, (_, index) => ({
    season,
    product: 'SHOW',
    code: `P${index + 1}`,
    start: LATER(start, index),
    configuration: 'FULL',
    state: 'running' as const,
  }));
  return {
    products: [
      { season, code: 'SHOW', name: 'Spectacle', kind: 'event' },
      { season, code: 'MATCH', name: 'Match', kind: 'competition' },
      { season, code: 'DAY', name: 'Billet daté', kind: 'visit_pass' },
      { season, code: 'OPEN', name: 'Billet ouvert', kind: 'open_pass', valid_days: 365 },
      { season, code: 'SUBSCR', name: 'Abonnement', kind: 'season_ticket' },
    ],
    performances: [
      ...performances,
      {
        season,
        product: 'MATCH',
        code: 'M1',
        start: LATER(start, 7),
        configuration: 'FULL',
        state: 'running',
      },
    ],
    tariffs: [
      tariff('OccCont', 'occasional_contact', 'FULL', 'Plein'),
      tariff('OccCont', 'occasional_contact', 'REDUCED', 'Réduit'),
      tariff('Member', 'member_contact', 'CARD', 'Adhérent'),
    ],
    prices: pricesOf(),
    vat: ['SHOW', 'MATCH', 'DAY', 'OPEN'].map((product) => ({ season, product, rate: 5.5 })),
  };
}

function tariff(
  audience: string,
  audience_kind: 'occasional_contact' | 'member_contact',
  code: string,
  name: string,
) {
  return { season: 'S1', audience, audience_kind, code, name };
}

/** CAT1 40.00, CAT2 30.00, PIT 20.00, passes 12.00; REDUCED is ten less, CARD the same. */
function pricesOf(): NonNullable<HouseFile['prices']> {
  const full = { CAT1: 40, CAT2: 30, PIT: 20 };
  const season = 'S1';
  const reduced = { 'OccCont/FULL': 0, 'OccCont/REDUCED': 10, 'Member/CARD': 10 };
  return Object.entries(reduced).flatMap(([key, off]) => [
    ...['SHOW', 'MATCH'].flatMap((product) =>
      Object.entries(full).map(([category, amount]) => ({
        season,
        product,
        configuration: 'FULL',
        category,
        tariff: key,
        amount: `${amount - off}.00`,
      })),
    ),
    ...['DAY', 'OPEN'].map((product) => {
      return { season, product, tariff: key, amount: `${12 - off}.00` };
    }),
  ]);
}

function sellingOf(options: SmallHouseOptions): Partial<HouseFile> {
  const season = 'S1';
  const opens = options.opens ?? '2026-01-01T10:00';
  const firstDay = options.firstDay ?? '2027-02-01';
  const last_day = LATER(`${firstDay}T00:00`, 2).slice(0, 10);
  const products = ['SHOW', 'MATCH', 'DAY', 'OPEN'];
  return {
    sales_channels: [
      { code: 'FNAC', name: 'FNAC', kind: 'external', accepts_third_party: true },
      { code: 'OTHER', name: 'Autre revendeur', kind: 'external', accepts_third_party: true },
      { code: 'BOX', name: 'Guichet', kind: 'internal', accepts_third_party: false },
    ],
    windows: ['FNAC', 'OTHER'].flatMap((sales_channel) =>
      products.map((product) => ({ sales_channel, season, product, opens })),
    ),
    points_of_sale: [
      { sales_channel: 'FNAC', code: 'FNAC', name: 'FNAC', accepts_pending_account: true },
      { sales_channel: 'OTHER', code: 'OTHER', name: 'Autre', accepts_pending_account: true },
    ],
    contacts: [
      { code: 'FNAC', name: 'FNAC', pending_account_authorised: true },
      { code: 'OTHER', name: 'Autre', pending_account_authorised: true },
    ],
    pending_accounts: [
      { contact: 'FNAC', code: 'FNAC' },
      { contact: 'OTHER', code: 'OTHER' },
    ],
    contingents: [
      { code: 'FNAC', name: 'FNAC', kind: 'external', sales_channels: ['FNAC'] },
      { code: 'OTHER', name: 'Autre', kind: 'external', sales_channels: ['OTHER'] },
      { code: 'BOX', name: 'Guichet', kind: 'internal', sales_channels: ['BOX'] },
    ],
    contingent_seats: ['SHOW', 'MATCH'].flatMap((product) => [
      { season, product, performances: '*', contingent: 'FNAC', area: 'ORCH', block: 'A' },
      {
        season,
        product,
        performances: '*',
        contingent: 'OTHER',
        area: 'ORCH',
        block: 'B',
        rows: 'A',
      },
      { season, product, performances: '*', contingent: 'BOX', area: 'BALC' },
    ]),
    counters: [
      { season, product: 'DAY', day: firstDay, last_day, capacity: 40 },
      { season, product: 'OPEN', capacity: 100 },
    ],
    contingent_quotas: [
      ...['SHOW', 'MATCH'].flatMap((product) => [
        { season, product, performances: '*', area: 'PIT', contingent: 'FNAC', quota: 20 },
        { season, product, performances: '*', area: 'PIT', contingent: 'OTHER', quota: 10 },
      ]),
      { season, product: 'DAY', day: firstDay, last_day, contingent: 'FNAC', quota: 15 },
      { season, product: 'OPEN', contingent: 'FNAC', quota: 30 },
    ],
  };
}

function interfaceOf(options: SmallHouseOptions): Partial<HouseFile> {
  const mapping = (word: Mapping['word'], ours: string, external: string, season?: string) => ({
    interface: 'FNAC',
    word,
    ours,
    external,
    ...(season === undefined ? {} : { season }),
  });
  return {
    interfaces: [
      {
        code: 'FNAC',
        names: { fr: 'FNAC' },
        reseller: 'FNAC',
        channel: 'fnac',
        account: 'TST',
        sales_channel: 'FNAC',
        point_of_sale: 'FNAC',
        contact: 'FNAC',
        pending_account: 'FNAC',
        status: 'visible',
        people: [
          { name: 'Camille Martin', mail: 'camille@example.org', phone: '+33 1 00 00 00 00' },
        ],
        config: options.config ?? {},
        secrets: options.secrets ?? {},
      },
    ],
    commissions: [{ interface: 'FNAC', kind: 'amount', value: '1.80' }],
    mappings: [
      mapping('product', 'SHOW', 'MSHOW', 'S1'),
      mapping('product', 'MATCH', 'MMATCH', 'S1'),
      mapping('product', 'DAY', 'MDAY', 'S1'),
      mapping('product', 'OPEN', 'MOPEN', 'S1'),
      mapping('tariff', 'OccCont/FULL', '0|44', 'S1'),
      mapping('tariff', 'OccCont/REDUCED', '6', 'S1'),
      mapping('logical_configuration', 'FULL', 'GRANDE'),
      mapping('seat_category', 'FULL/CAT1', '10'),
      mapping('seat_category', 'FULL/CAT2', '20'),
      mapping('seat_category', 'FULL/PIT', '30'),
      mapping('block', 'HALL/ORCH/A', 'ORCA'),
      mapping('block', 'HALL/ORCH/B', 'ORCB'),
      mapping('block', 'HALL/BALC', 'BAL'),
      mapping('block', 'HALL/PIT', 'LIBRE|UNIQUE'),
      mapping('contingent', 'FNAC', 'FNAC'),
    ],
    schedules: [
      {
        interface: 'FNAC',
        name: 'Export',
        function: 'export',
        timing: { kind: 'hours', every: 24 },
        active: true,
      },
      {
        interface: 'FNAC',
        name: 'Ventes',
        function: 'integrate',
        timing: { kind: 'hours', every: 4 },
        active: true,
      },
    ],
  };
}

type Mapping = NonNullable<HouseFile['mappings']>[number];

export interface SeededHouse {
  organisationId: number;
  ids: IdSource;
  /** The id of a code in a table; `within` narrows where codes repeat (product of S1/SHOW). */
  idOf(table: CodedTable, code: string): Promise<number>;
  performanceId(product: string, code: string): Promise<number>;
  seatId(block: string, row: string, number: string): Promise<number>;
}

export type CodedTable =
  | 'season'
  | 'product'
  | 'contingent'
  | 'interface'
  | 'sales_channel'
  | 'seat_category'
  | 'tariff'
  | 'area'
  | 'block'
  | 'contact'
  | 'point_of_sale'
  | 'pending_account'
  | 'logical_configuration';

export interface SeedOptions {
  now?: Date;
  ids?: IdSource;
  secrets?: SecretBox;
}

/** Loads a house into an empty (or another's) database and gives its ids by code. */
export async function seedHouse(
  database: Database,
  house: HouseFile = smallHouse(),
  options: SeedOptions = {},
): Promise<SeededHouse> {
  const ids = options.ids ?? createIdSource(database);
  const clock = () => options.now ?? new Date('2027-01-10T09:00:00Z');
  const box = options.secrets ?? testSecretBox;
  const result = await loadHouse(database, ids, box, house, {
    clock,
    author: 'test',
    create: true,
  });
  if (result.outcome === 'refused') {
    const faults = result.problems.map(
      (one) => `${one.sheet} ${one.line} ${one.key}: ${one.message}`,
    );
    throw new Error(`The house was refused:\n${faults.join('\n')}`);
  }
  const { organisationId } = result;
  const one = (sql: string, params: unknown[]) =>
    database.transaction(organisationId, async (tx) => {
      const [row] = await tx.query<{ id: number }>(sql, params);
      if (row === undefined) throw new Error(`Nothing found: ${sql} ${JSON.stringify(params)}`);
      return row.id;
    });
  return {
    organisationId,
    ids,
    idOf: (table, code) => one(`select id from "${table}" where code = $1 order by id`, [code]),
    performanceId: (product, code) =>
      one(
        `select p.id from performance p join product d on d.id = p.product_id
         where d.code = $1 and p.code = $2`,
        [product, code],
      ),
    seatId: (block, row, number) =>
      one(
        `select s.id from seat s join block b on b.id = s.block_id
         join area a on a.id = b.area_id
         where case b.code when '' then a.code else b.code end = $1
           and s.row = $2 and s.number = $3`,
        [block, row, number],
      ),
  };
}
