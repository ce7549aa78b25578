/** Orders: found by what a person has in hand, and one with everything that is known of it. */
import { z } from 'zod';
import { dayBounds } from '../../domain/house/day-bounds.ts';
import { readHouse } from '../../exchange/reading/inventory.ts';
import type { OrderSought } from '../../exchange/reading/orders.ts';
import { readOrder, searchOrders } from '../../exchange/reading/orders.ts';
import { callerOf } from '../access.ts';
import { idSchema, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, day, text } from '../route.ts';
import {
  foundOrderSchema,
  orderInFullSchema,
  presentFound,
  presentOrder,
  presentTicket,
  ticketState,
} from './order-schemas.ts';

const TAG = { tags: ['orders'] };
const SOUGHT = ['text', 'name', 'ticket', 'order', 'barcode', 'seat'] as const;

const typed = text(200).min(1).optional();
const searchQuery = z.strictObject({
  text: typed.describe('A ticket, order number or barcode; else the beginning of a name.'),
  name: typed.describe('Beginning of the holder’s name, family name first; case and accents: any.'),
  ticket: typed.describe('The reseller’s number, also a former one.'),
  order: typed.describe('The reseller’s order number.'),
  barcode: typed,
  seat: typed.describe(
    'Layout/Area/Block/Row/Number or its last parts (B/12); with `performance`.',
  ),
  interface: idSchema('interface').optional(),
  performance: idSchema('performance').optional(),
  state: ticketState.optional().describe('One of its tickets is so.'),
  from: day.optional().describe('Ordered on this day of the house or later.'),
  until: day.optional().describe('Ordered on this day of the house or earlier.'),
  ...pageQuery,
});

const orderCursor = z.strictObject({ key: text(450), id: z.int().min(0) });
/** The newest orders go on from an instant. */
const timeCursor = orderCursor.extend({
  key: z.iso.datetime().refine((at) => at >= '0001'),
});

export function orderRoutes(app: Api, services: RouteServices): void {
  searchRoute(app, services);
  showRoute(app, services);
}

function soughtBy(query: z.output<typeof searchQuery>): OrderSought {
  const asked = SOUGHT.filter((name) => query[name] !== undefined);
  const [by, ...more] = asked;
  if (more.length > 0) {
    throw new ApiProblem(400, 'orders.one_way', 'Search by one of these at a time.', {
      params: { given: asked },
    });
  }
  if (by === undefined) return { by: 'nothing' };
  const value = query[by] ?? '';
  if (by === 'text') return { by: 'any', value };
  if (by !== 'seat') return { by, value };
  if (query.performance === undefined) {
    throw new ApiProblem(
      400,
      'orders.seat_of',
      'A seat is looked for in a performance: say which.',
    );
  }
  return { by, value, performanceId: readId('performance', query.performance) };
}

function searchRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/orders',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Orders by name, ticket, order number, barcode or seat; else the newest first',
        description:
          'With filters that pass over much, a page may hold fewer orders than asked for, even ' +
          'none: only `next` says that it was the last. By name, an order comes once a name.',
        querystring: searchQuery,
        response: answers(z.object(pageOf(foundOrderSchema))),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const { query } = request;
      const { interface: of, performance, state = null, from, until, limit, after } = query;
      const sought = soughtBy(query);
      const days = from !== undefined || until !== undefined;
      const { timeZone } = days ? await readHouse(exchange, organisationId) : { timeZone: 'UTC' };
      const page = await searchOrders(exchange, {
        organisationId,
        sought,
        interfaceId: of === undefined ? null : readId('interface', of),
        performanceId: performance === undefined ? null : readId('performance', performance),
        state,
        ...dayBounds(from ?? null, until ?? null, timeZone),
        after: readCursor(
          after,
          sought.by === 'nothing' && performance === undefined ? timeCursor : orderCursor,
        ),
        limit,
      });
      const next = page.next === null ? null : printCursor(page.next);
      return { items: page.items.map(presentFound), next };
    },
  );
}

/** Each ticket comes with its whole story. */
const TICKETS_MAX = 100;

function showRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/orders/:order',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'An order: tickets, their ledger, operations, codes, messages and cases',
        params: z.object({ order: idSchema('order') }),
        querystring: z.strictObject({
          ...pageQuery,
          limit: z.coerce.number().int().min(1).max(TICKETS_MAX).default(TICKETS_MAX),
        }),
        response: answers(orderInFullSchema),
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const found = await readOrder(exchange, {
        organisationId: callerOf(request).organisationId,
        orderId: readId('order', request.params.order),
        afterId: readCursor(after, numberCursor) ?? 0,
        limit,
      });
      if (found === null) throw notFound('order');
      return {
        order: presentOrder(found.order),
        tickets: found.tickets.map(presentTicket),
        next: found.next === null ? null : printCursor(found.next),
      };
    },
  );
}
