/**
 * Numbered seats: what waits to be handed over or taken back, and people's changes. Every change
 * of a seat leaves a movement and raises the offers it touches. Locks: seats in key order.
 *
 * Batches are written as `insert … on conflict do update`: it always goes through the key, while
 * a join may be planned, on a young table, as one scan of the performance for each seat. The rows
 * exist, so nothing is ever inserted.
 */
import type { SeatAttributes } from '../domain/contingent/eligibility.ts';
import type { SeatDecision, SeatRequest, StockSeat } from '../domain/contingent/wish.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';
import { bumpOffers } from './offer-store.ts';

/** A seat that waits, with what its words and its right to leave depend on. */
export interface PendingSeat extends SeatAttributes {
  seatId: number;
  blockId: number;
  row: string;
  number: string;
  seatCategoryId: number;
  /** What the reseller knows it as; null where it holds nothing. */
  sentCategoryId: number | null;
  sentContingentId: number | null;
}

/** All seats of a contingent (null: of none) that wait, from `afterSeatId` on, in key order. */
export interface PendingPage {
  performanceId: number;
  contingentId: number | null;
  afterSeatId: number;
  limit: number;
}

const SELECT_PENDING = (condition: string, contingent: string): string => `
  select ps.seat_id as "seatId", s.block_id as "blockId", s.row, s.number,
         ps.seat_category_id as "seatCategoryId", ps.sent_category_id as "sentCategoryId",
         ps.sent_contingent_id as "sentContingentId", s.wheelchair,
         s.companion_of as "companionOf", s.restricted_view as "restrictedView",
         s.house_seat as "houseSeat"
  from performance_seat ps
  cross join lateral (
    select block_id, row, number, wheelchair, companion_of, restricted_view, house_seat
    from seat s where s.organisation_id = ps.organisation_id and s.id = ps.seat_id offset 0) s
  where ps.organisation_id = $1 and ps.performance_id = $2 and ps.contingent_id ${contingent}
    and ps.seat_id > $4 and ps.pending <> 0 and ${condition}
  order by ps.seat_id limit $5`;

/**
 * Seats to hand over, locked: from here until the command is stored nobody sells or moves one of
 * them, so that a race with the box office has one winner.
 */
export function lockSeatsToExport(tx: Tx, page: PendingPage): Promise<PendingSeat[]> {
  const text = `${SELECT_PENDING('ps.pending = 1', '= $3')} for no key update of ps`;
  return tx.query<PendingSeat>(text, pageParams(tx, page));
}

/** The same, for a simulation: nothing is locked. */
export function readSeatsToExport(tx: Tx, page: PendingPage): Promise<PendingSeat[]> {
  return tx.query<PendingSeat>(SELECT_PENDING('ps.pending = 1', '= $3'), pageParams(tx, page));
}

/** Seats to ask back from the reseller of this interface. */
export function readSeatsToTakeBack(
  tx: Tx,
  page: PendingPage & { interfaceId: number },
): Promise<PendingSeat[]> {
  const contingent = page.contingentId === null ? 'is null and $3::bigint is null' : '= $3';
  const text = SELECT_PENDING('ps.pending in (2, 3) and ps.interface_id = $6', contingent);
  return tx.query<PendingSeat>(text, [...pageParams(tx, page), page.interfaceId]);
}

function pageParams(tx: Tx, page: PendingPage): unknown[] {
  const { performanceId, contingentId, afterSeatId, limit } = page;
  return [tx.organisationId, performanceId, contingentId, afterSeatId, limit];
}

/** Contingents of a performance with seats that wait; `null` stands for seats in none. */
export async function waitingContingents(
  tx: Tx,
  performanceId: number,
  contingentIds: readonly number[],
): Promise<(number | null)[]> {
  const rows = await tx.query<{ id: number | null }>(
    `select t.id from unnest($3::bigint[]) as t (id)
     cross join lateral (
       select 1 from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $2 and ps.pending <> 0
         and ps.contingent_id = t.id limit 1) waits
     union all
     (select null from performance_seat ps
      where ps.organisation_id = $1 and ps.performance_id = $2 and ps.pending <> 0
        and ps.contingent_id is null limit 1)`,
    [tx.organisationId, performanceId, contingentIds],
  );
  return rows.map((row) => row.id);
}

