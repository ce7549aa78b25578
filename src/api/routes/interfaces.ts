/** Interfaces: the connections to resellers, never their secrets; and starting their functions. */
import { z } from 'zod';
import type { RunFilters } from '../../exchange/context.ts';
import { readCatalogue, readInterface, readInterfaces } from '../../exchange/reading/inventory.ts';
import type { RunFunction } from '../../exchange/reading/runs-log.ts';
import type { Asked } from '../../exchange/schedules/ask-run.ts';
import { askRun } from '../../exchange/schedules/ask-run.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { ApiProblem, notFound, refusal } from '../problem.ts';
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
const contingents = z
  .array(idSchema('contingent'))
  .min(1)
  .max(500)
  .optional()
  .describe('Only what stands in these: rows of the dialog.');
const simulation = z.boolean().optional().describe('Does everything and writes only its log.');
const count = z
  .int()
  .min(1)
  .max(9_999_999)
  .optional()
  .describe('Without it: everything unsold. Not for a run that is left to the workers.');
const startBody = z.discriminatedUnion('function', [
  z.strictObject({
    function: z.literal('export'),
    performances,
    contingents,
    simulation,
    againRefused: z.boolean().optional(),
  }),
  z.strictObject({
    function: z.literal('take_back'),
    performances: z.array(idSchema('performance')).min(1).max(500),
    contingents,
    simulation,
    count,
  }),
  z.strictObject({
    function: z.literal('integrate'),
    performances,
    products,
    simulation,
    from: z.iso
      .datetime()
      .optional()
      .describe('Reads again what happened from this instant on; the cursor stays.'),
    fromBeginning: z.boolean().optional().describe('Reads everything again; the cursor stays.'),
  }),
  z.strictObject({ function: z.literal('reconcile'), performances, simulation }),
  z.strictObject({ function: z.literal('replay'), simulation }),
  z.strictObject({ function: z.literal('prepare_access'), performances, simulation }),
  z.strictObject({ function: z.literal('fetch_access'), performances, simulation }),
]);

interface StartBody {
  function: RunFunction;
  performances?: string[] | undefined;
  products?: string[] | undefined;
  contingents?: string[] | undefined;
  simulation?: boolean | undefined;
  againRefused?: boolean | undefined;
  count?: number | undefined;
  from?: string | undefined;
  fromBeginning?: boolean | undefined;
}

/** What a function is limited to must be there: a run of nothing would look like a good one. */
async function checkFilters(
  { exchange }: RouteServices,
  organisationId: number,
  filters: Required<Pick<RunFilters, 'performanceIds' | 'productIds' | 'contingentIds'>>,
): Promise<void> {
  if (Object.values(filters).every(({ length }) => length === 0)) return;
  const { performanceById, contingentById, products } = await readCatalogue(
    exchange,
    organisationId,
  );
  if (filters.performanceIds.some((id) => !performanceById.has(id))) throw notFound('performance');
  if (filters.contingentIds.some((id) => !contingentById.has(id))) throw notFound('contingent');
  const known = new Set(products.map(({ id }) => id));
  if (filters.productIds.some((id) => !known.has(id))) throw notFound('product');
}

/** What is asked, of an interface that is there; throws 404 for what is not. */
async function askedOf(
  services: RouteServices,
  { organisationId, author }: Caller,
  id: string,
  body: StartBody,
): Promise<Asked> {
  const interfaceId = readId('interface', id);
  const found = await readInterface(services.exchange, { organisationId, interfaceId });
  if (found === null) throw notFound('interface');
  const performanceIds = (body.performances ?? []).map((one) => readId('performance', one));
  const productIds = (body.products ?? []).map((one) => readId('product', one));
  const contingentIds = (body.contingents ?? []).map((one) => readId('contingent', one));
  await checkFilters(services, organisationId, { performanceIds, productIds, contingentIds });
  return {
    organisationId,
    interfaceId,
    author,
    function: body.function,
    simulation: body.simulation === true,
    filters: {
      ...(performanceIds.length > 0 && { performanceIds }),
      ...(productIds.length > 0 && { productIds }),
      ...(contingentIds.length > 0 && { contingentIds }),
      ...(body.againRefused === true && { againRefused: true }),
      ...(body.from !== undefined && { fromDate: new Date(body.from).toISOString() }),
      ...(body.fromBeginning === true && { fromBeginning: true }),
    },
  };
}

async function start(
  services: RouteServices,
  caller: Caller,
  id: string,
  body: StartBody,
): Promise<z.output<typeof STARTED>> {
  const asked = await askedOf(services, caller, id, body);
  const started = await startFunction(services, { ...asked, count: body.count ?? null });
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
}

function startRoutes(app: Api, services: RouteServices): void {
  const response = { ...answers(STARTED), 202: STARTED };
  app.post(
    '/interfaces/:interface/runs',
    {
      config: { action: 'runs.start' },
      schema: {
        ...TAG,
        summary: 'Starts a function now; it goes on after this answer',
        description: '409 `run.account_busy` names the run that has the account.',
        params: interfaceParams,
        body: startBody,
        response,
      },
    },
    async (request, reply) => {
      reply.code(202);
      return await start(services, callerOf(request), request.params.interface, request.body);
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
      const body = { function: 'test_connection' } as const;
      return await start(services, callerOf(request), request.params.interface, body);
    },
  );
  askRoute(app, services);
}

function askRoute(app: Api, services: RouteServices): void {
  const asked = z.object({ request: idSchema('request') });
  app.post(
    '/interfaces/:interface/run-requests',
    {
      config: { action: 'runs.start' },
      schema: {
        ...TAG,
        summary: 'Leaves a function to the workers: what has a busy account waits its turn',
        description: 'GET /run-requests/{request} names its run as soon as it has begun.',
        params: interfaceParams,
        body: startBody,
        response: { ...answers(asked), 202: asked },
      },
    },
    async (request, reply) => {
      const { body, params } = request;
      if (body.function === 'take_back' && body.count !== undefined) {
        throw refusal('run.count_not_left', { params: { count: body.count } });
      }
      const wanted = await askedOf(services, callerOf(request), params.interface, body);
      const id = await askRun(services.exchange, wanted);
      if (id === null) throw notFound('interface');
      reply.code(202);
      return { request: printId('request', id) };
    },
  );
}
