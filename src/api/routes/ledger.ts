/** The ledger of an account: its entries, what payments settle, and the export for accounting. */
import { z } from 'zod';
import type { ListedEntry } from '../../exchange/account/list-entries.ts';
import { readEntries } from '../../exchange/account/list-entries.ts';
import type { Settlement } from '../../exchange/account/match-payment.ts';
import {
  matchPayment,
  readSettlement,
  undoMatching,
} from '../../exchange/account/match-payment.ts';
import type { ExportLine } from '../../exchange/selling/account-export.ts';
import {
  csvHeading,
  csvLines,
  exportAccounts,
  exportWorkbook,
} from '../../exchange/selling/account-export.ts';
import { callerOf } from '../access.ts';
import { idSchema, printId, readId } from '../ids.ts';
import { numberCursor, pageOf, pageQuery, printCursor, readCursor } from '../paging.ts';
import { notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, instant, minor, period, reason, text } from '../route.ts';
import { CSV, downloadName, XLSX } from '../uploads.ts';
import { viewOf } from './account.ts';

const TAG = { tags: ['account'] };
const KINDS = [
  'sale',
  'refund',
  'commission',
  'payment',
  'commission_invoice',
  'adjustment',
] as const;
const accountParams = z.object({ account: idSchema('account') });

export function ledgerRoutes(app: Api, services: RouteServices): void {
  entriesRoute(app, services);
  exportRoute(app, services);
  settlementRoutes(app, services);
  matchRoutes(app, services);
}

const entrySchema = z
  .object({
    id: idSchema('entry'),
    kind: z.enum(KINDS),
    amountMinor: z.int().describe('Positive: owed to us.'),
    balanceMinor: z.int().describe('What was owed with this entry and all before it.'),
    currency: z.string(),
    period,
    late: z.boolean(),
    operationAt: instant,
    enteredAt: instant,
    document: z.string().nullable(),
    author: z.string(),
    interface: z.object({ id: idSchema('interface'), code: z.string() }).nullable(),
    ticket: z.string().nullable(),
    performance: z.object({ id: idSchema('performance'), name: z.string() }).nullable(),
    run: z.object({ id: idSchema('run'), number: z.int() }).nullable(),
  })
  .meta({ id: 'LedgerEntry' });

function presentEntry(entry: ListedEntry): z.output<typeof entrySchema> {
  const { interfaceId, interfaceCode, performanceId, performance, runId, runNumber } = entry;
  return {
    ...entry,
    id: printId('entry', entry.id),
    kind: entry.kind as (typeof KINDS)[number],
    interface:
      interfaceId === null
        ? null
        : { id: printId('interface', interfaceId), code: interfaceCode ?? '' },
    performance:
      performanceId === null
        ? null
        : { id: printId('performance', performanceId), name: performance ?? '' },
    run:
      runId === null || runNumber === null
        ? null
        : { id: printId('run', runId), number: runNumber },
  };
}

/** As the database writes an instant: its microseconds are part of the key. */
const storedInstant = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])-[0-2]\d [0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/)
  .refine(
    (value) => !Number.isNaN(Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))),
  );
const entryCursor = z.strictObject({
  period,
  at: storedInstant,
  id: z.int().min(0),
  balanceMinor: z.int(),
});

