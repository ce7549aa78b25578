import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOSA_ROWS,
  mappingRow,
  mosaCatalogue,
  mosaMappings,
  SEASON_1,
  SEASON_2,
} from '../../../tests/support/mapping-catalogue.ts';
import { checkMappings } from './check-mappings.ts';
import type { MappingRow } from './mapping-row.ts';
import { RULE_EXTERNAL } from './mapping-row.ts';
import { keysOf } from './mapping-text.ts';
import { mappableObjects } from './objects.ts';
import type { PlaceRule } from './place-rule.ts';
import { NO_RULE } from './place-rule.ts';
import { createVocabulary } from './vocabulary.ts';

const OBJECTS = mappableObjects(mosaCatalogue());
const CONTEXT = { objects: OBJECTS, seasons: MOSA_ROWS.seasons };

function faultsOf(added: readonly MappingRow[], before: readonly MappingRow[] = mosaMappings()) {
  const rows = [...before, ...added];
  const changed = new Set(added.map((_, index) => before.length + index));
  return checkMappings(rows, { ...CONTEXT, changed }).map(({ code, params, suggestions }) => ({
    code,
    ...params,
    ...(suggestions.length > 0 ? { suggestions } : {}),
  }));
}
const rule = (word: 'row' | 'seat', ours: string, given: Partial<PlaceRule>): MappingRow => ({
  ...mappingRow(word, ours, RULE_EXTERNAL),
  rule: { ...NO_RULE, ...given },
});

describe('what is accepted', () => {
  it.each([
    ['the table of the slide', []],
    ['one value in two seasons', [mappingRow('tariff', 'OccCont/FNAC_P', ['6'], SEASON_1)]],
    ['one value in two configurations', [mappingRow('seat_category', 'MATCH/OR', ['30'])]],
    ['one value in two layouts', [mappingRow('block', 'STADE/NORD/A', ['LIBRE'])]],
    ['one value of two words', [mappingRow('contingent', 'FNAC', ['44'])]],
    ['a tariff of a community', [mappingRow('tariff', 'OccCom/CE', ['70'], SEASON_2)]],
    ['not ours', [mappingRow('product', null, ['LOUVRE', 'ORSAY'])]],
    ['the unnamed block by its area', [mappingRow('block', 'STADE/LOGES', ['L'])]],
    ['and with its empty code', [mappingRow('block', 'LOGES/', ['L'])]],
    [
      'a rule and a line for one key',
      [rule('row', 'B', { prefix: 'R' }), mappingRow('row', 'B', ['1'])],
    ],
    ['a rule for every block', [rule('seat', '*', { digits: 3 })]],
    ['a row of a block', [mappingRow('row', 'STADE/NORD/A/AA', ['1'])]],
    ['a seat of the unnamed block', [mappingRow('seat', 'STADE/LOGES//B/64', ['64 bis'])]],
  ] as [string, MappingRow[]][])('%s', (_, rows) => {
    expect(faultsOf(rows)).toEqual([]);
  });

  it('a generic key that also names a tariff which may not go to resellers', () => {
    // Membre/FNAC_P of the same season has the code too, but no message can mean it.
    expect(faultsOf([mappingRow('tariff', 'FNAC_P', ['1'], SEASON_2)], [])).toEqual([]);
  });

  it('does not hold an old fault against a change elsewhere', () => {
    const before = [
      mappingRow('product', 'GONE', ['G']),
      mappingRow('product', 'CHALK', ['G'], SEASON_2),
      mappingRow('product', 'MSTIC', ['G', ''], SEASON_1),
    ];
    expect(faultsOf([mappingRow('contingent', 'FNAC', ['A'])], before)).toEqual([]);
  });
});

