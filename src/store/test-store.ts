/** Test modes, tickets that are tests, and marking them afterwards. */
import type { EntrySum } from '../domain/order/mark-test.ts';
import type { TestMode } from '../domain/order/test-mode.ts';
import type { Tx } from './database/transaction.ts';

/** The modes of an interface, for its integration. */
export function loadTestModes(tx: Tx, interfaceId: number): Promise<TestMode[]> {
  return tx.query<TestMode>(
    `select product_id as "productId", ticket, ends_at as "endsAt" from test_mode
     where organisation_id = $1 and interface_id = $2 order by id`,
    [tx.organisationId, interfaceId],
  );
}

export interface TestModeRecord extends TestMode {
  id: number;
  interfaceId: number;
  startedAt: string;
  startedBy: string;
  endedBy: string | null;
}

export function listTestModes(tx: Tx, interfaceId: number | null): Promise<TestModeRecord[]> {
  return tx.query<TestModeRecord>(
    `select id, interface_id as "interfaceId", product_id as "productId", ticket,
            started_at as "startedAt", started_by as "startedBy", ends_at as "endsAt",
            ended_by as "endedBy"
     from test_mode
     where organisation_id = $1 and ($2::bigint is null or interface_id = $2)
     order by id`,
    [tx.organisationId, interfaceId],
  );
}

export type TestModeOf = { productId: number; ticket: null } | { productId: null; ticket: string };

/** The mode of this product or ticket that nobody has ended; its row is locked. */
export async function lockTestMode(
  tx: Tx,
  interfaceId: number,
  of: TestModeOf,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `select id from test_mode
     where organisation_id = $1 and interface_id = $2 and ends_at is null
       and product_id is not distinct from $3 and ticket is not distinct from $4
     for update`,
    [tx.organisationId, interfaceId, of.productId, of.ticket],
  );
  return rows[0]?.id ?? null;
}

export async function insertTestMode(
  tx: Tx,
  mode: { id: number; interfaceId: number; of: TestModeOf; at: string; by: string },
): Promise<void> {
  await tx.execute(
    `insert into test_mode
       (organisation_id, id, interface_id, product_id, ticket, started_at, started_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.organisationId,
      mode.id,
      mode.interfaceId,
      mode.of.productId,
      mode.of.ticket,
      mode.at,
      mode.by,
    ],
  );
}

export async function endTestMode(tx: Tx, id: number, at: string, by: string): Promise<void> {
  await tx.execute(
    `update test_mode set ends_at = $3, ended_by = $4 where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, at, by],
  );
}

export interface TestTicket {
  id: number;
  number: string;
  interfaceId: number;
  productId: number;
  performanceId: number | null;
  /** `A/12`, or '' where nothing is numbered. */
  place: string;
  soldAt: string;
  bookedMinor: number;
  currency: string;
}

/** Tests that the reseller has not cancelled: they hold their places. By product, then by key. */
export function listTests(
  tx: Tx,
  of: { interfaceId: number | null; productId: number | null },
  page: { after: { productId: number; id: number }; limit: number },
): Promise<TestTicket[]> {
  return tx.query<TestTicket>(
    `select t.id, t.number, t.interface_id as "interfaceId", t.product_id as "productId",
            t.performance_id as "performanceId", coalesce(s.place, '') as place,
            t.sold_at as "soldAt", t.booked_minor as "bookedMinor", t.currency
     from ticket t
     left join lateral (
       select row || '/' || number as place from seat s
       where s.organisation_id = $1 and s.id = t.seat_id offset 0) s on true
     where t.organisation_id = $1 and t.is_test and t.state = 'valid'
       and ($2::bigint is null or t.interface_id = $2)
       and ($3::bigint is null or t.product_id = $3)
       and (t.product_id, t.id) > ($4::bigint, $5::bigint)
     order by t.product_id, t.id limit $6`,
    [
      tx.organisationId,
      of.interfaceId,
      of.productId,
      page.after.productId,
      page.after.id,
      page.limit,
    ],
  );
}

export interface LockedTicket {
  id: number;
  number: string;
  isTest: boolean;
  state: 'valid' | 'cancelled' | 'exchanged';
  overbooked: boolean;
  performanceId: number | null;
  performanceCancelled: boolean;
  soldAt: string;
  bookedMinor: number;
  currency: string;
  commissionOnTop: boolean;
  pendingAccountId: number;
}

