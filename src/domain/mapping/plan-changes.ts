/** A set of changes to a table of mappings, and the table as it would be. */

import type { MappingRow, MappingWord } from './mapping-row.ts';
import { parseKey, printKey } from './mapping-text.ts';
import type { PlaceRule } from './place-rule.ts';
import { trimmed } from './shelf.ts';

/** A row as someone wants it; without an id it is new. */
export interface MappingDraft {
  id: number | null;
  word: MappingWord;
  seasonId: number | null;
  ours: string | null;
  external: readonly string[];
  notOurs: boolean;
  rule?: PlaceRule | null;
}

export interface MappingChanges {
  save: readonly MappingDraft[];
  /** Ids of rows to delete. */
  remove: readonly number[];
}

export interface MappingPlan {
  /** The table after the changes; new rows have ids below zero. */
  rows: readonly MappingRow[];
  /** Index in `rows` → index in `changes.save`. */
  draftOf: ReadonlyMap<number, number>;
  created: readonly MappingRow[];
  updated: readonly { before: MappingRow; after: MappingRow }[];
  removed: readonly MappingRow[];
  /** Drafts that would change nothing. */
  unchanged: number;
}

/**
 * A draft whose row is gone (someone deleted it meanwhile) is a new row. Of two drafts for one row
 * the second is a new row too, and refused as a repetition of the first where it is one.
 */
export function planChanges(existing: readonly MappingRow[], changes: MappingChanges): MappingPlan {
  const removing = new Set(changes.remove);
  const rows = existing.filter((row) => !removing.has(row.id));
  const indexById = new Map(rows.map((row, index) => [row.id, index]));
  const draftOf = new Map<number, number>();
  const created: MappingRow[] = [];
  const updated: { before: MappingRow; after: MappingRow }[] = [];
  let unchanged = 0;
  for (const [draft, wanted] of changes.save.entries()) {
    const index = wanted.id === null ? undefined : indexById.get(wanted.id);
    const before = index === undefined ? undefined : rows[index];
    if (index === undefined || before === undefined || draftOf.has(index)) {
      const row = { ...wanted, id: -1 - created.length };
      created.push(row);
      draftOf.set(rows.push(row) - 1, draft);
    } else if (sameContent(before, wanted)) {
      unchanged += 1;
    } else {
      const after = { ...wanted, id: before.id };
      updated.push({ before, after });
      rows[index] = after;
      draftOf.set(index, draft);
    }
  }
  const removed = existing.filter((row) => removing.has(row.id));
  return { rows, draftOf, created, updated, removed, unchanged };
}

export function sameContent(a: MappingDraft, b: MappingDraft): boolean {
  return (
    a.word === b.word &&
    a.seasonId === b.seasonId &&
    a.ours === b.ours &&
    a.notOurs === b.notOurs &&
    a.external.length === b.external.length &&
    a.external.every((value, index) => value === b.external[index]) &&
    sameRule(a.rule ?? null, b.rule ?? null)
  );
}

function sameRule(a: PlaceRule | null, b: PlaceRule | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.prefix === b.prefix &&
    a.digits === b.digits &&
    a.ourDigits === b.ourDigits &&
    a.letterCase === b.letterCase &&
    a.ourLetterCase === b.ourLetterCase
  );
}

/** What a row is about: two rows with one identity cannot stand side by side. */
export function identityOf(row: MappingDraft): string {
  if (row.ours === null) {
    return `${row.word} ${row.seasonId} not-ours ${[...row.external].sort().join('\n')}`;
  }
  const kind = row.rule ? 'rule' : 'line';
  return `${row.word} ${row.seasonId} ${kind} ${printKey(trimmed(parseKey(row.ours)))}`;
}

/**
 * A whole table, as a file brings it, against the one that stands: rows are met by id, else by what
 * they are about. `missing` are those of ours that the file does not have.
 */
export function compareTables(
  existing: readonly MappingRow[],
  wanted: readonly MappingDraft[],
): { save: readonly MappingDraft[]; missing: readonly MappingRow[] } {
  const byId = new Map(existing.map((row) => [row.id, row]));
  const byIdentity = new Map(existing.map((row) => [identityOf(row), row]));
  const taken = new Set<number>();
  for (const draft of wanted) if (draft.id !== null && byId.has(draft.id)) taken.add(draft.id);
  const save = wanted.map((draft) => {
    if (draft.id !== null && byId.has(draft.id)) return draft;
    const same = byIdentity.get(identityOf(draft));
    if (same === undefined || taken.has(same.id)) return { ...draft, id: null };
    taken.add(same.id);
    return { ...draft, id: same.id };
  });
  return { save, missing: existing.filter((row) => !taken.has(row.id)) };
}

/** The reseller's values whose meaning the plan changes, by word. */
export function touchedValues(plan: MappingPlan): ReadonlyMap<MappingWord, ReadonlySet<string>> {
  const touched = new Map<MappingWord, Set<string>>();
  const touch = (row: MappingRow) => {
    const values = touched.get(row.word) ?? new Set<string>();
    touched.set(row.word, values);
    for (const value of row.external) values.add(value);
  };
  for (const row of [...plan.created, ...plan.removed]) touch(row);
  for (const { before, after } of plan.updated) {
    touch(before);
    touch(after);
  }
  return touched;
}
