import type { EnteredKind, MadeEntry, TypedEntry } from '../../domain/money/entry.ts';
import { checkEntry, entriesOf } from '../../domain/money/entry.ts';
import { closedThrough, openPeriodOf, periodAfter } from '../../domain/money/periods.ts';
import type { LockedAccount } from '../../store/account-store.ts';
import { lockAccount, writeEntries } from '../../store/account-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { OrganisationRecord } from '../../store/interface-store.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { DocumentEntry } from '../../store/ledger-store.ts';
import { readCeilingCases, readDocument, readUninvoiced } from '../../store/ledger-store.ts';
import type { AccountRefusal, AccountServices } from './account-services.ts';
import { localDay, refuse, startOfDay } from './account-services.ts';

export interface EntryRequest extends Omit<TypedEntry, 'kind'> {
  organisationId: number;
  accountId: number;
  author: string;
  /** Booked although the month of its day is closed: in the earliest open one, shown apart. */
  late?: boolean;
  /** Of an invoice: the month whose commissions it invoices, `YYYY-MM`; else that of its day. */
  forPeriod?: string;
}

export interface EntryMade {
  /** `known`: this document is in the ledger already, nothing was written. */
  outcome: 'entered' | 'known';
  account: string;
  currency: string;
  period: string;
  late: boolean;
  entries: readonly MadeEntry[];
  balanceMinor: number;
  /** Open cases that only the full ceiling stopped, by message id: a replay may settle them. */
  ceilingCases: readonly number[];
}

export type EntryResult = EntryMade | AccountRefusal;

/** Books what the reseller paid (positive), or what we paid back (negative). */
export function enterPayment(services: AccountServices, request: EntryRequest) {
  return enter(services, request, 'payment');
}

/** Books the reseller's invoice of its commission (positive), or its credit note (negative). */
export function enterCommissionInvoice(services: AccountServices, request: EntryRequest) {
  return enter(services, request, 'commission_invoice');
}

/** Moves the balance as typed: positive is owed to us. Its reason is kept in the journal. */
export function enterAdjustment(services: AccountServices, request: EntryRequest) {
  return enter(services, request, 'adjustment');
}

function enter(
  services: AccountServices,
  request: EntryRequest,
  kind: EnteredKind,
): Promise<EntryResult> {
  return services.database.transaction(request.organisationId, (tx) =>
    enterIn(tx, services, request, kind),
  );
}

/**
 * The same within a transaction of the caller's. It takes the account's lock, which is the last of
 * all: whatever else the caller locks comes before.
 */
export async function enterIn(
  tx: Tx,
  services: Pick<AccountServices, 'ids' | 'clock'>,
  request: EntryRequest,
  kind: EnteredKind,
): Promise<EntryResult> {
  const organisation = await readOrganisation(tx);
  const typed: TypedEntry = { ...request, document: request.document.trim(), kind };
  const [fault] = checkEntry(typed, localDay(services.clock(), organisation));
  if (fault !== undefined) return refuse(fault, { day: typed.day });
  const account = await lockAccount(tx, request.accountId);
  const operationAt = startOfDay(typed.day, organisation.timeZone);
  const before = await readDocument(tx, account.id, typed.document);
  const known = before.find((one) => one.kind === kind);
  if (known !== undefined) return compare(account, typed, { known, before, operationAt });
  const { period, late } = openPeriodOf(operationAt, account.closed, organisation.timeZone);
  if (late && request.late !== true) return closedRefusal(account, operationAt, organisation);
  const uninvoiced =
    kind === 'commission_invoice'
      ? await readUninvoiced(tx, account.id, request.forPeriod ?? period)
      : 0;
  const entries = entriesOf(typed, uninvoiced);
  const at = services.clock();
  const fresh = await services.ids.take(entries.length + 1, tx);
  const nextId = () => fresh.pop() as number;
  const { document } = typed;
  const made = await writeEntries(
    tx,
    account,
    entries.map((entry) => ({ ...entry, operationAt, document })),
    {
      timeZone: organisation.timeZone,
      at: at.toISOString(),
      author: request.author,
      interfaceId: null,
      runId: null,
      nextId,
      byHand: true,
    },
  );
  await writeJournal(tx, [
    {
      id: nextId(),
      at,
      author: request.author,
      action: `account.${kind}`,
      subject: `account ${account.code}`,
      after: { document, day: typed.day, period, late, entries },
      reason: typed.reason,
    },
  ]);
  const { currency, code } = account;
  const { balanceMinor } = made;
  const ceilingCases = await readCeilingCases(tx, account.id);
  const booked = { account: code, currency, period, late, entries, balanceMinor, ceilingCases };
  return { outcome: 'entered', ...booked };
}

/** The same document again: known when it says the same, refused when it does not. */
function compare(
  account: LockedAccount,
  typed: TypedEntry,
  found: { known: DocumentEntry; before: readonly DocumentEntry[]; operationAt: string },
): EntryResult {
  const { known, before, operationAt } = found;
  const { code, currency, balanceMinor } = account;
  const amountMinor = typed.kind === 'adjustment' ? known.amountMinor : 0 - known.amountMinor;
  if (amountMinor !== typed.amountMinor || known.operationAt !== operationAt) {
    return refuse('account.document_differs', {
      document: typed.document,
      amount: amountMinor,
      currency,
      author: known.author,
      entered: known.enteredAt,
    });
  }
  const entries = before
    .filter(({ kind }) => kind === typed.kind || kind === 'commission')
    .map(({ kind, amountMinor: amount }) => ({ kind, amountMinor: amount }) as MadeEntry);
  const { period, late } = known;
  const booked = { account: code, currency, period, late, entries, balanceMinor };
  return { outcome: 'known', ...booked, ceilingCases: [] };
}

function closedRefusal(
  account: LockedAccount,
  operationAt: string,
  { timeZone }: OrganisationRecord,
): AccountRefusal {
  const through = closedThrough(account.closed) ?? '';
  const { period } = openPeriodOf(operationAt, [], timeZone);
  return refuse('account.period_closed', { period, through, open: periodAfter(through) });
}
