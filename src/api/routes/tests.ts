/** Test mode of products and ticket numbers: what comes in of them before sales open is a test. */
import { z } from 'zod';
import { readCatalogue, readInterface } from '../../exchange/reading/inventory.ts';
import { readTestModes, setTestMode } from '../../exchange/test-tickets/test-modes.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, reason, text } from '../route.ts';

const TAG = { tags: ['interfaces'] };

const modeSchema = z
  .object({
    id: idSchema('testMode'),
    interface: idSchema('interface'),
    product: idSchema('product').nullable(),
    ticket: z.string().nullable().describe('A number, or the beginning of numbers and a star.'),
    startedAt: instant,
    startedBy: z.string(),
    endedAt: instant.nullable(),
    endedBy: z.string().nullable(),
  })
  .meta({ id: 'TestMode' });

export function testRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  changeRoute(app, services);
}

function listRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/test-modes',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Test modes, those that ended included',
        querystring: z.strictObject({ interface: idSchema('interface').optional() }),
        response: answers(z.object({ items: z.array(modeSchema).readonly() })),
      },
    },
    async (request) => {
      const { interface: of } = request.query;
      const modes = await readTestModes(exchange, {
        organisationId: callerOf(request).organisationId,
        interfaceId: of === undefined ? null : readId('interface', of),
      });
      return {
        items: modes.map((mode) => ({
          ...mode,
          id: printId('testMode', mode.id),
          interface: printId('interface', mode.interfaceId),
          product: printIdOrNull('product', mode.productId),
          endedAt: mode.endsAt,
        })),
      };
    },
  );
}

function changeRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/interfaces/:interface/test-modes',
    {
      config: { action: 'tests.write' },
      schema: {
        ...TAG,
        summary: 'Begins or ends the test mode of a product or of ticket numbers',
        params: z.object({ interface: idSchema('interface') }),
        body: z.strictObject({
          of: z.union([
            z.strictObject({ product: idSchema('product') }),
            z.strictObject({ ticket: text(100).min(1) }),
          ]),
          on: z.boolean(),
          reason: reason.optional(),
        }),
        response: answers(
          z
            .object({
              outcome: z.enum(['changed', 'unchanged']),
              opensAt: instant.nullable().describe('When it ends by itself; null: no date yet.'),
            })
            .meta({ id: 'TestModeChanged' }),
        ),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const found = await readInterface(exchange, { organisationId, interfaceId });
      if (found === null) throw notFound('interface');
      const { of, on, reason: why = null } = request.body;
      const productId = 'product' in of ? readId('product', of.product) : null;
      const { productById } = await readCatalogue(exchange, organisationId);
      if (productId !== null && !productById.has(productId)) throw notFound('product');
      const result = await setTestMode(exchange, {
        organisationId,
        interfaceId,
        of:
          'product' in of
            ? { productId: readId('product', of.product), ticket: null }
            : { productId: null, ticket: of.ticket },
        on,
        author,
        reason: why,
      });
      if (result.outcome === 'too_wide') throw refusal('tests.too_wide');
      if (result.outcome === 'on_sale') {
        throw new ApiProblem(409, 'tests.on_sale', 'Sales are open: what comes in is no test.', {
          params: { opensAt: result.opensAt },
        });
      }
      return result;
    },
  );
}