function entriesRoute(app: Api, services: RouteServices): void {
  app.get(
    '/accounts/:account/entries',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Entries of the ledger with the running balance, the newest month first',
        params: accountParams,
        querystring: z.strictObject({
          period: period.optional(),
          kind: z.enum(KINDS).optional(),
          interface: idSchema('interface').optional(),
          performance: idSchema('performance').optional(),
          ticket: text(100).min(1).optional(),
          document: text(200).min(1).optional(),
          late: z.enum(['true', 'false']).optional(),
          ...pageQuery,
        }),
        response: answers(z.object(pageOf(entrySchema))),
      },
    },
    async (request) => {
      const { limit, after, kind, late, interface: ifc, performance, ...of } = request.query;
      const { period: month, ticket, document } = of;
      const found = await readEntries(services.exchange, {
        organisationId: callerOf(request).organisationId,
        accountId: readId('account', request.params.account),
        after: readCursor(after, entryCursor),
        limit,
        ...(month === undefined ? {} : { period: month }),
        ...(kind === undefined ? {} : { kinds: [kind] }),
        ...(ifc === undefined ? {} : { interfaceId: readId('interface', ifc) }),
        ...(performance === undefined ? {} : { performanceId: readId('performance', performance) }),
        ...(ticket === undefined ? {} : { ticket }),
        ...(document === undefined ? {} : { document }),
        ...(late === undefined ? {} : { late: late === 'true' }),
      });
      if (found === null) throw notFound('account');
      const { entries, next } = found;
      return { items: entries.map(presentEntry), next: next === null ? null : printCursor(next) };
    },
  );
}

