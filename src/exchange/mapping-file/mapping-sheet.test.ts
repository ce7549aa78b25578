import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import {
  mappingRow,
  mosaCatalogue,
  mosaMappings,
  SEASON_1,
  SEASON_2,
} from '../../../tests/support/mapping-catalogue.ts';
import type { MappingRow } from '../../domain/mapping/mapping-row.ts';
import { MAPPING_WORDS, RULE_EXTERNAL } from '../../domain/mapping/mapping-row.ts';
import { mappableObjects } from '../../domain/mapping/objects.ts';
import { NO_RULE } from '../../domain/mapping/place-rule.ts';
import type { MappingTable } from '../mapping-table.ts';
import { HEADINGS, LANGUAGES, readWord, WORDS } from './headings.ts';
import { readMappingSheet, SHEET_BYTES_MAX } from './read-sheet.ts';
import { writeMappingSheet } from './write-sheet.ts';

const CATALOGUE = mosaCatalogue();
const SEASONS = CATALOGUE.seasons.map((season) => season.code);

function tableOf(rows: readonly MappingRow[]): MappingTable {
  return {
    interfaceId: 1,
    rows: rows.map((row) => ({ ...row, changedAt: '', changedBy: '' })),
    catalogue: CATALOGUE,
    objects: mappableObjects(CATALOGUE),
    seasons: CATALOGUE.seasons,
  };
}

/** What a sheet says, as rows. */
async function readRows(file: Buffer): Promise<MappingRow[]> {
  const { lines, faults } = await readMappingSheet(file, SEASONS);
  expect(faults).toEqual([]);
  const ids = new Map(CATALOGUE.seasons.map((season) => [season.code, season.id]));
  return lines
    .map(({ id, word, season, ours, external, notOurs, rule }) => ({
      id: id ?? 0,
      word,
      seasonId: ids.get(season) ?? null,
      ours,
      external,
      notOurs,
      rule,
    }))
    .sort((a, b) => a.id - b.id);
}
const plain = (rows: readonly MappingRow[]) =>
  rows
    .map((row) => ({ ...row, external: [...row.external], rule: row.rule ?? null }))
    .sort((a, b) => a.id - b.id);

/** A sheet as people make it: any cells. */
const sheetOf = (rows: (string | number | boolean | Date | null)[][]) =>
  writeExcelFile(rows, { dateFormat: 'dd/mm/yyyy' }).toBuffer();
const HEAD = ['Donnée', 'Saison', 'Notre code', 'Id externe', 'Pas à nous', 'Règle', 'N°'];

