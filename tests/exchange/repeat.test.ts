import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Dump } from '../support/books-dump.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { readCases } from '../support/books-view.ts';
import { BooksWorld, placeOf, WORDS } from '../support/books-world.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { everyKind } from './books-kit/flow-cases.ts';

/**
 * Repeats do nothing: whatever is read, told or taken up a second time changes no row but the
 * run's own. The night before has everything in it, cases and lines that cannot be read too.
 */
describeEachDatabase('repeats', (open) => {
  let world: BooksWorld;
  let before: Dump;
  let messages: number;
  const dump = () => dumpBooks(world.database, world.organisationId);
  beforeAll(async () => {
    world = await BooksWorld.open((await open()).database, fnac, fnacBooks);
    everyKind(world);
    const unknown = world.sellSeat('C', '1', { tariff: '99', price: '40.00' });
    world.switchboard.cancel({ ticket: unknown });
    world.sellSeat('C', '2', { price: '41.00' });
    world.sellSeat('C', '3', { category: '30', price: '20.00' });
    world.sell({ places: [placeOf('Q', '1')], category: WORDS.seats, force: true });
    world.sellSeat('C', '4');
    messages = world.switchboard.state({ tickets: false }).operations;
    world.switchboard.rewrite({ sequence: messages, fields: fnacBooks.badField });
    const ran = await world.integrate();
    expect(ran.counts).toMatchObject({ messages, quarantined: 5, unreadable: 1 });
    expect((await world.export()).state).toBe('ok');
    before = await dump();
  });
  afterAll(() => world.close());

  it('integrating when the reseller has nothing new', async () => {
    const ran = await world.integrate();
    expect(ran).toMatchObject({ state: 'ok', counts: {}, lines: [] });
    expect(await dump()).toEqual(before);
  });

  it.each([1, 7, 200])('integrating everything from the beginning, by %i', async (size) => {
    const ran = await world.inBatchesOf(size, () => world.integrate({ fromBeginning: true }));
    expect(ran.counts).toMatchObject({ messages, alreadyKnown: messages - 1 });
    expect(await dump()).toEqual(before);
  });

  it('exporting with nothing to export', async () => {
    const commands = world.switchboard.state({ tickets: false }).commands;
    const ran = await world.export();
    expect(ran).toMatchObject({ state: 'ok', lines: [{ code: 'export.nothing' }] });
    expect(await dump()).toEqual(before);
    expect(world.switchboard.state({ tickets: false }).commands).toBe(commands);
  });

  it('replaying what still stands in the way', async () => {
    const ran = await world.replay();
    expect(ran).toMatchObject({ state: 'ok', counts: { messages: 5, waiting: 5 }, lines: [] });
    expect(await dump()).toEqual(before);
    expect(await readCases(world)).toHaveLength(5);
  });

  it('simulating an integration and an export', async () => {
    world.sellSeat('C', '5');
    const simulated = { simulation: true };
    const ran = await world.integrate({}, simulated);
    expect(ran).toMatchObject({ counts: { messages: 1, integrated: 1 } });
    await world.export(simulated);
    expect(await dump()).toEqual(before);
  });

  it('lines that the reseller repeats move the cursor and nothing else', async () => {
    await world.integrate();
    const known = await dump();
    const { operations } = world.switchboard.duplicateOperations({ count: messages + 1 });
    const ran = await world.inBatchesOf(7, () => world.integrate());
    // One of them cannot be read, at its new place in the journal either.
    expect(ran.counts).toMatchObject({ messages: messages + 1, unreadable: 1 });
    const after = await dump();
    const moved = ['import_cursor', 'unreadable_record'];
    for (const [table, rows] of Object.entries(known)) {
      if (!moved.includes(table)) expect([table, after[table]]).toEqual([table, rows]);
    }
    expect(await world.cursor()).toBe(String(operations));
  });
});
