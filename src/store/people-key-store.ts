/** API keys, of which only digests are kept. All of it in administration transactions. */
import type { Role } from '../domain/people/role.ts';
import type { Tx } from './database/transaction.ts';

export interface ApiKey {
  id: number;
  name: string;
  beginning: string;
  role: Role;
  scopes: string[] | null;
  /** ISO instants. */
  createdAt: string;
  createdBy: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
}

const COLUMNS = `id, name, beginning, role, scopes, created_at as "createdAt",
  created_by as "createdBy", expires_at as "expiresAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt", revoked_by as "revokedBy"`;

/** Newest first, the revoked too. */
export async function listKeys(admin: Tx, organisationId: number): Promise<ApiKey[]> {
  return await admin.query<ApiKey>(
    `select ${COLUMNS} from api_key where organisation_id = $1 order by created_at desc, id desc`,
    [organisationId],
  );
}

export interface KeyHolder extends ApiKey {
  organisationId: number;
}

export async function findKey(admin: Tx, digest: string): Promise<KeyHolder | null> {
  const rows = await admin.query<KeyHolder>(
    `select organisation_id as "organisationId", ${COLUMNS} from api_key where digest = $1`,
    [digest],
  );
  return rows[0] ?? null;
}

export interface NewKey {
  organisationId: number;
  id: number;
  name: string;
  digest: string;
  beginning: string;
  role: Role;
  scopes: readonly string[] | null;
  at: Date;
  author: string;
  expiresAt: Date | null;
}

/** False when a living key of the organisation has the name. */
export async function insertKey(admin: Tx, key: NewKey): Promise<boolean> {
  const inserted = await admin.execute(
    `insert into api_key (organisation_id, id, name, digest, beginning, role, scopes, created_at,
       created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10)
     on conflict (organisation_id, name) where revoked_at is null do nothing`,
    [
      key.organisationId,
      key.id,
      key.name,
      key.digest,
      key.beginning,
      key.role,
      key.scopes,
      key.at.toISOString(),
      key.author,
      key.expiresAt?.toISOString() ?? null,
    ],
  );
  return inserted > 0;
}

/** The living key of this name or id, held until the transaction ends. */
export async function lockKey(
  admin: Tx,
  organisationId: number,
  which: { id: number } | { name: string },
): Promise<ApiKey | null> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['name', which.name];
  const rows = await admin.query<ApiKey>(
    `select ${COLUMNS} from api_key
     where organisation_id = $1 and ${column} = $2 and revoked_at is null for update`,
    [organisationId, value],
  );
  return rows[0] ?? null;
}

export async function revokeKey(
  admin: Tx,
  organisationId: number,
  id: number,
  by: { at: Date; author: string },
): Promise<void> {
  await admin.execute(
    `update api_key set revoked_at = $3, revoked_by = $4 where organisation_id = $1 and id = $2`,
    [organisationId, id, by.at.toISOString(), by.author],
  );
}

export async function markUsed(admin: Tx, holder: KeyHolder, at: Date): Promise<void> {
  await admin.execute(
    `update api_key set last_used_at = $3
     where organisation_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3)`,
    [holder.organisationId, holder.id, at.toISOString()],
  );
}
