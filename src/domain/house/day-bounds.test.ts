import { expect, it } from 'vitest';
import { dayBounds } from './day-bounds.ts';

const PARIS = 'Europe/Paris';

it('a day is the zone’s, 23 hours long where the clock goes forward', () => {
  expect(dayBounds('2027-03-28', '2027-03-28', PARIS)).toEqual({
    from: '2027-03-27T23:00:00.000Z',
    until: '2027-03-28T22:00:00.000Z',
  });
});

it('nothing bounds where no day is told, nor beyond the years that anybody keeps', () => {
  expect(dayBounds(null, null, PARIS)).toEqual({ from: null, until: null });
  expect(dayBounds('0001-01-01', '9999-12-31', PARIS)).toEqual({ from: null, until: null });
});
