import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { Switchboard } from '../../src/channels/contract/switchboard.ts';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { blockSeats, moveSeats } from '../../src/exchange/move-seats.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import {
  expectSameBooks,
  expectSoundBooks,
  readCases,
  readTickets,
  seatOf,
} from '../support/books-view.ts';
import type { Ran, WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/**
 * Two writers want one thing: one has it, the other is a case or plans again. The other writer is
 * let in exactly between the reading and the writing of a batch, where the danger is.
 */
describeEachDatabase('integrating beside other writers', (open, kind) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };

  /**
   * Integrates, and starts `other` when the first batch has been read and planned. `through`: it
   * is waited for, where it can be done beside the batch; on the embedded database, which has one
   * transaction at a time, and where it wants what the batch has locked, it comes after.
   */
  async function integrateBeside(other: () => Promise<unknown>, through = true): Promise<Ran> {
    let last: unknown = null;
    let started: Promise<unknown> | null = null;
    // The other writer does not work within the transaction that lets it in.
    const freely = AsyncLocalStorage.snapshot();
    const { ids } = world.services;
    const services: ExchangeServices = {
      ...world.services,
      ids: {
        async take(count, tx) {
          // A batch takes ids before it reads, and again when it knows what to write.
          if (tx !== undefined && tx === last && started === null) {
            started = freely(other);
            started.catch(() => {});
            if (through && kind === 'postgres') await started;
          }
          last = tx;
          return ids.take(count, tx);
        },
      },
    };
    const request = { organisationId: world.organisationId, interfaceId: world.interfaceId };
    const result = await withRun(
      services,
      { ...request, function: 'integrate', source: 'hand', startedBy: 'anna' },
      (context) => integrateSales(context),
    );
    if (result.outcome !== 'ran') throw new Error(JSON.stringify(result));
    if (started === null) throw new Error('The other writer was never let in.');
    await started;
    const { run, state, counts, failure } = result;
    return { id: run.id, state, counts, failure, lines: await world.linesOf(run.id) };
  }

  const otherDatabase = async () => ({
    database: await test.openAgain(),
    ids: createIdSource(test.database),
    clock: world.services.clock,
  });
  const move = async (row: string, seat: string) => {
    const contingentId = await world.house.idOf('contingent', 'OTHER');
    const seatIds = [await world.house.seatId('A', row, seat)];
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const of = { organisationId: world.organisationId, performanceId, seatIds, by: 'bruno' };
    return { of, contingentId };
  };
  const second = (request = {}): Promise<Ran> =>
    world.integrate({}, { interfaceId: world.second?.interfaceId ?? 0, ...request });
  /** The simulators share their seed: the lines of one get codes of their own. */
  const giveOtherCodes = (switchboard: Switchboard, lines: number): void => {
    for (let sequence = 1; sequence <= lines; sequence += 1) {
      switchboard.rewrite({ sequence, fields: { codeBarres: `99${sequence}` } });
    }
  };
  const codes = ({ lines }: Ran): string[] => lines.map(({ code }) => code);

  it('a seat moved by the venue while its sale comes in: the wish lapses or is none', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    const services = await otherDatabase();
    const { of, contingentId } = await move('B', '1');
    let answer: unknown;
    const ran = await integrateBeside(async () => {
      [answer] = await moveSeats(services, { ...of, contingentId });
    });
    expect(ran.counts).toMatchObject({ integrated: 1 });
    if (kind === 'postgres') {
      expect(answer).toMatchObject({ outcome: 'wish' });
      expect(codes(ran)).toEqual(['wish.lapsed']);
    } else {
      expect(answer).toMatchObject({ outcome: 'refused', reason: 'sold' });
      expect(codes(ran)).toEqual([]);
    }
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket });
    await expectSameBooks(world);
  });

  it('a seat blocked by the venue while a sale wants it: one has it', async () => {
    await enter({ exported: false });
    const [ticket = ''] = world.sell({
      places: [placeOf('B', '1')],
      category: WORDS.seats,
      force: true,
    });
    const services = await otherDatabase();
    const { of } = await move('B', '1');
    let answer: unknown;
    const ran = await integrateBeside(async () => {
      [answer] = await blockSeats(services, of);
    });
    if (kind === 'postgres') {
      expect(answer).toMatchObject({ outcome: 'applied' });
      expect(codes(ran)).toEqual(['seat.not_in_allotment']);
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'blocked', ticket: null });
      expect(await readCases(world)).toMatchObject([{ ticket }]);
    } else {
      expect(answer).toMatchObject({ outcome: 'refused', reason: 'sold' });
      expect(codes(ran)).toEqual(['seat.adopted']);
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket });
    }
    await expectSoundBooks(world);
  });

  it('two resellers with one code: one opens the door, the other is a case', async () => {
    // The same seed: both simulators give the same numbers and codes.
    await enter({ second: { account: 'TS2' } });
    const { dated, undated, day, full } = WORDS;
    world.sell({ product: undated, start: null, tariff: full, count: 3 });
    // On another counter: nothing but the codes is in the way.
    const there = world.second?.simulator.switchboard;
    there?.sell({ product: dated, start: day, tariff: full, count: 3 });
    let beside: Ran | null = null;
    const ran = await integrateBeside(async () => {
      beside = await second();
    });
    const [won, lost] = kind === 'postgres' ? [beside as Ran | null, ran] : [ran, beside];
    expect(won).toMatchObject({ state: 'ok', counts: { integrated: 3 } });
    expect(lost).toMatchObject({ state: 'error', counts: { quarantined: 3 } });
    expect(lost && codes(lost)).toEqual(['barcode.used', 'barcode.used', 'barcode.used']);
    expect(await readTickets(world)).toHaveLength(3);
    await expectSoundBooks(world);
  });

  it('two resellers with one seat that neither was given: the second is a case', async () => {
    await enter({ exported: false, second: { account: 'TS2' } });
    const { switchboard } = world.second?.simulator ?? world.simulator;
    // Both have tickets of these numbers: the seat's holder here is another ticket there.
    const dated = { product: WORDS.dated, start: WORDS.day, tariff: WORDS.full };
    const [same] = switchboard.sell(dated).tickets;
    const seat = { places: [placeOf('B', '1')], category: WORDS.seats, force: true };
    const show = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full };
    expect(world.sell(seat)).toEqual([same]);
    expect(world.sell({ product: WORDS.undated, start: null })).toEqual(
      switchboard.sell({ ...show, ...seat }).tickets,
    );
    giveOtherCodes(switchboard, 2);
    let beside: Ran | null = null;
    const ran = await integrateBeside(async () => {
      beside = await second();
    });
    const [won, lost] = kind === 'postgres' ? [beside as Ran | null, ran] : [ran, beside];
    expect(won?.lines.map(({ code }) => code)).toEqual(['seat.adopted']);
    expect(lost?.lines).toMatchObject([
      // Whose it is: the same number means another ticket on this account.
      { code: 'seat.sold', params: { holder: expect.stringMatching(/^TS[T2]\/\d{12}$/) } },
    ]);
    expect(lost?.lines[0]?.keys.seat).toBe('ORCA/B/1');
    const seated = (await readTickets(world)).filter((one) => one.seat === 'ORCH/A/B/1');
    expect(seated).toHaveLength(1);
    await expectSoundBooks(world);
  });

  it('the last place of a zone: one has it, the other is a case', async () => {
    await enter({
      exported: false,
      second: { account: 'TS2' },
      change(house) {
        for (const one of house.contingent_quotas ?? []) {
          if (one.area === 'PIT' && one.contingent === 'FNAC') one.quota = 1;
        }
      },
    });
    const { switchboard } = world.second?.simulator ?? world.simulator;
    const standing = { block: WORDS.standing, category: WORDS.zone, force: true };
    const show = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full };
    world.sell(standing);
    switchboard.sell({ ...show, ...standing });
    giveOtherCodes(switchboard, 1);
    let beside: Ran | null = null;
    // The counter is locked by the batch: the other waits for it.
    const ran = await integrateBeside(async () => {
      beside = await second();
    }, false);
    expect(ran).toMatchObject({ state: 'ok', counts: { integrated: 1 } });
    const lost = beside as Ran | null;
    expect(lost?.lines.map(({ code }) => code)).toEqual(['count.over']);
    await expectSoundBooks(world);
  });

  it('an export, a take-back and an integration at once: one after the other', async () => {
    await enter();
    for (let seat = 1; seat <= 9; seat += 1) world.sellSeat('B', `${seat}`);
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const back = () =>
      world.run((context) => takeBack(context, { performanceIds: [performanceId] }), {
        function: 'take_back',
      });
    const runs = await Promise.all([world.integrate(), back(), world.export(), world.integrate()]);
    expect(runs.map(({ state, failure }) => [state, failure])).toEqual(
      runs.map(() => ['ok', null]),
    );
    const total = runs.reduce((sum, { counts }) => sum + (counts.integrated ?? 0), 0);
    expect(total).toBe(9);
    await expectSameBooks(world);
  });

  it('a storm of moves over a night of sales: every sale is in, every wish lapses', async () => {
    await enter();
    const services = await otherDatabase();
    const sold = ['B', 'C'].flatMap((row) =>
      Array.from({ length: 10 }, (_, index) => ({ row, seat: `${index + 1}` })),
    );
    for (const { row, seat } of sold) world.sellSeat(row, seat);
    const moves = sold.map(async ({ row, seat }) => {
      const { of, contingentId } = await move(row, seat);
      return moveSeats(services, { ...of, contingentId });
    });
    const [ran, ...answers] = await Promise.all([
      world.inBatchesOf(3, () => world.integrate()),
      ...moves,
    ]);
    expect(ran).toMatchObject({ counts: { integrated: 20 }, failure: null });
    const outcomes = answers.flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one !== 'wish' && one !== 'refused')).toEqual([]);
    const lapsed = codes(ran).filter((code) => code === 'wish.lapsed');
    expect(lapsed).toHaveLength(outcomes.filter((one) => one === 'wish').length);
    await expectSameBooks(world);
  });
});
