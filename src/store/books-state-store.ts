import type {
  CodeState,
  CounterState,
  KnownMessage,
  QuotaState,
  SeatState,
  TicketState,
} from '../domain/order/state.ts';
import type { Tx } from './database/transaction.ts';

/**
 * Reads what the planner needs of the books, under locks, for the keys of one batch. Every
 * look-up goes from the batch's keys into an index, row by row (`cross join lateral … offset 0`),
 * so that no statistics can turn it round (docs/algorithms/locking.md).
 */

/** For this transaction only: a batch looks up and never scans. */
export async function keepToIndexes(tx: Tx): Promise<void> {
  await tx.script(
    'set local enable_seqscan = off; set local enable_hashjoin = off; ' +
      'set local enable_mergejoin = off',
  );
}

const TICKET_COLUMNS = `
  t.id, t.number, t.generation, t.state, t.sale_order_id as "saleOrderId",
  t.interface_id as "interfaceId", t.product_id as "productId",
  t.performance_id as "performanceId", t.seat_id as "seatId",
  t.reseller_seat_id as "resellerSeatId", t.counter_id as "counterId",
  t.contingent_id as "contingentId", t.day, t.currency, t.price_minor as "priceMinor",
  t.booked_minor as "bookedMinor", t.commission_minor as "commissionMinor",
  t.commission_on_top as "commissionOnTop", t.refunded_minor as "refundedMinor",
  t.commission_refunded_minor as "commissionRefundedMinor", t.barcode,
  t.last_name as "lastName", t.first_name as "firstName", t.name_missing as "nameMissing",
  t.sold_at as "soldAt", t.message_id as "messageId",
  t.operation_number as "operationNumber", t.is_test as "isTest",
  t.cancelled_at as "cancelledAt", t.overbooked,
  t.any_share as "anyShare", t.from_house_stock as "fromHouseStock"`;

export type TicketRow = Omit<
  TicketState,
  'counterIds' | 'past' | 'fresh' | 'corrected' | 'changed'
> & {
  counterId: number | null;
  day: string | null;
};

/** A ticket, and the number by which it was asked for: its own, or one that it had before. */
export type AskedTicket = TicketRow & { asked: string };

/** Every ticket that has one of these numbers, or had it before a duplicate got its own. */
export function readTickets(
  tx: Tx,
  resellerAccountId: number,
  numbers: readonly string[],
): Promise<AskedTicket[]> {
  return tx.query<AskedTicket>(
    `select k.number as asked, ${TICKET_COLUMNS}
     from unnest($3::text[]) as k(number)
     cross join lateral (
       select * from ticket t
       where t.organisation_id = $1 and t.reseller_account_id = $2 and t.number = k.number
       offset 0) t
     union all
     select k.number as asked, ${TICKET_COLUMNS}
     from unnest($3::text[]) as k(number)
     cross join lateral (
       select ticket_id from ticket_former_number f
       where f.organisation_id = $1 and f.reseller_account_id = $2 and f.number = k.number
       offset 0) f
     cross join lateral (
       select * from ticket t where t.organisation_id = $1 and t.id = f.ticket_id offset 0) t`,
    [tx.organisationId, resellerAccountId, numbers],
  );
}

/** Living tickets that may count in another contingent's share of these counters. */
export function readAnyShare(
  tx: Tx,
  resellerAccountId: number,
  counterIds: readonly number[],
  most: number,
): Promise<TicketRow[]> {
  return tx.query<TicketRow>(
    `select ${TICKET_COLUMNS}
     from unnest($2::bigint[]) as k(counter_id)
     cross join lateral (
       select contingent_id from contingent_quota q
       where q.organisation_id = $1 and q.counter_id = k.counter_id offset 0) q
     cross join lateral (
       select * from ticket t
       where t.organisation_id = $1 and t.counter_id = k.counter_id
         and t.contingent_id = q.contingent_id and t.any_share and t.state = 'valid'
         and t.reseller_account_id = $3
       order by t.id limit $4 offset 0) t`,
    [tx.organisationId, counterIds, resellerAccountId, most],
  );
}

/** A ticket on a seat; `elsewhere` names the account that sold it, when it is another one. */
export type HolderRow = TicketRow & { elsewhere: string | null };

