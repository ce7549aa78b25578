/** Webhooks and chat hooks. Address and secret are never told; the secret once, when it is made. */
import { z } from 'zod';
import { NEWS_KINDS } from '../../domain/watch/news.ts';
import type { HookChange, HookChanged, HookRecord } from '../../exchange/watch/hooks.ts';
import {
  addHook,
  changeHook,
  readHooks,
  removeHook,
  tryDelivery,
} from '../../exchange/watch/hooks.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, text } from '../route.ts';

const TAG = { tags: ['hooks'] };
const hookParams = z.object({ hook: idSchema('hook') });

const hookSchema = z
  .object({
    id: idSchema('hook'),
    kind: z.enum(['webhook', 'chat']),
    name: z.string(),
    host: z.string().describe('Of its address, which is not told.'),
    kinds: z.array(z.enum(NEWS_KINDS)).readonly().nullable().describe('Null: all news.'),
    createdAt: instant,
    createdBy: z.string(),
  })
  .meta({ id: 'Hook' });

function presentHook(hook: HookRecord): z.output<typeof hookSchema> {
  return { ...hook, id: printId('hook', hook.id) };
}

/** What a change depends on; the address is not told, and so is no part of it. */
function versionOf({ name, host, kinds }: HookRecord): unknown {
  return [name, host, kinds];
}

const secret = z.string().describe('Told this once. It signs: see docs/webhooks.md.');
const name = text(100).min(1);
const url = text(2_000).min(1).describe('https://… without user and password.');
const kinds = z.array(z.enum(NEWS_KINDS)).max(NEWS_KINDS.length).nullable();

export function hookRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  addRoute(app, services);
  changeRoutes(app, services);
  tryRoute(app, services);
}

function listRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/hooks',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Webhooks and chat hooks, by age; there are few',
        response: answers(z.object({ items: z.array(hookSchema).readonly() })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      return { items: (await readHooks(exchange, { organisationId })).map(presentHook) };
    },
  );
  app.get(
    '/hooks/:hook',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'A hook; its ETag goes with a change as If-Match',
        params: hookParams,
        response: answers(hookSchema),
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const id = readId('hook', request.params.hook);
      const found = (await readHooks(exchange, { organisationId })).find((one) => one.id === id);
      if (found === undefined) throw notFound('hook');
      reply.header('etag', etagOf(versionOf(found)));
      return presentHook(found);
    },
  );
}

function addRoute(app: Api, { exchange }: RouteServices): void {
  const made = z.object({ hook: idSchema('hook'), secret });
  app.post(
    '/hooks',
    {
      config: { action: 'webhooks.write', keepsAnswer: false },
      schema: {
        ...TAG,
        summary: 'Adds a hook; its secret is told this once',
        body: z.strictObject({
          kind: z.enum(['webhook', 'chat']).default('webhook'),
          name,
          url,
          kinds: kinds.default(null),
        }),
        response: { ...answers(made), 201: made },
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const added = await addHook(exchange, { organisationId, author, ...request.body });
      if (added.outcome === 'refused') throw refusal(added.code);
      reply.code(201);
      return { hook: printId('hook', added.hook.id), secret: added.secret };
    },
  );
}

function changeRoutes(app: Api, { exchange }: RouteServices): void {
  const change = async (
    request: Parameters<typeof callerOf>[0],
    hook: string,
    what: HookChange,
  ): Promise<Extract<HookChanged, { outcome: 'changed' }>> => {
    const { organisationId, author } = callerOf(request);
    const of = { organisationId, hookId: readId('hook', hook), author, change: what };
    const changed = await changeHook(exchange, of, (before) => {
      checkIfMatch(request, versionOf(before));
    });
    if (changed.outcome === 'changed') return changed;
    throw changed.code === 'hook.unknown' ? notFound('hook') : refusal(changed.code);
  };
  app.patch(
    '/hooks/:hook',
    {
      config: { action: 'webhooks.write' },
      schema: {
        ...TAG,
        summary: 'Changes name, address or what it hears; the secret stays',
        params: hookParams,
        body: z.strictObject({ name, url, kinds }).partial(),
        response: answers(hookSchema),
      },
    },
    async (request, reply) => {
      const said = Object.entries(request.body).filter(([, value]) => value !== undefined);
      const { hook } = await change(request, request.params.hook, Object.fromEntries(said));
      reply.header('etag', etagOf(versionOf(hook)));
      return presentHook(hook);
    },
  );
  app.post(
    '/hooks/:hook/secret',
    {
      config: { action: 'webhooks.write', keepsAnswer: false },
      schema: {
        ...TAG,
        summary: 'Makes a new secret, told this once; the one before signs no more',
        params: hookParams,
        response: answers(z.object({ secret })),
      },
    },
    async (request) => {
      const changed = await change(request, request.params.hook, { newSecret: true });
      return { secret: changed.secret ?? '' };
    },
  );
  app.delete(
    '/hooks/:hook',
    {
      config: { action: 'webhooks.write' },
      schema: {
        ...TAG,
        summary: 'Removes a hook; what waits for it is given up',
        params: hookParams,
        response: answers(z.object({ outcome: z.literal('removed') })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const hookId = readId('hook', request.params.hook);
      if (!(await removeHook(exchange, { organisationId, hookId, author }))) throw notFound('hook');
      return { outcome: 'removed' as const };
    },
  );
}

function tryRoute(app: Api, { exchange }: RouteServices): void {
  const asked = z.object({ delivery: idSchema('delivery') });
  app.post(
    '/hooks/:hook/try',
    {
      config: { action: 'webhooks.write' },
      schema: {
        ...TAG,
        summary: 'Sends a trial; GET /deliveries/{delivery} tells what the receiver answered',
        params: hookParams,
        response: { ...answers(asked), 202: asked },
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const to = { hook: readId('hook', request.params.hook) };
      const id = await tryDelivery(exchange, { organisationId, to });
      if (id === null) throw notFound('hook');
      reply.code(202);
      return { delivery: printId('delivery', id) };
    },
  );
}
