import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../order/problem.ts';
import { PROBLEMS } from '../order/problem.ts';
import { likenessOf } from './likeness.ts';
import type { Way } from './ways-out.ts';
import { CASE_CODES, decide, WAYS, waysOut, waysOutOf } from './ways-out.ts';

/** DOMAIN "Cases and cascades", row by row, typed by hand. */
const ROWS: readonly {
  row: string;
  codes: readonly ProblemCode[];
  ways: readonly Way[];
  /** What a code of the row cannot have, with the reason. */
  except?: Partial<Record<ProblemCode, readonly Way[]>>;
}[] = [
  {
    row: 'mapping',
    codes: ['mapping.missing', 'mapping.ambiguous'],
    ways: ['correct_mapping', 'not_ours'],
  },
  {
    row: 'price',
    codes: ['price.differs', 'price.missing'],
    ways: ['accept', 'correct_price', 'book_ours', 'report'],
    // Where we have no price there is none of ours to book.
    except: { 'price.missing': ['book_ours'] },
  },
  {
    row: 'window or channel',
    codes: ['product.outside_window', 'product.not_on_channel'],
    ways: ['put_on_sale', 'accept_once'],
  },
  {
    row: 'seat conflict (sold twice, not in the allotment)',
    codes: ['seat.sold', 'seat.not_in_allotment', 'seat.other_contingent'],
    ways: ['another_seat', 'house_stock', 'overbook', 'keep_ours', 'take_theirs', 'report'],
  },
  {
    row: 'over the count, unknown seat',
    codes: ['count.over', 'seat.unknown'],
    ways: ['another_seat', 'house_stock', 'overbook', 'map_seat', 'report'],
    // What is counted has no seat whose name could be mapped.
    except: { 'count.over': ['map_seat'] },
  },
  {
    row: 'ceiling',
    codes: ['account.ceiling'],
    ways: ['record_payment', 'raise_ceiling', 'accept'],
  },
  {
    row: 'cancelled or closed performance',
    codes: ['performance.cancelled', 'performance.closed'],
    ways: ['accept', 'reopen', 'book_late', 'report'],
  },
  { row: 'names missing', codes: ['names.missing'], ways: ['accept', 'ask'] },
  {
    row: 'content differs, barcode already used',
    codes: ['content.differs', 'barcode.used'],
    ways: ['keep_ours', 'take_theirs', 'report'],
  },
];

describe('the table of ways out', () => {
  it.each(ROWS)('$row', ({ codes, ways, except }) => {
    for (const code of codes) {
      const not: readonly Way[] = except?.[code] ?? [];
      const expected = ways.filter((way) => !not.includes(way));
      expect([...waysOutOf(code)].sort(), code).toEqual([...expected].sort());
      const offered = waysOut([code], 'sale').map(({ way }) => way);
      expect(offered.sort(), code).toEqual([...expected].sort());
    }
  });

  it('every problem of a case has a way out; what stops a run has none', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
      const ofRuns = /^(external|technical|interface|import|export)\./.test(code);
      if (ofRuns) expect(waysOutOf(code), code).toEqual([]);
    }
    expect(CASE_CODES).toEqual(expect.arrayContaining(['sale.missing', 'refund.exceeds']));
    expect(CASE_CODES).not.toContain('wish.lapsed');
  });

  it('a case with several problems has the union, and each way tells what it leaves', () => {
    const ways = waysOut(['price.differs', 'seat.sold'], 'sale');
    const told = Object.fromEntries(
      ways.map(({ way, settles, leaves }) => [way, [settles, leaves]]),
    );
    expect(told).toMatchObject({
      accept: [['price.differs'], ['seat.sold']],
      overbook: [['seat.sold'], ['price.differs']],
      keep_ours: [['price.differs', 'seat.sold'], []],
      report: [['price.differs', 'seat.sold'], []],
    });
  });

  it('only what brings a ticket can be put on another place', () => {
    const of = (kind: 'sale' | 'exchange' | 'cancellation') =>
      waysOut(['seat.sold'], kind).map(({ way }) => way);
    expect(of('exchange')).toContain('overbook');
    expect(of('cancellation')).not.toContain('overbook');
  });

  it('differences of money, and what is closed, are the manager’s', () => {
    const managers = (...codes: ProblemCode[]) =>
      waysOut(codes, 'sale').flatMap(({ way, manager }) => (manager ? way : []));
    expect(managers('price.differs')).toEqual(['accept', 'book_ours', 'correct_price']);
    expect(managers('account.ceiling')).toEqual(['accept', 'record_payment', 'raise_ceiling']);
    expect(managers('performance.closed')).toEqual(['reopen', 'book_late']);
    expect(managers('seat.sold', 'tariff.not_allowed')).toEqual([]);
  });
});

