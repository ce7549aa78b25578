/** What a reseller's value turns out to mean, and how a claim is weighed. */

import { keyNames, printKey } from './mapping-text.ts';
import type { Line, Shelf } from './shelf.ts';
import { claimsOf, lineOf, trimmed } from './shelf.ts';

export interface Found {
  /** The code without its parents. */
  found: string;
  /** The key of the row that decided; for a row or seat by rule, the rule's key. */
  key: string;
  /** The whole path, as the candidate gave it. */
  path: readonly string[];
  /** Index in `candidates`; -1 where none were given. */
  candidate: number;
}
export interface NotOurs {
  notOurs: true;
}
export interface Missing {
  missing: true;
  /** Keys that the value is mapped to, none of which can be meant here. */
  elsewhere: readonly string[];
}
export interface Ambiguous {
  /** The full keys of all that the value may mean: at least two. */
  ambiguous: string[];
}
export type Resolution = Found | NotOurs | Missing | Ambiguous;

export const NOT_OURS: NotOurs = Object.freeze({ notOurs: true });
export const MISSING: Missing = Object.freeze({ missing: true, elsewhere: Object.freeze([]) });

/** The candidate whose row that counts has the value. */
export function resolveAmong(
  value: string,
  candidates: readonly (readonly string[])[],
  season: Shelf,
  always: Shelf,
): Resolution {
  const claims = claimsOf(value, season, always);
  let found: Found | undefined;
  let decided: Line | undefined;
  const others: string[] = [];
  for (let index = 0; claims.length > 0 && index < candidates.length; index += 1) {
    const path = candidates[index] ?? [];
    const line = claimFor(claims, trimmed(path), season, always);
    if (line === undefined) continue;
    if (found === undefined) {
      decided = line;
      found = { found: trimmed(path).at(-1) ?? '', key: line.printed, path, candidate: index };
    } else if (!samePath(trimmed(found.path), trimmed(path))) {
      if (others.length === 0) others.push(printKey(trimmed(found.path)));
      others.push(printKey(trimmed(path)));
    }
  }
  // A season's row beats one of every season, also when it says that the value is not ours.
  if (decided?.row.seasonId === null && season.notOurs.has(value)) return NOT_OURS;
  if (others.length > 0) return { ambiguous: others };
  if (found !== undefined) return found;
  if (season.notOurs.has(value) || always.notOurs.has(value)) return NOT_OURS;
  if (claims.length === 0) return MISSING;
  return { missing: true, elsewhere: claims.map((line) => line.printed) };
}

function claimFor(
  claims: readonly Line[],
  path: readonly string[],
  season: Shelf,
  always: Shelf,
): Line | undefined {
  if (!claims.some((line) => keyNames(line.key, path))) return undefined;
  // Only the row that counts for it, if it is one of the claims, is right.
  const counts = lineOf(path, season, always);
  return counts !== undefined && claims.includes(counts) ? counts : undefined;
}

function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && keyNames(a, b);
}

/** Without candidates: every key that has the value is one, under the parents where given. */
export function resolveFreely(
  value: string,
  parents: readonly string[],
  season: Shelf,
  always: Shelf,
): Resolution {
  const paths: (readonly string[])[] = [];
  for (const { key } of claimsOf(value, season, always)) {
    const path = parents.length > 0 ? [...parents, key.at(-1) ?? ''] : key;
    if (!keyNames(key, path) || paths.some((other) => keyNames(path, other))) continue;
    // `OccCont/FNAC_P` says which `FNAC_P` is meant.
    const generic = paths.findIndex((other) => keyNames(other, path));
    if (generic >= 0) paths[generic] = path;
    else paths.push(path);
  }
  const answer = resolveAmong(value, paths, season, always);
  return 'found' in answer ? { ...answer, candidate: -1 } : answer;
}
