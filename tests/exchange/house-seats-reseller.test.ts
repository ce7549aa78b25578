import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it } from 'vitest';
import type { ExchangeContext } from '../../src/exchange/context.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import type { OwnPlacesResult } from '../../src/exchange/house-seats/change-own-places.ts';
import { changeOwnPlaces } from '../../src/exchange/house-seats/change-own-places.ts';
import type { OwnLine } from '../../src/exchange/house-seats/read-lines.ts';
import type { IdSource } from '../../src/store/database/id-source.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import {
  buildStockHouse,
  FNAC,
  INTERFACE,
  ORGANISATION,
  readSeats,
  SHOW,
  stockFingerprint,
} from '../support/stock-house.ts';
import type { StockRuns } from '../support/stock-runs.ts';
import { createStockRuns } from '../support/stock-runs.ts';

interface World {
  test: TestDatabase;
  reseller: ScriptedReseller;
  runs: StockRuns;
}

/** The venue and a reseller want the same seats. */
describeEachDatabase('own sales beside a reseller', (open, kind) => {
  const build = async (seats: number): Promise<World> => {
    const test = await open();
    await buildStockHouse(test.database, { seats });
    const reseller = new ScriptedReseller();
    return { test, reseller, runs: createStockRuns(test.database, reseller) };
  };
  const line = (seat: string, state: string, reference: string, number = 2): OwnLine => ({
    line: number,
    performance: 'CHALK/P1',
    product: '',
    season: '',
    seat: `AUDI/1F/B1/${seat}`,
    zone: '',
    date: '',
    slot: '',
    quantity: '',
    state,
    reference,
  });
  const own = (
    { runs }: World,
    lines: readonly OwnLine[],
    more: { askBack?: boolean; ids?: IdSource } = {},
  ): Promise<OwnPlacesResult> => {
    const { database, clock } = runs.services;
    const { ids = runs.services.ids, askBack = false } = more;
    const request = { organisationId: ORGANISATION, author: 'anna', source: null };
    return changeOwnPlaces({ database, ids, clock }, { ...request, lines, askBack });
  };
  const exportAll = ({ runs }: World) => runs.run((context) => exportContingent(context));
  const seat = async ({ test }: World, index: number) => (await readSeats(test.database))[index];
  const movements = ({ test }: World, seatId: number) =>
    test.database.transaction(ORGANISATION, async (tx) => {
      const rows = await tx.query<{ kind: string }>(
        'select kind from movement where seat_id = $1 order by id',
        [seatId],
      );
      return rows.map((row) => row.kind);
    });

  it('what is asked back becomes the reference’s when the reseller gives it back', async () => {
    const world = await build(4);
    const { reseller, test } = world;
    await exportAll(world);
    const lines = [
      line('A/1', 'sold', 'G1', 2),
      line('A/2', 'held', 'O2', 3),
      line('A/3', 'blocked', 'T3', 4),
      line('A/4', 'sold', 'G4', 5),
    ];
    const refused = await own(world, lines);
    expect(refused.faults.map(({ line: at, message }) => [at, message])).toEqual([
      [2, 'A/1: at FNAC.'],
      [3, 'A/2: at FNAC.'],
      [4, 'A/3: at FNAC.'],
      [5, 'A/4: at FNAC.'],
    ]);
    expect(await own(world, lines, { askBack: true })).toMatchObject({ asked: 4, faults: [] });
    // It sold one of them meanwhile: that one stays, and its wish stands.
    reseller.sell(SHOW, 'BL/A/4', 'T1');
    await exportAll(world);
    const read = await readSeats(test.database);
    expect(
      read.map(({ state, interfaceId, wish, contingentId, pending }) => {
        return { state, interfaceId, wish, contingentId, pending };
      }),
    ).toEqual([
      { state: 'sold', interfaceId: null, wish: null, contingentId: FNAC, pending: 0 },
      { state: 'held', interfaceId: null, wish: null, contingentId: FNAC, pending: 0 },
      { state: 'blocked', interfaceId: null, wish: null, contingentId: FNAC, pending: 0 },
      { state: 'free', interfaceId: INTERFACE, wish: 'own_sale', contingentId: FNAC, pending: 2 },
    ]);
    const references = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query('select own_reference as r from performance_seat order by seat_id'),
    );
    expect(references).toEqual([{ r: 'G1' }, { r: 'O2' }, { r: 'T3' }, { r: null }]);
    expect(await movements(world, 1001)).toEqual(['allotted', 'taken_back', 'sold']);
    expect(await movements(world, 1002)).toEqual(['allotted', 'taken_back', 'held']);
    // Again: nothing changes. Freed, they go to the reseller again.
    const before = await stockFingerprint(test.database);
    expect(await own(world, lines)).toMatchObject({ unchanged: 3, waiting: 1, faults: [] });
    expect(await stockFingerprint(test.database)).toBe(before);
    expect(await own(world, [line('A/1', 'free', 'G1')])).toMatchObject({ applied: 1 });
    expect(await seat(world, 0)).toMatchObject({ state: 'free', pending: 1 });
  });

  it('a seat on its way to the reseller is refused until the answer is known', async () => {
    const world = await build(2);
    world.reseller.script({ does: 'lose-answer' });
    world.reseller.failingLookUps = 1;
    await exportAll(world);
    const { faults } = await own(world, [line('A/1', 'sold', 'G1')], { askBack: true });
    expect(faults).toMatchObject([{ code: 'seats.at_reseller', message: 'A/1: at FNAC.' }]);
    expect(faults[0]?.cure).toContain('on its way');
  });

  /** Lets `other` in at the first id that a transaction of the export or of the sale takes. */
  const letIn = (base: IdSource, other: () => Promise<unknown>) => {
    const freely = AsyncLocalStorage.snapshot();
    let started: Promise<unknown> | null = null;
    const ids: IdSource = {
      async take(count, tx) {
        if (tx !== undefined && started === null && (await holdsSeats(tx))) {
          started = freely(other);
          started.catch(() => {});
          // On the embedded database the other one comes after: one transaction at a time.
          if (kind === 'postgres') while (!(await isWaiting(tx)));
        }
        return base.take(count, tx);
      },
    };
    return { ids, end: async () => started };
  };
  type Tx = NonNullable<Parameters<IdSource['take']>[1]>;
  const holdsSeats = async (tx: Tx): Promise<boolean> => {
    const held = `select 1 from performance_seat where seat_id = 1001 and xmax <> 0`;
    return kind === 'pglite' || (await tx.query(held)).length > 0;
  };
  const isWaiting = async (tx: Tx): Promise<boolean> =>
    (await tx.query('select 1 from pg_locks where not granted')).length > 0;

  it('the export that is faster has the seat, and the sale hears of it', async () => {
    const world = await build(2);
    let answer: OwnPlacesResult | null = null;
    const sale = async () => {
      const database = await world.test.openAgain();
      const services = { database, ids: createIdSource(database), clock: () => new Date(0) };
      const lines = [line('A/1', 'sold', 'G1')];
      const request = { organisationId: ORGANISATION, author: 'anna', source: null, lines };
      answer = await changeOwnPlaces(services, request);
    };
    let gate: ReturnType<typeof letIn> | undefined;
    await world.runs.run(async (context) => {
      gate = letIn(context.ids, sale);
      await exportContingent({ ...context, ids: gate.ids } as ExchangeContext);
    });
    await gate?.end();
    expect(answer).toMatchObject({ applied: 0, faults: [{ message: 'A/1: at FNAC.' }] });
    expect(await seat(world, 0)).toMatchObject({ state: 'free', interfaceId: INTERFACE });
    expect([...world.reseller.seats(SHOW).keys()]).toEqual(['BL/A/1', 'BL/A/2']);
  });

  it('of two box offices that want the same seats each line has one winner', async () => {
    const world = await build(10);
    const { test } = world;
    const wants = async (reference: string, order: readonly number[]): Promise<OwnPlacesResult> => {
      const database = await test.openAgain();
      const services = { database, ids: createIdSource(database), clock: () => new Date(0) };
      const lines = order.map((n) => line(`A/${n}`, 'sold', reference, n));
      const request = { organisationId: ORGANISATION, author: 'anna', source: null, lines };
      return changeOwnPlaces(services, request);
    };
    const all = Array.from({ length: 10 }, (_, index) => index + 1);
    const answers = await Promise.all([wants('G1', all), wants('G2', all.toReversed())]);
    expect(answers.map(({ applied }) => applied).reduce((sum, one) => sum + one)).toBe(10);
    const faults = answers.flatMap((answer) => answer.faults.map(({ code }) => code));
    expect(faults).toEqual(Array.from({ length: 10 }, () => 'seats.other_reference'));
    const sold = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query(`select count(*) as seats from movement where kind = 'sold'`),
    );
    expect(sold).toEqual([{ seats: 10 }]);
  });

  it('a file that was stopped half-way is done by giving it again', async () => {
    const world = await build(10);
    const { services } = world.runs;
    const control = new AbortController();
    let taken = 0;
    const ids: IdSource = {
      async take(count, tx) {
        taken += 1;
        // In the second batch: it ends, and the third one never begins.
        if (taken === 3) control.abort(new Error('stopped'));
        return services.ids.take(count, tx);
      },
    };
    const lines = Array.from({ length: 10 }, (_, index) =>
      line(`A/${index + 1}`, 'held', 'G1', index + 2),
    );
    const request = { organisationId: ORGANISATION, author: 'anna', source: null, lines };
    const database = services.database as { batchSize: number };
    const usual = database.batchSize;
    database.batchSize = 3;
    try {
      const { signal } = control;
      const { clock } = services;
      const stopped = changeOwnPlaces({ ...services, ids, clock }, { ...request, signal });
      await expect(stopped).rejects.toThrow('stopped');
      expect((await own(world, lines)).applied).toBe(10 - 6);
      expect(await own(world, lines)).toMatchObject({ applied: 0, unchanged: 10 });
    } finally {
      database.batchSize = usual;
    }
  });

  it('the sale that is faster has the seat, and the export leaves it out', async () => {
    const world = await build(2);
    const gate = letIn(world.runs.services.ids, () => exportAll(world));
    const answer = await own(world, [line('A/1', 'sold', 'G1')], { ids: gate.ids });
    await gate.end();
    expect(answer).toMatchObject({ applied: 1, faults: [] });
    expect(await seat(world, 0)).toMatchObject({ state: 'sold', interfaceId: null });
    expect([...world.reseller.seats(SHOW).keys()]).toEqual(['BL/A/2']);
  });
});
