import { afterEach, beforeAll, expect, it } from 'vitest';
import { fnac } from '../../src/channels/fnac/channel.ts';
import type { FileToImport } from '../../src/exchange/import-sales.ts';
import { importSales } from '../../src/exchange/import-sales.ts';
import { describeLine } from '../../src/runs/remedies.ts';
import { dumpBooks } from '../support/books-dump.ts';
import { expectSoundBooks, readCases, readTickets, ticketOf } from '../support/books-view.ts';
import type { LoggedLine, Ran } from '../support/books-world.ts';
import { BooksWorld } from '../support/books-world.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { fnacBooks } from '../support/fnac-books.ts';
import { fileOf, fixtureBytes, importFile } from '../support/sales-files.ts';

const WITHOUT_CODES = ['a valid ticket whose code does not open'];

/** What a file can have wrong, and who is told: each line by its number, all at once. */
describeEachDatabase('refusing lines and files', (open) => {
  let test: TestDatabase;
  let world: BooksWorld;
  beforeAll(async () => {
    test = await open();
  });
  afterEach(() => world.close());
  const enter = async (): Promise<void> => {
    world = await BooksWorld.open(test.database, fnac, fnacBooks);
  };
  const fixture = (name: string): FileToImport => fileOf(fixtureBytes(name), `${name}.csv`);
  const dump = () => dumpBooks(world.database, world.organisationId);
  const errors = ({ lines }: Ran): string[] =>
    lines
      .filter(({ level }) => level === 'error')
      .map(({ code, keys }) => `${keys.position} ${code}`);

  it.each<[name: string, error: string]>([
    ['stray-separator', '11 external.line_columns'],
    ['stray-quote', '11 external.line_quote'],
    ['nul', '11 external.line_bytes'],
    ['huge-line', '11 external.line_long'],
    ['price-negative', '11 price.negative'],
    ['price-scientific', '11 external.excel_number'],
    ['price-missing', '11 external.unreadable_message'],
    ['date-that-does-not-exist', '11 external.unreadable_message'],
    ['ticket-scientific', '11 external.excel_number'],
    ['ticket-missing', '11 external.unreadable_message'],
    ['code-not-in-dictionary', '11 external.code_not_listed'],
  ])(
    '%s: told with its line, class and remedy, and the others are integrated',
    async (name, error) => {
      await enter();
      const ran = await importFile(world, fixture(name));
      expect(errors(ran)).toEqual([error]);
      expect(ran.state).toBe('error');
      expect((await readTickets(world)).map(({ number }) => number)).toEqual([
        '900000000001',
        '900000000003',
      ]);
      const [line] = ran.lines.filter(({ level }) => level === 'error') as [LoggedLine];
      const told = describeLine(line, {
        language: 'fr',
        timeZone: 'Europe/Paris',
        interface: 'FNAC',
        reseller: 'FNAC',
        people: [{ name: 'Camille' }],
        number: 1,
      });
      expect(told.class).toBe(error.includes('price') ? 'business' : 'external');
      const shown = `${told.title} ${told.explanation} ${told.remedy}`;
      // An empty cell shows as a question mark, nothing else does.
      expect(shown.replace(/«.\?.»/, '')).not.toMatch(/\?|\{|undefined/);
      const [told11] = ran.told.filter(({ line: number }) => number === 11);
      expect(told11?.problems.map(({ code }) => `11 ${code}`)).toEqual([error]);
      await expectSoundBooks(world, WITHOUT_CODES);
    },
  );

  it('every line of a file with a column too few is told at once', async () => {
    await enter();
    const ran = await importFile(world, fixture('missing-column'));
    expect(errors(ran)).toEqual([10, 11, 12, 13].map((line) => `${line} external.line_columns`));
    expect(await readTickets(world)).toEqual([]);
  });

  it.each([
    ['empty', 'external.file_empty'],
    ['utf-16', 'external.file_format'],
    ['not-a-sales-file', 'external.file_format'],
  ])('%s: nothing of it is taken or kept', async (name, code) => {
    await enter();
    const before = await dump();
    const ran = await importFile(world, fixture(name));
    expect(ran).toMatchObject({ state: 'error', failure: { code }, told: [] });
    expect(await dump()).toEqual(before);
  });

  it('a file of nothing but dictionaries is a file of nothing', async () => {
    await enter();
    const ran = await importFile(world, fixture('only-dictionaries'));
    expect(ran).toMatchObject({ state: 'ok', failure: null });
    expect(ran.lines.map(({ code }) => code)).toEqual(['import.done']);
  });

  it('30 columns more and UTF-8: integrated, with what is to be noted', async () => {
    await enter();
    const wide = await importFile(world, fixture('30-columns-more'));
    expect(errors(wide)).toEqual([]);
    const before = await dump();
    const marked = await importFile(world, fixture('utf-8-with-mark'));
    expect(marked.counts).toEqual({ messages: 4, alreadyKnown: 4 });
    expect(marked.lines.map(({ code }) => code)).toContain('external.file_charset');
    expect({ ...(await dump()), received_file: [] }).toEqual({ ...before, received_file: [] });
  });

  it('the hour that comes twice is a note on its lines', async () => {
    await enter();
    const ran = await importFile(world, fixture('hour-that-comes-twice'));
    const noted = ran.lines.filter(({ code }) => code === 'instant.ambiguous');
    expect(noted.map(({ level, keys }) => `${level} ${keys.position}`)).toEqual([
      'warning 10',
      'warning 11',
    ]);
    expect(ran.counts).toMatchObject({ integrated: 3, cancelled: 1 });
  });

  it('a name that a spreadsheet would run is stored as it is', async () => {
    await enter();
    await importFile(world, fixture('name-that-a-spreadsheet-runs'));
    expect(await ticketOf(world, '900000000001')).toMatchObject({
      lastName: "=cmd|'/C calc'!A0",
      firstName: '+1+1',
    });
  });

  it('without a performance, with two, or one that has no word there', async () => {
    await enter();
    const before = await dump();
    const performanceIds = [
      await world.house.performanceId('SHOW', 'P1'),
      await world.house.performanceId('SHOW', 'P2'),
    ];
    const show = await world.house.idOf('product', 'SHOW');
    for (const filters of [{}, { performanceIds }, { productIds: [show] }]) {
      const ran = await importFile(world, fixture('ordinary'), { filters });
      expect(errors(ran)).toEqual(['undefined import.no_performance']);
      expect(ran).toMatchObject({ state: 'error', told: [] });
    }
    expect(await dump()).toEqual(before);
    await world.query(`delete from mapping where word = 'product' and ours = 'SHOW'`);
    await world.query('update organisation set catalogue_version = catalogue_version + 1');
    const unmapped = await importFile(world, fixture('ordinary'));
    expect(errors(unmapped)).toEqual(['undefined mapping.ours_missing']);
    expect(unmapped.told).toEqual([]);
    expect(await readCases(world)).toEqual([]);
  });

  it('a reseller without files refuses them', async () => {
    await enter();
    const ran = await world.run((context) => {
      const { salesFiles: _, ...open } = context.open;
      return importSales({ ...context, open }, fixture('ordinary'));
    });
    expect(errors(ran)).toEqual(['undefined interface.no_files']);
  });
});
