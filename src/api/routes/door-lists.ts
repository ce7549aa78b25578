/** The door's white and black lists as files, as gates without a line to us read them. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DoorListRequest } from '../../exchange/access-lists/read-door-list.ts';
import { readDoorList } from '../../exchange/access-lists/read-door-list.ts';
import { callerOf } from '../access.ts';
import { idSchema, readId } from '../ids.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { day } from '../route.ts';

const TAG = { tags: ['door'] };
const CSV = 'text/csv; charset=utf-8';
const list = z.enum(['white', 'black']);

export function doorListRoutes(app: Api, services: RouteServices): void {
  app.get(
    '/performances/:performance/door-lists/:list',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The list of a performance, without a heading',
        params: z.object({ performance: idSchema('performance'), list }),
        produces: [CSV],
      },
    },
    (request, reply) =>
      send(services, reply, {
        organisationId: callerOf(request).organisationId,
        list: request.params.list,
        of: { performanceId: readId('performance', request.params.performance) },
      }),
  );
  app.get(
    '/products/:product/door-lists/:list',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The list of a pass, on a day or on any',
        params: z.object({ product: idSchema('product'), list }),
        querystring: z.strictObject({ day: day.optional() }),
        produces: [CSV],
      },
    },
    (request, reply) =>
      send(services, reply, {
        organisationId: callerOf(request).organisationId,
        list: request.params.list,
        of: {
          productId: readId('product', request.params.product),
          day: request.query.day ?? null,
        },
      }),
  );
}

async function send(
  { exchange }: RouteServices,
  reply: FastifyReply,
  request: DoorListRequest,
): Promise<FastifyReply> {
  const found = await readDoorList(exchange, request);
  if (found.outcome === 'unknown') {
    throw notFound('performanceId' in request.of ? 'performance' : 'product');
  }
  if (found.outcome === 'not_a_pass') {
    throw refusal('door.not_a_pass', { params: { product: found.product } });
  }
  if (found.outcome === 'unwritable') {
    throw refusal('door.unwritable', { params: { value: found.value } });
  }
  reply.header('content-disposition', `attachment; filename="${request.list}.csv"`);
  return reply.type(CSV).send(Readable.from(joined(found.lines)));
}

async function* joined(pages: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const lines of pages) yield `${lines.join('\n')}\n`;
}
