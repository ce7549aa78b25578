/**
 * The table of a re-seating, as CSV or Excel: a ticket or an old seat in the first column, the new
 * seat in the second. A first line without a seat is a heading.
 */
import { parse } from 'csv-parse/sync';
import type { CellValue } from 'read-excel-file/node';
import type { ReseatLine } from '../../domain/performance/reseating.ts';
import { parseSeat } from '../../domain/seating/seat-text.ts';
import type { LifeProblem } from './life-transaction.ts';

export const TABLE_BYTES_MAX = 10 * 1024 * 1024;

export type ReseatTable = { table: ReseatLine[] } | { faults: LifeProblem[] };

type Row = readonly string[];

/** Every fault at once, with its line as the file counts. */
export async function readReseatTable(bytes: Buffer): Promise<ReseatTable> {
  if (bytes.length > TABLE_BYTES_MAX) {
    const params = { bytes: bytes.length, most: TABLE_BYTES_MAX };
    return { faults: [{ code: 'table_too_large', params }] };
  }
  let rows: readonly { line: number; cells: Row }[];
  try {
    rows = isWorkbook(bytes) ? await readWorkbook(bytes) : readCsv(bytes);
  } catch (error) {
    const reason = (error as Error).message;
    return { faults: [{ code: 'table_unreadable', params: { reason } }] };
  }
  return linesOf(rows);
}

function linesOf(rows: readonly { line: number; cells: Row }[]): ReseatTable {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first, ...rest] = filled;
  const isHeading = first !== undefined && parseSeat(first.cells[1] ?? '') === null;
  const table: ReseatLine[] = [];
  const faults: LifeProblem[] = [];
  for (const { line, cells } of isHeading ? rest : filled) {
    const [source = '', target = '', ...more] = cells;
    const isWhole = source !== '' && target !== '' && more.every((cell) => cell === '');
    if (isWhole) table.push({ line, source, target });
    else faults.push({ code: 'table_columns', params: { line } });
  }
  if (faults.length > 0) return { faults };
  if (table.length === 0) return { faults: [{ code: 'table_empty', params: {} }] };
  return { table };
}

/** A workbook is a zip. */
function isWorkbook(bytes: Buffer): boolean {
  return bytes.subarray(0, 2).toString('latin1') === 'PK';
}

async function readWorkbook(bytes: Buffer): Promise<{ line: number; cells: Row }[]> {
  // Digits as they stand in the file: a ticket's number keeps its zeros and its length.
  const { readSheet } = await import('read-excel-file/node');
  const sheet = await readSheet<{ digits: string }>(bytes, {
    parseNumber: (digits) => ({ digits }),
    trim: true,
  });
  const rows: readonly (CellValue<{ digits: string }> | null)[][] = sheet;
  return rows.map((cells, index) => ({ line: index + 1, cells: cells.map(textOf) }));
}

function textOf(cell: CellValue<{ digits: string }> | null): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object' && 'digits' in cell) return cell.digits;
  return String(cell).trim();
}

/** Semicolons, tabs or commas: whichever the first line has. UTF-8, else the Windows charset. */
function readCsv(bytes: Buffer): { line: number; cells: Row }[] {
  const text = decode(bytes);
  const [head = ''] = text.split('\n', 1);
  const delimiter = [';', '\t', ','].find((one) => head.includes(one)) ?? ';';
  const records = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
