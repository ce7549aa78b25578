/** Places that a reseller refused: listed with its reasons, and sent again. */
import { z } from 'zod';
import { readCatalogue, readInterface } from '../../exchange/reading/inventory.ts';
import { readRefusedPage, sendAgain } from '../../exchange/refused-places.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant } from '../route.ts';

const TAG = { tags: ['inventory'] };
const interfaceParams = z.object({ interface: idSchema('interface') });

const refusedSchema = z
  .object({
    performance: z.object({ id: idSchema('performance'), name: z.string() }),
    contingent: z.object({ id: idSchema('contingent'), code: z.string() }),
    seat: idSchema('seat').nullable(),
    counter: idSchema('counter').nullable(),
    place: z.string().describe('Layout/Area/Block/Row/Number, or Layout/Area of a zone.'),
    quantity: z.int(),
    refusedAt: instant,
    reason: z.string().nullable().describe('The reseller’s.'),
  })
  .meta({ id: 'RefusedPlace' });

const id = z.int().min(0);
const cursor = z.strictObject({ performanceId: id, contingentId: id, seatId: id });

export function refusedRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/interfaces/:interface/refused',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Refused places of every performance, or of one; counted ones on the first page',
        params: interfaceParams,
        querystring: z.strictObject({
          performance: idSchema('performance').optional(),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(refusedSchema))),
      },
    },
    async (request) => {
      const { performance, limit, after } = request.query;
      const page = await readRefusedPage(
        exchange,
        {
          organisationId: callerOf(request).organisationId,
          interfaceId: readId('interface', request.params.interface),
          performanceId: performance === undefined ? null : readId('performance', performance),
        },
        { after: readCursor(after, cursor), limit },
      );
      if (page === null) throw notFound('interface');
      return {
        items: page.items.map((one) => ({
          performance: { id: printId('performance', one.performanceId), name: one.performance },
          contingent: { id: printId('contingent', one.contingentId), code: one.contingent },
          seat: printIdOrNull('seat', one.seatId),
          counter: printIdOrNull('counter', one.counterId),
          place: one.place,
          quantity: one.quantity,
          refusedAt: one.refusedAt,
          reason: one.reason,
        })),
        next: page.next === null ? null : printCursor(page.next),
      };
    },
  );
  app.post(
    '/interfaces/:interface/refused/send',
    {
      config: { action: 'quotas.write' },
      schema: {
        ...TAG,
        summary: 'These places, or all that were refused of a performance, go with the next export',
        params: interfaceParams,
        body: z.strictObject({
          performance: idSchema('performance'),
          seats: z.array(idSchema('seat')).min(1).max(10_000).optional(),
        }),
        response: answers(z.object({ places: z.int() })),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const found = await readInterface(exchange, { organisationId, interfaceId });
      if (found === null) throw notFound('interface');
      const { performance, seats } = request.body;
      const performanceId = readId('performance', performance);
      const { performanceById } = await readCatalogue(exchange, organisationId);
      if (!performanceById.has(performanceId)) throw notFound('performance');
      const seatIds = seats?.map((seat) => readId('seat', seat)) ?? null;
      const asked = { organisationId, interfaceId, performanceId, seatIds, author };
      return { places: await sendAgain(exchange, asked) };
    },
  );
}
