import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { listUnreadable, showUnreadable } from '../../src/exchange/cases/unreadable-records.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { expectSoundBooks, readTickets } from '../support/books-view.ts';
import { BooksWorld } from '../support/books-world.ts';
import { outcomes, refusals, settle, walk } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** What cannot be read waits for a person, or for the reseller's correction; nothing hides it. */
describeEachDatabase('records that cannot be read', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());

  const list = (settled = false) =>
    listUnreadable(world.services, {
      organisationId: world.organisationId,
      filter: { settled },
    });

  /** A good sale, and one whose price cannot be read: the second line of the journal. */
  async function enterWithBad(): Promise<{ bad: string; id: number }> {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {});
    world.sellSeat('C', '1');
    const bad = world.sellSeat('B', '1');
    world.switchboard.rewrite({ sequence: 2, fields: { prix: '44,00' } });
    await world.integrate();
    const [found, ...others] = await list();
    if (found === undefined || others.length > 0) throw new Error(JSON.stringify(others));
    return { bad, id: found.id };
  }

  it('is listed with its place, its ticket and what is wrong with it', async () => {
    const { bad, id } = await enterWithBad();
    const [found] = await list();
    expect(found).toMatchObject({
      position: '2',
      file: null,
      line: null,
      ticket: bad,
      kind: 'sale',
      interfaceCode: expect.any(String),
      settledAt: null,
      problems: [{ code: 'external.unreadable_message', params: { field: 'prix' } }],
    });
    expect(found?.run).toEqual(expect.any(Number));
    const { organisationId } = world;
    expect(await showUnreadable(world.services, { organisationId, id })).toEqual(found);
    expect(await showUnreadable(world.services, { organisationId, id: id + 999_999 })).toBeNull();
  });

  it('a person keeps ours: with a reason, traced, for good', async () => {
    const { bad, id } = await enterWithBad();
    const refused = await settle(world, { ids: [id] }, { way: 'accept' });
    expect(refusals(refused)).toEqual(['cases.refused.way_not_of_case']);
    expect(await list()).toHaveLength(1);
    const result = await walk(world, [id], { way: 'keep_ours' });
    expect(outcomes(result)).toEqual(['settled']);
    expect(await list()).toEqual([]);
    expect(await list(true)).toMatchObject([
      { id, ticket: bad, wayOut: 'keep_ours', settledBy: 'anna' },
    ]);
    const journal = await world.query('select author, reason from journal where subject = $1', [
      `case ${id}`,
    ]);
    expect(journal).toEqual([{ author: 'anna', reason: 'Seen with Camille on the phone' }]);
    // Read again it is known and no error: somebody has decided about it.
    const stands = await dumpBooks(world.database, world.organisationId);
    const again = await world.integrate({ fromBeginning: true });
    expect(again).toMatchObject({ state: 'ok', counts: { messages: 2, alreadyKnown: 2 } });
    expect(await dumpBooks(world.database, world.organisationId)).toEqual(stands);
  });

  it('corrected in its place: it is integrated, and the record is settled', async () => {
    const { bad } = await enterWithBad();
    world.switchboard.rewrite({ sequence: 2, fields: { prix: '40.00' } });
    await world.integrate({ fromBeginning: true });
    expect(await list()).toEqual([]);
    expect(await list(true)).toMatchObject([{ ticket: bad, wayOut: 'replayed' }]);
    expect((await readTickets(world)).map(({ number }) => number)).toContain(bad);
    await expectSoundBooks(world);
  });

  it('told again further down: settled; what only shares the ticket is not', async () => {
    const { bad } = await enterWithBad();
    const other = world.sellSeat('B', '2');
    // Its duplicate is another operation: it waits for the sale.
    world.switchboard.rewrite({
      sequence: 3,
      fields: { numeroBillet: bad, type: 'NOM', nom: 'Martin' },
    });
    await world.integrate();
    expect(await list()).toHaveLength(1);
    world.sellSeat('B', '3');
    world.switchboard.rewrite({ sequence: 4, fields: { numeroBillet: bad, place: '1' } });
    await world.integrate();
    expect(await list()).toEqual([]);
    const numbers = (await readTickets(world)).map(({ number }) => number);
    expect(numbers).toContain(bad);
    expect(numbers).not.toContain(other);
  });

  it('an earlier sale of the same number, told again, corrects nothing', async () => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {});
    const ticket = world.sellSeat('C', '1');
    world.sellSeat('B', '1');
    world.switchboard.rewrite({ sequence: 2, fields: { prix: '44,00', numeroBillet: ticket } });
    await world.integrate();
    expect(await list()).toHaveLength(1);
    await world.integrate({ fromBeginning: true });
    expect(await list()).toHaveLength(1);
  });

  it('one refund is not another', async () => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, {});
    const ticket = world.sellSeat('C', '1');
    world.switchboard.refund({ ticket, amount: '5.00' });
    world.switchboard.rewrite({ sequence: 2, fields: { montantRembourse: 'cinq' } });
    world.switchboard.refund({ ticket, amount: '7.00' });
    await world.integrate();
    expect(await list()).toMatchObject([{ ticket, kind: 'refund' }]);
    world.switchboard.rewrite({ sequence: 2, fields: { montantRembourse: '5.00' } });
    await world.integrate({ fromBeginning: true });
    expect(await list()).toEqual([]);
  });
});
