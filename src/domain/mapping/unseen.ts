/** Values seen without a mapping: what covers them, and what they may mean. */

import type { Catalogue, Product } from '../catalogue/catalogue.ts';
import type { MappingRow, MappingWord } from './mapping-row.ts';
import type { MappableObject } from './objects.ts';
import { similarity } from './similarity.ts';
import type { Vocabulary } from './vocabulary.ts';
import { createVocabulary } from './vocabulary.ts';

export interface UnseenKey {
  word: MappingWord;
  value: string;
  /** What the value came with: for a tariff or a performance the reseller's product, for a category
   * or a block our configuration; '' where nothing was known. */
  parent: string;
}

export interface MappingKnowledge {
  catalogue: Catalogue;
  objects: readonly MappableObject[];
  rows: readonly MappingRow[];
  /** How often each of our keys was sold lately, by `word key`. */
  usage?: ReadonlyMap<string, number>;
}

/** Answers for one table of mappings and one catalogue. */
export interface UnseenReader {
  /** What the value could mean, given what it came with. */
  meant(unseen: UnseenKey): readonly MappableObject[];
  /** Whether a mapping (or a mark as not ours) now says what the value is. */
  covered(unseen: UnseenKey): boolean;
  suggest(unseen: UnseenKey): readonly Suggestion[];
}

export const SUGGESTION_REASONS = [
  'same_code',
  'numeric_neighbour',
  'similar_name',
  'most_used',
] as const;
export type SuggestionReason = (typeof SUGGESTION_REASONS)[number];

export interface Suggestion {
  key: string;
  name: string;
  seasonId: number | null;
  reason: SuggestionReason;
  /** The neighbouring value, or how often it was sold; null for the others. */
  detail: string | null;
}

export const SUGGESTIONS_MAX = 3;

export function createUnseenReader(knowledge: MappingKnowledge): UnseenReader {
  const vocabulary = createVocabulary(knowledge.rows);
  const meant = (unseen: UnseenKey) => objectsMeant(unseen, knowledge, vocabulary);
  return {
    meant,
    covered: (unseen) => isCovered(unseen, meant(unseen), knowledge, vocabulary),
    suggest: (unseen) => suggest(unseen, meant(unseen), knowledge, vocabulary),
  };
}

function objectsMeant(
  unseen: UnseenKey,
  knowledge: MappingKnowledge,
  vocabulary: Vocabulary,
): readonly MappableObject[] {
  const { catalogue } = knowledge;
  const all = knowledge.objects.filter(
    (object) => object.word === unseen.word && object.refusal === null,
  );
  if (unseen.parent === '') return all;
  const narrowed = all.filter(narrowing(unseen, catalogue, vocabulary));
  // What it came with may itself be unknown: then anything of the word is possible.
  return narrowed.length > 0 ? narrowed : all;
}

function narrowing(
  { word, parent }: UnseenKey,
  catalogue: Catalogue,
  vocabulary: Vocabulary,
): (object: MappableObject) => boolean {
  if (word === 'seat_category') return (object) => object.scope === parent;
  if (word === 'block') {
    const hall = catalogue.logicalConfigurations.find((one) => one.code === parent);
    return (object) => object.scope === hall?.layoutCode;
  }
  const answer = vocabulary.resolveProducts(parent, catalogue.productsByCode);
  const products = 'found' in answer ? answer.found : [];
  const seasons = new Set<number | null>(products.map((product) => product.seasonId));
  if (word === 'tariff') {
    const priced = pricedTariffs(products, catalogue);
    return (object) => seasons.has(object.seasonId) && (priced.size === 0 || priced.has(object.id));
  }
  if (word === 'performance') {
    const codes = new Set(products.map((product) => product.code));
    return (object) => codes.has(object.scope) && seasons.has(object.seasonId);
  }
  return () => true;
}

function pricedTariffs(products: readonly Product[], catalogue: Catalogue): Set<number> {
  const prices = products.flatMap((product) => catalogue.pricesByProduct.get(product.id) ?? []);
  return new Set(prices.map((price) => price.tariffId));
}

