import { describe, expect, it } from 'vitest';
import type { PaperOptions } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import { CAT1, commission, FULL, P1, price, SHOW } from '../../../tests/support/paper-house.ts';
import { message, paperBooks } from '../../../tests/support/paper-sales.ts';
import type { Message } from '../order/message.ts';
import type { InterfaceTerms } from '../order/plan.ts';
import { commissionAmount, vatContained } from './price.ts';

/**
 * Amounts reckoned by hand: VAT is contained in the price, gross × rate ÷ (100 + rate), a
 * commission in percent is of our price; either is rounded once, halves away from zero.
 */

describe('VAT contained', () => {
  it.each([
    // France: 40.00 × 5.5 ÷ 105.5 = 2.0853; 35.00 × 2.1 ÷ 102.1 = 0.7199; 12.00 ÷ 11 = 1.0909.
    [4000, 550, 209],
    [3500, 210, 72],
    [1200, 1000, 109],
    // 28.50 × 5.5 ÷ 105.5 = 1.4858; 22.00 × 20 ÷ 120 = 3.6667.
    [2850, 550, 149],
    [2200, 2000, 367],
    // Switzerland: 100.00 × 8.1 ÷ 108.1 = 7.4930; 45.00 × 2.6 ÷ 102.6 = 1.1404.
    [10_000, 810, 749],
    [4500, 260, 114],
    // 0.05 × 8.1 ÷ 108.1 = 0.0037, and what is free has none.
    [5, 810, 0],
    [0, 550, 0],
  ])('%i at %i hundredths of a percent: %i', (gross, rate, vat) => {
    expect(vatContained(gross, rate)).toBe(vat);
  });
});

describe('a commission', () => {
  it.each([
    // 10 % of 39.95 = 3.995, a half; 7.5 % of 12.34 = 0.9255; 8 % of 31.50 = 2.52.
    ['percent', 1000, 3995, 400],
    ['percent', 750, 1234, 93],
    ['percent', 800, 3150, 252],
    ['percent', 1000, 0, 0],
    ['amount', 180, 4000, 180],
    ['amount', 180, 0, 180],
  ] as const)('%s %i of %i: %i', (kind, value, ours, amount) => {
    expect(commissionAmount({ kind, value, onTop: false }, ours)).toBe(amount);
  });
});

const SOLD_AT = '2026-12-02T10:00:00.000Z';
const told = (change: Partial<Message>): Message =>
  message({ ticket: 'T', order: null, operationAt: SOLD_AT, ...change });

interface House {
  /** Hundredths of a percent. */
  vat: number;
  ours: number;
  commission: Parameters<typeof commission>[0] | null;
  terms?: Partial<InterfaceTerms>;
}

const options = ({ vat, ours, commission: rule, terms }: House): PaperOptions => ({
  catalogue: {
    prices: [price(SHOW, CAT1, FULL, ours)],
    vatRates: [
      {
        productId: SHOW,
        performanceId: null,
        rateHundredths: vat,
        validFrom: '2026-01-01T00:00:00.000Z',
      },
    ],
    commissions: rule === null ? [] : [commission(rule)],
  },
  ...(terms === undefined ? {} : { terms }),
});

async function book(house: House, ...messages: Partial<Message>[]) {
  const books = paperBooks(options(house));
  const plans = [];
  for (const one of messages) plans.push(await books.integrate([told(one)]));
  checkBooks(books);
  expect(books.openCases()).toEqual([]);
  const money = plans[0]?.newTickets[0]?.fresh;
  return { ticket: books.ticket('T'), money, ledger: linesOf(books) };
}

