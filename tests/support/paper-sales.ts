/** Messages and stock for the books on paper. */
import type { Message } from '../../src/domain/order/message.ts';
import { quotaKey } from '../../src/domain/order/state.ts';
import type { PaperOptions, PaperSeat } from './paper-books.ts';
import { PaperBooks } from './paper-books.ts';
import { CAT1, CAT2, OURS, P1, P2, RES } from './paper-house.ts';

/** Minutes after the first of December 2026, noon UTC. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 11, 1, 12, minutes)).toISOString();
}

let operation = 0;

export function message(change: Partial<Message> = {}): Message {
  operation += 1;
  return {
    kind: 'sale',
    operationNumber: operation,
    operationAt: at(operation % 600),
    operationPrecision: 'second',
    operationAmbiguous: false,
    ticket: `T${operation}`,
    order: null,
    replaces: null,
    product: 'mSHOW',
    performance: null,
    start: '2027-02-01T20:00',
    hall: 'hGREAT',
    block: 'bA',
    row: '1',
    seat: '1',
    allotment: null,
    category: '1',
    tariff: '0',
    priceMinor: 4000,
    givenBackMinor: null,
    commissionMinor: null,
    currency: 'EUR',
    barcode: `B${operation}`,
    lastName: 'Martin',
    firstName: 'Zoé',
    outlet: null,
    releasesPlace: false,
    test: false,
    ...change,
  };
}

/** What a later operation tells of its ticket: its number, its product, its place and code. */
export function laterOf(sale: Message, change: Partial<Message>): Message {
  return message({
    ticket: sale.ticket,
    product: sale.product,
    start: sale.start,
    block: sale.block,
    row: sale.row,
    seat: sale.seat,
    category: sale.category,
    tariff: sale.tariff,
    priceMinor: null,
    barcode: sale.barcode,
    ...change,
  });
}

export const cancellation = (sale: Message, change: Partial<Message> = {}) =>
  laterOf(sale, { kind: 'cancellation', ...change });

export const refund = (sale: Message, givenBackMinor: number, change: Partial<Message> = {}) =>
  laterOf(sale, { kind: 'refund', givenBackMinor, ...change });

const OTHER_PERFORMANCES = [203, 204, 205, 206, 211, 212, 221, 222, 231];

/** Books with rows of ten seats in blocks A (CAT1) and B (CAT2), all exported, and counts. */
export function paperBooks(options: PaperOptions = {}): PaperBooks {
  const books = new PaperBooks(options);
  for (const performanceId of [P1, P2, ...OTHER_PERFORMANCES]) {
    const small = performanceId === 212;
    for (const [blockId, categoryId] of [[11, small ? 24 : CAT1] as const, [12, CAT2] as const]) {
      for (let number = 1; number <= 10; number += 1) {
        const seat = newSeat(performanceId, blockId, number, categoryId);
        books.seats.set(`${performanceId}|${seat.seatId}`, seat);
      }
    }
  }
  for (const counter of books.catalogue.counters) {
    const capacity = counter.kind === 'pass' ? null : 5;
    books.counters.set(counter.id, { id: counter.id, capacity, sold: 0, held: 0, blocked: 0 });
    const zone = counter.kind === 'zone';
    books.quotas.set(quotaKey(counter.id, RES), {
      counterId: counter.id,
      contingentId: RES,
      quota: zone ? 4 : 3,
      interfaceId: zone ? OURS : null,
      allotted: zone ? 3 : 0,
      sold: 0,
      held: 0,
    });
  }
  return books;
}

function newSeat(
  performanceId: number,
  blockId: number,
  number: number,
  categoryId: number,
): PaperSeat {
  return {
    performanceId,
    seatId: blockId * 100 + number,
    blockId,
    row: '1',
    number: String(number),
    categoryId,
    contingentId: RES,
    state: 'free',
    interfaceId: OURS,
    sentCategoryId: categoryId,
    sentContingentId: RES,
    wish: null,
    wishBy: null,
    ticketId: null,
    ownReference: null,
  };
}

/** The seat of block A (11) or B (12) in row 1. */
export function seatOf(
  books: PaperBooks,
  number: number,
  blockId = 11,
  performanceId = P1,
): PaperSeat {
  return books.seats.get(`${performanceId}|${blockId * 100 + number}`) as PaperSeat;
}
