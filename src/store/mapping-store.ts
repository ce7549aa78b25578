/** Mappings of an interface, with their journal, and the queue of values seen without one. */
import type { MappingRow, MappingWord } from '../domain/mapping/mapping-row.ts';
import type { MappingPlan } from '../domain/mapping/plan-changes.ts';
import type { UnseenKey } from '../domain/mapping/unseen.ts';
import { raiseCatalogueVersion } from './catalogue-store.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

export interface StoredMapping extends MappingRow {
  changedAt: string;
  changedBy: string;
}

/** The rows of one interface, in the mapping's order. */
export function loadMappings(tx: Tx, interfaceId: number): Promise<StoredMapping[]> {
  return tx.query<StoredMapping>(
    `select id, word, season_id as "seasonId", ours, external, not_ours as "notOurs", rule,
       changed_at as "changedAt", changed_by as "changedBy"
     from mapping where organisation_id = $1 and interface_id = $2 order by id`,
    [tx.organisationId, interfaceId],
  );
}

/** The reseller's product words that the account's other interfaces know. */
export async function loadProductsElsewhere(
  tx: Tx,
  of: { id: number; resellerAccountId: number },
): Promise<string[]> {
  const rows = await tx.query<{ value: string }>(
    `select distinct unnest(m.external) as value
     from interface i
     join mapping m on m.organisation_id = i.organisation_id and m.interface_id = i.id
     where i.organisation_id = $1 and i.reseller_account_id = $3 and i.id <> $2
       and i.status <> 'archived' and m.word = 'product' and not m.not_ours`,
    [tx.organisationId, of.id, of.resellerAccountId],
  );
  return rows.map(({ value }) => value);
}

/**
 * Makes whoever else changes mappings of this interface wait until the transaction ends: two
 * changes that are each right could together give one value to two of ours.
 */
export async function lockMappings(tx: Tx, interfaceId: number): Promise<void> {
  await tx.query(
    `select id from interface where organisation_id = $1 and id = $2 for no key update`,
    [tx.organisationId, interfaceId],
  );
}

export interface MappingWrite {
  interfaceId: number;
  plan: MappingPlan;
  at: Date;
  author: string;
  reason: string | null;
}

/**
 * Writes a plan that was checked, in the transaction that read its rows under lockMappings. Every
 * row that changes leaves a line in the journal; exports look again at all that they offer.
 */
export async function writeMappings(tx: Tx, ids: IdSource, write: MappingWrite): Promise<void> {
  const { created, updated, removed } = write.plan;
  const fresh = await ids.take(created.length, tx);
  const rows = [
    ...created.map((row, index) => ({ ...row, id: fresh[index] as number })),
    ...updated.map((change) => change.after),
  ];
  if (rows.length === 0 && removed.length === 0) return;
  // Gone first and then anew: two rows that exchange their contents never stand side by side.
  await tx.execute(
    `delete from mapping
     where organisation_id = $1 and interface_id = $2 and id = any($3::bigint[])`,
    [
      tx.organisationId,
      write.interfaceId,
      [...removed.map((row) => row.id), ...updated.map((change) => change.before.id)],
    ],
  );
  await tx.execute(
    `insert into mapping (organisation_id, interface_id, id, word, season_id, ours, external,
       not_ours, rule, changed_at, changed_by)
     select $1, $2, r.id, r.word, r."seasonId", r.ours, r.external, r."notOurs", r.rule, $4, $5
     from jsonb_to_recordset($3::jsonb) as r(id bigint, word text, "seasonId" bigint, ours text,
       external text[], "notOurs" boolean, rule jsonb)`,
    [
      tx.organisationId,
      write.interfaceId,
      JSON.stringify(rows.map((row) => ({ ...contentOf(row), id: row.id }))),
      write.at,
      write.author,
    ],
  );
  await writeJournal(tx, ids, write, rows.slice(0, created.length));
  await raiseCatalogueVersion(tx);
  await raiseOffers(tx, write.interfaceId);
}

/** What a row says, without its id and its trace. */
function contentOf(row: MappingRow) {
  const { word, seasonId, ours, external, notOurs } = row;
  return { word, seasonId, ours, external, notOurs, rule: row.rule ?? null };
}

