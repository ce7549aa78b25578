/** Cursors of an interface's integration, as people see and move them. */
import type { Tx } from './database/transaction.ts';

export interface CursorRow {
  scope: string;
  /** Null: the beginning. */
  cursor: string | null;
  changedAt: string;
  /** The run that read so far; null: a person moved it. */
  run: { id: number; number: number } | null;
}

interface Row extends Omit<CursorRow, 'run'> {
  runId: number | null;
  runNumber: number;
}

export async function listCursors(tx: Tx, interfaceId: number): Promise<CursorRow[]> {
  const rows = await tx.query<Row>(
    `select c.scope, c.cursor, c.changed_at as "changedAt", r.id as "runId",
            r.number as "runNumber"
     from import_cursor c
     left join run r on r.organisation_id = c.organisation_id and r.id = c.run_id
     where c.organisation_id = $1 and c.interface_id = $2 and c.function = 'integrate'
     order by c.scope`,
    [tx.organisationId, interfaceId],
  );
  return rows.map(({ runId, runNumber, ...row }) => ({
    ...row,
    run: runId === null ? null : { id: runId, number: runNumber },
  }));
}

export async function moveCursorRow(
  tx: Tx,
  to: { interfaceId: number; scope: string; value: string | null; at: Date },
): Promise<void> {
  await tx.execute(
    `update import_cursor set cursor = $4, run_id = null, changed_at = $5
     where organisation_id = $1 and interface_id = $2 and function = 'integrate' and scope = $3`,
    [tx.organisationId, to.interfaceId, to.scope, to.value, to.at.toISOString()],
  );
}
