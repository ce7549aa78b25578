/** Our books against the resellers': the comparisons, what differs, and adopting. */
import { z } from 'zod';
import { printSeat } from '../../domain/seating/seat-text.ts';
import { adopt, foretellAdopt } from '../../exchange/adopt.ts';
import type { DifferenceRow, ReconciliationRow } from '../../exchange/reading/reconciliations.ts';
import {
  readDifferencePage,
  readReconciliation,
  readReconciliations,
  writeDifferenceWorkbook,
} from '../../exchange/reading/reconciliations.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, languageQuery, text } from '../route.ts';

const TAG = { tags: ['reconciliation'] };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const reconciliationSchema = z
  .object({
    id: idSchema('reconciliation'),
    run: idSchema('run'),
    interface: z.object({ id: idSchema('interface'), code: z.string() }),
    product: z.object({ id: idSchema('product'), code: z.string() }),
    performance: z
      .object({ id: idSchema('performance'), code: z.string(), localStart: z.string() })
      .nullable(),
    at: instant,
    seatsCompared: z.int(),
    ticketsCompared: z.int(),
    missingHere: z.int(),
    missingThere: z.int(),
    different: z.int(),
    open: z.int().describe('Of all, those that nothing has settled.'),
    adoptable: z.int().describe('Open ones that adopting settles.'),
  })
  .meta({ id: 'Reconciliation' });

function present(row: ReconciliationRow): z.output<typeof reconciliationSchema> {
  const { performanceId, performance, localStart } = row;
  return {
    ...row,
    id: printId('reconciliation', row.id),
    run: printId('run', row.runId),
    interface: { id: printId('interface', row.interfaceId), code: row.interfaceCode },
    product: { id: printId('product', row.productId), code: row.product },
    performance:
      performanceId === null
        ? null
        : {
            id: printId('performance', performanceId),
            code: performance ?? '',
            localStart: localStart ?? '',
          },
  };
}

const KINDS = ['missing_here', 'missing_there', 'different'] as const;

const differenceSchema = z
  .object({
    id: idSchema('difference'),
    subject: z.enum(['seat', 'ticket', 'count']),
    kind: z.enum(KINDS),
    cause: z.string(),
    cure: z.string().describe('Its way out: adopt, integrate, settle_case, export, map, …'),
    seatId: idSchema('seat').nullable(),
    seat: z.string().nullable(),
    counter: idSchema('counter').nullable(),
    zone: z.string().nullable(),
    ticket: z.string().nullable(),
    ours: z.looseObject({}).nullable(),
    theirs: z.looseObject({}).nullable(),
    case: idSchema('case').nullable().describe('The case that explains it.'),
    settledAt: instant.nullable(),
  })
  .meta({ id: 'Difference' });

/** Ids inside leave with their prefix, like any other. */
function presentOurs(ours: DifferenceRow['ours']): Record<string, unknown> | null {
  if (ours === null) return null;
  const { contingentId, seatCategoryId, interfaceId, ...rest } = ours as Record<string, unknown>;
  const id = (kind: 'contingent' | 'category' | 'interface', value: unknown) =>
    typeof value === 'number' ? printId(kind, value) : null;
  return {
    ...rest,
    contingent: id('contingent', contingentId),
    category: id('category', seatCategoryId),
    interface: id('interface', interfaceId),
  };
}

function presentDifference(row: DifferenceRow): z.output<typeof differenceSchema> {
  return {
    ...row,
    id: printId('difference', row.id),
    seatId: printIdOrNull('seat', row.seatId),
    seat: row.seat === null ? null : printSeat(row.seat),
    counter: printIdOrNull('counter', row.counterId),
    ours: presentOurs(row.ours),
    theirs: row.theirs === null ? null : { ...row.theirs },
    case: printIdOrNull('case', row.caseId),
  };
}

export function reconciliationRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  differenceRoutes(app, services);
  adoptRoute(app, services);
}

const of = z.object({ reconciliation: idSchema('reconciliation') });

function listRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/reconciliations',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Comparisons, the newest first; by default the last of each performance',
        querystring: z.strictObject({
          interface: idSchema('interface').optional(),
          performance: idSchema('performance').optional(),
          run: idSchema('run').optional().describe('Those of one run.'),
          all: z.enum(['true', 'false']).default('false').describe('Earlier ones, too.'),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(reconciliationSchema))),
      },
    },
    async (request) => {
      const { interface: by, performance, run, all, limit, after } = request.query;
      const rows = await readReconciliations(exchange, {
        organisationId: callerOf(request).organisationId,
        interfaceId: by === undefined ? null : readId('interface', by),
        performanceId: performance === undefined ? null : readId('performance', performance),
        runId: run === undefined ? null : readId('run', run),
        lastOnly: all === 'false' && run === undefined,
        beforeId: readCursor(after, numberCursor) ?? Number.MAX_SAFE_INTEGER,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? printCursor(page.at(-1)?.id) : null;
      return { items: page.map(present), next };
    },
  );
}

async function find(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
): Promise<{ row: ReconciliationRow; organisationId: number; reconciliationId: number }> {
  const where = { organisationId, reconciliationId: readId('reconciliation', id) };
  const row = await readReconciliation(exchange, where);
  if (row === null) throw notFound('reconciliation');
  return { row, ...where };
}

function differenceRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.get(
    '/reconciliations/:reconciliation',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'One comparison with its figures',
        params: of,
        response: answers(reconciliationSchema),
      },
    },
    async (request) =>
      present((await find(services, callerOf(request), request.params.reconciliation)).row),
  );
  app.get(
    '/reconciliations/:reconciliation/differences',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What differs, each with its cause and its way out',
        params: of,
        querystring: z.strictObject({
          kind: z.enum(KINDS).optional(),
          cause: text(40).optional(),
          cure: text(40).optional(),
          open: z.enum(['true', 'false']).default('false').describe('Only what is not settled.'),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(differenceSchema))),
      },
    },
    async (request) => {
      const { row, ...where } = await find(
        services,
        callerOf(request),
        request.params.reconciliation,
      );
      const { kind = null, cause = null, cure = null, open, limit, after } = request.query;
      const rows = await readDifferencePage(exchange, {
        ...where,
        kind,
        cause,
        cure,
        openOnly: open === 'true',
        afterId: readCursor(after, numberCursor) ?? 0,
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? printCursor(page.at(-1)?.id) : null;
      return { items: page.map(presentDifference), next };
    },
  );
  app.get(
    '/reconciliations/:reconciliation/differences.xlsx',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'All of it as an Excel file',
        params: of,
        querystring: z.strictObject(languageQuery),
        produces: [XLSX],
      },
    },
    async (request, reply) => {
      const file = await writeDifferenceWorkbook(exchange, {
        organisationId: callerOf(request).organisationId,
        reconciliationId: readId('reconciliation', request.params.reconciliation),
        language: request.query.language,
      });
      if (file === null) throw notFound('reconciliation');
      reply.header('content-disposition', 'attachment; filename="differences.xlsx"');
      return reply.type(XLSX).send(file);
    },
  );
}

function adoptRoute(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.post(
    '/reconciliations/:reconciliation/adopt',
    {
      config: { action: 'quotas.write' },
      schema: {
        ...TAG,
        summary: 'Places that the reseller has, and that are free here, join its allotment unsent',
        params: of,
        body: z.strictObject({
          differences: z.array(idSchema('difference')).min(1).max(10_000).optional(),
          foretell: z.boolean().default(false),
        }),
        response: answers(
          z
            .object({ outcome: z.enum(['done', 'foretold']), places: z.int() })
            .meta({ id: 'Adopted' }),
        ),
      },
    },
    async (request) => {
      const { row, ...where } = await find(
        services,
        callerOf(request),
        request.params.reconciliation,
      );
      const { differences, foretell } = request.body;
      const lineIds = differences?.map((id) => readId('difference', id));
      const asked = lineIds === undefined ? where : { ...where, lineIds };
      if (foretell) {
        return { outcome: 'foretold' as const, places: await foretellAdopt(exchange, asked) };
      }
      return { outcome: 'done' as const, places: await adopt(exchange, asked) };
    },
  );
}
