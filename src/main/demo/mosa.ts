/**
 * The museum MoSA of the slides, as a house file: the demo's data, and an example to copy from.
 * All its dates follow from the clock that is given, so that its performances lie ahead.
 */
import { Temporal } from 'temporal-polyfill';
import type { HouseFile } from '../../domain/house/file.ts';
import type { MosaFnacSettings } from './mosa-fnac.ts';
import { fnacInterface } from './mosa-fnac.ts';

export type { MosaFnacSettings };

export interface MosaOptions {
  now: Date;
  fnac: MosaFnacSettings;
}

const ZONE = 'Europe/Paris';
const S1 = 'S1';
const S2 = 'S2';

/** Days of the dated pass that have counters. */
const PASS_DAYS = 90;
const CHALK_DAYS = 6;

/** A house file of MoSA whose first performance is three weeks after `now`. */
export function mosaHouse(options: MosaOptions): HouseFile {
  const instant = Temporal.Instant.fromEpochMilliseconds(options.now.getTime());
  const today = instant.toZonedDateTimeISO(ZONE).toPlainDate();
  return {
    format: 'parterre-house/1',
    organisation: {
      code: 'MOSA',
      name: 'MoSA',
      currency: 'EUR',
      time_zone: ZONE,
      language: 'fr',
      business_day_ends_at: '06:00',
    },
    seasons: [
      {
        code: S1,
        name: 'Saison 1',
        starts_on: day(today, -180),
        ends_on: day(today, PASS_DAYS),
      },
      { code: S2, name: 'Saison 2', starts_on: day(today, -120), ends_on: day(today, 335) },
    ],
    ...places(),
    ...products(today),
    ...prices(),
    ...selling(today),
    ...stock(today),
    ...fnacInterface(options.fnac),
  };
}

function day(today: Temporal.PlainDate, days: number): string {
  return today.add({ days }).toString();
}

/**
 * The theatre: a first floor of three blocks of 14 rows of 16, and a second of two blocks of 12
 * rows of 20; and the auditorium, which is free seating.
 */
function places(): Partial<HouseFile> {
  const theatre = { layout: 'THEATRE' } as const;
  const floor = (
    area: string,
    block: string,
    rows: string,
    seats: string,
    x: number,
    y: number,
  ) => ({
    ...theatre,
    area,
    block,
    rows,
    seats,
    x,
    y,
  });
  return {
    layouts: [
      { code: 'AUDI', name: 'Auditorium' },
      { code: 'THEATRE', name: 'Grande salle' },
    ],
    areas: [
      { layout: 'AUDI', code: 'AUDI', name: 'Auditorium', numbered: false },
      { ...theatre, code: '1F', name: '1F', numbered: true },
      { ...theatre, code: '2F', name: '2F', numbered: true },
    ],
    blocks: [
      ...['A', 'B', 'C'].map((code) => ({ ...theatre, area: '1F', code, name: `1F ${code}` })),
      ...['A', 'B'].map((code) => ({ ...theatre, area: '2F', code, name: `2F ${code}` })),
    ],
    seats: [
      floor('1F', 'A', 'A-N', '1-16', 0, 0),
      floor('1F', 'B', 'A-N', '17-32', 17, 0),
      floor('1F', 'C', 'A-N', '33-48', 34, 0),
      floor('2F', 'A', 'A-L', '1-20', 4, 16),
      floor('2F', 'B', 'A-L', '21-40', 25, 16),
      // The last row of block C stays with the house: places for wheelchairs and their companions.
      { ...theatre, area: '1F', block: 'C', rows: 'N', seats: '33', wheelchair: true },
      { ...theatre, area: '1F', block: 'C', rows: 'N', seats: '34', companion_of: 'N/33' },
      { ...theatre, area: '1F', block: 'C', rows: 'N', seats: '35', wheelchair: true },
      { ...theatre, area: '1F', block: 'C', rows: 'N', seats: '36', companion_of: 'N/35' },
      { ...theatre, area: '1F', block: 'C', rows: 'N', seats: '45-48', house_seat: true },
      { ...theatre, area: '2F', block: 'B', rows: 'L', seats: '37-40', restricted_view: true },
    ],
    configurations: [
      { layout: 'AUDI', code: 'GARD100', name: 'MoSA Jardins - Festival' },
      { layout: 'THEATRE', code: 'SCENE', name: 'Grande salle - deux étages' },
    ],
    categories: [
      { configuration: 'GARD100', code: 'UNIQUE', name: 'CAT Unique', kind: 'zone', rank: 1 },
      { configuration: 'SCENE', code: 'CAT1', name: 'Catégorie 1', kind: 'seats', rank: 1 },
      { configuration: 'SCENE', code: 'CAT2', name: 'Catégorie 2', kind: 'seats', rank: 2 },
    ],
    category_seats: [
      { configuration: 'SCENE', category: 'CAT1', area: '1F' },
      { configuration: 'SCENE', category: 'CAT2', area: '2F' },
    ],
    zones: [{ configuration: 'GARD100', area: 'AUDI', category: 'UNIQUE', capacity: 300 }],
  };
}

