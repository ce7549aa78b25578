/**
 * The database server crashes in the middle of an integration and comes back: worker and server
 * find it again by themselves, the run is taken up, its log says so, nothing is lost or doubled.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchedule, startSchedule } from '../../src/exchange/schedules/change-schedules.ts';
import { readHealth } from '../../src/exchange/watch/read-health.ts';
import type { Database } from '../../src/store/database/database.ts';
import { ConnectionLost } from '../../src/store/database/errors.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import type { ChildWorker } from '../support/child-worker.ts';
import { startChildWorker } from '../support/child-worker.ts';
import { checkHouse } from '../support/house-invariants.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { startPostgres, VOLATILE_SETTINGS } from '../support/postgres-server.ts';
import { RACE_WORDS, RACERS, raceHouse, raceStart } from '../support/race-house.ts';
import type { Reseller } from '../support/reseller-trio.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';
import { volatileParent } from '../support/temporary-folder.ts';

const PERFORMANCES = 40;
const onPostgres = (process.env.PARTERRE_TEST_DATABASES ?? 'postgres').includes('postgres');
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

// The embedded database has no server that could crash: skipped where only it is asked for.
describe.skipIf(!onPostgres)('a database server that crashes', () => {
  let server: PostgresServer;
  let database: Database;
  let trio: ResellerTrio;
  let worker: ChildWorker;
  let scheduleId: number;

  beforeAll(async () => {
    // What was acknowledged must be there after the crash.
    const settings = { ...VOLATILE_SETTINGS, synchronous_commit: 'on' };
    server = await startPostgres({ settings, parent: volatileParent() });
    database = await openDatabase({ url: server.url });
    await migrate(database, { at: new Date().toISOString() });
    trio = await ResellerTrio.open(database, {
      codes: RACERS,
      house: (interfaces) => raceHouse(PERFORMANCES, interfaces),
      clock: () => new Date(),
      loadedAt: new Date(),
      seed: 1,
    });
    const { interfaceId, simulator } = trio.resellers[0] as Reseller;
    const price = { [RACE_WORDS.full]: '20.00' };
    simulator.switchboard.setProduct({
      code: RACE_WORDS.show,
      performances: Array.from({ length: PERFORMANCES }, (_, index) => {
        return { start: raceStart(index), hall: RACE_WORDS.hall };
      }),
      prices: { [RACE_WORDS.seats]: price, [RACE_WORDS.zone]: price },
    });
    const made = await createSchedule(trio.services, {
      organisationId: trio.organisationId,
      author: 'anna',
      interfaceId,
      change: { name: 'sales', function: 'integrate', timing: { kind: 'manual' } },
    });
    if (made.outcome !== 'saved') throw new Error(JSON.stringify(made));
    scheduleId = made.schedule.id;
    worker = startChildWorker({ url: server.url });
    await worker.line(({ message }) => message === 'ready');
  }, 60_000);
  afterAll(async () => {
    await worker?.kill();
    await trio?.close();
    await database?.close();
    await server?.stop();
  });

  const ask = () => {
    const { organisationId, services } = trio;
    return startSchedule(services, { organisationId, author: 'anna', scheduleId });
  };
  const openRequests = async (): Promise<number> => {
    const [row] = await trio.query<{ count: number }>(
      `select count(*)::int as count from run_request
       where organisation_id = $1 and ended_at is null`,
      [trio.organisationId],
    );
    return row?.count ?? 0;
  };
  const untilDone = async (): Promise<void> => {
    const patience = Date.now() + 60_000;
    while ((await openRequests()) > 0) {
      if (Date.now() > patience) throw new Error('The request is still open.');
      await pause(200);
    }
  };

  it('is found again: the run is taken up and its log says so', { timeout: 120_000 }, async () => {
    const { simulator } = trio.resellers[0] as Reseller;
    for (let index = 0; index < PERFORMANCES; index += 1) {
      simulator.switchboard.sell({
        product: RACE_WORDS.show,
        start: raceStart(index),
        category: RACE_WORDS.seats,
        places: [{ block: RACE_WORDS.block, row: 'A', seat: '1' }],
        force: true,
      });
    }
    expect((await readHealth(trio.services)).ready).toBe(true);
    await ask();
    expect(await worker.line(({ message }) => message === 'run begins')).not.toBeNull();
    await server.crash();

    expect(await readHealth(trio.services)).toMatchObject({
      ready: false,
      checks: [
        { name: 'database', ok: false },
        { name: 'schema', ok: false },
      ],
    });
    await expect(openRequests()).rejects.toThrow(ConnectionLost);
    await server.startAgain();
    expect((await readHealth(trio.services)).ready).toBe(true);
    await untilDone();

    const [books] = await trio.query<{ tickets: number; operations: number }>(
      `select (select count(*)::int from ticket where organisation_id = $1) as tickets,
              (select count(*)::int from operation where organisation_id = $1) as operations`,
      [trio.organisationId],
    );
    expect(books).toEqual({ tickets: PERFORMANCES, operations: PERFORMANCES });
    await checkHouse(database, trio.organisationId, { atRest: true });
    const runs = await trio.query<{ state: string; lines: string[] }>(
      `select r.state, array(select concat(l.class, ' ', l.code) from run_line l
         where l.organisation_id = r.organisation_id and l.run_id = r.id order by l.id) as lines
       from run r where r.organisation_id = $1 order by r.id`,
      [trio.organisationId],
    );
    // The run that was cut off says why it ended; the one that took it up names it.
    expect(runs).toHaveLength(2);
    const [cut, after] = runs;
    expect(cut?.state).toBe('error');
    expect(cut?.lines).toContain('technical technical.worker_died');
    expect(after?.lines.join()).toContain('run.took_over');

    // And the worker works on.
    await ask();
    await untilDone();
    expect(await worker.stop()).toBe(0);
  });
});
