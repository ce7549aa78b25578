/** Moving a performance, in time and to another hall. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import type { Moved, MoveRequest } from '../../src/exchange/performance/move-performance.ts';
import { movePerformance } from '../../src/exchange/performance/move-performance.ts';
import {
  codeOf,
  countOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { smallHouse } from '../support/houses.ts';
import { AFTER, bookmark, journalOf, lifeOf, lifeRequest, lifeServices } from '../support/life.ts';
import { withOtherHalls } from '../support/other-halls.ts';

const NEW = '2027-03-05T19:30';

describeEachDatabase('moving a performance', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const tryMove = async (change: Partial<MoveRequest>) =>
    movePerformance(lifeServices(world), { ...(await lifeRequest(world)), ...change });
  const move = async (change: Partial<MoveRequest>): Promise<Moved> => {
    const result = await tryMove(change);
    if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
    return result;
  };
  const hall = (code: string) => world.house.idOf('logical_configuration', code);
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

  it('keeps tickets, codes and exported places; either start finds it', async () => {
    await enter();
    const sold = world.sellSeat('B', '1');
    const wrong = world.sellSeat('B', '2', { price: '1.00' });
    await world.integrate();
    const before = await bookmark(world);
    const foretold = await move({ start: NEW, foretell: true });
    expect(foretold.outcome).toBe('foretold');
    expect(await bookmark(world)).toBe(before);

    const { version } = await lifeOf(world);
    const moved = await move({ start: NEW });
    expect(moved).toMatchObject({
      outcome: 'done',
      from: { start: WORDS.first, configuration: 'FULL' },
      to: { start: NEW, configuration: 'FULL' },
    });
    expect({ ...moved, outcome: 'foretold' }).toEqual(foretold);
    expect(await lifeOf(world)).toMatchObject({ state: 'running', start: NEW });
    expect((await lifeOf(world)).version).toBeGreaterThan(version);
    const starts = await world.query('select local_start as start from performance_alias');
    expect(starts).toEqual([{ start: WORDS.first }]);
    expect(await world.query('select due_at as due from quarantine')).toEqual([
      { due: '2027-03-05T18:30:00.000Z' },
    ]);
    expect(moved.letters).toMatchObject([{ reseller: 'FNAC', unsold: 45, tickets: [] }]);
    expect(moved.letters[0]?.subject).toMatch(/01\/02\/2027 20:00 → 05\/03\/2027 19:30/);
    expect(await journalOf(world)).toMatchObject([{ action: 'performance.move', author: 'anna' }]);

    // The reseller still knows the former start, and goes on selling under it.
    const late = world.sellSeat('B', '3');
    world.switchboard.cancel({ ticket: sold });
    const ran = await world.integrate();
    expect(ran).toMatchObject({ counts: { integrated: 1, cancelled: 1 } });
    const tickets = await readTickets(world);
    expect(tickets.map(({ number, performance, state }) => [number, performance, state])).toEqual([
      [sold, 'P1', 'cancelled'],
      [late, 'P1', 'valid'],
    ]);
    const code = (await ticketOf(world, late)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'valid' });
    expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([wrong]);

    // It corrected its system: sales come under the new start.
    const prices = { [WORDS.seats]: { [WORDS.full]: '40.00' } };
    const performances = [{ start: NEW, hall: WORDS.hall }];
    world.switchboard.setProduct({ code: WORDS.event, performances, prices, commission: '1.80' });
    const force = { force: true, category: WORDS.seats, start: NEW };
    const fresh = world.sellSeat('B', '4', { ...force });
    expect(await world.integrate()).toMatchObject({ counts: { integrated: 1 } });
    expect(await ticketOf(world, fresh)).toMatchObject({ performance: 'P1' });
    await checkHouse(test.database, world.organisationId);
  });

  it('the hall tells one that moved away from one that still starts then', async () => {
    await enter({
      change(house) {
        withOtherHalls(house);
        const beside = { season: 'S1', product: 'SHOW', code: 'P3', state: 'running' as const };
        house.performances?.push({ ...beside, start: WORDS.first, configuration: 'SMALL' });
        for (const one of [...(house.contingent_seats ?? []), ...(house.contingent_quotas ?? [])]) {
          if (one.product === 'SHOW') one.performances = 'P1,P2';
        }
      },
    });
    await move({ start: NEW });
    const late = world.sellSeat('B', '1');
    await world.integrate();
    expect(await ticketOf(world, late)).toMatchObject({ performance: 'P1' });
  });

  it('a house file moves it the same way', async () => {
    await enter();
    world.sellSeat('B', '2', { price: '1.00' });
    await world.integrate();
    const line = { season: 'S1', product: 'SHOW', code: 'P1', start: NEW, configuration: 'FULL' };
    const file = smallHouse();
    const { organisation } = file;
    const [{ code } = { code: '' }] = await world.query<{ code: string }>(
      'select code from organisation',
    );
    await loadHouse(
      test.database,
      world.house.ids,
      testSecretBox,
      { format: file.format, organisation: { ...organisation, code }, performances: [line] },
      { clock: () => new Date(AFTER), author: 'anna', applyMoves: true },
    );
    expect((await lifeOf(world)).start).toBe(NEW);
    expect(await world.query('select due_at as due from quarantine')).toEqual([
      { due: '2027-03-05T18:30:00.000Z' },
    ]);
    const late = world.sellSeat('B', '3');
    await world.integrate();
    expect(await ticketOf(world, late)).toMatchObject({ performance: 'P1' });
  });

  it('nothing leaves and nothing comes back for a move alone', async () => {
    await enter();
    await move({ start: NEW });
    const commands = await world.query('select id from command');
    await world.export();
    expect(await world.query('select id from command')).toEqual(commands);
  });

  it('asked again it changes nothing and tells the letter; moved back, no alias', async () => {
    await enter();
    const { letters } = await move({ start: NEW });
    const before = await bookmark(world);
    expect(await move({ start: NEW })).toMatchObject({ outcome: 'unchanged', letters });
    expect(await bookmark(world)).toBe(before);
    await move({ start: WORDS.first });
    expect(await world.query('select local_start as start from performance_alias')).toEqual([
      { start: NEW },
    ]);
  });

  it('refuses a start that is none, that another has, or had', async () => {
    await enter();
    const before = await bookmark(world);
    for (const start of ['2027-02-30T20:00', 'demain', '2027-03-01', '2027-03-01T25:00']) {
      expect(await tryMove({ start })).toEqual({
        outcome: 'refused',
        problems: [{ code: 'start_unreadable', params: { start } }],
      });
    }
    expect(await tryMove({ start: WORDS.second })).toMatchObject({
      problems: [{ code: 'start_taken', params: { performance: 'P2' } }],
    });
    expect(await tryMove({ start: NEW, reason: '' })).toMatchObject({
      problems: [{ code: 'reason_missing' }],
    });
    expect(await bookmark(world)).toBe(before);
    const second = await world.house.performanceId('SHOW', 'P2');
    await move({ performanceId: second, start: NEW });
    expect(await tryMove({ start: WORDS.second })).toMatchObject({
      problems: [{ code: 'start_was_others', params: { performance: 'P2' } }],
    });
    expect(await move({ start: WORDS.second, anyway: true })).toMatchObject({ outcome: 'done' });
    await cancelPerformance(lifeServices(world), await lifeRequest(world));
    expect(await tryMove({ start: WORDS.first })).toMatchObject({ problems: [{ code: 'state' }] });
  });

  it('another hall is refused while places are sold or at a reseller, each told', async () => {
    await enter({ change: withOtherHalls });
    world.sellSeat('B', '1');
    world.sellSeat('C', '1');
    world.sell({ block: WORDS.standing, category: WORDS.zone });
    await world.integrate();
    const before = await bookmark(world);
    const configurationId = await hall('SMALL');
    expect(await tryMove({ configurationId })).toEqual({
      outcome: 'refused',
      problems: [
        // 26 seats left in the export: rows A (6), B and C (10 each).
        { code: 'in_use', params: { sold: 2, held: 0, allotted: 24, kept: 16, lost: 10 } },
        { code: 'zone_in_use', params: { zone: 'PIT', taken: 20 } },
      ],
    });
    const kept = await tryMove({ configurationId, keepByName: true });
    expect(kept).toMatchObject({ outcome: 'refused' });
    const codes = kept.outcome === 'refused' ? kept.problems.map(({ code }) => code) : [];
    expect(codes).toEqual(Array.from({ length: 10 }, () => 'not_placed'));
    expect(await bookmark(world)).toBe(before);
  });

  it('keeps by name what is there, and re-seats the rest', async () => {
    await enter({ change: withOtherHalls });
    const stays = world.sellSeat('B', '1');
    const goes = world.sellSeat('C', '1');
    const [standing = ''] = world.sell({ block: WORDS.standing, category: WORDS.zone });
    await world.integrate();
    await world.query(
      `update performance_seat ps set wish = 'take_back', wish_at = $1, wish_by = 'test'
       from seat s where s.id = ps.seat_id and s.row = 'C' and ps.interface_id is not null
         and ps.state = 'free'`,
      [AFTER],
    );
    await world.query('update offer set stock_version = stock_version + 1');
    await world.export();
    const moved = await move({
      configurationId: await hall('SMALL'),
      keepByName: true,
      table: [{ line: 1, source: goes, target: 'HALL/ORCH/A/A/3' }],
    });
    expect(moved).toMatchObject({
      outcome: 'done',
      from: { configuration: 'FULL' },
      to: { configuration: 'SMALL' },
      tickets: [{ ticket: goes, from: 'HALL/ORCH/A/C/1', to: 'HALL/ORCH/A/A/3' }],
      notes: [],
    });
    expect(moved.letters[0]?.text).toContain('HALL/ORCH/A/C/1 → HALL/ORCH/A/A/3');
    expect(await seatsOf(stays)).toEqual({ ours: 'HALL/B/1', theirs: null });
    expect(await seatsOf(goes)).toEqual({ ours: 'HALL/A/3', theirs: 'HALL/C/1' });
    expect(await countOf(world, { product: 'SHOW', performance: 'P1' })).toMatchObject({
      capacity: 25,
      sold: 1,
      allotted: 19,
    });
    expect(await ticketOf(world, standing)).toMatchObject({ counter: 'zone', state: 'valid' });
    const seats = await world.query<{ n: number }>(
      `select count(*)::int as n from performance_seat ps
       join performance p on p.id = ps.performance_id join product d on d.id = p.product_id
       where p.code = 'P1' and d.code = 'SHOW'`,
    );
    expect(seats).toEqual([{ n: 20 }]);
    await checkHouse(test.database, world.organisationId);
    // What stayed there stays there: the same category under the same word.
    await world.export();
    expect(await seatOf(world, 'B', '2')).toMatchObject({ interface: 'FNAC', wish: null });
    const after = world.sellSeat('B', '2');
    expect(await world.integrate()).toMatchObject({ counts: { integrated: 1 }, lines: [] });
    expect(await ticketOf(world, after)).toMatchObject({ seat: 'ORCH/A/B/2' });
  });

  it('another building: the same names are the same places to the reseller', async () => {
    await enter({
      change(house) {
        withOtherHalls(house);
        for (const quota of house.contingent_quotas ?? []) {
          if (quota.area === 'PIT') quota.quota = 0;
        }
      },
      house: { rows: 2 },
    });
    const sold = world.sellSeat('B', '1');
    await world.integrate();
    await move({ configurationId: await hall('TENT'), keepByName: true, start: NEW });
    expect(await seatsOf(sold)).toEqual({ ours: 'TENT/B/1', theirs: null });
    await checkHouse(test.database, world.organisationId);
    world.switchboard.cancel({ ticket: sold });
    const again = world.sellSeat('B', '1');
    const other = world.sellSeat('B', '2');
    expect(await world.integrate()).toMatchObject({
      counts: { integrated: 2, cancelled: 1 },
      lines: [],
    });
    expect(await seatsOf(again)).toEqual({ ours: 'TENT/B/1', theirs: null });
    expect(await seatsOf(other)).toEqual({ ours: 'TENT/B/2', theirs: null });
    await checkHouse(test.database, world.organisationId);
  });

  it('another hall waits for commands that travel', async () => {
    await enter({ exported: false, change: withOtherHalls });
    const { contingents: service } = fnacBooks.services;
    world.switchboard.dropNextAnswer({ service, times: 2 });
    await world.export();
    const refused = await tryMove({ configurationId: await hall('SMALL'), keepByName: true });
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(refused)).toContain('commands_open');
  });
});
