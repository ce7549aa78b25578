/** The dialog of a performance: one row per contingent that an interface sells from. */
import type { Tx } from './database/transaction.ts';

export interface AllotmentRow {
  contingentId: number;
  /** Null: the row counts numbered seats; else the zone's counter. */
  counterId: number | null;
  /** Seats neither sold, held nor blocked by us, at the reseller or here. */
  contingented: number;
  /** The allotment: what the reseller holds unsold. */
  exported: number;
  toExport: number;
  toTakeBack: number;
  /** Sold by this interface's reseller. */
  sold: number;
  refused: number;
  /** Seats that never leave because the contingent keeps their kind at home. */
  keptHome: number;
  /** When an export last went over the performance; null: never. */
  lastPass: string | null;
}

/**
 * Counts per contingent, numbered seats first, then zones, by contingent. A seat changed after its
 * export stands under both columns; it counts as exported under what it was sent as.
 */
export async function allotmentTable(
  tx: Tx,
  interfaceId: number,
  performanceId: number,
): Promise<AllotmentRow[]> {
  const params = [tx.organisationId, interfaceId, performanceId];
  const seats = await tx.query<AllotmentRow>(SEAT_ROWS, params);
  const zones = await tx.query<AllotmentRow>(ZONE_ROWS, params);
  return [...seats, ...zones];
}

/** Contingents of the interface's sales channel, and when it last exported the performance. */
const OWN = `
  with own as (
    select cc.contingent_id as id, c.sends_wheelchair, c.sends_restricted_view,
           c.sends_house_seats
    from interface i
    join contingent_channel cc
      on cc.organisation_id = i.organisation_id and cc.sales_channel_id = i.sales_channel_id
    join contingent c on c.organisation_id = i.organisation_id and c.id = cc.contingent_id
    where i.organisation_id = $1 and i.id = $2),
  pass as (
    select max(exported_at) as at from offer
    where organisation_id = $1 and interface_id = $2 and performance_id = $3)`;

/** One pass over the performance's rows; special seats are looked up only where they matter. */
const SEAT_ROWS = `
  ${OWN},
  seat_row as (
    select ps.contingent_id, coalesce(ps.sent_contingent_id, ps.contingent_id) as held_under,
           ps.state, ps.pending, ps.refused_at is not null as refused,
           ps.interface_id is not distinct from $2 as is_theirs,
           ps.pending = 1 and (
             (s.wheelchair or s.companion_of is not null) and not own.sends_wheelchair
             or s.restricted_view and not own.sends_restricted_view
             or s.house_seat and not own.sends_house_seats) as kept_home
    from performance_seat ps
    left join own on own.id = ps.contingent_id
    left join seat s on s.organisation_id = ps.organisation_id and s.id = ps.seat_id
    where ps.organisation_id = $1 and ps.performance_id = $3
      and (own.id is not null or ps.interface_id = $2)),
  counted as (
    select id, sum(contingented) as contingented, sum(exported) as exported,
           sum(to_export) as to_export, sum(to_take_back) as to_take_back, sum(sold) as sold,
           sum(refused) as refused, sum(kept_home) as kept_home
    from (
      select contingent_id as id,
        count(*) filter (where state = 'free') as contingented, 0 as exported,
        count(*) filter (where pending in (1, 3) and not coalesce(kept_home, false)) as to_export,
        0 as to_take_back, 0 as sold,
        count(*) filter (where refused and state = 'free' and not is_theirs) as refused,
        count(*) filter (where kept_home) as kept_home
      from seat_row group by 1
      union all
      select held_under, 0, count(*) filter (where state = 'free'), 0,
        count(*) filter (where pending in (2, 3)), count(*) filter (where state = 'sold'), 0, 0
      from seat_row where is_theirs group by 1) both_ways
    group by id)
  select c.id as "contingentId", null as "counterId", c.contingented::int,
         c.exported::int, c.to_export::int as "toExport", c.to_take_back::int as "toTakeBack",
         c.sold::int, c.refused::int, c.kept_home::int as "keptHome", pass.at as "lastPass"
  from counted c, pass
  where c.id is not null
    and (c.id in (select id from own) or c.exported + c.sold > 0)
  order by c.id`;

const ZONE_ROWS = `
  ${OWN}
  select q.contingent_id as "contingentId", q.counter_id as "counterId",
         q.available as contingented, q.allotted as exported,
         case when q.wish_take_back > 0 or q.refused_at is not null then 0
           else greatest(0, q.available - q.allotted) end as "toExport",
         least(q.allotted, greatest(0, q.allotted - q.available) + q.wish_take_back)
           as "toTakeBack",
         q.sold,
         case when q.refused_at is not null then greatest(0, q.available - q.allotted) else 0 end
           as refused,
         0 as "keptHome", pass.at as "lastPass"
  from counter c
  cross join lateral (
    select *, greatest(0, quota - sold - held) as available from contingent_quota q
    where q.organisation_id = c.organisation_id and q.counter_id = c.id offset 0) q
  join own on own.id = q.contingent_id
  cross join pass
  where c.organisation_id = $1 and c.performance_id = $3 and c.kind = 'zone'
  order by q.contingent_id, q.counter_id`;
