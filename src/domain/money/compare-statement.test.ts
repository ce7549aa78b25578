import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OurTicket, StatementSides, TheirLine } from './compare-statement.ts';
import { compareStatement } from './compare-statement.ts';

const ticket = (number: string, grossMinor: number, more: Partial<OurTicket> = {}): OurTicket => ({
  number,
  formerNumbers: [],
  performanceId: 1,
  grossMinor,
  commissionMinor: grossMinor / 10,
  onTopMinor: 0,
  bookedIn: null,
  ...more,
});
const stated = (
  line: number,
  name: string | null,
  grossMinor: number,
  more: Partial<TheirLine> = {},
): TheirLine => ({
  statementId: 9,
  line,
  ticket: name,
  performanceId: null,
  grossMinor,
  commissionMinor: grossMinor / 10,
  ...more,
});
const compare = (
  ours: readonly OurTicket[],
  theirs: readonly TheirLine[],
  more: Partial<StatementSides> = {},
) =>
  compareStatement({
    ours,
    theirs,
    totals: null,
    causes: new Map(),
    openCases: new Map(),
    ...more,
  });

describe('a statement by ticket', () => {
  it('agrees where every ticket does, however its lines are cut', () => {
    const refund = stated(3, 'A', -1000);
    const compared = compare(
      [ticket('A', 3000), ticket('B', 2000), ticket('C', 0)],
      [stated(1, 'A', 4000), stated(2, 'B', 2000), refund],
    );
    expect(compared.differences).toEqual([]);
    expect(compared.agreed.map(({ line }) => line).sort()).toEqual([1, 2, 3]);
    expect(compared.ours).toEqual({ grossMinor: 5000, commissionMinor: 500, tickets: 3 });
    expect(compared.theirs).toEqual({ grossMinor: 5000, commissionMinor: 500, tickets: 2 });
  });

  it('tells what is missing on either side and what differs', () => {
    const { differences, agreed } = compare(
      [
        ticket('A', 4000),
        ticket('B', 2000),
        ticket('C', 1000),
        ticket('D', 500, { bookedIn: '2026-12' }),
      ],
      [stated(1, 'A', 4100), stated(2, 'B', 2000, { commissionMinor: 0 }), stated(3, 'X', 700)],
    );
    expect(differences.map((one) => [one.ticket, one.cause])).toEqual([
      ['A', 'amount'],
      ['B', 'commission'],
      ['C', 'missing_there'],
      ['D', 'late_entry'],
      ['X', 'missing_here'],
    ]);
    expect(agreed).toEqual([]);
  });

  it('names the cause that is known', () => {
    const causes = new Map([
      ['X', 'open_case' as const],
      ['Y', 'test' as const],
    ]);
    const { differences } = compare([], [stated(1, 'X', 100), stated(2, 'Y', 100)], { causes });
    expect(differences.map((one) => one.cause)).toEqual(['open_case', 'test']);
  });

  it('finds a ticket by the number that it had before a duplicate', () => {
    const ours = [ticket('NEW', 4000, { formerNumbers: ['OLD'] })];
    expect(compare(ours, [stated(1, 'OLD', 4000)]).differences).toEqual([]);
    expect(compare(ours, [stated(1, 'NEW', 4000)]).differences).toEqual([]);
  });

  it('takes a commission on top stated either way, and no other shift of the two', () => {
    const ours = [ticket('A', 4000, { commissionMinor: 0, onTopMinor: 400 })];
    const theirs = (grossMinor: number, commissionMinor: number) =>
      compare(ours, [stated(1, 'A', grossMinor, { commissionMinor })]).differences.length;
    expect(theirs(4000, 0)).toBe(0);
    expect(theirs(4400, 400)).toBe(0);
    expect(theirs(4300, 300)).toBe(1);
    expect(theirs(4400, 0)).toBe(1);
  });
});

describe('a statement by performance', () => {
  it('compares sums with the tickets that no line names', () => {
    const ours = [
      ticket('A', 4000),
      ticket('B', 2000),
      ticket('C', 1000, { performanceId: 2 }),
      ticket('P', 1200, { performanceId: null }),
    ];
    const sum = (line: number, performanceId: number | null, gross: number) =>
      stated(line, null, gross, { performanceId });
    const whole = [stated(1, 'A', 4000), sum(2, 1, 2000), sum(3, 2, 1000), sum(4, null, 1200)];
    expect(compare(ours, whole).differences).toEqual([]);
    expect(compare(ours, whole).agreed).toHaveLength(4);
    const openCases = new Map([[2, 3]]);
    const off = [sum(1, 1, 6000), sum(2, 2, 1500), sum(3, null, 1300)];
    expect(compare(ours, off, { openCases }).differences).toMatchObject([
      { by: 'performance', performanceId: 2, cause: 'open_case', openCases: 3 },
      { by: 'performance', performanceId: null, cause: 'amount', openCases: 0 },
    ]);
  });
});

describe('a statement of totals', () => {
  it('is compared in all', () => {
    const ours = [ticket('A', 4000), ticket('B', 2000)];
    const totals = (grossMinor: number, commissionMinor: number) =>
      compare(ours, [], { totals: { grossMinor, commissionMinor, tickets: 2 } }).differences;
    expect(totals(6000, 600)).toEqual([]);
    expect(totals(6000, 500)).toMatchObject([{ by: 'total', cause: 'commission' }]);
    expect(totals(6100, 600)).toMatchObject([{ by: 'total', cause: 'amount' }]);
  });
});

it('the differences are the whole difference of the sums', () => {
  const money = fc.integer({ min: -50, max: 50 }).map((n) => n * 10);
  const name = fc.constantFrom('A', 'B', 'C', 'D');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(name, money)),
      fc.array(fc.tuple(fc.option(name), money)),
      (ours, theirs) => {
        const compared = compare(
          ours.map(([number, gross]) => ticket(number, gross)),
          theirs.map(([number, gross], index) =>
            stated(index + 1, number, gross, { performanceId: 1 }),
          ),
        );
        let [gross, commission] = [0, 0];
        for (const one of compared.differences) {
          gross += (one.theirs?.grossMinor ?? 0) - (one.ours?.grossMinor ?? 0);
          commission += (one.theirs?.commissionMinor ?? 0) - (one.ours?.commissionMinor ?? 0);
        }
        expect(gross).toBe(compared.theirs.grossMinor - compared.ours.grossMinor);
        expect(commission).toBe(compared.theirs.commissionMinor - compared.ours.commissionMinor);
      },
    ),
  );
});
