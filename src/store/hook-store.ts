/** Webhooks and chat hooks. Address and secret are sealed; only the host is shown. */
import type { NewsKind } from '../domain/watch/news.ts';
import type { Tx } from './database/transaction.ts';

export interface HookRecord {
  id: number;
  kind: 'webhook' | 'chat';
  name: string;
  host: string;
  /** Null: all news. */
  kinds: NewsKind[] | null;
  createdAt: string;
  createdBy: string;
}

const COLUMNS = `id, kind, name, host, kinds, created_at as "createdAt",
  created_by as "createdBy"`;

export function listHooks(tx: Tx): Promise<HookRecord[]> {
  return tx.query<HookRecord>(
    `select ${COLUMNS} from hook where organisation_id = $1 order by id`,
    [tx.organisationId],
  );
}

/** With the sealed address and secret; they stay in the function that sends. */
export async function findSealedHook(
  tx: Tx,
  id: number,
): Promise<(HookRecord & { sealed: Uint8Array }) | null> {
  const rows = await tx.query<HookRecord & { sealed: Uint8Array }>(
    `select ${COLUMNS}, sealed from hook where organisation_id = $1 and id = $2`,
    [tx.organisationId, id],
  );
  return rows[0] ?? null;
}

/** False when the name is taken. */
export async function insertHook(
  tx: Tx,
  hook: Omit<HookRecord, 'createdAt'> & { createdAt: Date; sealed: Uint8Array },
): Promise<boolean> {
  const touched = await tx.execute(
    `insert into hook (organisation_id, id, kind, name, host, sealed, kinds, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      tx.organisationId,
      hook.id,
      hook.kind,
      hook.name,
      hook.host,
      hook.sealed,
      hook.kinds,
      hook.createdAt.toISOString(),
      hook.createdBy,
    ],
  );
  return touched === 1;
}

/** With the sealed address and secret, locked until the end of the transaction. */
export async function lockSealedHook(
  tx: Tx,
  id: number,
): Promise<(HookRecord & { sealed: Uint8Array }) | null> {
  const rows = await tx.query<HookRecord & { sealed: Uint8Array }>(
    `select ${COLUMNS}, sealed from hook where organisation_id = $1 and id = $2 for update`,
    [tx.organisationId, id],
  );
  return rows[0] ?? null;
}

/** What of a locked hook changes; throws UniqueViolation when the name is taken. */
export async function writeHook(
  tx: Tx,
  hook: Pick<HookRecord, 'id' | 'name' | 'host' | 'kinds'> & { sealed: Uint8Array },
): Promise<void> {
  await tx.execute(
    `update hook set name = $3, host = $4, kinds = $5, sealed = $6
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, hook.id, hook.name, hook.host, hook.kinds, hook.sealed],
  );
}

/** Removes a hook; what waits for it is given up. Null when there is none. */
export async function deleteHook(
  tx: Tx,
  which: { id: number } | { name: string },
  at: Date,
): Promise<HookRecord | null> {
  const [hook] = await tx.query<HookRecord>(
    `delete from hook where organisation_id = $1 and ${'id' in which ? 'id' : 'name'} = $2
     returning ${COLUMNS}`,
    [tx.organisationId, 'id' in which ? which.id : which.name],
  );
  if (hook === undefined) return null;
  await tx.execute(
    `update outbox set state = 'failed', done_at = $3
     where organisation_id = $1 and hook_id = $2 and state = 'pending'`,
    [tx.organisationId, hook.id, at.toISOString()],
  );
  return hook;
}
