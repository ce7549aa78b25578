/** Cursors: how far a reseller's journal has been read, and moving one by hand. */
import type { CursorRow } from '../store/cursor-list.ts';
import { listCursors, moveCursorRow } from '../store/cursor-list.ts';
import { findInterface } from '../store/interface-store.ts';
import { writeJournal } from '../store/journal-store.ts';
import { heldBy, holdOffBatches } from '../store/lease-store.ts';
import { findRun } from '../store/run-store.ts';
import type { ExchangeServices } from './context.ts';

export type { CursorRow };

/** By scope: '' is everything, `product:ID` and `performance:ID` what is read by itself. */
export function readCursors(
  { database }: Pick<ExchangeServices, 'database'>,
  { organisationId, interfaceId }: { organisationId: number; interfaceId: number },
): Promise<CursorRow[]> {
  return database.transaction(organisationId, (tx) => listCursors(tx, interfaceId), {
    readOnly: true,
  });
}

export interface MoveCursor {
  organisationId: number;
  interfaceId: number;
  /** Which: its scope. */
  scope: string;
  /** The reseller's own word for a place in its journal; null: the beginning. */
  to: string | null;
  author: string;
  reason: string;
}

export type CursorMoved =
  | { outcome: 'moved'; before: string | null }
  | { outcome: 'unknown'; what: 'interface' | 'cursor' }
  /** A run has the account: it would write its own place over this one. */
  | { outcome: 'busy'; by: { id: number; number: number } };

/**
 * Moves a cursor of the integration, between two runs of its account. What is read again and known
 * changes nothing; what lies before a cursor that was set forward is not read. `check` sees the
 * cursor under the lock, and throws to change nothing.
 */
export function moveCursor(
  services: Pick<ExchangeServices, 'database' | 'ids' | 'clock'>,
  request: MoveCursor,
  check: (cursor: CursorRow) => void = () => {},
): Promise<CursorMoved> {
  const { organisationId, interfaceId, scope, to, author, reason } = request;
  return services.database.transaction(organisationId, async (tx): Promise<CursorMoved> => {
    const found = await findInterface(tx, interfaceId);
    if (found === null) return { outcome: 'unknown', what: 'interface' };
    await holdOffBatches(tx, found.resellerAccountId);
    const runId = await heldBy(tx, found.resellerAccountId);
    if (runId !== null) {
      const run = await findRun(tx, runId);
      return { outcome: 'busy', by: { id: runId, number: run?.number ?? 0 } };
    }
    const cursor = (await listCursors(tx, interfaceId)).find((one) => one.scope === scope);
    if (cursor === undefined) return { outcome: 'unknown', what: 'cursor' };
    check(cursor);
    const now = services.clock();
    await moveCursorRow(tx, { interfaceId, scope, value: to, at: now });
    const [id] = (await services.ids.take(1, tx)) as [number];
    const line = { id, at: now, author, action: 'cursor.moved', reason };
    const subject = `interface ${interfaceId}`;
    const before = { scope, cursor: cursor.cursor };
    await writeJournal(tx, [{ ...line, subject, before, after: { scope, cursor: to } }]);
    return { outcome: 'moved', before: cursor.cursor };
  });
}
