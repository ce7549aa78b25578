/** A mapping is missing, a clerk corrects it, and what waited is sold: over the reseller's wire. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import { readMappingQueue } from '../../src/exchange/mapping-queue.ts';
import type { SaveMappingsRequest } from '../../src/exchange/save-mappings.ts';
import { readAgain, saveMappings } from '../../src/exchange/save-mappings.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

describeEachDatabase('a mapping that is corrected', (open) => {
  let world: BooksWorld;
  beforeAll(async () => {
    const { database } = await open();
    world = await BooksWorld.open(database, fnac, fnacBooks);
  });
  afterAll(() => world.close());

  const where = () => ({ organisationId: world.organisationId, interfaceId: world.interfaceId });
  const replay = (_: number, ids: readonly number[]) => world.replay(ids);
  const save = (changes: SaveMappingsRequest['changes']) =>
    saveMappings(world.services, { ...where(), changes, author: 'claire' }, replay);
  const tickets = async () =>
    (
      await world.query<{ number: string }>(
        `select number from ticket where state = 'valid' order by number`,
      )
    ).map((ticket) => ticket.number);
  const openCases = () =>
    world.query<{ id: number }>(
      'select message_id as id from quarantine where settled_at is null order by 1',
    );

  it('frees the sales of a new customer category', async () => {
    // FNAC sells the full tariff under a number that nobody announced, at the full price.
    const sold = world.sell({ count: 3, tariff: '45', price: '40.00' });
    await world.integrate();
    expect(await tickets()).toEqual([]);
    expect(await openCases()).toHaveLength(3);
    const [entry, ...others] = await readMappingQueue(world.services, where());
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ word: 'tariff', value: '45', parent: WORDS.event, seenCount: 3 });
    expect(entry?.suggestions[0]).toMatchObject({
      key: 'OccCont/FULL',
      reason: 'numeric_neighbour',
      detail: '44',
    });
    const result = await save((table) => ({
      save: table.rows
        .filter((row) => row.ours === 'OccCont/FULL')
        .map((row) => ({ ...row, external: [...row.external, '45'] })),
      remove: [],
    }));
    expect(result).toMatchObject({ outcome: 'saved', covered: 1 });
    expect(await tickets()).toEqual([...sold].sort());
    expect(await openCases()).toEqual([]);
    expect(await readMappingQueue(world.services, where())).toEqual([]);
  });

  it("sets another's sales aside, and reads them again when they are ours", async () => {
    const before = await tickets();
    const sold = world.sell({ count: 2, tariff: '77', price: '40.00' });
    await world.integrate();
    expect(await openCases()).toHaveLength(2);
    const notOurs = {
      id: null,
      word: 'tariff',
      seasonId: null,
      ours: null,
      notOurs: true,
    } as const;
    const marked = await save({ save: [{ ...notOurs, external: ['77'] }], remove: [] });
    expect(marked.outcome === 'saved' && marked.settledAsNotOurs).toHaveLength(2);
    expect(await openCases()).toEqual([]);
    // More of them are counted, and neither stored nor a case.
    world.sell({ count: 1, tariff: '77', price: '40.00' });
    await world.integrate();
    expect(await openCases()).toEqual([]);
    expect(await tickets()).toEqual(before);
    // It was ours after all.
    const mapped = await save((table) => ({
      save: table.rows
        .filter((row) => row.ours === 'OccCont/FULL')
        .map((row) => ({ ...row, external: [...row.external, '77'] })),
      remove: table.rows.filter((row) => row.notOurs).map((row) => row.id),
    }));
    const messageIds = mapped.outcome === 'saved' ? mapped.unmarked.setAside : [];
    expect(messageIds).toHaveLength(2);
    await readAgain(world.services, { ...where(), messageIds }, replay);
    expect(await tickets()).toEqual([...before, ...sold].sort());
    expect(await openCases()).toEqual([]);
  });
});
