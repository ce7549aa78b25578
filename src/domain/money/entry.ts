/**
 * What a person enters into a pending account, and which way it moves the balance. The balance is
 * what the reseller owes: positive amounts of the ledger raise it, negative ones lower it.
 */

export type EnteredKind = 'payment' | 'commission_invoice' | 'adjustment';

export interface TypedEntry {
  kind: EnteredKind;
  /**
   * Minor units, as typed. A payment received and an invoice of the reseller are positive; what we
   * paid back and a credit note are negative; an adjustment moves the balance as it is typed.
   */
  amountMinor: number;
  /** Number of the document; unique in the account among entries of its kind. */
  document: string;
  /** Local day of the document, `YYYY-MM-DD`. */
  day: string;
  /** Why. An adjustment has nothing else that explains it. */
  reason: string | null;
}

export type EntryFault =
  | 'account.amount_zero'
  | 'account.document_missing'
  | 'account.reason_missing'
  | 'account.day_future';

/** What is wrong with an entry by itself; `today` is the local day. */
export function checkEntry(entry: TypedEntry, today: string): EntryFault[] {
  const faults: EntryFault[] = [];
  if (entry.amountMinor === 0) faults.push('account.amount_zero');
  if (entry.document.trim() === '') faults.push('account.document_missing');
  const unexplained = entry.kind === 'adjustment' && !entry.reason?.trim();
  if (unexplained) faults.push('account.reason_missing');
  if (entry.day > today) faults.push('account.day_future');
  return faults;
}

export interface MadeEntry {
  kind: EnteredKind | 'commission';
  amountMinor: number;
}

/**
 * The entries that a document makes. An invoice of commission replaces what was booked with the
 * sales and not invoiced yet (`uninvoicedMinor`, positive), up to its own amount: one entry for
 * the invoice, one that takes the provision back. So commission is never counted twice, and what
 * the invoice asks beyond it is what changes the balance (docs/algorithms/money.md).
 */
export function entriesOf(entry: TypedEntry, uninvoicedMinor: number): MadeEntry[] {
  const { kind, amountMinor } = entry;
  if (kind === 'adjustment') return [{ kind, amountMinor }];
  const own = { kind, amountMinor: 0 - amountMinor };
  if (kind === 'payment') return [own];
  const replaced = Math.min(Math.max(uninvoicedMinor, 0), Math.max(amountMinor, 0));
  return replaced === 0 ? [own] : [own, { kind: 'commission', amountMinor: replaced }];
}
