/** Pending accounts as the API says them; every amount in minor units of the account's currency. */
import { z } from 'zod';
import type { EntryMade } from '../../exchange/account/enter-entry.ts';
import type { AccountView } from '../../exchange/account/read-account.ts';
import type { CeilingResult } from '../../exchange/account/set-ceiling.ts';
import { idSchema, printId } from '../ids.ts';
import { instant, params, period } from '../route.ts';

const sums = {
  period,
  closed: z.boolean(),
  salesMinor: z.int(),
  refundsMinor: z.int(),
  grossMinor: z.int(),
  commissionMinor: z.int(),
  netMinor: z.int(),
  invoicedMinor: z.int(),
  paidMinor: z.int(),
  adjustedMinor: z.int(),
  balanceMinor: z.int().describe('What the reseller owes at the end of the month.'),
};

export const accountSchema = z
  .object({
    id: idSchema('account'),
    code: z.string(),
    contact: z.string(),
    currency: z.string(),
    state: z.enum(['open', 'closed']),
    balanceMinor: z.int().describe('What the reseller owes.'),
    ceilingMinor: z.int().nullable(),
    filledPercent: z.int().nullable(),
    interfaces: z
      .array(z.object({ id: idSchema('interface'), code: z.string(), reseller: z.string() }))
      .readonly(),
    openFrom: period.nullable().describe('The month that takes late entries; null: none closed.'),
    periods: z.array(z.object(sums)).readonly(),
  })
  .meta({ id: 'Account' });

export const accountInFullSchema = accountSchema
  .extend({
    ledgerMinor: z.int().nullable().describe('What the ledger adds up to, where asked for.'),
    detail: z
      .object({
        ...sums,
        vatMinor: z.int(),
        commissionVatMinor: z.int(),
        vat: z
          .array(z.object({ rateHundredths: z.int(), grossMinor: z.int(), vatMinor: z.int() }))
          .readonly(),
        lateEntries: z
          .array(
            z.object({
              kind: z.string(),
              amountMinor: z.int(),
              operationAt: instant,
              ticket: z.string().nullable(),
              document: z.string().nullable(),
            }),
          )
          .readonly(),
      })
      .nullable(),
  })
  .meta({ id: 'AccountInFull' });

export function presentAccount(view: AccountView): z.output<typeof accountInFullSchema> {
  return {
    ...view,
    id: printId('account', view.id),
    interfaces: view.interfaces.map(({ id, code, reseller }) => ({
      id: printId('interface', id),
      code,
      reseller,
    })),
  };
}

export const enteredSchema = z
  .object({
    outcome: z.enum(['entered', 'known']).describe('known: the document was there, as it is.'),
    period,
    late: z.boolean(),
    entries: z.array(z.object({ kind: z.string(), amountMinor: z.int() })).readonly(),
    balanceMinor: z.int(),
    ceilingCases: z.array(idSchema('case')).readonly().describe('A replay may settle them.'),
  })
  .meta({ id: 'EntryMade' });

const casesOf = (ids: readonly number[]) => ids.map((id) => printId('case', id));

export function presentEntered(made: EntryMade): z.output<typeof enteredSchema> {
  return { ...made, ceilingCases: casesOf(made.ceilingCases) };
}

export const closedSchema = z
  .object({
    outcome: z.enum(['closed', 'known', 'warned']),
    period,
    warnings: z.array(z.object({ code: z.string(), params })).readonly(),
  })
  .meta({ id: 'ClosedMonth' });

export const ceilingSchema = z
  .object({
    outcome: z.literal('set'),
    beforeMinor: z.int().nullable(),
    ceilingMinor: z.int().nullable(),
    balanceMinor: z.int(),
    ceilingCases: z.array(idSchema('case')).readonly(),
  })
  .meta({ id: 'CeilingSet' });

export function presentCeiling(
  set: Extract<CeilingResult, { outcome: 'set' }>,
): z.output<typeof ceilingSchema> {
  return { ...set, ceilingCases: casesOf(set.ceilingCases) };
}
