/** Keeps people from acting for a while, and lets those back in who locked themselves out. */
import { clearFailures } from '../../store/people-limit-store.ts';
import {
  endSessions,
  membershipsOf,
  setDeactivated,
  unlockCodes,
} from '../../store/people-store.ts';
import type { Chosen } from './change-people.ts';
import { lastAdministrator, withMember } from './change-people.ts';
import { loginSubject } from './limits.ts';
import type { PeopleResult, PeopleServices } from './people-request.ts';
import { journal, refuse } from './people-request.ts';

/**
 * From the next request on the person may do nothing in the organisation; who may act nowhere is
 * signed out. Name, role and second factors stay for the day the person comes back.
 */
export async function deactivatePerson(
  services: PeopleServices,
  request: Chosen,
): Promise<PeopleResult<{ changed: boolean }>> {
  return await withMember<{ changed: boolean }>(services, request, async (admin, member) => {
    if (member.deactivatedAt !== null) return { outcome: 'done', changed: false };
    const { organisationId, author } = request;
    const fault = await lastAdministrator(admin, organisationId, member);
    if (fault !== null) return refuse(fault);
    await setDeactivated(admin, organisationId, member.id, { at: services.clock(), author });
    if ((await membershipsOf(admin, member.id)).length === 0) await endSessions(admin, member.id);
    await journal(admin, services, request, {
      action: 'person.deactivated',
      subject: `person ${member.email}`,
      before: { active: true, role: member.role },
      after: { active: false, role: member.role },
    });
    return { outcome: 'done', changed: true };
  });
}

export async function activatePerson(
  services: PeopleServices,
  request: Chosen,
): Promise<PeopleResult<{ changed: boolean }>> {
  return await withMember<{ changed: boolean }>(services, request, async (admin, member) => {
    if (member.deactivatedAt === null) return { outcome: 'done', changed: false };
    await setDeactivated(admin, request.organisationId, member.id, null);
    await journal(admin, services, request, {
      action: 'person.activated',
      subject: `person ${member.email}`,
      before: { active: false, role: member.role },
      after: { active: true, role: member.role },
    });
    return { outcome: 'done', changed: true };
  });
}

/** Forgets the failures of a login and of its codes; false: nothing was counted. */
export async function unlockPerson(
  services: PeopleServices,
  request: Chosen,
): Promise<PeopleResult<{ changed: boolean }>> {
  return await withMember<{ changed: boolean }>(services, request, async (admin, member) => {
    const failures = await clearFailures(admin, loginSubject(member.email));
    const codes = await unlockCodes(admin, member.id);
    if (!failures && !codes) return { outcome: 'done', changed: false };
    await journal(admin, services, request, {
      action: 'person.unlocked',
      subject: `person ${member.email}`,
    });
    return { outcome: 'done', changed: true };
  });
}
