import { describe, expect, it } from 'vitest';
import type { PaperBooks } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import { ELSEWHERE, OURS, P1 } from '../../../tests/support/paper-house.ts';
import { cancellation, message, paperBooks, seatOf } from '../../../tests/support/paper-sales.ts';
import type { CaseDecision } from './case-decision.ts';
import type { Message } from './message.ts';

/** What no reseller holds, given to a sale by a person's choice or by the interface's rule. */

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

describe('from house stock', () => {
  it('a free seat of another contingent joins the allotment, of none it is lent', async () => {
    const books = paperBooks();
    const none = { interfaceId: null, sentCategoryId: null, sentContingentId: null };
    for (const [number, contingentId] of [
      [1, ELSEWHERE],
      [2, null],
    ] as const) {
      Object.assign(seatOf(books, number), { ...none, contingentId });
      const sale = message({ seat: String(number) });
      await books.integrate([sale]);
      await decide(books, sale, { place: { kind: 'house_stock' } });
      expect(seatOf(books, number)).toMatchObject({ state: 'sold', interfaceId: OURS });
      await books.integrate([cancellation(sale)]);
    }
    expect(seatOf(books, 1)).toMatchObject({ state: 'free', interfaceId: OURS });
    expect(seatOf(books, 2)).toMatchObject({ state: 'free', ...none });
  });

  it('a seat that is held stays a case', async () => {
    const books = paperBooks();
    Object.assign(seatOf(books, 1), { state: 'blocked', interfaceId: null, ownReference: 'V' });
    const sale = message();
    await books.integrate([sale]);
    await decide(books, sale, { place: { kind: 'house_stock' } });
    expect(problemsOf(books, sale).map(({ code }) => code)).toEqual(['seat.not_in_allotment']);
  });

  /** A zone of 5 places: a share of 4, of which the reseller holds 3. */
  async function zoneSold(count: number) {
    const books = paperBooks();
    const sales = Array.from({ length: count }, () => message(zone));
    await books.integrate(sales);
    return { books, sales };
  }

  it('first what the share has, then what no contingent keeps, and never beyond', async () => {
    const { books, sales } = await zoneSold(6);
    const [fourth, fifth, sixth] = sales.slice(3) as [Message, Message, Message];
    await decide(books, fourth, { place: { kind: 'house_stock' } });
    expect(books.quotas.get('501|401')).toMatchObject({ quota: 4, sold: 4, allotted: 0 });
    await decide(books, fifth, { place: { kind: 'house_stock' } });
    expect(books.quotas.get('501|401')).toMatchObject({ quota: 5, sold: 5, allotted: 0 });
    await decide(books, sixth, { place: { kind: 'house_stock' } });
    expect(problemsOf(books, sixth).map(({ code }) => code)).toEqual(['count.over']);
    expect(books.quotas.get('501|401')).toMatchObject({ quota: 5, sold: 5, allotted: 0 });
    // Given back it stays with the reseller, who sold it.
    await books.integrate([cancellation(fifth)]);
    expect(books.quotas.get('501|401')).toMatchObject({ quota: 5, sold: 5, allotted: 0 });
    expect(books.openCases()).toEqual([]);
    checkBooks(books);
  });

  it('leaves alone what another contingent keeps, and what the venue has', async () => {
    const { books, sales } = await zoneSold(5);
    const counter = books.counters.get(501);
    if (counter !== undefined) counter.blocked = 1;
    for (const sale of sales.slice(3)) {
      await books.decide(caseOf(books, sale), { place: { kind: 'house_stock' } });
    }
    expect(problemsOf(books, sales[4] as Message).map(({ code }) => code)).toEqual(['count.over']);
    expect(books.quotas.get('501|401')).toMatchObject({ quota: 4, sold: 4 });
  });

  it('stops at the safety gauge', async () => {
    const { books, sales } = await zoneSold(5);
    const [fourth, fifth] = sales.slice(3) as [Message, Message];
    const performance = books.catalogue.performanceById.get(P1);
    // Twenty seats and a share of four are what contingents keep.
    if (performance !== undefined) performance.gauge = 24;
    await decide(books, fourth, { place: { kind: 'house_stock' } });
    await decide(books, fifth, { place: { kind: 'house_stock' } });
    expect(problemsOf(books, fifth).map(({ code }) => code)).toEqual(['count.over']);
    if (performance !== undefined) performance.gauge = 25;
    await decide(books, fifth, { place: { kind: 'house_stock' } });
    expect(books.openCases()).toEqual([]);
    if (performance !== undefined) performance.gauge = null;
  });

  it('by the rule of the interface, up to its maximum of living tickets', async () => {
    const books = paperBooks({ terms: { houseStockMaximum: 1 } });
    const sales = Array.from({ length: 5 }, () => message(zone));
    await books.integrate(sales.slice(0, 3));
    const [fourth, fifth] = sales.slice(3) as [Message, Message];
    await books.integrate([fourth, fifth]);
    checkBooks(books);
    expect(books.openCases().map(({ ticket }) => ticket)).toEqual([fifth.ticket]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 4, allotted: 0 });
    await books.integrate([cancellation(fourth)]);
    expect(books.openCases()).toEqual([]);
    const sixth = message(zone);
    await books.integrate([sixth]);
    expect(books.openCases()).toEqual([]);
    checkBooks(books);
  });

  it('not by the rule where a place comes back in the same batch', async () => {
    const books = paperBooks({ terms: { houseStockMaximum: 5 } });
    const sales = Array.from({ length: 4 }, () => message(zone));
    const end = cancellation(sales[0] as Message);
    await books.integrate([...sales, end].sort(() => -1));
    const drawn = [...books.tickets.values()].filter((one) => one.fromHouseStock);
    expect(drawn).toEqual([]);
    expect(books.quotas.get('501|401')).toMatchObject({ sold: 3, allotted: 0 });
  });
});
