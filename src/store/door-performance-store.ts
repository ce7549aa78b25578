/** Performances as a gate sees them: how many codes are awaited, have come in, open nothing. */
import type { Tx } from './database/transaction.ts';

export interface DoorPerformance {
  id: number;
  code: string;
  productCode: string;
  productName: string;
  localStart: string;
  timeZone: string;
  state: 'preparing' | 'running' | 'suspended' | 'cancelled' | 'closed';
  /** Codes that open and have not been used. */
  awaited: number;
  /** Codes that have been used. */
  entered: number;
  /** Codes that open nothing: revoked, replaced, tests, sent to the box office. */
  refused: number;
}

/** Performances that begin at `from` or later, the next first. A pass has no gate of its own. */
export function readDoorPerformances(
  tx: Tx,
  { from, limit }: { from: Date; limit: number },
): Promise<DoorPerformance[]> {
  return tx.query<DoorPerformance>(
    `select p.id, p.code, d.code as "productCode", d.name as "productName",
       p.local_start as "localStart", p.time_zone as "timeZone",
       case when p.cancelled_at is null then p.state else 'cancelled' end as state,
       n.awaited, n.entered, n.refused
     from performance p
     join product d on d.organisation_id = $1 and d.id = p.product_id
     cross join lateral (
       select
         count(*) filter (where used_at is null and state in ('valid', 'provisional'))::int
           as awaited,
         count(*) filter (where used_at is not null)::int as entered,
         count(*) filter (where used_at is null and state not in ('valid', 'provisional'))::int
           as refused
       from (
         select a.state, a.used_at from ticket t
         join access_code a on a.organisation_id = $1 and a.ticket_id = t.id
         where t.organisation_id = $1 and t.performance_id = p.id
         union all
         select state, used_at from access_code
         where organisation_id = $1 and performance_id = p.id and source = 'list'
           and ticket_id is null) c) n
     where p.organisation_id = $1 and p.starts_at >= $2
     order by p.starts_at, p.id limit $3`,
    [tx.organisationId, from.toISOString(), limit],
  );
}
