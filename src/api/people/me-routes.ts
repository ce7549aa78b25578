/** `/me`: who is signed in, what they may do, and what is theirs to see and change. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ACTIONS, callerMay, ROLES } from '../../domain/people/role.ts';
import type { OwnAccount, Passkey, Profile } from '../../exchange/people/own-account.ts';
import {
  changeProfile,
  endOwnOtherSessions,
  endOwnSession,
  readOwnAccount,
  readOwnSessions,
  removeOwnPasskey,
  renameOwnPasskey,
} from '../../exchange/people/own-account.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { ApiProblem } from '../problem.ts';
import type { Api } from '../route.ts';
import { answers, instant, LANGUAGES, text } from '../route.ts';
import type { PeopleRouteSettings } from './people-problem.ts';
import { done, peopleProblem } from './people-problem.ts';

const TAG = { tags: ['people'] };
// Whatever one may do besides: it is one's own.
const OWN = { action: 'door.read' } as const;

const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  language: z.enum(LANGUAGES).nullable().describe('Null: the browser’s.'),
  hasPassword: z.boolean(),
  twoFactor: z.boolean().describe('A code or a passkey is asked after the password.'),
  totp: z.boolean().describe('The code of the telephone is set up.'),
  lastSignInAt: instant.nullable(),
});
const organisationSchema = z.object({
  code: z.string().describe('For the header Parterre-Organisation.'),
  name: z.string(),
  role: z.enum(ROLES),
  current: z.boolean(),
});
const passkeySchema = z.object({
  id: z.string(),
  name: z.string(),
  synced: z.boolean().describe('Several devices of the person share it.'),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  etag: z.string(),
});
const sessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
const meSchema = z.object({
  author: z.string(),
  role: z.enum(ROLES),
  actions: z.array(z.enum(ACTIONS)),
  organisations: z.array(organisationSchema).describe('Empty for a key.'),
  person: profileSchema.nullable().describe('Null for a key.'),
});

const LIBRARY_ID = '[A-Za-z0-9_-]{8,64}';
const passkeyParams = z.object({ passkey: z.string().regex(new RegExp(`^pky_${LIBRARY_ID}$`)) });
const sessionParams = z.object({ session: z.string().regex(new RegExp(`^ses_${LIBRARY_ID}$`)) });

const editableOf = ({ name, language }: Pick<Profile, 'name' | 'language'>) => ({ name, language });
const nameOf = ({ name }: Pick<Passkey, 'name'>) => ({ name });
const presentPasskey = ({ id, ...rest }: Passkey) => ({
  id: `pky_${id}`,
  ...rest,
  etag: etagOf(nameOf(rest)),
});

function presentProfile(profile: Profile) {
  const { id, email, name, language, hasPassword, twoFactor, totp, lastSignInAt } = profile;
  const shown = { email, name, language, hasPassword, twoFactor, totp, lastSignInAt };
  return { id: `per_${id}`, ...shown };
}

export function meRoutes(app: Api, settings: PeopleRouteSettings): void {
  profileRoutes(app, settings);
  sessionRoutes(app, settings);
  passkeyRoutes(app, settings);
}

/** The person who calls; a key has no account of its own: 403. */
function personOf(request: FastifyRequest): { id: string; sessionId: string } {
  const { person } = callerOf(request);
  if (person !== undefined) return person;
  throw new ApiProblem(403, 'caller.no_person', 'This is for people who are signed in.');
}

