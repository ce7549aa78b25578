/**
 * People and what they may do where. A person is of no organisation, so all of this runs in an
 * administration transaction and names the organisation.
 */
import type { Role } from '../domain/people/role.ts';
import type { Tx } from './database/transaction.ts';
import { deletePasskeysOf } from './passkey-store.ts';

export interface Person {
  id: string;
  email: string;
  name: string;
}

export interface Member extends Person {
  role: Role;
  /** A second factor is asked of this person: a telephone's code or a passkey. */
  twoFactor: boolean;
  /** The telephone's code is set up. */
  totp: boolean;
  passkeys: number;
  /** False until the one-time link was used. */
  hasPassword: boolean;
  /** ISO instants. */
  since: string;
  lastSignInAt: string | null;
  lastSeenAt: string | null;
  deactivatedAt: string | null;
  /** Until when no code of the second factor is taken, after too many wrong ones. */
  codesLockedUntil: string | null;
}

/** By e-mail; whole, as a house has some tens of people. */
export async function listMembers(admin: Tx, organisationId: number): Promise<Member[]> {
  return await admin.query<Member>(
    `select p.id, p.email, p.name, m.role, coalesce(p.two_factor_enabled, false) as "twoFactor",
       exists (select from person_two_factor t
               where t.person_id = p.id and t.verified is not false) as totp,
       (select count(*)::int from passkey k where k.person_id = p.id) as passkeys,
       exists (select from person_account a
               where a.person_id = p.id and a.password is not null) as "hasPassword",
       m.created_at as since, p.last_sign_in_at as "lastSignInAt",
       (select max(s.updated_at) from person_session s where s.person_id = p.id) as "lastSeenAt",
       m.deactivated_at as "deactivatedAt",
       (select max(t.locked_until) from person_two_factor t
        where t.person_id = p.id) as "codesLockedUntil"
     from membership m join person p on p.id = m.person_id
     where m.organisation_id = $1
     order by p.email`,
    [organisationId],
  );
}

export async function findPerson(admin: Tx, email: string): Promise<Person | null> {
  const rows = await admin.query<Person>(
    'select id, email, name from person where email = $1 for update',
    [email],
  );
  return rows[0] ?? null;
}

/** The same without holding the person. */
export async function findKnown(admin: Tx, email: string): Promise<Person | null> {
  const rows = await admin.query<Person>('select id, email, name from person where email = $1', [
    email,
  ]);
  return rows[0] ?? null;
}

export async function insertPerson(admin: Tx, person: Person, at: Date): Promise<void> {
  await admin.execute(
    `insert into person (id, name, email, email_verified, created_at, updated_at)
     values ($1, $2, $3, true, $4, $4)`,
    [person.id, person.name, person.email, at.toISOString()],
  );
}

/** Sessions, passwords, second factors and memberships go with it. */
export async function deletePerson(admin: Tx, personId: string): Promise<void> {
  await admin.execute('delete from person where id = $1', [personId]);
}

/** Changes of memberships run one after the other: the last administrator has to stay. */
export async function holdMemberships(admin: Tx): Promise<void> {
  await admin.execute('lock table membership in share row exclusive mode');
}

export interface Membership {
  organisationId: number;
  organisationCode: string;
  organisationName: string;
  role: Role;
}

const MEMBERSHIP = `m.organisation_id as "organisationId", o.code as "organisationCode",
  o.name as "organisationName", m.role
  from membership m join organisation o on o.id = m.organisation_id`;

/** Where this person may act; the oldest first. */
export async function membershipsOf(admin: Tx, personId: string): Promise<Membership[]> {
  return await admin.query<Membership>(
    `select ${MEMBERSHIP} where m.person_id = $1 and m.deactivated_at is null
     order by m.created_at, m.organisation_id`,
    [personId],
  );
}

/** With those where the person is deactivated. */
export async function allMembershipsOf(admin: Tx, personId: string): Promise<Membership[]> {
  return await admin.query<Membership>(
    `select ${MEMBERSHIP} where m.person_id = $1 order by m.created_at, m.organisation_id`,
    [personId],
  );
}

/** Who is deactivated does not count. */
export async function countAdministrators(admin: Tx, organisationId: number): Promise<number> {
  const [row] = await admin.query<{ count: number }>(
    `select count(*)::int as count from membership
     where organisation_id = $1 and role = 'administrator' and deactivated_at is null`,
    [organisationId],
  );
  return row?.count ?? 0;
}

/** Null makes the membership active again. */
export async function setDeactivated(
  admin: Tx,
  organisationId: number,
  personId: string,
  by: { at: Date; author: string } | null,
): Promise<void> {
  await admin.execute(
    `update membership set deactivated_at = $3, deactivated_by = $4
     where organisation_id = $1 and person_id = $2`,
    [organisationId, personId, by?.at.toISOString() ?? null, by?.author ?? null],
  );
}

export interface NewMembership {
  organisationId: number;
  personId: string;
  role: Role;
  author: string;
  at: Date;
}

/** Adds the membership or changes its role. */
export async function saveMembership(admin: Tx, one: NewMembership): Promise<void> {
  await admin.execute(
    `insert into membership (organisation_id, person_id, role, created_at, created_by)
     values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, person_id) do update set role = excluded.role`,
    [one.organisationId, one.personId, one.role, one.at.toISOString(), one.author],
  );
}

export async function deleteMembership(
  admin: Tx,
  organisationId: number,
  personId: string,
): Promise<void> {
  await admin.execute('delete from membership where organisation_id = $1 and person_id = $2', [
    organisationId,
    personId,
  ]);
}

export interface OneTimeLink {
  id: string;
  /** The digest under which the sign-in library looks the link up. */
  identifier: string;
  personId: string;
  at: Date;
  expiresAt: Date;
}

/** The person's earlier links end with it. */
export async function replaceLinks(admin: Tx, link: OneTimeLink): Promise<void> {
  await admin.execute('delete from person_verification where value = $1', [link.personId]);
  await admin.execute(
    `insert into person_verification (id, identifier, value, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [link.id, link.identifier, link.personId, link.expiresAt.toISOString(), link.at.toISOString()],
  );
}

/** Signs the person out everywhere; how many sessions ended. */
export async function endSessions(admin: Tx, personId: string): Promise<number> {
  return await admin.execute('delete from person_session where person_id = $1', [personId]);
}

/** Signs the person out everywhere and makes the password useless. */
export async function endAccess(admin: Tx, personId: string): Promise<void> {
  await endSessions(admin, personId);
  await admin.execute(
    `update person_account set password = null where person_id = $1 and password is not null`,
    [personId],
  );
}

/** The telephone's code and every passkey; whether there was one. */
export async function removeTwoFactor(admin: Tx, personId: string): Promise<boolean> {
  const removed =
    (await admin.execute('delete from person_two_factor where person_id = $1', [personId])) +
    (await deletePasskeysOf(admin, personId));
  await admin.execute('update person set two_factor_enabled = false where id = $1', [personId]);
  return removed > 0;
}

/** Codes of the second factor are taken again. */
export async function unlockCodes(admin: Tx, personId: string): Promise<boolean> {
  const unlocked = await admin.execute(
    `update person_two_factor set locked_until = null, failed_verification_count = 0
     where person_id = $1 and locked_until is not null`,
    [personId],
  );
  return unlocked > 0;
}
