/** Moving and re-seating a performance, each foretold first; and what resellers must refund. */
import { z } from 'zod';
import { movePerformance } from '../../exchange/performance/move-performance.ts';
import { writeRefundWorkbook } from '../../exchange/performance/refund-list.ts';
import { reseatPerformance } from '../../exchange/performance/reseat-performance.ts';
import { readReseatTable, TABLE_BYTES_MAX } from '../../exchange/performance/reseat-table.ts';
import { showPerformance } from '../../exchange/performance/show-performance.ts';
import { readCatalogue } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, LANGUAGES, languageQuery, reason, text } from '../route.ts';
import { CSV, fileOf, withUploads, XLSX } from '../uploads.ts';
import { letterSchema } from './performance-schemas.ts';
import { refusedBy } from './performances.ts';

const TAG = { tags: ['inventory'] };
const performanceParams = z.object({ performance: idSchema('performance') });

const reseated = {
  outcome: z.enum(['done', 'foretold', 'unchanged']),
  tickets: z
    .array(
      z.object({
        interface: idSchema('interface'),
        ticket: z.string(),
        from: z.string(),
        to: z.string(),
      }),
    )
    .readonly()
    .describe('Tickets that sit on a seat of another name.'),
  own: z.array(z.object({ reference: z.string(), from: z.string(), to: z.string() })).readonly(),
  notes: z
    .array(z.object({ line: z.int(), seat: z.string(), from: z.string(), to: z.string() }))
    .readonly()
    .describe('Seats of another category than the ticket’s.'),
  letters: z.array(letterSchema).readonly(),
};
const place = z.object({ start: z.string(), configuration: z.string() });
const reseatedSchema = z.object(reseated).meta({ id: 'PerformanceReseated' });
const movedSchema = z
  .object({ ...reseated, from: place, to: place, dropped: z.int() })
  .meta({ id: 'PerformanceMoved' });

type Done = Exclude<Awaited<ReturnType<typeof reseatPerformance>>, { outcome: 'refused' }>;

function presentReseated({ outcome, tickets, own, notes, letters }: Done) {
  return {
    outcome,
    own,
    notes,
    letters,
    tickets: tickets.map(({ interfaceId, ...one }) => ({
      interface: printId('interface', interfaceId),
      ...one,
    })),
  };
}

export function performanceMoveRoutes(app: Api, services: RouteServices): void {
  moveRoute(app, services);
  reseatRoute(app, services);
  refundRoutes(app, services);
}

function moveRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/performances/:performance/move',
    {
      config: { action: 'performance.write' },
      schema: {
        ...TAG,
        summary: 'Moves it to another start or hall; its former start stays known',
        params: performanceParams,
        body: z.strictObject({
          start: text(20).optional().describe('Local, YYYY-MM-DDTHH:MM; absent: as it is.'),
          configuration: idSchema('configuration').optional(),
          keepByName: z.boolean().default(false).describe('Same names in the other hall.'),
          table: z
            .array(
              z.strictObject({
                source: text(500).min(1).describe('A ticket or an old seat.'),
                target: text(500).min(1).describe('The new seat.'),
              }),
            )
            .max(5_000)
            .default([]),
          anyway: z.boolean().default(false).describe('Although late messages may be mistaken.'),
          reason: reason.optional(),
          foretell: z.boolean().default(false),
          language: z.enum(LANGUAGES).optional().describe('Of the letters.'),
        }),
        response: answers(movedSchema),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const { start, configuration, table, reason: why, language, ...flags } = request.body;
      const { configurationById } = await readCatalogue(exchange, organisationId);
      const configurationId =
        configuration === undefined ? undefined : readId('configuration', configuration);
      if (configurationId !== undefined && !configurationById.has(configurationId)) {
        throw notFound('configuration');
      }
      const moved = await movePerformance(exchange, {
        organisationId,
        performanceId: readId('performance', request.params.performance),
        by: author,
        reason: why ?? null,
        table: table.map((line, index) => ({ line: index + 1, ...line })),
        ...flags,
        ...(start !== undefined && { start }),
        ...(configurationId !== undefined && { configurationId }),
        ...(language !== undefined && { language }),
      });
      if (moved.outcome === 'refused') throw refusedBy(moved);
      const { from, to, dropped } = moved;
      return { ...presentReseated(moved), from, to, dropped };
    },
  );
}

