/**
 * Three workers on one PostgreSQL server, killed at random while three resellers sell: nothing is
 * lost and nothing doubled, and what a dead worker held is taken up by another.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchedule, startSchedule } from '../../src/exchange/schedules/change-schedules.ts';
import type { ChildWorker } from '../support/child-worker.ts';
import { startChildWorker } from '../support/child-worker.ts';
import type { TestDatabase } from '../support/databases.ts';
import { openTestDatabase } from '../support/databases.ts';
import { dice } from '../support/dice.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { RACE_WORDS, RACERS, raceHouse, raceStart } from '../support/race-house.ts';
import type { Reseller } from '../support/reseller-trio.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';

const PERFORMANCES = 150;
const SELLING_MS = 12_000;
const KILL_EVERY_MS = 6_000;
const RUNS = 200;
const seed = Number(process.env.PARTERRE_SEED ?? 1);
const onPostgres = (process.env.PARTERRE_TEST_DATABASES ?? 'postgres').includes('postgres');
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

// Several processes work at once on a server only: the embedded database has one owner.
describe.skipIf(!onPostgres)('workers that are killed', () => {
  let test: TestDatabase;
  let trio: ResellerTrio;
  const schedules: number[] = [];
  const workers: ChildWorker[] = [];
  const died: { at: number; accounts: number[] }[] = [];
  const all: ChildWorker[] = [];

  const startOne = (): void => {
    const worker = startChildWorker(test.options);
    workers.push(worker);
    all.push(worker);
  };
  const askAll = async (): Promise<void> => {
    for (const scheduleId of schedules) {
      const { organisationId, services } = trio;
      await startSchedule(services, { organisationId, author: 'anna', scheduleId });
    }
  };
  const openRequests = async (): Promise<number> => {
    const [row] = await trio.query<{ count: number }>(
      `select count(*)::int as count from run_request
       where organisation_id = $1 and ended_at is null`,
      [trio.organisationId],
    );
    return row?.count ?? 0;
  };

  const countRuns = async (): Promise<number> => {
    const [row] = await trio.query<{ count: number }>(
      'select count(*)::int as count from run where organisation_id = $1',
      [trio.organisationId],
    );
    return row?.count ?? 0;
  };

  beforeAll(async () => {
    test = await openTestDatabase('postgres');
    const now = new Date();
    trio = await ResellerTrio.open(test.database, {
      codes: RACERS,
      house: (interfaces) => raceHouse(PERFORMANCES, interfaces),
      clock: () => new Date(),
      loadedAt: now,
      seed,
    });
    const price = { [RACE_WORDS.full]: '20.00' };
    for (const { simulator, interfaceId } of trio.resellers) {
      simulator.switchboard.setProduct({
        code: RACE_WORDS.show,
        performances: Array.from({ length: PERFORMANCES }, (_, index) => {
          return { start: raceStart(index), hall: RACE_WORDS.hall };
        }),
        prices: { [RACE_WORDS.seats]: price, [RACE_WORDS.zone]: price },
      });
      // Several of each account: a worker that is woken for it has more than one run to do.
      for (const name of ['first', 'second', 'third']) {
        const result = await createSchedule(trio.services, {
          organisationId: trio.organisationId,
          author: 'anna',
          interfaceId,
          change: { name, function: 'integrate', timing: { kind: 'manual' } },
        });
        if (result.outcome !== 'saved') throw new Error(JSON.stringify(result));
        schedules.push(result.schedule.id);
      }
    }
  }, 60_000);
  afterAll(async () => {
    for (const worker of all) await worker.kill();
    await trio.close();
    await test.close();
  });

  it('lose and double nothing', { timeout: 150_000 }, async () => {
    for (let n = 0; n < 3; n += 1) startOne();
    const random = dice(seed);
    // The reseller's own journal: number of each ticket, and whether it was cancelled.
    const journal = new Map<Reseller, Map<string, string>>(
      trio.resellers.map((one) => [one, new Map()]),
    );
    const until = Date.now() + SELLING_MS;
    let killAt = Date.now() + KILL_EVERY_MS;
    const killOne = async (): Promise<void> => {
      const victim = await nextToBegin(workers, askAll);
      // In the middle of what it has just begun, or just after.
      await pause(random(40));
      const accounts = victim.busyAccounts();
      await victim.kill();
      workers.splice(workers.indexOf(victim), 1);
      died.push({ at: Date.now(), accounts });
      startOne();
      killAt = Date.now() + KILL_EVERY_MS;
    };
    for (let index = 0; Date.now() < until && index < PERFORMANCES; index += 1) {
      for (const [which, reseller] of trio.resellers.entries()) {
        const { switchboard } = reseller.simulator;
        const places = [{ block: RACE_WORDS.block, row: 'A', seat: `${which + 1}` }];
        const what = { product: RACE_WORDS.show, start: raceStart(index), force: true };
        const { tickets } = switchboard.sell({ ...what, category: RACE_WORDS.seats, places });
        const [ticket] = tickets as [string];
        const isCancelled = index % 7 === which;
        if (isCancelled) switchboard.cancel({ ticket });
        journal.get(reseller)?.set(ticket, isCancelled ? 'cancelled' : 'sold');
      }
      await askAll();
      await pause(120);
      if (Date.now() < killAt) continue;
      await killOne();
    }
    // The killing goes on for as long as runs are wanted. What is then still open is taken up, at
    // the latest 15 s after the last death.
    const patience = Date.now() + 90_000;
    while ((await countRuns()) < RUNS && Date.now() < patience) {
      await askAll();
      if (Date.now() > killAt) await killOne();
      await pause(50);
    }
    while ((await openRequests()) > 0 && Date.now() < patience) await pause(200);
    await askAll();
    while ((await openRequests()) > 0 && Date.now() < patience) await pause(200);
    expect(await openRequests()).toBe(0);
    expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual([0, 0, 0]);

    const books = await trio.query<{ interfaceId: number; number: string; state: string }>(
      `select interface_id as "interfaceId", number, state from ticket where organisation_id = $1`,
      [trio.organisationId],
    );
    let [total, cancelled] = [0, 0];
    for (const [{ interfaceId }, theirs] of journal) {
      const ours = books.filter((one) => one.interfaceId === interfaceId);
      const stateOf = ours.map(({ number, state }): [string, string] => [
        number,
        state === 'cancelled' ? state : 'sold',
      ]);
      expect(stateOf.sort()).toEqual([...theirs].sort());
      total += theirs.size;
      cancelled += [...theirs.values()].filter((state) => state === 'cancelled').length;
    }
    // Each is in the ledger once as a sale, and once more as a refund.
    const entries = await trio.query<{ kind: string; count: number; minor: number }>(
      `select kind, count(*)::int as count, sum(amount_minor)::int as minor from ledger_entry
       where organisation_id = $1 group by kind order by kind`,
      [trio.organisationId],
    );
    expect(entries).toEqual([
      { kind: 'refund', count: cancelled, minor: -2_000 * cancelled },
      { kind: 'sale', count: total, minor: 2_000 * total },
    ]);
    const [operations] = await trio.query<{ count: number; doubled: number }>(
      `select count(*)::int as count, (count(*) - count(distinct (ticket_id, kind)))::int as doubled
       from operation where organisation_id = $1`,
      [trio.organisationId],
    );
    expect(operations).toEqual({ count: total + cancelled, doubled: 0 });
    await checkHouse(test.database, trio.organisationId, { atRest: true });

    // Every run has ended; those of the dead say who took their account.
    const runs = await trio.query<{ ended: boolean; attempt: number }>(
      `select ended_at is not null as ended, attempt from run where organisation_id = $1`,
      [trio.organisationId],
    );
    expect(runs.every((run) => run.ended)).toBe(true);
    expect(runs.length).toBeGreaterThanOrEqual(RUNS);
    // What was asked for was done to its end by one run, whoever had begun it before.
    const requests = await trio.query<{ outcome: string; state: string; runs: number }>(
      `select q.outcome, r.state,
              (count(*) over (partition by q.run_id))::int as runs
       from run_request q left join run r
         on r.organisation_id = q.organisation_id and r.id = q.run_id
       where q.organisation_id = $1`,
      [trio.organisationId],
    );
    const done = requests.filter(
      ({ outcome, state, runs: times }) =>
        outcome === 'ran' && (state === 'ok' || state === 'warning') && times === 1,
    );
    expect(done.length).toBe(requests.length);
    const taken = takenUpAfter(died, all);
    expect(taken.length).toBeGreaterThan(0);
    expect(runs.length).toBeGreaterThan(taken.length);
    process.stdout.write(
      `${JSON.stringify({ runs: runs.length, kills: died.length, total, takenUpMs: taken })}\n`,
    );
    for (const ms of taken) expect(ms).toBeLessThan(15_000 + 3_000);
  });
});

/** The worker that begins a run next; runs are asked for meanwhile. */
async function nextToBegin(
  workers: readonly ChildWorker[],
  ask: () => Promise<void>,
): Promise<ChildWorker> {
  const now = Date.now();
  for (;;) {
    await ask();
    const found = workers.find((worker) =>
      worker.lines.some((line) => line.message === 'run begins' && line.at > now),
    );
    if (found !== undefined) return found;
    await pause(5);
  }
}

/**
 * For each account that a dead worker was at: how long until another began a run of it. Where who
 * took it up was killed before it began, the time counts from that death.
 */
function takenUpAfter(
  died: readonly { at: number; accounts: readonly number[] }[],
  all: readonly ChildWorker[],
): number[] {
  const begun = all.flatMap((worker) => worker.lines.filter((one) => one.message === 'run begins'));
  return died.flatMap(({ at, accounts }) =>
    accounts.map((account) => {
      const next = begun.filter((one) => one.account === account && one.at > at);
      const taken = Math.min(...next.map((one) => one.at));
      return taken - Math.max(...died.map((one) => one.at).filter((each) => each < taken));
    }),
  );
}
