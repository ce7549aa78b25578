/** The pending accounts: what resellers owe, documents entered by hand, closings. */
import { z } from 'zod';
import type { AccountRefusal } from '../../exchange/account/account-services.ts';
import { closePeriod } from '../../exchange/account/close-period.ts';
import {
  enterAdjustment,
  enterCommissionInvoice,
  enterPayment,
} from '../../exchange/account/enter-entry.ts';
import { readAccounts } from '../../exchange/account/read-account.ts';
import { setCeiling } from '../../exchange/account/set-ceiling.ts';
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
  enteredSchema,
  presentAccount,
  presentCeiling,
  presentEntered,
} from './account-schemas.ts';

const TAG = { tags: ['account'] };
const accountParams = z.object({ account: idSchema('account') });

export function accountRoutes(app: Api, services: RouteServices): void {
  readRoutes(app, services);
  entryRoute(app, services);
  closeRoutes(app, services);
}

/** The account of the address with the asked period, or 404. */
export async function viewOf(
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

/** What was done; throws the refusal as a problem. */
export function unlessRefused<Result extends { outcome: string }>(
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
