import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printSeat } from '../seating/seat-text.ts';
import type { Keep, ReseatInput, ReseatLine } from './reseating.ts';
import { planReseating } from './reseating.ts';
import { planZones } from './rezoning.ts';
import type { BoardTicket, NewPlace, OldPlace, SeatRow } from './seat-board.ts';
import { freeRow } from './seat-board.ts';

const CATEGORY = 10;
const OTHER_HALL = 20;
const INTERFACE = 3;
const CONTINGENT = 5;

const nameOf = (layout: string, number: number) => {
  return { layout, area: 'ORCH', block: 'A', row: 'A', number: String(number) };
};
const seat = (number: number, layout = 'HALL') => printSeat(nameOf(layout, number));

/** Seats 1, 2, … of a hall; `rows` says what they are besides free in the contingent. */
function board(count: number, rows: Readonly<Record<number, Partial<SeatRow>>> = {}): OldPlace[] {
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const free = freeRow({ seatId: id, categoryId: CATEGORY }, CONTINGENT);
    return { row: { ...free, ...rows[id] }, name: nameOf('HALL', id), travels: false };
  });
}

const sold = (ticketId: number): Partial<SeatRow> => {
  const sent = { sent_category_id: CATEGORY, sent_contingent_id: CONTINGENT };
  return { state: 'sold', ticket_id: ticketId, interface_id: INTERFACE, ...sent };
};
const allotted: Partial<SeatRow> = {
  interface_id: INTERFACE,
  sent_category_id: CATEGORY,
  sent_contingent_id: CONTINGENT,
};
const own = (reference: string): Partial<SeatRow> => {
  return { state: 'sold', own_reference: reference };
};

function ticket(id: number, seatId: number | null, change: Partial<BoardTicket> = {}): BoardTicket {
  return {
    id,
    number: `T${id}`,
    interfaceId: INTERFACE,
    seatId,
    resellerSeatId: null,
    counterId: null,
    contingentId: CONTINGENT,
    overbooked: false,
    ...change,
  };
}

/** The same seats again, in another hall: ids from 101 on. */
function hall(count: number): NewPlace[] {
  return Array.from({ length: count }, (_, index) => {
    return { seatId: 101 + index, name: nameOf('TENT', index + 1), categoryId: OTHER_HALL };
  });
}

function plan(input: Partial<ReseatInput> & { old: OldPlace[]; keep: Keep }) {
  const same = input.old.map(({ row, name }) => {
    return { seatId: row.seat_id, categoryId: row.seat_category_id, name };
  });
  return planReseating({
    places: same,
    tickets: [],
    table: [],
    categoryCode: (id) => (id === CATEGORY || id === OTHER_HALL ? 'CAT1' : `C${id}`),
    ...input,
  });
}

const lines = (...pairs: [string, string][]): ReseatLine[] =>
  pairs.map(([source, target], index) => ({ line: index + 1, source, target }));

