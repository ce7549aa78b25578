/** The first person of an organisation, made from the console: later ones are added by people. */
import { readEmail, readName } from '../../domain/people/login.ts';
import { countAdministrators, findPerson, holdMemberships } from '../../store/people-store.ts';
import { insertMember } from './change-people.ts';
import type { LinkForOnce } from './one-time-link.ts';
import type { PeopleRequest, PeopleServices } from './people-request.ts';

export interface FirstAdministrator {
  email: string;
  /** Null: this person signs in already, to another organisation. */
  link: LinkForOnce | null;
}

/**
 * Makes the organisation's first administrator; null when it has one. Of two servers that start
 * at once one makes it. Throws when e-mail or name cannot be kept.
 */
export async function createFirstAdministrator(
  services: PeopleServices,
  request: PeopleRequest & { email: string; name: string },
): Promise<FirstAdministrator | null> {
  const email = readEmail(request.email);
  const name = readName(request.name);
  if (email === null || name === null) {
    throw new TypeError('The first administrator needs an e-mail address and a name.');
  }
  return await services.database.administration(async (admin) => {
    await holdMemberships(admin);
    if ((await countAdministrators(admin, request.organisationId)) > 0) return null;
    const known = await findPerson(admin, email);
    const person = { ...request, email, name, role: 'administrator' as const };
    const { link } = await insertMember(admin, services, person, known?.id);
    return { email, link };
  });
}
