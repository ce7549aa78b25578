/**
 * The places of a performance as a whole: read under locks in key order, and replaced, for
 * re-seating and for another configuration. The performance must be locked (`lockPerformance`).
 */
import type { NewZone, OldZone } from '../domain/performance/rezoning.ts';
import type { BoardTicket, NewPlace, OldPlace, SeatRow } from '../domain/performance/seat-board.ts';
import type { SeatPlace } from '../domain/seating/seat-text.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

const ROWS_PER_STATEMENT = 20_000;

const COLUMNS = [
  'seat_id',
  'seat_category_id',
  'contingent_id',
  'state',
  'interface_id',
  'sent_category_id',
  'sent_contingent_id',
  'wish',
  'wish_contingent_id',
  'wish_by',
  'wish_at',
  'wish_reference',
  'wish_state',
  'refused_at',
  'refused_reason',
  'ticket_id',
  'own_reference',
] as const satisfies readonly (keyof SeatRow)[];

const NAME_COLUMNS = `l.code as layout, a.code as area, b.code as block, s.row, s.number`;
const NAME_JOINS = `
  join seat s on s.organisation_id = $1 and s.id = own.seat_id
  join block b on b.organisation_id = $1 and b.id = s.block_id
  join area a on a.organisation_id = $1 and a.id = b.area_id
  join layout l on l.organisation_id = $1 and l.id = a.layout_id`;

/** Every place of the performance, locked. */
export async function lockSeatBoard(tx: Tx, performanceId: number): Promise<OldPlace[]> {
  const params = [tx.organisationId, performanceId];
  await tx.query(
    `select seat_id from performance_seat
     where organisation_id = $1 and performance_id = $2 order by seat_id for no key update`,
    params,
  );
  const travelling = await tx.query<{ seatId: number }>(
    `select n.seat_id as "seatId" from command c
     join command_item n on n.organisation_id = $1 and n.command_id = c.id
     where c.organisation_id = $1 and c.performance_id = $2 and c.state in ('stored', 'unknown')
       and n.seat_id is not null`,
    params,
  );
  const travels = new Set(travelling.map(({ seatId }) => seatId));
  const rows = await tx.query<SeatRow & SeatPlace>(
    `select ${COLUMNS.map((column) => `own.${column}`).join(', ')}, ${NAME_COLUMNS}
     from performance_seat own ${NAME_JOINS}
     where own.organisation_id = $1 and own.performance_id = $2
     order by own.seat_id`,
    params,
  );
  return rows.map(({ layout, area, block, row, number, ...seat }) => ({
    row: seat,
    name: { layout, area, block, row, number },
    travels: travels.has(seat.seat_id),
  }));
}

/** Places in commands that their resellers have not answered. */
export async function countTravelling(tx: Tx, performanceId: number): Promise<number> {
  const [row] = await tx.query<{ places: number }>(
    `select coalesce(sum(n.quantity), 0)::int as places from command c
     join command_item n on n.organisation_id = $1 and n.command_id = c.id
     where c.organisation_id = $1 and c.performance_id = $2 and c.state in ('stored', 'unknown')`,
    [tx.organisationId, performanceId],
  );
  return row?.places ?? 0;
}

/** The places that a configuration has. */
export async function readPlaces(tx: Tx, configurationId: number): Promise<NewPlace[]> {
  const rows = await tx.query<SeatPlace & { seatId: number; categoryId: number }>(
    `select own.seat_id as "seatId", own.seat_category_id as "categoryId", ${NAME_COLUMNS}
     from configuration_seat own ${NAME_JOINS}
     where own.organisation_id = $1 and own.logical_configuration_id = $2
     order by own.seat_id`,
    [tx.organisationId, configurationId],
  );
  return rows.map(({ seatId, categoryId, ...name }) => ({ seatId, categoryId, name }));
}

export function readBoardTickets(tx: Tx, performanceId: number): Promise<BoardTicket[]> {
  return tx.query<BoardTicket>(
    `select id, number, interface_id as "interfaceId", seat_id as "seatId",
            reseller_seat_id as "resellerSeatId", counter_id as "counterId",
            contingent_id as "contingentId", overbooked
     from ticket
     where organisation_id = $1 and performance_id = $2 and state = 'valid' order by id`,
    [tx.organisationId, performanceId],
  );
}

