/**
 * The life of a performance: its row, its former starts, and what a change of its state does to
 * seats, counts, codes and tickets, set by set. Rules: docs/algorithms/performance.md.
 *
 * Locks: the organisation, then the performance `for update`, then seats, counters, offers, codes.
 * Whoever sells or hands over places of a performance holds its row (`holdPerformances`) first.
 */
import type { PerformanceState } from '../domain/catalogue/catalogue.ts';
import type { LifeState } from '../domain/performance/transitions.ts';
import type { Tx } from './database/transaction.ts';
import { lockZoneQuotas } from './quota-store.ts';

export interface PerformanceRecord extends LifeState {
  id: number;
  productId: number;
  productCode: string;
  code: string;
  /** ISO instant. */
  startsAt: string;
  timeZone: string;
  localStart: string;
  aliases: string[];
  logicalConfigurationId: number;
  configurationCode: string;
}

const SELECT_PERFORMANCE = `
  select p.id, p.product_id as "productId", d.code as "productCode", p.code,
         p.starts_at as "startsAt", p.time_zone as "timeZone", p.local_start as "localStart",
         p.logical_configuration_id as "logicalConfigurationId",
         c.code as "configurationCode", p.state, p.suspended_at as "suspendedAt",
         p.cancelled_at as "cancelledAt", p.closed_at as "closedAt",
         array(select local_start from performance_alias a
               where a.organisation_id = p.organisation_id and a.performance_id = p.id
               order by moved_at, local_start) as aliases
  from performance p
  join product d on d.organisation_id = p.organisation_id and d.id = p.product_id
  join logical_configuration c
    on c.organisation_id = p.organisation_id and c.id = p.logical_configuration_id
  where p.organisation_id = $1`;

/** Performances by start; of these ids, or all. */
export function readPerformances(
  tx: Tx,
  ids: readonly number[] | null,
): Promise<PerformanceRecord[]> {
  return tx.query<PerformanceRecord>(
    `${SELECT_PERFORMANCE} and ($2::bigint[] is null or p.id = any($2))
     order by p.starts_at, p.id`,
    [tx.organisationId, ids],
  );
}

/**
 * Locks the house against a house file and the performance against everybody who sells or hands
 * over places of it, and reads it as it is then; null where there is none.
 */
export async function lockPerformance(tx: Tx, id: number): Promise<PerformanceRecord | null> {
  await tx.query('select id from organisation where id = $1 for no key update', [
    tx.organisationId,
  ]);
  await tx.query('select id from performance where organisation_id = $1 and id = $2 for update', [
    tx.organisationId,
    id,
  ]);
  return (await readPerformances(tx, [id]))[0] ?? null;
}

export interface HeldPerformance {
  id: number;
  state: PerformanceState;
  localStart: string;
  logicalConfigurationId: number;
}

/**
 * Holds performances as they are until the transaction ends: nobody cancels, moves or closes one
 * meanwhile. Others may hold them too. Answers them as they are now, by id.
 */
export function holdPerformances(tx: Tx, ids: readonly number[]): Promise<HeldPerformance[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return tx.query<HeldPerformance>(
    `select p.* from unnest($2::bigint[]) as k (id)
     cross join lateral (
       select id, state, local_start as "localStart",
              logical_configuration_id as "logicalConfigurationId"
       from performance p where p.organisation_id = $1 and p.id = k.id
       for key share) p`,
    [tx.organisationId, [...new Set(ids)].sort((a, b) => a - b)],
  );
}

export async function writeLife(tx: Tx, id: number, life: LifeState): Promise<void> {
  await tx.execute(
    `update performance set state = $3, suspended_at = $4, cancelled_at = $5, closed_at = $6
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, life.state, life.suspendedAt, life.cancelledAt, life.closedAt],
  );
}

export interface Move {
  id: number;
  formerStart: string;
  startsAt: string;
  localStart: string;
  logicalConfigurationId: number;
  at: Date;
}

/** Writes start and hall; the former start stays as an alias, and the new one is none. */
export async function writeMove(tx: Tx, move: Move): Promise<void> {
  const { id, formerStart, startsAt, localStart, logicalConfigurationId, at } = move;
  await tx.execute(
    `update performance set starts_at = $3, local_start = $4, logical_configuration_id = $5
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, startsAt, localStart, logicalConfigurationId],
  );
  if (formerStart === localStart) return;
  await tx.execute(
    `delete from performance_alias
     where organisation_id = $1 and performance_id = $2 and local_start = $3`,
    [tx.organisationId, id, localStart],
  );
  await tx.execute(
    `insert into performance_alias (organisation_id, performance_id, local_start, moved_at)
     values ($1, $2, $3, $4)
     on conflict (organisation_id, performance_id, local_start) do nothing`,
    [tx.organisationId, id, formerStart, at.toISOString()],
  );
}

