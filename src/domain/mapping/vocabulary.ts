/**
 * The mappings of one interface, ready to translate: `resolve` reads the reseller's word, `theirs`
 * says ours in the reseller's words. Rules in docs/algorithms/mappings.md.
 *
 * One row counts for an object: the first that exists of its keys in the season, from the most
 * specific to the most generic, then the same among the rows of every season. A row that another
 * beats counts neither for import nor for export, so that both ways always agree.
 */

import type { MappingRow, MappingWord } from './mapping-row.ts';
import type { PlaceWord } from './place-names.ts';
import { placeParents, placeTheirs, resolvePlace } from './place-names.ts';
import type { Missing, NotOurs, Resolution } from './resolution.ts';
import { MISSING, NOT_OURS, resolveAmong, resolveFreely } from './resolution.ts';
import type { SeasonShelves } from './shelf.ts';
import { EMPTY_SHELF, fillShelves, lineOf, NO_SHELVES } from './shelf.ts';

export type { MappingRow, MappingWord } from './mapping-row.ts';
export type { Ambiguous, Found, Missing, NotOurs, Resolution } from './resolution.ts';

export interface Where {
  /** The product's season; null where it is not known: then only rows of every season count. */
  seasonId: number | null;
  /** Codes of the parents, from the outermost in; only read where there are no candidates. */
  parents?: readonly string[];
  /** Full paths of the objects that can be meant here. Without them any row may answer. */
  candidates?: readonly (readonly string[])[];
}

export interface ProductLike {
  code: string;
  seasonId: number;
}

export interface PlaceWhere {
  /** For a seat: our row, without which only rules and lines for a bare number are met. */
  row?: string;
  seasonId?: number | null;
}

export interface Vocabulary {
  /** For rows and seats use ourName. */
  resolve(word: MappingWord, value: string, where: Where): Resolution;
  /**
   * The products a value means, before a season is known: at most one of a season if the mappings
   * were checked. The caller decides between seasons by the date (DOMAIN "Order of resolution").
   */
  resolveProducts<P extends ProductLike>(
    value: string,
    productsByCode: ReadonlyMap<string, readonly P[]>,
  ): { found: P[] } | NotOurs | Missing;
  /** Ours in the reseller's word, the first alternative; null: not mapped. For rows and seats use
   * theirName. */
  theirs(word: MappingWord, path: readonly string[], seasonId: number | null): string | null;
  /** Place of the row that counts among the rows given: the mapping's order. Infinity: none. */
  orderOf(word: MappingWord, path: readonly string[], seasonId: number | null): number;
  /** Whether any row says something about this word. */
  has(word: MappingWord): boolean;
  /**
   * The reseller's row or seat in our name, remembered. `block` is the path of its block. Null: no
   * place of ours can have this name there.
   */
  ourName(
    word: PlaceWord,
    value: string,
    block: readonly string[],
    where?: PlaceWhere,
  ): string | null;
  /** The inverse of ourName; null: another place has the name that this one would get. */
  theirName(
    word: PlaceWord,
    name: string,
    block: readonly string[],
    where?: PlaceWhere,
  ): string | null;
}

/** Names of places remembered at most, for each direction. */
const MEMO_SIZE = 50_000;

export function createVocabulary(rows: readonly MappingRow[]): Vocabulary {
  const shelves = fillShelves(rows);
  const seasonShelf = (word: MappingWord, seasonId: number | null) =>
    (seasonId === null ? undefined : shelves.get(word)?.get(seasonId)) ?? EMPTY_SHELF;
  const always = (word: MappingWord) => shelves.get(word)?.get(null) ?? EMPTY_SHELF;
  const remember = placeMemo((word) => shelves.has(word));
  return {
    resolve: (word, value, where) =>
      where.candidates === undefined
        ? resolveFreely(value, where.parents ?? [], seasonShelf(word, where.seasonId), always(word))
        : resolveAmong(value, where.candidates, seasonShelf(word, where.seasonId), always(word)),
    resolveProducts: (value, productsByCode) =>
      resolveProducts(value, productsByCode, shelves.get('product') ?? NO_SHELVES),
    theirs: (word, path, seasonId) =>
      lineOf(path, seasonShelf(word, seasonId), always(word))?.row.external[0] ?? null,
    orderOf: (word, path, seasonId) =>
      lineOf(path, seasonShelf(word, seasonId), always(word))?.order ?? Number.POSITIVE_INFINITY,
    has: (word) => shelves.has(word),
    ourName: remember((word, value, parents, seasonId) => {
      const season = seasonShelf(word, seasonId);
      const answer = resolvePlace(word, value, parents, season, always(word));
      return 'found' in answer ? answer.found : null;
    }),
    theirName: remember((word, name, parents, seasonId) =>
      placeTheirs(word, parents, name, seasonShelf(word, seasonId), always(word)),
    ),
  };
}

type Rename = (
  word: PlaceWord,
  text: string,
  parents: readonly string[],
  seasonId: number | null,
) => string | null;

/** Remembers renamings: the thousands of seats of a block share its rows and numbers. */
function placeMemo(has: (word: PlaceWord) => boolean) {
  return (rename: Rename): Vocabulary['ourName'] => {
    const memo = new Map<string, string | null>();
    return (word, text, block, where) => {
      if (!has(word)) return text;
      const seasonId = where?.seasonId ?? null;
      const row = where?.row ?? null;
      const key = `${word}\n${seasonId}\n${text}\n${row}\n${block.join('\n')}`;
      const known = memo.get(key);
      if (known !== undefined) return known;
      const name = rename(word, text, placeParents(word, block, row), seasonId);
      if (memo.size >= MEMO_SIZE) memo.clear();
      memo.set(key, name);
      return name;
    };
  };
}

function resolveProducts<P extends ProductLike>(
  value: string,
  productsByCode: ReadonlyMap<string, readonly P[]>,
  shelves: SeasonShelves,
): { found: P[] } | NotOurs | Missing {
  const found: P[] = [];
  const elsewhere: string[] = [];
  const always = shelves.get(null) ?? EMPTY_SHELF;
  let notOurs = false;
  for (const [seasonId, shelf] of shelves) {
    notOurs ||= shelf.notOurs.has(value);
    for (const line of shelf.byValue.get(value) ?? []) {
      const code = line.key.at(-1) ?? '';
      elsewhere.push(line.printed);
      for (const product of productsByCode.get(code) ?? []) {
        const own = shelves.get(product.seasonId) ?? EMPTY_SHELF;
        const beaten = seasonId === null && own.notOurs.has(value);
        if (!beaten && lineOf([code], own, always) === line) found.push(product);
      }
    }
  }
  if (found.length > 0) return { found };
  if (notOurs) return NOT_OURS;
  return elsewhere.length === 0 ? MISSING : { missing: true, elsewhere };
}
