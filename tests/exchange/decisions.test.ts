import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { CaseDecision } from '../../src/domain/order/case-decision.ts';
import { checkAccess } from '../../src/exchange/check-access.ts';
import {
  codeOf,
  expectSoundBooks,
  ledgerOf,
  operationsOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { Ran, WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** What a person decided, written to the books, and what the door says of it. */
describeEachDatabase('decisions in the books', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };

  /** Writes a decision as the ways out do, and takes the case up again. */
  async function decide(decision: CaseDecision, ticket?: string): Promise<Ran> {
    const open = (await readCases(world)).filter((one) => (ticket ?? one.ticket) === one.ticket);
    expect(open).toHaveLength(1);
    const id = open[0]?.messageId as number;
    await world.query(
      `update quarantine set decision = $2::jsonb, decided_way = 'test', decided_by = 'anna'
       where message_id = $1`,
      [id, JSON.stringify(decision)],
    );
    const [owner] = await world.query<{ interfaceId: number }>(
      'select interface_id as "interfaceId" from quarantine where message_id = $1',
      [id],
    );
    return world.replay([id], owner);
  }

  const door = async (code: string | null) => {
    const { database, organisationId, services } = world;
    const house = { database, organisationId, clock: services.clock };
    const performanceId = await world.house.performanceId('SHOW', 'P1');
    const { answer } = await checkAccess(house, { code: code ?? '', performanceId });
    return answer.open ? 'open' : [answer.reason, answer.detail];
  };
  const barcodeOf = (ticket: string): string | null => {
    const { tickets } = world.switchboard.state({ tickets: true });
    return tickets.find((one) => one.ticket === ticket)?.barcode ?? null;
  };
  const sellTwice = async (): Promise<[string, string]> => {
    const places = [placeOf('B', '1')];
    const first = world.sell({ places })[0] as string;
    const second = world.sell({ places, category: WORDS.seats, force: true })[0] as string;
    await world.integrate();
    expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([second]);
    return [first, second];
  };

  it('overbooked: beside the seat, at the box office, its money booked', async () => {
    await enter();
    const [first, second] = await sellTwice();
    expect(await door(barcodeOf(second))).toEqual(['see_box_office', 'seat.sold']);
    await decide({ accepted: ['seat.sold'], place: { kind: 'overbooked' } });
    expect(await door(barcodeOf(second))).toEqual(['see_box_office', 'overbooked']);
    expect(await door(barcodeOf(first))).toBe('open');
    expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: first });
    expect((await ledgerOf(world, second))[0]).toBe('sale 4000');
    const [row] = await world.query(
      `select t.overbooked, s.number as seat from ticket t
       join seat s on s.organisation_id = t.organisation_id and s.id = t.seat_id
       where t.number = $1`,
      [second],
    );
    expect(row).toEqual({ overbooked: true, seat: '1' });
    world.switchboard.cancel({ ticket: second });
    world.switchboard.cancel({ ticket: first });
    await world.integrate();
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', interface: 'FNAC' });
    await expectSoundBooks(world);
  });

  it('taken over: who had the seat goes to the box office', async () => {
    await enter();
    const [first, second] = await sellTwice();
    await decide({ accepted: ['seat.sold'], place: { kind: 'take_over' } });
    expect(await door(barcodeOf(first))).toEqual(['see_box_office', 'overbooked']);
    expect(await door(barcodeOf(second))).toBe('open');
    expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: second });
    await expectSoundBooks(world);
  });

  it('taken over from another account: its ticket is displaced under its own number', async () => {
    await enter({ exported: false, second: { account: 'TS2' } });
    const other = world.second?.simulator.switchboard ?? world.switchboard;
    const seat = { places: [placeOf('B', '1')], category: WORDS.seats, force: true };
    const show = { product: WORDS.event, start: WORDS.first, tariff: WORDS.full };
    world.sell({ product: WORDS.undated, start: null });
    const theirs = world.sell(seat)[0] as string;
    await world.integrate();
    other.sell({ product: WORDS.dated, start: WORDS.day, tariff: WORDS.full });
    other.sell({ product: WORDS.dated, start: WORDS.day, tariff: WORDS.full });
    const ours = other.sell({ ...show, ...seat }).tickets[0] as string;
    for (const sequence of [1, 2, 3]) {
      other.rewrite({ sequence, fields: { codeBarres: `99${sequence}` } });
    }
    await world.integrate({}, { interfaceId: world.second?.interfaceId ?? 0 });
    await decide({ accepted: ['seat.sold'], place: { kind: 'take_over' } }, ours);
    const rows = await world.query(
      `select number, overbooked, state from ticket where seat_id is not null order by id`,
    );
    expect(rows).toEqual([
      { number: theirs, overbooked: true, state: 'valid' },
      { number: ours, overbooked: false, state: 'valid' },
    ]);
    expect(await door(barcodeOf(theirs))).toEqual(['see_box_office', 'overbooked']);
    expect(await door('993')).toBe('open');
    expect(await operationsOf(world, theirs)).toContainEqual('reseat 0 0');
    await expectSoundBooks(world);
    // Its own account cancels it: the seat stays with who has it now.
    world.switchboard.cancel({ ticket: theirs });
    await world.integrate();
    expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: ours, interface: 'FNAC2' });
    await expectSoundBooks(world);
  });

  it('another seat of ours: open at the door, and ours again when it is given back', async () => {
    await enter();
    const [, second] = await sellTwice();
    const seatId = await world.house.seatId('A', 'C', '9');
    await world.query(
      `update performance_seat set interface_id = null, sent_category_id = null,
         sent_contingent_id = null, contingent_id = null where seat_id = $1`,
      [seatId],
    );
    await decide({ accepted: ['seat.sold'], place: { kind: 'seat', seatId } });
    expect(await door(barcodeOf(second))).toBe('open');
    expect(await seatOf(world, 'C', '9')).toMatchObject({ ticket: second, interface: 'FNAC' });
    await expectSoundBooks(world);
    world.switchboard.cancel({ ticket: second });
    await world.integrate();
    expect(await seatOf(world, 'C', '9')).toMatchObject({ state: 'free', interface: null });
    expect(await readCases(world)).toEqual([]);
    await expectSoundBooks(world);
  });

  it('another seat that a sale took meanwhile: the case stays, nothing is half done', async () => {
    await enter();
    const [, second] = await sellTwice();
    const third = world.sellSeat('C', '9');
    await world.integrate();
    const seatId = await world.house.seatId('A', 'C', '9');
    await decide({ accepted: ['seat.sold'], place: { kind: 'seat', seatId } });
    expect(await readCases(world)).toMatchObject([
      { ticket: second, problems: [{ code: 'seat.sold', params: { holder: third } }] },
    ]);
    expect((await readTickets(world)).map(({ number }) => number)).not.toContain(second);
    await expectSoundBooks(world);
  });

  it('their contents: ticket, difference and door follow', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    const before = await ticketOf(world, ticket);
    world.switchboard.duplicateOperations({ count: 1 });
    const { operations } = world.switchboard.state({ tickets: true });
    world.switchboard.rewrite({
      sequence: operations,
      fields: { place: '2', prix: '41.00', codeBarres: 'NEWCODE' },
    });
    await world.integrate();
    expect((await readCases(world)).map(({ problems }) => problems[0]?.code)).toEqual([
      'content.differs',
    ]);
    await decide({ accepted: ['content.differs'], contents: 'theirs' });
    expect(await readCases(world)).toEqual([]);
    const after = await ticketOf(world, ticket);
    expect(after).toMatchObject({
      seat: 'ORCH/A/B/2',
      priceMinor: 4100,
      bookedMinor: 4100,
      barcode: 'NEWCODE',
    });
    expect(after.order).toBe(before.order);
    expect(after.vatMinor).toBeGreaterThan(before.vatMinor);
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', interface: 'FNAC' });
    expect((await ledgerOf(world, ticket)).filter((one) => one.startsWith('sale'))).toEqual([
      'sale 4000',
      'sale 100',
    ]);
    expect(await door(before.barcode)).toEqual(['replaced', 'replacement']);
    expect(await door('NEWCODE')).toBe('open');
    await expectSoundBooks(world, ['a message that came in twice']);
  });

  it('a code decided for the second ticket opens for it alone', async () => {
    await enter();
    const first = world.sellSeat('B', '1');
    await world.integrate();
    const second = world.sellSeat('B', '2');
    const code = barcodeOf(first) as string;
    const { operations } = world.switchboard.state({ tickets: true });
    world.switchboard.rewrite({ sequence: operations, fields: { codeBarres: code } });
    await world.integrate();
    await decide({ accepted: ['barcode.used'] });
    expect(await codeOf(world, code)).toMatchObject({ state: 'valid', ticket: second });
    expect(await ticketOf(world, first)).toMatchObject({ state: 'valid', barcode: null });
    await expectSoundBooks(world);
  });

  it('reported, and cancelled by the reseller: both booked as told, fees kept', async () => {
    await enter();
    const [, second] = await sellTwice();
    await world.query(`update quarantine set reported_at = '2026-11-30T10:00:00Z'`);
    world.switchboard.cancel({ ticket: second, givenBack: '36.00' });
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    const [row] = await world.query(
      'select way_out as way, settled_at is not null as settled from quarantine',
    );
    expect(row).toEqual({ way: 'reported', settled: true });
    const entries = await ledgerOf(world, second);
    expect(entries.filter((one) => !one.startsWith('commission'))).toEqual([
      'sale 4000',
      'refund -3600',
    ]);
    expect(await door(barcodeOf(second))).toEqual(['revoked', 'cancellation']);
    await expectSoundBooks(world);
  });

  it('booked late, into a period that is open', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.query(`update performance set state = 'closed', closed_at = '2026-11-30T10:00:00Z'
      where code = 'P1'`);
    await world.query('update organisation set catalogue_version = catalogue_version + 1');
    await world.integrate();
    await decide({ accepted: ['performance.closed'], late: true });
    const rows = await world.query(
      `select distinct l.late, l.period = to_char(l.operation_at, 'YYYY-MM') as own
       from ledger_entry l join ticket t on t.id = l.ticket_id where t.number = $1`,
      [ticket],
    );
    expect(rows).toEqual([{ late: true, own: true }]);
    await expectSoundBooks(world);
  });

  it('shares of one zone follow the living tickets, and house stock has its maximum', async () => {
    await enter({
      exported: false,
      change(house) {
        for (const one of house.contingents ?? []) {
          if (one.code === 'OTHER') one.sales_channels = ['FNAC'];
        }
        for (const one of house.contingent_quotas ?? []) if (one.area === 'PIT') one.quota = 2;
        for (const one of house.interfaces ?? []) one.house_stock_maximum = 1;
      },
    });
    const standing = { block: WORDS.standing, category: WORDS.zone, force: true };
    const sell = () => world.sell(standing)[0] as string;
    const shares = () =>
      world.query(
        `select g.code, q.sold, q.quota, (
           select count(*) from ticket t where t.organisation_id = q.organisation_id
             and t.counter_id = q.counter_id and t.contingent_id = q.contingent_id
             and t.state = 'valid' and t.any_share) as tickets
         from contingent_quota q
         join counter c on c.organisation_id = q.organisation_id and c.id = q.counter_id
         join performance p on p.organisation_id = c.organisation_id and p.id = c.performance_id
         join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
         join contingent g on g.organisation_id = q.organisation_id and g.id = q.contingent_id
         where p.code = 'P1' and d.code = 'SHOW' and g.code in ('FNAC', 'OTHER') order by g.code`,
      );
    const [first] = [sell(), sell(), sell()];
    await world.integrate();
    expect(await shares()).toEqual([
      { code: 'FNAC', sold: 2, quota: 2, tickets: 2 },
      { code: 'OTHER', sold: 1, quota: 2, tickets: 1 },
    ]);
    world.switchboard.cancel({ ticket: first });
    await world.integrate();
    expect(await shares()).toEqual([
      { code: 'FNAC', sold: 2, quota: 2, tickets: 2 },
      { code: 'OTHER', sold: 0, quota: 2, tickets: 0 },
    ]);
    await expectSoundBooks(world);
    const more = [sell(), sell(), sell(), sell()];
    await world.integrate();
    expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([more[3]]);
    const drawn = await world.query<{ number: string }>(
      'select number from ticket where from_house_stock',
    );
    expect(drawn).toEqual([{ number: more[2] }]);
    await expectSoundBooks(world);
  });
});
