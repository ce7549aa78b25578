/** Which documents settle which statements. */
import type { Tx } from './database/transaction.ts';

export interface SettledStatement {
  id: number;
  accountId: number;
  interfaceId: number;
  period: string;
  document: string;
  currency: string;
  netMinor: number;
  isReplaced: boolean;
  matchedMinor: number;
}

export interface SettlingEntry {
  id: number;
  kind: string;
  document: string | null;
  operationAt: string;
  period: string;
  author: string;
  /** What it pays: positive lowers what the reseller owes. */
  paysMinor: number;
  matchedMinor: number;
}

export interface MatchRecord {
  id: number;
  statementId: number;
  statement: string;
  interfaceId: number;
  period: string;
  entryId: number;
  document: string | null;
  amountMinor: number;
  matchedAt: string;
  matchedBy: string;
  undoneAt: string | null;
  undoneBy: string | null;
}

const MATCHED = (column: string) => `
  select coalesce(sum(m.amount_minor), 0)::bigint from statement_match m
  where m.organisation_id = $1 and m.${column} and m.undone_at is null`;

/** Statements of an account with what is settled of them, or only one; the newest first. */
export function readSettledStatements(
  tx: Tx,
  accountId: number,
  statementId: number | null = null,
): Promise<SettledStatement[]> {
  return tx.query<SettledStatement>(
    `select s.id, s.pending_account_id as "accountId", s.interface_id as "interfaceId", s.period,
       s.document, s.currency, s.net_minor as "netMinor",
       exists (select from reseller_statement b
         where b.organisation_id = $1 and b.pending_account_id = s.pending_account_id
           and b.interface_id = s.interface_id and b.period = s.period
           and b.replaces = s.document) as "isReplaced",
       (${MATCHED('statement_id = s.id')}) as "matchedMinor"
     from reseller_statement s
     where s.organisation_id = $1 and s.pending_account_id = $2
       and ($3::bigint is null or s.id = $3)
     order by s.period desc, s.id desc`,
    [tx.organisationId, accountId, statementId],
  );
}

/** Payments and adjustments of an account, or only one; the newest first. */
export function readSettlingEntries(
  tx: Tx,
  accountId: number,
  entryId: number | null = null,
): Promise<SettlingEntry[]> {
  return tx.query<SettlingEntry>(
    `select e.id, e.kind, e.document, e.operation_at as "operationAt", e.period, e.author,
       -e.amount_minor as "paysMinor", (${MATCHED('entry_id = e.id')}) as "matchedMinor"
     from ledger_entry e
     where e.organisation_id = $1 and e.pending_account_id = $2
       and e.kind in ('payment', 'adjustment') and ($3::bigint is null or e.id = $3)
     order by e.operation_at desc, e.id desc`,
    [tx.organisationId, accountId, entryId],
  );
}

export function listMatches(tx: Tx, accountId: number): Promise<MatchRecord[]> {
  return tx.query<MatchRecord>(
    `select m.id, m.statement_id as "statementId", s.document as statement,
       s.interface_id as "interfaceId", s.period, m.entry_id as "entryId", e.document,
       m.amount_minor as "amountMinor", m.matched_at as "matchedAt", m.matched_by as "matchedBy",
       m.undone_at as "undoneAt", m.undone_by as "undoneBy"
     from statement_match m
     join reseller_statement s on s.organisation_id = $1 and s.id = m.statement_id
     join ledger_entry e on e.organisation_id = $1 and e.id = m.entry_id
     where m.organisation_id = $1 and s.pending_account_id = $2
     order by m.id desc`,
    [tx.organisationId, accountId],
  );
}

export async function insertMatch(
  tx: Tx,
  one: Pick<
    MatchRecord,
    'id' | 'statementId' | 'entryId' | 'amountMinor' | 'matchedAt' | 'matchedBy'
  >,
): Promise<void> {
  await tx.execute(
    `insert into statement_match (organisation_id, id, statement_id, entry_id, amount_minor,
       matched_at, matched_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.organisationId,
      one.id,
      one.statementId,
      one.entryId,
      one.amountMinor,
      one.matchedAt,
      one.matchedBy,
    ],
  );
}

/** False: it was undone before. */
export async function undoMatch(
  tx: Tx,
  id: number,
  { at, author }: { at: string; author: string },
): Promise<boolean> {
  const touched = await tx.execute(
    `update statement_match set undone_at = $3, undone_by = $4
     where organisation_id = $1 and id = $2 and undone_at is null`,
    [tx.organisationId, id, at, author],
  );
  return touched > 0;
}
