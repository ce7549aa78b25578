/** Our performances, contingents, places and zones in a reseller's words, for what we tell it. */
import type { Block, Catalogue, Performance, Product, Zone } from '../catalogue/catalogue.ts';
import type { MappingWord, Vocabulary } from '../mapping/vocabulary.ts';

/** A performance as the reseller knows it. */
export interface PerformanceWords {
  product: string;
  performance: string | null;
  /** Local start, `YYYY-MM-DDTHH:MM`. */
  start: string | null;
  hall: string | null;
}

export interface PlaceWords {
  block: string;
  row: string;
  seat: string;
  category: string;
}

export interface ZoneWords {
  block: string;
  category: string;
}

/** One of ours that has no word at the reseller. */
export interface MissingWord {
  word: MappingWord;
  /** Ours, as a mapping's key is written: `GARD100/UNIQUE`. */
  ours: string;
}

export interface NumberedPlace {
  blockId: number;
  row: string;
  number: string;
}

/** `missing` is told for each value that stays: the caller counts what it keeps. */
export interface Wording {
  performance(): PerformanceWords | null;
  allotment(contingentId: number): string | null;
  category(seatCategoryId: number): string | null;
  seat(place: NumberedPlace, seatCategoryId: number): PlaceWords | null;
  zone(zone: Zone): ZoneWords | null;
}

export interface WordingInput {
  vocabulary: Vocabulary;
  catalogue: Catalogue;
  product: Product;
  performance: Performance;
  /** Called for every seat, zone, contingent or performance that cannot be told. */
  missing(word: MissingWord): void;
}

/** Writes ours in the reseller's words; null where a word is missing, which is then told. */
export function createWording(input: WordingInput): Wording {
  const { catalogue, product, vocabulary } = input;
  const { seasonId } = product;
  const say = (word: MappingWord, path: readonly string[]): string | null => {
    const theirs = vocabulary.theirs(word, path, seasonId);
    if (theirs === null) input.missing({ word, ours: printPath(path) });
    return theirs;
  };
  const category = (id: number): string | null => {
    const found = catalogue.categoryById.get(id);
    const hall = catalogue.configurationById.get(found?.logicalConfigurationId ?? 0);
    return say('seat_category', [hall?.code ?? '', found?.code ?? '']);
  };
  return {
    performance: () => sayPerformance(input, say),
    allotment: (id) => say('contingent', [catalogue.contingentById.get(id)?.code ?? '']),
    category,
    seat: createSeatWording(input, say, category),
    zone(zone) {
      const block = say('block', [zone.layoutCode, zone.areaCode]);
      const word = category(zone.seatCategoryId);
      return block === null || word === null ? null : { block, category: word };
    },
  };
}

type Say = (word: MappingWord, path: readonly string[]) => string | null;

/**
 * Product and local start decide; the hall is told where it is mapped, and must be where another
 * performance of the product starts at the same time (DOMAIN "Order of resolution").
 */
function sayPerformance(input: WordingInput, say: Say): PerformanceWords | null {
  const { catalogue, performance, product, vocabulary } = input;
  const word = say('product', [product.code]);
  const path = [product.code, performance.code];
  const own = vocabulary.theirs('performance', path, product.seasonId);
  const code = catalogue.configurationById.get(performance.logicalConfigurationId)?.code ?? '';
  let hall = vocabulary.theirs('logical_configuration', [code], product.seasonId);
  const together = (catalogue.performancesByProduct.get(product.id) ?? []).filter(
    (other) => other.localStart === performance.localStart,
  );
  if (hall === null && own === null && together.length > 1) {
    hall = say('logical_configuration', [code]);
    if (hall === null) return null;
  }
  if (word === null) return null;
  return { product: word, performance: own, start: performance.localStart, hall };
}

/** The path of a block in mappings: one without a name is written as its area. */
export function blockPath(block: Block): readonly string[] {
  const area = [block.layoutCode, block.areaCode];
  return block.code === '' ? area : [...area, block.code];
}

interface BlockWords {
  path: readonly string[];
  word: string | null;
}

/** A house has few blocks, rows and categories: each is looked up once and remembered. */
function createSeatWording(
  input: WordingInput,
  say: Say,
  sayCategory: (id: number) => string | null,
): Wording['seat'] {
  const { catalogue, vocabulary, product } = input;
  const { seasonId } = product;
  const blocks = new Map<number, BlockWords>();
  const categories = new Map<number, string | null>();
  const category = (id: number): string | null => {
    const known = categories.get(id);
    // A missing word is told for each seat, so only what is known is remembered.
    if (known !== undefined && known !== null) return known;
    const word = sayCategory(id);
    categories.set(id, word);
    return word;
  };
  const blockOf = (id: number): BlockWords => {
    const known = blocks.get(id);
    if (known?.word) return known;
    const block = catalogue.blockById.get(id);
    const path = block === undefined ? [] : blockPath(block);
    const words = { path, word: say('block', path) };
    blocks.set(id, words);
    return words;
  };
  const missing = (word: 'row' | 'seat', path: readonly string[]): null => {
    input.missing({ word, ours: printPath(path) });
    return null;
  };
  return (place, seatCategoryId) => {
    const block = blockOf(place.blockId);
    const categoryWord = category(seatCategoryId);
    if (block.word === null || categoryWord === null) return null;
    const row = vocabulary.theirName('row', place.row, block.path, { seasonId });
    if (row === null) return missing('row', [...block.path, place.row]);
    const where = { row: place.row, seasonId };
    const seat = vocabulary.theirName('seat', place.number, block.path, where);
    if (seat === null) return missing('seat', [...block.path, place.row, place.number]);
    return { block: block.word, row, seat, category: categoryWord };
  };
}

function printPath(path: readonly string[]): string {
  return path.join('/');
}
