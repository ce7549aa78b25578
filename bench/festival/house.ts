import type { Database } from '../../src/store/database/database.ts';

/**
 * The benchmarks' house: one event with seated performances whose seats are at the reseller, and a
 * large free-seating zone. Written by SQL, set by set, so that a million tickets are no burden.
 */

export const FESTIVAL = {
  organisationId: 1,
  interfaceId: 100,
  resellerAccountId: 90,
  seatedPerformances: 5,
  rows: 100,
  seatsPerRow: 100,
  zoneCapacity: 3_000_000,
} as const;

/** Local start of a performance of the festival, 1 the zone, 2… the seated ones. */
export function startOf(performance: number): string {
  return `2027-06-${String(performance).padStart(2, '0')}T20:00`;
}

const HOUSE = `
insert into organisation (id, code, name, currency, time_zone, created_at)
  values (1, 'FEST', 'Festival', 'EUR', 'Europe/Paris', '2026-01-01Z');
insert into season (organisation_id, id, code, name) values (1, 1, 'S', 'Season');
insert into layout (organisation_id, id, code, name) values (1, 2, 'L', 'Layout');
insert into area (organisation_id, id, layout_id, code, name, numbered) values
  (1, 3, 2, 'HALL', 'Hall', true), (1, 4, 2, 'FIELD', 'Field', false);
insert into block (organisation_id, id, area_id, code, name) values
  (1, 5, 3, '', ''), (1, 6, 4, '', '');
insert into seat (organisation_id, id, block_id, row, number)
  select 1, 10000 + r * 100 + n, 5, r::text, n::text
  from generate_series(1, 100) r, generate_series(1, 100) n;
insert into logical_configuration (organisation_id, id, layout_id, code, name)
  values (1, 7, 2, 'C', 'Configuration');
insert into seat_category (organisation_id, id, logical_configuration_id, code, name, kind) values
  (1, 8, 7, 'SEAT', 'Seats', 'seats'), (1, 9, 7, 'FREE', 'Free', 'zone');
insert into zone
  (organisation_id, id, logical_configuration_id, area_id, seat_category_id, capacity)
  values (1, 10, 7, 4, 9, 3000000);
insert into configuration_seat
  (organisation_id, logical_configuration_id, seat_id, seat_category_id)
  select 1, 7, id, 8 from seat;
insert into product (organisation_id, id, season_id, code, name, kind, time_zone)
  values (1, 11, 1, 'EVT', 'Event', 'event', 'Europe/Paris');
insert into performance (organisation_id, id, product_id, code, starts_at, time_zone,
    local_start, logical_configuration_id, state)
  select 1, 20 + n, 11, 'P' || n, ('2027-06-' || lpad(n::text, 2, '0') || 'T18:00Z')::timestamptz,
    'Europe/Paris', '2027-06-' || lpad(n::text, 2, '0') || 'T20:00', 7, 'running'
  from generate_series(1, 6) n;
insert into sales_channel (organisation_id, id, code, name, kind, accepts_third_party)
  values (1, 40, 'FNAC', 'FNAC', 'external', true);
insert into on_sale_window (organisation_id, id, sales_channel_id, product_id, opens_at)
  values (1, 41, 40, 11, '2026-01-01Z');
insert into point_of_sale
  (organisation_id, id, sales_channel_id, code, name, accepts_pending_account)
  values (1, 42, 40, 'FNAC', 'FNAC', true);
insert into contact (organisation_id, id, code, name, pending_account_authorised)
  values (1, 43, 'FNAC', 'FNAC', true);
insert into pending_account (organisation_id, id, contact_id, code, currency)
  values (1, 44, 43, 'FNAC', 'EUR');
insert into contingent (organisation_id, id, code, name, kind)
  values (1, 45, 'FNAC', 'FNAC', 'external');
insert into contingent_channel (organisation_id, contingent_id, sales_channel_id)
  values (1, 45, 40);
insert into reseller_account (organisation_id, id, channel, account) values (1, 90, 'fnac', 'FST');
insert into tariff (organisation_id, id, season_id, audience, audience_kind, code, name)
  values (1, 46, 1, 'OccCont', 'occasional_contact', 'FULL', 'Full');
insert into price (organisation_id, id, product_id, seat_category_id, tariff_id, amount_minor,
    currency, valid_from)
  values (1, 47, 11, 8, 46, 4400, 'EUR', '2026-01-01Z'),
    (1, 48, 11, 9, 46, 4400, 'EUR', '2026-01-01Z');
insert into vat_rate (organisation_id, id, product_id, rate_hundredths, valid_from)
  values (1, 49, 11, 550, '2026-01-01Z');
`;

const STOCK = `
insert into counter (organisation_id, id, kind, product_id, performance_id, zone_id,
    seat_category_id, capacity)
  values (1, 50, 'zone', 11, 21, 10, 9, 3000000);
insert into contingent_quota
  (organisation_id, counter_id, contingent_id, quota, interface_id, allotted)
  values (1, 50, 45, 3000000, 100, 3000000);
insert into performance_seat (organisation_id, performance_id, seat_id, seat_category_id,
    contingent_id, interface_id, sent_category_id, sent_contingent_id)
  select 1, p.id, s.id, 8, 45, 100, 8, 45
  from performance p cross join seat s where p.id > 21 order by p.id, s.id;
insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
    changed_by)
  values (1, 61, 100, 'product', 'EVT', '{MAN1}', '2026-01-01Z', 'bench'),
    (1, 62, 100, 'tariff', 'OccCont/FULL', '{0}', '2026-01-01Z', 'bench'),
    (1, 63, 100, 'seat_category', 'C/SEAT', '{1}', '2026-01-01Z', 'bench'),
    (1, 64, 100, 'seat_category', 'C/FREE', '{2}', '2026-01-01Z', 'bench'),
    (1, 65, 100, 'block', 'L/HALL', '{HALL}', '2026-01-01Z', 'bench'),
    (1, 66, 100, 'block', 'L/FIELD', '{LIBRE}', '2026-01-01Z', 'bench'),
    (1, 67, 100, 'contingent', 'FNAC', '{ALL}', '2026-01-01Z', 'bench');
`;

const INTERFACE = `
insert into interface (organisation_id, id, code, names, reseller, channel, reseller_account_id,
    sales_channel_id, point_of_sale_id, contact_id, pending_account_id, currency, time_zone,
    status, config, secrets)
  values (1, 100, 'FNAC', '{"fr":"FNAC"}', 'FNAC', 'fnac', 90, 40, 42, 43, 44, 'EUR',
    'Europe/Paris', 'visible', $1::jsonb, $2)`;

/** Writes the house; `config` and the sealed `secrets` are the FNAC interface's. */
export async function writeFestival(
  database: Database,
  config: Record<string, unknown>,
  secrets: Uint8Array,
): Promise<void> {
  await database.administration(async (tx) => {
    await tx.script(HOUSE);
    await tx.execute(INTERFACE, [JSON.stringify(config), Buffer.from(secrets)]);
    await tx.script(STOCK);
    // The house's own ids stay below those that the sequence gives out.
    await tx.query(`select setval('id_block', 1000000)`);
  });
  await database.administration((tx) => tx.script('analyze'));
}
