import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { accountsToWake, claimDue } from '../../src/exchange/schedules/claim-due.ts';
import { workAccount } from '../../src/exchange/schedules/work-account.ts';
import type { Answer } from '../support/api.ts';
import { callAs, openApi } from '../support/api.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** Schedules over the API, worked as a worker would: the tick, then each account. */
describeEachDatabase('schedules over the API', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let app: FastifyInstance;
  let call: ReturnType<typeof callAs>;
  /** What the clock says; the world's own rises by itself, this one is driven. */
  let now = new Date('2027-03-01T08:00:00.000Z');
  const signal = new AbortController().signal;
  const services = () => ({ ...world.services, clock: () => now });

  beforeAll(async () => {
    test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
    app = await openApi(services());
    call = callAs(app, world.organisationId);
    // Those that came with the house would read what these tests sell.
    const { body } = await call('GET', '/schedules');
    for (const { id, changed } of body.items) {
      expect(changed).toBeNull();
      await call('PATCH', `/schedules/${id}`, { active: false });
    }
  });
  afterAll(async () => {
    await app.close();
    await world.close();
  });

  async function work(): Promise<void> {
    const { organisationId } = world;
    await claimDue(services(), organisationId);
    for (const resellerAccountId of await accountsToWake(services(), organisationId)) {
      await workAccount(services(), { organisationId, resellerAccountId, signal });
    }
  }

  const at = () => `/interfaces/ifc_${world.interfaceId}`;
  const make = (name: string, more: object = {}): Promise<Answer> =>
    call('POST', `${at()}/schedules`, {
      name,
      function: 'integrate',
      timing: { kind: 'hours', every: 4 },
      ...more,
    });

  it('fills each column of the table, for all interfaces and for one', async () => {
    const made = await make('Intégration quotidienne', {
      active: true,
      firstAt: '2027-03-01T09:00:00.000Z',
    });
    expect(made.status).toBe(201);
    now = new Date('2027-03-01T09:00:00.000Z');
    await work();
    const { body } = await call('GET', '/schedules');
    const row = body.items.find((one: { id: string }) => one.id === made.body.id);
    expect(row).toMatchObject({
      function: 'integrate',
      name: 'Intégration quotidienne',
      interface: { code: 'FNAC' },
      timing: { kind: 'hours', every: 4 },
      timeZone: 'Europe/Paris',
      state: 'active',
      nextAt: '2027-03-01T13:00:00.000Z',
      lastRun: { state: 'ok', source: 'schedule', startedAt: '2027-03-01T09:00:00.000Z' },
      request: null,
      failures: 0,
      pausedAt: null,
      lastProblem: null,
      changed: { by: 'manager@house', at: '2027-03-01T08:00:00.000Z' },
    });
    expect((await call('GET', `${at()}/schedules`)).body).toEqual(body);
    // The table of runs says whose it was, and is filtered by it.
    const runs = await call('GET', `/runs?schedule=${row.id}&from=2027-03-01T09:00:00Z`);
    expect(runs.body.items).toMatchObject([
      { id: row.lastRun.id, schedule: row.id, source: 'schedule', state: 'ok' },
    ]);
    expect((await call('GET', '/runs?to=2027-01-01T00:00:00Z')).body.items).toEqual([]);
    const off = await call('PATCH', `/schedules/${row.id}`, { active: false });
    expect(off.body).toMatchObject({ state: 'inactive', nextAt: null });
  });

  it('foretells what the tick then does, over a change of the clocks', async () => {
    now = new Date('2027-03-26T12:00:00.000Z');
    const timing = { kind: 'at', time: '02:30' };
    const told = await call('POST', '/schedules/foretell', { timing, count: 3 });
    // The night of the 28th has no 02:30: it fires as the clocks change.
    const instants = [
      '2027-03-27T01:30:00.000Z',
      '2027-03-28T01:00:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ];
    expect(told.body).toEqual({ instants, timeZone: 'Europe/Paris' });
    const { body } = await make('Nocturne', { timing, active: true });
    for (const instant of instants) {
      now = new Date(instant);
      await work();
      const shown = await call('GET', `/schedules/${body.id}`);
      expect(shown.body.lastRun.startedAt).toBe(instant);
    }
    const manual = { timing: { kind: 'manual' } };
    expect((await call('POST', '/schedules/foretell', manual)).body.instants).toEqual([]);
    const cron = { timing: { kind: 'cron', expression: '99 * * * *' } };
    expect(await call('POST', '/schedules/foretell', cron)).toMatchObject({
      status: 422,
      body: { code: 'schedule.timing' },
    });
    await call('DELETE', `/schedules/${body.id}`);
  });

  it('changes only the version that was seen', async () => {
    const { body, headers } = await make('Version');
    const etag = String(headers.etag);
    expect((await call('GET', `/schedules/${body.id}`)).headers.etag).toBe(etag);
    const change = (name: string, seen: string) =>
      call('PATCH', `/schedules/${body.id}`, { name }, { 'if-match': seen });
    const changed = await change('Version 2', etag);
    expect(changed).toMatchObject({ status: 200, body: { name: 'Version 2' } });
    expect(await change('Version 3', etag)).toMatchObject({
      status: 412,
      body: { code: 'etag.changed' },
    });
    const gone = await call('DELETE', `/schedules/${body.id}`, undefined, { 'if-match': etag });
    expect(gone.status).toBe(412);
    const fresh = { 'if-match': String(changed.headers.etag) };
    expect((await call('DELETE', `/schedules/${body.id}`, undefined, fresh)).status).toBe(200);
    expect((await call('GET', `/schedules/${body.id}`)).status).toBe(404);
  });

  it('names its refusals', async () => {
    await make('Once');
    expect((await make('Once')).body.code).toBe('schedule.name_taken');
    expect((await make('  ')).body.code).toBe('schedule.name_missing');
    const all = { function: 'take_back', timing: { kind: 'manual' } };
    expect((await make('All back', all)).body.code).toBe('schedule.performances_missing');
    expect((await make('Lost', { performances: ['prf_1'] })).status).toBe(404);
  });

  it('starts now, names the run as soon as it has begun, and takes back what waits', async () => {
    const { body } = await make('By hand', { timing: { kind: 'manual' } });
    const started = await call('POST', `/schedules/${body.id}/start`, {});
    expect(started).toMatchObject({ status: 202, body: { already: false } });
    const path = `/run-requests/${started.body.request}`;
    expect((await call('GET', path)).body).toMatchObject({ state: 'waits', run: null });
    const again = await call('POST', `/schedules/${body.id}/start`, {});
    expect(again.body).toEqual({ already: true, request: null });
    await work();
    const ran = await call('GET', path);
    expect(ran.body).toMatchObject({ state: 'ran', schedule: body.id, run: { state: 'ok' } });
    expect(ran.body.events).toBe(`/api/v1/runs/${ran.body.run.id}/events`);
    expect((await call('POST', `${path}/withdraw`, {})).body.code).toBe('run_request.ended');

    const other = await call('POST', `/schedules/${body.id}/start`, {});
    const waiting = `/run-requests/${other.body.request}`;
    expect((await call('POST', `${waiting}/withdraw`, { reason: 'Too early' })).status).toBe(200);
    await work();
    expect((await call('GET', waiting)).body).toMatchObject({ state: 'withdrawn', run: null });
    const journal = await call('GET', '/journal?action=run_request');
    expect(journal.body.items).toMatchObject([
      { action: 'run_request.withdrawn', object: other.body.request, reason: 'Too early' },
    ]);
  });

  it('says for which run a request waits, and does it in its turn', async () => {
    const held = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<number>();
    const running = world.run(async (context) => {
      opened.resolve(context.run.id);
      await held.promise;
    });
    const holder = await opened.promise;
    const asked = await call('POST', `${at()}/run-requests`, { function: 'replay' });
    expect(asked.status).toBe(202);
    const path = `/run-requests/${asked.body.request}`;
    expect((await call('GET', path)).body).toMatchObject({
      state: 'waits',
      waitsFor: { id: `run_${holder}` },
    });
    const open = await call('GET', '/run-requests?ended=false');
    expect(open.body.items.map((one: { id: string }) => one.id)).toEqual([asked.body.request]);
    held.resolve();
    await running;
    await work();
    expect((await call('GET', path)).body).toMatchObject({ state: 'ran', waitsFor: null });
  });

  it('reads again from a date once, without moving the cursor', async () => {
    world.sellSeat('B', '1');
    world.sellSeat('B', '2');
    now = new Date('2027-04-01T08:00:00.000Z');
    const { body } = await make('Every day', { timing: { kind: 'at', time: '12:00' } });
    const shown = async () => (await call('GET', `/schedules/${body.id}`)).body;
    /** What it read, and what of that happened since the date and was known. */
    const readBy = async (run: string): Promise<[number, number]> => {
      const { messages = 0, alreadyKnown: known = 0 } = (await call('GET', `/runs/${run}`)).body
        .counts;
      return [messages, known];
    };
    await call('PATCH', `/schedules/${body.id}`, { active: true });
    now = new Date('2027-04-01T10:00:00.000Z');
    await work();
    const first = (await shown()).lastRun;
    expect(await readBy(first.id)).toEqual([2, 0]);
    const cursor = await world.cursor();
    const [operation] = await world.query<{ at: string }>(
      'select max(operation_at) as at from operation',
    );
    const fromDate = operation?.at ?? '';

    // For its next run: that one reads again, the one after it does not.
    await call('PATCH', `/schedules/${body.id}`, { fromDate });
    expect((await shown()).fromDate).toBe(fromDate);
    now = new Date('2027-04-02T10:00:00.000Z');
    await work();
    const second = await shown();
    expect(second.fromDate).toBeNull();
    expect((await call('GET', `/runs/${second.lastRun.id}`)).body.limitedTo.from).toBe(fromDate);
    expect(await readBy(second.lastRun.id)).toEqual([2, 1]);
    now = new Date('2027-04-03T10:00:00.000Z');
    await work();
    expect(await readBy((await shown()).lastRun.id)).toEqual([0, 0]);

    // By hand: this run alone.
    await call('POST', `/schedules/${body.id}/start`, { fromDate });
    await work();
    const byHand = (await shown()).lastRun;
    expect(byHand.source).toBe('hand');
    expect(await readBy(byHand.id)).toEqual([2, 1]);

    // Nothing was doubled, and the cursor stands where it was.
    expect(await world.cursor()).toBe(cursor);
    const [books] = await world.query<{ count: number }>(
      'select count(*)::int as count from operation',
    );
    expect(books?.count).toBe(2);
    await call('PATCH', `/schedules/${body.id}`, { active: false });
  });

  it('moves a cursor by hand: with a reason, journaled, never under a run', async () => {
    const { body } = await call('GET', `${at()}/cursors`);
    const [whole] = body.items;
    expect(whole).toMatchObject({ product: null, performance: null, cursor: await world.cursor() });
    const move = (to: string | null, headers = {}) =>
      call('POST', `${at()}/cursors/move`, { to, reason: 'They lost a day' }, headers);
    expect((await move(null, { 'if-match': '"x"' })).status).toBe(412);
    const held = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<number>();
    const running = world.run(async (context) => {
      opened.resolve(context.run.id);
      await held.promise;
    });
    const holder = await opened.promise;
    expect(await move(null)).toMatchObject({
      status: 409,
      body: { code: 'run.account_busy', params: { run: `run_${holder}` } },
    });
    held.resolve();
    await running;
    const moved = await move(null, { 'if-match': whole.etag });
    expect(moved.body).toEqual({ outcome: 'moved', before: whole.cursor });
    const after = await call('GET', `${at()}/cursors`);
    expect(after.body.items[0]).toMatchObject({ cursor: null, run: null });
    const journal = await call('GET', '/journal?action=cursor.moved');
    expect(journal.body.items).toMatchObject([
      {
        object: `ifc_${world.interfaceId}`,
        before: { cursor: whole.cursor },
        after: { cursor: null },
        reason: 'They lost a day',
      },
    ]);
    // The next run reads everything again, and what is known changes nothing.
    const again = await world.integrate();
    expect(again.counts.messages).toBe(2);
    expect(await world.cursor()).toBe(whole.cursor);
    const [books] = await world.query<{ count: number }>(
      'select count(*)::int as count from operation',
    );
    expect(books?.count).toBe(2);
    expect(await call('POST', `${at()}/cursors/move`, { to: null })).toMatchObject({ status: 422 });
  });
});
