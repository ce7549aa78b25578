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

/** What is on the reseller's list is settled by the reseller's own message. */

async function waiting(books: PaperBooks, told: Message, code: string): Promise<number> {
  await books.integrate([told]);
  const open = books.openCases().find(({ message: one }) => one.ticket === told.ticket);
  expect(open?.problems.map((one) => one.code)).toEqual([code]);
  return open?.messageId as number;
}

const ledgerOf = (books: PaperBooks, number: string) =>
  books.ledger
    .filter(({ ticketId }) => ticketId === books.ticket(number).id)
    .map(({ kind, amountMinor }) => [kind, amountMinor]);

describe('a reported sale', () => {
  it('waits with its cancellation as long as nobody reported it', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    await waiting(books, sale, 'price.differs');
    await books.integrate([cancellation(sale)]);
    expect(books.openCases().length).toBe(2);
  });

  it('is booked with its cancellation as it was told; kept fees stay in the ledger', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    books.report(await waiting(books, sale, 'price.differs'));
    await books.integrate([cancellation(sale, { givenBackMinor: 3900 })]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', bookedMinor: 4100 });
    expect(ledgerOf(books, sale.ticket)).toEqual([
      ['sale', 4100],
      ['refund', -3900],
    ]);
    expect(seatOf(books, 1).state).toBe('free');
    expect(books.codes.get(sale.barcode as string)?.state).toBe('revoked');
    checkBooks(books);
  });

  it('on a sold seat, or an unknown one, takes no place with it', async () => {
    const books = paperBooks();
    const [first, second, unknown] = [message(), message(), message({ seat: '99' })];
    await books.integrate([first]);
    books.report(await waiting(books, second, 'seat.sold'));
    books.report(await waiting(books, unknown, 'seat.unknown'));
    await books.integrate([cancellation(second), cancellation(unknown)]);
    expect(books.openCases()).toEqual([]);
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(first.ticket).id);
    checkBooks(books);
  });

  it('is not ended by a refund in part', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    books.report(await waiting(books, sale, 'price.differs'));
    await books.integrate([refund(sale, 100)]);
    expect(books.openCases().length).toBe(2);
  });

  it('is booked with the exchange that ends it', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    books.report(await waiting(books, sale, 'price.differs'));
    const exchange = laterOf(sale, {
      kind: 'exchange',
      ticket: 'NEW',
      replaces: sale.ticket,
      seat: '2',
      priceMinor: 4000,
      barcode: 'NEW',
    });
    await books.integrate([exchange]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket).state).toBe('exchanged');
    expect(books.ticket('NEW')).toMatchObject({ state: 'valid', bookedMinor: 4000 });
    checkBooks(books);
  });

  it('without a mapping waits on: nothing of it can be booked', async () => {
    const books = paperBooks();
    const sale = message({ tariff: '77' });
    books.report(await waiting(books, sale, 'mapping.missing'));
    await books.integrate([cancellation(sale)]);
    expect(books.openCases().length).toBe(2);
  });

  it('told anew as it should be replaces what was told', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    books.report(await waiting(books, sale, 'price.differs'));
    const plan = await books.integrate([{ ...sale, priceMinor: 4000 }]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['set_aside', 'sale']);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket).bookedMinor).toBe(4000);
    checkBooks(books);
  });

  it('told beside a living ticket is over when that one is cancelled', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    const second = { ...message(), ticket: sale.ticket, seat: '4', barcode: 'SECOND' };
    books.report(await waiting(books, second, 'ticket.living'));
    await books.integrate([cancellation(sale)]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket).state).toBe('cancelled');
    expect(books.tickets.size).toBe(1);
    expect(books.codes.get('SECOND')?.state).not.toBe('valid');
    checkBooks(books);
  });
});

