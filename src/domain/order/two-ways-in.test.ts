import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { changedSince, checkBooks, everything } from '../../../tests/support/paper-checks.ts';
import {
  cancellation,
  laterOf,
  message,
  paperBooks,
  refund,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/**
 * One history, told by the wire and by a file that knows no numbers, codes, orders and amounts
 * given back, tells instants to the minute, and whose performance the operator named.
 */

async function integrate(books: PaperBooks, ...batches: Message[][]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const batch of batches) {
    const plan = await books.integrate(batch);
    checkBooks(books);
    outcomes.push(...plan.outcomes.map(({ outcome }) => outcome));
  }
  return outcomes;
}

function fromFile(told: Message, change: Partial<Message> = {}): Message {
  return {
    ...told,
    operationNumber: null,
    operationAt: `${told.operationAt.slice(0, 16)}:00.000Z`,
    operationPrecision: 'minute',
    order: null,
    replaces: null,
    allotment: null,
    givenBackMinor: null,
    commissionMinor: null,
    barcode: null,
    outlet: null,
    ...change,
  };
}

const codes = (books: PaperBooks) =>
  books.openCases().map(({ problems }) => problems.map(({ code }) => code).join(' '));

describe('a sale', () => {
  it('by the wire and then by a file is one ticket, and nothing changes', async () => {
    const books = paperBooks();
    const sale = message({ order: 'C1', outlet: 'Lyon' });
    await integrate(books, [sale]);
    const before = everything(books);
    expect(await integrate(books, [fromFile(sale)], [fromFile(sale)])).toEqual(['known', 'known']);
    expect(changedSince(before, books)).toEqual([]);
  });

  it('by a file and then by the wire is one ticket, and gets the code that opens', async () => {
    const books = paperBooks();
    const sale = message({ order: 'C1', barcode: 'OPENS' });
    expect(await integrate(books, [fromFile(sale)], [sale])).toEqual(['sale', 'replacement']);
    expect(books.tickets.size).toBe(1);
    expect(books.ticket(sale.ticket).barcode).toBe('OPENS');
    expect(books.codes.get('OPENS')?.state).toBe('valid');
    const before = everything(books);
    expect(await integrate(books, [sale], [fromFile(sale)])).toEqual(['known', 'known']);
    expect(changedSince(before, books)).toEqual([]);
  });

  it('whose holder changed meanwhile keeps the later name when its code comes', async () => {
    const books = paperBooks();
    const sale = message();
    const renamed = laterOf(sale, { kind: 'holder', lastName: 'Curie', firstName: 'Marie' });
    await integrate(books, [fromFile(sale)], [renamed], [sale]);
    expect(books.ticket(sale.ticket)).toMatchObject({ lastName: 'Curie', barcode: sale.barcode });
  });

  it('that waits as a case, and then comes with its code: both pass together', async () => {
    const books = paperBooks();
    const sale = message({ start: '2027-02-03T20:00', barcode: 'OPENS' });
    await integrate(books, [fromFile(sale)], [sale]);
    expect(books.openCases().map(({ rootMessageId }) => rootMessageId === null)).toEqual([
      true,
      false,
    ]);
    const performance = books.catalogue.performances.find(({ code }) => code === 'PREPARING');
    Object.assign(performance as object, { state: 'running' });
    await books.replay();
    Object.assign(performance as object, { state: 'preparing' });
    expect(codes(books)).toEqual([]);
    expect(books.ticket(sale.ticket).barcode).toBe('OPENS');
  });

  it('in other words for the same tariff, zone and performance is the same', async () => {
    const books = paperBooks();
    const seat = message({ tariff: '0', start: '2027-01-31T20:00' });
    const zone = message({ block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 });
    const words = { tariff: '44', start: '2027-02-01T20:00', hall: null };
    expect(await integrate(books, [seat, zone])).toEqual(['sale', 'sale']);
    const told = [fromFile(seat, words), fromFile(zone, { ...words, block: 'FREE' })];
    expect(await integrate(books, told)).toEqual(['known', 'known']);
    await integrate(books, [fromFile(zone, { tariff: '6' })]);
    expect(codes(books)).toEqual(['content.differs']);
  });

  it('of the wrong performance, or for another price, is a case', async () => {
    const books = paperBooks();
    const sale = message();
    const elsewhere = fromFile(sale, { start: '2027-02-02T20:00' });
    await integrate(books, [sale], [elsewhere], [fromFile(sale, { priceMinor: 4500 })]);
    expect(books.openCases().map(({ problems }) => problems[0]?.params.fields)).toEqual([
      'start',
      'priceMinor',
    ]);
  });
});

