import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import {
  PAPER_ROWS,
  paperMapping,
  paperMappings,
  RES,
  S2,
} from '../../../tests/support/paper-house.ts';
import { cancellation, laterOf, message, paperBooks } from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/** Two contingents of one channel in one zone: whose share a sale counts in. */

const SECOND = 403;
const zone = { block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 };
const standing = (change: Partial<Message> = {}) => message({ ...zone, ...change });

const contingents = [
  ...PAPER_ROWS.contingents,
  {
    ...(PAPER_ROWS.contingents[0] as (typeof PAPER_ROWS.contingents)[number]),
    id: SECOND,
    code: 'TWO',
  },
];

/** Shares of two places each in the zone of five; RES is mapped first. */
function twoShares(order: readonly string[] = ['RES', 'TWO']): PaperBooks {
  const books = paperBooks({
    catalogue: { contingents },
    mappings: [
      ...paperMappings(),
      ...order.map((code) => paperMapping('contingent', code, [`a${code}`])),
    ],
  });
  const share = { counterId: 501, interfaceId: null, allotted: 0, sold: 0, held: 0 };
  books.quotas.set('501|401', { ...share, contingentId: RES, quota: 2 });
  books.quotas.set('501|403', { ...share, contingentId: SECOND, quota: 2 });
  return books;
}

const sold = (books: PaperBooks) =>
  ['501|401', '501|403'].map((key) => books.quotas.get(key)?.sold);

async function tell(books: PaperBooks, ...messages: readonly Message[]) {
  for (const one of messages) {
    await books.integrate([structuredClone(one)]);
    checkBooks(books);
    checkShares(books);
  }
}

/** Each share counts its living tickets. */
function checkShares(books: PaperBooks) {
  for (const quota of books.quotas.values()) {
    if (quota.counterId !== 501) continue;
    const tickets = [...books.tickets.values()].filter(
      ({ state, counterId, contingentId }) =>
        state === 'valid' && counterId === 501 && contingentId === quota.contingentId,
    );
    expect(tickets.length, String(quota.contingentId)).toBe(quota.sold);
  }
}

describe('the order of contingents', () => {
  it('is that of the mappings: the first is filled before the next', async () => {
    const books = twoShares();
    await tell(books, standing(), standing(), standing());
    expect(sold(books)).toEqual([2, 1]);
    const other = twoShares(['TWO', 'RES']);
    await tell(other, standing(), standing(), standing());
    expect(sold(other)).toEqual([1, 2]);
  });

  it('is that of its own season, where the season says one', async () => {
    const books = paperBooks({
      catalogue: { contingents },
      mappings: [
        ...paperMappings(),
        paperMapping('contingent', 'RES', ['aRES']),
        paperMapping('contingent', 'TWO', ['aTWO']),
        paperMapping('contingent', 'TWO', ['xTWO'], S2),
        paperMapping('contingent', 'RES', ['xRES'], S2),
      ],
    });
    const share = { counterId: 501, interfaceId: null, allotted: 0, sold: 0, held: 0 };
    books.quotas.set('501|401', { ...share, contingentId: RES, quota: 2 });
    books.quotas.set('501|403', { ...share, contingentId: SECOND, quota: 2 });
    await tell(books, standing());
    expect(sold(books)).toEqual([0, 1]);
  });

  it('does not count where the reseller names one', async () => {
    const books = twoShares();
    await tell(books, standing({ allotment: 'aTWO' }));
    expect(sold(books)).toEqual([0, 1]);
  });
});

describe('a share of which the reseller says nothing', () => {
  it('is the first that has room, whatever came and went before', async () => {
    const [first, second, third] = [standing(), standing(), standing()];
    const told = [first, second, cancellation(first), third];
    const books = twoShares();
    await tell(books, ...told);
    expect(sold(books)).toEqual([2, 0]);
    const late = twoShares();
    await tell(late, first, second, third, cancellation(first));
    expect(sold(late)).toEqual([2, 0]);
    expect(late.ticket(third.ticket).contingentId).toBe(RES);
    expect(
      late.movements.filter(({ kind }) => kind === 'moved').map((one) => one.quantity),
    ).toEqual([1, -1]);
  });

  it('gives way to a sale that can be in no other', async () => {
    const [one, two, named] = [standing(), standing(), standing({ allotment: 'aRES' })];
    const books = twoShares();
    await tell(books, one, two, named);
    expect(books.openCases()).toEqual([]);
    expect(sold(books)).toEqual([2, 1]);
    const before = twoShares();
    await tell(before, named, one, two);
    expect(sold(before)).toEqual([2, 1]);
  });

  it('cannot give way where all is full: a case, until a place is given back', async () => {
    const any = [standing(), standing(), standing(), standing()];
    const named = standing({ allotment: 'aRES' });
    const books = twoShares();
    await tell(books, ...any, named);
    expect(books.openCases().map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['count.over'],
    ]);
    await tell(books, cancellation(any[3] as Message));
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(named.ticket).contingentId).toBe(RES);
    expect(sold(books)).toEqual([2, 2]);
  });

  it('what was handed over moves with it', async () => {
    const books = twoShares();
    for (const key of ['501|401', '501|403']) {
      Object.assign(books.quotas.get(key) ?? {}, { interfaceId: 1, allotted: 2 });
    }
    const [first, second, third] = [standing(), standing(), standing()];
    await tell(books, first, second, third, cancellation(first));
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 2, allotted: 0 });
    expect(books.quotas.get('501|403')).toMatchObject({ sold: 0, allotted: 2 });
  });

  it('an exchange within the zone keeps the counts', async () => {
    const books = twoShares();
    const [first, second, third] = [standing(), standing(), standing()];
    const exchange = laterOf(first, {
      kind: 'exchange',
      ticket: 'NEW',
      replaces: first.ticket,
      priceMinor: 2000,
      barcode: 'NEW',
    });
    await tell(books, first, second, third, exchange, cancellation(second));
    expect(books.openCases()).toEqual([]);
    expect(sold(books)).toEqual([2, 0]);
  });
});
