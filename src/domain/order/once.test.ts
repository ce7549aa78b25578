import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { changedSince, checkBooks, everything } from '../../../tests/support/paper-checks.ts';
import { PaperHistory } from '../../../tests/support/paper-history.ts';
import {
  at,
  cancellation,
  laterOf,
  message,
  paperBooks,
  refund,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/** Once, in the order of the operations, whatever the order of arrival. */

async function integrate(books: PaperBooks, ...batches: Message[][]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const batch of batches) {
    const plan = await books.integrate(batch);
    checkBooks(books);
    outcomes.push(...plan.outcomes.map(({ outcome }) => outcome));
  }
  return outcomes;
}

const codes = (books: PaperBooks) =>
  books.openCases().map(({ problems }) => problems.map(({ code }) => code).join(' '));

describe('repeats', () => {
  it('the same message again is known, also within one batch', async () => {
    const books = paperBooks();
    const sale = message();
    expect(await integrate(books, [sale, structuredClone(sale)])).toEqual(['sale', 'known']);
    const before = everything(books);
    expect(await integrate(books, [sale])).toEqual(['known']);
    expect(changedSince(before, books)).toEqual([]);
  });

  it('a refused message told twice in a batch is one case, and one ticket later', async () => {
    const books = paperBooks();
    const sale = message({ start: '2027-02-03T20:00' });
    expect(await integrate(books, [sale, structuredClone(sale)])).toEqual(['known', 'quarantined']);
    const performance = books.catalogue.performances.find(({ code }) => code === 'PREPARING');
    Object.assign(performance as object, { state: 'running' });
    await books.replay();
    Object.assign(performance as object, { state: 'preparing' });
    expect(codes(books)).toEqual([]);
    expect(books.tickets.size).toBe(1);
  });

  it('what was set aside was not taken: the same message again is no repeat', async () => {
    const books = paperBooks();
    const sale = message();
    expect(await integrate(books, [sale])).toEqual(['sale']);
    for (const stored of books.messages.values()) stored.state = 'set_aside';
    const plan = await books.integrate([{ ...sale, ticket: sale.ticket, barcode: null }]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).not.toContain('known');
  });

  it('one way in without number and seconds is the same operation', async () => {
    const books = paperBooks();
    const sale = message({ operationAt: '2026-12-01T10:00:37.000Z', outlet: 'Lyon' });
    const coarse: Message = {
      ...sale,
      operationNumber: null,
      operationAt: '2026-12-01T10:00:00.000Z',
      operationPrecision: 'minute',
      outlet: null,
      hall: null,
    };
    expect(await integrate(books, [sale], [coarse])).toEqual(['sale', 'known']);
  });

  it('one that differs in its code is read as a replacement, in its name as a holder', async () => {
    const books = paperBooks();
    const sale = message({ barcode: 'OLD' });
    const replaced = { ...sale, barcode: 'NEW' };
    const renamed = { ...sale, lastName: 'Curie' };
    expect(await integrate(books, [sale], [replaced], [renamed])).toEqual([
      'sale',
      'replacement',
      'holder',
    ]);
    expect(books.ticket(sale.ticket)).toMatchObject({ barcode: 'NEW', lastName: 'Curie' });
    expect(books.codes.get('OLD')?.state).toBe('replaced');
    expect(books.codes.get('NEW')?.state).toBe('valid');
    const before = everything(books);
    expect(await integrate(books, [sale, replaced, renamed])).toEqual(['known', 'known', 'known']);
    expect(changedSince(before, books)).toEqual([]);
  });

  it('one that differs in code and name changes both', async () => {
    const books = paperBooks();
    const sale = message({ barcode: 'OLD' });
    await integrate(books, [sale], [{ ...sale, barcode: 'NEW', lastName: 'Curie' }]);
    expect(books.ticket(sale.ticket)).toMatchObject({ barcode: 'NEW', lastName: 'Curie' });
  });

  it('any other difference is a case, naming the fields', async () => {
    const books = paperBooks();
    const sale = message();
    await integrate(books, [sale], [{ ...sale, priceMinor: 4500, seat: '2' }]);
    expect(books.openCases().map(({ problems }) => problems)).toEqual([
      [{ code: 'content.differs', params: { ticket: sale.ticket, fields: 'seat, priceMinor' } }],
    ]);
    expect(books.ticket(sale.ticket).bookedMinor).toBe(4000);
  });

  it('of two that contradict one another in one batch, the first counts', async () => {
    const books = paperBooks();
    const sale = message({ outlet: 'Nice' });
    await integrate(books, [sale, { ...sale, outlet: 'Lyon' }]);
    expect(books.messages.size).toBe(2);
    expect(books.tickets.size).toBe(1);
    expect(codes(books)).toEqual(['content.differs']);
  });

  it('of two that contradict one another and both wait, the later one is the case', async () => {
    const books = paperBooks();
    const sale = message({ start: '2027-02-03T20:00' });
    await integrate(books, [sale, { ...sale, seat: '2' }]);
    expect(codes(books)).toEqual(['performance.preparing', 'content.differs']);
    const before = everything(books);
    await books.replay();
    expect(changedSince(before, books)).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('before its sale waits for it, in another batch or the same', async () => {
    const books = paperBooks();
    const sale = message();
    const cancelled = cancellation(sale);
    await integrate(books, [cancelled]);
    expect(codes(books)).toEqual(['sale.missing']);
    expect(await integrate(books, [sale])).toEqual(['sale', 'cancellation']);
    expect(codes(books)).toEqual([]);
    expect(seatOf(books, 1).state).toBe('free');
    expect(books.codes.get(sale.barcode as string)?.state).toBe('revoked');
  });

  it('voids whatever is given back, and keeps the fees on the ticket', async () => {
    const books = paperBooks();
    const sale = message();
    await integrate(books, [sale], [cancellation(sale, { givenBackMinor: 1000 })]);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 1000 });
    // The fees follow later, in two parts; more than the price never.
    await integrate(books, [refund(sale, 1500)], [refund(sale, 1500)], [refund(sale, 1)]);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
    expect(codes(books)).toEqual(['sale.missing']);
  });

  it('a second one does not end the ticket again: it waits for a sale of its own', async () => {
    const books = paperBooks();
    const sale = message();
    await integrate(books, [sale, cancellation(sale)], [cancellation(sale)]);
    expect(codes(books)).toEqual(['sale.missing']);
  });

  it('only says once more what refunds in full have done', async () => {
    const books = paperBooks();
    const sale = message();
    await integrate(books, [sale, refund(sale, 4000)], [cancellation(sale)]);
    expect(codes(books)).toEqual([]);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
  });

  it('told an hour early by a clock change still finds its sale', async () => {
    const books = paperBooks();
    const ambiguous = { operationNumber: null, operationAmbiguous: true };
    const sale = message({ ...ambiguous, operationAt: '2026-10-25T00:50:00.000Z' });
    const early = cancellation(sale, { ...ambiguous, operationAt: '2026-10-25T00:10:00.000Z' });
    await integrate(books, [sale], [early]);
    expect(codes(books)).toEqual([]);
    expect(books.ticket(sale.ticket).state).toBe('cancelled');
  });
});

