/** Orders with their tickets, and everything that is known of a ticket. */
import type { Tx } from './database/transaction.ts';

export interface SeatParts {
  layout: string;
  area: string;
  block: string;
  row: string;
  number: string;
}

export interface OrderRow {
  id: number;
  reference: string;
  orderedAt: string;
  interfaceId: number;
  interfaceCode: string;
  reseller: string;
  currency: string;
  pendingAccountId: number;
  contact: string | null;
  pointOfSale: string | null;
  /** All of its tickets, and those that live, with what they were booked at. */
  tickets: number;
  living: number;
  livingMinor: number;
}

export function readOrders(tx: Tx, ids: readonly number[]): Promise<OrderRow[]> {
  return tx.query<OrderRow>(
    `select o.id, o.reference, o.ordered_at as "orderedAt", o.interface_id as "interfaceId",
            i.code as "interfaceCode", i.reseller, o.currency,
            o.pending_account_id as "pendingAccountId", c.name as contact, p.name as "pointOfSale",
            t.tickets, t.living, t.minor as "livingMinor"
     from unnest($2::bigint[]) with ordinality as k (id, n)
     cross join lateral (
       select * from sale_order o where o.organisation_id = $1 and o.id = k.id offset 0) o
     join interface i on i.organisation_id = $1 and i.id = o.interface_id
     left join contact c on c.organisation_id = $1 and c.id = o.contact_id
     left join point_of_sale p on p.organisation_id = $1 and p.id = o.point_of_sale_id
     cross join lateral (
       select count(*)::int as tickets, count(*) filter (where state = 'valid')::int as living,
              coalesce(sum(booked_minor) filter (where state = 'valid'), 0)::bigint as minor
       from ticket t where t.organisation_id = $1 and t.sale_order_id = o.id offset 0) t
     order by k.n`,
    [tx.organisationId, ids],
  );
}

/** Where a ticket's place is, as parts of its name; a zone has its area alone. */
const PLACE = (seat: string): string => `
  select jsonb_build_object('layout', l.code, 'area', a.code, 'block', b.code, 'row', s.row,
           'number', s.number) as name
  from seat s
  join block b on b.organisation_id = $1 and b.id = s.block_id
  join area a on a.organisation_id = $1 and a.id = b.area_id
  join layout l on l.organisation_id = $1 and l.id = a.layout_id
  where s.organisation_id = $1 and s.id = ${seat} offset 0`;

const ZONE = `
  select a.code from counter k
  join zone z on z.organisation_id = $1 and z.id = k.zone_id
  join area a on a.organisation_id = $1 and a.id = z.area_id
  where k.organisation_id = $1 and k.id = t.counter_id offset 0`;

export interface TicketLine {
  id: number;
  orderId: number;
  number: string;
  state: 'valid' | 'cancelled' | 'exchanged';
  lastName: string | null;
  firstName: string | null;
  productId: number;
  product: string;
  performanceId: number | null;
  performance: string | null;
  localStart: string | null;
  day: string | null;
  seatId: number | null;
  seat: SeatParts | null;
  zone: string | null;
  tariff: string;
  bookedMinor: number;
  refundedMinor: number;
  currency: string;
  soldAt: string;
  isTest: boolean;
  overbooked: boolean;
  toBeRefunded: boolean;
}

const LINE = `
  t.id, t.sale_order_id as "orderId", t.number, t.state, t.last_name as "lastName",
  t.first_name as "firstName", t.product_id as "productId", d.code as product,
  t.performance_id as "performanceId", p.code as performance, p.local_start as "localStart",
  t.day, t.seat_id as "seatId", seat.name as seat, zone.code as zone, f.code as tariff,
  t.booked_minor as "bookedMinor", t.refunded_minor as "refundedMinor", t.currency,
  t.sold_at as "soldAt", t.is_test as "isTest", t.overbooked, t.to_be_refunded as "toBeRefunded"`;

