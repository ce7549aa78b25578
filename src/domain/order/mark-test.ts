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
    for (const operation of ticket.operations) {
      if (operation.kind === 'test') continue;
      const kind = operation.kind === 'sale' ? 'sale' : 'refund';
      add(kind, operation.operationAt, operation.amountMinor);
      const commission = ticket.commissionOnTop ? 0 : operation.commissionMinor;
      add('commission', operation.operationAt, -commission);
    }
  }
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0);
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
