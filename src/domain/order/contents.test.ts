import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { changedSince, checkBooks, everything } from '../../../tests/support/paper-checks.ts';
import { commission, PAPER_ROWS } from '../../../tests/support/paper-house.ts';
import {
  cancellation,
  laterOf,
  message,
  paperBooks,
  refund,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { CaseDecision } from './case-decision.ts';
import type { Message } from './message.ts';

/** Contents told again that a person, or the reseller itself, takes for the right ones. */

const THEIRS: CaseDecision = { accepted: ['content.differs'], contents: 'theirs' };

const codesOf = (books: PaperBooks) =>
  books.openCases().map(({ problems }) => problems.map(({ code }) => code).join());

async function decideOnly(books: PaperBooks, decision: CaseDecision) {
  const [open, ...others] = books.openCases();
  expect(others).toEqual([]);
  const plan = await books.decide(open?.messageId as number, decision);
  checkBooks(books);
  return plan;
}

/** The same operation again with other contents, taken; answers the books. */
async function corrected(
  first: Message,
  change: Partial<Message>,
  between: readonly Message[] = [],
  books = paperBooks(),
) {
  await books.integrate([first]);
  for (const one of between) await books.integrate([one]);
  const again = { ...first, ...change };
  await books.integrate([again]);
  expect(codesOf(books)).toEqual(['content.differs']);
  const plan = await decideOnly(books, THEIRS);
  return { books, plan, again };
}

async function expectKnown(books: PaperBooks, messages: readonly Message[]) {
  const before = everything(books);
  const plan = await books.integrate(structuredClone([...messages]));
  expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(messages.map(() => 'known'));
  expect(changedSince(before, books)).toEqual([]);
}

const ledger = (books: PaperBooks) =>
  books.ledger.map(({ kind, amountMinor }) => [kind, amountMinor]);

describe('a sale told again', () => {
  it('with another price: the difference is booked, and each telling is known', async () => {
    const sale = message();
    const { books, plan, again } = await corrected(sale, { priceMinor: 4200 });
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['correction']);
    expect(books.ticket(sale.ticket)).toMatchObject({ priceMinor: 4200, bookedMinor: 4200 });
    expect(ledger(books)).toEqual([
      ['sale', 4000],
      ['sale', 200],
    ]);
    const { kind, amountMinor, detail } = plan.operations[0] ?? {};
    expect([kind, amountMinor, detail]).toEqual([
      'correction',
      200,
      { of: 'sale', fields: 'priceMinor' },
    ]);
    await expectKnown(books, [sale, again]);
  });

  it('with another commission: only that differs', async () => {
    const books = paperBooks({ catalogue: { commissions: [commission({ value: 1000 })] } });
    const sale = message({ commissionMinor: 400 });
    await corrected(sale, { commissionMinor: 300 }, [], books);
    expect(ledger(books)).toEqual([
      ['sale', 4000],
      ['commission', -400],
      ['commission', 100],
    ]);
  });

  it('on another seat: it moves there, and its old seat is free for the reseller', async () => {
    const sale = message();
    const { books } = await corrected(sale, { seat: '3' });
    expect(seatOf(books, 1)).toMatchObject({ state: 'free', interfaceId: 1 });
    expect(seatOf(books, 3).ticketId).toBe(books.ticket(sale.ticket).id);
    expect(books.operations.map(({ kind }) => kind)).toEqual(['sale', 'correction']);
    await books.integrate([cancellation({ ...sale, seat: '3' })]);
    expect(seatOf(books, 3).state).toBe('free');
    checkBooks(books);
  });

  it('on a seat that is sold stays a case, and nothing of it is done', async () => {
    const books = paperBooks();
    const other = message({ seat: '3' });
    const sale = message();
    await books.integrate([other, sale, { ...sale, seat: '3', priceMinor: 4200 }]);
    const before = books.ticket(sale.ticket);
    await decideOnly(books, THEIRS);
    expect(codesOf(books)).toEqual(['seat.sold']);
    expect(books.ticket(sale.ticket)).toEqual(before);
    expect(books.ledger.length).toBe(2);
  });

  it('with another tariff and day: its code opens on that day', async () => {
    const pass = { hall: null, block: null, row: null, seat: null, category: null };
    const sale = message({ product: 'mDAYS', start: '2027-05-01', ...pass, priceMinor: 1500 });
    const { books } = await corrected(sale, { start: '2027-05-02' });
    expect(books.codes.get(sale.barcode as string)).toMatchObject({
      state: 'valid',
      day: '2027-05-02',
    });
    expect(books.counters.get(521)?.sold).toBe(0);
    expect(books.counters.get(524)?.sold).toBe(1);
  });

  it('after a refund in part: what was given back stays', async () => {
    const sale = message();
    const { books } = await corrected(sale, { priceMinor: 4200 }, [refund(sale, 1000)]);
    expect(books.ticket(sale.ticket)).toMatchObject({ bookedMinor: 4200, refundedMinor: 1000 });
  });

  it('after its cancellation, which gave back the rest: nothing is left', async () => {
    const sale = message();
    const resale = message();
    const between = [cancellation(sale), resale];
    const { books } = await corrected(sale, { priceMinor: 4200 }, between);
    expect(books.ticket(sale.ticket)).toMatchObject({
      state: 'cancelled',
      bookedMinor: 4200,
      refundedMinor: 4200,
    });
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(resale.ticket).id);
  });

  it('while the first waits: the second is booked and the first set aside', async () => {
    const books = paperBooks();
    const sale = message({ priceMinor: 4100 });
    const again = { ...sale, priceMinor: 4000, barcode: 'OTHER' };
    await books.integrate([sale]);
    await books.integrate([again]);
    const [, second] = books.openCases();
    const plan = await books.decide(second?.messageId as number, THEIRS);
    checkBooks(books);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['set_aside', 'sale']);
    expect(books.openCases()).toEqual([]);
    expect(books.codes.get(sale.barcode as string)?.state).toBe('revoked');
    expect(books.codes.get('OTHER')?.state).toBe('valid');
    await expectKnown(books, [sale, again]);
  });

  it('a second sale of a living number corrects its ticket', async () => {
    const books = paperBooks();
    const sale = message();
    const second = { ...message(), ticket: sale.ticket, seat: '4', barcode: sale.barcode };
    await books.integrate([sale, second]);
    expect(codesOf(books)).toEqual(['ticket.living']);
    await decideOnly(books, { accepted: ['ticket.living'] });
    expect(codesOf(books)).toEqual(['ticket.living']);
    await decideOnly(books, { contents: 'theirs' });
    expect(books.openCases()).toEqual([]);
    expect(books.tickets.size).toBe(1);
    expect(seatOf(books, 4).ticketId).toBe(books.ticket(sale.ticket).id);
    await expectKnown(books, [sale, second]);
  });
});