describe('what a way decides', () => {
  const decided = (way: Way, codes: readonly ProblemCode[], seatId?: number) =>
    decide({ way, settles: codes }, null, seatId === undefined ? null : { kind: 'seat', seatId });

  it.each([
    ['accept', ['price.differs'], { accepted: ['price.differs'], price: 'theirs' }],
    ['accept', ['tariff.not_allowed'], { accepted: ['tariff.not_allowed'] }],
    ['book_ours', ['price.differs'], { accepted: ['price.differs'], price: 'ours' }],
    ['overbook', ['seat.sold'], { accepted: ['seat.sold'], place: { kind: 'overbooked' } }],
    ['take_theirs', ['seat.sold'], { accepted: ['seat.sold'], place: { kind: 'take_over' } }],
    ['take_theirs', ['content.differs'], { accepted: ['content.differs'], contents: 'theirs' }],
    ['take_theirs', ['barcode.used'], { accepted: ['barcode.used'] }],
    ['book_late', ['performance.closed'], { accepted: ['performance.closed'], late: true }],
    ['correct_price', ['price.differs'], null],
    ['keep_ours', ['seat.sold'], null],
  ] as const)('%s of %s', (way, codes, decision) => {
    expect(decided(way, codes)).toEqual(decision);
  });

  it('a seat is named; without one the house gives the reported place', () => {
    expect(decided('another_seat', ['seat.sold'], 7)).toMatchObject({
      place: { kind: 'seat', seatId: 7 },
    });
    expect(() => decided('another_seat', ['seat.sold'])).toThrow();
    expect(decided('house_stock', ['count.over'])).toMatchObject({
      place: { kind: 'house_stock' },
    });
    expect(decided('house_stock', ['seat.unknown'], 7)).toMatchObject({
      place: { kind: 'seat', seatId: 7 },
    });
  });

  it('goes beside what was decided before', () => {
    const before = decided('accept', ['price.differs']);
    expect(decide({ way: 'overbook', settles: ['seat.sold'] }, before)).toEqual({
      accepted: ['price.differs', 'seat.sold'],
      price: 'theirs',
      place: { kind: 'overbooked' },
    });
  });

  it('every way is in the table, and each that needs words says which', () => {
    const used = new Set(CASE_CODES.flatMap((code) => waysOutOf(code)));
    expect(Object.keys(WAYS).filter((way) => !used.has(way as Way))).toEqual([]);
  });
});

describe('likeness', () => {
  const price = (ours: number, reported: number) => ({
    code: 'price.differs' as const,
    params: { ours, reported, currency: 'EUR' },
  });

  it('of prices is their difference', () => {
    expect(likenessOf([price(4000, 4100)])).toBe(likenessOf([price(3000, 3100)]));
    expect(likenessOf([price(4000, 4100)])).not.toBe(likenessOf([price(4000, 3900)]));
  });

  it('of mappings is the value; of seats the problem; several problems in any order', () => {
    const missing = (value: string) => ({
      code: 'mapping.missing' as const,
      params: { word: 'tariff', value, parent: 'X' },
    });
    const sold = (seat: string) => ({ code: 'seat.sold' as const, params: { seat, holder: '1' } });
    expect(likenessOf([missing('7')])).not.toBe(likenessOf([missing('8')]));
    expect(likenessOf([sold('A'), missing('7')])).toBe(likenessOf([missing('7'), sold('B')]));
  });
});