function reseatRoute(app: Api, { exchange }: RouteServices): void {
  withUploads(app, [XLSX, CSV], (files) => {
    files.post(
      '/performances/:performance/reseat/import',
      {
        bodyLimit: TABLE_BYTES_MAX,
        config: { action: 'performance.write' },
        schema: {
          ...TAG,
          summary: 'Re-seats by a table (ticket or old seat, new seat): all lines or none',
          consumes: [XLSX, CSV],
          params: performanceParams,
          querystring: z.strictObject({
            foretell: z.enum(['true', 'false']).default('true').describe('False: it is done.'),
            reason: reason.optional(),
            language: z.enum(LANGUAGES).optional().describe('Of the letters.'),
          }),
          response: answers(reseatedSchema),
        },
      },
      async (request) => {
        const { organisationId, author } = callerOf(request);
        const performanceId = readId('performance', request.params.performance);
        const { performanceById } = await readCatalogue(exchange, organisationId);
        if (!performanceById.has(performanceId)) throw notFound('performance');
        const read = await readReseatTable(fileOf(request.body));
        if ('faults' in read) throw refusedBy({ outcome: 'refused', problems: read.faults });
        const { foretell, reason: why = null, language } = request.query;
        const done = await reseatPerformance(exchange, {
          organisationId,
          performanceId,
          by: author,
          reason: why,
          foretell: foretell === 'true',
          table: read.table,
          ...(language !== undefined && { language }),
        });
        if (done.outcome === 'refused') throw refusedBy(done);
        return presentReseated(done);
      },
    );
  });
}

const refundSchema = z
  .object({
    interface: z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }),
    letter: letterSchema,
    unsold: z.int().describe('Places that it could still sell.'),
    tickets: z
      .array(
        z.object({
          ticket: z.string(),
          order: z.string(),
          seat: z.string().nullable(),
          tariff: z.string(),
          amountMinor: z.int().describe('Left to give back.'),
          currency: z.string(),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'ResellerRefunds' });

function refundRoutes(app: Api, { exchange }: RouteServices): void {
  const read = async (
    { organisationId }: Caller,
    id: string,
    language: (typeof LANGUAGES)[number],
  ) => {
    const performanceId = readId('performance', id);
    const shown = await showPerformance(exchange, { organisationId, performanceId, language });
    if (shown === null) throw notFound('performance');
    return shown.letters;
  };
  app.get(
    '/performances/:performance/refunds',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Of a cancelled performance: what each reseller must refund, and its letter',
        params: performanceParams,
        querystring: z.strictObject(languageQuery),
        response: answers(z.object({ items: z.array(refundSchema).readonly() })),
      },
    },
    async (request) => {
      const { performance } = request.params;
      const letters = await read(callerOf(request), performance, request.query.language);
      return {
        items: letters.map((letter) => ({
          interface: {
            id: printId('interface', letter.interfaceId),
            code: letter.interface,
            reseller: letter.reseller,
          },
          letter,
          unsold: letter.unsold,
          tickets: letter.tickets,
        })),
      };
    },
  );
  app.get(
    '/performances/:performance/refunds.xlsx',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The same tickets as an Excel file, a sheet a reseller: the letters’ enclosure',
        params: performanceParams,
        querystring: z.strictObject(languageQuery),
        produces: [XLSX],
      },
    },
    async (request, reply) => {
      const { performance } = request.params;
      const letters = await read(callerOf(request), performance, request.query.language);
      if (letters.length === 0) throw notFound('refund');
      reply.header('content-disposition', 'attachment; filename="refunds.xlsx"');
      return reply.type(XLSX).send(await writeRefundWorkbook(letters));
    },
  );
}
