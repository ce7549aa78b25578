import { beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import type { WholeScan } from './explain-scans.ts';
import { explainScans } from './explain-scans.ts';

describeEachDatabase('explainScans', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await test.database.administration((tx) =>
      tx.script(`
        create table bare (note text);
        grant select on bare to parterre_app;
        create table keyed (
          organisation_id int, id bigint, code text, primary key (organisation_id, id)
        );
        create index keyed_by_code on keyed (organisation_id, code);
        select guard_tenant_table('keyed', 'select');`),
    );
  });

  const scansOf = (text: string, params: unknown[] = []): Promise<WholeScan[]> =>
    test.database.transaction(1, (tx) => explainScans(tx, text, params));

  it('names a table that is read as a whole', async () => {
    expect(await scansOf(`select * from bare where note = 'x'`)).toEqual([
      { table: 'bare', kind: 'sequential', index: null, condition: null },
    ]);
  });

  it('names an index that is read for a whole tenant', async () => {
    const scans = await scansOf(`select * from keyed where code || 'x' = 'ax'`);
    expect(scans).toEqual([expect.objectContaining({ kind: 'prefix' })]);
  });

  it('has nothing against look-ups by key, by code, of a page and of a batch', async () => {
    expect(await scansOf('select * from keyed where id = $1', [1])).toEqual([]);
    expect(await scansOf('select * from keyed where id = any($1::bigint[])', [[1, 2]])).toEqual([]);
    expect(await scansOf('select * from keyed where code = $1', ['a'])).toEqual([]);
    expect(await scansOf('select * from keyed where id > $1 order by id limit 10', [1])).toEqual(
      [],
    );
    const batch = `
      select wanted.id, found.code from unnest($1::bigint[]) as wanted (id)
      cross join lateral (
        select code from keyed
        where organisation_id = (select current_setting('parterre.organisation_id')::int)
          and id = wanted.id offset 0) found`;
    expect(await scansOf(batch, [[1, 2]])).toEqual([]);
  });

  it('finds the scan that hides below a join', async () => {
    const text = 'select 1 from keyed join bare on bare.note = keyed.code where keyed.id = $1';
    expect(await scansOf(text, [1])).toEqual([
      { table: 'bare', kind: 'sequential', index: null, condition: null },
    ]);
  });

  it('leaves the planner as it was', async () => {
    const [setting] = await test.database.transaction(1, async (tx) => {
      await explainScans(tx, 'select 1');
      return await tx.query(`select current_setting('enable_seqscan') as scans`);
    });
    expect(setting).toEqual({ scans: 'on' });
  });
});
