/**
 * The lines of a vocabulary as they are looked up: by our key, by the reseller's value. One shelf
 * for each word and season, and one for the rows of every season.
 */

import type { MappingRow, MappingWord } from './mapping-row.ts';
import { keysOf, parseKey, printKey } from './mapping-text.ts';
import type { PlaceRule } from './place-rule.ts';

export interface Line {
  row: MappingRow;
  key: readonly string[];
  printed: string;
  /** Place among the rows given: the mapping's order. */
  order: number;
}

export interface Shelf {
  byKey: Map<string, Line>;
  byValue: Map<string, Line[]>;
  rules: Map<string, PlaceRule>;
  notOurs: Set<string>;
}

export type SeasonShelves = ReadonlyMap<number | null, Shelf>;

export const EMPTY_SHELF: Shelf = newShelf();
export const NO_SHELVES: SeasonShelves = new Map();
const NO_LINES: readonly Line[] = [];

function newShelf(): Shelf {
  return { byKey: new Map(), byValue: new Map(), rules: new Map(), notOurs: new Set() };
}

export function fillShelves(rows: readonly MappingRow[]): Map<MappingWord, SeasonShelves> {
  const shelves = new Map<MappingWord, Map<number | null, Shelf>>();
  for (const [order, row] of rows.entries()) {
    const seasons = shelves.get(row.word) ?? new Map<number | null, Shelf>();
    shelves.set(row.word, seasons);
    const shelf = seasons.get(row.seasonId) ?? newShelf();
    seasons.set(row.seasonId, shelf);
    if (row.ours === null) for (const value of row.external) shelf.notOurs.add(value);
    else if (row.rule) shelf.rules.set(printKey(trimmed(parseKey(row.ours))), row.rule);
    else putLine(shelf, row, order);
  }
  return shelves;
}

function putLine(shelf: Shelf, row: MappingRow, order: number): void {
  const key = trimmed(parseKey(row.ours ?? ''));
  const line: Line = { row, key, printed: printKey(key), order };
  shelf.byKey.set(line.printed, line);
  for (const value of new Set(row.external)) {
    const others = shelf.byValue.get(value);
    if (others === undefined) shelf.byValue.set(value, [line]);
    else others.push(line);
  }
}

/** An unnamed block is written as its area: `AUDI/Balcon` for `AUDI/Balcon/`. */
export function trimmed(path: readonly string[]): readonly string[] {
  return path.length > 1 && path[path.length - 1] === '' ? path.slice(0, -1) : path;
}

/** The line that counts for the object at `path`: the season first, in it the most specific key. */
export function lineOf(path: readonly string[], season: Shelf, always: Shelf): Line | undefined {
  if (season.byKey.size === 0 && always.byKey.size === 0) return undefined;
  const keys = keysOf(trimmed(path));
  for (const shelf of [season, always]) {
    for (const key of keys) {
      const line = shelf.byKey.get(key);
      if (line !== undefined) return line;
    }
  }
  return undefined;
}

/** Every line that has the value, whether it counts or not. */
export function claimsOf(value: string, season: Shelf, always: Shelf): readonly Line[] {
  const first = season.byValue.get(value);
  const then = always.byValue.get(value);
  if (first === undefined) return then ?? NO_LINES;
  return then === undefined ? first : [...first, ...then];
}
