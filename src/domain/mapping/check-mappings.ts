/**
 * What is refused when mappings are saved: everything at once, each fault with its row. An
 * accepted table reads back what it sends: `resolve` is the inverse of `theirs`.
 */

import { checkClaims, checkPlaceClaims } from './check-claims.ts';
import type { MappingRow } from './mapping-row.ts';
import { isMappingWord } from './mapping-row.ts';
import { parseKey, printKey } from './mapping-text.ts';
import type { MappableObject } from './objects.ts';
import { EVERY_BLOCK } from './place-names.ts';
import type { PlaceRule } from './place-rule.ts';
import { trimmed } from './shelf.ts';
import { mostSimilar } from './similarity.ts';

export const MAPPING_FAULTS = [
  'mapping.word_unknown',
  'mapping.season_unknown',
  'mapping.ours_empty',
  'mapping.ours_unknown',
  'mapping.ours_other_season',
  'mapping.ours_twice',
  'mapping.not_ours_with_ours',
  'mapping.value_empty',
  'mapping.value_spaces',
  'mapping.value_twice',
  'mapping.value_claimed',
  'mapping.value_also_not_ours',
  'mapping.product_kind',
  'mapping.tariff_kind',
  'mapping.rule_invalid',
] as const;
export type MappingFaultCode = (typeof MAPPING_FAULTS)[number];

export interface MappingFault {
  /** Index in the rows that were checked. */
  row: number;
  /** The field at fault, as a person names it. */
  field: 'word' | 'season' | 'ours' | 'external' | 'rule';
  code: MappingFaultCode;
  params: Record<string, string | number | null>;
  /** Keys that may have been meant, the best first. */
  suggestions: readonly string[];
}

export interface CheckContext {
  objects: readonly MappableObject[];
  seasons: readonly { id: number; code: string }[];
  /**
   * Indexes of the rows that someone changes; undefined: all. What was wrong before is not held
   * against a change that has nothing to do with it.
   */
  changed?: ReadonlySet<number>;
  /** Keys of rows and seats (`row Block/A`) that the house does not have: the store knows them. */
  unknownPlaces?: ReadonlySet<string>;
}

/** How unknownPlaces names the place of a row. */
export function placeIdentity(row: Pick<MappingRow, 'word' | 'ours'>): string {
  return `${row.word} ${row.ours}`;
}

/** The faults in the order of rows; none: the rows may be saved. */
export function checkMappings(
  rows: readonly MappingRow[],
  context: CheckContext,
): readonly MappingFault[] {
  const faults: MappingFault[] = [];
  const report = (
    row: number,
    field: MappingFault['field'],
    code: MappingFaultCode,
    params: MappingFault['params'] = {},
    suggestions: readonly string[] = [],
  ) => faults.push({ row, field, code, params, suggestions });
  const changed = (row: number) => context.changed?.has(row) ?? true;
  const named = objectsByKey(context.objects);
  for (const [index, row] of rows.entries()) {
    if (!changed(index)) continue;
    const tell: Report = (...fault) => report(index, ...fault);
    checkShape(row, context, tell);
    checkOurs(row, named, context, tell);
  }
  checkTwice(rows, changed, report);
  const input = { rows, context, changed, report };
  checkClaims(input);
  checkPlaceClaims(input, 'row');
  checkPlaceClaims(input, 'seat');
  return faults.sort((a, b) => a.row - b.row);
}

export type ReportFault = (
  row: number,
  field: MappingFault['field'],
  code: MappingFaultCode,
  params?: MappingFault['params'],
  suggestions?: readonly string[],
) => void;

type Report = (
  field: MappingFault['field'],
  code: MappingFaultCode,
  params?: MappingFault['params'],
  suggestions?: readonly string[],
) => void;

type ObjectsByKey = ReadonlyMap<string, readonly MappableObject[]>;

/** Every object under each of its keys. */
function objectsByKey(objects: readonly MappableObject[]): ObjectsByKey {
  const named = new Map<string, MappableObject[]>();
  for (const object of objects) {
    for (let from = 0; from < object.path.length; from += 1) {
      const key = `${object.word} ${printKey(object.path.slice(from))}`;
      const others = named.get(key);
      if (others === undefined) named.set(key, [object]);
      else others.push(object);
    }
  }
  return named;
}

