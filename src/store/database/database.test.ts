import { beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';

describeEachDatabase('a transaction', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });
  it('runs', async () => {
    expect(await test.database.transaction(1, (tx) => tx.query('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });
});
