import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ChannelError } from '../../src/channels/contract/errors.ts';
import type { ExchangeContext, RunRequest } from '../../src/exchange/context.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { processHolder } from '../../src/main/process-holder.ts';
import { LeaseLost } from '../../src/store/lease-store.ts';
import type { RunLineRow, RunRecord } from '../../src/store/run-store.ts';
import { cancelRun, findRunByNumber, listRunLines } from '../../src/store/run-store.ts';
import { listWireCalls, readWireBodies } from '../../src/store/wire-call-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import type { TestServices } from '../support/exchange-services.ts';
import { createTestServices } from '../support/exchange-services.ts';
import { INTERFACE, insertInterface, ORGANISATION, PASSWORD } from '../support/one-interface.ts';
import { testChannel } from '../support/test-channel.ts';

const CHILD = fileURLToPath(new URL('../support/run-process.ts', import.meta.url));

const INTEGRATE: RunRequest = {
  organisationId: ORGANISATION,
  interfaceId: INTERFACE,
  function: 'integrate',
  source: 'hand',
  startedBy: 'anne',
};

describeEachDatabase('runs', (open) => {
  let test: TestDatabase;
  let now: Date;
  let services: TestServices;

  beforeAll(async () => {
    test = await open();
    await insertInterface(test.database);
  });

  beforeEach(() => {
    now = new Date('2026-03-01T10:00:00.000Z');
    services = serve();
  });

  function serve(extra: Partial<Parameters<typeof createTestServices>[0]> = {}): TestServices {
    const channels = [testChannel()];
    return createTestServices({ database: test.database, channels, now: () => now, ...extra });
  }

  async function readRun(number: number): Promise<RunRecord & { lines: RunLineRow[] }> {
    return await test.database.transaction(ORGANISATION, async (tx) => {
      const run = await findRunByNumber(tx, number);
      if (run === null) throw new Error(`no run ${number}`);
      return { ...run, lines: await listRunLines(tx, run.id, { afterId: 0, limit: 1000 }) };
    });
  }

  async function set(column: string, value: unknown): Promise<void> {
    await test.database.administration((tx) =>
      tx.execute(`update interface set ${column} = $1`, [value]),
    );
  }

  function deferred(): { promise: Promise<void>; resolve: () => void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { promise, resolve };
  }

  it('closes as ok, with counts, progress and lines', async () => {
    const result = await withRun(services, INTEGRATE, async ({ log }) => {
      log.line('info', 'integrate.done', { params: { integrated: 3 } });
      log.count('integrated', 2);
      log.count('integrated');
      log.progress({ done: 3, total: 3 });
      now = new Date('2026-03-01T10:00:07.000Z');
    });
    expect(result).toMatchObject({ outcome: 'ran', state: 'ok', failure: null });
    if (result.outcome !== 'ran') return;
    const run = await readRun(result.run.number);
    expect(run).toMatchObject({
      state: 'ok',
      counts: { integrated: 3 },
      progress: { done: 3, total: 3 },
      startedBy: 'anne',
      startedAt: '2026-03-01T10:00:00.000Z',
      endedAt: '2026-03-01T10:00:07.000Z',
    });
    expect(run.lines).toMatchObject([
      { level: 'info', code: 'integrate.done', class: null, params: { integrated: 3 } },
    ]);
  });

  it.each([
    ['warning', 'warning', 'price.grace'],
    ['error', 'error', 'mapping.missing'],
  ] as const)('takes the state of its worst line: %s', async (level, state, code) => {
    const result = await withRun(services, INTEGRATE, async ({ log }) => {
      if (level === 'error') log.line(level, code as 'mapping.missing');
      else log.line(level, code);
      log.line('info', 'integrate.nothing');
    });
    expect(result).toMatchObject({ state, failure: null });
    if (result.outcome !== 'ran') return;
    const run = await readRun(result.run.number);
    expect(run.state).toBe(state);
    expect(run.lines[0]?.class).toBe(code === 'price.grace' ? 'business' : 'mapping');
  });

  it('keeps the lines of a run that fails, and tells the reseller from us', async () => {
    const external = await withRun(services, INTEGRATE, async ({ log }) => {
      log.line('info', 'integrate.nothing');
      const params = { service: 'EtatVentes', status: 503 };
      throw new ChannelError('external.status', 'refused', { params, sent: true });
    });
    expect(external).toMatchObject({
      state: 'error',
      failure: { code: 'external.status', params: { service: 'EtatVentes', status: 503 } },
    });
    if (external.outcome !== 'ran') return;
    expect(
      (await readRun(external.run.number)).lines.map((line) => [line.code, line.class]),
    ).toEqual([
      ['integrate.nothing', null],
      ['external.status', 'external'],
    ]);
    const ours = await withRun(services, INTEGRATE, async () => {
      throw new TypeError('x is undefined');
    });
    if (ours.outcome !== 'ran') return;
    expect(ours.failure).toEqual({
      code: 'technical.unexpected',
      params: { run: ours.run.number, detail: 'TypeError: x is undefined' },
    });
  });

  it('refuses what may not run, and tries the connection all the same', async () => {
    await set('status', 'hidden');
    const hidden = await withRun(services, INTEGRATE, async () => {});
    expect(hidden).toMatchObject({ outcome: 'refused', problem: { code: 'interface.hidden' } });
    const test = await withRun(
      services,
      { ...INTEGRATE, function: 'test_connection' },
      async () => {},
    );
    expect(test).toMatchObject({ outcome: 'ran', state: 'ok' });
    await set('status', 'archived');
    const archived = await withRun(
      services,
      { ...INTEGRATE, function: 'test_connection' },
      async () => {},
    );
    expect(archived).toMatchObject({ outcome: 'refused', problem: { code: 'interface.archived' } });
    await set('status', 'visible');
    await set('pending_account_id', null);
    const poor = await withRun(services, INTEGRATE, async () => {});
    expect(poor).toMatchObject({ problem: { code: 'interface.no_pending_account' } });
    await set('pending_account_id', 32);
  });

  it('runs one at a time on an account: the second waits and says for whom', async () => {
    const working = deferred();
    const go = deferred();
    const order: string[] = [];
    const first = withRun(services, INTEGRATE, async () => {
      working.resolve();
      await go.promise;
      order.push('first ends');
    });
    await working.promise;
    const busy = await withRun(services, { ...INTEGRATE, wait: false }, async () => {});
    expect(busy).toMatchObject({
      outcome: 'busy',
      by: { function: 'integrate', interfaceCode: 'FNAC', startedBy: 'anne' },
    });
    const told: string[] = [];
    const patient = serve({
      // It has waited once: now the first may go on.
      wait: async () => {
        go.resolve();
        await new Promise<void>((done) => setImmediate(done));
      },
    });
    const second = await withRun(
      patient,
      {
        ...INTEGRATE,
        function: 'export',
        startedBy: 'bea',
        onWait: (by) => told.push(by.startedBy),
      },
      async () => {
        order.push('second works');
      },
    );
    await first;
    expect(order).toEqual(['first ends', 'second works']);
    expect(told).toEqual(['anne']);
    if (second.outcome !== 'ran') return;
    const { lines } = await readRun(second.run.number);
    expect(lines).toMatchObject([{ code: 'run.waited', params: { startedBy: 'anne' } }]);
  });

  it('takes over at once from a holder that was killed', async () => {
    const argument = JSON.stringify({ options: test.options, now: now.toISOString() });
    const child = spawn(process.execPath, [CHILD, argument], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { run: number } = JSON.parse((await lines.next()).value as string) as { run: number };
    const holder = processHolder();
    const alive = await withRun(serve({ holder }), { ...INTEGRATE, wait: false }, async () => {});
    expect(alive.outcome).toBe('busy');
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    // The clock stands still: its lease has not expired.
    const result = await withRun(serve({ holder }), { ...INTEGRATE, wait: false }, async () => {});
    expect(result).toMatchObject({ outcome: 'ran', state: 'warning' });
    if (result.outcome !== 'ran') return;
    const former = await readRun(number);
    expect(former).toMatchObject({ state: 'error', attempt: 2, endedAt: now.toISOString() });
    expect(former.lines).toMatchObject([
      { code: 'integrate.nothing' },
      {
        level: 'error',
        code: 'technical.worker_died',
        class: 'technical',
        params: { run: number, by: result.run.number },
      },
    ]);
    expect((await readRun(result.run.number)).lines).toMatchObject([
      { level: 'warning', code: 'run.took_over', params: { run: number } },
    ]);
  });

  it('lets a sleeper commit nothing and close nothing', async () => {
    let sleeper: ExchangeContext | undefined;
    const working = deferred();
    const wake = deferred();
    let failed: unknown;
    const slept = withRun(services, INTEGRATE, async (context) => {
      sleeper = context;
      working.resolve();
      await wake.promise;
      context.log.line('info', 'integrate.nothing');
      await context.database
        .transaction(ORGANISATION, async (tx) => {
          await context.assertHolds(tx);
          await tx.execute(`update interface set reseller = 'written by a sleeper'`);
        })
        .catch((error: unknown) => {
          failed = error;
          throw error;
        });
    });
    await working.promise;
    now = new Date('2026-03-01T10:00:15.001Z');
    const second = await withRun(serve(), { ...INTEGRATE, wait: false }, async (context) => {
      await context.database.transaction(ORGANISATION, (tx) => context.assertHolds(tx));
      now = new Date('2026-03-01T10:00:20.000Z');
      wake.resolve();
      await slept;
      await context.database.transaction(ORGANISATION, (tx) => context.assertHolds(tx));
    });
    expect(failed).toBeInstanceOf(LeaseLost);
    expect(second).toMatchObject({ outcome: 'ran', failure: null });
    expect(await slept).toMatchObject({
      state: 'error',
      failure: { code: 'technical.worker_died' },
    });
    const former = await readRun(sleeper?.run.number ?? 0);
    expect(former).toMatchObject({ reseller: 'FNAC', endedAt: '2026-03-01T10:00:15.001Z' });
    // Its own line came too late; only the one of who took it up is there.
    expect(former.lines.map((line) => line.code)).toEqual(['technical.worker_died']);
  });

  it('has the server end a batch that is left open, and nobody else’s transaction', async () => {
    const limit = async (context: ExchangeContext, hold: boolean): Promise<unknown> =>
      await context.database.transaction(ORGANISATION, async (tx) => {
        if (hold) await context.assertHolds(tx);
        const [row] = await tx.query(
          `select current_setting('idle_in_transaction_session_timeout') as is`,
        );
        return row?.is;
      });
    await withRun(services, INTEGRATE, async (context) => {
      const before = await limit(context, false);
      expect(await limit(context, true)).toBe('20s');
      expect(await limit(context, false)).toBe(before);
      expect(before).not.toBe('20s');
    }).then((result) => expect(result).toMatchObject({ failure: null }));
  });

  it('keeps its account by heartbeats, and stops when it has lost it', async () => {
    const result = await withRun(services, INTEGRATE, async (context) => {
      now = new Date('2026-03-01T10:00:10.000Z');
      await services.tick();
      now = new Date('2026-03-01T10:00:24.999Z');
      const other = await withRun(serve(), { ...INTEGRATE, wait: false }, async () => {});
      expect(other.outcome).toBe('busy');
      now = new Date('2026-03-01T10:00:25.000Z');
      const next = await withRun(serve(), { ...INTEGRATE, wait: false }, async () => {});
      expect(next.outcome).toBe('ran');
      expect(context.signal.aborted).toBe(false);
      await services.tick();
      expect(context.signal.aborted).toBe(true);
    });
    expect(result).toMatchObject({ failure: { code: 'technical.worker_died' } });
  });

  it('stops on request', async () => {
    const result = await withRun(services, INTEGRATE, async (context) => {
      const { run } = context;
      await context.database.transaction(ORGANISATION, (tx) => cancelRun(tx, run.id));
      context.log.count('integrated');
      await services.tick();
      context.signal.throwIfAborted();
    });
    expect(result).toMatchObject({ state: 'cancelled', failure: null });
    if (result.outcome !== 'ran') return;
    const run = await readRun(result.run.number);
    expect(run).toMatchObject({ state: 'cancelled', counts: { integrated: 1 } });
    expect(run.lines).toMatchObject([{ code: 'run.cancelled' }]);
    expect(run.endedAt).not.toBeNull();
  });

  it('opens the channel with its secrets, and keeps none of them', async () => {
    const settings: unknown[] = [];
    const channel = testChannel((config, ports) => {
      settings.push(config);
      return {
        testConnection: async () => {
          await ports.recorder.record({
            operation: 'EtatVentes',
            method: 'POST',
            url: 'http://127.0.0.1:1/',
            startedAt: now,
            durationMs: 12.4,
            status: 200,
            requestBytes: 20,
            responseBytes: 300_020,
            requestDigest: 'a'.repeat(64),
            responseDigest: null,
            request: '<depuis>7</depuis>',
            response: 'é'.repeat(150_010),
            outcome: 'ok',
            fault: null,
          });
          return [];
        },
      };
    });
    const result = await withRun(serve({ channels: [channel] }), INTEGRATE, async (context) => {
      // Also while a batch is being written, which has its own transaction.
      await context.database.transaction(ORGANISATION, async () => {
        const recorded = context.open.testConnection();
        if (context.database.kind === 'postgres') await recorded;
      });
      await context.open.testConnection();
      expect(JSON.stringify(context.interface)).not.toContain(PASSWORD);
    });
    expect(settings).toEqual([{ url: 'http://127.0.0.1:1', password: PASSWORD }]);
    if (result.outcome !== 'ran') return;
    expect(result.failure).toBeNull();
    const { calls, bodies } = await test.database.transaction(ORGANISATION, async (tx) => {
      const calls = await listWireCalls(tx, result.run.id, { afterId: 0, limit: 10 });
      return { calls, bodies: await readWireBodies(tx, calls[0]?.id ?? 0) };
    });
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ operation: 'EtatVentes', status: 200, durationMs: 12 });
    expect(bodies.request).toBe('<depuis>7</depuis>');
    expect(bodies.response).toHaveLength(131_072 + '\n… 37876 more bytes were not kept'.length);
    const everything = await test.database.administration((tx) =>
      tx.query<{ text: string }>(
        `select (select string_agg(w::text, ' ') from wire_call w)
           || (select string_agg(r::text, ' ') from run r)
           || (select string_agg(l::text, ' ') from run_line l)
           || (select string_agg(i::text, ' ') from interface i) as text`,
      ),
    );
    const [{ text } = { text: '' }] = everything;
    expect(text).toContain('EtatVentes');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(Buffer.from(PASSWORD).toString('hex'));
  });
});
