import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { PROBLEMS } from '../../src/domain/order/problem.ts';
import { expectRemedy } from '../support/books-lines.ts';
import {
  codeOf,
  expectSameBooks,
  expectSoundBooks,
  ledgerOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { change } from './refusals/table.ts';

/** Later operations that are refused: nothing of them is done, and what waits knows for whom. */
describeEachDatabase('operations that are refused', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  /** Integrates and answers the lines, each with its remedy. */
  const linesOfNext = async (): Promise<[string, string, string | undefined][]> => {
    const ran = await world.integrate();
    for (const line of ran.lines) if (line.code in PROBLEMS) expectRemedy(line);
    return ran.lines.map(({ level, code, keys }) => [level, code, keys.ticket]);
  };

  it('an exchange whose new place is wrong: the old ticket stays, until it is cured', async () => {
    await enter();
    const old = world.sellSeat('B', '1');
    await world.integrate();
    const { ticket } = world.switchboard.exchange({ ticket: old, place: placeOf('B', '5') });
    const back = await seatOf(world, 'B', '5');
    await change(
      world,
      `update performance_seat set state = 'sold', own_reference = 'BOX-7'
       where interface_id is not null and seat_id in (select s.id from seat s
         join block b on b.id = s.block_id and b.code = 'A' where s.row = 'B' and s.number = '5')`,
    );
    expect(await linesOfNext()).toEqual([['error', 'seat.sold', ticket]]);
    expect(await ticketOf(world, old)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/1' });
    expect(await ledgerOf(world, old)).toEqual(['sale 4000', 'commission -180']);
    expect(await readTickets(world)).toHaveLength(1);
    await expectSoundBooks(world);
    expect(back).toMatchObject({ state: 'free' });
    await change(
      world,
      `update performance_seat set state = 'free', own_reference = null
       where own_reference = 'BOX-7'`,
    );
    expect(await world.replay()).toMatchObject({ counts: { exchanged: 1 } });
    expect(await ticketOf(world, old)).toMatchObject({ state: 'exchanged' });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/5' });
    await expectSameBooks(world);
  });

  it('a duplicate with a code of another ticket: both keep theirs', async () => {
    await enter();
    const one = world.sellSeat('B', '1');
    const two = world.sellSeat('B', '2');
    await world.integrate();
    const before = [await ticketOf(world, one), await ticketOf(world, two)];
    world.switchboard.duplicate({ ticket: one });
    const taken = before[1]?.barcode ?? '';
    world.switchboard.rewrite({ sequence: 3, fields: { codeBarres: taken } });
    expect(await linesOfNext()).toEqual([['error', 'barcode.used', one]]);
    expect([await ticketOf(world, one), await ticketOf(world, two)]).toEqual(before);
    expect(await codeOf(world, taken)).toMatchObject({ state: 'valid', ticket: two });
    await expectSoundBooks(world);
  });

  it('a cancellation in another currency, or below zero: the ticket stays, shut', async () => {
    await enter();
    const one = world.sellSeat('B', '1');
    const two = world.sellSeat('B', '2');
    await world.integrate();
    world.switchboard.cancel({ ticket: one });
    world.switchboard.rewrite({ sequence: 3, fields: { devise: 'CHF' } });
    world.switchboard.cancel({ ticket: two, givenBack: '-1.00' });
    expect(await linesOfNext()).toEqual([
      ['error', 'currency.differs', one],
      ['error', 'price.negative', two],
    ]);
    for (const number of [one, two]) {
      const ticket = await ticketOf(world, number);
      expect(ticket).toMatchObject({ state: 'valid', refundedMinor: 0 });
      expect(await codeOf(world, ticket.barcode ?? '')).toMatchObject({ state: 'revoked' });
      expect(await ledgerOf(world, number)).toHaveLength(2);
    }
    await expectSoundBooks(world);
  });

  it('a cancellation for a closed performance: a case, until it is opened again', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    await change(world, `update performance set state = 'closed' where code = 'P1'`);
    world.switchboard.cancel({ ticket });
    expect(await linesOfNext()).toEqual([['error', 'performance.closed', ticket]]);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid' });
    await change(world, `update performance set state = 'running' where code = 'P1'`);
    expect(await world.replay()).toMatchObject({ counts: { cancelled: 1 } });
    await expectSameBooks(world);
  });

  it('one root and those behind it: told as one error, replayed in their order', async () => {
    await enter();
    const root = world.sellSeat('B', '1', { price: '41.00' });
    world.switchboard.refund({ ticket: root, amount: '5.00' });
    world.switchboard.changeName({ ticket: root, lastName: 'Roux', firstName: 'Ève' });
    world.switchboard.duplicate({ ticket: root });
    world.switchboard.cancel({ ticket: root, givenBack: '36.00' });
    const resold = world.sellSeat('B', '1');
    const other = world.sellSeat('B', '2');
    expect(await linesOfNext()).toEqual([
      ['error', 'price.differs', root],
      ...Array.from({ length: 4 }, () => ['warning', 'blocked.behind', root]),
    ]);
    const cases = await readCases(world);
    expect(cases.filter(({ behind }) => behind === null)).toHaveLength(1);
    expect(cases.filter(({ behind }) => behind === root)).toHaveLength(4);
    // What does not need it is not held up, on the same seat either.
    const sold = (await readTickets(world)).map(({ number }) => number);
    expect(sold).toEqual([resold, other]);
    await change(world, 'update price set amount_minor = 4100 where amount_minor = 4000');
    const rootId = cases.find(({ behind }) => behind === null)?.messageId ?? 0;
    expect(await world.replay([rootId])).toMatchObject({
      counts: { integrated: 1, refunded: 1, renamed: 1, replaced: 1, cancelled: 1 },
    });
    expect(await readCases(world)).toEqual([]);
    expect(await ticketOf(world, root)).toMatchObject({
      state: 'cancelled',
      refundedMinor: 4100,
      lastName: 'Roux',
    });
    expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: resold });
    await expectSameBooks(world);
  });

  it('a name that is missing where names are required: sold, listed and told', async () => {
    await enter({
      change(house) {
        for (const one of house.products ?? []) if (one.code === 'SHOW') one.names_required = true;
      },
    });
    const nobody = [{ lastName: 'FNAC', firstName: 'X' }];
    const ticket = world.sellSeat('B', '1', { names: nobody });
    world.sellSeat('B', '2');
    expect(await linesOfNext()).toEqual([['warning', 'names.missing', ticket]]);
    expect(await world.query('select number from ticket where name_missing')).toEqual([
      { number: ticket },
    ]);
    await expectSameBooks(world);
  });

  it('a sale without a code: sold, told, and nothing opens', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    world.switchboard.rewrite({ sequence: 1, fields: { codeBarres: '' } });
    expect(await linesOfNext()).toEqual([['warning', 'barcode.missing', ticket]]);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', barcode: null });
    expect(await world.query('select 1 from access_code')).toEqual([]);
    await expectSoundBooks(world);
  });

  it('a full ceiling that blocks: a case each, integrated when it is raised', async () => {
    await enter({
      change(house) {
        for (const one of house.pending_accounts ?? [])
          if (one.code === 'FNAC') one.ceiling = '80.00';
        for (const one of house.interfaces ?? []) one.ceiling_blocks = true;
      },
    });
    const [one, two, three] = ['1', '2', '3'].map((seat) => world.sellSeat('B', seat));
    // 38.20 each: the third would make 114.60.
    expect(await linesOfNext()).toEqual([
      ['error', 'account.ceiling', three],
      ['warning', 'account.ceiling_reached', undefined],
    ]);
    expect((await readTickets(world)).map(({ number }) => number)).toEqual([one, two]);
    await change(world, `update pending_account set ceiling_minor = 20000 where code = 'FNAC'`);
    expect(await world.replay()).toMatchObject({ counts: { integrated: 1 } });
    await expectSameBooks(world);
  });

  it('a zero price is a price: a ticket, booked as nothing', async () => {
    await enter();
    await change(world, 'update price set amount_minor = 0 where amount_minor = 4000');
    const ticket = world.sellSeat('B', '1', { price: '0.00', commission: '0.00' });
    expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { integrated: 1 } });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', bookedMinor: 0 });
    world.switchboard.cancel({ ticket, givenBack: '0.00' });
    expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { cancelled: 1 } });
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free' });
    await expectSameBooks(world);
  });
});
