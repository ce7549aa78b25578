import { beforeAll, expect, it } from 'vitest';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { writePriceLetter } from '../../src/exchange/prices/price-letter.ts';
import {
  announcePrices,
  readPricesToAnnounce,
} from '../../src/exchange/prices/prices-to-announce.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

let houses = 0;

describeEachDatabase('prices to be announced', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  /** A house with its prices, which change afterwards as the file says. */
  async function enter() {
    const { database } = test;
    const ids = createIdSource(database);
    let now = '2027-01-10T09:00:00.000Z';
    const clock = () => new Date(now);
    houses += 1;
    const house = smallHouse({ code: `PR${houses}` });
    const { organisationId, idOf } = await seedHouse(database, house, { ids, now: clock() });
    const services = { database, ids, clock };
    const request = { organisationId, interfaceId: await idOf('interface', 'FNAC') };
    const list = async () =>
      (await readPricesToAnnounce(services, request)).map(
        ({ product, performance, category, tariff, beforeMinor, toldMinor, amountMinor }) =>
          [product, performance, category, tariff, toldMinor ?? beforeMinor, amountMinor].join(' '),
      );
    return {
      services,
      request,
      list,
      at: (iso: string) => {
        now = iso;
      },
      announce: (form = false) => announcePrices(services, { ...request, author: 'Anne', form }),
      reprice: async (amount: string, more: object = {}) => {
        const { organisation, format } = house;
        const line = { season: 'S1', product: 'SHOW', tariff: 'OccCont/FULL', amount };
        const category = { configuration: 'FULL', category: 'CAT1' };
        const prices = [{ ...line, ...category, ...more }];
        const file = { format, organisation, prices };
        const options = { clock, author: 'Anne' };
        const result = await loadHouse(database, ids, testSecretBox, file, options);
        expect(result.outcome).toBe('loaded');
      },
      execute: (sql: string) => database.transaction(organisationId, (tx) => tx.execute(sql)),
      query: <Row extends object>(sql: string) =>
        database.transaction(organisationId, (tx) => tx.query<Row>(sql)),
    };
  }

  it('what changed is listed until it is announced, and again when it changes', async () => {
    const house = await enter();
    expect(await house.list()).toEqual([]);
    await house.reprice('42.00');
    expect(await house.list()).toEqual(['SHOW  CAT1 FULL 4000 4200']);
    await house.reprice('45.00', { performance: 'P2' });
    // A first price of a performance may have stood from the beginning.
    expect(await house.list()).toEqual(['SHOW  CAT1 FULL 4000 4200']);
    expect(await house.announce()).toHaveLength(1);
    expect(await house.list()).toEqual([]);
    expect(await house.announce()).toEqual([]);
    await house.execute('update price set amount_minor = 4300 where amount_minor = 4200');
    expect(await house.list()).toEqual(['SHOW  CAT1 FULL 4200 4300']);
  });

  it('a form carries every price as it stands; what comes after it is news', async () => {
    const house = await enter();
    await house.reprice('42.00');
    // Everything that FNAC has words for: SHOW and MATCH in three categories, two passes, twice.
    const told = await house.announce(true);
    expect(told).toHaveLength((2 * 3 + 2) * 2);
    const steps = await house.query<{ n: number }>(
      `select count(*) as n from sale_step where step = 'form_sent'`,
    );
    expect(steps).toEqual([{ n: 4 }]);
    expect(await house.list()).toEqual([]);
    house.at('2027-01-11T09:00:00.000Z');
    await house.reprice('45.00', { performance: 'P2' });
    expect(await house.list()).toEqual(['SHOW P2 CAT1 FULL 4000 4500']);
    await house.announce();
    await house.reprice('44.00', { valid_from: '2027-03-01T00:00' });
    await house.reprice('46.00', { performance: 'P1', valid_from: '2027-02-01T00:00' });
    expect(await house.list()).toEqual([
      'SHOW  CAT1 FULL 4200 4400',
      'SHOW P1 CAT1 FULL 4200 4600',
    ]);
    // Once both are valid, what they replaced is over.
    house.at('2027-03-02T09:00:00.000Z');
    await house.reprice('47.00');
    expect(await house.list()).toEqual([
      'SHOW  CAT1 FULL 4400 4700',
      'SHOW P1 CAT1 FULL 4200 4600',
    ]);
  });

  it('is told in the words of the reseller', async () => {
    const house = await enter();
    await house.reprice('42.00');
    const prices = await readPricesToAnnounce(house.services, house.request);
    const record = {
      people: [{ name: 'Camille Martin', mail: 'camille@example.org' }, { name: 'Paul' }],
      priceGraceHours: 24,
    };
    const place = { language: 'en', timeZone: 'Europe/Paris' } as const;
    const letter = writePriceLetter(prices, record, place);
    expect(letter.to).toEqual(['camille@example.org']);
    expect(letter.subject).toBe('Change of prices: Spectacle');
    expect(letter.text.split('\n')).toEqual([
      'Good morning,',
      '',
      'The following prices change:',
      '',
      'Spectacle (MSHOW), every performance',
      '- Catégorie 1 (10), Plein (0): €40.00 → €42.00, from 10/01/2027, 10:00',
      '',
      'Around each change we accept the former price and the new one for 24 hours.',
      '',
      'Please update your system and confirm it to us.',
    ]);
  });
});
