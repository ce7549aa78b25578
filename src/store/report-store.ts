/** Reports to resellers: what is on the list, and which report carried it. */
import type { Message, MessageKind } from '../domain/order/message.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { Tx } from './database/transaction.ts';

export interface ReportedCase {
  id: number;
  ticket: string;
  kind: MessageKind;
  problems: Problem[];
  message: Message;
  /** Product and local start of the performance, as far as they are ours. */
  product: string | null;
  start: string | null;
}

/**
 * Open cases on an interface's list, the most urgent first: those that no report has carried
 * (null), or those of one report that still wait.
 */
export function readReported(
  tx: Tx,
  interfaceId: number,
  reportId: number | null,
): Promise<ReportedCase[]> {
  return tx.query<ReportedCase>(
    `select q.message_id as id, q.ticket, m.kind, q.problems, m.content as message,
       d.name as product, p.local_start as start
     from quarantine q
     join message m on m.organisation_id = $1 and m.id = q.message_id
     left join product d on d.organisation_id = $1 and d.id = q.product_id
     left join performance p on p.organisation_id = $1 and p.id = q.performance_id
     where q.organisation_id = $1 and q.interface_id = $2 and q.settled_at is null
       and q.reported_at is not null and q.report_id is not distinct from $3
     order by q.due_at nulls last, q.message_id
     for update of q`,
    [tx.organisationId, interfaceId, reportId],
  );
}

export interface AskedName {
  id: number;
  ticket: string;
  order: string | null;
  product: string;
  start: string | null;
  /** In the reseller's words. */
  message: Message | null;
}

/** Names asked of the reseller that no report has carried (null), or those of one report. */
export function readAskedNames(
  tx: Tx,
  interfaceId: number,
  reportId: number | null,
): Promise<AskedName[]> {
  return tx.query<AskedName>(
    `select t.id, t.number as ticket, o.reference as "order", d.name as product,
       p.local_start as start, m.content as message
     from ticket t
     join product d on d.organisation_id = $1 and d.id = t.product_id
     left join sale_order o on o.organisation_id = $1 and o.id = t.sale_order_id
     left join performance p on p.organisation_id = $1 and p.id = t.performance_id
     left join message m on m.organisation_id = $1 and m.id = t.message_id
     where t.organisation_id = $1 and t.interface_id = $2 and t.name_missing
       and t.state = 'valid' and t.name_state = 'asked' and t.name_report_id is not distinct from $3
     order by p.starts_at nulls last, t.id
     for update of t`,
    [tx.organisationId, interfaceId, reportId],
  );
}

/** Keeps that a report was made, and marks what it carries. */
export async function writeReport(
  tx: Tx,
  report: {
    id: number;
    interfaceId: number;
    at: Date;
    author: string;
    caseIds: readonly number[];
    ticketIds: readonly number[];
  },
): Promise<void> {
  const { id, interfaceId, at, author, caseIds, ticketIds } = report;
  await tx.execute(
    `insert into reseller_report (organisation_id, id, interface_id, made_at, made_by, item_count)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      tx.organisationId,
      id,
      interfaceId,
      at.toISOString(),
      author,
      caseIds.length + ticketIds.length,
    ],
  );
  await tx.execute(
    `update quarantine set report_id = $3
     where organisation_id = $1 and message_id = any($2::bigint[])`,
    [tx.organisationId, caseIds, id],
  );
  await tx.execute(
    `update ticket set name_report_id = $3
     where organisation_id = $1 and id = any($2::bigint[])`,
    [tx.organisationId, ticketIds, id],
  );
}
