/** One small house for each test of a suite, and what a test asks of it. */
import { beforeAll, beforeEach } from 'vitest';
import type { HouseFile } from '../../src/domain/house/file.ts';
import { pointerOf } from '../../src/domain/house/problem.ts';
import type { LoadHouseOptions } from '../../src/exchange/load-house.ts';
import { loadHouse } from '../../src/exchange/load-house.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from './databases.ts';
import { testSecretBox } from './exchange-services.ts';
import type { SeededHouse } from './houses.ts';
import { seedHouse, smallHouse } from './houses.ts';

/** When the files of a test are loaded: a day after the house. */
export const LATER = new Date('2027-01-11T09:00:00Z');

export function useHouse(open: () => Promise<TestDatabase>) {
  let test: TestDatabase;
  let house: SeededHouse;
  let code = '';
  let count = 0;

  beforeAll(async () => {
    test = await open();
  });

  // Each test has an organisation of its own: that is what tenants are for.
  beforeEach(async () => {
    count += 1;
    code = `HOUSE${count}`;
    house = await seedHouse(test.database, smallHouse({ code }), {
      ids: createIdSource(test.database),
    });
  });

  const load = (file: HouseFile, options: Partial<LoadHouseOptions> = {}) =>
    loadHouse(test.database, house.ids, testSecretBox, file, {
      clock: () => LATER,
      author: 'Ada',
      ...options,
    });

  /** A file with only these lists. */
  const part = (lists: Partial<HouseFile>): HouseFile => {
    const { format, organisation } = smallHouse({ code });
    return { format, organisation, ...lists };
  };

  const query = <R extends object>(sql: string, params: unknown[] = []) =>
    test.database.transaction(house.organisationId, (tx) => tx.query<R>(sql, params));

  const execute = (sql: string, params: unknown[] = []) =>
    test.database.transaction(house.organisationId, (tx) => tx.execute(sql, params));

  const faultsOf = async (file: HouseFile, options: Partial<LoadHouseOptions> = {}) => {
    const result = await load(file, options);
    if (result.outcome !== 'refused') throw new Error(`It was ${result.outcome}.`);
    return result.problems;
  };

  const told = async (file: HouseFile) =>
    (await faultsOf(file)).map((one) => [pointerOf(one), one.code]);

  return {
    ...reading(() => test, query),
    exportSeats: exporting(() => house, execute),
    load,
    part,
    query,
    execute,
    faultsOf,
    told,
    /** The organisation's code. */
    code: () => code,
    house: () => house,
    database: () => test.database,
  };
}

type Query = <R extends object>(sql: string, params?: unknown[]) => Promise<R[]>;

function reading(test: () => TestDatabase, query: Query) {
  /** Every row version of every table of the tenant: what any write would change. */
  const fingerprint = async () => {
    const tables = await test().database.administration((tx) =>
      tx.query<{ name: string }>(
        `select relname as name from pg_class
         where relkind = 'r' and relnamespace = 'public'::regnamespace and relrowsecurity
         order by 1`,
      ),
    );
    const states: Record<string, unknown> = {};
    for (const { name } of tables) {
      [states[name]] = await query(
        `select count(*) as rows, coalesce(string_agg(distinct xmin::text, ',' order by xmin::text),
         '') as versions from "${name}"`,
      );
    }
    return states;
  };

  const seatsOf = (performance: string) =>
    query<{ contingent: string | null; seats: number }>(
      `select c.code as contingent, count(*) as seats from performance_seat ps
       join performance p on p.id = ps.performance_id
       left join contingent c on c.id = ps.contingent_id
       where p.code = $1 group by 1 order by 1`,
      [performance],
    );

  return { fingerprint, seatsOf };
}

function exporting(
  house: () => SeededHouse,
  execute: (sql: string, params?: unknown[]) => Promise<number>,
) {
  /** As if FNAC had accepted these seats of ORCH/A in P1. */
  return async (row: string, numbers: string[]) => {
    const contingent = await house().idOf('contingent', 'FNAC');
    await execute(
      `update performance_seat ps set interface_id = $3, sent_contingent_id = $4,
         sent_category_id = ps.seat_category_id
       from seat s join block b on b.id = s.block_id
       where s.id = ps.seat_id and b.code = 'A' and s.row = $1 and s.number = any($2)
         and ps.performance_id = $5`,
      [
        row,
        numbers,
        await house().idOf('interface', 'FNAC'),
        contingent,
        await house().performanceId('SHOW', 'P1'),
      ],
    );
  };
}
