import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntrySum, TicketMoney } from './mark-test.ts';
import { codeOfMark, entriesOfMark } from './mark-test.ts';

const at = (day: number): string => `2027-01-${String(day).padStart(2, '0')}T10:00:00.000Z`;
const sale = { kind: 'sale', operationAt: at(5), amountMinor: 4_000, commissionMinor: 180 };
const refund = { kind: 'refund', operationAt: at(6), amountMinor: -1_000, commissionMinor: -50 };
const ticket = (more: Partial<TicketMoney> = {}): TicketMoney => ({
  soldAt: at(5),
  bookedMinor: 4_000,
  commissionOnTop: false,
  operations: [sale, refund],
  entries: [],
  ...more,
});
const kinds = (entries: readonly EntrySum[]) =>
  entries.map(({ kind, operationAt, amountMinor }) => [kind, operationAt, amountMinor]);

describe('what a mark does to the ledger', () => {
  it('books what a test never had, each at its instant', () => {
    expect(kinds(entriesOfMark(ticket(), false, null))).toEqual([
      ['sale', at(5), 4_000],
      ['commission', at(5), -180],
      ['refund', at(6), -1_000],
      ['commission', at(6), 50],
    ]);
  });

  it('a commission on top never was in the ledger', () => {
    const entries = entriesOfMark(ticket({ commissionOnTop: true }), false, null);
    expect(kinds(entries).map(([kind]) => kind)).toEqual(['sale', 'refund']);
  });

  it('a corrected price is the sale’s', () => {
    const correction = { kind: 'correction', operationAt: at(7), amountMinor: -500 };
    const corrected = ticket({
      bookedMinor: 3_500,
      operations: [sale, { ...correction, commissionMinor: 0 }],
    });
    expect(kinds(entriesOfMark(corrected, false, null))).toEqual([
      ['sale', at(5), 4_000],
      ['commission', at(5), -180],
      ['sale', at(7), -500],
    ]);
  });

  it('nothing where the account opened later', () => {
    expect(entriesOfMark(ticket(), false, at(9))).toEqual([]);
    expect(entriesOfMark(ticket(), false, at(5))).not.toEqual([]);
  });

  it('marked and lifted in turn, it is nothing and then all of it again', () => {
    const amount = fc.integer({ min: -5_000, max: 5_000 });
    const operation = fc.record({
      kind: fc.constantFrom('refund', 'cancellation', 'exchange', 'test', 'holder'),
      operationAt: fc.integer({ min: 6, max: 12 }).map(at),
      amountMinor: amount,
      commissionMinor: amount,
    });
    const marks = fc.array(fc.boolean(), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 6 }), marks, (more, turns) => {
        let money = ticket({ operations: [sale, ...more] });
        const booked = entriesOfMark(money, false, null);
        for (const isTest of turns) {
          const entries = [...money.entries, ...entriesOfMark(money, isTest, null)];
          money = { ...money, entries };
          // What is still to do: nothing, whichever was asked last.
          expect(entriesOfMark(money, isTest, null)).toEqual([]);
          const sum = entries.reduce((all, one) => all + one.amountMinor, 0);
          const due = booked.reduce((all, one) => all + one.amountMinor, 0);
          expect(sum).toBe(isTest ? 0 : due);
        }
      }),
      { seed: 11 },
    );
  });
});

describe('what a mark does to a code', () => {
  const living = { state: 'valid', overbooked: false, performanceCancelled: false } as const;
  it.each([
    ['valid', 'test'],
    ['provisional', 'test'],
    ['see_box_office', 'test'],
    ['revoked', undefined],
    ['replaced', undefined],
  ])('marked, a code that is %s is %s', (before, after) => {
    expect(codeOfMark(before, living, true)?.state).toBe(after);
  });

  it.each([
    [living, 'valid'],
    [{ ...living, overbooked: true }, 'see_box_office'],
    [{ ...living, performanceCancelled: true }, 'revoked'],
    [{ ...living, state: 'cancelled' as const }, 'revoked'],
  ])('lifted, it is what its ticket is: %j', (of, after) => {
    expect(codeOfMark('test', of, false)?.state).toBe(after);
    expect(codeOfMark('revoked', of, false)).toBeNull();
  });
});