const linesOf = (books: ReturnType<typeof paperBooks>): string[] =>
  books.ledger.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`);

const PERCENT = { kind: 'percent', value: 1000 } as const;

describe('a ticket', () => {
  it('France, 5.5 %: 10 % inside the price, VAT of the commission at 20 %', async () => {
    const { ticket, money, ledger } = await book(
      { vat: 550, ours: 3995, commission: PERCENT },
      { priceMinor: 3995 },
    );
    // 39.95 × 5.5 ÷ 105.5 = 2.0827; 4.00 × 20 ÷ 120 = 0.6667; 39.95 − 4.00.
    expect(ticket).toMatchObject({ bookedMinor: 3995, commissionMinor: 400 });
    expect(money).toMatchObject({
      netDueMinor: 3595,
      vatMinor: 208,
      commissionVatMinor: 67,
    });
    expect(ledger).toEqual(['sale 3995', 'commission -400']);
  });

  it('Switzerland, 2.6 %, commission of 1.80 at 8.1 %, reported without it', async () => {
    const { ticket, money, ledger } = await book(
      {
        vat: 260,
        ours: 4500,
        commission: { kind: 'amount', value: 180 },
        terms: { includesCommission: false, commissionVatHundredths: 810 },
      },
      { priceMinor: 4320 },
    );
    // 45.00 × 2.6 ÷ 102.6 = 1.1404; 1.80 × 8.1 ÷ 108.1 = 0.1349.
    expect(ticket).toMatchObject({ priceMinor: 4320, bookedMinor: 4500, commissionMinor: 180 });
    expect(money).toMatchObject({
      netDueMinor: 4320,
      vatMinor: 114,
      commissionVatMinor: 13,
    });
    expect(ledger).toEqual(['sale 4500', 'commission -180']);
  });

  it('on top: what was paid for the reseller is neither owed nor taxed here', async () => {
    const { ticket, money, ledger } = await book(
      { vat: 550, ours: 3995, commission: { ...PERCENT, onTop: true } },
      { priceMinor: 4395 },
    );
    expect(ticket).toMatchObject({ priceMinor: 4395, bookedMinor: 3995, commissionMinor: 400 });
    expect(money).toMatchObject({ netDueMinor: 3995, vatMinor: 208 });
    expect(ledger).toEqual(['sale 3995']);
  });

  it('2.1 % of a performance from its day on, 5.5 % before', async () => {
    const house = options({ vat: 550, ours: 3500, commission: null });
    const early = { performanceId: P1, rateHundredths: 210, validFrom: SOLD_AT, productId: SHOW };
    const rows = [...(house.catalogue?.vatRates ?? []), early];
    const books = paperBooks({ ...house, catalogue: { ...house.catalogue, vatRates: rows } });
    const before = { operationAt: '2026-12-02T09:59:59.000Z', ticket: 'A', seat: '1' };
    const plan = await books.integrate([
      told({ ...before, priceMinor: 3500, barcode: null, order: null }),
      told({ ticket: 'B', seat: '2', priceMinor: 3500, barcode: null, order: null }),
    ]);
    // 35.00 × 5.5 ÷ 105.5 = 1.8246; 35.00 × 2.1 ÷ 102.1 = 0.7199.
    expect(plan.newTickets.map(({ fresh }) => fresh?.vatMinor)).toEqual([182, 72]);
  });
});

describe('the price policy', () => {
  const house = (pricePolicy: InterfaceTerms['pricePolicy'], onTop: boolean): House => ({
    vat: 550,
    ours: 4000,
    commission: { ...PERCENT, onTop },
    terms: { pricePolicy },
  });

  it('ours: our price and the commission of it, whatever was paid', async () => {
    const inside = await book(house('ours', false), { priceMinor: 4100 });
    expect(inside.ticket).toMatchObject({ bookedMinor: 4000, commissionMinor: 400 });
    expect(inside.ledger).toEqual(['sale 4000', 'commission -400']);
    const onTop = await book(house('ours', true), { priceMinor: 4500 });
    expect(onTop.ticket).toMatchObject({ bookedMinor: 4000, commissionMinor: 400 });
    expect(onTop.ledger).toEqual(['sale 4000']);
  });

  it('reseller: theirs and the commission of it', async () => {
    const inside = await book(house('reseller', false), { priceMinor: 4100 });
    expect(inside.ledger).toEqual(['sale 4100', 'commission -410']);
    // 45.10 with 10 % on top is 41.00 and 4.10.
    const onTop = await book(house('reseller', true), { priceMinor: 4510 });
    expect(onTop.ticket).toMatchObject({ bookedMinor: 4100, commissionMinor: 410 });
    expect(onTop.ledger).toEqual(['sale 4100']);
  });
});

describe('refunds in part', () => {
  const refund = (change: Partial<Message>): Partial<Message> => ({
    kind: 'refund',
    operationNumber: null,
    operationAt: '2026-12-03T10:00:00.000Z',
    ...change,
  });

  it('inside: the commission goes back with the last of the price', async () => {
    const { ledger } = await book(
      { vat: 550, ours: 3995, commission: PERCENT },
      { priceMinor: 3995 },
      refund({ givenBackMinor: 1000 }),
      refund({ givenBackMinor: 2995, operationAt: '2026-12-04T10:00:00.000Z' }),
    );
    expect(ledger).toEqual([
      'sale 3995',
      'commission -400',
      'refund -1000',
      'refund -2995',
      'commission 400',
    ]);
  });

  it('inside: or as the reseller tells it', async () => {
    const { ledger } = await book(
      { vat: 550, ours: 3995, commission: PERCENT },
      { priceMinor: 3995 },
      refund({ givenBackMinor: 1000, commissionMinor: 100 }),
      refund({ givenBackMinor: 2995, operationAt: '2026-12-04T10:00:00.000Z' }),
    );
    expect(ledger.slice(2)).toEqual([
      'refund -1000',
      'commission 100',
      'refund -2995',
      'commission 300',
    ]);
  });

  it('on top: given back in full, with the commission or without it', async () => {
    for (const back of [
      { givenBackMinor: 4400, commissionMinor: 400 },
      { givenBackMinor: 4400 },
      { givenBackMinor: 4000 },
    ]) {
      const { ledger, ticket } = await book(
        { vat: 550, ours: 4000, commission: { ...PERCENT, onTop: true } },
        { priceMinor: 4400 },
        refund(back),
      );
      expect(ledger).toEqual(['sale 4000', 'refund -4000']);
      expect(ticket.state).toBe('cancelled');
    }
  });
});
