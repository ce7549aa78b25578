/** One cell, both ways: as a person types it, and as a house file says it. */
import type { Cell, NumberCell } from './read-workbook.ts';
import type { CellKind } from './workbook-columns.ts';

const YES = new Set(['true', 'vrai', 'oui', 'yes', 'ja', 'x', '1', 'supprimer', 'remove']);
const NO = new Set(['false', 'faux', 'non', 'no', 'nein', '0']);

/** `-` empties a value; two quotes are the empty text. */
const NOTHING = '-';
const EMPTY_TEXT = '""';

/** Undefined: the cell says nothing. What cannot be read stays text, so that it is reported. */
export function readCell(kind: CellKind, cell: Cell): unknown {
  if (cell === null || cell === '') return undefined;
  if (typeof cell === 'string') {
    if (cell === NOTHING) return null;
    if (cell === EMPTY_TEXT) return '';
  }
  switch (kind) {
    case 'flag':
      return readFlag(cell);
    case 'number':
      return readNumber(cell);
    case 'amount':
      return textOf(cell).replace(',', '.');
    case 'list':
      return textOf(cell)
        .split(/[,;\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'people':
      return textOf(cell).split('\n').filter(Boolean).map(readPerson);
    case 'settings':
      return isNumber(cell) ? Number(cell.digits) : cell instanceof Date ? textOf(cell) : cell;
    case 'day':
    case 'time':
    case 'local_time':
    case 'instant':
      return readTime(kind, cell);
    case 'text':
      return textOf(cell);
  }
}

function isNumber(cell: Cell): cell is NumberCell {
  return typeof cell === 'object' && cell !== null && 'digits' in cell;
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (isNumber(cell)) return plainDigits(cell.digits);
  if (cell instanceof Date) return cell.toISOString().slice(0, 16);
  return String(cell);
}

/** Workbooks keep 1.80 as 1.8 and 0.1 + 0.2 as 0.30000000000000004. */
function plainDigits(digits: string): string {
  return String(Number(Number(digits).toPrecision(12)));
}

function readFlag(cell: Cell): unknown {
  const text = textOf(cell).trim().toLowerCase();
  if (YES.has(text)) return true;
  return NO.has(text) ? false : textOf(cell);
}

function readNumber(cell: Cell): unknown {
  const text = textOf(cell).replace(',', '.');
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? textOf(cell) : value;
}

const DAY_FIRST = /^(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T]+(\d{1,2})[:h](\d\d))?$/;

function readTime(kind: 'day' | 'time' | 'local_time' | 'instant', cell: Cell): string {
  if (cell instanceof Date) return fromDate(kind, cell);
  if (isNumber(cell) && kind === 'time') return fromFraction(Number(cell.digits));
  const text = textOf(cell).trim();
  const [, day = '', month = '', year = '', hour, minute] = DAY_FIRST.exec(text) ?? [];
  if (year !== '') {
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}`;
  }
  if (kind === 'time') return text.replace('h', ':').padStart(5, '0');
  return text.replace(/^(\d{4}-\d\d-\d\d) +(\d\d:\d\d)/, '$1T$2');
}

function fromDate(kind: 'day' | 'time' | 'local_time' | 'instant', cell: Date): string {
  const text = new Date(Math.round(cell.getTime() / 60_000) * 60_000).toISOString();
  if (kind === 'day') return text.slice(0, 10);
  if (kind === 'time') return text.slice(11, 16);
  // A date without an hour is a day: its first moment in the venue's zone.
  const midnight = text.slice(11, 16) === '00:00';
  return kind === 'instant' && midnight ? text.slice(0, 10) : text.slice(0, 16);
}

/** A workbook keeps an hour as a part of a day. */
function fromFraction(part: number): string {
  const minutes = Math.round((part % 1) * 1440);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function readPerson(text: string): object {
  const [name = '', mail = '', phone = ''] = text.split(';').map((part) => part.trim());
  return { name, ...(mail === '' ? {} : { mail }), ...(phone === '' ? {} : { phone }) };
}

type WrittenCell = { value: string | number | boolean; type: StringConstructor } | object | null;

export function writeCell(kind: CellKind, value: unknown): WrittenCell {
  if (value === undefined) return null;
  if (value === null) return { value: NOTHING, type: String };
  if (value === '') return { value: EMPTY_TEXT, type: String };
  if (kind === 'flag' || typeof value === 'boolean')
    return { value: Boolean(value), type: Boolean };
  if (kind === 'amount') return { value: Number(value), type: Number, format: '0.00##' };
  if (typeof value === 'number') return { value, type: Number };
  if (kind === 'people')
    return { value: (value as Person[]).map(writePerson).join('\n'), type: String };
  if (Array.isArray(value)) {
    // An empty list is said, not left away: it takes away what was there.
    return value.length === 0 ? null : { value: value.join(', '), type: String };
  }
  return { value: String(value), type: String };
}

interface Person {
  name: string;
  mail?: string;
  phone?: string;
}

function writePerson({ name, mail = '', phone = '' }: Person): string {
  return [name, mail, phone].join('; ').replace(/(; )+$/, '');
}
