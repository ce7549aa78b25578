/** Adds people to an organisation, changes their role, removes and resets them. */
import { readEmail, readName } from '../../domain/people/login.ts';
import type { Role } from '../../domain/people/role.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { Member } from '../../store/people-store.ts';
import {
  allMembershipsOf,
  countAdministrators,
  deleteMembership,
  deletePerson,
  endAccess,
  findPerson,
  holdMemberships,
  insertPerson,
  listMembers,
  removeTwoFactor,
  saveMembership,
} from '../../store/people-store.ts';
import type { LinkForOnce } from './one-time-link.ts';
import { makeLink, randomId } from './one-time-link.ts';
import type {
  PeopleRefusal,
  PeopleRequest,
  PeopleResult,
  PeopleServices,
} from './people-request.ts';
import { journal, refuse } from './people-request.ts';

export interface NewPerson {
  email: string;
  name: string;
  role: Role;
}

/**
 * Adds a person. `link` sets the password and is told this once; null: the person signs in
 * already, to another organisation, and keeps name and password.
 */
export async function addPerson(
  services: PeopleServices,
  request: PeopleRequest & NewPerson,
): Promise<PeopleResult<{ personId: string; email: string; link: LinkForOnce | null }>> {
  const email = readEmail(request.email);
  const name = readName(request.name);
  if (email === null) return refuse('people.email_invalid');
  if (name === null) return refuse('people.name_invalid');
  return await services.database.administration(async (admin) => {
    await holdMemberships(admin);
    const known = await findPerson(admin, email);
    const others = known === null ? [] : await allMembershipsOf(admin, known.id);
    if (others.some((one) => one.organisationId === request.organisationId)) {
      return refuse('people.exists', { email });
    }
    const added = await insertMember(admin, services, { ...request, email, name }, known?.id);
    return { outcome: 'done', email, ...added };
  });
}

/** A new person, or one who is known, as a member; with its row of the journal. */
export async function insertMember(
  admin: Tx,
  services: PeopleServices,
  request: PeopleRequest & NewPerson,
  known: string | undefined,
): Promise<{ personId: string; link: LinkForOnce | null }> {
  const at = services.clock();
  const { organisationId, role, author, email, name } = request;
  const personId = known ?? randomId();
  if (known === undefined) await insertPerson(admin, { id: personId, email, name }, at);
  await saveMembership(admin, { organisationId, personId, role, author, at });
  const link = known === undefined ? await makeLink(admin, personId, at) : null;
  const change = { action: 'person.added', subject: `person ${email}`, after: { name, role } };
  await journal(admin, services, request, change);
  return { personId, link };
}

export interface Chosen extends PeopleRequest {
  who: { email: string } | { personId: string };
  /** Called where the person is held; what it throws ends the change. */
  check?: (member: Member) => void;
}

/** The last administrator keeps the role. */
export async function changeRole(
  services: PeopleServices,
  request: Chosen & { role: Role },
): Promise<PeopleResult<{ changed: boolean }>> {
  return await withMember(services, request, async (admin, member) => {
    const { organisationId, author, role } = request;
    if (member.role === role) return { outcome: 'done', changed: false };
    const fault = await lastAdministrator(admin, organisationId, member);
    if (fault !== null) return refuse(fault);
    const at = services.clock();
    await saveMembership(admin, { organisationId, personId: member.id, role, author, at });
    await journal(admin, services, request, {
      action: 'person.role',
      subject: `person ${member.email}`,
      before: { role: member.role },
      after: { role },
    });
    return { outcome: 'done', changed: true };
  });
}

/** Whoever is of no organisation then is forgotten, with every session. */
export async function removePerson(
  services: PeopleServices,
  request: Chosen,
): Promise<PeopleResult<object>> {
  return await withMember(services, request, async (admin, member) => {
    const fault = await lastAdministrator(admin, request.organisationId, member);
    if (fault !== null) return refuse(fault);
    await deleteMembership(admin, request.organisationId, member.id);
    if ((await allMembershipsOf(admin, member.id)).length === 0)
      await deletePerson(admin, member.id);
    await journal(admin, services, request, {
      action: 'person.removed',
      subject: `person ${member.email}`,
      before: { name: member.name, role: member.role },
    });
    return { outcome: 'done' };
  });
}

export interface ResetRequest extends Chosen {
  /** Takes the second factor away too: for a lost telephone. */
  twoFactor?: boolean;
  /**
   * True for whoever has the console: the person may be of other organisations too. An
   * administrator must not, or one house could sign in as another's people.
   */
  console?: boolean;
}

/** Signs the person out everywhere, ends the password and gives a link to set a new one. */
export async function resetPerson(
  services: PeopleServices,
  request: ResetRequest,
): Promise<PeopleResult<{ link: LinkForOnce; twoFactorRemoved: boolean }>> {
  return await withMember(services, request, async (admin, member) => {
    const organisations = await allMembershipsOf(admin, member.id);
    if (organisations.length > 1 && request.console !== true) {
      return refuse('people.of_others_too', { email: member.email });
    }
    await endAccess(admin, member.id);
    const twoFactorRemoved =
      request.twoFactor === true ? await removeTwoFactor(admin, member.id) : false;
    const link = await makeLink(admin, member.id, services.clock());
    await journal(admin, services, request, {
      action: 'person.reset',
      subject: `person ${member.email}`,
      after: { twoFactorRemoved, linkUntil: link.expiresAt.toISOString() },
    });
    return { outcome: 'done', link, twoFactorRemoved };
  });
}

/** Finds and holds the person; `people.unknown` for one of another organisation. */
export async function withMember<Done extends object>(
  services: PeopleServices,
  { organisationId, who, check }: Chosen,
  work: (admin: Tx, member: Member) => Promise<PeopleResult<Done>>,
): Promise<PeopleResult<Done>> {
  return await services.database.administration(async (admin) => {
    await holdMemberships(admin);
    const members = await listMembers(admin, organisationId);
    const email = 'email' in who ? (readEmail(who.email) ?? who.email) : null;
    const member = members.find((one) =>
      'personId' in who ? one.id === who.personId : one.email === email,
    );
    if (member === undefined) return refuse('people.unknown');
    check?.(member);
    return await work(admin, member);
  });
}

/** Null: another administrator is left, or this is none who acts. */
export async function lastAdministrator(
  admin: Tx,
  organisationId: number,
  member: Member,
): Promise<PeopleRefusal | null> {
  if (member.role !== 'administrator' || member.deactivatedAt !== null) return null;
  const left = await countAdministrators(admin, organisationId);
  return left > 1 ? null : 'people.last_administrator';
}