describe('a return told again', () => {
  it('with another amount: the ticket and the account have the new one', async () => {
    const sale = message();
    const books = paperBooks();
    await books.integrate([sale]);
    const part = refund(sale, 1000);
    await corrected(part, { givenBackMinor: 1500 }, [], books);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'valid', refundedMinor: 1500 });
    expect(ledger(books)).toEqual([
      ['sale', 4000],
      ['refund', -1000],
      ['refund', -500],
    ]);
  });

  it('in full after all ends the ticket', async () => {
    const sale = message();
    const books = paperBooks();
    await books.integrate([sale]);
    await corrected(refund(sale, 1000), { givenBackMinor: 4000 }, [], books);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
    expect(seatOf(books, 1).state).toBe('free');
  });

  it('in part after all does not bring an ended ticket back', async () => {
    const sale = message();
    const books = paperBooks();
    const all = refund(sale, 4000);
    await books.integrate([sale]);
    await books.integrate([all]);
    await books.integrate([{ ...all, givenBackMinor: 1000 }]);
    await decideOnly(books, THEIRS);
    expect(codesOf(books)).toEqual(['content.differs']);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4000 });
  });

  it('a cancellation that kept fees: less or more of them', async () => {
    const sale = message();
    const books = paperBooks();
    const end = cancellation(sale, { givenBackMinor: 3500 });
    await books.integrate([sale]);
    await corrected(end, { givenBackMinor: 3800 }, [], books);
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 3800 });
  });

  it('of more than was paid stays a case, until that is accepted too', async () => {
    const sale = message();
    const books = paperBooks();
    const part = refund(sale, 1000);
    await books.integrate([sale]);
    await books.integrate([part]);
    await books.integrate([{ ...part, givenBackMinor: 4200 }]);
    await decideOnly(books, THEIRS);
    expect(codesOf(books)).toEqual(['refund.exceeds']);
    await decideOnly(books, { ...THEIRS, accepted: ['refund.exceeds'] });
    expect(books.ticket(sale.ticket)).toMatchObject({ state: 'cancelled', refundedMinor: 4200 });
  });
});

