/** What each reseller holds, gets and has sold of many performances: each fact in one query. */
import type { Tx } from './database/transaction.ts';

export interface BoardCounts {
  interfaceId: number;
  /** Null: of the pass `productId` as a whole. */
  performanceId: number | null;
  productId: number | null;
  /** Neither sold, held nor blocked by us, at the reseller or here. */
  contingented: number;
  /** What the reseller holds unsold. */
  exported: number;
  toExport: number;
  toTakeBack: number;
  sold: number;
  refused: number;
}

export interface BoardScope {
  interfaceIds: readonly number[];
  performanceIds: readonly number[];
  /** Of passes. */
  productIds: readonly number[];
}

/** Rows of numbered seats and of counters apart: whoever reads adds them up. */
export async function readBoardCounts(tx: Tx, scope: BoardScope): Promise<BoardCounts[]> {
  const { interfaceIds, performanceIds, productIds } = scope;
  const seats = await tx.query<BoardCounts>(SEATS, [
    tx.organisationId,
    interfaceIds,
    performanceIds,
  ]);
  const counters = await tx.query<BoardCounts>(COUNTERS, [
    tx.organisationId,
    interfaceIds,
    performanceIds,
    productIds,
  ]);
  return [...seats, ...counters];
}

/** The contingents that each interface sells from. */
const OWN = `
  own as materialized (
    select i.id as interface_id, c.id as contingent_id, c.sends_wheelchair,
      c.sends_restricted_view, c.sends_house_seats
    from interface i
    join contingent_channel cc
      on cc.organisation_id = $1 and cc.sales_channel_id = i.sales_channel_id
    join contingent c on c.organisation_id = $1 and c.id = cc.contingent_id
    where i.organisation_id = $1 and i.id = any($2::bigint[]))`;

/** One pass over the seats, grouped by all that decides; the groups then meet the interfaces. */
const SEATS = `
  with ${OWN},
  alike as materialized (
    select ps.performance_id, ps.contingent_id, ps.interface_id, ps.state, ps.pending,
      ps.refused_at is not null as refused,
      coalesce(s.wheelchair or s.companion_of is not null, false) as wheelchair,
      coalesce(s.restricted_view, false) as restricted,
      coalesce(s.house_seat, false) as house, count(*) as n
    from performance_seat ps
    left join seat s on ps.pending = 1 and s.organisation_id = $1 and s.id = ps.seat_id
    where ps.organisation_id = $1 and ps.performance_id = any($3::bigint[])
      and (ps.contingent_id is not null or ps.interface_id is not null)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9)
  select interface_id as "interfaceId", performance_id as "performanceId",
    null::bigint as "productId",
    coalesce(sum(contingented), 0)::int as contingented,
    coalesce(sum(exported), 0)::int as exported,
    coalesce(sum(to_export), 0)::int as "toExport",
    coalesce(sum(to_take_back), 0)::int as "toTakeBack", coalesce(sum(sold), 0)::int as sold,
    coalesce(sum(refused), 0)::int as refused
  from (
    select o.interface_id, a.performance_id,
      case when a.state = 'free' then a.n end as contingented, 0 as exported,
      case when a.pending = 3 or a.pending = 1 and not (a.wheelchair and not o.sends_wheelchair
        or a.restricted and not o.sends_restricted_view
        or a.house and not o.sends_house_seats) then a.n end as to_export,
      0 as to_take_back, 0 as sold,
      case when a.refused and a.state = 'free' and a.interface_id is distinct from o.interface_id
        then a.n end as refused
    from own o
    join alike a on a.contingent_id = o.contingent_id
    union all
    select a.interface_id, a.performance_id, 0, case when a.state = 'free' then a.n end, 0,
      case when a.pending in (2, 3) then a.n end, case when a.state = 'sold' then a.n end, 0
    from alike a
    where a.interface_id = any($2::bigint[])) both_ways
  group by 1, 2`;

const COUNTERS = `
  with ${OWN}
  select o.interface_id as "interfaceId", k.performance_id as "performanceId",
    case when k.performance_id is null then k.product_id end as "productId",
    sum(q.available)::int as contingented, sum(q.allotted)::int as exported,
    sum(case when q.wish_take_back > 0 or q.refused_at is not null then 0
      else greatest(0, q.available - q.allotted) end)::int as "toExport",
    sum(least(q.allotted, greatest(0, q.allotted - q.available) + q.wish_take_back))::int
      as "toTakeBack",
    sum(q.sold)::int as sold,
    sum(case when q.refused_at is not null then greatest(0, q.available - q.allotted)
      else 0 end)::int as refused
  from counter k
  cross join lateral (
    select *, greatest(0, quota - sold - held) as available from contingent_quota q
    where q.organisation_id = $1 and q.counter_id = k.id offset 0) q
  join own o on o.contingent_id = q.contingent_id
  where k.organisation_id = $1
    and (k.performance_id = any($3::bigint[])
      or k.performance_id is null and k.product_id = any($4::bigint[]))
  group by 1, 2, 3`;

export interface BoardRun {
  interfaceId: number;
  id: number;
  number: number;
  function: string;
  state: string;
  filters: { productIds?: readonly number[]; performanceIds?: readonly number[] };
  startedAt: string;
  endedAt: string | null;
}

const RUNS_SEEN = 200;

/** The last runs of each interface that move seats or sales, the newest first. */
export function readBoardRuns(tx: Tx, interfaceIds: readonly number[]): Promise<BoardRun[]> {
  return tx.query<BoardRun>(
    `select i.id as "interfaceId", r.id, r.number, r.function, r.state, r.filters,
       r.started_at as "startedAt", r.ended_at as "endedAt"
     from unnest($2::bigint[]) as i(id)
     cross join lateral (
       select * from run r
       where r.organisation_id = $1 and r.interface_id = i.id and not r.simulation
         and r.function in ('export', 'take_back', 'integrate')
       order by r.number desc limit $3) r
     order by r.number desc`,
    [tx.organisationId, interfaceIds, RUNS_SEEN],
  );
}
