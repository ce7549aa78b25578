/**
 * A small house in the database for tests of stock: one layout with a block of numbered seats and
 * a zone, an event with performances, contingents, one interface, and its mappings.
 */
import type { Database } from '../../src/store/database/database.ts';
import type { Tx } from '../../src/store/database/transaction.ts';
import { offerEverything } from '../../src/store/offer-store.ts';

export const ORGANISATION = 1;
export const INTERFACE = 500;
export const OTHER_INTERFACE = 501;
export const CHALK = 60;
/** Contingents: this reseller's two, another reseller's, the house's. */
export const FNAC = 90;
export const FNAC_BIS = 91;
export const OTHER = 92;
export const HOUSE = 93;
/** Categories of seats, and of the zone. */
export const FIRST = 40;
export const SECOND = 41;
export const FREE = 42;
export const ZONE_COUNTER = 700;
export const START = '2027-02-01T20:00';
/** How the scripted reseller names the performance. */
export const SHOW = `MOSA02 ${START}`;
export const PERFORMANCE = 70;
export const NOW = new Date('2027-01-10T09:00:00.000Z');

export interface StockHouse {
  /** Ids of the seats, 1001 upwards, in rows of ten from A on. */
  readonly seatIds: readonly number[];
  /** `BL/A/1` as the reseller names it. */
  placeOf(seatId: number): string;
}

export interface HouseOptions {
  seats: number;
  /** All seats start in this contingent; null: in none. */
  contingentId?: number | null;
  /** Quota of the zone for FNAC, out of a capacity of 100. */
  zoneQuota?: number;
  state?: string;
  kind?: string;
}

const SEAT = 1001;

export async function buildStockHouse(
  database: Database,
  options: HouseOptions,
): Promise<StockHouse> {
  await database.administration((tx) =>
    tx.execute(
      `insert into organisation (id, code, name, currency, time_zone, created_at)
       values ($1, 'MOSA', 'MoSA', 'EUR', 'Europe/Paris', $2)`,
      [ORGANISATION, NOW.toISOString()],
    ),
  );
  await database.transaction(ORGANISATION, async (tx) => {
    await tx.script(HOUSE_SQL(options));
    await insertSeats(tx, options);
    await offerEverything(tx, INTERFACE);
  });
  const seatIds = Array.from({ length: options.seats }, (_, index) => SEAT + index);
  return { seatIds, placeOf: (id) => `BL/${rowOf(id - SEAT)}/${((id - SEAT) % 10) + 1}` };
}

const rowOf = (index: number): string => String.fromCharCode(65 + Math.floor(index / 10));

async function insertSeats(tx: Tx, { seats, contingentId = FNAC }: HouseOptions): Promise<void> {
  const indices = Array.from({ length: seats }, (_, index) => index);
  await tx.execute(
    `insert into seat (organisation_id, id, block_id, row, number)
     select ${ORGANISATION}, t.* from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) t`,
    [
      indices.map((index) => SEAT + index),
      indices.map(() => 30),
      indices.map(rowOf),
      indices.map((index) => String((index % 10) + 1)),
    ],
  );
  await tx.execute(
    `insert into performance_seat (organisation_id, performance_id, seat_id, seat_category_id,
       contingent_id)
     select ${ORGANISATION}, ${PERFORMANCE}, t.id, ${FIRST}, $2
     from unnest($1::bigint[]) as t (id)`,
    [indices.map((index) => SEAT + index), contingentId],
  );
}