describe('what is refused', () => {
  it('two of ours with one value, naming both', () => {
    expect(faultsOf([mappingRow('tariff', 'OccCom/CE', ['70', '44'], SEASON_2)])).toEqual([
      {
        code: 'mapping.value_claimed',
        value: '44',
        ours: 'OccCom/CE',
        other: 'OccCont/FNAC_P',
        other_row: 1,
      },
    ]);
  });

  it('an event and a pass with one value: they share one word', () => {
    const faults = faultsOf([mappingRow('product', 'MSTIC', ['MOSA02'], SEASON_2)]);
    expect(faults.map((fault) => fault.code)).toEqual(['mapping.ours_other_season']);
    const twice = faultsOf([mappingRow('product', 'CHALK', ['MOSA01'])]);
    expect(twice).toMatchObject([{ ours: 'CHALK', other: 'MSTIC', value: 'MOSA01' }]);
  });

  it('a value of every season that another has in one', () => {
    expect(faultsOf([mappingRow('tariff', 'OccCom/CE', ['6'])])).toMatchObject([
      { code: 'mapping.value_claimed', ours: 'OccCom/CE', other: 'OccCont/FNAC_R', value: '6' },
    ]);
  });

  it('two categories of one configuration, by keys of either kind', () => {
    expect(
      faultsOf([
        mappingRow('seat_category', 'OR', ['1']),
        mappingRow('seat_category', 'MATCH/UNIQUE', ['1']),
      ]),
    ).toMatchObject([{ code: 'mapping.value_claimed', ours: 'MATCH/OR', other: 'MATCH/UNIQUE' }]);
  });

  it('a generic key that names two blocks of one layout', () => {
    expect(faultsOf([mappingRow('block', 'A', ['A'])])).toMatchObject([
      { code: 'mapping.value_claimed', ours: 'STADE/SUD/A', other: 'STADE/NORD/A' },
    ]);
  });

  it('two rows of one block with one value, and a generic one with a specific one', () => {
    const rows = [mappingRow('row', 'STADE/NORD/A/AA', ['1']), mappingRow('row', 'BB', ['1'])];
    expect(faultsOf(rows)).toMatchObject([{ code: 'mapping.value_claimed', ours: 'BB' }]);
    const elsewhere = [
      mappingRow('row', 'STADE/NORD/A/AA', ['1']),
      mappingRow('row', 'STADE/NORD/B/BB', ['1']),
    ];
    expect(faultsOf(elsewhere)).toEqual([]);
    // The generic line does not count where a more specific one stands.
    const beaten = [
      mappingRow('row', 'STADE/NORD/A/AA', ['1']),
      mappingRow('row', 'BB', ['1']),
      mappingRow('row', 'STADE/NORD/A/BB', ['2']),
    ];
    expect(faultsOf(beaten)).toEqual([]);
  });

  it('what is not in the house, with what may have been meant', () => {
    expect(faultsOf([mappingRow('tariff', 'OccCont/FNAC_B', ['9'], SEASON_2)])).toMatchObject([
      {
        code: 'mapping.ours_unknown',
        ours: 'OccCont/FNAC_B',
        suggestions: expect.arrayContaining(['OccCont/FNAC_P']),
      },
    ]);
    expect(faultsOf([mappingRow('row', 'STADE/NORD/Z/AA', ['1'])])).toMatchObject([
      { code: 'mapping.ours_unknown' },
    ]);
  });

  it('what lives in another season', () => {
    expect(faultsOf([mappingRow('product', 'MSTIC', ['X'], SEASON_2)])).toEqual([
      { code: 'mapping.ours_other_season', ours: 'MSTIC', seasons: 'Saison 1' },
    ]);
  });

  it.each([
    ['ABO', 'season_ticket'],
    ['GROUP', 'group_visit_pass'],
  ])('%s, which resellers may not sell', (ours, kind) => {
    expect(faultsOf([mappingRow('product', ours, ['X'])])).toEqual([
      { code: 'mapping.product_kind', ours, kind },
    ]);
  });

  it.each([
    ['Membre/FNAC_P', 'member_contact'],
    ['EXO', 'invited'],
  ])('%s, a tariff that may not go to resellers', (ours, kind) => {
    expect(faultsOf([mappingRow('tariff', ours, ['80'], SEASON_2)])).toEqual([
      { code: 'mapping.tariff_kind', ours, kind },
    ]);
  });

  it.each([
    [[], 'mapping.value_empty'],
    [[''], 'mapping.value_empty'],
    [['9', ''], 'mapping.value_empty'],
    [[' 9'], 'mapping.value_spaces'],
    [['9', '8', '9'], 'mapping.value_twice'],
  ])('the values %j', (external, code) => {
    const faults = faultsOf([mappingRow('contingent', 'FNAC', external)]);
    expect(faults.map((fault) => fault.code)).toEqual([code]);
  });

  it('two rows for one object', () => {
    expect(faultsOf([mappingRow('tariff', 'OccCont/FNAC_P', ['99'], SEASON_2)])).toEqual([
      { code: 'mapping.ours_twice', ours: 'OccCont/FNAC_P', other_row: 1 },
    ]);
  });

  it('a value that is ours and not ours, or not ours twice', () => {
    expect(faultsOf([mappingRow('product', null, ['MOSA02'], SEASON_2)])).toMatchObject([
      { code: 'mapping.value_also_not_ours', value: 'MOSA02', other: 'CHALK' },
    ]);
    const twice = [mappingRow('product', null, ['N']), mappingRow('product', null, ['N', 'M'])];
    expect(faultsOf(twice)).toEqual([{ code: 'mapping.value_twice', value: 'N' }]);
  });

  it('what is no word, no season, or has no sense', () => {
    const nonsense = [
      { ...mappingRow('product', 'CHALK', ['X']), word: 'hall' as 'product' },
      mappingRow('contingent', 'FNAC', ['X'], 77),
      { ...mappingRow('product', 'CHALK', ['Y']), notOurs: true },
      mappingRow('contingent', '', ['Z']),
    ];
    expect(faultsOf(nonsense).map((fault) => fault.code)).toEqual([
      'mapping.word_unknown',
      'mapping.ours_unknown',
      'mapping.season_unknown',
      'mapping.not_ours_with_ours',
      'mapping.ours_empty',
    ]);
  });

  it.each([
    ['digits', { digits: 0 }],
    ['digits', { digits: 2.5 }],
    ['digits', { digits: 10 }],
    ['ourDigits', { ourDigits: 2 }],
    ['letterCase', { letterCase: 'Upper' as 'upper' }],
  ])('a rule with wrong %s', (what, given) => {
    expect(faultsOf([rule('seat', '*', given)])).toEqual([{ code: 'mapping.rule_invalid', what }]);
  });

  it('all at once, in the order of rows', () => {
    const faults = checkMappings(
      [
        mappingRow('product', 'ABO', ['']),
        mappingRow('tariff', 'OccCont/FNAC_P', ['1'], SEASON_2),
        mappingRow('tariff', 'OccCont/FNAC_R', ['1'], SEASON_2),
        mappingRow('seat_category', 'NOWHERE/NOTHING', ['2', '2']),
      ],
      CONTEXT,
    );
    expect(faults.map(({ row, field, code }) => [row, field, code])).toEqual([
      [0, 'external', 'mapping.value_empty'],
      [0, 'ours', 'mapping.product_kind'],
      [2, 'external', 'mapping.value_claimed'],
      [3, 'external', 'mapping.value_twice'],
      [3, 'ours', 'mapping.ours_unknown'],
    ]);
  });
});

