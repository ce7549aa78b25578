/** Runs: the log, starting a function, cancelling it, and following it live. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { RunFilters } from '../../exchange/context.ts';
import type { ReadRun, RunFilter, RunLineRow, RunRecord } from '../../exchange/reading/runs-log.ts';
import {
  RUN_FUNCTIONS,
  readRun,
  readRunLines,
  readRuns,
  readWireCall,
  readWireCalls,
  stopRun,
} from '../../exchange/reading/runs-log.ts';
import { describeLine } from '../../runs/remedies.ts';
import { remedyPath } from '../../runs/remedy-path.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, LANGUAGES, RouteServices } from '../route.ts';
import { answers, instant, languageQuery, params } from '../route.ts';
import { followRun } from '../run-stream.ts';

const TAG = { tags: ['runs'] };
const counts = z.record(z.string(), z.number());

export const runSchema = z
  .object({
    id: idSchema('run'),
    number: z.int().describe('By which people call it.'),
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    function: z.enum(RUN_FUNCTIONS),
    source: z.enum(['schedule', 'hand', 'replay', 'start_up']),
    state: z.enum(['running', 'ok', 'warning', 'error', 'cancelled']),
    simulation: z.boolean(),
    startedBy: z.string(),
    schedule: idSchema('schedule').nullable(),
    limitedTo: z.object({
      performances: z.array(idSchema('performance')).readonly(),
      products: z.array(idSchema('product')).readonly(),
      from: instant.nullable().describe('It reads again from here.'),
      fromBeginning: z.boolean(),
      againRefused: z.boolean(),
    }),
    attempt: z.int().describe('Above 1: its worker died, and another closed it.'),
    startedAt: instant,
    endedAt: instant.nullable(),
    counts,
    progress: z.object({ done: z.number().nullable(), total: z.number().nullable() }),
  })
  .meta({ id: 'Run' });

export function presentRun(run: RunRecord): z.output<typeof runSchema> {
  return {
    ...run,
    id: printId('run', run.id),
    interface: {
      id: printId('interface', run.interfaceId),
      code: run.interfaceCode,
      reseller: run.reseller,
    },
    schedule: printIdOrNull('schedule', run.scheduleId),
    limitedTo: presentFilters(run.filters),
    counts: { ...run.counts },
    progress: { done: run.progress.done ?? null, total: run.progress.total ?? null },
  };
}

function presentFilters(filters: RunFilters): z.output<typeof runSchema>['limitedTo'] {
  return {
    performances: (filters.performanceIds ?? []).map((id) => printId('performance', id)),
    products: (filters.productIds ?? []).map((id) => printId('product', id)),
    from: filters.fromDate ?? null,
    fromBeginning: filters.fromBeginning === true,
    againRefused: filters.againRefused === true,
  };
}

const lineSchema = z
  .object({
    id: idSchema('line'),
    level: z.enum(['info', 'warning', 'error']),
    at: instant,
    code: z.string(),
    class: z.string().nullable(),
    params,
    keys: params,
    case: idSchema('case').nullable().describe('The message it is about: its case, if it has one.'),
    times: z.int(),
    title: z.string(),
    explanation: z.string().nullable(),
    remedy: z.string().nullable(),
    path: z.string().nullable().describe('Where the web application mends it.'),
  })
  .meta({ id: 'RunLine' });

type Language = (typeof LANGUAGES)[number];

/** A line with its texts, as the reader's language has them. */
export function presentLine(
  line: RunLineRow,
  { run, interface: of, timeZone }: ReadRun,
  language: Language,
): z.output<typeof lineSchema> {
  const told = describeLine(line as Parameters<typeof describeLine>[0], {
    language,
    timeZone,
    interface: of.code,
    reseller: of.reseller,
    people: of.people,
    number: run.number,
  });
  return {
    ...line,
    params: { ...line.params },
    keys: { ...line.keys },
    id: printId('line', line.id),
    case: printIdOrNull('case', line.messageId),
    title: told.title,
    explanation: told.explanation ?? null,
    remedy: told.remedy ?? null,
    path: remedyPath(told.link, { interfaceId: run.interfaceId, runId: run.id }),
  };
}

const callSchema = z
  .object({
    id: idSchema('wireCall'),
    operation: z.string(),
    method: z.string(),
    url: z.string(),
    startedAt: instant,
    durationMs: z.number(),
    status: z.int().nullable(),
    outcome: z.string(),
    requestBytes: z.number(),
    responseBytes: z.number(),
    requestDigest: z.string().nullable(),
    responseDigest: z.string().nullable(),
    fault: z.looseObject({}).nullable(),
  })
  .meta({ id: 'WireCall' });
const bodies = { request: z.string().nullable(), response: z.string().nullable() };

const runParams = z.object({ run: idSchema('run') });

export function runRoutes(app: Api, services: RouteServices): void {
  listRoutes(app, services);
  lineRoutes(app, services);
  callRoutes(app, services);
  cancelRoute(app, services);
  followRoute(app, services);
}

