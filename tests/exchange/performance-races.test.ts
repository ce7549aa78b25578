/**
 * A performance is cancelled, moved or closed while somebody else writes: a batch of sales, an
 * export, another person. Each time both ends agree, and what fails half-way leaves no trace.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import { closePerformance } from '../../src/exchange/performance/close-performance.ts';
import { movePerformance } from '../../src/exchange/performance/move-performance.ts';
import { suspendPerformance } from '../../src/exchange/performance/suspend-performance.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { Database } from '../../src/store/database/database.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import { codeOf, readCases, ticketOf } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { AFTER, bookmark, journalOf, lifeOf, lifeRequest, lifeServices } from '../support/life.ts';
import { withOtherHalls } from '../support/other-halls.ts';

describeEachDatabase('the life of a performance beside other writers', (open, kind) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let other: Database;
  beforeAll(async () => {
    test = await open();
    other = await test.openAgain();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const elsewhere = (at = AFTER) => ({ ...lifeServices(world, at), database: other });

  /** Waits until the other writer is done, or stands at a lock of ours. */
  async function untilDoneOrWaiting(started: Promise<unknown>): Promise<'done' | 'waiting'> {
    let done = false;
    const end = (): void => {
      done = true;
    };
    started.then(end, end);
    for (;;) {
      const waiting = await other.administration((tx) =>
        tx.query(
          `select pid from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        ),
      );
      if (done) return 'done';
      if (waiting.length > 0) return 'waiting';
    }
  }

  /**
   * Runs `work` and lets `beside` in at the ids that `at` chooses: how many are taken, and for the
   * how manieth time in one transaction. On PostgreSQL the work goes on when the other is done or
   * waits for it; on the embedded database the other comes afterwards.
   */
  async function runBeside(
    work: Parameters<typeof withRun>[2],
    beside: () => Promise<unknown>,
    at: (take: { count: number; times: number }) => boolean,
  ): Promise<{ beside: unknown; how: string; counts: Readonly<Record<string, number>> }> {
    let last: unknown = null;
    let times = 0;
    let started: Promise<unknown> | null = null;
    let how = 'waiting';
    // The other writer does not work within the transaction that lets it in.
    const freely = AsyncLocalStorage.snapshot();
    const { ids } = world.services;
    const services: ExchangeServices = {
      ...world.services,
      ids: {
        async take(count, tx) {
          times = tx !== undefined && tx === last ? times + 1 : 1;
          last = tx;
          if (tx !== undefined && started === null && at({ count, times })) {
            const going = freely(beside);
            started = going;
            going.catch(() => {});
            if (kind === 'postgres') how = await freely(() => untilDoneOrWaiting(going));
          }
          return ids.take(count, tx);
        },
      },
    };
    const request = { organisationId: world.organisationId, interfaceId: world.interfaceId };
    const result = await withRun(
      services,
      { ...request, function: 'integrate', source: 'hand', startedBy: 'bruno' },
      work,
    );
    if (result.outcome !== 'ran') throw new Error(JSON.stringify(result));
    if (started === null) throw new Error('The other writer was never let in.');
    expect(result.failure).toBeNull();
    return { beside: await started, how, counts: result.counts };
  }
  /** A batch has read and planned, and takes ids to write. */
  const planned = ({ times }: { times: number }): boolean => times === 2;
  /** A batch of two messages begins: it knows the catalogue and holds nothing yet. */
  const begun = ({ count }: { count: number }): boolean => count === 6;

  const owing = () => world.query('select number from ticket where to_be_refunded');

  it('cancelled between reading and writing of a batch: it waits for the batch', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    const request = await lifeRequest(world);
    const met = await runBeside(
      (context) => integrateSales(context),
      () => cancelPerformance(elsewhere(), request),
      planned,
    );
    expect(met).toMatchObject({
      how: 'waiting',
      counts: { integrated: 1 },
      beside: { outcome: 'done', tickets: 1, codes: 1 },
    });
    expect(await owing()).toEqual([{ number: ticket }]);
    const code = (await ticketOf(world, ticket)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'revoked' });
    await checkHouse(test.database, world.organisationId);
  });

  it('cancelled after a batch read the catalogue: the batch plans again', async () => {
    await enter();
    const before = world.sellSeat('B', '1', { at: '2027-01-10T12:59:00' });
    const after = world.sellSeat('B', '2', { at: '2027-01-10T13:01:00' });
    const request = await lifeRequest(world);
    const met = await runBeside(
      (context) => integrateSales(context),
      () => cancelPerformance(elsewhere(), request),
      begun,
    );
    const code = (await ticketOf(world, before)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'revoked' });
    if (kind === 'postgres') {
      expect(met).toMatchObject({ counts: { integrated: 1, quarantined: 1 } });
      expect(met.beside).toMatchObject({ outcome: 'done', tickets: 0 });
      expect(await owing()).toEqual([{ number: before }]);
      expect(await readCases(world)).toMatchObject([
        { ticket: after, problems: [{ code: 'performance.cancelled' }] },
      ]);
    } else {
      // One transaction at a time: the batch was first, and both came before.
      expect(met).toMatchObject({ counts: { integrated: 2 }, beside: { tickets: 2 } });
    }
    await checkHouse(test.database, world.organisationId);
  });

  it('closed while a batch is written: what came first counts, the rest are cases', async () => {
    await enter();
    world.sellSeat('B', '1');
    const request = { ...(await lifeRequest(world)), anyway: true };
    const met = await runBeside(
      (context) => integrateSales(context),
      () => closePerformance(elsewhere(), request),
      planned,
    );
    expect(met).toMatchObject({
      how: 'waiting',
      counts: { integrated: 1 },
      beside: { outcome: 'done' },
    });
    world.sellSeat('B', '2');
    expect(await world.integrate()).toMatchObject({ counts: { quarantined: 1 } });
    await checkHouse(test.database, world.organisationId);
  });

  it('cancelled while an export hands over: nothing more leaves, and all comes back', async () => {
    await enter({ exported: false });
    const request = await lifeRequest(world);
    let takes = 0;
    const stored = ({ count }: { count: number }): boolean => {
      takes += count === 1 ? 1 : 0;
      return takes > 4;
    };
    const met = await world.inBatchesOf(4, () =>
      runBeside(
        (context) => exportContingent(context),
        () => cancelPerformance(elsewhere(), request),
        // Some of its commands are stored or answered: the cancellation waits for one alone.
        stored,
      ),
    );
    expect(met.beside).toMatchObject({ outcome: 'done' });
    const sent = await world.query<{ seats: number }>(
      `select coalesce(sum(c.item_count), 0)::int as seats from command c
       join performance p on p.id = c.performance_id and p.state = 'cancelled'
       where c.action = 'add'`,
    );
    // Of 26 seats and 20 counted places: at most the command before and the one on the way.
    expect(sent[0]?.seats).toBeLessThan(12);
    await world.export();
    const held = await world.query(
      `select ps.seat_id from performance_seat ps
       join performance p on p.id = ps.performance_id and p.state = 'cancelled'
       where ps.interface_id is not null`,
    );
    expect(held).toEqual([]);
    const stock = world.switchboard.state().stock.find(({ start }) => start === WORDS.first);
    expect(stock?.free ?? 0).toBe(0);
    await checkHouse(test.database, world.organisationId, { atRest: true });
  });

  it('two people at once: one did it, the other finds it done', async () => {
    await enter();
    world.sellSeat('B', '1');
    await world.integrate();
    const request = await lifeRequest(world);
    const results = await Promise.all([
      cancelPerformance(lifeServices(world), request),
      cancelPerformance(elsewhere(), { ...request, by: 'bruno' }),
    ]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['done', 'unchanged']);
    expect(await journalOf(world)).toHaveLength(1);
    const [closed, suspended] = await Promise.all([
      closePerformance(lifeServices(world), { ...request, anyway: true }),
      suspendPerformance(elsewhere(), request),
    ]);
    expect([closed.outcome, suspended.outcome]).toEqual(['done', 'refused']);
    // Codes of a cancelled performance stay closed, also when it is closed.
    await checkHouse(test.database, world.organisationId);
  });

  it('whatever fails half-way, nothing of it stays', async () => {
    await enter({ change: withOtherHalls, house: { rows: 2 } });
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    const before = await bookmark(world);
    const configurationId = await world.house.idOf('logical_configuration', 'SMALL');
    const table = [{ line: 1, source: ticket, target: 'HALL/ORCH/A/A/3' }];
    const request = await lifeRequest(world);
    const work = (ids: IdSource) =>
      movePerformance(
        { ...lifeServices(world), ids },
        { ...request, start: '2027-05-01T20:00', configurationId, keepByName: true, table },
      );
    let failures = 0;
    for (let last = 0; ; last += 1) {
      let left = last;
      const ids: IdSource = {
        take(count, tx) {
          if (left === 0) throw new Error('killed here');
          left -= 1;
          return world.house.ids.take(count, tx);
        },
      };
      const done = await work(ids).catch((error: Error) => error.message);
      if (done !== 'killed here') {
        expect(done).toMatchObject({ outcome: 'done' });
        break;
      }
      failures += 1;
      expect(await bookmark(world)).toBe(before);
    }
    expect(failures).toBeGreaterThan(2);
    expect(await lifeOf(world)).toMatchObject({ start: '2027-05-01T20:00' });
  });
});
