/** The journal as people read it. It is only ever appended to. */
import type { Tx } from './database/transaction.ts';

export interface JournalRow {
  id: number;
  at: string;
  author: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
  reason: string | null;
}

export interface JournalFilter {
  author?: string;
  /** A whole action, `schedule.changed`, or what stands before its dot. */
  action?: string;
  /** A whole subject, `schedule 12`, or its first word. */
  subject?: string;
  /** ISO instants: from the first on, before the second. */
  from?: string;
  to?: string;
  /** Only what stands after this line. */
  after?: { at: string; id: number };
  limit: number;
}

/** The newest first. */
export function listJournal(tx: Tx, filter: JournalFilter): Promise<JournalRow[]> {
  return tx.query<JournalRow>(
    `select id, at, author, action, subject, before, after, reason from journal
     where organisation_id = $1
       and ($2::text is null or author = $2)
       and ($3::text is null or action = $3 or starts_with(action, $3 || '.'))
       and ($4::text is null or subject = $4 or starts_with(subject, $4 || ' '))
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       and ($7::timestamptz is null or (at, id) < ($7, $8::bigint))
     order by at desc, id desc limit $9`,
    [
      tx.organisationId,
      filter.author ?? null,
      filter.action ?? null,
      filter.subject ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.after?.at ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  );
}
