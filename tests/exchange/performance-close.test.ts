/** Closing and reopening: what stands against it, and what becomes of late messages. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import {
  closePerformance,
  reopenPerformance,
  reopenWithin,
} from '../../src/exchange/performance/close-performance.ts';
import { suspendPerformance } from '../../src/exchange/performance/suspend-performance.ts';
import { codeOf, ledgerOf, readCases, readTickets, ticketOf } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { bookmark, journalOf, lifeOf, lifeRequest, lifeServices } from '../support/life.ts';

/** The morning after the first performance. */
const MORNING = '2027-02-02T09:00:00.000Z';

describeEachDatabase('closing and reopening a performance', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const close = async (change: object = {}, at = MORNING) =>
    closePerformance(lifeServices(world, at), { ...(await lifeRequest(world)), ...change });
  const reopen = async (change: object = {}) =>
    reopenPerformance(lifeServices(world, MORNING), { ...(await lifeRequest(world)), ...change });
  /** As if the last run had begun then: its clock stands still. */
  const readAt = (at: string) => world.query('update run set started_at = $1', [at]);
  const takeAllBack = async (): Promise<void> => {
    const request = { ...(await lifeRequest(world)), takeBack: true };
    await suspendPerformance(lifeServices(world), request);
    await world.export();
  };

  it('warns of everything at once, and closes only when told so', async () => {
    await enter();
    world.sellSeat('B', '1');
    world.sellSeat('B', '2', { price: '1.00' });
    await world.integrate();
    const { contingents: service } = fnacBooks.services;
    await world.query('update offer set stock_version = stock_version + 1');
    const before = await bookmark(world);
    const early = await close({}, '2027-02-01T18:59:59.000Z');
    expect(early).toMatchObject({
      outcome: 'refused',
      problems: [
        { code: 'not_begun', params: { start: '2027-02-01T19:00:00.000Z' } },
        {},
        {},
        {},
        {},
      ],
    });
    const refused = await close();
    expect(refused).toEqual({
      outcome: 'refused',
      problems: [
        { code: 'integration_old', params: { interface: 'FNAC', last: expect.any(String) } },
        { code: 'allotment', params: { interface: 'FNAC', places: 45 } },
        { code: 'cases', params: { count: 1 } },
        { code: 'provisional', params: { count: 1 } },
      ],
    });
    expect(await bookmark(world)).toBe(before);
    const foretold = await close({ anyway: true, foretell: true });
    expect(foretold).toMatchObject({ outcome: 'foretold', warnings: [{}, {}, {}, {}] });
    expect(await bookmark(world)).toBe(before);
    expect(await close({ anyway: true })).toMatchObject({ outcome: 'done' });
    expect(await lifeOf(world)).toMatchObject({ state: 'closed', closedAt: MORNING });
    expect(await close()).toEqual({ outcome: 'unchanged', warnings: [] });
    expect(await journalOf(world)).toMatchObject([{ action: 'performance.close' }]);
    expect(service).not.toBe('');
  });

  it('has nothing against it when all is read, back and settled', async () => {
    await enter();
    world.sellSeat('B', '1');
    await world.integrate();
    await takeAllBack();
    await readAt('2027-02-01T19:00:00Z');
    expect(await close({ reason: null })).toMatchObject({
      problems: [{ code: 'reason_missing' }],
    });
    expect(await close()).toEqual({ outcome: 'done', warnings: [] });
    await checkHouse(test.database, world.organisationId);
  });

  it('an integration that broke off is no good one', async () => {
    await enter();
    await takeAllBack();
    await readAt('2027-01-31T00:00:00Z');
    world.switchboard.failNext({ service: fnacBooks.services.sales, failure: 'reset' });
    const broken = await world.integrate();
    expect(broken).toMatchObject({ state: 'error' });
    await world.query('update run set started_at = $2 where id = $1', [
      broken.id,
      '2027-02-01T23:00:00Z',
    ]);
    expect(await close()).toMatchObject({
      problems: [
        {
          code: 'integration_old',
          params: { interface: 'FNAC', last: '2027-01-31T00:00:00.000Z' },
        },
      ],
    });
  });

  it('locks its figures: a message for it is a case until it is reopened', async () => {
    await enter();
    const sold = world.sellSeat('B', '1');
    await world.integrate();
    await close({ anyway: true });
    const ledger = await world.query('select * from ledger_entry order by id');
    const late = world.sellSeat('B', '2');
    world.switchboard.cancel({ ticket: sold });
    const ran = await world.integrate();
    expect(ran).toMatchObject({ counts: { quarantined: 2 } });
    for (const { problems } of await readCases(world)) {
      expect(problems).toMatchObject([{ code: 'performance.closed' }]);
    }
    expect(await world.query('select * from ledger_entry order by id')).toEqual(ledger);
    expect(await reopen({ reason: ' ' })).toMatchObject({ problems: [{ code: 'reason_missing' }] });
    expect(await reopen()).toMatchObject({ outcome: 'done', state: 'running' });
    expect(await reopen()).toMatchObject({ outcome: 'unchanged' });
    await world.replay();
    expect(await readCases(world)).toEqual([]);
    expect(await ticketOf(world, late)).toMatchObject({ state: 'valid' });
    expect(await ledgerOf(world, sold)).toContain('refund -4000');
    expect((await journalOf(world)).map(({ action }) => action)).toEqual([
      'performance.close',
      'performance.reopen',
    ]);
    await checkHouse(test.database, world.organisationId);
  });

  it('reopens what it was: suspended, or cancelled', async () => {
    await enter();
    await suspendPerformance(lifeServices(world), await lifeRequest(world));
    await close({ anyway: true });
    expect(await reopen()).toMatchObject({ state: 'suspended' });
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    await cancelPerformance(lifeServices(world), await lifeRequest(world));
    expect(await close({}, '2027-01-11T00:00:00.000Z')).toMatchObject({
      // Cancelled before its start: that instant counts, and the start needs not be waited for.
      problems: [{ code: 'integration_old' }, { code: 'allotment' }, { code: 'to_be_refunded' }],
    });
    await close({ anyway: true });
    expect(await reopen()).toMatchObject({ state: 'cancelled' });
    const code = (await ticketOf(world, ticket)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'revoked' });
    // What comes while it is closed and cancelled has both against it.
    await close({ anyway: true });
    world.sellSeat('B', '2', { at: '2027-01-10T14:00:00' });
    await world.integrate();
    expect((await readCases(world)).map(({ problems }) => problems.map((one) => one.code))).toEqual(
      [['performance.closed', 'performance.cancelled']],
    );
    await checkHouse(test.database, world.organisationId);
  });

  it('takes a cancellation back: codes, marks and wishes', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    const stock = () =>
      world.query(
        `select seat_id, state, interface_id, contingent_id, wish from performance_seat
         order by performance_id, seat_id`,
      );
    const shares = () =>
      world.query(
        `select quota, allotted, wish_take_back as wish from contingent_quota
         order by counter_id, contingent_id`,
      );
    const before = [await stock(), await shares()];
    await cancelPerformance(lifeServices(world), await lifeRequest(world));
    expect([await stock(), await shares()]).not.toEqual(before);
    expect(await reopen()).toMatchObject({ outcome: 'done', state: 'running' });
    expect([await stock(), await shares()]).toEqual(before);
    expect(await lifeOf(world)).toMatchObject({ state: 'running', cancelledAt: null });
    const code = (await ticketOf(world, ticket)).barcode ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'valid', reason: null });
    expect(await world.query('select id from ticket where to_be_refunded')).toEqual([]);
    world.sellSeat('B', '2');
    expect(await world.integrate()).toMatchObject({ counts: { integrated: 1 }, lines: [] });
    await checkHouse(test.database, world.organisationId);
  });

  it('reopens within the transaction of a way out', async () => {
    await enter();
    await close({ anyway: true });
    const { performanceId } = await lifeRequest(world);
    const request = { performanceId, by: 'chef', reason: 'vente tardive', at: new Date(MORNING) };
    const { ids } = world.house;
    const again = () =>
      test.database.transaction(world.organisationId, (tx) => reopenWithin(tx, ids, request));
    expect(await again()).toBe('running');
    expect(await again()).toBeNull();
    expect(await lifeOf(world)).toMatchObject({ state: 'running', closedAt: null });
    expect(await journalOf(world)).toMatchObject([
      {},
      { action: 'performance.reopen', author: 'chef', reason: 'vente tardive' },
    ]);
    expect(await readTickets(world)).toEqual([]);
    expect(WORDS.first).toBe((await lifeOf(world)).start);
  });
});
