import type pg from 'pg';

/**
 * The rows that an integration wrote, read back in the order of their messages and cut into the
 * batches that wrote them: what the limit writes again, with nothing to parse and to decide.
 */
export interface Batch {
  /** Table → columns → values. */
  tables: Record<string, Record<string, unknown[]>>;
  seats: { performance_id: number[]; seat_id: number[]; ticket_id: number[] };
  zoneSold: number;
}

export const BOOKS: Readonly<Record<string, string>> = {
  sale_order: `select t.message_id as batch_key, o.* from sale_order o
    join lateral (select min(message_id) as message_id from ticket t
      where t.organisation_id = 1 and t.sale_order_id = o.id) t on true`,
  ticket: 'select message_id as batch_key, * from ticket',
  message: 'select id as batch_key, * from message',
  operation: 'select message_id as batch_key, * from operation',
  movement: `select t.message_id as batch_key, m.* from movement m
    join ticket t on t.organisation_id = 1 and t.id = m.ticket_id`,
  ledger_entry: `select t.message_id as batch_key, l.* from ledger_entry l
    join ticket t on t.organisation_id = 1 and t.id = l.ticket_id`,
  access_code: `select t.message_id as batch_key, a.* from access_code a
    join ticket t on t.organisation_id = 1 and t.id = a.ticket_id`,
};

/** Reads the books in batches of `size` messages; every value as text, as it will travel. */
export async function readBatches(client: pg.Client, size: number): Promise<Batch[]> {
  const text = { getTypeParser: () => (value: string) => value };
  const keys = await client.query('select id from message order by id');
  const batchOf = new Map<string, number>();
  for (const [index, { id }] of keys.rows.entries()) {
    batchOf.set(String(id), Math.floor(index / size));
  }
  const batches: Batch[] = Array.from({ length: Math.ceil(keys.rows.length / size) }, () => ({
    tables: {},
    seats: { performance_id: [], seat_id: [], ticket_id: [] },
    zoneSold: 0,
  }));
  for (const [table, query] of Object.entries(BOOKS)) {
    const { rows } = await client.query({ text: `${query} order by 1`, types: text });
    for (const row of rows) {
      const { batch_key, ...columns } = row;
      const batch = batches[batchOf.get(String(batch_key)) ?? 0] as Batch;
      batch.tables[table] ??= {};
      const own = batch.tables[table] ?? {};
      for (const [name, value] of Object.entries(columns)) {
        own[name] ??= [];
        own[name]?.push(value);
      }
      if (table === 'ticket') noteStock(batch, row);
    }
  }
  return batches;
}

function noteStock(batch: Batch, row: Record<string, string | null>): void {
  if (row.seat_id === null || row.seat_id === undefined) {
    batch.zoneSold += 1;
    return;
  }
  batch.seats.performance_id.push(Number(row.performance_id));
  batch.seats.seat_id.push(Number(row.seat_id));
  batch.seats.ticket_id.push(Number(row.id));
}

/** Column types of a table, for the casts. */
export async function columnTypes(
  client: pg.Client,
  table: string,
): Promise<Record<string, string>> {
  const { rows } = await client.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return Object.fromEntries(rows.map(({ name, type }) => [name, type]));
}
