import { expect, test } from 'vitest';
import { instantOf, localOf } from './venue-time.ts';

test.each([
  ['2027-02-01T20:00', '2027-02-01T19:00:00.000Z'],
  ['2027-07-01T20:00', '2027-07-01T18:00:00.000Z'],
  // The clocks go back at 3: half past two comes twice, and it is the first of them.
  ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
])('%s in Paris is %s', (local, instant) => {
  expect(instantOf(local, 'Europe/Paris')).toBe(instant);
  expect(localOf(instant, 'Europe/Paris')).toBe(local);
});

test('a time that the change of clocks leaves out is an hour later', () => {
  expect(instantOf('2027-03-28T02:30', 'Europe/Paris')).toBe('2027-03-28T01:30:00.000Z');
});
