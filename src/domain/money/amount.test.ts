import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAmount } from './amount.ts';

describe('an amount as people type it', () => {
  it.each([
    ['1234.50', 123_450],
    ['1234,5', 123_450],
    ['1 234,50', 123_450],
    ['1\u202f234,50', 123_450],
    ["1'234.50", 123_450],
    ['1’234.50', 123_450],
    ['1.234,50', 123_450],
    ['1,234.50', 123_450],
    ['1.234.567', 123_456_700],
    ['-44,00', -4400],
    ['+44', 4400],
    ['−0,05', -5],
    ['0', 0],
    ['-0', 0],
    [' 12 ', 1200],
  ])('%s', (text, minor) => {
    expect(parseAmount(text, 2)).toBe(minor);
  });

  it.each(['', '-', '.', '1.234', '1,234', '1,2,3', '1.23.456', '12 34', '1.5,5.5', '4,4E1'])(
    '%s is refused',
    (text) => {
      expect(parseAmount(text, 2)).toBeNull();
    },
  );

  it.each(['12,', ',5', '1.234,567', '12.345', '12 EUR', 'abc', '1..2', "1''234", '--4'])(
    '%s is refused too',
    (text) => {
      expect(parseAmount(text, 2)).toBeNull();
    },
  );

  it('has no more decimals than its currency', () => {
    expect(parseAmount('1200', 0)).toBe(1200);
    expect(parseAmount('1200.5', 0)).toBeNull();
    expect(parseAmount('99999999999999999', 2)).toBeNull();
  });

  it('is what was printed, in every language', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom('fr', 'en', 'de', 'it', 'es', 'de-CH', 'fr-CH'),
        (minor, language) => {
          const format = new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
          expect(parseAmount(format.format(minor / 100), 2)).toBe(minor);
        },
      ),
    );
  });
});
