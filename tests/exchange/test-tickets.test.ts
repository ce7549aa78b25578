import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import { integrateSales } from '../../src/exchange/integrate-sales.ts';
import { withRun } from '../../src/exchange/run-function.ts';
import { markTests } from '../../src/exchange/test-tickets/mark-tests.ts';
import {
  readTestModes,
  readTests,
  setTestMode,
} from '../../src/exchange/test-tickets/test-modes.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import { codeOf, readCases, seatOf, ticketOf } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';

describeEachDatabase('test tickets', (open, kind) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(async () => {
    await checkHouse(world.database, world.organisationId);
    await world.close();
  });
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const by = () => ({
    organisationId: world.organisationId,
    interfaceId: world.interfaceId,
    author: 'claire',
    reason: 'le banc d’essai',
  });
  const mark = (isTest: boolean, ...tickets: string[]) =>
    markTests(world.services, { ...by(), tickets, isTest });
  const ledger = (ticket: string) =>
    world.query<{ kind: string; amount: number }>(
      `select e.kind, sum(e.amount_minor)::bigint as amount from ledger_entry e
       join ticket t on t.id = e.ticket_id where t.number = $1 group by 1 order by 1`,
      [ticket],
    );
  const balance = async () => {
    const [row] = await world.query<{ balance: number; sum: number }>(
      `select (select balance_minor from pending_account where code = 'FNAC') as balance,
         (select coalesce(sum(amount_minor), 0)::bigint from ledger_entry e
          join pending_account p on p.id = e.pending_account_id and p.code = 'FNAC') as sum`,
    );
    expect(row?.balance).toBe(row?.sum);
    return row?.balance;
  };

  it('a ticket marked afterwards has no money in it; lifted, it is as it was', async () => {
    await enter();
    const [one = '', other = ''] = world.sell({ places: [B('1'), B('2')] });
    await world.integrate();
    const { barcode } = await ticketOf(world, one);
    const before = await balance();
    expect(await ledger(one)).toEqual([
      { kind: 'commission', amount: -180 },
      { kind: 'sale', amount: 4_000 },
    ]);
    expect(await mark(true, one, 'NONE')).toEqual({
      marked: [one],
      unchanged: [],
      unknown: ['NONE'],
      amountMinor: -3_820,
      currency: 'EUR',
    });
    expect(await ledger(one)).toEqual([
      { kind: 'commission', amount: 0 },
      { kind: 'sale', amount: 0 },
    ]);
    expect(await balance()).toBe((before ?? 0) - 3_820);
    expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'test', reason: 'test' });
    // The place stays taken until the reseller cancels it.
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: one });
    expect(await mark(true, one)).toMatchObject({ marked: [], unchanged: [one], amountMinor: 0 });
    expect(await mark(false, one)).toMatchObject({ marked: [one], amountMinor: 3_820 });
    expect(await balance()).toBe(before);
    expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'valid', reason: null });
    const trace = await world.query<{ detail: unknown; author: string; amount: number }>(
      `select o.detail, o.author, o.amount_minor as amount from operation o
       join ticket t on t.id = o.ticket_id
       where t.number = $1 and o.kind = 'test' order by o.id`,
      [one],
    );
    const reason = 'le banc d’essai';
    expect(trace).toEqual([
      { detail: { test: true, reason }, author: 'claire', amount: -4_000 },
      { detail: { test: false, reason }, author: 'claire', amount: 4_000 },
    ]);
    const journal = await world.query(
      `select action, reason, author from journal where action like 'test.%' order by id`,
    );
    expect(journal).toEqual([
      { action: 'test.marked', reason, author: 'claire' },
      { action: 'test.lifted', reason, author: 'claire' },
    ]);
    expect(await ledger(other)).toHaveLength(2);
  });

  it('a test that the reseller cancels gives its place back and moves no money', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    await mark(true, ticket);
    const before = await balance();
    world.switchboard.cancel({ ticket });
    await world.integrate();
    expect(await balance()).toBe(before);
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', interface: 'FNAC' });
    const { organisationId } = world;
    const of = { organisationId, interfaceId: null, productId: null, limit: 10 };
    expect(await readTests(world.services, of)).toEqual([]);
    // It was none after all: sale and cancellation are booked, and come to nothing together.
    expect(await mark(false, ticket)).toMatchObject({ marked: [ticket], amountMinor: 0 });
    expect(await ledger(ticket)).toContainEqual({ kind: 'refund', amount: -4_000 });
    expect(await balance()).toBe(before);
  });

  it('a mark waits for the batch that is being written, and is counted once', async () => {
    await enter();
    const [one = '', two = ''] = world.sell({ places: [B('1'), B('2')] });
    await world.integrate();
    world.switchboard.cancel({ ticket: one });
    world.switchboard.cancel({ ticket: two, givenBack: '30.00' });
    const database = await test.openAgain();
    const { services } = world;
    const { ids } = services;
    const freely = AsyncLocalStorage.snapshot();
    let last: unknown = null;
    let marking: Promise<unknown> | null = null;
    const gated: ExchangeServices = {
      ...services,
      ids: {
        async take(count, tx) {
          // The second time a transaction takes ids it has read and planned.
          if (tx !== undefined && tx === last && marking === null) {
            marking = freely(() =>
              markTests(
                { database, ids: createIdSource(database), clock: services.clock },
                { ...by(), tickets: [one, two], isTest: true },
              ),
            );
            marking.catch(() => {});
            const waits = 'select 1 from pg_locks where not granted';
            if (kind === 'postgres') while ((await tx.query(waits)).length === 0);
          }
          last = tx;
          return ids.take(count, tx);
        },
      },
    };
    const { organisationId, interfaceId } = world;
    const run = { organisationId, interfaceId, function: 'integrate', source: 'hand' } as const;
    await withRun(gated, { ...run, startedBy: 'anna' }, (context) => integrateSales(context));
    expect(marking).not.toBeNull();
    expect(await marking).toMatchObject({ marked: [one, two] });
    for (const ticket of [one, two]) {
      expect(await ticketOf(world, ticket)).toMatchObject({ state: 'cancelled', isTest: true });
      for (const { amount } of await ledger(ticket)) expect(amount).toBe(0);
    }
    await balance();
  });

  it('sales of before the account’s opening make no entry, lifted or not', async () => {
    await enter({
      change: (house) => {
        for (const one of house.interfaces ?? []) one.account_opened = '2027-03-01T00:00';
      },
    });
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    expect(await mark(true, ticket)).toMatchObject({ marked: [ticket], amountMinor: 0 });
    expect(await mark(false, ticket)).toMatchObject({ marked: [ticket], amountMinor: 0 });
    expect(await ledger(ticket)).toEqual([]);
  });

  it('what is left is listed by product and page', async () => {
    await enter();
    const tickets = world.sell({ places: ['1', '2', '3'].map(B) });
    await world.integrate();
    await mark(true, ...tickets);
    const productId = await world.house.idOf('product', 'SHOW');
    const { organisationId, interfaceId } = world;
    const of = { organisationId, interfaceId, productId };
    const first = await readTests(world.services, { ...of, limit: 2 });
    expect(first.map(({ number, place }) => [number, place])).toEqual([
      [tickets[0], 'B/1'],
      [tickets[1], 'B/2'],
    ]);
    const after = { productId, id: first[1]?.id ?? 0 };
    const next = await readTests(world.services, { ...of, limit: 2, after });
    expect(next.map(({ number }) => number)).toEqual([tickets[2]]);
    const other = await world.house.idOf('product', 'MATCH');
    expect(await readTests(world.services, { ...of, productId: other, limit: 2 })).toEqual([]);
  });

  it('test mode: on and off once, never of what is on sale, never of a whole run', async () => {
    await enter({
      change: (house) => {
        for (const window of house.windows ?? []) {
          if (window.product === 'MATCH') window.opens = '2027-01-20T10:00';
        }
      },
    });
    const { organisationId, interfaceId } = world;
    const set = async (product: string | null, on: boolean, ticket: string | null = null) => {
      const productId = product === null ? null : await world.house.idOf('product', product);
      const of = { productId, ticket } as { productId: number; ticket: null };
      const by = { author: 'claire', reason: null };
      return setTestMode(world.services, { organisationId, interfaceId, of, on, ...by });
    };
    const opensAt = '2027-01-20T09:00:00.000Z';
    expect(await set('MATCH', true)).toEqual({ outcome: 'changed', opensAt });
    expect(await set('MATCH', true)).toEqual({ outcome: 'unchanged', opensAt });
    expect(await set('SHOW', true)).toMatchObject({ outcome: 'on_sale' });
    expect(await set(null, true, 'T*')).toEqual({ outcome: 'too_wide' });
    expect(await set(null, true, 'TEST*')).toMatchObject({ outcome: 'changed' });
    const of = { organisationId, interfaceId };
    expect(
      (await readTestModes(world.services, of)).map(({ ticket, endsAt }) => [ticket, endsAt]),
    ).toEqual([
      [null, null],
      ['TEST*', null],
    ]);
    expect(await set('MATCH', false)).toMatchObject({ outcome: 'changed' });
    const [ended] = await readTestModes(world.services, of);
    expect(ended?.endsAt).not.toBeNull();
    expect(ended?.endedBy).toBe('claire');
    expect(await set('MATCH', false)).toMatchObject({ outcome: 'unchanged' });
  });

  it('what comes in of a product in test mode is a test, until its sales open', async () => {
    await enter({
      change: (house) => {
        for (const window of house.windows ?? []) {
          if (window.product === 'MATCH') window.opens = '2027-01-20T10:00';
        }
      },
    });
    const match = { product: WORDS.competition, start: WORDS.match };
    const { organisationId, interfaceId } = world;
    const productId = await world.house.idOf('product', 'MATCH');
    const of = { productId, ticket: null } as const;
    const set = (on: boolean) =>
      setTestMode(world.services, {
        ...{ organisationId, interfaceId, of, on },
        ...{ author: 'claire', reason: null },
      });
    await set(true);
    const before = world.sellSeat('B', '1', { ...match, at: '2027-01-12T10:00:00' });
    const show = world.sellSeat('B', '2', { at: '2027-01-12T10:00:00' });
    const after = world.sellSeat('B', '3', { ...match, at: '2027-01-20T10:00:01' });
    await world.integrate();
    expect(await readCases(world)).toEqual([]);
    const tests: Record<string, boolean> = {};
    for (const ticket of [before, show, after]) {
      tests[ticket] = (await ticketOf(world, ticket)).isTest;
    }
    expect(tests).toEqual({ [before]: true, [show]: false, [after]: false });
    expect(await ledger(before)).toEqual([]);
    const { barcode } = await ticketOf(world, before);
    expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'test' });
    const left = { organisationId, interfaceId, productId, limit: 5 };
    expect((await readTests(world.services, left)).map(({ number }) => number)).toEqual([before]);
    // Lifted: it was a sale all the same.
    expect(await mark(false, before)).toMatchObject({ marked: [before], amountMinor: 3_820 });
    // Off: an early sale is a case again.
    await set(false);
    world.sellSeat('B', '4', { ...match, at: '2027-01-12T11:00:00' });
    await world.integrate();
    const cases = await readCases(world);
    expect(cases.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['product.outside_window'],
    ]);
  });
});

const B = (seat: string) => ({ block: WORDS.block, row: 'B', seat });
