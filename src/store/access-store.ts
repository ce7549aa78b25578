/** Codes that the door knows, and the lists of codes asked from resellers. */
import type { CodeState, DoorCode } from '../domain/access/decide.ts';
import type { Tx } from './database/transaction.ts';

interface CodeRow {
  code: string;
  state: CodeState;
  reason: string | null;
  source: DoorCode['source'];
  day: string | null;
  usedAt: string | null;
  performance: DoorCode['performance'];
  product: DoorCode['product'];
  ticket: DoorCode['ticket'];
}

/** By the whole key, and each joined row by its own, whatever statistics say (`offset 0`). */
const FIND_CODE = `
  select a.code, a.state, a.reason, a.source, a.day, a.used_at as "usedAt",
    p.it as performance, d.it as product, t.it as ticket
  from access_code a
  left join lateral (
    select jsonb_build_object('id', id, 'state',
      case when cancelled_at is null then state else 'cancelled' end) as it
    from performance where organisation_id = $1 and id = a.performance_id offset 0) p on true
  left join lateral (
    select jsonb_build_object('id', id, 'kind', kind, 'namesRequired', names_required,
      'namelessOpensDoor', nameless_opens_door, 'validFrom', valid_from,
      'validUntil', valid_until, 'validDays', valid_days, 'daysPerTicket', days_per_ticket,
      'timeZone', time_zone) as it
    from product where organisation_id = $1 and id = a.product_id offset 0) d on true
  left join lateral (
    select jsonb_build_object(
      'nameMissing', name_missing and name_state is distinct from 'accepted',
      'soldAt', to_char(sold_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'cancelled', state <> 'valid') as it
    from ticket where organisation_id = $1 and id = a.ticket_id offset 0) t on true
  where a.organisation_id = $1 and a.code = $2`;

/** What the house knows of a code; null: nothing. */
export async function findCode(tx: Tx, code: string): Promise<DoorCode | null> {
  const rows = await tx.query<CodeRow>(FIND_CODE, [tx.organisationId, code]);
  return rows[0] ?? null;
}

/** The local time, `HH:MM`, at which the organisation's business day ends. */
export async function readBusinessDayEnd(tx: Tx): Promise<string> {
  const rows = await tx.query<{ ends: string }>(
    `select to_char(business_day_ends_at, 'HH24:MI') as ends from organisation where id = $1`,
    [tx.organisationId],
  );
  return rows[0]?.ends ?? '06:00';
}

export interface ListedCode {
  code: string;
  cancelled: boolean;
}

export interface ListedTotals {
  /** New to the house: they open provisionally. */
  added: number;
  /** Refused by the list, in this call. */
  refused: number;
  /** Cancelled on the list while their ticket is valid here: the cancellation is to come. */
  differing: number;
}

/**
 * Takes a part of a reseller's list, in one statement; again, it changes nothing. The list decides
 * over what came by lists, and may close what a case opened; a ticket's state is never the list's,
 * and what a person blocked stays blocked.
 */
export async function writeListedCodes(
  tx: Tx,
  list: { interfaceId: number; performanceId: number; productId: number; at: Date },
  codes: readonly ListedCode[],
): Promise<ListedTotals> {
  const cancelled = new Map(codes.map((one) => [one.code, one.cancelled]));
  cancelled.delete('');
  const rows = await tx.query<{ added: number; refused: number; differing: number }>(
    `with entry as (
       select code, cancelled from unnest($2::text[], $3::boolean[]) as e (code, cancelled)
     ), written as (
       insert into access_code as a (organisation_id, code, state, reason, source, interface_id,
         product_id, performance_id, changed_at)
       select $1, code, case when cancelled then 'revoked' else 'provisional' end,
         case when cancelled then 'cancellation' else 'sale.missing' end, 'list', $4, $5, $6, $7
       from entry
       order by code
       on conflict (organisation_id, code) do update
         set state = excluded.state, reason = excluded.reason, changed_at = excluded.changed_at
         where a.interface_id = excluded.interface_id and a.state <> excluded.state
           and (a.state <> 'revoked' or coalesce(a.reason, '') not like 'blocked.%') and (
           a.source = 'list'
           or (a.source = 'case' and excluded.state = 'revoked'
             and a.state in ('provisional', 'see_box_office')))
       returning (xmax = 0) as added, state
     )
     select count(*) filter (where added and state = 'provisional') as added,
       count(*) filter (where state = 'revoked') as refused,
       (select count(*) from entry e
        cross join lateral (
          select 1 from access_code k
          where k.organisation_id = $1 and k.code = e.code and k.source = 'ticket'
            and k.state in ('valid', 'provisional') offset 0) known
        where e.cancelled) as differing
     from written`,
    [
      tx.organisationId,
      [...cancelled.keys()],
      [...cancelled.values()],
      list.interfaceId,
      list.productId,
      list.performanceId,
      list.at.toISOString(),
    ],
  );
  return rows[0] ?? { added: 0, refused: 0, differing: 0 };
}

/**
 * Performances of an interface whose list is worth asking for: handed over, not cancelled, and
 * starting between the two instants; soonest first.
 */
export async function findDuePerformances(
  tx: Tx,
  interfaceId: number,
  between: { from: Date; until: Date },
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select p.id from offer o
     join performance p on p.organisation_id = o.organisation_id and p.id = o.performance_id
     where o.organisation_id = $1 and o.interface_id = $2
       and p.state in ('running', 'suspended') and p.starts_at between $3 and $4
     order by p.starts_at, p.id`,
    [tx.organisationId, interfaceId, between.from.toISOString(), between.until.toISOString()],
  );
  return rows.map((row) => row.id);
}

export interface ListRequest {
  id: number;
  performanceId: number;
  productId: number;
  /** The reseller's request number. */
  request: string;
  /** How people call the performance. */
  name: string;
}

/** Lists that were asked for and not fetched, oldest first; of these performances, or of all. */
export function findOpenRequests(
  tx: Tx,
  interfaceId: number,
  performanceIds: readonly number[] | null,
): Promise<ListRequest[]> {
  return tx.query<ListRequest>(
    `select r.id, r.performance_id as "performanceId", p.product_id as "productId", r.request,
            d.code || ' ' || replace(p.local_start, 'T', ' ') as name
     from access_list_request r
     join performance p on p.organisation_id = r.organisation_id and p.id = r.performance_id
     join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
     where r.organisation_id = $1 and r.interface_id = $2 and r.state = 'in_progress'
       and ($3::bigint[] is null or r.performance_id = any ($3))
     order by r.id`,
    [tx.organisationId, interfaceId, performanceIds],
  );
}

export async function insertRequest(
  tx: Tx,
  request: { id: number; interfaceId: number; performanceId: number; request: string; at: Date },
): Promise<void> {
  await tx.execute(
    `insert into access_list_request (organisation_id, id, interface_id, performance_id, request,
       state, asked_at)
     values ($1, $2, $3, $4, $5, 'in_progress', $6)`,
    [
      tx.organisationId,
      request.id,
      request.interfaceId,
      request.performanceId,
      request.request,
      request.at.toISOString(),
    ],
  );
}

export async function closeRequest(
  tx: Tx,
  id: number,
  end: { state: 'fetched' | 'failed'; at: Date; entries: number | null; reason: string | null },
): Promise<void> {
  await tx.execute(
    `update access_list_request set state = $3, fetched_at = $4, entry_count = $5, reason = $6
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, end.state, end.at.toISOString(), end.entries, end.reason],
  );
}
