import type { OurTicket, TheirLine, TicketCause } from '../domain/money/compare-statement.ts';
import type { Tx } from './database/transaction.ts';

/** Statements of resellers, and what our ledger has for the same month. */

export interface StatementKey {
  accountId: number;
  interfaceId: number;
  /** `YYYY-MM`. */
  period: string;
}

export interface StatementTotals {
  grossMinor: number;
  commissionMinor: number;
  tickets: number;
}

export interface StatementRecord extends StatementKey, StatementTotals {
  id: number;
  document: string;
  /** The document that it corrects as a whole. */
  replaces: string | null;
  /** The document that corrects it: it does not count any more. */
  replacedBy: string | null;
  currency: string;
  enteredAt: string;
  author: string;
  lines: number;
  cleared: number;
}

const SELECT_STATEMENT = `
  select s.id, s.pending_account_id as "accountId", s.interface_id as "interfaceId", s.period,
    s.document, s.replaces, b.document as "replacedBy", s.currency, s.gross_minor as "grossMinor",
    s.commission_minor as "commissionMinor", s.ticket_count as tickets,
    s.entered_at as "enteredAt", s.author, l.lines, l.cleared
  from reseller_statement s
  left join lateral (
    select b.document from reseller_statement b
    where b.organisation_id = $1 and b.pending_account_id = s.pending_account_id
      and b.interface_id = s.interface_id and b.period = s.period and b.replaces = s.document
    order by b.id limit 1) b on true
  cross join lateral (
    select count(*) as lines, count(cleared_at) as cleared from reseller_statement_line l
    where l.organisation_id = $1 and l.statement_id = s.id) l
  where s.organisation_id = $1`;

/** Statements of an account, or of one interface and month, the newest first. */
export function listStatements(
  tx: Tx,
  filter: { interfaceId: number | null; period: string | null },
): Promise<StatementRecord[]> {
  return tx.query<StatementRecord>(
    `${SELECT_STATEMENT} and ($2::bigint is null or s.interface_id = $2)
       and ($3::text is null or s.period = $3)
     order by s.period desc, s.id`,
    [tx.organisationId, filter.interfaceId, filter.period],
  );
}

export interface NewStatement extends StatementKey, StatementTotals {
  id: number;
  document: string;
  replaces: string | null;
  currency: string;
  at: string;
  author: string;
}

export type StatementLine = Omit<TheirLine, 'statementId'>;

export async function insertStatement(
  tx: Tx,
  one: NewStatement,
  lines: readonly StatementLine[],
): Promise<void> {
  await tx.execute(
    `insert into reseller_statement (organisation_id, id, pending_account_id, interface_id, period,
       document, replaces, currency, gross_minor, commission_minor, net_minor, ticket_count,
       entered_at, author)
     values ($1, $2, $3, $4, $5, $6, $13, $7, $8::bigint, $9::bigint, $8::bigint - $9::bigint, $10,
       $11, $12)`,
    [
      tx.organisationId,
      one.id,
      one.accountId,
      one.interfaceId,
      one.period,
      one.document,
      one.currency,
      one.grossMinor,
      one.commissionMinor,
      one.tickets,
      one.at,
      one.author,
      one.replaces,
    ],
  );
  if (lines.length === 0) return;
  await tx.execute(
    `insert into reseller_statement_line (organisation_id, statement_id, line, ticket,
       performance_id, gross_minor, commission_minor)
     select $1, $2, r.* from unnest($3::int[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
       as r(line, ticket, performance_id, gross_minor, commission_minor)`,
    [
      tx.organisationId,
      one.id,
      lines.map((line) => line.line),
      lines.map((line) => line.ticket),
      lines.map((line) => line.performanceId),
      lines.map((line) => line.grossMinor),
      lines.map((line) => line.commissionMinor),
    ],
  );
}

export function readStatementLines(tx: Tx, statementIds: readonly number[]): Promise<TheirLine[]> {
  return tx.query<TheirLine>(
    `select statement_id as "statementId", line, ticket, performance_id as "performanceId",
       gross_minor as "grossMinor", commission_minor as "commissionMinor"
     from reseller_statement_line
     where organisation_id = $1 and statement_id = any($2)
     order by statement_id, line`,
    [tx.organisationId, statementIds],
  );
}

/** Marks lines that agree; answers how many did not before. What is cleared stays cleared. */
export function clearLines(
  tx: Tx,
  lines: readonly { statementId: number; line: number }[],
  at: string,
): Promise<number> {
  return tx.execute(
    `update reseller_statement_line l set cleared_at = $4
     from unnest($2::bigint[], $3::int[]) as r(statement_id, line)
     where l.organisation_id = $1 and l.statement_id = r.statement_id and l.line = r.line
       and l.cleared_at is null`,
    [tx.organisationId, lines.map((one) => one.statementId), lines.map((one) => one.line), at],
  );
}