describe('a number sold again', () => {
  it('a late cancellation of the first sale leaves the second alone', async () => {
    const books = paperBooks();
    const first = message({ ticket: 'N', operationNumber: 10 });
    const ended = cancellation(first, { operationNumber: 11 });
    const second = message({ ticket: 'N', seat: '2', operationNumber: 12 });
    await integrate(books, [second], [ended], [first]);
    expect(codes(books)).toEqual([]);
    expect(books.ticket('N').state).toBe('cancelled');
    const living = [...books.tickets.values()].filter(({ state }) => state === 'valid');
    expect(living.map(({ seatId }) => seatId)).toEqual([1102]);
    expect(books.codes.get(second.barcode as string)?.state).toBe('valid');
  });

  it('with the code that it had before', async () => {
    const books = paperBooks();
    const first = message({ ticket: 'N', barcode: 'B' });
    await integrate(books, [first, cancellation(first)]);
    await integrate(books, [message({ ticket: 'N', barcode: 'B' })]);
    expect(codes(books)).toEqual([]);
    expect(books.codes.get('B')).toMatchObject({ state: 'valid' });
  });
});

describe('a seat sold, given back and sold again', () => {
  it('told backwards', async () => {
    const books = paperBooks();
    const history: Message[] = [];
    for (let times = 0; times < 3; times += 1) {
      const sale = message();
      history.push(sale, cancellation(sale));
    }
    const last = message();
    history.push(last);
    for (const one of [...history].reverse()) await integrate(books, [one]);
    expect(codes(books)).toEqual([]);
    expect(books.tickets.get(seatOf(books, 1).ticketId as number)?.number).toBe(last.ticket);
  });

  it('the resale waits behind the cancellation that is a case, and follows it', async () => {
    const books = paperBooks();
    const sale = message();
    // It gives back more than was paid: a case.
    const tooMuch = cancellation(sale, { givenBackMinor: 4001 });
    const resale = message();
    await integrate(books, [sale], [tooMuch], [resale]);
    const [root, follower] = books.openCases();
    expect(root?.problems.map(({ code }) => code)).toEqual(['refund.exceeds']);
    expect(follower).toMatchObject({
      rootMessageId: root?.messageId,
      problems: [
        { code: 'blocked.behind', params: { seat: 'HALL/ORCH/A/1/1', ticket: sale.ticket } },
      ],
    });
    const accepted = await books.accept(root?.messageId as number, ['refund.exceeds']);
    expect(accepted.outcomes.map(({ outcome }) => outcome)).toEqual(['cancellation', 'sale']);
    expect(codes(books)).toEqual([]);
  });

  it('ended by refunds in parts that are told twice, and sold again: no money twice', async () => {
    const books = paperBooks();
    const sale = message();
    const parts = [1500, 2500].map((amount) => refund(sale, amount));
    const resale = message();
    await integrate(
      books,
      [resale],
      [...parts, ...parts, sale].map((one) => ({ ...one })),
    );
    expect(codes(books)).toEqual([]);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
    expect(books.operations.filter(({ kind }) => kind !== 'sale')).toHaveLength(2);
  });

  it('in any order without numbers, by instants to the minute', async () => {
    const minute = (index: number) => ({
      operationNumber: null,
      operationAt: at(index),
      operationPrecision: 'minute' as const,
    });
    const sale = message(minute(1));
    const cancelled = cancellation(sale, minute(1));
    const resale = message(minute(1));
    const books = paperBooks();
    await integrate(books, [resale], [cancelled], [sale]);
    expect(codes(books)).toEqual([]);
    expect(seatOf(books, 1).state).toBe('sold');
  });

  it('with operation numbers on some only', async () => {
    const sale = message({ operationNumber: 5, operationAt: at(1) });
    const cancelled = cancellation(sale, { operationNumber: null, operationAt: at(2) });
    const resale = message({ operationNumber: 6, operationAt: at(3) });
    const books = paperBooks();
    await integrate(books, [resale, cancelled, sale]);
    expect(codes(books)).toEqual([]);
  });
});