describe('a cancellation', () => {
  it('by a file gives back what is left, and the wire only says so again', async () => {
    const books = paperBooks();
    const sale = message();
    const cancelled = cancellation(sale, { givenBackMinor: 4000 });
    const told = await integrate(books, [fromFile(sale)], [fromFile(cancelled)], [cancelled]);
    expect(told).toEqual(['sale', 'cancellation', 'known']);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
    expect(seatOf(books, 1).state).toBe('free');
  });

  it('whose fees the wire tells afterwards is a case: they would be lost', async () => {
    const books = paperBooks();
    const sale = message();
    const cancelled = cancellation(sale, { givenBackMinor: 3000 });
    await integrate(books, [sale], [fromFile(cancelled)], [cancelled], [cancelled]);
    expect(books.openCases().map(({ problems }) => problems)).toEqual([
      [{ code: 'content.differs', params: { ticket: sale.ticket, fields: 'givenBackMinor' } }],
    ]);
    // The other way round nothing is lost.
    const others = paperBooks();
    await integrate(others, [sale], [cancelled], [fromFile(cancelled)]);
    expect(codes(others)).toEqual([]);
    expect(others.ticket(sale.ticket).refundedMinor).toBe(3000);
  });

  it('after a refund in part gives back the rest by either way', async () => {
    const books = paperBooks();
    const sale = message();
    const rest = cancellation(sale, { givenBackMinor: 3000 });
    await integrate(books, [sale, refund(sale, 1000)], [fromFile(rest)], [rest]);
    expect(codes(books)).toEqual([]);
    expect(books.ticket(sale.ticket).refundedMinor).toBe(4000);
  });
});

describe('an exchange', () => {
  it('that a file tells as a cancellation and a sale is known', async () => {
    const books = paperBooks();
    const sale = message({ operationAt: '2026-12-01T10:00:20.000Z' });
    const exchange = laterOf(sale, {
      kind: 'exchange',
      operationAt: '2026-12-02T10:00:30.000Z',
      replaces: sale.ticket,
      ticket: 'NEW',
      seat: '2',
      priceMinor: 4000,
      barcode: 'NEWCODE',
    });
    await integrate(books, [sale], [exchange]);
    const before = everything(books);
    const sold = fromFile({ ...exchange, kind: 'sale' });
    const given = fromFile(cancellation(sale, { operationAt: exchange.operationAt }));
    expect(await integrate(books, [given, sold])).toEqual(['known', 'known']);
    expect(changedSince(before, books)).toEqual([]);
  });

  it('that a file told in parts before is one, and brings the code', async () => {
    const books = paperBooks();
    const sale = message({ operationAt: '2026-12-01T10:00:20.000Z' });
    const exchange = laterOf(sale, {
      kind: 'exchange',
      operationAt: '2026-12-02T10:00:30.000Z',
      replaces: sale.ticket,
      ticket: 'NEW',
      seat: '2',
      priceMinor: 4000,
      barcode: 'NEWCODE',
    });
    const sold = fromFile({ ...exchange, kind: 'sale' });
    const given = fromFile(cancellation(sale, { operationAt: exchange.operationAt }));
    await integrate(books, [fromFile(sale)], [sold]);
    // Its ticket is there and the other still lives: it must not be sold once more.
    await integrate(books, [exchange]);
    expect(codes(books)).toEqual(['ticket.living']);
    await integrate(books, [given]);
    expect(codes(books)).toEqual([]);
    expect(books.tickets.size).toBe(2);
    expect(books.codes.get('NEWCODE')?.state).toBe('valid');
    expect([seatOf(books, 1).state, seatOf(books, 2).state]).toEqual(['free', 'sold']);
    expect(await integrate(books, [exchange, sold, given])).toEqual(['known', 'known', 'known']);
  });

  it('is not meant by a cancellation of another minute', async () => {
    const books = paperBooks();
    const sale = message({ operationAt: '2026-12-01T10:00:20.000Z' });
    const exchange = laterOf(sale, {
      kind: 'exchange',
      operationAt: '2026-12-02T10:00:30.000Z',
      replaces: sale.ticket,
      ticket: 'NEW',
      seat: '2',
      priceMinor: 4000,
      barcode: 'NEWCODE',
    });
    await integrate(books, [sale], [exchange]);
    const other = cancellation(sale, { operationAt: '2026-12-03T10:00:00.000Z' });
    await integrate(books, [fromFile(other)]);
    expect(codes(books)).toEqual(['sale.missing']);
  });
});
