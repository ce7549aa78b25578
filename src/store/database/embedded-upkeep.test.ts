import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { openTestDatabase } from '../../../tests/support/databases.ts';
import { keepUp } from './embedded-upkeep.ts';

describe('the upkeep of the embedded database', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await openTestDatabase('pglite');
    await test.database.administration((tx) =>
      tx.script('create table "Grown" (id int, note text)'),
    );
  });
  afterAll(() => test.close());

  const grow = (rows: number): Promise<number> =>
    test.database.administration((tx) =>
      tx.execute(
        `insert into "Grown" select n, repeat('x', 200) from generate_series(1, $1::int) n`,
        [rows],
      ),
    );

  const statistics = async (): Promise<Record<string, unknown> | undefined> =>
    (
      await test.database.administration((tx) =>
        tx.query(
          `select n_dead_tup as dead, n_mod_since_analyze as changed, vacuum_count as vacuums
           from pg_stat_user_tables where relname = 'Grown'`,
        ),
      )
    )[0];

  /** Until no table is needy: what the migrations wrote may come first. */
  const keepUpAll = async (): Promise<string[]> => {
    const tables: string[] = [];
    for (;;) {
      const { table } = await keepUp(test.database.foreignPool);
      if (table === null) return tables;
      tables.push(table);
    }
  };

  it('analyses a table that grew, vacuums one with dead rows, and then rests', async () => {
    await grow(2_000);
    expect(await keepUpAll()).toContain('public."Grown"');
    expect(await statistics()).toEqual({ dead: 0, changed: 0, vacuums: 0 });
    await test.database.administration((tx) => tx.script(`update "Grown" set note = 'y'`));
    expect(await keepUpAll()).toEqual(['public."Grown"']);
    expect(await statistics()).toEqual({ dead: 0, changed: 0, vacuums: 1 });
    expect(await keepUpAll()).toEqual([]);
  });

  it('makes a checkpoint once the log is long, and not before', async () => {
    expect((await keepUp(test.database.foreignPool)).checkpoint).toBe(false);
    await grow(350_000);
    expect((await keepUp(test.database.foreignPool)).checkpoint).toBe(true);
    expect((await keepUp(test.database.foreignPool)).checkpoint).toBe(false);
  });
});
