/** Suspending and cancelling, over the wire: seats, counts, codes, letters, late messages. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Cancelled } from '../../src/exchange/performance/cancel-performance.ts';
import { cancelPerformance } from '../../src/exchange/performance/cancel-performance.ts';
import { showPerformance } from '../../src/exchange/performance/show-performance.ts';
import {
  resumePerformance,
  suspendPerformance,
} from '../../src/exchange/performance/suspend-performance.ts';
import { reconcile } from '../../src/exchange/reconcile.ts';
import {
  codeOf,
  countOf,
  ledgerOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { checkHouse } from '../support/house-invariants.ts';
import { AFTER, bookmark, journalOf, lifeOf, lifeRequest, lifeServices } from '../support/life.ts';

describeEachDatabase('suspending and cancelling a performance', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const cancel = async (change: object = {}, at = AFTER): Promise<Cancelled> => {
    const request = { ...(await lifeRequest(world)), ...change };
    const result = await cancelPerformance(lifeServices(world, at), request);
    if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
    return result;
  };
  const suspend = async (change: object = {}) =>
    suspendPerformance(lifeServices(world), { ...(await lifeRequest(world)), ...change });
  const barcode = async (number: string): Promise<string> =>
    (await ticketOf(world, number)).barcode ?? '';
  const owing = async (): Promise<string[]> =>
    (
      await world.query<{ number: string }>(
        `select number from ticket where to_be_refunded and state = 'valid' order by number`,
      )
    ).map(({ number }) => number);
  const dueOffers = () =>
    world.query(
      `select i.code from offer o join interface i on i.id = o.interface_id
       join performance p on p.id = o.performance_id and p.code = 'P1'
       join product d on d.id = p.product_id and d.code = 'SHOW'
       where o.stock_version > o.exported_version`,
    );
  /** Unsold places of the first performance at the reseller, seats and counted ones. */
  const atReseller = (): number =>
    world.switchboard.state().stock.find(({ start }) => start === WORDS.first)?.free ?? 0;

  it('suspending tells what is on sale, and asks it back only when told to', async () => {
    await enter();
    world.sellSeat('B', '1');
    await world.integrate();
    const before = await bookmark(world);
    // 26 seats of block A leave (a wheelchair place, its companion, two others stay), 20 of PIT.
    const unsold = { seats: 25, places: 20, askedBack: 0 };
    expect(await suspend({ foretell: true })).toMatchObject({
      outcome: 'foretold',
      onSale: [unsold],
      asked: [],
    });
    expect(await bookmark(world)).toBe(before);
    expect(await suspend()).toMatchObject({ outcome: 'done', onSale: [unsold], asked: [] });
    expect(await lifeOf(world)).toMatchObject({ state: 'suspended' });
    // Nothing leaves meanwhile, and nothing is asked back.
    expect(await world.export()).toMatchObject({ state: 'ok' });
    expect(atReseller()).toBe(45);
    expect(await suspend({ takeBack: true })).toMatchObject({
      outcome: 'done',
      onSale: [{ ...unsold, askedBack: 45 }],
      asked: [{ places: 45 }],
    });
    expect(await suspend({ takeBack: true })).toMatchObject({ outcome: 'unchanged', asked: [] });
    expect(await world.export()).toMatchObject({ counts: { taken_back: 45 } });
    expect(atReseller()).toBe(0);
    // The sold seat is the reseller's still; it was not asked for.
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', wish: null });
    expect((await journalOf(world)).map(({ action }) => action)).toEqual([
      'performance.suspend',
      'performance.take_back',
    ]);
    await checkHouse(test.database, world.organisationId);
  });

  it('resuming puts it on sale again: what waits leaves with the next export', async () => {
    await enter({ exported: false });
    await suspend();
    expect(await world.export()).toMatchObject({ counts: {} });
    expect(atReseller()).toBe(0);
    const request = await lifeRequest(world, { reason: null });
    const services = lifeServices(world);
    expect(await resumePerformance(services, request)).toMatchObject({ outcome: 'done' });
    expect(await resumePerformance(services, request)).toMatchObject({ outcome: 'unchanged' });
    expect(await lifeOf(world)).toMatchObject({ state: 'running' });
    await world.export();
    expect(atReseller()).toBe(46);
  });

  it('refuses first: no reason, a state that does not allow it', async () => {
    await enter();
    const before = await bookmark(world);
    const refused = async (change: object) =>
      cancelPerformance(lifeServices(world), { ...(await lifeRequest(world)), ...change });
    for (const reason of [null, '', '  ']) {
      expect(await refused({ reason })).toEqual({
        outcome: 'refused',
        problems: [{ code: 'reason_missing', params: {} }],
      });
    }
    expect(await refused({ performanceId: 1 })).toMatchObject({ problems: [{ code: 'unknown' }] });
    expect(await bookmark(world)).toBe(before);
    await cancel();
    const cancelled = await bookmark(world);
    for (const verb of [suspendPerformance, resumePerformance]) {
      expect(await verb(lifeServices(world), await lifeRequest(world))).toMatchObject({
        outcome: 'refused',
        problems: [{ code: 'state', params: { state: 'cancelled' } }],
      });
    }
    expect(await bookmark(world)).toBe(cancelled);
  });

  it('cancelling asks all back, closes the codes and touches no money', async () => {
    await enter();
    const seated = world.sellSeat('B', '1');
    const [standing = ''] = world.sell({ block: WORDS.standing, category: WORDS.zone });
    const free = world.sellSeat('B', '2', { price: '0.00' });
    const other = world.sellSeat('B', '1', { start: WORDS.second });
    await world.integrate();
    const [problem] = await readCases(world);
    expect(problem).toMatchObject({ ticket: free, problems: [{ code: 'price.differs' }] });
    const provisional = world.switchboard.state({ tickets: true }).tickets;
    const codeOfCase = provisional.find((one) => one.ticket === free)?.barcode ?? '';
    expect(await codeOf(world, codeOfCase)).toMatchObject({ state: 'provisional' });
    const ledger = await world.query('select * from ledger_entry order by id');
    const before = await lifeOf(world);

    const foretold = await cancel({ foretell: true });
    expect(foretold).toMatchObject({ outcome: 'foretold', codes: 3, tickets: 2 });
    expect(await lifeOf(world)).toEqual(before);

    const done = await cancel();
    expect({ ...done, outcome: 'foretold' }).toEqual(foretold);
    expect(await lifeOf(world)).toMatchObject({ state: 'cancelled', cancelledAt: AFTER });
    expect((await lifeOf(world)).version).toBeGreaterThan(before.version);
    expect(done.asked).toMatchObject([{ places: 25 + 19 }]);
    for (const code of [await barcode(seated), await barcode(standing), codeOfCase]) {
      expect(await codeOf(world, code)).toMatchObject({
        state: 'revoked',
        reason: 'performance.cancelled',
      });
    }
    expect(await codeOf(world, await barcode(other))).toMatchObject({ state: 'valid' });
    expect(await owing()).toEqual([seated, standing].sort());
    expect(await world.query('select * from ledger_entry order by id')).toEqual(ledger);
    expect((await readTickets(world)).map(({ state }) => state)).toEqual([
      'valid',
      'valid',
      'valid',
    ]);
    expect(await dueOffers()).toEqual([{ code: 'FNAC' }]);
    expect(await journalOf(world)).toEqual([
      {
        action: 'performance.cancel',
        subject: 'performance SHOW/P1',
        author: 'anna',
        reason: 'la chaudière',
      },
    ]);

    const again = await cancel();
    expect(again).toMatchObject({ outcome: 'unchanged', codes: 0, tickets: 0, asked: [] });
    expect(again.letters).toEqual(done.letters);
    expect(await journalOf(world)).toHaveLength(1);

    await world.export();
    // The case's seat is sold at the reseller: it does not come back.
    expect(atReseller()).toBe(0);
    expect(await seatOf(world, 'B', '3')).toMatchObject({ interface: null, contingent: null });
    await checkHouse(test.database, world.organisationId);
  });

  it('writes each reseller a letter with its tickets, and none of its buyers', async () => {
    await enter();
    const seated = world.sellSeat('B', '1', { names: [{ lastName: 'Moreau', firstName: 'Zoé' }] });
    world.sell({ block: WORDS.standing, category: WORDS.zone, order: null });
    await world.integrate();
    const { letters } = await cancel();
    expect(letters).toMatchObject([
      {
        interface: 'FNAC',
        reseller: 'FNAC',
        language: 'fr',
        to: [{ name: 'Camille Martin', mail: 'camille@example.org' }],
        unsold: 25 + 19,
      },
    ]);
    const [letter] = letters;
    expect(letter?.tickets).toMatchObject([
      { ticket: expect.any(String), order: '', seat: 'PIT', amountMinor: 2000, currency: 'EUR' },
      { ticket: seated, seat: 'HALL/ORCH/A/B/1', tariff: 'OccCont/FULL', amountMinor: 4000 },
    ]);
    expect(letter?.subject).toContain('Spectacle');
    expect(letter?.text).toContain(seated);
    expect(letter?.text).toContain('60,00');
    expect(JSON.stringify(letters)).not.toMatch(/Moreau|Zoé/);
    const english = await cancel({ language: 'en' });
    expect(english.letters[0]?.text).toContain('Please refund');
  });

  it('tells the venue its own sales apart', async () => {
    await enter({
      change(house) {
        house.own_places = [
          {
            season: 'S1',
            product: 'SHOW',
            performance: 'P1',
            state: 'sold',
            reference: 'CE-12',
            area: 'BALC',
            rows: 'A',
            seats: '1-2',
          },
        ];
      },
    });
    const { own, letters } = await cancel();
    expect(own).toMatchObject([
      { reference: 'CE-12', state: 'sold', seats: [{ number: '1' }, {}] },
    ]);
    expect(letters.flatMap((one) => one.tickets)).toEqual([]);
  });

  it('a sale dated before the cancellation is to be refunded, one after it is a case', async () => {
    await enter();
    await cancel({}, '2027-01-10T10:30:00.000Z');
    const early = world.sellSeat('C', '1', { at: '2027-01-10T11:29:59' });
    const late = world.sellSeat('C', '2', { at: '2027-01-10T11:30:01' });
    const ran = await world.integrate();
    expect(ran.counts).toMatchObject({ integrated: 1, quarantined: 1 });
    expect(await owing()).toEqual([early]);
    expect(await codeOf(world, await barcode(early))).toMatchObject({
      state: 'revoked',
      reason: 'performance.cancelled',
    });
    expect(await ledgerOf(world, early)).toEqual(['sale 4000', 'commission -180']);
    expect(await readCases(world)).toMatchObject([
      { ticket: late, problems: [{ code: 'performance.cancelled' }] },
    ]);
    const codes = world.switchboard.state({ tickets: true }).tickets;
    const lateCode = codes.find((one) => one.ticket === late)?.barcode ?? '';
    expect(await codeOf(world, lateCode)).toMatchObject({ state: 'revoked' });
    await checkHouse(test.database, world.organisationId);
  });

  it('a test ticket is nobody’s to refund', async () => {
    await enter();
    world.sellSeat('C', '1', { test: true });
    await world.integrate();
    expect(await cancel()).toMatchObject({ tickets: 0, codes: 0 });
    world.sellSeat('C', '2', { test: true, at: '2027-01-10T09:00:00' });
    await world.integrate();
    expect(await owing()).toEqual([]);
  });

  it('its refunds integrate as usual; the place is asked back again', async () => {
    await enter();
    const seated = world.sellSeat('B', '1');
    const part = world.sellSeat('B', '2');
    const [standing = ''] = world.sell({ block: WORDS.standing, category: WORDS.zone });
    await world.integrate();
    await cancel();
    await world.export();
    expect(await dueOffers()).toEqual([]);
    world.switchboard.cancel({ ticket: seated });
    world.switchboard.cancel({ ticket: standing });
    world.switchboard.refund({ ticket: part, amount: '10.00' });
    await world.integrate();
    expect(await owing()).toEqual([part]);
    expect(await ledgerOf(world, seated)).toContain('refund -4000');
    expect(await ticketOf(world, seated)).toMatchObject({ state: 'cancelled' });
    expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', wish: 'take_back' });
    expect(await dueOffers()).toEqual([{ code: 'FNAC' }]);
    expect(await world.export()).toMatchObject({ counts: { taken_back: 2 } });
    expect(atReseller()).toBe(0);
    expect(await countOf(world, { product: 'SHOW', performance: 'P1' })).toMatchObject({
      sold: 0,
      allotted: 0,
    });
    const letters = (await cancel()).letters;
    expect(letters[0]?.tickets).toMatchObject([{ ticket: part, amountMinor: 3000 }]);
    world.switchboard.refund({ ticket: part, amount: '30.00' });
    await world.integrate();
    expect(await owing()).toEqual([]);
    // Only the place that this refund gave back is left to tell.
    expect((await cancel()).letters).toMatchObject([{ tickets: [], unsold: 1 }]);
    await world.export();
    expect((await cancel()).letters).toEqual([]);
    await checkHouse(test.database, world.organisationId);
  });

  it('a duplicate of a cancelled performance opens no door', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    await cancel();
    const { barcode: code } = world.switchboard.duplicate({ ticket });
    await world.integrate();
    expect(await codeOf(world, code)).toMatchObject({ state: 'revoked' });
  });

  it('what is not refunded after the interface’s days shows in reconcile and show', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    const back = world.sellSeat('B', '2');
    await world.integrate();
    // The run's clock stands at NOW: 30 days before it, and a minute.
    await cancel({}, '2026-12-11T08:59:00.000Z');
    world.switchboard.cancel({ ticket: back });
    await world.integrate();
    const request = await lifeRequest(world);
    const show = (now: string) =>
      showPerformance({ database: test.database, clock: () => new Date(now) }, request);
    expect(await show('2027-01-10T08:58:59.999Z')).toMatchObject({
      interfaces: [{ toBeRefunded: 1, refundsDueAt: '2027-01-10T08:59:00.000Z', overdue: false }],
    });
    expect(await show('2027-01-10T08:59:00.000Z')).toMatchObject({
      interfaces: [{ overdue: true }],
    });
    const lines = async () => {
      const { performanceId } = request;
      const ran = await world.run((context) => reconcile(context, {}), { function: 'reconcile' });
      return world.query(
        `select l.subject, l.kind, l.cause, l.cure, l.ticket from reconciliation_line l
         join reconciliation r on r.id = l.reconciliation_id
         where r.run_id = $1 and r.performance_id = $2 and l.cause = 'not_refunded'`,
        [ran.id, performanceId],
      );
    };
    expect(await lines()).toEqual([
      { subject: 'ticket', kind: 'different', cause: 'not_refunded', cure: 'ask_reseller', ticket },
    ]);
    await world.query('update interface set refund_days = 40');
    expect(await lines()).toEqual([]);
  });

  it('places that travel while it is cancelled are asked back when they arrive', async () => {
    await enter({ exported: false });
    // The command leaves and its answer is lost: nobody knows what the reseller has.
    const { contingents: service } = fnacBooks.services;
    world.switchboard.dropNextAnswer({ service, times: 2 });
    await world.export();
    const open = await world.query(`select state from command where state = 'unknown'`);
    expect(open).toHaveLength(1);
    await cancel();
    await world.export();
    expect(atReseller()).toBe(0);
    const held = await world.query(
      `select seat_id from performance_seat ps join performance p on p.id = ps.performance_id
       where p.code = 'P1' and p.state = 'cancelled' and ps.interface_id is not null`,
    );
    expect(held).toEqual([]);
    await checkHouse(test.database, world.organisationId);
  });
});
