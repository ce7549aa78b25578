import type pg from 'pg';
import type { Batch } from './rows.ts';
import { BOOKS, columnTypes } from './rows.ts';

/**
 * The limit: the same rows in the same tables, by one set-based statement a batch, through the
 * same driver and with row-level security as every transaction has it. Nothing is parsed, looked
 * up or decided.
 */
export async function prepareLimit(client: pg.Client, batches: readonly Batch[]) {
  const types: Record<string, Record<string, string>> = {};
  for (const table of Object.keys(BOOKS)) types[table] = await columnTypes(client, table);
  return async function write(): Promise<void> {
    for (const batch of batches) {
      const { text, params } = statementOf(batch, types);
      await client.query(
        'begin; set local role parterre_app; set local parterre.organisation_id = 1',
      );
      await client.query(text, params);
      await client.query('commit');
    }
  };
}

function statementOf(
  batch: Batch,
  types: Record<string, Record<string, string>>,
): { text: string; params: string[] } {
  const params: string[] = [];
  const unnest = (columns: readonly (readonly [string, string, unknown[]])[]) => {
    const arrays = columns.map(([, type, values]) => {
      params.push(arrayOf(values));
      return `$${params.length}::${type === 'jsonb' ? 'text' : type}[]`;
    });
    return `unnest(${arrays.join(', ')}) as r(${columns.map(([name]) => name).join(', ')})`;
  };
  const parts = Object.entries(batch.tables).map(([table, columns]) => {
    const typed = Object.entries(columns).map(
      ([name, values]) => [name, types[table]?.[name] ?? 'text', values] as const,
    );
    const names = typed.map(([name]) => name).join(', ');
    const values = typed.map(([name, type]) => (type === 'jsonb' ? `${name}::jsonb` : name));
    return `insert into ${table} (${names}) select ${values.join(', ')} from ${unnest(typed)}`;
  });
  if (batch.seats.seat_id.length > 0) {
    const source = unnest([
      ['performance_id', 'bigint', batch.seats.performance_id],
      ['seat_id', 'bigint', batch.seats.seat_id],
      ['ticket_id', 'bigint', batch.seats.ticket_id],
    ]);
    parts.push(`update performance_seat s set state = 'sold', ticket_id = r.ticket_id
      from ${source} where s.organisation_id = 1 and s.performance_id = r.performance_id
        and s.seat_id = r.seat_id`);
  }
  if (batch.zoneSold > 0) {
    const n = batch.zoneSold;
    parts.push(`update counter set sold = sold + ${n} where organisation_id = 1 and id = 50`);
    parts.push(`update contingent_quota set sold = sold + ${n}, allotted = allotted - ${n}
      where organisation_id = 1 and counter_id = 50 and contingent_id = 45`);
  }
  parts.push(`insert into import_cursor
    (organisation_id, interface_id, function, scope, cursor, run_id, changed_at)
    values (1, 100, 'integrate', '', '1', 1, '2027-01-01Z')
    on conflict (organisation_id, interface_id, function, scope) do update
      set cursor = excluded.cursor`);
  const named = parts.slice(0, -1).map((part, index) => `w${index} as (${part})`);
  return { text: `with ${named.join(', ')} ${parts.at(-1)}`, params };
}

function arrayOf(values: readonly unknown[]): string {
  const parts = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (typeof value !== 'string') return String(value);
    return /["\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : `"${value}"`;
  });
  return `{${parts.join(',')}}`;
}
