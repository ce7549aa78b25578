/** Functions on a choice of performances at several resellers, in one request. */
import { z } from 'zod';
import { readCatalogue, readInterfaces } from '../../exchange/reading/inventory.ts';
import { askRuns } from '../../exchange/selling/ask-runs.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers } from '../route.ts';

const itemSchema = z.strictObject({
  interface: idSchema('interface'),
  function: z.enum(['export', 'integrate', 'take_back', 'reconcile']),
  performances: z.array(idSchema('performance')).max(500).default([]),
  products: z.array(idSchema('product')).max(500).default([]),
});

const waitsFor = z.object({
  request: idSchema('request').nullable(),
  run: idSchema('run').nullable(),
  number: z.int().nullable().describe('Of the run.'),
  interface: z.string(),
  function: z.string(),
  startedBy: z.string(),
});

const askedSchema = z
  .object({
    account: z.string().describe('What names us at the reseller: one thing runs on it at a time.'),
    reseller: z.string(),
    running: idSchema('run').nullable().describe('The run that has the account now.'),
    requests: z
      .array(
        z.object({
          request: idSchema('request'),
          item: z.int().describe('Which of the items, from 0.'),
          interface: idSchema('interface'),
          behind: waitsFor.nullable().describe('What goes first; null: it begins at once.'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'AskedOfAccount' });

export function sellingRunRoutes(app: Api, { exchange }: RouteServices): void {
  const response = z.object({ accounts: z.array(askedSchema).readonly() });
  app.post(
    '/selling/runs',
    {
      config: { action: 'runs.start' },
      schema: {
        tags: ['selling'],
        summary:
          'Leaves functions to the workers: what runs on each account, and what waits for it',
        description: 'GET /run-requests/{request} names the run of each as soon as it has begun.',
        body: z.strictObject({
          items: z.array(itemSchema).min(1).max(100),
          simulation: z.boolean().default(false),
          againRefused: z.boolean().default(false).describe('Exports send refused places again.'),
        }),
        response: { ...answers(response), 202: response },
      },
    },
    async (request, reply) => {
      const { organisationId, author } = callerOf(request);
      const { items, simulation, againRefused } = request.body;
      const { performanceById, productById } = await readCatalogue(exchange, organisationId);
      const known = new Set((await readInterfaces(exchange, organisationId)).map(({ id }) => id));
      const asked = items.map((item) => {
        const interfaceId = readId('interface', item.interface);
        const performanceIds = item.performances.map((id) => readId('performance', id));
        const productIds = item.products.map((id) => readId('product', id));
        if (!known.has(interfaceId)) throw notFound('interface');
        if (performanceIds.some((id) => !performanceById.has(id))) throw notFound('performance');
        if (productIds.some((id) => !productById.has(id))) throw notFound('product');
        return {
          organisationId,
          interfaceId,
          function: item.function,
          author,
          simulation,
          filters: {
            ...(performanceIds.length > 0 && { performanceIds }),
            ...(productIds.length > 0 && { productIds }),
            ...(againRefused && item.function === 'export' && { againRefused: true }),
          },
        };
      });
      const accounts = await askRuns(exchange, organisationId, asked);
      reply.code(202);
      return {
        accounts: accounts.map(({ account, reseller, running, requests }) => ({
          account,
          reseller,
          running: running === null ? null : printId('run', running.id),
          requests: requests.map(({ id, item, interfaceId, behind }) => ({
            request: printId('request', id),
            item,
            interface: printId('interface', interfaceId),
            behind: behind === null ? null : presentBehind(behind),
          })),
        })),
      };
    },
  );
}

type Behind = NonNullable<
  Awaited<ReturnType<typeof askRuns>>[number]['requests'][number]['behind']
>;

function presentBehind({ request, run }: Behind): z.output<typeof waitsFor> | null {
  const first = request ?? run;
  if (first === null) return null;
  return {
    request: request === null ? null : printId('request', request.id),
    run: run === null ? null : printId('run', run.id),
    number: run?.number ?? null,
    interface: first.interfaceCode,
    function: first.function,
    startedBy: first.startedBy,
  };
}
