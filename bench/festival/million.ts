import type pg from 'pg';

/**
 * A million tickets of the zone as an integration would have left them, with random codes: what
 * lies there when the next sale comes.
 */
export async function writeMillion(client: pg.Client, count = 1_000_000): Promise<void> {
  const id = (offset: number) => `(${offset} + n)`;
  const each = `from generate_series(1, ${count}) n`;
  const content = `jsonb_build_object('kind', 'sale', 'ticket', 'OLD' || n, 'order', 'O' || n,
    'operationNumber', n, 'operationAt', '2026-12-01T10:00:00.000Z', 'product', 'MAN1',
    'start', '2027-06-01T20:00', 'block', 'LIBRE', 'category', '2', 'tariff', '0',
    'priceMinor', 4400, 'currency', 'EUR', 'barcode', md5(n::text), 'lastName', 'Martin',
    'firstName', 'Camille', 'operationPrecision', 'second', 'commissionMinor', 180)`;
  const parts = [
    `insert into sale_order select 1, ${id(100_000_000)}, 90, 100, 'O' || n, 43, 42, 44, 'EUR',
      '2026-12-01Z', 1 ${each}`,
    `insert into ticket (organisation_id, id, sale_order_id, reseller_account_id, interface_id,
      number, state, product_id, performance_id, counter_id, seat_category_id, tariff_id,
      contingent_id, currency, price_minor, our_price_minor, booked_minor, commission_minor,
      commission_on_top, net_due_minor, vat_hundredths, vat_minor, commission_vat_minor,
      last_name, first_name, outlet, barcode, sold_at, operation_number, message_id, run_id)
      select 1, ${id(200_000_000)}, ${id(100_000_000)}, 90, 100, 'OLD' || n, 'valid', 11, 21, 50,
      9, 46, 45, 'EUR', 4400, 4400, 4400, 180, false, 4220, 550, 229, 30, 'Martin', 'Camille',
      'Paris', md5(n::text), '2026-12-01Z', n, ${id(300_000_000)}, 1 ${each}`,
    `insert into message select 1, ${id(300_000_000)}, 90, 100, 1, 'sale', 'OLD' || n, n,
      '2026-12-01Z', 'integrated', ${content}, '2026-12-01Z' ${each}`,
    `insert into operation select 1, ${id(400_000_000)}, ${id(200_000_000)}, 'sale', n,
      '2026-12-01Z', '2026-12-01Z', 4400, 180, 'EUR', ${id(300_000_000)}, 1, 'bench', null
      ${each}`,
    `insert into movement (organisation_id, id, kind, performance_id, counter_id, contingent_id,
      interface_id, ticket_id, quantity, run_id, at) select 1, ${id(500_000_000)}, 'sold', 21, 50,
      45, 100, ${id(200_000_000)}, -1, 1, '2026-12-01Z' ${each}`,
    `insert into ledger_entry (organisation_id, id, pending_account_id, kind, amount_minor,
      currency, period, operation_at, entered_at, author, interface_id, ticket_id,
      performance_id, run_id) select 1, ${id(600_000_000)} + k * 2000000, 44,
      case k when 0 then 'sale' else 'commission' end, case k when 0 then 4400 else -180 end,
      'EUR', '2026-12', '2026-12-01Z', '2026-12-01Z', 'bench', 100, ${id(200_000_000)}, 21, 1
      ${each} cross join generate_series(0, 1) k`,
    `insert into access_code (organisation_id, code, state, source, interface_id, product_id,
      performance_id, ticket_id, changed_at) select 1, md5(n::text), 'valid', 'ticket', 100, 11,
      21, ${id(200_000_000)}, '2026-12-01Z' ${each}`,
  ];
  for (const part of parts) await client.query(part);
  await client.query(`update counter set sold = sold + ${count} where id = 50`);
  await client.query(
    `update contingent_quota set sold = sold + ${count}, allotted = allotted - ${count}`,
  );
  await client.query(`select setval('id_block', 1000000000)`);
  await client.query('vacuum analyze');
  await client.query('checkpoint');
}
