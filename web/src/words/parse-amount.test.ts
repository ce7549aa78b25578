import { describe, expect, it } from 'vitest';
import { parseAmount } from './parse-amount.ts';

describe('an amount as a person types it', () => {
  it('has a comma or a point, and spaces between thousands', () => {
    expect(
      ['12', '12,5', '12.50', '1 250,00', '1\u202f250,05', '-3,20'].map((one) => parseAmount(one)),
    ).toEqual([1200, 1250, 1250, 125000, 125005, -320]);
  });

  it('has no more decimals than its currency', () => {
    expect(parseAmount('12,345')).toBeNaN();
    expect(parseAmount('1200', 0)).toBe(1200);
  });

  it('is nothing else', () => {
    expect(['', 'douze', '1,2,3', '12€'].map((one) => parseAmount(one))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
