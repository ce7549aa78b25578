/** People, roles and keys over the API; and `/me`, by which a screen knows what to show. */
import { z } from 'zod';
import type { Action } from '../../domain/people/role.ts';
import { ACTIONS, callerMay, ROLES, SCOPES } from '../../domain/people/role.ts';
import type { Member } from '../../exchange/people/change-people.ts';
import {
  addPerson,
  changeRole,
  readPeople,
  removePerson,
  resetPerson,
} from '../../exchange/people/change-people.ts';
import type { ApiKey } from '../../exchange/people/keys.ts';
import { createKey, endKey, readKeys } from '../../exchange/people/keys.ts';
import type { LinkForOnce } from '../../exchange/people/one-time-link.ts';
import { addressOfLink } from '../../exchange/people/one-time-link.ts';
import type { PeopleRefusal, PeopleServices } from '../../exchange/people/people-request.ts';
import { callerOf } from '../access.ts';
import type { ApiProblem } from '../problem.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api } from '../route.ts';
import { answers, instant, reason, text } from '../route.ts';

export interface PeopleRouteSettings {
  services: PeopleServices;
  publicUrl: string;
}

const TAG = { tags: ['people'] };
const role = z.enum(ROLES);
const done = z.object({ outcome: z.literal('done') });
const why = { reason: reason.optional() };
const PERSON_ID = /^per_[A-Za-z0-9_-]{8,64}$/;
const personParams = z.object({ person: z.string().regex(PERSON_ID) });
const KEY_ID = /^key_[1-9][0-9]{0,14}$/;
const keyParams = z.object({ key: z.string().regex(KEY_ID) });
const link = z
  .object({ address: z.string(), expiresAt: instant })
  .describe('Sets a password, once. It is not told again.');

const personSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  twoFactor: z.boolean(),
  hasPassword: z.boolean(),
  since: instant,
  lastSeenAt: instant.nullable(),
});

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  beginning: z.string(),
  role,
  scopes: z.array(z.string()).nullable(),
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  revokedBy: z.string().nullable(),
});

const presentPerson = ({ id, ...rest }: Member) => ({ id: `per_${id}`, ...rest });
const presentKey = ({ id, ...rest }: ApiKey) => ({ id: `key_${id}`, ...rest });

export function peopleRoutes(app: Api, settings: PeopleRouteSettings): void {
  meRoute(app);
  readRoutes(app, settings);
  addRoute(app, settings);
  changeRoutes(app, settings);
  resetRoute(app, settings);
  keyRoutes(app, settings);
}

function problem(code: PeopleRefusal, params: Readonly<Record<string, string>>): ApiProblem {
  if (code === 'people.unknown') return notFound('person');
  if (code === 'keys.unknown') return notFound('key');
  return refusal(code, { params });
}

const presentLink = (made: LinkForOnce, { publicUrl }: PeopleRouteSettings) => ({
  address: addressOfLink(publicUrl, made),
  expiresAt: made.expiresAt.toISOString(),
});

function meRoute(app: Api): void {
  const me = z.object({ author: z.string(), role, actions: z.array(z.enum(ACTIONS)) });
  app.get(
    '/me',
    {
      // Whatever one may do; a key that is narrowed to something else has no use for it.
      config: { action: 'door.read' },
      schema: { ...TAG, summary: 'Who you are, and what you may do', response: answers(me) },
    },
    async (request) => {
      const caller = callerOf(request);
      const actions = ACTIONS.filter((action) => callerMay(caller, action));
      return { author: caller.author, role: caller.role, actions: [...actions] };
    },
  );
}

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
    '/keys',
    {
      config: { action: 'keys.read' },
      schema: {
        ...TAG,
        summary: 'API keys, the revoked too; what they are is never told again',
        response: answers(z.object({ items: z.array(keySchema) })),
      },
    },
    async (request) => {
      const keys = await readKeys(services, callerOf(request).organisationId);
      return { items: keys.map(presentKey) };
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
      if (result.outcome === 'refused') throw problem(result.code, result.params);
      const made = result.link === null ? null : presentLink(result.link, settings);
      return { id: `per_${result.personId}`, link: made };
    },
  );
}

function chosen(request: {
  params: { person: string };
  body?: { reason?: string | undefined } | undefined;
}): { who: { personId: string }; reason: string | null } {
  const personId = request.params.person.slice('per_'.length);
  return { who: { personId }, reason: request.body?.reason ?? null };
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
        response: answers(z.object({ changed: z.boolean() })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const asked = { organisationId, author, ...chosen(request), role: request.body.role };
      const result = await changeRole(services, asked);
      if (result.outcome === 'refused') throw problem(result.code, result.params);
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
      const { organisationId, author } = callerOf(request);
      const { who } = chosen({ params: request.params });
      const result = await removePerson(services, { organisationId, author, who });
      if (result.outcome === 'refused') throw problem(result.code, result.params);
      return { outcome: 'done' as const };
    },
  );
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
      const { organisationId, author } = callerOf(request);
      const { twoFactor } = request.body;
      const asked = { organisationId, author, ...chosen(request), twoFactor };
      const result = await resetPerson(settings.services, asked);
      if (result.outcome === 'refused') throw problem(result.code, result.params);
      const { twoFactorRemoved } = result;
      return { link: presentLink(result.link, settings), twoFactorRemoved };
    },
  );
}

function keyRoutes(app: Api, { services }: PeopleRouteSettings): void {
  const body = z.strictObject({
    name: text(100),
    role,
    scopes: z
      .array(z.enum(SCOPES as [Action, ...Action[]]))
      .nullable()
      .default(null),
    expiresAt: z.iso.datetime().nullable().default(null),
    ...why,
  });
  app.post(
    '/keys',
    {
      config: { action: 'keys.write', keepsAnswer: false },
      schema: {
        ...TAG,
        summary: 'Makes an API key, which is told this once',
        body,
        response: answers(z.object({ id: z.string(), key: z.string() })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const { expiresAt, reason: said = null, ...asked } = request.body;
      const until = expiresAt === null ? null : new Date(expiresAt);
      const by = { organisationId, author, reason: said };
      const result = await createKey(services, { ...by, ...asked, expiresAt: until });
      if (result.outcome === 'refused') throw problem(result.code, result.params);
      return { id: `key_${result.id}`, key: result.key };
    },
  );
  app.delete(
    '/keys/:key',
    {
      config: { action: 'keys.write' },
      schema: { ...TAG, summary: 'Revokes a key', params: keyParams, response: answers(done) },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const id = Number(request.params.key.slice('key_'.length));
      const result = await endKey(services, { organisationId, author, which: { id } });
      if (result.outcome === 'refused') throw problem(result.code, result.params);
      return { outcome: 'done' as const };
    },
  );
}
