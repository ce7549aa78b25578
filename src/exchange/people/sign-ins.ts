/** What becomes of attempts to sign in: who may, and what the journal is told. */
import { createHash } from 'node:crypto';
import {
  emailOfCredential,
  listPasskeys,
  noteTwoFactor,
  useCode,
} from '../../store/passkey-store.ts';
import { findKnown, membershipsOf } from '../../store/people-store.ts';
import { endSession, findHalfSignedIn, noteSignIn } from '../../store/person-account-store.ts';
import type { Known } from './own-journal.ts';
import { NOBODY_YET, noteOfPerson } from './own-journal.ts';
import type { Change, PeopleServices } from './people-request.ts';

/** How a person signed in, or tried to. */
export type SignInWay = 'password' | 'code' | 'backup_code' | 'passkey' | 'directory' | 'link';

export interface Visit {
  way: SignInWay;
  address: string;
}

/**
 * Notes a sign-in; false: this person may act in no organisation, and the session, which the
 * library has just opened, is ended before anybody is told of it. (A hook of the library would ask
 * within its transaction, for whose end the embedded database's one connection would wait.)
 */
export async function noteSignedIn(
  services: PeopleServices,
  person: Known & { sessionId: string },
  visit: Visit,
): Promise<boolean> {
  return await services.database.administration(async (admin) => {
    if ((await membershipsOf(admin, person.id)).length === 0) {
      await endSession(admin, person.id, person.sessionId);
      return false;
    }
    await noteSignIn(admin, person.id, services.clock());
    await noteOfPerson(admin, services, person, {
      action: 'person.signed_in',
      after: { ...visit },
    });
    return true;
  });
}

/** Of a login that nobody has nothing is noted: it belongs to no organisation. */
export async function noteFailedAttempt(
  services: PeopleServices,
  login: string,
  visit: Visit & { code: string },
): Promise<void> {
  await services.database.administration(async (admin) => {
    const person = await findKnown(admin, login);
    if (person === null) return;
    const change = { action: 'person.sign_in_failed', after: { ...visit } };
    await noteOfPerson(admin, services, person, change, NOBODY_YET);
  });
}

/** What a person did to their own way of signing in. */
export async function noteOwnChange(
  services: PeopleServices,
  person: Known,
  change: Omit<Change, 'subject'>,
): Promise<void> {
  await services.database.administration((admin) => noteOfPerson(admin, services, person, change));
}

/**
 * Who has given a password and still owes the second factor, by what their cookie holds: for
 * counting and the journal. Whether it is too late is the library's to say.
 */
export async function readHalfSignedIn(
  { database }: Pick<PeopleServices, 'database'>,
  cookieText: string,
): Promise<Known | null> {
  // As the library's setting `hashed` keeps it.
  const identifier = createHash('sha256').update(cookieText).digest('base64url');
  return await database.administration((admin) => findHalfSignedIn(admin, identifier));
}

/** Among whose failures an attempt with this passkey counts; null: nobody's passkey. */
export async function loginOfCredential(
  { database }: Pick<PeopleServices, 'database'>,
  credentialId: string,
): Promise<string | null> {
  return await database.administration((admin) => emailOfCredential(admin, credentialId));
}

/** Whether this login has a passkey to be asked for. */
export async function hasPasskeys(
  { database }: Pick<PeopleServices, 'database'>,
  login: string | null,
): Promise<boolean> {
  if (login === null) return false;
  return await database.administration(async (admin) => {
    const person = await findKnown(admin, login);
    return person !== null && (await listPasskeys(admin, person.id)).length > 0;
  });
}

/** Whether a second factor is asked of the person from now on: after one came or went. */
export async function settleTwoFactor(
  { database }: Pick<PeopleServices, 'database'>,
  personId: string,
): Promise<void> {
  await database.administration((admin) => noteTwoFactor(admin, personId));
}

// The library takes the code before and the one after the running half minute too.
const CODE_LIVES_MS = 120_000;

/** False: this code of the telephone has opened a session already. */
export async function takeCode(
  { database, clock }: Pick<PeopleServices, 'database' | 'clock'>,
  personId: string,
  code: string,
): Promise<boolean> {
  const digest = createHash('sha256').update(`${personId} ${code}`).digest('hex');
  const at = clock();
  const expiresAt = new Date(at.getTime() + CODE_LIVES_MS);
  return await database.administration((admin) => useCode(admin, digest, { at, expiresAt }));
}