/** Tickets by id: who holds the seats of the batch, whichever account sold them. */
export function readTicketsById(
  tx: Tx,
  resellerAccountId: number,
  ids: readonly number[],
): Promise<HolderRow[]> {
  return tx.query<HolderRow>(
    `select ${TICKET_COLUMNS}, (
       select a.account from reseller_account a
       where a.organisation_id = $1 and a.id = t.reseller_account_id and a.id <> $3) as elsewhere
     from unnest($2::bigint[]) as k(id)
     cross join lateral (
       select * from ticket t where t.organisation_id = $1 and t.id = k.id offset 0) t`,
    [tx.organisationId, ids, resellerAccountId],
  );
}

export interface StoredMessage extends KnownMessage {
  ticket: string;
}

/** Every message of these tickets that the account has brought before. */
export function readKnown(
  tx: Tx,
  resellerAccountId: number,
  tickets: readonly string[],
): Promise<StoredMessage[]> {
  return tx.query<StoredMessage>(
    // Set aside for good, or only not taken here: its case knows, where it ever was one.
    `select m.id, m.state, m.content, m.ticket, case when m.state <> 'set_aside' then false
       else not exists (
         select 1 from quarantine q
         where q.organisation_id = $1 and q.message_id = m.id
           and q.way_out in ('not_ours', 'elsewhere')) end as "keptOut"
     from unnest($3::text[]) as k(ticket)
     cross join lateral (
       select id, state, content, ticket from message m
       where m.organisation_id = $1 and m.reseller_account_id = $2 and m.ticket = k.ticket
       order by m.id offset 0) m`,
    [tx.organisationId, resellerAccountId, tickets],
  );
}

export interface SeatKey {
  performanceId: number;
  seatId: number;
}

export interface PlaceOfSeat {
  performanceId: number;
  blockId: number;
  row: string;
  number: string;
}

export type SeatRow = Omit<SeatState, 'ticket' | 'changed'> & { ticketId: number | null };

const SEAT_COLUMNS = `
  ps.performance_id as "performanceId", ps.seat_id as "seatId",
  ps.seat_category_id as "categoryId", ps.contingent_id as "contingentId", ps.state,
  ps.interface_id as "interfaceId", ps.sent_category_id as "sentCategoryId",
  ps.sent_contingent_id as "sentContingentId", ps.wish, ps.wish_by as "wishBy",
  ps.ticket_id as "ticketId", ps.own_reference as "ownReference", ps.version`;

/**
 * Seats by the place that messages name. They are not locked: the write holds each against the
 * version read here, and a batch that lost a race plans again (docs/algorithms/locking.md).
 */
export function readSeatsByPlace(tx: Tx, places: readonly PlaceOfSeat[]): Promise<SeatRow[]> {
  return tx.query<SeatRow>(
    `with found as materialized (
       select k.performance_id, s.id as seat_id, k.block_id, k.row, k.number
       from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[])
         as k(performance_id, block_id, row, number)
       cross join lateral (
         select id from seat s
         where s.organisation_id = $1 and s.block_id = k.block_id and s.row = k.row
           and s.number = k.number offset 0) s
     )
     select ${SEAT_COLUMNS}, f.block_id as "blockId", f.row, f.number
     from found f
     cross join lateral (
       select ps.*, ps.xmin::text as version from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = f.performance_id
         and ps.seat_id = f.seat_id offset 0) ps`,
    [
      tx.organisationId,
      places.map((place) => place.performanceId),
      places.map((place) => place.blockId),
      places.map((place) => place.row),
      places.map((place) => place.number),
    ],
  );
}

/** Seats by key, with the place they are known by. */
export function readSeatsByKey(tx: Tx, seats: readonly SeatKey[]): Promise<SeatRow[]> {
  return tx.query<SeatRow>(
    `select ${SEAT_COLUMNS}, s.block_id as "blockId", s.row, s.number
     from unnest($2::bigint[], $3::bigint[]) as k(performance_id, seat_id)
     cross join lateral (
       select ps.*, ps.xmin::text as version from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = k.performance_id
         and ps.seat_id = k.seat_id offset 0) ps
     cross join lateral (
       select block_id, row, number from seat s
       where s.organisation_id = $1 and s.id = k.seat_id offset 0) s`,
    [tx.organisationId, seats.map((seat) => seat.performanceId), seats.map((seat) => seat.seatId)],
  );
}

