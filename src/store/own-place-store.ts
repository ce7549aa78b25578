/** The venue's own sales, holds and blocks, of seats and of counted places. */
import type { OwnCounter, OwnKind, OwnSeat, OwnState } from '../domain/house/own-places.ts';
import { ownMovement } from '../domain/house/own-places.ts';
import { seatsInFlight } from './command-store.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';
import { bumpOffers } from './offer-store.ts';

export interface LockedOwnSeat extends OwnSeat {
  contingentId: number | null;
  row: string;
  number: string;
  wheelchair: boolean;
  /** The wheelchair place that this seat accompanies. */
  companionOf: number | null;
}

/** The interface whose reseller has the seat, or may have it already. */
export function holderOf(seat: OwnSeat): number | null {
  return seat.interfaceId ?? seat.inFlightTo;
}

const OWN_SEATS = (locking: string): string => `
  select ps.*, s.*, null as "inFlightTo"
  from unnest($3::bigint[]) as t (id)
  cross join lateral (
    select seat_id as "seatId", state, interface_id as "interfaceId", ticket_id as "ticketId",
           own_reference as "ownReference", contingent_id as "contingentId", wish,
           wish_reference as "wishReference", wish_state as "wishState"
    from performance_seat ps
    where ps.organisation_id = $1 and ps.performance_id = $2 and ps.seat_id = t.id
    ${locking} offset 0) ps
  cross join lateral (
    select row, number, wheelchair, companion_of as "companionOf"
    from seat s where s.organisation_id = $1 and s.id = t.id offset 0) s`;

/**
 * Seats of a performance, locked in key order: a race with an export has one winner. Commands are
 * looked up once the locks are held: an export that was faster has stored its own by then, and a
 * statement that began before would not see it.
 *
 * @param lock false for a simulation: nothing is locked.
 */
export async function lockOwnSeats(
  tx: Tx,
  performanceId: number,
  seatIds: readonly number[],
  lock = true,
): Promise<LockedOwnSeat[]> {
  const sorted = seatIds.toSorted((a, b) => a - b);
  const seats = await tx.query<LockedOwnSeat>(OWN_SEATS(lock ? 'for no key update' : ''), [
    tx.organisationId,
    performanceId,
    sorted,
  ]);
  const travelling = await seatsInFlight(tx, performanceId, sorted);
  const inFlight = new Map(travelling.map((one) => [one.seatId, one.interfaceId]));
  return seats.map((seat) => ({ ...seat, inFlightTo: inFlight.get(seat.seatId) ?? null }));
}

