/** What *ready to sell?* reads beside the catalogue: each fact of all performances in one query. */
import type { Counted, QuotaFact, SeatGroup } from '../domain/selling/ready-facts.ts';
import type { Tx } from './database/transaction.ts';

/** Seats of the contingents and free ones of none, grouped by all that decides. */
export function readSeatGroups(tx: Tx, performanceIds: readonly number[]): Promise<SeatGroup[]> {
  return tx.query<SeatGroup>(
    `select ps.performance_id as "performanceId", ps.contingent_id as "contingentId",
       s.block_id as "blockId", ps.seat_category_id as "seatCategoryId", count(*)::int as seats,
       count(*) filter (where c.id is not null and ps.state = 'free' and ps.interface_id is null
         and (((s.wheelchair or s.companion_of is not null) and not c.sends_wheelchair)
           or (s.restricted_view and not c.sends_restricted_view)
           or (s.house_seat and not c.sends_house_seats)))::int as "keptHome",
       count(*) filter (where ps.refused_at is not null)::int as refused
     from performance_seat ps
     join seat s on s.organisation_id = $1 and s.id = ps.seat_id
     left join contingent c on c.organisation_id = $1 and c.id = ps.contingent_id
     where ps.organisation_id = $1 and ps.performance_id = any($2::bigint[])
       and ps.state <> 'blocked'
       and (ps.contingent_id is not null or (ps.state = 'free' and ps.interface_id is null))
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [tx.organisationId, performanceIds],
  );
}

export function readQuotaFacts(tx: Tx, productIds: readonly number[]): Promise<QuotaFact[]> {
  return tx.query<QuotaFact>(
    `select q.counter_id as "counterId", q.contingent_id as "contingentId", q.quota,
       q.refused_at is not null as refused
     from counter k
     join contingent_quota q on q.organisation_id = $1 and q.counter_id = k.id
     where k.organisation_id = $1 and k.product_id = any($2::bigint[])
     order by q.counter_id, q.contingent_id`,
    [tx.organisationId, productIds],
  );
}

export type CountedAt = Counted & { interfaceId: number };

/** Tests that the reseller has not cancelled. */
export function countTests(tx: Tx, productIds: readonly number[]): Promise<CountedAt[]> {
  return tx.query<CountedAt>(
    `select interface_id as "interfaceId", product_id as "productId",
       performance_id as "performanceId", count(*)::int as count
     from ticket
     where organisation_id = $1 and is_test and state = 'valid'
       and product_id = any($2::bigint[])
     group by 1, 2, 3 order by 1, 2, 3`,
    [tx.organisationId, productIds],
  );
}

/** Open cases whose product is known. */
export function countCases(
  tx: Tx,
  interfaceIds: readonly number[],
  productIds: readonly number[],
): Promise<CountedAt[]> {
  return tx.query<CountedAt>(
    `select interface_id as "interfaceId", product_id as "productId",
       performance_id as "performanceId", count(*)::int as count
     from quarantine
     where organisation_id = $1 and interface_id = any($2::bigint[]) and settled_at is null
       and product_id = any($3::bigint[])
     group by 1, 2, 3 order by 1, 2, 3`,
    [tx.organisationId, interfaceIds, productIds],
  );
}

export interface PayingParts {
  interfaceId: number;
  contactMayPay: boolean;
  pointOfSalePays: boolean;
  state: 'open' | 'closed' | null;
  balanceMinor: number | null;
  ceilingMinor: number | null;
}

/** Who pays for what each interface sells, and on which account. */
export function readPayingParts(tx: Tx): Promise<PayingParts[]> {
  return tx.query<PayingParts>(
    `select i.id as "interfaceId",
       coalesce(c.pending_account_authorised, false) as "contactMayPay",
       coalesce(s.accepts_pending_account, false) as "pointOfSalePays",
       p.state, p.balance_minor as "balanceMinor", p.ceiling_minor as "ceilingMinor"
     from interface i
     left join contact c on c.organisation_id = $1 and c.id = i.contact_id
     left join point_of_sale s on s.organisation_id = $1 and s.id = i.point_of_sale_id
     left join pending_account p on p.organisation_id = $1 and p.id = i.pending_account_id
     where i.organisation_id = $1`,
    [tx.organisationId],
  );
}

export interface NamedSeat {
  id: number;
  blockId: number;
  row: string;
  number: string;
}

/** Seats of blocks, or only those whose name has a control character, which no message holds. */
export function readNamedSeats(
  tx: Tx,
  blockIds: readonly number[],
  which: 'all' | 'unprintable',
): Promise<NamedSeat[]> {
  return tx.query<NamedSeat>(
    `select id, block_id as "blockId", row, number from seat
     where organisation_id = $1 and block_id = any($2::bigint[])
       and ($3 or row ~ '[[:cntrl:]]' or number ~ '[[:cntrl:]]')
     order by id`,
    [tx.organisationId, blockIds, which === 'all'],
  );
}

/** Where these seats are in a contingent. */
export function readSeatContingents(
  tx: Tx,
  performanceIds: readonly number[],
  seatIds: readonly number[],
): Promise<{ performanceId: number; seatId: number; contingentId: number }[]> {
  return tx.query(
    `select performance_id as "performanceId", seat_id as "seatId",
       contingent_id as "contingentId"
     from performance_seat
     where organisation_id = $1 and performance_id = any($2::bigint[])
       and seat_id = any($3::bigint[]) and contingent_id is not null and state <> 'blocked'
     order by 1, 2`,
    [tx.organisationId, performanceIds, seatIds],
  );
}
