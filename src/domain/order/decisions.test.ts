import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import { ELSEWHERE, OTHER_INTERFACE, OURS, RES } from '../../../tests/support/paper-house.ts';
import {
  cancellation,
  laterOf,
  message,
  paperBooks,
  seatOf,
} from '../../../tests/support/paper-sales.ts';
import type { CaseDecision } from './case-decision.ts';
import type { Message } from './message.ts';

/** What a person decided for a case is followed, or leaves the case with what stands there now. */

const zone = { block: 'bPIT', row: null, seat: null, category: '3', priceMinor: 2000 };

function caseOf(books: PaperBooks, told: Message): number {
  const open = books.openCases().find((one) => one.message.ticket === told.ticket);
  if (open === undefined) throw new Error(`${told.ticket} has no open case.`);
  return open.messageId;
}

async function decide(books: PaperBooks, told: Message, decision: CaseDecision) {
  const plan = await books.decide(caseOf(books, told), decision);
  checkBooks(books);
  return plan;
}

function problemsOf(books: PaperBooks, told: Message) {
  return books.openCases().find((one) => one.message.ticket === told.ticket)?.problems ?? [];
}

const codeOf = (books: PaperBooks, told: Message) => {
  const code = books.codes.get(told.barcode ?? '');
  return [code?.state, code?.reason];
};

const ledgerOf = (books: PaperBooks, told: Message) =>
  books.ledger
    .filter(({ ticketId }) => ticketId === books.ticket(told.ticket).id)
    .map(({ kind, amountMinor }) => [kind, amountMinor]);

/** Two sales of one seat: the second is the case. */
async function soldTwice(): Promise<{ books: PaperBooks; first: Message; second: Message }> {
  const books = paperBooks();
  const [first, second] = [message(), message()];
  await books.integrate([first, second]);
  expect(problemsOf(books, second).map(({ code }) => code)).toEqual(['seat.sold']);
  return { books, first, second };
}

describe('another seat', () => {
  it('that was taken meanwhile leaves the case with the seat and its holder', async () => {
    const { books, second } = await soldTwice();
    const third = message({ seat: '5' });
    await books.integrate([third]);
    await decide(books, second, {
      accepted: ['seat.sold'],
      place: { kind: 'seat', seatId: 1105 },
    });
    expect(problemsOf(books, second)).toEqual([
      { code: 'seat.sold', params: { seat: 'HALL/ORCH/A/1/5', holder: third.ticket } },
    ]);
    expect(books.ledger.length).toBe(2);
  });

  it('of another reseller, or that is held, is refused', async () => {
    const { books, second } = await soldTwice();
    seatOf(books, 5).interfaceId = OTHER_INTERFACE;
    Object.assign(seatOf(books, 6), { interfaceId: null, state: 'held', ownReference: 'V' });
    await decide(books, second, { place: { kind: 'seat', seatId: 1105 } });
    expect(problemsOf(books, second).map(({ code }) => code)).toEqual(['seat.other_contingent']);
    await decide(books, second, { place: { kind: 'seat', seatId: 1106 } });
    expect(problemsOf(books, second).map(({ code }) => code)).toEqual(['seat.not_in_allotment']);
    await decide(books, second, { place: { kind: 'seat', seatId: 9 } });
    expect(problemsOf(books, second)).toEqual([{ code: 'seat.unknown', params: { seat: '9' } }]);
  });

  it('of ours joins the interface as sold, and is ours again when it is given back', async () => {
    const { books, first, second } = await soldTwice();
    const ours = { interfaceId: null, sentCategoryId: null, sentContingentId: null };
    Object.assign(seatOf(books, 5), { ...ours, contingentId: null });
    await decide(books, second, { place: { kind: 'seat', seatId: 1105 } });
    expect(books.ticket(second.ticket)).toMatchObject({
      seatId: 1105,
      resellerSeatId: 1101,
      overbooked: false,
    });
    expect(seatOf(books, 5)).toMatchObject({ state: 'sold', interfaceId: OURS });
    expect(codeOf(books, second)).toEqual(['valid', null]);
    // The cancellation names the seat that the reseller knows.
    await books.integrate([cancellation(second, { barcode: null })]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(second.ticket).state).toBe('cancelled');
    expect(seatOf(books, 5)).toMatchObject({ state: 'free', ...ours });
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(first.ticket).id);
    checkBooks(books);
  });

  it('out of the allotment goes back into the allotment', async () => {
    const { books, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'seat', seatId: 1105 } });
    await books.integrate([cancellation(second)]);
    expect(seatOf(books, 5)).toMatchObject({ state: 'free', interfaceId: OURS });
    checkBooks(books);
  });

  it('for a seat that we do not know: what follows finds the ticket', async () => {
    const books = paperBooks();
    const sale = message({ seat: '99' });
    await books.integrate([sale]);
    await decide(books, sale, { place: { kind: 'seat', seatId: 1105 } });
    expect(books.ticket(sale.ticket)).toMatchObject({ seatId: 1105, resellerSeatId: null });
    await books.integrate([cancellation(sale, { barcode: null })]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(sale.ticket).state).toBe('cancelled');
  });

  it('in place of a count: what follows finds the ticket, and no count moves', async () => {
    const books = paperBooks();
    const sales = [1, 2, 3, 4].map(() => message(zone));
    await books.integrate(sales);
    const last = sales[3] as Message;
    await decide(books, last, { place: { kind: 'seat', seatId: 1105 } });
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
    await books.integrate([cancellation(last, { barcode: null })]);
    expect(books.openCases()).toEqual([]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
    checkBooks(books);
  });

  it('in place of a count, renumbered: an end without a code finds it', async () => {
    const books = paperBooks();
    const sales = [1, 2, 3, 4].map(() => message(zone));
    await books.integrate(sales);
    const last = sales[3] as Message;
    await decide(books, last, { place: { kind: 'seat', seatId: 1105 } });
    const duplicate = laterOf(last, {
      kind: 'replacement',
      ticket: 'NEW',
      replaces: last.ticket,
      barcode: 'CNEW',
    });
    await books.integrate([duplicate]);
    await books.integrate([laterOf(duplicate, { kind: 'cancellation', barcode: null })]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket('NEW').state).toBe('cancelled');
    expect(seatOf(books, 5).state).toBe('free');
    checkBooks(books);
  });

  it('stays the seat of its bearer through an exchange for the same seat', async () => {
    const { books, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'seat', seatId: 1105 } });
    const exchange = laterOf(second, {
      kind: 'exchange',
      ticket: 'NEW',
      replaces: second.ticket,
      tariff: '6',
      priceMinor: 2500,
      barcode: 'NEW',
    });
    await books.integrate([exchange]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket('NEW')).toMatchObject({ seatId: 1105, resellerSeatId: 1101 });
    checkBooks(books);
  });
});