function listRoutes(app: Api, { exchange }: RouteServices): void {
  const querystring = z.strictObject({
    interface: idSchema('interface').optional(),
    function: z.enum(RUN_FUNCTIONS).optional(),
    state: runSchema.shape.state.optional(),
    source: runSchema.shape.source.optional(),
    schedule: idSchema('schedule').optional(),
    performance: idSchema('performance')
      .optional()
      .describe('Limited to it, or that moved its seats or wrote about its tickets.'),
    from: z.iso.datetime().optional().describe('Started at or after.'),
    to: z.iso.datetime().optional().describe('Started before.'),
    ...pageQuery,
  });
  app.get(
    '/runs',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Runs, the newest first',
        querystring,
        response: answers(z.object(pageOf(runSchema))),
      },
    },
    async (request) => {
      const { limit, after, interface: of, function: what, state, source } = request.query;
      const { schedule, performance, from, to } = request.query;
      const before = readCursor(after, numberCursor);
      const filter: RunFilter = { limit: limit + 1 };
      if (of !== undefined) filter.interfaceId = readId('interface', of);
      if (what !== undefined) filter.function = what;
      if (state !== undefined) filter.state = state;
      if (source !== undefined) filter.source = source;
      if (schedule !== undefined) filter.scheduleId = readId('schedule', schedule);
      if (performance !== undefined) filter.performanceId = readId('performance', performance);
      if (from !== undefined) filter.from = from;
      if (to !== undefined) filter.to = to;
      if (before !== null) filter.beforeNumber = before;
      const { organisationId } = callerOf(request);
      const runs = await readRuns(exchange, { organisationId, ...filter });
      const page = runs.slice(0, limit);
      const last = page.at(-1);
      const more = runs.length > limit && last !== undefined;
      return { items: page.map(presentRun), next: more ? printCursor(last.number) : null };
    },
  );
  app.get(
    '/runs/:run',
    {
      config: { action: 'read' },
      schema: { ...TAG, summary: 'A run', params: runParams, response: answers(runSchema) },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const found = await readRun(exchange, {
        organisationId,
        runId: readId('run', request.params.run),
      });
      if (found === null) throw notFound('run');
      return presentRun(found.run);
    },
  );
}

/** The run of the address, or 404. */
async function runOf(
  exchange: RouteServices['exchange'],
  organisationId: number,
  id: string,
): Promise<ReadRun> {
  const found = await readRun(exchange, { organisationId, runId: readId('run', id) });
  if (found === null) throw notFound('run');
  return found;
}

function pageOfIds(after: string | undefined, limit: number) {
  return { afterId: readCursor(after, numberCursor) ?? 0, limit: limit + 1 };
}

function lineRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/runs/:run/lines',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The lines of a run, each with what to do about it',
        params: runParams,
        querystring: z.strictObject({ ...pageQuery, ...languageQuery }),
        response: answers(z.object(pageOf(lineSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { limit, after, language } = request.query;
      const page = pageOfIds(after, limit);
      const found = await runOf(exchange, organisationId, request.params.run);
      const rows = await readRunLines(exchange, { organisationId, runId: found.run.id, ...page });
      const items = rows.slice(0, limit).map((row) => presentLine(row, found, language));
      const next = rows.length > limit ? printCursor(rows[limit - 1]?.id) : null;
      return { items, next };
    },
  );
}

function callRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/runs/:run/calls',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The calls of a run on the wire, without their bodies',
        params: runParams,
        querystring: z.strictObject(pageQuery),
        response: answers(z.object(pageOf(callSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { limit, after } = request.query;
      const page = pageOfIds(after, limit);
      const { run } = await runOf(exchange, organisationId, request.params.run);
      const rows = await readWireCalls(exchange, { organisationId, runId: run.id, ...page });
      const next = rows.length > limit ? printCursor(rows[limit - 1]?.id) : null;
      return { items: rows.slice(0, limit).map(presentCall), next };
    },
  );
  app.get(
    '/runs/:run/calls/:call',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'One call with its bodies, redacted',
        params: z.object({ run: idSchema('run'), call: idSchema('wireCall') }),
        response: answers(callSchema.extend(bodies).meta({ id: 'WireCallInFull' })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { run, call } = request.params;
      const of = { organisationId, runId: readId('run', run), callId: readId('wireCall', call) };
      const found = await readWireCall(exchange, of);
      if (found === null) throw notFound('call');
      return { ...presentCall(found), request: found.request, response: found.response };
    },
  );
}

type Call = Awaited<ReturnType<typeof readWireCalls>>[number];

function presentCall(call: Call): z.output<typeof callSchema> {
  const fault = call.fault === null ? null : { ...call.fault };
  return { ...call, fault, id: printId('wireCall', call.id) };
}

function cancelRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/runs/:run/cancel',
    {
      config: { action: 'runs.cancel' },
      schema: {
        ...TAG,
        summary: 'Asks a running run to stop; it does within a second',
        params: runParams,
        response: answers(z.object({ outcome: z.literal('asked') })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { run } = await runOf(exchange, organisationId, request.params.run);
      if (await stopRun(exchange, { organisationId, runId: run.id })) {
        return { outcome: 'asked' as const };
      }
      throw new ApiProblem(409, 'run.not_running', 'This run has ended.', {
        params: { number: run.number, state: run.state },
      });
    },
  );
}

function followRoute(app: Api, services: RouteServices): void {
  app.get(
    '/runs/:run/events',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'A run as it goes on: server-sent events `line`, `run`, `end`',
        description:
          'Each event has an id: send the last as Last-Event-ID to go on from there. A comment ' +
          'every 15 s keeps the connection; the session is checked again every minute.',
        params: runParams,
        querystring: z.strictObject(languageQuery),
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const found = await runOf(services.exchange, organisationId, request.params.run);
      const { language } = request.query;
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const signal = AbortSignal.any([services.background.signal, gone.signal]);
      const stream = Readable.from(
        followRun(services, {
          request,
          organisationId,
          runId: found.run.id,
          signal,
          // Nothing checks a stream's answer against its schema: it is cut to it here.
          present: ({ run, line }) =>
            line === undefined
              ? runSchema.parse(presentRun(run))
              : lineSchema.parse(presentLine(line, found, language)),
        }),
      );
      services.background.add(new Promise<void>((resolve) => stream.once('close', resolve)));
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no');
      return reply.type('text/event-stream; charset=utf-8').send(stream);
    },
  );
}
