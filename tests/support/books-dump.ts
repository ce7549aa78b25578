/**
 * Everything an organisation has in the database, as text to compare: as it is, or with ids and
 * instants of processing made alike, so that two databases that went different ways can be equal.
 */
import { createHash } from 'node:crypto';
import type { Database } from '../../src/store/database/database.ts';
import type { Tx } from '../../src/store/database/transaction.ts';

export type Dump = Readonly<Record<string, readonly string[]>>;

/** The log of runs: it may and must grow with each run. */
const LOG = new Set(['run', 'run_line', 'wire_call']);
/** Columns of the account's lease: each run takes it. */
const LEASE = ['lease_run_id', 'lease_attempt', 'lease_until', 'lease_holder'];

type Row = Record<string, unknown>;

/** Every row of every table but the log's, and the account without its lease. */
export async function dumpBooks(database: Database, organisationId: number): Promise<Dump> {
  const tables = await readTables(database, organisationId);
  const dump: Record<string, string[]> = {};
  for (const [table, rows] of tables) {
    if (LOG.has(table)) continue;
    dump[table] = rows
      .map((row) => {
        const kept = { ...row };
        if (table === 'reseller_account') for (const column of LEASE) delete kept[column];
        return JSON.stringify(kept);
      })
      .sort();
  }
  return dump;
}

/** When something was processed here: every instant that the reseller does not tell. */
const PROCESSING = new Set([
  'received_at',
  'opened_at',
  'settled_at',
  'entered_at',
  'changed_at',
  'at',
  'stored_at',
  'answered_at',
  'exported_at',
  'wish_at',
  'refused_at',
  'first_seen_at',
  'last_seen_at',
  'created_at',
]);
/** What names a run, a place in this machine, or one database of two. */
const DROPPED = new Set(['organisation_id', 'run_id', 'config', 'secrets', ...LEASE]);
const REFERENCES: Readonly<Record<string, string>> = {
  root_message_id: 'message',
  sent_category_id: 'seat_category',
  sent_contingent_id: 'contingent',
  wish_contingent_id: 'contingent',
  reseller_seat_id: 'seat',
  companion_of: 'seat',
};

/**
 * The same with each id replaced by what its row says, and instants of processing by a mark.
 * Commands are left out: a run that was cut may have told the same in others.
 */
export async function dumpAlike(database: Database, organisationId: number): Promise<Dump> {
  const tables = await readTables(database, organisationId);
  for (const table of LOG) tables.delete(table);
  const labels = labelRows(tables);
  const dump: Record<string, string[]> = {};
  for (const [table, rows] of tables) {
    dump[table] = rows.map((row) => JSON.stringify(alike(table, row, labels))).sort();
  }
  // Versions tell how often an offer changed; alike is whether something is still to be told.
  dump.offer = (tables.get('offer') ?? [])
    .map((row) => {
      const place = alike('offer', { performance_id: row.performance_id }, labels);
      const due = Number(row.stock_version) > Number(row.exported_version);
      return JSON.stringify({ ...place, due });
    })
    .sort();
  delete dump.command;
  delete dump.command_item;
  delete dump.journal;
  return dump;
}

function alike(table: string, row: Row, labels: ReadonlyMap<string, string>): Row {
  const shown: Row = {};
  for (const [column, value] of Object.entries(row)) {
    if (DROPPED.has(column) || column === 'id' || column === 'catalogue_version') continue;
    if (table === 'organisation' && column === 'code') continue;
    if (PROCESSING.has(column)) shown[column] = value === null ? null : 'set';
    else {
      const target = targetOf(column);
      const names = target !== null && value !== null;
      shown[column] = names ? (labels.get(`${target} ${value}`) ?? 'unknown') : value;
    }
  }
  return shown;
}

/** The table that a column names by id; null: it names none. */
function targetOf(column: string): string | null {
  if (!column.endsWith('_id')) return REFERENCES[column] ?? null;
  return REFERENCES[column] ?? column.slice(0, -'_id'.length);
}

/** Four rounds: an operation names a ticket, that an order, that an interface and its contact. */
const ROUNDS = 4;

function labelRows(tables: ReadonlyMap<string, readonly Row[]>): Map<string, string> {
  let labels = new Map<string, string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Map<string, string>();
    for (const [table, rows] of tables) {
      for (const row of rows) {
        if (row.id === undefined) continue;
        const text = JSON.stringify(alike(table, row, labels));
        const digest = createHash('sha1').update(`${table} ${text}`).digest('hex').slice(0, 10);
        next.set(`${table} ${row.id}`, `${table}:${nameOf(row)}${digest}`);
      }
    }
    labels = next;
  }
  return labels;
}

/** Something a person recognises, where a row has it. */
function nameOf(row: Row): string {
  const name = row.number ?? row.ticket ?? row.code ?? row.reference ?? null;
  return name === null || typeof name === 'object' ? '' : `${name}:`;
}

/** Every table of the organisation, whole, as its own role sees it. */
async function readTables(database: Database, organisationId: number): Promise<Map<string, Row[]>> {
  const names = await database.administration((tx) =>
    tx.query<{ name: string }>(
      `select table_name as name from information_schema.columns
       where table_schema = 'public' and column_name = 'organisation_id' order by table_name`,
    ),
  );
  return database.transaction(organisationId, async (tx: Tx) => {
    const tables = new Map<string, Row[]>();
    for (const { name } of names) {
      tables.set(name, await tx.query<Row>(`select * from "${name}"`));
    }
    tables.set('organisation', await tx.query<Row>('select * from organisation'));
    return tables;
  });
}
