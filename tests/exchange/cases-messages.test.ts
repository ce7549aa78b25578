import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import {
  codeOf,
  expectSameBooks,
  expectSoundBooks,
  ledgerOf,
  operationsOf,
  readCases,
  readTickets,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld } from '../support/books-world.ts';
import { caseOf, outcomes, refusals, settle, walk, walkOut } from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** DOMAIN "Cases": mapping, content differs, barcode already used; and what cannot be booked. */
describeEachDatabase('ways out of a message', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = {}): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const sellSpoilt = (seat: string, fields: Record<string, string>): string => {
    const ticket = world.sellSeat('B', seat);
    const sequence = world.switchboard.state({ tickets: false }).operations;
    world.switchboard.rewrite({ sequence, fields });
    return ticket;
  };

  describe('a mapping', () => {
    it('correct it: all that wait for the value are read again', async () => {
      await enter();
      const tickets = ['1', '2'].map((seat) => sellSpoilt(seat, { categorieClient: '99' }));
      await world.integrate();
      const id = await caseOf(world, tickets[0] ?? '');
      const wrong = { way: 'correct_mapping', said: { ours: 'OccCont/NOTHING' } } as const;
      const refused = await settle(world, { ids: [id] }, wrong);
      expect(refusals(refused)).toEqual(['cases.refused.mapping']);
      expect(refused).toMatchObject({
        answers: [{ refusal: { faults: [{ code: 'mapping.ours_unknown' }] } }],
      });
      const said = { ours: 'OccCont/FULL' };
      const { effect } = await walkOut(world, id, { way: 'correct_mapping', said });
      expect(effect).toMatchObject({
        freed: 1,
        tickets: { made: 2 },
        house: [{ kind: 'mapping', word: 'tariff', value: '99', ours: 'OccCont/FULL' }],
      });
      expect(await readCases(world)).toEqual([]);
      expect(await world.query(`select external from mapping where ours = 'OccCont/FULL'`)).toEqual(
        [{ external: ['0', '44', '99'] }],
      );
      await expectSoundBooks(world);
    });

    it('of several words: the one that is named; the rest is left', async () => {
      await enter();
      const ticket = sellSpoilt('1', { categorieClient: '99', typeTarif: '77' });
      await world.integrate();
      const id = await caseOf(world, ticket);
      const said = { ours: 'OccCont/FULL' };
      expect(
        refusals(await settle(world, { ids: [id] }, { way: 'correct_mapping', said })),
      ).toEqual(['cases.refused.mapping_word']);
      const tariff = { way: 'correct_mapping', said: { ...said, word: 'tariff' } } as const;
      const result = await walk(world, [id], tariff);
      expect(outcomes(result)).toEqual(['waits']);
      expect(result.answers[0]?.problems).toMatchObject([
        { code: 'mapping.missing', params: { word: 'seat_category', value: '77' } },
      ]);
      await walkOut(world, id, { way: 'correct_mapping', said: { ours: 'FULL/CAT1' } });
      expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', category: 'CAT1' });
    });

    it('not ours: set aside with all the others of that value', async () => {
      await enter();
      const tickets = ['1', '2'].map((seat) => sellSpoilt(seat, { manifestation: 'MNEW' }));
      await world.integrate();
      const ids = [await caseOf(world, tickets[0] ?? ''), await caseOf(world, tickets[1] ?? '')];
      const result = await walk(world, ids, { way: 'not_ours' });
      expect(outcomes(result)).toEqual(['settled', 'settled']);
      expect(await readCases(world)).toEqual([]);
      expect(await readTickets(world)).toEqual([]);
      const states = await world.query(`select distinct state from message`);
      expect(states).toEqual([{ state: 'set_aside' }]);
    });
  });

  describe('the same sale with another price and tariff', () => {
    const differ = async (): Promise<{ ticket: string; id: number }> => {
      await enter();
      const ticket = world.sellSeat('B', '1');
      await world.integrate();
      world.switchboard.duplicateOperations({ count: 1 });
      world.switchboard.rewrite({ sequence: 2, fields: { prix: '30.00', categorieClient: '6' } });
      await world.integrate();
      return { ticket, id: await caseOf(world, ticket) };
    };

    it('keep ours: nothing changes', async () => {
      const { ticket, id } = await differ();
      await walkOut(world, id, { way: 'keep_ours' });
      expect(await ticketOf(world, ticket)).toMatchObject({ priceMinor: 4000, state: 'valid' });
      expect(await ledgerOf(world, ticket)).toEqual(['sale 4000', 'commission -180']);
      await world.integrate({ fromBeginning: true });
      expect(await readCases(world)).toEqual([]);
      await expectSoundBooks(world);
    });

    it('take theirs: the difference is booked, and traced', async () => {
      const { ticket, id } = await differ();
      await walkOut(world, id, { way: 'take_theirs' });
      expect(await ticketOf(world, ticket)).toMatchObject({
        priceMinor: 3000,
        bookedMinor: 3000,
        tariff: 'OccCont/REDUCED',
        state: 'valid',
      });
      const ledger = await ledgerOf(world, ticket);
      const sum = ledger.reduce((total, line) => total + Number(line.split(' ')[1]), 0);
      expect(sum).toBe(3000 - 180);
      expect((await operationsOf(world, ticket)).at(-1)).toBe('correction -1000 0');
      await world.integrate({ fromBeginning: true });
      expect(await readCases(world)).toEqual([]);
    });
  });

  describe('a barcode already used', () => {
    const reuse = async (): Promise<{
      first: string;
      second: string;
      code: string;
      id: number;
    }> => {
      await enter();
      const first = world.sellSeat('A', '5');
      const { tickets } = world.switchboard.state({ tickets: true });
      const code = tickets.find(({ ticket }) => ticket === first)?.barcode ?? '';
      const second = sellSpoilt('1', { codeBarres: code });
      await world.integrate();
      return { first, second, code, id: await caseOf(world, second) };
    };

    it('keep ours: the code stays with the first', async () => {
      const { first, second, code, id } = await reuse();
      await walkOut(world, id, { way: 'keep_ours' });
      expect(await codeOf(world, code)).toMatchObject({ state: 'valid', ticket: first });
      expect((await readTickets(world)).map(({ number }) => number)).not.toContain(second);
      await expectSoundBooks(world);
    });

    it('take theirs: the code opens for the second', async () => {
      const { first, second, code, id } = await reuse();
      await walkOut(world, id, { way: 'take_theirs' });
      expect(await codeOf(world, code)).toMatchObject({ state: 'valid', ticket: second });
      expect(await ticketOf(world, first)).toMatchObject({ state: 'valid' });
      await expectSoundBooks(world);
    });
  });

  describe('a number that lives already', () => {
    const relive = async (): Promise<{ ticket: string; id: number }> => {
      await enter();
      const ticket = world.sellSeat('B', '1');
      sellSpoilt('2', { numeroBillet: ticket });
      await world.integrate();
      return { ticket, id: await caseOf(world, ticket) };
    };

    it('keep ours: the second sale is kept out', async () => {
      const { ticket, id } = await relive();
      await walkOut(world, id, { way: 'keep_ours' });
      expect(await ticketOf(world, ticket)).toMatchObject({ seat: 'ORCH/A/B/1', state: 'valid' });
      await expectSoundBooks(world);
    });

    it('take theirs: the living ticket becomes what the second sale says', async () => {
      const { ticket, id } = await relive();
      await walkOut(world, id, { way: 'take_theirs' });
      expect(await ticketOf(world, ticket)).toMatchObject({ seat: 'ORCH/A/B/2', state: 'valid' });
      expect(await readTickets(world)).toHaveLength(1);
    });
  });

  describe('what cannot be booked is kept out', () => {
    it.each([
      ['price.negative', { prix: '-5.00' }],
      ['currency.differs', { devise: 'CHF' }],
    ])('%s', async (code, fields) => {
      await enter();
      const ticket = sellSpoilt('1', fields);
      await world.integrate();
      expect(await readCases(world)).toMatchObject([{ problems: [{ code }] }]);
      const id = await caseOf(world, ticket);
      expect(refusals(await settle(world, { ids: [id] }, { way: 'accept' }))).toEqual([
        'cases.refused.way_not_of_case',
      ]);
      await walkOut(world, id, { way: 'keep_ours' });
      expect(await readTickets(world)).toEqual([]);
    });

    it('a cancellation without its sale', async () => {
      await enter();
      const ticket = world.sellSeat('B', '1');
      world.switchboard.cancel({ ticket });
      // The sale is lost on the way: its line says something of another institution.
      world.switchboard.rewrite({ sequence: 1, fields: { numeroBillet: '999999999999' } });
      await world.integrate();
      const id = await caseOf(world, ticket);
      expect(await readCases(world)).toMatchObject([{ problems: [{ code: 'sale.missing' }] }]);
      await walkOut(world, id, { way: 'keep_ours' });
      expect(await readCases(world)).toEqual([]);
      await expectSoundBooks(world);
    });

    it('a resale behind a cancellation that waits: kept out, the root waits on', async () => {
      await enter();
      const sold = world.sellSeat('B', '1');
      await world.integrate();
      world.switchboard.cancel({ ticket: sold, givenBack: '99.00' });
      const resold = world.sellSeat('B', '1');
      await world.integrate();
      const id = await caseOf(world, resold);
      await walkOut(world, id, { way: 'keep_ours' });
      expect((await readCases(world)).map(({ ticket }) => ticket)).toEqual([sold]);
      await walkOut(world, await caseOf(world, sold), { way: 'accept' });
      expect(await ticketOf(world, sold)).toMatchObject({ state: 'cancelled' });
    });
  });

  it('an exchange at another price: the old ticket ends with the new one', async () => {
    await enter();
    const old = world.sellSeat('B', '1');
    await world.integrate();
    const place = { block: 'ORCA', row: 'B', seat: '2' };
    const { ticket } = world.switchboard.exchange({ ticket: old, place, price: '41.00' });
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'accept' });
    expect(await ticketOf(world, old)).toMatchObject({ state: 'exchanged' });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/2' });
    await expectSameBooks(world);
  });

  it('an exchange onto a seat that is sold: its bearer gets another one', async () => {
    await enter();
    const old = world.sellSeat('B', '1');
    const holder = world.sellSeat('B', '2');
    await world.integrate();
    const { ticket } = world.switchboard.exchange({
      ticket: old,
      place: { block: 'ORCA', row: 'B', seat: '3' },
    });
    const sequence = world.switchboard.state().operations;
    world.switchboard.rewrite({ sequence, fields: { place: '2' } });
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'another_seat' });
    expect(await ticketOf(world, old)).toMatchObject({ state: 'exchanged' });
    expect(await ticketOf(world, ticket)).toMatchObject({ state: 'valid', seat: 'ORCH/B/B/1' });
    expect(await ticketOf(world, holder)).toMatchObject({ state: 'valid', seat: 'ORCH/A/B/2' });
    await expectSoundBooks(world);
  });

  it('refused by name: no case, a settled one, another’s way; the rest goes on', async () => {
    await enter();
    const one = world.sellSeat('B', '1', { price: '41.00' });
    const two = world.sellSeat('B', '2', { price: '41.00' });
    world.sellSeat('C', '1');
    const seat = world.sellSeat('C', '1', { force: true });
    await world.integrate();
    const ids = [await caseOf(world, one), await caseOf(world, two), 1, await caseOf(world, seat)];
    await settle(world, { ids: ids.slice(0, 1) }, { way: 'accept', author: 'bruno' });
    const result = await settle(world, { ids }, { way: 'accept' });
    if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
    const told = new Map(result.answers.map((answer) => [answer.id, answer]));
    expect(told.get(1)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'cases.refused.unknown', params: { id: 1 } },
    });
    expect(told.get(ids[0] ?? 0)).toMatchObject({ outcome: 'settled_before', settledBy: 'bruno' });
    expect(told.get(ids[1] ?? 0)).toMatchObject({ outcome: 'settled', settledBy: 'anna' });
    expect(told.get(ids[3] ?? 0)).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'cases.refused.way_not_of_case', params: { way: 'accept' } },
    });
  });
});
