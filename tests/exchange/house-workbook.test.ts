import { beforeAll, describe, expect, it } from 'vitest';
import writeSheets from 'write-excel-file/node';
import { exportHouse } from '../../src/exchange/export-house.ts';
import { readHouseFile } from '../../src/exchange/house-file/read-house-file.ts';
import { writeWorkbook } from '../../src/exchange/house-file/write-workbook.ts';
import { loadParsedHouse } from '../../src/exchange/load-house.ts';
import { mosaHouse } from '../../src/main/demo/mosa.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { testSecretBox } from '../support/exchange-services.ts';
import { seedHouse } from '../support/houses.ts';

const NOW = new Date('2027-01-10T09:00:00Z');
const fnac = {
  salesUrl: 'http://127.0.0.1:1/a',
  contingentUrl: 'http://127.0.0.1:1/b',
  contingentUser: 'user',
  contingentPassword: 'the-secret-of-the-test',
  prepareUrl: 'http://127.0.0.1:1/c',
  getAccessUrl: 'http://127.0.0.1:1/d',
  accessUser: 'user',
  accessPassword: 'the-other-secret',
};

type Sheets = Record<string, unknown[][]>;

/** A workbook of these sheets; a cell may be text, a number, a flag, a date or empty. */
function workbook(sheets: Sheets): Promise<Buffer> {
  const cell = (value: unknown) =>
    value instanceof Date
      ? { value, type: Date, format: 'dd/mm/yyyy hh:mm' }
      : value === null
        ? null
        : { value, type: (value as object).constructor };
  const all = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map(cell)),
  }));
  return writeSheets(all as never).toBuffer();
}

const ORGANISATION = [
  ['code', 'name', 'currency', 'time_zone'],
  ['XLS', 'House of a workbook', 'EUR', 'Europe/Paris'],
];

describeEachDatabase('a house as a workbook', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
  });

  const load = async (bytes: Buffer) =>
    loadParsedHouse(
      test.database,
      createIdSource(test.database),
      testSecretBox,
      await readHouseFile(bytes),
      { clock: () => NOW, author: 'test', create: true },
    );

  it('goes out and comes back without a change', async () => {
    const { organisationId } = await seedHouse(test.database, mosaHouse({ now: NOW, fnac }));
    const bytes = await writeWorkbook(await exportHouse(test.database, organisationId));
    expect(await load(bytes)).toMatchObject({ outcome: 'unchanged', changes: [], notes: [] });
  });

  it('loads sheets as people type them', async () => {
    const result = await load(
      await workbook({
        Organisme: ORGANISATION,
        '# notes': [['anything']],
        Saisons: [
          ['Code', 'Nom', 'Début', 'Fin'],
          ['S1', 'Saison 1', '01.09.2026', new Date('2027-08-31T00:00:00Z')],
        ],
        'Configurations physiques': [
          ['Code', 'Nom'],
          ['H', 'Salle'],
        ],
        Espaces: [
          ['Configuration physique', 'Code', 'Nom', 'Numéroté'],
          ['H', 'A', 'Parterre', 'oui'],
        ],
        Places: [
          ['Configuration physique', 'Espace', 'Rangs', 'Places', 'PMR'],
          ['H', 'A', '1-2', '1-10', null],
          ['H', 'A', 1, 5, 'x'],
        ],
        'Configurations logiques': [
          ['Configuration physique', 'Code', 'Nom'],
          ['H', 'C', 'Entière'],
        ],
        Produits: [
          ['Saison', 'Code', 'Nom', 'Type'],
          ['S1', 'SHOW', 'Spectacle', 'event'],
        ],
        Séances: [
          ['Saison', 'Produit', 'Code', 'Début de la séance', 'Configuration logique'],
          ['S1', 'SHOW', 'P1', new Date('2027-02-01T20:00:00Z'), 'C'],
        ],
        Tarifs: [
          ['Saison', 'Public', 'Type de public', 'Code', 'Nom'],
          ['S1', 'OccCont', 'occasional_contact', 'FULL', 'Plein'],
        ],
        Prix: [
          ['Saison', 'Produit', 'Tarif', 'Montant'],
          ['S1', 'SHOW', 'OccCont/FULL', 12.5],
        ],
      }),
    );
    expect(result).toMatchObject({ outcome: 'loaded' });
    if (result.outcome !== 'loaded') return;
    const house = await exportHouse(test.database, result.organisationId);
    expect(house.seasons).toEqual([
      { code: 'S1', name: 'Saison 1', starts_on: '2026-09-01', ends_on: '2027-08-31' },
    ]);
    expect(house.performances?.[0]?.start).toBe('2027-02-01T20:00');
    expect(house.prices?.[0]?.amount).toBe('12.50');
    const lines = [...(house.seats ?? [])].map(({ rows, seats, wheelchair }) => {
      return { rows, seats, wheelchair };
    });
    expect(lines).toContainEqual({ rows: '1', seats: '5', wheelchair: true });
    expect(lines).toContainEqual({ rows: '2', seats: '1-10', wheelchair: undefined });
  });
});

describe('faults of a workbook', () => {
  const locations = async (sheets: Sheets) => {
    const input = await readHouseFile(await workbook(sheets));
    return input.parsed.problems.map((one) => [input.locate(one), one.code]);
  };

  it('are told by sheet and cell, all at once', async () => {
    expect(
      await locations({
        organisation: ORGANISATION,
        Prix: [
          ['Saison', 'Produit', 'Tarif', 'Montant'],
          ['S1', 'SHOW', 'FULL', 'douze'],
          [null, null, null, null],
          ['S1', null, 'OccCont/FULL', 12],
        ],
        Tarifs: [
          ['Saison', 'Couleur'],
          ['S1', 'rouge'],
        ],
        Ailleurs: [['a'], ['b']],
      }),
    ).toEqual([
      ['Tarifs!B1', 'house.workbook'],
      ['Ailleurs', 'house.workbook'],
      ['Tarifs, row 2', 'house.structure'],
      ['Tarifs, row 2', 'house.structure'],
      ['Tarifs, row 2', 'house.structure'],
      ['Tarifs, row 2', 'house.structure'],
      ['Prix!C2', 'house.structure'],
      ['Prix!D2', 'house.structure'],
      ['Prix!B4', 'house.structure'],
    ]);
  });

  it('are told when it is neither a workbook nor JSON', async () => {
    for (const bytes of [Buffer.from('PK not really'), Buffer.from('{"a": ')]) {
      const { parsed } = await readHouseFile(bytes);
      expect(parsed.problems[0]?.code).toMatch(/^house\.(workbook|unreadable)$/);
      expect(parsed.organisation).toBeNull();
    }
  });
});
