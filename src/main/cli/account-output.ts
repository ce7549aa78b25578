/** `parterre account show`: the accounts of the house on a terminal and as JSON. */
import type { AccountView, PeriodDetail } from '../../exchange/account/read-account.ts';
import { readAccounts } from '../../exchange/account/read-account.ts';
import { formatInstant } from '../../runs/format-params.ts';
import type { LateEntry } from '../../store/ledger-store.ts';
import type { AccountCall } from './account-session.ts';
import { money, readPeriod, tell } from './account-session.ts';
import type { Reader } from './reader.ts';
import { dayOf, say } from './reader.ts';
import { Refusal, UsageError } from './refusal.ts';
import { inColumns } from './run-output.ts';
import type { CliTextKey } from './texts/cli-texts.ts';

export async function showAccounts(call: AccountCall): Promise<number> {
  const { open, values, rest } = call;
  const { services, organisation, reader } = open;
  const all = await readAccounts(services, {
    organisationId: organisation.id,
    check: values.check === true,
    ...(values.period === undefined ? {} : { period: readPeriod(reader, values.period) }),
  });
  const code = rest[0] ?? values.account;
  const found = all.filter((one) => code === undefined || one.code === code);
  if (all.length === 0) throw new Refusal(say(reader, 'account.none'));
  if (found.length === 0) {
    const codes = all.map((one) => one.code).join(', ');
    throw new UsageError(say(reader, 'account.unknown', { code: code ?? '', codes }));
  }
  tell(
    call,
    found,
    found.flatMap((one, index) => [...(index > 0 ? [''] : []), ...printAccount(one, reader)]),
  );
  return found.some((one) => one.ledgerMinor !== null && one.ledgerMinor !== one.balanceMinor)
    ? 1
    : 0;
}

function printAccount(view: AccountView, reader: Reader): string[] {
  const { currency } = view;
  const shown = (minor: number) => money(minor, currency, reader);
  return [
    printBalance(view, reader),
    ...printCheck(view, reader),
    ...view.interfaces.flatMap((one) => printInterface(one, reader)),
    `  ${printClosed(view, reader)}`,
    ...printWaiting(view, reader),
    ...printPeriods(view, reader),
    ...(view.detail === null ? [] : ['', ...printDetail(view.detail, shown, reader)]),
  ];
}

function printBalance(view: AccountView, reader: Reader): string {
  const { code: account, contact, currency, ceilingMinor } = view;
  const balance = money(view.balanceMinor, currency, reader);
  if (ceilingMinor === null) return say(reader, 'account.balance', { account, contact, balance });
  const ceiling = money(ceilingMinor, currency, reader);
  const percent = view.filledPercent ?? 100;
  const params = { account, contact, balance, ceiling, percent };
  return say(reader, 'account.balance_of_ceiling', params);
}

function printCheck(view: AccountView, reader: Reader): string[] {
  const { ledgerMinor, balanceMinor, currency } = view;
  if (ledgerMinor === null) return [];
  const ledger = money(ledgerMinor, currency, reader);
  if (ledgerMinor === balanceMinor) return [`  ${say(reader, 'account.checked', { ledger })}`];
  const balance = money(balanceMinor, currency, reader);
  return [`✗ ${say(reader, 'account.check_failed', { ledger, balance })}`];
}

function printInterface(one: AccountView['interfaces'][number], reader: Reader): string[] {
  const { code, reseller, lastIntegratedAt: last, openedAt } = one;
  const names = { interface: code, reseller };
  const told =
    last === null
      ? say(reader, 'account.interface_never', names)
      : say(reader, 'account.interface', { ...names, last: formatInstant(last, reader) });
  if (openedAt === null) return [`  ${told}`];
  return [
    `  ${told}`,
    `    ${say(reader, 'account.opened_at', { at: formatInstant(openedAt, reader) })}`,
  ];
}

function printClosed({ closed }: AccountView, reader: Reader): string {
  const last = closed.at(-1);
  if (last === undefined) return say(reader, 'account.all_open');
  const { period, closedBy: by, closedAt } = last;
  return say(reader, 'account.closed_through', { period, by, day: dayOf(closedAt, reader) });
}

function printWaiting({ waiting, currency }: AccountView, reader: Reader): string[] {
  const cases = waiting.reduce((sum, one) => sum + one.cases, 0);
  if (cases === 0) return [];
  const sum = waiting.reduce((total, one) => total + one.amountMinor, 0);
  const params = { cases, amount: money(sum, currency, reader) };
  return [`  ${say(reader, 'account.waiting', params)}`];
}

function printPeriods({ periods, currency }: AccountView, reader: Reader): string[] {
  if (periods.length === 0) return [];
  const shown = (minor: number) => money(minor, currency, reader);
  const rows = periods.map((one) => [
    one.closed ? `${one.period} ■` : one.period,
    ...[
      one.grossMinor,
      one.commissionMinor,
      one.netMinor,
      one.invoicedMinor,
      one.paidMinor,
      one.adjustedMinor,
      one.balanceMinor,
    ].map(shown),
  ]);
  const table = [say(reader, 'account.columns').split('|'), ...rows];
  // Amounts stand under each other by their last digit.
  const widths = (table[0] ?? []).map((_, at) =>
    Math.max(...table.map((row) => row[at]?.length ?? 0)),
  );
  const aligned = table.map((row) =>
    row.map((cell, at) => (at === 0 ? cell : cell.padStart(widths[at] ?? 0))),
  );
  return ['', ...inColumns(aligned)];
}

function printDetail(
  detail: PeriodDetail,
  shown: (minor: number) => string,
  reader: Reader,
): string[] {
  const { period, late } = detail;
  const lines = [
    say(reader, 'account.sold', {
      period,
      sales: shown(detail.salesMinor),
      refunds: shown(detail.refundsMinor),
      gross: shown(detail.grossMinor),
    }),
  ];
  for (const { rateHundredths, grossMinor, vatMinor } of detail.vat) {
    const rate = new Intl.NumberFormat(reader.language).format(rateHundredths / 100);
    const params = { rate, vat: shown(vatMinor), gross: shown(grossMinor) };
    lines.push(`  ${say(reader, 'account.vat', params)}`);
  }
  lines.push(
    say(reader, 'account.net', {
      commission: shown(detail.commissionMinor),
      vat: shown(detail.commissionVatMinor),
      net: shown(detail.netMinor),
    }),
  );
  if (late.entries > 0) {
    const params = { entries: late.entries, amount: shown(late.amountMinor) };
    lines.push(say(reader, 'account.late', params));
  }
  return [...lines, ...printLateEntries(detail.lateEntries, shown, reader)];
}

/** Late entries with the instant of their operation. */
export function printLateEntries(
  entries: readonly LateEntry[],
  shown: (minor: number) => string,
  reader: Reader,
): string[] {
  return inColumns(
    entries.map((one) => [
      '',
      formatInstant(one.operationAt, reader),
      say(reader, `account.kind_${one.kind}` as Extract<CliTextKey, 'account.kind_sale'>),
      shown(one.amountMinor),
      one.ticket ?? one.document ?? '',
      one.performance ?? '',
    ]),
  );
}
