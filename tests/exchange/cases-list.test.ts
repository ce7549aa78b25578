import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { handOverCase, noteCase, takeCase } from '../../src/exchange/cases/hold-case.ts';
import { listCases } from '../../src/exchange/cases/list-cases.ts';
import { showCase } from '../../src/exchange/cases/show-case.ts';
import type { Clock } from '../../src/exchange/context.ts';
import type { CaseFilter } from '../../src/store/case-list-store.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf, settle } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

describeEachDatabase('the list of cases', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const listed = async (filter: CaseFilter = {}, clock?: Clock): Promise<string[]> => {
    const services = { ...world.services, ...(clock && { clock }) };
    const { cases } = await listCases(services, {
      organisationId: world.organisationId,
      filter,
    });
    return cases.map(({ ticket }) => ticket);
  };

  it('roots first, tonight’s before the others; last what touches none or is over', async () => {
    await enter({ house: { performances: 3 } });
    const at = (start: string, seat: string) =>
      world.sellSeat('B', seat, { start, price: '41.00' });
    const second = at(WORDS.second, '1');
    const first = at(WORDS.first, '1');
    const nowhere = world.sell({ product: WORDS.undated, start: null, price: '99.00' })[0] ?? '';
    const third = at('2027-02-03T20:00', '1');
    // A follower: a resale behind a cancellation that waits.
    const sold = world.sellSeat('C', '1');
    await world.integrate();
    world.switchboard.cancel({ ticket: sold, givenBack: '99.00' });
    const resold = world.sellSeat('C', '1');
    await world.integrate();
    const cancellation = sold;
    expect(await listed()).toEqual([first, cancellation, second, third, nowhere, resold]);
    // An hour into the second evening: the first is over, the second is tonight's.
    const evening = () => new Date('2027-02-02T20:00:00Z');
    expect(await listed({}, evening)).toEqual([
      second,
      third,
      nowhere,
      first,
      cancellation,
      resold,
    ]);
    const { count } = await listCases(world.services, {
      organisationId: world.organisationId,
      filter: {},
    });
    expect(count).toEqual({ roots: 5, followers: 1 });
    expect(await listed({ rank: 'follower' })).toEqual([resold]);
    const root = (
      await listCases(world.services, {
        organisationId: world.organisationId,
        filter: { ticket: cancellation },
      })
    ).cases[0];
    expect(root).toMatchObject({ followers: 1, root: null, performance: 'P1' });
    // Settling the root frees its follower.
    await settle(world, { ids: [root?.id ?? 0] }, { way: 'accept' });
    expect(await listed()).toEqual([first, second, third, nowhere]);
  });

  it('filters and pages', async () => {
    await enter();
    const prices = ['1', '2', '3', '4', '5'].map((seat) =>
      world.sellSeat('B', seat, { price: '41.00' }),
    );
    const elsewhere = world.sellSeat('B', '1', { start: WORDS.second, price: '41.00' });
    const unknown = world.sellSeat('B', '6', { tariff: '6' });
    const sequence = world.switchboard.state().operations;
    world.switchboard.rewrite({ sequence, fields: { categorieClient: '99' } });
    await world.integrate();
    expect(await listed({ class: 'mapping' })).toEqual([unknown]);
    expect(await listed({ code: 'price.differs' })).toEqual([...prices, elsewhere]);
    const performanceId = await world.house.performanceId('SHOW', 'P2');
    expect(await listed({ performanceId })).toEqual([elsewhere]);
    expect(await listed({ productId: await world.house.idOf('product', 'MATCH') })).toEqual([]);
    expect(await listed({ interfaceId: world.interfaceId })).toHaveLength(7);
    expect(await listed({ ticket: unknown })).toEqual([unknown]);

    const ids = [await caseOf(world, prices[0] ?? '')];
    const author = 'anna';
    const { organisationId, services } = world;
    expect(await takeCase(services, { organisationId, ids, author })).toBe(1);
    expect(await takeCase(services, { organisationId, ids, author })).toBe(0);
    expect(await listed({ state: 'taken' })).toEqual([prices[0]]);
    await settle(world, { ids: [await caseOf(world, prices[1] ?? '')] }, { way: 'report' });
    expect(await listed({ state: 'reported' })).toEqual([prices[1]]);
    await settle(world, { ids: [await caseOf(world, prices[2] ?? '')] }, { way: 'accept' });
    expect(await listed({ state: 'settled' })).toEqual([prices[2]]);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const request = { organisationId, filter: {}, after, limit: 2 };
      const page: Awaited<ReturnType<typeof listCases>> = await listCases(services, request);
      seen.push(...page.cases.map(({ ticket }) => ticket));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(await listed());
    expect(seen).toHaveLength(6);
  });

  it('a case in full: in both words, its ways with their effect, and what was done', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    world.sellSeat('B', '2');
    const other = world.sellSeat('B', '2', { force: true, price: '39.00' });
    await world.integrate();
    const { organisationId, services } = world;
    const author = 'anna';
    const id = await caseOf(world, ticket);
    const ids = [id];
    await noteCase(services, { organisationId, ids, author, note: 'Camille calls back' });
    await handOverCase(services, { organisationId, ids, author, to: 'bruno' });
    const shown = await showCase(services, { organisationId, id, author });
    expect(shown?.case).toMatchObject({
      ticket,
      seat: 'HALL/ORCH/A/B/1',
      takenBy: 'bruno',
      note: 'Camille calls back',
      message: { block: 'ORCA', row: 'B', seat: '1', tariff: '44', priceMinor: 4100 },
    });
    expect(shown?.ours).toMatchObject({
      product: 'SHOW',
      performance: 'P1',
      tariff: 'OccCont/FULL',
      category: 'CAT1',
    });
    expect(shown?.trace.map(({ action }) => action)).toEqual(['case.noted', 'case.handed_over']);
    const ways = Object.fromEntries((shown?.ways ?? []).map((one) => [one.way, one]));
    expect(Object.keys(ways).sort()).toEqual(['accept', 'book_ours', 'correct_price', 'report']);
    expect(ways.accept).toMatchObject({
      settlesAll: true,
      effect: { money: [{ kind: 'sale', amountMinor: 4100 }, { kind: 'commission' }] },
    });
    expect(ways.book_ours?.effect?.money[0]).toMatchObject({ amountMinor: 4000 });
    expect(ways.correct_price).toMatchObject({ effect: null, needs: ['price'] });
    expect(ways.report).toMatchObject({ settlesAll: false });

    // Two problems at once: what a way leaves is told, and it stays.
    const both = await showCase(services, {
      organisationId,
      id: await caseOf(world, other),
      author,
    });
    const accept = both?.ways.find(({ way }) => way === 'accept');
    expect(accept).toMatchObject({ settlesAll: false, leaves: ['seat.sold'] });
    await settle(world, { ids: [both?.case.id ?? 0] }, { way: 'accept' });
    await settle(world, { ids: [both?.case.id ?? 0] }, { way: 'overbook' });
    expect(await listed()).toEqual([ticket]);
    expect(await showCase(services, { organisationId, id: 1, author })).toBeNull();
  });
});