function exportRoute(app: Api, services: RouteServices): void {
  app.get(
    '/accounts/export',
    {
      config: { action: 'accounting.export' },
      schema: {
        ...TAG,
        summary: 'A month for accounting: gross, commission, net, VAT and each document',
        querystring: z.strictObject({
          period,
          account: idSchema('account').optional().describe('Without: every account.'),
          format: z.enum(['csv', 'xlsx']).default('csv'),
        }),
        produces: [CSV, XLSX],
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { period: month, account, format } = request.query;
      const view = account === undefined ? null : await viewOf(services, caller, account);
      const { organisationId } = caller;
      const asked = {
        organisationId,
        period: month,
        ...(view === null ? {} : { accountId: view.id }),
      };
      const lines: ExportLine[] = [];
      await exportAccounts(services.exchange, asked, (page) => {
        lines.push(...page);
      });
      const name = downloadName(view?.code ?? 'accounts', `${month}.${format}`);
      reply.header('content-disposition', name);
      if (format === 'xlsx') return reply.type(XLSX).send(await exportWorkbook(lines));
      // The mark by which spreadsheets know the letters.
      return reply.type(`${CSV}; charset=utf-8`).send(`\ufeff${csvHeading()}${csvLines(lines)}`);
    },
  );
}

const openSchema = z
  .object({
    statements: z
      .array(
        z.object({
          id: idSchema('statement'),
          interface: idSchema('interface'),
          period,
          document: z.string(),
          netMinor: z.int(),
          openMinor: z.int().describe('Not settled yet.'),
        }),
      )
      .readonly(),
    entries: z
      .array(
        z.object({
          id: idSchema('entry'),
          kind: z.enum(['payment', 'adjustment']),
          document: z.string().nullable(),
          period,
          operationAt: instant,
          author: z.string(),
          paysMinor: z.int().describe('Positive lowers what the reseller owes.'),
          openMinor: z.int().describe('Settles nothing yet.'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'OpenDocuments' });

function presentOpen({ statements, entries }: Settlement): z.output<typeof openSchema> {
  return {
    statements: statements
      .filter((one) => !one.isReplaced)
      .map(({ id, interfaceId, netMinor, matchedMinor, period: of, document }) => ({
        id: printId('statement', id),
        interface: printId('interface', interfaceId),
        period: of,
        document,
        netMinor,
        openMinor: netMinor - matchedMinor,
      }))
      .filter(({ openMinor }) => openMinor !== 0),
    entries: entries
      .map(({ id, kind, document, period: of, operationAt, author, paysMinor, matchedMinor }) => ({
        id: printId('entry', id),
        kind: kind as 'payment' | 'adjustment',
        document,
        period: of,
        operationAt,
        author,
        paysMinor,
        openMinor: paysMinor - matchedMinor,
      }))
      .filter(({ openMinor }) => openMinor !== 0),
  };
}

const matchSchema = z
  .object({
    id: idSchema('match'),
    statement: z.object({ id: idSchema('statement'), document: z.string(), period }),
    entry: z.object({ id: idSchema('entry'), document: z.string().nullable() }),
    amountMinor: z.int(),
    matchedAt: instant,
    matchedBy: z.string(),
    undoneAt: instant.nullable(),
    undoneBy: z.string().nullable(),
  })
  .meta({ id: 'StatementMatch' });

function settlementRoutes(app: Api, services: RouteServices): void {
  app.get(
    '/accounts/:account/open-documents',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Statements that no payment settles yet, and payments that settle nothing yet',
        params: accountParams,
        response: answers(openSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: accountId } = await viewOf(services, caller, request.params.account);
      const { organisationId } = caller;
      return presentOpen(await readSettlement(services.exchange, { organisationId, accountId }));
    },
  );
  app.get(
    '/accounts/:account/matches',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'What was matched, the newest first, undone ones too',
        params: accountParams,
        querystring: z.strictObject(pageQuery),
        response: answers(z.object(pageOf(matchSchema))),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: accountId } = await viewOf(services, caller, request.params.account);
      const { limit, after } = request.query;
      const before = readCursor(after, numberCursor);
      const { organisationId } = caller;
      const { matches } = await readSettlement(services.exchange, { organisationId, accountId });
      const rest = matches.filter(({ id }) => before === null || id < before);
      const page = rest.slice(0, limit);
      return {
        items: page.map(
          ({ id, statementId, statement, period: of, entryId, document, ...one }) => ({
            ...one,
            id: printId('match', id),
            statement: { id: printId('statement', statementId), document: statement, period: of },
            entry: { id: printId('entry', entryId), document },
          }),
        ),
        next: rest.length > limit ? printCursor(page.at(-1)?.id) : null,
      };
    },
  );
}

function matchRoutes(app: Api, services: RouteServices): void {
  app.post(
    '/accounts/:account/matches',
    {
      config: { action: 'account.enter' },
      schema: {
        ...TAG,
        summary: 'Matches a payment (or an adjustment) with the statement that it settles',
        params: accountParams,
        body: z.strictObject({
          statement: idSchema('statement'),
          entry: idSchema('entry'),
          amountMinor: minor.optional().describe('Without: as much as both have open.'),
        }),
        response: answers(
          z.object({ match: idSchema('match'), amountMinor: z.int(), openMinor: z.int() }),
        ),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: accountId } = await viewOf(services, caller, request.params.account);
      const { statement, entry, amountMinor } = request.body;
      const result = await matchPayment(services.exchange, {
        organisationId: caller.organisationId,
        accountId,
        statementId: readId('statement', statement),
        entryId: readId('entry', entry),
        author: caller.author,
        ...(amountMinor === undefined ? {} : { amountMinor }),
      });
      if (result.outcome === 'refused') {
        if (result.code === 'account.match_unknown') throw notFound('statement or payment');
        throw refusal(result.code, { params: result.params });
      }
      const { id, openMinor } = result;
      return { match: printId('match', id), amountMinor: result.amountMinor, openMinor };
    },
  );
  app.post(
    '/accounts/:account/matches/:match/undo',
    {
      config: { action: 'account.enter' },
      schema: {
        ...TAG,
        summary: 'Takes a match back: both documents are open again by its amount',
        params: accountParams.extend({ match: idSchema('match') }),
        body: z.strictObject({ reason: reason.min(1) }),
        response: answers(z.object({ outcome: z.enum(['undone', 'known']) })),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id: accountId } = await viewOf(services, caller, request.params.account);
      const result = await undoMatching(services.exchange, {
        organisationId: caller.organisationId,
        accountId,
        matchId: readId('match', request.params.match),
        author: caller.author,
        reason: request.body.reason,
      });
      if (result.outcome === 'unknown') throw notFound('match');
      return { outcome: result.outcome };
    },
  );
}
