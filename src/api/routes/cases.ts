/** Cases: what waits for a person, its ways out and their effect, who has it, and the report. */
import { z } from 'zod';
import { PROBLEM_CLASSES } from '../../domain/order/problem.ts';
import { callerMay } from '../../domain/people/role.ts';
import type { SettledCases } from '../../exchange/cases/answers.ts';
import type { SettleRequest } from '../../exchange/cases/case-request.ts';
import { foretell } from '../../exchange/cases/foretell.ts';
import { handOverCase, noteCase, takeCase } from '../../exchange/cases/hold-case.ts';
import { listCases } from '../../exchange/cases/list-cases.ts';
import { makeReport } from '../../exchange/cases/report.ts';
import { settleCases } from '../../exchange/cases/settle-cases.ts';
import { showCase } from '../../exchange/cases/show-case.ts';
import { readHouse, readInterface } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, languageQuery, reason, text } from '../route.ts';
import {
  caseSchema,
  heldSchema,
  presentCase,
  presentSettled,
  presentShown,
  reportSchema,
  saidOf,
  settleBody,
  settledSchema,
  shownCaseSchema,
} from './case-schemas.ts';
import { caseTexts } from './case-texts.ts';

const TAG = { tags: ['cases'] };
/** The list's own cursor: the instant of its first page, and the key of its last row. */
const KEY = /^\[[01], [0-2], "(infinity|[-+.: \d]{10,40})", \d{1,15}\]$/;
const cursorSchema = z.strictObject({ now: z.iso.datetime(), key: z.string().refine(isKey) });

function isKey(text: string): boolean {
  const due = KEY.exec(text)?.[1];
  if (due === undefined) return false;
  // What the database wrote reads as an instant; a forged one must not fail in the database.
  return due === 'infinity' || !Number.isNaN(Date.parse(due.replace(/\+00$/, 'Z')));
}

const filterShape = {
  interface: idSchema('interface').optional(),
  class: z.enum(PROBLEM_CLASSES).optional(),
  code: text(100).optional().describe('One of its problems.'),
  product: idSchema('product').optional(),
  performance: idSchema('performance').optional(),
  ticket: text(100).optional().describe('The beginning of the reseller’s ticket number.'),
  rank: z.enum(['root', 'follower']).optional(),
};
const state = z.enum(['open', 'reported', 'taken', 'settled']);
const listQuery = z.strictObject({
  ...filterShape,
  state: state.optional(),
  ...pageQuery,
  ...languageQuery,
});
const filterBody = z.strictObject(filterShape);
const settleSchema = settleBody(filterBody);
type SettleBody = z.output<typeof settleSchema>;
const caseParams = z.object({ case: idSchema('case') });

type Filter = z.output<typeof filterBody> & { state?: z.output<typeof state> | undefined };
type CaseFilter = Parameters<typeof listCases>[1]['filter'];

function filterOf(query: Filter): CaseFilter {
  const filter: CaseFilter = {};
  if (query.interface !== undefined) filter.interfaceId = readId('interface', query.interface);
  if (query.class !== undefined) filter.class = query.class;
  if (query.code !== undefined) filter.code = query.code;
  if (query.product !== undefined) filter.productId = readId('product', query.product);
  if (query.performance !== undefined) {
    filter.performanceId = readId('performance', query.performance);
  }
  if (query.ticket !== undefined) filter.ticket = query.ticket;
  if (query.rank !== undefined) filter.rank = query.rank;
  if (query.state !== undefined) filter.state = query.state;
  return filter;
}

export function caseRoutes(app: Api, services: RouteServices): void {
  listRoute(app, services);
  showRoute(app, services);
  settleRoutes(app, services);
  holdRoutes(app, services);
  reportRoute(app, services);
}

function listRoute(app: Api, { exchange }: RouteServices): void {
  const count = z.object({ roots: z.int(), followers: z.int() });
  app.get(
    '/cases',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Cases: roots first, what touches the next performance before the rest',
        querystring: listQuery,
        response: answers(z.object({ ...pageOf(caseSchema), count })),
      },
    },
    async (request) => {
      const { limit, after, language, ...filter } = request.query;
      const { organisationId } = callerOf(request);
      const describe = await caseTexts({ exchange }, organisationId, language);
      const page = await listCases(exchange, {
        organisationId,
        filter: filterOf(filter),
        after: cursorOf(after),
        limit,
      });
      return {
        items: page.cases.map((one) => presentCase(one, describe)),
        count: page.count,
        next: page.next === null ? null : printCursor(JSON.parse(page.next)),
      };
    },
  );
}

function cursorOf(after: string | undefined): string | null {
  const read = readCursor(after, cursorSchema);
  return read === null ? null : JSON.stringify(read);
}

function showRoute(app: Api, { exchange }: RouteServices): void {
  app.get(
    '/cases/:case',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'One case in full, with its ways out and what each would do',
        params: caseParams,
        querystring: z.strictObject({
          foretold: z.enum(['true', 'false']).default('true').describe('False: no effects.'),
          ...languageQuery,
        }),
        response: answers(shownCaseSchema),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const shown = await showCase(exchange, {
        organisationId,
        author,
        id: readId('case', request.params.case),
        foretold: request.query.foretold === 'true',
      });
      if (shown === null) throw notFound('case');
      const describe = await caseTexts({ exchange }, organisationId, request.query.language);
      return presentShown(shown, describe);
    },
  );
}

