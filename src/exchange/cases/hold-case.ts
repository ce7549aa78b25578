/** Who looks after a case, and what is known of it. */

import { writeNote, writeTaken } from '../../store/case-decision-store.ts';
import { readCases } from '../../store/case-list-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { CaseServices } from './way-context.ts';
import { subjectOf } from './way-context.ts';

export interface HoldRequest {
  organisationId: number;
  ids: readonly number[];
  author: string;
}

/** The author takes the cases; answers how many were not theirs before. */
export function takeCase(services: CaseServices, request: HoldRequest): Promise<number> {
  return hold(services, request, 'case.taken', request.author, null);
}

/** Hands the cases to somebody else, or (null) to nobody. */
export function handOverCase(
  services: CaseServices,
  request: HoldRequest & { to: string | null; reason?: string | null },
): Promise<number> {
  return hold(services, request, 'case.handed_over', request.to, request.reason ?? null);
}

async function hold(
  services: CaseServices,
  request: HoldRequest,
  action: string,
  to: string | null,
  reason: string | null,
): Promise<number> {
  return await services.database.transaction(request.organisationId, async (tx) => {
    const rows = (await readCases(tx, request.ids, 'lock')).filter(
      (row) => row.settledAt === null && row.takenBy !== to,
    );
    const ids = rows.map(({ id }) => id);
    await writeTaken(tx, ids, to);
    const entries = rows.map(({ id, takenBy }) => ({ id, before: takenBy, after: to }));
    await trace(tx, services, request.author, action, reason, entries);
    return ids.length;
  });
}

/** A note replaces the one before, which stays in the journal; settled cases take one, too. */
export async function noteCase(
  services: CaseServices,
  request: HoldRequest & { note: string },
): Promise<number> {
  const { note, author } = request;
  return await services.database.transaction(request.organisationId, async (tx) => {
    const rows = (await readCases(tx, request.ids, 'lock')).filter((row) => row.note !== note);
    const ids = rows.map(({ id }) => id);
    await writeNote(tx, ids, note);
    const entries = rows.map((row) => ({ id: row.id, before: row.note, after: note }));
    await trace(tx, services, author, 'case.noted', null, entries);
    return ids.length;
  });
}

async function trace(
  tx: Tx,
  { ids, clock }: CaseServices,
  author: string,
  action: string,
  reason: string | null,
  entries: readonly { id: number; before: string | null; after: string | null }[],
): Promise<void> {
  const taken = await ids.take(entries.length, tx);
  const at = clock();
  await writeJournal(
    tx,
    entries.map(({ id, before, after }, index) => ({
      id: taken[index] as number,
      at,
      author,
      action,
      subject: subjectOf(id),
      before,
      after,
      reason,
    })),
  );
}
