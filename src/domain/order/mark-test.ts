/**
 * What marking a ticket as a test, or lifting it, does to the ledger: a test has no money in it.
 * Entries are never changed: what is too much is taken back under the same kind and instant, so
 * that the figures of the period and of the performance are right again.
 */

export type TicketEntryKind = 'sale' | 'refund' | 'commission';

/** The sum of a ticket's entries of one kind at one instant, in minor units. */
export interface EntrySum {
  kind: TicketEntryKind;
  /** ISO instant. */
  operationAt: string;
  amountMinor: number;
}

export interface TicketMoney {
  soldAt: string;
  /** What was booked for it, corrections included. */
  bookedMinor: number;
  commissionOnTop: boolean;
  /** Its operations in the trace; those of kind `test` move nothing. */
  operations: readonly {
    kind: string;
    operationAt: string;
    amountMinor: number;
    commissionMinor: number;
  }[];
  /** What its entries come to now. */
  entries: readonly EntrySum[];
}

/** The entries to add. @param accountOpenedAt sales before it make no entry; null: all do. */
export function entriesOfMark(
  ticket: TicketMoney,
  isTest: boolean,
  accountOpenedAt: string | null,
): EntrySum[] {
  const isEarly = accountOpenedAt !== null && ticket.soldAt < accountOpenedAt;
  const sums = new Map<string, EntrySum>();
  const add = (kind: TicketEntryKind, operationAt: string, amountMinor: number): void => {
    const key = `${kind} ${operationAt}`;
    const sum = sums.get(key) ?? { kind, operationAt, amountMinor: 0 };
    sums.set(key, { ...sum, amountMinor: sum.amountMinor + amountMinor });
  };
  for (const { kind, operationAt, amountMinor } of ticket.entries) {
    add(kind, operationAt, -amountMinor);
  }
  if (!isTest && !isEarly) {
    for (const one of entriesOfOperations(ticket)) add(one.kind, one.operationAt, one.amountMinor);
  }
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0);
}

/** The entries that the ticket's operations made, or would have made. */
function* entriesOfOperations(ticket: TicketMoney): Generator<EntrySum> {
  const { bookedMinor, commissionOnTop, operations } = ticket;
  let sold = 0;
  for (const { kind, operationAt, amountMinor, commissionMinor } of operations) {
    if (kind === 'test') continue;
    if (kind === 'sale') sold += amountMinor;
    yield { kind: kind === 'sale' ? 'sale' : 'refund', operationAt, amountMinor };
    const commission = commissionOnTop ? 0 : 0 - commissionMinor;
    yield { kind: 'commission', operationAt, amountMinor: commission };
  }
  // A correction tells one difference: what of it is the sale's, the ticket says.
  const corrected = operations.findLast(({ kind }) => kind === 'correction');
  const rest = bookedMinor - sold;
  if (corrected === undefined || rest === 0) return;
  const { operationAt } = corrected;
  yield { kind: 'sale', operationAt, amountMinor: rest };
  yield { kind: 'refund', operationAt, amountMinor: 0 - rest };
}

export interface MarkedTicket {
  state: 'valid' | 'cancelled' | 'exchanged';
  overbooked: boolean;
  performanceCancelled: boolean;
}

/** What becomes of a code of the ticket; null: it stays as it is. */
export function codeOfMark(
  code: string,
  ticket: MarkedTicket,
  isTest: boolean,
): { state: string; reason: string | null } | null {
  // What is revoked or replaced stays so, whatever the ticket was.
  if (isTest) {
    const opens = code === 'valid' || code === 'provisional' || code === 'see_box_office';
    return opens ? { state: 'test', reason: 'test' } : null;
  }
  if (code !== 'test') return null;
  if (ticket.state !== 'valid') return { state: 'revoked', reason: 'cancellation' };
  if (ticket.performanceCancelled) return { state: 'revoked', reason: 'performance.cancelled' };
  if (ticket.overbooked) return { state: 'see_box_office', reason: 'overbooked' };
  return { state: 'valid', reason: null };
}
