import type { Problem } from '../../../domain/order/problem.ts';
import { ChannelError } from '../../contract/errors.ts';
import type { Cells } from '../../contract/files/cells.ts';
import { blanked, splitCells } from '../../contract/files/cells.ts';
import type { FileLine } from '../../contract/files/lines.ts';
import type { CsvField, DictionaryName, TicketCells } from './columns.ts';
import {
  CODE,
  COLUMN_COUNT,
  COLUMNS,
  DICTIONARIES,
  fieldOf,
  mayBeShown,
  SEPARATOR,
} from './columns.ts';

/** What a line is; `kept` is the line as it may be stored. */
export type TableLine = { kept: string } & (
  | { kind: 'ticket'; cells: TicketCells }
  | { kind: 'faulty'; problem: Problem }
  /** A dictionary's, a heading, a blank one: nothing about a ticket. */
  | { kind: 'other' }
);

const NAMES = Object.keys(DICTIONARIES) as DictionaryName[];

/** Reads the lines of one file, in their order. */
export class CsvTable {
  readonly #file: string;
  readonly #codes = new Map<DictionaryName, Set<string>>();
  /** The dictionary that the lines belong to; null behind the last. */
  #current: DictionaryName | null = null;
  /** Columns of the first ticket's line: a line with more of them holds a stray separator. */
  #width: number | null = null;
  #begun = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** Whether anything but blank lines came. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The dictionaries that the file does not have, once its tickets have come. */
  missingDictionaries(): DictionaryName[] {
    return this.#width === null ? [] : NAMES.filter((name) => !this.#codes.has(name));
  }

  /** Throws a ChannelError where the file begins with something else than a dictionary. */
  read(line: FileLine): TableLine {
    if (line.fault !== null) {
      this.#begin(line, null);
      const kept = line.bytes > line.text.length ? `· ${line.bytes}` : '';
      return { kind: 'faulty', problem: line.fault, kept };
    }
    if (/^[\s;]*$/.test(line.text)) return { kind: 'other', kept: line.text };
    const cells = splitCells(line.text, SEPARATOR);
    this.#begin(line, cells);
    if (cells === null) {
      const problem: Problem = { code: 'external.line_quote', params: {} };
      return { kind: 'faulty', problem, kept: blankedCells(line.text.split(SEPARATOR)) };
    }
    if (this.#isOfDictionary(cells)) return { kind: 'other', kept: keptDictionary(cells) };
    return this.#ticket(cells);
  }

  /** Why a code of a ticket cannot be what it should; null where it is listed, or none are. */
  unlisted(cells: TicketCells): Problem | null {
    for (const dictionary of NAMES) {
      const value = cells[DICTIONARIES[dictionary]].trim();
      const codes = this.#codes.get(dictionary);
      if (value === '' || codes === undefined || codes.has(value)) continue;
      const shown = mayBeShown(DICTIONARIES[dictionary], value) ? value : '';
      return { code: 'external.code_not_listed', params: { value: shown, dictionary } };
    }
    return null;
  }

  #begin(line: FileLine, cells: Cells | null): void {
    if (this.#begun) return;
    if (nameOf(cells?.values[0]) === null) {
      const detail = `${line.number}: “${NAMES[0]}” ?`;
      const params = { file: this.#file, detail };
      throw new ChannelError('external.file_format', `${this.#file}: ${detail}`, {
        params,
        sent: false,
      });
    }
    this.#begun = true;
  }

  /** A label begins a dictionary; a line of it has a label and a code, and nothing else. */
  #isOfDictionary({ values }: Cells): boolean {
    const [first = '', label = '', code = '', ...rest] = values.map((value) => value.trim());
    const name = nameOf(first);
    if (name !== null) {
      this.#current = name;
      if (!this.#codes.has(name)) this.#codes.set(name, new Set());
      return true;
    }
    if (this.#current === null || first !== '' || label === '' || code === '') return false;
    if (rest.some((value) => value !== '')) return false;
    this.#codes.get(this.#current)?.add(code);
    return true;
  }

  #ticket(cells: Cells): TableLine {
    this.#current = null;
    const { values, raw } = cells;
    // Every sale has a date and a price: without a digit a line is a heading.
    if (!values.some((value) => /\d/.test(value))) {
      return { kind: 'other', kept: blankedCells(raw) };
    }
    const found = values.length;
    const expected = this.#width ?? COLUMN_COUNT;
    const tooMany = this.#width !== null && values.slice(this.#width).some((value) => value !== '');
    if (found < COLUMN_COUNT || tooMany) {
      const problem: Problem = { code: 'external.line_columns', params: { found, expected } };
      return { kind: 'faulty', problem, kept: blankedCells(raw) };
    }
    this.#width ??= found;
    const ticket = Object.fromEntries(
      Object.entries(COLUMNS).map(([field, column]) => [field, values[column] ?? '']),
    ) as Record<CsvField, string>;
    return { kind: 'ticket', cells: ticket, kept: this.#keptCells(cells) };
  }

  /** A code that the file explains is no name that has slipped into its column. */
  #keptCells({ values, raw }: Cells): string {
    return raw
      .map((cell, column) => {
        const field = fieldOf(column);
        if (field === undefined) return blanked(cell);
        const value = (values[column] ?? '').trim();
        return mayBeShown(field, value) || this.#isListed(field, value) ? cell : blanked(cell);
      })
      .join(SEPARATOR);
  }

  #isListed(field: CsvField, value: string): boolean {
    const dictionary = NAMES.find((name) => DICTIONARIES[name] === field);
    if (dictionary === undefined || !CODE.test(value)) return false;
    return this.#codes.get(dictionary)?.has(value) ?? false;
  }
}

function nameOf(cell: string | undefined): DictionaryName | null {
  const plain = plainly(cell ?? '');
  return NAMES.find((name) => plainly(name) === plain) ?? null;
}

/** Without accents, letter case and double spaces: a spreadsheet or a person may add them. */
function plainly(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Label and code of a dictionary's line; the code tells that it is one. */
function keptDictionary({ values, raw }: Cells): string {
  const isOne = nameOf(values[0]) !== null || CODE.test((values[2] ?? '').trim());
  return raw.map((cell, column) => (isOne && column < 3 ? cell : blanked(cell))).join(SEPARATOR);
}

function blankedCells(raw: readonly string[]): string {
  return raw.map(blanked).join(SEPARATOR);
}
