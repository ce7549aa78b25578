import type { Tx } from './database/transaction.ts';

/** The ceiling of a pending account in minor units; null: none. */
export async function readCeiling(tx: Tx, pendingAccountId: number): Promise<number | null> {
  const [row] = await tx.query<{ ceiling: number | null }>(
    `select ceiling_minor as ceiling from pending_account
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, pendingAccountId],
  );
  return row?.ceiling ?? null;
}