describe('overbooked', () => {
  it('a seat sold twice: the ticket stands beside it, and its bearer is sent on', async () => {
    const { books, first, second } = await soldTwice();
    await decide(books, second, { accepted: ['seat.sold'], place: { kind: 'overbooked' } });
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(second.ticket)).toMatchObject({ overbooked: true, seatId: 1101 });
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(first.ticket).id);
    expect(codeOf(books, second)).toEqual(['see_box_office', 'overbooked']);
    expect(ledgerOf(books, second)).toEqual([['sale', 4000]]);
    expect(books.movements.length).toBe(1);
  });

  it('gives nothing back when it ends, and money as usual', async () => {
    const { books, first, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'overbooked' } });
    await books.integrate([cancellation(second)]);
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(first.ticket).id);
    expect(ledgerOf(books, second)).toEqual([
      ['sale', 4000],
      ['refund', -4000],
    ]);
    expect(codeOf(books, second)).toEqual(['revoked', 'cancellation']);
    checkBooks(books);
  });

  it('a duplicate is sent to the box office too', async () => {
    const { books, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'overbooked' } });
    await books.integrate([laterOf(second, { kind: 'replacement', barcode: 'DUPL' })]);
    expect(books.codes.get('DUPL')).toMatchObject({
      state: 'see_box_office',
      reason: 'overbooked',
    });
  });

  it('an unknown seat, and a place beyond the count, whose counts stay', async () => {
    const books = paperBooks();
    const unknown = message({ seat: '99' });
    const sales = [1, 2, 3, 4].map(() => message(zone));
    await books.integrate([unknown, ...sales]);
    const last = sales[3] as Message;
    await decide(books, unknown, { place: { kind: 'overbooked' } });
    await decide(books, last, { place: { kind: 'overbooked' } });
    expect(books.openCases()).toEqual([]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
    await books.integrate([
      cancellation(unknown, { barcode: null }),
      cancellation(last, { barcode: null }),
    ]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(unknown.ticket).state).toBe('cancelled');
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
    checkBooks(books);
  });

  it('decided, but the seat is free by then: it takes the seat', async () => {
    const { books, first, second } = await soldTwice();
    const open = books.cases.get(caseOf(books, second));
    if (open !== undefined) open.decision = { place: { kind: 'overbooked' } };
    await books.integrate([cancellation(first)]);
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(second.ticket)).toMatchObject({ overbooked: false, seatId: 1101 });
    checkBooks(books);
  });

  it('does not hide another problem of the sale', async () => {
    const books = paperBooks();
    const second = message({ priceMinor: 4100 });
    await books.integrate([message(), second]);
    await decide(books, second, { accepted: ['seat.sold'], place: { kind: 'overbooked' } });
    expect(problemsOf(books, second).map(({ code }) => code)).toEqual(['price.differs']);
    await decide(books, second, {
      accepted: ['price.differs'],
      price: 'theirs',
      place: { kind: 'overbooked' },
    });
    expect(ledgerOf(books, second)).toEqual([['sale', 4100]]);
  });
});