export interface MonthOfAccount {
  accountId: number;
  /** Whose sales: the account at the reseller, which the statement is about. */
  resellerAccountId: number;
  period: string;
  /** Bounds of the month, ISO instants. */
  from: string;
  until: string;
}

/** Our tickets with operations in a month, whichever period these were booked in. */
export function readOurTickets(tx: Tx, month: MonthOfAccount): Promise<OurTicket[]> {
  return tx.query<OurTicket>(
    `select t.number, t.performance_id as "performanceId", e.gross as "grossMinor",
       e.commission as "commissionMinor", e.booked_in as "bookedIn",
       array(select f.number from ticket_former_number f
         where f.organisation_id = $1 and f.reseller_account_id = $3 and f.ticket_id = t.id)
         as "formerNumbers",
       case when t.commission_on_top then (
         select coalesce(sum(o.commission_minor), 0)::bigint from operation o
         where o.organisation_id = $1 and o.ticket_id = t.id
           and o.operation_at >= $5 and o.operation_at < $6) else 0 end as "onTopMinor"
     from (
       select ticket_id,
         coalesce(sum(amount_minor) filter (where kind <> 'commission'), 0)::bigint as gross,
         -coalesce(sum(amount_minor) filter (where kind = 'commission'), 0)::bigint as commission,
         max(period) filter (where period > $4) as booked_in
       from ledger_entry
       where organisation_id = $1 and pending_account_id = $2 and period >= $4
         and operation_at >= $5 and operation_at < $6 and ticket_id is not null
       group by ticket_id) e
     join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
     where t.reseller_account_id = $3
     order by t.number, t.generation`,
    [
      tx.organisationId,
      month.accountId,
      month.resellerAccountId,
      month.period,
      month.from,
      month.until,
    ],
  );
}

/** Why the ledger of the month may say otherwise about these tickets; the likeliest cause first. */
export async function readTicketCauses(
  tx: Tx,
  month: MonthOfAccount,
  tickets: readonly string[],
): Promise<Map<string, TicketCause>> {
  const rows = await tx.query<{ number: string; cause: TicketCause | null }>(
    `select k.number, case
         when exists (select from quarantine q
           where q.organisation_id = $1 and q.reseller_account_id = $2 and q.settled_at is null
             and (q.ticket = k.number or q.replaces = k.number)) then 'open_case'
         when t.is_test then 'test'
         when t.sold_at < a.opened_at then 'before_opening'
         when t.id is not null and not exists (select from operation o
           where o.organisation_id = $1 and o.ticket_id = t.id
             and o.operation_at >= $4 and o.operation_at < $5) then 'other_period' end as cause
     from unnest($3::text[]) as k(number)
     join reseller_account a on a.organisation_id = $1 and a.id = $2
     left join lateral (
       select id, is_test, sold_at from ticket t
       where t.organisation_id = $1 and t.reseller_account_id = $2 and t.number = k.number
       order by generation desc limit 1) t on true`,
    [tx.organisationId, month.resellerAccountId, tickets, month.from, month.until],
  );
  const causes = new Map<string, TicketCause>();
  for (const { number, cause } of rows) if (cause !== null) causes.set(number, cause);
  return causes;
}

/** Open cases of the account at the reseller by performance, of operations before an instant. */
export async function countOpenCases(
  tx: Tx,
  month: MonthOfAccount,
): Promise<Map<number | null, number>> {
  const rows = await tx.query<{ performanceId: number | null; cases: number }>(
    `select q.performance_id as "performanceId", count(*) as cases
     from quarantine q
     join message m on m.organisation_id = $1 and m.id = q.message_id
     where q.organisation_id = $1 and q.reseller_account_id = $2 and q.settled_at is null
       and m.operation_at >= $3 and m.operation_at < $4
     group by q.performance_id`,
    [tx.organisationId, month.resellerAccountId, month.from, month.until],
  );
  return new Map(rows.map((row) => [row.performanceId, row.cases]));
}

/** `PRODUCT/CODE` of every performance, as people type them. */
export async function readPerformanceNames(tx: Tx): Promise<Map<number, string>> {
  const rows = await tx.query<{ id: number; name: string }>(
    `select p.id, d.code || '/' || p.code as name from performance p
     join product d on d.organisation_id = $1 and d.id = p.product_id
     where p.organisation_id = $1`,
    [tx.organisationId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
