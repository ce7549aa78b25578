import { beforeAll, expect, it } from 'vitest';
import type { RunRequest } from '../../src/exchange/context.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import type { RunLog } from '../../src/runs/log.ts';
import { LINES_FOLDED, LINES_IN_FULL } from '../../src/runs/log.ts';
import type { RunLineRow } from '../../src/store/run-store.ts';
import { listRunLines } from '../../src/store/run-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { createTestServices } from '../support/exchange-services.ts';
import { INTERFACE, insertInterface, ORGANISATION } from '../support/one-interface.ts';
import { testChannel } from '../support/test-channel.ts';

const REQUEST: RunRequest = {
  organisationId: ORGANISATION,
  interfaceId: INTERFACE,
  function: 'integrate',
  source: 'schedule',
  startedBy: 'Ventes',
};

describeEachDatabase('the log of a run', (open) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await open();
    await insertInterface(test.database);
  });

  async function logged(work: (log: RunLog) => Promise<void>): Promise<RunLineRow[]> {
    const now = () => new Date('2026-03-01T10:00:00Z');
    const services = createTestServices({
      database: test.database,
      channels: [testChannel()],
      now,
    });
    const result = await withRun(services, REQUEST, ({ log }) => work(log));
    if (result.outcome !== 'ran') throw new Error('not run');
    return await test.database.transaction(ORGANISATION, (tx) =>
      listRunLines(tx, result.run.id, { afterId: 0, limit: 10_000 }),
    );
  }

  const total = (lines: readonly RunLineRow[]) => lines.reduce((sum, line) => sum + line.times, 0);

  it('folds a hundred thousand identical lines into one that counts', async () => {
    const lines = await logged(async (log) => {
      for (let n = 0; n < 100_000; n += 1) {
        const details = { params: { barcode: 'B' }, keys: { ticket: `T${n}` }, messageId: n };
        log.line('warning', 'barcode.used', details);
        // Written in the middle too: the line goes on counting.
        if (n === 50_000) await log.flush();
      }
    });
    expect(lines).toHaveLength(LINES_IN_FULL + 1);
    expect(lines[7]).toMatchObject({ keys: { ticket: 'T7' }, messageId: 7, times: 1 });
    expect(lines.at(-1)).toMatchObject({
      params: { barcode: 'B' },
      keys: {},
      messageId: null,
      times: 100_000 - LINES_IN_FULL,
    });
  });

  it('counts what differs apart, and beyond a limit together: nothing is lost', async () => {
    const lines = await logged(async (log) => {
      for (let n = 0; n < 5_000; n += 1) {
        log.line('warning', 'barcode.used', { params: { barcode: `B${n % 1_000}` } });
      }
      log.line('warning', 'barcode.missing', { keys: { ticket: 'T1' } });
    });
    expect(lines).toHaveLength(LINES_IN_FULL + LINES_FOLDED + 1 + 1);
    expect(total(lines)).toBe(5_001);
    // B100 to B199 are met five times each, the first time as the first of its fold.
    const apart = lines.filter((line) => line.times === 5);
    expect(apart).toHaveLength(LINES_FOLDED);
    const together = lines.filter((line) => line.times > 5);
    expect(together).toMatchObject([{ params: {}, times: 5_000 - 100 - 500 }]);
    expect(lines.find((line) => line.code === 'barcode.missing')).toMatchObject({
      keys: { ticket: 'T1' },
    });
  });

  it('keeps the levels of one code apart', async () => {
    const lines = await logged(async (log) => {
      for (let n = 0; n < 150; n += 1) log.line('warning', 'sale.missing', {});
      log.line('error', 'sale.missing', { keys: { ticket: 'T9' } });
    });
    expect(lines.at(-1)?.level === 'error' || lines.some((line) => line.level === 'error')).toBe(
      true,
    );
    expect(total(lines.filter((line) => line.level === 'warning'))).toBe(150);
  });

  it('gives back what could not be written, in order', async () => {
    let failures = 1;
    const { database } = test;
    const flaky = new Proxy(database, {
      get(target, name) {
        const value = Reflect.get(target, name, target) as unknown;
        if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value;
        return (...args: Parameters<typeof database.transaction>) => {
          if (failures-- > 0) return Promise.reject(new Error('the database is away'));
          return target.transaction(...args);
        };
      },
    });
    const { createRunLog } = await import('../../src/runs/log.ts');
    const services = createTestServices({
      database,
      channels: [testChannel()],
      now: () => new Date('2026-03-01T10:00:00Z'),
    });
    const result = await withRun(services, REQUEST, async ({ run }) => {
      const log = createRunLog({
        database: flaky,
        ids: services.ids,
        clock: services.clock,
        organisationId: ORGANISATION,
        runId: run.id,
      });
      for (let n = 0; n < 120; n += 1) {
        log.line('warning', 'barcode.used', { params: { barcode: n < 110 ? `B${n}` : 'B' } });
      }
      await expect(log.flush()).rejects.toThrow('the database is away');
      log.line('info', 'integrate.nothing');
      await log.flush();
    });
    if (result.outcome !== 'ran') throw new Error('not run');
    expect(result.failure).toBeNull();
    const lines = await database.transaction(ORGANISATION, (tx) =>
      listRunLines(tx, result.run.id, { afterId: 0, limit: 1_000 }),
    );
    expect(total(lines)).toBe(121);
    expect(lines[0]).toMatchObject({ params: { barcode: 'B0' } });
    expect(lines[LINES_IN_FULL]).toMatchObject({ code: 'integrate.nothing' });
    expect(lines.at(-1)).toMatchObject({ params: { barcode: 'B' }, times: 10 });
  });
});
