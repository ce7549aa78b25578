import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startChildStore } from '../../../tests/support/child-store.ts';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import { migrate, verifySchema } from './migrate.ts';

const AT = '2026-11-24T10:13:51.000Z';

describeEachDatabase('migrations', (open) => {
  let test: TestDatabase;
  let folder: string;
  let rounds = 0;

  beforeAll(async () => {
    test = await open();
    folder = mkdtempSync(join(tmpdir(), 'parterre-migrations-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // As if nothing had been migrated yet; what the templates hold is not our subject here.
  beforeEach(async () => {
    rounds += 1;
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await test.database.administration((tx) => tx.script('drop table if exists schema_migration'));
  });

  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  const run = (): Promise<string[]> => migrate(test.database, { at: AT, folder });
  const tableName = (name: string): string => `${name}_${rounds}`;
  const isThere = async (name: string): Promise<boolean> =>
    (
      await test.database.administration((tx) =>
        tx.query<{ found: boolean }>('select to_regclass($1) is not null as found', [name]),
      )
    )[0]?.found === true;

  it('apply in order, once, and are recorded with the instant they were given', async () => {
    const table = tableName('ordered');
    write(
      '0001-first.sql',
      `create table ${table} (id int); -- one\ninsert into ${table} values (1);`,
    );
    write('0002-second.sql', `insert into ${table} values (2);`);
    expect(await run()).toEqual(['first', 'second']);
    expect(await run()).toEqual([]);
    write('0003-third.sql', `insert into ${table} values (3);`);
    expect(await run()).toEqual(['third']);
    const [ids, records] = await test.database.administration(async (tx) => [
      await tx.query(`select id from ${table} order by id`),
      await tx.query('select number, name, applied_at from schema_migration order by number'),
    ]);
    expect(ids).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(records).toEqual([
      { number: 1, name: 'first', applied_at: AT },
      { number: 2, name: 'second', applied_at: AT },
      { number: 3, name: 'third', applied_at: AT },
    ]);
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    write('0001-good.sql', `create table ${tableName('good')} (id int);`);
    write('0002-bad.sql', `create table ${tableName('bad')} (id int); select 1 / 0;`);
    await expect(run()).rejects.toMatchObject({ code: '22012' });
    expect([await isThere(tableName('good')), await isThere(tableName('bad'))]).toEqual([
      true,
      false,
    ]);
    write('0002-bad.sql', `create table ${tableName('bad')} (id int);`);
    expect(await run()).toEqual(['bad']);
  });

  it('refuse a text that was changed after it was applied, but not other line ends', async () => {
    write('0001-first.sql', 'select 1;\nselect 2;\n');
    await run();
    write('0001-first.sql', 'select 1;\r\nselect 2;\r\n');
    expect(await run()).toEqual([]);
    write('0001-first.sql', 'select 2;\n');
    await expect(run()).rejects.toMatchObject({
      code: 'store.migration_changed',
      cure: expect.stringContaining('new migration'),
    });
  });

  it('refuse a database that is newer than the code', async () => {
    write('0001-first.sql', 'select 1;');
    write('0002-second.sql', 'select 2;');
    await run();
    rmSync(join(folder, '0002-second.sql'));
    const refusal = { code: 'store.schema_newer', message: expect.stringContaining('older than') };
    await expect(run()).rejects.toMatchObject(refusal);
    await expect(verifySchema(test.database, folder)).rejects.toMatchObject(refusal);
  });

  it('tell a process that does not migrate what is missing', async () => {
    write('0001-first.sql', 'select 1;');
    await expect(verifySchema(test.database, folder)).rejects.toMatchObject({
      code: 'store.schema_older',
      message: expect.stringContaining('0001-first'),
    });
    await run();
    await verifySchema(test.database, folder);
  });

  it.each([
    ['a gap', ['0001-a.sql', '0003-c.sql']],
    ['a number given twice', ['0001-a.sql', '0001-b.sql']],
    ['a name without number', ['0001-a.sql', 'b.sql']],
  ])('refuse %s', async (_, files) => {
    for (const file of files) write(file, 'select 1;');
    await expect(run()).rejects.toMatchObject({ code: 'store.migration_files' });
  });

  it('of two processes at once are applied once', async () => {
    const table = tableName('once');
    write('0001-first.sql', `create table ${table} (id int);`);
    write('0002-second.sql', `insert into ${table} values (1);`);
    const children = [startChildStore(test.options), startChildStore(test.options)];
    try {
      for (const child of children) expect(await child.next()).toMatchObject({ opened: true });
      const applied = await Promise.all(
        children.map((child) => child.ask<string[]>({ do: 'migrate', folder, at: AT })),
      );
      expect(applied.flat().sort()).toEqual(['first', 'second']);
      const rows = await test.database.administration((tx) => tx.query(`select id from ${table}`));
      expect(rows).toEqual([{ id: 1 }]);
    } finally {
      for (const child of children) await child.kill();
    }
  });
});
