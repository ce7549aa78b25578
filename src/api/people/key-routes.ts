/** API keys over the API. */
import { z } from 'zod';
import type { Action } from '../../domain/people/role.ts';
import { ROLES, SCOPES } from '../../domain/people/role.ts';
import type { ApiKey } from '../../exchange/people/keys.ts';
import { createKey, endKey, readKeys } from '../../exchange/people/keys.ts';
import { callerOf } from '../access.ts';
import type { Api } from '../route.ts';
import { answers, instant, reason, text } from '../route.ts';
import type { PeopleRouteSettings } from './people-problem.ts';
import { done, peopleProblem } from './people-problem.ts';

const TAG = { tags: ['people'] };
const role = z.enum(ROLES);
const why = { reason: reason.optional() };
const KEY_ID = /^key_[1-9][0-9]{0,14}$/;
const keyParams = z.object({ key: z.string().regex(KEY_ID) });

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

const presentKey = ({ id, ...rest }: ApiKey) => ({ id: `key_${id}`, ...rest });

export function keyRoutes(app: Api, settings: PeopleRouteSettings): void {
  listRoute(app, settings);
  changeRoutes(app, settings);
}

function listRoute(app: Api, { services }: PeopleRouteSettings): void {
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

function changeRoutes(app: Api, { services }: PeopleRouteSettings): void {
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
      if (result.outcome === 'refused') throw peopleProblem(result);
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
      if (result.outcome === 'refused') throw peopleProblem(result);
      return { outcome: 'done' as const };
    },
  );
}
