import { toInstant } from '../../domain/house/values.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { OrganisationRecord } from '../../store/interface-store.ts';
import type { Clock } from '../context.ts';

/** What every verb on a pending account is given. */
export interface AccountServices {
  database: Database;
  ids: IdSource;
  clock: Clock;
}

/** A refusal: a code with its parameters, told by texts in the reader's language. */
export interface AccountRefusal {
  outcome: 'refused';
  code: AccountFault;
  params: Readonly<Record<string, string | number | null>>;
}

export const ACCOUNT_FAULTS = [
  'account.amount_zero',
  'account.document_missing',
  'account.reason_missing',
  'account.day_future',
  'account.document_differs',
  'account.period_closed',
  'account.period_order',
  'account.period_running',
  'account.period_future',
  'account.ceiling_negative',
  'account.statement_differs',
  'account.statement_unknown',
  'account.statement_currency',
  'account.statement_sums',
] as const;
export type AccountFault = (typeof ACCOUNT_FAULTS)[number];

export function refuse(code: AccountFault, params: AccountRefusal['params'] = {}): AccountRefusal {
  return { outcome: 'refused', code, params };
}

/** The local day of an instant, `YYYY-MM-DD`. */
export function localDay(at: Date, { timeZone }: Pick<OrganisationRecord, 'timeZone'>): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at);
}

/** The first instant of a local day. */
export function startOfDay(day: string, timeZone: string): string {
  const instant = toInstant(`${day}T00:00:00`, timeZone);
  if (instant === null) throw new Error(`${day} is no day.`);
  return instant;
}
