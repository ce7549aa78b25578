/**
 * The names of what a run counts and of what its lines are about. Every language has words for
 * each (src/runs/texts, held to these lists by the compiler); tests/house/run-words.test.ts holds
 * whoever counts or names to them.
 */
import type { LineParams } from '../store/run-store.ts';
import { formatParam, formatStart } from './format-params.ts';
import type { Terms } from './text-types.ts';

/** In the order in which they are shown. */
export const COUNT_NAMES = [
  'messages',
  'integrated',
  'cancelled',
  'refunded',
  'replaced',
  'exchanged',
  'renamed',
  'corrected',
  'quarantined',
  'waiting',
  'unreadable',
  'alreadyKnown',
  'notOurs',
  'elsewhere',
  'setAside',
  'to_export',
  'exported',
  'to_take_back',
  'taken_back',
  'kept',
  'kept_home',
  'unmapped',
  'unknown',
  'sold_missing_here',
  'compared',
  'differences',
  'adopted',
  'prepared',
  'codes',
  'added',
  'refused',
] as const;

export type CountName = (typeof COUNT_NAMES)[number];

/** In the order in which they are shown. */
export const LINE_KEYS = [
  'order',
  'ticket',
  'product',
  'performance',
  'seat',
  'places',
  'position',
] as const;

export type LineKey = (typeof LINE_KEYS)[number];

interface Place {
  language: string;
  terms: Terms;
}

/** `555 ventes intégrées, 20 annulations`; a name unknown to this release shows as it is. */
export function describeCounts(counts: Readonly<Record<string, number>>, place: Place): string {
  const rules = new Intl.PluralRules(place.language);
  return inOrder(counts, COUNT_NAMES)
    .map(([name, count]) => {
      const shown = formatParam('count', count, { ...place, timeZone: 'UTC', currency: null });
      const [one, many] = (place.terms.count[name as CountName] ?? name).split('|');
      return `${shown} ${rules.select(count) === 'one' ? one : (many ?? one)}`;
    })
    .join(', ');
}

/** `commande C17, billet 20190017, séance 16/12/2026 18:00`. */
export function describeKeys(keys: LineParams, place: Place): string {
  return inOrder(keys, LINE_KEYS)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => {
      const shown = name === 'performance' ? formatStart(String(value), place) : String(value);
      return `${place.terms.key[name as LineKey] ?? name} ${shown}`;
    })
    .join(', ');
}

/** What the database holds comes in any order. */
function inOrder<T>(
  values: Readonly<Record<string, T>>,
  order: readonly string[],
): (readonly [string, T])[] {
  const rank = (name: string): number => {
    const index = order.indexOf(name);
    return index < 0 ? order.length : index;
  };
  return Object.entries(values).sort(([one], [other]) => rank(one) - rank(other));
}
