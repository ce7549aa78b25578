import { beforeAll, beforeEach, expect, it } from 'vitest';
import { exportMappings, importMappings, readTable } from '../../src/exchange/import-mappings.ts';
import { saveMappings } from '../../src/exchange/save-mappings.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import { loadMappings } from '../../src/store/mapping-store.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { mosaMappings } from '../support/mapping-catalogue.ts';
import { insertMappingHouse } from '../support/mapping-house.ts';
import { INTERFACE, ORGANISATION } from '../support/one-interface.ts';

const NOW = new Date('2026-03-02T09:30:00.000Z');

const CONTINGENT = {
  id: null,
  word: 'contingent',
  seasonId: null,
  ours: 'FNAC',
  external: ['MOS'],
  notOurs: false,
} as const;

describeEachDatabase('mappings from and to Excel', (open) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await insertMappingHouse(test.database);
  });
  beforeEach(async () => {
    await test.database.transaction(ORGANISATION, (tx) => tx.script('delete from mapping'));
  });
  const services = () => ({
    database: test.database,
    ids: createIdSource(test.database),
    clock: () => NOW,
  });
  const replay = async () => undefined;
  const where = { organisationId: ORGANISATION, interfaceId: INTERFACE };
  const save = (changes: Parameters<typeof saveMappings>[1]['changes']) =>
    saveMappings(services(), { ...where, changes, author: 'claire' }, replay);
  const rows = () => test.database.transaction(ORGANISATION, (tx) => loadMappings(tx, INTERFACE));
  const saveMosa = () =>
    save({ save: mosaMappings().map((row) => ({ ...row, id: null })), remove: [] });

  const request = { ...where, author: 'claire', language: 'fr' as const };

  it('goes out and in without a difference', async () => {
    await saveMosa();
    const before = await rows();
    const file = await exportMappings(services(), request);
    const result = await importMappings(services(), { ...request, file, apply: true }, replay);
    expect(result).toMatchObject({
      outcome: 'saved',
      plan: { created: [], updated: [], removed: [], unchanged: before.length },
      missing: [],
    });
    expect(await rows()).toEqual(before);
  });

  it('shows its differences first, and deletes only when told to', async () => {
    await saveMosa();
    const file = await exportMappings(services(), request);
    await save((table) => ({
      save: [CONTINGENT],
      remove: table.rows.filter((row) => row.ours === 'MSTIC').map((row) => row.id),
    }));
    const bring = (more: object) =>
      importMappings(services(), { ...request, file, apply: false, ...more }, replay);
    const shown = await bring({});
    expect(shown).toMatchObject({
      outcome: 'foretold',
      plan: { created: [{ ours: 'MSTIC' }], removed: [] },
      missing: [{ ours: 'FNAC' }],
    });
    expect((await rows()).map((row) => row.ours)).not.toContain('MSTIC');
    await bring({ apply: true });
    expect((await rows()).map((row) => row.ours)).toEqual(
      expect.arrayContaining(['FNAC', 'MSTIC']),
    );
    await bring({ apply: true, removeMissing: true });
    const codes = (await rows()).map((row) => row.ours);
    expect(codes).toContain('MSTIC');
    expect(codes).not.toContain('FNAC');
  });

  it('tells all faults with the rows of the sheet, and then writes nothing', async () => {
    const { default: writeExcelFile } = await import('write-excel-file/node');
    await saveMosa();
    const before = await rows();
    const file = await writeExcelFile([
      ['Donnée', 'Saison', 'Notre code', 'Id externe'],
      ['Contingent', null, 'FNAC', 'MOS'],
      ['Salle', null, 'GARD100', 'GAR'],
      ['Tarif', 'Saison 2', 'OccCom/CE', '6'],
      ['Tarif', 'Saison 2', 'Membre/FNAC_P', '8'],
    ]).toBuffer();
    const result = await importMappings(services(), { ...request, file, apply: true }, replay);
    expect(result).toMatchObject({
      outcome: 'refused',
      faults: [
        { row: 3, column: 'word', code: 'sheet.word_unknown' },
        {
          row: 4,
          column: 'external',
          code: 'mapping.value_claimed',
          params: { other: 'OccCont/FNAC_R' },
        },
        { row: 5, column: 'ours', code: 'mapping.tariff_kind' },
      ],
    });
    expect(await rows()).toEqual(before);
    expect((await readTable(services(), where)).rows).toEqual(before);
  });
});
