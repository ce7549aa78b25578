import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/order/message.ts';
import { batchesOf, choicesWith, delivery, runsOr, seed } from '../support/paper-arrival.ts';
import type { PaperBooks } from '../support/paper-books.ts';
import { changedSince, checkBooks, everything, picture } from '../support/paper-checks.ts';
import { PaperHistory } from '../support/paper-history.ts';
import { paperBooks } from '../support/paper-sales.ts';

/**
 * One history, told by the wire and by a file that knows sales and cancellations only, to the
 * minute, without numbers and codes: in whatever order both arrive, cut and repeated, the books
 * end as if the wire alone had told it.
 */

/** What the file's lines of a history would be read as. */
function asFile(messages: readonly Message[]): Message[] {
  const latest = new Map<string, Message>();
  return messages.flatMap((told) => {
    const { kind, ticket, replaces } = told;
    const former = latest.get(replaces ?? '');
    if (kind === 'sale' || kind === 'exchange') latest.set(ticket, told);
    if (kind === 'sale' || kind === 'cancellation') return [line(told, kind, told)];
    if (kind !== 'exchange' || former === undefined) return [];
    return [line(former, 'cancellation', told), line(told, 'sale', told)];
  });
}

function line(what: Message, kind: 'sale' | 'cancellation', when: Message): Message {
  return {
    ...what,
    kind,
    operationNumber: null,
    operationAt: when.operationAt,
    operationPrecision: 'minute',
    order: null,
    replaces: null,
    allotment: null,
    givenBackMinor: null,
    commissionMinor: null,
    barcode: null,
    outlet: null,
  };
}

/** The picture less what the first arrival alone decides: numbers, and how a ticket ended. */
function shared(books: PaperBooks) {
  const { tickets, ...rest } = picture(books);
  return {
    ...rest,
    tickets: tickets
      .map(({ sold, ...ticket }) => {
        const [at, , number] = sold.split(' ');
        return { at, number, ...ticket, state: ticket.state === 'valid' ? 'valid' : 'ended' };
      })
      .sort((a, b) => `${a.number} ${a.at}`.localeCompare(`${b.number} ${b.at}`)),
  };
}

/** No fees are kept: the file cannot tell them, so what came first would decide. */
const choices = fc.array(
  choicesWith({
    refundPart: 2,
    refundRest: 0,
    release: 0,
    refundFees: 0,
    renumber: 0,
    sellNumberAgain: 0,
  }).map((choice) => {
    const whole = choice.action === 'cancel' && choice.how % 3 === 2;
    return whole ? { ...choice, how: choice.how - 1 } : choice;
  }),
  { minLength: 1, maxLength: 20 },
);

/** An exchange that keeps its number is no cancellation and sale to any file. */
const keepsNumber = ({ kind, ticket, replaces }: Message): boolean =>
  kind === 'exchange' && (replaces === null || replaces === ticket);

describe(`two ways in (PARTERRE_SEED=${seed})`, () => {
  it('end in the same books as one', async () => {
    await fc.assert(
      fc.asyncProperty(choices, delivery, async (some, how) => {
        const history = new PaperHistory({ numbers: 'all', commission: false }).play(some);
        fc.pre(!history.some(keepsNumber));
        const alone = paperBooks();
        await alone.integrate(structuredClone(history));
        expect(shared(alone).cases).toEqual([]);
        const books = paperBooks();
        const both = [...history, ...asFile(history)];
        for (const batch of batchesOf(both, how)) {
          await books.integrate(batch);
          checkBooks(books);
        }
        expect(shared(books)).toEqual(shared(alone));
        const before = everything(books);
        await books.integrate(structuredClone(both));
        expect(changedSince(before, books)).toEqual([]);
      }),
      { seed, numRuns: runsOr(100) },
    );
  }, 120_000);
});
