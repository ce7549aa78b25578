/** What copying a season's mappings to another would do; nothing is written here. */

import type { MappingRow } from './mapping-row.ts';
import { keyNames, parseKey } from './mapping-text.ts';
import type { MappableObject } from './objects.ts';
import type { MappingDraft } from './plan-changes.ts';
import { identityOf, sameContent } from './plan-changes.ts';
import { trimmed } from './shelf.ts';
import { mostSimilar } from './similarity.ts';

export interface SeasonCopy {
  /** New rows of the target season. */
  save: readonly MappingDraft[];
  /** Rows that are not copied, and why. */
  skipped: readonly SkippedRow[];
}

export interface SkippedRow {
  row: MappingRow;
  /** The target has the same row; another for the same object; no such object. */
  reason: 'same_there' | 'other_there' | 'ours_missing';
  /** The target's row, where it has one. */
  there: MappingRow | null;
  /** Keys of the target season that may be its successor. */
  suggestions: readonly string[];
}

/**
 * Rows of every season serve the target already and stay as they are. A row that the target has is
 * never overwritten: what someone typed for the new season is newer.
 */
export function copyToSeason(
  rows: readonly MappingRow[],
  from: number,
  to: number,
  objects: readonly MappableObject[],
): SeasonCopy {
  const there = new Map(rows.map((row) => [identityOf(row), row]));
  const save: MappingDraft[] = [];
  const skipped: SkippedRow[] = [];
  for (const row of rows) {
    if (row.seasonId !== from) continue;
    const draft: MappingDraft = { ...row, id: null, seasonId: to };
    const other = there.get(identityOf(draft));
    if (other !== undefined) {
      const reason = sameContent(other, draft) ? 'same_there' : 'other_there';
      skipped.push({ row, reason, there: other, suggestions: [] });
    } else if (!existsIn(row, to, objects)) {
      const suggestions = successors(row, to, objects);
      skipped.push({ row, reason: 'ours_missing', there: null, suggestions });
    } else {
      save.push(draft);
    }
  }
  return { save, skipped };
}

function existsIn(row: MappingRow, seasonId: number, objects: readonly MappableObject[]): boolean {
  // Rows and seats belong to a block, which serves every season.
  if (row.ours === null || row.word === 'row' || row.word === 'seat') return true;
  const key = trimmed(parseKey(row.ours));
  return objects.some(
    (object) =>
      object.word === row.word &&
      (object.seasonId === null || object.seasonId === seasonId) &&
      keyNames(key, object.path),
  );
}

function successors(
  row: MappingRow,
  seasonId: number,
  objects: readonly MappableObject[],
): string[] {
  const keys = objects
    .filter((object) => object.word === row.word && object.seasonId === seasonId)
    .map((object) => object.key);
  return mostSimilar(row.ours ?? '', keys, 3, 0.4);
}
