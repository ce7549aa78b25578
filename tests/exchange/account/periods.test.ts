import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { periodOf } from '../../../src/domain/money/periods.ts';
import { enterAdjustment, enterPayment } from '../../../src/exchange/account/enter-entry.ts';
import type { AccountBench } from '../../support/account-bench.ts';
import { openAccount, ZONE } from '../../support/account-bench.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';

interface Entry {
  amount: number;
  period: string;
  late: boolean;
  at: string;
}

const entries = (b: AccountBench) =>
  b.query<Entry>(
    `select amount_minor as amount, period, late, operation_at as at
     from ledger_entry order by id`,
  );

type Step =
  | { do: 'sell'; amount: number; day: number }
  | { do: 'pay'; amount: number; day: number }
  | { do: 'adjust'; amount: number; day: number }
  | { do: 'close'; month: number };

/** Days from 1 August 2026 on, up to the clock's 24 November. */
const instant = (day: number): string =>
  new Date(Date.parse('2026-08-01T12:00:00Z') + day * 86_400_000).toISOString();
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('sell' as const),
    amount: fc.integer({ min: -5000, max: 5000 }),
    day: fc.integer({ min: 0, max: 114 }),
  }),
  fc.record({
    do: fc.constantFrom('pay' as const, 'adjust' as const),
    amount: fc.integer({ min: 1, max: 9000 }),
    day: fc.integer({ min: 0, max: 114 }),
  }),
  fc.record({ do: fc.constant('close' as const), month: fc.integer({ min: 8, max: 11 }) }),
);

describeEachDatabase('periods of an account', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  it('in any order: the balance is the sum, closed months stay, instants are kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const b = await openAccount(test.database);
        let owed = 0;
        let closed = '';
        const expected: Entry[] = [];
        for (const [index, one] of steps.entries()) {
          if (one.do === 'close') {
            const period = `2026-${String(one.month).padStart(2, '0')}`;
            const { outcome } = await b.close(period, { evenRunning: true });
            if (outcome === 'closed') closed = period;
            continue;
          }
          const at = one.do === 'sell' ? instant(one.day) : localStart(instant(one.day));
          const amount = one.do === 'pay' ? -one.amount : one.amount;
          if (one.do === 'sell') {
            await b.book([{ kind: 'sale', amountMinor: amount, operationAt: at }]);
          } else {
            const enter = one.do === 'pay' ? enterPayment : enterAdjustment;
            const day = instant(one.day).slice(0, 10);
            const document = `D${index}`;
            const request = { amountMinor: one.amount, document, day, reason: 'test', late: true };
            await enter(b.services, b.entry(request));
          }
          owed += amount;
          const own = periodOf(at, ZONE);
          const late = own <= closed;
          expected.push({ amount, period: late ? after(closed) : own, late, at });
        }
        expect(await entries(b)).toEqual(expected);
        expect(await b.balances()).toEqual({ kept: owed, sum: owed });
      }),
      { numRuns: 12 },
    );
  });

  it('a closing that meets running batches: never an entry in the closed month', async () => {
    const b = await openAccount(test.database);
    const october = { kind: 'sale' as const, amountMinor: 10, operationAt: instant(70) };
    const batches = Array.from({ length: 12 }, () => b.book([october, october]));
    const closing = b.close('2026-10');
    const more = Array.from({ length: 12 }, () => b.book([october, october]));
    const [result] = await Promise.all([closing, ...batches, ...more]);
    expect(result).toMatchObject({ outcome: 'closed' });
    const found = await entries(b);
    // Ids follow no clock; the closing's own journal row tells what the balance was just then.
    const [told] = await b.query<{ balance: number }>(
      `select (after ->> 'balanceMinor')::bigint as balance from journal
       where action = 'account.period_closed'`,
    );
    const inOctober = found.filter(({ period }) => period === '2026-10');
    expect(inOctober.reduce((sum, { amount }) => sum + amount, 0)).toBe(told?.balance);
    expect(found.filter(({ late }) => late).every(({ period }) => period === '2026-11')).toBe(true);
    expect(found).toHaveLength(48);
    expect(await b.balances()).toEqual({ kept: 480, sum: 480 });
  });

  it('two closings at once: one closes, the other finds it closed', async () => {
    const b = await openAccount(test.database);
    const both = await Promise.all([b.close('2026-10'), b.close('2026-10')]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'known']);
    expect(await b.query('select period from account_period')).toEqual([{ period: '2026-10' }]);
  });

  it('is not closed over warnings unless that is said, and never opened again', async () => {
    const b = await openAccount(test.database);
    const warned = await b.close('2026-10', { despiteWarnings: false });
    expect(warned).toEqual({
      outcome: 'warned',
      period: '2026-10',
      warnings: [
        {
          code: 'account.integration_old',
          params: { interface: 'FNAC', reseller: 'FNAC', last: null },
        },
      ],
    });
    expect(await b.query('select period from account_period')).toEqual([]);
    expect(await b.close('2026-10')).toMatchObject({ outcome: 'closed' });
    await expect(b.execute('delete from account_period')).rejects.toThrow(/permission denied/);
    await expect(b.execute('update account_period set closed_at = null')).rejects.toThrow(
      /permission denied/,
    );
  });
});

const localStart = (at: string): string => {
  // Paris is two hours ahead until 25 October 2026, then one.
  const summer = at < '2026-10-25';
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`).getTime();
  return new Date(day - (summer || at.startsWith('2026-10-25') ? 2 : 1) * 3_600_000).toISOString();
};

const after = (period: string): string => {
  const month = Number(period.slice(5)) + 1;
  return `${period.slice(0, 5)}${String(month).padStart(2, '0')}`;
};
