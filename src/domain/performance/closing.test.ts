import { describe, expect, it } from 'vitest';
import type { ClosingFacts } from './closing.ts';
import { closingWarnings } from './closing.ts';
import { doubtsOfMove } from './moving.ts';
import { areRefundsOverdue, refundsDueAt } from './refunds.ts';

const START = '2027-02-01T19:00:00.000Z';
const CLEAN: ClosingFacts = {
  now: '2027-02-02T09:00:00.000Z',
  startsAt: START,
  cancelledAt: null,
  interfaces: [{ code: 'FNAC', integratedAt: START, allotted: 0, travelling: 0 }],
  openCases: 0,
  provisionalCodes: 0,
  toBeRefunded: 0,
};
const codes = (facts: Partial<ClosingFacts>): string[] =>
  closingWarnings({ ...CLEAN, ...facts }).map(({ code }) => code);
const reseller = (change: object) => ({
  interfaces: [{ code: 'FNAC', integratedAt: START, allotted: 0, travelling: 0, ...change }],
});

describe('closing', () => {
  it('has nothing against it when all is read, back and settled', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ interfaces: [] })).toEqual([]);
  });

  it('warns of each thing that is open, and of all at once', () => {
    expect(codes({ now: '2027-02-01T18:59:59.999Z' })).toEqual(['not_begun']);
    expect(codes(reseller({ integratedAt: '2027-02-01T18:59:59.999Z' }))).toEqual([
      'integration_old',
    ]);
    expect(codes(reseller({ integratedAt: null }))).toEqual(['integration_old']);
    expect(codes(reseller({ allotted: 1 }))).toEqual(['allotment']);
    expect(codes(reseller({ travelling: 1 }))).toEqual(['travelling']);
    expect(codes({ openCases: 1, provisionalCodes: 1, toBeRefunded: 1 })).toEqual([
      'cases',
      'provisional',
      'to_be_refunded',
    ]);
  });

  it('of a cancelled performance counts the instant of its cancellation', () => {
    const cancelledAt = '2027-01-10T12:00:00.000Z';
    const now = '2027-01-11T12:00:00.000Z';
    expect(codes({ now, cancelledAt, ...reseller({ integratedAt: cancelledAt }) })).toEqual([]);
    expect(
      codes({ now, cancelledAt, ...reseller({ integratedAt: '2027-01-10T11:59:59.999Z' }) }),
    ).toEqual(['integration_old']);
    // Broken off in the middle: sales until its start are read before that.
    const later = '2027-02-01T20:00:00.000Z';
    expect(codes({ cancelledAt: later, ...reseller({ integratedAt: START }) })).toEqual([]);
  });
});

describe('moving', () => {
  const other = {
    id: 2,
    code: 'P2',
    localStart: '2027-02-02T20:00',
    aliases: ['2027-01-30T20:00'],
    logicalConfigurationId: 7,
  };
  const doubts = (localStart: string, logicalConfigurationId = 7) =>
    doubtsOfMove([other], { localStart, logicalConfigurationId }).map(({ code }) => code);

  it('doubts a start that another has in the same hall, or had anywhere', () => {
    expect(doubts('2027-02-02T20:00')).toEqual(['start_taken']);
    expect(doubts('2027-02-02T20:00', 8)).toEqual([]);
    expect(doubts('2027-01-30T20:00', 8)).toEqual(['start_was_others']);
    expect(doubts('2027-02-02T20:01')).toEqual([]);
  });
});

describe('refunds', () => {
  it('are due so many days after the cancellation, to the instant', () => {
    const due = refundsDueAt('2027-01-10T12:00:00.000Z', 30);
    expect(due).toBe('2027-02-09T12:00:00.000Z');
    const overdue = (now: string) => areRefundsOverdue('2027-01-10T12:00:00.000Z', 30, now);
    expect([overdue('2027-02-09T11:59:59.999Z'), overdue(due)]).toEqual([false, true]);
  });
});
