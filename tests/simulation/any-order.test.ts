import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/order/message.ts';
import { quotaKey } from '../../src/domain/order/state.ts';
import type { Delivery } from '../support/paper-arrival.ts';
import {
  batchesOf,
  choicesWith,
  delivery,
  historyOptions,
  runsOr,
  seed,
} from '../support/paper-arrival.ts';
import type { PaperBooks } from '../support/paper-books.ts';
import { changedSince, checkBooks, everything, picture } from '../support/paper-checks.ts';
import type { Choice } from '../support/paper-history.ts';
import { PaperHistory } from '../support/paper-history.ts';
import { commission, PAPER_ROWS, paperMappings, RES } from '../support/paper-house.ts';
import { paperBooks } from '../support/paper-sales.ts';

/**
 * One history of a reseller, told in any order, cut anywhere, with repeats, with mappings that
 * come late: the books end as if it had been told in order and at once.
 *
 * A failure prints its seed and path; PARTERRE_SEED=… repeats a run, PARTERRE_RUNS=… makes more.
 */

const newBooks = () =>
  paperBooks({
    catalogue: { commissions: [commission({ value: 500 })] },
    terms: { includesCommission: true },
  });

/** Zone and day are shared by two contingents, and the reseller never names one. */
function twoContingents(): PaperBooks {
  const [first] = PAPER_ROWS.contingents;
  if (first === undefined) throw new Error('The house on paper has a contingent.');
  const second = { ...first, id: 403, code: 'TWO' };
  const books = paperBooks({ catalogue: { contingents: [...PAPER_ROWS.contingents, second] } });
  for (const counterId of [501, 513]) {
    const key = quotaKey(counterId, RES);
    const share = { counterId, interfaceId: null, allotted: 0, sold: 0, held: 0 };
    books.quotas.set(key, { ...share, contingentId: RES, quota: 1 });
    books.quotas.set(quotaKey(counterId, 403), { ...share, contingentId: 403, quota: 2 });
  }
  return books;
}

async function deliver(books: PaperBooks, messages: readonly Message[], how: Delivery) {
  const gaps = new Set(how.gaps);
  books.map(paperMappings().filter(({ ours }) => ours === null || !gaps.has(ours)));
  for (const batch of batchesOf(messages, how)) {
    await books.integrate(batch);
    checkBooks(books);
    const before = everything(books);
    await books.integrate(structuredClone(batch));
    expect(changedSince(before, books)).toEqual([]);
  }
  if (gaps.size === 0) return;
  books.map(paperMappings());
  await books.replay(how.page);
  checkBooks(books);
}

const MIXED: Partial<Record<Choice['action'], number>> = {};

/** Histories that are mostly about one kind of message. */
const OF_A_KIND: Readonly<Record<string, Partial<Record<Choice['action'], number>>>> = {
  'everything at once': MIXED,
  'sales, resales and numbers sold again': { sell: 12, sellNumberAgain: 12 },
  cancellations: { cancel: 20 },
  'refunds in full, in part and several': {
    refundPart: 12,
    refundRest: 6,
    release: 6,
    refundFees: 12,
  },
  'replacements with and without a new number': { replace: 12, renumber: 12 },
  exchanges: { exchange: 20 },
  holders: { rename: 12, replace: 4 },
};

describe(`any order of arrival (PARTERRE_SEED=${seed})`, () => {
  it('counts shared by two contingents: the same shares', async () => {
    const counts = { sellZone: 20, sellDay: 12, cancel: 20 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(choicesWith(counts), { minLength: 1, maxLength: 25, size: 'max' }),
        historyOptions,
        delivery,
        async (choices, how, arrival) => {
          const messages = new PaperHistory(how).play(choices);
          const inOrder = twoContingents();
          await inOrder.integrate(structuredClone(messages));
          const books = twoContingents();
          await deliver(books, messages, arrival);
          expect(picture(books)).toEqual(picture(inOrder));
        },
      ),
      { seed, numRuns: runsOr(60), interruptAfterTimeLimit: 240_000 },
    );
  }, 300_000);

  it.each(Object.entries(OF_A_KIND))(
    '%s: ends in the same books',
    async (_, more) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(choicesWith(more), { minLength: 1, maxLength: 25 }),
          historyOptions,
          delivery,
          async (choices, how, arrival) => {
            const messages = new PaperHistory(how).play(choices);
            const inOrder = newBooks();
            await inOrder.integrate(structuredClone(messages));
            checkBooks(inOrder);
            const expected = picture(inOrder);
            expect(expected.cases).toEqual([]);
            const books = newBooks();
            await deliver(books, messages, arrival);
            expect(picture(books)).toEqual(expected);
          },
        ),
        { seed, numRuns: runsOr(more === MIXED ? 120 : 40) },
      );
    },
    300_000,
  );
});
