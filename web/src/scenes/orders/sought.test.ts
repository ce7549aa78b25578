import { describe, expect, it } from 'vitest';
import { askedOf, lacksPerformance, wayOf } from './sought.ts';

describe('what is looked for', () => {
  it('is a seat where it is written with slashes', () => {
    expect(wayOf({ text: 'B/12' })).toBe('seat');
    expect(wayOf({ text: 'GRANDE/PARTERRE//B/64' })).toBe('seat');
    expect(wayOf({ text: 'Dupont Marie' })).toBe('any');
    expect(wayOf({ text: '1234567890123456789' })).toBe('any');
    expect(wayOf({ text: '/' })).toBe('any');
  });

  it('is what one says it is, whatever it looks like', () => {
    expect(wayOf({ by: 'order', text: '2026/118' })).toBe('order');
    expect(wayOf({ by: 'nonsense', text: 'Dupont' })).toBe('any');
  });

  it('asks for the performance of a seat', () => {
    expect(lacksPerformance({ text: 'B/12' })).toBe(true);
    expect(lacksPerformance({ text: 'B/12', performance: 'prf_1' })).toBe(false);
    expect(lacksPerformance({ by: 'seat', text: ' ' })).toBe(false);
  });

  it('is asked of the server with what narrows it', () => {
    expect(askedOf({ text: ' B/12 ', performance: 'prf_1', state: 'valid' })).toEqual({
      seat: 'B/12',
      performance: 'prf_1',
      state: 'valid',
    });
    expect(askedOf({ text: 'Dupont', state: 'odd', from: '2026-11-01' })).toEqual({
      text: 'Dupont',
      from: '2026-11-01',
    });
    expect(askedOf({ text: ' ' })).toEqual({});
  });
});
