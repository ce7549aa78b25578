import { expect, test } from 'vitest';
import { minorDigits, toMinor } from './decimal.ts';

test.each([
  ['44', 4400],
  ['44.0', 4400],
  ['44.00', 4400],
  ['44.000', 4400],
  [' 44.5 ', 4450],
  ['+44.00', 4400],
  ['0', 0],
  ['-0.00', 0],
  ['-44.00', -4400],
  // As a float, 4350.15 * 100 is 435014.99999999994.
  ['4350.15', 435_015],
  ['1.005', null],
  ['44,00', null],
  ['4.4E1', null],
  ['44.', null],
  ['.5', null],
  ['', null],
  ['€44', null],
  ['1 000.00', null],
  ['99999999999999', null],
])('%j is %j hundredths', (text, minor) => {
  expect(toMinor(text, 2)).toBe(minor);
  // The second reading comes from memory.
  expect(toMinor(text, 2)).toBe(minor);
});

test('the minor unit is the currency’s', () => {
  expect(toMinor('1000', minorDigits('XPF'))).toBe(1000);
  expect(toMinor('1000.5', minorDigits('XPF'))).toBeNull();
  expect(toMinor('1.005', minorDigits('TND'))).toBe(1005);
  expect(toMinor('10', minorDigits('CHF'))).toBe(1000);
});
