/** The inventory: seasons, products, performances with their life, and the table of allotments. */
import { z } from 'zod';
import { cancelPerformance } from '../../exchange/performance/cancel-performance.ts';
import {
  closePerformance,
  reopenPerformance,
} from '../../exchange/performance/close-performance.ts';
import type { LifeRefused, LifeRequest } from '../../exchange/performance/life-transaction.ts';
import {
  readPerformancePage,
  showPerformance,
} from '../../exchange/performance/show-performance.ts';
import {
  resumePerformance,
  suspendPerformance,
} from '../../exchange/performance/suspend-performance.ts';
import { readAllotments, readCatalogue } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, printIdOrNull, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { ApiProblem, notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, day, languageQuery, reason, text } from '../route.ts';
import {
  allotmentSchema,
  changedSchema,
  performanceLineSchema,
  presentChange,
  presentLine,
  presentShown,
  productSchema,
  seasonSchema,
  shownPerformanceSchema,
  stateSchema,
} from './performance-schemas.ts';

const TAG = { tags: ['inventory'] };
const performanceParams = z.object({ performance: idSchema('performance') });

export function performanceRoutes(app: Api, services: RouteServices): void {
  catalogueRoutes(app, services);
  listRoute(app, services);
  showRoute(app, services);
  allotmentRoute(app, services);
  lifeRoutes(app, services);
}

function catalogueRoutes(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/seasons',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Every season',
        response: answers(z.object({ items: z.array(seasonSchema).readonly() })),
      },
    },
    async (request) => {
      const { seasons } = await readCatalogue(exchange, callerOf(request).organisationId);
      const items = seasons.map(({ id, code }) => ({ id: printId('season', id), code }));
      return { items };
    },
  );
  app.get(
    '/products',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Products, by season and code',
        querystring: z.strictObject({
          season: idSchema('season').optional(),
          text: text(200).min(1).optional().describe('Somewhere in name or code.'),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(productSchema))),
      },
    },
    async (request) => {
      const { season, text: of, limit, after } = request.query;
      const isMeant = matcher(of);
      const { products } = await readCatalogue(exchange, callerOf(request).organisationId);
      const from = readCursor(after, numberCursor) ?? 0;
      const seasonId = season === undefined ? null : readId('season', season);
      const rest = products
        .filter((one) => one.id > from && (seasonId === null || one.seasonId === seasonId))
        .filter(({ name, code }) => isMeant(`${name} ${code}`))
        .sort((a, b) => a.id - b.id);
      const page = rest.slice(0, limit);
      const items = page.map((one) => ({
        id: printId('product', one.id),
        season: printId('season', one.seasonId),
        code: one.code,
        name: one.name,
        kind: one.kind,
        timeZone: one.timeZone,
        validFrom: one.validFrom,
        validUntil: one.validUntil,
      }));
      return { items, next: rest.length > limit ? printCursor(page.at(-1)?.id) : null };
    },
  );
}

/** Whether a text has another in it, whatever the case and accents of either. */
function matcher(sought: string | undefined): (text: string) => boolean {
  const fold = (of: string): string => of.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const folded = fold(sought ?? '');
  return (of) => fold(of).includes(folded);
}

/** By start, then by id: what comes after the last one of a page. */
const listCursor = z.strictObject({
  at: z.iso.datetime().refine((at) => at >= '0001'),
  id: z.int().min(0),
});

function listRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/performances',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Performances by start, with what is allotted, sold and open',
        querystring: z.strictObject({
          state: stateSchema.optional(),
          season: idSchema('season').optional(),
          product: text(100).optional().describe('Id or code of the product.'),
          from: day.optional().describe('Local days, both included.'),
          until: day.optional(),
          text: text(200).min(1).optional().describe('Somewhere in name or codes.'),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(performanceLineSchema))),
      },
    },
    async (request) => {
      const { state, season, product, from, until, text: of, limit, after } = request.query;
      const isId = product !== undefined && idSchema('product').safeParse(product).success;
      const rows = await readPerformancePage(exchange, {
        organisationId: callerOf(request).organisationId,
        filter: {
          states: state === undefined ? null : [state],
          seasonId: season === undefined ? null : readId('season', season),
          productId: isId ? readId('product', product) : null,
          productCode: isId ? null : (product ?? null),
          from: from ?? null,
          until: until ?? null,
          text: of ?? null,
        },
        after: readCursor(after, listCursor),
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const more = rows.length > limit && last !== undefined;
      const next = more ? printCursor({ at: last.startsAt, id: last.id }) : null;
      return { items: page.map(presentLine), next };
    },
  );
}

function showRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/performances/:performance',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'A performance: who sells it, and what stands against closing it',
        params: performanceParams,
        querystring: z.strictObject(languageQuery),
        response: answers(shownPerformanceSchema),
      },
    },
    async (request) => {
      const shown = await showPerformance(exchange, {
        organisationId: callerOf(request).organisationId,
        performanceId: readId('performance', request.params.performance),
        language: request.query.language,
      });
      if (shown === null) throw notFound('performance');
      return presentShown(shown);
    },
  );
}

function allotmentRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/performances/:performance/allotments',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What each interface holds, will get, gives back and has sold, by contingent',
        params: performanceParams,
        response: answers(z.object({ items: z.array(allotmentSchema).readonly() })),
      },
    },
    async (request) => {
      const tables = await readAllotments(exchange, {
        organisationId: callerOf(request).organisationId,
        performanceId: readId('performance', request.params.performance),
      });
      if (tables === null) throw notFound('performance');
      return {
        items: tables.map(({ interface: of, rows, exportObstacle, takeBackObstacle }) => ({
          interface: { id: printId('interface', of.id), code: of.code, reseller: of.reseller },
          exportObstacle,
          takeBackObstacle,
          rows: rows.map(({ contingentId, counterId, contingent, ...figures }) => ({
            contingent: { id: printId('contingent', contingentId), code: contingent },
            counter: printIdOrNull('counter', counterId),
            ...figures,
          })),
        })),
      };
    },
  );
}

interface LifeBody {
  reason?: string | undefined;
  foretell?: boolean | undefined;
  takeBack?: boolean | undefined;
  anyway?: boolean | undefined;
}

const lifeBody = z.strictObject({
  reason: reason.optional(),
  foretell: z.boolean().optional().describe('Tells what it would do and writes nothing.'),
});
const suspendBody = lifeBody.extend({
  takeBack: z.boolean().optional().describe('Also asks for everything unsold.'),
});
const closeBody = lifeBody.extend({
  anyway: z.boolean().optional().describe('Although something stands against it.'),
});

type Changed = Exclude<Awaited<ReturnType<(typeof VERBS)[number]['run']>>, LifeRefused>;

export type { Changed };

const VERBS = [
  {
    name: 'suspend',
    action: 'performance.write',
    body: suspendBody,
    summary: 'Suspends sales',
    run: (exchange: RouteServices['exchange'], request: LifeRequest, body: LifeBody) =>
      suspendPerformance(exchange, { ...request, takeBack: body.takeBack === true }),
  },
  {
    name: 'resume',
    action: 'performance.write',
    body: lifeBody,
    summary: 'On sale again',
    run: (exchange: RouteServices['exchange'], request: LifeRequest) =>
      resumePerformance(exchange, request),
  },
  {
    name: 'cancel',
    action: 'performance.write',
    body: lifeBody,
    summary: 'Cancels: asks for everything unsold, closes codes, refunds nothing',
    run: (exchange: RouteServices['exchange'], request: LifeRequest) =>
      cancelPerformance(exchange, request),
  },
  {
    name: 'close',
    action: 'performance.write',
    body: closeBody,
    summary: 'Closes: nothing of it changes any more',
    run: (exchange: RouteServices['exchange'], request: LifeRequest, body: LifeBody) =>
      closePerformance(exchange, { ...request, anyway: body.anyway === true }),
  },
  {
    name: 'reopen',
    action: 'performance.reopen',
    body: lifeBody,
    summary: 'Reopens, or takes a cancellation back',
    run: (exchange: RouteServices['exchange'], request: LifeRequest) =>
      reopenPerformance(exchange, request),
  },
] as const;

function lifeRoutes(app: Api, { exchange }: RouteServices): void {
  for (const { name, action, body, summary, run } of VERBS) {
    app.post(
      `/performances/:performance/${name}`,
      {
        config: { action },
        schema: {
          ...TAG,
          summary,
          params: performanceParams,
          body,
          response: answers(changedSchema),
        },
      },
      async (request) => {
        const { organisationId, author } = callerOf(request);
        const asked: LifeBody = request.body;
        const result = await run(
          exchange,
          {
            organisationId,
            performanceId: readId('performance', request.params.performance),
            by: author,
            reason: asked.reason ?? null,
            foretell: asked.foretell === true,
          },
          asked,
        );
        if (result.outcome === 'refused') throw refusedBy(result as LifeRefused);
        return presentChange(result as Changed);
      },
    );
  }
}

/** A refusal of a verb on the life of a performance, with every problem. */
export function refusedBy({ problems }: LifeRefused): ApiProblem {
  const [first] = problems;
  if (first?.code === 'unknown') return notFound('performance');
  const errors = problems.map(({ code, params: given }) => ({
    code: `performance.${code}`,
    params: given,
  }));
  if (first?.code === 'state') {
    return new ApiProblem(409, 'performance.state', 'Not in this state.', {
      params: first.params,
      errors,
    });
  }
  return refusal(`performance.${first?.code ?? 'refused'}`, { errors });
}
