import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { describeEachDatabase } from '../../../tests/support/databases.ts';
import { createTestServices } from '../../../tests/support/exchange-services.ts';
import { insertMappingHouse } from '../../../tests/support/mapping-house.ts';
import { INTERFACE, ORGANISATION } from '../../../tests/support/one-interface.ts';
import { makeVolatileFolder } from '../../../tests/support/temporary-folder.ts';
import { MAPPING_FAULTS } from '../../domain/mapping/check-mappings.ts';
import { SHEET_FAULTS } from '../../exchange/mapping-file/read-sheet.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import { recordUnseen } from '../../store/mapping-store.ts';
import { runCli } from '../cli.ts';
import { faultSentence } from './mapping-texts.ts';
import { command } from './mappings.ts';
import { readerOf } from './reader.ts';

const READER = { language: 'fr', timeZone: 'Europe/Paris' } as const;
const NOW = new Date('2026-03-02T09:30:00.000Z');

describeEachDatabase('parterre mappings', (open) => {
  const folder = makeVolatileFolder('parterre-mappings-');
  const file = join(folder, 'mappings.xlsx');
  let test: TestDatabase;
  beforeAll(async () => {
    test = await open();
    await insertMappingHouse(test.database);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(() =>
    test.database.transaction(ORGANISATION, (tx) =>
      tx.script('delete from mapping; delete from unseen_value'),
    ),
  );

  async function call(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const { database } = test;
    let closed = 0;
    const code = await runCli(['mappings', ...args], {
      env: {},
      signal: new AbortController().signal,
      openHouse: () => Promise.reject(new Error('mappings always have an organisation')),
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      open: async ({ language = 'en' }) => ({
        services: createTestServices({ database, channels: [], now: () => NOW }),
        organisation: await database.transaction(ORGANISATION, readOrganisation),
        reader: readerOf(await database.transaction(ORGANISATION, readOrganisation), language),
        author: 'claire',
        close: async () => {
          closed += 1;
        },
      }),
    });
    return { code, out, err, closed };
  }
  async function json(...args: string[]) {
    const { out, code } = await call(...args, '--json');
    expect(out).toHaveLength(1);
    return { code, value: JSON.parse(out[0] ?? '') };
  }

  it('sets, adds and removes', async () => {
    const set = ['set', 'tarif', 'OccCont/FNAC_P', '0|44', '--season', 'Saison 2'];
    expect(await call(...set)).toMatchObject({
      code: 0,
      closed: 1,
      out: ['  + tariff [Saison 2] OccCont/FNAC_P → 0|44', 'Saved: 1 new, 0 changed, 0 deleted.'],
    });
    const add = ['set', 'tariff', 'OccCont/FNAC_P', '22', '--season', 'Saison 2', '--add'];
    expect((await call(...add)).out).toContain('  + tariff [Saison 2] OccCont/FNAC_P → 0|44|22');
    const { value: listed } = await json('list', '--interface', 'FNAC');
    expect(listed).toEqual([
      {
        id: expect.any(Number),
        word: 'tariff',
        season: 'Saison 2',
        name: 'FNAC Normal',
        ours: 'OccCont/FNAC_P',
        external: '0|44|22',
        notOurs: false,
        rule: null,
      },
    ]);
    expect((await call('remove', String(listed[0].id))).code).toBe(0);
    expect((await json('list')).value).toEqual([]);
  });

  it('refuses with a sentence and a suggestion', async () => {
    const wrong = ['set', 'tariff', 'OccCont/FNAC_B', '9', '--season', 'Saison 2'];
    const answer = await call(...wrong);
    expect(answer.code).toBe(1);
    expect(answer.err[0]).toMatch(/^The house has no "OccCont\/FNAC_B"\. Did you mean .*FNAC_/);
    expect(await json(...wrong)).toMatchObject({
      code: 1,
      value: { outcome: 'refused', faults: [{ code: 'mapping.ours_unknown' }] },
    });
  });

  it.each([
    [[], /Say export, import/],
    [['fly'], /Say export, import/],
    [['list', '--interface', 'NONE'], /no interface NONE, only FNAC/],
    [['set', 'tariff'], /OURS is missing/],
    [['set', 'hall', 'A', 'B'], /"hall" is no kind/],
    [
      ['set', 'tariff', 'A', 'B', '--season', 'X'],
      /no season "X"\. There is "Saison 1", "Saison 2"/,
    ],
    [['remove', '12345'], /no mapping 12345/],
    [['list', '--wrong'], /--wrong/],
    [['export'], /FILE is missing/],
    [['export', 'x.xlsx', '--language', 'nl'], /not in "nl"/],
  ])('tells %j that it is called wrongly', async (args, message) => {
    const answer = await call(...args);
    expect(answer.code).toBe(2);
    expect(answer.err[0]).toMatch(message);
    expect(answer.err.at(-1)).toBe(command.usage);
  });

  it('exports, shows the differences and applies them', async () => {
    await call('set', 'contingent', 'FNAC', 'MOS');
    expect((await call('export', file, '--language', 'de')).code).toBe(0);
    await call('set', 'contingent', 'FNAC', 'OTHER');
    const shown = await call('import', file);
    expect(shown).toMatchObject({
      code: 0,
      out: [
        '  - contingent [every season] FNAC → OTHER',
        '  + contingent [every season] FNAC → MOS',
        'It would be: 0 new, 1 changed, 0 deleted. Write with --apply.',
      ],
    });
    expect((await json('list')).value).toMatchObject([{ external: 'OTHER' }]);
    expect((await json('import', file, '--apply')).value).toMatchObject({
      outcome: 'saved',
      updated: [{ before: { external: 'OTHER' }, after: { external: 'MOS' } }],
      missing: [],
    });
    expect((await json('list')).value).toMatchObject([{ external: 'MOS' }]);
  });

  it('tells the sheet rows of all that is wrong', async () => {
    await writeExcelFile([
      ['Data', 'Our code', 'External id'],
      ['Hall', 'X', '1'],
      ['Product', 'ABO', '2'],
    ]).toFile(file);
    const answer = await call('import', file, '--apply');
    expect(answer.code).toBe(1);
    expect(answer.err).toEqual([
      'Row 2: "Hall" is no kind of data.',
      'Row 3: Resellers may not sell "ABO": season ticket.',
      'Nothing of the file was written.',
    ]);
  });

  it('shows the queue with suggestions', async () => {
    await call('set', 'tariff', 'OccCont/FNAC_A', '15|60', '--season', 'Saison 2');
    await test.database.transaction(ORGANISATION, (tx) =>
      recordUnseen(
        tx,
        INTERFACE,
        [{ word: 'tariff', value: '16', parent: 'X', count: 3, example: { ticket: 'T1' } }],
        NOW,
      ),
    );
    expect((await call('queue')).out.slice(0, 2)).toEqual([
      'tariff "16" (with X): seen 3 ×, 02/03/2026 to 02/03/2026',
      '  ? OccCont/FNAC_A (FNAC Adhérent; next to 15)',
    ]);
    expect((await json('queue')).value).toMatchObject([
      { value: '16', seenCount: 3, example: { ticket: 'T1' }, suggestions: [{ detail: '15' }] },
    ]);
    await call('not-ours', 'tariff', '16');
    expect((await call('queue')).out).toEqual(['Every value seen has a mapping.']);
    expect((await json('list')).value).toContainEqual(
      expect.objectContaining({ notOurs: true, external: '16' }),
    );
    await call('not-ours', 'tariff', '16', '--undo');
    expect((await json('list')).value).toHaveLength(1);
  });

  it('copies a season with a preview', async () => {
    await call('set', 'tariff', 'OccCont/FNAC_P', '0|44', '--season', 'Saison 2');
    await call('set', 'tariff', 'OccCont/FNAC_R', '6', '--season', 'Saison 2');
    const preview = await call('copy', 'Saison 2', 'Saison 1');
    expect(preview.out).toEqual([
      expect.stringMatching(
        /^ {2}stays: tariff OccCont\/FNAC_R: that season has no such .*Did you mean .*FNAC_P/,
      ),
      '  + tariff [Saison 1] OccCont/FNAC_P → 0|44',
      'It would be: 1 new, 0 changed, 0 deleted. Write with --apply.',
    ]);
    expect((await json('copy', 'Saison 2', 'Saison 1', '--apply')).value).toMatchObject({
      outcome: 'saved',
      skipped: [{ ours: 'OccCont/FNAC_R', reason: 'ours_missing' }],
    });
    expect((await json('list')).value).toHaveLength(3);
  });

  it('tells a file that is not there', async () => {
    const answer = await call('import', join(folder, 'none.xlsx'));
    expect(answer).toMatchObject({ code: 1, closed: 1 });
    expect(answer.err[0]).toMatch(/none\.xlsx: there is no such file or folder\. Check/);
  });

  it("speaks the house's language, and the one that is asked for", async () => {
    const set = ['set', 'tarif', 'OccCont/FNAC_A', '15|60', '--season', 'Saison 2'];
    expect((await call(...set, '--language', 'fr')).out).toEqual([
      '  + tarif [Saison 2] OccCont/FNAC_A → 15|60',
      'Enregistré\u00a0: nouvelles 1, changées 0, supprimées 0.',
    ]);
    const seen = { word: 'tariff', value: '16', parent: 'X', count: 3, example: {} } as const;
    await test.database.transaction(ORGANISATION, (tx) => recordUnseen(tx, INTERFACE, [seen], NOW));
    expect((await call('queue', '--language', 'fr')).out.slice(0, 2)).toEqual([
      'tarif «\u00a016\u00a0» (avec X)\u00a0: vue 3 ×, du 02/03/2026 au 02/03/2026',
      '  ? OccCont/FNAC_A (FNAC Adhérent; voisin de 15)',
    ]);
    const refused = await call('set', 'tarif', 'OccCont/FNAC_P', '15', '--language', 'de');
    expect(refused.err[0]).toBe(
      '„15“ hiesse zugleich „OccCont/FNAC_P“ und „OccCont/FNAC_A“. Geben Sie ihn einem von beiden.',
    );
    expect((await call('list', '--language', 'it')).out[0]).toContain(
      'tariffa  [Saison 2]  OccCont/FNAC_A  → 15|60',
    );
  });

  it('has a sentence for every fault', () => {
    for (const code of [...MAPPING_FAULTS, ...SHEET_FAULTS]) {
      const sentence = faultSentence({ code, params: {}, suggestions: [] }, READER);
      expect(sentence).not.toBe(code);
    }
  });
});
