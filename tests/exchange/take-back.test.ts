import { expect, it } from 'vitest';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import type { HouseOptions, StockHouse } from '../support/stock-house.ts';
import {
  buildStockHouse,
  INTERFACE,
  ORGANISATION,
  PERFORMANCE,
  readSeats,
  SHOW,
  stockFingerprint,
} from '../support/stock-house.ts';
import type { StockRuns } from '../support/stock-runs.ts';
import { createStockRuns } from '../support/stock-runs.ts';

interface World {
  test: TestDatabase;
  house: StockHouse;
  reseller: ScriptedReseller;
  runs: StockRuns;
}

describeEachDatabase('taking unsold places back', (open) => {
  const build = async (options: HouseOptions): Promise<World> => {
    const test = await open();
    const house = await buildStockHouse(test.database, options);
    const reseller = new ScriptedReseller();
    const runs = createStockRuns(test.database, reseller);
    await runs.run((context) => exportContingent(context));
    return { test, house, reseller, runs };
  };
  const performanceIds = [PERFORMANCE];
  const asTakeBack = { function: 'take_back' } as const;

  it('brings everything unsold back into the house stock and never sends it again', async () => {
    const world = await build({ seats: 6 });
    const { house, reseller, runs, test } = world;
    const [first] = house.seatIds as [number];
    reseller.sell(SHOW, house.placeOf(first), 'T1');
    const result = await runs.run((context) => takeBack(context, { performanceIds }), asTakeBack);
    expect(result.counts).toMatchObject({ taken_back: 5, sold_missing_here: 1 });
    expect(await runs.lines(result.run.id)).toContain(
      'seat.sold_missing_here {"seat":"AUDI/1F/B1/A/1","ticket":null,' +
        '"performance":"CHALK 2027-02-01 20:00"}',
    );
    const rows = await readSeats(test.database);
    // Sold there: it stays, and the wish stands until its sale comes.
    expect(rows[0]).toMatchObject({ interfaceId: INTERFACE, wish: 'take_back', state: 'free' });
    for (const row of rows.slice(1)) {
      expect(row).toMatchObject({ interfaceId: null, contingentId: null, wish: null, pending: 0 });
    }
    expect([...reseller.seats(SHOW).keys()]).toEqual([house.placeOf(first)]);
    const received = reseller.received.filter((command) => command.action === 'add').length;
    await runs.run((context) => exportContingent(context));
    expect(reseller.received.filter((command) => command.action === 'add')).toHaveLength(received);
    const moved = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query(`select 1 from movement where kind = 'taken_back'`),
    );
    expect(moved).toHaveLength(5);
  });

  it('takes back as many as asked, in key order', async () => {
    const { house, reseller, runs } = await build({ seats: 6 });
    const request = { performanceIds, unsold: { count: 4 } };
    await runs.run((context) => takeBack(context, request), asTakeBack);
    expect([...reseller.seats(SHOW).keys()]).toEqual(house.seatIds.slice(4).map(house.placeOf));
  });

  it('takes back a selection, a wheelchair place with its companion', async () => {
    const { house, reseller, runs, test } = await build({ seats: 5 });
    const [first, second, third] = house.seatIds as [number, number, number];
    await test.database.transaction(ORGANISATION, async (tx) => {
      await tx.execute('update seat set wheelchair = true where id = $1', [first]);
      await tx.execute('update seat set companion_of = $1 where id = $2', [first, second]);
    });
    const request = { performanceIds, unsold: { seatIds: [first, third] } };
    await runs.run((context) => takeBack(context, request), asTakeBack);
    expect([...reseller.seats(SHOW).keys()]).toEqual(house.seatIds.slice(3).map(house.placeOf));
  });

  it('takes back from a cancelled performance, and a second time changes nothing', async () => {
    const { reseller, runs, test } = await build({ seats: 3 });
    await test.database.transaction(ORGANISATION, (tx) =>
      tx.execute(`update performance set state = 'cancelled'`),
    );
    await runs.run((context) => takeBack(context, { performanceIds }), asTakeBack);
    expect(reseller.seats(SHOW).size).toBe(0);
    const before = await stockFingerprint(test.database);
    await runs.run((context) => takeBack(context, { performanceIds }), asTakeBack);
    expect(await stockFingerprint(test.database)).toBe(before);
  });

  it('counts what is not there as back', async () => {
    const { house, reseller, runs, test } = await build({ seats: 2 });
    const [first] = house.seatIds as [number];
    reseller.seats(SHOW).delete(house.placeOf(first));
    await runs.run((context) => takeBack(context, { performanceIds }), asTakeBack);
    expect((await readSeats(test.database))[0]?.interfaceId).toBeNull();
  });

  it('takes counted places out of the quota, as many as the reseller gives back', async () => {
    const { reseller, runs, test } = await build({ seats: 0, zoneQuota: 40 });
    reseller.mostOfZone = 6;
    const request = { performanceIds, unsold: { count: 10 } };
    await runs.run((context) => takeBack(context, request), asTakeBack);
    const quota = () =>
      test.database.transaction(ORGANISATION, (tx) =>
        tx.query(`select quota, allotted, wish_take_back as wish from contingent_quota`),
      );
    expect(await quota()).toEqual([{ quota: 34, allotted: 34, wish: 4 }]);
    reseller.mostOfZone = null;
    await runs.run((context) => exportContingent(context));
    expect(await quota()).toEqual([{ quota: 30, allotted: 30, wish: 0 }]);
    expect(reseller.counts(SHOW).get('ALLOT/FOSSE')?.free).toBe(30);
  });
});
