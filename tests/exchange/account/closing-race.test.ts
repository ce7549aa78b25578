import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { closePeriod } from '../../../src/exchange/account/close-period.ts';
import { enterPayment } from '../../../src/exchange/account/enter-entry.ts';
import { lockAccount, sumLedger } from '../../../src/store/account-store.ts';
import { BooksWorld } from '../../support/books-world.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { fnacBooks } from '../../support/fnac-books.ts';

/** Forty sales of October, taken in while October is being closed and payments come in. */
describeEachDatabase('a closing that meets an integration', (open) => {
  let world: BooksWorld;
  beforeAll(async () => {
    const test = await open();
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      house: { rows: 5, seatsPerRow: 10 },
    });
  });
  afterAll(() => world.close());

  it('every entry is in October or late in November, as the closing saw it', async () => {
    const { organisationId, services } = world;
    const [account] = await world.query<{ id: number }>(
      `select id from pending_account where code = 'FNAC'`,
    );
    const accountId = account?.id ?? 0;
    const close = () =>
      closePeriod(services, {
        organisationId,
        accountId,
        period: '2026-10',
        author: 'Anne',
        reason: null,
        despiteWarnings: true,
      });
    const pay = (number: number) =>
      enterPayment(services, {
        organisationId,
        accountId,
        amountMinor: 100,
        document: `P${number}`,
        day: '2026-10-15',
        author: 'Anne',
        reason: null,
        late: true,
      });
    for (let index = 0; index < 40; index += 1) {
      world.sell({ count: 1, block: 'ORCA', at: '2026-10-20T10:00:00' });
    }
    let written = 0;
    const seen = new Promise<void>((resolve) => {
      const look = async () => {
        for (;;) {
          const rows = await world.query('select id from ledger_entry limit 1');
          if (rows.length > 0 || written > 0) return resolve();
        }
      };
      void look();
    });
    const running = world.inBatchesOf(2, () => world.integrate());
    void running.then(() => {
      written = 1;
    });
    await seen;
    const [first, second] = await Promise.all([close(), close(), pay(1), pay(2), pay(3)]);
    expect([first.outcome, second.outcome].sort()).toEqual(['closed', 'known']);
    const ran = await running;
    expect(ran.counts).toMatchObject({ integrated: 40 });

    const [told] = await world.query<{ balance: number }>(
      `select (after ->> 'balanceMinor')::bigint as balance from journal
       where action = 'account.period_closed'`,
    );
    const periods = await world.query<{ period: string; late: boolean; sum: number; n: number }>(
      `select period, late, sum(amount_minor)::bigint as sum, count(*) as n from ledger_entry
       group by period, late order by period`,
    );
    const october = periods.find(({ period }) => period === '2026-10');
    // What the month holds is what it held when it was closed: nothing slipped in behind.
    expect(october?.sum).toBe(told?.balance);
    expect(periods.filter(({ late }) => late).map(({ period }) => period)).toEqual(
      periods.length > 1 ? ['2026-11'] : [],
    );
    expect(periods.reduce((sum, one) => sum + one.n, 0)).toBe(40 * 2 + 3);
    const instants = await world.query<{ at: string }>(
      `select distinct operation_at as at from ledger_entry where kind = 'sale'`,
    );
    expect(instants).toEqual([{ at: '2026-10-20T08:00:00.000Z' }]);
    const due = 40 * (4000 - 180) - 300;
    const kept = await world.database.transaction(organisationId, async (tx) => [
      (await lockAccount(tx, accountId)).balanceMinor,
      await sumLedger(tx, accountId),
    ]);
    expect(kept).toEqual([due, due]);
  });
});
