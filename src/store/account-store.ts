import type { CeilingLevel } from '../domain/money/ceiling.ts';
import { warnedAfter } from '../domain/money/ceiling.ts';
import { openPeriodOf } from '../domain/money/periods.ts';
import { Statement, same } from './bulk-insert.ts';
import type { Tx } from './database/transaction.ts';

/** Pending accounts, their closed periods, and the one way into their ledger. */

/** The ceiling of a pending account in minor units; null: none. */
export async function readCeiling(tx: Tx, pendingAccountId: number): Promise<number | null> {
  const [row] = await tx.query<{ ceiling: number | null }>(
    `select ceiling_minor as ceiling from pending_account
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, pendingAccountId],
  );
  return row?.ceiling ?? null;
}

export interface AccountRecord {
  id: number;
  code: string;
  contact: string;
  currency: string;
  state: 'open' | 'closed';
  ceilingMinor: number | null;
  /** What the reseller owes: the sum of the ledger. */
  balanceMinor: number;
  /** The ceiling's level that was warned of last. */
  warnedPercent: CeilingLevel;
}

/** An account whose row this transaction holds: its balance and closed periods stay as read. */
export interface LockedAccount extends AccountRecord {
  /** Closed months, `YYYY-MM`. */
  closed: readonly string[];
}

const ACCOUNT_COLUMNS = `
  p.id, p.code, c.name as contact, p.currency, p.state, p.ceiling_minor as "ceilingMinor",
  p.balance_minor as "balanceMinor", p.warned_percent as "warnedPercent"`;

const FROM_ACCOUNT = `
  from pending_account p
  join contact c on c.organisation_id = p.organisation_id and c.id = p.contact_id
  where p.organisation_id = $1`;

export function listAccounts(tx: Tx): Promise<AccountRecord[]> {
  return tx.query<AccountRecord>(`select ${ACCOUNT_COLUMNS} ${FROM_ACCOUNT} order by p.code`, [
    tx.organisationId,
  ]);
}

/**
 * Locks the account and reads it: the last lock of a transaction, and the first thing to do before
 * entries are made. The closed periods are asked in a statement of their own, whose snapshot is
 * taken once the lock is had: who closes a period holds the same lock, so no entry can slip into a
 * period that was closed meanwhile. Both travel together: one round trip.
 */
export async function lockAccount(tx: Tx, id: number): Promise<LockedAccount> {
  const [rows, closed] = await Promise.all([
    tx.query<AccountRecord>(
      `select ${ACCOUNT_COLUMNS} ${FROM_ACCOUNT} and p.id = $2 for no key update of p`,
      [tx.organisationId, id],
    ),
    readClosedPeriods(tx, id),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no pending account ${id}.`);
  return { ...row, closed: closed.map(({ period }) => period) };
}

export interface ClosedPeriod {
  /** `YYYY-MM`. */
  period: string;
  closedAt: string;
  closedBy: string;
}

export function readClosedPeriods(tx: Tx, accountId: number): Promise<ClosedPeriod[]> {
  return tx.query<ClosedPeriod>(
    `select period, closed_at as "closedAt", closed_by as "closedBy" from account_period
     where organisation_id = $1 and pending_account_id = $2 and closed_at is not null
     order by period`,
    [tx.organisationId, accountId],
  );
}

export interface NewEntry {
  kind: 'sale' | 'refund' | 'commission' | 'payment' | 'commission_invoice' | 'adjustment';
  /** Positive: owed to us; negative: paid, or given back. */
  amountMinor: number;
  /** ISO instant of what is booked; its month decides the period. */
  operationAt: string;
  ticketId?: number | null;
  performanceId?: number | null;
  document?: string | null;
  /** Shown apart although its month is open. */
  late?: boolean;
}

export interface EntryOptions {
  /** The organisation's zone: periods are its months. */
  timeZone: string;
  /** ISO instant of the writing. */
  at: string;
  author: string;
  interfaceId: number | null;
  runId: number | null;
  nextId: () => number;
  /** Entered by a person: a warning of the ceiling falls back at once. */
  byHand: boolean;
}

export interface EntriesMade {
  balanceMinor: number;
  /** The ceiling's level that these entries crossed; null: none. */
  crossed: Exclude<CeilingLevel, 0> | null;
}

/**
 * Adds entries to a statement, and the account's balance and last warning with them: the only way
 * into the ledger. The account is locked by `lockAccount` in the same transaction; entries whose
 * month is closed count in the earliest open period, late, and keep their instant.
 */
