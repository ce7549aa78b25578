import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import {
  cancellation,
  laterOf,
  message,
  paperBooks,
  refund,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/** Refunds, duplicates, other holders and exchanges. */

async function tell(books: PaperBooks, ...messages: Message[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const one of messages) {
    const plan = await books.integrate([one]);
    checkBooks(books);
    outcomes.push(...plan.outcomes.map(({ outcome }) => outcome));
  }
  return outcomes;
}

const problemsOf = (books: PaperBooks) => books.openCases().map(({ problems }) => problems);
const ledgerOf = (books: PaperBooks) =>
  books.ledger.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);

const replacement = (sale: Message, change: Partial<Message>) =>
  laterOf(sale, { kind: 'replacement', ...change });
const exchange = (sale: Message, change: Partial<Message>) =>
  laterOf(sale, {
    kind: 'exchange',
    ticket: 'NEW',
    replaces: sale.ticket,
    barcode: 'NEW',
    priceMinor: 4000,
    ...change,
  });

describe('refunds', () => {
  it('in part leave ticket, seat and code', async () => {
    const books = paperBooks();
    const sale = message();
    expect(await tell(books, sale, refund(sale, 1000))).toEqual(['sale', 'refund']);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'valid', refundedMinor: 1000 });
    expect(seatOf(books, 1).state).toBe('sold');
    expect(books.codes.get(sale.barcode as string)?.state).toBe('valid');
  });

  it('in full are a cancellation, at once or in parts', async () => {
    const books = paperBooks();
    const sales = ['1', '2'].map((seat) => message({ seat }));
    const [one, other] = sales as [Message, Message];
    expect(await tell(books, one, refund(one, 4000))).toEqual(['sale', 'cancellation']);
    expect(await tell(books, other, refund(other, 1), refund(other, 3999))).toEqual([
      'sale',
      'refund',
      'cancellation',
    ]);
    expect([1, 2].map((seat) => seatOf(books, seat).state)).toEqual(['free', 'free']);
  });

  it('in full that come before the sale end it when it comes', async () => {
    const books = paperBooks();
    const sale = message();
    expect(await tell(books, refund(sale, 4000, { operationNumber: 1_000_000 }))).toEqual([
      'quarantined',
    ]);
    expect(await tell(books, sale)).toEqual(['sale', 'cancellation']);
  });

  it('that release the place end the ticket, whatever they give back', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, refund(sale, 500, { releasesPlace: true }));
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 500 });
  });

  it('told after the end that gave the rest back are within that rest', async () => {
    const books = paperBooks();
    const sale = message({ operationNumber: 10 });
    const part = refund(sale, 1000, { operationNumber: 11 });
    const rest = cancellation(sale, { operationNumber: 12 });
    await tell(books, sale, rest, part);
    expect(problemsOf(books)).toEqual([]);
    expect(books.ticket(sale.ticket).refundedMinor).toBe(4000);
    const operations = books.operations.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);
    expect(operations).toEqual([
      'sale 4000',
      'cancellation -4000',
      'refund -1000',
      'cancellation 1000',
    ]);
  });

  it('give the commission back when all of the price is back', async () => {
    const books = paperBooks();
    const sale = message({ commissionMinor: 400 });
    await tell(books, sale, refund(sale, 1000));
    expect(ledgerOf(books)).toEqual(['sale 4000', 'commission -400', 'refund -1000']);
    await tell(books, refund(sale, 3000));
    expect(ledgerOf(books).slice(3)).toEqual(['refund -3000', 'commission 400']);
  });

  it('give back the commission that they name', async () => {
    const books = paperBooks();
    const sale = message({ commissionMinor: 400 });
    await tell(books, sale, cancellation(sale, { givenBackMinor: 3000, commissionMinor: 100 }));
    expect(ledgerOf(books).slice(2)).toEqual(['refund -3000', 'commission 100']);
  });

  it('of all that was paid give back all that was booked, another amount', async () => {
    const books = paperBooks({ terms: { pricePolicy: 'ours' } });
    const sales = [
      message({ priceMinor: 4400 }),
      message({ priceMinor: 3600, seat: '2' }),
    ] as const;
    await tell(books, ...sales, refund(sales[0], 4400), refund(sales[1], 3600));
    expect(problemsOf(books)).toEqual([]);
    for (const { ticket } of sales) {
      expect(books.ticket(ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
    }
  });
});

