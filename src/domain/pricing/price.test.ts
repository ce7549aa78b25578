import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperOptions } from '../../../tests/support/paper-books.ts';
import { checkBooks } from '../../../tests/support/paper-checks.ts';
import {
  CAT1,
  commission,
  FULL,
  P1,
  P2,
  PAPER_ROWS,
  PRICE_CHANGES_AT,
  paperCatalogue,
  price,
  SHOW,
} from '../../../tests/support/paper-house.ts';
import { message, paperBooks } from '../../../tests/support/paper-sales.ts';
import type { Message } from '../order/message.ts';
import {
  commissionAmount,
  commissionAt,
  comparablePrice,
  impliedCommission,
  priceLine,
  vatContained,
  vatRateAt,
} from './price.ts';

describe('VAT', () => {
  it('contained in a price, rounded half away from zero', () => {
    expect(vatContained(4000, 550)).toBe(209);
    expect(vatContained(-4000, 550)).toBe(-209);
    expect(vatContained(1000, 0)).toBe(0);
    // 105 at 110 %: 55 exactly; 21 at 100 %: 10.5.
    expect(vatContained(105, 11_000)).toBe(55);
    expect(vatContained(21, 10_000)).toBe(11);
  });

  it('of a performance counts from its day, before it that of the product', () => {
    const catalogue = paperCatalogue();
    expect(vatRateAt(catalogue, SHOW, P2, '2026-11-30T23:59:59.999Z')).toBe(550);
    expect(vatRateAt(catalogue, SHOW, P2, '2026-12-01T00:00:00.000Z')).toBe(210);
    expect(vatRateAt(catalogue, SHOW, P1, '2026-12-01T00:00:00.000Z')).toBe(550);
  });
});

describe('the price list', () => {
  const amountsAt = (prices: ReturnType<typeof price>[], performanceId: number, at: string) => {
    const catalogue = paperCatalogue({ prices });
    const query = { productId: SHOW, performanceId, seatCategoryId: CAT1, tariffId: FULL };
    const line = [...priceLine(catalogue, query)].filter(({ validFrom }) => validFrom <= at);
    return line.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]?.amountMinor;
  };

  it('a price of the performance counts from its day on, and not before', () => {
    const prices = [
      price(SHOW, CAT1, FULL, 4000, '2026-01-01T00:00:00.000Z'),
      price(SHOW, CAT1, FULL, 5000, '2026-06-01T00:00:00.000Z', P1),
      price(SHOW, CAT1, FULL, 4200, '2026-07-01T00:00:00.000Z'),
    ];
    expect(amountsAt(prices, P1, '2026-03-01T00:00:00.000Z')).toBe(4000);
    expect(amountsAt(prices, P1, '2026-08-01T00:00:00.000Z')).toBe(5000);
    expect(amountsAt(prices, P2, '2026-08-01T00:00:00.000Z')).toBe(4200);
  });

  it('a price of the category wins, one for all categories is the fallback', () => {
    const prices = [
      price(SHOW, null, FULL, 1000),
      price(SHOW, CAT1, FULL, 4000, '2026-01-01T00:00:00.000Z', P2),
    ];
    expect(amountsAt(prices, P1, '2026-03-01T00:00:00.000Z')).toBe(1000);
    expect(amountsAt(prices, P2, '2026-03-01T00:00:00.000Z')).toBe(4000);
  });
});

