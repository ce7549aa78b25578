import { getMigrations } from 'better-auth/db/migration';
import { beforeAll, expect, it } from 'vitest';
import { signInOptions } from '../../src/api/people/sign-in.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';

describeEachDatabase('the tables of people', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  it('are what the sign-in library wants: it would change nothing', async () => {
    const plan = await getMigrations(
      signInOptions({
        pool: test.database.foreignPool,
        secret: 'a secret of the test, long enough',
        publicUrl: 'http://127.0.0.1:8080',
      }),
      { throwOnUnsafe: false },
    );
    expect({
      created: plan.toBeCreated.map((one) => one.table),
      added: plan.toBeAdded.map((one) => [one.table, Object.keys(one.fields)]),
      indexes: plan.toBeAddedIndexes.map((one) => [one.table, one.name]),
      unsafe: plan.unsafeChanges,
      problems: plan.schemaProblems,
    }).toEqual({ created: [], added: [], indexes: [], unsafe: [], problems: [] });
  });

  it('give the application no right on persons and their secrets', async () => {
    const rows = await test.database.administration((tx) =>
      tx.query<{ name: string; reads: boolean; writes: boolean }>(
        `select name, has_table_privilege('parterre_app', name, 'select') as reads,
                has_table_privilege('parterre_app', name, 'insert, update, delete') as writes
         from unnest(array['person', 'person_session', 'person_account', 'person_verification',
           'person_two_factor', 'passkey', 'passkey_challenge', 'used_code', 'sign_in_failure',
           'request_window', 'membership', 'api_key'])
           as name order by name`,
      ),
    );
    expect(rows.filter((row) => row.writes)).toEqual([]);
    expect(rows.filter((row) => row.reads).map((row) => row.name)).toEqual([
      'api_key',
      'membership',
    ]);
  });
});
