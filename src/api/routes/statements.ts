/** A reseller's statements of its months: typed, or as a file; against our ledger; cleared. */
import { z } from 'zod';
import type { CompareResult } from '../../exchange/account/compare-statement.ts';
import { compareStatement } from '../../exchange/account/compare-statement.ts';
import { enterStatement } from '../../exchange/account/enter-statement.ts';
import { importStatement } from '../../exchange/account/import-statement.ts';
import { readStatements } from '../../exchange/account/read-statements.ts';
import { readInterface } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, minor, period, text } from '../route.ts';
import { CSV, fileOf, withUploads, XLSX } from '../uploads.ts';
import { unlessRefused } from './account.ts';
import {
  comparedSchema,
  differenceSchema,
  groupByPerformance,
  keptSchema,
  keyOfDifference,
  presentCompared,
  presentDifference,
  presentKept,
  presentStatement,
  statementSchema,
} from './statement-schemas.ts';

const TAG = { tags: ['account'] };
const FILE_MAX = 20 * 1024 * 1024;
const interfaceParams = z.object({ interface: idSchema('interface') });
const monthParams = interfaceParams.extend({ period });
const document = text(200).min(1);

export function statementRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  enterRoute(app, services);
  importRoute(app, services);
  compareRoutes(app, services);
}

interface Where {
  organisationId: number;
  interfaceId: number;
}

/** An interface that has a pending account, or why a statement cannot be about it. */
async function settledInterface(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
): Promise<Where> {
  const where = { organisationId, interfaceId: readId('interface', id) };
  const found = await readInterface(exchange, where);
  if (found === null) throw notFound('interface');
  if (found.pendingAccountId === null) {
    throw refusal('account.missing', { params: { interface: found.code } });
  }
  return where;
}

function listRoute(app: Api, services: RouteServices): void {
  app.get(
    '/interfaces/:interface/statements',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Statements that were kept, the newest first',
        params: interfaceParams,
        querystring: z.strictObject({ period: period.optional(), ...pageQuery }),
        response: answers(z.object(pageOf(statementSchema))),
      },
    },
    async (request) => {
      const where = await settledInterface(services, callerOf(request), request.params.interface);
      const { limit, after, period: of = null } = request.query;
      const before = readCursor(after, numberCursor);
      const all = await readStatements(services.exchange, { ...where, period: of });
      const rest = all
        .filter(({ id }) => before === null || id < before)
        .sort((a, b) => b.id - a.id);
      const page = rest.slice(0, limit);
      const next = rest.length > limit ? printCursor(page.at(-1)?.id) : null;
      return { items: page.map(presentStatement), next };
    },
  );
}

