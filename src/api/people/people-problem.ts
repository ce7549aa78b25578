/** What the routes of people share. */
import { z } from 'zod';
import type { PeopleRefusal, PeopleServices } from '../../exchange/people/people-request.ts';
import type { ApiProblem } from '../problem.ts';
import { notFound, refusal } from '../problem.ts';
import type { Directory } from './sign-in.ts';

export interface PeopleRouteSettings {
  services: PeopleServices;
  publicUrl: string;
  directory: Directory | null;
}

export const done = z.object({ outcome: z.literal('done') });

const UNKNOWN: Readonly<Partial<Record<PeopleRefusal, string>>> = {
  'people.unknown': 'person',
  'keys.unknown': 'key',
  'passkeys.unknown': 'passkey',
  'sessions.unknown': 'session',
};

export function peopleProblem(of: {
  code: PeopleRefusal;
  params: Readonly<Record<string, string>>;
}): ApiProblem {
  const what = UNKNOWN[of.code];
  return what === undefined ? refusal(of.code, { params: of.params }) : notFound(what);
}
