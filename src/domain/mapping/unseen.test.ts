import { describe, expect, it } from 'vitest';
import {
  mappingRow,
  mosaCatalogue,
  mosaMappings,
  SEASON_1,
  SEASON_2,
} from '../../../tests/support/mapping-catalogue.ts';
import type { CatalogueRows } from '../catalogue/catalogue.ts';
import { copyToSeason } from './copy-to-season.ts';
import type { MappingRow } from './mapping-row.ts';
import { mappableObjects } from './objects.ts';
import { folded, mostSimilar, similarity } from './similarity.ts';
import { createUnseenReader } from './unseen.ts';

function reader(
  rows: readonly MappingRow[] = mosaMappings(),
  change: Partial<CatalogueRows> = {},
  usage = new Map<string, number>(),
) {
  const catalogue = mosaCatalogue(change);
  return createUnseenReader({ catalogue, objects: mappableObjects(catalogue), rows, usage });
}
const price = (productId: number, tariffId: number) => ({
  productId,
  performanceId: null,
  seatCategoryId: null,
  tariffId,
  amountMinor: 1000,
  currency: 'EUR',
  validFrom: '2026-01-01T00:00:00.000Z',
});

describe('suggestions', () => {
  it('give a new customer category to the tariff with the nearest number', () => {
    const answer = reader().suggest({ word: 'tariff', value: '22', parent: 'MOSA02' });
    expect(answer[0]).toMatchObject({
      key: 'OccCont/FNAC_A',
      reason: 'numeric_neighbour',
      detail: '15',
      seasonId: SEASON_2,
    });
    const [first] = reader().suggest({ word: 'tariff', value: '43', parent: 'MOSA02' });
    expect(first).toMatchObject({ key: 'OccCont/FNAC_P', detail: '44' });
  });

  it('find the same code, and a name without its accents', () => {
    const [code] = reader().suggest({ word: 'product', value: 'mstic', parent: '' });
    expect(code).toMatchObject({ key: 'MSTIC', reason: 'same_code', seasonId: SEASON_1 });
    const [name] = reader().suggest({ word: 'tariff', value: 'FNAC REDUIT', parent: 'MOSA02' });
    expect(name).toMatchObject({ key: 'OccCont/FNAC_R', reason: 'similar_name' });
  });

  it('fall back on what is sold most', () => {
    const usage = new Map([
      ['tariff OccCont/FNAC_R', 12],
      ['tariff OccCom/CE', 90],
    ]);
    const answer = reader([], {}, usage).suggest({ word: 'tariff', value: 'ZZZ', parent: '' });
    expect(answer.map(({ key, reason, detail }) => [key, reason, detail])).toEqual([
      ['OccCom/CE', 'most_used', '90'],
      ['OccCont/FNAC_R', 'most_used', '12'],
    ]);
  });

  it('are at most three, each object once, none that resellers may not sell', () => {
    const usage = new Map(
      ['FNAC_P', 'FNAC_R', 'FNAC_A'].map((code) => [`tariff OccCont/${code}`, 5] as const),
    );
    const answer = reader([], {}, usage).suggest({ word: 'tariff', value: 'FNAC', parent: '' });
    expect(answer).toHaveLength(3);
    expect(new Set(answer.map((one) => one.key)).size).toBe(3);
    const all = reader().suggest({ word: 'tariff', value: 'EXO', parent: '' });
    expect(all.map((one) => one.key)).not.toContain('Invit/EXO');
  });

  it('keep to what the value came with', () => {
    const prices = [price(1, 2)];
    const [only, ...others] = reader(mosaMappings(), { prices }).suggest({
      word: 'tariff',
      value: '44',
      parent: 'MOSA02',
    });
    expect(others).toEqual([]);
    // Only the reduced tariff has a price for this event; 6 is too far from 44 to be a neighbour.
    expect(only).toBeUndefined();
    const category = reader().suggest({ word: 'seat_category', value: 'UNIQUE', parent: 'MATCH' });
    expect(category.map((one) => one.key)).toEqual(['MATCH/UNIQUE']);
    const block = reader().suggest({ word: 'block', value: 'NORD A', parent: 'GARD100' });
    expect(block).toEqual([]);
  });
});

