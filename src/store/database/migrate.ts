/**
 * Plain SQL migrations, forward only: `NNNN-name.sql`, each applied in a transaction of its own
 * and recorded with the digest of its text. Two processes that migrate at once wait for each other.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureApplicationRole } from './application-role.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import type { Tx } from './transaction.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url));

export interface MigrateOptions {
  /** Recorded as the instant of application, ISO-8601. */
  readonly at: string;
  readonly folder?: string;
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly digest: string;
  readonly text: string;
}

type AppliedMigration = Pick<Migration, 'number' | 'name' | 'digest'>;

// An arbitrary number that only migrations use; PostgreSQL's advisory locks are per database.
const MIGRATION_LOCK = 7_251_874_001;
const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;

const CREATE_RECORD = `
  create table if not exists schema_migration (
    number int primary key,
    name text not null,
    digest text not null,
    applied_at timestamptz not null
  )`;

/**
 * Applies what is missing and returns the names of the migrations it applied.
 * Throws StoreError `store.migration_changed`, `store.schema_newer` or `store.migration_files`.
 */
export async function migrate(database: Database, options: MigrateOptions): Promise<string[]> {
  const known = readMigrations(options.folder ?? MIGRATIONS_FOLDER);
  await ensureApplicationRole(database);
  const pending = await database.administration(async (tx) => {
    await lockMigrations(tx);
    await tx.script(CREATE_RECORD);
    return pendingOf(known, await readApplied(tx));
  });
  const applied: string[] = [];
  for (const migration of pending) {
    if (await applyOne(database, known, migration, options.at)) applied.push(migration.name);
  }
  return applied;
}

/** For a process that must not migrate: refuses a schema that is older or newer than its code. */
export async function verifySchema(database: Database, folder = MIGRATIONS_FOLDER): Promise<void> {
  const pending = await database.administration(async (tx) => {
    const [record] = await tx.query<{ found: boolean }>(
      `select to_regclass('schema_migration') is not null as found`,
    );
    return pendingOf(readMigrations(folder), record?.found ? await readApplied(tx) : []);
  });
  const [first] = pending;
  if (first === undefined) return;
  throw new StoreError(
    'store.schema_older',
    `The schema lacks ${pending.length} migrations, the first is ${fileNameOf(first)}.`,
    'Run the migrations: npx --no-install parterre migrate.',
  );
}

async function applyOne(
  database: Database,
  known: readonly Migration[],
  migration: Migration,
  at: string,
): Promise<boolean> {
  return await database.administration(async (tx) => {
    await lockMigrations(tx);
    // Another process may have applied it while this one waited for the lock.
    if (!pendingOf(known, await readApplied(tx)).includes(migration)) return false;
    await tx.script(migration.text);
    await tx.execute(
      'insert into schema_migration (number, name, digest, applied_at) values ($1, $2, $3, $4)',
      [migration.number, migration.name, migration.digest, at],
    );
    return true;
  });
}

async function lockMigrations(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
}

function readApplied(tx: Tx): Promise<AppliedMigration[]> {
  return tx.query<AppliedMigration>(
    'select number, name, digest from schema_migration order by number',
  );
}

function pendingOf(known: readonly Migration[], applied: AppliedMigration[]): Migration[] {
  const byNumber = new Map(known.map((migration) => [migration.number, migration]));
  for (const record of applied) {
    const migration = byNumber.get(record.number);
    if (migration === undefined) throw schemaNewer(record);
    if (migration.digest !== record.digest) throw migrationChanged(record);
    byNumber.delete(record.number);
  }
  const last = applied.at(-1)?.number ?? 0;
  const late = [...byNumber.keys()].find((number) => number < last);
  if (late !== undefined) throw migrationLate(late, last);
  return [...byNumber.values()];
}

function schemaNewer(record: AppliedMigration): StoreError {
  return new StoreError(
    'store.schema_newer',
    `This process is older than the schema: the database has migration ${fileNameOf(record)}.`,
    'Start a release that knows it; migrations are never taken back.',
  );
}

function migrationChanged(record: AppliedMigration): StoreError {
  return new StoreError(
    'store.migration_changed',
    `The migration ${fileNameOf(record)} was changed after it was applied.`,
    'Restore its text and write the change as a new migration; delete a development folder.',
  );
}

function migrationLate(number: number, last: number): StoreError {
  return new StoreError(
    'store.migration_late',
    `Migration ${number} appeared after ${last} was applied.`,
    'Give it the next free number.',
  );
}

function fileNameOf(migration: Pick<Migration, 'number' | 'name'>): string {
  return `${String(migration.number).padStart(4, '0')}-${migration.name}`;
}

function readMigrations(folder: string): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => readMigration(folder, file));
  migrations.forEach((migration, index) => {
    if (migration.number === index + 1) return;
    throw new StoreError(
      'store.migration_files',
      `The migrations do not count up from 0001 without a gap: ${fileNameOf(migration)}.`,
      'Number the files one after the other.',
    );
  });
  return migrations;
}

function readMigration(folder: string, file: string): Migration {
  const match = FILE_NAME.exec(file);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new StoreError(
      'store.migration_files',
      `${file} is not the name of a migration.`,
      'Name it NNNN-what-it-does.sql.',
    );
  }
  // A checkout with other line ends is still the same migration.
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  const digest = createHash('sha256').update(text).digest('hex');
  return { number: Number(match[1]), name: match[2], digest, text };
}
