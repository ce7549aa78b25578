/**
 * The HTTP API: what every route shares. It does not listen; src/main does, and a test injects.
 */

import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ExchangeServices } from '../exchange/context.ts';
import { guardRoutes } from './access.ts';
import { Background } from './background.ts';
import type { Identify } from './caller.ts';
import { keepAnswers } from './idempotency.ts';
import { describeOperation, keepUsedSchemas } from './openapi.ts';
import { ApiProblem, problemOf, refuseUnreadable, sendProblem } from './problem.ts';
import type { Api, RouteServices } from './route.ts';
import { accountRoutes } from './routes/account.ts';
import { caseRoutes } from './routes/cases.ts';
import { cursorRoutes } from './routes/cursors.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { doorRoutes } from './routes/door.ts';
import { doorListRoutes } from './routes/door-lists.ts';
import { hookRoutes } from './routes/hooks.ts';
import { houseRoutes } from './routes/house.ts';
import { houseAccountRoutes } from './routes/house-accounts.ts';
import { houseContingentRoutes } from './routes/house-contingents.ts';
import { houseFileRoutes } from './routes/house-file.ts';
import { housePartnerRoutes } from './routes/house-partners.ts';
import { housePriceRoutes } from './routes/house-prices.ts';
import { importRoutes } from './routes/imports.ts';
import { interfaceChannelRoutes } from './routes/interface-channels.ts';
import { interfaceSettingsRoutes } from './routes/interface-settings.ts';
import { interfaceRoutes } from './routes/interfaces.ts';
import { journalRoutes } from './routes/journal.ts';
import { ledgerRoutes } from './routes/ledger.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { newsRoutes } from './routes/news.ts';
import { orderRoutes } from './routes/orders.ts';
import { performanceMoveRoutes } from './routes/performance-moves.ts';
import { performanceRoutes } from './routes/performances.ts';
import { priceRoutes } from './routes/prices.ts';
import { reconciliationRoutes } from './routes/reconciliation.ts';
import { refusedRoutes } from './routes/refused.ts';
import { runRequestRoutes } from './routes/run-requests.ts';
import { runRoutes } from './routes/runs.ts';
import { salesFormRoutes } from './routes/sales-form.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { seatRoutes } from './routes/seats.ts';
import { sellingRoutes } from './routes/selling.ts';
import { sellingRunRoutes } from './routes/selling-runs.ts';
import { statementRoutes } from './routes/statements.ts';
import { testRoutes } from './routes/tests.ts';
import { documentationPolicy, securityHeaders } from './security-headers.ts';

export const API_PREFIX = '/api/v1';
const JSON_BODY_MAX = 1_048_576;
const ADDRESS_MAX = 16_384;
/** A request that dribbles in for longer is cut off; the largest file comes well within it. */
const REQUEST_MS = 300_000;

export interface ApiServices {
  exchange: ExchangeServices;
  identify: Identify;
  logger?: FastifyBaseLogger;
  /** Addresses of proxies whose forwarding headers are believed; none: the peer is the caller. */
  trustProxy?: readonly string[];
  /** Whether people reach this server by https only. */
  isSecure?: boolean;
  /** Routes of others below /api/v1, each with its action. */
  routes?: readonly ((app: Api) => void)[];
}

/** The API with all its routes; `close` ends streams and runs first. Await `ready()` or listen. */
export function createApi(services: ApiServices): FastifyInstance {
  const app = Fastify({
    ...(services.logger === undefined ? { logger: false } : { loggerInstance: services.logger }),
    bodyLimit: JSON_BODY_MAX,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: services.trustProxy === undefined ? false : [...services.trustProxy],
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    http: { maxHeaderSize: ADDRESS_MAX },
    requestTimeout: REQUEST_MS,
    // What is refused before there is a route: an address or a request that HTTP cannot read.
    frameworkErrors: (error, request, reply) => {
      sendProblem(request, reply, problemOf(error, request));
    },
    clientErrorHandler: refuseUnreadable,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  }) as unknown as FastifyInstance;
  const background = new Background();
  app.addHook('preClose', () => background.end());
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    sendProblem(request, reply, problemOf(error, request));
  });
  app.setNotFoundHandler((request, reply) => {
    const unknown = new ApiProblem(404, 'route.unknown', 'There is nothing at this address.');
    sendProblem(request, reply, unknown);
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const isSecure = services.isSecure ?? false;
  app.register(helmet, securityHeaders(isSecure));
  describe(app);
  app.register(
    async (scope) => {
      const { exchange } = services;
      await scope.register(documentation, { isSecure });
      await scope.register(async (guarded) => {
        guardRoutes(guarded, services.identify);
        keepAnswers(guarded, exchange);
        const api = guarded.withTypeProvider<ZodTypeProvider>();
        const shared: RouteServices = { ...services, background };
        for (const routes of ROUTES) routes(api, shared);
        for (const routes of services.routes ?? []) routes(api);
      });
    },
    { prefix: API_PREFIX },
  );
  return app;
}

const ROUTES = [
  interfaceRoutes,
  interfaceSettingsRoutes,
  interfaceChannelRoutes,
  housePriceRoutes,
  housePartnerRoutes,
  houseFileRoutes,
  houseContingentRoutes,
  houseAccountRoutes,
  performanceRoutes,
  performanceMoveRoutes,
  orderRoutes,
  seatRoutes,
  testRoutes,
  refusedRoutes,
  reconciliationRoutes,
  caseRoutes,
  runRoutes,
  runRequestRoutes,
  scheduleRoutes,
  cursorRoutes,
  newsRoutes,
  hookRoutes,
  deliveryRoutes,
  journalRoutes,
  mappingRoutes,
  accountRoutes,
  houseRoutes,
  doorRoutes,
  doorListRoutes,
  sellingRoutes,
  sellingRunRoutes,
  priceRoutes,
  salesFormRoutes,
  statementRoutes,
  ledgerRoutes,
  importRoutes,
];

function describe(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Parterre',
        version: '1',
        description: 'Contingents and sales between a venue and its resellers.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This server.' }],
      tags: TAGS,
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        },
      },
      security: [{ key: [] }],
    },
    transform: describeOperation,
    transformObject: keepUsedSchemas,
  });
}

const TAGS = [
  { name: 'inventory', description: 'Seasons, products, performances and their allotments.' },
  { name: 'house', description: 'The house as it is set up: tables, and the whole as a file.' },
  { name: 'interfaces', description: 'The connections to resellers.' },
  { name: 'mappings', description: 'The resellers’ words and ours.' },
  { name: 'runs', description: 'The functions of an interface, started and followed.' },
  { name: 'schedules', description: 'When functions run by themselves, and what is asked for.' },
  { name: 'news', description: 'What people must know, and how they are told.' },
  { name: 'hooks', description: 'Webhooks and chat hooks, and what was sent.' },
  { name: 'journal', description: 'Who did what.' },
  { name: 'cases', description: 'What waits for a person, and the ways out.' },
  { name: 'orders', description: 'Orders, tickets and their stories.' },
  { name: 'people', description: 'Who may do what, and how they sign in.' },
  { name: 'reconciliation', description: 'Our books against the resellers’.' },
  { name: 'door', description: 'Codes at the door.' },
  { name: 'account', description: 'What resellers owe.' },
  { name: 'selling', description: 'Putting on sale: what is missing, steps, forms, prices.' },
];

async function documentation(
  scope: FastifyInstance,
  { isSecure }: { isSecure: boolean },
): Promise<void> {
  scope.get('/openapi.json', { schema: { hide: true } }, () => scope.swagger());
  await scope.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: documentationPolicy(isSecure),
  });
}
