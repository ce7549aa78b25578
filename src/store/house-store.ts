/**
 * Reads what a house file is compared with. Small tables are read whole; seats, and the seats of
 * performances, only when the file speaks of them, grouped so that a house of 80,000 seats travels
 * as a few arrays.
 */
import type {
  ConfigurationSeatGroup,
  OrganisationRow,
  PerformanceTotals,
  SeatGroup,
  StoredStock,
} from '../domain/house/context.ts';
import type { StoredRows } from '../domain/house/draft.ts';
import { HOUSE_TABLES, TABLE_NAMES } from '../domain/house/house-tables.ts';
import type { HouseNeeds } from '../domain/house/needs.ts';
import type { HouseTables, TableName } from '../domain/house/rows.ts';
import type { Tx } from './database/transaction.ts';

/** Locks the house against another load, and reads the organisation. */
export async function lockHouse(tx: Tx): Promise<OrganisationRow> {
  const [row] = await tx.query<OrganisationRow>(
    `select id, code, name, currency, time_zone, business_day_ends_at, language
     from organisation where id = $1 for update`,
    [tx.organisationId],
  );
  if (row === undefined) throw new Error('The organisation of the transaction exists.');
  return row;
}

/** The organisation, for reading only. */
export async function readHouseOrganisation(tx: Tx): Promise<OrganisationRow> {
  const [row] = await tx.query<OrganisationRow>(
    `select id, code, name, currency, time_zone, business_day_ends_at, language
     from organisation where id = $1`,
    [tx.organisationId],
  );
  if (row === undefined) throw new Error('The organisation of the transaction exists.');
  return row;
}

/** Tables that sales write to at the same time: their rows stay ours until the load commits. */
const LOCKED: ReadonlySet<TableName> = new Set(['counter', 'contingent_quota']);

export async function readHouseRows(
  tx: Tx,
  options: { seats: boolean; lock: boolean },
): Promise<StoredRows> {
  const rows: Record<string, unknown[]> = {};
  for (const table of TABLE_NAMES) {
    if (table === 'seat' && !options.seats) continue;
    const { columns, primary } = HOUSE_TABLES[table];
    const order = primary.map((column) => `"${column}"`).join(', ');
    const lock = options.lock && LOCKED.has(table) ? ' for no key update' : '';
    const list = columns.map((column) => `"${column}"`).join(', ');
    rows[table] = await tx.query(
      `select ${list} from "${table}" where organisation_id = $1 order by ${order}${lock}`,
      [tx.organisationId],
    );
  }
  return rows as StoredRows;
}

export async function readSealedSecrets(tx: Tx): Promise<Map<number, Uint8Array>> {
  const rows = await tx.query<{ id: number; secrets: Uint8Array }>(
    'select id, secrets from interface where organisation_id = $1 and secrets is not null',
    [tx.organisationId],
  );
  return new Map(rows.map((row) => [row.id, row.secrets]));
}

export async function readHouseStock(tx: Tx, needs: HouseNeeds): Promise<StoredStock> {
  const seatGroups: SeatGroup[] = [];
  for (const performanceId of needs.seatGroups) {
    seatGroups.push(...(await readSeatGroups(tx, performanceId)));
  }
  const totals: PerformanceTotals[] = [];
  for (const performanceId of needs.totals) totals.push(await readTotals(tx, performanceId));
  const configurationSeats = needs.seats ? await readConfigurationSeats(tx) : [];
  return { seatGroups, totals, configurationSeats };
}

export function readSeatGroups(tx: Tx, performanceId: number): Promise<SeatGroup[]> {
  return tx.query<SeatGroup>(
    `select performance_id as "performanceId", contingent_id as "contingentId", state,
            interface_id as "interfaceId", wish, wish_contingent_id as "wishContingentId",
            array_agg(seat_id) as "seatIds"
     from performance_seat where organisation_id = $1 and performance_id = $2
     group by 1, 2, 3, 4, 5, 6
     order by 2 nulls first, 3, 4 nulls first, 5 nulls first, 6 nulls first`,
    [tx.organisationId, performanceId],
  );
}

async function readTotals(tx: Tx, performanceId: number): Promise<PerformanceTotals> {
  const [row] = await tx.query<PerformanceTotals>(
    `select $2::bigint as "performanceId", count(*) as seats,
            count(*) filter (where state = 'sold') as sold,
            count(*) filter (where state in ('held', 'blocked')) as held,
            count(*) filter (where state = 'free' and interface_id is not null)
              + (select count(*) from command c
                 where c.organisation_id = $1 and c.performance_id = $2
                   and c.state in ('stored', 'unknown')) as allotted,
            count(*) filter (where contingent_id is not null) as contingented
     from performance_seat where organisation_id = $1 and performance_id = $2`,
    [tx.organisationId, performanceId],
  );
  if (row === undefined) throw new Error('An aggregate returns one row.');
  return row;
}

function readConfigurationSeats(tx: Tx): Promise<ConfigurationSeatGroup[]> {
  return tx.query<ConfigurationSeatGroup>(
    `select logical_configuration_id as "configurationId", seat_category_id as "categoryId",
            array_agg(seat_id) as "seatIds"
     from configuration_seat where organisation_id = $1 group by 1, 2 order by 1, 2`,
    [tx.organisationId],
  );
}

/**
 * Rows of one table, by key; where columns have these values. Names of columns are the program's
 * own, never a caller's.
 */
export function selectHouseRows<T extends TableName>(
  tx: Tx,
  table: T,
  where: Partial<HouseTables[T]> = {},
): Promise<HouseTables[T][]> {
  const { columns, primary } = HOUSE_TABLES[table];
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  const wanted = Object.entries(where);
  const conditions = wanted.map(([column], index) => ` and "${column}" = $${index + 2}`).join('');
  return tx.query<HouseTables[T]>(
    `select ${list(columns)} from "${table}" where organisation_id = $1${conditions}
     order by ${list(primary)}`,
    [tx.organisationId, ...wanted.map(([, value]) => value)],
  );
}