describe('a reported sale that can never be booked', () => {
  const NEVER: readonly (readonly [string, Partial<Message>])[] = [
    ['price.negative', { priceMinor: -500 }],
    ['currency.differs', { currency: 'CHF' }],
  ];

  /** Nothing of it in the books, no case, and its code opens no door. */
  function expectNothingOf(books: PaperBooks, sale: Message): void {
    expect(books.openCases()).toEqual([]);
    expect([books.tickets.size, books.ledger.length, books.operations.length]).toEqual([0, 0, 0]);
    expect(books.codes.get(sale.barcode as string)?.state ?? 'revoked').toBe('revoked');
    expect(seatOf(books, 1).state).toBe('free');
    checkBooks(books);
  }

  it.each(NEVER)('(%s) is set aside with its cancellation', async (code, change) => {
    const books = paperBooks();
    const sale = message(change);
    books.report(await waiting(books, sale, code));
    const end = cancellation(sale, { currency: sale.currency });
    const plan = await books.integrate([end]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['set_aside', 'set_aside']);
    expectNothingOf(books, sale);
    await books.integrate([{ ...end }, { ...sale }]);
    expectNothingOf(books, sale);
  });

  it.each(NEVER)('(%s) is set aside by a cancellation that came first', async (code, change) => {
    const books = paperBooks();
    const sale = message(change);
    await books.integrate([cancellation(sale, { currency: sale.currency })]);
    await books.integrate([sale]);
    const codes = books.openCases().map(({ problems }) => problems.map((one) => one.code));
    expect(codes.flat().sort()).toEqual(['blocked.behind', code].sort());
    for (const one of books.openCases()) {
      if (one.message.kind === 'sale') books.report(one.messageId);
    }
    await books.replay();
    expectNothingOf(books, sale);
  });

  it('is set aside with refunds that are its whole price, in whichever order', async () => {
    for (const turned of [false, true]) {
      const books = paperBooks();
      const sale = message({ currency: 'CHF' });
      books.report(await waiting(books, sale, 'currency.differs'));
      const parts = [1500, 2500].map((amount) => refund(sale, amount, { currency: 'CHF' }));
      for (const one of turned ? parts.reverse() : parts) await books.integrate([one]);
      expectNothingOf(books, sale);
    }
  });

  it.each([
    ['gives back less', { givenBackMinor: 3500 }],
    ['keeps its commission', { givenBackMinor: 4000, commissionMinor: 0 }],
    ['gives back in another currency', { givenBackMinor: 4000, currency: 'EUR' }],
    ['is about another place', { seat: '7', barcode: null }],
  ] as const)('waits with a cancellation that %s', async (_, change) => {
    const books = paperBooks();
    const sale = message({ currency: 'CHF', commissionMinor: 400 });
    books.report(await waiting(books, sale, 'currency.differs'));
    await books.integrate([cancellation(sale, { currency: 'CHF', ...change })]);
    expect(books.openCases().length).toBe(2);
    expect(books.ledger).toEqual([]);
  });

  it('waits with its cancellation as long as nobody reported it', async () => {
    const books = paperBooks();
    const sale = message({ currency: 'CHF' });
    await waiting(books, sale, 'currency.differs');
    await books.integrate([cancellation(sale, { currency: 'CHF' })]);
    expect(books.openCases().length).toBe(2);
  });

  it('leaves the number to its next sale', async () => {
    const books = paperBooks();
    const sale = message({ currency: 'CHF' });
    books.report(await waiting(books, sale, 'currency.differs'));
    await books.integrate([cancellation(sale, { currency: 'CHF' })]);
    const again = message({ ticket: sale.ticket, barcode: 'AGAIN' });
    await books.integrate([again]);
    expect(books.ticket(sale.ticket).state).toBe('valid');
    await books.integrate([cancellation(again)]);
    expect(books.ticket(sale.ticket).state).toBe('cancelled');
    expect(books.openCases()).toEqual([]);
    checkBooks(books);
  });
});