const HOUSE_SQL = ({ zoneQuota = 0, state = 'running', kind = 'event' }: HouseOptions): string => `
  insert into season values (1, 10, 'S2', 'Saison 2', null, null);
  insert into layout values (1, 20, 'AUDI', 'Auditorium');
  insert into area values (1, 25, 20, '1F', '1F', true), (1, 26, 20, 'PIT', 'Parterre', false);
  insert into block values (1, 30, 25, 'B1', 'Bloc'), (1, 31, 26, '', '');
  insert into logical_configuration values (1, 35, 20, 'GARD100', 'Jardins');
  insert into seat_category values (1, ${FIRST}, 35, 'CAT1', 'Cat 1', 'seats', 0),
    (1, ${SECOND}, 35, 'CAT2', 'Cat 2', 'seats', 1), (1, ${FREE}, 35, 'LIBRE', 'Libre', 'zone', 2);
  insert into zone values (1, 45, 35, 26, ${FREE}, 100);
  insert into product (organisation_id, id, season_id, code, name, kind, time_zone)
    values (1, ${CHALK}, 10, 'CHALK', 'Craie', '${kind}', 'Europe/Paris');
  insert into performance (organisation_id, id, product_id, code, starts_at, time_zone,
      local_start, logical_configuration_id, state)
    values (1, ${PERFORMANCE}, ${CHALK}, 'P1', '2027-02-01T19:00:00Z', 'Europe/Paris',
      '${START}', 35, '${state}');
  insert into sales_channel values (1, 80, 'FNAC', 'FNAC', 'external', true),
    (1, 81, 'AUTRE', 'Autre', 'external', true), (1, 82, 'GUICHET', 'Guichet', 'internal', false);
  insert into contingent (organisation_id, id, code, name, kind) values
    (1, ${FNAC}, 'FNAC', 'FNAC', 'external'), (1, ${FNAC_BIS}, 'BIS', 'FNAC bis', 'external'),
    (1, ${OTHER}, 'AUTRE', 'Autre', 'external'), (1, ${HOUSE}, 'MAISON', 'Maison', 'internal');
  insert into contingent_channel values (1, ${FNAC}, 80), (1, ${FNAC_BIS}, 80), (1, ${OTHER}, 81),
    (1, ${HOUSE}, 82);
  insert into contact values (1, 85, 'TECH', 'Technique', true);
  insert into pending_account (organisation_id, id, contact_id, code, currency)
    values (1, 86, 85, 'FNAC', 'EUR');
  insert into point_of_sale values (1, 87, 80, 'FNAC', 'FNAC', true);
  insert into reseller_account (organisation_id, id, channel, account)
    values (1, 88, 'scripted', 'SCRIPT'), (1, 89, 'scripted', 'OTHER');
  insert into interface (organisation_id, id, code, names, reseller, channel, reseller_account_id,
      sales_channel_id, point_of_sale_id, contact_id, pending_account_id, currency, time_zone,
      status, config)
    values (1, ${INTERFACE}, 'FNAC', '{"fr":"FNAC"}', 'FNAC', 'scripted', 88, 80, 87, 85, 86,
        'EUR', 'Europe/Paris', 'visible', '{}'),
      (1, ${OTHER_INTERFACE}, 'AUTRE', '{"fr":"Autre"}', 'Autre', 'scripted', 89, 81, 87, 85, 86,
        'EUR', 'Europe/Paris', 'visible', '{}');
  insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
      changed_by)
    select 1, row_number() over (), ${INTERFACE}, word, ours, array[theirs],
      '2027-01-01T00:00:00Z', 'test'
    from (values ('product', 'CHALK', 'MOSA02'), ('logical_configuration', 'GARD100', 'GAR'),
      ('seat_category', 'GARD100/CAT1', '30'), ('seat_category', 'GARD100/CAT2', '31'),
      ('seat_category', 'GARD100/LIBRE', '32'), ('block', 'AUDI/1F/B1', 'BL'),
      ('block', 'AUDI/PIT', 'FOSSE'), ('contingent', 'FNAC', 'ALLOT'),
      ('contingent', 'BIS', 'ALLOT2')) as t (word, ours, theirs);
  insert into counter (organisation_id, id, kind, product_id, performance_id, zone_id,
      seat_category_id, capacity)
    values (1, ${ZONE_COUNTER}, 'zone', ${CHALK}, ${PERFORMANCE}, 45, ${FREE}, 100);
  insert into contingent_quota (organisation_id, counter_id, contingent_id, quota)
    values (1, ${ZONE_COUNTER}, ${FNAC}, ${zoneQuota});
`;

export interface SeatRow {
  seatId: number;
  state: string;
  contingentId: number | null;
  interfaceId: number | null;
  sentCategoryId: number | null;
  sentContingentId: number | null;
  wish: string | null;
  refusedReason: string | null;
  pending: number;
}

export function readSeats(database: Database): Promise<SeatRow[]> {
  return database.transaction(ORGANISATION, (tx) =>
    tx.query<SeatRow>(
      `select seat_id as "seatId", state, contingent_id as "contingentId",
              interface_id as "interfaceId", sent_category_id as "sentCategoryId",
              sent_contingent_id as "sentContingentId", wish, refused_reason as "refusedReason",
              pending
       from performance_seat where performance_id = ${PERFORMANCE} order by seat_id`,
    ),
  );
}

/** Everything that stock is made of, as text: equal before and after means that nothing changed. */
export async function stockFingerprint(database: Database): Promise<string> {
  const tables = ['performance_seat', 'contingent_quota', 'movement', 'command', 'command_item'];
  return database.transaction(ORGANISATION, async (tx) => {
    const parts: string[] = [];
    for (const table of [...tables, 'offer']) {
      const rows = await tx.query<{ row: string }>(
        `select (t.*)::text || t.xmin::text as row from ${table} t order by 1`,
      );
      parts.push(`${table}\n${rows.map(({ row }) => row).join('\n')}`);
    }
    return parts.join('\n');
  });
}
