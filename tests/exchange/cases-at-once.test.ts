import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { settleCases } from '../../src/exchange/cases/settle-cases.ts';
import {
  expectSameBooks,
  expectSoundBooks,
  ledgerOf,
  operationsOf,
  readCases,
  readTickets,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf, foresee, outcomes, settle, traceOf } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** Two people at one case, and people beside runs: one after the other, and none twice. */
describeEachDatabase('cases settled at once', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };

  it('two people, two ways: one wins, the other is told whose it is', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    await world.integrate();
    const choice = { ids: [await caseOf(world, ticket)] };
    const results = await Promise.all([
      settle(world, choice, { way: 'accept', author: 'anna' }),
      settle(world, choice, { way: 'book_ours', author: 'bruno' }),
    ]);
    const told = results.flatMap((one) => (one.outcome === 'refused' ? [] : one.answers));
    expect(told.map(({ outcome }) => outcome).sort()).toEqual(['settled', 'settled_before']);
    // Both tell the same winner, and what was booked is the winner's.
    const [first, second] = told;
    expect([first?.wayOut, first?.settledBy]).toEqual([second?.wayOut, second?.settledBy]);
    const booked = first?.wayOut === 'accept' ? 'sale 4100' : 'sale 4000';
    expect(await ledgerOf(world, ticket)).toEqual([booked, 'commission -180']);
    expect(await operationsOf(world, ticket)).toHaveLength(1);
    const [trace] = await traceOf(world, choice.ids[0] ?? 0);
    expect(trace?.by).toBe(first?.settledBy);
    await expectSameBooks(world);
  });

  it('people, an integration and foretelling at once: nothing is lost or doubled', async () => {
    await enter();
    const dear = ['1', '2', '3', '4', '5', '6'].map((seat) =>
      world.sellSeat('B', seat, { price: '41.00' }),
    );
    await world.integrate();
    const ids: number[] = [];
    for (const ticket of dear) ids.push(await caseOf(world, ticket));
    const fresh = ['1', '2', '3'].map((seat) => world.sellSeat('C', seat));
    for (const ticket of dear.slice(0, 2)) world.switchboard.cancel({ ticket });
    await Promise.all([
      settle(world, { ids: ids.slice(0, 4) }, { way: 'accept', author: 'anna' }),
      world.integrate(),
      foresee(world, { ids }, { way: 'accept' }),
      settle(world, { ids: ids.slice(2) }, { way: 'book_ours', author: 'bruno' }),
      foresee(world, { ids }, { way: 'book_ours' }),
    ]);
    expect(await readCases(world)).toEqual([]);
    const tickets = await readTickets(world);
    expect(tickets.map(({ number }) => number).sort()).toEqual([...dear, ...fresh].sort());
    await expectSameBooks(world);
  });

  it('two people give one seat: one has it, the other’s case waits', async () => {
    await enter();
    const sold = ['1', '2'].map((seat) => {
      world.sellSeat('B', seat);
      return world.sellSeat('B', seat, { force: true });
    });
    await world.integrate();
    const ids = [await caseOf(world, sold[0] ?? ''), await caseOf(world, sold[1] ?? '')];
    const said = { seat: 'B/C/1' };
    const results = await Promise.all(
      ids.map((id) => settle(world, { ids: [id] }, { way: 'another_seat', said })),
    );
    const told = results.flatMap((one) => (one.outcome === 'refused' ? [] : outcomes(one)));
    expect(told.sort()).toEqual(['refused', 'settled']);
    expect(await readCases(world)).toHaveLength(1);
    await expectSoundBooks(world);
  });

  it('over several batches: a price corrected frees them all, in their order', async () => {
    await enter({ house: { rows: 6, seatsPerRow: 12 } });
    const places = ['A', 'B', 'C', 'D', 'E'].flatMap((row) =>
      Array.from({ length: 12 }, (_, index) => ({ block: WORDS.block, row, seat: `${index + 1}` })),
    );
    const tickets = world.sell({ places: places.slice(12), price: '41.00' });
    await world.integrate();
    const choice = { ids: [await caseOf(world, tickets[0] ?? '')] };
    const said = { priceMinor: 4100 };
    await world.inBatchesOf(7, async () => {
      const told = await foresee(world, choice, { way: 'correct_price', said });
      const done = await settle(world, choice, { way: 'correct_price', said });
      if (told.outcome === 'refused' || done.outcome === 'refused') throw new Error('Refused.');
      expect(done.effect).toEqual(told.effect);
      expect(done.effect.tickets.made).toBe(tickets.length);
      expect(done.effect.freed).toBe(tickets.length - 1);
    });
    expect(await readCases(world)).toEqual([]);
    await expectSameBooks(world);
  });

  it('a price corrected for one reseller frees what waits for it at another', async () => {
    await enter({ second: { account: 'TS2' } });
    world.sellSeat('B', '1', { price: '41.00' });
    const other = world.second;
    if (other === null) throw new Error('There is a second interface.');
    // Of the two, one reseller holds the block: the other's sale must be on a seat it may sell.
    const event = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full, price: '41.00' };
    const places = [{ block: WORDS.block, row: 'C', seat: '1' }];
    other.simulator.switchboard.sell({ ...event, places, force: true });
    await world.integrate();
    await world.integrate({}, { interfaceId: other.interfaceId });
    // Both count their tickets alike: the first case is ours.
    const choice = { ids: [(await readCases(world))[0]?.messageId ?? 0] };
    const said = { priceMinor: 4100 };
    const told = await foresee(world, choice, { way: 'correct_price', said });
    const done = await settle(world, choice, { way: 'correct_price', said });
    if (told.outcome === 'refused' || done.outcome === 'refused') throw new Error('Refused.');
    expect(done.effect).toEqual(told.effect);
    expect(done.runs).toHaveLength(2);
    // Its price is no problem any more; its seat is.
    const problems = (await readCases(world)).map((one) => one.problems.map(({ code }) => code));
    expect(problems).toEqual([['seat.other_contingent', 'barcode.used']]);
  });

  /** Settles a case while another takes the account over, before this transaction of the run. */
  async function settleRobbed(id: number, before: number): Promise<void> {
    const { database, organisationId } = world;
    let transactions = Number.NEGATIVE_INFINITY;
    const robbed: typeof database = Object.create(database, {
      transaction: {
        value: async (...args: Parameters<typeof database.transaction>) => {
          transactions += 1;
          if (transactions === before) {
            // Taken and given back: whoever comes next need not wait for it.
            await world.query(
              `update reseller_account set lease_attempt = lease_attempt + 1,
                 lease_run_id = null, lease_until = null, lease_holder = null`,
            );
          }
          return await database.transaction(...args);
        },
      },
    });
    const openPorts: typeof world.services.openPorts = (request) => {
      transactions = 0;
      return world.services.openPorts(request);
    };
    const services = { ...world.services, database: robbed, openPorts };
    const request = { organisationId, choice: { ids: [id] }, way: 'accept', reason: 'x' } as const;
    const result = await settleCases(services, { ...request, author: 'anna', manager: true });
    expect(result).toMatchObject({
      answers: [{ outcome: 'waits' }],
      runs: [{ failure: { code: 'technical.worker_died' } }],
    });
  }

  it('a run that has lost its account to another decides nothing', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    await world.integrate();
    await settleRobbed(await caseOf(world, ticket), 1);
    expect(await world.query(`select decision, decided_by from quarantine`)).toEqual([
      { decision: null, decided_by: null },
    ]);
  });

  it('what was decided is kept when its run ends there: a replay follows it', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    await world.integrate();
    const id = await caseOf(world, ticket);
    await settleRobbed(id, 2);
    expect(await readCases(world)).toHaveLength(1);
    expect(await world.replay()).toMatchObject({ counts: { integrated: 1 } });
    expect(await traceOf(world, id)).toMatchObject([{ way: 'accept', by: 'anna', reason: 'x' }]);
    expect(await ledgerOf(world, ticket)).toEqual(['sale 4100', 'commission -180']);
    await expectSameBooks(world);
  });

  it('an interface that runs nothing: told, and nothing is decided', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1', { price: '41.00' });
    await world.integrate();
    const ids = [await caseOf(world, ticket)];
    await world.query(`update interface set status = 'hidden'`);
    const result = await settle(world, { ids }, { way: 'accept' });
    expect(result).toMatchObject({
      answers: [{ outcome: 'waits' }],
      runs: [{ outcome: 'refused', problem: { code: 'interface.hidden' } }],
    });
    expect(await world.query(`select decision from quarantine`)).toEqual([{ decision: null }]);
  });
});
