/** Schedules: when the functions of an interface run by themselves, and starting them now. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readCatalogue, readInterface } from '../../exchange/reading/inventory.ts';
import type { ScheduleRefusal } from '../../exchange/schedules/change-schedules.ts';
import {
  changeSchedule,
  createSchedule,
  removeSchedule,
  resumeSchedule,
  startSchedule,
} from '../../exchange/schedules/change-schedules.ts';
import type { ShownSchedule } from '../../exchange/schedules/read-schedules.ts';
import { foretellSchedule, readScheduleTable } from '../../exchange/schedules/read-schedules.ts';
import { callerOf } from '../access.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { idSchema, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, languageQuery, reason } from '../route.ts';
import {
  changeBody,
  changeOf,
  foretellBody,
  newScheduleBody,
  presentSchedule,
  scheduleSchema,
} from './schedule-schemas.ts';

const TAG = { tags: ['schedules'] };
const scheduleParams = z.object({ schedule: idSchema('schedule') });
const interfaceParams = z.object({ interface: idSchema('interface') });
const querystring = z.strictObject(languageQuery);
const table = answers(z.object({ items: z.array(scheduleSchema).readonly() }));
const whyBody = z.strictObject({ reason: reason.optional() });

export function scheduleRoutes(app: Api, services: RouteServices): void {
  tableRoutes(app, services);
  createRoute(app, services);
  changeRoutes(app, services);
  startRoutes(app, services);
  foretellRoute(app, services);
}

/** The schedule of the address as it stands, or 404. */
async function scheduleOf(
  { exchange }: RouteServices,
  organisationId: number,
  scheduleId: number,
): Promise<{ schedule: ShownSchedule; timeZone: string }> {
  const { items, timeZone } = await readScheduleTable(exchange, { organisationId, scheduleId });
  const [schedule] = items;
  if (schedule === undefined) throw notFound('schedule');
  return { schedule, timeZone };
}

function refusedBy(told: ScheduleRefusal): ApiProblem {
  const { code, ...params } = told;
  switch (code) {
    case 'schedule.unknown':
      return notFound('schedule');
    case 'schedule.interface_unknown':
      return notFound('interface');
    case 'schedule.version':
      return new ApiProblem(412, 'etag.changed', 'It was changed since you read it.', { params });
    default:
      return refusal(code, { params });
  }
}

function tableRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  const config = { action: 'read' } as const;
  app.get(
    '/schedules',
    {
      config,
      schema: { ...TAG, summary: 'The schedules of all interfaces', querystring, response: table },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { items, timeZone } = await readScheduleTable(exchange, { organisationId });
      const { language } = request.query;
      return { items: items.map((one) => presentSchedule(one, timeZone, language)) };
    },
  );
  app.get(
    '/interfaces/:interface/schedules',
    {
      config,
      schema: {
        ...TAG,
        summary: 'The schedules of an interface, by name',
        params: interfaceParams,
        querystring,
        response: table,
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const of = { organisationId, interfaceId: readId('interface', request.params.interface) };
      if ((await readInterface(exchange, of)) === null) throw notFound('interface');
      const { items, timeZone } = await readScheduleTable(exchange, of);
      const { language } = request.query;
      return { items: items.map((one) => presentSchedule(one, timeZone, language)) };
    },
  );
  app.get(
    '/schedules/:schedule',
    {
      config,
      schema: {
        ...TAG,
        summary: 'A schedule; its ETag goes with a change as If-Match',
        params: scheduleParams,
        querystring,
        response: answers(scheduleSchema),
      },
    },
    async (request, reply) => {
      const { organisationId } = callerOf(request);
      const id = readId('schedule', request.params.schedule);
      const { schedule, timeZone } = await scheduleOf(services, organisationId, id);
      reply.header('etag', etagOf(schedule.version));
      return presentSchedule(schedule, timeZone, request.query.language);
    },
  );
}

/** What a schedule is limited to must be there. */
async function checkFilters(
  { exchange }: RouteServices,
  organisationId: number,
  { performances = [], products = [] }: { performances?: string[]; products?: string[] },
): Promise<void> {
  if (performances.length === 0 && products.length === 0) return;
  const catalogue = await readCatalogue(exchange, organisationId);
  const known = new Set(catalogue.products.map(({ id }) => id));
  const isThere = (id: string) => catalogue.performanceById.has(readId('performance', id));
  if (!performances.every(isThere)) throw notFound('performance');
  if (!products.every((id) => known.has(readId('product', id)))) throw notFound('product');
}

function filtersIn(body: {
  performances?: string[] | undefined;
  products?: string[] | undefined;
}): { performances?: string[]; products?: string[] } {
  const { performances, products } = body;
  return { ...(performances && { performances }), ...(products && { products }) };
}

function createRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/schedules',
    {
      config: { action: 'schedules.write' },
      schema: {
        ...TAG,
        summary: 'Adds a schedule; it is inactive unless it says otherwise',
        params: interfaceParams,
        querystring,
        body: newScheduleBody,
        response: { ...answers(scheduleSchema), 201: scheduleSchema },
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const { reason: why = null, name, function: what, timing, ...more } = request.body;
      const of = { organisationId, interfaceId };
      if ((await readInterface(services.exchange, of)) === null) throw notFound('interface');
      await checkFilters(services, organisationId, filtersIn(more));
      const change = { ...changeOf(more, {}), name, function: what, timing };
      const by = { ...of, author, reason: why };
      const made = await createSchedule(services.exchange, { ...by, change });
      if (made.outcome === 'refused') throw refusedBy(made.refusal);
      const { id, version } = made.schedule;
      const { schedule, timeZone } = await scheduleOf(services, organisationId, id);
      reply.code(201).header('etag', etagOf(version));
      return presentSchedule(schedule, timeZone, request.query.language);
    },
  );
}

