/** Putting on sale: the board of the night before, *ready to sell?*, and the steps. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SALE_STEPS } from '../../domain/selling/steps.ts';
import { readCatalogue, readInterfaces } from '../../exchange/reading/inventory.ts';
import type { ReadyAnswer, ReadyLine } from '../../exchange/selling/check-ready.ts';
import { checkReady } from '../../exchange/selling/check-ready.ts';
import type { SellingProgress } from '../../exchange/selling/sale-steps.ts';
import { markStep, readProgress } from '../../exchange/selling/sale-steps.ts';
import { readSellingBoard } from '../../exchange/selling/selling-board.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { checkIfMatch, etagOf } from '../etag.ts';
import { idListSchema, idSchema, printId, readId, readIds } from '../ids.ts';
import { pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, languageQuery, reason } from '../route.ts';
import {
  boardRowSchema,
  findingSchema,
  presentFinding,
  presentProgress,
  presentRow,
  presentSummary,
  progressSchema,
  readySummarySchema,
} from './selling-schemas.ts';

const TAG = { tags: ['selling'] };
const scopeQuery = {
  interface: idListSchema('interface', 50).optional(),
  product: idListSchema('product').optional(),
  performance: idListSchema('performance').optional(),
  season: idSchema('season').optional(),
};

export function sellingRoutes(app: Api, services: RouteServices): void {
  boardRoute(app, services);
  readyRoute(app, services);
  stepRoutes(app, services);
}

interface ScopeQuery {
  interface?: string | undefined;
  product?: string | undefined;
  performance?: string | undefined;
  season?: string | undefined;
}

interface Scope {
  organisationId: number;
  interfaceIds?: number[];
  productIds?: number[];
  performanceIds?: number[];
  seasonId?: number;
}

/** What the address names must be there: an empty list would look like nothing to do. */
async function scopeOf(
  { exchange }: RouteServices,
  { organisationId }: Pick<Caller, 'organisationId'>,
  query: ScopeQuery,
): Promise<Scope> {
  const scope: Scope = { organisationId };
  const { performanceById, productById, seasonById } = await readCatalogue(
    exchange,
    organisationId,
  );
  if (query.interface !== undefined) {
    scope.interfaceIds = readIds('interface', query.interface);
    const known = new Set((await readInterfaces(exchange, organisationId)).map(({ id }) => id));
    if (scope.interfaceIds.some((id) => !known.has(id))) throw notFound('interface');
  }
  if (query.product !== undefined) {
    scope.productIds = readIds('product', query.product);
    if (scope.productIds.some((id) => !productById.has(id))) throw notFound('product');
  }
  if (query.performance !== undefined) {
    scope.performanceIds = readIds('performance', query.performance);
    if (scope.performanceIds.some((id) => !performanceById.has(id))) throw notFound('performance');
  }
  if (query.season !== undefined) {
    scope.seasonId = readId('season', query.season);
    if (!seasonById.has(scope.seasonId)) throw notFound('season');
  }
  return scope;
}

const boardCursor = z.strictObject({
  at: z.union([z.iso.datetime(), z.literal('')]),
  place: z.int().min(0),
  interfaceId: z.int().min(0),
});

function boardRoute(app: Api, services: RouteServices): void {
  app.get(
    '/selling',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'One row for each performance to come (or pass) and reseller, by start',
        querystring: z.strictObject({ ...scopeQuery, ...pageQuery }),
        response: answers(z.object(pageOf(boardRowSchema))),
      },
    },
    async (request) => {
      const { limit, after, ...query } = request.query;
      const scope = await scopeOf(services, callerOf(request), query);
      const from = readCursor(after, boardCursor);
      const { rows, more } = await readSellingBoard(services.exchange, {
        ...scope,
        ...(from === null ? {} : { after: from }),
        limit,
      });
      const last = rows.at(-1);
      const next = more && last !== undefined ? printCursor(last.key) : null;
      return { items: rows.map(presentRow), next };
    },
  );
}

/** Findings keep this place whatever else is mended: by interface, level, product, code, params. */
function placeOfFinding({ interface: code }: ReadyAnswer, line: ReadyLine): string[] {
  const named = JSON.stringify([line.params, line.performanceIds.length === 0]);
  const digest = createHash('sha256').update(named).digest('base64url').slice(0, 22);
  return [code, line.level, line.product ?? '', String(line.productId ?? ''), line.code, digest];
}

function compareTexts(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((text, index) => text !== b[index]);
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}

const findingCursor = z.array(z.string().max(200)).length(6);

function readyRoute(app: Api, services: RouteServices): void {
  app.get(
    '/selling/ready',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Ready to sell? Everything that would make an export or a sale fail',
        querystring: z.strictObject({
          ...scopeQuery,
          level: z.enum(['missing', 'notice']).optional(),
          ...languageQuery,
          ...pageQuery,
        }),
        response: answers(
          z.object({
            summary: z.array(readySummarySchema).readonly(),
            ...pageOf(findingSchema),
          }),
        ),
      },
    },
    async (request) => {
      const { limit, after, language, level, ...query } = request.query;
      const caller = callerOf(request);
      const { seasonId, ...scope } = await scopeOf(services, caller, query);
      const from = readCursor(after, findingCursor);
      const told = await checkReady(services.exchange, {
        ...scope,
        ...(await productsOf(services, scope, seasonId)),
      });
      const records = await readInterfaces(services.exchange, caller.organisationId);
      const ofInterface = new Map(records.map((one) => [one.id, one]));
      const rest = told
        .flatMap((answer) =>
          answer.lines
            .filter((line) => level === undefined || line.level === level)
            .map((line) => ({ answer, line, key: placeOfFinding(answer, line) })),
        )
        .filter(({ key }) => from === null || compareTexts(key, from) > 0)
        .sort((a, b) => compareTexts(a.key, b.key));
      const page = rest.slice(0, limit);
      return {
        summary: told.map(presentSummary),
        items: page.map(({ answer, line }) => {
          const record = ofInterface.get(answer.interfaceId);
          const timeZone = record?.timeZone ?? 'UTC';
          const accountId = record?.pendingAccountId ?? null;
          return presentFinding(line, { answer, timeZone, accountId }, language);
        }),
        next: rest.length > limit ? printCursor(page.at(-1)?.key) : null,
      };
    },
  );
}