/**
 * The seats asked for, with the companions of wheelchair places among them, locked in key order.
 * Seats that the performance does not have are absent.
 */
export async function lockSeats(
  tx: Tx,
  performanceId: number,
  seatIds: readonly number[],
): Promise<Map<number, StockSeat>> {
  const companions = await tx.query<{ id: number }>(
    `select c.id from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select block_id from seat s
       where s.organisation_id = $1 and s.id = t.id and s.wheelchair offset 0) place
     cross join lateral (
       select id from seat c
       where c.organisation_id = $1 and c.block_id = place.block_id and c.companion_of = t.id
       offset 0) c`,
    [tx.organisationId, seatIds],
  );
  const all = [...new Set([...seatIds, ...companions.map(({ id }) => id)])].sort((a, b) => a - b);
  const rows = await tx.query<StockSeat>(
    `select ps.*, s.companion_of as "companionOf"
     from unnest($3::bigint[]) as t (id)
     cross join lateral (
       select seat_id as "seatId", state, contingent_id as "contingentId",
              interface_id as "interfaceId", wish, wish_contingent_id as "wishContingentId"
       from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = t.id
       for no key update offset 0) ps
     cross join lateral (
       select companion_of from seat s
       where s.organisation_id = $1 and s.id = t.id offset 0) s`,
    [tx.organisationId, performanceId, all],
  );
  return new Map(rows.map((row) => [row.seatId, row]));
}

/** Unsold seats that the reseller of an interface holds and that nobody has asked back yet. */
export function readUnsold(
  tx: Tx,
  of: { performanceId: number; interfaceId: number; contingentIds: readonly number[] | null },
  page: { afterSeatId: number; limit: number },
): Promise<{ seatId: number; companionOf: number | null }[]> {
  return tx.query(
    `select ps.seat_id as "seatId", s.companion_of as "companionOf"
     from performance_seat ps
     cross join lateral (
       select companion_of from seat s
       where s.organisation_id = ps.organisation_id and s.id = ps.seat_id offset 0) s
     where ps.organisation_id = $1 and ps.performance_id = $2 and ps.interface_id = $3
       and ps.state = 'free' and ps.wish is null and ps.seat_id > $5
       and ($4::bigint[] is null or coalesce(ps.sent_contingent_id, ps.contingent_id) = any($4))
     order by ps.seat_id limit $6`,
    [
      tx.organisationId,
      of.performanceId,
      of.interfaceId,
      of.contingentIds,
      page.afterSeatId,
      page.limit,
    ],
  );
}

export interface PersonsChange {
  performanceId: number;
  request: SeatRequest;
  by: string;
  at: Date;
  runId: number | null;
}

/** Writes what was decided on locked seats: at once, or as a wish; with movements and offers. */
export async function writeDecisions(
  tx: Tx,
  ids: IdSource,
  change: PersonsChange,
  decisions: readonly SeatDecision[],
  seats: ReadonlyMap<number, StockSeat>,
): Promise<void> {
  const chosen = (outcome: SeatDecision['outcome']): number[] =>
    decisions.flatMap((d) => (d.outcome === outcome ? [d.seatId] : [])).sort((a, b) => a - b);
  const applied = chosen('applied');
  const wished = chosen('wish');
  const dropped = chosen('wish_dropped');
  if (applied.length > 0) await applyAtOnce(tx, ids, change, applied);
  if (wished.length > 0) await putWishes(tx, change, wished);
  if (dropped.length > 0) await dropWishes(tx, change.performanceId, dropped);
  const rows = (ids: readonly number[]): StockSeat[] => ids.flatMap((id) => seats.get(id) ?? []);
  const target = change.request.to === 'contingent' ? change.request.contingentId : null;
  const moved = rows(applied).map((seat) => seat.contingentId);
  // A wish is the holder's business alone: its target has nothing before the seat is back.
  const holders = rows([...wished, ...dropped]).map((seat) => seat.interfaceId);
  await bumpOffers(tx, [
    {
      performanceId: change.performanceId,
      contingentIds: moved.length > 0 ? [...moved, target] : [],
      interfaceIds: holders,
    },
  ]);
}

