/** Seats for the bearer of a ticket whose own place is not to be had. */
import type { Tx } from './database/transaction.ts';

export interface SeatHere {
  seatId: number;
  blockId: number;
  /** `Layout/Area/Block/Row/Number`. */
  name: string;
  row: string;
  number: string;
  state: 'free' | 'sold' | 'held' | 'blocked';
  /** Whose allotment it is in. */
  interfaceId: number | null;
  interfaceCode: string | null;
  contingentId: number | null;
  /** Somebody asked for it back: it is spoken for. */
  wished: boolean;
  /** Who has it: a ticket's number, or the venue's own reference. */
  holder: string | null;
}

const COLUMNS = `
  ps.seat_id as "seatId", s.block_id as "blockId", s.row, s.number, ps.state,
  concat_ws('/', l.code, a.code, b.code, s.row, s.number) as name,
  ps.interface_id as "interfaceId", i.code as "interfaceCode",
  ps.contingent_id as "contingentId", ps.wish is not null as wished,
  coalesce(t.number, ps.own_reference) as holder`;

const FROM = `
  from performance_seat ps
  join seat s on s.organisation_id = $1 and s.id = ps.seat_id
  join block b on b.organisation_id = $1 and b.id = s.block_id
  join area a on a.organisation_id = $1 and a.id = b.area_id
  join layout l on l.organisation_id = $1 and l.id = a.layout_id
  left join interface i on i.organisation_id = $1 and i.id = ps.interface_id
  left join ticket t on t.organisation_id = $1 and t.id = ps.ticket_id`;

/**
 * Seats of a performance that a text names, from its end on: `Row/Number`, `Block/Row/Number`, up
 * to `Layout/Area/Block/Row/Number`. Several when the text leaves open which.
 */
export function findSeats(
  tx: Tx,
  performanceId: number,
  parts: readonly string[],
): Promise<SeatHere[]> {
  const from = (end: number) => parts[parts.length - end] ?? null;
  return tx.query<SeatHere>(
    `select ${COLUMNS} ${FROM}
     where ps.organisation_id = $1 and ps.performance_id = $2
       and s.row = $3 and s.number = $4 and ($5::text is null or b.code = $5)
       and ($6::text is null or a.code = $6) and ($7::text is null or l.code = $7)
     order by ps.seat_id limit 10`,
    [tx.organisationId, performanceId, from(2), from(1), from(3), from(4), from(5)],
  );
}

export interface NearestQuery {
  performanceId: number;
  categoryId: number;
  /**
   * `interface`: of these contingents, which are the interface's, then of the house's own or none.
   * `house`: only what no contingent keeps, also of the categories ranked next.
   */
  from: { interface: readonly number[] } | 'house';
  /** Where the bearer was sold a place, as far as it is known. */
  near: {
    seatId: number | null;
    blockId: number | null;
    row: string | null;
    number: string | null;
  };
  /** Chosen already. */
  except: readonly number[];
}

/**
 * The nearest free seat of a category that no reseller holds. Wheelchair places and their
 * companions, seats with a restricted view and house seats are for a person to give.
 */
export async function findNearest(tx: Tx, query: NearestQuery): Promise<SeatHere | null> {
  const { near, from } = query;
  const house = from === 'house';
  const digits = (text: string) => `nullif(regexp_replace(${text}, '\\D', '', 'g'), '')::numeric`;
  const rows = await tx.query<SeatHere>(
    `select ${COLUMNS} ${FROM}
     left join contingent c on c.organisation_id = $1 and c.id = ps.contingent_id
     left join seat n on n.organisation_id = $1 and n.id = $6
     join seat_category k on k.organisation_id = $1 and k.id = ps.seat_category_id
     join seat_category w on w.organisation_id = $1 and w.id = $3
     where ps.organisation_id = $1 and ps.performance_id = $2
       and (k.id = w.id or ($10 and k.kind = w.kind))
       and ps.state = 'free' and ps.interface_id is null and ps.wish is null
       and (ps.contingent_id is null
         or not $10 and (ps.contingent_id = any($4::bigint[]) or c.kind = 'internal'))
       and ps.seat_id <> all($5::bigint[]) and ps.seat_id is distinct from $6
       and not (s.wheelchair or s.companion_of is not null or s.restricted_view or s.house_seat)
     order by abs(k.rank - w.rank), k.id = w.id desc,
       coalesce(ps.contingent_id = any($4::bigint[]), false) desc,
       s.block_id = coalesce(n.block_id, $7::bigint) desc nulls last,
       (s.x - n.x) * (s.x - n.x) + (s.y - n.y) * (s.y - n.y) nulls last,
       s.row = coalesce(n.row, $8) desc nulls last,
       abs(${digits('s.number')} - ${digits('coalesce(n.number, $9)')}) nulls last,
       ps.seat_id
     limit 1`,
    [
      tx.organisationId,
      query.performanceId,
      query.categoryId,
      house ? [] : from.interface,
      query.except,
      near.seatId,
      near.blockId,
      near.row,
      near.number,
      house,
    ],
  );
  return rows[0] ?? null;
}

/** The category a seat has in a performance. */
export async function categoryOfSeat(
  tx: Tx,
  performanceId: number,
  seatId: number,
): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `select coalesce(sent_category_id, seat_category_id) as id from performance_seat
     where organisation_id = $1 and performance_id = $2 and seat_id = $3`,
    [tx.organisationId, performanceId, seatId],
  );
  return row?.id ?? null;
}

/** Whether a block has seats in a row of this name. */
export async function hasRow(tx: Tx, blockId: number, row: string): Promise<boolean> {
  const rows = await tx.query(
    'select from seat where organisation_id = $1 and block_id = $2 and row = $3 limit 1',
    [tx.organisationId, blockId, row],
  );
  return rows.length > 0;
}

/** Whether the house can give this very seat: free, and in no reseller's hands. */
export async function isHouseSeat(tx: Tx, performanceId: number, seatId: number): Promise<boolean> {
  const rows = await tx.query(
    `select from performance_seat
     where organisation_id = $1 and performance_id = $2 and seat_id = $3 and state = 'free'
       and interface_id is null and wish is null`,
    [tx.organisationId, performanceId, seatId],
  );
  return rows.length > 0;
}

export interface ShareWithRoom {
  counterId: number;
  contingentId: number;
  room: number;
}

/**
 * Shares of the interface's contingents with room: of the same counter first, then of the other
 * zones of the performance. What the reseller holds by number has the room that it still holds.
 */
export function findRoom(
  tx: Tx,
  query: {
    interfaceId: number;
    performanceId: number | null;
    counterId: number | null;
    contingentIds: readonly number[];
  },
): Promise<ShareWithRoom[]> {
  return tx.query<ShareWithRoom>(
    `select * from (
       select c.id as "counterId", q.contingent_id as "contingentId",
         least(coalesce(c.capacity - c.sold - c.held - c.blocked, 2147483647),
           case when q.interface_id = $2 then q.allotted
             else q.quota - q.sold - q.held - q.allotted end)::int as room
       from counter c
       join contingent_quota q on q.organisation_id = $1 and q.counter_id = c.id
       where c.organisation_id = $1 and q.contingent_id = any($5::bigint[])
         and (c.id = $4 or (c.performance_id = $3 and c.kind = 'zone'))) shares
     where room > 0
     order by "counterId" = $4 desc, array_position($5::bigint[], "contingentId"), "counterId"`,
    [
      tx.organisationId,
      query.interfaceId,
      query.performanceId,
      query.counterId,
      query.contingentIds,
    ],
  );
}
