/** Performances by start, a page at a time, with the figures of that page alone. */
import type { PerformanceState } from '../domain/catalogue/catalogue.ts';
import type { Tx } from './database/transaction.ts';
import type { PerformanceLine } from './performance-figures-store.ts';

export interface PerformanceFilter {
  states: readonly PerformanceState[] | null;
  seasonId: number | null;
  productId: number | null;
  productCode: string | null;
  /** Local days `YYYY-MM-DD`, both inclusive. */
  from: string | null;
  until: string | null;
  /** Somewhere in the product's name or code, or in the performance's; case and accents: any. */
  text: string | null;
}

export interface PerformancePage {
  after: { at: string; id: number } | null;
  limit: number;
}

export type PagedPerformance = PerformanceLine & {
  productId: number;
  productName: string;
  seasonId: number;
};

export function pagePerformances(
  tx: Tx,
  of: PerformanceFilter,
  { after, limit }: PerformancePage,
): Promise<PagedPerformance[]> {
  return tx.query<PagedPerformance>(
    `with page as materialized (
       select p.id, d.id as product_id, d.code as product_code, d.name as product_name,
              d.season_id, p.code, p.local_start, p.starts_at, p.time_zone, p.state
       from performance p
       join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
       where p.organisation_id = $1 and ($2::text[] is null or p.state = any($2))
         and ($3::bigint is null or d.season_id = $3) and ($4::bigint is null or d.id = $4)
         and ($5::text is null or d.code = $5)
         and ($6::text is null or left(p.local_start, 10) >= $6)
         and ($7::text is null or left(p.local_start, 10) <= $7)
         and ($8::text is null or position(fold_name($8) in
           fold_name(d.name) || ' ' || fold_name(d.code) || ' ' || fold_name(p.code)) > 0)
         and (p.starts_at, p.id) > ($9::timestamptz, $10::bigint)
       order by p.starts_at, p.id limit $11)
     select p.id, p.product_id as "productId", p.product_code as "productCode",
            p.product_name as "productName", p.season_id as "seasonId", p.code,
            p.local_start as "localStart", p.starts_at as "startsAt", p.time_zone as "timeZone",
            p.state, (s.free + c.allotted)::int as allotted, t.sold,
            t.to_be_refunded as "toBeRefunded", coalesce(q.open, 0) as "openCases"
     from page p
     cross join lateral (
       select count(*) as free from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = p.id
         and ps.interface_id is not null and ps.state = 'free' offset 0) s
     cross join lateral (
       select coalesce(sum(q.allotted), 0) as allotted
       from counter c
       join contingent_quota q on q.organisation_id = c.organisation_id and q.counter_id = c.id
       where c.organisation_id = $1 and c.performance_id = p.id offset 0) c
     cross join lateral (
       select count(*) filter (where not is_test)::int as sold,
              count(*) filter (where to_be_refunded)::int as to_be_refunded
       from ticket t
       where t.organisation_id = $1 and t.performance_id = p.id and t.state = 'valid'
       offset 0) t
     left join (
       select performance_id, count(*)::int as open from quarantine
       where organisation_id = $1 and settled_at is null
         and performance_id in (select id from page) group by 1) q on q.performance_id = p.id
     order by p.starts_at, p.id`,
    [
      tx.organisationId,
      of.states,
      of.seasonId,
      of.productId,
      of.productCode,
      of.from,
      of.until,
      of.text,
      after?.at ?? '-infinity',
      after?.id ?? 0,
      limit,
    ],
  );
}
