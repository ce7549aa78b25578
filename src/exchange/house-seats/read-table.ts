/**
 * A table as text: a CSV of a box office's (`;`, `,` or tabs; UTF-8, else Windows-1252) or the
 * first sheet of a workbook. Every row keeps the number that a person sees beside it.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { CellValue } from 'read-excel-file/node';
import { assertSmallWorkbook } from '../workbook-size.ts';

export const TABLE_BYTES_MAX = 32 * 1024 * 1024;
/** Characters of one line: a quote that nobody closes must not swallow the rest of the file. */
const LINE_MAX = 100_000;
/** Rows in which the headings are looked for: people put a title above. */
const HEADING_ROWS = 10;

export interface TableRow {
  /** As an editor or a spreadsheet counts, from 1. */
  line: number;
  cells: readonly string[];
}

export interface Table {
  /** Index of each column by its name. */
  columns: ReadonlyMap<string, number>;
  /** What follows the headings, without empty rows. */
  rows: readonly TableRow[];
}

export interface TableFault {
  line: number | null;
  message: string;
  cure: string;
}

/** The column that a heading names; null: none that is read. */
export type ColumnOf = (heading: string) => string | null;

interface TableForm {
  columnOf: ColumnOf;
  /** Columns without which a row is not the headings. */
  needed: readonly string[];
}

/** A workbook is known by its first bytes (a zip archive), whatever the file is called. */
export async function readTable(bytes: Buffer, form: TableForm): Promise<Table | TableFault> {
  if (bytes.length > TABLE_BYTES_MAX) {
    const message = `The file has more than ${TABLE_BYTES_MAX / 1024 / 1024} MB.`;
    return { line: null, message, cure: 'Cut it into several files.' };
  }
  return bytes.subarray(0, 2).toString('latin1') === 'PK'
    ? readWorkbook(bytes, form)
    : readCsv(bytes, form);
}

function readCsv(bytes: Buffer, form: TableForm): Table | TableFault {
  const text = decode(bytes);
  let fault: TableFault | null = null;
  for (const delimiter of [';', ',', '\t']) {
    const head = parseCsv(text, delimiter, HEADING_ROWS);
    if ('message' in head) fault ??= head;
    else if (findHeadings(head, form) !== null) {
      const rows = parseCsv(text, delimiter);
      return 'message' in rows ? rows : cut(rows, form);
    }
  }
  return fault ?? noHeadings(form);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function parseCsv(text: string, delimiter: string, toLine = -1): TableRow[] | TableFault {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: LINE_MAX,
      ...(toLine > 0 ? { to_line: toLine } : {}),
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.trim()),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as unknown as { lines?: number };
    return {
      line: typeof lines === 'number' ? lines : null,
      message: 'The file cannot be cut into columns: a quotation mark is never closed.',
      cure: 'Close it, or double a quotation mark that is part of a value.',
    };
  }
}

/** A cell that the workbook holds as a number, in the digits of its file. */
interface NumberCell {
  digits: string;
}

async function readWorkbook(bytes: Buffer, form: TableForm): Promise<Table | TableFault> {
  try {
    await assertSmallWorkbook(bytes);
    const parseNumber = (digits: string): NumberCell => ({ digits });
    const { readSheet } = await import('read-excel-file/node');
    const sheet = await readSheet<NumberCell>(bytes, { parseNumber, trim: true });
    const rows = sheet.map((cells, index) => ({
      line: index + 1,
      cells: cells.map((cell) => textOf(cell)),
    }));
    return cut(rows, form);
  } catch {
    const message = 'This is not a workbook (.xlsx) that can be read.';
    return { line: null, message, cure: 'Save it anew as .xlsx, or as .csv.' };
  }
}

function textOf(cell: CellValue<NumberCell> | null): string {
  if (cell === null) return '';
  if (!(cell instanceof Date)) {
    return typeof cell === 'object' ? (cell as NumberCell).digits : String(cell).trim();
  }
  const instant = cell.toISOString().slice(0, 16);
  return instant.endsWith('T00:00') ? instant.slice(0, 10) : instant;
}

function cut(rows: readonly TableRow[], form: TableForm): Table | TableFault {
  const found = findHeadings(rows, form);
  if (found === null) return noHeadings(form);
  const filled = rows.slice(found.index + 1).filter(({ cells }) => cells.some((cell) => cell));
  return { columns: found.columns, rows: filled };
}

function findHeadings(
  rows: readonly TableRow[],
  { columnOf, needed }: TableForm,
): { index: number; columns: Map<string, number> } | null {
  for (const [index, { cells }] of rows.slice(0, HEADING_ROWS).entries()) {
    const columns = new Map<string, number>();
    for (const [position, cell] of cells.entries()) {
      const column = columnOf(cell);
      if (column !== null && !columns.has(column)) columns.set(column, position);
    }
    if (needed.every((column) => columns.has(column))) return { index, columns };
  }
  return null;
}

function noHeadings({ needed }: TableForm): TableFault {
  return {
    line: null,
    message: `No line has the headings ${needed.join(', ')}.`,
    cure: 'Give each column its heading, separated by ; or , or tabs.',
  };
}