function enterRoute(app: Api, services: RouteServices): void {
  app.post(
    '/interfaces/:interface/statements',
    {
      config: { action: 'account.enter' },
      schema: {
        ...TAG,
        summary: 'Keeps the totals of a reseller’s statement of a month',
        params: interfaceParams,
        body: z.strictObject({
          period,
          document,
          replaces: document.nullable().default(null),
          grossMinor: minor,
          commissionMinor: minor.optional(),
          tickets: z.int().min(0).max(100_000_000).optional(),
        }),
        response: answers(keptSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const where = await settledInterface(services, caller, request.params.interface);
      const { grossMinor, commissionMinor, tickets, ...statement } = request.body;
      const result = await enterStatement(services.exchange, {
        ...where,
        ...statement,
        author: caller.author,
        totals: {
          grossMinor,
          ...(commissionMinor === undefined ? {} : { commissionMinor }),
          ...(tickets === undefined ? {} : { tickets }),
        },
        lines: [],
      });
      return presentKept(unlessRefused(result));
    },
  );
}

function importRoute(app: Api, services: RouteServices): void {
  withUploads(app, [XLSX, CSV], (files) => {
    files.post(
      '/interfaces/:interface/statements/import',
      {
        bodyLimit: FILE_MAX,
        config: { action: 'account.enter' },
        schema: {
          ...TAG,
          summary: 'A statement as a file, by ticket or performance; kept with apply=true',
          description: 'All faults are told at once, each with its line; then nothing is kept.',
          consumes: [XLSX, CSV],
          params: interfaceParams,
          querystring: z.strictObject({
            period,
            document,
            replaces: document.optional(),
            grossMinor: z.coerce.number().int().optional().describe('Must be the lines’ sum.'),
            commissionMinor: z.coerce.number().int().optional(),
            apply: z.enum(['true', 'false']).default('false'),
          }),
          response: answers(keptSchema),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const where = await settledInterface(services, caller, request.params.interface);
        const { apply, replaces = null, grossMinor, commissionMinor, ...of } = request.query;
        const result = await importStatement(services.exchange, {
          ...where,
          ...of,
          replaces,
          author: caller.author,
          totals: {
            ...(grossMinor === undefined ? {} : { grossMinor }),
            ...(commissionMinor === undefined ? {} : { commissionMinor }),
          },
          file: fileOf(request.body),
          foretell: apply !== 'true',
        });
        if (result.outcome === 'faulty') {
          const [first] = result.faults;
          throw refusal(first?.code ?? 'statement.table', { errors: result.faults });
        }
        return presentKept(unlessRefused(result));
      },
    );
  });
}

const differenceCursor = z.array(z.string().max(250)).length(3);

function compareRoutes(app: Api, services: RouteServices): void {
  const compare = async (
    request: Parameters<typeof callerOf>[0],
    params: z.output<typeof monthParams>,
    clear: boolean,
  ): Promise<CompareResult> => {
    const where = await settledInterface(services, callerOf(request), params.interface);
    return compareStatement(services.exchange, { ...where, period: params.period, clear });
  };
  const shared = { ...TAG, params: monthParams };
  app.get(
    '/interfaces/:interface/statements/:period',
    {
      config: { action: 'read' },
      schema: {
        ...shared,
        summary: 'The statements of a month against our operations: the sums',
        response: answers(comparedSchema),
      },
    },
    async (request) => presentCompared(await compare(request, request.params, false)),
  );
  app.get(
    '/interfaces/:interface/statements/:period/differences',
    {
      config: { action: 'read' },
      schema: {
        ...shared,
        summary: 'What differs, ticket by ticket or by performance, each with its ways out',
        querystring: z.strictObject({
          by: z
            .enum(['ticket', 'performance'])
            .default('ticket')
            .describe('ticket: as the statement names them; performance: added up.'),
          cause: differenceSchema.shape.cause.optional(),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(differenceSchema))),
      },
    },
    async (request) => {
      const { by, cause, limit, after } = request.query;
      const from = readCursor(after, differenceCursor);
      const compared = await compare(request, request.params, false);
      if (compared.outcome === 'nothing') return { items: [], next: null };
      const wanted = compared.differences.filter(
        (one) => cause === undefined || one.cause === cause,
      );
      const lines = by === 'performance' ? groupByPerformance(wanted) : wanted;
      const rest = lines
        .map((one) => ({ one, key: keyOfDifference(one) }))
        .filter(({ key }) => from === null || compareKeys(key, from) > 0)
        .sort((a, b) => compareKeys(a.key, b.key));
      const page = rest.slice(0, limit);
      const next = rest.length > limit ? printCursor(page.at(-1)?.key) : null;
      return { items: page.map(({ one }) => presentDifference(one)), next };
    },
  );
  app.post(
    '/interfaces/:interface/statements/:period/clear',
    {
      config: { action: 'account.enter' },
      schema: {
        ...shared,
        summary: 'Clears the lines that agree; the others stay open',
        response: answers(comparedSchema),
      },
    },
    async (request) => presentCompared(await compare(request, request.params, true)),
  );
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
