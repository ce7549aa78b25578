/** Figures for a monitor: counts by code, never a name of a person and never a secret. */
import type { Tx } from './database/transaction.ts';

export interface CodedCount {
  interface: string;
  reseller: string;
  /** State, outcome, class or operation, as the figure says. */
  of: string;
  function: string;
  count: number;
  /** Milliseconds, where times are measured. */
  sumMs: number;
}

/** Runs that began since, by state. */
export function countRuns(tx: Tx, since: Date): Promise<CodedCount[]> {
  return tx.query<CodedCount>(
    `select i.code as interface, i.channel as reseller, r.state as of, r.function,
            count(*)::int as count,
            coalesce(sum(extract(epoch from r.ended_at - r.started_at) * 1000), 0)::bigint
              as "sumMs"
     from run r
     join interface i on i.organisation_id = $1 and i.id = r.interface_id
     where r.organisation_id = $1 and r.started_at > $2
     group by 1, 2, 3, 4`,
    [tx.organisationId, since.toISOString()],
  );
}

/** What runs that began since did with messages, as they counted it. */
export function countMessages(tx: Tx, since: Date): Promise<CodedCount[]> {
  return tx.query<CodedCount>(
    `select i.code as interface, i.channel as reseller, c.key as of, '' as function,
            sum(c.value::bigint)::bigint as count, 0 as "sumMs"
     from run r
     join interface i on i.organisation_id = $1 and i.id = r.interface_id
     cross join lateral jsonb_each_text(r.counts) as c
     where r.organisation_id = $1 and r.started_at > $2 and not r.simulation
     group by 1, 2, 3`,
    [tx.organisationId, since.toISOString()],
  );
}

/** Open cases by class; `function` says root or follower. */
export function countOpenCases(tx: Tx): Promise<CodedCount[]> {
  return tx.query<CodedCount>(
    `select i.code as interface, i.channel as reseller, q.class as of,
            case when q.root_message_id is null then 'root' else 'follower' end as function,
            count(*)::int as count, 0 as "sumMs"
     from quarantine q
     join interface i on i.organisation_id = $1 and i.id = q.interface_id
     where q.organisation_id = $1 and q.settled_at is null
     group by 1, 2, 3, 4`,
    [tx.organisationId],
  );
}

/** Unsold places that resellers hold of performances to come and of passes: seats and counts. */
export function countAllotments(tx: Tx, now: Date): Promise<CodedCount[]> {
  return tx.query<CodedCount>(
    `select i.code as interface, i.channel as reseller, held.of, '' as function,
            sum(held.count)::int as count, 0 as "sumMs"
     from (
       select s.interface_id, 'seats' as of, count(*) as count
       from performance p
       cross join lateral (
         select interface_id from performance_seat
         where organisation_id = $1 and performance_id = p.id and interface_id is not null
           and state = 'free' offset 0) s
       where p.organisation_id = $1 and p.starts_at > $2
       group by 1
       union all
       select q.interface_id, 'counts', sum(q.allotted)
       from contingent_quota q
       join counter c on c.organisation_id = $1 and c.id = q.counter_id
       left join performance p on p.organisation_id = $1 and p.id = c.performance_id
       where q.organisation_id = $1 and q.allotted > 0 and q.interface_id is not null
         and (p.id is null or p.starts_at > $2)
       group by 1) held
     join interface i on i.organisation_id = $1 and i.id = held.interface_id
     group by 1, 2, 3`,
    [tx.organisationId, now.toISOString()],
  );
}

/** Calls on the wire since, by operation (`function`) and outcome, with their times. */
export function countWireCalls(tx: Tx, since: Date): Promise<CodedCount[]> {
  return tx.query<CodedCount>(
    `select i.code as interface, i.channel as reseller, w.outcome as of, w.operation as function,
            count(*)::int as count, sum(w.duration_ms)::bigint as "sumMs"
     from wire_call w
     join interface i on i.organisation_id = $1 and i.id = w.interface_id
     where w.organisation_id = $1 and w.started_at > $2
     group by 1, 2, 3, 4`,
    [tx.organisationId, since.toISOString()],
  );
}

export interface QueueDepths {
  /** Deliveries that wait, by kind, and the age of the oldest that is due. */
  outbox: { kind: string; count: number; oldestSeconds: number }[];
  /** Runs that were asked for and have not ended. */
  requests: number;
  openNews: number;
}

export async function readQueueDepths(tx: Tx, now: Date): Promise<QueueDepths> {
  const outbox = await tx.query<QueueDepths['outbox'][number]>(
    `select kind, count(*)::int as count,
            greatest(0, extract(epoch from $2::timestamptz - min(created_at)))::int
              as "oldestSeconds"
     from outbox where organisation_id = $1 and state = 'pending' group by kind`,
    [tx.organisationId, now.toISOString()],
  );
  const [row] = await tx.query<{ requests: number; openNews: number }>(
    `select (select count(*)::int from run_request
             where organisation_id = $1 and ended_at is null) as requests,
            (select count(*)::int from news
             where organisation_id = $1 and closed_at is null) as "openNews"`,
    [tx.organisationId],
  );
  return { outbox, requests: row?.requests ?? 0, openNews: row?.openNews ?? 0 };
}
