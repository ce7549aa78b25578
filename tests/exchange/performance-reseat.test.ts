/** Re-seating tickets by a table, all lines or none. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { ReseatLine } from '../../src/domain/performance/reseating.ts';
import { reseatPerformance } from '../../src/exchange/performance/reseat-performance.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import { codeOf, movementsOf, operationsOf, seatOf, ticketOf } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { bookmark, lifeRequest, lifeServices } from '../support/life.ts';

describeEachDatabase('re-seating a performance', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const reseat = async (pairs: readonly (readonly [string, string])[], change: object = {}) => {
    const table = pairs.map(([source, target], index): ReseatLine => {
      return { line: index + 2, source, target };
    });
    const request = { ...(await lifeRequest(world)), table, ...change };
    return reseatPerformance(lifeServices(world), request);
  };
  const seatsOf = async (number: string) => {
    const [row] = await world.query<{ ours: string; theirs: string | null }>(
      `select concat_ws('/', l.code, s.row, s.number) as ours,
              case when r.id is null then null else concat_ws('/', k.code, r.row, r.number) end
                as theirs
       from ticket t
       join seat s on s.id = t.seat_id
       join block b on b.id = s.block_id join area a on a.id = b.area_id
       join layout l on l.id = a.layout_id
       left join seat r on r.id = t.reseller_seat_id
       left join block rb on rb.id = r.block_id left join area ra on ra.id = rb.area_id
       left join layout k on k.id = ra.layout_id
       where t.number = $1`,
      [number],
    );
    return row;
  };

  it('re-seats by ticket or by seat, and two may change places', async () => {
    await enter();
    const one = world.sellSeat('B', '1');
    const two = world.sellSeat('B', '2');
    const three = world.sellSeat('B', '3');
    await world.integrate();
    const ledger = await world.query('select * from ledger_entry order by id');
    const pairs = [
      [one, 'HALL/ORCH/A/B/2'],
      ['HALL/ORCH/A/B/2', 'HALL/ORCH/A/B/1'],
      [three, 'HALL/BALC//A/1'],
    ] as const;
    const before = await bookmark(world);
    expect(await reseat(pairs, { foretell: true })).toMatchObject({ outcome: 'foretold' });
    expect(await bookmark(world)).toBe(before);
    const done = await reseat(pairs);
    expect(done).toMatchObject({
      outcome: 'done',
      // The ticket keeps its price: another category is told.
      notes: [{ line: 4, seat: 'HALL/BALC//A/1', from: 'CAT1', to: 'CAT2' }],
      letters: [{ reseller: 'FNAC' }],
    });
    expect(await seatsOf(one)).toEqual({ ours: 'HALL/B/2', theirs: 'HALL/B/1' });
    expect(await seatsOf(two)).toEqual({ ours: 'HALL/B/1', theirs: 'HALL/B/2' });
    expect(await seatsOf(three)).toEqual({ ours: 'HALL/A/1', theirs: 'HALL/B/3' });
    expect(await operationsOf(world, one)).toEqual(['sale 4000 180', 'reseat 0 0']);
    expect(await movementsOf(world, one)).toEqual(['sold -1', 'moved 1', 'moved -1']);
    expect(await world.query('select * from ledger_entry order by id')).toEqual(ledger);
    const code = (await ticketOf(world, one)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'valid', ticket: one });
    // The seat that was left is nobody's to sell by accident.
    expect(await seatOf(world, 'B', '3')).toMatchObject({ state: 'blocked', interface: null });
    await checkHouse(test.database, world.organisationId);

    // The reseller goes on naming the seat that it sold: no difference to settle.
    const { performanceId } = await lifeRequest(world);
    const ran = await world.run(
      (context) => reconcile(context, { performanceIds: [performanceId] }),
      { function: 'reconcile' },
    );
    const lines = await world.query(
      `select l.cause, l.ticket from reconciliation_line l
       join reconciliation r on r.id = l.reconciliation_id
       where r.run_id = $1 and r.performance_id = $2 and l.ticket = any($3)`,
      [ran.id, performanceId, [one, two, three]],
    );
    expect(lines).toEqual([]);
    // Given back, our seat is ours again: its reseller never had it.
    world.switchboard.cancel({ ticket: three });
    await world.integrate();
    const [balcony] = await world.query(
      `select ps.state, ps.interface_id as interface from performance_seat ps
       join performance p on p.id = ps.performance_id and p.code = 'P1'
       join product d on d.id = p.product_id and d.code = 'SHOW'
       where ps.seat_id = $1`,
      [await world.house.seatId('BALC', 'A', '1')],
    );
    expect(balcony).toEqual({ state: 'free', interface: null });
    // Back on its own seat, it is no longer re-seated.
    await reseat([
      [one, 'HALL/ORCH/A/B/1'],
      [two, 'HALL/ORCH/A/B/2'],
    ]);
    expect(await seatsOf(one)).toEqual({ ours: 'HALL/B/1', theirs: null });
    await checkHouse(test.database, world.organisationId);
  });

  it('tells every fault of a table at once, and does nothing of it', async () => {
    await enter();
    const one = world.sellSeat('B', '1');
    world.sellSeat('B', '2');
    const [standing = ''] = world.sell({ block: WORDS.standing, category: WORDS.zone });
    await world.integrate();
    const before = await bookmark(world);
    const refused = await reseat([
      ['000', 'HALL/ORCH/B/B/1'],
      [one, 'HALL/ORCH/B/B/2'],
      ['HALL/ORCH/A/B/1', 'HALL/ORCH/B/B/3'],
      ['HALL/ORCH/A/B/2', 'HALL/ORCH/B/B/2'],
      [standing, 'HALL/ORCH/B/B/4'],
      ['HALL/ORCH/B/C/1', 'HALL/ORCH/B/B/5'],
      ['HALL/ORCH/A/B/2', 'HALL/ORCH/Z/B/5'],
    ]);
    expect(refused).toEqual({
      outcome: 'refused',
      problems: [
        { code: 'source_unknown', params: { line: 2, source: '000' } },
        { code: 'source_twice', params: { line: 4, source: 'HALL/ORCH/A/B/1' } },
        { code: 'target_twice', params: { line: 5, seat: 'HALL/ORCH/B/B/2', other: 3 } },
        { code: 'source_counted', params: { line: 6, source: standing } },
        { code: 'source_not_taken', params: { line: 7, source: 'HALL/ORCH/B/C/1' } },
        { code: 'source_twice', params: { line: 8, source: 'HALL/ORCH/A/B/2' } },
        { code: 'target_unknown', params: { line: 8, seat: 'HALL/ORCH/Z/B/5' } },
      ],
    });
    expect(await reseat([[one, 'HALL/ORCH/A/B/2']])).toMatchObject({
      problems: [{ code: 'target_taken', params: { line: 2, seat: 'HALL/ORCH/A/B/2' } }],
    });
    // In the reseller's hands, though unsold.
    expect(await reseat([[one, 'HALL/ORCH/A/B/9']])).toMatchObject({
      problems: [{ code: 'target_taken', params: { line: 2, by: null } }],
    });
    expect(await bookmark(world)).toBe(before);
    expect(placeOf('B', '1').block).toBe(WORDS.block);
  });
});
