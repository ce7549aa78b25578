import { beforeAll, expect, it } from 'vitest';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';

describeEachDatabase('loading a house', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  it('loads the small house', async () => {
    const house = await seedHouse(test.database);
    const rows = await test.database.transaction(house.organisationId, (tx) =>
      tx.query(
        `select p.code, c.code as contingent, count(*) as seats from performance_seat ps
         join performance p on p.id = ps.performance_id
         left join contingent c on c.id = ps.contingent_id
         group by 1, 2 order by 1, 2`,
      ),
    );
    expect(rows).toEqual(
      ['M1', 'P1', 'P2'].flatMap((code) => [
        { code, contingent: 'BOX', seats: 10 },
        { code, contingent: 'FNAC', seats: 30 },
        { code, contingent: 'OTHER', seats: 10 },
        { code, contingent: null, seats: 20 },
      ]),
    );
    const again = await loadHouse(
      test.database,
      createIdSource(test.database),
      testSecretBox,
      smallHouse(),
      { clock: () => new Date('2027-01-11T09:00:00Z'), author: 'test' },
    );
    expect(again).toMatchObject({ outcome: 'unchanged', changes: [], counts: {} });
  });
});