function profileRoutes(app: Api, { services }: PeopleRouteSettings): void {
  app.get(
    '/me',
    {
      config: OWN,
      schema: { ...TAG, summary: 'Who you are, and what you may do', response: answers(meSchema) },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const actions = ACTIONS.filter((action) => callerMay(caller, action));
      const may = { author: caller.author, role: caller.role, actions: [...actions] };
      const own = await ownAccountOf(request);
      if (own === null) return { ...may, organisations: [], person: null };
      reply.header('etag', etagOf(editableOf(own)));
      const organisations = own.organisations.map((one) => ({
        code: one.organisationCode,
        name: one.organisationName,
        role: one.role,
        current: one.organisationId === caller.organisationId,
      }));
      return { ...may, organisations, person: presentProfile(own) };
    },
  );
  async function ownAccountOf(request: FastifyRequest): Promise<OwnAccount | null> {
    const { person } = callerOf(request);
    return person === undefined ? null : await readOwnAccount(services, person.id);
  }
  const body = z.strictObject({
    name: text(100).optional(),
    language: z.enum(LANGUAGES).nullable().optional(),
  });
  app.patch(
    '/me',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Changes your name or the language of your screens',
        body,
        response: answers(profileSchema),
      },
    },
    async (request, reply) => {
      const { name, language } = request.body;
      const result = await changeProfile(services, {
        personId: personOf(request).id,
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language }),
        check: (profile) => checkIfMatch(request, editableOf(profile)),
      });
      if (result.outcome === 'refused') throw peopleProblem(result);
      reply.header('etag', etagOf(editableOf(result.profile)));
      return presentProfile(result.profile);
    },
  );
}

function sessionRoutes(app: Api, { services }: PeopleRouteSettings): void {
  app.get(
    '/me/sessions',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Where you are signed in',
        response: answers(z.object({ items: z.array(sessionSchema) })),
      },
    },
    async (request) => {
      const { id, sessionId } = personOf(request);
      const sessions = await readOwnSessions(services, id);
      return {
        items: sessions.map(({ id: of, ...rest }) => ({
          id: `ses_${of}`,
          current: of === sessionId,
          ...rest,
        })),
      };
    },
  );
  app.delete(
    '/me/sessions',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Signs you out everywhere but here',
        response: answers(z.object({ ended: z.int() })),
      },
    },
    async (request) => {
      const { id: personId, sessionId: kept } = personOf(request);
      const result = await endOwnOtherSessions(services, { personId, kept });
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { ended: result.ended };
    },
  );
  app.delete(
    '/me/sessions/:session',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Ends one of your sessions',
        params: sessionParams,
        response: answers(done),
      },
    },
    async (request) => {
      const sessionId = request.params.session.slice('ses_'.length);
      const asked = { personId: personOf(request).id, sessionId };
      const result = await endOwnSession(services, asked);
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { outcome: 'done' as const };
    },
  );
}

function passkeyRoutes(app: Api, { services }: PeopleRouteSettings): void {
  app.get(
    '/me/passkeys',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Your passkeys; they are added below /api/auth/passkey',
        response: answers(z.object({ items: z.array(passkeySchema) })),
      },
    },
    async (request) => {
      const own = await readOwnAccount(services, personOf(request).id);
      return { items: (own?.passkeys ?? []).map(presentPasskey) };
    },
  );
  app.patch(
    '/me/passkeys/:passkey',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Renames a passkey',
        params: passkeyParams,
        body: z.strictObject({ name: text(100) }),
        response: answers(passkeySchema),
      },
    },
    async (request) => {
      const result = await renameOwnPasskey(services, {
        personId: personOf(request).id,
        passkeyId: request.params.passkey.slice('pky_'.length),
        name: request.body.name,
        check: (passkey) => checkIfMatch(request, nameOf(passkey)),
      });
      if (result.outcome === 'refused') throw peopleProblem(result);
      return presentPasskey(result.passkey);
    },
  );
  app.delete(
    '/me/passkeys/:passkey',
    {
      config: OWN,
      schema: {
        ...TAG,
        summary: 'Removes a passkey',
        params: passkeyParams,
        response: answers(done),
      },
    },
    async (request) => {
      const passkeyId = request.params.passkey.slice('pky_'.length);
      const asked = { personId: personOf(request).id, passkeyId };
      const result = await removeOwnPasskey(services, asked);
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { outcome: 'done' as const };
    },
  );
}
