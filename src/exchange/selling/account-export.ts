/**
 * A month of every pending account for the accountants: what tickets brought, by interface,
 * performance and rate of VAT, then each document. The amounts add up to what the ledger moved by.
 */
import { stringify } from 'csv-stringify/sync';
import type { Cell, Row } from 'write-excel-file/node';
import { fromMinor, minorDigits } from '../../domain/house/values.ts';
import type { DocumentLine, TicketSums } from '../../store/account-export-store.ts';
import { readDocumentLines, readTicketSums } from '../../store/account-export-store.ts';
import { listAccounts } from '../../store/account-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import type { AccountServices } from '../account/account-services.ts';
import { localDay } from '../account/account-services.ts';

/** Text, or money in minor units; null: an empty cell. */
type Value = string | { minor: number } | null;

export const EXPORT_COLUMNS = [
  'period',
  'account',
  'interface',
  'product',
  'performance',
  'start',
  'kind',
  'document',
  'day',
  'late',
  'vat_rate',
  'gross',
  'vat',
  'commission',
  'commission_vat',
  'net',
  'amount',
  'currency',
] as const;
type ExportColumn = (typeof EXPORT_COLUMNS)[number];

export interface ExportLine {
  values: Readonly<Record<ExportColumn, Value>>;
  amountMinor: number;
  currency: string;
}

export interface ExportRequest {
  organisationId: number;
  /** `YYYY-MM`. */
  period: string;
  /** Only this account. */
  accountId?: number;
}

const PAGE = 1_000;

/** Hands the lines over page by page, in one snapshot; the writer's pace is the export's. */
export function exportAccounts(
  { database }: Pick<AccountServices, 'database'>,
  { accountId, organisationId, period }: ExportRequest,
  write: (lines: readonly ExportLine[]) => Promise<void> | void,
): Promise<void> {
  return database.transaction(
    organisationId,
    async (tx) => {
      const { timeZone } = await readOrganisation(tx);
      for (const account of await listAccounts(tx)) {
        if (accountId !== undefined && account.id !== accountId) continue;
        const of = { period, account: account.code, currency: account.currency };
        const sums = await readTicketSums(tx, account.id, period);
        for (let from = 0; from < sums.length; from += PAGE) {
          await write(sums.slice(from, from + PAGE).map((one) => ticketLine(of, one)));
        }
        await writeDocuments(tx, { ...of, id: account.id, timeZone }, write);
      }
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

interface Of {
  period: string;
  account: string;
  currency: string;
}

async function writeDocuments(
  tx: Tx,
  of: Of & { id: number; timeZone: string },
  write: (lines: readonly ExportLine[]) => Promise<void> | void,
): Promise<void> {
  let afterId = 0;
  for (;;) {
    const page = await readDocumentLines(tx, of.id, of.period, { afterId, limit: PAGE });
    if (page.length > 0) await write(page.map((one) => documentLine(of, one, of.timeZone)));
    afterId = page.at(-1)?.id ?? afterId;
    if (page.length < PAGE) return;
  }
}

function ticketLine(of: Of, sums: TicketSums): ExportLine {
  const { amountMinor, commissionMinor, grossMinor, late } = sums;
  const money = (minor: number) => ({ minor });
  return {
    amountMinor,
    currency: of.currency,
    values: {
      ...of,
      interface: sums.interface,
      product: sums.product,
      performance: sums.performance,
      start: sums.localStart,
      kind: 'tickets',
      document: null,
      day: null,
      late: late ? 'late' : '',
      vat_rate: sums.rateHundredths === null ? null : String(sums.rateHundredths / 100),
      gross: money(grossMinor),
      vat: money(sums.vatMinor),
      commission: money(commissionMinor),
      commission_vat: money(sums.commissionVatMinor),
      net: money(grossMinor - commissionMinor),
      amount: money(amountMinor),
    },
  };
}

/** An invoice takes the place of commission booked before: both lines stand under its number. */
function documentLine(of: Of, line: DocumentLine, timeZone: string): ExportLine {
  const { amountMinor, document, kind, late, operationAt } = line;
  return {
    amountMinor,
    currency: of.currency,
    values: {
      period: of.period,
      account: of.account,
      currency: of.currency,
      interface: line.interface,
      product: null,
      performance: null,
      start: null,
      kind: kind === 'commission' ? 'commission_booked_before' : kind,
      document,
      day: localDay(new Date(operationAt), { timeZone }),
      late: late ? 'late' : '',
      vat_rate: null,
      gross: null,
      vat: null,
      commission: null,
      commission_vat: null,
      net: null,
      amount: { minor: amountMinor },
    },
  };
}

export function csvHeading(): string {
  return stringify([[...EXPORT_COLUMNS]], { delimiter: ';', record_delimiter: 'windows' });
}

/** `;` between cells, a point in amounts; what a spreadsheet would run is written as text. */
export function csvLines(lines: readonly ExportLine[]): string {
  const rows = lines.map(({ currency, values }) =>
    EXPORT_COLUMNS.map((column) => {
      const value = values[column];
      if (value === null) return '';
      if (typeof value === 'string') return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
      return fromMinor(value.minor, minorDigits(currency));
    }),
  );
  return stringify(rows, { delimiter: ';', record_delimiter: 'windows' });
}

/** Texts are cells of text and amounts are numbers: nothing of it is run. */
export async function exportWorkbook(lines: readonly ExportLine[]): Promise<Buffer> {
  const rows: Row[] = lines.map(({ currency, values }) =>
    EXPORT_COLUMNS.map((column): Cell & object => {
      const value = values[column];
      if (value === null || value === '') return { type: String, format: '@' };
      if (typeof value === 'string') return { value, type: String, format: '@' };
      const amount = Number(fromMinor(value.minor, minorDigits(currency)));
      return { value: amount, type: Number, format: '0.00' };
    }),
  );
  const heading: Row = EXPORT_COLUMNS.map((value) => ({ value, fontWeight: 'bold' }));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return await writeExcelFile([heading, ...rows], {
    sheet: 'Ledger',
    columns: EXPORT_COLUMNS.map(() => ({ width: 16 })),
    stickyRowsCount: 1,
  }).toBuffer();
}
