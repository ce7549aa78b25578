/** `parterre account`: what the resellers owe, what is entered by hand, closings, statements. */
import { parseArgs } from 'node:util';
import type { EnteredKind } from '../../domain/money/entry.ts';
import { localDay } from '../../exchange/account/account-services.ts';
import type { CloseWarning } from '../../exchange/account/close-period.ts';
import { closePeriod } from '../../exchange/account/close-period.ts';
import type { EntryMade } from '../../exchange/account/enter-entry.ts';
import {
  enterAdjustment,
  enterCommissionInvoice,
  enterPayment,
} from '../../exchange/account/enter-entry.ts';
import { setCeiling } from '../../exchange/account/set-ceiling.ts';
import { formatInstant } from '../../runs/format-params.ts';
import { exportLedger } from './account-export.ts';
import { showAccounts } from './account-output.ts';
import type { AccountCall } from './account-session.ts';
import {
  ACCOUNT_OPTIONS,
  chooseAccount,
  money,
  readDay,
  readMoney,
  readPeriod,
  tell,
  tellRefusal,
} from './account-session.ts';
import { statement } from './account-statement.ts';
import type { CliCommand, CliIo } from './command.ts';
import type { Reader } from './reader.ts';
import { say } from './reader.ts';
import { UsageError } from './refusal.ts';

const usage = `parterre account [show] [CODE] [--period YYYY-MM] [--check] [--json]
    what is owed, by month; --period adds VAT and late entries; --check adds the ledger up
parterre account enter payment|invoice|adjustment AMOUNT --document NUMBER [--on YYYY-MM-DD]
                 [--for YYYY-MM] [--reason TEXT] [--late] [--json]
    a payment received and the reseller's commission invoice are positive; what we paid back and a
    credit note are negative (--amount=-12.50); an adjustment moves what is owed as it is typed;
    --for says whose commissions an invoice is about; --late books a closed month's document
parterre account close YYYY-MM [--despite-warnings] [--even-running] [--reason TEXT] [--json]
    for good: what comes later for it is booked late in the open month
parterre account ceiling AMOUNT|none [--reason TEXT] [--json]
parterre account statement import FILE --period YYYY-MM --document NUMBER [--interface CODE]
                 [--gross AMOUNT] [--commission AMOUNT] [--replaces NUMBER] [--json]
    .csv or .xlsx: a column gross, a ticket or a performance, perhaps a commission; --replaces
    names the statement that this one corrects as a whole
parterre account statement enter --period YYYY-MM --document NUMBER --gross AMOUNT
                 [--commission AMOUNT] [--tickets N] [--interface CODE] [--json]
parterre account statement compare --period YYYY-MM [--look] [--interface CODE] [--json]
    what agrees is cleared, except with --look; what differs is told with its cause
parterre account statement list [--period YYYY-MM] [--json]
parterre account export --period YYYY-MM [--format csv|xlsx] --out FILE [--json]
    for accounting: gross, VAT, commission and net by interface and performance; each document
    everywhere: --account CODE, --organisation CODE, --language fr|en|de|it|es`;

const ACTIONS: Readonly<Record<string, (call: AccountCall) => Promise<number>>> = {
  show: showAccounts,
  enter,
  close,
  ceiling,
  statement,
  export: exportLedger,
};

export const command: CliCommand = {
  name: 'account',
  does: 'pending accounts: what is owed, payments, closings, statements',
  usage,
  run,
};

async function run(args: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: ACCOUNT_OPTIONS,
    allowPositionals: true,
  });
  const [action = 'show', ...rest] = positionals;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined) throw new UsageError(`Say ${Object.keys(ACTIONS).join(', ')}.`);
  const open = await io.open(values);
  try {
    return await act({ io, open, values, rest });
  } finally {
    await open.close();
  }
}

const ENTERED: Readonly<Record<string, EnteredKind>> = {
  payment: 'payment',
  invoice: 'commission_invoice',
  adjustment: 'adjustment',
};

