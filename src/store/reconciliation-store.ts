/** Reading our books beside a reseller's list, and keeping what differs. */
import type { Difference } from '../domain/contingent/compare.ts';
import type { Tx } from './database/transaction.ts';
import { HAS_PLACES } from './offer-store.ts';

export interface ListedPlace {
  blockId: number;
  row: string;
  number: string;
  ticket: string | null;
}

/** Our seat with what a comparison needs; ids and sent words still ours. */
export interface BookSeat {
  seatId: number;
  state: 'free' | 'sold' | 'held' | 'blocked';
  interfaceId: number | null;
  contingentId: number | null;
  seatCategoryId: number;
  sentCategoryId: number | null;
  sentContingentId: number | null;
  wish: string | null;
  isRefused: boolean;
  ticket: string | null;
  /** The seat that the reseller sold, where the ticket on this one was re-seated. */
  resellerSeatId: number | null;
  /** An open case on the seat. */
  seatCase: number | null;
}

export interface FoundPlace extends BookSeat {
  /** Index of the place that was asked for. */
  index: number;
  /** An open case on the listed ticket. */
  ticketCase: number | null;
  /** Where the listed ticket lives here, and where the reseller sold it when we re-seated it. */
  livingSeatId: number | null;
  livingResellerSeatId: number | null;
}

const BOOK_SEAT = `
  ps.seat_id as "seatId", ps.state, ps.interface_id as "interfaceId",
  ps.contingent_id as "contingentId", ps.seat_category_id as "seatCategoryId",
  ps.sent_category_id as "sentCategoryId", ps.sent_contingent_id as "sentContingentId", ps.wish,
  ps.refused_at is not null as "isRefused", t.number as ticket,
  t.reseller_seat_id as "resellerSeatId", c.message_id as "seatCase"`;

/**
 * From a row ps: the ticket on the seat, and the first open case of the seat. (Not
 * `order by … limit 1`: that may be planned as a walk through all cases in their order.)
 */
const TICKET_AND_CASE = `
  left join lateral (
    select number, reseller_seat_id from ticket t
    where t.organisation_id = $1 and t.id = ps.ticket_id offset 0) t on true
  cross join lateral (
    select min(message_id) as message_id from (
      select message_id from quarantine c
      where c.organisation_id = $1 and c.performance_id = $2 and c.seat_id = ps.seat_id
        and c.settled_at is null offset 0) c) c`;

/** The listed places that exist here; those that do not are absent. */
export function findListedPlaces(
  tx: Tx,
  of: { performanceId: number; resellerAccountId: number },
  places: readonly ListedPlace[],
): Promise<FoundPlace[]> {
  return tx.query<FoundPlace>(
    `select k.index::int as index, ${BOOK_SEAT}, tc.message_id as "ticketCase",
            living.seat_id as "livingSeatId", living.reseller_seat_id as "livingResellerSeatId"
     from unnest($4::bigint[], $5::text[], $6::text[], $7::text[]) with ordinality
       as k (block_id, row, number, ticket, index)
     cross join lateral (
       select id from seat s
       where s.organisation_id = $1 and s.block_id = k.block_id and s.row = k.row
         and s.number = k.number offset 0) s
     cross join lateral (
       select * from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = s.id offset 0) ps
     ${TICKET_AND_CASE}
     cross join lateral (
       select min(message_id) as message_id from (
         select message_id from quarantine tc
         where tc.organisation_id = $1 and tc.reseller_account_id = $3 and tc.ticket = k.ticket
           and tc.settled_at is null offset 0) tc) tc
     left join lateral (
       select seat_id, reseller_seat_id from ticket living
       where living.organisation_id = $1 and living.reseller_account_id = $3
         and living.number = k.ticket and living.performance_id = $2 and living.state = 'valid'
       order by living.generation desc limit 1) living on true
     order by k.index`,
    [
      tx.organisationId,
      of.performanceId,
      of.resellerAccountId,
      places.map((place) => place.blockId),
      places.map((place) => place.row),
      places.map((place) => place.number),
      places.map((place) => place.ticket),
    ],
  );
}

