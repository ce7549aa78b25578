import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePeriod } from '../../src/exchange/account/close-period.ts';
import { enterPayment } from '../../src/exchange/account/enter-entry.ts';
import { settleCases } from '../../src/exchange/cases/settle-cases.ts';
import { moveSeats } from '../../src/exchange/move-seats.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import { closePerformance } from '../../src/exchange/performance/close-performance.ts';
import { suspendPerformance } from '../../src/exchange/performance/suspend-performance.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { takeBack } from '../../src/exchange/take-back.ts';
import { markTests } from '../../src/exchange/test-tickets/mark-tests.ts';
import { changeQuota } from '../../src/store/quota-store.ts';
import { dumpBooks } from '../support/books-dump.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { dyingServices, Killed } from '../support/dying-services.ts';
import { checkHouse } from '../support/house-invariants.ts';
import type { LyingProxy } from '../support/lying-proxy.ts';
import { startLyingProxy } from '../support/lying-proxy.ts';
import { RACE_WORDS, RACERS, raceHouse, raceStart } from '../support/race-house.ts';
import type { Reseller } from '../support/reseller-trio.ts';
import { ResellerTrio } from '../support/reseller-trio.ts';

/** A rude half hour: a host that is dead, a process killed, everything twice at once, and lies. */

const NOW = new Date('2027-01-10T09:00:00Z');
const TIMEOUT = 120_000;

