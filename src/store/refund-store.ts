/** Tickets of a cancelled performance: whose codes close, who refunds them, who has not yet. */
import type { Tx } from './database/transaction.ts';
import { lockZoneQuotas } from './quota-store.ts';

/** A ticket that its reseller must refund. Never the buyer: the reseller alone knows that one. */
export interface TicketToRefund {
  interfaceId: number;
  number: string;
  /** The reseller's order. */
  order: string;
  /** As the reseller sold it: `Layout/Area/Block/Row/Number` parts; null for a counted place. */
  seat: { layout: string; area: string; block: string; row: string; number: string } | null;
  /** Area of a counted place. */
  zone: string | null;
  tariff: string;
  soldAt: string;
  currency: string;
  priceMinor: number;
  /** Already given back. */
  refundedMinor: number;
}

/**
 * Marks the living tickets of a performance as to be refunded by their resellers, tests left out,
 * and answers how many are new.
 */
export function markToBeRefunded(tx: Tx, performanceId: number): Promise<number> {
  return tx.execute(
    `update ticket set to_be_refunded = true
     where organisation_id = $1 and performance_id = $2 and state = 'valid'
       and not is_test and not to_be_refunded`,
    [tx.organisationId, performanceId],
  );
}

/**
 * Closes the codes of a performance's living tickets, of its open cases and of the resellers'
 * lists; codes of tests and those that are closed stay what they are. Answers how many closed.
 */
export function revokeCodes(tx: Tx, performanceId: number, at: Date): Promise<number> {
  return tx.execute(
    `with own as (
       select code from (
         select a.code from ticket t
         cross join lateral (
           select code from access_code a
           where a.organisation_id = $1 and a.ticket_id = t.id offset 0) a
         where t.organisation_id = $1 and t.performance_id = $2 and t.state = 'valid'
         union
         select a.code from quarantine q
         cross join lateral (
           select code from access_code a
           where a.organisation_id = $1 and a.message_id = q.message_id offset 0) a
         where q.organisation_id = $1 and q.performance_id = $2 and q.settled_at is null
         union
         select a.code from access_code a
         where a.organisation_id = $1 and a.performance_id = $2 and a.source = 'list') found),
     locked as materialized (
       select a.code from own
       cross join lateral (
         select code from access_code a
         where a.organisation_id = $1 and a.code = own.code and a.performance_id = $2
           and a.state in ('valid', 'provisional', 'see_box_office')
         for no key update) a
       order by a.code)
     update access_code a
     set state = 'revoked', reason = 'performance.cancelled', changed_at = $3
     from locked where a.organisation_id = $1 and a.code = locked.code`,
    [tx.organisationId, performanceId, at.toISOString()],
  );
}

/**
 * Takes back what a cancellation did (`cancelledAt`, ISO): its tickets open, nobody is to be
 * refunded for it, and what it asked back of resellers is wanted no more. What came back already
 * stays here.
 */
export async function undoCancellation(
  tx: Tx,
  performanceId: number,
  { cancelledAt, at }: { cancelledAt: string | null; at: Date },
): Promise<void> {
  const params = [tx.organisationId, performanceId];
  await dropWishesOf(tx, performanceId, cancelledAt);
  await tx.execute(
    `update ticket set to_be_refunded = false
     where organisation_id = $1 and performance_id = $2 and to_be_refunded and state = 'valid'`,
    params,
  );
  await tx.execute(
    `update access_code c
     set state = case when t.is_test then 'test' when t.overbooked then 'see_box_office'
           else 'valid' end,
       reason = case when t.is_test then 'test' when t.overbooked then 'overbooked' end,
       changed_at = $3
     from ticket t
     where c.organisation_id = $1 and t.organisation_id = $1 and t.performance_id = $2
       and t.state = 'valid' and c.ticket_id = t.id and c.state = 'revoked'
       and c.reason = 'performance.cancelled'`,
    [...params, at.toISOString()],
  );
}

/** The wishes of a cancellation have its instant; a person's own wishes stay. */
async function dropWishesOf(tx: Tx, performanceId: number, at: string | null): Promise<void> {
  if (at === null) return;
  await tx.execute(
    `with k as materialized (
       select seat_id from performance_seat
       where organisation_id = $1 and performance_id = $2 and wish = 'take_back' and wish_at = $3
       order by seat_id for no key update)
     update performance_seat ps set wish = null, wish_by = null, wish_at = null
     from k
     where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = k.seat_id`,
    [tx.organisationId, performanceId, at],
  );
  await lockZoneQuotas(tx, performanceId, []);
  await tx.execute(
    `update contingent_quota q set wish_take_back = 0, wish_by = null, wish_at = null
     from counter c
     where c.organisation_id = $1 and c.performance_id = $2
       and q.organisation_id = $1 and q.counter_id = c.id and q.wish_at = $3`,
    [tx.organisationId, performanceId, at],
  );
}