export function addEntries(
  statement: Statement,
  account: LockedAccount,
  entries: readonly NewEntry[],
  options: EntryOptions,
): EntriesMade {
  const { at, author, interfaceId, runId, nextId, timeZone, byHand } = options;
  const placed = entries.map((entry) => ({
    ...entry,
    place: openPeriodOf(entry.operationAt, account.closed, timeZone),
  }));
  statement.insert(
    'ledger_entry',
    [
      ['id', 'bigint', nextId],
      same('pending_account_id', 'bigint', account.id),
      ['kind', 'text', (e) => e.kind],
      ['amount_minor', 'bigint', (e) => e.amountMinor],
      same('currency', 'text', account.currency),
      ['period', 'text', (e) => e.place.period],
      ['late', 'boolean', (e) => e.late === true || e.place.late],
      ['operation_at', 'timestamptz', (e) => e.operationAt],
      same('entered_at', 'timestamptz', at),
      ['document', 'text', (e) => e.document ?? null],
      same('author', 'text', author),
      same('interface_id', 'bigint', interfaceId),
      ['ticket_id', 'bigint', (e) => e.ticketId ?? null],
      ['performance_id', 'bigint', (e) => e.performanceId ?? null],
      same('run_id', 'bigint', runId),
    ],
    placed,
  );
  const balanceMinor = entries.reduce((sum, e) => sum + e.amountMinor, account.balanceMinor);
  const warned = warnedAfter(account.warnedPercent, balanceMinor, account.ceilingMinor, byHand);
  if (balanceMinor !== account.balanceMinor || warned !== account.warnedPercent) {
    statement.over(
      [
        ['id', 'bigint', () => account.id],
        ['balance', 'bigint', () => balanceMinor],
        ['warned', 'int', () => warned],
      ],
      [account],
      (source) =>
        `update pending_account p set balance_minor = r.balance, warned_percent = r.warned
         from ${source} where p.organisation_id = $1 and p.id = r.id`,
    );
  }
  const crossed = warned > account.warnedPercent && warned !== 0 ? warned : null;
  return { balanceMinor, crossed };
}

/** The same in a statement of its own. */
export async function writeEntries(
  tx: Tx,
  account: LockedAccount,
  entries: readonly NewEntry[],
  options: EntryOptions,
): Promise<EntriesMade> {
  const statement = new Statement(tx.organisationId);
  const made = addEntries(statement, account, entries, options);
  if (!statement.isEmpty) await tx.execute(statement.text, statement.params);
  return made;
}

/** Closes a month; the account is locked, and nothing opens it again. */
export async function insertClosedPeriod(
  tx: Tx,
  one: { accountId: number; period: string; at: string; author: string },
): Promise<void> {
  await tx.execute(
    `insert into account_period
       (organisation_id, pending_account_id, period, closed_at, closed_by)
     values ($1, $2, $3, $4, $5)`,
    [tx.organisationId, one.accountId, one.period, one.at, one.author],
  );
}

/** The account is locked. */
export async function updateCeiling(
  tx: Tx,
  accountId: number,
  ceilingMinor: number | null,
  warned: CeilingLevel,
): Promise<void> {
  await tx.execute(
    `update pending_account set ceiling_minor = $3, warned_percent = $4
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, accountId, ceilingMinor, warned],
  );
}

export interface AccountInterface {
  id: number;
  code: string;
  reseller: string;
  status: 'visible' | 'hidden' | 'archived';
  /** Start of its last run that integrated to a good end; null: none did. */
  lastIntegratedAt: string | null;
  /** Sales before this instant make no entry; null: every sale does. */
  openedAt: string | null;
}

/** The interfaces that book on an account. Export and taking back integrate first. */
export function readAccountInterfaces(tx: Tx, accountId: number): Promise<AccountInterface[]> {
  return tx.query<AccountInterface>(
    `select i.id, i.code, i.reseller, i.status, a.opened_at as "openedAt", (
       select max(r.started_at) from run r
       where r.organisation_id = $1 and r.interface_id = i.id
         and r.function in ('integrate', 'export', 'take_back')
         and r.state in ('ok', 'warning') and not r.simulation) as "lastIntegratedAt"
     from interface i
     join reseller_account a on a.organisation_id = $1 and a.id = i.reseller_account_id
     where i.organisation_id = $1 and i.pending_account_id = $2 order by i.code`,
    [tx.organisationId, accountId],
  );
}

/** What the ledger adds up to: compared with the balance kept beside it. */
export async function sumLedger(tx: Tx, accountId: number): Promise<number> {
  const [row] = await tx.query<{ sum: number }>(
    `select coalesce(sum(amount_minor), 0)::bigint as sum from ledger_entry
     where organisation_id = $1 and pending_account_id = $2`,
    [tx.organisationId, accountId],
  );
  return row?.sum ?? 0;
}
