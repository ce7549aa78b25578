import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnRequest } from '../../src/domain/house/context.ts';
import { applyOwnPlaces } from '../../src/exchange/house-file/own-places.ts';
import { blockSeats, moveSeats } from '../../src/exchange/move-seats.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { raiseCatalogueVersion } from '../../src/store/catalogue-store.ts';
import { RetryableConflict } from '../../src/store/database/errors.ts';
import type { QuotaOutcome } from '../../src/store/quota-store.ts';
import { changeQuota } from '../../src/store/quota-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { dice } from '../support/dice.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { RACE_WORDS, RACERS, raceHouse, raceStart } from '../support/race-house.ts';
import type { Reseller } from '../support/reseller-trio.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';

/**
 * Three resellers and the venue's own counter want the last places of a zone and the last seat, at
 * the same time, round after round. Nobody gets beyond capacity or gauge, a seat has one living
 * ticket, what is counted is what there is, and who lost is told by name.
 */

/** PARTERRE_SEED=n repeats a race that failed. */
const SEED = Number(process.env.PARTERRE_SEED ?? Date.now() % 100_000);
const ROUNDS = Number(process.env.PARTERRE_ROUNDS ?? 6);
const NOW = new Date('2027-01-10T09:00:00Z');
const TIMEOUT = 120_000;

/** What the loser of a race is told. */
const REFUSALS = [
  'seat.sold',
  'seat.other_contingent',
  'seat.not_in_allotment',
  'blocked.behind',
  'count.over',
];
const OWN_REFUSALS = [
  'house.at_reseller',
  'house.other_reference',
  'house.over_capacity',
  'house.over_gauge',
];

class OwnRefused extends Error {
  readonly codes: readonly string[];
  constructor(codes: readonly string[]) {
    super(codes.join(', '));
    this.codes = codes;
  }
}