describe('a reported sale of a closed performance', () => {
  it('is booked late with its end: what the reseller kept stays in the ledger', async () => {
    const books = paperBooks();
    const sale = message({ start: '2027-02-06T20:00' });
    books.report(await waiting(books, sale, 'performance.closed'));
    await books.integrate([cancellation(sale, { givenBackMinor: 3900 })]);
    expect(books.openCases()).toEqual([]);
    expect(books.ledger.map(({ kind, amountMinor, late }) => [kind, amountMinor, late])).toEqual([
      ['sale', 4000, true],
      ['refund', -3900, true],
    ]);
    checkBooks(books);
  });
});

describe('a reported return', () => {
  it('is over when another message of the reseller ends its ticket', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    books.report(
      await waiting(books, cancellation(sale, { givenBackMinor: 4400 }), 'refund.exceeds'),
    );
    await books.integrate([cancellation(sale, { givenBackMinor: 4000 })]);
    expect(books.openCases()).toEqual([]);
    expect(ledgerOf(books, sale.ticket)).toEqual([
      ['sale', 4000],
      ['refund', -4000],
    ]);
    checkBooks(books);
  });

  it('of a ticket that goes on waits on', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    books.report(
      await waiting(books, cancellation(sale, { givenBackMinor: 4400 }), 'refund.exceeds'),
    );
    await books.integrate([refund(sale, 100)]);
    expect(books.openCases().length).toBe(1);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'valid', refundedMinor: 100 });
  });
});

describe('what was decided against', () => {
  it('stays out: its repeat is known, and what follows it is set aside', async () => {
    const books = paperBooks();
    await books.integrate([message()]);
    const second = message();
    const id = await waiting(books, second, 'seat.sold');
    Object.assign(books.messages.get(id) ?? {}, { state: 'set_aside', keptOut: true });
    Object.assign(books.cases.get(id) ?? {}, { settled: true });
    const plan = await books.integrate([{ ...second }, cancellation(second)]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['known', 'set_aside']);
    expect(books.openCases()).toEqual([]);
    expect(books.ledger.length).toBe(1);
  });

  it('ends once: the end of its number sold again waits for that sale', async () => {
    const books = paperBooks();
    await books.integrate([message()]);
    const second = message();
    const id = await waiting(books, second, 'seat.sold');
    Object.assign(books.messages.get(id) ?? {}, { state: 'set_aside', keptOut: true });
    Object.assign(books.cases.get(id) ?? {}, { settled: true });
    await books.integrate([cancellation(second)]);
    const place = { seat: '2', barcode: 'AGAIN', priceMinor: 4000 };
    const again = laterOf(second, { kind: 'sale', ...place });
    const end = cancellation(again);
    await books.integrate([end]);
    expect(books.openCases().map(({ problems }) => problems[0]?.code)).toEqual(['sale.missing']);
    await books.integrate([again, { ...end }]);
    expect(books.ticket(second.ticket).state).toBe('cancelled');
    expect(books.openCases()).toEqual([]);
    checkBooks(books);
  });

  it('exchanged for something else: the new ticket is a sale of its own', async () => {
    const books = paperBooks();
    await books.integrate([message()]);
    const second = message();
    const id = await waiting(books, second, 'seat.sold');
    Object.assign(books.messages.get(id) ?? {}, { state: 'set_aside', keptOut: true });
    Object.assign(books.cases.get(id) ?? {}, { settled: true });
    const change = { ticket: 'NEW', replaces: second.ticket, seat: '2', barcode: 'NEW' };
    const exchange = laterOf(second, { kind: 'exchange', priceMinor: 4000, ...change });
    await books.integrate([exchange]);
    await books.integrate([{ ...exchange }, cancellation(exchange, { kind: 'cancellation' })]);
    expect(books.openCases()).toEqual([]);
    expect(ledgerOf(books, 'NEW')).toEqual([
      ['sale', 4000],
      ['refund', -4000],
    ]);
    checkBooks(books);
  });
});
