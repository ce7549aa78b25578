import type { Database } from '../../store/database/database.ts';
import type { StatementRecord } from '../../store/statement-store.ts';
import { listStatements } from '../../store/statement-store.ts';

/** Statements of an interface, of one month or all. */
export function readStatements(
  { database }: { database: Database },
  request: { organisationId: number; interfaceId: number; period: string | null },
): Promise<StatementRecord[]> {
  return database.transaction(request.organisationId, (tx) => listStatements(tx, request), {
    readOnly: true,
  });
}