function isCovered(
  { word, value }: UnseenKey,
  meant: readonly MappableObject[],
  knowledge: MappingKnowledge,
  vocabulary: Vocabulary,
): boolean {
  if (word === 'row' || word === 'seat') {
    return knowledge.rows.some((row) => row.word === word && row.external.includes(value));
  }
  if (meant.some((object) => object.also.includes(value))) return true;
  const seasons = new Set<number | null>(meant.map((object) => object.seasonId));
  if (seasons.has(null) || seasons.size === 0) {
    for (const season of knowledge.catalogue.seasons) seasons.add(season.id);
  }
  return [...seasons].some((seasonId) => {
    const candidates = meant
      .filter((object) => object.seasonId === null || object.seasonId === seasonId)
      .map((object) => object.path);
    return !('missing' in vocabulary.resolve(word, value, { seasonId, candidates }));
  });
}

interface Scored extends Suggestion {
  score: number;
}

/** Words whose values are numbers that a reseller hands out in a row. */
const NUMBERED: readonly MappingWord[] = ['tariff', 'seat_category'];
const NEIGHBOUR_DISTANCE_MAX = 9;
const SIMILARITY_MIN = 0.45;

/** What the value may mean, the most likely first: at most SUGGESTIONS_MAX, each object once. */
function suggest(
  unseen: UnseenKey,
  meant: readonly MappableObject[],
  knowledge: MappingKnowledge,
  vocabulary: Vocabulary,
): readonly Suggestion[] {
  // Nothing can be mapped to a value that the reseller left out.
  if (unseen.value === '') return [];
  const scored: Scored[] = [];
  for (const object of meant) {
    const best = [
      byCode(unseen.value, object),
      byNeighbour(unseen, object, knowledge, vocabulary),
      byName(unseen.value, object),
      byUsage(object, knowledge),
    ].reduce((one, other) => (other.score > one.score ? other : one));
    if (best.score > 0) scored.push(best);
  }
  scored.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  const seen = new Set<string>();
  const suggestions: Suggestion[] = [];
  for (const { score: _, ...suggestion } of scored) {
    if (seen.has(suggestion.key) || suggestions.length === SUGGESTIONS_MAX) continue;
    seen.add(suggestion.key);
    suggestions.push(suggestion);
  }
  return suggestions;
}

function scored(
  object: MappableObject,
  reason: SuggestionReason,
  score: number,
  detail: string | null = null,
): Scored {
  const { key, name, seasonId } = object;
  return { key, name, seasonId, reason, detail, score };
}

function byCode(value: string, object: MappableObject): Scored {
  const same = object.path.at(-1)?.toUpperCase() === value.toUpperCase();
  return scored(object, 'same_code', same ? 4 : 0);
}

/** A new `22` beside `20` is likely of the same tariff. */
function byNeighbour(
  { word, value }: UnseenKey,
  object: MappableObject,
  { rows }: MappingKnowledge,
  vocabulary: Vocabulary,
): Scored {
  const none = scored(object, 'numeric_neighbour', 0);
  if (!NUMBERED.includes(word) || !isNumber(value)) return none;
  const order = vocabulary.orderOf(word, object.path, object.seasonId);
  const row = Number.isFinite(order) ? rows[order] : undefined;
  let nearest: string | null = null;
  let distance = NEIGHBOUR_DISTANCE_MAX + 1;
  for (const other of row?.external ?? []) {
    const away = isNumber(other) ? Math.abs(Number(other) - Number(value)) : distance;
    if (away < distance) [nearest, distance] = [other, away];
  }
  if (nearest === null) return none;
  return scored(object, 'numeric_neighbour', 2 + 1 / (1 + distance), nearest);
}

function isNumber(text: string): boolean {
  return /^\d{1,9}$/.test(text);
}

function byName(value: string, object: MappableObject): Scored {
  const code = object.path.at(-1) ?? '';
  const names = [object.name, code, ...object.also];
  const alike = Math.max(...names.map((name) => similarity(value, name)));
  return scored(object, 'similar_name', alike < SIMILARITY_MIN ? 0 : 1 + 2 * alike);
}

function byUsage(object: MappableObject, { usage }: MappingKnowledge): Scored {
  const times = usage?.get(`${object.word} ${object.key}`) ?? 0;
  return scored(object, 'most_used', times / (1 + times), String(times));
}
