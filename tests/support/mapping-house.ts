/** The catalogue of mapping-catalogue.ts in a database, behind the one interface of a test. */
import type { Database } from '../../src/store/database/database.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import { MOSA_ROWS } from './mapping-catalogue.ts';
import { ACCOUNT, INTERFACE, insertInterface, ORGANISATION } from './one-interface.ts';

const AT = '2026-03-01T10:00:00.000Z';

export async function insertMappingHouse(database: Database): Promise<void> {
  await insertInterface(database);
  await database.administration(async (tx) => {
    await tx.script(`
      insert into layout (organisation_id, id, code, name)
        values (1, 1, 'AUDI', 'Auditorium'), (1, 2, 'STADE', 'Stade');
      insert into area (organisation_id, id, layout_id, code, name, numbered) values
        (1, 1, 1, 'AUDI', 'Auditorium', false), (1, 2, 2, 'NORD', 'Tribune Nord', true),
        (1, 4, 2, 'SUD', 'Tribune Sud', true), (1, 5, 2, 'LOGES', 'Loges', true);
      insert into block (organisation_id, id, area_id, code, name) values
        (1, 1, 1, '', ''), (1, 2, 2, 'A', 'Bloc A'), (1, 3, 2, 'B', 'Bloc B'),
        (1, 4, 4, 'A', 'Bloc A'), (1, 5, 5, '', '');
      insert into seat (organisation_id, id, block_id, row, number) values
        (1, 1, 2, 'AA', '1'), (1, 2, 2, 'AA', '2'), (1, 3, 3, 'BB', '1'), (1, 4, 5, 'B', '64');`);
    await insertRows(
      tx,
      'season',
      MOSA_ROWS.seasons.map((one) => ({ ...one, name: one.code })),
    );
    await insertRows(tx, 'logical_configuration', MOSA_ROWS.logicalConfigurations);
    await insertRows(tx, 'seat_category', MOSA_ROWS.seatCategories);
    await insertRows(tx, 'product', MOSA_ROWS.products);
    await insertRows(tx, 'tariff', MOSA_ROWS.tariffs);
    await insertRows(tx, 'contingent', MOSA_ROWS.contingents);
    await tx.script(`
      insert into performance (organisation_id, id, product_id, code, starts_at, time_zone,
          local_start, logical_configuration_id, state)
        values (1, 1, 1, 'P1', '2026-06-01T18:00:00Z', 'Europe/Paris', '2026-06-01T20:00', 1,
          'running');
      insert into offer (organisation_id, interface_id, performance_id, stock_version,
        exported_version) values (1, ${INTERFACE}, 1, 5, 5);`);
  });
}

const COLUMNS: Record<string, string> = {
  season: 'code, name',
  logical_configuration: 'layout_id, code, name',
  seat_category: 'logical_configuration_id, code, name, kind',
  product: 'season_id, code, name, kind, time_zone',
  tariff: 'season_id, audience, audience_kind, code, name',
  contingent: 'code, name, kind',
};

async function insertRows(tx: Tx, table: string, rows: readonly object[]): Promise<void> {
  const columns = COLUMNS[table] ?? '';
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const records = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value])),
  );
  await tx.execute(
    `insert into ${table} (organisation_id, id, ${columns})
     select 1, id, ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(records)],
  );
}

export interface TestCase {
  id: number;
  problems: readonly { code: string; params: Record<string, string> }[];
  class?: string;
  root?: number;
  barcode?: string;
}

/** Open cases with their messages, and a provisional code where given. */
export async function insertCases(database: Database, cases: readonly TestCase[]): Promise<void> {
  await database.transaction(ORGANISATION, async (tx) => {
    for (const one of cases) {
      await tx.execute(
        `insert into message (organisation_id, id, reseller_account_id, interface_id, run_id, kind,
           ticket, operation_at, state, content, received_at)
         values (1, $1, ${ACCOUNT}, ${INTERFACE}, 1, 'sale', $2, $3, 'quarantined', '{}', $3)`,
        [one.id, `T${one.id}`, AT],
      );
      await tx.execute(
        `insert into quarantine (organisation_id, message_id, reseller_account_id, interface_id,
           ticket, class, problems, root_message_id, opened_at, run_id)
         values (1, $1, ${ACCOUNT}, ${INTERFACE}, $2, $3, $4, $5, $6, 1)`,
        [
          one.id,
          `T${one.id}`,
          one.class ?? 'mapping',
          JSON.stringify(one.problems),
          one.root ?? null,
          AT,
        ],
      );
      if (one.barcode === undefined) continue;
      await tx.execute(
        `insert into access_code (organisation_id, code, state, source, interface_id, message_id,
           changed_at) values (1, $1, 'provisional', 'case', ${INTERFACE}, $2, $3)`,
        [one.barcode, one.id, AT],
      );
    }
  });
}

export const missing = (word: string, value: string) => ({
  code: 'mapping.missing',
  params: { word, value, parent: '' },
});