async function enter(call: AccountCall): Promise<number> {
  const { open, values } = call;
  const { services, organisation, reader, author } = open;
  const [word = '', typed = values.amount, ...more] = call.rest;
  const kind = Object.hasOwn(ENTERED, word) ? ENTERED[word] : undefined;
  if (kind === undefined || more.length > 0) {
    throw new UsageError('Say payment, invoice or adjustment, and its amount.');
  }
  const account = await chooseAccount(open, values.account);
  const { currency } = account;
  const amountMinor = readMoney(reader, typed, currency, 'AMOUNT');
  const verbs = {
    payment: enterPayment,
    commission_invoice: enterCommissionInvoice,
    adjustment: enterAdjustment,
  };
  const result = await verbs[kind](services, {
    organisationId: organisation.id,
    accountId: account.id,
    amountMinor,
    document: values.document ?? '',
    day: readDay(reader, values.on ?? localDay(services.clock(), organisation)),
    author,
    reason: values.reason ?? null,
    late: values.late === true,
    ...(values.for === undefined ? {} : { forPeriod: readPeriod(reader, values.for) }),
  });
  if (result.outcome === 'refused') return tellRefusal(call, result, currency);
  tell(
    call,
    result,
    entered(result, { kind, amountMinor, document: values.document ?? '' }, reader),
  );
  return 0;
}

function entered(
  made: EntryMade,
  typed: { kind: EnteredKind; amountMinor: number; document: string },
  reader: Reader,
): string[] {
  const { account, currency, period, late, ceilingCases } = made;
  const { document } = typed;
  if (made.outcome === 'known') return [say(reader, 'account.known', { document })];
  const kind = say(reader, `account.kind_${typed.kind}`);
  const amount = money(typed.amountMinor, currency, reader);
  const balance = money(made.balanceMinor, currency, reader);
  const lines = [say(reader, 'account.entered', { kind, document, amount, account, balance })];
  const booked = made.entries.find((one) => one.kind === 'commission');
  if (booked !== undefined) {
    const params = { booked: money(booked.amountMinor, currency, reader) };
    lines.push(say(reader, 'account.invoice_booked', params));
  }
  if (late) lines.push(say(reader, 'account.entered_late', { period }));
  return [...lines, ...waits(ceilingCases.length, reader)];
}

function waits(cases: number, reader: Reader): string[] {
  return cases === 0 ? [] : [say(reader, 'account.ceiling_waits', { cases })];
}

async function close(call: AccountCall): Promise<number> {
  const { open, values, rest } = call;
  const { services, organisation, reader, author } = open;
  const account = await chooseAccount(open, values.account);
  const result = await closePeriod(services, {
    organisationId: organisation.id,
    accountId: account.id,
    period: readPeriod(reader, rest[0]),
    author,
    reason: values.reason ?? null,
    despiteWarnings: values['despite-warnings'] === true,
    evenRunning: values['even-running'] === true,
  });
  if (result.outcome === 'refused') return tellRefusal(call, result, account.currency);
  const { period } = result;
  const warnings = result.warnings.map((one) => `! ${warning(one, reader)}`);
  const last = {
    closed: () => say(reader, 'account.period_is_closed', { period, account: account.code }),
    known: () => say(reader, 'account.period_known', { period }),
    warned: () => say(reader, 'account.close_anyway'),
  }[result.outcome]();
  tell(call, result, [...warnings, last]);
  return result.outcome === 'warned' ? 1 : 0;
}

function warning(one: CloseWarning, reader: Reader): string {
  if (one.code === 'account.open_cases') return say(reader, one.code, one.params);
  const { interface: code, last } = one.params;
  if (last === null) return say(reader, 'account.integration_none', { interface: code });
  return say(reader, one.code, { interface: code, last: formatInstant(last, reader) });
}

async function ceiling(call: AccountCall): Promise<number> {
  const { open, values } = call;
  const { services, organisation, reader, author } = open;
  const typed = call.rest[0] ?? values.amount;
  const account = await chooseAccount(open, values.account);
  const { currency } = account;
  const result = await setCeiling(services, {
    organisationId: organisation.id,
    accountId: account.id,
    ceilingMinor: typed === 'none' ? null : readMoney(reader, typed, currency, 'AMOUNT'),
    author,
    reason: values.reason ?? null,
  });
  if (result.outcome === 'refused') return tellRefusal(call, result, currency);
  const shown = (minor: number | null) =>
    minor === null ? say(reader, 'account.no_ceiling') : money(minor, currency, reader);
  const told = say(reader, 'account.ceiling_set', {
    account: account.code,
    ceiling: shown(result.ceilingMinor),
    before: shown(result.beforeMinor),
    balance: money(result.balanceMinor, currency, reader),
  });
  tell(call, result, [told, ...waits(result.ceilingCases.length, reader)]);
  return 0;
}
