import { AsyncLocalStorage } from 'node:async_hooks';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { blockSeats, moveSeats } from '../../src/exchange/move-seats.ts';
import { allotmentTable } from '../../src/store/allotment-table.ts';
import { seatsInFlight } from '../../src/store/command-store.ts';
import { bumpOffers, dueOffers } from '../../src/store/offer-store.ts';
import { lockSeats } from '../../src/store/stock-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import type { HouseOptions, StockHouse } from '../support/stock-house.ts';
import {
  buildStockHouse,
  FIRST,
  FNAC,
  FNAC_BIS,
  HOUSE,
  INTERFACE,
  ORGANISATION,
  OTHER,
  OTHER_INTERFACE,
  PERFORMANCE,
  readSeats,
  SECOND,
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

/** Starts work outside of the transaction in which the caller stands. */
const started = AsyncLocalStorage.bind((work: () => Promise<unknown>) => work());

describeEachDatabase('export', (open, kind) => {
  const build = async (options: HouseOptions): Promise<World> => {
    const test = await open();
    const house = await buildStockHouse(test.database, options);
    const reseller = new ScriptedReseller();
    return { test, house, reseller, runs: createStockRuns(test.database, reseller) };
  };
  const table = async ({ test }: World) =>
    test.database.transaction(ORGANISATION, (tx) => allotmentTable(tx, INTERFACE, PERFORMANCE));
  const seatRow = async (world: World) =>
    (await table(world)).find((row) => row.contingentId === FNAC && row.counterId === null);

  describe('a first export', () => {
    let world: World;
    beforeAll(async () => {
      world = await build({ seats: 10 });
    });

    it('hands every seat over in commands of the limit', async () => {
      const result = await world.runs.run((context) => exportContingent(context));
      expect(result.state).toBe('ok');
      expect(result.counts.exported).toBe(10);
      expect(world.reseller.received.map((command) => command.items.length)).toEqual([4, 4, 2]);
      expect([...world.reseller.seats(SHOW).keys()]).toEqual(
        world.house.seatIds.map((id) => world.house.placeOf(id)),
      );
      const rows = await readSeats(world.test.database);
      expect(rows.every((row) => row.interfaceId === INTERFACE && row.pending === 0)).toBe(true);
      expect(rows[0]).toMatchObject({ sentCategoryId: FIRST, sentContingentId: FNAC });
    });

    it('leaves one movement per seat and a done command', async () => {
      const found = await world.test.database.transaction(ORGANISATION, async (tx) => ({
        movements: await tx.query('select 1 from movement where kind = $1', ['allotted']),
        open: await tx.query(`select 1 from command where state <> 'done'`),
      }));
      expect(found.movements).toHaveLength(10);
      expect(found.open).toHaveLength(0);
    });

    it('sends nothing and changes no row the second time', async () => {
      const before = await stockFingerprint(world.test.database);
      const sent = world.reseller.received.length;
      const result = await world.runs.run((context) => exportContingent(context));
      expect(await world.runs.lines(result.run.id)).toEqual(['export.nothing {}']);
      expect(world.reseller.received).toHaveLength(sent);
      expect(await stockFingerprint(world.test.database)).toBe(before);
    });

    it('counts as the dialog does', async () => {
      const { house, runs } = world;
      const [first, second] = house.seatIds as [number, number];
      const at = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
      await moveSeats(runs.services, { ...at, seatIds: [first], contingentId: OTHER });
      await blockSeats(runs.services, { ...at, seatIds: [second] });
      expect(await seatRow(world)).toMatchObject({
        contingented: 10,
        exported: 10,
        toExport: 0,
        toTakeBack: 2,
        sold: 0,
        refused: 0,
      });
    });
  });

  it('moves an exported seat when it is given back, and tells the other offer', async () => {
    const world = await build({ seats: 3 });
    const { house, reseller, runs, test } = world;
    await runs.run((context) => exportContingent(context));
    const [first] = house.seatIds as [number];
    const at = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
    const answer = await moveSeats(runs.services, { ...at, seatIds: [first], contingentId: OTHER });
    expect(answer).toEqual([{ seatId: first, outcome: 'wish' }]);
    expect((await readSeats(test.database))[0]).toMatchObject({
      contingentId: FNAC,
      interfaceId: INTERFACE,
      wish: 'contingent',
    });
    const due = (): Promise<unknown[]> =>
      test.database.transaction(ORGANISATION, (tx) => dueOffers(tx, OTHER_INTERFACE, null));
    expect(await due()).toHaveLength(0);
    await runs.run((context) => exportContingent(context));
    expect(reseller.seats(SHOW).has(house.placeOf(first))).toBe(false);
    expect((await readSeats(test.database))[0]).toMatchObject({
      contingentId: OTHER,
      interfaceId: null,
      sentContingentId: null,
      wish: null,
    });
    expect(await due()).toHaveLength(1);
    // The reseller's own offer is settled: what came back is not its business any more.
    const before = await stockFingerprint(test.database);
    await runs.run((context) => exportContingent(context));
    expect(await stockFingerprint(test.database)).toBe(before);
  });

  it('hands a seat over again under another contingent of its reseller, and rests', async () => {
    const { house, reseller, runs, test } = await build({ seats: 2 });
    await runs.run((context) => exportContingent(context));
    const [first] = house.seatIds as [number];
    const at = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
    await moveSeats(runs.services, { ...at, seatIds: [first], contingentId: FNAC_BIS });
    await runs.run((context) => exportContingent(context));
    expect(reseller.seats(SHOW).get(house.placeOf(first))?.allotment).toBe('ALLOT2');
    // What came back raised no version of its own: the run has looked again by itself.
    const again = await runs.run((context) => exportContingent(context));
    expect(await runs.lines(again.run.id)).toEqual(['export.nothing {}']);
    expect((await readSeats(test.database))[0]?.sentContingentId).toBe(FNAC_BIS);
  });

  it('withdraws a seat of another category and hands it over again in the same run', async () => {
    const world = await build({ seats: 2 });
    const { house, reseller, runs, test } = world;
    await runs.run((context) => exportContingent(context));
    const [first] = house.seatIds as [number];
    await test.database.transaction(ORGANISATION, async (tx) => {
      await tx.execute('update performance_seat set seat_category_id = $1 where seat_id = $2', [
        SECOND,
        first,
      ]);
      await bumpOffers(tx, [{ performanceId: PERFORMANCE, contingentIds: [FNAC] }]);
    });
    expect(await seatRow(world)).toMatchObject({ exported: 2, toExport: 1, toTakeBack: 1 });
    reseller.received.length = 0;
    await runs.run((context) => exportContingent(context));
    expect(reseller.received.map(({ action, items }) => [action, items[0]?.category])).toEqual([
      ['withdraw', '30'],
      ['add', '31'],
    ]);
    expect(reseller.seats(SHOW).get(house.placeOf(first))?.category).toBe('31');
    expect((await readSeats(test.database))[0]).toMatchObject({
      interfaceId: INTERFACE,
      sentCategoryId: SECOND,
      pending: 0,
    });
  });

  it('remembers a refused seat, does not repeat it, and sends it again by hand', async () => {
    const world = await build({ seats: 3 });
    const { house, reseller, runs, test } = world;
    const [first] = house.seatIds as [number];
    reseller.refuse(house.placeOf(first), 'strapontin');
    const result = await runs.run((context) => exportContingent(context));
    expect(result.state).toBe('error');
    expect(await runs.lines(result.run.id)).toContain(
      'external.seat_refused {"seat":"AUDI/1F/B1/A/1","reason":"strapontin",' +
        '"performance":"CHALK 2027-02-01 20:00"}',
    );
    expect(await seatRow(world)).toMatchObject({ exported: 2, toExport: 0, refused: 1 });
    reseller.received.length = 0;
    await runs.run((context) => exportContingent(context));
    expect(reseller.received).toHaveLength(0);
    reseller.refuse(house.placeOf(first), null);
    const again = { performanceIds: [PERFORMANCE], againRefused: true };
    await runs.run((context) => exportContingent(context, again));
    expect(reseller.received).toHaveLength(1);
    expect((await readSeats(test.database))[0]).toMatchObject({
      interfaceId: INTERFACE,
      refusedReason: null,
    });
  });

  it('forgets a refusal when the seat changes', async () => {
    const { house, reseller, runs, test } = await build({ seats: 1 });
    const [first] = house.seatIds as [number];
    reseller.refuse(house.placeOf(first), 'strapontin');
    await runs.run((context) => exportContingent(context));
    const at = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
    await moveSeats(runs.services, { ...at, seatIds: [first], contingentId: HOUSE });
    await moveSeats(runs.services, { ...at, seatIds: [first], contingentId: FNAC });
    reseller.refuse(house.placeOf(first), null);
    await runs.run((context) => exportContingent(context));
    expect((await readSeats(test.database))[0]?.interfaceId).toBe(INTERFACE);
  });

  it('tells each missing mapping once and hands the rest over', async () => {
    const world = await build({ seats: 6 });
    const { runs, test, reseller } = world;
    await test.database.transaction(ORGANISATION, (tx) =>
      tx.execute('update performance_seat set seat_category_id = $1 where seat_id <= 1002', [
        SECOND,
      ]),
    );
    await test.database.transaction(ORGANISATION, (tx) =>
      tx.execute(`delete from mapping where ours = 'GARD100/CAT2'`),
    );
    const result = await runs.run((context) => exportContingent(context));
    const lines = await runs.lines(result.run.id);
    expect(lines.filter((line) => line.startsWith('mapping.'))).toEqual([
      'mapping.ours_missing {"ours":"GARD100/CAT2","word":"seat_category"}',
    ]);
    expect(result.counts.unmapped).toBe(2);
    expect(reseller.seats(SHOW).size).toBe(4);
    // The mapping alone frees them: the next run looks again.
    await test.database.transaction(ORGANISATION, (tx) =>
      tx.execute(
        `insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
           changed_by)
         values (1, 99, ${INTERFACE}, 'seat_category', 'GARD100/CAT2', '{31}', $1, 'test')`,
        ['2027-01-01T00:00:00Z'],
      ),
    );
    await runs.run((context) => exportContingent(context));
    expect(reseller.seats(SHOW).size).toBe(6);
  });

  it('keeps special seats at home unless the contingent sends them', async () => {
    const world = await build({ seats: 4 });
    const { runs, test, reseller } = world;
    await test.database.transaction(ORGANISATION, async (tx) => {
      await tx.execute('update seat set wheelchair = true where id = 1001');
      await tx.execute('update seat set companion_of = 1001 where id = 1002');
      await tx.execute('update seat set house_seat = true where id = 1003');
    });
    await runs.run((context) => exportContingent(context));
    expect([...reseller.seats(SHOW).keys()]).toEqual(['BL/A/4']);
    expect(await seatRow(world)).toMatchObject({ exported: 1, toExport: 0, keptHome: 3 });
    await test.database.transaction(ORGANISATION, async (tx) => {
      await tx.execute('update contingent set sends_wheelchair = true where id = $1', [FNAC]);
      await bumpOffers(tx, [{ performanceId: PERFORMANCE, contingentIds: [FNAC] }]);
    });
    await runs.run((context) => exportContingent(context));
    expect([...reseller.seats(SHOW).keys()].sort()).toEqual(['BL/A/1', 'BL/A/2', 'BL/A/4']);
  });

  // The embedded database runs one transaction at a time: there nothing can race.
  it.runIf(kind === 'postgres')('has one winner in a race with the box office', async () => {
    const { house, reseller, runs, test } = await build({ seats: 3 });
    const [first] = house.seatIds as [number];
    let exporting: Promise<unknown> | undefined;
    await test.database.transaction(ORGANISATION, async (tx) => {
      await lockSeats(tx, PERFORMANCE, [first]);
      expect(await seatsInFlight(tx, PERFORMANCE, [first])).toEqual([]);
      exporting = started(() => runs.run((context) => exportContingent(context)));
      // The export stands at the lock: nothing of it was stored or sent.
      const waits = 'select 1 from pg_locks where not granted';
      while ((await tx.query(waits)).length === 0);
      await tx.execute(
        `update performance_seat set state = 'sold', own_reference = 'G1' where seat_id = $1`,
        [first],
      );
    });
    await exporting;
    expect([...reseller.seats(SHOW).keys()]).toEqual(['BL/A/2', 'BL/A/3']);
    expect((await readSeats(test.database))[0]).toMatchObject({ state: 'sold', interfaceId: null });
  });
});