/** The version that If-Match names: what else was changed meanwhile is refused under the lock. */
function versionFor(request: FastifyRequest, schedule: ShownSchedule): { version?: number } {
  if (request.headers['if-match'] === undefined) return {};
  checkIfMatch(request, schedule.version);
  return { version: schedule.version };
}

function changeRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.patch(
    '/schedules/:schedule',
    {
      config: { action: 'schedules.write' },
      schema: {
        ...TAG,
        summary: 'Changes what is said: name, rhythm, filters, on and off, the from date',
        description: 'Switching it off takes back what was asked for and has not begun.',
        params: scheduleParams,
        querystring,
        body: changeBody,
        response: answers(scheduleSchema),
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const scheduleId = readId('schedule', request.params.schedule);
      const { reason: why = null, ...said } = request.body;
      const { schedule: before } = await scheduleOf(services, organisationId, scheduleId);
      const version = versionFor(request, before);
      await checkFilters(services, organisationId, filtersIn(said));
      const change = changeOf(said, before.filters);
      const by = { organisationId, scheduleId, author, reason: why, ...version };
      const changed = await changeSchedule(exchange, { ...by, change });
      if (changed.outcome === 'refused') throw refusedBy(changed.refusal);
      const { schedule, timeZone } = await scheduleOf(services, organisationId, scheduleId);
      reply.header('etag', etagOf(changed.schedule.version));
      return presentSchedule(schedule, timeZone, request.query.language);
    },
  );
  app.delete(
    '/schedules/:schedule',
    {
      config: { action: 'schedules.write' },
      schema: {
        ...TAG,
        summary: 'Removes a schedule, and what it asked for and has not begun; its runs stay',
        params: scheduleParams,
        response: answers(z.object({ outcome: z.literal('removed') })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const scheduleId = readId('schedule', request.params.schedule);
      const { schedule: before } = await scheduleOf(services, organisationId, scheduleId);
      const version = versionFor(request, before);
      const removed = await removeSchedule(exchange, {
        organisationId,
        scheduleId,
        author,
        ...version,
      });
      if (removed.outcome === 'refused') throw refusedBy(removed.refusal);
      return { outcome: 'removed' as const };
    },
  );
}

function startRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  const asked = z.object({
    already: z.boolean().describe('It was asked for before, and that has not ended.'),
    request: idSchema('request').nullable(),
  });
  app.post(
    '/schedules/:schedule/start',
    {
      config: { action: 'runs.start' },
      schema: {
        ...TAG,
        summary: 'Asks the workers for a run now, also of an inactive or paused schedule',
        description:
          'GET /run-requests/{request} names its run as soon as it has begun. The rhythm stays.',
        params: scheduleParams,
        body: z.strictObject({
          fromDate: z.iso.datetime().optional().describe('This run reads again from here.'),
        }),
        response: { ...answers(asked), 202: asked },
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const scheduleId = readId('schedule', request.params.schedule);
      const { fromDate } = request.body;
      const from = fromDate === undefined ? {} : { fromDate: new Date(fromDate).toISOString() };
      const by = { organisationId, scheduleId, author, ...from };
      const started = await startSchedule(exchange, by);
      if (started.outcome === 'refused') throw refusedBy(started.refusal);
      reply.code(202);
      const { already, requestId } = started;
      return { already, request: printIdOrNull('request', requestId) };
    },
  );
  app.post(
    '/schedules/:schedule/resume',
    {
      config: { action: 'schedules.resume' },
      schema: {
        ...TAG,
        summary: 'Takes a paused schedule up again: its failures are forgotten',
        params: scheduleParams,
        querystring,
        body: whyBody,
        response: answers(scheduleSchema),
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const scheduleId = readId('schedule', request.params.schedule);
      const by = { organisationId, scheduleId, author, reason: request.body.reason ?? null };
      const resumed = await resumeSchedule(exchange, by);
      if (resumed.outcome === 'refused') throw refusedBy(resumed.refusal);
      const { schedule, timeZone } = await scheduleOf(services, organisationId, scheduleId);
      reply.header('etag', etagOf(schedule.version));
      return presentSchedule(schedule, timeZone, request.query.language);
    },
  );
}

function foretellRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/schedules/foretell',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The next instants at which a schedule would fire, as it is being edited',
        body: foretellBody,
        response: answers(
          z.object({ instants: z.array(instant).readonly(), timeZone: z.string() }),
        ),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { schedule, timing, firstAt, count } = request.body;
      const scheduleId = schedule === undefined ? null : readId('schedule', schedule);
      const of = { organisationId, scheduleId, timing, firstAt, count };
      const told = await foretellSchedule(exchange, of);
      if (told === null) throw notFound('schedule');
      if ('fault' in told) throw refusal('schedule.timing', { params: { ...told } });
      return told;
    },
  );
}
