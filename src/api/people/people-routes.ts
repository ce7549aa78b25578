/** People of an organisation and their roles, over the API. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../domain/people/role.ts';
import { activatePerson, deactivatePerson, unlockPerson } from '../../exchange/people/activity.ts';
import {
  addPerson,
  changeRole,
  removePerson,
  resetPerson,
} from '../../exchange/people/change-people.ts';
import type { LinkForOnce } from '../../exchange/people/one-time-link.ts';
import { addressOfLink } from '../../exchange/people/one-time-link.ts';
import type { MemberState } from '../../exchange/people/read-people.ts';
import { readPeople } from '../../exchange/people/read-people.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { notFound } from '../problem.ts';
import type { Api } from '../route.ts';
import { answers, instant, reason, text } from '../route.ts';
import { keyRoutes } from './key-routes.ts';
import { meRoutes } from './me-routes.ts';
import type { PeopleRouteSettings } from './people-problem.ts';
import { done, peopleProblem } from './people-problem.ts';
import { signInRoutes } from './sign-in-routes.ts';

const TAG = { tags: ['people'] };
const role = z.enum(ROLES);
const why = { reason: reason.optional() };
const PERSON_ID = /^per_[A-Za-z0-9_-]{8,64}$/;
const personParams = z.object({ person: z.string().regex(PERSON_ID) });
const changed = z.object({ changed: z.boolean() });
const link = z
  .object({ address: z.string(), expiresAt: instant })
  .describe('Sets a password, once. It is not told again.');

const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  twoFactor: z.boolean().describe('A code or a passkey is asked after the password.'),
  totp: z.boolean(),
  passkeys: z.int(),
  hasPassword: z.boolean().describe('False until the one-time link was used.'),
  since: instant,
  lastSignInAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  deactivatedAt: instant.nullable(),
  lockedUntil: instant.nullable().describe('Too many attempts failed; unlock ends it.'),
  etag: z.string().describe('For If-Match, of role and activity.'),
});

type Editable = Pick<MemberState, 'role' | 'deactivatedAt'>;

const editableOf = ({ role: of, deactivatedAt }: Editable) => ({ role: of, deactivatedAt });
const presentPerson = ({ id, ...rest }: MemberState) => ({
  id: `per_${id}`,
  ...rest,
  etag: etagOf(editableOf(rest)),
});

/** People, keys, `/me` and the ways to sign in. */
export function peopleRoutes(app: Api, settings: PeopleRouteSettings): void {
  signInRoutes(app, settings);
  meRoutes(app, settings);
  readRoutes(app, settings);
  addRoute(app, settings);
  changeRoutes(app, settings);
  activityRoutes(app, settings);
  resetRoute(app, settings);
  keyRoutes(app, settings);
}

const presentLink = (made: LinkForOnce, { publicUrl }: PeopleRouteSettings) => ({
  address: addressOfLink(publicUrl, made),
  expiresAt: made.expiresAt.toISOString(),
});

function readRoutes(app: Api, { services }: PeopleRouteSettings): void {
  app.get(
    '/people',
    {
      config: { action: 'people.read' },
      schema: {
        ...TAG,
        summary: 'Everybody of the organisation',
        response: answers(z.object({ items: z.array(personSchema) })),
      },
    },
    async (request) => {
      const people = await readPeople(services, callerOf(request).organisationId);
      return { items: people.map(presentPerson) };
    },
  );
  app.get(
    '/people/:person',
    {
      config: { action: 'people.read' },
      schema: {
        ...TAG,
        summary: 'A person of the organisation',
        params: personParams,
        response: answers(personSchema),
      },
    },
    async (request, reply) => {
      const people = await readPeople(services, callerOf(request).organisationId);
      const person = people.find(({ id }) => `per_${id}` === request.params.person);
      if (person === undefined) throw notFound('person');
      const shown = presentPerson(person);
      reply.header('etag', shown.etag);
      return shown;
    },
  );
}

