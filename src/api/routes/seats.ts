/** Seats of a performance: the plan, one seat's story, and moving or asking back a selection. */
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Missing } from '../../exchange/move-selection.ts';
import { moveSelection, takeBackSelection } from '../../exchange/move-selection.ts';
import { readSeatPlan } from '../../exchange/reading/seat-plan.ts';
import { readSeatStory } from '../../exchange/reading/seat-story.ts';
import { callerOf } from '../access.ts';
import { idSchema, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, reason } from '../route.ts';
import {
  movedSchema,
  presentMoved,
  presentStory,
  seatPlanSchema,
  seatStorySchema,
  writeSeatPlan,
} from './seat-schemas.ts';

const gzip = promisify(gzipCallback);

const TAG = { tags: ['inventory'] };
const performanceParams = z.object({ performance: idSchema('performance') });

export function seatRoutes(app: Api, services: RouteServices): void {
  planRoute(app, services);
  storyRoute(app, services);
  moveRoute(app, services);
  takeBackRoute(app, services);
}

function planRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/performances/:performance/seats',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Every seat for the plan, as columns; 304 to If-None-Match while nothing changed',
        description:
          'With `columns=states` it tells only what changes: the same seats in the same order.',
        params: performanceParams,
        querystring: z.strictObject({ columns: z.enum(['all', 'states']).default('all') }),
        response: answers(seatPlanSchema),
      },
    },
    async (request, reply) => {
      const plan = await readSeatPlan(exchange, {
        organisationId: callerOf(request).organisationId,
        performanceId: readId('performance', request.params.performance),
        statesOnly: request.query.columns === 'states',
        known: tagsOf(request.headers['if-none-match']),
      });
      if (plan.outcome === 'unknown') throw notFound('performance');
      reply.headers({ etag: plan.etag, 'cache-control': 'private, no-cache' });
      reply.header('vary', 'accept-encoding');
      // Bytes pass as they are: the schema above only describes them.
      const bytes = reply as FastifyReply;
      if (plan.outcome === 'same') return bytes.code(304).send();
      const { performance } = request.params;
      const text = writeSeatPlan(performance, plan.seats, plan.head, plan.columns);
      reply.type('application/json; charset=utf-8');
      const isPacked = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      if (!isPacked) return bytes.send(Buffer.from(text));
      reply.header('content-encoding', 'gzip');
      // The quickest: columns of repeating numbers pack well at once.
      return bytes.send(await gzip(text, { level: 1 }));
    },
  );
}

function tagsOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
}

function storyRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/performances/:performance/seats/:seat',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'A seat’s whole story: movements, tickets, commands and open cases',
        params: performanceParams.extend({ seat: idSchema('seat') }),
        response: answers(seatStorySchema),
      },
    },
    async (request) => {
      const story = await readSeatStory(exchange, {
        organisationId: callerOf(request).organisationId,
        performanceId: readId('performance', request.params.performance),
        seatId: readId('seat', request.params.seat),
      });
      if (story === null) throw notFound('seat');
      return presentStory(story);
    },
  );
}

/** Four mebibytes hold the ids of the largest stadium. */
const SELECTION_BYTES = 4 * 1024 * 1024;
const selection = z.array(idSchema('seat')).min(1).max(150_000);
const foretell = z.boolean().default(false).describe('Tells what it would do, writes nothing.');

function moveRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/performances/:performance/seats/move',
    {
      bodyLimit: SELECTION_BYTES,
      config: { action: 'quotas.write' },
      schema: {
        ...TAG,
        summary: 'Moves seats to a contingent or to none, blocks or unblocks them, seat by seat',
        params: performanceParams,
        body: z.strictObject({
          seats: selection,
          to: z.discriminatedUnion('kind', [
            z.strictObject({
              kind: z.literal('contingent'),
              contingent: idSchema('contingent').nullable().describe('Null: to none.'),
            }),
            z.strictObject({ kind: z.literal('block') }),
            z.strictObject({ kind: z.literal('unblock') }),
          ]),
          reason: reason.optional(),
          foretell,
        }),
        response: answers(movedSchema),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const { seats, to, reason: why = null, foretell: only } = request.body;
      const moved = await moveSelection(exchange, {
        organisationId,
        performanceId: readId('performance', request.params.performance),
        seatIds: seats.map((id) => readId('seat', id)),
        target:
          to.kind === 'contingent'
            ? {
                to: 'contingent',
                contingentId: to.contingent === null ? null : readId('contingent', to.contingent),
              }
            : { to: to.kind },
        by: author,
        reason: why,
        foretell: only,
      });
      if (moved.outcome === 'unknown') throw missing(moved);
      return presentMoved(moved.seats, only);
    },
  );
}

const missing = ({ what }: Missing) => notFound(what);

function takeBackRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/performances/:performance/take-back',
    {
      bodyLimit: SELECTION_BYTES,
      config: { action: 'runs.start' },
      schema: {
        ...TAG,
        summary: 'Wishes unsold places back: all, so many, or these; the next export asks for them',
        params: performanceParams,
        body: z.strictObject({
          interface: idSchema('interface'),
          contingents: z.array(idSchema('contingent')).max(500).optional(),
          unsold: z.discriminatedUnion('kind', [
            z.strictObject({ kind: z.literal('all') }),
            z.strictObject({ kind: z.literal('count'), count: z.int().min(1).max(9_999_999) }),
            z
              .strictObject({ kind: z.literal('seats'), seats: selection })
              .describe('At whichever reseller they are.'),
          ]),
          reason: reason.optional(),
          foretell,
        }),
        response: answers(
          movedSchema
            .extend({ places: z.int().describe('Counted places asked back.') })
            .meta({ id: 'PlacesAskedBack' }),
        ),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const { unsold, contingents, reason: why = null, foretell: only } = request.body;
      const asked = await takeBackSelection(exchange, {
        organisationId,
        performanceId: readId('performance', request.params.performance),
        interfaceId: readId('interface', request.body.interface),
        contingentIds: contingents?.map((id) => readId('contingent', id)) ?? null,
        unsold:
          unsold.kind === 'all'
            ? { all: true }
            : unsold.kind === 'count'
              ? { count: unsold.count }
              : { seatIds: unsold.seats.map((id) => readId('seat', id)) },
        by: author,
        reason: why,
        foretell: only,
      });
      if (asked.outcome === 'unknown') throw missing(asked);
      return { ...presentMoved(asked.seats, only), places: asked.counts };
    },
  );
}
