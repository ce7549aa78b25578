import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/domain/order/message.ts';
import { batchesOf, choicesWith, delivery, runsOr, seed } from '../support/paper-arrival.ts';
import { changedSince, checkBooks, everything, picture } from '../support/paper-checks.ts';
import { PaperHistory } from '../support/paper-history.ts';
import { paperBooks } from '../support/paper-sales.ts';

/**
 * One history told by two ways in that both tell all of it: one has operation numbers and seconds,
 * the other minutes and neither numbers nor outlets. Each operation comes by one of them or by
 * both, in any order. (two-ways-in.test.ts has a file that leaves things out.)
 */

const byWire = (message: Message, index: number): Message => ({
  ...message,
  operationNumber: index + 1,
  operationAt: message.operationAt.replace(/:00\.000Z$/, `:${10 + (index % 50)}.000Z`),
  operationPrecision: 'second',
  outlet: 'P12',
});

const byFile = (message: Message): Message => ({
  ...message,
  operationNumber: null,
  operationPrecision: 'minute',
  outlet: null,
});

/** Which ways tell an operation; who tells a ticket only by a file may know nothing of seconds. */
type Ways = 'wire' | 'file' | 'both';

describe(`two tellings (PARTERRE_SEED=${seed})`, () => {
  it('of each operation end in the same books as one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(choicesWith(), { minLength: 1, maxLength: 20 }),
        fc.array(fc.constantFrom<Ways>('wire', 'file', 'both'), { minLength: 60, maxLength: 60 }),
        fc.boolean(),
        delivery,
        async (choices, ways, commission, arrival) => {
          const messages = new PaperHistory({ numbers: 'none', commission }).play(choices);
          const inOrder = paperBooks();
          await inOrder.integrate(messages.map(byFile));
          const expected = minutes(picture(inOrder));
          expect(expected.cases).toEqual([]);
          const told = messages.flatMap((message, index) => {
            const way = ways[index % ways.length];
            return [
              ...(way === 'file' ? [] : [byWire(message, index)]),
              ...(way === 'wire' ? [] : [byFile(message)]),
            ];
          });
          const books = paperBooks();
          for (const batch of batchesOf(told, arrival)) {
            await books.integrate(batch);
            checkBooks(books);
          }
          expect(minutes(picture(books))).toEqual(expected);
          const before = everything(books);
          await books.integrate(structuredClone(told));
          expect(changedSince(before, books)).toEqual([]);
        },
      ),
      { seed, numRuns: runsOr(120) },
    );
  }, 300_000);
});

/** Which of two tellings came first decides the seconds and the number that a ticket keeps. */
function minutes(books: ReturnType<typeof picture>) {
  const tickets = books.tickets.map((one) => {
    const [instant, , number] = one.sold.split(' ');
    return { ...one, sold: `${instant?.slice(0, 16)} ${number}` };
  });
  return { ...books, tickets: tickets.sort((a, b) => (a.sold < b.sold ? -1 : 1)) };
}
