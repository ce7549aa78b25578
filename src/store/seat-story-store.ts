/** Everything that is known of one seat of a performance. */
import type { Tx } from './database/transaction.ts';
import { ticketsOfSeats } from './order-search-store.ts';
import type { SeatParts } from './order-store.ts';

export interface SeatNow {
  seatId: number;
  name: SeatParts;
  categoryId: number;
  category: string | null;
  contingentId: number | null;
  contingent: string | null;
  state: 'free' | 'sold' | 'held' | 'blocked';
  interfaceId: number | null;
  interface: string | null;
  /** Under which category and contingent its reseller got it. */
  sentCategory: string | null;
  sentContingent: string | null;
  wish: string | null;
  wishContingent: string | null;
  wishBy: string | null;
  wishAt: string | null;
  wishReference: string | null;
  refusedAt: string | null;
  refusedReason: string | null;
  ownReference: string | null;
  wheelchair: boolean;
  companionOf: number | null;
  restrictedView: boolean;
  houseSeat: boolean;
}

export async function readSeatNow(
  tx: Tx,
  performanceId: number,
  seatId: number,
): Promise<SeatNow | null> {
  const [row] = await tx.query<SeatNow>(
    `select ps.seat_id as "seatId",
            jsonb_build_object('layout', l.code, 'area', a.code, 'block', b.code, 'row', s.row,
              'number', s.number) as name,
            ps.seat_category_id as "categoryId", c.code as category,
            ps.contingent_id as "contingentId", g.code as contingent, ps.state,
            ps.interface_id as "interfaceId", i.code as interface, sc.code as "sentCategory",
            sg.code as "sentContingent", ps.wish, wg.code as "wishContingent",
            ps.wish_by as "wishBy", ps.wish_at as "wishAt", ps.wish_reference as "wishReference",
            ps.refused_at as "refusedAt", ps.refused_reason as "refusedReason",
            ps.own_reference as "ownReference", s.wheelchair, s.companion_of as "companionOf",
            s.restricted_view as "restrictedView", s.house_seat as "houseSeat"
     from performance_seat ps
     join seat s on s.organisation_id = $1 and s.id = ps.seat_id
     join block b on b.organisation_id = $1 and b.id = s.block_id
     join area a on a.organisation_id = $1 and a.id = b.area_id
     join layout l on l.organisation_id = $1 and l.id = a.layout_id
     left join seat_category c on c.organisation_id = $1 and c.id = ps.seat_category_id
     left join contingent g on g.organisation_id = $1 and g.id = ps.contingent_id
     left join interface i on i.organisation_id = $1 and i.id = ps.interface_id
     left join seat_category sc on sc.organisation_id = $1 and sc.id = ps.sent_category_id
     left join contingent sg on sg.organisation_id = $1 and sg.id = ps.sent_contingent_id
     left join contingent wg on wg.organisation_id = $1 and wg.id = ps.wish_contingent_id
     where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = $3`,
    [tx.organisationId, performanceId, seatId],
  );
  return row ?? null;
}

export interface SeatMovement {
  kind: string;
  contingent: string | null;
  interface: string | null;
  ticketId: number | null;
  runId: number | null;
  at: string;
}

/** The last ones, in their order. */
export function readSeatMovements(
  tx: Tx,
  performanceId: number,
  seatId: number,
  limit: number,
): Promise<SeatMovement[]> {
  return tx.query<SeatMovement>(
    `select m.kind, g.code as contingent, i.code as interface, m.ticket_id as "ticketId",
            m.run_id as "runId", m.at
     from (
       select * from movement m
       where m.organisation_id = $1 and m.performance_id = $2 and m.seat_id = $3
       order by m.id desc limit $4) m
     left join contingent g on g.organisation_id = $1 and g.id = m.contingent_id
     left join interface i on i.organisation_id = $1 and i.id = m.interface_id
     order by m.id`,
    [tx.organisationId, performanceId, seatId, limit],
  );
}

export interface SeatCommand {
  reference: string;
  action: 'add' | 'withdraw';
  state: string;
  interface: string | null;
  contingent: string | null;
  storedAt: string;
  answeredAt: string | null;
  result: string | null;
  reason: string | null;
  runId: number;
}

/** Commands about the seat, of this performance. */
export function readSeatCommands(
  tx: Tx,
  performanceId: number,
  seatId: number,
  limit: number,
): Promise<SeatCommand[]> {
  return tx.query<SeatCommand>(
    `select c.reference, c.action, c.state, i.code as interface, g.code as contingent,
            c.stored_at as "storedAt", c.answered_at as "answeredAt", n.result,
            coalesce(n.reason, c.reason) as reason, c.run_id as "runId"
     from command_item n
     cross join lateral (
       select * from command c
       where c.organisation_id = $1 and c.id = n.command_id and c.performance_id = $2 offset 0) c
     left join interface i on i.organisation_id = $1 and i.id = c.interface_id
     left join contingent g on g.organisation_id = $1 and g.id = c.contingent_id
     where n.organisation_id = $1 and n.seat_id = $3 and n.seat_id is not null
     order by c.id desc limit $4`,
    [tx.organisationId, performanceId, seatId, limit],
  );
}

export async function readTicketsOfSeat(
  tx: Tx,
  performanceId: number,
  seatId: number,
  limit: number,
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select id from (${ticketsOfSeats('$2', '$3')}) found order by id desc limit $4`,
    [tx.organisationId, performanceId, [seatId], limit],
  );
  return rows.map(({ id }) => id).reverse();
}

export interface SeatCase {
  id: number;
  ticket: string;
  class: string;
  problems: { code: string; params?: Record<string, string | number | null> }[];
  openedAt: string;
  rootId: number | null;
}

export function readSeatCases(tx: Tx, performanceId: number, seatId: number): Promise<SeatCase[]> {
  return tx.query<SeatCase>(
    `select message_id as id, ticket, class, problems, opened_at as "openedAt",
            root_message_id as "rootId"
     from quarantine
     where organisation_id = $1 and performance_id = $2 and seat_id = $3 and seat_id is not null
       and settled_at is null
     order by message_id`,
    [tx.organisationId, performanceId, seatId],
  );
}
