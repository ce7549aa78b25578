/**
 * The allotment: what a reseller holds. It changes only here, by a reseller's answer. An answer is
 * applied to a row only where it still is as it was when the command left; what a person changed
 * meanwhile wins and becomes a wish, or is sent again.
 */
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

export interface AnswerScope {
  interfaceId: number;
  performanceId: number;
  /** The contingent that the command named. */
  contingentId: number;
  /** Null: a person did it. */
  runId: number | null;
  at: Date;
}

export interface SentSeat {
  seatId: number;
  /** The category under which it was sent. */
  seatCategoryId: number;
}

/**
 * Seats that the reseller holds now join the allotment. A seat that was blocked while the command
 * travelled is in the reseller's hands all the same: the block becomes a wish. One that the
 * reseller sold meanwhile only learns under what it was sent. Answers how many joined.
 *
 * @param seats in key order.
 */
export async function joinAllotment(
  tx: Tx,
  ids: IdSource,
  scope: AnswerScope,
  seats: readonly SentSeat[],
  kind: 'allotted' | 'adopted' = 'allotted',
): Promise<number> {
  if (seats.length === 0) return 0;
  const movementIds = await ids.take(seats.length, tx);
  return tx.execute(
    `with joined as (
       insert into performance_seat as ps
         (organisation_id, performance_id, seat_id, seat_category_id)
       select $1::int, $2::bigint, t.seat_id, t.category_id
       from unnest($5::bigint[], $6::bigint[]) as t (seat_id, category_id)
       on conflict (organisation_id, performance_id, seat_id)
       do update set interface_id = $3, sent_category_id = excluded.seat_category_id,
         sent_contingent_id = $4, refused_at = null, refused_reason = null,
         state = case ps.state when 'blocked' then 'free' else ps.state end,
         wish = case ps.state when 'blocked' then 'block' end,
         wish_at = case ps.state when 'blocked' then $9::timestamptz end
       where (ps.interface_id is null and ps.state in ('free', 'blocked'))
         or (ps.interface_id = $3 and ps.state = 'sold' and ps.sent_category_id is null)
       returning ps.seat_id, ps.state)
     insert into movement (organisation_id, id, kind, performance_id, seat_id, contingent_id,
       interface_id, quantity, run_id, at)
     select $1::int, ($7::bigint[])[row_number() over ()], $10, $2::bigint, seat_id,
       $4::bigint, $3::bigint, 1, $8::bigint, $9::timestamptz
     from joined where state = 'free'`,
    [
      tx.organisationId,
      scope.performanceId,
      scope.interfaceId,
      scope.contingentId,
      seats.map((seat) => seat.seatId),
      seats.map((seat) => seat.seatCategoryId),
      movementIds,
      scope.runId,
      scope.at.toISOString(),
      kind,
    ],
  );
}

/** Remembers refusals: these seats are not sent again until something of them changes. */
export async function noteRefusals(
  tx: Tx,
  scope: AnswerScope,
  seats: readonly { seatId: number; reason: string | null }[],
): Promise<void> {
  if (seats.length === 0) return;
  // A seat that went to another contingent or category meanwhile was not refused under that one.
  await tx.execute(
    `insert into performance_seat as ps
       (organisation_id, performance_id, seat_id, seat_category_id, refused_reason)
     select $1::int, $2::bigint, t.seat_id, 0, t.reason
     from unnest($4::bigint[], $5::text[]) as t (seat_id, reason)
     on conflict (organisation_id, performance_id, seat_id)
     do update set refused_at = $6, refused_reason = excluded.refused_reason
     where ps.interface_id is null and ps.contingent_id = $3`,
    [
      tx.organisationId,
      scope.performanceId,
      scope.contingentId,
      seats.map((seat) => seat.seatId),
      seats.map((seat) => seat.reason),
      scope.at.toISOString(),
    ],
  );
}

/** A seat that came back, and where it is now. */
export interface ReturnedSeat {
  seatId: number;
  /** The wish that was fulfilled; null: its category changed, or its contingent by other ways. */
  wish: 'contingent' | 'block' | 'take_back' | 'own_sale' | null;
  contingentId: number | null;
  /** What it is now. */
  state: 'free' | 'sold' | 'held' | 'blocked';
  /** The venue's, where it sold, held or blocked the seat for itself. */
  ownReference: string | null;
}

