/** Interfaces: the connections to resellers, never their secrets; and starting their functions. */
import { z } from 'zod';
import { readCatalogue, readInterface, readInterfaces } from '../../exchange/reading/inventory.ts';
import type { RunFunction } from '../../exchange/reading/runs-log.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers } from '../route.ts';
import { startFunction } from '../start-function.ts';

const TAG = { tags: ['interfaces'] };

const interfaceSchema = z
  .object({
    id: idSchema('interface'),
    code: z.string(),
    names: z.record(z.string(), z.string()),
    reseller: z.string(),
    channel: z.string(),
    account: z.string().describe('What names us at the reseller.'),
    pendingAccount: idSchema('account').nullable(),
    currency: z.string(),
    timeZone: z.string(),
    pricePolicy: z.enum(['error', 'ours', 'reseller']),
    priceToleranceMinor: z.int(),
    status: z.enum(['visible', 'hidden', 'archived']),
    people: z
      .array(
        z.object({
          name: z.string(),
          mail: z.string().optional(),
          phone: z.string().optional(),
        }),
      )
      .readonly(),
    config: z.record(z.string(), z.unknown()).describe('Settings of the channel; no secret.'),
    products: z.array(idSchema('product')).readonly().describe('Empty: all of its account.'),
  })
  .meta({ id: 'Interface' });

type Interface = Awaited<ReturnType<typeof readInterfaces>>[number];

function presentInterface(record: Interface): z.output<typeof interfaceSchema> {
  return {
    ...record,
    id: printId('interface', record.id),
    names: { ...record.names },
    config: { ...record.config },
    pendingAccount: printIdOrNull('account', record.pendingAccountId),
    products: record.productIds.map((id) => printId('product', id)),
  };
}

const interfaceParams = z.object({ interface: idSchema('interface') });

export function interfaceRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.get(
    '/interfaces',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Every interface, by code',
        response: answers(z.object({ items: z.array(interfaceSchema).readonly() })),
      },
    },
    async (request) => {
      const all = await readInterfaces(exchange, callerOf(request).organisationId);
      return { items: all.map(presentInterface) };
    },
  );
  app.get(
    '/interfaces/:interface',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'An interface',
        params: interfaceParams,
        response: answers(interfaceSchema),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const found = await readInterface(exchange, { organisationId, interfaceId });
      if (found === null) throw notFound('interface');
      return presentInterface(found);
    },
  );
  startRoutes(app, services);
}

const STARTED = z.object({
  run: idSchema('run'),
  number: z.int(),
  events: z.string().describe('Where the run can be followed.'),
});

/** What each function may be told. */
const performances = z.array(idSchema('performance')).max(500).optional();
const products = z.array(idSchema('product')).max(500).optional();
const simulation = z.boolean().optional().describe('Does everything and writes only its log.');
const startBody = z.discriminatedUnion('function', [
  z.strictObject({
    function: z.literal('export'),
    performances,
    simulation,
    againRefused: z.boolean().optional(),
  }),
  z.strictObject({
    function: z.literal('take_back'),
    performances: z.array(idSchema('performance')).min(1).max(500),
    simulation,
    count: z.int().min(1).max(9_999_999).optional().describe('Without it: everything unsold.'),
  }),
  z.strictObject({ function: z.literal('integrate'), performances, products, simulation }),
  z.strictObject({ function: z.literal('reconcile'), performances, simulation }),
  z.strictObject({ function: z.literal('replay'), simulation }),
  z.strictObject({ function: z.literal('prepare_access'), performances, simulation }),
  z.strictObject({ function: z.literal('fetch_access'), performances, simulation }),
]);

interface StartBody {
  function: RunFunction;
  performances?: string[] | undefined;
  products?: string[] | undefined;
  simulation?: boolean | undefined;
  againRefused?: boolean | undefined;
  count?: number | undefined;
}

/** What a function is limited to must be there: a run of nothing would look like a good one. */
async function checkFilters(
  { exchange }: RouteServices,
  organisationId: number,
  filters: { performanceIds: readonly number[]; productIds: readonly number[] },
): Promise<void> {
  if (filters.performanceIds.length === 0 && filters.productIds.length === 0) return;
  const { performanceById, products } = await readCatalogue(exchange, organisationId);
  if (filters.performanceIds.some((id) => !performanceById.has(id))) throw notFound('performance');
  const known = new Set(products.map(({ id }) => id));
  if (filters.productIds.some((id) => !known.has(id))) throw notFound('product');
}

function startRoutes(app: Api, services: RouteServices): void {
  const start = async (
    request: Parameters<typeof callerOf>[0],
    id: string,
    body: StartBody,
  ): Promise<z.output<typeof STARTED>> => {
    const { organisationId, author } = callerOf(request);
    const interfaceId = readId('interface', id);
    const found = await readInterface(services.exchange, { organisationId, interfaceId });
    if (found === null) throw notFound('interface');
    const filters = {
      performanceIds: (body.performances ?? []).map((one) => readId('performance', one)),
      productIds: (body.products ?? []).map((one) => readId('product', one)),
    };
    await checkFilters(services, organisationId, filters);
    const started = await startFunction(services, {
      organisationId,
      interfaceId,
      author,
      function: body.function,
      simulation: body.simulation === true,
      againRefused: body.againRefused === true,
      count: body.count ?? null,
      ...filters,
    });
    if (started.outcome === 'started') {
      const run = printId('run', started.run.id);
      return { run, number: started.run.number, events: `/api/v1/runs/${run}/events` };
    }
    if (started.outcome === 'refused') {
      const { code, params } = started.problem;
      throw new ApiProblem(422, code, 'The interface may not run this.', { params });
    }
    throw new ApiProblem(409, 'run.account_busy', 'Another run has the account: wait for it.', {
      params: { run: printId('run', started.by.id), number: started.by.number },
    });
  };
  const response = { ...answers(STARTED), 202: STARTED };
  app.post(
    '/interfaces/:interface/runs',
    {
      config: { action: 'runs.start' },
      schema: {
        ...TAG,
        summary: 'Starts a function now; it goes on after this answer',
        params: interfaceParams,
        body: startBody,
        response,
      },
    },
    async (request, reply) => {
      reply.code(202);
      return await start(request, request.params.interface, request.body);
    },
  );
  app.post(
    '/interfaces/:interface/test',
    {
      config: { action: 'interfaces.test' },
      schema: {
        ...TAG,
        summary: 'Tests the connection: the run’s lines say what each service answered',
        params: interfaceParams,
        response,
      },
    },
    async (request, reply) => {
      reply.code(202);
      return await start(request, request.params.interface, { function: 'test_connection' });
    },
  );
}
