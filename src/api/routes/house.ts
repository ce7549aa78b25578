/** The venue's own seats, what resellers refused, and tests: work on the house beside its sales. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { changeOwnPlaces } from '../../exchange/house-seats/change-own-places.ts';
import { readOwnLines } from '../../exchange/house-seats/read-lines.ts';
import { readInterface } from '../../exchange/reading/inventory.ts';
import { sendAgain } from '../../exchange/refused-places.ts';
import { markTests } from '../../exchange/test-tickets/mark-tests.ts';
import { readTests } from '../../exchange/test-tickets/test-modes.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, reason, text } from '../route.ts';

const TAG = { tags: ['inventory'] };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const FILE_MAX = 20 * 1024 * 1024;
const interfaceParams = z.object({ interface: idSchema('interface') });

export function houseRoutes(app: Api, services: RouteServices): void {
  seatsRoute(app, services);
  refusedRoute(app, services);
  testRoutes(app, services);
}

const fault = z.object({
  line: z.int().nullable(),
  code: z.string(),
  message: z.string(),
  cure: z.string(),
});

function seatsRoute(app: Api, { exchange, background }: RouteServices): void {
  const flag = z.enum(['true', 'false']).default('false');
  app.register(async (scope) => {
    const files = scope as unknown as Api;
    files.removeAllContentTypeParsers();
    files.addContentTypeParser([XLSX, 'text/csv'], { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    files.post(
      '/own-seats',
      {
        bodyLimit: FILE_MAX,
        config: { action: 'house.write' },
        schema: {
          ...TAG,
          summary: 'Seats that the venue sells, holds, blocks or frees itself: a CSV or Excel file',
          description: 'Lines that cannot be applied are told; the others are.',
          consumes: [XLSX, 'text/csv'],
          querystring: z.strictObject({
            simulate: flag.describe('Does everything and writes nothing.'),
            askBack: flag.describe('Seats that a reseller holds are asked back.'),
          }),
          response: answers(
            z
              .object({
                lines: z.int(),
                applied: z.int().describe('Places, not lines.'),
                unchanged: z.int(),
                asked: z.int(),
                waiting: z.int(),
                dropped: z.int(),
                faults: z.array(fault).readonly(),
              })
              .meta({ id: 'OwnSeatsChanged' }),
          ),
        },
      },
      async (request) => {
        const { organisationId, author } = callerOf(request);
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const read = await readOwnLines(bytes);
        if ('fault' in read) throw refusal('seats.table', { errors: [read.fault] });
        return await changeOwnPlaces(exchange, {
          organisationId,
          lines: read.lines,
          author,
          source: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
          simulate: request.query.simulate === 'true',
          askBack: request.query.askBack === 'true',
          signal: background.signal,
        });
      },
    );
  });
}

async function checkInterface(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
): Promise<{ organisationId: number; interfaceId: number }> {
  const where = { organisationId, interfaceId: readId('interface', id) };
  if ((await readInterface(exchange, where)) === null) throw notFound('interface');
  return where;
}

function refusedRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/refused/:performance/send',
    {
      config: { action: 'quotas.write' },
      schema: {
        ...TAG,
        summary: 'What the reseller refused of a performance goes with the next export again',
        params: interfaceParams.extend({ performance: idSchema('performance') }),
        response: answers(z.object({ places: z.int() })),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const where = await checkInterface(services, caller, request.params.interface);
      const performanceId = readId('performance', request.params.performance);
      const asked = { ...where, performanceId, seatIds: null, author: caller.author };
      return { places: await sendAgain(services.exchange, asked) };
    },
  );
}

const testSchema = z
  .object({
    ticket: z.string(),
    interface: idSchema('interface'),
    product: idSchema('product'),
    performance: idSchema('performance').nullable(),
    place: z.string(),
    soldAt: instant,
    bookedMinor: z.int(),
    currency: z.string(),
  })
  .meta({ id: 'TestTicket' });
const testCursor = z.strictObject({ productId: z.int().min(0), id: z.int().min(0) });

function testRoutes(app: Api, services: RouteServices): void {
  app.get(
    '/tests',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Tests that the reseller has not cancelled: each holds a place',
        querystring: z.strictObject({ product: idSchema('product').optional(), ...pageQuery }),
        response: answers(z.object(pageOf(testSchema))),
      },
    },
    async (request) => {
      const { product, limit, after } = request.query;
      const from = readCursor(after, testCursor);
      const rows = await readTests(services.exchange, {
        organisationId: callerOf(request).organisationId,
        interfaceId: null,
        productId: product === undefined ? null : readId('product', product),
        limit: limit + 1,
        ...(from === null ? {} : { after: from }),
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last !== undefined;
      return {
        items: page.map((one) => ({
          ...one,
          ticket: one.number,
          interface: printId('interface', one.interfaceId),
          product: printId('product', one.productId),
          performance: printIdOrNull('performance', one.performanceId),
        })),
        next: more ? printCursor({ productId: last.productId, id: last.id }) : null,
      };
    },
  );
  const tickets = z.array(text(100).min(1)).min(1).max(1_000);
  const names = z.array(z.string()).readonly();
  app.post(
    '/interfaces/:interface/tests',
    {
      config: { action: 'tests.write' },
      schema: {
        ...TAG,
        summary: 'Marks tickets as tests, or lifts the mark',
        params: interfaceParams,
        body: z.strictObject({ tickets, isTest: z.boolean(), reason }),
        response: answers(
          z
            .object({
              marked: names,
              unchanged: names,
              unknown: names,
              amountMinor: z.int().describe('What the ledger gained, or lost.'),
              currency: z.string().nullable(),
            })
            .meta({ id: 'TestsMarked' }),
        ),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const where = await checkInterface(services, caller, request.params.interface);
      const { author } = caller;
      return await markTests(services.exchange, { ...where, ...request.body, author });
    },
  );
}
