/**
 * One e-mail with an Excel to a reseller, of what only it can put right. Its cases stay open; they
 * leave the list when the reseller's own message settles them. Nothing of a buyer's is in it.
 */
import type { Cell, Row } from 'write-excel-file/node';
import type { Message } from '../../domain/order/message.ts';
import type { Problem } from '../../domain/order/problem.ts';
import { formatStart } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { describeLine } from '../../runs/remedies.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface, readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { readAskedNames, readReported, writeReport } from '../../store/report-store.ts';
import type { SheetColumn } from './report-texts.ts';
import { askOf, REPORT_TEXTS, SHEET_COLUMNS } from './report-texts.ts';
import type { CaseServices } from './way-context.ts';

export type ReportItem = Readonly<Record<SheetColumn, string>> & {
  /** The case's id, or the ticket's whose name is asked. */
  id: number;
  kind: 'case' | 'name';
};

export interface Report {
  outcome: 'made';
  id: number;
  /** People of the interface who have an address. */
  to: readonly { name: string; mail: string }[];
  subject: string;
  text: string;
  /** The same list as an Excel file (.xlsx). */
  file: Buffer;
  items: readonly ReportItem[];
}

export interface ReportRequest {
  organisationId: number;
  interfaceId: number;
  author: string;
  language: TextLanguage;
  timeZone: string;
  /** Makes the letter of this report again, of what still waits of it; nothing is marked. */
  again?: number;
}

/** Makes a report of what is on the list and in no report yet, and marks it as sent. */
export async function makeReport(
  services: CaseServices,
  request: ReportRequest,
): Promise<Report | { outcome: 'empty' }> {
  const { database, ids, clock } = services;
  const { organisationId, interfaceId, author, language } = request;
  const made = await database.transaction(organisationId, async (tx) => {
    const record = await findInterface(tx, interfaceId);
    if (record === null) throw new Error(`There is no interface ${interfaceId}.`);
    const { again = null } = request;
    const cases = await readReported(tx, interfaceId, again);
    const names = await readAskedNames(tx, interfaceId, again);
    const items = [
      ...cases.map((one) => itemOf('case', one, one.problems, record, request)),
      ...names.map((one) => {
        const problem: Problem = { code: 'names.missing', params: { ticket: one.ticket } };
        return itemOf('name', one, [problem], record, request);
      }),
    ];
    if (items.length === 0) return null;
    const house = (await readOrganisation(tx)).name;
    if (again !== null) return { id: again, record, items, house };
    const [id, journalId] = await ids.take(2, tx);
    const at = clock();
    await writeReport(tx, {
      id: id as number,
      interfaceId,
      at,
      author,
      caseIds: cases.map((one) => one.id),
      ticketIds: names.map((one) => one.id),
    });
    const after = { cases: cases.length, names: names.length };
    const subject = `interface ${record.code}`;
    const entry = { id: journalId as number, at, author, action: 'report.made', subject, after };
    await writeJournal(tx, [{ ...entry, reason: null }]);
    return { id: id as number, record, items, house };
  });
  if (made === null) return { outcome: 'empty' };
  const { id, record, items, house } = made;
  return {
    outcome: 'made',
    id,
    to: record.people.flatMap(({ name, mail }) => (mail ? [{ name, mail }] : [])),
    subject: subjectOf(items, house, language),
    text: letterOf(items, house, language),
    file: await sheetOf(items, language),
    items,
  };
}

interface Subject {
  id: number;
  ticket: string;
  product: string | null;
  start: string | null;
  message: Message | null;
}

function itemOf(
  kind: ReportItem['kind'],
  { id, ticket, product, start, message }: Subject,
  problems: readonly Problem[],
  record: Pick<InterfaceRecord, 'code' | 'reseller' | 'people'>,
  { language, timeZone }: ReportRequest,
): ReportItem {
  const context = {
    language,
    timeZone,
    interface: record.code,
    reseller: record.reseller,
    people: record.people,
    number: null,
  };
  const titles = problems.map(({ code, params }) => {
    const keys = { ticket, product: product ?? message?.product ?? null };
    return describeLine({ code, params, keys }, context).title;
  });
  const when = start ?? message?.start ?? '';
  const place = [message?.block, message?.row, message?.seat].filter(Boolean).join(' / ');
  return {
    kind,
    id,
    what: titles.join(' '),
    ticket,
    order: message?.order ?? '',
    performance: `${product ?? message?.product ?? ''} ${formatStart(when, { language })}`.trim(),
    seat: place,
    ask: REPORT_TEXTS[language].asks[askOf(problems.map(({ code }) => code))],
  };
}

function subjectOf(items: readonly ReportItem[], house: string, language: TextLanguage): string {
  return REPORT_TEXTS[language].subject
    .replace('{count}', String(items.length))
    .replace('{house}', () => house);
}

function letterOf(items: readonly ReportItem[], house: string, language: TextLanguage): string {
  const texts = REPORT_TEXTS[language];
  const { columns } = texts;
  const entries = items.map((item, index) => {
    const facts = (['order', 'performance', 'seat'] as const).flatMap((column) =>
      item[column] === '' ? [] : [`${columns[column]}: ${item[column]}`],
    );
    const head = `${index + 1}. ${texts.ticket} ${item.ticket}: ${item.what}`;
    return [head, `   ${facts.join(', ')}`, `   → ${item.ask}`].join('\n');
  });
  const { greeting, intro, attached, goodbye } = texts;
  return [greeting, intro, ...entries, attached, `${goodbye}\n${house}`].join('\n\n');
}

const WIDTHS: Readonly<Record<SheetColumn, number>> = {
  what: 60,
  ticket: 18,
  order: 18,
  performance: 32,
  seat: 20,
  ask: 60,
};

/** Bytes of the sheet: every cell is text, and none can become a formula where it is copied to. */
async function sheetOf(items: readonly ReportItem[], language: TextLanguage): Promise<Buffer> {
  const { columns } = REPORT_TEXTS[language];
  const heading = (column: SheetColumn): Cell => ({
    ...text(columns[column]),
    fontWeight: 'bold',
  });
  const rows: Row[] = [SHEET_COLUMNS.map(heading)];
  for (const item of items) {
    rows.push(SHEET_COLUMNS.map((column) => text(withoutFormula(item[column]))));
  }
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return await writeExcelFile(rows, {
    sheet: 'Parterre',
    columns: SHEET_COLUMNS.map((column) => ({ width: WIDTHS[column] })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function text(value: string): Cell & object {
  return value === '' ? { type: String, format: '@' } : { value, type: String, format: '@' };
}

/** A text that a spreadsheet would run begins with a quote instead. */
export function withoutFormula(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
