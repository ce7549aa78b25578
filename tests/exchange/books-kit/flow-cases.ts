import { expect } from 'vitest';
import type { SalesPort } from '../../../src/channels/contract/channel.ts';
import { integrateSales } from '../../../src/exchange/integrate-sales.ts';
import { dumpAlike } from '../../support/books-dump.ts';
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

/** The journal as a stream: stopped and resumed anywhere, in any batches, out of order, twice. */

/** A day at the reseller, with each kind that it declares; answers how many messages. */
export function everyKind(world: BooksWorld): number {
  const { switchboard } = world;
  const { sales } = world.channel.capabilities;
  const pair = world.sell({ places: [placeOf('B', '1'), placeOf('B', '2')], order: 'C-1' });
  const [a = '', b = ''] = pair;
  const c = world.sellSeat('B', '3');
  const d = world.sellSeat('B', '4');
  const e = world.sellSeat('B', '5', { test: true });
  world.sell({ block: WORDS.standing, category: WORDS.zone, count: 2 });
  world.sell({ product: WORDS.dated, start: WORDS.day, category: WORDS.pass, count: 2 });
  world.sell({ product: WORDS.undated, start: null, category: WORDS.pass, count: 1 });
  if (sales.cancellations) {
    switchboard.cancel({ ticket: a });
    world.sellSeat('B', '1');
    switchboard.cancel({ ticket: e });
  }
  if (sales.refunds) switchboard.refund({ ticket: b, amount: '10.00' });
  if (sales.replacements) switchboard.duplicate({ ticket: c });
  if (sales.exchanges) switchboard.exchange({ ticket: d, place: placeOf('C', '7') });
  if (sales.holders) switchboard.changeName({ ticket: b, lastName: '李', firstName: 'Šárka' });
  return switchboard.state({ tickets: false }).operations;
}

/** Lets so many batches through; then the reseller's answer breaks. */
function cutAfter(sales: SalesPort, batches: number): SalesPort {
  return {
    async *pull(request) {
      let left = batches;
      for await (const batch of sales.pull(request)) {
        if (left === 0) throw new Error('The answer was cut by the test.');
        left -= 1;
        yield batch;
      }
    },
  };
}

/** Runs again and again, each stopped after so many batches; answers how many runs it took. */
async function integrateInPieces(world: BooksWorld, batches: number): Promise<number> {
  for (let runs = 1; ; runs += 1) {
    const ran = await world.run((context) => {
      const sales = cutAfter(context.open.sales as SalesPort, batches);
      return integrateSales({ ...context, open: { ...context.open, sales } });
    });
    if (ran.failure === null) return runs;
  }
}

