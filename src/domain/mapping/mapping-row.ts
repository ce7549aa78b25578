/**
 * A mapping: one of ours and the reseller's values for it. A row without `ours` marks values that
 * belong to another institution.
 */

import type { PlaceRule } from './place-rule.ts';

/** The reseller's vocabularies. Events, competitions and passes share `product`; zones and blocks
 * share `block`. */
export const MAPPING_WORDS = [
  'product',
  'performance',
  'tariff',
  'seat_category',
  'block',
  'logical_configuration',
  'contingent',
  'row',
  'seat',
] as const;
export type MappingWord = (typeof MAPPING_WORDS)[number];

export function isMappingWord(text: string): text is MappingWord {
  return (MAPPING_WORDS as readonly string[]).includes(text);
}

export interface MappingRow {
  id: number;
  word: MappingWord;
  /** null: every season. */
  seasonId: number | null;
  /** A key (mapping-text.ts): `Parent/Code` or `Code`; null exactly when `notOurs`. */
  ours: string | null;
  /** The reseller's values: any of them matches on import, the first is sent on export. */
  external: readonly string[];
  notOurs: boolean;
  /** Rows and seats of a block: how the reseller writes them. `ours` is then the block's key, and
   * `external` is RULE_EXTERNAL. */
  rule?: PlaceRule | null;
}

/** What stands in the values of a row that carries a rule: it has no value of its own. */
export const RULE_EXTERNAL: readonly string[] = ['*'];
