import type { Tx } from './database/transaction.ts';

export interface CursorKey {
  interfaceId: number;
  function: string;
  /** '' or what a run is limited to: a filtered run has a cursor of its own. */
  scope: string;
}

export async function readCursor(tx: Tx, key: CursorKey): Promise<string | null> {
  const [row] = await tx.query<{ cursor: string | null }>(
    `select cursor from import_cursor
     where organisation_id = $1 and interface_id = $2 and function = $3 and scope = $4`,
    [tx.organisationId, key.interfaceId, key.function, key.scope],
  );
  return row?.cursor ?? null;
}

/** Moves a cursor; one that stands there already changes no row. */
export async function writeCursor(
  tx: Tx,
  cursor: CursorKey & { value: string },
  by: { runId: number; at: string },
): Promise<void> {
  await tx.execute(
    `insert into import_cursor
       (organisation_id, interface_id, function, scope, cursor, run_id, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisation_id, interface_id, function, scope) do update
       set cursor = excluded.cursor, run_id = excluded.run_id, changed_at = excluded.changed_at
       where import_cursor.cursor is distinct from excluded.cursor`,
    [
      tx.organisationId,
      cursor.interfaceId,
      cursor.function,
      cursor.scope,
      cursor.value,
      by.runId,
      by.at,
    ],
  );
}