/** Seats that this interface's reseller holds or sold, in key order. */
export function readHeldSeats(
  tx: Tx,
  of: { performanceId: number; interfaceId: number },
  page: { afterSeatId: number; limit: number },
): Promise<(BookSeat & { blockId: number; row: string; number: string })[]> {
  return tx.query(
    `select ${BOOK_SEAT}, s.block_id as "blockId", s.row, s.number
     from performance_seat ps
     cross join lateral (
       select block_id, row, number from seat s
       where s.organisation_id = ps.organisation_id and s.id = ps.seat_id offset 0) s
     ${TICKET_AND_CASE}
     where ps.organisation_id = $1 and ps.performance_id = $2 and ps.interface_id = $3
       and ps.seat_id > $4
     order by ps.seat_id limit $5`,
    [tx.organisationId, of.performanceId, of.interfaceId, page.afterSeatId, page.limit],
  );
}

/** The first open case on each of these counters. */
export async function casesOfCounters(
  tx: Tx,
  interfaceId: number,
  counterIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await tx.query<{ counterId: number; messageId: number }>(
    `select counter_id as "counterId", min(message_id) as "messageId" from quarantine
     where organisation_id = $1 and interface_id = $2 and settled_at is null
       and counter_id = any($3)
     group by counter_id`,
    [tx.organisationId, interfaceId, counterIds],
  );
  return new Map(rows.map((row) => [row.counterId, row.messageId]));
}

/** Seats and counters in commands whose outcome nobody knows. */
export async function readInFlight(
  tx: Tx,
  of: { performanceId: number; interfaceId: number },
): Promise<{ seatIds: Set<number>; counterIds: Set<number> }> {
  const rows = await tx.query<{ seatId: number | null; counterId: number | null }>(
    `select i.seat_id as "seatId", i.counter_id as "counterId"
     from command c
     join command_item i on i.organisation_id = c.organisation_id and i.command_id = c.id
     where c.organisation_id = $1 and c.interface_id = $2 and c.performance_id = $3
       and c.state in ('stored', 'unknown')`,
    [tx.organisationId, of.interfaceId, of.performanceId],
  );
  return {
    seatIds: new Set(rows.flatMap((row) => row.seatId ?? [])),
    counterIds: new Set(rows.flatMap((row) => row.counterId ?? [])),
  };
}

export interface NewReconciliation {
  id: number;
  runId: number;
  interfaceId: number;
  performanceId: number;
  productId: number;
  at: Date;
}

export async function insertReconciliation(tx: Tx, row: NewReconciliation): Promise<void> {
  await tx.execute(
    `insert into reconciliation (organisation_id, id, run_id, interface_id, performance_id,
       product_id, at, seats_compared, tickets_compared)
     values ($1, $2, $3, $4, $5, $6, $7, 0, 0)`,
    [
      tx.organisationId,
      row.id,
      row.runId,
      row.interfaceId,
      row.performanceId,
      row.productId,
      row.at.toISOString(),
    ],
  );
}

export interface ReconciliationLine extends Difference {
  seatId: number | null;
  counterId: number | null;
  ticket: string | null;
  ours: Readonly<Record<string, unknown>> | null;
  theirs: Readonly<Record<string, unknown>> | null;
  messageId: number | null;
}

export async function insertReconciliationLines(
  tx: Tx,
  reconciliationId: number,
  ids: readonly number[],
  lines: readonly ReconciliationLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await tx.execute(
    `insert into reconciliation_line (organisation_id, id, reconciliation_id, subject, kind,
       seat_id, counter_id, ticket, ours, theirs, cause, cure, message_id)
     select $1, t.id, $2, t.subject, t.kind, t.seat_id, t.counter_id, t.ticket, t.ours::jsonb,
       t.theirs::jsonb, t.cause, t.cure, t.message_id
     from unnest($3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[])
       as t (id, subject, kind, seat_id, counter_id, ticket, ours, theirs, cause, cure,
         message_id)`,
    [
      tx.organisationId,
      reconciliationId,
      ids,
      lines.map((line) => line.subject),
      lines.map((line) => line.kind),
      lines.map((line) => line.seatId),
      lines.map((line) => line.counterId),
      lines.map((line) => line.ticket),
      lines.map((line) => (line.ours === null ? null : JSON.stringify(line.ours))),
      lines.map((line) => (line.theirs === null ? null : JSON.stringify(line.theirs))),
      lines.map((line) => line.cause),
      lines.map((line) => line.cure),
      lines.map((line) => line.messageId),
    ],
  );
}

