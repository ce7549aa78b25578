/** The pending accounts: what resellers owe, documents entered by hand, closings, statements. */
import { z } from 'zod';
import type { AccountRefusal } from '../../exchange/account/account-services.ts';
import { closePeriod } from '../../exchange/account/close-period.ts';
import { compareStatement } from '../../exchange/account/compare-statement.ts';
import {
  enterAdjustment,
  enterCommissionInvoice,
  enterPayment,
} from '../../exchange/account/enter-entry.ts';
import { enterStatement } from '../../exchange/account/enter-statement.ts';
import { readAccounts } from '../../exchange/account/read-account.ts';
import { setCeiling } from '../../exchange/account/set-ceiling.ts';
import { readInterface } from '../../exchange/reading/inventory.ts';
import { callerOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import { idSchema, readId } from '../ids.ts';
import { ApiProblem, notFound, refusal } from '../problem.ts';
import type { Api, RouteServices } from '../route.ts';
import { answers, day, minor, period, reason, text } from '../route.ts';
import {
  accountInFullSchema,
  accountSchema,
  ceilingSchema,
  closedSchema,
  comparedSchema,
  enteredSchema,
  presentAccount,
  presentCeiling,
  presentEntered,
  statementSchema,
} from './account-schemas.ts';

const TAG = { tags: ['account'] };
const accountParams = z.object({ account: idSchema('account') });
const interfaceParams = z.object({ interface: idSchema('interface') });

export function accountRoutes(app: Api, services: RouteServices): void {
  readRoutes(app, services);
  entryRoute(app, services);
  closeRoutes(app, services);
  statementRoutes(app, services);
}

/** The account of the address with the asked period, or 404. */
async function viewOf(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
  asked?: { period?: string | undefined; check?: boolean },
) {
  const { period: of, check = false } = asked ?? {};
  const request = { organisationId, check, ...(of === undefined ? {} : { period: of }) };
  const found = (await readAccounts(exchange, request)).find(
    (one) => one.id === readId('account', id),
  );
  if (found === undefined) throw notFound('account');
  return found;
}

function unlessRefused<Result extends { outcome: string }>(
  result: Result | AccountRefusal,
): Exclude<Result, AccountRefusal> {
  if (result.outcome !== 'refused') return result as Exclude<Result, AccountRefusal>;
  const { code, params } = result as AccountRefusal;
  if (code === 'account.document_differs' || code === 'account.statement_differs') {
    throw new ApiProblem(409, code, 'This document is there with another content.', { params });
  }
  throw refusal(code, { params });
}

function readRoutes(app: Api, services: RouteServices): void {
  app.get(
    '/accounts',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'Every pending account, with its months',
        response: answers(z.object({ items: z.array(accountSchema).readonly() })),
      },
    },
    async (request) => {
      const { organisationId } = callerOf(request);
      const all = await readAccounts(services.exchange, { organisationId });
      return { items: all.map(presentAccount) };
    },
  );
  app.get(
    '/accounts/:account',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'An account; a month in full, and the ledger added up where asked for',
        params: accountParams,
        querystring: z.strictObject({
          period: period.optional(),
          check: z.enum(['true', 'false']).default('false'),
        }),
        response: answers(accountInFullSchema),
      },
    },
    async (request) => {
      const { period: of, check } = request.query;
      const asked = { period: of, check: check === 'true' };
      return presentAccount(
        await viewOf(services, callerOf(request), request.params.account, asked),
      );
    },
  );
}

const ENTER = {
  payment: enterPayment,
  invoice: enterCommissionInvoice,
  adjustment: enterAdjustment,
} as const;

