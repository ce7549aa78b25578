/** What a person sees and changes of their own: profile, sessions, passkeys. */
import { readName } from '../../domain/people/login.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { Passkey } from '../../store/passkey-store.ts';
import {
  deletePasskey,
  listPasskeys,
  lockPasskey,
  noteTwoFactor,
  renamePasskey,
} from '../../store/passkey-store.ts';
import type { Membership } from '../../store/people-store.ts';
import { membershipsOf } from '../../store/people-store.ts';
import type { PersonLanguage, PersonSession, Profile } from '../../store/person-account-store.ts';
import {
  endOtherSessions,
  endSession,
  findProfile,
  listSessions,
  lockProfile,
  saveProfile,
} from '../../store/person-account-store.ts';
import { noteOfPerson } from './own-journal.ts';
import type { PeopleResult, PeopleServices } from './people-request.ts';
import { refuse } from './people-request.ts';

export type { Passkey } from '../../store/passkey-store.ts';
export type { PersonLanguage, PersonSession, Profile } from '../../store/person-account-store.ts';

type Reading = Pick<PeopleServices, 'database' | 'clock'>;

export interface OwnAccount extends Profile {
  organisations: Membership[];
  passkeys: Passkey[];
}

/** Null: this person is gone. */
export async function readOwnAccount(
  { database }: Reading,
  personId: string,
): Promise<OwnAccount | null> {
  return await database.administration(async (admin) => {
    const profile = await findProfile(admin, personId);
    if (profile === null) return null;
    const organisations = await membershipsOf(admin, personId);
    return { ...profile, organisations, passkeys: await listPasskeys(admin, personId) };
  });
}

export interface ProfileChange {
  personId: string;
  name?: string;
  language?: PersonLanguage | null;
  /** Called where the person is held; what it throws ends the change. */
  check?: (profile: Profile) => void;
}

export async function changeProfile(
  services: PeopleServices,
  request: ProfileChange,
): Promise<PeopleResult<{ profile: Profile }>> {
  return await withProfile(services, request.personId, async (admin, profile) => {
    request.check?.(profile);
    const name = request.name === undefined ? profile.name : readName(request.name);
    if (name === null) return refuse('people.name_invalid');
    const language = request.language === undefined ? profile.language : request.language;
    await saveProfile(admin, profile.id, { name, language, at: services.clock() });
    if (name !== profile.name || language !== profile.language) {
      await noteOfPerson(admin, services, profile, {
        action: 'person.profile',
        before: { name: profile.name, language: profile.language },
        after: { name, language },
      });
    }
    return { outcome: 'done', profile: { ...profile, name, language } };
  });
}

/** The living ones, the newest first. */
export async function readOwnSessions(
  { database, clock }: Reading,
  personId: string,
): Promise<PersonSession[]> {
  return await database.administration((admin) => listSessions(admin, personId, clock()));
}

/** It ends with its next request, on every server. Refused: `people.unknown`. */
export async function endOwnSession(
  services: PeopleServices,
  { personId, sessionId }: { personId: string; sessionId: string },
): Promise<PeopleResult<object>> {
  return await withProfile(services, personId, async (admin, profile) => {
    if (!(await endSession(admin, personId, sessionId))) return refuse('sessions.unknown');
    const change = { action: 'person.sessions_ended', after: { ended: 1 } };
    await noteOfPerson(admin, services, profile, change);
    return { outcome: 'done' };
  });
}

/** Signs the person out everywhere but here. */
export async function endOwnOtherSessions(
  services: PeopleServices,
  { personId, kept }: { personId: string; kept: string },
): Promise<PeopleResult<{ ended: number }>> {
  return await withProfile(services, personId, async (admin, profile) => {
    const ended = await endOtherSessions(admin, personId, kept);
    if (ended > 0) {
      const change = { action: 'person.sessions_ended', after: { ended } };
      await noteOfPerson(admin, services, profile, change);
    }
    return { outcome: 'done', ended };
  });
}

export async function renameOwnPasskey(
  services: PeopleServices,
  request: { personId: string; passkeyId: string; name: string; check?: (of: Passkey) => void },
): Promise<PeopleResult<{ passkey: Passkey }>> {
  const name = readName(request.name);
  if (name === null) return refuse('passkeys.name_invalid');
  return await withProfile(services, request.personId, async (admin, profile) => {
    const passkey = await lockPasskey(admin, profile.id, request.passkeyId);
    if (passkey === null) return refuse('passkeys.unknown');
    request.check?.(passkey);
    await renamePasskey(admin, passkey.id, name);
    if (name !== passkey.name) {
      await noteOfPerson(admin, services, profile, {
        action: 'person.passkey_renamed',
        before: { name: passkey.name },
        after: { name },
      });
    }
    return { outcome: 'done', passkey: { ...passkey, name } };
  });
}

/** From now on it opens nothing. */
export async function removeOwnPasskey(
  services: PeopleServices,
  { personId, passkeyId }: { personId: string; passkeyId: string },
): Promise<PeopleResult<object>> {
  return await withProfile(services, personId, async (admin, profile) => {
    const passkey = await lockPasskey(admin, personId, passkeyId);
    if (passkey === null) return refuse('passkeys.unknown');
    await deletePasskey(admin, passkey.id);
    await noteTwoFactor(admin, personId);
    const { name, synced } = passkey;
    const change = { action: 'person.passkey_removed', before: { name, synced } };
    await noteOfPerson(admin, services, profile, change);
    return { outcome: 'done' };
  });
}

/** Changes of one person run one after the other. */
async function withProfile<Done extends object>(
  services: PeopleServices,
  personId: string,
  work: (admin: Tx, profile: Profile) => Promise<PeopleResult<Done>>,
): Promise<PeopleResult<Done>> {
  return await services.database.administration(async (admin) => {
    const profile = await lockProfile(admin, personId);
    return profile === null ? refuse('people.unknown') : await work(admin, profile);
  });
}