describeEachDatabase(`races for the last places (PARTERRE_SEED=${SEED})`, (open) => {
  let test: TestDatabase;
  let trio: ResellerTrio;
  let seats: number[];
  const roll = dice(SEED);
  let seconds = 0;
  const clock = (): Date => {
    seconds += 1;
    return new Date(NOW.getTime() + seconds * 10);
  };

  beforeAll(async () => {
    test = await open();
    trio = await ResellerTrio.open(test.database, {
      codes: RACERS,
      house: (interfaces) => raceHouse(5 * ROUNDS + 1, interfaces),
      clock,
      loadedAt: NOW,
      seed: SEED,
    });
    for (const { simulator } of trio.resellers) {
      simulator.switchboard.setProduct({
        code: RACE_WORDS.show,
        performances: Array.from({ length: 5 * ROUNDS + 1 }, (_, index) => {
          return { start: raceStart(index), hall: RACE_WORDS.hall };
        }),
        prices: {
          [RACE_WORDS.seats]: { [RACE_WORDS.full]: '20.00' },
          [RACE_WORDS.zone]: { [RACE_WORDS.full]: '20.00' },
        },
      });
    }
    seats = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => trio.house.seatId('A', 'A', `${number}`)),
    );
  });
  afterAll(() => trio.close());

  const seatId = (number: number): number => seats[number - 1] as number;
  const performanceId = (index: number) => trio.house.performanceId('SHOW', `P${index}`);
  const check = (atRest = true) => checkHouse(test.database, trio.organisationId, { atRest });
  const each = (work: (reseller: Reseller) => Promise<unknown>) =>
    Promise.all(trio.resellers.map(work));

  /** The reseller sells, whether it holds the place or not: it believes that it does. */
  const sellSeat = ({ simulator }: Reseller, performance: number, number: number): string => {
    const place = { block: RACE_WORDS.block, row: 'A', seat: `${number}` };
    const start = raceStart(performance);
    const what = { product: RACE_WORDS.show, start, category: RACE_WORDS.seats, force: true };
    return simulator.switchboard.sell({ ...what, places: [place] }).tickets[0] as string;
  };
  const sellStanding = ({ simulator }: Reseller, performance: number, count: number): string[] => {
    const what = { product: RACE_WORDS.show, start: raceStart(performance), force: true, count };
    const zone = { block: RACE_WORDS.pit, category: RACE_WORDS.zone };
    return [...simulator.switchboard.sell({ ...what, ...zone }).tickets];
  };

  /** The venue's counter, in a transaction of its own; answers why it was refused, or nothing. */
  async function own(request: Omit<OwnRequest, 'line'>): Promise<readonly string[]> {
    const line = { sheet: 'own_places', index: 0, value: {} } as unknown as OwnRequest['line'];
    for (;;) {
      try {
        await test.database.transaction(trio.organisationId, async (tx) => {
          const { problems } = await applyOwnPlaces(
            tx,
            trio.ids,
            [{ ...request, line } as OwnRequest],
            {
              idOf: (id) => id,
              at: clock().toISOString(),
              resellerOf: (id) => `interface ${id}`,
            },
          );
          if (problems.length > 0) throw new OwnRefused(problems.map(({ code }) => code));
        });
        return [];
      } catch (error) {
        if (error instanceof OwnRefused) return error.codes;
        // Two that lock in another order: one of them is told to begin again.
        if (!(error instanceof RetryableConflict)) throw error;
      }
    }
  }
  const ownSeat = async (performance: number, number: number) =>
    own({
      type: 'seats',
      performanceId: await performanceId(performance),
      seatIds: [seatId(number)],
      state: 'sold',
      reference: `own-${performance}-${number}`,
    } as Omit<OwnRequest, 'line'>);
  const ownStanding = async (performance: number, quantity: number, reference = 'own') =>
    own({
      type: 'count',
      counterId: await counterOf(performance),
      quantity,
      state: 'sold',
      reference: `${reference}-${performance}`,
    } as Omit<OwnRequest, 'line'>);

  async function counterOf(performance: number): Promise<number> {
    const [row] = await trio.query<{ id: number }>(
      'select id from counter where performance_id = $1',
      [await performanceId(performance)],
    );
    return row?.id as number;
  }

  /** Each ticket that a reseller sold is a living ticket here, or an open case with a name. */
  async function settleAccounts(sold: readonly string[]): Promise<{ here: number; cases: number }> {
    const tickets = await trio.query<{ number: string }>(
      `select number from ticket where state = 'valid' and number = any($1)`,
      [sold],
    );
    const cases = await trio.query<{ ticket: string; problems: { code: string }[] }>(
      'select ticket, problems from quarantine where settled_at is null and ticket = any($1)',
      [sold],
    );
    const told = [...tickets.map(({ number }) => number), ...cases.map(({ ticket }) => ticket)];
    expect(told.toSorted()).toEqual(sold.toSorted());
    for (const { problems } of cases) {
      for (const { code } of problems) expect(REFUSALS).toContain(code);
    }
    return { here: tickets.length, cases: cases.length };
  }

  async function holderOf(performance: number, number: number) {
    const [row] = await trio.query<{ state: string; ticket: string | null; own: string | null }>(
      `select ps.state, t.number as ticket, ps.own_reference as own from performance_seat ps
       left join ticket t on t.id = ps.ticket_id
       where ps.performance_id = $1 and ps.seat_id = $2`,
      [await performanceId(performance), seatId(number)],
    );
    return row;
  }

  it(
    'the last seat, never exported, of a contingent of all three',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const performance = round;
        const sold = trio.resellers.map((reseller) => sellSeat(reseller, performance, 4));
        const [refused] = await Promise.all([
          ownSeat(performance, 4),
          ...trio.resellers.toSorted(() => roll(3) - 2).map((one) => trio.integrate(one)),
        ]);
        const { here, cases } = await settleAccounts(sold);
        const holder = await holderOf(performance, 4);
        expect(holder?.state).toBe('sold');
        if (refused?.length === 0) {
          expect(holder?.own).toBe(`own-${performance}-4`);
          expect([here, cases]).toEqual([0, 3]);
        } else {
          expect(OWN_REFUSALS).toContain(refused?.[0]);
          expect(sold).toContain(holder?.ticket);
          expect([here, cases]).toEqual([1, 2]);
        }
        await check();
      }
    },
    TIMEOUT,
  );

  it(
    'the last places of a zone, never handed over, for all three and the counter',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const performance = ROUNDS + round;
        const sold = trio.resellers.flatMap((one) => sellStanding(one, performance, 3));
        const counters = [2, 1, 1].map((quantity, index) =>
          ownStanding(performance, quantity, `own${index}`),
        );
        const [refused] = await Promise.all([
          Promise.all(counters),
          each((reseller) => trio.integrate(reseller)),
        ]);
        // One each of its own share, one of the shared one; two are in none.
        expect(await settleAccounts(sold)).toEqual({ here: 4, cases: 5 });
        for (const codes of refused) for (const code of codes) expect(OWN_REFUSALS).toContain(code);
        const [row] = await trio.query<{ sold: number }>('select sold from counter where id = $1', [
          await counterOf(performance),
        ]);
        expect(row?.sold).toBe(6);
        await check();
      }
    },
    TIMEOUT,
  );

  it(
    'seats of others, moved while they are exported, blocked, sold at the counter',
    async () => {
      const contingents = await Promise.all(
        RACERS.map((code) => trio.house.idOf('contingent', code)),
      );
      for (let round = 0; round < ROUNDS; round += 1) {
        const performance = 2 * ROUNDS + round;
        const exported = roll(2) === 1;
        if (exported) for (const reseller of trio.resellers) await trio.export(reseller);
        // Everybody sells its own seat and the neighbour's.
        const sold = trio.resellers.flatMap((reseller, index) => [
          sellSeat(reseller, performance, index + 1),
          sellSeat(reseller, performance, ((index + 1) % 3) + 1),
        ]);
        const of = {
          organisationId: trio.organisationId,
          performanceId: await performanceId(performance),
          by: 'bruno',
        };
        const services = { database: test.database, ids: trio.ids, clock };
        const moved = { ...of, seatIds: [seatId(1), seatId(2)] };
        const target = contingents[roll(3) - 1] as number;
        const work = [
          () => moveSeats(services, { ...moved, contingentId: target }),
          () => blockSeats(services, { ...of, seatIds: [seatId(roll(4))] }),
          () => ownSeat(performance, roll(5)),
          () => ownStanding(performance, roll(3)),
          ...trio.resellers.map((one) => () => trio.integrate(one)),
          ...trio.resellers.map((one) => () => trio.export(one)),
        ];
        await Promise.all(shuffled(work).map((start) => start()));
        // What was wanted elsewhere is asked back now.
        for (const reseller of trio.resellers) await trio.export(reseller);
        await settleAccounts(sold);
        await check();
      }
    },
    TIMEOUT,
  );

  it(
    'exports, take-backs, sales and the counter at once, at all three',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const performance = 3 * ROUNDS + round;
        const id = await performanceId(performance);
        const back = (reseller: Reseller) =>
          trio.run(reseller, 'take_back', (context) => takeBack(context, { performanceIds: [id] }));
        const sold: string[] = [];
        const sell = async (reseller: Reseller): Promise<void> => {
          sold.push(
            sellSeat(reseller, performance, roll(6)),
            ...sellStanding(reseller, performance, 1),
          );
          await trio.integrate(reseller);
        };
        const work = [
          ...trio.resellers.map((one) => () => trio.export(one)),
          ...trio.resellers.map((one) => () => sell(one)),
          ...trio.resellers.slice(0, roll(3)).map((one) => () => back(one)),
          () => ownSeat(performance, roll(6)),
          () => ownSeat(performance, 6),
          () => ownStanding(performance, roll(4)),
        ];
        await Promise.all(shuffled(work).map((start) => start()));
        await each((reseller) => trio.integrate(reseller));
        await settleAccounts(sold);
        await check();
      }
    },
    TIMEOUT,
  );

  it(
    'the last place under the safety gauge: the counter’s seats and places, moves, a share',
    async () => {
      const target = await trio.house.idOf('contingent', 'R1');
      const services = { database: test.database, ids: trio.ids, clock };
      for (let round = 0; round < ROUNDS; round += 1) {
        const performance = 4 * ROUNDS + 1 + round;
        const id = await performanceId(performance);
        const counterId = await counterOf(performance);
        // The contingents keep eight places: there is room for one more.
        await test.database.transaction(trio.organisationId, async (tx) => {
          await tx.execute('update performance set gauge = 9 where id = $1', [id]);
          await raiseCatalogueVersion(tx);
        });
        const of = { organisationId: trio.organisationId, performanceId: id, by: 'bruno' };
        const share = (): Promise<QuotaOutcome> =>
          test.database.transaction(trio.organisationId, (tx) =>
            changeQuota(tx, { counterId, contingentId: target, quota: 2 }),
          );
        const work: (() => Promise<unknown>)[] = [
          () => ownSeat(performance, 5),
          () => ownSeat(performance, 6),
          () => ownStanding(performance, 1),
          () => moveSeats(services, { ...of, seatIds: [seatId(6)], contingentId: target }),
          share,
        ];
        await Promise.all(shuffled(work).map((start) => start()));
        await check();
      }
    },
    TIMEOUT,
  );

  it('a counted place sold, the rest taken back, and then given back', async () => {
    const [reseller] = trio.resellers as [Reseller];
    const performance = 4 * ROUNDS;
    const id = await performanceId(performance);
    const counterId = await counterOf(performance);
    const contingentId = await trio.house.idOf('contingent', reseller.code);
    await test.database.transaction(trio.organisationId, (tx) =>
      changeQuota(tx, { counterId, contingentId, quota: 2 }),
    );
    await trio.export(reseller);
    const zone = { block: RACE_WORDS.pit, category: RACE_WORDS.zone };
    const { switchboard } = reseller.simulator;
    const start = raceStart(performance);
    const [ticket = ''] = switchboard.sell({ product: RACE_WORDS.show, start, ...zone }).tickets;
    await trio.run(reseller, 'take_back', (context) => takeBack(context, { performanceIds: [id] }));
    switchboard.cancel({ ticket });
    await trio.export(reseller);
    const [share] = await trio.query(
      `select quota, sold, allotted from contingent_quota
       where counter_id = $1 and contingent_id = $2`,
      [counterId, contingentId],
    );
    // It is the reseller's to sell again, and no second one was handed over for it.
    expect(share).toEqual({ quota: 1, sold: 0, allotted: 1 });
    const there = switchboard.state().stock.find((one) => one.start === start);
    // Everything unsold came back: this is the only place that it has.
    expect(there).toMatchObject({ free: 1, sold: 0 });
    await check();
  });

  function shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: roll(1_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
});
