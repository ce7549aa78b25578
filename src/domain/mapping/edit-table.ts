/** Single changes as people make them, worked out against the table as it stands. */

import type { MappingRow, MappingWord } from './mapping-row.ts';
import type { MappingChanges, MappingDraft } from './plan-changes.ts';
import { identityOf } from './plan-changes.ts';

/**
 * Gives ours these values: its row takes them, or with `add` takes them besides those it has. A row
 * that does not exist is made.
 */
export function setValues(
  rows: readonly MappingRow[],
  draft: MappingDraft,
  add: boolean,
): MappingChanges {
  const identity = identityOf(draft);
  const row = draft.ours === null ? undefined : rows.find((one) => identityOf(one) === identity);
  if (row === undefined) return { save: [{ ...draft, id: null }], remove: [] };
  const kept = add ? row.external : [];
  const external = [...kept, ...draft.external.filter((value) => !kept.includes(value))];
  return { save: [{ ...draft, id: row.id, external }], remove: [] };
}

/** Marks values as not ours; those that are marked already stay as they are. */
export function markNotOurs(
  rows: readonly MappingRow[],
  word: MappingWord,
  seasonId: number | null,
  values: readonly string[],
): MappingChanges {
  const marked = new Set(marksOf(rows, word, seasonId).flatMap((row) => row.external));
  const external = values.filter((value) => !marked.has(value));
  if (external.length === 0) return { save: [], remove: [] };
  return { save: [{ id: null, word, seasonId, ours: null, external, notOurs: true }], remove: [] };
}

/** Takes the marks off; a row whose last value goes is deleted. */
export function unmarkNotOurs(
  rows: readonly MappingRow[],
  word: MappingWord,
  seasonId: number | null,
  values: readonly string[],
): MappingChanges {
  const save: MappingDraft[] = [];
  const remove: number[] = [];
  for (const row of marksOf(rows, word, seasonId)) {
    const external = row.external.filter((value) => !values.includes(value));
    if (external.length === 0) remove.push(row.id);
    else if (external.length < row.external.length) save.push({ ...row, external });
  }
  return { save, remove };
}

function marksOf(rows: readonly MappingRow[], word: MappingWord, seasonId: number | null) {
  return rows.filter((row) => row.word === word && row.seasonId === seasonId && row.notOurs);
}
