/** Who is of the organisation, how each signs in, and who is locked out. */
import { lockedSubjects } from '../../store/people-limit-store.ts';
import type { Member } from '../../store/people-store.ts';
import { listMembers } from '../../store/people-store.ts';
import { loginSubject } from './limits.ts';
import type { PeopleServices } from './people-request.ts';

export interface MemberState extends Omit<Member, 'codesLockedUntil'> {
  /** ISO instant until which no attempt to sign in is taken; null: not locked. */
  lockedUntil: string | null;
}

/** Everybody of the organisation, by e-mail. */
export async function readPeople(
  { database, clock }: Pick<PeopleServices, 'database' | 'clock'>,
  organisationId: number,
): Promise<MemberState[]> {
  const at = clock();
  return await database.administration(async (admin) => {
    const members = await listMembers(admin, organisationId);
    const subjects = members.map(({ email }) => loginSubject(email));
    const locked = await lockedSubjects(admin, subjects, at);
    return members.map(({ codesLockedUntil, ...member }) => {
      const until = [locked.get(loginSubject(member.email)) ?? null, codesLockedUntil].filter(
        (one): one is string => one !== null && Date.parse(one) > at.getTime(),
      );
      return { ...member, lockedUntil: until.sort().at(-1) ?? null };
    });
  });
}
