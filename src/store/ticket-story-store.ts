/** What happened to tickets: money, operations, codes, messages and the cases that are open. */
import type { Tx } from './database/transaction.ts';

export interface LedgerLine {
  ticketId: number;
  kind: string;
  amountMinor: number;
  currency: string;
  period: string;
  late: boolean;
  operationAt: string;
  enteredAt: string;
  document: string | null;
  author: string;
}

export function readLedgerOfTickets(tx: Tx, ticketIds: readonly number[]): Promise<LedgerLine[]> {
  return tx.query<LedgerLine>(
    `select e.* from unnest($2::bigint[]) as k (id)
     cross join lateral (
       select id, ticket_id as "ticketId", kind, amount_minor as "amountMinor", currency, period,
              late, operation_at as "operationAt", entered_at as "enteredAt", document, author
       from ledger_entry e
       where e.organisation_id = $1 and e.ticket_id = k.id and e.ticket_id is not null
       offset 0) e
     order by e.id`,
    [tx.organisationId, ticketIds],
  );
}

export interface OperationLine {
  ticketId: number;
  kind: string;
  operationNumber: number | null;
  operationAt: string;
  enteredAt: string;
  amountMinor: number;
  commissionMinor: number;
  currency: string;
  messageId: number | null;
  runId: number | null;
  author: string;
  detail: unknown;
}

export function readOperationsOfTickets(
  tx: Tx,
  ticketIds: readonly number[],
): Promise<OperationLine[]> {
  return tx.query<OperationLine>(
    `select o.* from unnest($2::bigint[]) as k (id)
     cross join lateral (
       select id, ticket_id as "ticketId", kind, operation_number as "operationNumber",
              operation_at as "operationAt", entered_at as "enteredAt",
              amount_minor as "amountMinor", commission_minor as "commissionMinor", currency,
              message_id as "messageId", run_id as "runId", author, detail
       from operation o where o.organisation_id = $1 and o.ticket_id = k.id offset 0) o
     order by o.id`,
    [tx.organisationId, ticketIds],
  );
}

export interface CodeLine {
  ticketId: number;
  code: string;
  state: string;
  reason: string | null;
  changedAt: string;
  usedAt: string | null;
}

export function readCodesOfTickets(tx: Tx, ticketIds: readonly number[]): Promise<CodeLine[]> {
  return tx.query<CodeLine>(
    `select a.* from unnest($2::bigint[]) as k (id)
     cross join lateral (
       select ticket_id as "ticketId", code, state, reason, changed_at as "changedAt",
              used_at as "usedAt"
       from access_code a
       where a.organisation_id = $1 and a.ticket_id = k.id and a.ticket_id is not null
       offset 0) a
     order by a."changedAt", a.code`,
    [tx.organisationId, ticketIds],
  );
}

/** A reseller's number of a ticket, on its account. */
export interface TicketNumber {
  resellerAccountId: number;
  number: string;
}

export interface MessageLine {
  id: number;
  resellerAccountId: number;
  ticket: string;
  kind: string;
  state: 'integrated' | 'quarantined' | 'set_aside';
  operationNumber: number | null;
  operationAt: string;
  receivedAt: string;
  runId: number;
  /** As it is kept: what names a buyer beyond the holder's name was dropped before. */
  content: Readonly<Record<string, unknown>>;
  case: { settledAt: string | null; class: string; problems: { code: string }[] } | null;
}

/** Messages about ticket numbers, by when they came, with their cases. */
export function readMessagesOfTickets(
  tx: Tx,
  numbers: readonly TicketNumber[],
  limit: number,
): Promise<MessageLine[]> {
  return tx.query<MessageLine>(
    `select m.*, q.found as case
     from (
       select m.* from (
         select distinct account, number
         from unnest($2::bigint[], $3::text[]) as u (account, number)) k
       cross join lateral (
         select id, reseller_account_id as "resellerAccountId", ticket, kind, state,
                operation_number as "operationNumber", operation_at as "operationAt",
                received_at as "receivedAt", run_id as "runId", content
         from message m
         where m.organisation_id = $1 and m.reseller_account_id = k.account
           and m.ticket = k.number offset 0) m
       order by m.id limit $4) m
     left join lateral (
       select jsonb_build_object('settledAt', settled_at, 'class', class, 'problems', problems)
                as found
       from quarantine q where q.organisation_id = $1 and q.message_id = m.id offset 0) q on true
     order by m.id`,
    [
      tx.organisationId,
      numbers.map((one) => one.resellerAccountId),
      numbers.map((one) => one.number),
      limit,
    ],
  );
}
