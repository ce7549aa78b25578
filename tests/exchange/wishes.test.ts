import { beforeAll, expect, it } from 'vitest';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import {
  blockSeats,
  moveSeats,
  takeBackUnsold,
  unblockSeats,
} from '../../src/exchange/move-seats.ts';
import { changeQuota } from '../../src/store/quota-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import {
  buildStockHouse,
  FNAC,
  HOUSE,
  INTERFACE,
  ORGANISATION,
  OTHER,
  PERFORMANCE,
  readSeats,
  stockFingerprint,
  ZONE_COUNTER,
} from '../support/stock-house.ts';
import type { StockRuns } from '../support/stock-runs.ts';
import { createStockRuns } from '../support/stock-runs.ts';

describeEachDatabase('wishes', (open) => {
  let test: TestDatabase;
  let runs: StockRuns;
  const person = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
  const seat = async (index: number) => (await readSeats(test.database))[index];
  const change = (sql: string) => test.database.transaction(ORGANISATION, (tx) => tx.execute(sql));
  const offerVersion = async (): Promise<number> =>
    test.database.transaction(ORGANISATION, async (tx) => {
      const [row] = await tx.query<{ version: number }>(
        `select stock_version as version from offer where interface_id = ${INTERFACE}`,
      );
      return row?.version ?? 0;
    });

  // Seats 1001–1006 are in the allotment, 1007–1010 in the house's contingent.
  beforeAll(async () => {
    test = await open();
    await buildStockHouse(test.database, { seats: 10, zoneQuota: 20 });
    await change(`update performance_seat set contingent_id = ${HOUSE} where seat_id > 1006`);
    await change('update seat set wheelchair = true where id = 1004');
    await change('update seat set companion_of = 1004 where id = 1005');
    await change(`update contingent set sends_wheelchair = true where id = ${FNAC}`);
    const reseller = new ScriptedReseller();
    runs = createStockRuns(test.database, reseller);
    await runs.run((context) => exportContingent(context));
  });

  it('applies at once what no reseller holds, with a movement', async () => {
    const before = await offerVersion();
    const answers = await moveSeats(runs.services, {
      ...person,
      seatIds: [1007, 9999],
      contingentId: FNAC,
    });
    expect(answers).toEqual([
      { seatId: 1007, outcome: 'applied' },
      { seatId: 9999, outcome: 'refused', reason: 'unknown' },
    ]);
    expect(await seat(6)).toMatchObject({ contingentId: FNAC, pending: 1, wish: null });
    expect(await offerVersion()).toBe(before + 1);
    const moved = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query(`select contingent_id as c from movement where kind = 'moved' and seat_id = 1007`),
    );
    expect(moved).toEqual([{ c: FNAC }]);
  });

  it('keeps an exported seat where it is, with its target, until it is back', async () => {
    const wish = { ...person, seatIds: [1001], contingentId: OTHER };
    expect(await moveSeats(runs.services, wish)).toEqual([{ seatId: 1001, outcome: 'wish' }]);
    expect(await seat(0)).toMatchObject({
      contingentId: FNAC,
      interfaceId: INTERFACE,
      wish: 'contingent',
      pending: 2,
    });
    const before = await stockFingerprint(test.database);
    expect(await moveSeats(runs.services, wish)).toEqual([{ seatId: 1001, outcome: 'unchanged' }]);
    expect(await stockFingerprint(test.database)).toBe(before);
  });

  it('drops a wish when the seat is moved back to where it is', async () => {
    await blockSeats(runs.services, { ...person, seatIds: [1002] });
    expect((await seat(1))?.wish).toBe('block');
    const answers = await moveSeats(runs.services, {
      ...person,
      seatIds: [1002],
      contingentId: FNAC,
    });
    expect(answers).toEqual([{ seatId: 1002, outcome: 'wish_dropped' }]);
    expect(await seat(1)).toMatchObject({ wish: null, pending: 0 });
    await blockSeats(runs.services, { ...person, seatIds: [1002] });
    expect(await unblockSeats(runs.services, { ...person, seatIds: [1002] })).toEqual([
      { seatId: 1002, outcome: 'wish_dropped' },
    ]);
  });

  it('refuses sold and held seats with the reason', async () => {
    await change(
      `update performance_seat set state = 'sold', own_reference = 'G1' where seat_id = 1008`,
    );
    await change(`update performance_seat set state = 'held' where seat_id = 1009`);
    expect(await blockSeats(runs.services, { ...person, seatIds: [1009, 1008] })).toEqual([
      { seatId: 1008, outcome: 'refused', reason: 'sold' },
      { seatId: 1009, outcome: 'refused', reason: 'held' },
    ]);
  });

  it('moves a companion with its wheelchair place and never alone', async () => {
    const alone = { ...person, seatIds: [1005], contingentId: HOUSE };
    expect(await moveSeats(runs.services, alone)).toEqual([
      { seatId: 1005, outcome: 'refused', reason: 'companion' },
    ]);
    const together = { ...person, seatIds: [1004], contingentId: HOUSE };
    expect(await moveSeats(runs.services, together)).toEqual([
      { seatId: 1004, outcome: 'wish' },
      { seatId: 1005, outcome: 'wish' },
    ]);
  });

  it('blocks and unblocks a seat of the house at once', async () => {
    const seats = { ...person, seatIds: [1010] };
    expect(await blockSeats(runs.services, seats)).toEqual([{ seatId: 1010, outcome: 'applied' }]);
    expect((await seat(9))?.state).toBe('blocked');
    expect(await unblockSeats(runs.services, seats)).toEqual([
      { seatId: 1010, outcome: 'applied' },
    ]);
    expect((await seat(9))?.state).toBe('free');
  });

  it('asks unsold seats and counts back, seats first', async () => {
    const answer = await takeBackUnsold(runs.services, {
      ...person,
      interfaceId: INTERFACE,
      contingentIds: null,
      unsold: { count: 8 },
    });
    // 1001, 1004 and 1005 have wishes already.
    expect(answer.seats.map((one) => one.seatId)).toEqual([1002, 1003, 1006]);
    expect(answer.counts).toBe(5);
    const [quota] = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query(`select wish_take_back as wish, wish_by as by from contingent_quota`),
    );
    expect(quota).toEqual({ wish: 5, by: 'anna' });
  });

  it('refuses a quota beyond what the zone has left', async () => {
    const ask = (quota: number, contingentId = HOUSE) =>
      test.database.transaction(ORGANISATION, (tx) =>
        changeQuota(tx, { counterId: ZONE_COUNTER, contingentId, quota }),
      );
    expect(await ask(81)).toEqual({ ok: false, reason: 'over_capacity', free: 80 });
    expect(await ask(80)).toEqual({ ok: true });
    expect(await ask(21, FNAC)).toEqual({ ok: false, reason: 'over_capacity', free: 20 });
    expect(await ask(5, FNAC)).toEqual({ ok: true });
  });

  it('lets no more seats into contingents than the safety gauge lets in', async () => {
    await change('update performance_seat set contingent_id = null where seat_id > 1007');
    await change(`update performance_seat set state = 'free', own_reference = null, ticket_id = null
      where seat_id > 1007`);
    await change(`update contingent_quota set quota = 10 where contingent_id = ${HOUSE}`);
    await change('update seat set wheelchair = true where id = 1009');
    await change('update seat set companion_of = 1009 where id = 1010');
    const [kept] = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query<{ places: number }>(
        `select (select count(*) from performance_seat where contingent_id is not null)
           + (select sum(greatest(quota, allotted)) from contingent_quota)::int as places`,
      ),
    );
    await change(`update performance set gauge = ${(kept?.places ?? 0) + 2}`);
    const seats = { ...person, seatIds: [1008, 1009, 1010] };
    expect(await moveSeats(runs.services, { ...seats, contingentId: FNAC })).toEqual([
      { seatId: 1008, outcome: 'applied' },
      { seatId: 1009, outcome: 'refused', reason: 'over_gauge' },
      { seatId: 1010, outcome: 'refused', reason: 'over_gauge' },
    ]);
    const ask = { counterId: ZONE_COUNTER, contingentId: OTHER };
    const quota = (wanted: number) =>
      test.database.transaction(ORGANISATION, (tx) => changeQuota(tx, { ...ask, quota: wanted }));
    expect(await quota(2)).toEqual({ ok: false, reason: 'over_capacity', free: 1 });
    expect(await quota(1)).toEqual({ ok: true });
  });
});
