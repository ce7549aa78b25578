/** The venue's own sales, holds and blocks, of seats and of counted places. */
import type { OwnCounter, OwnSeat, OwnState } from '../domain/house/own-places.ts';
import { ownMovement } from '../domain/house/own-places.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';
import { bumpOffers } from './offer-store.ts';

export interface LockedOwnSeat extends OwnSeat {
  contingentId: number | null;
  row: string;
  number: string;
}

/** Seats of a performance, locked in key order: a race with an export has one winner. */
export function lockOwnSeats(
  tx: Tx,
  performanceId: number,
  seatIds: readonly number[],
): Promise<LockedOwnSeat[]> {
  const sorted = seatIds.toSorted((a, b) => a - b);
  return tx.query<LockedOwnSeat>(
    `select ps.*, s.row, s.number, exists (
       select 1 from command c
       join command_item i on i.organisation_id = $1 and i.command_id = c.id
       where c.organisation_id = $1 and c.performance_id = $2
         and c.state in ('stored', 'unknown') and i.seat_id = t.id) as "inFlight"
     from unnest($3::bigint[]) as t (id)
     cross join lateral (
       select seat_id as "seatId", state, interface_id as "interfaceId", ticket_id as "ticketId",
              own_reference as "ownReference", contingent_id as "contingentId"
       from performance_seat ps
       where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = t.id
       for no key update offset 0) ps
     cross join lateral (
       select row, number from seat s where s.organisation_id = $1 and s.id = t.id offset 0) s`,
    [tx.organisationId, performanceId, `{${sorted.join(',')}}`],
  );
}

export interface OwnChange {
  performanceId: number;
  state: OwnState;
  reference: string;
  /** ISO instant. */
  at: string;
}

/** Writes seats that were locked and decided, each with its movement. */
export async function writeOwnSeats(
  tx: Tx,
  ids: IdSource,
  change: OwnChange,
  seats: readonly LockedOwnSeat[],
): Promise<void> {
  if (seats.length === 0) return;
  const { performanceId, state, reference, at } = change;
  await tx.execute(
    `update performance_seat ps
     set state = $4, own_reference = $5, refused_at = null, refused_reason = null
     from unnest($3::bigint[]) as t (id)
     where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = t.id`,
    [
      tx.organisationId,
      performanceId,
      seats.map(({ seatId }) => seatId),
      state,
      state === 'free' ? null : reference,
    ],
  );
  await tx.execute(
    `insert into movement
       (organisation_id, id, kind, performance_id, seat_id, contingent_id, quantity, at)
     select $1, t.id, t.kind, $2, t.seat_id, t.contingent_id, 1, $7::timestamptz
     from unnest($3::bigint[], $4::text[], $5::bigint[], $6::bigint[])
       as t (id, kind, seat_id, contingent_id)`,
    [
      tx.organisationId,
      performanceId,
      await ids.take(seats.length, tx),
      seats.map((seat) => ownMovement(seat.state, state)),
      seats.map(({ seatId }) => seatId),
      seats.map(({ contingentId }) => contingentId),
      at,
    ],
  );
  const contingentIds = seats.map(({ contingentId }) => contingentId);
  await bumpOffers(tx, [{ performanceId, contingentIds }]);
}

export interface LockedCounter extends OwnCounter {
  performanceId: number | null;
  /** What the reference has of it now. */
  claims: { kind: 'sold' | 'held' | 'blocked'; quantity: number }[];
}

export async function lockOwnCounter(
  tx: Tx,
  counterId: number,
  reference: string,
): Promise<LockedCounter> {
  const [row] = await tx.query<Omit<LockedCounter, 'claims' | 'quotas'>>(
    `select capacity, sold, held, blocked, performance_id as "performanceId"
     from counter where organisation_id = $1 and id = $2 for no key update`,
    [tx.organisationId, counterId],
  );
  if (row === undefined) throw new Error(`The counter ${counterId} was planned and is gone.`);
  const quotas = await tx.query<LockedCounter['quotas'][number]>(
    `select quota, sold, held from contingent_quota
     where organisation_id = $1 and counter_id = $2`,
    [tx.organisationId, counterId],
  );
  const claims = await tx.query<LockedCounter['claims'][number]>(
    `select kind, quantity from own_claim
     where organisation_id = $1 and counter_id = $2 and reference = $3 and freed_at is null
     order by kind`,
    [tx.organisationId, counterId, reference],
  );
  return { ...row, quotas, claims };
}

export interface OwnClaim {
  counterId: number;
  performanceId: number | null;
  reference: string;
  kind: 'sold' | 'held' | 'blocked';
  before: number;
  after: number;
  at: string;
}

/** Sets what a reference has of a counter; the counter and a movement follow. */
export async function writeOwnClaim(tx: Tx, ids: IdSource, claim: OwnClaim): Promise<void> {
  const { counterId, performanceId, reference, kind, before, after, at } = claim;
  const [claimId, movementId] = await ids.take(2, tx);
  if (after > 0) {
    await tx.execute(
      `insert into own_claim
         (organisation_id, id, counter_id, kind, quantity, reference, made_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (organisation_id, counter_id, reference, kind)
       do update set quantity = excluded.quantity, made_at = excluded.made_at, freed_at = null`,
      [tx.organisationId, claimId, counterId, kind, after, reference, at],
    );
  } else {
    await tx.execute(
      `update own_claim set freed_at = $5
       where organisation_id = $1 and counter_id = $2 and reference = $3 and kind = $4`,
      [tx.organisationId, counterId, reference, kind, at],
    );
  }
  await tx.execute(
    `update counter set ${kind} = ${kind} + $3 where organisation_id = $1 and id = $2`,
    [tx.organisationId, counterId, after - before],
  );
  const movement = after > before ? kind : ownMovement(kind, 'free');
  await tx.execute(
    `insert into movement
       (organisation_id, id, kind, performance_id, counter_id, quantity, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      tx.organisationId,
      movementId,
      movement,
      performanceId,
      counterId,
      Math.abs(after - before),
      at,
    ],
  );
}

/** Seats that the venue has itself, for an export of the house. */
export function readOwnSeats(
  tx: Tx,
): Promise<{ performanceId: number; state: OwnState; reference: string; seatIds: number[] }[]> {
  return tx.query(
    `select performance_id as "performanceId", state, own_reference as reference,
            array_agg(seat_id order by seat_id) as "seatIds"
     from performance_seat
     where organisation_id = $1 and own_reference is not null
     group by 1, 2, 3 order by 1, 3, 2`,
    [tx.organisationId],
  );
}

export function readOwnClaims(
  tx: Tx,
): Promise<{ counterId: number; state: OwnState; reference: string; quantity: number }[]> {
  return tx.query(
    `select counter_id as "counterId", kind as state, reference, quantity
     from own_claim where organisation_id = $1 and freed_at is null
     order by counter_id, reference, kind`,
    [tx.organisationId],
  );
}
