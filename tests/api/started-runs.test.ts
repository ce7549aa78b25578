import { setImmediate as turn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Channel } from '../../src/channels/contract/channel.ts';
import { accountsToWake } from '../../src/exchange/schedules/claim-due.ts';
import { workAccount } from '../../src/exchange/schedules/work-account.ts';
import { callAs, openApi } from '../support/api.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { createTestServices } from '../support/exchange-services.ts';
import { testChannel } from '../support/test-channel.ts';
import { insertVenue, readRuns, VENUE, VENUE_INTERFACES } from '../support/venue-day.ts';

/**
 * A run that was started over the API outlives the server that began it. The clock is driven; the
 * dead server is one that never goes on: its call to the reseller is not answered, and nothing
 * extends its lease.
 */
describeEachDatabase('a run started over the API', (open) => {
  let test: TestDatabase;
  const [interfaceId] = VENUE_INTERFACES;
  const clock = { now: new Date('2026-06-01T08:00:00.000Z') };
  let reached = Promise.withResolvers<void>();
  let answer = Promise.withResolvers<void>();
  const apps: FastifyInstance[] = [];

  beforeAll(async () => {
    test = await open();
    await insertVenue(test.database);
  });
  afterAll(async () => {
    answer.resolve();
    for (const app of apps) await app.close();
  });

  /** A reseller that does not answer; `reached` once it was asked. */
  const silent = testChannel((_config, { signal }) => ({
    sales: {
      pull: async function* () {
        reached.resolve();
        const stopped = new Promise<void>((done) => {
          signal?.addEventListener('abort', () => done());
        });
        await Promise.race([answer.promise, stopped]);
        signal?.throwIfAborted();
      },
    } as never,
  }));
  const quick = testChannel(() => ({ sales: { pull: async function* () {} } as never }));

  const servicesOf = (channel: Channel) =>
    createTestServices({ database: test.database, channels: [channel], now: () => clock.now });

  async function start(channel: Channel, body: object = { function: 'integrate' }) {
    reached = Promise.withResolvers<void>();
    answer = Promise.withResolvers<void>();
    const services = servicesOf(channel);
    const app = await openApi(services);
    apps.push(app);
    const call = callAs(app, VENUE);
    const started = await call('POST', `/interfaces/ifc_${interfaceId}/runs`, body);
    expect(started.status).toBe(202);
    return { app, call, services, run: started.body.run as string };
  }

  /** One tick of a worker of another process; answers the accounts it was woken for. */
  async function tick(): Promise<number[]> {
    const services = servicesOf(quick);
    const accounts = await accountsToWake(services, VENUE);
    for (const resellerAccountId of accounts) {
      const { signal } = new AbortController();
      await workAccount(services, { organisationId: VENUE, resellerAccountId, signal });
    }
    return accounts;
  }

  /** Waits until nothing is asked for any more; a run that ends is settled right after. */
  async function settled(): Promise<void> {
    while ((await openRequests()) > 0) await turn();
  }

  const statesOf = async () => (await readRuns(test.database)).map(({ state }) => state);
  const openRequests = async (): Promise<number> => {
    const [row] = await test.database.transaction(VENUE, (tx) =>
      tx.query<{ count: number }>(
        'select count(*)::int as count from run_request where ended_at is null',
      ),
    );
    return row?.count ?? -1;
  };

  it('is done once where it began, and leaves nothing to the workers', async () => {
    const { app } = await start(quick);
    await settled();
    await app.close();
    expect(await statesOf()).toEqual(['ok']);
    expect(await tick()).toEqual([]);
  });

  it('is nobody else’s while its server lives', async () => {
    const { services, app } = await start(silent);
    await reached.promise;
    for (let seconds = 0; seconds < 40; seconds += 10) {
      clock.now = new Date(clock.now.getTime() + 10_000);
      await services.tick();
      expect(await tick()).toEqual([]);
    }
    answer.resolve();
    await settled();
    await app.close();
    expect(await statesOf()).toEqual(['ok', 'ok']);
  });

  it('is taken up by a worker within 15 s after its server died', async () => {
    const { run, call } = await start(silent, {
      function: 'integrate',
      from: '2026-05-01T00:00:00Z',
    });
    await reached.promise;
    clock.now = new Date(clock.now.getTime() + 14_999);
    expect(await tick()).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 1);
    expect(await tick()).toHaveLength(1);
    const runs = await readRuns(test.database);
    expect(runs.slice(2)).toMatchObject([
      { state: 'error', startedBy: 'manager@house' },
      { state: 'warning', startedBy: 'manager@house', source: 'hand' },
    ]);
    // What it was told goes along.
    expect(runs.at(-1)?.filters).toEqual({ fromDate: '2026-05-01T00:00:00.000Z' });
    expect(await openRequests()).toBe(0);
    expect((await call('GET', `/runs/${run}`)).body).toMatchObject({ state: 'error', attempt: 2 });
    // The dead one wakes: it has lost its account, and changes nothing.
    answer.resolve();
    await apps.at(-1)?.close();
    expect(await statesOf()).toEqual(['ok', 'ok', 'error', 'warning']);
    expect(await openRequests()).toBe(0);
  });

  it('is left to the workers by a server that stops', async () => {
    const { app, run } = await start(silent);
    await reached.promise;
    await app.close();
    expect((await statesOf()).slice(4)).toEqual(['cancelled']);
    expect(await openRequests()).toBe(1);
    expect(await tick()).toHaveLength(1);
    expect((await statesOf()).slice(4)).toEqual(['cancelled', 'ok']);
    expect(run).toMatch(/^run_/);
  });

  it('is over when a person cancels it', async () => {
    const { app, call, run, services } = await start(silent);
    await reached.promise;
    await call('POST', `/runs/${run}/cancel`);
    await services.tick();
    await settled();
    await app.close();
    expect((await statesOf()).slice(6)).toEqual(['cancelled']);
  });

  it('tries out again where it only tried out', async () => {
    const { app } = await start(silent, { function: 'integrate', simulation: true });
    await reached.promise;
    await app.close();
    expect(await tick()).toHaveLength(1);
    const rows = await test.database.transaction(VENUE, (tx) =>
      tx.query<{ simulation: boolean }>('select simulation from run order by number desc limit 2'),
    );
    expect(rows).toEqual([{ simulation: true }, { simulation: true }]);
  });
});
