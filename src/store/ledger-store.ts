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

export interface LedgerSum {
  period: string;
  kind: 'sale' | 'refund' | 'commission' | 'payment' | 'commission_invoice' | 'adjustment';
  /** Of a ticket; an invoice's taking back of provisions is a commission without one. */
  ofTickets: boolean;
  late: boolean;
  entries: number;
  amountMinor: number;
}

/** Sums of the ledger by period and kind, the earliest period first. */
export function readLedgerSums(tx: Tx, accountId: number): Promise<LedgerSum[]> {
  return tx.query<LedgerSum>(
    `select period, kind, ticket_id is not null as "ofTickets", late, count(*) as entries,
       sum(amount_minor)::bigint as "amountMinor"
     from ledger_entry where organisation_id = $1 and pending_account_id = $2
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [tx.organisationId, accountId],
  );
}

export interface VatSum {
  rateHundredths: number;
  grossMinor: number;
  vatMinor: number;
}

/** What a ticket's entries came to before one of them: in the order in which they were booked. */
export const BEFORE = (kinds: string) => `
  cross join lateral (
    select coalesce(sum(p.amount_minor), 0) as before from ledger_entry p
    where p.organisation_id = $1 and p.ticket_id = e.ticket_id and p.kind in (${kinds})
      and (p.period, p.entered_at, p.id) < (e.period, e.entered_at, e.id) offset 0) b`;

/**
 * VAT contained in the sales and refunds of a period, by rate. An entry's VAT is what the ticket's
 * VAT changes by with it, so that the parts of a refund never add up to another VAT than the whole.
 */
export function readVat(tx: Tx, accountId: number, period: string): Promise<VatSum[]> {
  return tx.query<VatSum>(
    `select rate::int as "rateHundredths", sum(amount)::bigint as "grossMinor",
       sum(round((before + amount) * rate / (10000 + rate))
         - round(before * rate / (10000 + rate)))::bigint as "vatMinor"
     from (
       select t.vat_hundredths::numeric as rate, e.amount_minor as amount, b.before
       from ledger_entry e
       join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
       ${BEFORE(`'sale', 'refund'`)}
       where e.organisation_id = $1 and e.pending_account_id = $2 and e.period = $3
         and e.kind in ('sale', 'refund')) v
     group by rate order by rate`,
    [tx.organisationId, accountId, period],
  );
}

/**
 * VAT contained in the commissions of a period: each ticket's, as it was reckoned at its sale, in
 * proportion where a part of the commission is given back.
 */
export async function readCommissionVat(
  tx: Tx,
  accountId: number,
  period: string,
): Promise<number> {
  const [row] = await tx.query<{ vat: number }>(
    `select coalesce(sum(round(-(before + amount) * vat / whole) - round(-before * vat / whole)),
       0)::bigint as vat
     from (
       select t.commission_vat_minor::numeric as vat, t.commission_minor as whole,
         e.amount_minor as amount, b.before
       from ledger_entry e
       join ticket t on t.organisation_id = $1 and t.id = e.ticket_id and t.commission_minor <> 0
       ${BEFORE(`'commission'`)}
       where e.organisation_id = $1 and e.pending_account_id = $2 and e.period = $3
         and e.kind = 'commission') v`,
    [tx.organisationId, accountId, period],
  );
  return row?.vat ?? 0;
}

export interface LateEntry {
  kind: string;
  amountMinor: number;
  period: string;
  /** The instant of the operation, which lies in a closed month. */
  operationAt: string;
  ticket: string | null;
  document: string | null;
  performance: string | null;
}

/** Entries shown apart, of one period or of all: the newest first, at most `most`. */
export function readLateEntries(
  tx: Tx,
  accountId: number,
  period: string | null,
  most: number,
): Promise<LateEntry[]> {
  return tx.query<LateEntry>(
    `select e.kind, e.amount_minor as "amountMinor", e.period, e.operation_at as "operationAt",
       t.number as ticket, e.document, d.code || '/' || p.code as performance
     from ledger_entry e
     left join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
     left join performance p on p.organisation_id = $1 and p.id = e.performance_id
     left join product d on d.organisation_id = $1 and d.id = p.product_id
     where e.organisation_id = $1 and e.pending_account_id = $2 and e.late
       and ($3::text is null or e.period = $3)
     order by e.period desc, e.operation_at, e.id limit $4`,
    [tx.organisationId, accountId, period, most],
  );
}
