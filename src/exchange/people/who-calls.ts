/** Finds out what the holder of a key, and a person who is signed in, may do here. */
import type { Role } from '../../domain/people/role.ts';
import type { KeyHolder } from '../../store/people-key-store.ts';
import { findKey, markUsed } from '../../store/people-key-store.ts';
import type { Membership } from '../../store/people-store.ts';
import { membershipsOf } from '../../store/people-store.ts';
import { digestOfKey } from './keys.ts';
import type { PeopleServices } from './people-request.ts';

export type { Membership } from '../../store/people-store.ts';

const USE_NOTED_AFTER_MS = 60_000;

export interface KeyCaller {
  organisationId: number;
  keyId: number;
  name: string;
  role: Role;
  scopes: ReadonlySet<string> | null;
}

/** Null for what is no key, is revoked or expired: no answer tells which. */
export async function callerOfKey(
  { database, clock }: Pick<PeopleServices, 'database' | 'clock'>,
  text: string,
): Promise<KeyCaller | null> {
  const digest = digestOfKey(text);
  if (digest === null) return null;
  const at = clock();
  return await database.administration(async (admin) => {
    const holder = await findKey(admin, digest);
    if (holder === null || !isAlive(holder, at)) return null;
    if (at.getTime() - Date.parse(holder.lastUsedAt ?? '1970-01-01') > USE_NOTED_AFTER_MS) {
      await markUsed(admin, holder, at);
    }
    const { organisationId, id, name, role, scopes } = holder;
    return {
      organisationId,
      keyId: id,
      name,
      role,
      scopes: scopes === null ? null : new Set(scopes),
    };
  });
}

function isAlive({ revokedAt, expiresAt }: KeyHolder, at: Date): boolean {
  return revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > at.getTime());
}

/** What a person may do, in each organisation; the oldest membership first. */
export async function readMemberships(
  { database }: Pick<PeopleServices, 'database'>,
  personId: string,
): Promise<Membership[]> {
  return await database.administration((admin) => membershipsOf(admin, personId));
}
