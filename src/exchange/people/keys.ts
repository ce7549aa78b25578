/** API keys: made once, shown once, kept as a digest, revoked for ever. */
import { createHash, randomBytes } from 'node:crypto';
import { readName } from '../../domain/people/login.ts';
import type { Action, Role } from '../../domain/people/role.ts';
import { may, SCOPES } from '../../domain/people/role.ts';
import type { ApiKey } from '../../store/people-key-store.ts';
import { insertKey, listKeys, lockKey, revokeKey } from '../../store/people-key-store.ts';
import type { PeopleRequest, PeopleResult, PeopleServices } from './people-request.ts';
import { journal, refuse } from './people-request.ts';

export type { ApiKey } from '../../store/people-key-store.ts';

export const KEY_PREFIX = 'prt_';
const KEY_BYTES = 32;
const BEGINNING = 8;
const KEY_TEXT = /^prt_[A-Za-z0-9_-]{43}$/;

/** Under which a key is found; null: this text was never a key of ours. */
export function digestOfKey(text: string): string | null {
  return KEY_TEXT.test(text) ? createHash('sha256').update(text).digest('hex') : null;
}

export async function readKeys(
  { database }: Pick<PeopleServices, 'database'>,
  organisationId: number,
): Promise<ApiKey[]> {
  return await database.administration((admin) => listKeys(admin, organisationId));
}

export interface KeyRequest extends PeopleRequest {
  name: string;
  role: Role;
  /** Actions; null: everything the role may. */
  scopes: readonly Action[] | null;
  expiresAt: Date | null;
}

/** `key` is told this once. */
export async function createKey(
  services: PeopleServices,
  request: KeyRequest,
): Promise<PeopleResult<{ id: number; key: string }>> {
  const name = readName(request.name);
  const at = services.clock();
  const { role, expiresAt, organisationId, author } = request;
  if (name === null) return refuse('keys.name_invalid');
  const beyond = request.scopes?.find((scope) => !may(role, scope) || !SCOPES.includes(scope));
  if (beyond !== undefined) return refuse('keys.scope_not_allowed', { scope: beyond, role });
  if (expiresAt !== null && expiresAt <= at) return refuse('keys.expiry_past');
  const scopes = request.scopes === null ? null : [...new Set(request.scopes)].sort();
  const key = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
  const beginning = key.slice(0, BEGINNING);
  const digest = createHash('sha256').update(key).digest('hex');
  const [id = 0] = await services.ids.take(1);
  return await services.database.administration(async (admin) => {
    const row = { organisationId, id, name, digest, beginning, role, scopes, at, author };
    if (!(await insertKey(admin, { ...row, expiresAt })))
      return refuse('keys.name_taken', { name });
    const after = { role, scopes, expiresAt: expiresAt?.toISOString() ?? null };
    await journal(admin, services, request, {
      action: 'key.created',
      subject: `key ${name}`,
      after,
    });
    return { outcome: 'done', id, key };
  });
}

/** It is refused from the next request on, on every server. */
export async function endKey(
  services: PeopleServices,
  request: PeopleRequest & { which: { id: number } | { name: string } },
): Promise<PeopleResult<{ name: string }>> {
  const { organisationId, author } = request;
  return await services.database.administration(async (admin) => {
    const key = await lockKey(admin, organisationId, request.which);
    if (key === null) return refuse('keys.unknown');
    await revokeKey(admin, organisationId, key.id, { at: services.clock(), author });
    await journal(admin, services, request, {
      action: 'key.revoked',
      subject: `key ${key.name}`,
      before: { role: key.role, scopes: key.scopes },
    });
    return { outcome: 'done', name: key.name };
  });
}
