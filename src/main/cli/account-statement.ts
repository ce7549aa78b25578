/** `parterre account statement`: the reseller's statements against our ledger. */
import { readFile } from 'node:fs/promises';
import type { Money } from '../../domain/money/compare-statement.ts';
import type { ComparedStatement } from '../../exchange/account/compare-statement.ts';
import { compareStatement } from '../../exchange/account/compare-statement.ts';
import type { StatementRequest, StatementResult } from '../../exchange/account/enter-statement.ts';
import { enterStatement } from '../../exchange/account/enter-statement.ts';
import type { StatementFault } from '../../exchange/account/import-statement.ts';
import { importStatement } from '../../exchange/account/import-statement.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { listStatements } from '../../store/statement-store.ts';
import { printLateEntries } from './account-output.ts';
import type { AccountCall } from './account-session.ts';
import { money, readMoney, readPeriod, tell, tellRefusal } from './account-session.ts';
import { chooseInterface } from './command.ts';
import { dayOf, say, sayLoosely } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';

const ACTIONS: Readonly<Record<string, (call: AccountCall) => Promise<number>>> = {
  import: importFile,
  enter: enterTotals,
  compare,
  list,
};

export async function statement(call: AccountCall): Promise<number> {
  const [action = '', ...rest] = call.rest;
  const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (act === undefined) throw new UsageError(`Say ${Object.keys(ACTIONS).join(', ')}.`);
  return await act({ ...call, rest });
}

type Totals = NonNullable<StatementRequest['totals']>;

function typedTotals({ values, open }: AccountCall, currency: string): Totals {
  const { reader } = open;
  const { gross, commission, tickets } = values;
  const totals: Totals = {};
  if (gross !== undefined) totals.grossMinor = readMoney(reader, gross, currency, '--gross');
  if (commission !== undefined) {
    totals.commissionMinor = readMoney(reader, commission, currency, '--commission');
  }
  if (tickets !== undefined) {
    if (!/^\d{1,9}$/.test(tickets)) throw new UsageError('--tickets is a number of tickets.');
    totals.tickets = Number(tickets);
  }
  return totals;
}

function requestOf(call: AccountCall, record: InterfaceRecord): Omit<StatementRequest, 'lines'> {
  const { open, values } = call;
  return {
    organisationId: open.organisation.id,
    interfaceId: record.id,
    period: readPeriod(open.reader, values.period),
    document: values.document ?? '',
    replaces: values.replaces ?? null,
    author: open.author,
    totals: typedTotals(call, record.currency),
  };
}

async function importFile(call: AccountCall): Promise<number> {
  const { open, values, rest } = call;
  const [name] = rest;
  if (name === undefined) throw new UsageError('Say which file.');
  const record = await chooseInterface(open, values.interface);
  const request = requestOf(call, record);
  const file = await onDisk(name, () => readFile(name));
  const result = await importStatement(open.services, { ...request, file });
  if (result.outcome === 'faulty') return tellFaults(call, result.faults);
  return tellKept(call, record, result);
}

async function enterTotals(call: AccountCall): Promise<number> {
  const { open, values } = call;
  if (values.gross === undefined) throw new UsageError('--gross AMOUNT is missing.');
  const record = await chooseInterface(open, values.interface);
  const request = { ...requestOf(call, record), lines: [] };
  return tellKept(call, record, await enterStatement(open.services, request));
}

function tellFaults(call: AccountCall, faults: readonly StatementFault[]): number {
  const { io, open, values } = call;
  const { reader } = open;
  const told = faults.map(({ line, code, params }) => {
    const fault = sayLoosely(reader, code, params);
    return { line, code, message: fault };
  });
  if (values.json) io.out(JSON.stringify({ outcome: 'faulty', faults: told }));
  else {
    for (const { line, message } of told) {
      io.err(line === null ? message : say(reader, 'account.file_line', { line, fault: message }));
    }
    io.err(say(reader, 'account.nothing_kept'));
  }
  return 1;
}

