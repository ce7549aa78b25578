import type { InterfaceTerms } from '../domain/order/plan.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { Column } from './bulk-insert.ts';
import { Statement, same } from './bulk-insert.ts';
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

/** A record of the reseller's that is no message: kept, redacted, until someone settles it. */
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