/** Takes these rows of the performance away and puts others in their place. */
export async function replaceSeatRows(
  tx: Tx,
  performanceId: number,
  removed: readonly number[],
  rows: readonly SeatRow[],
): Promise<void> {
  await tx.execute(
    `delete from performance_seat
     where organisation_id = $1 and performance_id = $2 and seat_id = any($3::bigint[])`,
    [tx.organisationId, performanceId, removed],
  );
  const list = COLUMNS.join(', ');
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const page = rows.slice(start, start + ROWS_PER_STATEMENT);
    await tx.execute(
      `insert into performance_seat (organisation_id, performance_id, ${list})
       select $1, $2, ${list} from jsonb_populate_recordset(null::performance_seat, $3::jsonb)
       order by seat_id`,
      [tx.organisationId, performanceId, JSON.stringify(page)],
    );
  }
}

export interface TicketSeat {
  ticketId: number;
  /** Null: it was beside the capacity. */
  fromSeatId: number | null;
  seatId: number;
  resellerSeatId: number | null;
  contingentId: number | null;
  interfaceId: number;
  detail: { from: string | null; to: string };
}

/**
 * Seats tickets elsewhere, each with its operation and its movements. All leave their seats before
 * one takes another's: two may change places.
 */
export async function writeTicketSeats(
  tx: Tx,
  ids: IdSource,
  change: { performanceId: number; at: Date; by: string },
  seats: readonly TicketSeat[],
): Promise<void> {
  if (seats.length === 0) return;
  const org = tx.organisationId;
  const ticketIds = seats.map((one) => one.ticketId);
  await tx.execute(
    'update ticket set seat_id = null where organisation_id = $1 and id = any($2::bigint[])',
    [org, ticketIds],
  );
  await tx.execute(
    `update ticket t
     set seat_id = r.seat_id, reseller_seat_id = r.reseller_seat_id, overbooked = false
     from unnest($2::bigint[], $3::bigint[], $4::bigint[]) as r (id, seat_id, reseller_seat_id)
     where t.organisation_id = $1 and t.id = r.id`,
    [org, ticketIds, seats.map((one) => one.seatId), seats.map((one) => one.resellerSeatId)],
  );
  await tx.execute(
    `insert into operation (organisation_id, id, ticket_id, kind, operation_at, entered_at,
       amount_minor, commission_minor, currency, author, detail)
     select $1, r.id, r.ticket_id, 'reseat', $2::timestamptz, $2::timestamptz, 0, 0, t.currency,
       $3, r.detail::jsonb
     from unnest($4::bigint[], $5::bigint[], $6::text[]) as r (id, ticket_id, detail)
     cross join lateral (
       select currency from ticket t
       where t.organisation_id = $1 and t.id = r.ticket_id offset 0) t`,
    [
      org,
      change.at.toISOString(),
      change.by,
      await ids.take(seats.length, tx),
      ticketIds,
      seats.map((one) => JSON.stringify(one.detail)),
    ],
  );
  await writeSeatMovements(tx, ids, change, seats);
  await openOverbookedCodes(tx, change.at, seats);
}

async function writeSeatMovements(
  tx: Tx,
  ids: IdSource,
  { performanceId, at }: { performanceId: number; at: Date },
  seats: readonly TicketSeat[],
): Promise<void> {
  // Beside the capacity it had no place: taking one is its sale's movement, only later.
  const rows = seats.flatMap(({ fromSeatId, seatId, ...one }) =>
    fromSeatId === null
      ? [{ ...one, seatId, kind: 'sold', quantity: -1 }]
      : [
          { ...one, seatId: fromSeatId, kind: 'moved', quantity: 1 },
          { ...one, seatId, kind: 'moved', quantity: -1 },
        ],
  );
  await tx.execute(
    `insert into movement (organisation_id, id, kind, performance_id, seat_id, contingent_id,
       interface_id, ticket_id, quantity, at)
     select $1, r.id, r.kind, $2, r.seat_id, r.contingent_id, r.interface_id, r.ticket_id,
       r.quantity, $3::timestamptz
     from unnest($4::bigint[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::bigint[], $10::int[])
       as r (id, kind, seat_id, contingent_id, interface_id, ticket_id, quantity)`,
    [
      tx.organisationId,
      performanceId,
      at.toISOString(),
      await ids.take(rows.length, tx),
      rows.map((row) => row.kind),
      rows.map((row) => row.seatId),
      rows.map((row) => row.contingentId),
      rows.map((row) => row.interfaceId),
      rows.map((row) => row.ticketId),
      rows.map((row) => row.quantity),
    ],
  );
}