/** The last ticket of each number at this account, locked in key order; absent: there is none. */
export function lockTestTickets(
  tx: Tx,
  resellerAccountId: number,
  numbers: readonly string[],
): Promise<LockedTicket[]> {
  return tx.query<LockedTicket>(
    `select t.id, t.number, t.is_test as "isTest", t.state, t.overbooked,
            t.performance_id as "performanceId", t.sold_at as "soldAt", t.currency,
            t.booked_minor as "bookedMinor", t.commission_on_top as "commissionOnTop",
            coalesce(p.cancelled_at is not null, false) as "performanceCancelled",
            o.pending_account_id as "pendingAccountId"
     from (
       select last.id from unnest($3::text[]) as n (number)
       cross join lateral (
         select id from ticket t
         where t.organisation_id = $1 and t.reseller_account_id = $2 and t.number = n.number
         order by generation desc limit 1) last
       order by last.id) wanted
     cross join lateral (
       select * from ticket t where t.organisation_id = $1 and t.id = wanted.id
       for no key update offset 0) t
     cross join lateral (
       select pending_account_id from sale_order o
       where o.organisation_id = $1 and o.id = t.sale_order_id offset 0) o
     left join lateral (
       select cancelled_at from performance p
       where p.organisation_id = $1 and p.id = t.performance_id offset 0) p on true`,
    [tx.organisationId, resellerAccountId, numbers],
  );
}

export interface TicketOperation {
  ticketId: number;
  kind: string;
  operationAt: string;
  amountMinor: number;
  commissionMinor: number;
}

export function readOperations(tx: Tx, ticketIds: readonly number[]): Promise<TicketOperation[]> {
  return tx.query<TicketOperation>(
    `select o.* from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select ticket_id as "ticketId", kind, operation_at as "operationAt",
              amount_minor as "amountMinor", commission_minor as "commissionMinor"
       from operation o where o.organisation_id = $1 and o.ticket_id = t.id offset 0) o`,
    [tx.organisationId, ticketIds],
  );
}

export interface TicketEntries extends EntrySum {
  ticketId: number;
  accountId: number;
}

/** What the entries of tickets come to, by kind and instant. */
export function readTicketEntries(tx: Tx, ticketIds: readonly number[]): Promise<TicketEntries[]> {
  return tx.query<TicketEntries>(
    `select t.id as "ticketId", e.pending_account_id as "accountId", e.kind,
            e.operation_at as "operationAt", sum(e.amount_minor)::bigint as "amountMinor"
     from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select pending_account_id, kind, operation_at, amount_minor from ledger_entry e
       where e.organisation_id = $1 and e.ticket_id = t.id
         and e.kind in ('sale', 'refund', 'commission') offset 0) e
     group by 1, 2, 3, 4 order by 1, 4, 3`,
    [tx.organisationId, ticketIds],
  );
}

/** The codes of tickets, locked in key order. */
export function lockTicketCodes(
  tx: Tx,
  ticketIds: readonly number[],
): Promise<{ code: string; state: string; ticketId: number }[]> {
  return tx.query(
    `select code, state, ticket_id as "ticketId" from access_code
     where organisation_id = $1 and ticket_id = any($2) order by code for no key update`,
    [tx.organisationId, ticketIds],
  );
}

export interface TestMark {
  operationId: number;
  ticketId: number;
  amountMinor: number;
  commissionMinor: number;
  currency: string;
}

/** Marks tickets or lifts the mark, each with its operation in the trace. */
export async function writeTestMarks(
  tx: Tx,
  marks: readonly TestMark[],
  by: { isTest: boolean; at: string; author: string; reason: string },
): Promise<void> {
  await tx.execute(
    `update ticket t set is_test = $3 from unnest($2::bigint[]) as m (id)
     where t.organisation_id = $1 and t.id = m.id`,
    [tx.organisationId, marks.map(({ ticketId }) => ticketId), by.isTest],
  );
  await tx.execute(
    `insert into operation (organisation_id, id, ticket_id, kind, operation_at, entered_at,
       amount_minor, commission_minor, currency, author, detail)
     select $1, m.id, m.ticket_id, 'test', $7, $7, m.amount, m.commission, m.currency, $8, $9::jsonb
     from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
       as m (id, ticket_id, amount, commission, currency)`,
    [
      tx.organisationId,
      marks.map(({ operationId }) => operationId),
      marks.map(({ ticketId }) => ticketId),
      marks.map(({ amountMinor }) => amountMinor),
      marks.map(({ commissionMinor }) => commissionMinor),
      marks.map(({ currency }) => currency),
      by.at,
      by.author,
      JSON.stringify({ test: by.isTest, reason: by.reason }),
    ],
  );
}

export async function writeTestCodes(
  tx: Tx,
  codes: readonly { code: string; state: string; reason: string | null }[],
  at: string,
): Promise<void> {
  if (codes.length === 0) return;
  await tx.execute(
    `update access_code a set state = c.state, reason = c.reason, changed_at = $5
     from unnest($2::text[], $3::text[], $4::text[]) as c (code, state, reason)
     where a.organisation_id = $1 and a.code = c.code`,
    [
      tx.organisationId,
      codes.map(({ code }) => code),
      codes.map(({ state }) => state),
      codes.map(({ reason }) => reason),
      at,
    ],
  );
}