const LINE_JOINS = `
  join product d on d.organisation_id = $1 and d.id = t.product_id
  left join performance p on p.organisation_id = $1 and p.id = t.performance_id
  left join tariff f on f.organisation_id = $1 and f.id = t.tariff_id
  left join lateral (${PLACE('t.seat_id')}) seat on true
  left join lateral (${ZONE}) zone on true`;

/**
 * The first tickets of each order, by key.
 *
 * @param of null: tickets of every performance, in every state.
 */
export function readTicketLines(
  tx: Tx,
  orderIds: readonly number[],
  of: { performanceId: number | null; state: string | null; limit: number },
): Promise<TicketLine[]> {
  return tx.query<TicketLine>(
    `select ${LINE}
     from unnest($2::bigint[]) with ordinality as k (id, n)
     cross join lateral (
       select * from ticket t
       where t.organisation_id = $1 and t.sale_order_id = k.id
         and ($3::bigint is null or t.performance_id = $3)
         and ($4::text is null or t.state = $4)
       order by t.id limit $5) t
     ${LINE_JOINS}
     order by k.n, t.id`,
    [tx.organisationId, orderIds, of.performanceId, of.state, of.limit],
  );
}

export interface TicketRow extends TicketLine {
  resellerAccountId: number;
  generation: number;
  kind: 'third_party' | 'ours';
  seriesNumber: number | null;
  /** The seat that the reseller sold, where it is not ours any more. */
  resellerSeat: SeatParts | null;
  category: string | null;
  contingent: string | null;
  priceMinor: number;
  ourPriceMinor: number | null;
  commissionMinor: number;
  commissionOnTop: boolean;
  netDueMinor: number;
  vatHundredths: number;
  vatMinor: number;
  commissionVatMinor: number;
  commissionRefundedMinor: number;
  nameMissing: boolean;
  nameState: string | null;
  outlet: string | null;
  barcode: string | null;
  cancelledAt: string | null;
  fromHouseStock: boolean;
}

const FULL = `
  ${LINE}, t.reseller_account_id as "resellerAccountId", t.generation, t.kind,
  t.series_number as "seriesNumber", sold.name as "resellerSeat", c.code as category,
  g.code as contingent, t.price_minor as "priceMinor", t.our_price_minor as "ourPriceMinor",
  t.commission_minor as "commissionMinor", t.commission_on_top as "commissionOnTop",
  t.net_due_minor as "netDueMinor", t.vat_hundredths as "vatHundredths",
  t.vat_minor as "vatMinor", t.commission_vat_minor as "commissionVatMinor",
  t.commission_refunded_minor as "commissionRefundedMinor", t.name_missing as "nameMissing",
  t.name_state as "nameState", t.outlet, t.barcode, t.cancelled_at as "cancelledAt",
  t.from_house_stock as "fromHouseStock"`;

const FULL_JOINS = `
  ${LINE_JOINS}
  left join lateral (${PLACE('t.reseller_seat_id')}) sold on true
  left join seat_category c on c.organisation_id = $1 and c.id = t.seat_category_id
  left join contingent g on g.organisation_id = $1 and g.id = t.contingent_id`;

/** Tickets of an order after this one, by key. */
export function readTicketsOfOrder(
  tx: Tx,
  orderId: number,
  page: { afterId: number; limit: number },
): Promise<TicketRow[]> {
  return tx.query<TicketRow>(
    `select ${FULL}
     from (
       select * from ticket t
       where t.organisation_id = $1 and t.sale_order_id = $2 and t.id > $3
       order by t.id limit $4) t
     ${FULL_JOINS} order by t.id`,
    [tx.organisationId, orderId, page.afterId, page.limit],
  );
}

export function readTicketsById(tx: Tx, ids: readonly number[]): Promise<TicketRow[]> {
  return tx.query<TicketRow>(
    `select ${FULL}
     from unnest($2::bigint[]) as k (id)
     cross join lateral (
       select * from ticket t where t.organisation_id = $1 and t.id = k.id offset 0) t
     ${FULL_JOINS} order by t.id`,
    [tx.organisationId, ids],
  );
}
