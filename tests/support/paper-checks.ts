/** What must hold of the books at any time, and what two deliveries of one history must share. */
import { expect } from 'vitest';
import type { PaperBooks, PaperTicket } from './paper-books.ts';

const key = (performanceId: number | null, seatId: number | null) => `${performanceId}|${seatId}`;

/** The invariants; throws at the first that does not hold. */
export function checkBooks(books: PaperBooks): void {
  const tickets = [...books.tickets.values()];
  const living = tickets.filter((one) => one.state === 'valid' && !one.overbooked);
  for (const seat of books.seats.values()) {
    const holder = living.filter(
      (one) => key(one.performanceId, one.seatId) === key(seat.performanceId, seat.seatId),
    );
    const here = `seat ${key(seat.performanceId, seat.seatId)}`;
    if (seat.ownReference === null && seat.state !== 'held') {
      expect(seat.ticketId, here).toBe(holder[0]?.id ?? null);
      expect(seat.state, here).toBe(holder.length > 0 ? 'sold' : 'free');
    }
    expect(holder.length, here).toBeLessThan(2);
  }
  checkCounts(books, living);
  for (const ticket of tickets) checkMoney(books, ticket);
  for (const code of books.codes.values()) {
    if (code.state !== 'valid') continue;
    const ticket = books.tickets.get(code.ticketId ?? 0);
    expect(ticket?.state, `code ${code.code}`).toBe('valid');
    expect(ticket?.barcode, `code ${code.code}`).toBe(code.code);
  }
  for (const [id, { state }] of books.messages) {
    const open = books.cases.get(id)?.settled === false;
    expect(state === 'quarantined', `message ${id}`).toBe(open);
  }
}

function checkCounts(books: PaperBooks, living: readonly PaperTicket[]): void {
  const days = (ticket: PaperTicket) =>
    books.catalogue.productById.get(ticket.productId)?.daysPerTicket ?? 1;
  for (const counter of books.counters.values()) {
    // A ticket of several days takes its first counter and those that follow it.
    const takes = (ticket: PaperTicket) =>
      ticket.counterId !== null &&
      ticket.counterId <= counter.id &&
      counter.id < ticket.counterId + days(ticket);
    const taken = living.filter(takes).length;
    expect(counter.sold, `counter ${counter.id}`).toBe(taken);
    const quotas = [...books.quotas.values()].filter((one) => one.counterId === counter.id);
    expect(quotas.reduce((sum, one) => sum + one.sold, 0)).toBe(taken);
  }
}

function checkMoney(books: PaperBooks, ticket: PaperTicket): void {
  const here = `ticket ${ticket.number}#${ticket.generation}`;
  const operations = books.operations.filter((one) => one.ticketId === ticket.id);
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  const left = ticket.bookedMinor - ticket.refundedMinor;
  const commission = ticket.commissionMinor - ticket.commissionRefundedMinor;
  expect(sum(operations.map((one) => one.amountMinor)), here).toBe(left);
  expect(sum(operations.map((one) => one.commissionMinor)), here).toBe(commission);
  const opened = books.terms.accountOpenedAt;
  const counts = !ticket.isTest && (opened === null || ticket.soldAt >= opened);
  const due = counts ? left - (ticket.commissionOnTop ? 0 : commission) : 0;
  const entries = books.ledger.filter((one) => one.ticketId === ticket.id);
  expect(sum(entries.map((one) => one.amountMinor)), `ledger of ${here}`).toBe(due);
  // Less than nothing is left only where a person took a refund beyond the price.
  const beyond = operations.some(({ detail }) => Number(detail?.beyond ?? 0) > 0);
  if (!beyond) expect(left, here).toBeGreaterThanOrEqual(0);
}

/** Everything that must not depend on the order of arrival, without ids and traces. */
export function picture(books: PaperBooks) {
  const numberOf = (id: number | null) => (id === null ? null : books.tickets.get(id)?.number);
  const tickets = [...books.tickets.values()].map((one) => ({
    sold: `${one.soldAt} ${one.operationNumber} ${one.number}`,
    state: one.state,
    place: one.counterId ?? key(one.performanceId, one.seatId),
    booked: one.bookedMinor,
    refunded: one.refundedMinor,
    commission: one.commissionMinor - one.commissionRefundedMinor,
    barcode: one.barcode,
    name: `${one.lastName} ${one.firstName}`,
    ledger: books.ledger
      .filter(({ ticketId }) => ticketId === one.id)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }));
  return {
    tickets: tickets.sort((a, b) => (a.sold < b.sold ? -1 : 1)),
    seats: [...books.seats.values()].map((one) => ({
      seat: key(one.performanceId, one.seatId),
      state: one.state,
      holder: numberOf(one.ticketId),
      interfaceId: one.interfaceId,
    })),
    quotas: [...books.quotas.values()].map(({ counterId, sold, allotted }) => ({
      counterId,
      sold,
      allotted,
    })),
    open: [...books.codes.values()]
      .filter(({ state }) => !['revoked', 'replaced'].includes(state))
      .map(({ code, state, ticketId }) => `${code} ${state} ${numberOf(ticketId)}`)
      .sort(),
    cases: books.openCases().map(({ message, problems }) => ({
      ticket: message.ticket,
      kind: message.kind,
      problems,
    })),
  };
}

/** Every row of the books as text, to see that nothing at all has changed. */
export function everything(books: PaperBooks): string[] {
  const tables = {
    ticket: [...books.tickets.values()],
    formerNumber: books.formerNumbers,
    seat: [...books.seats.values()],
    counter: [...books.counters.values()],
    quota: [...books.quotas.values()],
    code: [...books.codes.values()],
    message: [...books.messages.values()],
    case: [...books.cases.values()],
    order: [...books.orders],
    operation: books.operations,
    movement: books.movements,
    ledger: books.ledger,
  };
  return Object.entries(tables).flatMap(([name, rows]) =>
    rows.map((row) => `${name} ${JSON.stringify(row)}`),
  );
}

/** Rows that are not the same any more: empty when nothing was written. */
export function changedSince(before: readonly string[], books: PaperBooks): string[] {
  const known = new Set(before);
  return everything(books).filter((row) => !known.has(row));
}
