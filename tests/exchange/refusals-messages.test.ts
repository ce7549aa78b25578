import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { classOfAll } from '../../src/domain/order/problem.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { expectRemedy } from '../support/books-lines.ts';
import { expectSoundBooks, readCases, readTickets, ticketOf } from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import type { Refusal } from './refusals/table.ts';
import { change, REFUSALS } from './refusals/table.ts';

/**
 * Messages that are refused: each with every problem told at once, a remedy for each, a case that
 * keeps the message, and all the others of its batch integrated.
 */
describeEachDatabase('messages that are refused', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const sellGood = (seat: string): string => {
    return world.sellSeat('C', seat, { start: WORDS.second });
  };

  async function refuse(one: Refusal): Promise<void> {
    await enter(one.change === undefined ? {} : { change: one.change });
    await one.prepare?.(world);
    const before = sellGood('1');
    const bad = one.report(world, before);
    const after = sellGood('2');
    const messages = world.switchboard.state({ tickets: false }).operations;
    const ran = await world.integrate();

    // The line: each problem at once, for the ticket it is about, with what to do.
    expect(ran).toMatchObject({ state: 'error', failure: null, counts: { quarantined: 1 } });
    expect(ran.counts.integrated).toBe(messages - 1);
    const lines = ran.lines.map(({ level, code, params }) => [level, code, params]);
    expect(lines).toEqual(one.problems.map(([code, params]) => ['error', code, params]));
    for (const line of ran.lines) {
      expect(line.keys.ticket).toBe(bad);
      expectRemedy(line);
    }
    // The case keeps it; the others are in; the cursor is behind them all.
    const problems = one.problems.map(([code, params]) => ({ code, params }));
    const [found, ...more] = await readCases(world);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ ticket: bad, kind: 'sale', behind: null, problems });
    expect(found?.class).toBe(classOfAll(problems as Parameters<typeof classOfAll>[0]));
    const numbers = (await readTickets(world)).map(({ number }) => number);
    expect(numbers).toEqual(expect.arrayContaining([before, after]));
    expect(numbers).not.toContain(bad);
    expect(await world.cursor()).toBe(String(messages));
    await expectSoundBooks(world);

    // The next run goes on, and reading again adds nothing.
    const next = sellGood('3');
    expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { integrated: 1 } });
    expect(await ticketOf(world, next)).toMatchObject({ state: 'valid' });
    const stands = await dumpBooks(world.database, world.organisationId);
    await world.integrate({ fromBeginning: true });
    await world.replay();
    expect(await dumpBooks(world.database, world.organisationId)).toEqual(stands);

    if (one.cure === undefined) return;
    await one.cure(world);
    expect(await world.replay()).toMatchObject({ counts: { integrated: 1 } });
    expect(await readCases(world)).toEqual([]);
    expect(await ticketOf(world, bad)).toMatchObject({ state: 'valid' });
    await expectSoundBooks(world);
  }

  for (const [name, refusals] of Object.entries(REFUSALS)) {
    describe(name.toLowerCase(), () => {
      it.each(refusals.map((one) => [one.name, one] as const))('%s', (_, one) => refuse(one));
    });
  }

  it('a line that cannot be read: kept once, told with its field and its place', async () => {
    await enter();
    const before = sellGood('1');
    const bad = world.sellSeat('B', '1');
    world.switchboard.rewrite({ sequence: 2, fields: { prix: '44,00', dateOperation: 'demain' } });
    const after = sellGood('2');
    const ran = await world.integrate();
    expect(ran).toMatchObject({ state: 'error', counts: { integrated: 2, unreadable: 1 } });
    expect(ran.lines.map(({ code, params, keys }) => [code, params, keys])).toEqual(
      [
        { field: 'dateOperation', value: 'demain' },
        { field: 'prix', value: '44,00' },
      ].map((params) => ['external.unreadable_message', params, { position: '2', ticket: bad }]),
    );
    for (const line of ran.lines) expectRemedy(line);
    const numbers = (await readTickets(world)).map(({ number }) => number);
    expect(numbers).toEqual([before, after]);
    expect(await world.query('select position, ticket from unreadable_record')).toEqual([
      { position: '2', ticket: bad },
    ]);
    const stands = await dumpBooks(world.database, world.organisationId);
    await world.integrate({ fromBeginning: true });
    expect(await dumpBooks(world.database, world.organisationId)).toEqual(stands);
  });

  it('a refund beyond the price: a case; the ticket stays', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    world.switchboard.refund({ ticket, amount: '41.00' });
    const ran = await world.integrate();
    expect(ran.lines).toMatchObject([{ level: 'error', code: 'refund.exceeds', keys: { ticket } }]);
    for (const line of ran.lines) expectRemedy(line);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', refundedMinor: 0 });
    await expectSoundBooks(world);
  });

  it('the same sale with another price: what differs is a case; the first stands', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    await world.integrate();
    world.switchboard.duplicateOperations({ count: 1 });
    world.switchboard.rewrite({ sequence: 2, fields: { prix: '30.00', categorieClient: '6' } });
    const ran = await world.integrate();
    expect(ran.lines).toMatchObject([
      { level: 'error', code: 'content.differs', params: { ticket, fields: 'tariff, priceMinor' } },
    ]);
    for (const line of ran.lines) expectRemedy(line);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', priceMinor: 4000 });
    await expectSoundBooks(world);
  });

  it('a second sale of a living ticket: a case', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    world.sellSeat('B', '2');
    world.switchboard.rewrite({ sequence: 2, fields: { numeroBillet: ticket } });
    const ran = await world.integrate();
    expect(ran.lines).toMatchObject([
      { level: 'error', code: 'ticket.living', params: { ticket }, keys: { ticket } },
    ]);
    for (const line of ran.lines) expectRemedy(line);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/1' });
    await expectSoundBooks(world);
  });

  it('a suspended performance: sold all the same, with a note', async () => {
    await enter();
    await change(world, `update performance set state = 'suspended' where code = 'P1'`);
    const ticket = world.sellSeat('B', '1');
    const ran = await world.integrate();
    expect(ran).toMatchObject({ state: 'warning', counts: { integrated: 1 } });
    expect(ran.lines).toMatchObject([
      { level: 'warning', code: 'performance.suspended', keys: { ticket } },
    ]);
    for (const line of ran.lines) expectRemedy(line);
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid' });
  });

  it('a sale dated before its performance was cancelled: sold, and to be refunded', async () => {
    await enter();
    const cancelled = `state = 'cancelled', cancelled_at = '2027-01-10T12:00:00Z'`;
    await change(world, `update performance set ${cancelled} where code = 'P1'`);
    const ticket = world.sellSeat('B', '1');
    expect(await world.integrate()).toMatchObject({ counts: { integrated: 1 } });
    const rows = await world.query(
      `select t.to_be_refunded, a.state, a.reason from ticket t
       join access_code a on a.code = t.barcode where t.number = $1`,
      [ticket],
    );
    expect(rows).toEqual([
      { to_be_refunded: true, state: 'revoked', reason: 'performance.cancelled' },
    ]);
  });

  it('beneficiaries of every name are kept as they are', async () => {
    await enter();
    const names = [
      '李小龍',
      'عمر بن الخطاب',
      'Ωμέγα',
      'Žluťoučký',
      'N’Diaye-Łukasiewicz',
      // Written with combining marks: kept so, not composed.
      'Zoe\u0308',
      '👩‍👩‍👧 🎭',
      'O"Brien\\back',
      '{a,b}',
      'NULL',
      '<Fils & Cie>',
      '\u202Eetsever',
      `${'n'.repeat(199)}é`,
      '0',
    ];
    const places = names.map((_, index) => placeOf('B', `${index + 1}`));
    const rows = [
      ...places.slice(0, 10),
      ...places.slice(10).map((one, i) => ({ ...one, row: 'C', seat: `${i + 1}` })),
    ];
    const people = names.map((lastName, index) => ({
      lastName,
      firstName: names[names.length - 1 - index] ?? '',
    }));
    world.sell({ places: rows, names: people });
    const ran = await world.integrate();
    expect(ran).toMatchObject({ state: 'ok', counts: { integrated: names.length } });
    const kept = await readTickets(world);
    expect(kept.map(({ lastName, firstName }) => ({ lastName, firstName }))).toEqual(people);
  });
});
