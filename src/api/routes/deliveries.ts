/** Deliveries: every mail and call to a hook, each attempt of it, and sending it again. */
import { z } from 'zod';
import { DELIVERY_KINDS } from '../../domain/watch/delivery.ts';
import { NEWS_KINDS } from '../../domain/watch/news.ts';
import type { DeliveryRecord } from '../../exchange/watch/hooks.ts';
import {
  readDeliveries,
  readHooks,
  replayDeliveries,
  replaySpan,
} from '../../exchange/watch/hooks.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant } from '../route.ts';

const TAG = { tags: ['hooks'] };
const deliveryParams = z.object({ delivery: idSchema('delivery') });

const deliverySchema = z
  .object({
    id: idSchema('delivery'),
    kind: z.enum(DELIVERY_KINDS),
    hook: idSchema('hook').nullable().describe('Null: a mail.'),
    recipient: z.string().describe('An address, or the hook’s name as it was.'),
    state: z.enum(['pending', 'delivered', 'failed']),
    attempts: z.int(),
    createdAt: instant,
    nextAt: instant.nullable().describe('Of one that is pending.'),
    doneAt: instant.nullable(),
    news: z
      .array(
        z.object({
          id: idSchema('news').nullable().describe('Null: a trial.'),
          kind: z.enum(NEWS_KINDS),
          reason: z.string(),
          interface: z.string(),
          code: z.string(),
        }),
      )
      .readonly(),
    log: z
      .array(
        z.object({
          attempt: z.int(),
          at: instant,
          durationMs: z.number(),
          outcome: z.enum(['delivered', 'retry', 'refused']),
          status: z.int().nullable(),
          detail: z.string().nullable(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Delivery' });

function presentDelivery(one: DeliveryRecord): z.output<typeof deliverySchema> {
  return {
    ...one,
    id: printId('delivery', one.id),
    hook: printIdOrNull('hook', one.hookId),
    nextAt: one.state === 'pending' ? one.nextAt : null,
    news: one.content.items.map(({ newsId, kind, reason, interface: of, facts }) => ({
      id: newsId === 0 ? null : printId('news', newsId),
      kind,
      reason,
      interface: of,
      code: facts.code,
    })),
    // The database writes instants inside of JSON in its own way.
    log: one.log.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
  };
}

export function deliveryRoutes(app: Api, services: RouteServices): void {
  readRoutes(app, services);
  replayRoutes(app, services);
}

function readRoutes(app: Api, { exchange }: RouteServices): void {
  const querystring = z.strictObject({
    hook: idSchema('hook').optional(),
    kind: z.enum(DELIVERY_KINDS).optional(),
    state: deliverySchema.shape.state.optional(),
    from: z.iso.datetime().optional(),
    to: z.iso.datetime().optional().describe('Before this instant.'),
    ...pageQuery,
  });
  app.get(
    '/deliveries',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Mails and calls to hooks, the newest first, each with its attempts; for 90 days',
        querystring,
        response: answers(z.object(pageOf(deliverySchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { limit, after, hook, kind, state, from, to } = request.query;
      const beforeId = readCursor(after, numberCursor);
      const found = await readDeliveries(exchange, {
        organisationId,
        limit: limit + 1,
        ...(hook !== undefined && { hookId: readId('hook', hook) }),
        ...(kind !== undefined && { kind }),
        ...(state !== undefined && { state }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(beforeId !== null && { beforeId }),
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last !== undefined ? printCursor(last.id) : null;
      return { items: page.map(presentDelivery), next };
    },
  );
  app.get(
    '/deliveries/:delivery',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'One delivery with its attempts',
        params: deliveryParams,
        response: answers(deliverySchema),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const ids = [readId('delivery', request.params.delivery)];
      const [found] = await readDeliveries(exchange, { organisationId, ids });
      if (found === undefined) throw notFound('delivery');
      return presentDelivery(found);
    },
  );
}

function replayRoutes(app: Api, { exchange }: RouteServices): void {
  const config = { action: 'webhooks.write' } as const;
  app.post(
    '/deliveries/:delivery/replay',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Sends a delivery again, as it was, under its own id',
        params: deliveryParams,
        response: answers(deliverySchema),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const ids = [readId('delivery', request.params.delivery)];
      const [before] = await readDeliveries(exchange, { organisationId, ids });
      if (before === undefined) throw notFound('delivery');
      const taken = await replayDeliveries(exchange, { organisationId, ids, author });
      if (taken.length === 0) {
        throw new ApiProblem(409, 'delivery.under_way', 'It is being sent at this moment.');
      }
      const [after] = await readDeliveries(exchange, { organisationId, ids });
      return presentDelivery(after ?? before);
    },
  );
  app.post(
    '/hooks/:hook/replay',
    {
      config,
      schema: {
        ...TAG,
        summary: 'Sends again what a hook was sent in a span: the newest thousand of it',
        params: z.object({ hook: idSchema('hook') }),
        body: z.strictObject({
          from: z.iso.datetime(),
          to: z.iso.datetime().describe('Before this instant.'),
          state: z.enum(['delivered', 'failed']).optional(),
        }),
        response: answers(
          z.object({
            deliveries: z.array(idSchema('delivery')).readonly(),
            more: z.boolean().describe('Older ones are left: end the next span before these.'),
          }),
        ),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const hookId = readId('hook', request.params.hook);
      const hooks = await readHooks(exchange, { organisationId });
      if (!hooks.some(({ id }) => id === hookId)) throw notFound('hook');
      const { from, to, state } = request.body;
      const span = { organisationId, author, hookId, from, to, ...(state && { state }) };
      const { replayed, more } = await replaySpan(exchange, span);
      return { deliveries: replayed.map((id) => printId('delivery', id)), more };
    },
  );
}