describeEachDatabase('a rude half hour', (open) => {
  let test: TestDatabase;
  let trio: ResellerTrio;
  let proxy: LyingProxy;
  let hundredths = 0;
  /** The next performance that nothing has happened on. */
  let fresh = -1;
  const clock = (): Date => {
    hundredths += 1;
    return new Date(NOW.getTime() + hundredths * 10);
  };

  beforeAll(async () => {
    test = await open();
    trio = await ResellerTrio.open(test.database, {
      codes: RACERS,
      house: (interfaces) => raceHouse(12, interfaces),
      clock,
      loadedAt: NOW,
      seed: 1,
      answerMs: 1_000,
      async wayTo(code, url) {
        if (code !== 'R1') return url;
        proxy = await startLyingProxy(url);
        return proxy.url;
      },
    });
    for (const { simulator } of trio.resellers) {
      const price = { [RACE_WORDS.full]: '20.00' };
      simulator.switchboard.setProduct({
        code: RACE_WORDS.show,
        performances: Array.from({ length: 12 }, (_, index) => {
          return { start: raceStart(index), hall: RACE_WORDS.hall };
        }),
        prices: { [RACE_WORDS.seats]: price, [RACE_WORDS.zone]: price },
      });
    }
  });
  afterAll(async () => {
    await trio.close();
    await proxy.stop();
  });

  const [first, second] = [0, 1].map((index) => () => trio.resellers[index] as Reseller) as [
    () => Reseller,
    () => Reseller,
  ];
  const performanceId = (index: number) => trio.house.performanceId('SHOW', `P${index}`);
  const check = () => checkHouse(test.database, trio.organisationId, { atRest: true });
  const sell = (reseller: Reseller, performance: number, seat: string, force = true): string => {
    const places = [{ block: RACE_WORDS.block, row: 'A', seat }];
    const what = { product: RACE_WORDS.show, start: raceStart(performance), force };
    const sold = reseller.simulator.switchboard.sell({
      ...what,
      category: RACE_WORDS.seats,
      places,
    });
    return sold.tickets[0] as string;
  };
  const caseOf = async (ticket: string): Promise<number> => {
    const [row] = await trio.query<{ id: number }>(
      'select message_id as id from quarantine where ticket = $1 and settled_at is null',
      [ticket],
    );
    return row?.id ?? 0;
  };
  const settle = (id: number, way: 'overbook' | 'keep_ours', services = trio.services) =>
    settleCases(services, {
      organisationId: trio.organisationId,
      choice: { ids: [id] },
      way,
      reason: 'rude',
      author: 'anna',
      manager: true,
    });
  const takeAllBack = (reseller: Reseller, ids: readonly number[]) =>
    trio.run(reseller, 'take_back', (context) => takeBack(context, { performanceIds: ids }));

  it(
    'a dead host changes nothing, and the others go on',
    async () => {
      fresh += 1;
      proxy.dead = true;
      const before = await dumpBooks(test.database, trio.organisationId);
      const ids = [await performanceId(fresh)];
      const runs = [
        await trio.integrate(first()),
        await trio.export(first()),
        await trio.run(first(), 'reconcile', (context) =>
          reconcile(context, { performanceIds: ids }),
        ),
      ];
      for (const { state, failure } of runs) {
        expect([state, failure?.code]).toEqual(['error', 'external.reset']);
      }
      const after = await dumpBooks(test.database, trio.organisationId);
      const changed = Object.keys(after).filter(
        (table) => after[table]?.join() !== before[table]?.join(),
      );
      // That a list was asked for is noted, with nothing found.
      expect(changed).toEqual(['reconciliation']);
      expect(await trio.export(second())).toMatchObject({ failure: null });
      proxy.dead = false;
      expect(await trio.export(first())).toMatchObject({ failure: null });
      await check();
    },
    TIMEOUT,
  );

  it(
    'killed at any moment of a way out: it is settled once',
    async () => {
      fresh += 1;
      for (const reseller of trio.resellers) await trio.export(reseller);
      const ticket = sell(first(), fresh, '2');
      await trio.integrate(first());
      const id = await caseOf(ticket);
      let deaths = 0;
      for (let moment = 1; moment <= 14; moment += 1) {
        for (const afterCommit of [false, true]) {
          const dying = dyingServices(trio.services, moment, afterCommit);
          try {
            await settle(id, 'overbook', dying.services);
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
            deaths += 1;
          }
        }
        await checkHouse(test.database, trio.organisationId);
      }
      expect(deaths).toBeGreaterThan(5);
      await settle(id, 'overbook');
      expect(await caseOf(ticket)).toBe(0);
      const booked = await trio.query('select overbooked from ticket where number = $1', [ticket]);
      expect(booked).toEqual([{ overbooked: true }]);
      await trio.integrate(first());
      await check();
    },
    TIMEOUT,
  );

  it(
    'everything twice at once: one does it, the other finds it done',
    async () => {
      fresh += 1;
      const id = await performanceId(fresh);
      const { organisationId, database, ids } = trio;
      const services = { database, ids, clock };
      const life = { organisationId, performanceId: id, by: 'anna', reason: 'rude' };
      const accountId = await trio.house.idOf('pending_account', 'R1');
      const twice = <T>(work: () => Promise<T>): Promise<T[]> => Promise.all([work(), work()]);
      const outcomes = (answers: { outcome: string }[]) => answers.map(({ outcome }) => outcome);

      await twice(() => trio.export(first()));
      const own = sell(first(), fresh, '1', false);
      const foreign = sell(first(), fresh, '3');
      await twice(() => trio.integrate(first()));
      const tickets = await trio.query('select id from ticket where number = $1', [own]);
      expect(tickets).toHaveLength(1);
      const caseId = await caseOf(foreign);
      await Promise.all([settle(caseId, 'overbook'), settle(caseId, 'keep_ours')]);
      expect(await caseOf(foreign)).toBe(0);

      const payment = {
        organisationId,
        accountId,
        amountMinor: 1_000,
        document: 'B-1',
        day: '2027-01-10',
        author: 'anna',
        reason: null,
      };
      const paid = await twice(() => enterPayment(services, payment));
      expect(outcomes(paid).toSorted()).toEqual(['entered', 'known']);
      const month = {
        organisationId,
        accountId,
        period: '2026-12',
        author: 'anna',
        reason: 'rude',
        despiteWarnings: true,
      };
      const closed = await twice(() => closePeriod(services, month));
      expect(outcomes(closed).toSorted()).toEqual(['closed', 'known']);
      const mark = {
        organisationId,
        interfaceId: first().interfaceId,
        tickets: [own],
        isTest: true,
        author: 'anna',
        reason: 'rude',
      };
      const marked = await twice(() => markTests(services, mark));
      expect(marked.map((one) => one.marked.length).toSorted()).toEqual([0, 1]);

      const seatIds = [await trio.house.seatId('A', 'A', '2')];
      const contingentId = await trio.house.idOf('contingent', 'R3');
      await twice(() => moveSeats(services, { ...life, seatIds, contingentId }));
      await twice(() => takeAllBack(first(), [id]));
      const suspended = await twice(() => suspendPerformance(services, life));
      expect(outcomes(suspended).toSorted()).toEqual(['done', 'unchanged']);
      const cancelled = await twice(() => cancelPerformance(services, life));
      expect(outcomes(cancelled).toSorted()).toEqual(['done', 'unchanged']);
      const over = await twice(() => closePerformance(services, { ...life, anyway: true }));
      expect(outcomes(over).toSorted()).toEqual(['done', 'unchanged']);
      await trio.export(first());
      await check();
    },
    TIMEOUT,
  );

  it.each([
    ['more than asked', '999'],
    ['none', '0'],
    ['nonsense', '-3'],
    ['a huge number', '99999999999999999999'],
  ])(
    'a reseller that says it took or gave back %s of a count',
    async (_name, said) => {
      fresh += 1;
      const id = await performanceId(fresh);
      const lie = (answer: string): string =>
        answer.replaceAll(/<quantite>[^<]*<\/quantite>/g, `<quantite>${said}</quantite>`);
      const [counter] = await trio.query<{ id: number }>(
        'select id from counter where performance_id = $1',
        [id],
      );
      const counterId = counter?.id as number;
      const contingentId = await trio.house.idOf('contingent', 'R1');
      await test.database.transaction(trio.organisationId, (tx) =>
        changeQuota(tx, { counterId, contingentId, quota: 3 }),
      );
      proxy.lie = lie;
      await trio.export(first());
      await checkHouse(test.database, trio.organisationId);
      await takeAllBack(first(), [id]);
      await checkHouse(test.database, trio.organisationId);
      proxy.lie = null;
      // The truth again: what was left open is found out, and the next export ends in agreement.
      for (let round = 0; round < 3; round += 1) await trio.export(first());
      await check();
      const [share] = await trio.query<{ allotted: number }>(
        `select coalesce(sum(allotted), 0)::int as allotted from contingent_quota
         where counter_id = $1 and interface_id = $2`,
        [counterId, first().interfaceId],
      );
      const start = raceStart(fresh);
      const list = first().simulator.switchboard.state().stock;
      const there = list.find((one) => one.start === start)?.free;
      const [seats] = await trio.query<{ seats: number }>(
        `select count(*)::int as seats from performance_seat
         where performance_id = $1 and interface_id = $2`,
        [id, first().interfaceId],
      );
      const here = (share?.allotted ?? 0) + (seats?.seats ?? 0);
      const run = await trio.run(first(), 'reconcile', (context) =>
        reconcile(context, { performanceIds: [id] }),
      );
      const lines = await trio.query(
        `select l.cure from reconciliation_line l
         join reconciliation r on r.id = l.reconciliation_id
         where r.run_id = $1 and l.subject = 'count'`,
        [run.id],
      );
      // What the lie has left is told, with what helps; without one there is nothing to tell.
      expect(lines.length > 0).toBe(here !== there);
    },
    TIMEOUT,
  );
});
