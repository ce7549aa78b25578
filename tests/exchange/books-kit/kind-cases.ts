import { expect } from 'vitest';
import {
  codeOf,
  expectSameBooks,
  ledgerOf,
  movementsOf,
  operationsOf,
  readTickets,
  seatOf,
  ticketOf,
} from '../../support/books-view.ts';
import { placeOf, WORDS } from '../../support/books-world.ts';
import type { BooksCase } from './case.ts';
import { seated } from './case.ts';

/** Each kind of message ends in the right tickets, seats, codes, ledger and movements. */

const FREE = { state: 'free', ticket: null, interface: 'FNAC', contingent: 'FNAC', wish: null };

export const KIND_CASES: readonly BooksCase[] = [
  {
    name: 'kinds.sale: an order of two places, paid on the pending account',
    needs: seated,
    async run(kit) {
      const world = await kit.open();
      const places = [placeOf('B', '1'), placeOf('B', '2')];
      const names = [
        { lastName: 'Durand', firstName: 'Zoë' },
        { lastName: 'Durand', firstName: 'Ali' },
      ];
      const [one = '', two = ''] = world.sell({ places, names, order: 'C-77' });
      const ran = await world.integrate();
      expect(ran).toMatchObject({ state: 'ok', counts: { messages: 2, integrated: 2 }, lines: [] });
      const [first, second, ...rest] = await readTickets(world);
      expect(rest).toEqual([]);
      const { barcode } = first ?? {};
      expect(first).toEqual({
        number: one,
        generation: 0,
        state: 'valid',
        product: 'SHOW',
        performance: 'P1',
        seat: 'ORCH/A/B/1',
        counter: null,
        category: 'CAT1',
        tariff: 'OccCont/FULL',
        contingent: 'FNAC',
        priceMinor: 4000,
        bookedMinor: 4000,
        commissionMinor: 180,
        netDueMinor: 3820,
        // 5.5 % of what is without VAT: 40.00 - 40.00 / 1.055.
        vatMinor: 209,
        refundedMinor: 0,
        barcode: expect.stringMatching(/^\d{13}$/),
        lastName: 'Durand',
        firstName: 'Zoë',
        isTest: false,
        order: 'C-77',
        soldAt: expect.stringMatching(/^2027-01-10T09:00:/),
        cancelledAt: null,
      });
      expect(second).toMatchObject({ number: two, seat: 'ORCH/A/B/2', order: 'C-77' });
      expect(await world.query('select 1 from sale_order')).toHaveLength(1);
      expect(await seatOf(world, 'B', '1')).toEqual({ ...FREE, state: 'sold', ticket: one });
      const code = { state: 'valid', reason: null, source: 'ticket', ticket: one };
      expect(await codeOf(world, barcode ?? '')).toEqual(code);
      expect(await ledgerOf(world, one)).toEqual(['sale 4000', 'commission -180']);
      expect(await movementsOf(world, one)).toEqual(['sold -1']);
      expect(await operationsOf(world, one)).toEqual(['sale 4000 180']);
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.cancellation: voids the ticket whatever is given back; its place is free',
    needs: (all) => seated(all) && all.sales.cancellations,
    async run(kit) {
      const world = await kit.open();
      const whole = world.sellSeat('B', '1');
      const fees = world.sellSeat('B', '2');
      const nothing = world.sellSeat('B', '3');
      await world.integrate();
      world.switchboard.cancel({ ticket: whole });
      world.switchboard.cancel({ ticket: fees, givenBack: '35.00' });
      world.switchboard.cancel({ ticket: nothing, givenBack: '0.00' });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { cancelled: 3 } });
      const ticket = await ticketOf(world, whole);
      expect(ticket).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
      expect(await ledgerOf(world, whole)).toEqual([
        'sale 4000',
        'commission -180',
        'refund -4000',
        'commission 180',
      ]);
      expect(await ledgerOf(world, fees)).toEqual(['sale 4000', 'commission -180', 'refund -3500']);
      expect(await ledgerOf(world, nothing)).toEqual(['sale 4000', 'commission -180']);
      expect(await movementsOf(world, nothing)).toEqual(['sold -1', 'cancelled 1']);
      expect(await operationsOf(world, fees)).toEqual(['sale 4000 180', 'cancellation -3500 0']);
      for (const seat of ['1', '2', '3']) expect(await seatOf(world, 'B', seat)).toEqual(FREE);
      expect(await codeOf(world, ticket.barcode ?? '')).toMatchObject({ state: 'revoked' });
      await expectSameBooks(world);
      const again = world.sellSeat('B', '1');
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { integrated: 1 } });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: again });
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.refund: in part it leaves ticket, seat and code; in full, or releasing, it voids',
    needs: (all) => seated(all) && all.sales.refunds,
    async run(kit) {
      const world = await kit.open();
      const part = world.sellSeat('B', '1');
      const twice = world.sellSeat('B', '2');
      const releasing = world.sellSeat('B', '3');
      world.switchboard.refund({ ticket: part, amount: '10.00' });
      world.switchboard.refund({ ticket: twice, amount: '10.00' });
      world.switchboard.refund({ ticket: twice, amount: '30.00' });
      world.switchboard.refund({ ticket: releasing, amount: '5.00', releasesPlace: true });
      expect(await world.integrate()).toMatchObject({
        state: 'ok',
        counts: { integrated: 3, refunded: 2, cancelled: 2 },
      });
      const kept = await ticketOf(world, part);
      expect(kept).toMatchObject({ state: 'valid', refundedMinor: 1000 });
      expect(await codeOf(world, kept.barcode ?? '')).toMatchObject({ state: 'valid' });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: part });
      expect(await ledgerOf(world, part)).toEqual(['sale 4000', 'commission -180', 'refund -1000']);
      expect(await movementsOf(world, part)).toEqual(['sold -1']);
      expect(await ticketOf(world, twice)).toMatchObject({
        state: 'cancelled',
        refundedMinor: 4000,
      });
      expect(await operationsOf(world, twice)).toEqual([
        'sale 4000 180',
        'refund -1000 0',
        // All of the price is back now, and so is the commission.
        'cancellation -3000 -180',
      ]);
      expect(await ticketOf(world, releasing)).toMatchObject({
        state: 'cancelled',
        refundedMinor: 500,
      });
      expect(await seatOf(world, 'B', '2')).toEqual(FREE);
      expect(await seatOf(world, 'B', '3')).toEqual(FREE);
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.replacement: the same ticket, a new code, the old one replaced, no money',
    needs: (all) => seated(all) && all.sales.replacements,
    async run(kit) {
      const world = await kit.open();
      const same = world.sellSeat('B', '1');
      const renumbered = world.sellSeat('B', '2');
      await world.integrate();
      const before = await ticketOf(world, same);
      const first = world.switchboard.duplicate({ ticket: same });
      const second = world.switchboard.duplicate({ ticket: renumbered, newNumber: true });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { replaced: 2 } });
      expect(await ticketOf(world, same)).toEqual({ ...before, barcode: first.barcode });
      expect(await codeOf(world, before.barcode ?? '')).toEqual({
        state: 'replaced',
        reason: 'replacement',
        source: 'ticket',
        ticket: same,
      });
      expect(await codeOf(world, first.barcode)).toMatchObject({ state: 'valid', ticket: same });
      expect(await ledgerOf(world, same)).toEqual(['sale 4000', 'commission -180']);
      expect(await operationsOf(world, same)).toEqual(['sale 4000 180', 'replacement 0 0']);
      expect(await ticketOf(world, second.ticket)).toMatchObject({ seat: 'ORCH/A/B/2' });
      await expectSameBooks(world);
      // What follows names the new number.
      world.switchboard.cancel({ ticket: second.ticket });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { cancelled: 1 } });
      expect(await codeOf(world, second.barcode)).toMatchObject({ state: 'revoked' });
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.exchange: a cancellation and a sale, taken together',
    needs: (all) => seated(all) && all.sales.exchanges,
    async run(kit) {
      const world = await kit.open();
      const moves = world.sellSeat('B', '1');
      const stays = world.sellSeat('B', '2');
      await world.integrate();
      const moved = world.switchboard.exchange({ ticket: moves, place: placeOf('B', '5') });
      const stayed = world.switchboard.exchange({ ticket: stays, tariff: WORDS.reduced });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { exchanged: 2 } });
      const old = await ticketOf(world, moves);
      expect(old).toMatchObject({ state: 'exchanged', refundedMinor: 4000 });
      expect(await codeOf(world, old.barcode ?? '')).toMatchObject({ state: 'revoked' });
      expect(await ledgerOf(world, moves)).toEqual([
        'sale 4000',
        'commission -180',
        'refund -4000',
        'commission 180',
      ]);
      expect(await ticketOf(world, moved.ticket)).toMatchObject({
        state: 'valid',
        seat: 'ORCH/A/B/5',
        priceMinor: 4000,
      });
      expect(await ticketOf(world, stayed.ticket)).toMatchObject({
        state: 'valid',
        seat: 'ORCH/A/B/2',
        tariff: 'OccCont/REDUCED',
        priceMinor: 3000,
      });
      expect(await ledgerOf(world, stayed.ticket)).toEqual(['sale 3000', 'commission -180']);
      expect(await seatOf(world, 'B', '1')).toEqual(FREE);
      expect(await seatOf(world, 'B', '2')).toMatchObject({ ticket: stayed.ticket });
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.holder: another beneficiary, and nothing else',
    needs: (all) => seated(all) && all.sales.holders,
    async run(kit) {
      const world = await kit.open();
      const ticket = world.sellSeat('B', '1');
      await world.integrate();
      const before = await ticketOf(world, ticket);
      world.switchboard.changeName({ ticket, lastName: 'O’Neill', firstName: 'Siobhán' });
      expect(await world.integrate()).toMatchObject({ state: 'ok', counts: { renamed: 1 } });
      const named = { lastName: 'O’Neill', firstName: 'Siobhán' };
      expect(await ticketOf(world, ticket)).toEqual({ ...before, ...named });
      expect(await operationsOf(world, ticket)).toEqual(['sale 4000 180', 'holder 0 0']);
      await expectSameBooks(world);
    },
  },
  {
    name: 'kinds.test-ticket: takes its place and makes no money; its code stays closed',
    needs: (all) => seated(all) && all.sales.cancellations,
    async run(kit) {
      const world = await kit.open();
      const test = world.sellSeat('B', '1', { test: true });
      const real = world.sellSeat('B', '2');
      await world.integrate();
      const { barcode } = await ticketOf(world, test);
      expect(await codeOf(world, barcode ?? '')).toMatchObject({ state: 'test' });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: test });
      expect(await ledgerOf(world, test)).toEqual([]);
      expect(await ledgerOf(world, real)).toHaveLength(2);
      await expectSameBooks(world);
      world.switchboard.cancel({ ticket: test });
      await world.integrate();
      expect(await ledgerOf(world, test)).toEqual([]);
      expect(await seatOf(world, 'B', '1')).toEqual(FREE);
      await expectSameBooks(world);
    },
  },
];
