import { describe, expect, it } from 'vitest';
import type { PaperBooks, PaperOptions } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import { OTHER_INTERFACE, PAPER_ROWS } from '../../../tests/support/paper-house.ts';
import {
  cancellation,
  message,
  paperBooks,
  refund,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';
import type { Problem } from './problem.ts';

/** Every refusal that the planner can give, each with exactly its parameters. */

async function refusals(books: PaperBooks, told: Message): Promise<readonly Problem[]> {
  const plan = await books.integrate([told]);
  checkBooks(books);
  return plan.cases.find(({ candidate }) => candidate.message === told)?.problems ?? [];
}

const zone = { block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 };
const pass = { hall: null, block: null, row: null, seat: null, category: null, priceMinor: 1500 };

interface Refused {
  name: string;
  told: Partial<Message>;
  problems: readonly Problem[];
  options?: PaperOptions;
  prepare?: (books: PaperBooks) => unknown;
}

const one = (code: Problem['code'], params: Problem['params']): Problem[] => [{ code, params }];

const WORDS: readonly Refused[] = [
  {
    name: 'an unknown product',
    told: { product: 'mNEW' },
    problems: one('mapping.missing', { word: 'product', value: 'mNEW', parent: '' }),
  },
  {
    name: 'a start without a performance',
    told: { start: '2027-02-09T20:00' },
    problems: one('mapping.missing', {
      word: 'performance',
      value: '2027-02-09T20:00',
      parent: 'mSHOW',
    }),
  },
  {
    name: 'an unknown category, tariff and block, all at once and without a price',
    told: { category: '7', tariff: '8', block: 'bZ' },
    problems: [
      { code: 'mapping.missing', params: { word: 'seat_category', value: '7', parent: 'GREAT' } },
      { code: 'mapping.missing', params: { word: 'tariff', value: '8', parent: 'mSHOW' } },
      { code: 'mapping.missing', params: { word: 'block', value: 'bZ', parent: 'GREAT' } },
    ],
  },
  {
    name: 'a sale without a tariff',
    told: { tariff: null },
    problems: one('mapping.missing', { word: 'tariff', value: '', parent: 'mSHOW' }),
  },
  {
    name: 'two performances at one start and no hall told',
    told: { product: 'mMATCH', start: '2027-03-01T18:00', hall: null },
    problems: one('mapping.ambiguous', {
      word: 'performance',
      value: '2027-03-01T18:00',
      candidates: 'IN-1, IN-2',
    }),
  },
  {
    name: 'two performances at one start and an unknown hall',
    told: { product: 'mMATCH', start: '2027-03-01T18:00', hall: 'hNEW' },
    problems: [
      {
        code: 'mapping.missing',
        params: { word: 'logical_configuration', value: 'hNEW', parent: 'MATCH' },
      },
      {
        code: 'mapping.ambiguous',
        params: { word: 'performance', value: '2027-03-01T18:00', candidates: 'IN-1, IN-2' },
      },
    ],
  },
  {
    name: 'a dated pass without its day',
    told: { product: 'mDAYS', start: null, ...pass },
    problems: one('mapping.missing', { word: 'performance', value: '', parent: 'DAYS' }),
  },
  {
    name: 'a category of seats without a seat',
    told: { block: null, row: null, seat: null },
    problems: one('seat.missing', { category: 'CAT1' }),
  },
];

const SELLING: readonly Refused[] = [
  {
    name: 'a kind that resellers may not sell',
    told: { product: 'mSUBSCR', start: null, ...pass },
    problems: one('product.not_sellable', { product: 'SUBSCR', kind: 'season_ticket' }),
  },
  {
    name: 'a product that is not on this channel',
    told: {},
    options: { catalogue: { windows: PAPER_ROWS.windows.slice(1) } },
    problems: one('product.not_on_channel', { product: 'SHOW' }),
  },
  {
    name: 'a sale before the window, by its own instant',
    told: { operationAt: '2025-12-31T23:59:59.000Z' },
    options: { terms: { pricePolicy: 'reseller' } },
    problems: one('product.outside_window', {
      product: 'SHOW',
      at: '2025-12-31T23:59:59.000Z',
    }),
  },
  ...(['preparing', 'closed'] as const).map((state, index) => ({
    name: `a performance that is ${state}`,
    told: { start: `2027-02-0${index === 0 ? 3 : 6}T20:00` },
    problems: one(`performance.${state}`, { performance: state.toUpperCase(), state }),
  })),
  {
    name: 'a sale after the cancellation of its performance',
    told: { start: '2027-02-05T20:00', operationAt: '2026-12-05T10:00:00.001Z' },
    problems: one('performance.cancelled', { performance: 'CANCELLED', state: 'cancelled' }),
  },
  {
    name: 'a tariff that may not go to resellers',
    told: { tariff: '9', priceMinor: 1000 },
    problems: one('tariff.not_allowed', { tariff: 'Member/CARD' }),
  },
  {
    name: 'an undated pass sold when it was over, by the day of its zone',
    told: { product: 'mOPEN', start: null, ...pass, operationAt: '2027-12-31T23:30:00.000Z' },
    options: {
      catalogue: { windows: PAPER_ROWS.windows.map((row) => ({ ...row, closesAt: null })) },
    },
    problems: one('pass.not_valid_then', { product: 'OPEN', day: '2028-01-01' }),
  },
  {
    name: 'a dated pass for a day outside its validity, which has no count either',
    told: { product: 'mDAY', start: '2027-06-01', ...pass },
    problems: [
      { code: 'pass.not_valid_then', params: { product: 'DAY', day: '2027-06-01' } },
      { code: 'count.over', params: { place: '2027-06-01', left: 0 } },
    ],
  },
];

const SEAT = 'HALL/ORCH/A/1/1';

const PLACES: readonly Refused[] = [
  {
    name: 'a seat that we do not have',
    told: { seat: '99' },
    problems: one('seat.unknown', { seat: 'HALL/ORCH/A/1/99' }),
  },
  {
    name: 'a seat of another reseller',
    told: {},
    prepare: (books) => Object.assign(seatOf(books, 1), { interfaceId: OTHER_INTERFACE }),
    problems: one('seat.other_contingent', { seat: SEAT, contingent: 'RES' }),
  },
  {
    name: 'a seat of a contingent of another channel',
    told: {},
    prepare: (books) => Object.assign(seatOf(books, 1), { interfaceId: null, contingentId: 402 }),
    problems: one('seat.other_contingent', { seat: SEAT, contingent: 'ELSE' }),
  },
  {
    name: 'a seat of no contingent',
    told: {},
    prepare: (books) => Object.assign(seatOf(books, 1), { interfaceId: null, contingentId: null }),
    problems: one('seat.not_in_allotment', { seat: SEAT }),
  },
  {
    name: 'a seat that is held here',
    told: {},
    prepare: (books) => Object.assign(seatOf(books, 1), { interfaceId: null, state: 'held' }),
    problems: one('seat.not_in_allotment', { seat: SEAT }),
  },
  {
    name: 'a seat that the venue sold',
    told: {},
    prepare: (books) => Object.assign(seatOf(books, 1), { state: 'sold', ownReference: 'DESK-7' }),
    problems: one('seat.sold', { seat: SEAT, holder: 'DESK-7' }),
  },
  {
    name: 'a seat that another ticket holds, and its category all the same',
    told: { category: '2', priceMinor: 3000 },
    prepare: (books) => books.integrate([message({ ticket: 'FIRST' })]),
    problems: [
      { code: 'seat.sold', params: { seat: SEAT, holder: 'FIRST' } },
      { code: 'seat.wrong_category', params: { seat: SEAT, reported: 'CAT2', ours: 'CAT1' } },
    ],
  },
  {
    name: 'a seat of another category',
    told: { category: '2', priceMinor: 3000 },
    problems: one('seat.wrong_category', { seat: SEAT, reported: 'CAT2', ours: 'CAT1' }),
  },
  {
    name: 'a zone of another category',
    told: { ...zone, category: '2', priceMinor: 3000 },
    problems: one('seat.wrong_category', { seat: 'HALL/PIT', reported: 'CAT2', ours: 'PIT' }),
  },
  {
    name: 'a zone beyond what was handed over, though the contingent has more',
    told: zone,
    prepare: (books) => books.integrate([message(zone), message(zone), message({ ...zone })]),
    problems: one('count.over', { place: '2027-02-01T20:00', left: 0 }),
  },
  {
    name: 'a pass beyond its limit',
    told: { product: 'mOPEN', start: null, ...pass },
    prepare: (books) =>
      books.integrate([1, 2, 3].map(() => message({ product: 'mOPEN', start: null, ...pass }))),
    problems: one('count.over', { place: 'mOPEN', left: 0 }),
  },
];

const MONEY: readonly Refused[] = [
  {
    name: 'another price',
    told: { priceMinor: 4100 },
    problems: one('price.differs', { ours: 4000, reported: 4100, currency: 'EUR' }),
  },
  {
    name: 'no price of ours',
    told: { block: 'bB', category: '2', tariff: '6' },
    problems: one('price.missing', { ours: null, reported: 4000, currency: 'EUR' }),
  },
  {
    name: 'a negative price',
    told: { priceMinor: -1 },
    problems: one('price.negative', { reported: -1, currency: 'EUR' }),
  },
  {
    name: 'another currency',
    told: { currency: 'CHF' },
    problems: one('currency.differs', { reported: 'CHF', ours: 'EUR' }),
  },
  {
    name: 'a closed pending account',
    told: {},
    options: { terms: { accountOpen: false } },
    problems: one('account.closed', { interface: '1' }),
  },
  {
    name: 'a full ceiling that blocks',
    told: {},
    options: { terms: { ceilingMinor: 3999, ceilingBlocks: true } },
    problems: one('account.ceiling', { ceiling: 3999, balance: 0, currency: 'EUR' }),
  },
  {
    name: 'a code of another ticket',
    told: { seat: '2', barcode: 'SAME' },
    prepare: (books) => books.integrate([message({ barcode: 'SAME' })]),
    problems: one('barcode.used', { barcode: 'SAME' }),
  },
  {
    name: 'a number whose ticket lives',
    told: { ticket: 'ONE', seat: '2' },
    prepare: (books) => books.integrate([message({ ticket: 'ONE' })]),
    problems: one('ticket.living', { ticket: 'ONE' }),
  },
];

describe.each([
  ['words', WORDS],
  ['selling', SELLING],
  ['places', PLACES],
  ['money and numbers', MONEY],
])('a sale is refused: %s', (_, cases) => {
  it.each(cases)('$name', async ({ told, problems, options, prepare }) => {
    const books = paperBooks(options);
    await prepare?.(books);
    expect(await refusals(books, message(told))).toEqual(problems);
  });
});

describe('a sale tells all that is wrong with it', () => {
  it('price, seat, number and code at once', async () => {
    const books = paperBooks();
    await books.integrate([message({ ticket: 'ONE', barcode: 'SAME' })]);
    const told = message({ ticket: 'TWO', barcode: 'SAME', priceMinor: 1, tariff: '9' });
    expect((await refusals(books, told)).map(({ code }) => code)).toEqual([
      'tariff.not_allowed',
      'price.differs',
      'seat.sold',
      'barcode.used',
    ]);
  });
});

describe('a return is refused', () => {
  it('beyond the price, counting what was given back before', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale, refund(sale, 1500)]);
    expect(await refusals(books, refund(sale, 2501))).toEqual(
      one('refund.exceeds', { amount: 2501, price: 4000, refunded: 1500, currency: 'EUR' }),
    );
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'valid', refundedMinor: 1500 });
  });

  it('with more commission than was taken, or less than none', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4000, commissionMinor: 200 });
    await books.integrate([sale]);
    for (const amount of [201, -1]) {
      expect(await refusals(books, refund(sale, 0, { commissionMinor: amount }))).toEqual(
        one('refund.exceeds', { amount, price: 200, refunded: 0, currency: 'EUR' }),
      );
    }
    expect(books.ledger.length).toBe(2);
  });

  it('with commission rounded otherwise: within the tolerance it is booked as told', async () => {
    const books = paperBooks({ terms: { toleranceMinor: 2 } });
    const sale = message({ priceMinor: 4000, commissionMinor: 200 });
    await books.integrate([sale]);
    expect(await refusals(books, refund(sale, 0, { commissionMinor: 203 }))).toEqual(
      one('refund.exceeds', { amount: 203, price: 200, refunded: 0, currency: 'EUR' }),
    );
    const within = paperBooks({ terms: { toleranceMinor: 2 } });
    await within.integrate([sale, refund(sale, 4000, { commissionMinor: 202 })]);
    expect(within.openCases()).toEqual([]);
    expect(within.ledger.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['sale', 4000],
      ['commission', -200],
      ['refund', -4000],
      ['commission', 202],
    ]);
  });

  it('of a negative amount, and in another currency', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    expect(await refusals(books, refund(sale, -5, { currency: 'USD' }))).toEqual([
      { code: 'currency.differs', params: { reported: 'USD', ours: 'EUR' } },
      { code: 'price.negative', params: { reported: -5, currency: 'EUR' } },
    ]);
  });

  it('of a closed performance', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    const closed = books.catalogue.performances.find(({ code }) => code === 'P1');
    Object.assign(closed as object, { state: 'closed' });
    const told = cancellation(sale);
    const problems = await refusals(books, told);
    Object.assign(closed as object, { state: 'running' });
    expect(problems).toEqual(one('performance.closed', { performance: 'P1', state: 'closed' }));
  });

  it('without its sale, telling its own gaps too', async () => {
    const books = paperBooks();
    const sale = message({ tariff: '8' });
    expect(await refusals(books, cancellation(sale))).toEqual([
      { code: 'mapping.missing', params: { word: 'tariff', value: '8', parent: 'mSHOW' } },
      { code: 'sale.missing', params: { ticket: sale.ticket } },
    ]);
  });

  it('behind its sale, without its own gaps', async () => {
    const books = paperBooks();
    const sale = message({ tariff: '8' });
    await books.integrate([sale]);
    expect(await refusals(books, cancellation(sale))).toEqual(
      one('blocked.behind', { ticket: sale.ticket }),
    );
  });
});
