/** The stock benchmark's house: one event in a large hall, a performance of it large, one small. */
import type { Database } from '../../src/store/database/database.ts';
import { testSecretBox } from '../../tests/support/exchange-services.ts';

export const STOCK = {
  organisationId: 1,
  interfaceId: 100,
  contingentId: 44,
  categoryId: 8,
  large: { id: 21, seats: 80_000 },
  small: { id: 22, seats: 800 },
} as const;
export const STARTS = { large: '2027-06-01T20:00', small: '2027-06-02T20:00' } as const;

const HOUSE = `
insert into organisation (id, code, name, currency, time_zone, created_at)
  values (1, 'STK', 'Stock', 'EUR', 'Europe/Paris', '2026-01-01Z');
insert into season (organisation_id, id, code, name) values (1, 1, 'S', 'Season');
insert into layout (organisation_id, id, code, name) values (1, 2, 'L', 'Layout');
insert into area (organisation_id, id, layout_id, code, name, numbered)
  values (1, 3, 2, 'HALL', 'Hall', true);
insert into block (organisation_id, id, area_id, code, name)
  select 1, 1000 + b, 3, 'B' || b, '' from generate_series(0, 79) b;
insert into seat (organisation_id, id, block_id, row, number)
  select 1, 10000 + n, 1000 + n / 1000, ((n % 1000) / 40 + 1)::text, (n % 40 + 1)::text
  from generate_series(0, 79999) n;
insert into logical_configuration (organisation_id, id, layout_id, code, name)
  values (1, 7, 2, 'C', 'Configuration');
insert into seat_category (organisation_id, id, logical_configuration_id, code, name, kind)
  values (1, 8, 7, 'SEAT', 'Seats', 'seats');
insert into product (organisation_id, id, season_id, code, name, kind, time_zone)
  values (1, 11, 1, 'EVT', 'Event', 'event', 'Europe/Paris');
insert into performance (organisation_id, id, product_id, code, starts_at, time_zone, local_start,
    logical_configuration_id, state)
  select 1, id, 11, start, (start || ':00+02')::timestamptz, 'Europe/Paris', start, 7, 'running'
  from (values (21, '${STARTS.large}'), (22, '${STARTS.small}')) as t (id, start);
insert into sales_channel (organisation_id, id, code, name, kind, accepts_third_party)
  values (1, 40, 'FNAC', 'FNAC', 'external', true);
insert into point_of_sale
  (organisation_id, id, sales_channel_id, code, name, accepts_pending_account)
  values (1, 42, 40, 'FNAC', 'FNAC', true);
insert into contact (organisation_id, id, code, name, pending_account_authorised)
  values (1, 43, 'FNAC', 'FNAC', true);
insert into pending_account (organisation_id, id, contact_id, code, currency)
  values (1, 45, 43, 'FNAC', 'EUR');
insert into contingent (organisation_id, id, code, name, kind)
  values (1, 44, 'FNAC', 'FNAC', 'external');
insert into contingent_channel (organisation_id, contingent_id, sales_channel_id)
  values (1, 44, 40);
insert into reseller_account (organisation_id, id, channel, account) values (1, 90, 'fnac', 'STK');
insert into performance_seat
  (organisation_id, performance_id, seat_id, seat_category_id, contingent_id)
  select 1, p.id, s.id, 8, 44
  from (values (21, 80000), (22, 800)) as p (id, seats)
  join seat s on s.organisation_id = 1 and s.id < 10000 + p.seats
  order by p.id, s.id;
insert into mapping (organisation_id, id, interface_id, word, ours, external, changed_at,
    changed_by)
  select 1, row_number() over (), 100, word, ours, array[theirs], '2026-01-01Z', 'bench'
  from (
    select 'logical_configuration' as word, 'C' as ours, 'C' as theirs
    union all select 'seat_category', 'C/SEAT', '1' union all select 'contingent', 'FNAC', 'ALL'
    union all select 'block', 'L/HALL/B' || b, 'BLOC' || b from generate_series(0, 79) b) words;
insert into offer (organisation_id, interface_id, performance_id)
  values (1, 100, 21), (1, 100, 22);
`;

/** Writes the house; the interface talks to the simulator at these addresses. */
export async function writeStockHouse(
  database: Database,
  urls: {
    EtatVentes: string;
    Contingentement: string;
    PrepareCtrlAcces: string;
    GetCtrlAcces: string;
  },
): Promise<void> {
  const config = {
    mainUrl: 'NA',
    salesUrl: urls.EtatVentes,
    contingentUrl: urls.Contingentement,
    contingentUser: 'stock',
    prepareUrl: urls.PrepareCtrlAcces,
    getAccessUrl: urls.GetCtrlAcces,
    accessUser: 'door',
    managerCode: 'STK',
  };
  const passwords = { contingentPassword: 'secret', accessPassword: 'secret' };
  const secrets = testSecretBox.seal(JSON.stringify(passwords));
  await database.administration(async (tx) => {
    await tx.script('set local session_replication_role = replica');
    await tx.script(HOUSE);
    await tx.execute(
      `insert into interface (organisation_id, id, code, names, reseller, channel,
         reseller_account_id, sales_channel_id, point_of_sale_id, contact_id, pending_account_id,
         currency, time_zone, status, config, secrets)
       values (1, 100, 'FNAC', '{"fr":"FNAC"}', 'FNAC', 'fnac', 90, 40, 42, 43, 45, 'EUR',
         'Europe/Paris', 'visible', $1, $2)`,
      [JSON.stringify(config), Buffer.from(secrets)],
    );
    await tx.script('analyze');
  });
}
