/** Databases for tests: each is migrated, empty, and nobody else's. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import type { Database, DatabaseKind } from '../../src/store/database/database.ts';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import type { SharedDatabase } from './global-setup.ts';
import { makeVolatileFolder } from './temporary-folder.ts';

export interface TestDatabase {
  readonly database: Database;
  readonly kind: DatabaseKind;
  /** Opens the same database once more, as another process would. */
  readonly openAgain: () => Promise<Database>;
  /** What a child process passes to openDatabase. */
  readonly options: OpenOptions;
  readonly close: () => Promise<void>;
}

/** PARTERRE_TEST_DATABASES=pglite runs the store's tests on one database only. */
const KINDS = (process.env.PARTERRE_TEST_DATABASES ?? 'pglite,postgres').split(
  ',',
) as DatabaseKind[];

/**
 * Describes a suite once for each database we serve. `open` gives a fresh database at each call;
 * all are closed when the suite ends.
 */
export function describeEachDatabase(
  name: string,
  define: (open: () => Promise<TestDatabase>, kind: DatabaseKind) => void,
): void {
  for (const kind of KINDS) {
    describe(`${name} on ${kind}`, () => {
      const opened: TestDatabase[] = [];
      afterAll(async () => {
        for (const database of opened) await database.close();
      });
      define(async () => {
        const database = await openTestDatabase(kind);
        opened.push(database);
        return database;
      }, kind);
    });
  }
}

/** A fresh database; close it yourself. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const shared = await askFor(kind);
  if (shared.kind === 'pglite') await keepEngineCompiled();
  const place = shared.kind === 'pglite' ? copyFolder(shared.folder) : await clone(shared);
  const opened: Database[] = [];
  const openAgain = async (): Promise<Database> => {
    const database = await openDatabase(place.options);
    opened.push(database);
    return database;
  };
  const database = await openAgain();
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      // Clients before the owner, which is the first.
      for (const each of opened.reverse()) await each.close();
      await place.remove();
    })();
    return closing;
  };
  return { database, kind, openAgain, options: place.options, close };
}

interface Place {
  readonly options: OpenOptions;
  readonly remove: () => Promise<void>;
}

function copyFolder(template: string): Place {
  const dataFolder = makeVolatileFolder('parterre-data-');
  cpSync(template, join(dataFolder, 'pglite'), { recursive: true });
  return {
    options: { dataFolder },
    remove: async () => rmSync(dataFolder, { recursive: true, force: true }),
  };
}

let engine: Promise<WebAssembly.Module> | undefined;

/**
 * V8 shares compiled code between equal modules that live at the same time. While this one lives,
 * an embedded database starts with what those before it in this process had compiled: its first
 * second costs a third of the work.
 */
async function keepEngineCompiled(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  engine ??= WebAssembly.compile(readFileSync(join(dirname(entry), 'pglite.wasm')));
  await engine;
}

let clones = 0;

async function clone(shared: { url: string; template: string }): Promise<Place> {
  clones += 1;
  const name = `test_${process.pid}_${clones}`;
  await asAdmin(shared.url, `create database ${name} template ${shared.template}`);
  const url = new URL(shared.url);
  url.pathname = `/${name}`;
  return {
    options: { url: url.href },
    remove: () => asAdmin(shared.url, `drop database ${name} with (force)`),
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}

async function askFor(kind: DatabaseKind): Promise<Exclude<SharedDatabase, { kind: 'failed' }>> {
  const connection = connect(inject('sharedDatabases'));
  connection.write(`${JSON.stringify(kind)}\n`);
  const shared = JSON.parse(await text(connection)) as SharedDatabase;
  if (shared.kind === 'failed') throw new Error(`No ${kind} for the tests: ${shared.reason}`);
  return shared;
}
