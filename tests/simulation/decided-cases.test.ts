import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseDecision } from '../../src/domain/order/case-decision.ts';
import {
  batchesOf,
  choicesWith,
  delivery,
  historyOptions,
  runsOr,
  seed,
} from '../support/paper-arrival.ts';
import type { PaperBooks, PaperTicket } from '../support/paper-books.ts';
import { changedSince, checkBooks, everything } from '../support/paper-checks.ts';
import { PaperHistory } from '../support/paper-history.ts';
import { commission, RES } from '../support/paper-house.ts';
import { paperBooks } from '../support/paper-sales.ts';

/**
 * One history in any order, and people who decide on the cases that its disorder opens: whatever
 * they choose, and whenever, the money ends the same, a seat has one living ticket, and nobody is
 * let in twice.
 */

interface Choosing {
  /** After which batch. */
  after: number;
  pick: number;
  what: 'accept' | 'overbook' | 'seat' | 'take_over' | 'house_stock' | 'count' | 'report';
  seat: number;
}

const choosing: fc.Arbitrary<Choosing> = fc.record({
  after: fc.nat(12),
  pick: fc.nat(5),
  what: fc.constantFrom(
    'accept',
    'overbook',
    'seat',
    'take_over',
    'house_stock',
    'count',
    'report',
  ),
  // Seats that this reseller never sells: one that it sells would be a conflict of ours. Counted
  // places it does sell; `finish` settles the conflicts that come of that.
  seat: fc.integer({ min: 4, max: 10 }),
});

const PLACES: ReadonlySet<string> = new Set(['seat.sold', 'count.over']);

/** The zone of the performance: this reseller sells it too. */
const ZONE_COUNTER = 501;

/** Places change hands often. */
const BUSY = { sell: 14, sellZone: 10, sellDay: 6, cancel: 22, exchange: 6 };

const newBooks = () => paperBooks({ catalogue: { commissions: [commission({ value: 500 })] } });

async function choose(books: PaperBooks, { pick, what, seat }: Choosing) {
  const open = books.openCases();
  // Conflicts about a place first: there is more to choose.
  const places = open.filter(({ problems }) => problems.some(({ code }) => PLACES.has(code)));
  const from = places.length > 0 ? places : open;
  const one = from[pick % Math.max(1, from.length)];
  if (one === undefined) return;
  const codes = one.problems.map(({ code }) => code as never);
  if (what === 'report') {
    // A second sale of a number that is reported as a mistake is one: this reseller never errs.
    if (one.problems.some(({ code }) => code === 'ticket.living')) return;
    books.report(one.messageId);
    return;
  }
  const decision: CaseDecision = { accepted: codes };
  if (what === 'overbook') decision.place = { kind: 'overbooked' };
  if (what === 'seat') decision.place = { kind: 'seat', seatId: 1100 + seat };
  if (what === 'take_over') decision.place = { kind: 'take_over' };
  if (what === 'house_stock') decision.place = { kind: 'house_stock' };
  if (what === 'count')
    decision.place = { kind: 'count', counterId: ZONE_COUNTER, contingentId: RES };
  await books.decide(one.messageId, decision);
  checkBooks(books);
}

/**
 * What people made of the places: a place chosen for two of them, and counted places that this
 * reseller still sells while a ticket of a seat stands on one. Who came last stands beside the
 * capacity; no other case may be left.
 */
async function finish(books: PaperBooks) {
  for (const { messageId, decision, problems } of books.openCases()) {
    if (books.cases.get(messageId)?.settled) continue;
    const kind = decision?.place?.kind;
    const chosen = kind === 'seat' || kind === 'count';
    const crowdedOut = problems.every(({ code }) => code === 'count.over') && isCrowded(books);
    if (!chosen && !crowdedOut) continue;
    await books.decide(messageId, { place: { kind: 'overbooked' } });
    checkBooks(books);
  }
}

/** More living tickets of seats stand in the zone than tickets of the zone beside it. */
function isCrowded(books: PaperBooks): boolean {
  const living = [...books.tickets.values()].filter((one) => one.state === 'valid');
  const zone = living.filter(({ counterId }) => counterId === ZONE_COUNTER);
  const put = zone.filter((one) => one.resellerSeatId !== null && !one.overbooked).length;
  return zone.filter(({ overbooked }) => overbooked).length < put;
}

const ledgerOf = (books: PaperBooks, ticket: PaperTicket) =>
  books.ledger
    .filter(({ ticketId }) => ticketId === ticket.id)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What must not depend on any decision: each ticket's money, and whether it lives. */
const moneyOf = (books: PaperBooks) =>
  [...books.tickets.values()]
    .map((one) => ({
      sold: `${one.soldAt} ${one.operationNumber} ${one.number}`,
      state: one.state,
      booked: one.bookedMinor,
      refunded: one.refundedMinor,
      commission: one.commissionMinor - one.commissionRefundedMinor,
      name: `${one.lastName} ${one.firstName}`,
      barcode: one.barcode,
      ledger: ledgerOf(books, one),
    }))
    .sort((a, b) => (a.sold < b.sold ? -1 : 1));

/** Who stands beside the capacity goes to the box office, every other living ticket is let in. */
function checkDoor(books: PaperBooks) {
  for (const ticket of books.tickets.values()) {
    if (ticket.state !== 'valid' || ticket.barcode === null) continue;
    const code = books.codes.get(ticket.barcode);
    expect(code?.state, ticket.number).toBe(ticket.overbooked ? 'see_box_office' : 'valid');
  }
}

describe(`decided cases (PARTERRE_SEED=${seed})`, () => {
  it('end in the same money, with one living ticket a seat', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(choicesWith(BUSY), { minLength: 1, maxLength: 30, size: 'max' }),
        historyOptions,
        delivery,
        fc.array(choosing, { minLength: 1, maxLength: 25, size: 'max' }),
        async (choices, how, arrival, people) => {
          const messages = new PaperHistory(how).play(choices);
          const inOrder = newBooks();
          await inOrder.integrate(structuredClone(messages));
          const books = newBooks();
          for (const [index, batch] of batchesOf(messages, arrival).entries()) {
            await books.integrate(batch);
            checkBooks(books);
            for (const one of people) if (one.after === index) await choose(books, one);
          }
          await finish(books);
          expect(books.openCases().map(({ message, problems }) => ({ message, problems }))).toEqual(
            [],
          );
          expect(moneyOf(books)).toEqual(moneyOf(inOrder));
          checkDoor(books);
          const before = everything(books);
          await books.integrate(structuredClone(messages));
          expect(changedSince(before, books)).toEqual([]);
        },
      ),
      { seed, numRuns: runsOr(100), interruptAfterTimeLimit: 240_000 },
    );
  }, 300_000);
});
