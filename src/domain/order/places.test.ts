import { describe, expect, it } from 'vitest';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import {
  CAT2,
  GALA_1,
  GALA_2,
  P1,
  P2,
  PAPER_ROWS,
  paperMappings,
} from '../../../tests/support/paper-house.ts';
import { cancellation, message, paperBooks, seatOf } from '../../../tests/support/paper-sales.ts';
import type { Message } from './message.ts';

/** What a sale finds: its product, its performance, its place. */

const pass = { hall: null, block: null, row: null, seat: null, category: null, priceMinor: 1500 };

async function sold(change: Partial<Message>, options = {}) {
  const books = paperBooks(options);
  const told = message(change);
  const plan = await books.integrate([told]);
  checkBooks(books);
  expect(plan.cases.map(({ problems }) => problems)).toEqual([]);
  return { books, plan, ticket: books.ticket(told.ticket), told };
}

describe('product and performance', () => {
  it('a code of two seasons is decided by the date', async () => {
    const gala = { product: 'mGALA', category: null, block: 'bA', priceMinor: 1500 };
    const first = await sold({ ...gala, start: '2026-06-01T20:00' });
    const second = await sold({ ...gala, start: '2027-06-01T20:00' });
    expect(first.ticket.productId).toBe(GALA_1);
    expect(second.ticket.productId).toBe(GALA_2);
  });

  it('a pass of two seasons is decided by validity at its sale, in either order', async () => {
    const books = paperBooks();
    const card = { product: 'mCARD', start: null, ...pass };
    const late = message({ ...card, operationAt: '2026-12-01T10:00:00.000Z' });
    const early = message({ ...card, operationAt: '2026-08-01T10:00:00.000Z' });
    await books.integrate([late, early]);
    const between = message({ ...card, operationAt: '2026-08-31T21:59:00.000Z' });
    await books.integrate([between]);
    const codes = [late, early, between].map(({ ticket }) => {
      return books.catalogue.productById.get(books.ticket(ticket).productId)?.code;
    });
    expect(books.openCases().map(({ problems }) => problems)).toEqual([]);
    expect(codes).toEqual(['CARD2', 'CARD', 'CARD']);
  });

  it('two performances at one start are decided by the hall', async () => {
    const match = { product: 'mMATCH', start: '2027-03-01T18:00', priceMinor: 1500 };
    const great = await sold({ ...match, hall: 'hGREAT' });
    const small = await sold({ ...match, hall: 'hSMALL' });
    expect([great.ticket.performanceId, small.ticket.performanceId]).toEqual([211, 212]);
  });

  it('a former start finds the performance that moved', async () => {
    const { ticket } = await sold({ start: '2027-01-31T20:00' });
    expect(ticket.performanceId).toBe(P1);
  });

  it('what is not ours is neither stored nor a case', async () => {
    const books = paperBooks();
    const plan = await books.integrate([message({ product: 'mALIEN' })]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['not_ours']);
    expect(books.messages.size).toBe(0);
  });

  it.each([
    ['block', 'bZ', { block: 'bZ' }],
    ['block', 'zZ', { block: 'zZ', row: null, seat: null, category: '3' }],
    ['contingent', 'aZ', { allotment: 'aZ' }],
    ['performance', 'P-77', { performance: 'P-77', start: null }],
    ['logical_configuration', 'hZ', { product: 'mMATCH', start: '2027-03-01T18:00', hall: 'hZ' }],
    ['seat_category', '77', { category: '77' }],
    ['tariff', '77', { tariff: '77' }],
  ] as const)(
    'a %s marked as not ours (%s) is neither stored nor a case',
    async (word, value, told) => {
      const books = paperBooks();
      books.map([
        ...paperMappings(),
        { id: 9_999, word, seasonId: null, ours: null, external: [value], notOurs: true },
      ]);
      const plan = await books.integrate([message(told)]);
      expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['not_ours']);
      expect(books.messages.size).toBe(0);
    },
  );

  it('what another interface of the account takes is left to it', async () => {
    const books = paperBooks({ terms: { productIds: new Set([999]) } });
    const plan = await books.integrate([message()]);
    expect(plan.outcomes.map(({ outcome }) => outcome)).toEqual(['elsewhere']);
    expect(books.messages.size).toBe(0);
  });

  it('a suspended performance sells with a note', async () => {
    const { plan } = await sold({ start: '2027-02-04T20:00' });
    expect(plan.notes.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'performance.suspended', params: { performance: 'SUSPENDED', state: 'suspended' } },
    ]);
  });

  it('a sale before the cancellation of its performance counts, and opens no door', async () => {
    const { books, ticket, told } = await sold({
      start: '2027-02-05T20:00',
      operationAt: '2026-12-05T10:00:00.000Z',
    });
    expect(ticket.toBeRefunded).toBe(true);
    expect(books.codes.get(told.barcode as string)).toMatchObject({
      state: 'revoked',
      reason: 'performance.cancelled',
    });
  });
});