describe('commissions', () => {
  it('tariff and product win over tariff, product, and all', () => {
    const rows = [
      commission({ value: 1 }),
      commission({ value: 2, productId: SHOW }),
      commission({ value: 3, tariffId: FULL }),
      commission({ value: 4, productId: SHOW, tariffId: FULL }),
      commission({ value: 5, interfaceId: 9, productId: SHOW, tariffId: FULL }),
    ];
    const at = '2026-12-01T00:00:00.000Z';
    const value = (productId: number, tariffId: number) =>
      commissionAt(rows, { interfaceId: 1, productId, tariffId, at })?.value;
    expect([value(SHOW, FULL), value(1, FULL), value(SHOW, 1), value(1, 1)]).toEqual([4, 3, 2, 1]);
  });

  it('a percentage is of our price, whichever way the reseller reports it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.boolean(),
        fc.boolean(),
        (ours, value, onTop, includesCommission) => {
          const rule = { kind: 'percent' as const, value, onTop };
          const terms = { onTop, includesCommission };
          const amount = commissionAmount(rule, ours);
          const reported = onTop === includesCommission ? ours + (onTop ? amount : -amount) : ours;
          // With the commission of our price it is our price to the cent …
          expect(comparablePrice(reported, amount, terms)).toBe(ours);
          // … and what can be read from the reported price alone is as near as rounding allows.
          const implied = impliedCommission(rule, reported, terms);
          expect(Math.abs(comparablePrice(reported, implied, terms) - ours)).toBeLessThan(2);
        },
      ),
    );
  });
});

const BEFORE = '2026-12-02T10:00:00.000Z';

async function sell(change: Partial<Message>, options: PaperOptions = {}) {
  const books = paperBooks(options);
  const told = message({ operationAt: BEFORE, ...change });
  const plan = await books.integrate([told]);
  checkBooks(books);
  const ticket = books.openCases().length === 0 ? books.ticket(told.ticket) : null;
  const notes = plan.notes.map(({ code, params }) => ({ code, params }));
  const problems = plan.cases.flatMap(({ problems: all }) => all.map(({ code }) => code));
  return { ticket, notes, problems, ledger: books.ledger.map((row) => row.amountMinor) };
}

describe('the price policy', () => {
  const differs = { ours: 4000, reported: 4100, currency: 'EUR' };

  it('error: a difference is a case', async () => {
    expect((await sell({ priceMinor: 4100 })).problems).toEqual(['price.differs']);
  });

  it('ours: ours is booked, the difference noted', async () => {
    const { ticket, notes, ledger } = await sell(
      { priceMinor: 4100 },
      { terms: { pricePolicy: 'ours' } },
    );
    expect(ticket).toMatchObject({ priceMinor: 4100, bookedMinor: 4000 });
    expect(notes).toEqual([{ code: 'price.booked_ours', params: differs }]);
    expect(ledger).toEqual([4000]);
  });

  it('reseller: theirs is booked, the difference noted, also without a price of ours', async () => {
    const terms = { pricePolicy: 'reseller' as const };
    const { ticket, notes } = await sell({ priceMinor: 4100 }, { terms });
    expect(ticket).toMatchObject({ priceMinor: 4100, bookedMinor: 4100 });
    expect(notes).toEqual([{ code: 'price.booked_theirs', params: differs }]);
    const without = await sell({ block: 'bB', category: '2', tariff: '6' }, { terms });
    expect(without.ticket?.bookedMinor).toBe(4000);
  });

  it('ours without a price of ours is a case', async () => {
    const told = { block: 'bB', category: '2', tariff: '6' };
    const { problems } = await sell(told, { terms: { pricePolicy: 'ours' } });
    expect(problems).toEqual(['price.missing']);
  });

  it('a commission that is not agreed is booked, and told beyond the tolerance', async () => {
    const catalogue = { commissions: [commission({ kind: 'amount', value: 180 })] };
    const agreed = await sell({ priceMinor: 4000, commissionMinor: 180 }, { catalogue });
    expect(agreed.notes).toEqual([]);
    const { ticket, notes, ledger } = await sell(
      { priceMinor: 4000, commissionMinor: 250 },
      { catalogue },
    );
    expect(ticket).toMatchObject({ bookedMinor: 4000, commissionMinor: 250 });
    expect(notes).toEqual([
      { code: 'commission.differs', params: { ours: 180, reported: 250, currency: 'EUR' } },
    ]);
    expect(ledger).toEqual([4000, -250]);
    const terms = { toleranceMinor: 1 };
    const near = (commissionMinor: number) =>
      sell({ priceMinor: 4000, commissionMinor }, { catalogue, terms });
    expect([(await near(181)).notes.length, (await near(182)).notes.length]).toEqual([0, 1]);
    // Without an agreement there is nothing to differ from.
    expect((await sell({ priceMinor: 4000, commissionMinor: 250 })).notes).toEqual([]);
  });

  it('within the tolerance theirs is booked and nothing said', async () => {
    const terms = { toleranceMinor: 100 };
    const { ticket, notes } = await sell({ priceMinor: 4100 }, { terms });
    expect([ticket?.bookedMinor, notes]).toEqual([4100, []]);
    expect((await sell({ priceMinor: 4101 }, { terms })).problems).toEqual(['price.differs']);
    expect((await sell({ priceMinor: 3900 }, { terms })).problems).toEqual([]);
  });

  it('around a change both prices pass within the grace, on either side', async () => {
    const hours = (count: number) =>
      new Date(Date.parse(PRICE_CHANGES_AT) + count * 3_600_000).toISOString();
    const late = await sell({ priceMinor: 4000, operationAt: hours(24) });
    expect(late.notes).toEqual([
      { code: 'price.grace', params: { ours: 4500, reported: 4000, currency: 'EUR' } },
    ]);
    expect(late.ticket?.bookedMinor).toBe(4000);
    const early = await sell({ priceMinor: 4500, operationAt: hours(-24) });
    expect(early.notes.map(({ code }) => code)).toEqual(['price.grace']);
    expect((await sell({ priceMinor: 4500, operationAt: hours(-24.01) })).problems).toEqual([
      'price.differs',
    ]);
    expect((await sell({ priceMinor: 4000, operationAt: hours(24.01) })).problems).toEqual([
      'price.differs',
    ]);
    const none = { terms: { graceHours: 0 } };
    expect((await sell({ priceMinor: 4000, operationAt: hours(0) }, none)).problems).toEqual([
      'price.differs',
    ]);
    expect((await sell({ priceMinor: 4500, operationAt: hours(0) }, none)).notes).toEqual([]);
  });
});

