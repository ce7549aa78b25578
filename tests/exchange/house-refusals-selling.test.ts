/** Refusals about prices, channels, interfaces, mappings and schedules. */
import { expect, it } from 'vitest';
import type { RefusalCase } from '../support/house-faults.ts';
import { at, faults, indexOf } from '../support/house-faults.ts';
import { smallHouse } from '../support/houses.ts';

const CASES: RefusalCase[] = [
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
    'two interfaces of one account that take the same products',
    (house) => {
      at(house, 'interfaces', 0).products = ['S1/SHOW', 'S1/OPEN'];
      house.interfaces?.push({
        ...at(house, 'interfaces', 0),
        code: 'SECOND',
        products: ['S1/OPEN', 'S1/DAY'],
      });
    },
    [['/interfaces/1/products', 'house.account_shared']],
  ],
  [
    'an interface that takes all beside another of its account',
    (house) =>
      house.interfaces?.push({
        ...at(house, 'interfaces', 0),
        code: 'SECOND',
        products: ['S1/DAY'],
      }),
    [['/interfaces/1/products', 'house.account_shared']],
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

it('accepts interfaces of one account that share nothing, or of which one is hidden', () => {
  const second = (more: object, own: string[]) =>
    faults((house) => {
      at(house, 'interfaces', 0).products = own;
      house.interfaces?.push({ ...at(house, 'interfaces', 0), code: 'SECOND', ...more });
    });
  expect(second({ products: ['S1/DAY'] }, ['S1/SHOW'])).toEqual([]);
  expect(second({ status: 'hidden' }, ['S1/SHOW'])).toEqual([]);
});