describe('seats', () => {
  it('one never exported is adopted with a note, and stays with the reseller', async () => {
    const books = paperBooks();
    Object.assign(seatOf(books, 1), {
      interfaceId: null,
      sentCategoryId: null,
      sentContingentId: null,
    });
    const sale = message();
    const plan = await books.integrate([sale]);
    expect(plan.notes.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'seat.adopted', params: { seat: 'bA/1/1' } },
    ]);
    await books.integrate([cancellation(sale)]);
    expect(seatOf(books, 1)).toMatchObject({ state: 'free', interfaceId: 1, sentCategoryId: 21 });
    checkBooks(books);
  });

  it('is held against the category under which it was sent', async () => {
    const books = paperBooks();
    Object.assign(seatOf(books, 1), { categoryId: CAT2 });
    await books.integrate([message()]);
    expect(books.openCases()).toEqual([]);
  });

  it('a wish lapses with the sale, and its author is told', async () => {
    const books = paperBooks();
    Object.assign(seatOf(books, 1), { wish: 'take_back', wishBy: 'claire' });
    const sale = message();
    const plan = await books.integrate([sale]);
    expect(plan.notes.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'wish.lapsed', params: { seat: 'bA/1/1', ticket: sale.ticket, by: 'claire' } },
    ]);
  });
});

describe('counts', () => {
  const zone = { block: 'FREE', row: null, seat: null, category: '3', priceMinor: 2000 };

  it('a zone takes from what was handed over, and gives back to it', async () => {
    const books = paperBooks();
    const sale = message(zone);
    await books.integrate([sale]);
    expect(books.quotas.get('501|401')).toMatchObject({ allotted: 2, sold: 1 });
    await books.integrate([cancellation(sale)]);
    expect(books.quotas.get('501|401')).toMatchObject({ allotted: 3, sold: 0 });
    checkBooks(books);
  });

  it('a zone never handed over takes from its share, and gives back to the share', async () => {
    const books = paperBooks();
    Object.assign(books.quotas.get('501|401') as object, { interfaceId: null, allotted: 0 });
    const sales = [message(zone), message(zone)];
    await books.integrate(sales);
    await books.integrate([cancellation(sales[0] as Message)]);
    expect(books.quotas.get('501|401')).toMatchObject({ allotted: 0, sold: 1 });
  });

  it('a place given back lets the oldest in who waits for one', async () => {
    const books = paperBooks();
    const sales = [1, 2, 3, 4, 5].map(() => message(zone));
    await books.integrate(sales);
    expect(books.openCases().map(({ ticket }) => ticket)).toEqual(
      sales.slice(3).map(({ ticket }) => ticket),
    );
    await books.integrate([cancellation(sales[0] as Message)]);
    expect(books.openCases().map(({ ticket }) => ticket)).toEqual([sales[4]?.ticket]);
    checkBooks(books);
  });

  it('a zone may be named by its category alone', async () => {
    const { ticket } = await sold({ ...zone, block: null });
    expect(ticket.counterId).toBe(501);
  });

  it('a slot of a day, or a day without slots', async () => {
    const slot = await sold({ product: 'mDAY', start: '2027-05-01T14:00', ...pass });
    expect([slot.ticket.counterId, slot.ticket.day]).toEqual([512, '2027-05-01']);
    const day = await sold({ product: 'mDAY', start: '2027-05-02', ...pass });
    expect(day.ticket.counterId).toBe(513);
  });

  it('several days are taken all or none', async () => {
    const books = paperBooks();
    const days = (start: string) => message({ product: 'mDAYS', start, ...pass });
    const first = days('2027-05-01');
    await books.integrate([first]);
    expect([521, 522, 523, 524].map((id) => books.counters.get(id)?.sold)).toEqual([1, 1, 1, 0]);
    Object.assign(books.quotas.get('523|401') as object, { quota: 1 });
    await books.integrate([days('2027-05-02')]);
    expect([521, 522, 523, 524].map((id) => books.counters.get(id)?.sold)).toEqual([1, 1, 1, 0]);
    await books.integrate([cancellation(first)]);
    // The one that waited for the third day has it now.
    expect([521, 522, 523, 524].map((id) => books.counters.get(id)?.sold)).toEqual([0, 1, 1, 1]);
    checkBooks(books);
  });

  it('days that reach beyond the last are not sold in part', async () => {
    const books = paperBooks();
    await books.integrate([message({ product: 'mDAYS', start: '2027-05-03', ...pass })]);
    expect(books.openCases().flatMap(({ problems }) => problems)).toEqual([
      { code: 'count.over', params: { place: '2027-05-03', left: 0 } },
    ]);
  });
});