const MOVEMENT_OF_WISH = `case wish when 'contingent' then 'moved' else state end`;

/**
 * Seats that the reseller gave back leave the allotment, and each wish applies its target in the
 * same statement: another contingent, a block, the venue's own sale under its reference, or the
 * house stock (in no contingent, else the next export would hand a seat over again that a person
 * has just taken back). The wish counts as it is now: one that was dropped while the command
 * travelled has no effect.
 *
 * @param seatIds in key order.
 */
export async function leaveAllotment(
  tx: Tx,
  ids: IdSource,
  scope: AnswerScope,
  seatIds: readonly number[],
): Promise<ReturnedSeat[]> {
  if (seatIds.length === 0) return [];
  const before = await tx.query<WishedSeat>(
    `select ps.* from unnest($4::bigint[]) as t (id)
     cross join lateral (
       select seat_id as "seatId", wish, wish_contingent_id as "targetId",
              contingent_id as "contingentId", wish_state as "wishState",
              wish_reference as "wishReference"
       from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = t.id
         and ps.interface_id = $3 and ps.state = 'free'
       for no key update offset 0) ps`,
    [tx.organisationId, scope.performanceId, scope.interfaceId, seatIds],
  );
  const returned = before.map(targetOf);
  await writeReturns(tx, ids, scope, returned);
  return returned;
}

interface WishedSeat extends Pick<ReturnedSeat, 'seatId' | 'wish' | 'contingentId'> {
  targetId: number | null;
  wishState: 'sold' | 'held' | 'blocked' | null;
  wishReference: string | null;
}

function targetOf(seat: WishedSeat): ReturnedSeat {
  const { seatId, wish, contingentId } = seat;
  const free = { seatId, wish, contingentId, state: 'free', ownReference: null } as const;
  switch (wish) {
    case 'contingent':
      return { ...free, contingentId: seat.targetId };
    case 'block':
      return { ...free, state: 'blocked' };
    case 'own_sale':
      return { ...free, state: seat.wishState ?? 'held', ownReference: seat.wishReference };
    case 'take_back':
      return { ...free, contingentId: null };
    case null:
      return free;
  }
}

async function writeReturns(
  tx: Tx,
  ids: IdSource,
  scope: AnswerScope,
  returned: readonly ReturnedSeat[],
): Promise<void> {
  if (returned.length === 0) return;
  const movementIds = await ids.take(2 * returned.length, tx);
  await tx.execute(
    `with back as (
       select * from unnest($5::bigint[], $6::text[], $7::bigint[], $11::text[], $12::text[])
         as t (seat_id, wish, contingent_id, state, reference)),
     returned as (
       insert into performance_seat as ps
         (organisation_id, performance_id, seat_id, seat_category_id, contingent_id, state,
          own_reference)
       select $1::int, $2::bigint, seat_id, 0, contingent_id, state, reference
       from back
       on conflict (organisation_id, performance_id, seat_id)
       do update set interface_id = null, sent_category_id = null, sent_contingent_id = null,
         contingent_id = excluded.contingent_id, state = excluded.state,
         own_reference = excluded.own_reference, wish = null, wish_contingent_id = null,
         wish_by = null, wish_at = null, wish_reference = null, wish_state = null,
         refused_at = null, refused_reason = null),
     moved as (
       select 'taken_back' as kind, seat_id, $4::bigint as contingent_id, $3::bigint as interface_id
       from back
       union all
       select ${MOVEMENT_OF_WISH}, seat_id, contingent_id, null
       from back where wish in ('contingent', 'block', 'own_sale'))
     insert into movement (organisation_id, id, kind, performance_id, seat_id, contingent_id,
       interface_id, quantity, run_id, at)
     select $1::int, ($8::bigint[])[row_number() over ()], kind, $2::bigint, seat_id,
       contingent_id, interface_id, 1, $9::bigint, $10::timestamptz
     from moved`,
    [
      tx.organisationId,
      scope.performanceId,
      scope.interfaceId,
      scope.contingentId,
      returned.map((seat) => seat.seatId),
      returned.map((seat) => seat.wish),
      returned.map((seat) => seat.contingentId),
      movementIds,
      scope.runId,
      scope.at.toISOString(),
      returned.map((seat) => seat.state),
      returned.map((seat) => seat.ownReference),
    ],
  );
}
