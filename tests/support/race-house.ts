/** A house of last places: few of each kind, three resellers, and a performance for each round. */
import type { HouseFile } from '../../src/domain/house/file.ts';
import type { InterfaceSettings } from './reseller-trio.ts';

export const RACERS = ['R1', 'R2', 'R3'] as const;
const FIRST_START = '2027-02-01T20:00';

/** The reseller's words, the same at all three. */
export const RACE_WORDS = {
  show: 'SHOW',
  hall: 'H',
  seats: '10',
  zone: '30',
  full: '0',
  block: 'FA',
  pit: 'PIT',
} as const;

/** Local start of the nth performance, from 0. */
export function raceStart(index: number): string {
  const start = new Date(Date.parse(`${FIRST_START}:00Z`) + index * 86_400_000);
  return start.toISOString().slice(0, 16);
}

/**
 * Row A has seats 1 to 6: one in the contingent of each reseller, the fourth in one that serves
 * all three, two in none. The pit has six places: one for each contingent and two in none. The
 * gauge has room for what the contingents have, the venue's two seats and its two places.
 */
export function raceHouse(
  performances: number,
  interfaces: ReadonlyMap<string, InterfaceSettings>,
): HouseFile {
  const season = 'S1';
  const product = { season, product: 'SHOW' };
  const all = [...RACERS, 'SHARED'];
  return {
    format: 'parterre-house/1',
    organisation: { code: 'RACE', name: 'Race', currency: 'EUR', time_zone: 'Europe/Paris' },
    seasons: [{ code: season, name: 'S1', starts_on: '2026-09-01', ends_on: '2027-08-31' }],
    layouts: [{ code: 'HALL', name: 'Hall' }],
    areas: [
      { layout: 'HALL', code: 'FLOOR', name: 'Floor', numbered: true },
      { layout: 'HALL', code: 'PIT', name: 'Pit', numbered: false },
    ],
    blocks: [{ layout: 'HALL', area: 'FLOOR', code: 'A', name: 'A' }],
    seats: [{ layout: 'HALL', area: 'FLOOR', block: 'A', rows: 'A', seats: '1-6' }],
    configurations: [{ layout: 'HALL', code: 'FULL', name: 'Full' }],
    categories: [
      { configuration: 'FULL', code: 'CAT1', name: 'Seats', kind: 'seats' },
      { configuration: 'FULL', code: 'PIT', name: 'Standing', kind: 'zone' },
    ],
    category_seats: [{ configuration: 'FULL', category: 'CAT1', area: 'FLOOR' }],
    zones: [{ configuration: 'FULL', area: 'PIT', category: 'PIT', capacity: 6 }],
    products: [{ season, code: 'SHOW', name: 'Show', kind: 'event' }],
    performances: Array.from({ length: performances }, (_, index) => ({
      ...product,
      code: `P${index}`,
      start: raceStart(index),
      configuration: 'FULL',
      state: 'running' as const,
      gauge: 12,
    })),
    tariffs: [
      {
        season,
        audience: 'OccCont',
        audience_kind: 'occasional_contact',
        code: 'FULL',
        name: 'Full',
      },
    ],
    prices: ['CAT1', 'PIT'].map((category) => {
      const tariff = 'OccCont/FULL';
      return { ...product, configuration: 'FULL', category, tariff, amount: '20.00' };
    }),
    ...sellingOf(interfaces),
    contingents: [
      ...RACERS.map((code) => {
        return { code, name: code, kind: 'external' as const, sales_channels: [code] };
      }),
      { code: 'SHARED', name: 'Shared', kind: 'internal', sales_channels: [...RACERS] },
    ],
    contingent_seats: all.map((contingent, index) => {
      const place = { area: 'FLOOR', block: 'A', rows: 'A', seats: `${index + 1}` };
      return { ...product, performances: '*', contingent, ...place };
    }),
    contingent_quotas: all.map((contingent) => {
      return { ...product, performances: '*', area: 'PIT', contingent, quota: 1 };
    }),
  };
}

function sellingOf(interfaces: ReadonlyMap<string, InterfaceSettings>): Partial<HouseFile> {
  const lines = (code: string) =>
    (
      [
        ['product', 'SHOW', RACE_WORDS.show, 'S1'],
        ['tariff', 'OccCont/FULL', RACE_WORDS.full, 'S1'],
        ['logical_configuration', 'FULL', RACE_WORDS.hall],
        ['seat_category', 'FULL/CAT1', RACE_WORDS.seats],
        ['seat_category', 'FULL/PIT', RACE_WORDS.zone],
        ['block', 'HALL/FLOOR/A', RACE_WORDS.block],
        ['block', 'HALL/PIT', RACE_WORDS.pit],
        ['contingent', code, code],
        ['contingent', 'SHARED', 'SHARED'],
      ] as const
    ).map(([word, ours, external, season]) => {
      return { interface: code, word, ours, external, ...(season ? { season } : {}) };
    });
  return {
    sales_channels: RACERS.map((code) => {
      return { code, name: code, kind: 'external' as const, accepts_third_party: true };
    }),
    windows: RACERS.map((code) => {
      return { sales_channel: code, season: 'S1', product: 'SHOW', opens: '2026-01-01T10:00' };
    }),
    points_of_sale: RACERS.map((code) => {
      return { sales_channel: code, code, name: code, accepts_pending_account: true };
    }),
    contacts: RACERS.map((code) => ({ code, name: code, pending_account_authorised: true })),
    pending_accounts: RACERS.map((code) => ({ contact: code, code })),
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
      status: 'visible' as const,
      config,
      secrets,
    })),
    mappings: RACERS.flatMap(lines),
  };
}
