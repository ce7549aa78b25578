/**
 * The house as it will be: the stored rows with the file's changes on top. Nothing is written
 * until the whole file proved sound; then the differences are read off and written at once.
 */

import { HOUSE_TABLES, TABLE_NAMES } from './house-tables.ts';
import type { HouseTables, TableName } from './rows.ts';

interface Entry<R> {
  before: R | null;
  after: R | null;
}

export interface RowUpdate<R> {
  row: R;
  before: R;
  changed: (keyof R & string)[];
}

export interface TableChanges<R> {
  inserts: R[];
  updates: RowUpdate<R>[];
  removals: R[];
}

export class DraftTable<R extends object> {
  readonly #key: readonly (keyof R & string)[];
  readonly #entries = new Map<string, Entry<R>>();
  readonly #byId = new Map<number, Entry<R>>();

  constructor(key: readonly (keyof R & string)[], rows: readonly R[]) {
    this.#key = key;
    for (const row of rows) this.#set({ before: row, after: row }, row);
  }

  /** The living row of a natural key, its parts in the order of HOUSE_TABLES. */
  find(...key: readonly unknown[]): R | null {
    return this.#entries.get(joinKey(key))?.after ?? null;
  }

  /** The living row with the same natural key as these values. */
  like(values: { [K in keyof R]?: R[K] | undefined }): R | null {
    return this.find(...this.#key.map((column) => values[column]));
  }

  byId(id: number | null): R | null {
    return id === null ? null : (this.#byId.get(id)?.after ?? null);
  }

  /** The stored row behind a living one; null where it is new. */
  stored(row: R): R | null {
    return this.#entries.get(this.#keyOf(row))?.before ?? null;
  }

  all(): R[] {
    const rows: R[] = [];
    for (const entry of this.#entries.values()) if (entry.after !== null) rows.push(entry.after);
    return rows;
  }

  /**
   * Brings `values` to the row of their key, and `create` what a new row has besides. Undefined
   * values leave what is stored. Key columns cannot change.
   */
  put(values: { [K in keyof R]?: R[K] | undefined }, create: () => R): R {
    const key = joinKey(this.#key.map((column) => values[column]));
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const row = assign(create(), values);
      this.#set({ before: null, after: row }, row);
      return row;
    }
    const base = entry.after ?? entry.before ?? create();
    // Most lines of a file say what is stored already: such a row is left as it is.
    entry.after = says(base, values) ? base : assign({ ...base }, values);
    return entry.after;
  }

  remove(row: R): void {
    const entry = this.#entries.get(this.#keyOf(row));
    if (entry !== undefined) entry.after = null;
  }

  changes(): TableChanges<R> {
    const changes: TableChanges<R> = { inserts: [], updates: [], removals: [] };
    for (const { before, after } of this.#entries.values()) {
      if (before === null && after !== null) changes.inserts.push(after);
      else if (before !== null && after === null) changes.removals.push(before);
      else if (before !== null && after !== null && before !== after) {
        const changed = changedColumns(before, after);
        if (changed.length > 0) changes.updates.push({ row: after, before, changed });
      }
    }
    return changes;
  }

  #set(entry: Entry<R>, row: R): void {
    this.#entries.set(this.#keyOf(row), entry);
    if ('id' in row) this.#byId.set(row.id as number, entry);
  }

  #keyOf(row: R): string {
    return joinKey(this.#key.map((column) => row[column]));
  }
}

export type Draft = { readonly [T in TableName]: DraftTable<HouseTables[T]> } & {
  /** An id for a row that does not exist yet: below zero, replaced when it is written. */
  newId(): number;
};

export type StoredRows = { readonly [T in TableName]?: readonly HouseTables[T][] };

export function createDraft(stored: StoredRows): Draft {
  let last = 0;
  const tables = Object.fromEntries(
    TABLE_NAMES.map((name) => {
      const key = HOUSE_TABLES[name].key as readonly never[];
      return [name, new DraftTable<object>(key, stored[name] ?? [])];
    }),
  );
  const newId = () => {
    last -= 1;
    return last;
  };
  return { ...tables, newId } as unknown as Draft;
}

export type HouseChanges = { [T in TableName]: TableChanges<HouseTables[T]> };

export function changesOf(draft: Draft): HouseChanges {
  return Object.fromEntries(
    TABLE_NAMES.map((name) => [name, draft[name].changes()]),
  ) as unknown as HouseChanges;
}

function joinKey(parts: readonly unknown[]): string {
  let key = '';
  for (const part of parts) {
    key += Array.isArray(part) ? part.join('\u0001') : String(part ?? '\u0002');
    key += '\u0000';
  }
  return key;
}

/** Whether a row has all values that are given; undefined ones are not. */
function says<R extends object>(row: R, values: { [K in keyof R]?: R[K] | undefined }): boolean {
  for (const column in values) {
    const value = values[column];
    if (value !== undefined && !same(row[column], value)) return false;
  }
  return true;
}

function assign<R extends object>(row: R, values: { [K in keyof R]?: R[K] | undefined }): R {
  for (const column in values) {
    const value = values[column];
    if (value !== undefined) row[column] = value as R[typeof column];
  }
  return row;
}

function changedColumns<R extends object>(before: R, after: R): (keyof R & string)[] {
  const columns = Object.keys(after) as (keyof R & string)[];
  return columns.filter((column) => !same(before[column], after[column]));
}

/** Equality of column values; JSON objects are equal whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') {
    // A position on the plan is stored in four bytes; counts and money are whole numbers.
    return Math.fround(a) === Math.fround(b) && !Number.isInteger(a) && !Number.isInteger(b);
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  );
}
