import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../../src/channels/fnac/channel.ts';
import { enterPayment } from '../../../src/exchange/account/enter-entry.ts';
import { readAccounts } from '../../../src/exchange/account/read-account.ts';
import { setCeiling } from '../../../src/exchange/account/set-ceiling.ts';
import { integrateSales } from '../../../src/exchange/integrate-sales.ts';
import type { WorldOptions } from '../../support/books-world.ts';
import { BooksWorld } from '../../support/books-world.ts';
import type { TestDatabase } from '../../support/databases.ts';
import { describeEachDatabase } from '../../support/databases.ts';
import { fnacBooks } from '../../support/fnac-books.ts';

/** Each sale of a seat is 40.00 less 1.80: 38.20. */
describeEachDatabase('the ceiling, over the wire', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());

  const enter = async (ceiling: string, blocks: boolean, more: WorldOptions = {}) => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      ...more,
      change: (house) => {
        for (const one of house.pending_accounts ?? []) {
          if (one.code === 'FNAC') one.ceiling = ceiling;
        }
        for (const one of house.interfaces ?? []) one.ceiling_blocks = blocks;
      },
    });
  };
  const account = async () => {
    const request = { organisationId: world.organisationId, check: true };
    const found = await readAccounts(world.services, request);
    return found.find(({ code }) => code === 'FNAC') ?? expect.fail('no account');
  };
  const where = async () => ({
    organisationId: world.organisationId,
    accountId: (await account()).id,
    author: 'Anne',
  });
  const sellAndTell = async (seats: readonly string[]) => {
    for (const seat of seats) world.sellSeat('B', seat);
    const { lines } = await world.integrate();
    return lines
      .filter(({ code }) => code === 'account.ceiling_reached')
      .map(({ level, params }) => [level, params.account, params.percent, params.balance]);
  };
  const pay = async (amountMinor: number, document: string) =>
    enterPayment(world.services, {
      ...(await where()),
      amountMinor,
      document,
      day: '2027-01-09',
      reason: null,
    });

  it('a run tells each threshold once, and again after a payment', async () => {
    await enter('100.00', false);
    expect(await sellAndTell(['1', '2'])).toEqual([]);
    expect(await sellAndTell(['3'])).toEqual([['warning', 'FNAC', 100, 3 * 3820]]);
    expect(await sellAndTell(['4'])).toEqual([]);
    await pay(3 * 3820, 'P1');
    expect(await sellAndTell(['5'])).toEqual([]);
    expect(await account()).toMatchObject({ filledPercent: 76, warnedPercent: 0 });
    await pay(1000, 'P2');
    expect(await sellAndTell(['6'])).toEqual([['warning', 'FNAC', 100, 10_460]]);
  });

  it('tells 80 per cent', async () => {
    await enter('90.00', false);
    expect(await sellAndTell(['1', '2'])).toEqual([['warning', 'FNAC', 80, 7640]]);
  });

  it('where it blocks, a payment and a raise name what waits, and it is taken', async () => {
    await enter('80.00', true);
    await sellAndTell(['1', '2', '3', '4', '5']);
    const waiting = (await account()).waiting;
    expect(waiting).toMatchObject([{ kind: 'sale', cases: 3, amountMinor: 12_000 }]);
    const paid = await pay(3820, 'P1');
    expect(paid).toMatchObject({ outcome: 'entered', ceilingCases: { length: 3 } });
    if (paid.outcome === 'refused') throw new Error(paid.code);
    await world.replay(paid.ceilingCases);
    expect((await account()).waiting).toMatchObject([{ cases: 2 }]);
    const raised = await setCeiling(world.services, {
      ...(await where()),
      ceilingMinor: 20_000,
      reason: 'A good month',
    });
    if (raised.outcome === 'refused') throw new Error(raised.code);
    expect(raised.ceilingCases).toHaveLength(2);
    await world.replay(raised.ceilingCases);
    const after = await account();
    expect(after.waiting).toEqual([]);
    expect(after.balanceMinor).toBe(4 * 3820);
    expect(after.ledgerMinor).toBe(4 * 3820);
  });

  it('two resellers on one pending account, at once: the balance is the sum', async () => {
    await enter('100000.00', false, {
      second: { account: 'TS2', firstProducts: ['S1/SHOW'], products: ['S1/MATCH'] },
    });
    const { second } = world;
    if (second === null) throw new Error('There is a second reseller.');
    for (let index = 0; index < 12; index += 1) {
      world.sell({ count: 1, block: 'ORCA' });
      second.simulator.switchboard.sell({
        product: 'MMATCH',
        start: '2027-02-08T20:00',
        block: 'LIBRE',
        category: '30',
        tariff: '44',
        count: 1,
        force: true,
      });
      // Both simulators number alike; a code is one of a kind in the house.
      const fields = { codeBarres: `SECOND${index}` };
      second.simulator.switchboard.rewrite({ sequence: index + 1, fields });
    }
    const counts = await world.inBatchesOf(1, async () => {
      const both = await Promise.all([
        world.integrate(),
        world.run((context) => integrateSales(context), { interfaceId: second.interfaceId }),
      ]);
      return both.map((one) => one.counts.integrated);
    });
    expect(counts).toEqual([12, 12]);
    const due = 12 * (4000 - 180) + 12 * (2000 - 180);
    expect(await account()).toMatchObject({ balanceMinor: due, ledgerMinor: due });
  });
});