describe('money', () => {
  it('VAT follows product or performance, from its day', async () => {
    const product = await sold({});
    expect(product.ticket.vatMinor).toBe(209);
    const before = await sold({
      start: '2027-02-02T20:00',
      operationAt: '2026-11-30T12:00:00.000Z',
    });
    expect(before.ticket).toMatchObject({ performanceId: P2, vatMinor: 209 });
    const after = await sold({
      start: '2027-02-02T20:00',
      operationAt: '2026-12-02T12:00:00.000Z',
    });
    expect(after.ticket.vatMinor).toBe(82);
  });

  it('sales that share a reference are one order, others their own', async () => {
    const books = paperBooks();
    const shared = ['1', '2'].map((seat) => message({ seat, order: 'O-1' }));
    const alone = ['3', '4'].map((seat) => message({ seat }));
    await books.integrate([...shared, ...alone]);
    await books.integrate([message({ seat: '5', order: 'O-1' })]);
    expect(books.orders.size).toBe(3);
    const orders = new Set([...books.tickets.values()].map(({ saleOrderId }) => saleOrderId));
    expect(orders.size).toBe(3);
  });

  it('any name in Unicode stays as it is', async () => {
    const lastName = 'Nguyễn-‘Åß’ 🎭 "\\ {x}';
    const { ticket } = await sold({ lastName, firstName: '李\u0301' });
    expect(ticket).toMatchObject({ lastName, firstName: '李\u0301' });
  });

  it('a price of 0 is a ticket', async () => {
    const free = PAPER_ROWS.prices.map((row) => ({ ...row, amountMinor: 0 }));
    const { ticket, books } = await sold({ priceMinor: 0 }, { catalogue: { prices: free } });
    expect(ticket).toMatchObject({ state: 'valid', bookedMinor: 0 });
    expect(books.ledger).toMatchObject([{ kind: 'sale', amountMinor: 0 }]);
  });

  it('an hour that repeats is noted', async () => {
    const { plan } = await sold({
      operationAmbiguous: true,
      operationAt: '2026-10-25T00:30:00.000Z',
    });
    expect(plan.notes.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'instant.ambiguous', params: { at: '2026-10-25T00:30:00.000Z' } },
    ]);
  });

  it('a missing name is noted where names are required', async () => {
    const named = { product: 'mNAMED', start: '2027-04-01T20:00', priceMinor: 1500 };
    const nobody = await sold({ ...named, lastName: ' fnac ', firstName: null });
    expect(nobody.ticket.nameMissing).toBe(true);
    expect(nobody.plan.notes.map(({ code, params }) => ({ code, params }))).toEqual([
      { code: 'names.missing', params: { ticket: nobody.told.ticket } },
    ]);
    const holder = message({
      kind: 'holder',
      ticket: nobody.told.ticket,
      product: 'mNAMED',
      start: '2027-04-01T20:00',
      lastName: 'Curie',
    });
    await nobody.books.integrate([holder]);
    expect(nobody.books.ticket(nobody.told.ticket)).toMatchObject({
      lastName: 'Curie',
      nameMissing: false,
    });
  });

  it('a sale before the account opened keeps its date and makes no entry', async () => {
    const { books, told } = await sold(
      { operationAt: '2026-11-01T10:00:00.000Z' },
      { terms: { accountOpenedAt: '2026-11-30T00:00:00.000Z' } },
    );
    expect(books.ledger).toEqual([]);
    await books.integrate([
      message({
        ...told,
        kind: 'exchange',
        ticket: 'NEW',
        replaces: told.ticket,
        seat: '2',
        barcode: 'NEW',
        operationAt: '2026-12-03T10:00:00.000Z',
        operationNumber: 900_000,
      }),
    ]);
    // The old ticket never entered the account: nothing is given back of it there.
    expect(books.ledger.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['sale', 4000],
    ]);
    checkBooks(books);
  });
});
