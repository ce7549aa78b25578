import type { Tx } from './database/transaction.ts';

/** Reads of the ledger: documents, sums, what was entered late. */

export interface DocumentEntry {
  kind: string;
  amountMinor: number;
  operationAt: string;
  period: string;
  late: boolean;
  author: string;
  enteredAt: string;
}

/** What was entered under a document, by kind; a document is entered once. */
export function readDocument(
  tx: Tx,
  accountId: number,
  document: string,
): Promise<DocumentEntry[]> {
  return tx.query<DocumentEntry>(
    `select kind, amount_minor as "amountMinor", operation_at as "operationAt", period, late,
       author, entered_at as "enteredAt"
     from ledger_entry
     where organisation_id = $1 and pending_account_id = $2 and document = $3
       and kind in ('payment', 'commission_invoice', 'adjustment', 'commission')`,
    [tx.organisationId, accountId, document],
  );
}

/**
 * Commission that was booked with the sales up to a period and no invoice has replaced yet, in
 * minor units: positive lowers what the reseller owes.
 */
export async function readUninvoiced(tx: Tx, accountId: number, period: string): Promise<number> {
  const [row] = await tx.query<{ amount: number }>(
    `select -coalesce(sum(amount_minor), 0)::bigint as amount from ledger_entry
     where organisation_id = $1 and pending_account_id = $2 and kind = 'commission'
       and (ticket_id is null or period <= $3)`,
    [tx.organisationId, accountId, period],
  );
  return row?.amount ?? 0;
}

/** Open cases of the account's interfaces that a full ceiling stops, by message id. */
export async function readCeilingCases(tx: Tx, accountId: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select q.message_id as id
     from interface i
     join quarantine q on q.organisation_id = $1 and q.interface_id = i.id
       and q.settled_at is null
     where i.organisation_id = $1 and i.pending_account_id = $2
       and q.problems @> '[{"code": "account.ceiling"}]'
     order by q.message_id`,
    [tx.organisationId, accountId],
  );
  return rows.map(({ id }) => id);
}

export interface WaitingCase {
  interfaceId: number;
  kind: string;
  cases: number;
  /** Of sales what was reported as paid, of returns what was given back, in minor units. */
  amountMinor: number;
}

/**
 * Money of the account's open cases, by interface and kind of message; `until` limits it to
 * operations before an instant.
 */
export function readWaiting(
  tx: Tx,
  accountId: number,
  until: string | null = null,
): Promise<WaitingCase[]> {
  return tx.query<WaitingCase>(
    `select i.id as "interfaceId", m.kind, count(*) as cases, coalesce(sum(case
         when m.kind in ('cancellation', 'refund') then -(m.content ->> 'givenBackMinor')::bigint
         else (m.content ->> 'priceMinor')::bigint end), 0)::bigint as "amountMinor"
     from interface i
     join quarantine q on q.organisation_id = $1 and q.interface_id = i.id
       and q.settled_at is null
     join message m on m.organisation_id = $1 and m.id = q.message_id
     where i.organisation_id = $1 and i.pending_account_id = $2
       and ($3::timestamptz is null or m.operation_at < $3)
     group by i.id, m.kind order by i.id, m.kind`,
    [tx.organisationId, accountId, until],
  );
}
