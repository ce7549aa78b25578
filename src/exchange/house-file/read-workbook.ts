/** A workbook as the object that a JSON house file would be, and where each value stands in it. */
import type { SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import type { HouseProblem, Place } from '../../domain/house/problem.ts';
import { assertSmallWorkbook } from '../workbook-size.ts';
import { readCell } from './workbook-cells.ts';
import type { SheetColumn } from './workbook-columns.ts';
import { WORKBOOK } from './workbook-columns.ts';
import { keyOfHeading, sheetOfTitle } from './workbook-titles.ts';

/** A cell that the workbook holds as a number, in the digits of its file. */
export interface NumberCell {
  digits: string;
}

export type Cell = string | boolean | NumberCell | Date | null;

export interface ReadHouse {
  house: unknown;
  /** Where a place of the house stands in the file that was read. */
  locate(place: Place): string;
  problems: HouseProblem[];
}

export interface ReadSheetPlaces {
  title: string;
  /** Row of the workbook, from 1, of each line. */
  rows: number[];
  letters: Map<string, string>;
}

/** Reads a workbook; sheets whose title begins with `#` are notes of a person's. */
export async function readWorkbook(bytes: Buffer): Promise<ReadHouse> {
  const problems: HouseProblem[] = [];
  const places = new Map<string, ReadSheetPlaces>();
  const house: Record<string, unknown> = { format: HOUSE_FORMAT };
  let sheets: { sheet: string; data: unknown[][] }[];
  try {
    await assertSmallWorkbook(bytes);
    const parseNumber = (digits: string): NumberCell => ({ digits });
    const { default: readSheets } = await import('read-excel-file/node');
    sheets = await readSheets<NumberCell>(bytes, { trim: true, parseNumber });
  } catch {
    const message = 'This is not a workbook (.xlsx) that can be read.';
    problems.push(fault(null, message, 'Save it anew as .xlsx, or give a .json file.'));
    return { house, locate: () => '', problems };
  }
  for (const { sheet: title, data } of sheets) {
    if (title.startsWith('#')) continue;
    const name = sheetOfTitle(title);
    if (name === null) {
      const cure = 'Call it as docs/house-file.md does, or begin its title with # for notes.';
      problems.push(fault(title, `The sheet ${title} is not a part of a house file.`, cure));
      continue;
    }
    if (places.has(name)) {
      const cure = 'Join the two sheets.';
      problems.push(fault(title, `The sheet ${title} comes twice.`, cure));
      continue;
    }
    const read = readTable(title, name, data as Cell[][], problems);
    places.set(name, read.places);
    house[name] = name === 'organisation' ? read.lines[0] : read.lines;
  }
  return { house, locate: (place) => locate(places, place), problems };
}

export function fault(key: string | null, message: string, cure: string): HouseProblem {
  return { sheet: 'file', line: null, key, code: 'house.workbook', message, cure };
}

interface HeadingCell {
  column: SheetColumn;
  index: number;
}

/** The lines of one table, whose first row has the headings; faults are added to `problems`. */
export function readTable(
  title: string,
  name: SheetName | 'organisation',
  data: readonly Cell[][],
  problems: HouseProblem[],
): { lines: object[]; places: ReadSheetPlaces } {
  const places: ReadSheetPlaces = { title, rows: [], letters: new Map() };
  const headAt = data.findIndex((row) => row.some((cell) => cell !== null));
  const headings = readHeadings(title, name, data[headAt] ?? [], headAt + 1, problems);
  for (const { column, index } of headings) places.letters.set(column.key, letterOf(index));
  const lines: object[] = [];
  for (let index = headAt + 1; index < data.length; index += 1) {
    const row = data[index] ?? [];
    if (headAt < 0 || row.every((cell) => cell === null || cell === '')) continue;
    const line: Record<string, unknown> = {};
    for (const heading of headings) {
      const value = readCell(heading.column.kind, row[heading.index] ?? null);
      if (value !== undefined) put(line, heading.column.key, value);
    }
    lines.push(line);
    places.rows.push(index + 1);
  }
  return { lines, places };
}

function readHeadings(
  title: string,
  name: SheetName | 'organisation',
  row: readonly Cell[],
  rowNumber: number,
  problems: HouseProblem[],
): HeadingCell[] {
  const known = WORKBOOK.get(name) ?? [];
  const headings: HeadingCell[] = [];
  row.forEach((cell, index) => {
    if (cell === null || cell === '') return;
    const text = typeof cell === 'string' ? cell.trim() : '';
    const at = `${title}!${letterOf(index)}${rowNumber}`;
    const column = columnOf(text, known);
    if (column === null) {
      const cure = 'Call it as docs/house-file.md does, or remove the column.';
      problems.push(fault(at, `There is no column "${text}" on this sheet.`, cure));
    } else if (headings.some((one) => one.column.key === column.key)) {
      problems.push(fault(at, `The column "${text}" comes twice.`, 'Remove one of the two.'));
    } else headings.push({ column, index });
  });
  return headings;
}

function columnOf(heading: string, known: readonly SheetColumn[]): SheetColumn | null {
  const [, group = '', field = ''] = /^(\w+)\.(.+)$/.exec(heading) ?? [];
  const open = known.find(({ key, kind }) => kind === 'settings' && key === group.toLowerCase());
  if (open !== undefined) return { key: `${open.key}.${field}`, kind: 'settings' };
  const named = known.filter(({ kind }) => kind !== 'settings');
  const key = keyOfHeading(
    heading,
    named.map((column) => column.key),
  );
  return named.find((column) => column.key === key) ?? null;
}

function put(line: Record<string, unknown>, key: string, value: unknown): void {
  const [first = '', ...rest] = key.split('.');
  if (rest.length === 0) {
    line[first] = value;
    return;
  }
  const inner = (line[first] ?? {}) as Record<string, unknown>;
  // A setting's name may have dots of its own.
  inner[rest.join('.')] = value;
  line[first] = inner;
}

/** 0 → A, 26 → AA. */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Sheet and cell of a place of the house. */
export function locate(places: ReadonlyMap<string, ReadSheetPlaces>, place: Place): string {
  if (place.sheet === 'file') return place.key ?? '';
  const sheet = places.get(place.sheet);
  if (sheet === undefined) return place.sheet;
  const row = sheet.rows[place.line ?? 0];
  if (row === undefined) return sheet.title;
  const [group] = place.key?.split('.') ?? [];
  const letter = sheet.letters.get(place.key ?? '') ?? sheet.letters.get(group ?? '');
  return letter === undefined ? `${sheet.title}, row ${row}` : `${sheet.title}!${letter}${row}`;
}
