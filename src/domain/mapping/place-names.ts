/**
 * Rows and seats: a line of its own, else the rule of its block, else the reseller writes as we
 * do. Seats are many and stay in the database, so their names are turned, never looked up.
 */

import { keyNames, keysOf, printKey } from './mapping-text.ts';
import type { PlaceRule } from './place-rule.ts';
import { placeToOurs, placeToTheirs } from './place-rule.ts';
import type { Resolution } from './resolution.ts';
import { resolveFreely } from './resolution.ts';
import type { Shelf } from './shelf.ts';
import { claimsOf, lineOf, trimmed } from './shelf.ts';

export type PlaceWord = 'row' | 'seat';

/** A rule with this key serves every block without a rule of its own. */
export const EVERY_BLOCK = '*';

/** Stands for a row that the caller does not know: no code has it, no line is met by it. */
const UNKNOWN_ROW = '\u0000';

/** Layout, area, block: an unnamed block has the empty code (`Away/Loges//B/64`). */
function blockPath(block: readonly string[]): readonly string[] {
  return block.length === 2 ? [...block, ''] : block;
}

export interface PlaceParts {
  layout: string | null;
  area: string | null;
  block: string | null;
  row: string | null;
  /** null for a row. */
  number: string | null;
}

/** What the key of a row or a seat names, from its end on. */
export function partsOfKey(word: PlaceWord, key: readonly string[]): PlaceParts {
  const from = (end: number) => key[key.length - end] ?? null;
  const row = word === 'row' ? 1 : 2;
  return {
    layout: from(row + 3),
    area: from(row + 2),
    block: from(row + 1),
    row: from(row),
    number: word === 'row' ? null : from(1),
  };
}

/** The parents of a row or a seat. */
export function placeParents(
  word: PlaceWord,
  block: readonly string[],
  row: string | null,
): readonly string[] {
  const path = blockPath(block);
  return word === 'row' ? path : [...path, row ?? UNKNOWN_ROW];
}

function ruleOf(
  word: PlaceWord,
  parents: readonly string[],
  season: Shelf,
  always: Shelf,
): { rule: PlaceRule; key: string } | undefined {
  if (season.rules.size === 0 && always.rules.size === 0) return undefined;
  const block = trimmed(word === 'row' ? parents : parents.slice(0, -1));
  const keys = block.length > 0 ? [...keysOf(block), EVERY_BLOCK] : [EVERY_BLOCK];
  for (const shelf of [season, always]) {
    for (const key of keys) {
      const rule = shelf.rules.get(key);
      if (rule !== undefined) return { rule, key };
    }
  }
  return undefined;
}

/** The reseller's row or seat as ours. Missing: no place of ours can have this name there. */
export function resolvePlace(
  word: PlaceWord,
  value: string,
  parents: readonly string[],
  season: Shelf,
  always: Shelf,
): Resolution {
  const line = resolveFreely(value, parents, season, always);
  if (!('missing' in line)) return line;
  const byRule = ruleOf(word, parents, season, always);
  const ours = byRule === undefined ? value : placeToOurs(value, byRule.rule);
  if (ours === null) return line;
  const path = [...parents, ours];
  // A place with a line of its own has no other name.
  if (lineOf(path, season, always) !== undefined) return line;
  return { found: ours, key: byRule?.key ?? printKey([ours]), path, candidate: -1 };
}

/** Our row or seat in the reseller's words; null: another place has that name by a line. */
export function placeTheirs(
  word: PlaceWord,
  parents: readonly string[],
  ours: string,
  season: Shelf,
  always: Shelf,
): string | null {
  const line = lineOf([...parents, ours], season, always);
  if (line !== undefined) return line.row.external[0] ?? null;
  const byRule = ruleOf(word, parents, season, always);
  const value = byRule === undefined ? ours : placeToTheirs(ours, byRule.rule);
  const claimed = claimsOf(value, season, always).some((claim) => {
    const other = [...parents, claim.key.at(-1) ?? ''];
    return keyNames(claim.key, other) && lineOf(other, season, always) === claim;
  });
  return claimed ? null : value;
}
