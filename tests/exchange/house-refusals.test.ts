/** Every refusal that needs no stored house: where it is told, and under which code. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { planHouse } from '../../src/domain/house/plan-house.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import { parseHouse } from '../../src/exchange/house-file/parse-house.ts';
import { smallHouse } from '../support/houses.ts';

type Loose = Record<string, Record<string, unknown>[]> & { organisation: Record<string, unknown> };

const ORGANISATION = {
  id: 1,
  code: 'TEST',
  name: 'Test house',
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  business_day_ends_at: '06:00:00',
  language: 'fr',
};

/** Plans the small house into nothing, changed by `change`, and tells its faults. */
function faults(change: (house: Loose) => void): [string, string][] {
  const house = structuredClone(smallHouse()) as unknown as Loose;
  change(house);
  const plan = planHouse(
    parseHouse(house),
    {
      organisation: ORGANISATION,
      rows: {},
      stock: { seatGroups: [], configurationSeats: [], totals: [] },
      secrets: new Map(),
    },
    {
      now: '2027-01-10T09:00:00.000Z',
      author: 'test',
      applyMoves: false,
      channelSettings: (id) => (id === 'strict' ? STRICT : null),
    },
  );
  return plan.problems.map((one) => [pointerOf(one), one.code]);
}

/** A channel that wants an address, and keeps a password. */
const STRICT = {
  secretFields: new Set(['password']),
  check: (config: Record<string, unknown>) => {
    const found = z.object({ url: z.url(), password: z.string() }).safeParse(config);
    if (found.success) return { account: 'A' };
    const issues = found.error.issues;
    return { faults: issues.map((one) => ({ field: String(one.path[0]), message: one.message })) };
  },
};

const at = (house: Loose, list: string, index: number): Record<string, unknown> => {
  const line = house[list]?.[index];
  if (line === undefined) throw new Error(`There is no ${list} ${index}.`);
  return line;
};

const indexOf = <S extends 'products' | 'mappings' | 'tariffs'>(
  list: S,
  key: string,
  value: string,
): number => {
  const lines = smallHouse()[list] as unknown as Record<string, unknown>[];
  return lines.findIndex((line) => line[key] === value);
};