export type CounterRow = Omit<CounterState, 'soldDelta'>;
export type QuotaRow = Omit<QuotaState, 'allottedDelta' | 'soldDelta' | 'quotaDelta'>;

export async function lockCounters(
  tx: Tx,
  ids: readonly number[],
): Promise<{ counters: CounterRow[]; quotas: QuotaRow[] }> {
  const sorted = [...ids].sort((a, b) => a - b);
  const counters = await tx.query<CounterRow>(
    `select c.id, c.capacity, c.sold, c.held, c.blocked
     from unnest($2::bigint[]) as k(id)
     cross join lateral (
       select * from counter c where c.organisation_id = $1 and c.id = k.id for update) c`,
    [tx.organisationId, sorted],
  );
  const quotas = await tx.query<QuotaRow>(
    `select q.counter_id as "counterId", q.contingent_id as "contingentId", q.quota,
       q.interface_id as "interfaceId", q.allotted, q.sold, q.held
     from unnest($2::bigint[]) as k(id)
     cross join lateral (
       select * from contingent_quota q
       where q.organisation_id = $1 and q.counter_id = k.id
       order by q.contingent_id for update) q`,
    [tx.organisationId, sorted],
  );
  return { counters, quotas };
}

export function lockCodes(
  tx: Tx,
  codes: readonly string[],
): Promise<Omit<CodeState, 'created' | 'changed'>[]> {
  return tx.query(
    `select a.code, a.state, a.reason, a.source, a.ticket_id as "ticketId",
       a.message_id as "messageId", a.product_id as "productId",
       a.performance_id as "performanceId", a.day
     from unnest($2::text[]) as k(code)
     cross join lateral (
       select * from access_code a
       where a.organisation_id = $1 and a.code = k.code for update) a`,
    [tx.organisationId, codes],
  );
}

export function readOrders(
  tx: Tx,
  resellerAccountId: number,
  references: readonly string[],
): Promise<{ id: number; reference: string }[]> {
  return tx.query(
    `select o.id, o.reference
     from unnest($3::text[]) as k(reference)
     cross join lateral (
       select id, reference from sale_order o
       where o.organisation_id = $1 and o.reseller_account_id = $2
         and o.reference = k.reference offset 0) o`,
    [tx.organisationId, resellerAccountId, references],
  );
}

export interface HouseStockRow {
  counterId: number;
  tickets: number;
}

/** Living tickets out of house stock, by their counter: what an interface's rule is limited to. */
export function readHouseStock(
  tx: Tx,
  interfaceId: number,
  counterIds: readonly number[],
): Promise<HouseStockRow[]> {
  return tx.query<HouseStockRow>(
    `select k.id as "counterId", count(*)::int as tickets
     from unnest($3::bigint[]) as k(id)
     cross join lateral (
       select from ticket t
       where t.organisation_id = $1 and t.counter_id = k.id and t.interface_id = $2
         and t.from_house_stock and t.state = 'valid' offset 0) t
     group by k.id`,
    [tx.organisationId, interfaceId, counterIds],
  );
}

export interface PlacesKept {
  performanceId: number;
  places: number;
}

/** Seats in contingents and shares of zones: what the safety gauge of a performance limits. */
export function readPlacesKept(tx: Tx, performanceIds: readonly number[]): Promise<PlacesKept[]> {
  return tx.query<PlacesKept>(
    `select k.id as "performanceId", s.seats + q.shares as places
     from unnest($2::bigint[]) as k(id)
     cross join lateral (
       select count(*)::int as seats from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = k.id
         and ps.contingent_id is not null) s
     cross join lateral (
       select coalesce(sum(q.quota), 0)::int as shares
       from counter c
       cross join lateral (
         select quota from contingent_quota q
         where q.organisation_id = $1 and q.counter_id = c.id offset 0) q
       where c.organisation_id = $1 and c.performance_id = k.id) q`,
    [tx.organisationId, performanceIds],
  );
}

/** Balance of a pending account, its row locked: asked only where a ceiling stops sales. */
export async function lockBalance(tx: Tx, pendingAccountId: number): Promise<number> {
  const [row] = await tx.query<{ balance: number }>(
    `select balance_minor as balance from pending_account
     where organisation_id = $1 and id = $2 for no key update`,
    [tx.organisationId, pendingAccountId],
  );
  return row?.balance ?? 0;
}