const FLOWS: readonly BooksCase[] = [
  {
    name: 'flow.resume: stopped after any message and resumed, the books end the same',
    needs: seated,
    async run(kit) {
      const whole = await kit.open();
      const messages = everyKind(whole);
      expect(await whole.integrate()).toMatchObject({ state: 'ok', counts: { messages } });
      await expectSameBooks(whole);
      const expected = await dumpAlike(whole.database, whole.organisationId);
      for (const [size, batches] of [
        [1, 1],
        [2, 3],
        [7, 1],
      ] as const) {
        const pieces = await kit.open();
        everyKind(pieces);
        const runs = await pieces.inBatchesOf(size, () => integrateInPieces(pieces, batches));
        expect(runs).toBe(Math.floor((messages - 1) / (size * batches)) + 1);
        expect(await dumpAlike(pieces.database, pieces.organisationId)).toEqual(expected);
        expect(await pieces.cursor()).toBe(String(messages));
      }
    },
  },
  {
    name: 'flow.batches: of one, of two, of a prime, of all: the books are the same',
    needs: seated,
    async run(kit) {
      const dumps: unknown[] = [];
      for (const size of [1, 2, 7, 200]) {
        const world = await kit.open();
        const messages = everyKind(world);
        const ran = await world.inBatchesOf(size, () => world.integrate());
        expect(ran).toMatchObject({ state: 'ok', counts: { messages } });
        dumps.push(await dumpAlike(world.database, world.organisationId));
      }
      for (const dump of dumps.slice(1)) expect(dump).toEqual(dumps[0]);
    },
  },
  ...[1, 2, 200].map(
    (size): BooksCase => ({
      name: `flow.cancellation-first-${size}: a cancellation before its sale waits for it`,
      needs: (all) => seated(all) && all.sales.cancellations,
      async run(kit) {
        const world = await kit.open();
        const kept = world.sellSeat('B', '9');
        const ticket = world.sellSeat('B', '1');
        world.switchboard.cancel({ ticket });
        expect(world.switchboard.reorder({ count: 3 })).toEqual({ reordered: 3 });
        const ran = await world.inBatchesOf(size, () => world.integrate());
        expect(ran.counts).toMatchObject({ integrated: 2, cancelled: 1 });
        expect(await ticketOf(world, ticket)).toMatchObject({ state: 'cancelled' });
        expect(await ticketOf(world, kept)).toMatchObject({ state: 'valid' });
        expect(await readCases(world)).toEqual([]);
        await expectSameBooks(world);
      },
    }),
  ),
  {
    name: 'flow.cancellation-alone: is a case, and closes the door, until its sale comes',
    needs: (all) => seated(all) && all.sales.cancellations,
    async run(kit) {
      const world = await kit.open();
      const ticket = world.sellSeat('B', '1');
      world.switchboard.cancel({ ticket });
      const barcode = world.switchboard.state().tickets[0]?.barcode ?? '';
      world.switchboard.reorder({ count: 2 });
      const first = await world.inBatchesOf(1, () =>
        world.run((context) => {
          const sales = cutAfter(context.open.sales as SalesPort, 1);
          return integrateSales({ ...context, open: { ...context.open, sales } });
        }),
      );
      expect(first.counts).toMatchObject({ quarantined: 1 });
      expect(first.lines[0]).toMatchObject({
        level: 'error',
        code: 'sale.missing',
        class: 'business',
        params: { ticket },
        keys: { ticket },
      });
      expect(await readCases(world)).toMatchObject([
        { ticket, kind: 'cancellation', behind: null },
      ]);
      expect(await codeOf(world, barcode)).toMatchObject({ state: 'revoked', source: 'case' });
      expect(await readTickets(world)).toEqual([]);
      expect(await world.integrate()).toMatchObject({ counts: { integrated: 1, cancelled: 1 } });
      expect(await readCases(world)).toEqual([]);
      expect(await codeOf(world, barcode)).toMatchObject({ state: 'revoked' });
      await expectSameBooks(world);
    },
  },
  {
    name: 'flow.backwards: a place sold, given back and sold again, told backwards',
    needs: (all) => seated(all) && all.sales.cancellations,
    async run(kit) {
      for (const size of [1, 3, 200]) {
        const world = await kit.open();
        for (let round = 0; round < 3; round += 1) {
          world.switchboard.cancel({ ticket: world.sellSeat('B', '1') });
        }
        const last = world.sellSeat('B', '1');
        world.switchboard.reorder({ count: 7 });
        await world.inBatchesOf(size, () => world.integrate());
        expect(await readCases(world)).toEqual([]);
        expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: last });
        await expectSameBooks(world);
      }
    },
  },
  {
    name: 'flow.clock-change: the hour that repeats is taken with the earlier offset and noted',
    needs: pulls,
    async run(kit) {
      const world = await kit.open();
      const at = '2026-10-25T02:30:00';
      const [first = ''] = world.sell({ places: [placeOf('B', '1')], at });
      // Later by the reseller's number, earlier by the clock on its wall.
      world.switchboard.cancel({ ticket: first, at: '2026-10-25T02:10:00' });
      const second = world.sellSeat('B', '1', { at: '2026-10-25T02:20:00' });
      const ran = await world.integrate();
      expect(ran).toMatchObject({ state: 'warning', counts: { integrated: 2, cancelled: 1 } });
      expect(ran.lines.map(({ code, params }) => [code, params.at])).toEqual([
        ['instant.ambiguous', '2026-10-25T00:30:00.000Z'],
        ['instant.ambiguous', '2026-10-25T00:20:00.000Z'],
      ]);
      expect(await ticketOf(world, first)).toMatchObject({
        state: 'cancelled',
        soldAt: '2026-10-25T00:30:00.000Z',
      });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: second });
      await expectSameBooks(world);
    },
  },
  {
    name: 'flow.repeated-lines: each line three times is taken once',
    needs: seated,
    async run(kit) {
      const world = await kit.open();
      const messages = everyKind(world);
      world.switchboard.duplicateOperations({ count: messages });
      world.switchboard.duplicateOperations({ count: messages });
      const ran = await world.inBatchesOf(7, () => world.integrate());
      expect(ran).toMatchObject({
        state: 'ok',
        counts: { messages: 3 * messages, alreadyKnown: 2 * messages },
      });
      await expectSoundBooks(world);
      await expectSameBooks(world);
    },
  },
];

export const FLOW_CASES = FLOWS;