const CASES: [string, (house: Loose) => void, [string, string][]][] = [
  ['the small house itself', () => undefined, []],
  [
    'a line that lacks something',
    (house) => delete at(house, 'seasons', 1).name,
    [['/seasons/1/name', 'house.structure']],
  ],
  [
    'a key that nobody knows',
    (house) => {
      at(house, 'areas', 0).colour = 'red';
    },
    [['/areas/0/colour', 'house.structure']],
  ],
  [
    'a list that nobody knows',
    (house) => {
      house.places = [];
    },
    [['/places', 'house.structure']],
  ],
  [
    'another format',
    (house) => Object.assign(house, { format: 'other/1' }),
    [['/format', 'house.structure']],
  ],
  [
    'a code with a slash',
    (house) => {
      at(house, 'seasons', 1).code = 'S/2';
    },
    [['/seasons/1/code', 'house.structure']],
  ],
  [
    'the house of another',
    (house) => {
      house.organisation.code = 'ELSE';
    },
    [['/organisation/code', 'house.other_organisation']],
  ],
  [
    'books in another currency',
    (house) => {
      house.organisation.currency = 'CHF';
    },
    [['/organisation/currency', 'house.fixed']],
  ],
  [
    'a zone that is none',
    (house) => {
      house.organisation.time_zone = 'Europe/Paname';
    },
    [['/organisation/time_zone', 'house.time_zone']],
  ],
  [
    'the same line twice',
    (house) => house.seasons?.push({ code: 'S1', name: 'Again' }),
    [['/seasons/2/code', 'house.duplicate']],
  ],
  [
    'a reference to nothing',
    (house) => {
      at(house, 'configurations', 0).layout = 'HAL';
    },
    [['/configurations/0/layout', 'house.reference']],
  ],
  [
    'a day that does not exist',
    (house) => {
      at(house, 'seasons', 0).ends_on = '2027-02-30';
    },
    [['/seasons/0/ends_on', 'house.calendar']],
  ],
  [
    'a start that does not exist',
    (house) => {
      at(house, 'performances', 0).start = '2027-02-30T20:00';
    },
    [['/performances/0/start', 'house.calendar']],
  ],
  [
    'seats in free seating',
    (house) => {
      at(house, 'seats', 2).area = 'PIT';
    },
    [['/seats/2/area', 'house.area_kind']],
  ],
  [
    'a run that is none',
    (house) => {
      at(house, 'seats', 0).seats = '1-40/0';
    },
    [['/seats/0/seats', 'house.run']],
  ],
  [
    'a companion of a place that is not for wheelchairs',
    (house) => {
      at(house, 'seats', 4).companion_of = 'A/9';
    },
    [['/seats/4/companion_of', 'house.companion']],
  ],
  [
    'a companion without its place in a contingent',
    (house) => {
      at(house, 'contingent_seats', 0).seats = '2-10';
    },
    [['/contingent_seats/0/seats', 'house.companion']],
  ],
  [
    'a seat in two categories',
    (house) =>
      house.category_seats?.push({
        configuration: 'FULL',
        category: 'CAT2',
        area: 'ORCH',
        block: 'A',
      }),
    [['/category_seats/2/seats', 'house.seat_twice']],
  ],
  [
    'a zone of numbered seats',
    (house) => {
      at(house, 'zones', 0).area = 'BALC';
    },
    [
      ['/zones/0/area', 'house.area_kind'],
      // The quotas of PIT have lost their zone: another fault, with another cure.
      ...[0, 1, 2, 3].map((index): [string, string] => {
        return [`/contingent_quotas/${index}/area`, 'house.reference'];
      }),
    ],
  ],
  [
    'a category that prices seats and a zone',
    (house) => {
      at(house, 'zones', 0).category = 'CAT1';
    },
    [['/zones/0/category', 'house.category_kind']],
  ],
  [
    'a category of a zone on seats',
    (house) => {
      at(house, 'category_seats', 1).category = 'PIT';
    },
    [['/category_seats/1/category', 'house.category_kind']],
  ],
  [
    'a category of two zones',
    (house) => {
      house.areas?.push({ layout: 'HALL', code: 'PIT2', name: 'Fosse 2', numbered: false });
      house.zones?.push({ configuration: 'FULL', area: 'PIT2', category: 'PIT', capacity: 5 });
    },
    [['/zones/1/category', 'house.category_kind']],
  ],
  [
    'a selector that selects nothing',
    (house) => {
      at(house, 'contingent_seats', 1).rows = 'Z';
    },
    [['/contingent_seats/1/rows', 'house.no_seat']],
  ],
  [
    'a seat in two contingents',
    (house) => {
      at(house, 'contingent_seats', 1).block = 'A';
    },
    [['/contingent_seats/1/seats', 'house.seat_twice']],
  ],
  [
    'contingents beyond the zone',
    (house) => {
      at(house, 'contingent_quotas', 1).quota = 31;
    },
    [['/contingent_quotas/0/quota', 'house.over_capacity']],
  ],
  [
    'contingents beyond the gauge',
    (house) => {
      // 30 + 10 + 10 seats and 20 + 10 places.
      at(house, 'performances', 0).gauge = 79;
    },
    [['/performances/0/gauge', 'house.over_gauge']],
  ],
  [
    'contingents of a pass beyond its day',
    (house) => {
      at(house, 'counters', 0).capacity = 14;
    },
    [['/counters/0/capacity', 'house.over_capacity']],
  ],
  [
    'performances of a pass',
    (house) => {
      at(house, 'performances', 0).product = 'DAY';
    },
    [['/performances/0/product', 'house.no_performances']],
  ],
  [
    'counters of an event',
    (house) => {
      at(house, 'counters', 1).product = 'MATCH';
    },
    [
      ['/counters/1/product', 'house.counter_kind'],
      ['/contingent_quotas/5/day', 'house.reference'],
    ],
  ],
  [
    'more digits than the currency has',
    (house) => {
      at(house, 'prices', 0).amount = '12.505';
    },
    [['/prices/0/amount', 'house.amount']],
  ],
  [
    'a price of a tariff of another season',
    (house) => {
      at(house, 'tariffs', indexOf('tariffs', 'code', 'CARD')).season = 'S2';
    },
    smallHouse().prices?.flatMap((line, index) =>
      line.tariff === 'Member/CARD' ? [[`/prices/${index}/tariff`, 'house.reference']] : [],
    ) as [string, string][],
  ],
  [
    'a season ticket on a reseller’s channel',
    (house) => {
      at(house, 'windows', 1).product = 'SUBSCR';
    },
    [['/windows/1/product', 'product.not_sellable']],
  ],
  [
    'a season ticket in an interface',
    (house) => {
      at(house, 'interfaces', 0).products = ['S1/SHOW', 'S1/SUBSCR'];
    },
    [['/interfaces/0/products', 'product.not_sellable']],
  ],
  [
    'a season ticket in the mappings',
    (house) => {
      at(house, 'mappings', 1).ours = 'SUBSCR';
    },
    [['/mappings/1/ours', 'product.not_sellable']],
  ],
  [
    'a member’s tariff in the mappings',
    (house) => {
      at(house, 'mappings', indexOf('mappings', 'ours', 'OccCont/REDUCED')).ours = 'Member/CARD';
    },
    [[`/mappings/${indexOf('mappings', 'ours', 'OccCont/REDUCED')}/ours`, 'mapping.tariff_kind']],
  ],
  [
    'a mapping of what is not there',
    (house) => {
      at(house, 'mappings', 0).ours = 'SHOWS';
    },
    [['/mappings/0/ours', 'mapping.ours_unknown']],
  ],
  [
    'a value that two of ours claim',
    (house) => {
      at(house, 'mappings', 1).external = 'MSHOW';
    },
    [['/mappings/1/external', 'mapping.value_claimed']],
  ],
  [
    'a value that is ours and not ours',
    (house) =>
      house.mappings?.push({
        interface: 'FNAC',
        word: 'product',
        season: 'S1',
        external: 'MSHOW',
        not_ours: true,
      }),
    [['/mappings/15/external', 'mapping.value_also_not_ours']],
  ],
  [
    'a window that closes before it opens',
    (house) => {
      at(house, 'windows', 0).closes = '2025-12-31';
    },
    [['/windows/0/closes', 'house.window']],
  ],
  [
    'an external contingent of two channels',
    (house) => {
      at(house, 'contingents', 0).sales_channels = ['FNAC', 'OTHER'];
    },
    [['/contingents/0/sales_channels', 'house.contingent_channels']],
  ],
  [
    'a visible interface without its account',
    (house) => delete at(house, 'interfaces', 0).pending_account,
    [['/interfaces/0/pending_account', 'house.interface']],
  ],
  [
    'a point of sale that takes no pending account',
    (house) => {
      at(house, 'points_of_sale', 0).accepts_pending_account = false;
    },
    [['/interfaces/0/point_of_sale', 'house.interface']],
  ],
  [
    'a contact that may not pay by pending account',
    (house) => {
      at(house, 'contacts', 0).pending_account_authorised = false;
    },
    [['/interfaces/0/contact', 'house.interface']],
  ],
  [
    'a point of sale of another channel',
    (house) => {
      at(house, 'interfaces', 0).point_of_sale = 'OTHER';
    },
    [['/interfaces/0/point_of_sale', 'house.interface']],
  ],
  [
    'an account of another contact',
    (house) => {
      at(house, 'interfaces', 0).pending_account = 'OTHER';
    },
    [['/interfaces/0/pending_account', 'house.interface']],
  ],
  [
    'an account in another currency',
    (house) => {
      at(house, 'pending_accounts', 0).currency = 'CHF';
    },
    [['/interfaces/0/currency', 'house.interface']],
  ],
  [
    'nothing that names the account',
    (house) => delete at(house, 'interfaces', 0).account,
    [['/interfaces/0/account', 'house.account']],
  ],
  [
    'settings that the channel refuses',
    (house) =>
      Object.assign(at(house, 'interfaces', 0), { channel: 'strict', config: { url: 'x' } }),
    [
      ['/interfaces/0/config/url', 'house.settings'],
      ['/interfaces/0/secrets/password', 'house.settings'],
    ],
  ],
  [
    'a schedule without its rhythm',
    (house) => {
      at(house, 'schedules', 0).timing = { kind: 'hours' };
    },
    [['/schedules/0/timing/every', 'house.structure']],
  ],
  [
    'two prices without a date',
    (house) => house.prices?.push({ ...at(house, 'prices', 0), amount: '1.00' }),
    [[`/prices/${smallHouse().prices?.length}/valid_from`, 'house.duplicate']],
  ],
];

for (const [name, change, expected] of CASES) {
  it(`${expected.length === 0 ? 'accepts' : 'refuses'} ${name}`, () => {
    // A fault is told at its root only: what hangs on it is not reported as well.
    expect(faults(change)).toEqual(expected);
  });
}

it('tells everything at once', () => {
  const told = faults((house) => {
    delete at(house, 'seasons', 1).name;
    at(house, 'zones', 0).category = 'CAT1';
    at(house, 'prices', 0).amount = 'much';
    at(house, 'mappings', 1).external = 'MSHOW';
  });
  expect(told.map(([where]) => where)).toEqual([
    '/seasons/1/name',
    '/prices/0/amount',
    '/zones/0/category',
    '/mappings/1/external',
  ]);
});

it('is a house file of its own type', () => {
  const house: HouseFile = smallHouse();
  expect(parseHouse(house).problems).toEqual([]);
});
