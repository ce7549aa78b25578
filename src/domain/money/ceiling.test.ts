import { describe, expect, it } from 'vitest';
import { ceilingLevel, filledPercent, warnedAfter } from './ceiling.ts';

describe('the ceiling of an account', () => {
  it('is reached at 80 and at 100 per cent', () => {
    const levels = [0, 7999, 8000, 9999, 10_000, 12_000, -5].map((b) => ceilingLevel(b, 10_000));
    expect(levels).toEqual([0, 0, 80, 80, 100, 100, 0]);
    expect(ceilingLevel(1_000_000, null)).toBe(0);
    expect([ceilingLevel(0, 0), ceilingLevel(1, 0)]).toEqual([0, 100]);
  });

  it('never says 100 per cent before it is full', () => {
    expect(filledPercent(9999, 10_000)).toBe(99);
    expect(filledPercent(10_000, 10_000)).toBe(100);
    expect(filledPercent(-1, 10_000)).toBe(0);
    expect(filledPercent(1, null)).toBeNull();
  });

  it('is warned of once, however sales and refunds go around the threshold', () => {
    let warned = warnedAfter(0, 8000, 10_000, false);
    expect(warned).toBe(80);
    warned = warnedAfter(warned, 7100, 10_000, false);
    expect(warned).toBe(80);
    warned = warnedAfter(warned, 6999, 10_000, false);
    expect(warned).toBe(0);
    expect(warnedAfter(100, 9500, 10_000, false)).toBe(100);
    expect(warnedAfter(100, 8500, 10_000, false)).toBe(80);
  });

  it('falls back at once with a payment or a raised ceiling', () => {
    expect(warnedAfter(80, 7999, 10_000, true)).toBe(0);
    expect(warnedAfter(100, 9999, 10_000, true)).toBe(80);
    expect(warnedAfter(100, 10_000, 20_000, true)).toBe(0);
    expect(warnedAfter(80, 9000, null, true)).toBe(0);
  });
});
