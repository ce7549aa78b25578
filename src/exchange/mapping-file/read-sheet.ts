/** Reads a sheet of mappings: every line as it is meant, every fault with its sheet row. */
import type { CellValue } from 'read-excel-file/node';
import type { MappingWord } from '../../domain/mapping/mapping-row.ts';
import { RULE_EXTERNAL } from '../../domain/mapping/mapping-row.ts';
import { parseAlternatives } from '../../domain/mapping/mapping-text.ts';
import type { PlaceRule } from '../../domain/mapping/place-rule.ts';
import { NO_RULE } from '../../domain/mapping/place-rule.ts';
import { assertSmallWorkbook } from '../workbook-size.ts';
import type { SheetColumn } from './headings.ts';
import {
  columnOfHeading,
  readWord,
  readYesOrNo,
  SHEET_COLUMNS,
  saysEverySeason,
} from './headings.ts';

export const SHEET_FAULTS = [
  'sheet.unreadable',
  'sheet.too_large',
  'sheet.no_heading',
  'sheet.heading_twice',
  'sheet.not_text',
  'sheet.word_unknown',
  'sheet.season_unknown',
  'sheet.yes_or_no',
  'sheet.rule_unreadable',
  'sheet.id_unreadable',
  'sheet.id_twice',
] as const;
export type SheetFaultCode = (typeof SHEET_FAULTS)[number];

export interface SheetFault {
  /** As the spreadsheet counts: its first row is 1. Null: the file as a whole. */
  row: number | null;
  column: SheetColumn | null;
  code: SheetFaultCode;
  params: Record<string, string | number | null>;
}

export interface SheetLine {
  row: number;
  id: number | null;
  word: MappingWord;
  /** '' for every season. */
  season: string;
  ours: string | null;
  external: readonly string[];
  notOurs: boolean;
  rule: PlaceRule | null;
}

export interface ReadSheet {
  /** Lines without a fault of their own. */
  lines: readonly SheetLine[];
  faults: readonly SheetFault[];
}

export const SHEET_BYTES_MAX = 10 * 1024 * 1024;
/** Rows in which the headings are looked for: people put a title above. */
const HEADING_ROWS = 10;

/** A cell that the spreadsheet holds as a number, in the digits of its file. */
interface NumberCell {
  digits: string;
}
type Cells = (CellValue<NumberCell> | null)[];
type Columns = ReadonlyMap<SheetColumn, number>;

/** A file that cannot be read is a fault like any other. `seasons` are the codes of the house. */
export async function readMappingSheet(
  file: Buffer,
  seasons: readonly string[],
): Promise<ReadSheet> {
  if (file.length > SHEET_BYTES_MAX) {
    return refused('sheet.too_large', { bytes: file.length, most: SHEET_BYTES_MAX });
  }
  let sheet: Cells[];
  try {
    await assertSmallWorkbook(file);
    const { readSheet } = await import('read-excel-file/node');
    sheet = await readSheet<NumberCell>(file, {
      parseNumber: (digits) => ({ digits }),
      trim: false,
    });
  } catch (error) {
    return refused('sheet.unreadable', { reason: (error as Error).message });
  }
  return readRows(sheet, seasons);
}

function refused(code: SheetFaultCode, params: SheetFault['params']): ReadSheet {
  return { lines: [], faults: [{ row: null, column: null, code, params }] };
}

function readRows(sheet: readonly Cells[], seasons: readonly string[]): ReadSheet {
  const heading = findHeading(sheet);
  if ('faults' in heading) return { lines: [], faults: heading.faults };
  const faults: SheetFault[] = [];
  const lines: SheetLine[] = [];
  const ids = new Map<number, number>();
  for (const [index, cells] of sheet.entries()) {
    if (index <= heading.index) continue;
    const row = index + 1;
    const reader = createRowReader(row, cells, heading.columns);
    if (reader.isEmpty()) continue;
    const line = readLine(row, reader, seasons);
    if (line !== null && line.id !== null) {
      const other = ids.get(line.id);
      if (other !== undefined) reader.report('id', 'sheet.id_twice', { row: other });
      ids.set(line.id, row);
    }
    faults.push(...reader.faults);
    if (line !== null && reader.faults.length === 0) lines.push(line);
  }
  return { lines, faults };
}