/** A season stands for its products; those that were named stay named. */
async function productsOf(
  { exchange }: RouteServices,
  scope: Scope,
  seasonId: number | undefined,
): Promise<Pick<Scope, 'productIds'>> {
  if (seasonId === undefined || scope.performanceIds !== undefined) return {};
  const { products } = await readCatalogue(exchange, scope.organisationId);
  const ids = products.flatMap((one) => (one.seasonId === seasonId ? [one.id as number] : []));
  const named = scope.productIds;
  return { productIds: named === undefined ? ids : named.filter((id) => ids.includes(id)) };
}

const stepParams = z.object({
  interface: idSchema('interface'),
  product: idSchema('product'),
});
const stepCursor = z.strictObject({ interfaceId: z.int().min(0), productId: z.int().min(0) });

interface Where {
  organisationId: number;
  interfaceId: number;
  productId: number;
}

async function stepsOf(services: RouteServices, where: Where): Promise<SellingProgress> {
  const { organisationId, interfaceId, productId } = where;
  const scope = {
    interface: printId('interface', interfaceId),
    product: printId('product', productId),
  };
  await scopeOf(services, { organisationId }, scope);
  const [found] = await readProgress(services.exchange, {
    organisationId,
    interfaceId,
    productIds: [productId],
  });
  if (found === undefined) throw notFound('product of this interface');
  return found;
}

function whereOf({ organisationId }: Caller, params: z.output<typeof stepParams>): Where {
  const interfaceId = readId('interface', params.interface);
  return { organisationId, interfaceId, productId: readId('product', params.product) };
}

const versionOf = (steps: SellingProgress['steps']) =>
  steps.map(({ step, doneAt, doneBy }) => [step, doneAt, doneBy]).sort();

function stepRoutes(app: Api, services: RouteServices): void {
  const { exchange } = services;
  app.get(
    '/selling/steps',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'How far the sale of each product has come at each reseller',
        querystring: z.strictObject({
          interface: idSchema('interface').optional(),
          product: idListSchema('product').optional(),
          season: idSchema('season').optional(),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(progressSchema))),
      },
    },
    async (request) => {
      const { limit, after, ...query } = request.query;
      const scope = await scopeOf(services, callerOf(request), query);
      const from = readCursor(after, stepCursor);
      const [interfaceId] = scope.interfaceIds ?? [];
      const all = await readProgress(exchange, {
        organisationId: scope.organisationId,
        ...(interfaceId === undefined ? {} : { interfaceId }),
        ...(scope.productIds === undefined ? {} : { productIds: scope.productIds }),
      });
      const rest = all
        .filter((one) => scope.seasonId === undefined || one.seasonId === scope.seasonId)
        .sort((a, b) => a.interfaceId - b.interfaceId || a.productId - b.productId)
        .filter(
          (one) =>
            from === null ||
            one.interfaceId > from.interfaceId ||
            (one.interfaceId === from.interfaceId && one.productId > from.productId),
        );
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const more = rest.length > limit && last !== undefined;
      const key = more ? { interfaceId: last.interfaceId, productId: last.productId } : null;
      return { items: page.map(presentProgress), next: key === null ? null : printCursor(key) };
    },
  );
  app.get(
    '/interfaces/:interface/products/:product/steps',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The steps of one product at one reseller; the ETag goes with a change',
        params: stepParams,
        response: answers(progressSchema),
      },
    },
    async (request, reply) => {
      const found = await stepsOf(services, whereOf(callerOf(request), request.params));
      reply.header('etag', etagOf(versionOf(found.steps)));
      return presentProgress(found);
    },
  );
  markRoute(app, services);
}

function markRoute(app: Api, services: RouteServices): void {
  app.put(
    '/interfaces/:interface/products/:product/steps/:step',
    {
      config: { action: 'selling.write' },
      schema: {
        ...TAG,
        summary: 'Ticks a step, or takes the tick away; open ends the test mode of the product',
        description: 'With If-Match it is done only to the steps that the caller has seen.',
        params: stepParams.extend({ step: z.enum(SALE_STEPS) }),
        body: z.strictObject({
          done: z.boolean(),
          reason: reason.optional(),
          anyway: z.boolean().default(false).describe('Opens although tests are not cancelled.'),
        }),
        response: answers(progressSchema.extend({ testModeEnded: z.boolean() })),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const where = whereOf(caller, request.params);
      await stepsOf(services, where);
      const { done, anyway, reason: why = null } = request.body;
      const result = await markStep(services.exchange, {
        ...where,
        step: request.params.step,
        done,
        anyway,
        reason: why,
        author: caller.author,
        check: (steps) => checkIfMatch(request, versionOf(steps)),
      });
      if (result.outcome === 'tests_living') {
        throw new ApiProblem(409, 'selling.tests_living', 'Tests hold places: cancel them first.', {
          params: { count: result.tests.length },
          errors: result.tests.map(({ number, place }) => ({ ticket: number, place })),
        });
      }
      const found = await stepsOf(services, where);
      reply.header('etag', etagOf(versionOf(found.steps)));
      return { ...presentProgress(found), testModeEnded: result.testModeEnded };
    },
  );
}