interface JournalLine {
  action: string;
  row: number;
  before: MappingRow | null;
  after: MappingRow | null;
}

async function writeJournal(
  tx: Tx,
  ids: IdSource,
  write: MappingWrite,
  created: readonly MappingRow[],
): Promise<void> {
  const lines: JournalLine[] = [
    ...write.plan.removed.map((row) => ({
      action: 'mapping.deleted',
      row: row.id,
      before: row,
      after: null,
    })),
    ...write.plan.updated.map(({ before, after }) => ({
      action: 'mapping.changed',
      row: after.id,
      before,
      after,
    })),
    ...created.map((row) => ({
      action: 'mapping.created',
      row: row.id,
      before: null,
      after: row,
    })),
  ];
  const fresh = await ids.take(lines.length, tx);
  const content = (row: MappingRow | null) => (row === null ? null : contentOf(row));
  await tx.execute(
    `insert into journal (organisation_id, id, at, author, action, subject, before, after, reason)
     select $1, r.id, $3, $4, r.action, r.subject, r.before, r.after, $5
     from jsonb_to_recordset($2::jsonb) as r(id bigint, action text, subject text, before jsonb,
       after jsonb)`,
    [
      tx.organisationId,
      JSON.stringify(
        lines.map((line, index) => ({
          id: fresh[index],
          action: line.action,
          subject: `interface:${write.interfaceId}/mapping:${line.row}`,
          before: content(line.before),
          after: content(line.after),
        })),
      ),
      write.at,
      write.author,
      write.reason,
    ],
  );
}

/** In key order, as every writer of offers takes them. */
async function raiseOffers(tx: Tx, interfaceId: number): Promise<void> {
  await tx.execute(
    `with locked as materialized (
       select performance_id from offer where organisation_id = $1 and interface_id = $2
       order by performance_id for update)
     update offer set stock_version = stock_version + 1
     from locked
     where offer.organisation_id = $1 and offer.interface_id = $2
       and offer.performance_id = locked.performance_id`,
    [tx.organisationId, interfaceId],
  );
}

export interface SeenValue extends UnseenKey {
  /** Times it was seen; 1 where not given. */
  count?: number;
  /** Where it was seen: plain values, never a person's name or contact. */
  example: Readonly<Record<string, string | number | null>>;
}

export interface UnseenValue extends UnseenKey {
  seenCount: number;
  firstSeenAt: string;
  lastSeenAt: string;
  example: Record<string, string | number | null>;
}

