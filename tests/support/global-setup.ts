/**
 * What all test files of a run share: one PostgreSQL, and a migrated database on it and on PGlite
 * to copy from. Made when the first test file asks, so that a run of pure tests starts nothing.
 */
import { rmSync } from 'node:fs';
import type { Server } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/store/database/migrate.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import { copyEmptyPglite } from './empty-pglite.ts';
import type { PostgresServer } from './postgres-server.ts';
import { installedBinaries, startPostgres, VOLATILE_SETTINGS } from './postgres-server.ts';
import { makeVolatileFolder, volatileParent } from './temporary-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket where test files ask for a SharedDatabase. */
    sharedDatabases: string;
  }
}

/** One line of JSON asks (`"pglite"`, `"postgres"`), one line answers. */
export type SharedDatabase =
  | { readonly kind: 'pglite'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly template: string }
  | { readonly kind: 'failed'; readonly reason: string };

const TEMPLATE = 'parterre_template';
const MIGRATED_AT = '2026-01-01T00:00:00.000Z';

/** Called by vitest once a run; returns what ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = makeVolatileFolder('parterre-test-');
  let postgres: Promise<PostgresServer> | undefined;
  const makers: Record<string, () => Promise<SharedDatabase>> = {
    pglite: () => makePgliteTemplate(home),
    postgres: () => {
      postgres = startTestServer();
      return postgres.then(makePostgresTemplate);
    },
  };
  const socket = join(home, 'shared.sock');
  const server = await answerRequests(socket, makers);
  project.provide('sharedDatabases', socket);
  return async () => {
    server.close();
    await (await postgres?.catch(() => undefined))?.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

function answerRequests(
  socket: string,
  makers: Record<string, () => Promise<SharedDatabase>>,
): Promise<Server> {
  const made = new Map<string, Promise<SharedDatabase>>();
  const server = createServer((connection) => {
    connection.on('error', () => connection.destroy());
    createInterface({ input: connection }).once('line', async (line) => {
      const kind = String(JSON.parse(line));
      const wanted = made.get(kind) ?? (makers[kind] ?? unknownKind)().catch(failed);
      made.set(kind, wanted);
      connection.end(`${JSON.stringify(await wanted)}\n`);
    });
  });
  return new Promise((resolve) => {
    server.listen(socket, () => resolve(server));
  });
}

async function unknownKind(): Promise<SharedDatabase> {
  throw new Error('No such shared database.');
}

function failed(error: unknown): SharedDatabase {
  return { kind: 'failed', reason: error instanceof Error ? String(error.stack) : String(error) };
}

/** PARTERRE_TEST_POSTGRES=15 runs everything on an installed PostgreSQL of that version. */
async function startTestServer(): Promise<PostgresServer> {
  const major = process.env.PARTERRE_TEST_POSTGRES;
  const volatile = { settings: VOLATILE_SETTINGS, parent: volatileParent() };
  if (major === undefined) return await startPostgres(volatile);
  const binaries = installedBinaries(Number(major));
  if (binaries === null) throw new Error(`No binaries of PostgreSQL ${major} were found.`);
  return await startPostgres({ ...volatile, binaries });
}

async function makePostgresTemplate(server: PostgresServer): Promise<SharedDatabase> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  await migrateInto({ url: server.urlOf(TEMPLATE) });
  return { kind: 'postgres', url: server.url, template: TEMPLATE };
}

async function makePgliteTemplate(home: string): Promise<SharedDatabase> {
  const folder = join(home, 'pglite-template');
  await copyEmptyPglite(folder);
  await migrateInto({ dataFolder: folder });
  return { kind: 'pglite', folder: join(folder, 'pglite') };
}

async function migrateInto(options: OpenOptions): Promise<void> {
  const database = await openDatabase(options);
  try {
    await migrate(database, { at: MIGRATED_AT });
  } finally {
    await database.close();
  }
}