describe('a full ceiling', () => {
  it('is one cause, however many sales it stops, and a refund lets the first in', async () => {
    const books = paperBooks({ terms: { ceilingMinor: 5000, ceilingBlocks: true } });
    const sales = ['1', '2', '3'].map((seat) => message({ seat }));
    const [first, second, third] = sales as [Message, Message, Message];
    await integrate(books, [first, second], [third]);
    const [root, follower] = books.openCases();
    expect([root?.message.ticket, root?.rootMessageId]).toEqual([second.ticket, null]);
    expect([follower?.message.ticket, follower?.rootMessageId]).toEqual([
      third.ticket,
      root?.messageId,
    ]);
    await integrate(books, [cancellation(first)]);
    await books.replay();
    checkBooks(books);
    const [left, ...none] = books.openCases();
    expect([left?.message.ticket, left?.rootMessageId, none]).toEqual([third.ticket, null, []]);
  });
});

describe('accepting', () => {
  it('a difference of price books what was reported', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    await integrate(books, [sale]);
    await books.accept(books.openCases()[0]?.messageId as number, ['price.differs']);
    checkBooks(books);
    expect(books.ticket(sale.ticket)).toMatchObject({ bookedMinor: 4100, state: 'valid' });
  });

  it('a conflict of seats makes no second place of one', async () => {
    const books = paperBooks();
    await integrate(books, [message()], [message()]);
    await books.accept(books.openCases()[0]?.messageId as number, ['seat.sold']);
    checkBooks(books);
    expect(codes(books)).toEqual(['seat.sold']);
  });
});

describe('the history that tests are made of', () => {
  it('leaves out what cannot be', () => {
    const history = new PaperHistory({ numbers: 'all', commission: false });
    const sell = { action: 'sell', pick: 0, how: 0, wait: 1 } as const;
    const cancel = { ...sell, action: 'cancel' } as const;
    const kinds = history.play([cancel, sell, cancel, cancel]).map(({ kind }) => kind);
    expect(kinds).toEqual(['sale', 'cancellation']);
  });

  it('keeps what happens to one ticket together', () => {
    const sale = message();
    expect(laterOf(sale, { kind: 'holder' })).toMatchObject({
      ticket: sale.ticket,
      seat: sale.seat,
      barcode: sale.barcode,
    });
  });
});
