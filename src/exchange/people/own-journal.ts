/**
 * What happened to a person's way of signing in, in the journal of each of their organisations: a
 * person is of several, and each wants to know.
 */
import type { Tx } from '../../store/database/transaction.ts';
import { allMembershipsOf } from '../../store/people-store.ts';
import type { Change, PeopleServices } from './people-request.ts';
import { journal } from './people-request.ts';

export interface Known {
  id: string;
  email: string;
}

/** The author of what nobody did who is known: an attempt that failed, a lock. */
export const NOBODY_YET = 'sign-in';

/** In the transaction of the change. Secrets, codes and links never come here. */
export async function noteOfPerson(
  admin: Tx,
  services: PeopleServices,
  person: Known,
  change: Omit<Change, 'subject'>,
  author: string = person.email,
): Promise<void> {
  const subject = `person ${person.email}`;
  for (const { organisationId } of await allMembershipsOf(admin, person.id)) {
    await journal(admin, services, { organisationId, author }, { ...change, subject });
  }
}
