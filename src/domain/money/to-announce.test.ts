import { describe, expect, it } from 'vitest';
import type { PricedLine } from './to-announce.ts';
import { isToAnnounce } from './to-announce.ts';

const NOW = '2026-11-24T10:00:00.000Z';
const line = (change: Partial<PricedLine>): PricedLine => ({
  id: 1,
  amountMinor: 4000,
  beforeMinor: 3500,
  validFrom: '2026-11-01T00:00:00.000Z',
  until: null,
  toldMinor: null,
  formSentAt: '2026-10-01T00:00:00.000Z',
  formKept: false,
  ...change,
});
const news = (change: Partial<PricedLine>) => isToAnnounce(line(change), NOW);

describe('a price is to be announced', () => {
  it('when it changed after the form, or will', () => {
    expect(news({})).toBe(true);
    expect(news({ validFrom: '2027-01-01T00:00:00.000Z' })).toBe(true);
    expect(news({ validFrom: '2026-09-01T00:00:00.000Z' })).toBe(false);
  });

  it('when no form is known and it is not the first price', () => {
    expect(news({ formSentAt: null })).toBe(true);
    expect(news({ formSentAt: null, beforeMinor: null })).toBe(false);
    expect(news({ formSentAt: null, validFrom: '1970-01-01T00:00:00.000Z' })).toBe(false);
    expect(news({ beforeMinor: null })).toBe(true);
  });

  it('when it is not among the prices of a form that were kept', () => {
    expect(news({ formKept: true, validFrom: '1970-01-01T00:00:00.000Z' })).toBe(true);
    expect(news({ formKept: true, toldMinor: 4000 })).toBe(false);
  });

  it('not when it is over, or no other amount', () => {
    expect(news({ until: NOW })).toBe(false);
    expect(news({ until: '2026-12-01T00:00:00.000Z' })).toBe(true);
    expect(news({ beforeMinor: 4000 })).toBe(false);
  });

  it('again when it was told otherwise', () => {
    expect(news({ toldMinor: 4000 })).toBe(false);
    expect(news({ toldMinor: 3900 })).toBe(true);
    expect(news({ toldMinor: 3900, validFrom: '2026-09-01T00:00:00.000Z' })).toBe(true);
  });
});
