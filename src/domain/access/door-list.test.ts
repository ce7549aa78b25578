import { describe, expect, it } from 'vitest';
import type { ListedCode, ListTerms } from './door-list.ts';
import { createDoorLines, listOf, mayStandInList } from './door-list.ts';

const terms = (more: Partial<ListTerms> = {}): ListTerms => ({
  seasonCode: 'S1',
  productCode: 'SHOW',
  timeZone: 'Europe/Paris',
  businessDayEndsAt: '06:00',
  namesDecide: false,
  validUntil: null,
  validDays: null,
  daysPerTicket: 1,
  performance: { code: 'P1', startsAt: '2027-02-01T19:00:00.000Z', cancelled: false },
  dearest: new Map([[7, 4_000]]),
  ...more,
});
const code = (more: Partial<ListedCode> = {}): ListedCode => ({
  code: '1000001',
  state: 'valid',
  reason: null,
  changedAt: '2027-01-10T09:00:00.000Z',
  day: null,
  performanceId: 1,
  seatCategoryId: 7,
  priceMinor: 4_000,
  soldAt: '2027-01-10T09:00:00.000Z',
  nameMissing: false,
  ...more,
});

describe('the white list', () => {
  it('says what the format asks, to the letter', () => {
    const { white } = createDoorLines(terms());
    expect(white(code())).toBe('1000001;S1;SHOW;0;FALSE;FALSE;2027-02-02 05:59:59;P1;');
    const reduced = code({ priceMinor: 3_000 });
    expect(white(reduced)).toBe('1000001;S1;SHOW;0;TRUE;FALSE;2027-02-02 05:59:59;P1;');
    const test = code({ state: 'test', reason: 'test' });
    expect(white(test)).toBe('1000001;S1;SHOW;0;FALSE;TRUE;2027-02-02 05:59:59;P1;');
    const unsold = code({ state: 'provisional', priceMinor: null, soldAt: null });
    expect(white(unsold)).toBe('1000001;S1;SHOW;0;FALSE;FALSE;2027-02-02 05:59:59;P1;');
  });

  it.each([
    ['a day of several', { daysPerTicket: 3 }, { day: '2027-03-26' }, '2027-03-29 05:59:59'],
    ['midnight', { businessDayEndsAt: '00:00' }, { day: '2027-03-26' }, '2027-03-26 23:59:59'],
    ['days from the sale', { validDays: 10 }, {}, '2027-01-20 05:59:59'],
    ['its date', { validDays: 10, validUntil: '2027-01-12' }, {}, '2027-01-13 05:59:59'],
    ['no end', {}, {}, ''],
  ])('a pass ends with %s', (_what, of, own, validity) => {
    const { white } = createDoorLines(terms({ performance: null, ...of }));
    expect(white(code(own)).split(';')[6]).toBe(validity);
  });
});

it('writes the black list with the local time', () => {
  const { black } = createDoorLines(terms());
  expect(black(code(), 'STOLEN')).toBe('1000001;STOLEN;S1;SHOW;2027-01-10 10:00:00');
});

it.each([
  ['valid', null, 'white'],
  ['provisional', 'price.differs', 'white'],
  ['test', 'test', 'white'],
  ['revoked', 'cancellation', 'CANCELLED'],
  ['replaced', 'replacement', 'CANCELLED'],
  ['see_box_office', 'seat.sold', 'TECHNICAL'],
  ['revoked', 'blocked.stolen', 'STOLEN'],
  ['revoked', 'blocked.technical', 'TECHNICAL'],
] as const)('%s (%s) is on the list %s', (state, reason, list) => {
  expect(listOf(code({ state, reason }), terms())).toBe(list);
});

it('a cancelled performance opens nothing; a name that decides is no code for the gate', () => {
  const performance = { code: 'P1', startsAt: '2027-02-01T19:00:00.000Z', cancelled: true };
  expect(listOf(code(), terms({ performance }))).toBe('CANCELLED');
  const nameless = code({ nameMissing: true });
  expect(listOf(nameless, terms({ namesDecide: true }))).toBeNull();
  expect(listOf(nameless, terms())).toBe('white');
});

it.each(['1;2', '1\n2', '1\r', '=1+1', '+33', '-1', '@A', '1\t2', '"1"', '', '1\u2028'])(
  'does not write %j',
  (value) => {
    expect(mayStandInList(value)).toBe(false);
  },
);

it.each(['1234567890128', 'AB-12', 'a b', 'É1'])('writes %j', (value) => {
  expect(mayStandInList(value)).toBe(true);
});
