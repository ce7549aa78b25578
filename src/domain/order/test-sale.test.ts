import { describe, expect, it } from 'vitest';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import { PAPER_ROWS, SHOW } from '../../../tests/support/paper-house.ts';
import {
  at,
  cancellation,
  message,
  paperBooks,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { TestMode } from './test-mode.ts';

/** Tests by our own times of tests, beside the reseller's mark. */

const OPENS = at(300);
const windows = PAPER_ROWS.windows.map((row) => ({ ...row, opensAt: OPENS }));

function booksIn(mode: Partial<TestMode>) {
  const testModes = [{ productId: null, ticket: null, endsAt: null, ...mode }];
  return paperBooks({ catalogue: { windows }, terms: { testModes } });
}

describe('a time of tests', () => {
  it('makes a sale before the opening a test: no window, no ledger, a closed door', async () => {
    const books = booksIn({ productId: SHOW });
    const sale = message({ operationAt: at(1) });
    await books.integrate([sale]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket).isTest).toBe(true);
    expect(books.ledger).toEqual([]);
    expect(books.codes.get(sale.barcode as string)?.state).toBe('test');
    expect(seatOf(books, 1).state).toBe('sold');
    await books.integrate([cancellation(sale, { operationAt: at(2) })]);
    expect(seatOf(books, 1).state).toBe('free');
    expect(books.ledger).toEqual([]);
    checkBooks(books);
  });

  it('ends when sales open, and leaves other products and numbers alone', async () => {
    const books = booksIn({ productId: SHOW });
    const [open, other] = [
      message({ operationAt: OPENS }),
      message({
        product: 'mMATCH',
        start: '2027-03-01T18:00',
        priceMinor: 1500,
        operationAt: at(1),
      }),
    ];
    await books.integrate([open, other]);
    expect(books.ticket(open.ticket).isTest).toBe(false);
    expect(books.openCases().map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['product.outside_window'],
    ]);
  });

  it('of numbers covers those that begin so', async () => {
    const books = booksIn({ ticket: 'TEST*', endsAt: at(100) });
    const [test, late, other] = [
      message({ ticket: 'TEST1', operationAt: at(99) }),
      message({ ticket: 'TEST2', operationAt: at(100), seat: '2' }),
      message({ ticket: 'REAL', operationAt: at(99), seat: '3' }),
    ];
    await books.integrate([test, late, other]);
    expect(books.ticket('TEST1').isTest).toBe(true);
    expect(
      books
        .openCases()
        .map(({ ticket }) => ticket)
        .sort(),
    ).toEqual(['REAL', 'TEST2']);
  });

  it('closes the code of a test that waits', async () => {
    const books = booksIn({ productId: SHOW });
    const sale = message({ operationAt: at(1), priceMinor: 1 });
    await books.integrate([sale]);
    expect(books.codes.get(sale.barcode as string)).toMatchObject({ state: 'test' });
  });
});