describe('the seat goes to the second', () => {
  it('the first stays in the books beside the seat', async () => {
    const { books, first, second } = await soldTwice();
    await decide(books, second, { accepted: ['seat.sold'], place: { kind: 'take_over' } });
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(first.ticket)).toMatchObject({ overbooked: true, seatId: 1101 });
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(second.ticket).id);
    expect(codeOf(books, first)).toEqual(['see_box_office', 'overbooked']);
    expect(codeOf(books, second)).toEqual(['valid', null]);
    await books.integrate([cancellation(first)]);
    expect(seatOf(books, 1).ticketId).toBe(books.ticket(second.ticket).id);
    await books.integrate([cancellation(second)]);
    expect(seatOf(books, 1)).toMatchObject({ state: 'free', interfaceId: OURS });
    checkBooks(books);
  });

  it('an own sale of the venue is freed, and told', async () => {
    const books = paperBooks();
    Object.assign(seatOf(books, 1), {
      state: 'sold',
      interfaceId: null,
      ownReference: 'V-1',
      sentCategoryId: null,
      sentContingentId: null,
    });
    const sale = message();
    await books.integrate([sale]);
    expect(problemsOf(books, sale).map(({ code }) => code)).toEqual(['seat.sold']);
    const plan = await decide(books, sale, { place: { kind: 'take_over' } });
    expect(seatOf(books, 1)).toMatchObject({ ownReference: null, interfaceId: OURS });
    expect(plan.movements.map(({ kind, ticketId }) => [kind, ticketId === null])).toEqual([
      ['cancelled', true],
      ['sold', false],
    ]);
    expect(plan.notes.map(({ code, params }) => [code, params.holder])).toContainEqual([
      'seat.taken_over',
      'V-1',
    ]);
  });

  it('what another reseller has unsold is not taken', async () => {
    const books = paperBooks();
    seatOf(books, 1).interfaceId = OTHER_INTERFACE;
    const sale = message();
    await books.integrate([sale]);
    await decide(books, sale, { place: { kind: 'take_over' } });
    expect(problemsOf(books, sale).map(({ code }) => code)).toEqual(['seat.other_contingent']);
  });
});

describe('another count', () => {
  it('without room is refused, with it the ticket stands there', async () => {
    const books = paperBooks();
    const taken = { counterId: 501, contingentId: ELSEWHERE, quota: 1, interfaceId: null };
    books.quotas.set('501|402', { ...taken, allotted: 0, sold: 1, held: 0 });
    const counter = books.counters.get(501);
    if (counter !== undefined) counter.sold = 1;
    const sales = [1, 2, 3, 4].map(() => message(zone));
    await books.integrate(sales);
    const last = sales[3] as Message;
    const place = { kind: 'count', counterId: 501, contingentId: ELSEWHERE } as const;
    await books.decide(caseOf(books, last), { place });
    expect(problemsOf(books, last)).toEqual([
      { code: 'count.over', params: { place: 'ELSE', left: 0 } },
    ]);
    const quota = books.quotas.get('501|402');
    if (quota !== undefined) quota.quota = 2;
    await books.decide(caseOf(books, last), { place });
    expect(books.openCases()).toEqual([]);
    expect(books.ticket(last.ticket)).toMatchObject({ counterId: 501, contingentId: ELSEWHERE });
    await books.integrate([cancellation(last, { barcode: null })]);
    expect(books.quotas.get('501|402')).toMatchObject({ sold: 1, quota: 2 });
  });

  it('instead of a seat: what follows names the seat and finds the ticket', async () => {
    const { books, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'count', counterId: 501, contingentId: RES } });
    expect(books.ticket(second.ticket)).toMatchObject({
      seatId: null,
      resellerSeatId: 1101,
      counterId: 501,
    });
    await books.integrate([cancellation(second, { barcode: null })]);
    expect(books.openCases()).toEqual([]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 0, allotted: 3 });
    checkBooks(books);
  });

  it.each([
    ['a seat sold twice', {}],
    ['a seat that we do not know', { seat: '99' }],
  ])('instead of %s: the end of a later ticket in that zone is not its own', async (_, seat) => {
    const books = paperBooks();
    const [first, second] = [message(), message(seat)];
    await books.integrate([first, second]);
    await decide(books, second, { place: { kind: 'count', counterId: 501, contingentId: RES } });
    // The number goes on into the very zone, and what ends it there is told first.
    const exchange = laterOf(second, { ...zone, kind: 'exchange', barcode: 'NEW' });
    const end = cancellation(exchange, { barcode: null });
    await books.integrate([end]);
    expect(problemsOf(books, second)).toEqual([
      { code: 'sale.missing', params: { ticket: second.ticket } },
    ]);
    expect(books.ticket(second.ticket).state).toBe('valid');
    await books.integrate([exchange]);
    expect(books.openCases()).toEqual([]);
    const states = [...books.tickets.values()].map(({ number, state }) => [number, state]);
    expect(states).toEqual([
      [first.ticket, 'valid'],
      [second.ticket, 'exchanged'],
      [second.ticket, 'cancelled'],
    ]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 0, allotted: 3 });
    checkBooks(books);
  });

  it('of another performance, or of several days, is not followed', async () => {
    const { books, second } = await soldTwice();
    await decide(books, second, { place: { kind: 'count', counterId: 502, contingentId: RES } });
    expect(problemsOf(books, second).map(({ code }) => code)).toEqual(['seat.sold']);
  });
});
