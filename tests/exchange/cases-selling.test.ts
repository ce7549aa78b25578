import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import {
  codeOf,
  expectSameBooks,
  expectSoundBooks,
  ledgerOf,
  readCases,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { caseOf, refusals, settle, walkOut } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { change } from './refusals/table.ts';

/** DOMAIN "Cases": window or channel, performance cancelled or closed, ceiling, and the like. */
describeEachDatabase('ways out of what is sold when', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const codeIs = async (ticket: string): Promise<string | undefined> => {
    const { barcode } = await ticketOf(world, ticket);
    return (await codeOf(world, barcode ?? ''))?.state;
  };
  const early = (seat: string, hour: string): string =>
    world.sellSeat('B', seat, { at: `2025-12-31T${hour}:00:00` });
  const windows = () =>
    world.query<{ opens: string; closes: string | null }>(
      `select w.opens_at as opens, w.closes_at as closes from on_sale_window w
       join product d on d.id = w.product_id join sales_channel c on c.id = w.sales_channel_id
       where d.code = 'SHOW' and c.code = 'FNAC' order by w.opens_at`,
    );

  describe('outside the window', () => {
    it('put on sale: the window covers the first of the sales, and all of them', async () => {
      await enter();
      const late = early('1', '23');
      const earliest = early('2', '21');
      const other = early('3', '22');
      await world.integrate();
      const id = await caseOf(world, other);
      const { effect } = await walkOut(world, id, { way: 'put_on_sale' });
      // From its own instant on: the earlier one is still outside.
      expect(effect.house).toMatchObject([
        { kind: 'window', product: 'SHOW', opensAt: '2025-12-31T21:00:00.000Z', closesAt: null },
      ]);
      expect(effect.freed).toBe(1);
      expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([earliest]);
      expect(await ticketOf(world, late)).toMatchObject({ state: 'valid' });
      await walkOut(world, await caseOf(world, earliest), { way: 'put_on_sale' });
      expect(await windows()).toEqual([{ opens: '2025-12-31T20:00:00.000Z', closes: null }]);
      await expectSameBooks(world);
    });

    it('accept once: this one, and not the next', async () => {
      await enter();
      const one = early('1', '21');
      await world.integrate();
      await walkOut(world, await caseOf(world, one), { way: 'accept_once' });
      expect(await ticketOf(world, one)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/1' });
      expect(await codeIs(one)).toBe('valid');
      expect(await windows()).toHaveLength(1);
      const two = early('2', '21');
      await world.integrate();
      expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([two]);
    });

    it('not on this channel: put on sale makes a window, accept once does not', async () => {
      await enter({
        change(house) {
          house.windows = (house.windows ?? []).filter(({ product }) => product !== 'OPEN');
        },
      });
      const [one = '', two = ''] = world.sell({
        product: WORDS.undated,
        start: null,
        category: WORDS.pass,
        count: 2,
      });
      await world.integrate();
      await walkOut(world, await caseOf(world, one), { way: 'accept_once' });
      expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([two]);
      const { effect } = await walkOut(world, await caseOf(world, two), { way: 'put_on_sale' });
      expect(effect.house).toMatchObject([{ kind: 'window', product: 'OPEN', closesAt: null }]);
      await expectSameBooks(world);
    });
  });

  it('a performance in preparation: accepted once', async () => {
    await enter();
    await change(world, `update performance set state = 'preparing' where code = 'P1'`);
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'accept_once' });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid' });
  });

  describe('a cancelled performance, sold afterwards', () => {
    const sellCancelled = async (): Promise<{ ticket: string; id: number; before: string }> => {
      await enter();
      const before = world.sellSeat('A', '5');
      await world.integrate();
      await change(
        world,
        `update performance set state = 'cancelled', cancelled_at = '2027-01-10T09:00:30Z'
         where code = 'P1'`,
      );
      const ticket = world.sellSeat('B', '1', { at: '2027-01-10T11:00:00' });
      await world.integrate();
      return { ticket, id: await caseOf(world, ticket), before };
    };

    it.each(['accept', 'book_late'] as const)(
      '%s: booked, its buyer is to be refunded',
      async (way) => {
        const { ticket, id } = await sellCancelled();
        await walkOut(world, id, { way });
        expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid' });
        expect(await codeIs(ticket)).toBe('revoked');
        expect(await ledgerOf(world, ticket)).toEqual(['sale 4000', 'commission -180']);
        expect(await toBeRefunded()).toEqual([ticket]);
      },
    );

    const toBeRefunded = async (): Promise<string[]> =>
      (
        await world.query<{ number: string }>(
          `select number from ticket where to_be_refunded and state = 'valid'`,
        )
      ).map(({ number }) => number);

    it('reopen: the performance runs, tickets open, nobody is refunded', async () => {
      const { ticket, id, before } = await sellCancelled();
      // As a cancellation leaves the tickets that were there.
      await world.query(`update ticket set to_be_refunded = true`);
      await world.query(
        `update access_code set state = 'revoked', reason = 'performance.cancelled'
         where ticket_id is not null`,
      );
      const { effect } = await walkOut(world, id, { way: 'reopen' });
      expect(effect.house).toEqual([
        { kind: 'performance', performance: 'P1', before: 'cancelled' },
      ]);
      expect(await codeIs(ticket)).toBe('valid');
      expect(await codeIs(before)).toBe('valid');
      expect(await toBeRefunded()).toEqual([]);
      await expectSameBooks(world);
    });
  });

  describe('a closed performance', () => {
    const sellClosed = async (): Promise<{ tickets: string[]; ids: number[] }> => {
      await enter();
      const closed = `state = 'closed', closed_at = '2027-01-10T08:00:00Z'`;
      await change(world, `update performance set ${closed} where code = 'P1'`);
      const tickets = ['1', '2'].map((seat) => world.sellSeat('B', seat));
      await world.integrate();
      const ids = [await caseOf(world, tickets[0] ?? ''), await caseOf(world, tickets[1] ?? '')];
      return { tickets, ids };
    };

    it('book late: in the open period, shown apart; the other waits on', async () => {
      const { tickets, ids } = await sellClosed();
      await walkOut(world, ids[0] ?? 0, { way: 'book_late' });
      const rows = await world.query<{ kind: string; late: boolean }>(
        `select l.kind, l.late from ledger_entry l order by l.id`,
      );
      expect(rows).toEqual([
        { kind: 'sale', late: true },
        { kind: 'commission', late: true },
      ]);
      expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([tickets[1]]);
    });

    it('accept: booked in its own period', async () => {
      const { ids } = await sellClosed();
      await walkOut(world, ids[0] ?? 0, { way: 'accept' });
      const rows = await world.query(`select distinct late from ledger_entry`);
      expect(rows).toEqual([{ late: false }]);
    });

    it('reopen: every message of it is read again', async () => {
      const { tickets, ids } = await sellClosed();
      const { effect } = await walkOut(world, ids[0] ?? 0, { way: 'reopen' });
      expect(effect).toMatchObject({ freed: 1, tickets: { made: 2 } });
      for (const ticket of tickets) expect(await codeIs(ticket)).toBe('valid');
      expect(await readCases(world)).toEqual([]);
      await expectSameBooks(world);
    });

    it('is the manager’s: a clerk is told so', async () => {
      const { ids } = await sellClosed();
      for (const way of ['reopen', 'book_late'] as const) {
        const result = await settle(world, { ids: ids.slice(0, 1) }, { way, manager: false });
        expect(refusals(result)).toEqual(['cases.refused.manager']);
      }
    });
  });

  describe('a full ceiling', () => {
    const fill = async (): Promise<{ tickets: string[]; root: number }> => {
      await enter({
        change(house) {
          for (const account of house.pending_accounts ?? []) account.ceiling = '50.00';
          for (const one of house.interfaces ?? []) one.ceiling_blocks = true;
        },
      });
      const tickets = ['1', '2', '3'].map((seat) => world.sellSeat('B', seat));
      await world.integrate();
      const cases = await readCases(world);
      // "1 cause, 1 message": the first that met the ceiling is the root.
      expect(cases.map(({ behind }) => behind === null)).toEqual([true, false]);
      return { tickets, root: cases[0]?.messageId ?? 0 };
    };

    it('record a payment: an entry, and all that waited is booked in order', async () => {
      const { tickets, root } = await fill();
      const said = { amountMinor: 10_000, document: 'VIR 7' };
      const { effect } = await walkOut(world, root, { way: 'record_payment', said });
      expect(effect).toMatchObject({
        freed: 1,
        tickets: { made: 2 },
        house: [{ kind: 'payment', amountMinor: 10_000, currency: 'EUR' }],
      });
      for (const ticket of tickets) expect(await codeIs(ticket)).toBe('valid');
      expect(
        await world.query(
          `select amount_minor as amount, document, author from ledger_entry
           where kind = 'payment'`,
        ),
      ).toEqual([{ amount: -10_000, document: 'VIR 7', author: 'anna' }]);
      // The same document is no second payment, whichever case it is given for.
      for (const seat of ['4', '5', '6']) world.sellSeat('B', seat);
      await world.integrate();
      const [next] = await readCases(world);
      const again = await settle(
        world,
        { ids: [next?.messageId ?? 0] },
        { way: 'record_payment', said },
      );
      expect(again).toMatchObject({ answers: [{ outcome: 'waits' }], effect: { house: [] } });
      await settle(
        world,
        { ids: [next?.messageId ?? 0] },
        { way: 'record_payment', said: { ...said, document: 'VIR 8' } },
      );
      expect(await readCases(world)).toEqual([]);
      await expectSameBooks(world);
    });

    it('raise the ceiling: as far as it goes', async () => {
      const { tickets, root } = await fill();
      const low = { way: 'raise_ceiling', said: { amountMinor: 4_000 } } as const;
      expect(refusals(await settle(world, { ids: [root] }, low))).toEqual(['cases.refused.amount']);
      const said = { amountMinor: 8_000 };
      const { effect } = await walkOut(world, root, { way: 'raise_ceiling', said });
      expect(effect).toMatchObject({ freed: 0, tickets: { made: 1 } });
      expect((await readCases(world)).map(({ ticket, behind }) => [ticket, behind])).toEqual([
        [tickets[2], null],
      ]);
      await expectSoundBooks(world);
    });

    it('accept: this sale, whatever the ceiling; the next is the root now', async () => {
      const { tickets, root } = await fill();
      await walkOut(world, root, { way: 'accept' });
      expect(await ticketOf(world, tickets[1] ?? '')).toMatchObject({ state: 'valid' });
      expect((await readCases(world)).map(({ ticket, behind }) => [ticket, behind])).toEqual([
        [tickets[2], null],
      ]);
    });
  });

  it.each([
    [
      'tariff.not_allowed',
      `update mapping set ours = 'Member/CARD' where ours = 'OccCont/REDUCED'`,
      { tariff: WORDS.reduced, price: '30.00' },
    ],
  ] as const)('%s: accepted, or kept out', async (code, sql, request) => {
    await enter();
    await change(world, sql);
    const [one = '', two = ''] = ['1', '2'].map((seat) => world.sellSeat('B', seat, request));
    await world.integrate();
    expect(await readCases(world)).toMatchObject([
      { problems: [{ code }] },
      { problems: [{ code }] },
    ]);
    await walkOut(world, await caseOf(world, one), { way: 'accept' });
    await walkOut(world, await caseOf(world, two), { way: 'keep_ours' });
    expect(await ticketOf(world, one)).toMatchObject({ state: 'valid' });
    expect(await readCases(world)).toEqual([]);
  });

  it('a pass that was not valid any more: accepted', async () => {
    await enter();
    await change(world, `update product set valid_until = '2026-12-31' where code = 'OPEN'`);
    const pass = { product: WORDS.undated, start: null, category: WORDS.pass };
    const [ticket = ''] = world.sell(pass);
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'accept' });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', counter: 'pass' });
  });
});
