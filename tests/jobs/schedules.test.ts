/** Schedules on a driven clock: the tick and the work, without the queue that wakes workers. */
import { beforeAll, expect, it } from 'vitest';
import { ChannelError } from '../../src/channels/contract/errors.ts';
import type { ScheduleChange } from '../../src/exchange/schedules/change-schedules.ts';
import {
  changeSchedule,
  createSchedule,
  listSchedules,
  removeSchedule,
  resumeSchedule,
  startSchedule,
} from '../../src/exchange/schedules/change-schedules.ts';
import { accountsToWake, claimDue } from '../../src/exchange/schedules/claim-due.ts';
import { findLate } from '../../src/exchange/schedules/find-late.ts';
import { workAccount } from '../../src/exchange/schedules/work-account.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testChannel } from '../support/test-channel.ts';
import type { VenueClock } from '../support/venue-day.ts';
import {
  accountOf,
  addSchedule,
  insertVenue,
  readRuns,
  VENUE,
  VENUE_INTERFACES,
  venueServices,
} from '../support/venue-day.ts';

type Services = ReturnType<typeof venueServices>;

const signal = new AbortController().signal;
const MINUTE = 60_000;

/** One tick of a worker, and everything that is asked for. */
async function tickAndWork(services: Services): Promise<void> {
  await claimDue(services, VENUE);
  for (const resellerAccountId of await accountsToWake(services, VENUE)) {
    await workAccount(services, { organisationId: VENUE, resellerAccountId, signal });
  }
}

/** Ticks every quarter of an hour from `from` up to `to`. */
async function live(services: Services, clock: VenueClock, from: string, to: string) {
  for (let at = Date.parse(from); at < Date.parse(to); at += 15 * MINUTE) {
    clock.now = new Date(at);
    await tickAndWork(services);
  }
}