describe('an accepted table', () => {
  const values = fc.uniqueArray(fc.constantFrom('0', '00', '1', '44', '|', 'A', 'B', 'C'), {
    minLength: 1,
    maxLength: 2,
  });
  const line = fc
    .record({
      object: fc.constantFrom(...OBJECTS),
      specificity: fc.nat(2),
      anySeason: fc.boolean(),
      season: fc.constantFrom(SEASON_1, SEASON_2),
      external: values,
    })
    .map(({ object, specificity, anySeason, season, external }) => {
      const keys = keysOf(object.path);
      const key = keys[Math.min(specificity, keys.length - 1)] ?? '';
      const own = object.seasonId ?? season;
      return mappingRow(object.word, key, external, anySeason ? null : own);
    });

  it('reads back what it sends: resolve is the inverse of theirs', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (rows) => {
        if (checkMappings(rows, CONTEXT).length > 0) return;
        const vocabulary = createVocabulary(rows);
        for (const object of OBJECTS) {
          if (object.refusal !== null) continue;
          for (const seasonId of [SEASON_1, SEASON_2]) {
            if (object.seasonId !== null && object.seasonId !== seasonId) continue;
            const sent = vocabulary.theirs(object.word, object.path, seasonId);
            if (sent === null) continue;
            const candidates = OBJECTS.filter(
              (other) =>
                other.word === object.word &&
                other.scope === object.scope &&
                other.refusal === null &&
                (other.seasonId === null || other.seasonId === seasonId),
            ).map((other) => other.path);
            const answer = vocabulary.resolve(object.word, sent, { seasonId, candidates });
            expect(answer).toMatchObject({ path: object.path });
            accepted += 1;
          }
        }
      }),
      { numRuns: 3_000 },
    );
    // A property that is never met would be true.
    expect(accepted).toBeGreaterThan(500);
  });
});