function tellKept(call: AccountCall, record: InterfaceRecord, result: StatementResult): number {
  const { open, values } = call;
  const { reader } = open;
  const { currency } = record;
  if (result.outcome === 'refused') return tellRefusal(call, result, currency);
  const document = values.document ?? '';
  const line =
    result.outcome === 'known'
      ? say(reader, 'account.known', { document })
      : say(reader, 'account.statement_kept', {
          document,
          period: values.period ?? '',
          lines: result.lines,
          gross: money(result.grossMinor, currency, reader),
          commission: money(result.commissionMinor, currency, reader),
        });
  tell(call, result, [line]);
  return 0;
}

async function list(call: AccountCall): Promise<number> {
  const { open, values } = call;
  const { reader, services, organisation } = open;
  const period = values.period === undefined ? null : readPeriod(reader, values.period);
  const interfaceId =
    values.interface === undefined ? null : (await chooseInterface(open, values.interface)).id;
  const found = await services.database.transaction(organisation.id, (tx) =>
    listStatements(tx, { interfaceId, period }),
  );
  const lines = found.map((one) =>
    say(reader, 'account.statement_line', {
      period: one.period,
      document: one.document,
      gross: money(one.grossMinor, one.currency, reader),
      commission: money(one.commissionMinor, one.currency, reader),
      cleared: one.cleared,
      lines: one.lines,
      author: one.author,
      day: dayOf(one.enteredAt, reader),
    }),
  );
  if (found.length === 0)
    lines.push(
      period === null
        ? say(reader, 'account.statement_none_ever')
        : say(reader, 'account.statement_none', { period }),
    );
  tell(call, found, lines);
  return 0;
}

async function compare(call: AccountCall): Promise<number> {
  const { open, values } = call;
  const { reader, services, organisation } = open;
  const record = await chooseInterface(open, values.interface);
  const period = readPeriod(reader, values.period);
  const result = await compareStatement(services, {
    organisationId: organisation.id,
    interfaceId: record.id,
    period,
    clear: values.look !== true,
  });
  if (result.outcome === 'nothing') {
    tell(call, result, [say(reader, 'account.statement_none', { period })]);
    return 1;
  }
  tell(call, result, printCompared(call, result));
  return result.differences.length > 0 ? 1 : 0;
}

function printCompared({ open }: AccountCall, result: ComparedStatement): string[] {
  const { reader } = open;
  const { period, currency, differences, lateEntries } = result;
  const shown = (minor: number) => money(minor, currency, reader);
  const side = (
    key: 'account.side_ours' | 'account.side_theirs',
    sums: ComparedStatement['ours'],
  ) =>
    say(reader, key, {
      gross: shown(sums.grossMinor),
      commission: shown(sums.commissionMinor),
      net: shown(sums.grossMinor - sums.commissionMinor),
      tickets: sums.tickets,
    });
  const lines = [
    side('account.side_ours', result.ours),
    side('account.side_theirs', result.theirs),
  ];
  const count = differences.length;
  if (count === 0) lines.push(say(reader, 'account.agrees', { period }));
  else lines.push(say(reader, 'account.differences', { count }));
  const pair = (one: Money | null) =>
    one === null ? '–' : `${shown(one.grossMinor)} / ${shown(one.commissionMinor)}`;
  for (const one of differences) {
    const cause = say(reader, `account.cause_${one.cause}`, { period: one.bookedIn ?? '' });
    const params = { what: whatOf(one), ours: pair(one.ours), theirs: pair(one.theirs), cause };
    lines.push(`  ${say(reader, 'account.difference', params)}`);
  }
  const { newlyCleared: cleared, openLines } = result;
  lines.push(say(reader, 'account.cleared', { cleared, open: openLines }));
  if (lateEntries.length > 0) {
    const amount = shown(lateEntries.reduce((sum, one) => sum + one.amountMinor, 0));
    lines.push(say(reader, 'account.late', { entries: lateEntries.length, amount }));
  }
  return [...lines, ...printLateEntries(lateEntries, shown, reader)];

  function whatOf(one: ComparedStatement['differences'][number]): string {
    if (one.by === 'total') return say(reader, 'account.whole');
    if (one.ticket === null) return one.performance ?? say(reader, 'account.passes');
    const ticket = say(reader, 'account.ticket', { ticket: one.ticket });
    return one.performance === null ? ticket : `${ticket} ${one.performance}`;
  }
}
