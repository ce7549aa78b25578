import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { Way } from '../../src/domain/cases/ways-out.ts';
import {
  codeOf,
  countOf,
  expectSoundBooks,
  ledgerOf,
  movementsOf,
  readCases,
  readTickets,
  seatOf,
  ticketOf,
} from '../support/books-view.ts';
import type { WorldOptions } from '../support/books-world.ts';
import { BooksWorld, WORDS } from '../support/books-world.ts';
import {
  caseOf,
  foresee,
  outcomes,
  refusals,
  settle,
  walk,
  walkOut,
} from '../support/cases-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';

/** Boxes of the house hold seats of the first category, too: row C of block B. */
const withHouseSeats: WorldOptions = {
  change(house) {
    house.contingent_seats?.push({
      season: 'S1',
      product: 'SHOW',
      performances: '*',
      contingent: 'BOX',
      area: 'ORCH',
      block: 'B',
      rows: 'C',
    });
  },
};

/** DOMAIN "Cases": seat conflicts, over the count, unknown seats. */
describeEachDatabase('ways out of a place', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (options: WorldOptions = withHouseSeats): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks, options);
  };
  const sellForced = (block: string, row: string, seat: string): string => {
    const place = { block, row, seat };
    return world.sell({ places: [place], category: WORDS.seats, force: true })[0] ?? '';
  };
  const codeIs = async (ticket: string): Promise<string | undefined> => {
    const { barcode } = await ticketOf(world, ticket);
    return (await codeOf(world, barcode ?? ''))?.state;
  };

  describe('a seat sold twice', () => {
    let first = '';
    let second = '';
    let id = 0;
    const sellTwice = async (): Promise<void> => {
      await enter();
      first = world.sellSeat('B', '1');
      second = world.sellSeat('B', '1', { force: true });
      await world.integrate();
      id = await caseOf(world, second);
    };

    it('another seat, chosen: the nearest that no reseller holds', async () => {
      await sellTwice();
      const { effect } = await walkOut(world, id, { way: 'another_seat' });
      // All of block A is at the reseller, and row A of block B is another one's.
      expect(effect.places).toMatchObject([{ kind: 'sold', seat: 'HALL/ORCH/B/B/1' }]);
      expect(await ticketOf(world, second)).toMatchObject({ seat: 'ORCH/B/B/1', state: 'valid' });
      expect(await ticketOf(world, first)).toMatchObject({ seat: 'ORCH/A/B/1', state: 'valid' });
      expect(await codeIs(second)).toBe('valid');
      expect(await ledgerOf(world, second)).toEqual(['sale 4000', 'commission -180']);
      await expectSoundBooks(world);
      // The reseller cancels: our seat is the house's again, theirs stays sold to the first.
      world.switchboard.cancel({ ticket: second });
      expect(await world.integrate()).toMatchObject({ counts: { cancelled: 1 } });
      expect(await movementsOf(world, second)).toEqual(['sold -1', 'cancelled 1']);
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: first });
      await expectSoundBooks(world);
    });

    it('another seat, given by name; refused when it is taken, elsewhere or unknown', async () => {
      await sellTwice();
      const tryAt = async (seat: string): Promise<(string | null)[]> =>
        refusals(await settle(world, { ids: [id] }, { way: 'another_seat', said: { seat } }));
      expect(await tryAt('B/1')).toEqual(['cases.refused.seat_several']);
      expect(await tryAt('A/B/1')).toEqual(['cases.refused.seat_taken']);
      expect(await tryAt('A/Z/99')).toEqual(['cases.refused.seat_unknown']);
      expect(await readCases(world)).toHaveLength(1);
      await walkOut(world, id, { way: 'another_seat', said: { seat: 'ORCH/B/C/7' } });
      expect(await ticketOf(world, second)).toMatchObject({ seat: 'ORCH/B/C/7' });
      await expectSoundBooks(world);
    });

    it('a seat taken between what was foretold and what is done', async () => {
      await sellTwice();
      const way = { way: 'another_seat', said: { seat: 'B/C/7' } } as const;
      expect(await foresee(world, { ids: [id] }, way)).toMatchObject({
        answers: [{ outcome: 'settled' }],
      });
      await world.query(
        `update performance_seat set state = 'sold', own_reference = 'BOX-9'
         where performance_id = (select id from performance where code = 'P1')
           and seat_id = (select s.id from seat s join block b on b.id = s.block_id
             where b.code = 'B' and s.row = 'C' and s.number = '7')`,
      );
      expect(refusals(await settle(world, { ids: [id] }, way))).toEqual([
        'cases.refused.seat_taken',
      ]);
      expect(await readCases(world)).toHaveLength(1);
    });

    it('from house stock: the nearest seat that no contingent keeps', async () => {
      await sellTwice();
      await walkOut(world, id, { way: 'house_stock' });
      expect(await ticketOf(world, second)).toMatchObject({ seat: 'ORCH/B/B/1', state: 'valid' });
      expect(await codeIs(second)).toBe('valid');
      await expectSoundBooks(world);
    });

    it('overbooked: a ticket without a place, its bearer goes to the box office', async () => {
      await sellTwice();
      const { effect } = await walkOut(world, id, { way: 'overbook' });
      expect(effect).toMatchObject({
        tickets: { made: 1, overbooked: 1 },
        places: [],
        codes: { see_box_office: 1 },
      });
      expect(await codeIs(second)).toBe('see_box_office');
      expect(await ledgerOf(world, second)).toEqual(['sale 4000', 'commission -180']);
      expect(await seatOf(world, 'B', '1')).toMatchObject({ ticket: first });
      world.switchboard.cancel({ ticket: second });
      expect(await world.integrate()).toMatchObject({ counts: { cancelled: 1 } });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: first });
      expect(await readCases(world)).toEqual([]);
    });

    it('keep ours: nothing is booked, the code closes', async () => {
      await sellTwice();
      await walkOut(world, id, { way: 'keep_ours' });
      expect((await readTickets(world)).map(({ number }) => number)).toEqual([first]);
      const { barcode = '' } =
        world.switchboard.state({ tickets: true }).tickets.find((one) => one.ticket === second) ??
        {};
      expect(await codeOf(world, barcode)).toMatchObject({ state: 'revoked', reason: 'keep_ours' });
      // What was kept out stays out when the reseller tells it again.
      await world.integrate({ fromBeginning: true });
      expect(await readCases(world)).toEqual([]);
      await expectSoundBooks(world);
    });

    it('take theirs: the seat goes to the second, the first is overbooked', async () => {
      await sellTwice();
      await walkOut(world, id, { way: 'take_theirs' });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'sold', ticket: second });
      expect(await ticketOf(world, first)).toMatchObject({ state: 'valid' });
      expect(await codeIs(first)).toBe('see_box_office');
      expect(await codeIs(second)).toBe('valid');
      expect(await movementsOf(world, second)).toEqual(['sold -1']);
      // Each ends by itself; the seat goes back once.
      for (const ticket of [first, second]) world.switchboard.cancel({ ticket });
      expect(await world.integrate()).toMatchObject({ counts: { cancelled: 2 } });
      expect(await seatOf(world, 'B', '1')).toMatchObject({ state: 'free', ticket: null });
    });
  });

  describe('a seat that the reseller does not hold', () => {
    it.each([
      ['of another contingent', 'ORCB', 'A', 'seat.other_contingent'],
      ['of no contingent', 'ORCB', 'B', 'seat.not_in_allotment'],
    ] as const)(
      '%s: from house stock, and it stays ours afterwards',
      async (_, block, row, code) => {
        await enter();
        const ticket = sellForced(block, row, '3');
        await world.integrate();
        expect(await readCases(world)).toMatchObject([{ problems: [{ code }] }]);
        await walkOut(world, await caseOf(world, ticket), { way: 'house_stock' });
        expect(await ticketOf(world, ticket)).toMatchObject({ seat: `ORCH/B/${row}/3` });
        expect(await codeIs(ticket)).toBe('valid');
        await expectSoundBooks(world);
      },
    );

    it.each(['another_seat', 'overbook', 'keep_ours', 'take_theirs'] as const)(
      '%s',
      async (way: Way) => {
        await enter();
        const ticket = sellForced('ORCB', 'B', '3');
        await world.integrate();
        await walkOut(world, await caseOf(world, ticket), { way });
        const found = (await readTickets(world)).find((one) => one.number === ticket);
        if (way === 'keep_ours') expect(found).toBeUndefined();
        else expect(found).toMatchObject({ state: 'valid', bookedMinor: 4000 });
        if (way === 'another_seat') expect(found?.seat).toBe('ORCH/B/B/2');
        if (way === 'take_theirs') expect(found?.seat).toBe('ORCH/B/B/3');
        expect(await readCases(world)).toEqual([]);
      },
    );

    it('a selection: each gets its own seat; where there is none the case waits', async () => {
      await enter({
        change(house) {
          house.contingent_seats?.push({
            season: 'S1',
            product: 'SHOW',
            performances: '*',
            contingent: 'BOX',
            area: 'ORCH',
            block: 'B',
            rows: 'C',
            seats: '1-2',
          });
        },
      });
      // No seat of row B or C but two is in a contingent; the rest belongs to nobody and counts.
      await world.query(
        `update performance_seat set state = 'blocked' where state = 'free'
           and contingent_id is null`,
      );
      const tickets = ['1', '2', '3'].map((seat) => sellForced('ORCB', 'A', seat));
      await world.integrate();
      const ids: number[] = [];
      for (const ticket of tickets) ids.push(await caseOf(world, ticket));
      const result = await walk(world, ids, { way: 'another_seat' });
      expect(outcomes(result)).toEqual(['settled', 'settled', 'refused']);
      expect(refusals(result)).toEqual([null, null, 'cases.refused.seat_none_free']);
      const seats = (await readTickets(world)).map(({ seat }) => seat);
      expect(seats).toEqual(['ORCH/B/C/1', 'ORCH/B/C/2']);
      await expectSoundBooks(world);
    });
  });

  describe('a seat that does not exist', () => {
    const sellUnknown = async (): Promise<{ ticket: string; id: number }> => {
      await enter();
      const ticket = sellForced(WORDS.block, 'Z', '99');
      await world.integrate();
      return { ticket, id: await caseOf(world, ticket) };
    };

    it('map the seat: the reseller calls one of ours so', async () => {
      const { ticket, id } = await sellUnknown();
      const refused = { way: 'map_seat', said: { seat: 'ORCH/B/C/1' } } as const;
      expect(refusals(await settle(world, { ids: [id] }, refused))).toEqual([
        'cases.refused.seat_other_block',
      ]);
      const { effect } = await walkOut(world, id, { way: 'map_seat', said: { seat: 'A/C/4' } });
      expect(effect.house).toMatchObject([{ kind: 'mapping', ours: 'HALL/ORCH/A/C/4' }]);
      expect(await ticketOf(world, ticket)).toMatchObject({ seat: 'ORCH/A/C/4', state: 'valid' });
      await expectSoundBooks(world);
    });

    it.each(['another_seat', 'house_stock', 'overbook'] as const)('%s', async (way) => {
      const { ticket, id } = await sellUnknown();
      await walkOut(world, id, { way });
      expect(await ticketOf(world, ticket)).toMatchObject({
        state: 'valid',
        seat: way === 'overbook' ? null : 'ORCH/B/B/10',
      });
    });
  });

  describe('over the count', () => {
    const sellOver = async (options = withHouseSeats): Promise<{ ticket: string; id: number }> => {
      await enter(options);
      const zone = { block: WORDS.standing, category: WORDS.zone };
      world.sell({ ...zone, count: 20 });
      const [ticket = ''] = world.sell({ ...zone, force: true });
      // It names the share that is empty.
      const sequence = world.switchboard.state().operations;
      world.switchboard.rewrite({ sequence, fields: { allotement: 'FNAC' } });
      await world.integrate();
      return { ticket, id: await caseOf(world, ticket) };
    };
    const zone = { product: 'SHOW', performance: 'P1' };

    it('house stock: the share grows by one', async () => {
      const { ticket, id } = await sellOver();
      await walkOut(world, id, { way: 'house_stock' });
      expect(await countOf(world, zone)).toMatchObject({ quota: 21, quotaSold: 21, sold: 21 });
      expect(await codeIs(ticket)).toBe('valid');
      await expectSoundBooks(world, ['movements that do not add up to the ticket']);
    });

    it('overbooked: the count stays', async () => {
      const { ticket, id } = await sellOver();
      await walkOut(world, id, { way: 'overbook' });
      expect(await countOf(world, zone)).toMatchObject({ quota: 20, quotaSold: 20, sold: 20 });
      expect(await codeIs(ticket)).toBe('see_box_office');
    });

    it('another place: a share of the interface that has room', async () => {
      const { ticket, id } = await sellOver({
        change(house) {
          const extra = { name: 'Extra', kind: 'external' as const, sales_channels: ['FNAC'] };
          house.contingents?.push({ code: 'EXTRA', ...extra });
          const share = { season: 'S1', product: 'SHOW', performances: '*' as const };
          house.contingent_quotas?.push({ ...share, area: 'PIT', contingent: 'EXTRA', quota: 5 });
        },
      });
      await walkOut(world, id, { way: 'another_seat' });
      expect(await ticketOf(world, ticket)).toMatchObject({ contingent: 'EXTRA', state: 'valid' });
      expect(await countOf(world, zone)).toMatchObject({ quota: 20, quotaSold: 20, sold: 21 });
      expect(await codeIs(ticket)).toBe('valid');
      await expectSoundBooks(world);
    });

    it('another place, by name: a seat for who was to stand', async () => {
      const { ticket, id } = await sellOver();
      expect(refusals(await settle(world, { ids: [id] }, { way: 'another_seat' }))).toEqual([
        'cases.refused.count_no_room',
      ]);
      await walkOut(world, id, { way: 'another_seat', said: { seat: 'B/C/1' } });
      expect(await ticketOf(world, ticket)).toMatchObject({ seat: 'ORCH/B/C/1', state: 'valid' });
      expect(await countOf(world, zone)).toMatchObject({ sold: 20 });
    });
  });

  it('a wrong category: accepted as it is, or the bearer sits elsewhere', async () => {
    await enter();
    const sold = ['1', '2'].map((seat) =>
      world.sellSeat('B', seat, { category: '20', price: '30.00' }),
    );
    await world.integrate();
    const [one = '', two = ''] = sold;
    await walkOut(world, await caseOf(world, one), { way: 'accept' });
    expect(await ticketOf(world, one)).toMatchObject({ seat: 'ORCH/A/B/1', bookedMinor: 3000 });
    await walkOut(world, await caseOf(world, two), { way: 'another_seat' });
    expect(await ticketOf(world, two)).toMatchObject({ seat: 'BALC//A/2', bookedMinor: 3000 });
    await expectSoundBooks(world);
  });

  it('a numbered seat without its number: any of its category', async () => {
    await enter();
    const ticket = world.sellSeat('B', '1');
    const sequence = world.switchboard.state().operations;
    const nothing = { typeTarif: '10', bloc: '', rang: '', place: '', allotement: '' };
    world.switchboard.rewrite({ sequence, fields: nothing });
    await world.integrate();
    await walkOut(world, await caseOf(world, ticket), { way: 'another_seat' });
    expect(await ticketOf(world, ticket)).toMatchObject({ seat: 'ORCH/B/B/1', state: 'valid' });
  });
});