describe('out and in', () => {
  it.each(LANGUAGES)('the table of the slide comes back in %s', async (language) => {
    const rows = [
      ...mosaMappings(),
      mappingRow('product', null, ['LOUVRE', 'a|b', 'c\\d'], SEASON_1),
      { ...mappingRow('seat', 'STADE/NORD/A', RULE_EXTERNAL), rule: { ...NO_RULE, digits: 3 } },
      { ...mappingRow('row', '*', RULE_EXTERNAL), rule: { ...NO_RULE } },
    ];
    const file = await writeMappingSheet(tableOf(rows), language);
    expect(await readRows(file)).toEqual(plain(rows));
  });

  it.each([
    '=1+1',
    '+33',
    '-1',
    '@SUM(A1)',
    '0044',
    '007',
    '1-2',
    '1/2',
    '1e5',
    '12:30',
    'TRUE',
    '9'.repeat(20),
    '0',
  ])('the value %s stays the text it is', async (value) => {
    const rows = [mappingRow('contingent', 'FNAC', [value])];
    const file = await writeMappingSheet(tableOf(rows), 'fr');
    expect(await readRows(file)).toEqual(plain(rows));
  });

  it('loses nothing, whatever the values', async () => {
    const text = fc
      .string({
        unit: fc.constantFrom(
          '|',
          '\\',
          '/',
          '0',
          '7',
          'é',
          'ß',
          '🎭',
          '=',
          '"',
          '&',
          '<',
          ' ',
          '-',
        ),
        minLength: 1,
        maxLength: 6,
      })
      .filter((value) => value === value.trim() && value !== '');
    const row = fc.record({
      word: fc.constantFrom(...MAPPING_WORDS),
      seasonId: fc.constantFrom(null, SEASON_1, SEASON_2),
      ours: fc.option(text),
      external: fc.array(text, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 6 }),
        fc.constantFrom(...LANGUAGES),
        async (given, language) => {
          const rows = given.map((one) =>
            mappingRow(one.word, one.ours, one.external, one.seasonId),
          );
          const file = await writeMappingSheet(tableOf(rows), language);
          expect(await readRows(file)).toEqual(plain(rows));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('writes cells as text, with the name that people know', async () => {
    const { readSheet } = await import('read-excel-file/node');
    const file = await writeMappingSheet(tableOf(mosaMappings()), 'fr');
    const sheet = await readSheet(file);
    expect(sheet[0]).toEqual(Object.values(HEADINGS).map((heading) => heading.fr));
    const line = sheet.find((cells) => cells[3] === 'OccCont/FNAC_R');
    expect(line?.slice(0, 5)).toEqual(['Tarif', 'Saison 2', 'FNAC Réduit', 'OccCont/FNAC_R', '6']);
  });
});

describe('what people write', () => {
  it('is met by headings in any language and order, below a title', async () => {
    const file = await sheetOf([
      ['Correspondances FNAC'],
      [],
      ['Externe Id', 'Our code', 'note', 'Dato', 'Temporada'],
      ['0|44', 'OccCont/FNAC_P', 'see mail', 'tarif', 'Saison 2'],
      ['MOSA02', 'CHALK', null, 'Événement', 'toutes'],
      [30, 'GARD100/UNIQUE', null, 'seat_category', null],
      [null, null, null, null, null],
    ]);
    const { lines, faults } = await readMappingSheet(file, SEASONS);
    expect(faults).toEqual([]);
    expect(
      lines.map(({ row, word, season, ours, external }) => [row, word, season, ours, external]),
    ).toEqual([
      [4, 'tariff', 'Saison 2', 'OccCont/FNAC_P', ['0', '44']],
      [5, 'product', '', 'CHALK', ['MOSA02']],
      [6, 'seat_category', '', 'GARD100/UNIQUE', ['30']],
    ]);
  });

  it('marks values as not ours in many ways', async () => {
    const says = ['oui', 'X', 'Sì', true, 1];
    const file = await sheetOf([
      HEAD,
      ...says.map((yes, index) => ['Produit', null, null, `V${index}`, yes, null, null]),
    ]);
    const { lines, faults } = await readMappingSheet(file, SEASONS);
    expect(faults).toEqual([]);
    expect(lines.map((line) => [line.notOurs, line.ours])).toEqual(says.map(() => [true, null]));
  });

  it('names no word and no heading twice', () => {
    for (const word of MAPPING_WORDS) {
      expect(readWord(word)).toBe(word);
      for (const language of LANGUAGES) expect(readWord(WORDS[word][language])).toBe(word);
    }
  });
});

describe('what is refused', () => {
  it('all at once, each with its sheet row', async () => {
    const file = await sheetOf([
      HEAD,
      ['Salle', null, 'X', '1', null, null, null],
      ['Tarif', 'Saison 9', 'X', '1', 'peut-être', null, null],
      ['Tarif', 'Saison 2', 'X', new Date(Date.UTC(2026, 0, 2)), null, '{"digit":3}', null],
      ['Tarif', 'Saison 2', 'X', 1.5, null, 'R', 'abc'],
      ['Tarif', 'Saison 2', 'X', true, null, null, 7],
      ['Tarif', 'Saison 2', 'X', '1', null, null, 7],
    ]);
    const { faults } = await readMappingSheet(file, SEASONS);
    expect(faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'word', 'sheet.word_unknown'],
      [3, 'season', 'sheet.season_unknown'],
      [3, 'notOurs', 'sheet.yes_or_no'],
      [4, 'rule', 'sheet.rule_unreadable'],
      [4, 'external', 'sheet.not_text'],
      [5, 'rule', 'sheet.rule_unreadable'],
      [5, 'id', 'sheet.id_unreadable'],
      [5, 'external', 'sheet.not_text'],
      [6, 'external', 'sheet.not_text'],
      [7, 'id', 'sheet.id_twice'],
    ]);
  });

  it.each([
    ['no Excel file', Buffer.from('Donnée;Saison'), 'sheet.unreadable'],
    ['an empty one', Buffer.alloc(0), 'sheet.unreadable'],
    ['one too large', Buffer.alloc(SHEET_BYTES_MAX + 1), 'sheet.too_large'],
  ])('%s', async (_, file, code) => {
    const { lines, faults } = await readMappingSheet(file, SEASONS);
    expect([lines, faults.map((fault) => fault.code)]).toEqual([[], [code]]);
  });

  it('a sheet without its headings, or with one twice', async () => {
    const none = await readMappingSheet(
      await sheetOf([
        ['a', 'b'],
        ['c', 'd'],
      ]),
      SEASONS,
    );
    expect(none.faults.map((fault) => fault.code)).toEqual(['sheet.no_heading']);
    const twice = await readMappingSheet(await sheetOf([[...HEAD, 'Season']]), SEASONS);
    expect(twice.faults.map((fault) => fault.code)).toEqual(['sheet.heading_twice']);
  });
});
