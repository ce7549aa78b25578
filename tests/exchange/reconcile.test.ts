import { expect, it } from 'vitest';
import { adopt } from '../../src/exchange/adopt.ts';
import { exportContingent } from '../../src/exchange/export-contingent.ts';
import { blockSeats } from '../../src/exchange/move-seats.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { ScriptedReseller } from '../support/scripted-channel.ts';
import type { HouseOptions, StockHouse } from '../support/stock-house.ts';
import {
  buildStockHouse,
  FIRST,
  FNAC,
  HOUSE,
  INTERFACE,
  NOW,
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

interface Line {
  seatId: number | null;
  ticket: string | null;
  what: string;
  messageId: number | null;
}

describeEachDatabase('reconcile', (open) => {
  const build = async (options: HouseOptions): Promise<World> => {
    const test = await open();
    const house = await buildStockHouse(test.database, options);
    const reseller = new ScriptedReseller();
    const runs = createStockRuns(test.database, reseller);
    await runs.run((context) => exportContingent(context));
    return { test, house, reseller, runs };
  };
  const compare = async ({ runs, test }: World): Promise<Line[]> => {
    const result = await runs.run((context) => reconcile(context), { function: 'reconcile' });
    return test.database.transaction(ORGANISATION, (tx) =>
      tx.query<Line>(
        `select l.seat_id as "seatId", l.ticket, l.message_id as "messageId",
                concat_ws(' ', l.subject, l.kind, l.cause, l.cure) as what
         from reconciliation r join reconciliation_line l on l.reconciliation_id = r.id
         where r.run_id = $1 order by l.seat_id nulls last, l.id`,
        [result.run.id],
      ),
    );
  };
  const change = ({ test }: World, sql: string, params: unknown[] = []) =>
    test.database.transaction(ORGANISATION, (tx) => tx.execute(sql, params));
  /** A ticket on a seat, as an integrated sale leaves it. */
  const sellHere = async (
    world: World,
    seatId: number,
    number: string,
    resellerSeatId?: number,
  ) => {
    await change(
      world,
      `insert into sale_order (organisation_id, id, reseller_account_id, interface_id, reference,
         contact_id, point_of_sale_id, pending_account_id, currency, ordered_at, run_id)
       values (1, $1, 88, ${INTERFACE}, $2, 85, 87, 86, 'EUR', $3, 1)`,
      [seatId, number, NOW.toISOString()],
    );
    await change(
      world,
      `insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id,
         number, state, product_id, performance_id, seat_id, reseller_seat_id, tariff_id, currency,
         price_minor, booked_minor, commission_minor, commission_on_top, net_due_minor,
         vat_hundredths, vat_minor, commission_vat_minor, sold_at, message_id, run_id)
       values (1, $1, $1, 88, ${INTERFACE}, $2, 'valid', 60, ${PERFORMANCE}, $1, $3, 1, 'EUR', 0, 0,
         0, false, 0, 0, 0, 0, $4, 1, 1)`,
      [seatId, number, resellerSeatId ?? null, NOW.toISOString()],
    );
    await change(
      world,
      `update performance_seat set state = 'sold', ticket_id = seat_id where seat_id = $1`,
      [seatId],
    );
  };

  it('finds nothing where both agree, and says how much it compared', async () => {
    const world = await build({ seats: 4, zoneQuota: 10 });
    await sellHere(world, 1001, 'T1');
    world.reseller.sell(SHOW, 'BL/A/1', 'T1');
    const before = await stockFingerprint(world.test.database);
    expect(await compare(world)).toEqual([]);
    expect(await stockFingerprint(world.test.database)).toBe(before);
    const compared = await world.test.database.transaction(ORGANISATION, (tx) =>
      tx.query('select seats_compared as seats, tickets_compared as tickets from reconciliation'),
    );
    expect(compared).toEqual([{ seats: 4, tickets: 1 }]);
  });

  it('tells place by place what differs, why and what settles it', async () => {
    const world = await build({ seats: 10 });
    const { reseller, runs } = world;
    const at = { organisationId: ORGANISATION, performanceId: PERFORMANCE, by: 'anna' };
    reseller.sell(SHOW, 'BL/A/1', 'T1');
    await sellHere(world, 1002, 'T2');
    reseller.seats(SHOW).delete('BL/A/3');
    await sellHere(world, 1004, 'T4');
    reseller.sell(SHOW, 'BL/A/4', 'T99');
    const words = { block: 'BL', row: 'Z', seat: '1', category: '30', allotment: 'ALLOT' };
    reseller.plant(SHOW, words);
    await change(
      world,
      `update performance_seat set interface_id = null, sent_category_id = null,
         sent_contingent_id = null, contingent_id = $1 where seat_id in (1005, 1006)`,
      [FNAC],
    );
    await change(world, 'update performance_seat set contingent_id = $1 where seat_id = 1006', [
      HOUSE,
    ]);
    await blockSeats(runs.services, { ...at, seatIds: [1007] });
    reseller.seats(SHOW).delete('BL/A/7');
    await sellHere(world, 1008, 'T8', 1009);
    const held = reseller.seats(SHOW).get('BL/A/10');
    if (held) held.category = '31';
    expect(await compare(world)).toEqual([
      {
        seatId: 1001,
        ticket: 'T1',
        what: 'ticket missing_here sale_not_integrated integrate',
        messageId: null,
      },
      {
        seatId: 1002,
        ticket: 'T2',
        what: 'ticket missing_there return_not_integrated integrate',
        messageId: null,
      },
      {
        seatId: 1003,
        ticket: null,
        what: 'seat missing_there lost_there take_back',
        messageId: null,
      },
      {
        seatId: 1004,
        ticket: 'T99',
        what: 'ticket different other_ticket integrate',
        messageId: null,
      },
      {
        seatId: 1005,
        ticket: null,
        what: 'seat missing_here never_exported adopt',
        messageId: null,
      },
      {
        seatId: 1006,
        ticket: null,
        what: 'seat missing_here not_for_reseller take_back',
        messageId: null,
      },
      { seatId: 1007, ticket: null, what: 'seat missing_there wish export', messageId: null },
      {
        seatId: 1008,
        ticket: 'T8',
        what: 'seat missing_here not_for_reseller take_back',
        messageId: null,
      },
      { seatId: 1010, ticket: null, what: 'seat different word_changed map', messageId: null },
      { seatId: null, ticket: null, what: 'seat missing_here unknown_place map', messageId: null },
    ]);
  });

  it('agrees with a ticket that was re-seated, and finds one on another seat', async () => {
    const world = await build({ seats: 4 });
    const { reseller } = world;
    await sellHere(world, 1001, 'T1', 1002);
    reseller.sell(SHOW, 'BL/A/2', 'T1');
    reseller.seats(SHOW).delete('BL/A/1');
    await sellHere(world, 1003, 'T3');
    reseller.sell(SHOW, 'BL/A/3', 'T3');
    await change(world, `update ticket set seat_id = 1004 where number = 'T3'`);
    const lines = await compare(world);
    expect(lines.map(({ seatId, what }) => [seatId, what])).toEqual([
      [1003, 'ticket different other_seat reseat'],
    ]);
  });

  it('points at the case that explains a difference', async () => {
    const world = await build({ seats: 2 });
    world.reseller.sell(SHOW, 'BL/A/1', 'T1');
    await change(
      world,
      `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
         ticket, class, problems, opened_at, run_id)
       values (1, 4711, 88, ${INTERFACE}, 'T1', 'business', '[]', $1, 1)`,
      [NOW.toISOString()],
    );
    expect(await compare(world)).toEqual([
      {
        seatId: 1001,
        ticket: 'T1',
        what: 'ticket missing_here in_quarantine settle_case',
        messageId: 4711,
      },
    ]);
  });

  it('knows that a command travels', async () => {
    const world = await build({ seats: 2 });
    await change(
      world,
      `update performance_seat set interface_id = null, sent_category_id = null,
         sent_contingent_id = null where seat_id = 1001`,
    );
    await change(world, 'update offer set stock_version = stock_version + 1');
    world.reseller.script({ does: 'lose-answer' });
    world.reseller.failingLookUps = 1;
    await world.runs.run((context) => exportContingent(context));
    expect(await compare(world)).toEqual([
      {
        seatId: 1001,
        ticket: null,
        what: 'seat missing_here command_unknown find_out',
        messageId: null,
      },
    ]);
  });

  it('adopts what the reseller holds already: nothing is sent, and both lists agree', async () => {
    const test = await open();
    await buildStockHouse(test.database, { seats: 4 });
    const reseller = new ScriptedReseller();
    const runs = createStockRuns(test.database, reseller);
    const world: World = { test, reseller, runs, house: { seatIds: [], placeOf: () => '' } };
    for (const seat of ['1', '2', '3']) {
      reseller.plant(SHOW, { block: 'BL', row: 'A', seat, category: '30', allotment: 'ALLOT' });
    }
    await change(world, `update performance_seat set state = 'held' where seat_id = 1003`);
    const request = { performanceIds: [PERFORMANCE] };
    await runs.run((context) => reconcile(context, request), { function: 'reconcile' });
    const [found] = await test.database.transaction(ORGANISATION, (tx) =>
      tx.query<{ id: number }>('select id from reconciliation'),
    );
    const way = { organisationId: ORGANISATION, reconciliationId: found?.id ?? 0 };
    expect(await adopt(runs.services, way)).toBe(2);
    expect(await adopt(runs.services, way)).toBe(0);
    expect(await readSeats(test.database)).toMatchObject([
      { interfaceId: INTERFACE, sentCategoryId: FIRST, sentContingentId: FNAC, pending: 0 },
      { interfaceId: INTERFACE, sentCategoryId: FIRST, sentContingentId: FNAC, pending: 0 },
      { interfaceId: null, state: 'held' },
      { interfaceId: null, pending: 1 },
    ]);
    await runs.run((context) => exportContingent(context));
    expect(reseller.received.flatMap((command) => command.items)).toHaveLength(1);
    expect((await compare(world)).map(({ seatId, what }) => [seatId, what])).toEqual([
      [1003, 'seat missing_here not_for_reseller take_back'],
    ]);
  });

  it('compares counts', async () => {
    const world = await build({ seats: 0, zoneQuota: 10 });
    const counts = world.reseller.counts(SHOW).get('ALLOT/FOSSE');
    if (counts) Object.assign(counts, { free: 8, sold: 2 });
    expect((await compare(world)).map(({ what }) => what)).toEqual([
      'count different sale_not_integrated integrate',
    ]);
  });
});
