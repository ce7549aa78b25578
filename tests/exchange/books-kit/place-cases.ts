import { expect } from 'vitest';
import { countOf, expectSameBooks, movementsOf, ticketOf } from '../../support/books-view.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';
import type { BooksCase } from './case.ts';
import { pulls, seated } from './case.ts';

/** Numbered places, free seating, passes with and without a date, a competition. */

export const PLACE_CASES: readonly BooksCase[] = [
  {
    name: 'places.zone: takes from what was handed over, and gives back to it',
    needs: (all) => seated(all) && all.contingents.zones === 'push',
    async run(kit) {
      const world = await kit.open();
      const zone = { product: 'SHOW', performance: 'P1' };
      expect(await countOf(world, zone)).toMatchObject({ sold: 0, allotted: 20, quota: 20 });
      const standing = { block: WORDS.standing, category: WORDS.zone };
      const [one = '', two = ''] = world.sell({ ...standing, count: 3 });
      await world.integrate();
      expect(await countOf(world, zone)).toMatchObject({ sold: 3, allotted: 17, quotaSold: 3 });
      expect(await ticketOf(world, one)).toMatchObject({
        seat: null,
        counter: 'zone',
        category: 'PIT',
        priceMinor: 2000,
      });
      world.switchboard.cancel({ ticket: one });
      const moved = world.switchboard.exchange({ ticket: two, tariff: WORDS.reduced });
      expect(await world.integrate()).toMatchObject({ state: 'ok' });
      expect(await countOf(world, zone)).toMatchObject({ sold: 2, allotted: 18, quotaSold: 2 });
      expect(await movementsOf(world, one)).toEqual(['sold -1', 'cancelled 1']);
      expect(await ticketOf(world, moved.ticket)).toMatchObject({ priceMinor: 1000 });
      await expectSameBooks(world);
    },
  },
  {
    name: 'places.dated: a pass takes its day, and only its limit holds',
    needs: (all) => pulls(all) && ['dated', 'both'].includes(all.products.passes),
    async run(kit) {
      const world = await kit.open();
      const pass = { product: WORDS.dated, category: WORDS.pass };
      const [one = ''] = world.sell({ ...pass, start: WORDS.day, count: 15 });
      world.sell({ ...pass, start: '2027-02-02', count: 1, tariff: WORDS.reduced });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { integrated: 16 } });
      expect(await ticketOf(world, one)).toMatchObject({
        product: 'DAY',
        performance: null,
        counter: 'day 2027-02-01',
        priceMinor: 1200,
      });
      const first = { product: 'DAY', day: WORDS.day };
      expect(await countOf(world, first)).toMatchObject({ sold: 15, quota: 15, allotted: 0 });
      expect(await countOf(world, { product: 'DAY', day: '2027-02-02' })).toMatchObject({
        sold: 1,
      });
      world.switchboard.cancel({ ticket: one });
      const last = world.sell({ ...pass, start: WORDS.day, count: 1 });
      expect(await world.integrate()).toMatchObject({ state: 'ok' });
      expect(await countOf(world, first)).toMatchObject({ sold: 15 });
      const [over = ''] = world.sell({ ...pass, start: WORDS.day, count: 1 });
      const ran = await world.integrate();
      expect(ran.lines).toMatchObject([{ code: 'count.over', keys: { ticket: over } }]);
      expect(await ticketOf(world, last[0] ?? '')).toMatchObject({ state: 'valid' });
    },
  },
  {
    name: 'places.undated: a pass takes from its quota',
    needs: (all) => pulls(all) && ['undated', 'both'].includes(all.products.passes),
    async run(kit) {
      const world = await kit.open();
      const pass = { product: WORDS.undated, category: WORDS.pass, start: null };
      const [one = '', two = ''] = world.sell({ ...pass, count: 2 });
      world.switchboard.cancel({ ticket: two });
      expect(await world.integrate()).toMatchObject({ state: 'ok' });
      expect(await ticketOf(world, one)).toMatchObject({
        product: 'OPEN',
        performance: null,
        seat: null,
        counter: 'pass',
      });
      expect(await countOf(world, { product: 'OPEN' })).toMatchObject({ sold: 1, quotaSold: 1 });
      await expectSameBooks(world);
    },
  },
  {
    name: 'places.competition: is sold as an event is',
    needs: seated,
    async run(kit) {
      const world = await kit.open();
      const match = { product: WORDS.competition, start: WORDS.match };
      const [one = ''] = world.sell({ ...match, places: [placeOf('A', '5')] });
      const [two = ''] = world.sell({ ...match, block: WORDS.standing, category: WORDS.zone });
      // The same place of another performance is another place.
      const same = world.sellSeat('A', '5');
      const next = world.sellSeat('A', '5', { start: WORDS.second });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { integrated: 4 } });
      expect(await ticketOf(world, one)).toMatchObject({ product: 'MATCH', performance: 'M1' });
      expect(await ticketOf(world, two)).toMatchObject({ product: 'MATCH', counter: 'zone' });
      expect(await ticketOf(world, same)).toMatchObject({ performance: 'P1', seat: 'ORCH/A/A/5' });
      expect(await ticketOf(world, next)).toMatchObject({ performance: 'P2', seat: 'ORCH/A/A/5' });
      await expectSameBooks(world);
    },
  },
];
