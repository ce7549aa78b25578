import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import {
  codeOf,
  expectSameBooks,
  ledgerOf,
  movementsOf,
  operationsOf,
  readCases,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld } from '../support/books-world.ts';
import {
  caseOf,
  foresee,
  outcomes,
  refusals,
  settle,
  walk,
  walkOut,
} from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** DOMAIN "Cases": price: accept (one, or all alike), correct our price, book ours. */
describeEachDatabase('ways out of a price', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const sellAt = (price: string, ...seats: string[]): string[] =>
    seats.map((seat) => world.sellSeat('B', seat, { price }));

  it('accept: theirs is booked, and the door knows the ticket', async () => {
    await enter();
    const [ticket = ''] = sellAt('41.00', '1');
    await world.integrate();
    const id = await caseOf(world, ticket);
    const { effect } = await walkOut(world, id, { way: 'accept' });
    expect(effect).toMatchObject({
      settled: [id],
      freed: 0,
      operations: { sale: 1 },
      tickets: { made: 1, overbooked: 0 },
      money: [
        { kind: 'sale', currency: 'EUR', amountMinor: 4100 },
        { kind: 'commission', currency: 'EUR', amountMinor: -180 },
      ],
      places: [{ kind: 'sold', seat: 'HALL/ORCH/A/B/1', quantity: -1 }],
      codes: { valid: 1 },
    });
    expect(await ticketOf(world, ticket)).toMatchObject({ bookedMinor: 4100, state: 'valid' });
    expect(await ledgerOf(world, ticket)).toEqual(['sale 4100', 'commission -180']);
    expect(await movementsOf(world, ticket)).toEqual(['sold -1']);
    expect(await operationsOf(world, ticket)).toEqual(['sale 4100 180']);
    await expectSameBooks(world);
  });

  it('accept all with the same difference: the others wait on', async () => {
    await enter();
    const dear = sellAt('41.00', '1', '2', '3');
    const [cheap = ''] = sellAt('39.00', '4');
    // One euro more as well, of another price.
    const reduced = world.sellSeat('B', '5', { tariff: '6', price: '31.00' });
    await world.integrate();
    const like = await caseOf(world, dear[1] ?? '');
    const told = await foresee(world, { like }, { way: 'accept' });
    expect(told).toMatchObject({ outcome: 'foretold', effect: { tickets: { made: 4 } } });
    const result = await settle(world, { like }, { way: 'accept' });
    expect(result).toMatchObject({ outcome: 'done', effect: { tickets: { made: 4 } } });
    for (const one of [...dear, reduced]) {
      expect(await ticketOf(world, one)).toMatchObject({ state: 'valid' });
    }
    expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([cheap]);
  });

  it('book ours: our price is booked, theirs stays on the ticket', async () => {
    await enter();
    const [ticket = ''] = sellAt('41.00', '1');
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'book_ours' });
    expect(await ticketOf(world, ticket)).toMatchObject({ bookedMinor: 4000, priceMinor: 4100 });
    expect(await ledgerOf(world, ticket)).toEqual(['sale 4000', 'commission -180']);
    await expectSameBooks(world);
  });

  it('correct our price: from the first such sale on; all it covers is read', async () => {
    await enter();
    const [first = '', second = '', third = ''] = sellAt('41.00', '1', '2', '3');
    const [other = ''] = sellAt('45.00', '4');
    await world.integrate();
    const ids = [await caseOf(world, second), await caseOf(world, first)];
    const result = await walk(world, ids, { way: 'correct_price', said: { priceMinor: 4100 } });
    expect(outcomes(result)).toEqual(['settled', 'settled']);
    const at = (await ticketOf(world, first)).soldAt;
    expect(result.effect).toMatchObject({
      tickets: { made: 3 },
      freed: 1,
      house: [{ kind: 'price', product: 'SHOW', amountMinor: 4100, validFrom: at }],
    });
    expect(await ticketOf(world, third)).toMatchObject({ bookedMinor: 4100 });
    expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([other]);
    expect(
      await world.query(
        `select amount_minor as amount, valid_from as "from", announced_at as announced
         from price where amount_minor in (4000, 4100) order by valid_from desc limit 1`,
      ),
    ).toEqual([{ amount: 4100, from: at, announced: null }]);
    expect(
      await world.query(`select author, reason from journal where action = 'price.corrected'`),
    ).toHaveLength(1);
    // The next sale at the right price needs nobody.
    sellAt('41.00', '6');
    expect(await world.integrate()).toMatchObject({ counts: { integrated: 1 } });
  });

  it('refused: a price of several lines, a missing price, a missing reason', async () => {
    await enter();
    const [one = ''] = sellAt('41.00', '1');
    const reduced = world.sellSeat('B', '5', { tariff: '6', price: '31.00' });
    await world.integrate();
    const ids = [await caseOf(world, one), await caseOf(world, reduced)];
    const said = { priceMinor: 4100 };
    const both = await settle(world, { ids }, { way: 'correct_price', said });
    expect(refusals(both)).toEqual(Array(2).fill('cases.refused.price_unclear'));
    expect(refusals(await settle(world, { ids }, { way: 'correct_price' }))).toEqual([
      'cases.refused.parameter_missing',
    ]);
    expect(refusals(await settle(world, { ids }, { way: 'accept', reason: ' ' }))).toEqual([
      'cases.refused.reason_missing',
    ]);
    const clerk = await settle(world, { ids }, { way: 'accept', manager: false });
    expect(refusals(clerk)).toEqual(Array(2).fill('cases.refused.manager'));
    expect(await readCases(world)).toHaveLength(2);
  });

  it('no price of ours: accept theirs, or give ours', async () => {
    await enter({
      change(house) {
        house.prices = (house.prices ?? []).filter((one) => one.tariff !== 'OccCont/REDUCED');
      },
    });
    const [one = '', two = ''] = ['1', '2'].map((seat) =>
      world.sellSeat('B', seat, { tariff: '6', price: '30.00' }),
    );
    await world.integrate();
    await walkOut(world, await caseOf(world, one), { way: 'accept' });
    const given = { way: 'correct_price', said: { priceMinor: 3000 } } as const;
    await walkOut(world, await caseOf(world, two), given);
    expect(await ticketOf(world, one)).toMatchObject({ bookedMinor: 3000 });
    expect(await ticketOf(world, two)).toMatchObject({ bookedMinor: 3000 });
    await expectSameBooks(world);
  });

  it('a refund beyond the price: accepted, or our books stay', async () => {
    await enter();
    const [one = '', two = ''] = ['1', '2'].map((seat) => world.sellSeat('B', seat));
    await world.integrate();
    for (const ticket of [one, two]) world.switchboard.cancel({ ticket, givenBack: '41.00' });
    await world.integrate();
    const barcode = (await ticketOf(world, two)).barcode ?? '';
    expect(await codeOf(world, barcode)).toMatchObject({ state: 'revoked' });
    await walkOut(world, await caseOf(world, one), { way: 'accept' });
    expect(await ticketOf(world, one)).toMatchObject({ state: 'cancelled', refundedMinor: 4100 });
    expect((await ledgerOf(world, one)).slice(2)).toEqual(['refund -4100', 'commission 180']);
    await walkOut(world, await caseOf(world, two), { way: 'keep_ours' });
    // The ticket lives on in our books, and opens again.
    expect(await ticketOf(world, two)).toMatchObject({ state: 'valid', refundedMinor: 0 });
    expect(await codeOf(world, barcode)).toMatchObject({ state: 'valid', ticket: two });
    expect(await readCases(world)).toEqual([]);
  });
});