/** Who had no seat of his own has one now: his code opens the door. */
async function openOverbookedCodes(tx: Tx, at: Date, seats: readonly TicketSeat[]): Promise<void> {
  const ticketIds = seats.flatMap((one) => (one.fromSeatId === null ? [one.ticketId] : []));
  if (ticketIds.length === 0) return;
  await tx.execute(
    `update access_code a set state = 'valid', reason = null, changed_at = $3
     from unnest($2::bigint[]) as r (ticket_id)
     where a.organisation_id = $1 and a.ticket_id = r.ticket_id
       and a.state = 'see_box_office' and a.reason = 'overbooked'`,
    [tx.organisationId, ticketIds, at.toISOString()],
  );
}

/** Counted places of the performance, their counters locked, with each zone's area. */
export async function lockZoneBoard(tx: Tx, performanceId: number): Promise<OldZone[]> {
  const params = [tx.organisationId, performanceId];
  await tx.query(
    `select id from counter where organisation_id = $1 and performance_id = $2
     order by id for no key update`,
    params,
  );
  return tx.query<OldZone>(
    `select c.id as "counterId", a.code as area, c.sold, c.held, c.blocked,
            coalesce((select jsonb_agg(jsonb_build_object('contingentId', q.contingent_id,
                'quota', q.quota, 'sold', q.sold, 'held', q.held, 'allotted', q.allotted)
                order by q.contingent_id)
              from contingent_quota q
              where q.organisation_id = $1 and q.counter_id = c.id), '[]') as quotas
     from counter c
     join zone z on z.organisation_id = $1 and z.id = c.zone_id
     join area a on a.organisation_id = $1 and a.id = z.area_id
     where c.organisation_id = $1 and c.performance_id = $2 and c.kind = 'zone'
     order by c.id`,
    params,
  );
}

export function readZones(tx: Tx, configurationId: number): Promise<NewZone[]> {
  return tx.query<NewZone>(
    `select z.id as "zoneId", a.code as area, z.seat_category_id as "categoryId", z.capacity
     from zone z
     join area a on a.organisation_id = $1 and a.id = z.area_id
     where z.organisation_id = $1 and z.logical_configuration_id = $2 order by z.id`,
    [tx.organisationId, configurationId],
  );
}

/** A counter becomes the zone of another configuration: its tickets and shares go with it. */
export async function writeZones(
  tx: Tx,
  ids: IdSource,
  performance: { id: number; productId: number },
  plan: {
    kept: readonly {
      counterId: number;
      zone: NewZone;
      shares: readonly { contingentId: number; quota: number }[];
    }[];
    added: readonly NewZone[];
    removed: readonly number[];
  },
): Promise<void> {
  const org = tx.organisationId;
  for (const { counterId, zone, shares } of plan.kept) {
    await tx.execute(
      `update counter set zone_id = $3, seat_category_id = $4, capacity = $5
       where organisation_id = $1 and id = $2`,
      [org, counterId, zone.zoneId, zone.categoryId, zone.capacity],
    );
    for (const { contingentId, quota } of shares) {
      await tx.execute(
        `update contingent_quota set quota = $4
         where organisation_id = $1 and counter_id = $2 and contingent_id = $3`,
        [org, counterId, contingentId, quota],
      );
    }
  }
  await removeZones(tx, plan.removed);
  for (const zone of plan.added) {
    const [id] = await ids.take(1, tx);
    await tx.execute(
      `insert into counter (organisation_id, id, kind, product_id, performance_id, zone_id,
         seat_category_id, capacity)
       values ($1, $2, 'zone', $3, $4, $5, $6, $7)`,
      [org, id, performance.productId, performance.id, zone.zoneId, zone.categoryId, zone.capacity],
    );
  }
}

/** Nothing of them is taken; what the venue once had of one, and freed, goes with it. */
async function removeZones(tx: Tx, counterIds: readonly number[]): Promise<void> {
  if (counterIds.length === 0) return;
  for (const [table, column] of [
    ['own_claim', 'counter_id'],
    ['contingent_quota', 'counter_id'],
    ['counter', 'id'],
  ]) {
    await tx.execute(
      `delete from ${table} where organisation_id = $1 and ${column} = any($2::bigint[])`,
      [tx.organisationId, counterIds],
    );
  }
}
