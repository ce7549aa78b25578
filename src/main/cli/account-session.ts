/** What every `parterre account` command works with: the account, the reader's way of money. */
import { fromMinor, isDay, minorDigits } from '../../domain/house/values.ts';
import { parseAmount } from '../../domain/money/amount.ts';
import { isPeriod } from '../../domain/money/periods.ts';
import type { AccountRefusal } from '../../exchange/account/account-services.ts';
import { formatMoney } from '../../runs/format-params.ts';
import type { AccountRecord } from '../../store/account-store.ts';
import { listAccounts } from '../../store/account-store.ts';
import type { CliIo, OpenOrganisation } from './command.ts';
import type { Reader } from './reader.ts';
import { dayOf, say, sayLoosely } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';

export const ACCOUNT_OPTIONS = {
  organisation: { type: 'string' },
  language: { type: 'string' },
  account: { type: 'string' },
  interface: { type: 'string' },
  amount: { type: 'string' },
  document: { type: 'string' },
  replaces: { type: 'string' },
  on: { type: 'string' },
  for: { type: 'string' },
  period: { type: 'string' },
  reason: { type: 'string' },
  gross: { type: 'string' },
  commission: { type: 'string' },
  tickets: { type: 'string' },
  format: { type: 'string' },
  out: { type: 'string' },
  late: { type: 'boolean' },
  look: { type: 'boolean' },
  check: { type: 'boolean' },
  'despite-warnings': { type: 'boolean' },
  'even-running': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

type Option = keyof typeof ACCOUNT_OPTIONS;
export type AccountValues = {
  [Name in Option]?: (typeof ACCOUNT_OPTIONS)[Name]['type'] extends 'boolean' ? boolean : string;
};

export interface AccountCall {
  io: CliIo;
  open: OpenOrganisation;
  values: AccountValues;
  rest: readonly string[];
}

/** The account of this code; without a code the only one. */
export async function chooseAccount(
  { services, organisation, reader }: OpenOrganisation,
  code: string | undefined,
): Promise<AccountRecord> {
  const all = await services.database.transaction(organisation.id, (tx) => listAccounts(tx));
  if (all.length === 0) throw new Refusal(say(reader, 'account.none'));
  const codes = all.map((one) => one.code).join(', ');
  const found = code === undefined ? all.length === 1 && all[0] : all.find((a) => a.code === code);
  if (found) return found;
  throw new UsageError(
    code === undefined
      ? say(reader, 'account.which', { codes })
      : say(reader, 'account.unknown', { code, codes }),
  );
}

export function money(minor: number, currency: string, { language }: Reader): string {
  return formatMoney(minor, { language, currency });
}

/** Typed money in minor units of the currency. */
export function readMoney(
  reader: Reader,
  text: string | undefined,
  currency: string,
  name: string,
): number {
  if (text === undefined) throw new UsageError(`${name} is missing.`);
  const digits = minorDigits(currency);
  const minor = parseAmount(text, digits);
  if (minor !== null) return minor;
  const example = fromMinor(123_450, digits);
  throw new UsageError(say(reader, 'account.amount_unreadable', { amount: text, example }));
}

export function readPeriod(reader: Reader, text: string | undefined): string {
  if (text === undefined) throw new UsageError('Say which month: YYYY-MM.');
  if (isPeriod(text)) return text;
  throw new UsageError(say(reader, 'account.period_unreadable', { period: text }));
}

export function readDay(reader: Reader, text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && isDay(text)) return text;
  throw new UsageError(say(reader, 'account.day_unreadable', { day: text }));
}

/** Tells a refusal; the exit code of what was refused. */
export function tellRefusal(
  { io, open, values }: AccountCall,
  refusal: AccountRefusal,
  currency: string,
): number {
  const { reader } = open;
  const shown = Object.entries(refusal.params).map(([name, value]) => {
    if (typeof value === 'number') return [name, money(value, currency, reader)];
    const isInstant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
    return [name, isInstant ? dayOf(value, reader) : value];
  });
  const message = sayLoosely(reader, refusal.code, Object.fromEntries(shown));
  if (values.json) io.out(JSON.stringify({ ...refusal, message }));
  else io.err(message);
  return 1;
}

/** A line of text, or the whole as one JSON value. */
export function tell({ io, values }: AccountCall, result: object, lines: readonly string[]): void {
  if (values.json) io.out(JSON.stringify(result));
  else for (const line of lines) io.out(line);
}