function products(today: Temporal.PlainDate): Partial<HouseFile> {
  const chalk = "Festival d'œuvres d'art à la craie et à la peinture";
  const performance = (
    product: string,
    code: string,
    start: string,
    configuration: string,
  ): NonNullable<HouseFile['performances']>[number] => {
    return { season: S2, product, code, start, configuration, state: 'running' };
  };
  return {
    products: [
      { season: S2, code: 'CHALK', name: chalk, kind: 'event' },
      { season: S2, code: 'EXTSALES', name: 'External Sales', kind: 'event' },
      { season: S2, code: 'ECHECS', name: "Tournoi d'échecs des musées", kind: 'competition' },
      {
        season: S1,
        code: 'MSTIC',
        name: 'Billet Musée',
        kind: 'visit_pass',
        valid_from: day(today, -120),
        valid_until: day(today, PASS_DAYS - 1),
      },
      { season: S2, code: 'MSLIB', name: 'Billet Musée libre', kind: 'open_pass', valid_days: 365 },
      { season: S2, code: 'MSABO', name: 'Abonnement MoSA', kind: 'season_ticket' },
    ],
    performances: [
      ...Array.from({ length: CHALK_DAYS }, (_, index) =>
        performance('CHALK', `CHALK${index + 1}`, `${day(today, 21 + index)}T18:00`, 'GARD100'),
      ),
      performance('EXTSALES', 'EXT1', `${day(today, 45)}T20:00`, 'SCENE'),
      performance('EXTSALES', 'EXT2', `${day(today, 46)}T20:00`, 'SCENE'),
      performance('ECHECS', 'ECHECS1', `${day(today, 30)}T14:00`, 'GARD100'),
      performance('ECHECS', 'ECHECS2', `${day(today, 31)}T14:00`, 'GARD100'),
    ],
    tariffs: [S1, S2].flatMap((season) => [
      ...Object.entries({
        FNAC_P: 'FNAC Normal',
        FNAC_R: 'FNAC Réduit',
        FNAC_A: 'FNAC Adhérent',
        PLEIN: 'Plein tarif',
      }).map(([code, name]) => ({
        season,
        audience: 'OccCont',
        audience_kind: 'occasional_contact' as const,
        code,
        name,
      })),
      {
        season,
        audience: 'Amis',
        audience_kind: 'member_contact' as const,
        code: 'AMI',
        name: 'Ami du MoSA',
      },
    ]),
  };
}

/** Normal, reduced and member's price of each place; the venue sells at the normal one. */
const PRICES: readonly (readonly [string, string, string | null, readonly string[]])[] = [
  [S2, 'CHALK', 'GARD100/UNIQUE', ['12.00', '9.00', '10.00']],
  [S2, 'ECHECS', 'GARD100/UNIQUE', ['15.00', '11.00', '13.00']],
  [S2, 'EXTSALES', 'SCENE/CAT1', ['35.00', '28.00', '31.50']],
  [S2, 'EXTSALES', 'SCENE/CAT2', ['25.00', '20.00', '22.50']],
  [S1, 'MSTIC', null, ['11.00', '8.00', '9.00']],
  [S2, 'MSLIB', null, ['14.00', '10.00', '12.00']],
];

function prices(): Partial<HouseFile> {
  const tariffs = ['OccCont/FNAC_P', 'OccCont/FNAC_R', 'OccCont/FNAC_A'];
  return {
    prices: PRICES.flatMap(([season, product, place, amounts]) => {
      const [configuration, category] = place?.split('/') ?? [];
      const where = { season, product, ...(configuration ? { configuration, category } : {}) };
      return [
        ...tariffs.map((tariff, index) => ({ ...where, tariff, amount: amounts[index] ?? '0' })),
        { ...where, tariff: 'OccCont/PLEIN', amount: amounts[0] ?? '0' },
        { ...where, tariff: 'Amis/AMI', amount: amounts[1] ?? '0' },
      ];
    }),
    vat: [
      ...['CHALK', 'EXTSALES', 'ECHECS', 'MSLIB'].map((product) => {
        return { season: S2, product, rate: '5.5' };
      }),
      { season: S1, product: 'MSTIC', rate: '5.5' },
    ],
  };
}