describe('duplicates', () => {
  it('have a new code, and no money', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, replacement(sale, { barcode: 'DUP' }));
    expect(books.codes.get(sale.barcode as string)?.state).toBe('replaced');
    expect(books.codes.get('DUP')?.state).toBe('valid');
    expect(ledgerOf(books)).toEqual(['sale 4000']);
  });

  it('of which the later one comes first: the late one no longer counts', async () => {
    const books = paperBooks();
    const sale = message({ operationNumber: 10 });
    const first = replacement(sale, { barcode: 'D1', operationNumber: 11 });
    const second = replacement(sale, { barcode: 'D2', operationNumber: 12 });
    await tell(books, sale, second, first);
    expect(books.ticket(sale.ticket).barcode).toBe('D2');
    expect([books.codes.get('D1')?.state, books.codes.get('D2')?.state]).toEqual([
      'replaced',
      'valid',
    ]);
  });

  it('told after the cancellation stay closed', async () => {
    const books = paperBooks();
    const sale = message({ operationNumber: 10 });
    const late = replacement(sale, { barcode: 'D1', operationNumber: 11 });
    await tell(books, sale, cancellation(sale, { operationNumber: 12 }), late);
    expect(problemsOf(books)).toEqual([]);
    expect(books.codes.get('D1')?.state).toBe('revoked');
  });

  it('with a code of another ticket are a case', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(
      books,
      sale,
      message({ seat: '2', barcode: 'X' }),
      replacement(sale, { barcode: 'X' }),
    );
    expect(problemsOf(books)).toEqual([[{ code: 'barcode.used', params: { barcode: 'X' } }]]);
  });

  it('under a new number are cancelled by it, and late operations find the old one', async () => {
    const books = paperBooks();
    const sale = message({ operationNumber: 10 });
    const part = refund(sale, 1000, { operationNumber: 11 });
    const dup = replacement(sale, {
      ticket: 'DUP',
      replaces: sale.ticket,
      barcode: 'D',
      operationNumber: 12,
    });
    const end = cancellation({ ...sale, ticket: 'DUP', barcode: 'D' }, { operationNumber: 13 });
    await tell(books, sale, dup, part, end);
    expect(problemsOf(books)).toEqual([]);
    expect(books.tickets.size).toBe(1);
    expect(books.ticket('DUP')).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
  });

  it('wait for the sale that they replace, which has another number', async () => {
    const books = paperBooks();
    const sale = message();
    const dup = replacement(sale, { ticket: 'DUP', replaces: sale.ticket, barcode: 'D' });
    await tell(books, dup);
    expect(problemsOf(books)).toEqual([
      [{ code: 'sale.missing', params: { ticket: sale.ticket } }],
    ]);
    expect(await tell(books, sale)).toEqual(['sale', 'replacement']);
    expect(books.codes.get('D')?.state).toBe('valid');
  });
});

describe('another holder', () => {
  it('leaves no former name in the trace, and the later one counts', async () => {
    const books = paperBooks();
    const sale = message({ operationNumber: 10 });
    const holder = (lastName: string, operationNumber: number) =>
      laterOf(sale, { kind: 'holder', lastName, operationNumber });
    await tell(books, sale, holder('Curie', 12), holder('Noether', 11));
    expect(books.ticket(sale.ticket).lastName).toBe('Curie');
    expect(books.operations.slice(1).map(({ kind, detail }) => [kind, detail])).toEqual([
      ['holder', null],
      ['holder', null],
    ]);
  });
});