/** Companions of the wheelchair places among the seats, and the places of the companions. */
export async function companionsOf(tx: Tx, seatIds: readonly number[]): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select c.id from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select block_id from seat s
       where s.organisation_id = $1 and s.id = t.id and s.wheelchair offset 0) place
     cross join lateral (
       select id from seat c
       where c.organisation_id = $1 and c.block_id = place.block_id and c.companion_of = t.id
       offset 0) c
     union
     select s.companion_of from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select companion_of from seat s
       where s.organisation_id = $1 and s.id = t.id and s.companion_of is not null offset 0) s`,
    [tx.organisationId, seatIds],
  );
  return rows.map(({ id }) => id);
}

export interface BlockSeat {
  id: number;
  blockId: number;
  row: string;
  number: string;
}

/** All seats of these blocks. */
export function readBlockSeats(tx: Tx, blockIds: readonly number[]): Promise<BlockSeat[]> {
  return tx.query<BlockSeat>(
    `select s.id, s.block_id as "blockId", s.row, s.number
     from unnest($2::bigint[]) as t (id)
     cross join lateral (
       select id, block_id, row, number from seat s
       where s.organisation_id = $1 and s.block_id = t.id offset 0) s`,
    [tx.organisationId, blockIds],
  );
}

export interface OwnChange {
  performanceId: number;
  /** ISO instant. */
  at: string;
}

export interface OwnSeatChange {
  seat: LockedOwnSeat;
  state: OwnState;
  reference: string;
}

/**
 * Writes seats that were locked and decided, each with its movement. The rows exist: `insert … on
 * conflict` always goes through their key.
 */
export async function writeOwnSeats(
  tx: Tx,
  ids: IdSource,
  { performanceId, at }: OwnChange,
  changes: readonly OwnSeatChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const seatIds = changes.map(({ seat }) => seat.seatId);
  await tx.execute(
    `insert into performance_seat as ps
       (organisation_id, performance_id, seat_id, seat_category_id, state, own_reference)
     select $1::int, $2::bigint, t.id, 0, t.state, t.reference
     from unnest($3::bigint[], $4::text[], $5::text[]) as t (id, state, reference)
     on conflict (organisation_id, performance_id, seat_id)
     do update set state = excluded.state, own_reference = excluded.own_reference,
       refused_at = null, refused_reason = null`,
    [
      tx.organisationId,
      performanceId,
      seatIds,
      changes.map(({ state }) => state),
      changes.map(({ state, reference }) => (state === 'free' ? null : reference)),
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
      await ids.take(changes.length, tx),
      changes.map(({ seat, state }) => ownMovement(seat.state, state)),
      seatIds,
      changes.map(({ seat }) => seat.contingentId),
      at,
    ],
  );
  const contingentIds = changes.map(({ seat }) => seat.contingentId);
  await bumpOffers(tx, [{ performanceId, contingentIds }]);
}

/** Seats that a reseller holds are asked back for the venue; state `free` drops what was asked. */
export async function writeOwnWishes(
  tx: Tx,
  { performanceId, at, by }: OwnChange & { by: string },
  changes: readonly OwnSeatChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const asked = (change: OwnSeatChange): boolean => change.state !== 'free';
  await tx.execute(
    `insert into performance_seat as ps
       (organisation_id, performance_id, seat_id, seat_category_id, wish_reference, wish_state)
     select $1::int, $2::bigint, t.id, 0, t.reference, t.state
     from unnest($3::bigint[], $4::text[], $5::text[]) as t (id, state, reference)
     on conflict (organisation_id, performance_id, seat_id)
     do update set wish_reference = excluded.wish_reference, wish_state = excluded.wish_state,
       wish = case when excluded.wish_state is null then null else 'own_sale' end,
       wish_contingent_id = null,
       wish_by = case when excluded.wish_state is null then null else $6 end,
       wish_at = case when excluded.wish_state is null then null else $7::timestamptz end`,
    [
      tx.organisationId,
      performanceId,
      changes.map(({ seat }) => seat.seatId),
      changes.map((change) => (asked(change) ? change.state : null)),
      changes.map((change) => (asked(change) ? change.reference : null)),
      by,
      at,
    ],
  );
  const interfaceIds = changes.map(({ seat }) => seat.interfaceId);
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds }]);
}

export interface LockedCounter extends OwnCounter {
  performanceId: number | null;
  /** What each of the references has of it now. */
  claims: { reference: string; kind: OwnKind; quantity: number }[];
}

/** @param lock false for a simulation: nothing is locked. */
export async function lockOwnCounter(
  tx: Tx,
  counterId: number,
  references: readonly string[],
  lock = true,
): Promise<LockedCounter> {
  const [row] = await tx.query<Omit<LockedCounter, 'claims' | 'quotas'>>(
    `select capacity, sold, held, blocked, performance_id as "performanceId"
     from counter where organisation_id = $1 and id = $2 ${lock ? 'for no key update' : ''}`,
    [tx.organisationId, counterId],
  );
  if (row === undefined) throw new Error(`The counter ${counterId} was planned and is gone.`);
  const quotas = await tx.query<LockedCounter['quotas'][number]>(
    `select quota, sold, held, allotted from contingent_quota
     where organisation_id = $1 and counter_id = $2`,
    [tx.organisationId, counterId],
  );
  const claims = await tx.query<LockedCounter['claims'][number]>(
    `select reference, kind, quantity from own_claim
     where organisation_id = $1 and counter_id = $2 and reference = any($3)
       and freed_at is null
     order by reference, kind`,
    [tx.organisationId, counterId, references],
  );
  return { ...row, quotas, claims };
}

/**
 * Locks a performance, before any of its seats or counters: two who take the last place under its
 * gauge wait for each other, and nothing changes in one that is being closed.
 *
 * @param lock false for a simulation: nothing is locked.
 */
export async function lockOwnPerformance(
  tx: Tx,
  performanceId: number | null,
  lock = true,
): Promise<{ isClosed: boolean; gauge: number | null }> {
  const rows = await tx.query<{ isClosed: boolean; gauge: number | null }>(
    `select state = 'closed' as "isClosed", gauge from performance
     where organisation_id = $1 and id = $2 ${lock ? 'for no key update' : ''}`,
    [tx.organisationId, performanceId],
  );
  return rows[0] ?? { isClosed: false, gauge: null };
}

/** The performance of a zone's counter; null: a pass, or no counter. */
export async function performanceOfCounter(tx: Tx, counterId: number): Promise<number | null> {
  const rows = await tx.query<{ performanceId: number | null }>(
    `select performance_id as "performanceId" from counter where organisation_id = $1 and id = $2`,
    [tx.organisationId, counterId],
  );
  return rows[0]?.performanceId ?? null;
}

/**
 * Places that a performance's safety gauge leaves beyond its contingents and what the venue has
 * outside of them; null: it has no gauge.
 */
export async function gaugeLeft(
  tx: Tx,
  performanceId: number | null,
  gauge: number | null,
): Promise<number | null> {
  if (performanceId === null || gauge === null) return null;
  const [kept] = await tx.query<{ places: number }>(
    `select (seats.kept + zones.kept)::int as places
     from (
       select count(*) as kept from performance_seat
       where organisation_id = $1 and performance_id = $2
         and (contingent_id is not null or state in ('sold', 'held'))) seats,
     lateral (
       select coalesce(sum(c.sold + c.held + shares.unused), 0) as kept
       from counter c
       cross join lateral (
         select coalesce(sum(greatest(quota - sold - held, allotted, 0)), 0) as unused
         from contingent_quota q
         where q.organisation_id = $1 and q.counter_id = c.id offset 0) shares
       where c.organisation_id = $1 and c.performance_id = $2) zones`,
    [tx.organisationId, performanceId],
  );
  return gauge - (kept?.places ?? 0);
}

export interface OwnClaim {
  counterId: number;
  performanceId: number | null;
  reference: string;
  kind: OwnKind;
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