const choiceFilter = (filter: z.output<typeof filterBody>) => {
  const { state: _, ...rest } = filterOf(filter);
  return rest;
};

function requestOf(caller: Caller, { choice, way, reason: why, said }: SettleBody): SettleRequest {
  return {
    organisationId: caller.organisationId,
    choice:
      'ids' in choice
        ? { ids: choice.ids.map((id) => readId('case', id)) }
        : 'like' in choice
          ? { like: readId('case', choice.like) }
          : { filter: choiceFilter(choice.filter) },
    way,
    reason: why,
    author: caller.author,
    manager: callerMay(caller, 'cases.accept_money'),
    ...(said === undefined ? {} : { said: saidOf(said) }),
  };
}

function settleRoutes(app: Api, { exchange }: RouteServices): void {
  const verbs = [
    { path: '/cases/foretell', verb: foretell, summary: 'What settling would do; nothing stays' },
    { path: '/cases/settle', verb: settleCases, summary: 'Settles cases by one way out' },
  ];
  for (const { path, verb, summary } of verbs) {
    app.post(
      path,
      {
        config: { action: 'cases.settle' },
        schema: {
          ...TAG,
          summary,
          body: settleSchema,
          response: answers(settledSchema),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const result = await verb(exchange, requestOf(caller, request.body));
        return presentSettled(unlessRefused(result));
      },
    );
  }
}

function unlessRefused(result: Awaited<ReturnType<typeof settleCases>>): SettledCases {
  if (result.outcome !== 'refused') return result;
  const { code, params, faults, why } = result.refusal;
  if (code === 'cases.refused.unknown') throw notFound('case');
  throw refusal(code, {
    params,
    ...(faults === undefined ? {} : { errors: faults }),
    ...(why === undefined ? {} : { errors: [why] }),
  });
}

function holdRoutes(app: Api, { exchange }: RouteServices): void {
  const config = { action: 'cases.settle' } as const;
  const ids = z.array(idSchema('case')).min(1).max(200);
  const response = answers(heldSchema);
  const requestOf = (caller: Caller, cases: readonly string[]) => ({
    organisationId: caller.organisationId,
    author: caller.author,
    ids: cases.map((id) => readId('case', id)),
  });
  const take = z.strictObject({ cases: ids });
  app.post(
    '/cases/take',
    { config, schema: { ...TAG, summary: 'The caller takes cases', body: take, response } },
    async (request) => ({
      changed: await takeCase(exchange, requestOf(callerOf(request), request.body.cases)),
    }),
  );
  const note = z.strictObject({ cases: ids, note: text(4_000) });
  app.post(
    '/cases/note',
    { config, schema: { ...TAG, summary: 'Replaces the note of cases', body: note, response } },
    async (request) => {
      const held = requestOf(callerOf(request), request.body.cases);
      return { changed: await noteCase(exchange, { ...held, note: request.body.note }) };
    },
  );
  const to = text(200).min(1).nullable().describe('Null: to nobody.');
  const handOver = z.strictObject({ cases: ids, to, reason: reason.optional() });
  app.post(
    '/cases/hand-over',
    { config, schema: { ...TAG, summary: 'Gives cases to another', body: handOver, response } },
    async (request) => {
      const { cases, to: whom, reason: why = null } = request.body;
      const held = requestOf(callerOf(request), cases);
      return { changed: await handOverCase(exchange, { ...held, to: whom, reason: why }) };
    },
  );
}

function reportRoute(app: Api, { exchange }: RouteServices): void {
  app.post(
    '/interfaces/:interface/report',
    {
      config: { action: 'cases.settle' },
      schema: {
        ...TAG,
        summary: 'The letter and the Excel file of all that was put on the reseller’s list',
        params: z.object({ interface: idSchema('interface') }),
        body: z.strictObject({
          again: idSchema('report').optional().describe('Makes that report’s letter again.'),
          ...languageQuery,
        }),
        response: answers(reportSchema),
      },
    },
    async (request) => {
      const { organisationId, author } = callerOf(request);
      const interfaceId = readId('interface', request.params.interface);
      const found = await readInterface(exchange, { organisationId, interfaceId });
      if (found === null) throw notFound('interface');
      const { language, again } = request.body;
      const { timeZone } = await readHouse(exchange, organisationId);
      const made = await makeReport(exchange, {
        organisationId,
        interfaceId,
        author,
        language,
        timeZone,
        ...(again === undefined ? {} : { again: readId('report', again) }),
      });
      if (made.outcome === 'empty') return { outcome: 'empty' as const, report: null };
      const { id, to, subject, text: letter, file, items } = made;
      return {
        outcome: 'made' as const,
        report: {
          id: printId('report', id),
          to,
          subject,
          text: letter,
          file: file.toString('base64'),
          items: items.length,
        },
      };
    },
  );
}
