/** Tickets of products that require names, sold without one (or with a placeholder). */
import type { Tx } from './database/transaction.ts';

export interface NamelessTicket {
  /** The ticket's id: ids are unique in the database, so it is no case's. */
  id: number;
  interfaceId: number;
  interfaceCode: string;
  ticket: string;
  order: string;
  product: string;
  performance: string | null;
  start: string | null;
  seat: string | null;
  /** What stands in the name's place. */
  name: string;
  soldAt: string;
  state: 'accepted' | 'asked' | null;
  reportId: number | null;
}

const COLUMNS = `
  t.id, t.interface_id as "interfaceId", i.code as "interfaceCode", t.number as ticket,
  o.reference as "order", d.code as product, p.code as performance, p.local_start as start,
  case when s.id is null then null
    else concat_ws('/', l.code, a.code, b.code, s.row, s.number) end as seat,
  concat_ws(' ', t.first_name, t.last_name) as name, t.sold_at as "soldAt",
  t.name_state as state, t.name_report_id as "reportId"`;

const FROM = `
  from ticket t
  join interface i on i.organisation_id = $1 and i.id = t.interface_id
  join product d on d.organisation_id = $1 and d.id = t.product_id
  left join sale_order o on o.organisation_id = $1 and o.id = t.sale_order_id
  left join performance p on p.organisation_id = $1 and p.id = t.performance_id
  left join seat s on s.organisation_id = $1 and s.id = t.seat_id
  left join block b on b.organisation_id = $1 and b.id = s.block_id
  left join area a on a.organisation_id = $1 and a.id = b.area_id
  left join layout l on l.organisation_id = $1 and l.id = a.layout_id`;

export interface NamelessFilter {
  interfaceId?: number;
  productId?: number;
  performanceId?: number;
  ticket?: string;
  /** null: nobody has decided yet. */
  state: 'asked' | null;
}

/** A page of living tickets without a name, by id. */
export function listNameless(
  tx: Tx,
  filter: NamelessFilter,
  page: { afterId: number; limit: number },
): Promise<NamelessTicket[]> {
  // Written out, so that the index of the few is found.
  const state = filter.state === null ? 't.name_state is null' : "t.name_state = 'asked'";
  return tx.query<NamelessTicket>(
    `select ${COLUMNS} ${FROM}
     where t.organisation_id = $1 and t.name_missing and t.state = 'valid' and ${state}
       and ($2::bigint is null or t.interface_id = $2)
       and ($3::bigint is null or t.product_id = $3)
       and ($4::bigint is null or t.performance_id = $4)
       and ($5::text is null or starts_with(t.number, $5)) and t.id > $6
     order by t.id limit $7`,
    [
      tx.organisationId,
      filter.interfaceId ?? null,
      filter.productId ?? null,
      filter.performanceId ?? null,
      filter.ticket ?? null,
      page.afterId,
      page.limit,
    ],
  );
}

/** These tickets, if they are nameless and living, held until the end of the transaction. */
export async function lockNameless(tx: Tx, ids: readonly number[]): Promise<NamelessTicket[]> {
  if (ids.length === 0) return [];
  await tx.query(
    `select from ticket where organisation_id = $1 and id = any($2::bigint[])
     order by id for update`,
    [tx.organisationId, ids],
  );
  return await tx.query<NamelessTicket>(
    `select ${COLUMNS} ${FROM}
     where t.organisation_id = $1 and t.id = any($2::bigint[]) and t.name_missing
       and t.state = 'valid' order by t.id`,
    [tx.organisationId, ids],
  );
}

export interface NameDecision {
  state: 'accepted' | 'asked';
  at: Date;
  author: string;
  reason: string;
  /** One for each ticket. */
  operationIds: readonly number[];
}

/** Accepts missing names, or puts them on the reseller's list; each leaves its trace. */
export async function writeNameStates(
  tx: Tx,
  ids: readonly number[],
  decision: NameDecision,
): Promise<void> {
  const { state, at, author, reason, operationIds } = decision;
  await tx.execute(
    `update ticket set name_state = $3, name_report_id = null
     where organisation_id = $1 and id = any($2::bigint[])`,
    [tx.organisationId, ids, state],
  );
  await tx.execute(
    `insert into operation (organisation_id, id, ticket_id, kind, operation_at, entered_at,
       amount_minor, commission_minor, currency, author, detail)
     select $1, r.operation_id, t.id, 'name', $4, $4, 0, 0, t.currency, $5,
       jsonb_build_object('name', $6::text, 'reason', $7::text)
     from unnest($2::bigint[], $3::bigint[]) as r(ticket_id, operation_id)
     join ticket t on t.organisation_id = $1 and t.id = r.ticket_id`,
    [tx.organisationId, ids, operationIds, at.toISOString(), author, state, reason],
  );
}