/** `seat_category_id` only satisfies its column: the row exists, so it is never inserted. */
const UPSERT_SEATS = `
  insert into performance_seat as ps (organisation_id, performance_id, seat_id, seat_category_id)
  select $1::int, $2::bigint, t.id, 0 from unnest($3::bigint[]) as t (id)
  on conflict (organisation_id, performance_id, seat_id)`;

const MOVEMENT = { contingent: 'moved', block: 'blocked', unblock: 'unblocked' } as const;

async function applyAtOnce(
  tx: Tx,
  ids: IdSource,
  { performanceId, request, at, runId }: PersonsChange,
  seatIds: readonly number[],
): Promise<void> {
  if (request.to === 'take_back') throw new Error('Taking back is never applied at once.');
  const params: unknown[] = [tx.organisationId, performanceId, seatIds];
  const change = { contingent: 'contingent_id = $8::bigint', block: `state = 'blocked'` };
  const set = { ...change, unblock: `state = 'free'` }[request.to];
  const movementIds = await ids.take(seatIds.length, tx);
  params.push(movementIds, MOVEMENT[request.to], runId, at.toISOString());
  if (request.to === 'contingent') params.push(request.contingentId);
  // A refusal is forgotten with the change: the reseller may answer otherwise now.
  await tx.execute(
    `with changed as (${UPSERT_SEATS}
       do update set ${set}, refused_at = null, refused_reason = null
       returning ps.seat_id, ps.contingent_id)
     insert into movement (organisation_id, id, kind, performance_id, seat_id, contingent_id,
       quantity, run_id, at)
     select $1::int, ($4::bigint[])[row_number() over ()], $5, $2::bigint, seat_id,
       contingent_id, 1, $6::bigint, $7::timestamptz
     from changed`,
    params,
  );
}

async function putWishes(
  tx: Tx,
  { performanceId, request, by, at }: PersonsChange,
  seatIds: readonly number[],
): Promise<void> {
  const target = request.to === 'contingent' ? request.contingentId : null;
  await tx.execute(
    `${UPSERT_SEATS}
     do update set wish = $4, wish_contingent_id = $5, wish_by = $6, wish_at = $7,
       wish_reference = null, wish_state = null
     where ps.interface_id is not null`,
    [tx.organisationId, performanceId, seatIds, request.to, target, by, at.toISOString()],
  );
}

async function dropWishes(
  tx: Tx,
  performanceId: number,
  seatIds: readonly number[],
): Promise<void> {
  await tx.execute(
    `${UPSERT_SEATS}
     do update set wish = null, wish_contingent_id = null, wish_by = null, wish_at = null,
       wish_reference = null, wish_state = null`,
    [tx.organisationId, performanceId, seatIds],
  );
}

/** Lets refused seats of a performance be sent again; answers how many. */
export async function clearRefusals(
  tx: Tx,
  performanceId: number,
  contingentIds: readonly number[],
): Promise<number> {
  const cleared = await tx.execute(
    `update performance_seat set refused_at = null, refused_reason = null
     where organisation_id = $1 and performance_id = $2 and contingent_id = any($3)
       and refused_at is not null`,
    [tx.organisationId, performanceId, contingentIds],
  );
  const quotas = await tx.execute(
    `update contingent_quota q set refused_at = null, refused_reason = null
     from counter c
     where c.organisation_id = $1 and c.performance_id = $2
       and q.organisation_id = $1 and q.counter_id = c.id and q.contingent_id = any($3)
       and q.refused_at is not null`,
    [tx.organisationId, performanceId, contingentIds],
  );
  if (cleared + quotas > 0) await bumpOffers(tx, [{ performanceId, contingentIds }]);
  return cleared + quotas;
}