function findHeading(
  sheet: readonly Cells[],
): { index: number; columns: Columns } | { faults: SheetFault[] } {
  for (const [index, cells] of sheet.slice(0, HEADING_ROWS).entries()) {
    const columns = new Map<SheetColumn, number>();
    for (const [position, cell] of cells.entries()) {
      const column = typeof cell === 'string' ? columnOfHeading(cell) : undefined;
      if (column === undefined) continue;
      if (columns.has(column)) {
        const params = { heading: String(cell) };
        return { faults: [{ row: index + 1, column, code: 'sheet.heading_twice', params }] };
      }
      columns.set(column, position);
    }
    if (columns.has('word') && columns.has('ours') && columns.has('external')) {
      return { index, columns };
    }
  }
  return { faults: refused('sheet.no_heading', { rows: HEADING_ROWS }).faults.slice() };
}

interface RowReader {
  faults: SheetFault[];
  isEmpty(): boolean;
  /** The cell's text without spaces at its ends; '' where empty or at fault. */
  text(column: SheetColumn): string;
  report(column: SheetColumn, code: SheetFaultCode, params?: SheetFault['params']): void;
}

function createRowReader(row: number, cells: Cells, columns: Columns): RowReader {
  const faults: SheetFault[] = [];
  const cellOf = (column: SheetColumn) => cells[columns.get(column) ?? -1] ?? null;
  const report: RowReader['report'] = (column, code, params = {}) => {
    faults.push({ row, column, code, params });
  };
  return {
    faults,
    report,
    // A name alone is no line: people keep notes there.
    isEmpty: () =>
      SHEET_COLUMNS.every((column) => {
        const cell = cellOf(column);
        return column === 'name' || cell === null || shownText(cell).trim() === '';
      }),
    text(column) {
      const cell = cellOf(column);
      if (cell === null) return '';
      if (typeof cell === 'string') return cell.trim();
      const shown = shownText(cell);
      if (typeof cell === 'boolean' && column === 'notOurs') return shown;
      // A whole number is what was typed, if without its leading zeros. A date, a truth value, a
      // fraction or a number rounded to fifteen digits is something else by now.
      if (/^\d{1,15}$/.test(shown) || column === 'name') return shown;
      report(column, 'sheet.not_text', { value: shown });
      return '';
    },
  };
}

function shownText(cell: NonNullable<Cells[number]>): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'object' ? (cell as NumberCell).digits : String(cell);
}

function readLine(row: number, reader: RowReader, seasons: readonly string[]): SheetLine | null {
  const wordText = reader.text('word');
  const word = readWord(wordText);
  if (word === undefined) reader.report('word', 'sheet.word_unknown', { value: wordText });
  const season = readSeason(reader, seasons);
  const notOursText = reader.text('notOurs');
  const notOurs = readYesOrNo(notOursText);
  if (notOurs === null) reader.report('notOurs', 'sheet.yes_or_no', { value: notOursText });
  const rule = readRule(reader);
  const id = readId(reader);
  const ours = reader.text('ours');
  const externalText = reader.text('external');
  const external = parseAlternatives(externalText).map((value) => value.trim());
  if (word === undefined || notOurs === null) return null;
  return {
    row,
    id,
    word,
    season,
    ours: ours === '' && notOurs ? null : ours,
    external: rule !== null && externalText === '' ? RULE_EXTERNAL : external,
    notOurs,
    rule,
  };
}

function readSeason(reader: RowReader, seasons: readonly string[]): string {
  const text = reader.text('season');
  if (seasons.includes(text)) return text;
  if (!saysEverySeason(text)) reader.report('season', 'sheet.season_unknown', { value: text });
  return '';
}

function readId(reader: RowReader): number | null {
  const text = reader.text('id');
  if (text === '') return null;
  const id = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(id)) return id;
  reader.report('id', 'sheet.id_unreadable', { value: text });
  return null;
}

function readRule(reader: RowReader): PlaceRule | null {
  const text = reader.text('rule');
  if (text === '') return null;
  try {
    const said: unknown = JSON.parse(text);
    const known = Object.keys(NO_RULE);
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) {
      if (Object.keys(said).every((field) => known.includes(field))) {
        return { ...NO_RULE, ...said };
      }
    }
  } catch {
    // Told below, like a rule that is no object.
  }
  reader.report('rule', 'sheet.rule_unreadable', { value: text });
  return null;
}
