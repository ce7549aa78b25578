import type { Message } from '../domain/order/message.ts';
import type { InterfaceTerms } from '../domain/order/plan.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { UnseenValue } from '../domain/order/resolve.ts';
import type { Column } from './bulk-insert.ts';
import { Statement, same } from './bulk-insert.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

/** What a batch could not take in: records that are no messages, and words without a mapping. */

export interface UnreadableRecord {
  position: string;
  ticket: string | null;
  problems: readonly Problem[];
  fields: Readonly<Record<string, string>>;
}

export interface UnreadableOptions {
  terms: InterfaceTerms;
  ids: IdSource;
  runId: number;
  at: string;
}

/** Kept once per position in the reseller's journal: reading it again changes nothing. */
export async function writeUnreadable(
  tx: Tx,
  records: readonly UnreadableRecord[],
  options: UnreadableOptions,
): Promise<void> {
  if (records.length === 0) return;
  const ids = await options.ids.take(records.length, tx);
  let next = 0;
  const columns: Column<UnreadableRecord>[] = [
    ['id', 'bigint', () => ids[next++] as number],
    same('interface_id', 'bigint', options.terms.id),
    same('reseller_account_id', 'bigint', options.terms.resellerAccountId),
    same('run_id', 'bigint', options.runId),
    ['position', 'text', (one) => one.position],
    ['ticket', 'text', (one) => one.ticket],
    ['problems', 'jsonb', (one) => JSON.stringify(one.problems)],
    ['fields', 'jsonb', (one) => JSON.stringify(one.fields)],
    same('received_at', 'timestamptz', options.at),
  ];
  const statement = new Statement(tx.organisationId);
  const conflict = 'on conflict (organisation_id, reseller_account_id, position) do nothing';
  statement.insert('unreadable_record', columns, records, conflict);
  await tx.execute(statement.text, statement.params);
}

interface Counted extends UnseenValue {
  count: number;
  first: string;
  last: string;
  example: Message;
}

/** Counts the values of new cases in the queue, once per value and batch. */
export async function recordUnseenValues(
  tx: Tx,
  interfaceId: number,
  values: readonly (UnseenValue & { message: Message })[],
  at: string,
): Promise<void> {
  const counted = new Map<string, Counted>();
  for (const { word, value, parent, message } of values) {
    const key = `${word}\n${value}\n${parent}`;
    const known = counted.get(key);
    if (known) known.count += 1;
    else counted.set(key, { word, value, parent, count: 1, first: at, last: at, example: message });
  }
  const columns: Column<Counted>[] = [
    same('interface_id', 'bigint', interfaceId),
    ['word', 'text', (one) => one.word],
    ['value', 'text', (one) => one.value],
    ['parent', 'text', (one) => one.parent],
    ['seen_count', 'bigint', (one) => one.count],
    ['first_seen_at', 'timestamptz', (one) => one.first],
    ['last_seen_at', 'timestamptz', (one) => one.last],
    ['example', 'jsonb', (one) => JSON.stringify(exampleOf(one.example))],
  ];
  const statement = new Statement(tx.organisationId);
  const rows = [...counted.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  statement.insert(
    'unseen_value',
    columns,
    rows,
    `on conflict (organisation_id, interface_id, word, value, parent) do update
       set seen_count = unseen_value.seen_count + excluded.seen_count,
         last_seen_at = excluded.last_seen_at`,
  );
  await tx.execute(statement.text, statement.params);
}

function keyOf(one: UnseenValue): string {
  return `${one.word}\n${one.value}\n${one.parent}`;
}

/** Enough to find it at the reseller, without the beneficiary's name. */
function exampleOf(message: Message): Record<string, string | number | null> {
  const { ticket, order, product, start, block, category, tariff, priceMinor } = message;
  return { ticket, order, product, start, block, category, tariff, priceMinor };
}
