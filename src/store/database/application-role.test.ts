import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostgresServer } from '../../../tests/support/postgres-server.ts';
import {
  installedBinaries,
  startPostgres,
  VOLATILE_SETTINGS,
} from '../../../tests/support/postgres-server.ts';
import { volatileParent } from '../../../tests/support/temporary-folder.ts';
import { ensureApplicationRole } from './application-role.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

const AT = '2026-01-01T00:00:00.000Z';
const MAJORS = [18, ...(installedBinaries(15) === null ? [] : [15])];

// Roles belong to the cluster, so each of these has a server of its own. Who may grant what
// changed between PostgreSQL 15 and 16.
describe.each(MAJORS)('the role of tenants on PostgreSQL %i', (major) => {
  let server: PostgresServer;
  let admin: Database;

  beforeAll(async () => {
    const binaries = major === 18 ? null : installedBinaries(major);
    server = await startPostgres({
      settings: VOLATILE_SETTINGS,
      parent: volatileParent(),
      ...(binaries === null ? {} : { binaries }),
    });
    admin = await openDatabase({ url: server.url });
  });
  afterAll(async () => {
    await admin?.close();
    await server?.stop();
  });

  const run = (text: string): Promise<void> => admin.administration((tx) => tx.script(text));
  // Databases are not created in transactions.
  const createDatabase = (name: string, owner: string): Promise<unknown> =>
    admin.foreignPool.query(`create database ${name} owner ${owner}`);

  const using = async <T>(url: string, work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ url });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };

  it('is refused with the cure to a login that may not create it', async () => {
    await run('create role plain login');
    await createDatabase('of_plain', 'plain');
    await using(server.urlOf('of_plain', 'plain'), async (database) => {
      await expect(migrate(database, { at: AT })).rejects.toMatchObject({
        code: 'store.role_not_usable',
        cure: expect.stringContaining('grant parterre_app to "plain"'),
      });
    });
  });

  it('is created once by databases that start together', async () => {
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) await createDatabase(name, 'postgres');
    await Promise.all(names.map((name) => using(server.urlOf(name), ensureApplicationRole)));
    const roles = await admin.administration((tx) =>
      tx.query(
        `select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = 'parterre_app'`,
      ),
    );
    expect(roles).toEqual([{ rolcanlogin: false, rolsuper: false, rolbypassrls: false }]);
  });

  it('serves a login that is no superuser, as owner of its tables too', async () => {
    await run('create role house login; grant parterre_app to house');
    await createDatabase('of_house', 'house');
    await using(server.urlOf('of_house', 'house'), async (database) => {
      await migrate(database, { at: AT });
      const seen = await database.transaction(1, (tx) =>
        tx.query('select current_user::text as role'),
      );
      expect(seen).toEqual([{ role: 'parterre_app' }]);
    });
  });

  it('is created by a login that may create roles', async () => {
    await run('drop owned by parterre_app');
    for (const name of ['of_house']) await admin.foreignPool.query(`drop database ${name}`);
    await run('drop role parterre_app; create role maker login createrole');
    await createDatabase('of_maker', 'maker');
    await using(server.urlOf('of_maker', 'maker'), async (database) => {
      await migrate(database, { at: AT });
      expect(await database.transaction(1, (tx) => tx.query('select 1 as one'))).toHaveLength(1);
    });
  });

  it('is refused at start where a login cannot take it', async () => {
    const opening = openDatabase({ url: server.urlOf('of_plain', 'plain') });
    await expect(opening).rejects.toMatchObject({ code: 'store.role_not_usable' });
  });

  it('is refused at start where it bypasses row security', async () => {
    await run('alter role parterre_app bypassrls');
    await expect(openDatabase({ url: server.url })).rejects.toMatchObject({
      code: 'store.role_bypasses',
      cure: expect.stringContaining('nobypassrls'),
    });
  });
});
