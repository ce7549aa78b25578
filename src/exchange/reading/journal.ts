/** The journal of what people and keys did. */
import type { Database } from '../../store/database/database.ts';
import type { JournalFilter, JournalRow } from '../../store/journal-list.ts';
import { listJournal } from '../../store/journal-list.ts';

export type { JournalFilter, JournalRow };

/** The newest first. */
export function readJournal(
  { database }: { database: Database },
  { organisationId, ...filter }: JournalFilter & { organisationId: number },
): Promise<JournalRow[]> {
  return database.transaction(organisationId, (tx) => listJournal(tx, filter), { readOnly: true });
}