export async function closeReconciliation(
  tx: Tx,
  id: number,
  compared: { seats: number; tickets: number },
): Promise<void> {
  await tx.execute(
    `update reconciliation set seats_compared = $3, tickets_compared = $4
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, compared.seats, compared.tickets],
  );
}

/** Performances that this interface ever handed over, by id. */
export async function exportedPerformances(tx: Tx, interfaceId: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select performance_id as id from offer
     where organisation_id = $1 and interface_id = $2 and exported_at is not null
     order by performance_id`,
    [tx.organisationId, interfaceId],
  );
  return rows.map(({ id }) => id);
}

/** Performances of an interface that are still to come, handed over or not, by id. */
export async function comingPerformances(tx: Tx, interfaceId: number, at: Date): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select p.id from offer o
     join interface i on i.organisation_id = $1 and i.id = o.interface_id
     join performance p on p.organisation_id = o.organisation_id and p.id = o.performance_id
     where o.organisation_id = $1 and o.interface_id = $2 and p.starts_at > $3
       and p.state <> 'closed' and ${HAS_PLACES}
     order by p.id`,
    [tx.organisationId, interfaceId, at.toISOString()],
  );
  return rows.map(({ id }) => id);
}

export interface AdoptableLine {
  lineId: number;
  seatId: number;
  contingentId: number;
  seatCategoryId: number;
}

/**
 * Open lines of a reconciliation that adopting settles: the reseller lists the seat as free, and
 * it is free here in a contingent. The seats are locked in key order.
 *
 * @param lineIds null: every line that can be adopted.
 */
export function lockAdoptable(
  tx: Tx,
  reconciliationId: number,
  lineIds: readonly number[] | null,
  limit: number,
): Promise<(AdoptableLine & { performanceId: number; interfaceId: number })[]> {
  return tx.query(
    `select l.id as "lineId", l.seat_id as "seatId", r.performance_id as "performanceId",
            r.interface_id as "interfaceId", ps.contingent_id as "contingentId",
            ps.seat_category_id as "seatCategoryId"
     from reconciliation r
     cross join lateral (
       select id, seat_id from reconciliation_line l
       where l.organisation_id = $1 and l.reconciliation_id = r.id and l.cure = 'adopt'
         and l.settled_at is null and ($3::bigint[] is null or l.id = any($3))
       order by l.seat_id offset 0) l
     cross join lateral (
       select contingent_id, seat_category_id from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = r.performance_id
         and ps.seat_id = l.seat_id and ps.interface_id is null and ps.state = 'free'
         and ps.contingent_id is not null
       for no key update offset 0) ps
     where r.organisation_id = $1 and r.id = $2
     limit $4`,
    [tx.organisationId, reconciliationId, lineIds, limit],
  );
}

export interface AdoptableCount {
  lineId: number;
  counterId: number;
  contingentId: number;
  /** Places that the reseller lists, sold or unsold. */
  atReseller: number;
  performanceId: number;
  interfaceId: number;
}

/** Open lines of counted places that adopting settles: there are as many as zones. */
export function readAdoptableCounts(
  tx: Tx,
  reconciliationId: number,
  lineIds: readonly number[] | null,
): Promise<AdoptableCount[]> {
  return tx.query<AdoptableCount>(
    `select l.id as "lineId", l.counter_id as "counterId", r.performance_id as "performanceId",
            r.interface_id as "interfaceId", (l.ours ->> 'contingentId')::bigint as "contingentId",
            (l.theirs ->> 'free')::int + (l.theirs ->> 'sold')::int as "atReseller"
     from reconciliation r
     join reconciliation_line l
       on l.organisation_id = r.organisation_id and l.reconciliation_id = r.id
     where r.organisation_id = $1 and r.id = $2 and l.cure = 'adopt' and l.counter_id is not null
       and l.settled_at is null and ($3::bigint[] is null or l.id = any($3))
     order by l.counter_id, l.id`,
    [tx.organisationId, reconciliationId, lineIds],
  );
}

export async function settleLines(tx: Tx, lineIds: readonly number[], at: Date): Promise<void> {
  await tx.execute(
    `update reconciliation_line set settled_at = $3
     where organisation_id = $1 and id = any($2) and settled_at is null`,
    [tx.organisationId, lineIds, at.toISOString()],
  );
}
