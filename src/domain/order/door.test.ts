import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { changedSince, checkBooks, everything } from '../../../tests/support/paper-checks.ts';
import { cancellation, laterOf, message, paperBooks } from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/** What the door knows of a message at once, booked or not. */

async function tell(books: PaperBooks, ...messages: Message[]) {
  for (const one of messages) {
    await books.integrate([one]);
    checkBooks(books);
    const before = everything(books);
    await books.replay();
    expect(changedSince(before, books)).toEqual([]);
  }
}

const stateOf = (books: PaperBooks, code: string | null) => {
  const known = books.codes.get(code ?? '');
  return known === undefined ? null : [known.state, known.reason];
};

const zone = { block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 };

describe('a sale', () => {
  it('opens the door at once', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale);
    expect(stateOf(books, sale.barcode)).toEqual(['valid', null]);
  });

  it('that waits for its money opens provisionally, and then for good', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    await tell(books, sale);
    expect(stateOf(books, sale.barcode)).toEqual(['provisional', 'price.differs']);
    await books.accept(books.openCases()[0]?.messageId as number, ['price.differs']);
    expect(stateOf(books, sale.barcode)).toEqual(['valid', null]);
    expect(books.codes.get(sale.barcode as string)?.source).toBe('ticket');
  });

  it('that passes later in the same batch ends valid', async () => {
    const books = paperBooks();
    const first = message({ operationNumber: null });
    const resale = message({ operationNumber: null, operationAt: first.operationAt });
    const end = cancellation(first, { operationNumber: null, operationAt: first.operationAt });
    // By kind the resale is decided before the cancellation at the same instant.
    const plan = await books.integrate([first, resale, end]);
    expect(plan.cases).toEqual([]);
    expect(stateOf(books, resale.barcode)).toEqual(['valid', null]);
    expect(stateOf(books, first.barcode)).toEqual(['revoked', 'cancellation']);
  });

  it('whose seat is sold, or unknown, goes to the box office', async () => {
    const books = paperBooks();
    const second = message();
    const unknown = message({ seat: '99' });
    await tell(books, message(), second, unknown);
    expect(stateOf(books, second.barcode)).toEqual(['see_box_office', 'seat.sold']);
    expect(stateOf(books, unknown.barcode)).toEqual(['see_box_office', 'seat.unknown']);
  });

  it('of a zone beyond the count opens provisionally', async () => {
    const books = paperBooks();
    const sales = [1, 2, 3, 4].map(() => message(zone));
    await tell(books, ...sales);
    expect(stateOf(books, sales[3]?.barcode ?? '')).toEqual(['provisional', 'count.over']);
  });

  it('of an unknown product opens nothing', async () => {
    const books = paperBooks();
    const sale = message({ product: 'mNEW' });
    await tell(books, sale);
    expect(stateOf(books, sale.barcode)).toBeNull();
  });

  it('with a code of another ticket leaves that code alone', async () => {
    const books = paperBooks();
    await tell(books, message({ barcode: 'B' }), message({ barcode: 'B', seat: '2' }));
    expect(stateOf(books, 'B')).toEqual(['valid', null]);
  });

  it('of a test stays closed, makes no entry and holds its seat', async () => {
    const books = paperBooks();
    const test = message({ test: true });
    await tell(books, test);
    expect(stateOf(books, test.barcode)).toEqual(['test', 'test']);
    expect(books.ledger).toEqual([]);
    const waiting = message({ test: true, priceMinor: 1, seat: '2' });
    await tell(books, waiting, cancellation(test));
    expect(stateOf(books, waiting.barcode)).toEqual(['test', 'test']);
    expect(stateOf(books, test.barcode)).toEqual(['revoked', 'cancellation']);
    expect(books.ledger).toEqual([]);
  });

  it('takes over a code that a list told', async () => {
    const books = paperBooks();
    books.codes.set('L', {
      code: 'L',
      state: 'provisional',
      reason: null,
      source: 'list',
      ticketId: null,
      messageId: null,
      productId: 101,
      performanceId: 201,
      day: null,
    });
    await tell(books, message({ barcode: 'L' }));
    expect(books.codes.get('L')).toMatchObject({ state: 'valid', source: 'ticket' });
  });
});

describe('a cancellation', () => {
  it('in quarantine closes the code of its living ticket', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, cancellation(sale, { barcode: null, givenBackMinor: 9999 }));
    expect(stateOf(books, sale.barcode)).toEqual(['revoked', 'cancellation']);
    // The ticket lives on in the books until somebody has decided.
    expect(books.ticket(sale.ticket).state).toBe('valid');
  });

  it('that waits for its sale closes its code, which the sale does not open again', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    await tell(books, cancellation(sale), sale);
    expect(stateOf(books, sale.barcode)).toEqual(['revoked', 'cancellation']);
  });

  it('without a code closes the provisional one of its waiting sale', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    await tell(books, sale, cancellation(sale, { barcode: null }));
    expect(stateOf(books, sale.barcode)).toEqual(['revoked', 'cancellation']);
    await books.accept(books.openCases()[0]?.messageId as number, ['price.differs']);
    expect(books.openCases()).toEqual([]);
    expect(stateOf(books, sale.barcode)).toEqual(['revoked', 'cancellation']);
  });

  it('of an earlier sale of the number leaves the later one open', async () => {
    const books = paperBooks();
    const first = message({ ticket: 'N' });
    const early = cancellation(first);
    const second = message({ ticket: 'N', seat: '2' });
    await tell(books, second, early);
    expect(stateOf(books, second.barcode)).toEqual(['valid', null]);
    expect(stateOf(books, first.barcode)).toEqual(['revoked', 'cancellation']);
  });
});

describe('an exchange', () => {
  it('in quarantine opens the new code and closes the old one', async () => {
    const books = paperBooks();
    const sale = message();
    const exchange = laterOf(sale, {
      kind: 'exchange',
      ticket: 'NEW',
      replaces: sale.ticket,
      seat: '2',
      priceMinor: 4100,
      barcode: 'NEW',
    });
    await tell(books, sale, exchange);
    expect(stateOf(books, 'NEW')).toEqual(['provisional', 'price.differs']);
    expect(stateOf(books, sale.barcode)).toEqual(['revoked', 'exchange']);
    await books.accept(books.openCases()[0]?.messageId as number, ['price.differs']);
    checkBooks(books);
    expect(stateOf(books, 'NEW')).toEqual(['valid', null]);
  });

  it('that cannot open the new code leaves the old one', async () => {
    const books = paperBooks();
    const sale = message();
    const exchange = laterOf(sale, {
      kind: 'exchange',
      ticket: 'NEW',
      replaces: sale.ticket,
      product: 'mNEW',
      barcode: 'NEW',
      priceMinor: 4000,
    });
    await tell(books, sale, exchange);
    expect(stateOf(books, sale.barcode)).toEqual(['valid', null]);
  });
});
