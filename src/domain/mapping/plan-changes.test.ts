import { describe, expect, it } from 'vitest';
import { mappingRow, mosaMappings } from '../../../tests/support/mapping-catalogue.ts';
import { compareTables, planChanges, touchedValues } from './plan-changes.ts';

describe('a plan of changes', () => {
  it('creates, updates, removes and leaves alone', () => {
    const [first, second, third, ...rest] = mosaMappings();
    const existing = [first!, second!, third!, ...rest];
    const plan = planChanges(existing, {
      save: [
        { ...first!, external: [...first!.external] },
        { ...second!, external: ['0', '44', '22'] },
        { ...mappingRow('contingent', 'FNAC', ['MOS']), id: null },
      ],
      remove: [third!.id],
    });
    expect(plan.unchanged).toBe(1);
    expect(plan.updated).toEqual([
      { before: second, after: { ...second, external: ['0', '44', '22'] } },
    ]);
    expect(plan.removed).toEqual([third]);
    expect(plan.created.map((row) => row.ours)).toEqual(['FNAC']);
    expect(plan.rows).toHaveLength(existing.length);
    // Rows that were touched lead back to their drafts.
    expect([...plan.draftOf.values()]).toEqual([1, 2]);
    expect([...plan.draftOf.keys()].map((index) => plan.rows[index]?.ours)).toEqual([
      'OccCont/FNAC_P',
      'FNAC',
    ]);
    expect([...(touchedValues(plan).get('tariff') ?? [])].sort()).toEqual(['0', '22', '44', '6']);
  });

  it('sees the order of alternatives, a rule and a mark', () => {
    const row = mappingRow('contingent', 'FNAC', ['a', 'b']);
    const changed = (draft: object) =>
      planChanges([row], { save: [{ ...row, ...draft }], remove: [] }).updated.length;
    expect(changed({})).toBe(0);
    expect(changed({ rule: null })).toBe(0);
    expect(changed({ external: ['b', 'a'] })).toBe(1);
    expect(changed({ seasonId: 2 })).toBe(1);
    expect(changed({ ours: null, notOurs: true })).toBe(1);
  });

  it('makes a row anew that someone deleted meanwhile', () => {
    const gone = mappingRow('contingent', 'FNAC', ['a']);
    expect(planChanges([], { save: [gone], remove: [] }).created).toHaveLength(1);
  });
});

describe('a whole table against the one that stands', () => {
  it('meets rows by id, else by what they are about, and names the missing', () => {
    const existing = mosaMappings();
    const [zone, normal, reduced] = existing;
    const { save, missing } = compareTables(existing, [
      { ...normal!, ours: 'OccCont/FNAC_X' },
      { ...reduced!, id: null, external: ['7'] },
      { ...mappingRow('product', 'NEW', ['N']), id: 999_999 },
    ]);
    expect(save.map((draft) => draft.id)).toEqual([normal!.id, reduced!.id, null]);
    expect(missing.map((row) => row.id)).toContain(zone!.id);
    expect(missing).toHaveLength(existing.length - 2);
  });

  it('never gives one row to two lines', () => {
    const row = mappingRow('contingent', 'FNAC', ['a']);
    const { save } = compareTables(
      [row],
      [
        { ...row, id: null },
        { ...row, external: ['b'] },
      ],
    );
    expect(save.map((draft) => draft.id)).toEqual([null, row.id]);
  });
});
