import { describe, expect, it } from 'vitest';
import { checkClosing } from './closing.ts';

const ask = (period: string, closed: string[] = [], evenRunning = false) => {
  const answer = checkClosing({ period, closed, running: '2026-11', evenRunning });
  return answer.outcome === 'refused' ? answer.code : answer.outcome;
};

describe('closing a period', () => {
  it('is done in order, from any past month on', () => {
    expect(ask('2026-10')).toBe('may_close');
    expect(ask('2026-03')).toBe('may_close');
    expect(ask('2026-10', ['2026-09'])).toBe('may_close');
    expect(ask('2026-10', ['2026-08'])).toBe('account.period_order');
    expect(ask('2026-08', ['2026-09'])).toBe('closed_already');
    expect(ask('2026-09', ['2026-09'])).toBe('closed_already');
    expect(ask('2027-01', ['2026-12'])).toBe('account.period_future');
  });

  it('of the running month needs to be said, of a month to come is refused', () => {
    expect(ask('2026-11', ['2026-10'])).toBe('account.period_running');
    expect(ask('2026-11', ['2026-10'], true)).toBe('may_close');
    expect(ask('2026-12', ['2026-11'], true)).toBe('account.period_future');
  });
});
