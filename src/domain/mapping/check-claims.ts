/**
 * No two of ours may have one value where a message could mean either. Claims are compared by the
 * objects that rows reach, not by their text: a generic key reaches many, and a row that another
 * beats reaches none.
 */

import type { CheckContext, ReportFault } from './check-mappings.ts';
import type { MappingRow, MappingWord } from './mapping-row.ts';
import { keyNames, printKey } from './mapping-text.ts';
import type { MappableObject } from './objects.ts';
import type { Line, SeasonShelves } from './shelf.ts';
import { EMPTY_SHELF, fillShelves, lineOf } from './shelf.ts';

export interface ClaimsInput {
  rows: readonly MappingRow[];
  context: CheckContext;
  changed: (row: number) => boolean;
  report: ReportFault;
}

interface Claim {
  key: string;
  row: number;
}

export function checkClaims(input: ClaimsInput): void {
  const shelves = fillShelves(input.rows);
  const objects = new Map<MappingWord, MappableObject[]>();
  for (const object of input.context.objects) {
    if (object.refusal !== null) continue;
    const others = objects.get(object.word);
    if (others === undefined) objects.set(object.word, [object]);
    else others.push(object);
  }
  for (const [word, seasons] of shelves) {
    checkNotOurs(input, word, seasons);
    if (word === 'row' || word === 'seat') continue;
    const reported = new Set<string>();
    for (const seasonId of contextsOf(seasons, objects.get(word) ?? [])) {
      checkSeason(input, seasons, seasonId, objects.get(word) ?? [], reported);
    }
  }
}

/** Seasons whose claims may differ; null stands for all those without rows of their own. */
function contextsOf(
  seasons: SeasonShelves,
  objects: readonly MappableObject[],
): Set<number | null> {
  return new Set([null, ...seasons.keys(), ...objects.map((object) => object.seasonId)]);
}

function checkSeason(
  input: ClaimsInput,
  seasons: SeasonShelves,
  seasonId: number | null,
  objects: readonly MappableObject[],
  reported: Set<string>,
): void {
  const season = (seasonId === null ? undefined : seasons.get(seasonId)) ?? EMPTY_SHELF;
  const always = seasons.get(null) ?? EMPTY_SHELF;
  const claims = new Map<string, Claim>();
  for (const object of objects) {
    // An object of another season cannot be meant by a message of this one.
    if (object.seasonId !== null && object.seasonId !== seasonId) continue;
    const line = lineOf(object.path, season, always);
    if (line === undefined) continue;
    for (const value of new Set(line.row.external)) {
      const claim = { key: object.key, row: line.order };
      const scoped = `${object.scope}\n${value}`;
      const other = claims.get(scoped);
      if (other === undefined) claims.set(scoped, claim);
      else if (other.key !== claim.key) tell(input, value, other, claim, reported);
    }
  }
}

function tell(
  input: ClaimsInput,
  value: string,
  first: Claim,
  second: Claim,
  reported: Set<string>,
): void {
  const [claim, other] = input.changed(second.row) ? [second, first] : [first, second];
  if (!input.changed(claim.row)) return;
  const once = `${value}\n${claim.key}\n${other.key}`;
  if (reported.has(once)) return;
  reported.add(once);
  const params = { value, ours: claim.key, other: other.key, other_row: other.row };
  input.report(claim.row, 'external', 'mapping.value_claimed', params);
}

/** Within a season a value is ours or not ours, and not ours but once. */
function checkNotOurs(input: ClaimsInput, word: MappingWord, seasons: SeasonShelves): void {
  const first = new Map<string, number>();
  for (const [index, row] of input.rows.entries()) {
    if (row.word !== word || row.ours !== null) continue;
    for (const value of new Set(row.external)) {
      const twin = first.get(`${row.seasonId}\n${value}`);
      if (twin === undefined) first.set(`${row.seasonId}\n${value}`, index);
      else if (input.changed(index) || input.changed(twin)) {
        const at = input.changed(index) ? index : twin;
        input.report(at, 'external', 'mapping.value_twice', { value });
      }
      for (const line of seasons.get(row.seasonId)?.byValue.get(value) ?? []) {
        const at = input.changed(index) ? index : line.order;
        if (!input.changed(at)) continue;
        const params = { value, other: line.printed, other_row: at === index ? line.order : index };
        input.report(at, 'external', 'mapping.value_also_not_ours', params);
      }
    }
  }
}

/**
 * Rows and seats are not in the catalogue: their lines are compared with one another, wherever one
 * block could have both.
 */
export function checkPlaceClaims(input: ClaimsInput, word: 'row' | 'seat'): void {
  const seasons = fillShelves(input.rows.filter((row) => row.word === word)).get(word);
  if (seasons === undefined) return;
  // Orders count within the filtered rows; the rows themselves lead back to the given ones.
  const indexes = new Map(input.rows.map((row, index) => [row, index]));
  const always = seasons.get(null) ?? EMPTY_SHELF;
  const reported = new Set<string>();
  for (const seasonId of seasons.keys()) {
    const season = seasonId === null ? EMPTY_SHELF : (seasons.get(seasonId) ?? EMPTY_SHELF);
    for (const value of new Set([...season.byValue.keys(), ...always.byValue.keys()])) {
      const lines = [...(season.byValue.get(value) ?? []), ...(always.byValue.get(value) ?? [])];
      for (const [one, other] of pairs(lines)) {
        if (!collide(one, other, (path) => lineOf(path, season, always))) continue;
        const claim = (line: Line) => ({ key: line.printed, row: indexes.get(line.row) ?? 0 });
        tell(input, value, claim(one), claim(other), reported);
      }
    }
  }
}

function* pairs<T>(items: readonly T[]): Generator<[T, T]> {
  for (const [index, one] of items.entries()) {
    for (const other of items.slice(index + 1)) yield [one, other];
  }
}

/** Whether some block has a place of each key, and both lines count there. */
function collide(one: Line, other: Line, counting: (path: readonly string[]) => Line | undefined) {
  const [specific, generic] = one.key.length >= other.key.length ? [one, other] : [other, one];
  const parents = specific.key.slice(0, -1);
  const there = [...parents, generic.key.at(-1) ?? ''];
  if (printKey(there) === printKey(specific.key)) return false;
  if (!keyNames(generic.key, there)) return false;
  return counting(there) === generic && counting(specific.key) === specific;
}
