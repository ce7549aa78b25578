import { describe, expect, it } from 'vitest';
import type { MappingRow, MappingWord } from './mapping-row.ts';
import { RULE_EXTERNAL } from './mapping-row.ts';
import type { PlaceRule } from './place-rule.ts';
import { NO_RULE } from './place-rule.ts';
import { createVocabulary } from './vocabulary.ts';

let nextId = 1;
function row(
  word: MappingWord,
  ours: string | null,
  external: string[],
  seasonId: number | null = null,
): MappingRow {
  nextId += 1;
  return { id: nextId, word, seasonId, ours, external, notOurs: ours === null };
}
function rule(word: 'row' | 'seat', block: string, given: Partial<PlaceRule>): MappingRow {
  return { ...row(word, block, [...RULE_EXTERNAL]), rule: { ...NO_RULE, ...given } };
}

const MOSA = createVocabulary([
  row('block', 'AUDI/AUDI', ['LIBRE', 'UNIQUE']),
  row('tariff', 'OccCont/FNAC_P', ['0', '44'], 2),
  row('tariff', 'OccCont/FNAC_R', ['6'], 2),
  row('tariff', 'OccCont/FNAC_A', ['15', '60'], 2),
  row('product', 'CHALK', ['MOSA02'], 2),
  row('logical_configuration', 'GARD100', ['GAR'], 2),
  row('seat_category', 'GARD100/UNIQUE', ['30'], 2),
  row('product', 'MSTIC', ['MOSA01'], 1),
]);
const TARIFFS = [
  ['OccCont', 'FNAC_P'],
  ['OccCont', 'FNAC_R'],
  ['OccCont', 'FNAC_A'],
];

describe('the MoSA table', () => {
  it.each([
    ['0', 'FNAC_P'],
    ['44', 'FNAC_P'],
    ['6', 'FNAC_R'],
    ['15', 'FNAC_A'],
    ['60', 'FNAC_A'],
  ])('reads customer category %s as %s', (value, code) => {
    const answer = MOSA.resolve('tariff', value, { seasonId: 2, candidates: TARIFFS });
    expect(answer).toMatchObject({ found: code, path: ['OccCont', code] });
  });

  it('sends the first alternative', () => {
    expect(MOSA.theirs('tariff', ['OccCont', 'FNAC_P'], 2)).toBe('0');
    expect(MOSA.theirs('block', ['AUDI', 'AUDI'], 2)).toBe('LIBRE');
  });

  it('compares values as text: 044, 4 and 0|44 are not 44', () => {
    for (const value of ['044', '4', '0|44', ' 44', '']) {
      const answer = MOSA.resolve('tariff', value, { seasonId: 2, candidates: TARIFFS });
      expect(answer).toEqual({ missing: true, elsewhere: [] });
    }
  });

  it('keeps a row to its season', () => {
    expect(MOSA.resolve('tariff', '44', { seasonId: 1, candidates: TARIFFS })).toHaveProperty(
      'missing',
    );
    expect(MOSA.theirs('tariff', ['OccCont', 'FNAC_P'], 1)).toBeNull();
    expect(MOSA.theirs('tariff', ['OccCont', 'FNAC_P'], null)).toBeNull();
  });
});

describe('which row counts', () => {
  const vocabulary = createVocabulary([
    row('seat_category', 'CAT1', ['all-generic']),
    row('seat_category', 'HALL/CAT1', ['all-specific']),
    row('seat_category', 'CAT1', ['season-2-generic'], 2),
    row('seat_category', 'HALL/CAT1', ['season-3-specific'], 3),
    row('seat_category', 'CAT1', ['season-3-generic'], 3),
  ]);
  it.each([
    ['HALL', 1, 'all-specific'],
    ['OTHER', 1, 'all-generic'],
    ['HALL', 2, 'season-2-generic'],
    ['HALL', 3, 'season-3-specific'],
    ['OTHER', 3, 'season-3-generic'],
    ['HALL', null, 'all-specific'],
  ])('%s in season %s is %s', (hall, seasonId, value) => {
    expect(vocabulary.theirs('seat_category', [hall, 'CAT1'], seasonId)).toBe(value);
    expect(
      vocabulary.resolve('seat_category', value, { seasonId, candidates: [[hall, 'CAT1']] }),
    ).toMatchObject({ found: 'CAT1', candidate: 0 });
  });

  it('does not read a value of a row that another beats, and says where it is mapped', () => {
    const answer = vocabulary.resolve('seat_category', 'all-specific', {
      seasonId: 3,
      candidates: [['HALL', 'CAT1']],
    });
    expect(answer).toEqual({ missing: true, elsewhere: ['HALL/CAT1'] });
  });
});

