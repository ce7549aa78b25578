import { expect, it } from 'vitest';
import {
  daysBetween,
  fromMinor,
  isDay,
  isZone,
  minorDigits,
  toInstant,
  toMinor,
} from './values.ts';

it.each([
  ['12.50', 2, 1250],
  ['12,5', 2, 1250],
  [12.5, 2, 1250],
  [1.1, 2, 110],
  ['0', 2, 0],
  ['12.500', 2, 1250],
  ['12.505', 2, null],
  ['1200', 0, 1200],
  ['1.5', 0, null],
  [1e21, 2, null],
  ['douze', 2, null],
])('reads %j with %i digits as %j minor units', (text, digits, minor) => {
  expect(toMinor(text, digits)).toBe(minor);
});

it.each([
  [1250, 2, '12.50'],
  [5, 2, '0.05'],
  [0, 2, '0.00'],
  [1200, 0, '1200'],
])('writes %i with %i digits as %s', (minor, digits, text) => {
  expect(fromMinor(minor, digits)).toBe(text);
  expect(toMinor(text, digits)).toBe(minor);
});

it('knows how many digits a currency has', () => {
  expect(['EUR', 'CHF', 'JPY'].map(minorDigits)).toEqual([2, 2, 0]);
});

it.each([
  ['2027-02-01', '2027-01-31T23:00:00.000Z'],
  ['2027-07-01T20:00', '2027-07-01T18:00:00.000Z'],
  ['2027-02-01T20:00:00Z', '2027-02-01T20:00:00.000Z'],
  ['2027-02-01T20:00:00.250+01:00', '2027-02-01T19:00:00.250Z'],
  // The hour that comes twice is the earlier one, the one that does not come is read an hour on.
  ['2027-10-31T02:30', '2027-10-31T00:30:00.000Z'],
  ['2027-02-30', null],
  ['2027-02-01T25:00', null],
  // What the database could not keep is no day of any house.
  ['0000-01-01T00:00:00Z', null],
  ['9999-12-31', null],
])('%s in Paris is %s', (text, instant) => {
  expect(toInstant(text, 'Europe/Paris')).toBe(instant);
});

it('knows days and zones', () => {
  expect(['2028-02-29', '2027-02-29', '0001-01-01'].map(isDay)).toEqual([true, false, false]);
  expect([isZone('Europe/Zurich'), isZone('Mars/Base')]).toEqual([true, false]);
  expect(daysBetween('2027-02-27', '2027-03-01')).toEqual([
    '2027-02-27',
    '2027-02-28',
    '2027-03-01',
  ]);
  expect(daysBetween('2027-03-01', '2027-02-27')).toEqual([]);
});