/** Adds what a batch saw without a mapping to the queue: one statement, whatever the batch. */
export async function recordUnseen(
  tx: Tx,
  interfaceId: number,
  seen: readonly SeenValue[],
  at: Date,
): Promise<void> {
  if (seen.length === 0) return;
  const byKey = new Map<string, SeenValue & { count: number }>();
  for (const value of seen) {
    const key = `${value.word}\n${value.value}\n${value.parent}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { ...value, count: value.count ?? 1 });
    else known.count += value.count ?? 1;
  }
  // Sorted, so that two batches on two interfaces of one account never wait for each other.
  const values = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  await tx.execute(
    `insert into unseen_value (organisation_id, interface_id, word, value, parent, seen_count,
       first_seen_at, last_seen_at, example)
     select $1, $2, r.word, r.value, r.parent, r.count, $8, $8, r.example::jsonb
     from unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
       as r(word, value, parent, count, example)
     on conflict (organisation_id, interface_id, word, value, parent) do update set
       seen_count = unseen_value.seen_count + excluded.seen_count,
       first_seen_at = least(unseen_value.first_seen_at, excluded.first_seen_at),
       last_seen_at = greatest(unseen_value.last_seen_at, excluded.last_seen_at)`,
    [
      tx.organisationId,
      interfaceId,
      values.map((value) => value.word),
      values.map((value) => value.value),
      values.map((value) => value.parent),
      values.map((value) => value.count),
      values.map((value) => JSON.stringify(value.example)),
      at,
    ],
  );
}

/** The queue: the most seen first. */
export function loadUnseen(tx: Tx, interfaceId: number): Promise<UnseenValue[]> {
  return tx.query<UnseenValue>(
    `select word, value, parent, seen_count as "seenCount", first_seen_at as "firstSeenAt",
       last_seen_at as "lastSeenAt", example
     from unseen_value where organisation_id = $1 and interface_id = $2
     order by seen_count desc, word, value, parent`,
    [tx.organisationId, interfaceId],
  );
}

/** Takes entries off the queue; returns how many were there. */
export function removeUnseen(
  tx: Tx,
  interfaceId: number,
  keys: readonly UnseenKey[],
): Promise<number> {
  if (keys.length === 0) return Promise.resolve(0);
  return tx.execute(
    `delete from unseen_value u
     using unnest($3::text[], $4::text[], $5::text[]) as r(word, value, parent)
     where u.organisation_id = $1 and u.interface_id = $2
       and u.word = r.word and u.value = r.value and u.parent = r.parent`,
    [
      tx.organisationId,
      interfaceId,
      keys.map((key) => key.word),
      keys.map((key) => key.value),
      keys.map((key) => key.parent),
    ],
  );
}

/** Names of areas and blocks by their full path, for people who read mappings. */
export async function loadPlaceNames(tx: Tx): Promise<{ path: string[]; name: string }[]> {
  const areas = await tx.query<{ path: string[]; name: string }>(
    `select array[l.code, a.code] as path, a.name
     from area a join layout l on l.organisation_id = a.organisation_id and l.id = a.layout_id
     where a.organisation_id = $1 order by a.id`,
    [tx.organisationId],
  );
  const blocks = await tx.query<{ path: string[]; name: string }>(
    `select array[l.code, a.code, b.code] as path,
       concat_ws(' ', a.name, nullif(b.name, '')) as name
     from block b
     join area a on a.organisation_id = b.organisation_id and a.id = b.area_id
     join layout l on l.organisation_id = a.organisation_id and l.id = a.layout_id
     where b.organisation_id = $1 and b.code <> '' order by b.id`,
    [tx.organisationId],
  );
  return [...areas, ...blocks];
}

export interface PlaceKey {
  /** Parts that the key does not name are null. */
  layout: string | null;
  area: string | null;
  block: string | null;
  row: string;
  number: string | null;
}

/** For each key whether the house has such a row or seat: an indexed look-up in each block. */
export async function findPlaces(tx: Tx, places: readonly PlaceKey[]): Promise<boolean[]> {
  if (places.length === 0) return [];
  const found = await tx.query<{ index: number }>(
    `select p.index::int as index
     from jsonb_to_recordset($2::jsonb) as p(index int, layout text, area text, block text,
       "row" text, number text)
     where exists (
       select from block b
       join area a on a.organisation_id = b.organisation_id and a.id = b.area_id
       join layout l on l.organisation_id = a.organisation_id and l.id = a.layout_id
       cross join lateral (
         select from seat s
         where s.organisation_id = b.organisation_id and s.block_id = b.id and s.row = p.row
           and (p.number is null or s.number = p.number)
         limit 1 offset 0) s
       where b.organisation_id = $1
         and (p.block is null or b.code = p.block) and (p.area is null or a.code = p.area)
         and (p.layout is null or l.code = p.layout))`,
    [tx.organisationId, JSON.stringify(places.map((place, index) => ({ ...place, index })))],
  );
  const indexes = new Set(found.map((row) => row.index));
  return places.map((_, index) => indexes.has(index));
}

/** Tickets looked at to tell what is sold most: the latest, so that the cost stays the same. */
const TICKETS_LOOKED_AT = 5_000;

export interface Usage {
  word: Extract<MappingWord, 'tariff' | 'product' | 'seat_category'>;
  id: number;
  count: number;
}

/** How often the interface's latest tickets have each tariff, product and category. */
export function loadUsage(tx: Tx, interfaceId: number): Promise<Usage[]> {
  return tx.query<Usage>(
    `with latest as materialized (
       select interface_id, tariff_id, product_id, seat_category_id from ticket
       where organisation_id = $1 order by id desc limit ${TICKETS_LOOKED_AT}),
     own as (select * from latest where interface_id = $2)
     select 'tariff' as word, tariff_id as id, count(*) as count from own group by tariff_id
     union all
     select 'product', product_id, count(*) from own group by product_id
     union all
     select 'seat_category', seat_category_id, count(*) from own
     where seat_category_id is not null group by seat_category_id
     order by word, count desc, id`,
    [tx.organisationId, interfaceId],
  );
}
