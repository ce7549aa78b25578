/** Seats of configurations and of performances, as a house file changes them: set by set. */
import type { StockChanges } from '../domain/house/context.ts';
import { RetryableConflict } from './database/errors.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';
import type { IdOf } from './house-writer.ts';
import type { OfferChange } from './offer-store.ts';

const SEATS_PER_STATEMENT = 20_000;
const ROWS_PER_FILL = 100_000;

const literal = (ids: readonly number[]) => `{${ids.join(',')}}`;

function pages<T>(items: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    out.push(items.slice(start, start + size));
  return out;
}

export async function writeConfigurationSeats(
  tx: Tx,
  changes: StockChanges['configurationSeats'],
  idOf: IdOf,
): Promise<void> {
  for (const { configurationId, categoryId, seatIds } of changes) {
    for (const page of pages(seatIds.map(idOf), SEATS_PER_STATEMENT)) {
      const params = [tx.organisationId, idOf(configurationId), literal(page)];
      if (categoryId === null) {
        await tx.execute(
          `delete from configuration_seat
           where organisation_id = $1 and logical_configuration_id = $2
             and seat_id = any($3::bigint[])`,
          params,
        );
        continue;
      }
      await tx.execute(
        `insert into configuration_seat
           (organisation_id, logical_configuration_id, seat_id, seat_category_id)
         select $1, $2, seat_id, $4 from unnest($3::bigint[]) as t (seat_id)
         on conflict (organisation_id, logical_configuration_id, seat_id)
         do update set seat_category_id = excluded.seat_category_id`,
        [...params, idOf(categoryId)],
      );
    }
  }
}

/** Performances that get seats, by configuration, and the contingents of those seats. */
interface Filling {
  configurationId: number;
  performanceIds: number[];
  /** Contingent per seat; seats that are absent are in none. */
  contingents: Map<number, number>;
}

/** Makes the seats of performances from their configuration; those that exist stay. */
async function fill(tx: Tx, filling: Filling): Promise<number> {
  const seatIds = [...filling.contingents.keys()];
  const contingentIds = [...filling.contingents.values()];
  const [size] = await tx.query<{ seats: number }>(
    `select count(*) as seats from configuration_seat
     where organisation_id = $1 and logical_configuration_id = $2`,
    [tx.organisationId, filling.configurationId],
  );
  const each = Math.max(1, Math.floor(ROWS_PER_FILL / Math.max(1, size?.seats ?? 1)));
  let made = 0;
  for (const page of pages(filling.performanceIds, each)) {
    made += await tx.execute(
      `insert into performance_seat
         (organisation_id, performance_id, seat_id, seat_category_id, contingent_id)
       select $1, p.id, cs.seat_id, cs.seat_category_id, t.contingent_id
       from unnest($2::bigint[]) as p (id)
       cross join configuration_seat cs
       left join unnest($4::bigint[], $5::bigint[]) as t (seat_id, contingent_id)
         on t.seat_id = cs.seat_id
       where cs.organisation_id = $1 and cs.logical_configuration_id = $3
       on conflict (organisation_id, performance_id, seat_id) do nothing`,
      [
        tx.organisationId,
        literal(page),
        filling.configurationId,
        literal(seatIds),
        literal(contingentIds),
      ],
    );
  }
  return made;
}

/** Builds seats of new (and newly configured) performances and of those that gain seats. */
export async function buildPerformanceSeats(
  tx: Tx,
  ids: IdSource,
  stock: StockChanges,
  idOf: IdOf,
  at: string,
): Promise<OfferChange[]> {
  const rebuilt = stock.rebuilt.map(idOf);
  await clearRebuilt(
    tx,
    stock.rebuilt.filter((id) => id > 0),
  );
  const changed = [...new Set(stock.configurationSeats.map((one) => idOf(one.configurationId)))];
  const named = stock.initial.flatMap(({ performanceIds }) => performanceIds.map(idOf));
  const rows = await tx.query<{ id: number; configurationId: number }>(
    `select id, logical_configuration_id as "configurationId" from performance
     where organisation_id = $1
       and (id = any($2::bigint[])
         or (logical_configuration_id = any($3::bigint[]) and state <> 'closed'))`,
    [tx.organisationId, literal([...new Set([...rebuilt, ...named])]), literal(changed)],
  );
  const contingents = new Map<number, StockChanges['initial']>();
  for (const one of stock.initial) {
    for (const id of one.performanceIds.map(idOf)) {
      const list = contingents.get(id) ?? [];
      list.push(one);
      contingents.set(id, list);
    }
  }
  // Performances with the same seats in the same contingents are made by one statement.
  const groups = Map.groupBy(rows, ({ id, configurationId }) => {
    const lists = (contingents.get(id) ?? []).map((one) => stock.initial.indexOf(one));
    return `${configurationId}:${lists.join(',')}`;
  });
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const map = new Map<number, number>();
    for (const one of contingents.get(first.id) ?? []) {
      for (const seatId of one.seatIds) map.set(idOf(seatId), idOf(one.contingentId));
    }
    const performanceIds = group.map(({ id }) => id);
    await fill(tx, { configurationId: first.configurationId, performanceIds, contingents: map });
  }
  await traceInitial(tx, ids, stock.initial, idOf, at);
  return stock.initial.flatMap(({ performanceIds, contingentId }) =>
    performanceIds.map((id) => ({
      performanceId: idOf(id),
      contingentIds: [idOf(contingentId)],
    })),
  );
}