describe('what covers an unseen value', () => {
  it.each([
    ['tariff', '44', 'MOSA02', true],
    // Mapped in season 2, and the pass is of season 1.
    ['tariff', '44', 'MOSA01', false],
    ['tariff', '44', '', true],
    ['tariff', '22', 'MOSA02', false],
    ['seat_category', '30', 'GARD100', true],
    ['seat_category', '30', 'MATCH', false],
    ['block', 'UNIQUE', 'GARD100', true],
    ['block', 'UNIQUE', 'MATCH', false],
    ['product', 'MOSA01', '', true],
    ['product', 'LOUVRE', '', false],
    ['row', 'R1', 'STADE', false],
  ] as const)('%s %s with %s: %s', (word, value, parent, covered) => {
    expect(reader().covered({ word, value, parent })).toBe(covered);
  });

  it('is a mark as not ours as well', () => {
    const rows = [mappingRow('product', null, ['LOUVRE'])];
    expect(reader(rows).covered({ word: 'product', value: 'LOUVRE', parent: '' })).toBe(true);
  });
});

describe('performances', () => {
  const performances = ['2026-06-01T20:00', '2026-06-02T20:00'].map((localStart, index) => ({
    id: index + 1,
    productId: 1,
    code: `P${index + 1}`,
    startsAt: `${localStart}:00.000Z`,
    timeZone: 'Europe/Paris',
    localStart,
    aliases: index === 0 ? ['2026-05-31T20:00'] : [],
    logicalConfigurationId: 1,
    state: 'running' as const,
    gauge: null,
    suspendedAt: null,
    cancelledAt: null,
    closedAt: null,
  }));
  const seen = (value: string) => ({ word: 'performance' as const, value, parent: 'MOSA02' });

  it('are known by their start, present or former, without a mapping', () => {
    const { covered } = reader(mosaMappings(), { performances });
    expect(covered(seen('2026-06-02T20:00'))).toBe(true);
    expect(covered(seen('2026-05-31T20:00'))).toBe(true);
    expect(covered(seen('2026-06-02T20:30'))).toBe(false);
  });

  it('are suggested by the nearest start, and nothing for a value that is not there', () => {
    const { suggest } = reader(mosaMappings(), { performances });
    expect(suggest(seen('2026-06-02T20:30'))[0]).toMatchObject({ key: 'CHALK/P2' });
    expect(suggest(seen(''))).toEqual([]);
  });
});

describe('copying to a season', () => {
  it('copies what exists there, and tells the rest with its successors', () => {
    const tariffs = [
      ...mosaCatalogue().tariffs.filter((one) => one.seasonId !== SEASON_1),
      { ...mosaCatalogue().tariffs[0]!, id: 20, seasonId: SEASON_1 },
      { ...mosaCatalogue().tariffs[1]!, id: 21, seasonId: SEASON_1, code: 'FNAC_RED' },
    ];
    const catalogue = mosaCatalogue({ tariffs });
    const rows = [
      mappingRow('product', 'MSTIC', ['MOSA01'], SEASON_1),
      ...mosaMappings().filter((row) => row.word !== 'product'),
      mappingRow('product', 'CHALK', ['MOSA02'], SEASON_2),
      mappingRow('product', 'CHALK', ['MOSA00'], SEASON_1),
      mappingRow('contingent', 'FNAC', ['MOS'], SEASON_2),
      mappingRow('contingent', 'FNAC', ['MOS'], SEASON_1),
      mappingRow('product', null, ['LOUVRE'], SEASON_2),
    ];
    const copy = copyToSeason(rows, SEASON_2, SEASON_1, mappableObjects(catalogue));
    expect(copy.save.map((row) => [row.id, row.seasonId, row.word, row.ours])).toEqual([
      [null, SEASON_1, 'tariff', 'OccCont/FNAC_P'],
      [null, SEASON_1, 'logical_configuration', 'GARD100'],
      [null, SEASON_1, 'seat_category', 'GARD100/UNIQUE'],
      [null, SEASON_1, 'product', null],
    ]);
    expect(copy.skipped.map(({ row, reason }) => [row.ours, reason])).toEqual([
      ['OccCont/FNAC_R', 'ours_missing'],
      ['OccCont/FNAC_A', 'ours_missing'],
      ['CHALK', 'other_there'],
      ['FNAC', 'same_there'],
    ]);
    expect(copy.skipped[0]?.suggestions).toContain('OccCont/FNAC_RED');
  });
});

describe('similarity', () => {
  it('puts accents, case and punctuation aside', () => {
    expect(folded('  Réduit — (Étudiant) Œuvre Straße')).toBe('reduit etudiant oeuvre strasse');
    expect(similarity('Réduit', 'REDUIT')).toBe(1);
    expect(similarity('', '')).toBe(0);
    expect(similarity('abc', 'xyz')).toBe(0);
  });

  it('is the same both ways and finds the nearest', () => {
    expect(similarity('FNAC Normal', 'Normal')).toBe(similarity('Normal', 'FNAC Normal'));
    expect(mostSimilar('tarif reduit', ['Tarif plein', 'Tarif réduit', 'Invité'], 1, 0.3)).toEqual([
      'Tarif réduit',
    ]);
  });
});