describe('candidates', () => {
  const vocabulary = createVocabulary([
    row('seat_category', 'A/ONE', ['1']),
    row('seat_category', 'B/ONE', ['1']),
    row('seat_category', 'TWO', ['2']),
    row('tariff', 'X/P', ['9']),
    row('tariff', 'Y/Q', ['9']),
  ]);

  it('answers the one that can be meant here', () => {
    const candidates = [
      ['B', 'TWO'],
      ['B', 'ONE'],
    ];
    expect(vocabulary.resolve('seat_category', '1', { seasonId: null, candidates })).toEqual({
      found: 'ONE',
      key: 'B/ONE',
      path: ['B', 'ONE'],
      candidate: 1,
    });
    expect(vocabulary.resolve('seat_category', '2', { seasonId: null, candidates })).toMatchObject({
      key: 'TWO',
      path: ['B', 'TWO'],
    });
  });

  it('names both when two are meant', () => {
    const candidates = [
      ['X', 'P'],
      ['Y', 'Q'],
      ['Y', 'P'],
    ];
    expect(vocabulary.resolve('tariff', '9', { seasonId: 2, candidates })).toEqual({
      ambiguous: ['X/P', 'Y/Q'],
    });
    expect(vocabulary.resolve('tariff', '9', { seasonId: 2 })).toEqual({
      ambiguous: ['X/P', 'Y/Q'],
    });
  });

  it('takes one object given twice as one', () => {
    const candidates = [
      ['A', 'ONE'],
      ['A', 'ONE'],
    ];
    expect(vocabulary.resolve('seat_category', '1', { seasonId: 2, candidates })).toHaveProperty(
      'found',
      'ONE',
    );
  });

  it('answers under parents without candidates', () => {
    const where = { seasonId: 2, parents: ['B'] };
    expect(vocabulary.resolve('seat_category', '1', where)).toMatchObject({ key: 'B/ONE' });
    expect(vocabulary.resolve('seat_category', '2', where)).toMatchObject({ path: ['B', 'TWO'] });
  });

  it('reads the unnamed block of an area by the key of its area', () => {
    const halls = createVocabulary([row('block', 'Away/Loges', ['LOGES'])]);
    const candidates = [['Away', 'Loges', '']];
    expect(halls.resolve('block', 'LOGES', { seasonId: 1, candidates })).toMatchObject({
      found: 'Loges',
      path: ['Away', 'Loges', ''],
    });
    expect(halls.theirs('block', ['Away', 'Loges', ''], 1)).toBe('LOGES');
  });

  it('reads codes that contain a slash, escaped in keys', () => {
    const slashes = createVocabulary([row('tariff', 'Occ\\/Cont/A\\/B', ['7'])]);
    expect(
      slashes.resolve('tariff', '7', { seasonId: 1, candidates: [['Occ/Cont', 'A/B']] }),
    ).toMatchObject({ found: 'A/B' });
    expect(slashes.theirs('tariff', ['Occ/Cont', 'A/B'], 1)).toBe('7');
    // `Cont/A` would be another key: the slash inside a code separates nothing.
    expect(slashes.theirs('tariff', ['Occ', 'Cont/A', 'B'], 1)).toBeNull();
  });
});

describe('not ours', () => {
  const vocabulary = createVocabulary([
    row('product', null, ['LOUVRE1', 'LOUVRE2']),
    row('product', 'CHALK', ['MOSA02']),
    row('product', null, ['MOSA02'], 3),
    row('product', null, ['BOTH']),
    row('product', 'MSTIC', ['BOTH'], 2),
  ]);
  const candidates = [['CHALK'], ['MSTIC']];

  it('tells it from missing', () => {
    for (const value of ['LOUVRE1', 'LOUVRE2']) {
      expect(vocabulary.resolve('product', value, { seasonId: 2, candidates })).toEqual({
        notOurs: true,
      });
    }
    expect(vocabulary.resolve('product', 'ORSAY', { seasonId: 2, candidates })).toHaveProperty(
      'missing',
    );
  });

  it("lets a season's row beat one of every season, both ways", () => {
    const at = (value: string, seasonId: number) =>
      vocabulary.resolve('product', value, { seasonId, candidates });
    expect(at('MOSA02', 2)).toHaveProperty('found', 'CHALK');
    expect(at('MOSA02', 3)).toEqual({ notOurs: true });
    expect(at('BOTH', 2)).toHaveProperty('found', 'MSTIC');
    expect(at('BOTH', 3)).toEqual({ notOurs: true });
  });
});

describe('products over all seasons', () => {
  const chalk1 = { id: 1, code: 'CHALK', seasonId: 1 };
  const chalk2 = { id: 2, code: 'CHALK', seasonId: 2 };
  const old1 = { id: 3, code: 'OLD', seasonId: 1 };
  const byCode = new Map([
    ['CHALK', [chalk1, chalk2]],
    ['OLD', [old1]],
  ]);

  it('finds a code that lives in two seasons in both', () => {
    const vocabulary = createVocabulary([row('product', 'CHALK', ['V'])]);
    expect(vocabulary.resolveProducts('V', byCode)).toEqual({ found: [chalk1, chalk2] });
  });

  it('finds a value that meant another product in another season', () => {
    const vocabulary = createVocabulary([
      row('product', 'OLD', ['V'], 1),
      row('product', 'CHALK', ['V'], 2),
    ]);
    expect(vocabulary.resolveProducts('V', byCode)).toEqual({ found: [old1, chalk2] });
  });

  it('leaves out a season whose own row says otherwise', () => {
    const vocabulary = createVocabulary([
      row('product', 'CHALK', ['V']),
      row('product', 'CHALK', ['W'], 1),
    ]);
    expect(vocabulary.resolveProducts('V', byCode)).toEqual({ found: [chalk2] });
    expect(vocabulary.resolveProducts('W', byCode)).toEqual({ found: [chalk1] });
  });

  it('tells not ours from missing', () => {
    const vocabulary = createVocabulary([
      row('product', null, ['N'], 2),
      row('product', 'GONE', ['G']),
    ]);
    expect(vocabulary.resolveProducts('N', byCode)).toEqual({ notOurs: true });
    expect(vocabulary.resolveProducts('X', byCode)).toEqual({ missing: true, elsewhere: [] });
    expect(vocabulary.resolveProducts('G', byCode)).toEqual({ missing: true, elsewhere: ['GONE'] });
  });
});