/** Tickets that their resellers have not refunded, by interface, order and number. */
export function readToBeRefunded(
  tx: Tx,
  performanceId: number,
  interfaceId: number | null = null,
): Promise<TicketToRefund[]> {
  return tx.query<TicketToRefund>(
    `select t.interface_id as "interfaceId", t.number, o.reference as "order", s.it as seat,
            z.it as zone, f.audience || '/' || f.code as tariff, t.sold_at as "soldAt",
            t.currency, t.price_minor as "priceMinor", t.refunded_minor as "refundedMinor"
     from ticket t
     join sale_order o on o.organisation_id = $1 and o.id = t.sale_order_id
     join tariff f on f.organisation_id = $1 and f.id = t.tariff_id
     left join lateral (
       select jsonb_build_object('layout', l.code, 'area', a.code, 'block', b.code, 'row', s.row,
                'number', s.number) as it
       from seat s
       join block b on b.organisation_id = $1 and b.id = s.block_id
       join area a on a.organisation_id = $1 and a.id = b.area_id
       join layout l on l.organisation_id = $1 and l.id = a.layout_id
       where s.organisation_id = $1
         and s.id = coalesce(t.reseller_seat_id, t.seat_id)) s on true
     left join lateral (
       select a.code as it from counter c
       join zone z on z.organisation_id = $1 and z.id = c.zone_id
       join area a on a.organisation_id = $1 and a.id = z.area_id
       where c.organisation_id = $1 and c.id = t.counter_id) z on true
     where t.organisation_id = $1 and t.performance_id = $2 and t.to_be_refunded
       and t.state = 'valid' and ($3::bigint is null or t.interface_id = $3)
     order by t.interface_id, o.reference, t.number`,
    [tx.organisationId, performanceId, interfaceId],
  );
}

/** Cancelled performances with tickets of this interface that are still to be refunded. */
export async function performancesToRefund(tx: Tx, interfaceId: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select distinct performance_id as id from ticket
     where organisation_id = $1 and interface_id = $2 and to_be_refunded and state = 'valid'
       and performance_id is not null
     order by 1`,
    [tx.organisationId, interfaceId],
  );
  return rows.map(({ id }) => id);
}

/** What the venue sold or holds of a performance itself, by its reference; a block has no buyer. */
export interface OwnSale {
  reference: string;
  state: 'sold' | 'held';
  seats: { layout: string; area: string; block: string; row: string; number: string }[];
  /** Counted places. */
  places: number;
}

export function readOwnSales(tx: Tx, performanceId: number): Promise<OwnSale[]> {
  return tx.query<OwnSale>(
    `select reference, state, coalesce(jsonb_agg(seat order by seat_id)
              filter (where seat is not null), '[]') as seats, sum(places)::int as places
     from (
       select ps.own_reference as reference, ps.state, ps.seat_id, 0 as places,
              jsonb_build_object('layout', l.code, 'area', a.code, 'block', b.code,
                'row', s.row, 'number', s.number) as seat
       from performance_seat ps
       join seat s on s.organisation_id = $1 and s.id = ps.seat_id
       join block b on b.organisation_id = $1 and b.id = s.block_id
       join area a on a.organisation_id = $1 and a.id = b.area_id
       join layout l on l.organisation_id = $1 and l.id = a.layout_id
       where ps.organisation_id = $1 and ps.performance_id = $2
         and ps.own_reference is not null and ps.state in ('sold', 'held')
       union all
       select o.reference, o.kind, null, o.quantity, null
       from counter c
       join own_claim o on o.organisation_id = $1 and o.counter_id = c.id
         and o.freed_at is null and o.kind in ('sold', 'held')
       where c.organisation_id = $1 and c.performance_id = $2) own
     group by 1, 2 order by 1, 2`,
    [tx.organisationId, performanceId],
  );
}

/** Names that a letter about a performance needs. */
export interface Letterhead {
  organisation: string;
  language: 'fr' | 'en' | 'de' | 'it' | 'es';
  product: string;
  hall: string;
  localStart: string;
}

export async function readLetterhead(tx: Tx, performanceId: number): Promise<Letterhead> {
  const [row] = await tx.query<Letterhead>(
    `select g.name as organisation, g.language, d.name as product, c.name as hall,
            p.local_start as "localStart"
     from performance p
     join organisation g on g.id = p.organisation_id
     join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
     join logical_configuration c
       on c.organisation_id = p.organisation_id and c.id = p.logical_configuration_id
     where p.organisation_id = $1 and p.id = $2`,
    [tx.organisationId, performanceId],
  );
  if (row === undefined) throw new Error(`There is no performance ${performanceId}.`);
  return row;
}

/** Days that an interface's reseller has to refund a cancelled performance. */
export async function readRefundDays(tx: Tx, interfaceId: number): Promise<number> {
  const [row] = await tx.query<{ days: number }>(
    'select refund_days as days from interface where organisation_id = $1 and id = $2',
    [tx.organisationId, interfaceId],
  );
  return row?.days ?? 0;
}
