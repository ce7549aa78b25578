/**
 * Writes a planned house, table by table and set by set. Rows travel as JSON and become rows of
 * their table on the server; the seats of performances are made there from their configuration.
 */

import { HOUSE_TABLES, TABLE_NAMES } from '../domain/house/house-tables.ts';
import type { HousePlan } from '../domain/house/plan-house.ts';
import type { TableName } from '../domain/house/rows.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

const ROWS_PER_STATEMENT = 5_000;

export interface WriteOptions {
  /** ISO instant. */
  now: string;
  author: string;
  /** Sealed secrets by interface id, placeholders included. */
  sealed: ReadonlyMap<number, Uint8Array>;
}

/** Real ids for the plan's placeholders. */
export type IdOf = (id: number) => number;

export async function takeIds(tx: Tx, ids: IdSource, plan: HousePlan): Promise<IdOf> {
  const taken = await ids.take(plan.newRows, tx);
  return (id) => (id < 0 ? (taken[-id - 1] ?? id) : id);
}

/** Writes every table of the house but the seats of configurations and performances. */
export async function writeHouseRows(
  tx: Tx,
  plan: HousePlan,
  idOf: IdOf,
  sealed: ReadonlyMap<number, Uint8Array>,
  at: string,
): Promise<void> {
  for (const table of [...TABLE_NAMES].reverse()) await removeRows(tx, plan, table);
  for (const table of TABLE_NAMES) {
    const { inserts, updates } = plan.changes[table];
    await insertRows(tx, table, inserts as object[], idOf);
    const bySet = Map.groupBy(updates as readonly Update[], ({ changed }) => changed.join());
    for (const group of bySet.values()) await updateRows(tx, table, group, idOf);
  }
  for (const [interfaceId, secrets] of sealed) {
    const { set = [], gone = [] } = plan.secretFields.get(interfaceId) ?? {};
    await tx.execute(
      `update interface
       set secrets = $3, secrets_set_at = (secrets_set_at - $4::text[]) || $5::jsonb
       where organisation_id = $1 and id = $2`,
      [
        tx.organisationId,
        idOf(interfaceId),
        Buffer.from(secrets),
        gone,
        JSON.stringify(Object.fromEntries(set.map((field) => [field, at]))),
      ],
    );
  }
  await updateOrganisation(tx, plan);
}

interface Update {
  row: object;
  changed: string[];
}

/** A row ready to travel: placeholders replaced, also inside a schedule's filters. */
function toJson(row: object, idOf: IdOf): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const isId = column === 'id' || column.endsWith('_id') || column === 'companion_of';
    if (isId && typeof value === 'number') out[column] = idOf(value);
    else if (column === 'filters') out[column] = withIds(value, idOf);
    else out[column] = value;
  }
  return out;
}

function withIds(filters: Record<string, number[]>, idOf: IdOf): Record<string, number[]> {
  return Object.fromEntries(Object.entries(filters).map(([key, ids]) => [key, ids.map(idOf)]));
}

async function insertRows(
  tx: Tx,
  table: TableName,
  rows: readonly object[],
  idOf: IdOf,
): Promise<void> {
  const list = HOUSE_TABLES[table].columns.map((column) => `"${column}"`).join(', ');
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const page = rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => toJson(row, idOf));
    await tx.execute(
      `insert into "${table}" (organisation_id, ${list})
       select $1, ${list} from jsonb_populate_recordset(null::"${table}", $2::jsonb)`,
      [tx.organisationId, JSON.stringify(page)],
    );
  }
}

/** A refusal is forgotten with a change: the reseller may answer otherwise now. */
const ALSO_SET: { readonly [T in TableName]?: string } = {
  contingent_quota: 'refused_at = null, refused_reason = null',
};

async function updateRows(
  tx: Tx,
  table: TableName,
  updates: readonly Update[],
  idOf: IdOf,
): Promise<void> {
  const changed = updates[0]?.changed ?? [];
  const also = ALSO_SET[table];
  const set = changed
    .map((column) => `"${column}" = r."${column}"`)
    .concat(also === undefined ? [] : [also])
    .join(', ');
  const key = HOUSE_TABLES[table].primary.map((column) => `t."${column}" = r."${column}"`);
  for (let start = 0; start < updates.length; start += ROWS_PER_STATEMENT) {
    const page = updates.slice(start, start + ROWS_PER_STATEMENT);
    await tx.execute(
      `update "${table}" t set ${set}
       from jsonb_populate_recordset(null::"${table}", $2::jsonb) r
       where t.organisation_id = $1 and ${key.join(' and ')}`,
      [tx.organisationId, JSON.stringify(page.map(({ row }) => toJson(row, idOf)))],
    );
  }
}

/** What the database keeps beside a removed row and nothing else refers to. */
const LEFTOVERS: { readonly [T in TableName]?: readonly (readonly [string, string])[] } = {
  logical_configuration: [['configuration_seat', 'logical_configuration_id']],
  product: [['sale_step', 'product_id']],
  performance: [
    ['performance_seat', 'performance_id'],
    ['offer', 'performance_id'],
  ],
  interface: [
    ['offer', 'interface_id'],
    ['unseen_value', 'interface_id'],
    ['sale_step', 'interface_id'],
    ['import_cursor', 'interface_id'],
    ['price_announcement', 'interface_id'],
  ],
};

async function removeRows(tx: Tx, plan: HousePlan, table: TableName): Promise<void> {
  const rows = plan.changes[table].removals as readonly object[];
  if (rows.length === 0) return;
  const idList = rows.map((row) => (row as { id?: number }).id ?? 0);
  for (const [child, column] of LEFTOVERS[table] ?? []) {
    await tx.execute(
      `delete from ${child} where organisation_id = $1 and ${column} = any($2::bigint[])`,
      [tx.organisationId, idList],
    );
  }
  const key = HOUSE_TABLES[table].primary.map((column) => `t."${column}" = r."${column}"`);
  await tx.execute(
    `delete from "${table}" t using jsonb_populate_recordset(null::"${table}", $2::jsonb) r
     where t.organisation_id = $1 and ${key.join(' and ')}`,
    [tx.organisationId, JSON.stringify(rows)],
  );
}

async function updateOrganisation(tx: Tx, plan: HousePlan): Promise<void> {
  const columns = Object.keys(plan.organisation);
  if (columns.length === 0) return;
  const set = columns.map((column, index) => `"${column}" = $${index + 2}`).join(', ');
  const values = Object.values(plan.organisation);
  await tx.execute(`update organisation set ${set} where id = $1`, [tx.organisationId, ...values]);
}

export async function raiseCatalogueVersion(tx: Tx): Promise<void> {
  await tx.execute(
    'update organisation set catalogue_version = catalogue_version + 1 where id = $1',
    [tx.organisationId],
  );
}

export async function writeJournal(
  tx: Tx,
  ids: IdSource,
  entry: {
    at: string;
    author: string;
    action: string;
    subject: string;
    before?: unknown;
    after: unknown;
    reason?: string | null;
  },
): Promise<void> {
  const [id] = await ids.take(1, tx);
  await tx.execute(
    `insert into journal (organisation_id, id, at, author, action, subject, after, before, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.organisationId,
      id,
      entry.at,
      entry.author,
      entry.action,
      entry.subject,
      JSON.stringify(entry.after),
      entry.before === undefined ? null : JSON.stringify(entry.before),
      entry.reason ?? null,
    ],
  );
}