function addRoute(app: Api, settings: PeopleRouteSettings): void {
  const body = z.strictObject({ email: text(254), name: text(100), role, ...why });
  app.post(
    '/people',
    {
      config: { action: 'people.write', keepsAnswer: false },
      schema: {
        ...TAG,
        summary: 'Adds a person',
        body,
        response: answers(z.object({ id: z.string(), link: link.nullable() })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const { reason: said = null, ...person } = request.body;
      const asked = { organisationId, author, reason: said, ...person };
      const result = await addPerson(settings.services, asked);
      if (result.outcome === 'refused') throw peopleProblem(result);
      const made = result.link === null ? null : presentLink(result.link, settings);
      return { id: `per_${result.personId}`, link: made };
    },
  );
}

/** Who is meant, why, and as which version the caller has read them. */
function chosen(request: FastifyRequest, person: string) {
  const { organisationId, author } = callerOf(request);
  const { reason: said } = (request.body ?? {}) as { reason?: string };
  return {
    organisationId,
    author,
    reason: said ?? null,
    who: { personId: person.slice('per_'.length) },
    check: (member: Editable) => checkIfMatch(request, editableOf(member)),
  };
}

function changeRoutes(app: Api, { services }: PeopleRouteSettings): void {
  app.put(
    '/people/:person/role',
    {
      config: { action: 'people.write' },
      schema: {
        ...TAG,
        summary: 'Gives a person another role',
        params: personParams,
        body: z.strictObject({ role, ...why }),
        response: answers(changed),
      },
    },
    async (request) => {
      const asked = { ...chosen(request, request.params.person), role: request.body.role };
      const result = await changeRole(services, asked);
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { changed: result.changed };
    },
  );
  app.delete(
    '/people/:person',
    {
      config: { action: 'people.write' },
      schema: {
        ...TAG,
        summary: 'Removes a person from the organisation',
        params: personParams,
        response: answers(done),
      },
    },
    async (request) => {
      const result = await removePerson(services, chosen(request, request.params.person));
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { outcome: 'done' as const };
    },
  );
}

const ACTIVITIES = [
  {
    verb: 'deactivate',
    act: deactivatePerson,
    summary: 'Keeps a person from acting; who may act nowhere is signed out',
  },
  { verb: 'activate', act: activatePerson, summary: 'Lets a person act again' },
  { verb: 'unlock', act: unlockPerson, summary: 'Forgets failed attempts to sign in' },
] as const;

function activityRoutes(app: Api, { services }: PeopleRouteSettings): void {
  for (const { verb, act, summary } of ACTIVITIES) {
    app.post(
      `/people/:person/${verb}`,
      {
        config: { action: 'people.write' },
        schema: {
          ...TAG,
          summary,
          params: personParams,
          body: z.strictObject(why),
          response: answers(changed),
        },
      },
      async (request) => {
        const result = await act(services, chosen(request, request.params.person));
        if (result.outcome === 'refused') throw peopleProblem(result);
        return { changed: result.changed };
      },
    );
  }
}

function resetRoute(app: Api, settings: PeopleRouteSettings): void {
  app.post(
    '/people/:person/reset',
    {
      config: { action: 'people.write', keepsAnswer: false },
      schema: {
        ...TAG,
        summary: 'Ends a person’s password and sessions; gives a link for a new password',
        params: personParams,
        body: z.strictObject({ twoFactor: z.boolean().default(false), ...why }),
        response: answers(z.object({ link, twoFactorRemoved: z.boolean() })),
      },
    },
    async (request) => {
      const { twoFactor } = request.body;
      const asked = { ...chosen(request, request.params.person), twoFactor };
      const result = await resetPerson(settings.services, asked);
      if (result.outcome === 'refused') throw peopleProblem(result);
      const { twoFactorRemoved } = result;
      return { link: presentLink(result.link, settings), twoFactorRemoved };
    },
  );
}
