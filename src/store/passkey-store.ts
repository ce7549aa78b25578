/**
 * Passkeys, the questions to their authenticators, and codes that were used. People are of no
 * organisation, so all of it runs in administration transactions.
 */
import type { Tx } from './database/transaction.ts';

export interface Passkey {
  id: string;
  name: string;
  /** True for one that several devices of the person share. */
  synced: boolean;
  /** ISO instants. */
  createdAt: string;
  lastUsedAt: string | null;
}

const SHOWN = `id, name, synced, created_at as "createdAt", last_used_at as "lastUsedAt"`;

/** The oldest first. */
export async function listPasskeys(admin: Tx, personId: string): Promise<Passkey[]> {
  return await admin.query<Passkey>(
    `select ${SHOWN} from passkey where person_id = $1 order by created_at, id`,
    [personId],
  );
}

/** What an authenticator is asked and checked by. */
export interface Credential {
  id: string;
  personId: string;
  name: string;
  credentialId: string;
  publicKey: string;
  counter: number;
  transports: string[];
}

const CHECKED = `id, person_id as "personId", name, credential_id as "credentialId",
  public_key as "publicKey", counter::float8 as counter, transports`;

export async function credentialsOf(admin: Tx, personId: string): Promise<Credential[]> {
  return await admin.query<Credential>(
    `select ${CHECKED} from passkey where person_id = $1 order by created_at, id`,
    [personId],
  );
}

/** Held until the transaction ends: of two answers at once the second sees the first's counter. */
export async function lockCredential(admin: Tx, credentialId: string): Promise<Credential | null> {
  const rows = await admin.query<Credential>(
    `select ${CHECKED} from passkey where credential_id = $1 for update`,
    [credentialId],
  );
  return rows[0] ?? null;
}

/** The login whose passkey this is. */
export async function emailOfCredential(admin: Tx, credentialId: string): Promise<string | null> {
  const rows = await admin.query<{ email: string }>(
    `select p.email from passkey k join person p on p.id = k.person_id where k.credential_id = $1`,
    [credentialId],
  );
  return rows[0]?.email ?? null;
}

export interface NewPasskey extends Omit<Credential, 'transports'> {
  transports: readonly string[];
  synced: boolean;
  at: Date;
}

/** False when the credential is known already. */
export async function insertPasskey(admin: Tx, one: NewPasskey): Promise<boolean> {
  const inserted = await admin.execute(
    `insert into passkey (id, person_id, name, credential_id, public_key, counter, transports,
       synced, created_at)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9)
     on conflict (credential_id) do nothing`,
    [
      one.id,
      one.personId,
      one.name,
      one.credentialId,
      one.publicKey,
      one.counter,
      one.transports,
      one.synced,
      one.at.toISOString(),
    ],
  );
  return inserted > 0;
}

export async function markPasskeyUsed(
  admin: Tx,
  id: string,
  used: { counter: number; synced: boolean; at: Date },
): Promise<void> {
  await admin.execute(
    'update passkey set counter = $2, synced = $3, last_used_at = $4 where id = $1',
    [id, used.counter, used.synced, used.at.toISOString()],
  );
}

/** Held until the transaction ends; null: this person has none of this id. */
export async function lockPasskey(
  admin: Tx,
  personId: string,
  id: string,
): Promise<Passkey | null> {
  const rows = await admin.query<Passkey>(
    `select ${SHOWN} from passkey where person_id = $1 and id = $2 for update`,
    [personId, id],
  );
  return rows[0] ?? null;
}

export async function renamePasskey(admin: Tx, id: string, name: string): Promise<void> {
  await admin.execute('update passkey set name = $2 where id = $1', [id, name]);
}

export async function deletePasskey(admin: Tx, id: string): Promise<void> {
  await admin.execute('delete from passkey where id = $1', [id]);
}

/** How many there were. */
export async function deletePasskeysOf(admin: Tx, personId: string): Promise<number> {
  return await admin.execute('delete from passkey where person_id = $1', [personId]);
}

/** The library asks for a second factor where this is set: a telephone's code or a passkey. */
export async function noteTwoFactor(admin: Tx, personId: string): Promise<void> {
  await admin.execute(
    `update person p set two_factor_enabled =
       exists (select from passkey k where k.person_id = p.id)
       or exists (select from person_two_factor t where t.person_id = p.id
                  and t.verified is not false)
     where p.id = $1`,
    [personId],
  );
}

export type ChallengePurpose = 'register' | 'sign_in';

export interface Challenge {
  digest: string;
  purpose: ChallengePurpose;
  personId: string | null;
}

/** What ended before `at` is removed with it. */
export async function insertChallenge(
  admin: Tx,
  challenge: Challenge,
  { at, expiresAt }: { at: Date; expiresAt: Date },
): Promise<void> {
  await admin.execute('delete from passkey_challenge where expires_at <= $1', [at.toISOString()]);
  await admin.execute(
    `insert into passkey_challenge (digest, purpose, person_id, expires_at)
     values ($1, $2, $3, $4)`,
    [challenge.digest, challenge.purpose, challenge.personId, expiresAt.toISOString()],
  );
}

/** Of any number of answers at once one gets it; null: never asked, answered, or too late. */
export async function takeChallenge(
  admin: Tx,
  digest: string,
  at: Date,
): Promise<Challenge | null> {
  const rows = await admin.query<Challenge & { expiresAt: string }>(
    `delete from passkey_challenge where digest = $1
     returning digest, purpose, person_id as "personId", expires_at as "expiresAt"`,
    [digest],
  );
  const [found] = rows;
  if (found === undefined || Date.parse(found.expiresAt) <= at.getTime()) return null;
  return found;
}

/** False when this code was used before; what ended before `at` is removed. */
export async function useCode(
  admin: Tx,
  digest: string,
  { at, expiresAt }: { at: Date; expiresAt: Date },
): Promise<boolean> {
  await admin.execute('delete from used_code where expires_at <= $1', [at.toISOString()]);
  const inserted = await admin.execute(
    `insert into used_code (digest, expires_at) values ($1, $2) on conflict (digest) do nothing`,
    [digest, expiresAt.toISOString()],
  );
  return inserted > 0;
}