describe('exchanges', () => {
  it('end the old ticket and sell the new one', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, exchange(sale, { seat: '2' }));
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'exchanged', refundedMinor: 4000 });
    expect(books.ticket('NEW')).toMatchObject({ state: 'valid', seatId: 1102 });
    expect(ledgerOf(books)).toEqual(['sale 4000', 'refund -4000', 'sale 4000']);
    expect(books.codes.get(sale.barcode as string)).toMatchObject({
      state: 'revoked',
      reason: 'exchange',
    });
  });

  it('onto their own seat, with their own number, with their own code', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, exchange(sale, { ticket: sale.ticket, barcode: sale.barcode }));
    expect(problemsOf(books)).toEqual([]);
    expect(books.tickets.size).toBe(2);
    expect(seatOf(books, 1).state).toBe('sold');
    expect(books.codes.get(sale.barcode as string)?.state).toBe('valid');
  });

  it('within a full zone', async () => {
    const books = paperBooks();
    const zone = { block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 };
    const sales = [1, 2, 3].map(() => message(zone));
    await tell(books, ...sales, exchange(sales[0] as Message, { priceMinor: 2000 }));
    expect(problemsOf(books)).toEqual([]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
  });

  it('of the number that a duplicate elsewhere left do not end the sale before', async () => {
    const books = paperBooks();
    const at = (operationNumber: number) => ({ operationNumber });
    const sale = message(at(10));
    const first = exchange(sale, { ...at(11), ticket: sale.ticket, seat: '2', barcode: 'SECOND' });
    const dup = replacement(first, { ...at(12), ticket: 'DUP', replaces: sale.ticket });
    const last = exchange(dup, { ...at(13), seat: '3' });
    const resale = message(at(14));
    // The seat is taken by then, so the sale needs its end: it is the exchange that comes last.
    await tell(books, resale, dup, sale, last);
    expect(books.tickets.size).toBe(1);
    await tell(books, first);
    expect(problemsOf(books)).toEqual([]);
    const tickets = [...books.tickets.values()].map(({ state, seatId }) => [state, seatId]);
    expect(tickets).toEqual([
      ['valid', 1101],
      ['exchanged', 1101],
      ['exchanged', 1102],
      ['valid', 1103],
    ]);
  });

  it('of the same seat in another performance take that performance', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, exchange(sale, { start: '2027-02-02T20:00' }));
    expect(books.ticket('NEW').performanceId).toBe(202);
    expect(seatOf(books, 1).state).toBe('free');
  });

  it('are all or nothing', async () => {
    const books = paperBooks();
    const sale = message();
    await tell(books, sale, message({ seat: '2', ticket: 'OTHER' }));
    await tell(books, exchange(sale, { seat: '2', priceMinor: 1 }));
    expect(problemsOf(books).map((all) => all.map(({ code }) => code))).toEqual([
      ['price.differs', 'seat.sold'],
    ]);
    expect(books.ticket(sale.ticket).state).toBe('valid');
    expect(books.tickets.size).toBe(2);
  });

  it('wait for the sale that they end, and a resale of its seat waits for them', async () => {
    const books = paperBooks();
    const sale = message();
    const changed = exchange(sale, { seat: '2', priceMinor: 1 });
    const resale = message();
    await tell(books, changed);
    expect(problemsOf(books).map((all) => all.map(({ code }) => code))).toEqual([['sale.missing']]);
    await tell(books, sale, resale);
    const [root, follower] = books.openCases();
    expect(root?.problems.map(({ code }) => code)).toEqual(['price.differs']);
    expect(follower).toMatchObject({ rootMessageId: root?.messageId });
    await books.accept(root?.messageId as number, ['price.differs']);
    checkBooks(books);
    expect(problemsOf(books)).toEqual([]);
    expect(seatOf(books, 1).state).toBe('sold');
  });
});
