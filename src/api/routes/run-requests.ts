/** What was asked of the workers: whether it waits and for whom, its run, what became of it. */
import { z } from 'zod';
import { RUN_FUNCTIONS } from '../../exchange/reading/runs-log.ts';
import type { ShownRequest } from '../../exchange/schedules/run-requests.ts';
import { readRunRequests, withdrawRunRequest } from '../../exchange/schedules/run-requests.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, reason } from '../route.ts';

const TAG = { tags: ['schedules'] };
const requestParams = z.object({ request: idSchema('request') });
const run = z.object({ id: idSchema('run'), number: z.int() });

const requestSchema = z
  .object({
    id: idSchema('request'),
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    schedule: idSchema('schedule').nullable(),
    function: z.enum(RUN_FUNCTIONS),
    source: z.enum(['schedule', 'hand', 'replay', 'start_up']),
    simulation: z.boolean(),
    startedBy: z.string(),
    dueAt: instant,
    askedAt: instant,
    state: z.enum(['waits', 'begun', 'ran', 'refused', 'withdrawn']),
    waitsFor: run.nullable().describe('The run that has its account now.'),
    run: run
      .extend({ state: z.enum(['running', 'ok', 'warning', 'error', 'cancelled']) })
      .nullable(),
    events: z.string().nullable().describe('Where its run can be followed.'),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'RunRequest' });

function presentRequest(one: ShownRequest): z.output<typeof requestSchema> {
  const { run: of, waitsFor, outcome } = one;
  const runId = of === null ? null : printId('run', of.id);
  return {
    ...one,
    id: printId('request', one.id),
    interface: {
      id: printId('interface', one.interfaceId),
      code: one.interfaceCode,
      reseller: one.reseller,
    },
    schedule: printIdOrNull('schedule', one.scheduleId),
    state: outcome ?? (of === null ? 'waits' : 'begun'),
    waitsFor: waitsFor === null ? null : { ...waitsFor, id: printId('run', waitsFor.id) },
    run: of === null ? null : { ...of, id: printId('run', of.id) },
    events: runId === null ? null : `/api/v1/runs/${runId}/events`,
  };
}

export function runRequestRoutes(app: Api, services: RouteServices): void {
  readRoutes(app, services);
  withdrawRoute(app, services);
}

function readRoutes(app: Api, { exchange }: RouteServices): void {
  const querystring = z.strictObject({
    interface: idSchema('interface').optional(),
    ended: z.enum(['true', 'false']).optional().describe('False: what waits or runs.'),
    ...pageQuery,
  });
  app.get(
    '/run-requests',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What was asked of the workers, the newest first; kept for 30 days',
        querystring,
        response: answers(z.object(pageOf(requestSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { interface: of, ended, limit, after } = request.query;
      const beforeId = readCursor(after, numberCursor);
      const found = await readRunRequests(exchange, {
        organisationId,
        limit: limit + 1,
        ...(of !== undefined && { interfaceId: readId('interface', of) }),
        ...(ended !== undefined && { open: ended === 'false' }),
        ...(beforeId !== null && { beforeId }),
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last !== undefined ? printCursor(last.id) : null;
      return { items: page.map(presentRequest), next };
    },
  );
  app.get(
    '/run-requests/:request',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What became of a request',
        params: requestParams,
        response: answers(requestSchema),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const id = readId('request', request.params.request);
      const [found] = await readRunRequests(exchange, { organisationId, id, limit: 1 });
      if (found === undefined) throw notFound('request');
      return presentRequest(found);
    },
  );
}

function withdrawRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/run-requests/:request/withdraw',
    {
      config: { action: 'runs.cancel' },
      schema: {
        ...TAG,
        summary: 'Takes back what was asked for and waits',
        description: 'What has begun is cancelled as a run: 409 `run_request.begun` names it.',
        params: requestParams,
        body: z.strictObject({ reason: reason.optional() }),
        response: answers(z.object({ outcome: z.literal('withdrawn') })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const requestId = readId('request', request.params.request);
      const why = request.body.reason ?? null;
      const of = { organisationId, requestId, author, reason: why };
      const told = await withdrawRunRequest(exchange, of);
      if (told.outcome === 'unknown') throw notFound('request');
      if (told.outcome === 'withdrawn') return { outcome: 'withdrawn' as const };
      const { run: begun, outcome } = told.request;
      const params = { run: begun === null ? null : printId('run', begun.id), outcome };
      throw outcome === null
        ? new ApiProblem(409, 'run_request.begun', 'Its run has begun: cancel that.', { params })
        : new ApiProblem(409, 'run_request.ended', 'It has ended.', { params });
    },
  );
}
