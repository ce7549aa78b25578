import { expect } from 'vitest';
import { saveMappings } from '../../../src/exchange/save-mappings.ts';
import { dumpBooks } from '../../support/books-dump.ts';
import {
  codeOf,
  expectSameBooks,
  expectSoundBooks,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../../support/books-view.ts';
import type { BooksWorld } from '../../support/books-world.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';
import type { BooksCase } from './case.ts';
import { pulls, seated } from './case.ts';

/** Whose a message is, and what a corrected mapping sets free. */

interface Waiting {
  tariff: string;
  cancelled: string;
  resold: string;
  both: string;
  category: string;
  good: string;
}

/** A night of an unknown tariff: what waits for it alone, for another word too, and not at all. */
async function nightOfNewTariff(world: BooksWorld): Promise<Waiting> {
  const { switchboard } = world;
  switchboard.newTariff({ code: '99', like: WORDS.full });
  const unknown = { tariff: '99', price: '40.00' };
  const tariff = world.sellSeat('B', '1', unknown);
  const cancelled = world.sellSeat('B', '2', unknown);
  switchboard.cancel({ ticket: cancelled });
  // The place was given back at the reseller, whatever we make of its first sale.
  const resold = world.sellSeat('B', '2');
  const both = world.sellSeat('B', '3', { ...unknown, category: '77' });
  const category = world.sellSeat('B', '4', { category: '77', price: '40.00' });
  const good = world.sellSeat('B', '5');
  const ran = await world.integrate();
  expect(ran).toMatchObject({ state: 'error', counts: { integrated: 2, quarantined: 5 } });
  const told = ran.lines.map(({ level, code, params, keys }) => {
    return [level, code, params.value, keys.ticket];
  });
  expect(told).toEqual([
    ['error', 'mapping.missing', '99', tariff],
    ['error', 'mapping.missing', '99', cancelled],
    ['warning', 'blocked.behind', undefined, cancelled],
    // Both of its words at once, and each with its parent.
    ['error', 'mapping.missing', '77', both],
    ['error', 'mapping.missing', '99', both],
    ['error', 'mapping.missing', '77', category],
  ]);
  await expectSoundBooks(world);
  return { tariff, cancelled, resold, both, category, good };
}

/** Puts the new tariff beside the known values of the full price. */
function mapNewTariff(world: BooksWorld, replay: 'hand' | 'itself') {
  return saveMappings(
    world.services,
    {
      organisationId: world.organisationId,
      interfaceId: world.interfaceId,
      author: 'claire',
      changes: ({ rows }) => {
        const row = rows.find(({ ours }) => ours === 'OccCont/FULL');
        if (row === undefined) throw new Error('The small house maps the full price.');
        return { save: [{ ...row, external: [...row.external, '99'] }], remove: [] };
      },
    },
    async (_, messageIds) => (replay === 'itself' ? world.replay(messageIds) : undefined),
  );
}

async function expectFreed(world: BooksWorld, of: Waiting): Promise<void> {
  expect(await ticketOf(world, of.tariff)).toMatchObject({
    state: 'valid',
    tariff: 'OccCont/FULL',
    seat: 'ORCH/A/B/1',
  });
  expect(await ticketOf(world, of.cancelled)).toMatchObject({ state: 'cancelled' });
  expect(await seatOf(world, 'B', '2')).toMatchObject({ state: 'sold', ticket: of.resold });
  const left = await readCases(world);
  expect(left.map(({ ticket, problems }) => [ticket, problems.map((one) => one.params)])).toEqual([
    [of.both, [{ word: 'seat_category', value: '77', parent: 'FULL' }]],
    [of.category, [{ word: 'seat_category', value: '77', parent: 'FULL' }]],
  ]);
  const { barcode } = await ticketOf(world, of.tariff);
  expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'valid', source: 'ticket' });
  await expectSoundBooks(world);
}

const MAPPINGS: readonly BooksCase[] = (['hand', 'itself'] as const).map((how) => ({
  name: `mapping.corrected-by-${how}: frees what waited for it alone, and nothing else`,
  needs: (all) => seated(all) && all.sales.cancellations,
  async run(kit) {
    const world = await kit.open();
    const night = await nightOfNewTariff(world);
    const barcodes = new Map(
      world.switchboard.state().tickets.map(({ ticket, barcode }) => [ticket, barcode]),
    );
    // The door does not wait for the mapping.
    const code = barcodes.get(night.tariff) ?? '';
    expect(await codeOf(world, code)).toMatchObject({ state: 'provisional', source: 'case' });
    const unseen = await world.query<{ value: string; times: number }>(
      'select value, seen_count as times from unseen_value order by value',
    );
    expect(unseen).toEqual([
      { value: '77', times: 2 },
      { value: '99', times: 4 },
    ]);
    const saved = await mapNewTariff(world, how);
    expect(saved.outcome).toBe('saved');
    if (how === 'hand') {
      expect(await readCases(world)).toHaveLength(5);
      expect(await world.replay()).toMatchObject({ counts: { messages: 5, integrated: 2 } });
    }
    await expectFreed(world, night);
    // Nothing is freed twice, and reading everything again finds all of it known.
    const before = await dumpBooks(world.database, world.organisationId);
    await world.replay();
    await world.integrate({ fromBeginning: true });
    expect(await dumpBooks(world.database, world.organisationId)).toEqual(before);
  },
}));