function entryRoute(app: Api, services: RouteServices): void {
  app.post(
    '/accounts/:account/entries',
    {
      config: { action: 'account.enter' },
      schema: {
        ...TAG,
        summary: 'Enters a payment, the reseller’s invoice of commission, or an adjustment',
        params: accountParams,
        body: z.strictObject({
          kind: z.enum(['payment', 'invoice', 'adjustment']),
          amountMinor: minor.describe('What we paid back and a credit note are negative.'),
          document: text(200).min(1),
          day: day.describe('Of the document, local: YYYY-MM-DD.'),
          reason: reason.optional(),
          late: z.boolean().default(false).describe('Although its month is closed.'),
          forPeriod: period.optional().describe('Of an invoice: whose commissions.'),
        }),
        response: answers(enteredSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = await viewOf(services, caller, request.params.account);
      const { kind, reason: why = null, forPeriod, ...entry } = request.body;
      const result = await ENTER[kind](services.exchange, {
        ...entry,
        organisationId: caller.organisationId,
        accountId: id,
        author: caller.author,
        reason: why,
        ...(forPeriod === undefined ? {} : { forPeriod }),
      });
      return presentEntered(unlessRefused(result));
    },
  );
}

function closeRoutes(app: Api, services: RouteServices): void {
  app.post(
    '/accounts/:account/close',
    {
      config: { action: 'account.close' },
      schema: {
        ...TAG,
        summary: 'Closes a month for good; with `warned` nothing was written',
        params: accountParams,
        body: z.strictObject({
          period,
          reason: reason.optional(),
          despiteWarnings: z.boolean().default(false),
          evenRunning: z.boolean().default(false),
        }),
        response: answers(closedSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = await viewOf(services, caller, request.params.account);
      const { reason: why = null, ...asked } = request.body;
      const result = await closePeriod(services.exchange, {
        ...asked,
        organisationId: caller.organisationId,
        accountId: id,
        author: caller.author,
        reason: why,
      });
      return unlessRefused(result);
    },
  );
  app.put(
    '/accounts/:account/ceiling',
    {
      config: { action: 'account.close' },
      schema: {
        ...TAG,
        summary: 'Sets the ceiling, or takes it away',
        params: accountParams,
        body: z.strictObject({ ceilingMinor: minor.nullable(), reason: reason.optional() }),
        response: answers(ceilingSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = await viewOf(services, caller, request.params.account);
      const { ceilingMinor, reason: why = null } = request.body;
      const result = await setCeiling(services.exchange, {
        organisationId: caller.organisationId,
        accountId: id,
        author: caller.author,
        ceilingMinor,
        reason: why,
      });
      return presentCeiling(unlessRefused(result));
    },
  );
}

/** An interface that has a pending account, or why a statement cannot be about it. */
async function settledInterface(
  { exchange }: RouteServices,
  { organisationId }: Caller,
  id: string,
) {
  const interfaceId = readId('interface', id);
  const found = await readInterface(exchange, { organisationId, interfaceId });
  if (found === null) throw notFound('interface');
  if (found.pendingAccountId === null) {
    throw refusal('account.missing', { params: { interface: found.code } });
  }
  return { organisationId, interfaceId };
}

function statementRoutes(app: Api, services: RouteServices): void {
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
          document: text(200).min(1),
          replaces: text(200).min(1).nullable().default(null),
          grossMinor: minor,
          commissionMinor: minor.optional(),
        }),
        response: answers(statementSchema),
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const where = await settledInterface(services, caller, request.params.interface);
      const { grossMinor, commissionMinor, ...statement } = request.body;
      const result = await enterStatement(services.exchange, {
        ...where,
        ...statement,
        author: caller.author,
        totals: { grossMinor, ...(commissionMinor === undefined ? {} : { commissionMinor }) },
        lines: [],
      });
      return unlessRefused(result);
    },
  );
  app.get(
    '/interfaces/:interface/statements/:period',
    {
      config: { action: 'read' },
      schema: {
        ...TAG,
        summary: 'The statements of a month against our operations',
        params: interfaceParams.extend({ period }),
        response: answers(comparedSchema),
      },
    },
    async (request) => {
      const where = await settledInterface(services, callerOf(request), request.params.interface);
      const compared = await compareStatement(services.exchange, {
        ...where,
        period: request.params.period,
        clear: false,
      });
      return { ...compared };
    },
  );
}