describeEachDatabase('a day of a venue', (open) => {
  for (const [change, from, to, night, hours] of [
    // 25 hours of Paris: the hour from 02:00 comes twice, the export at 02:30 fires at the first.
    ['autumn', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z', '00:30', 25],
    // 23 hours: 02:30 does not exist, the export fires at the change of the clocks.
    ['spring', '2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z', '01:00', 23],
  ] as const) {
    it(`fires each schedule exactly when it should, in ${change}`, async () => {
      const test = await open();
      await insertVenue(test.database);
      const clock = { now: new Date(from) };
      const services = venueServices(test.database, clock);
      for (const interfaceId of VENUE_INTERFACES) {
        const timing = { kind: 'hours', every: 1 } as const;
        const name = `hourly ${interfaceId}`;
        await addSchedule(services, { interfaceId, name, function: 'integrate', timing });
        await addSchedule(services, {
          interfaceId,
          name: `nightly ${interfaceId}`,
          function: 'reconcile',
          timing: { kind: 'at', time: '02:30' },
        });
      }
      await live(services, clock, from, to);
      const runs = await readRuns(test.database);
      for (const interfaceId of VENUE_INTERFACES) {
        const of = (name: string): string[] =>
          runs.filter((run) => run.startedBy === name).map((run) => run.startedAt);
        const start = Date.parse(from);
        expect(of(`hourly ${interfaceId}`)).toEqual(
          Array.from({ length: hours }, (_, n) => new Date(start + n * 60 * MINUTE).toISOString()),
        );
        expect(of(`nightly ${interfaceId}`)).toEqual([`${to.slice(0, 10)}T${night}:00.000Z`]);
      }
      expect(runs.every((run) => run.source === 'schedule')).toBe(true);
    }, 120_000);
  }
});

describeEachDatabase('schedules', (open, kind) => {
  let test: TestDatabase;
  const clock: VenueClock = { now: new Date('2026-06-01T08:00:00.000Z') };
  let services: Services;
  let broken = false;
  const [interfaceId] = VENUE_INTERFACES;
  const channel = testChannel(() => ({
    sales: {
      pull: () => {
        if (!broken) return (async function* () {})();
        const params = { service: 'sales', detail: 'test' };
        throw new ChannelError('external.unreachable', 'away', { params, sent: false });
      },
    } as never,
  }));
  const at = (text: string): void => {
    clock.now = new Date(`2026-06-${text}:00.000Z`);
  };
  const find = async (id: number) =>
    (await listSchedules(services, { organisationId: VENUE })).find((one) => one.id === id);

  beforeAll(async () => {
    test = await open();
    await insertVenue(test.database);
    services = venueServices(test.database, clock, channel);
  });

  const hourly = (name: string, more: object = {}): Promise<number> =>
    addSchedule(services, {
      interfaceId,
      name,
      function: 'integrate',
      timing: { kind: 'hours', every: 1 },
      ...more,
    });

  it('asks once when two workers tick at once', async () => {
    at('01T08:00');
    const ids = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        addSchedule(services, {
          interfaceId: VENUE_INTERFACES[n % 3] as number,
          name: `both ${n}`,
          function: 'integrate',
          timing: { kind: 'manual' },
        }),
      ),
    );
    for (const scheduleId of ids) {
      const change = { timing: { kind: 'hours', every: 1 } };
      await changeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId, change });
    }
    const other = venueServices(await test.openAgain(), clock, channel);
    const claimed = await Promise.all([claimDue(services, VENUE), claimDue(other, VENUE)]);
    expect(
      claimed
        .flat()
        .map((one) => one.scheduleId)
        .sort(),
    ).toEqual([...ids].sort());
    const accounts = await accountsToWake(services, VENUE);
    expect(accounts).toEqual(VENUE_INTERFACES.map(accountOf));
    // Both workers at every account: each request is run once.
    await Promise.all(
      [services, other].flatMap((one) =>
        accounts.map((resellerAccountId) =>
          workAccount(one, { organisationId: VENUE, resellerAccountId, signal }),
        ),
      ),
    );
    const runs = await readRuns(test.database);
    expect(runs.map((run) => run.startedBy).sort()).toEqual(ids.map((_, n) => `both ${n}`));
    for (const scheduleId of ids) {
      await removeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId });
    }
  });

  it('runs once what was missed, and keeps its grid', async () => {
    at('02T08:00');
    const id = await hourly('missed');
    await tickAndWork(services);
    at('02T13:30');
    await tickAndWork(services);
    await tickAndWork(services);
    expect((await find(id))?.nextAt).toBe('2026-06-02T14:00:00.000Z');
    at('02T14:00');
    await tickAndWork(services);
    const runs = (await readRuns(test.database)).filter((run) => run.startedBy === 'missed');
    expect(runs.map((run) => run.startedAt.slice(11, 16))).toEqual(['08:00', '13:30', '14:00']);
    await removeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId: id });
  });

  it('warns, pauses, says so, and goes on when it is resumed', async () => {
    at('03T08:00');
    broken = true;
    const id = await hourly('fails', { warnAfter: 2, pauseAfter: 3 });
    for (const hour of ['08', '09', '10', '11', '12']) {
      at(`03T${hour}:00`);
      await tickAndWork(services);
    }
    const paused = await find(id);
    expect(paused).toMatchObject({ failures: 3, nextAt: null, active: true });
    expect(paused?.pausedAt).toBe('2026-06-03T10:00:00.000Z');
    expect(paused?.lastProblem?.code).toBe('external.unreachable');
    const lines = await test.database.transaction(VENUE, (tx) =>
      tx.query<{ code: string; params: object }>(
        `select l.code, l.params from run_line l
         where l.organisation_id = $1 and l.code like 'schedule.%' order by l.at`,
        [VENUE],
      ),
    );
    expect(lines).toEqual([
      { code: 'schedule.fails', params: { schedule: 'fails', failures: 2, pauseAfter: 3 } },
      { code: 'schedule.paused', params: { schedule: 'fails', failures: 3 } },
    ]);
    broken = false;
    at('03T12:20');
    await resumeSchedule(services, { organisationId: VENUE, author: 'anna', scheduleId: id });
    expect(await find(id)).toMatchObject({
      failures: 0,
      pausedAt: null,
      lastProblem: null,
      nextAt: '2026-06-03T13:00:00.000Z',
    });
    const entries = await test.database.transaction(VENUE, (tx) =>
      tx.query<{ action: string }>(
        `select action from journal where organisation_id = $1 and subject = $2 order by at, id`,
        [VENUE, `schedule ${id}`],
      ),
    );
    expect(entries.map((one) => one.action).sort()).toEqual([
      'schedule.created',
      'schedule.paused',
      'schedule.resumed',
    ]);
    await removeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId: id });
  });

  it('forgets failures after a success, and counts none of a hand', async () => {
    at('04T08:00');
    broken = true;
    const id = await hourly('heals', { warnAfter: 2, pauseAfter: 2 });
    await tickAndWork(services);
    const start = { organisationId: VENUE, author: 'anna', scheduleId: id };
    expect(await startSchedule(services, start)).toMatchObject({ outcome: 'asked' });
    expect(await startSchedule(services, start)).toMatchObject({ already: true });
    await tickAndWork(services);
    expect(await find(id)).toMatchObject({ failures: 1, pausedAt: null });
    broken = false;
    at('04T09:00');
    await tickAndWork(services);
    expect(await find(id)).toMatchObject({ failures: 0, lastProblem: null });
    await removeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId: id });
  });

  it('takes its override along once, and starts by hand what is off', async () => {
    at('05T08:00');
    const id = await hourly('override', { firstAt: '2026-06-05T09:00:00.000Z' });
    const base = { organisationId: VENUE, author: 'anna', scheduleId: id };
    const fromDate = '2026-05-01T00:00:00.000Z';
    await changeSchedule(services, { ...base, change: { fromDate } });
    for (const hour of ['08', '09', '10']) {
      at(`05T${hour}:00`);
      await tickAndWork(services);
    }
    await changeSchedule(services, { ...base, change: { active: false, fromDate } });
    await startSchedule(services, base);
    await tickAndWork(services);
    const runs = (await readRuns(test.database)).filter((run) => run.startedAt.includes('06-05'));
    expect(runs.map((run) => [run.startedAt.slice(11, 16), run.source, run.filters])).toEqual([
      ['09:00', 'schedule', { fromDate }],
      ['10:00', 'schedule', {}],
      ['10:00', 'hand', { fromDate }],
    ]);
    expect(await find(id)).toMatchObject({ fromDate: null, active: false, nextAt: null });
    await removeSchedule(services, base);
  });

  it('refuses what cannot be', async () => {
    const id = await hourly('refused');
    const base = { organisationId: VENUE, author: 'anna' };
    const change = (of: { version?: number; change: ScheduleChange }) =>
      changeSchedule(services, { ...base, scheduleId: id, ...of });
    const codeOf = (result: object) =>
      (result as { refusal?: { code: string } }).refusal?.code ?? 'none';
    expect(codeOf(await change({ change: { timing: { kind: 'cron', expression: 'x' } } }))).toBe(
      'schedule.timing',
    );
    expect(codeOf(await change({ change: { name: '  ' } }))).toBe('schedule.name_missing');
    expect(codeOf(await change({ change: { pauseAfter: 0 } }))).toBe('schedule.limits');
    expect(codeOf(await change({ change: { fromDate: 'soon' } }))).toBe('schedule.instant');
    expect(codeOf(await change({ change: { function: 'take_back' } }))).toBe(
      'schedule.performances_missing',
    );
    expect(codeOf(await change({ version: 99, change: {} }))).toBe('schedule.version');
    const again = { name: 'refused', function: 'export', timing: { kind: 'manual' } } as const;
    expect(codeOf(await createSchedule(services, { ...base, interfaceId, change: again }))).toBe(
      'schedule.name_taken',
    );
    expect(codeOf(await createSchedule(services, { ...base, interfaceId: 9, change: again }))).toBe(
      'schedule.interface_unknown',
    );
    await removeSchedule(services, { ...base, scheduleId: id });
    expect(codeOf(await change({ change: {} }))).toBe('schedule.unknown');
  });

  it('notices what is late and what is slow', async () => {
    at('06T08:00');
    const id = await hourly('late');
    const none = { unclaimed: [], waiting: [], slow: [] };
    expect(await findLate(services, VENUE, clock.now)).toEqual(none);
    // No worker has ticked for eleven minutes.
    at('06T08:11');
    const late = await findLate(services, VENUE, clock.now);
    expect(late.unclaimed).toMatchObject([{ id, dueAt: '2026-06-06T08:00:00.000Z' }]);
    // One asked for it, and nothing takes it.
    await claimDue(services, VENUE);
    const asked = await findLate(services, VENUE, clock.now);
    expect(asked).toMatchObject({ unclaimed: [], waiting: [{ scheduleId: id }] });
    await tickAndWork(services);
    expect(await findLate(services, VENUE, clock.now)).toEqual(none);
    // A run that has been running for long: runs took no time at all until now.
    await test.database.transaction(VENUE, (tx) =>
      tx.execute(`update run set ended_at = null where organisation_id = $1 and schedule_id = $2`, [
        VENUE,
        id,
      ]),
    );
    at('06T08:22');
    const { slow } = await findLate(services, VENUE, clock.now);
    expect(slow).toMatchObject([{ scheduleId: id, usualMs: 0 }]);
    await removeSchedule(services, { organisationId: VENUE, author: 'a', scheduleId: id });
    expect(kind).toBe(test.kind);
  });
});