/** Takes the former seats of performances away; a sale or an export meanwhile has won. */
async function clearRebuilt(tx: Tx, performanceIds: readonly number[]): Promise<void> {
  if (performanceIds.length === 0) return;
  const params = [tx.organisationId, literal(performanceIds)];
  await tx.execute(
    `delete from performance_seat
     where organisation_id = $1 and performance_id = any($2::bigint[])
       and state = 'free' and interface_id is null`,
    params,
  );
  const left = await tx.query(
    `select 1 from performance_seat
     where organisation_id = $1 and performance_id = any($2::bigint[]) limit 1`,
    params,
  );
  if (left.length === 0) return;
  throw new RetryableConflict(
    '40001',
    'A seat of the performance was sold or handed over meanwhile.',
  );
}

/** One movement per performance and contingent: its seats are its first, none moved singly. */
async function traceInitial(
  tx: Tx,
  ids: IdSource,
  initial: StockChanges['initial'],
  idOf: IdOf,
  at: string,
): Promise<void> {
  const rows = initial.flatMap(({ performanceIds, contingentId, seatIds }) =>
    performanceIds.map((performanceId) => ({
      performance_id: idOf(performanceId),
      contingent_id: idOf(contingentId),
      quantity: seatIds.length,
      at,
      kind: 'moved',
    })),
  );
  if (rows.length === 0) return;
  const taken = await ids.take(rows.length, tx);
  const withIds = rows.map((row, index) => ({ ...row, id: taken[index] }));
  await tx.execute(
    `insert into movement
       (organisation_id, id, kind, performance_id, contingent_id, quantity, at)
     select $1, id, kind, performance_id, contingent_id, quantity, at
     from jsonb_populate_recordset(null::movement, $2::jsonb)`,
    [tx.organisationId, JSON.stringify(withIds)],
  );
}

/** Categories that changed reach every performance of the configuration that is not closed. */
export async function spreadCategories(
  tx: Tx,
  changes: StockChanges['configurationSeats'],
  idOf: IdOf,
): Promise<OfferChange[]> {
  const touched: OfferChange[] = [];
  for (const { configurationId, categoryId, seatIds } of changes) {
    for (const page of pages(seatIds.map(idOf), SEATS_PER_STATEMENT)) {
      const params = [tx.organisationId, idOf(configurationId), literal(page)];
      const where = `
        ps.organisation_id = $1 and ps.seat_id = any($3::bigint[])
        and ps.performance_id in (
          select id from performance where organisation_id = $1
            and logical_configuration_id = $2 and state <> 'closed')`;
      const statement =
        categoryId === null
          ? `delete from performance_seat ps where ${where}
               and ps.state = 'free' and ps.interface_id is null`
          : `update performance_seat ps
             set seat_category_id = $4, refused_at = null, refused_reason = null
             where ${where} and ps.seat_category_id <> $4 and ps.state <> 'sold'`;
      const rows = await tx.query<{
        performanceId: number;
        contingentId: number;
        interfaceId: number;
      }>(
        `with changed as (${statement}
           returning ps.performance_id, ps.contingent_id, ps.interface_id)
         select distinct performance_id as "performanceId", contingent_id as "contingentId",
                interface_id as "interfaceId" from changed`,
        categoryId === null ? params : [...params, idOf(categoryId)],
      );
      for (const { performanceId, contingentId, interfaceId } of rows) {
        touched.push({
          performanceId,
          contingentIds: [contingentId],
          interfaceIds: [interfaceId],
        });
      }
    }
  }
  return touched;
}
