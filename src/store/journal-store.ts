/** Who changed what: appended with the change, in its transaction. */
import type { Tx } from './database/transaction.ts';

export interface JournalEntry {
  id: number;
  at: Date;
  author: string;
  /** What was done, as `case.settled`. */
  action: string;
  /** To what, as `case 1234`. */
  subject: string;
  before?: unknown;
  after?: unknown;
  reason: string | null;
}

/**
 * Appends entries; nothing when there are none. A transaction without a tenant names the
 * organisation.
 */
export async function writeJournal(
  tx: Tx,
  entries: readonly JournalEntry[],
  organisationId: number | null = tx.organisationId,
): Promise<void> {
  if (entries.length === 0) return;
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await tx.execute(
    `insert into journal (organisation_id, id, at, author, action, subject, before, after, reason)
     select $1, id, at, author, action, subject, before::jsonb, after::jsonb, reason
     from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[]) as e(id, at, author, action, subject, before, after, reason)`,
    [
      organisationId,
      entries.map((one) => one.id),
      entries.map((one) => one.at.toISOString()),
      entries.map((one) => one.author),
      entries.map((one) => one.action),
      entries.map((one) => one.subject),
      entries.map((one) => json(one.before)),
      entries.map((one) => json(one.after)),
      entries.map((one) => one.reason),
    ],
  );
}
