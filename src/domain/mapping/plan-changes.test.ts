import { describe, expect, it } from 'vitest';
import { mappingRow, mosaMappings } from '../../../tests/support/mapping-catalogue.ts';
import { markNotOurs, setValues, unmarkNotOurs } from './edit-table.ts';
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

describe('single changes', () => {
  it('give ours other values, or more of them', () => {
    const row = mappingRow('tariff', 'OccCont/FNAC_A', ['15', '60'], 2);
    const wanted = { ...row, id: null, external: ['60', '22'] };
    expect(setValues([row], wanted, false).save).toEqual([
      { ...row, id: row.id, external: ['60', '22'] },
    ]);
    expect(setValues([row], wanted, true).save).toEqual([
      { ...row, id: row.id, external: ['15', '60', '22'] },
    ]);
    // Another season has another row.
    expect(setValues([row], { ...wanted, seasonId: 1 }, true).save).toEqual([
      { ...wanted, seasonId: 1 },
    ]);
  });

  it('mark values as not ours, once, and take the marks off', () => {
    const row = mappingRow('product', null, ['LOUVRE', 'ORSAY']);
    const elsewhere = mappingRow('product', null, ['ORSAY'], 2);
    const rows = [row, elsewhere];
    expect(markNotOurs(rows, 'product', null, ['ORSAY', 'ARLES']).save).toEqual([
      { id: null, word: 'product', seasonId: null, ours: null, external: ['ARLES'], notOurs: true },
    ]);
    expect(markNotOurs(rows, 'product', null, ['ORSAY']).save).toEqual([]);
    expect(unmarkNotOurs(rows, 'product', null, ['ORSAY'])).toEqual({
      save: [{ ...row, external: ['LOUVRE'] }],
      remove: [],
    });
    expect(unmarkNotOurs(rows, 'product', null, ['ORSAY', 'LOUVRE'])).toEqual({
      save: [],
      remove: [row.id],
    });
  });
});