describe('the commission', () => {
  interface Way {
    onTop: boolean;
    includes: boolean;
    reported: number;
    ledger: readonly number[];
  }
  // Our price is 4000, the commission 10 %: what the reseller reports, and what it owes.
  const ways: readonly Way[] = [
    { onTop: false, includes: true, reported: 4000, ledger: [4000, -400] },
    { onTop: false, includes: false, reported: 3600, ledger: [4000, -400] },
    { onTop: true, includes: true, reported: 4400, ledger: [4000] },
    { onTop: true, includes: false, reported: 4000, ledger: [4000] },
  ];

  it.each(ways)(
    'on top: $onTop, in the reported price: $includes',
    async ({ onTop, includes, reported, ledger }) => {
      const options = {
        catalogue: { commissions: [commission({ onTop })] },
        terms: { includesCommission: includes },
      };
      for (const commissionMinor of [null, 400]) {
        const sold = await sell({ priceMinor: reported, commissionMinor }, options);
        expect(sold.problems).toEqual([]);
        expect(sold.ticket).toMatchObject({
          bookedMinor: 4000,
          commissionMinor: 400,
          commissionOnTop: onTop,
          priceMinor: reported,
        });
        expect(sold.ledger).toEqual(ledger);
      }
    },
  );

  it('reported otherwise than agreed is what is compared and booked', async () => {
    const options = {
      catalogue: { commissions: [commission({})] },
      terms: { includesCommission: false },
    };
    const { problems } = await sell({ priceMinor: 3600, commissionMinor: 300 }, options);
    expect(problems).toEqual(['price.differs']);
  });
});

describe('the paper house', () => {
  it('has a price for every product that is sold by resellers', () => {
    const priced = new Set(PAPER_ROWS.prices.map(({ productId }) => productId));
    expect(PAPER_ROWS.products.filter(({ id }) => !priced.has(id))).toEqual([]);
  });
});
