/** `parterre account export`: a month for the accountants, as CSV or Excel. */
import { open as openFile, rename, rm, writeFile } from 'node:fs/promises';
import type { ExportLine } from '../../exchange/selling/account-export.ts';
import {
  csvHeading,
  csvLines,
  exportAccounts,
  exportWorkbook,
} from '../../exchange/selling/account-export.ts';
import type { AccountCall } from './account-session.ts';
import { chooseAccount, money, readPeriod, tell } from './account-session.ts';
import { say } from './reader.ts';
import { onDisk, UsageError } from './refusal.ts';

/** The file appears whole, under its name, or not at all. */
export async function exportLedger(call: AccountCall): Promise<number> {
  const { open, values } = call;
  const { organisation, reader, services } = open;
  const period = readPeriod(reader, values.period);
  const file = values.out;
  if (file === undefined) throw new UsageError('Say where to: --out FILE.');
  const format = values.format ?? (file.endsWith('.xlsx') ? 'xlsx' : 'csv');
  if (format !== 'csv' && format !== 'xlsx') throw new UsageError('--format is csv or xlsx.');
  const account = values.account === undefined ? null : await chooseAccount(open, values.account);
  const request = {
    organisationId: organisation.id,
    period,
    ...(account === null ? {} : { accountId: account.id }),
  };
  const moved = new Map<string, number>();
  let count = 0;
  const see = (lines: readonly ExportLine[]): void => {
    count += lines.length;
    for (const { amountMinor, currency } of lines) {
      moved.set(currency, (moved.get(currency) ?? 0) + amountMinor);
    }
  };
  const partial = `${file}.part`;
  await onDisk(file, async () => {
    try {
      if (format === 'csv') {
        const handle = await openFile(partial, 'w', 0o600);
        try {
          // The mark by which spreadsheets know the letters.
          await handle.write(`\uFEFF${csvHeading()}`);
          await exportAccounts(services, request, async (lines) => {
            see(lines);
            await handle.write(csvLines(lines));
          });
        } finally {
          await handle.close();
        }
      } else {
        const all: ExportLine[] = [];
        await exportAccounts(services, request, (lines) => {
          see(lines);
          all.push(...lines);
        });
        await writeFile(partial, await exportWorkbook(all), { mode: 0o600 });
      }
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  });
  const sums = Object.fromEntries(moved);
  const amount =
    [...moved].map(([currency, minor]) => money(minor, currency, reader)).join(', ') || '0';
  tell(call, { file, period, lines: count, movedMinor: sums }, [
    say(reader, 'account.exported', { file, lines: count, amount }),
  ]);
  return 0;
}
