/** Places that a reseller refused: listed for people, and sent again by hand. */
import type { Tx } from './database/transaction.ts';
import { bumpOffers } from './offer-store.ts';

export interface RefusedPlace {
  performanceId: number;
  contingentId: number;
  /** Null for counted places. */
  seatId: number | null;
  counterId: number | null;
  blockId: number | null;
  row: string | null;
  number: string | null;
  /** Counted places that wait; 1 for a seat. */
  quantity: number;
  refusedAt: string;
  reason: string | null;
}

export interface RefusedPage {
  after: { performanceId: number; contingentId: number; seatId: number };
  limit: number;
}

/**
 * Refused seats of contingents, in the order of the index that holds nothing but them.
 *
 * @param performanceId null: of every performance.
 */
export function readRefusedSeats(
  tx: Tx,
  of: { contingentIds: readonly number[]; performanceId: number | null },
  page: RefusedPage,
): Promise<RefusedPlace[]> {
  const { after } = page;
  return tx.query<RefusedPlace>(
    `select ps.performance_id as "performanceId", ps.contingent_id as "contingentId",
            ps.seat_id as "seatId", null as "counterId", s.block_id as "blockId", s.row, s.number,
            1 as quantity, ps.refused_at as "refusedAt", ps.refused_reason as reason
     from performance_seat ps
     cross join lateral (
       select block_id, row, number from seat s
       where s.organisation_id = ps.organisation_id and s.id = ps.seat_id offset 0) s
     where ps.organisation_id = $1 and ps.refused_at is not null and ps.contingent_id = any($2)
       and ($3::bigint is null or ps.performance_id = $3) and ps.state = 'free'
       and (ps.performance_id, ps.contingent_id, ps.seat_id) > ($4::bigint, $5::bigint, $6::bigint)
     order by ps.performance_id, ps.contingent_id, ps.seat_id limit $7`,
    [
      tx.organisationId,
      of.contingentIds,
      of.performanceId,
      after.performanceId,
      after.contingentId,
      after.seatId,
      page.limit,
    ],
  );
}

/** The same of counted places: there are as many as zones. */
export function readRefusedCounts(
  tx: Tx,
  of: { contingentIds: readonly number[]; performanceId: number | null },
): Promise<RefusedPlace[]> {
  return tx.query<RefusedPlace>(
    `select c.performance_id as "performanceId", q.contingent_id as "contingentId",
            null as "seatId", q.counter_id as "counterId", null as "blockId", null as row,
            null as number, greatest(0, q.quota - q.sold - q.held - q.allotted) as quantity,
            q.refused_at as "refusedAt", q.refused_reason as reason
     from contingent_quota q
     join counter c on c.organisation_id = q.organisation_id and c.id = q.counter_id
     where q.organisation_id = $1 and q.refused_at is not null and q.contingent_id = any($2)
       and c.performance_id is not null and ($3::bigint is null or c.performance_id = $3)
     order by 1, 2, 4`,
    [tx.organisationId, of.contingentIds, of.performanceId],
  );
}

/** Lets these refused seats be sent by the next export; answers how many. */
export async function clearRefusedSeats(
  tx: Tx,
  performanceId: number,
  contingentIds: readonly number[],
  seatIds: readonly number[],
): Promise<number> {
  const cleared = await tx.execute(
    `insert into performance_seat as ps
       (organisation_id, performance_id, seat_id, seat_category_id)
     select $1::int, $2::bigint, t.id, 0
     from (select id from unnest($3::bigint[]) as u (id) order by id) t
     cross join lateral (
       select 1 from performance_seat known
       where known.organisation_id = $1 and known.performance_id = $2 and known.seat_id = t.id
       offset 0) known
     on conflict (organisation_id, performance_id, seat_id)
     do update set refused_at = null, refused_reason = null
     where ps.refused_at is not null and ps.contingent_id = any($4)`,
    [tx.organisationId, performanceId, seatIds, contingentIds],
  );
  if (cleared > 0) await bumpOffers(tx, [{ performanceId, contingentIds }]);
  return cleared;
}
