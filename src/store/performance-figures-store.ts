/** What a person asks of a performance before closing it, and in the list of performances. */
import type { PerformanceState } from '../domain/catalogue/catalogue.ts';
import type { Tx } from './database/transaction.ts';
import { HAS_PLACES } from './offer-store.ts';

/** An interface that sells a performance, holds places of it, or has sold some. */
export interface InvolvedInterface {
  interfaceId: number;
  code: string;
  reseller: string;
  refundDays: number;
  /** Begin of its last integration of everything that came to its end; null: never. */
  integratedAt: string | null;
  allotted: number;
  travelling: number;
  /** Living tickets, tests left out. */
  tickets: number;
  toBeRefunded: number;
}

/**
 * Runs that read a reseller's journal to its end: integrations, and the exports and take-backs
 * that integrate first. A run that met new cases is an error too and still read everything; one
 * that broke off has a failure line without a message.
 */
const INTEGRATED = `
  select max(r.started_at) from run r
  where r.organisation_id = $1 and r.interface_id = i.id and not r.simulation
    and r.function in ('integrate', 'export', 'take_back') and r.ended_at is not null
    and (r.filters = '{}' or r.filters -> 'productIds' @> to_jsonb(p.product_id)
      or r.filters -> 'performanceIds' @> to_jsonb(p.id))
    and (r.state in ('ok', 'warning') or (r.state = 'error' and not exists (
      select from run_line l where l.organisation_id = $1 and l.run_id = r.id
        and l.level = 'error'
        and (l.class in ('external', 'technical') or l.code like 'import.%'))))`;

export function readInvolved(tx: Tx, performanceId: number): Promise<InvolvedInterface[]> {
  return tx.query<InvolvedInterface>(
    `with held as (
       select interface_id, count(*) as allotted from performance_seat
       where organisation_id = $1 and performance_id = $2 and interface_id is not null
         and state = 'free' group by 1),
     counted as (
       select q.interface_id, sum(q.allotted) as allotted
       from counter c
       join contingent_quota q on q.organisation_id = $1 and q.counter_id = c.id
       where c.organisation_id = $1 and c.performance_id = $2 and q.allotted > 0 group by 1),
     travelling as (
       select c.interface_id, sum(n.quantity) as places
       from command c
       join command_item n on n.organisation_id = $1 and n.command_id = c.id
       where c.organisation_id = $1 and c.performance_id = $2
         and c.state in ('stored', 'unknown') group by 1),
     sold as (
       select interface_id, count(*) filter (where not is_test) as tickets,
              count(*) filter (where to_be_refunded) as to_be_refunded
       from ticket
       where organisation_id = $1 and performance_id = $2 and state = 'valid' group by 1)
     select i.id as "interfaceId", i.code, i.reseller, i.refund_days as "refundDays",
            (${INTEGRATED}) as "integratedAt",
            (coalesce(h.allotted, 0) + coalesce(q.allotted, 0))::int as allotted,
            coalesce(t.places, 0)::int as travelling, coalesce(s.tickets, 0)::int as tickets,
            coalesce(s.to_be_refunded, 0)::int as "toBeRefunded"
     from interface i
     join performance p on p.organisation_id = $1 and p.id = $2
     left join held h on h.interface_id = i.id
     left join counted q on q.interface_id = i.id
     left join travelling t on t.interface_id = i.id
     left join sold s on s.interface_id = i.id
     left join offer o
       on o.organisation_id = $1 and o.interface_id = i.id and o.performance_id = $2
     where i.organisation_id = $1
       and (h.allotted > 0 or q.allotted > 0 or t.places > 0 or s.tickets > 0
         or (i.status = 'visible' and o.exported_at is not null and ${HAS_PLACES}))
     order by i.code`,
    [tx.organisationId, performanceId],
  );
}

export interface OpenQuestions {
  openCases: number;
  provisionalCodes: number;
}

export async function readOpenQuestions(tx: Tx, performanceId: number): Promise<OpenQuestions> {
  const [row] = await tx.query<OpenQuestions>(
    `with cases as materialized (
       select message_id from quarantine
       where organisation_id = $1 and performance_id = $2 and settled_at is null)
     select (select count(*) from cases)::int as "openCases",
            ((select count(*) from cases
              cross join lateral (
                select 1 from access_code a
                where a.organisation_id = $1 and a.message_id = cases.message_id
                  and a.state = 'provisional' offset 0) a)
             + (select count(*) from access_code a
                where a.organisation_id = $1 and a.performance_id = $2 and a.source = 'list'
                  and a.state = 'provisional'))::int as "provisionalCodes"`,
    [tx.organisationId, performanceId],
  );
  return row ?? { openCases: 0, provisionalCodes: 0 };
}

export interface PerformanceLine {
  id: number;
  productCode: string;
  code: string;
  localStart: string;
  startsAt: string;
  timeZone: string;
  state: PerformanceState;
  /** Unsold at resellers, seats and counted places. */
  allotted: number;
  /** Living tickets of resellers. */
  sold: number;
  toBeRefunded: number;
  openCases: number;
}

/** Every performance with its figures, by start; of these states, or all. */
export function listPerformances(
  tx: Tx,
  states: readonly PerformanceState[] | null,
): Promise<PerformanceLine[]> {
  return tx.query<PerformanceLine>(
    `select p.id, d.code as "productCode", p.code, p.local_start as "localStart",
            p.starts_at as "startsAt", p.time_zone as "timeZone", p.state,
            (coalesce(s.free, 0) + coalesce(c.allotted, 0))::int as allotted,
            coalesce(t.sold, 0)::int as sold,
            coalesce(t.to_be_refunded, 0)::int as "toBeRefunded",
            coalesce(q.open, 0)::int as "openCases"
     from performance p
     join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
     left join (
       select performance_id, count(*) as free from performance_seat
       where organisation_id = $1 and interface_id is not null and state = 'free'
       group by 1) s on s.performance_id = p.id
     left join (
       select c.performance_id, sum(q.allotted) as allotted
       from counter c
       join contingent_quota q on q.organisation_id = c.organisation_id and q.counter_id = c.id
       where c.organisation_id = $1 group by 1) c on c.performance_id = p.id
     left join (
       select performance_id, count(*) filter (where not is_test) as sold,
              count(*) filter (where to_be_refunded) as to_be_refunded
       from ticket where organisation_id = $1 and state = 'valid' group by 1) t
       on t.performance_id = p.id
     left join (
       select performance_id, count(*) as open from quarantine
       where organisation_id = $1 and settled_at is null group by 1) q
       on q.performance_id = p.id
     where p.organisation_id = $1 and ($2::text[] is null or p.state = any($2))
     order by p.starts_at, p.id`,
    [tx.organisationId, states],
  );
}