function checkShape(row: MappingRow, context: CheckContext, tell: Report): void {
  if (!isMappingWord(row.word)) tell('word', 'mapping.word_unknown', { word: row.word });
  const { seasonId } = row;
  if (seasonId !== null && !context.seasons.some((season) => season.id === seasonId)) {
    tell('season', 'mapping.season_unknown', { season: seasonId });
  }
  if (row.notOurs && row.ours !== null) {
    tell('ours', 'mapping.not_ours_with_ours', { ours: row.ours });
  }
  if (!row.notOurs && (row.ours === null || row.ours === '')) tell('ours', 'mapping.ours_empty');
  if (row.external.length === 0) tell('external', 'mapping.value_empty');
  const seen = new Set<string>();
  for (const value of row.external) {
    if (value === '') tell('external', 'mapping.value_empty');
    else if (value !== value.trim()) tell('external', 'mapping.value_spaces', { value });
    if (seen.has(value)) tell('external', 'mapping.value_twice', { value });
    seen.add(value);
  }
  if (row.rule) checkRule(row, row.rule, tell);
}

const CASES = [null, 'upper', 'lower'];
const DIGITS_MAX = 9;

function checkRule(row: MappingRow, rule: PlaceRule, tell: Report): void {
  const refuse = (what: string) => tell('rule', 'mapping.rule_invalid', { what });
  if (row.word !== 'row' && row.word !== 'seat') refuse('word');
  for (const field of ['digits', 'ourDigits'] as const) {
    const digits = rule[field];
    const valid = digits === null || (Number.isInteger(digits) && digits >= 1);
    if (!valid || (digits ?? 0) > DIGITS_MAX) refuse(field);
  }
  if (rule.digits === null && rule.ourDigits !== null) refuse('ourDigits');
  for (const field of ['letterCase', 'ourLetterCase'] as const) {
    if (!CASES.includes(rule[field])) refuse(field);
  }
  if (typeof rule.prefix !== 'string' || rule.prefix.length > 20) refuse('prefix');
}

function checkOurs(
  row: MappingRow,
  named: ObjectsByKey,
  context: CheckContext,
  tell: Report,
): void {
  if (row.ours === null || row.ours === '') return;
  const isPlace = row.word === 'row' || row.word === 'seat';
  const place = isPlace ? blockOfPlace(row) : parseKey(row.ours);
  if (isPlace && !row.rule && context.unknownPlaces?.has(placeIdentity(row))) {
    tell('ours', 'mapping.ours_unknown', { ours: row.ours });
    return;
  }
  // A bare row or number, and a rule for every block, name no block that could be unknown.
  if (place === null) return;
  const word = isPlace ? 'block' : row.word;
  const found = named.get(`${word} ${printKey(trimmed(place))}`) ?? [];
  const here = found.filter((one) => inSeason(one, row.seasonId));
  if (here.length > 0) {
    const [first] = here;
    const refused = here.every((one) => one.refusal !== null);
    if (refused && first?.refusal) {
      tell('ours', first.refusal, { ours: row.ours, kind: first.kind });
    }
    return;
  }
  if (found.length > 0) {
    const code = (id: number | null) => context.seasons.find((one) => one.id === id)?.code ?? '';
    const seasons = [...new Set(found.map((one) => code(one.seasonId)))].join(', ');
    tell('ours', 'mapping.ours_other_season', { ours: row.ours, seasons });
    return;
  }
  const keys = context.objects
    .filter((one) => one.word === word && one.refusal === null && inSeason(one, row.seasonId))
    .map((one) => one.key);
  const suggestions = mostSimilar(printKey(place), keys, 3, 0.4);
  tell('ours', 'mapping.ours_unknown', { ours: row.ours }, suggestions);
}

function inSeason(object: MappableObject, seasonId: number | null): boolean {
  return seasonId === null || object.seasonId === null || object.seasonId === seasonId;
}

/** The block that a line or a rule for rows or seats names; null where it names none. */
function blockOfPlace(row: MappingRow): readonly string[] | null {
  const key = parseKey(row.ours ?? '');
  if (row.rule) return row.ours === EVERY_BLOCK ? null : key;
  const block = key.slice(0, row.word === 'row' ? -1 : -2);
  return block.length === 0 ? null : block;
}

function checkTwice(
  rows: readonly MappingRow[],
  changed: (row: number) => boolean,
  report: ReportFault,
): void {
  const first = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    if (row.ours === null) continue;
    const key = printKey(trimmed(parseKey(row.ours)));
    const identity = `${row.word} ${row.seasonId} ${row.rule ? 'rule' : 'line'} ${key}`;
    const other = first.get(identity);
    if (other === undefined) first.set(identity, index);
    else if (changed(index) || changed(other)) {
      const [at, against] = changed(index) ? [index, other] : [other, index];
      report(at, 'ours', 'mapping.ours_twice', { ours: row.ours, other_row: against });
    }
  }
}