describe('the order of mappings', () => {
  it('is that of the rows, after which comes what is not mapped', () => {
    const vocabulary = createVocabulary([
      row('contingent', 'SECOND', ['2']),
      row('contingent', 'FIRST', ['1']),
    ]);
    const order = (code: string) => vocabulary.orderOf('contingent', [code], 1);
    expect(order('SECOND')).toBeLessThan(order('FIRST'));
    expect(order('FIRST')).toBeLessThan(order('NONE'));
    expect(vocabulary.has('contingent')).toBe(true);
    expect(vocabulary.has('row')).toBe(false);
  });
});

describe('rows and seats', () => {
  const BLOCK = ['STADE', 'NORD', 'B'];

  it('are written as they are without a line or a rule', () => {
    const vocabulary = createVocabulary([]);
    expect(vocabulary.ourName('row', 'AA', BLOCK)).toBe('AA');
    expect(vocabulary.theirName('seat', '007', BLOCK)).toBe('007');
  });

  it('follow the rule of their block: prefix, leading zeros, letter case', () => {
    const vocabulary = createVocabulary([
      rule('row', 'NORD/B', { prefix: 'R', letterCase: 'upper', ourLetterCase: 'lower' }),
      rule('seat', 'STADE/NORD/B', { digits: 3 }),
      rule('seat', '*', { prefix: 'P' }),
    ]);
    expect(vocabulary.theirName('row', 'ab', BLOCK)).toBe('RAB');
    expect(vocabulary.ourName('row', 'RAB', BLOCK)).toBe('ab');
    expect(vocabulary.ourName('row', 'AB', BLOCK)).toBeNull();
    expect(vocabulary.theirName('seat', '7', BLOCK)).toBe('007');
    expect(vocabulary.ourName('seat', '007', BLOCK)).toBe('7');
    expect(vocabulary.ourName('seat', '0', BLOCK)).toBe('0');
    expect(vocabulary.ourName('seat', 'P7', ['STADE', 'SUD', 'A'])).toBe('7');
    expect(vocabulary.theirName('seat', '7', ['STADE', 'SUD'])).toBe('P7');
  });

  it('have lines of their own, which beat the rule', () => {
    const vocabulary = createVocabulary([
      rule('row', 'B', { prefix: 'R' }),
      row('row', 'STADE/NORD/B/A', ['1']),
      row('row', 'Away/Loges//Z', ['FOND']),
      row('seat', 'NORD/B/A/12', ['12 bis']),
    ]);
    expect(vocabulary.theirName('row', 'A', BLOCK)).toBe('1');
    expect(vocabulary.ourName('row', '1', BLOCK)).toBe('A');
    // `RA` would be the name of A by the rule, but A has a line.
    expect(vocabulary.ourName('row', 'RA', BLOCK)).toBeNull();
    expect(vocabulary.ourName('row', 'RC', BLOCK)).toBe('C');
    expect(vocabulary.ourName('row', 'FOND', ['Away', 'Loges'])).toBe('Z');
    expect(vocabulary.theirName('row', 'Z', ['Away', 'Loges', ''])).toBe('FOND');
    expect(vocabulary.theirName('seat', '12', BLOCK, { row: 'A' })).toBe('12 bis');
    expect(vocabulary.theirName('seat', '12', BLOCK, { row: 'C' })).toBe('12');
    expect(vocabulary.theirName('seat', '12', BLOCK)).toBe('12');
  });

  it('never give two places one name', () => {
    const vocabulary = createVocabulary([row('row', 'A', ['1'])]);
    expect(vocabulary.theirName('row', 'A', BLOCK)).toBe('1');
    expect(vocabulary.theirName('row', '1', BLOCK)).toBeNull();
    expect(vocabulary.ourName('row', '1', BLOCK)).toBe('A');
  });

  it('keep to their season', () => {
    const vocabulary = createVocabulary([row('row', 'A', ['1'], 2)]);
    expect(vocabulary.ourName('row', '1', BLOCK, { seasonId: 2 })).toBe('A');
    expect(vocabulary.ourName('row', '1', BLOCK, { seasonId: 3 })).toBe('1');
    expect(vocabulary.ourName('row', '1', BLOCK)).toBe('1');
  });
});