function selling(today: Temporal.PlainDate): Partial<HouseFile> {
  const opens = `${day(today, -90)}T10:00`;
  const events = ['CHALK', 'EXTSALES', 'ECHECS'].map((product) => ({ season: S2, product }));
  const passes = [
    { season: S1, product: 'MSTIC' },
    { season: S2, product: 'MSLIB' },
  ];
  // Ticketnet takes events only; the others take passes too.
  const sold = { FNAC: [...events, ...passes], DIGITICK: [...events, ...passes] };
  const more = {
    TICKETNET: events,
    SECUTIX: [...events, ...passes],
    GUICHET: [...events, ...passes],
  };
  return {
    sales_channels: [
      { code: 'FNAC', name: 'MoSA FNAC', kind: 'external', accepts_third_party: true },
      { code: 'TICKETNET', name: 'MoSA Ticketnet', kind: 'external', accepts_third_party: true },
      { code: 'SECUTIX', name: 'MoSA SecuTix File', kind: 'external', accepts_third_party: true },
      { code: 'DIGITICK', name: 'MoSA Digitick', kind: 'internal', accepts_third_party: true },
      { code: 'GUICHET', name: 'Guichet', kind: 'internal', accepts_third_party: false },
    ],
    windows: [
      ...Object.entries({ ...sold, ...more }).flatMap(([sales_channel, products]) =>
        products.map((product) => ({ sales_channel, ...product, opens })),
      ),
      { sales_channel: 'GUICHET', season: S2, product: 'MSABO', opens },
    ],
    points_of_sale: [
      { sales_channel: 'FNAC', code: 'FNAC', name: 'FNAC', accepts_pending_account: true },
      {
        sales_channel: 'GUICHET',
        code: 'GUICHET',
        name: 'Guichet',
        accepts_pending_account: false,
      },
    ],
    contacts: [{ code: 'FNAC', name: 'FNAC', pending_account_authorised: true }],
    pending_accounts: [{ contact: 'FNAC', code: 'FNAC', currency: 'EUR', ceiling: '100000.00' }],
    contingents: [
      contingent('DIGITICK', 'Digitick', 'internal', '#0072b2'),
      contingent('FNAC', 'FNAC', 'external', '#e69f00'),
      contingent('SECUTIX', 'SecuTix File', 'external', '#009e73'),
      contingent('TICKETNET', 'Ticketnet', 'external', '#cc79a7'),
    ],
  };
}

/** Each contingent serves the channel of its own code. */
function contingent(code: string, name: string, kind: 'internal' | 'external', colour: string) {
  return { code, name, kind, colour, sales_channels: [code] };
}

/**
 * Who has what: of External Sales the 208, 224, 211 and 246 seats of the slide, the rest in no
 * contingent; of the festival, the tournament and the passes a share each.
 */
function stock(today: Temporal.PlainDate): Partial<HouseFile> {
  const ext = { season: S2, product: 'EXTSALES', performances: '*' };
  const zone = (product: string, contingent: string, quota: number) => {
    return { season: S2, product, performances: '*', area: 'AUDI', contingent, quota };
  };
  const days = { day: day(today, 0), last_day: day(today, PASS_DAYS - 1) };
  const pass = { season: S1, product: 'MSTIC', ...days };
  return {
    contingent_seats: [
      { ...ext, contingent: 'FNAC', area: '1F', block: 'A' },
      { ...ext, contingent: 'SECUTIX', area: '1F', block: 'B', rows: 'A-M' },
      { ...ext, contingent: 'SECUTIX', area: '1F', block: 'B', rows: 'N', seats: '17-19' },
      { ...ext, contingent: 'DIGITICK', area: '1F', block: 'C', rows: 'A-M' },
      { ...ext, contingent: 'TICKETNET', area: '2F', block: 'A' },
      { ...ext, contingent: 'TICKETNET', area: '2F', block: 'B', rows: 'A', seats: '21-26' },
    ],
    counters: [
      { ...pass, capacity: 500 },
      { season: S2, product: 'MSLIB', capacity: 2000 },
    ],
    contingent_quotas: [
      ...['CHALK', 'ECHECS'].flatMap((product) => [
        zone(product, 'FNAC', 200),
        zone(product, 'DIGITICK', 40),
        zone(product, 'TICKETNET', 40),
      ]),
      { ...pass, contingent: 'FNAC', quota: 100 },
      { season: S2, product: 'MSLIB', contingent: 'FNAC', quota: 500 },
    ],
  };
}
