import { expect, it } from 'vitest';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { blockSeats, moveSeats } from '../../src/exchange/move-seats.ts';
import { seatsInFlight } from '../../src/store/command-store.ts';
import { bumpOffers } from '../../src/store/offer-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import type { HouseOptions, StockHouse } from '../support/stock-house.ts';
import {
  buildStockHouse,
  FNAC,
  FNAC_BIS,
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

/** What may go wrong between a command and its answer. */
describeEachDatabase('the outcomes of an export', (open) => {
  const build = async (
    options: HouseOptions,
    capabilities: ConstructorParameters<typeof ScriptedReseller>[0] = {},
  ): Promise<World> => {
    const test = await open();
    const house = await buildStockHouse(test.database, options);
    const reseller = new ScriptedReseller(capabilities);
    return { test, house, reseller, runs: createStockRuns(test.database, reseller) };
  };
  const held = async ({ test }: World): Promise<number> =>
    (await readSeats(test.database)).filter((row) => row.interfaceId === INTERFACE).length;
  const commands = ({ test }: World) =>
    test.database.transaction(ORGANISATION, (tx) =>
      tx.query<{ reference: string; state: string }>(
        'select reference, state from command order by id',
      ),
    );
  const person = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };

  it('asks for a lost answer by the reference and tells nothing twice', async () => {
    const world = await build({ seats: 3 });
    world.reseller.script({ does: 'lose-answer' });
    const result = await world.runs.run((context) => exportContingent(context));
    expect(world.reseller.received).toHaveLength(1);
    expect(world.reseller.lookUps).toEqual([world.reseller.received[0]?.reference]);
    expect(await held(world)).toBe(3);
    expect((await world.runs.lines(result.run.id))[0]).toContain('command.found_out');
  });

  it('repeats a command that never arrived under the same reference', async () => {
    const world = await build({ seats: 3 });
    world.reseller.script({ does: 'lose-command' });
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(3);
    expect(world.reseller.received.map((command) => command.reference)).toEqual(
      world.reseller.lookUps,
    );
    expect((await commands(world)).map((command) => command.state)).toEqual(['done']);
  });

  it('leaves under a new reference where the reseller only looks up', async () => {
    const world = await build({ seats: 3 }, { repeat: 'lookup-only' });
    world.reseller.script({ does: 'lose-command' });
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(0);
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(3);
    const all = await commands(world);
    expect(all.map((command) => command.state)).toEqual(['never_arrived', 'done']);
    expect(new Set(all.map((command) => command.reference)).size).toBe(2);
  });

  it('holds everything of a performance back while an outcome stays unknown', async () => {
    const world = await build({ seats: 6 });
    world.reseller.script({ does: 'lose-answer' });
    world.reseller.failingLookUps = 2;
    const first = await world.runs.run((context) => exportContingent(context));
    expect(first.state).toBe('error');
    expect(await held(world)).toBe(0);
    // The second command was prepared and not sent: it surely never arrived.
    expect((await commands(world)).map((command) => command.state)).toEqual([
      'unknown',
      'never_arrived',
    ]);
    const second = await world.runs.run((context) => exportContingent(context));
    expect(await world.runs.lines(second.run.id)).toEqual([
      expect.stringContaining('external.unknown_outcome'),
    ]);
    expect(world.reseller.received).toHaveLength(1);
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(6);
    expect(world.reseller.received).toHaveLength(2);
  });

  it('takes up the command of a killed run', async () => {
    const world = await build({ seats: 3 });
    world.reseller.beforeAnswer = async () => {
      throw new Error('killed');
    };
    await world.runs.run((context) => exportContingent(context));
    expect((await commands(world)).map((command) => command.state)).toEqual(['stored']);
    expect(await held(world)).toBe(0);
    await world.runs.run((context) => exportContingent(context));
    expect(world.reseller.received).toHaveLength(1);
    expect(await held(world)).toBe(3);
  });

  it('repeats a killed command only while every item is still wanted', async () => {
    const world = await build({ seats: 3 });
    world.reseller.script({ does: 'lose-command' });
    world.reseller.failingLookUps = 1;
    await world.runs.run((context) => exportContingent(context));
    const [first] = world.house.seatIds as [number];
    await moveSeats(world.runs.services, { ...person, seatIds: [first], contingentId: null });
    await world.runs.run((context) => exportContingent(context));
    expect(world.reseller.seats(SHOW).has(world.house.placeOf(first))).toBe(false);
    expect(await held(world)).toBe(2);
    expect((await commands(world)).map((command) => command.state)).toEqual([
      'never_arrived',
      'done',
    ]);
  });

  it('does not believe an answer that forgets an item', async () => {
    const world = await build({ seats: 3 });
    world.reseller.script({ does: 'forget-item' });
    await world.runs.run((context) => exportContingent(context));
    expect((await commands(world)).map((command) => command.state)).toEqual(['unknown']);
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(3);
  });

  it('stops at a reseller that cannot be reached and goes on the next time', async () => {
    const world = await build({ seats: 6 });
    world.reseller.script({ does: 'answer' }, { does: 'unreachable' });
    const result = await world.runs.run((context) => exportContingent(context));
    expect(result.failure?.code).toBe('external.unreachable');
    expect(await held(world)).toBe(4);
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(6);
    expect(world.reseller.lookUps).toHaveLength(0);
  });

  it('remembers the reason of a command that was refused as a whole', async () => {
    const world = await build({ seats: 2 });
    world.reseller.script({ does: 'refuse', reason: 'séance close' });
    await world.runs.run((context) => exportContingent(context));
    const rows = await readSeats(world.test.database);
    expect(rows.map((row) => row.refusedReason)).toEqual(['séance close', 'séance close']);
    await world.runs.run((context) => exportContingent(context));
    expect(world.reseller.received).toHaveLength(1);
  });

  it('blames no seat for a fault of the account', async () => {
    const world = await build({ seats: 6 });
    world.reseller.script({ does: 'refuse', reason: 'busy', code: 'external.fault_busy' });
    const result = await world.runs.run((context) => exportContingent(context));
    expect(await world.runs.lines(result.run.id)).toContainEqual(
      expect.stringContaining('external.fault_busy'),
    );
    expect(world.reseller.received).toHaveLength(1);
    await world.runs.run((context) => exportContingent(context));
    expect(await held(world)).toBe(6);
  });

  it('makes a wish of what a person does while the command travels', async () => {
    const world = await build({ seats: 3 });
    const { house, reseller, runs, test } = world;
    const [first, second, third] = house.seatIds as [number, number, number];
    reseller.beforeAnswer = async () => {
      const flying = await test.database.transaction(ORGANISATION, (tx) =>
        seatsInFlight(tx, PERFORMANCE, [first, third]),
      );
      expect(flying.map(({ seatId, reseller: name }) => [seatId, name])).toEqual([
        [first, 'FNAC'],
        [third, 'FNAC'],
      ]);
      await blockSeats(runs.services, { ...person, seatIds: [first] });
      await moveSeats(runs.services, { ...person, seatIds: [second], contingentId: FNAC_BIS });
    };
    await runs.run((context) => exportContingent(context));
    const rows = await readSeats(test.database);
    expect(rows[0]).toMatchObject({ interfaceId: INTERFACE, state: 'free', wish: 'block' });
    expect(rows[1]).toMatchObject({
      interfaceId: INTERFACE,
      contingentId: FNAC_BIS,
      sentContingentId: FNAC,
      pending: 3,
    });
    // What changed meanwhile has a higher version: the next export sees it.
    await runs.run((context) => exportContingent(context));
    const after = await readSeats(test.database);
    expect(after[0]).toMatchObject({ interfaceId: null, state: 'blocked', wish: null });
    expect(after[1]).toMatchObject({ interfaceId: INTERFACE, sentContingentId: FNAC_BIS });
    expect(reseller.seats(SHOW).get(house.placeOf(second))?.allotment).toBe('ALLOT2');
    expect(reseller.seats(SHOW).has(house.placeOf(first))).toBe(false);
  });

  it.each(['preparing', 'suspended'])(
    'hands nothing over while %s, and all when it runs',
    async (state) => {
      const world = await build({ seats: 2, state });
      const result = await world.runs.run((context) => exportContingent(context));
      const code = state === 'preparing' ? 'export.not_yet' : 'export.suspended';
      expect(await world.runs.lines(result.run.id)).toEqual([expect.stringContaining(code)]);
      expect(world.reseller.received).toHaveLength(0);
      await world.test.database.transaction(ORGANISATION, (tx) =>
        tx.execute(`update performance set state = 'running'`),
      );
      await world.runs.run((context) => exportContingent(context));
      expect(await held(world)).toBe(2);
    },
  );

  it.each([
    ['season_ticket', 'product.not_sellable'],
    ['visit_pass', 'export.not_supported'],
  ])('says once why a %s is not handed over', async (kind, code) => {
    const world = await build({ seats: 2, kind });
    const result = await world.runs.run((context) => exportContingent(context));
    expect(await world.runs.lines(result.run.id)).toEqual([expect.stringContaining(code)]);
    expect(world.reseller.received).toHaveLength(0);
  });

  it('writes nothing but its log in a simulation', async () => {
    const world = await build({ seats: 3 });
    const before = await stockFingerprint(world.test.database);
    const result = await world.runs.run((context) => exportContingent(context), {
      simulation: true,
    });
    expect(result.counts.to_export).toBe(3);
    expect(world.reseller.received).toHaveLength(0);
    expect(await stockFingerprint(world.test.database)).toBe(before);
  });

  it('hands counts over and asks back what the quota no longer has', async () => {
    const world = await build({ seats: 0, zoneQuota: 40 });
    const { reseller, runs, test } = world;
    const zone = () => reseller.counts(SHOW).get('ALLOT/FOSSE')?.free;
    reseller.mostOfZone = 30;
    await runs.run((context) => exportContingent(context));
    expect(zone()).toBe(30);
    const quota = async () =>
      test.database.transaction(ORGANISATION, async (tx) => {
        const [row] = await tx.query<{ allotted: number; quota: number; reason: string | null }>(
          `select allotted, quota, refused_reason as reason from contingent_quota`,
        );
        return row;
      });
    expect(await quota()).toEqual({ allotted: 30, quota: 40, reason: 'fewer' });
    await test.database.transaction(ORGANISATION, async (tx) => {
      await tx.execute('update contingent_quota set quota = 25, sold = 2, refused_at = null');
      await bumpOffers(tx, [{ performanceId: PERFORMANCE, contingentIds: [FNAC] }]);
    });
    await runs.run((context) => exportContingent(context));
    expect(zone()).toBe(23);
    expect((await quota())?.allotted).toBe(23);
  });
});