describe('re-seating in the same hall', () => {
  const old = board(6, {
    1: sold(1),
    2: sold(2),
    3: own('CE'),
    4: allotted,
    5: { state: 'blocked' },
  });
  const tickets = [ticket(1, 1), ticket(2, 2)];

  it('touches the seats of the table and no other', () => {
    const found = plan({ old, tickets, keep: 'seat', table: lines(['T1', seat(6)]) });
    expect(found.faults).toEqual([]);
    expect(found.removed).toEqual([1, 6]);
    expect(found.rows).toMatchObject([
      {
        seat_id: 1,
        state: 'blocked',
        own_reference: 'reseat T1',
        ticket_id: null,
        interface_id: null,
        sent_category_id: null,
      },
      { seat_id: 6, state: 'sold', ticket_id: 1, interface_id: INTERFACE, sent_category_id: null },
    ]);
    expect(found.tickets).toMatchObject([{ to: { seatId: 6 }, resellerSeatId: 1 }]);
  });

  it('the venue’s own places move with their reference', () => {
    const found = plan({ old, tickets, keep: 'seat', table: lines([seat(3), seat(6)]) });
    expect(found.rows).toMatchObject([
      { seat_id: 3, state: 'blocked', own_reference: 'reseat CE' },
      { seat_id: 6, state: 'sold', own_reference: 'CE', interface_id: null },
    ]);
    expect(found.own).toEqual([{ reference: 'CE', from: seat(3), to: seat(6) }]);
  });

  it('a ticket back on the seat that its reseller sold is re-seated no more', () => {
    const moved = [ticket(1, 1, { resellerSeatId: 6 }), ticket(2, 2)];
    const found = plan({ old, tickets: moved, keep: 'seat', table: lines(['T1', seat(6)]) });
    expect(found.tickets).toMatchObject([{ resellerSeatId: null }]);
    const again = plan({
      old,
      tickets: moved,
      keep: 'seat',
      table: lines(['T1', seat(2)], ['T2', seat(1)]),
    });
    // Moved twice: theirs stays the first.
    expect(again.tickets.map((one) => one.resellerSeatId)).toEqual([2, 6]);
  });

  it('the seat that it left is its own to take again, and nobody else’s', () => {
    const left = board(6, {
      1: { state: 'blocked', own_reference: 'reseat T1' },
      2: sold(2),
      6: { state: 'sold', ticket_id: 1, interface_id: INTERFACE },
    });
    const moved = [ticket(1, 6, { resellerSeatId: 1 }), ticket(2, 2)];
    const back = plan({ old: left, tickets: moved, keep: 'seat', table: lines(['T1', seat(1)]) });
    expect(back.faults).toEqual([]);
    expect(back.rows).toMatchObject([
      { seat_id: 1, ticket_id: 1, own_reference: null },
      { seat_id: 6, state: 'blocked', own_reference: 'reseat T1' },
    ]);
    const other = plan({ old: left, tickets: moved, keep: 'seat', table: lines(['T2', seat(1)]) });
    expect(other.faults).toMatchObject([{ code: 'target_taken', params: { by: 'reseat T1' } }]);
  });

  it('who had no seat gets one, once', () => {
    const beside = [...tickets, ticket(9, 1, { overbooked: true })];
    const found = plan({ old, tickets: beside, keep: 'seat', table: lines(['T9', seat(6)]) });
    expect(found.rows).toMatchObject([{ seat_id: 6, state: 'sold', ticket_id: 9 }]);
    expect(found.tickets).toMatchObject([{ from: null, resellerSeatId: 1 }]);
    const twice = lines(['T9', seat(6)], ['T9', seat(6)]);
    expect(plan({ old, tickets: beside, keep: 'seat', table: twice }).faults).toMatchObject([
      { code: 'source_twice', params: { line: 2 } },
    ]);
  });

  it('refuses a seat that somebody has, whoever it is', () => {
    for (const [target, by] of [
      [2, 'T2'],
      [3, 'CE'],
      [4, null],
      [5, null],
    ] as const) {
      const found = plan({ old, tickets, keep: 'seat', table: lines(['T1', seat(target)]) });
      expect(found.faults).toEqual([
        { code: 'target_taken', params: { line: 1, seat: seat(target), by } },
      ]);
      expect(found.rows).toEqual([]);
    }
  });

  it('a number that two accounts gave is asked for by its seat', () => {
    const twins = [ticket(1, 1), ticket(2, 2, { number: 'T1' })];
    const byNumber = plan({ old, tickets: twins, keep: 'seat', table: lines(['T1', seat(6)]) });
    expect(byNumber.faults).toMatchObject([{ code: 'source_several' }]);
    const bySeat = plan({ old, tickets: twins, keep: 'seat', table: lines([seat(2), seat(6)]) });
    expect(bySeat.tickets).toMatchObject([{ ticket: { id: 2 } }]);
  });

  it('a travelling seat is somebody’s already', () => {
    const travelling = board(6, { 1: sold(1) });
    (travelling[5] as OldPlace).travels = true;
    const found = plan({ old: travelling, tickets, keep: 'seat', table: lines(['T1', seat(6)]) });
    expect(found.faults).toMatchObject([{ code: 'target_taken' }]);
  });
});

describe('another hall', () => {
  const old = board(4, { 1: sold(1), 2: allotted, 3: own('CE') });
  const tickets = [ticket(1, 1)];

  it('needs a decision about what is taken, told as one fault', () => {
    expect(plan({ old, tickets, places: hall(2), keep: 'none' }).faults).toEqual([
      { code: 'in_use', params: { sold: 2, held: 0, allotted: 1, kept: 2, lost: 1 } },
    ]);
  });

  it('keeps by name, under the words of the same category', () => {
    const found = plan({ old, tickets, places: hall(4), keep: 'name' });
    expect(found.faults).toEqual([]);
    expect(found.removed).toEqual([1, 2, 3, 4]);
    expect(found.rows).toMatchObject([
      { seat_id: 101, state: 'sold', ticket_id: 1, sent_category_id: OTHER_HALL },
      { seat_id: 102, state: 'free', interface_id: INTERFACE, sent_category_id: OTHER_HALL },
      { seat_id: 103, own_reference: 'CE', sent_category_id: null },
      { seat_id: 104, state: 'free', contingent_id: CONTINGENT },
    ]);
    expect(found.tickets).toMatchObject([{ sameName: true, resellerSeatId: null }]);
    expect([found.carried, found.dropped]).toEqual([1, 0]);
  });

  it('names every taken place that is not there', () => {
    const found = plan({ old, tickets, places: hall(1), keep: 'name' });
    expect(found.faults).toEqual([
      { code: 'not_placed', params: { seat: seat(2), by: null } },
      { code: 'not_placed', params: { seat: seat(3), by: 'CE' } },
    ]);
  });

  it('loses free places whose name is gone, and tells how many', () => {
    const found = plan({ old: board(4), places: hall(1), keep: 'none' });
    expect(found.faults).toEqual([]);
    expect([found.rows.length, found.carried, found.dropped]).toEqual([1, 1, 3]);
  });
});

