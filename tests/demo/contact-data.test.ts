import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONTACTS_FILE } from '../../src/channels/fnac/simulator/simulator.ts';
import { openDatabase } from '../../src/store/database/open-database.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import { Needles, readEveryFile, readEveryTable } from '../support/find-texts.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';
import type { DemoEnd } from './demo-process.ts';
import { figuresOf, runDemo } from './demo-process.ts';

/** Contact data of buyers is dropped before anything is stored: the whole demo is searched. */

type Buyer = Record<'courriel' | 'telephone' | 'adresse' | 'codePostal' | 'ville' | 'iban', string>;

/** What the simulators say they sent; the folders of their books are the only place for it. */
function readSent(folder: string): Buyer[] {
  return resellerFolders(folder).flatMap((name) =>
    readEveryContactFile(join(folder, name)).flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Buyer),
    ),
  );
}

function resellerFolders(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('fnac-'));
}

function readEveryContactFile(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(CONTACTS_FILE))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** A postcode alone is any number of five digits: it is looked for as a whole field. */
function textsOf({ courriel, telephone, adresse, codePostal, ville, iban }: Buyer): string[] {
  const fields = [
    `"${codePostal}"`,
    `>${codePostal}<`,
    `;${codePostal};`,
    `${codePostal} ${ville}`,
  ];
  return [courriel, telephone, adresse, ville, iban, ...fields];
}

describeEachDatabase('contact data of buyers, after the whole demo', (open, kind) => {
  const folder = makeVolatileFolder('parterre-contacts-');
  const data = join(folder, 'data');
  let test: TestDatabase;
  let end: DemoEnd;
  let sent: Buyer[];
  let needles: Needles;
  beforeAll(async () => {
    test = await open();
    mkdirSync(data);
    const { url } = test.options as { url?: string };
    const server = kind === 'postgres' && url !== undefined ? { DATABASE_URL: url } : {};
    end = await runDemo({ env: { PARTERRE_DATA: data, ...server } });
    sent = readSent(data);
    needles = new Needles(sent.flatMap(textsOf));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('was sent with every ticket', () => {
    expect(sent.length).toBeGreaterThanOrEqual(figuresOf(end).integrated);
    for (const buyer of sent) {
      expect(Object.keys(buyer)).toEqual(
        expect.arrayContaining(['courriel', 'telephone', 'adresse', 'codePostal', 'ville', 'iban']),
      );
    }
    expect(new Set(sent.map(({ courriel }) => courriel)).size).toBe(sent.length);
  });

  it('is in no column of any table', async () => {
    const database = await openDatabase(kind === 'postgres' ? test.options : { dataFolder: data });
    try {
      const tables = await readEveryTable(database);
      // The search reads what is compressed: an order's number is kept in recordings.
      expect(tables.get('public.wire_call')).toMatch(/<numeroCommande>C\d+</);
      expect(tables.get('public.received_file')).toMatch(/;2019\d{8};/);
      const found = [...tables].map(([table, text]) => [table, needles.within(text)] as const);
      expect(found.filter(([, texts]) => texts.length > 0)).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('is in no file beside the reseller’s own books', () => {
    const files = readEveryFile(data, (path) => path.startsWith('fnac-'));
    expect(files.size).toBeGreaterThan(0);
    const found = [...files].map(([file, bytes]) => [file, needles.within(bytes)] as const);
    expect(found.filter(([, texts]) => texts.length > 0)).toEqual([]);
  });

  it('is not told by the demo', () => {
    expect(needles.within(`${end.out}${end.err}`)).toEqual([]);
  });
});