export const ACCOUNT_CASES: readonly BooksCase[] = [
  ...MAPPINGS,
  {
    name: 'account.not-ours: messages of another institution are counted, nothing more',
    needs: pulls,
    async run(kit) {
      const world = await kit.open({
        change: (house) =>
          house.mappings?.push({
            interface: 'FNAC',
            word: 'product',
            external: 'MOTHER',
            not_ours: true,
          }),
      });
      const prices = { [WORDS.pass]: { [WORDS.full]: '9.00' } };
      world.switchboard.setProduct({ code: 'MOTHER', type: 'pass', prices });
      const before = await dumpBooks(world.database, world.organisationId);
      const [other = ''] = world.sell({ product: 'MOTHER', start: null, count: 3 });
      world.switchboard.cancel({ ticket: other });
      const ran = await world.integrate();
      expect(ran).toMatchObject({ state: 'ok', counts: { messages: 4, notOurs: 4 }, lines: [] });
      const after = await dumpBooks(world.database, world.organisationId);
      expect({ ...after, import_cursor: [] }).toEqual({ ...before, import_cursor: [] });
      expect(await world.cursor()).toBe('4');
      const ours = world.sellSeat('B', '1');
      await world.integrate();
      expect((await readTickets(world)).map(({ number }) => number)).toEqual([ours]);
    },
  },
  ...(
    [
      ['first', 'all'],
      ['second', 'all'],
      // Each knows the words of its own products only.
      ['first', 'own'],
    ] as const
  ).map(
    ([starts, words]): BooksCase => ({
      name: `account.two-interfaces-${starts}-${words}: each takes its own products, once`,
      needs: seated,
      async run(kit) {
        const world = await kit.open({
          change(house) {
            const foreign = { FNAC: ['MATCH', 'DAY'], FNAC2: ['SHOW', 'OPEN'] };
            house.mappings = (house.mappings ?? []).filter(
              (one) =>
                words === 'all' ||
                !foreign[one.interface as 'FNAC' | 'FNAC2'].includes(one.ours ?? ''),
            );
          },
          second: {
            account: 'TST',
            firstProducts: ['S1/SHOW', 'S1/OPEN'],
            products: ['S1/MATCH', 'S1/DAY'],
          },
        });
        const other = { interfaceId: world.second?.interfaceId ?? 0 };
        await world.export(other);
        const show = world.sellSeat('B', '1');
        const [pass = ''] = world.sell({ product: WORDS.undated, start: null });
        const day = { product: WORDS.dated, start: WORDS.day };
        const [dated = ''] = world.sell(day);
        const match = { product: WORDS.competition, start: WORDS.match };
        const [game = ''] = world.sell({ ...match, places: [placeOf('A', '5')] });
        world.switchboard.cancel({ ticket: show });
        world.switchboard.cancel({ ticket: game });
        const runs = [
          () => world.integrate(),
          () => world.integrate({}, { interfaceId: other.interfaceId }),
        ];
        if (starts === 'second') runs.reverse();
        const taken = { messages: 6, integrated: 2, cancelled: 1 };
        // The account knows by then what the other interface has taken.
        const others = [{ elsewhere: 3 }, { alreadyKnown: 3 }];
        for (const [index, run] of runs.entries()) {
          expect(await run()).toMatchObject({ state: 'ok', lines: [] });
          const [last] = await world.query('select counts from run order by id desc limit 1');
          expect(last).toEqual({ counts: { ...taken, ...others[index] } });
        }
        const tickets = await world.query<{ number: string; code: string }>(
          `select t.number, i.code from ticket t join interface i on i.id = t.interface_id
           order by t.number`,
        );
        expect(tickets).toEqual([
          { number: show, code: 'FNAC' },
          { number: pass, code: 'FNAC' },
          { number: dated, code: 'FNAC2' },
          { number: game, code: 'FNAC2' },
        ]);
        for (const run of runs) expect(await run()).toMatchObject({ state: 'ok', counts: {} });
        await expectSoundBooks(world);
      },
    }),
  ),
  {
    name: 'account.overlapping-filters: two interfaces of one account may not share a product',
    needs: pulls,
    async run(kit) {
      const second = { account: 'TST', firstProducts: ['S1/SHOW'], products: ['S1/SHOW'] };
      await expect(kit.open({ second })).rejects.toThrow(/SHOW/);
    },
  },
  {
    name: 'account.filtered-run: has a cursor of its own and doubles nothing',
    needs: seated,
    async run(kit) {
      const world = await kit.open();
      const show = world.sellSeat('B', '1');
      const [pass = ''] = world.sell({ product: WORDS.undated, start: null });
      const productId = await world.house.idOf('product', 'SHOW');
      const only = { filters: { productIds: [productId] } };
      expect(await world.integrate({}, only)).toMatchObject({ counts: { integrated: 1 } });
      expect((await readTickets(world)).map(({ number }) => number)).toEqual([show]);
      expect(await world.cursor(`product:${productId}`)).toBe('2');
      expect(await world.cursor()).toBeNull();
      expect(await world.integrate()).toMatchObject({
        state: 'ok',
        counts: { integrated: 1, alreadyKnown: 1 },
      });
      expect((await readTickets(world)).map(({ number }) => number)).toEqual([show, pass]);
      await expectSameBooks(world);
    },
  },
];