describe('any table', () => {
  /** A hall of eight seats: what each is, and a table of random lines over it. */
  const houses = fc.record({
    kinds: fc.array(fc.constantFrom('free', 'sold', 'own', 'allotted', 'blocked'), {
      minLength: 8,
      maxLength: 8,
    }),
    pairs: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 6,
    }),
  });

  it('is done whole, with every holder on one seat of his own, or not at all', () => {
    fc.assert(
      fc.property(houses, ({ kinds, pairs }) => {
        const rows: Record<number, Partial<SeatRow>> = {};
        const tickets: BoardTicket[] = [];
        for (const [index, kind] of kinds.entries()) {
          const id = index + 1;
          if (kind === 'sold') {
            rows[id] = sold(id);
            tickets.push(ticket(id, id));
          } else if (kind === 'own') rows[id] = own(`R${id}`);
          else if (kind === 'allotted') rows[id] = allotted;
          else if (kind === 'blocked') rows[id] = { state: 'blocked' };
        }
        const old = board(8, rows);
        const table = lines(...pairs.map(([a, b]): [string, string] => [seat(a), seat(b)]));
        const found = plan({ old, tickets, keep: 'seat', table });
        if (found.faults.length > 0) {
          expect([found.rows, found.removed, found.tickets]).toEqual([[], [], []]);
          return;
        }
        const after = new Map(old.map(({ row }) => [row.seat_id, row]));
        for (const id of found.removed) after.delete(id);
        for (const row of found.rows) {
          expect(after.has(row.seat_id)).toBe(false);
          after.set(row.seat_id, row);
        }
        const holders = (all: Iterable<SeatRow>) =>
          [...all]
            .filter((row) => row.state !== 'blocked')
            .flatMap((row) => [row.ticket_id ?? [], row.own_reference ?? []].flat())
            .map(String)
            .sort();
        expect(after.size).toBe(8);
        expect(holders(after.values())).toEqual(holders(old.map(({ row }) => row)));
        const targets = new Map(pairs);
        for (const [from, to] of targets) {
          const holder = old[from - 1]?.row;
          if (holder?.ticket_id != null) expect(after.get(to)?.ticket_id).toBe(holder.ticket_id);
        }
        for (const row of after.values()) {
          expect(row.interface_id === null || row.state === 'free' || row.state === 'sold').toBe(
            true,
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('zones of another hall', () => {
  const quota = (contingentId: number, share: number, taken = 0, atReseller = 0) => {
    return { contingentId, quota: share, sold: taken, held: 0, allotted: atReseller };
  };
  const pit = (change: object) => ({
    counterId: 1,
    area: 'PIT',
    sold: 0,
    held: 0,
    blocked: 0,
    quotas: [],
    ...change,
  });
  const zone = (capacity: number, area = 'PIT') => {
    return { zoneId: 9, area, categoryId: 2, capacity };
  };

  it('a counter becomes the zone of the same area, if its places fit', () => {
    const old = pit({ sold: 7, held: 2, quotas: [quota(1, 20, 5, 6), quota(2, 10)] });
    // The venue's own: 2 sold and 2 held; at the reseller 5 sold and 6 unsold.
    expect(planZones([old], [zone(14)], true).faults).toEqual([
      { code: 'zone_too_small', params: { zone: 'PIT', capacity: 14, taken: 15 } },
    ]);
    expect(planZones([old], [zone(15)], true)).toMatchObject({
      faults: [],
      // Shares give up what nobody has, the last first.
      kept: [
        {
          counterId: 1,
          shares: [
            { contingentId: 2, quota: 0 },
            { contingentId: 1, quota: 11 },
          ],
        },
      ],
    });
    expect(planZones([old], [zone(34)], true)).toMatchObject({ kept: [{ shares: [] }] });
    expect(planZones([old], [zone(100)], false).faults).toMatchObject([{ code: 'zone_in_use' }]);
  });

  it('one without a namesake goes if it is empty, and new ones come', () => {
    expect(planZones([pit({ sold: 1 })], [zone(9, 'LAWN')], true).faults).toEqual([
      { code: 'zone_missing', params: { zone: 'PIT', taken: 1 } },
    ]);
    expect(planZones([pit({})], [zone(9, 'LAWN')], false)).toMatchObject({
      faults: [],
      removed: [1],
      added: [{ area: 'LAWN' }],
    });
  });
});
