/** A person's own profile and sessions. All of it in administration transactions. */
import type { Tx } from './database/transaction.ts';

export type PersonLanguage = 'fr' | 'en' | 'de' | 'it' | 'es';

export interface Profile {
  id: string;
  email: string;
  name: string;
  /** Null: the browser's. */
  language: PersonLanguage | null;
  hasPassword: boolean;
  twoFactor: boolean;
  totp: boolean;
  lastSignInAt: string | null;
}

const PROFILE = `p.id, p.email, p.name, p.language, p.last_sign_in_at as "lastSignInAt",
  coalesce(p.two_factor_enabled, false) as "twoFactor",
  exists (select from person_account a
          where a.person_id = p.id and a.password is not null) as "hasPassword",
  exists (select from person_two_factor t
          where t.person_id = p.id and t.verified is not false) as totp`;

/** Null: this person is gone. */
export async function findProfile(admin: Tx, personId: string): Promise<Profile | null> {
  const rows = await admin.query<Profile>(`select ${PROFILE} from person p where p.id = $1`, [
    personId,
  ]);
  return rows[0] ?? null;
}

/** The same, held until the transaction ends. */
export async function lockProfile(admin: Tx, personId: string): Promise<Profile | null> {
  const rows = await admin.query<Profile>(
    `select ${PROFILE} from person p where p.id = $1 for update of p`,
    [personId],
  );
  return rows[0] ?? null;
}

export async function saveProfile(
  admin: Tx,
  personId: string,
  { name, language, at }: { name: string; language: PersonLanguage | null; at: Date },
): Promise<void> {
  await admin.execute('update person set name = $2, language = $3, updated_at = $4 where id = $1', [
    personId,
    name,
    language,
    at.toISOString(),
  ]);
}

export interface PersonSession {
  id: string;
  /** ISO instants. */
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  address: string | null;
  userAgent: string | null;
}

/** The living ones, the newest first. */
export async function listSessions(
  admin: Tx,
  personId: string,
  at: Date,
): Promise<PersonSession[]> {
  return await admin.query<PersonSession>(
    `select id, created_at as "createdAt", updated_at as "lastSeenAt", expires_at as "expiresAt",
       nullif(ip_address, '') as address, nullif(user_agent, '') as "userAgent"
     from person_session where person_id = $1 and expires_at > $2
     order by created_at desc, id`,
    [personId, at.toISOString()],
  );
}

/** False: this person has no such session. */
export async function endSession(admin: Tx, personId: string, id: string): Promise<boolean> {
  const ended = await admin.execute('delete from person_session where person_id = $1 and id = $2', [
    personId,
    id,
  ]);
  return ended > 0;
}

/** How many ended. */
export async function endOtherSessions(admin: Tx, personId: string, kept: string): Promise<number> {
  return await admin.execute('delete from person_session where person_id = $1 and id <> $2', [
    personId,
    kept,
  ]);
}

/** Of which two sign-ins at once keep the later. */
export async function noteSignIn(admin: Tx, personId: string, at: Date): Promise<void> {
  await admin.execute(
    `update person set last_sign_in_at = greatest(last_sign_in_at, $2::timestamptz) where id = $1`,
    [personId, at.toISOString()],
  );
}

/** Who has begun to sign in, by the digest of what their cookie holds; null: nobody. */
export async function findHalfSignedIn(
  admin: Tx,
  identifier: string,
): Promise<{ id: string; email: string } | null> {
  const rows = await admin.query<{ id: string; email: string }>(
    `select p.id, p.email from person_verification v join person p on p.id = v.value
     where v.identifier = $1`,
    [identifier],
  );
  return rows[0] ?? null;
}

/** Sessions, links and half-finished sign-ins that ended before `at`. */
export async function forgetEnded(admin: Tx, at: Date): Promise<void> {
  await admin.execute('delete from person_session where expires_at < $1', [at.toISOString()]);
  await admin.execute('delete from person_verification where expires_at < $1', [at.toISOString()]);
}