describe('a code', () => {
  it('of another ticket goes to this one, and the other is left without', async () => {
    const books = paperBooks();
    const first = message({ barcode: 'B' });
    const second = message({ barcode: 'B', seat: '2' });
    await books.integrate([first, second]);
    expect(codesOf(books)).toEqual(['barcode.used']);
    await decideOnly(books, { accepted: ['barcode.used'] });
    expect(books.ticket(first.ticket)).toMatchObject({ state: 'valid', barcode: null });
    expect(books.codes.get('B')).toMatchObject({
      state: 'valid',
      ticketId: books.ticket(second.ticket).id,
    });
    await books.integrate([cancellation(first, { barcode: null })]);
    expect(books.codes.get('B')?.state).toBe('valid');
    checkBooks(books);
  });

  it('of another ticket goes to a duplicate', async () => {
    const books = paperBooks();
    const [first, second] = [message({ barcode: 'B' }), message({ seat: '2' })];
    await books.integrate([first, second]);
    await books.integrate([laterOf(second, { kind: 'replacement', barcode: 'B' })]);
    await decideOnly(books, { accepted: ['barcode.used'] });
    expect(books.codes.get('B')).toMatchObject({
      state: 'valid',
      ticketId: books.ticket(second.ticket).id,
    });
    expect(books.ticket(first.ticket).barcode).toBeNull();
  });
});

describe('money decided for one message', () => {
  it('theirs, or ours, whatever the policy says', async () => {
    const books = paperBooks();
    const [first, second] = [
      message({ priceMinor: 4100 }),
      message({ priceMinor: 4100, seat: '2' }),
    ];
    await books.integrate([first, second]);
    const [one, two] = books.openCases();
    await books.decide(one?.messageId as number, { accepted: ['price.differs'], price: 'theirs' });
    await books.decide(two?.messageId as number, { accepted: ['price.differs'], price: 'ours' });
    checkBooks(books);
    expect(books.ticket(first.ticket)).toMatchObject({ priceMinor: 4100, bookedMinor: 4100 });
    expect(books.ticket(second.ticket)).toMatchObject({ priceMinor: 4100, bookedMinor: 4000 });
  });

  it('ours without a price of ours stays a case', async () => {
    const books = paperBooks({ catalogue: { prices: [] } });
    await books.integrate([message()]);
    await decideOnly(books, { accepted: ['price.missing'], price: 'ours' });
    expect(codesOf(books)).toEqual(['price.missing']);
    await decideOnly(books, { accepted: ['price.missing'], price: 'theirs' });
    expect(books.openCases()).toEqual([]);
  });

  it('in another currency it is ours or nothing', async () => {
    const books = paperBooks();
    const sale = message({ currency: 'CHF', priceMinor: 3900 });
    await books.integrate([sale]);
    await decideOnly(books, { accepted: ['currency.differs'] });
    expect(codesOf(books)).toEqual(['currency.differs']);
    await decideOnly(books, { accepted: ['currency.differs'], price: 'ours' });
    expect(books.ticket(sale.ticket)).toMatchObject({
      currency: 'EUR',
      priceMinor: 4000,
      bookedMinor: 4000,
    });
  });

  it('a refund beyond the price is booked as it was given, with its trace', async () => {
    const books = paperBooks();
    const sale = message();
    await books.integrate([sale]);
    await books.integrate([cancellation(sale, { givenBackMinor: 4150 })]);
    const plan = await decideOnly(books, { accepted: ['refund.exceeds'] });
    expect(ledger(books)).toEqual([
      ['sale', 4000],
      ['refund', -4150],
    ]);
    expect(plan.operations.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['cancellation', { beyond: 150 }],
    ]);
  });

  it('of a closed performance it is booked late', async () => {
    const books = paperBooks();
    const sale = message({ start: '2027-02-06T20:00' });
    await books.integrate([sale]);
    expect(codesOf(books)).toEqual(['performance.closed']);
    await decideOnly(books, { late: true });
    expect(books.ledger.map(({ late }) => late)).toEqual([true]);
    await books.integrate([cancellation(sale)]);
    await decideOnly(books, { accepted: ['performance.closed'], late: true });
    expect(books.ledger.map(({ late }) => late)).toEqual([true, true]);
    expect(PAPER_ROWS.performances.find(({ code }) => code === 'CLOSED')?.state).toBe('closed');
  });
});

describe('a commission on top, told within the price', () => {
  it('stays out of what is given back, in part and in full', async () => {
    const books = paperBooks({
      catalogue: { commissions: [commission({ value: 1000, onTop: true })] },
    });
    const sale = message({ priceMinor: 4400, commissionMinor: 400 });
    await books.integrate([sale]);
    expect(books.openCases()).toEqual([]);
    await books.integrate([refund(sale, 1100, { commissionMinor: 100 })]);
    expect(books.ticket(sale.ticket)).toMatchObject({ refundedMinor: 1000, state: 'valid' });
    await books.integrate([refund(sale, 3300, { commissionMinor: 300 })]);
    expect(books.ticket(sale.ticket)).toMatchObject({ refundedMinor: 4000, state: 'cancelled' });
    expect(ledger(books)).toEqual([
      ['sale', 4000],
      ['refund', -1000],
      ['refund', -3000],
    ]);
    checkBooks(books);
  });
});
