/** Refusals about places, products and stock: where each is told, and under which code. */
import { expect, it } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { parseHouse } from '../../src/exchange/house-file/parse-house.ts';
import type { RefusalCase } from '../support/house-faults.ts';
import { at, faults } from '../support/house-faults.ts';
import { smallHouse } from '../support/houses.ts';

const CASES: RefusalCase[] = [
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