/** Open cases sort by the start of what they touch: it follows performances that moved. */
export async function followStarts(tx: Tx, performanceIds: readonly number[]): Promise<void> {
  if (performanceIds.length === 0) return;
  await tx.execute(
    `update quarantine q set due_at = p.starts_at
     from performance p
     where p.organisation_id = $1 and p.id = any($2::bigint[])
       and q.organisation_id = $1 and q.performance_id = p.id and q.settled_at is null
       and q.due_at is distinct from p.starts_at`,
    [tx.organisationId, performanceIds],
  );
}

/** What a reseller holds unsold of a performance, per interface. */
export interface OnSale {
  interfaceId: number;
  seats: number;
  /** Counted places. */
  places: number;
  /** Of both, how many are asked back already. */
  askedBack: number;
}

export function readOnSale(tx: Tx, performanceId: number): Promise<OnSale[]> {
  return tx.query<OnSale>(
    `select "interfaceId", sum(seats)::int as seats, sum(places)::int as places,
            sum(asked)::int as "askedBack"
     from (
       select interface_id as "interfaceId", count(*) as seats, 0 as places,
              count(*) filter (where wish is not null) as asked
       from performance_seat
       where organisation_id = $1 and performance_id = $2 and interface_id is not null
         and state = 'free'
       group by interface_id
       union all
       select q.interface_id, 0, sum(q.allotted), sum(least(q.allotted, q.wish_take_back))
       from counter c
       join contingent_quota q on q.organisation_id = c.organisation_id and q.counter_id = c.id
       where c.organisation_id = $1 and c.performance_id = $2 and q.allotted > 0
       group by q.interface_id) held
     group by 1 order by 1`,
    [tx.organisationId, performanceId],
  );
}

export interface WishBack {
  performanceId: number;
  /** Only what this interface's reseller holds; null: every one. */
  interfaceId: number | null;
  by: string;
  at: Date;
  /**
   * Sold places too: what the reseller cancels later is asked back then. For a performance that
   * nobody will see. Not those of re-seated tickets: no reseller was ever sent these.
   */
  alsoSold: boolean;
}

/**
 * Puts the wish to have every unsold place back. A wish that stands stays as it is: it brings its
 * seat back too. Answers how many unsold places are newly asked back, per interface.
 */
export async function wishAllBack(tx: Tx, wish: WishBack): Promise<Map<number, number>> {
  const { performanceId, interfaceId, by, at, alsoSold } = wish;
  const asked = new Map<number, number>();
  const add = (rows: readonly { interfaceId: number; count: number }[]): void => {
    for (const row of rows)
      asked.set(row.interfaceId, (asked.get(row.interfaceId) ?? 0) + row.count);
  };
  add(
    await tx.query(
      `with k as materialized (
         select seat_id from performance_seat
         where organisation_id = $1 and performance_id = $2 and wish is null
           and interface_id is not null and ($3::bigint is null or interface_id = $3)
           and (state = 'free' or ($6 and state = 'sold' and sent_category_id is not null))
         order by seat_id for no key update),
       changed as (
         insert into performance_seat as ps
           (organisation_id, performance_id, seat_id, seat_category_id)
         select $1::int, $2::bigint, seat_id, 0 from k
         on conflict (organisation_id, performance_id, seat_id)
         do update set wish = 'take_back', wish_contingent_id = null, wish_by = $4,
           wish_at = $5::timestamptz
         returning ps.interface_id, ps.state)
       select interface_id as "interfaceId", count(*) filter (where state = 'free')::int as count
       from changed group by 1 order by 1`,
      [tx.organisationId, performanceId, interfaceId, by, at.toISOString(), alsoSold],
    ),
  );
  await lockZoneQuotas(tx, performanceId, []);
  add(
    await tx.query(
      `with own as (
         select q.counter_id, q.contingent_id, q.allotted, q.wish_take_back,
                q.allotted + case when $6 then q.sold else 0 end as wanted
         from counter c
         join contingent_quota q on q.organisation_id = c.organisation_id and q.counter_id = c.id
         where c.organisation_id = $1 and c.performance_id = $2 and c.kind = 'zone'
           and ($3::bigint is null or q.interface_id = $3)),
       changed as (
         update contingent_quota q
         set wish_take_back = own.wanted, wish_by = $4, wish_at = $5::timestamptz
         from own
         where q.organisation_id = $1 and q.counter_id = own.counter_id
           and q.contingent_id = own.contingent_id and own.wanted > own.wish_take_back
         returning q.interface_id, own.allotted - least(own.allotted, own.wish_take_back) as count)
       select interface_id as "interfaceId", sum(count)::int as count
       from changed where interface_id is not null group by 1 order by 1`,
      [tx.organisationId, performanceId, interfaceId, by, at.toISOString(), alsoSold],
    ),
  );
  for (const [id, count] of asked) if (count === 0) asked.delete(id);
  return asked;
}

/** Every contingent of the house: a performance's new state touches whatever is offered of it. */
export async function allContingents(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    'select id from contingent where organisation_id = $1 order by id',
    [tx.organisationId],
  );
  return rows.map(({ id }) => id);
}
