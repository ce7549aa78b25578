/** One list of a house file as CSV: the columns of its sheet, and nothing of the others. */
import { CsvError, parse } from 'csv-parse/sync';
import type { OrganisationLine, SheetName } from '../../domain/house/file.ts';
import { HOUSE_FORMAT } from '../../domain/house/file.ts';
import type { HouseProblem } from '../../domain/house/problem.ts';
import type { Cell, ReadHouse, ReadSheetPlaces } from './read-workbook.ts';
import { fault, locate, readTable } from './read-workbook.ts';

/** A quote that nobody closes must not swallow the rest of the file. */
const LINE_MAX = 100_000;

/** Separated by `;`, commas or tabs, whichever gives it headings; UTF-8, else Windows-1252. */
export function readCsvList(
  bytes: Buffer,
  list: SheetName,
  organisation: OrganisationLine,
): ReadHouse {
  const text = decode(bytes);
  let best: ReadHouse | null = null;
  for (const delimiter of [';', ',', '\t']) {
    const read = readWith(text, delimiter, list, organisation);
    if (best === null || read.problems.length < best.problems.length) best = read;
  }
  return best ?? readWith(text, ';', list, organisation);
}

function readWith(
  text: string,
  delimiter: string,
  list: SheetName,
  organisation: OrganisationLine,
): ReadHouse {
  const problems: HouseProblem[] = [];
  const places = new Map<string, ReadSheetPlaces>();
  const house: Record<string, unknown> = { format: HOUSE_FORMAT, organisation };
  const data = cellsOf(text, delimiter);
  if (data === null) {
    const message = 'The file cannot be cut into columns: a quotation mark is never closed.';
    problems.push(fault(list, message, 'Close it, or double one that is part of a value.'));
  } else {
    const read = readTable(list, list, data, problems);
    places.set(list, read.places);
    house[list] = read.lines;
    if (read.places.letters.size === 0) {
      const cure = 'The first line has the headings, as docs/house-file.md lists them.';
      problems.push(fault(list, 'No heading of this list was found.', cure));
    }
  }
  return { house, locate: (place) => locate(places, place), problems };
}

function cellsOf(text: string, delimiter: string): Cell[][] | null {
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      max_record_size: LINE_MAX,
    });
    return rows.map((row) => row.map((cell) => (cell.trim() === '' ? null : cell.trim())));
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
