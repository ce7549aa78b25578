/**
 * A house that starts in mid-season: its reseller holds thousands of seats and has sold many of
 * them. Comparing, adopting and integrating, in either order, leave the same books.
 */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { adopt, reconcileAndAdopt } from '../../src/exchange/adopt.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { readCases } from '../support/books-view.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';

interface Size {
  seatsPerRow: number;
  /** Seats at the reseller, and how many of them it had sold. */
  held: number;
  sold: number;
}

const ROWS = 26;
const FULL: Size = { seatsPerRow: 200, held: 5_000, sold: 2_000 };
/** The same story, for the other orders of work. */
const SMALL: Size = { seatsPerRow: 24, held: 600, sold: 200 };
/** Sold and given back before Parterre came. */
const CANCELLED = 50;
/** Sold after the account's opening: only these are owed. */
const NEW = 30;
const ZONE = { held: 15, sold: 5 };
/** FNAC may sell block A but for the wheelchair place, its companion and two more. */
const KEPT_HOME = 4;
const OPENED = '2027-01-09T00:00';

describeEachDatabase('a house that starts in mid-season', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  let size = FULL;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world?.close());

  const enter = async (of: Size): Promise<void> => {
    size = of;
    const { seatsPerRow, held, sold } = size;
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {
      exported: false,
      house: { rows: ROWS, seatsPerRow, performances: 1 },
      change: (house) => {
        for (const one of house.interfaces ?? []) one.account_opened = OPENED;
      },
    });
    const places = Array.from({ length: ROWS * seatsPerRow }, (_, index) => ({
      block: WORDS.block,
      row: String.fromCharCode(65 + Math.floor(index / seatsPerRow)),
      seat: String((index % seatsPerRow) + 1),
    })).slice(KEPT_HOME, KEPT_HOME + held);
    const { switchboard } = world;
    const event = { product: WORDS.event, start: WORDS.first };
    switchboard.receivePlaces({ ...event, allotment: 'FNAC', category: WORDS.seats, places });
    await receiveCounts();
    for (let from = 0; from < sold + CANCELLED; from += 50) {
      const at = `2027-01-05T10:${String((from / 50) % 60).padStart(2, '0')}:00`;
      const tickets = world.sell({ places: places.slice(from, from + 50), at });
      if (from >= sold) {
        for (const ticket of tickets) switchboard.cancel({ ticket, at: '2027-01-06T10:00:00' });
      }
    }
    const at = '2027-01-10T09:30:00';
    const late = places.slice(sold + CANCELLED, sold + CANCELLED + NEW);
    world.sell({ places: late, at });
    const zone = { category: WORDS.zone, count: ZONE.sold };
    world.sell({ ...zone, at: '2027-01-05T12:00:00' });
  };
  /** Places of the zone handed over by whatever was there before. */
  const receiveCounts = () =>
    world.run(async (context) => {
      const outcome = await context.open.contingents?.send({
        reference: 'before',
        action: 'add',
        allotment: 'FNAC',
        performance: { product: WORDS.event, performance: null, start: WORDS.first, hall: null },
        items: [
          { key: 1, type: 'count', block: WORDS.standing, category: WORDS.zone, quantity: 15 },
        ],
      });
      expect(outcome).toMatchObject({ outcome: 'done' });
    });

  /** What matters of the books, without the numbers that the order of work decides. */
  const books = async () => {
    const [seats] = await world.query(
      `select count(*) filter (where interface_id is not null and ps.state = 'free') as allotted,
              count(*) filter (where ps.state = 'sold') as sold,
              count(*) filter (where interface_id is not null
                and (sent_category_id is null or sent_contingent_id is null)) as unsent,
              md5(string_agg(concat_ws(' ', seat_id - (select min(id) from seat), ps.state,
                interface_id is not null), ',' order by seat_id)) as digest
       from performance_seat ps join performance p on p.id = ps.performance_id and p.code = 'P1'`,
    );
    const [zone] = await world.query(
      `select q.allotted, q.sold, q.interface_id is not null as "isTheirs" from contingent_quota q
       join counter c on c.id = q.counter_id join performance p on p.id = c.performance_id
       join contingent g on g.id = q.contingent_id
       where p.code = 'P1' and g.code = 'FNAC'`,
    );
    const tickets = await world.query<{ state: string; count: number }>(
      'select state, count(*) as count from ticket group by 1 order by 1',
    );
    const [ledger] = await world.query(
      `select count(*) as entries, coalesce(sum(amount_minor), 0)::bigint as balance,
              min(operation_at) >= '2027-01-08T23:00:00Z' as "allNew" from ledger_entry`,
    );
    const doubles = await world.query(
      `select number from ticket group by 1 having count(*) > 1 limit 5`,
    );
    return { seats, zone, tickets, ledger, doubles };
  };
  const filters = async () => ({
    filters: { performanceIds: [await world.house.performanceId('SHOW', 'P1')] },
  });
  const reconcileOnly = async () =>
    world.run((context) => reconcile(context), { function: 'reconcile', ...(await filters()) });
  const compareAndAdopt = () =>
    world.run((context) => reconcileAndAdopt(context), { function: 'reconcile' });
  const lastReconciliation = async () => {
    const [row] = await world.query<{ id: number }>('select max(id) as id from reconciliation');
    return row?.id ?? 0;
  };
  const expected = ({ held, sold }: Size) => ({
    seats: {
      allotted: held - sold - NEW,
      sold: sold + NEW,
      unsent: 0,
      digest: expect.any(String),
    },
    zone: { allotted: ZONE.held - ZONE.sold, sold: ZONE.sold, isTheirs: true },
    tickets: [
      { state: 'cancelled', count: CANCELLED },
      { state: 'valid', count: sold + NEW + ZONE.sold },
    ],
    // 40.00 less 1.80 of commission for each ticket sold since the account opened.
    ledger: { entries: 2 * NEW, balance: 3_820 * NEW, allNew: true },
    doubles: [],
  });
  /** The end of every order of work: lists agree, nothing goes out twice, again changes nothing. */
  const settled = async (): Promise<unknown> => {
    expect(await readCases(world)).toEqual([]);
    const end = await books();
    expect(end).toEqual(expected(size));
    expect((await reconcileOnly()).counts).toMatchObject({ differences: 0 });
    const [again] = [await compareAndAdopt()];
    expect(again.counts.adopted ?? 0).toBe(0);
    expect((await world.integrate({ fromBeginning: true })).counts.integrated ?? 0).toBe(0);
    expect(await books()).toEqual(end);
    const free = () => world.switchboard.state({}).stock.find((one) => one.start === WORDS.first);
    const before = free();
    const exported = await world.export(await filters());
    // Only what the reseller never had goes out: the rest of the block, and of the zone.
    const missing = ROWS * size.seatsPerRow - KEPT_HOME - size.held + (20 - ZONE.held);
    expect(exported.counts).toMatchObject({ exported: missing });
    expect(exported.counts.refused ?? 0).toBe(0);
    expect(free()?.sold).toBe(before?.sold);
    expect((free()?.free ?? 0) - (before?.free ?? 0)).toBe(missing);
    expect((await reconcileOnly()).counts).toMatchObject({ differences: 0 });
    await checkHouse(world.database, world.organisationId);
    return end;
  };

  it('compares, adopts and then integrates', async () => {
    await enter(FULL);
    const adopted = await compareAndAdopt();
    // The unsold seats, and all counted places: sales of these are taken from there.
    expect(adopted.counts).toMatchObject({ adopted: size.held - size.sold - NEW + ZONE.held });
    await world.integrate();
    await settled();
  }, 120_000);

  it('integrates, then compares and adopts', async () => {
    await enter(SMALL);
    const ran = await world.integrate();
    expect(ran.counts).toMatchObject({ integrated: size.sold + CANCELLED + NEW + ZONE.sold });
    expect(ran.counts.quarantined ?? 0).toBe(0);
    // Sold and given back, 50 seats are with the reseller already.
    const adopted = await compareAndAdopt();
    expect(adopted.counts).toMatchObject({
      adopted: size.held - size.sold - NEW - CANCELLED + ZONE.held - ZONE.sold,
    });
    await settled();
  });

  it('compares, integrates, and adopts by the older comparison', async () => {
    await enter(SMALL);
    await reconcileOnly();
    const of = {
      organisationId: world.organisationId,
      reconciliationId: await lastReconciliation(),
    };
    await world.integrate();
    await adopt(world.services, of);
    expect(await adopt(world.services, of)).toBe(0);
    await settled();
  });

  it('a zone that was sold out: what is given back is the reseller’s to sell again', async () => {
    await enter(SMALL);
    world.sell({ category: WORDS.zone, count: ZONE.held - ZONE.sold });
    await world.integrate();
    expect((await books()).zone).toEqual({ allotted: 0, sold: ZONE.held, isTheirs: false });
    await compareAndAdopt();
    expect((await books()).zone).toEqual({ allotted: 0, sold: ZONE.held, isTheirs: true });
    const [ticket] = await world.query<{ number: string }>(
      'select number from ticket where seat_id is null order by id limit 1',
    );
    world.switchboard.cancel({ ticket: ticket?.number ?? '' });
    await world.integrate();
    expect((await books()).zone).toEqual({ allotted: 1, sold: ZONE.held - 1, isTheirs: true });
    expect((await compareAndAdopt()).counts.adopted ?? 0).toBe(0);
    await world.export(await filters());
    expect((await books()).zone).toEqual({
      allotted: 20 - ZONE.held + 1,
      sold: ZONE.held - 1,
      isTheirs: true,
    });
    expect((await reconcileOnly()).counts).toMatchObject({ differences: 0 });
    await checkHouse(world.database, world.organisationId);
  });
});
