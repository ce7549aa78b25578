import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createIo } from '../../src/main/cli/command.ts';
import { harmless } from '../../src/main/cli/import-report.ts';
import { runCli } from '../../src/main/cli.ts';
import { createSecretBox } from '../../src/store/secrets.ts';
import type { Dump } from '../support/books-dump.ts';
import { dumpBooks } from '../support/books-dump.ts';
import type { TestDatabase } from '../support/databases.ts';
import { describeEachDatabase } from '../support/databases.ts';
import type { SeededHouse } from '../support/houses.ts';
import { seedHouse, smallHouse } from '../support/houses.ts';
import { fixtureBytes } from '../support/sales-files.ts';

const NOW = new Date('2027-01-10T09:00:00Z');
const SECRET = 'a long enough secret for tests';
const PROGRAM = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
const ZONE = 8_000;

interface Told {
  run: number;
  state: string;
  counts: Record<string, number>;
  outcomes: Record<string, number>;
  report: string | null;
  simulation: boolean;
  lines: { code: string; keys: Record<string, string>; remedy: string }[];
}

describeEachDatabase('parterre import', (open) => {
  let test: TestDatabase;
  let house: SeededHouse;
  let env: Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), 'parterre-import-'));
  const inFolder = (name: string): string => join(folder, name);

  beforeAll(async () => {
    test = await open();
    const url = 'http://127.0.0.1:9/EtatVentes';
    const file = smallHouse({
      zoneCapacity: ZONE,
      config: {
        mainUrl: 'NA',
        salesUrl: url,
        contingentUrl: url,
        contingentUser: 'maison',
        prepareUrl: url,
        getAccessUrl: url,
        accessUser: 'maison',
        managerCode: 'TST',
      },
      secrets: { contingentPassword: 'secret', accessPassword: 'secret' },
    });
    for (const quota of file.contingent_quotas ?? []) {
      if (quota.area === 'PIT' && quota.contingent === 'FNAC') quota.quota = ZONE - 10;
    }
    const secrets = createSecretBox({ env: { PARTERRE_SECRET: SECRET }, dataFolder: folder });
    house = await seedHouse(test.database, file, { now: NOW, secrets });
    const place: Record<string, string> =
      'url' in test.options && test.options.url
        ? { DATABASE_URL: test.options.url }
        : { PARTERRE_DATA: test.options.dataFolder ?? '' };
    env = { ...place, PARTERRE_SECRET: SECRET };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function parterre(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const io = createIo({
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env,
      signal: new AbortController().signal,
      clock: () => NOW,
    });
    const code = await runCli(args, io);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  const OF = ['--interface', 'FNAC', '--performance', 'SHOW/P1'];
  function put(name: string, bytes: Uint8Array): string {
    writeFileSync(inFolder(name), bytes);
    return inFolder(name);
  }
  const rowsOf = (report: string | null): string[][] =>
    readFileSync(report ?? '', 'utf8')
      .split('\r\n')
      .slice(0, -1)
      .map((row) => row.split(';'));
  const dump = (): Promise<Dump> => dumpBooks(test.database, house.organisationId);
  const tickets = (): Promise<{ number: string }[]> =>
    test.database.transaction(house.organisationId, (tx) =>
      tx.query<{ number: string }>('select number from ticket order by number'),
    );

  it('simulates without writing, and tells each line', async () => {
    const file = put('essai.csv', fixtureBytes('code-not-in-dictionary'));
    const before = await dump();
    const { code, out } = await parterre('import', file, ...OF, '--simulate', '--json');
    expect(code).toBe(1);
    const told = JSON.parse(out) as Told;
    expect(told).toMatchObject({
      state: 'error',
      simulation: true,
      outcomes: { none: 9, sale: 2, unreadable: 1, cancellation: 1 },
      report: inFolder('essai.simulation.csv'),
    });
    expect(rowsOf(told.report)).toHaveLength(14);
    expect(await dump()).toEqual(before);
  });

  it('prints the counts, and the path of a CSV with a row a line', async () => {
    const file = put('ventes.csv', fixtureBytes('code-not-in-dictionary'));
    const report = inFolder('lignes.csv');
    const { code, out } = await parterre('import', file, ...OF, '--report', report, '--json');
    expect(code).toBe(1);
    const told = JSON.parse(out) as Told;
    expect(told).toMatchObject({
      counts: { messages: 4, integrated: 2, cancelled: 1, unreadable: 1 },
      outcomes: { none: 9, sale: 2, unreadable: 1, cancellation: 1 },
      report,
    });
    const [bad] = told.lines.filter((line) => line.code === 'external.code_not_listed');
    expect(bad?.keys).toMatchObject({ position: '11', ticket: '900000000002' });
    const rows = rowsOf(report);
    expect(rows[0]).toEqual([
      '\ufeffline',
      'outcome',
      'class',
      'problem',
      'remedy',
      'ticket',
      'order',
    ]);
    expect(rows.slice(1).map(([line]) => line)).toEqual(
      Array.from({ length: 13 }, (_, index) => String(index + 1)),
    );
    expect(rows[10]).toEqual(['10', 'sale', '', '', '', '900000000001', '#900000000001']);
    const text = readFileSync(report, 'utf8').split('\r\n')[11] ?? '';
    expect(text).toMatch(/^11;unreadable;external;.*«.77.».*;.*Camille Martin.*;900000000002;$/u);
    const shown = await parterre('runs', 'show', String(told.run), '--bodies');
    expect(shown.out).toMatch(/ventes\.csv {2}13 L {2}\d+ B {2}sha256 [0-9a-f]{64}\nType de tarif/);
    expect(shown.out).not.toMatch(/DUPONT|75011/);
    const again = await parterre('import', file, ...OF);
    expect(again.out).toContain('ligne 11');
    expect(again.out).toContain(`Ligne par ligne\u00a0: ${inFolder('ventes.report.csv')}`);
    expect((await parterre('import', file, ...OF, '--language', 'en')).out).toContain('line 11');
  });

  it('what a spreadsheet would run is disarmed in the report; the books keep it', async () => {
    const odd = fixtureBytes('name-that-a-spreadsheet-runs').toString('latin1');
    const bytes = Buffer.from(odd.replaceAll('900000000001', '+91'), 'latin1');
    const { out } = await parterre('import', put('formule.csv', bytes), ...OF, '--json');
    const { report } = JSON.parse(out) as Told;
    expect(rowsOf(report)[10]?.[5]).toBe("'+91");
    expect(readFileSync(report ?? '', 'utf8')).not.toMatch(/(^|;|")[=+@-]/m);
    expect((await tickets()).map(({ number }) => number)).toContain('+91');
    for (const cell of ['=1', '+1', '-1', '@A', ' =1', '\t=1', '\u00a0+1', '\uff1d1']) {
      expect(harmless(cell)).toBe(`'${cell}`);
    }
    for (const cell of ['', '900', 'a=1', '1-2']) expect(harmless(cell)).toBe(cell);
  });

  it('refuses what cannot be read before anything is begun', async () => {
    mkdirSync(inFolder('dossier'));
    const file = put('refus.csv', fixtureBytes('ordinary'));
    const cases: [args: string[], code: number, told: RegExp][] = [
      [['import'], 2, /Say which file[\s\S]*parterre import FILE/],
      [['import', file, file, ...OF], 2, /One file at a time/],
      [['import', inFolder('none.csv'), ...OF], 1, /none\.csv: there is no such file/],
      [['import', inFolder('dossier'), ...OF], 1, /dossier: it is a folder/],
      [['import', file, ...OF, '--report', inFolder('no/where.csv')], 1, /no such file or folder/],
      [['import', file, ...OF, '--report', file], 2, /is the file itself/],
      [['import', file, '--interface', 'FNOC'], 2, /FNOC/],
      [['import', file, ...OF, '--product', 'OPEN'], 2, /Either --performance or --product/],
      [['import', file, '--interface', 'FNAC', '--performance', 'SHOW/P9'], 2, /SHOW\/P9/],
    ];
    for (const [args, code, told] of cases) {
      const answer = await parterre(...args);
      expect([args.join(' '), answer.code]).toEqual([args.join(' '), code]);
      expect(answer.err).toMatch(told);
    }
    expect(readFileSync(file)).toEqual(fixtureBytes('ordinary'));
  });

  it('what is kept of a file can be forgotten; that it came stays', async () => {
    const { out } = await parterre(
      'import',
      put('vieux.csv', fixtureBytes('utf-8')),
      ...OF,
      '--json',
    );
    const { run } = JSON.parse(out) as Told;
    const pruned = await parterre('runs', 'prune', '--days', '0', '--json');
    expect(JSON.parse(pruned.out)).toEqual({ forgotten: 0 });
    await test.database.transaction(house.organisationId, (tx) =>
      tx.execute(`update received_file set received_at = '2026-12-01T00:00:00Z'`, []),
    );
    const older = await parterre('runs', 'prune', '--days', '30', '--json');
    expect(JSON.parse(older.out).forgotten).toBeGreaterThan(0);
    const shown = await parterre('runs', 'show', String(run), '--bodies', '--json');
    expect(JSON.parse(shown.out).files).toMatchObject([{ name: 'vieux.csv', text: null }]);
  });

  it('a file whose performance nobody names leaves no report', async () => {
    const file = put('laquelle.csv', fixtureBytes('ordinary'));
    const { code, out } = await parterre('import', file, '--interface', 'FNAC', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      state: 'error',
      report: null,
      lines: [{ code: 'import.no_performance' }],
    });
    expect(existsSync(inFolder('laquelle.report.csv'))).toBe(false);
  });

  it('killed in the middle, it is imported again: every ticket once', async () => {
    const [first] = fixtureBytes('ordinary').toString('latin1').split(';V;');
    const lines = Array.from({ length: ZONE - 100 }, (_, index) => {
      const number = 800_000_000_000 + index;
      return `;V;05/01/2027 10:15;;;30;44;;LIBRE;;NOM;PRENOM;75011;FRANCE;;${number};;;;;;;;20,00`;
    });
    const file = put('longue.csv', Buffer.from(`${first}${lines.join('\r\n')}\r\n`, 'latin1'));
    const report = inFolder('longue.report.csv');
    const before = (await tickets()).length;
    const child = spawn(process.execPath, [PROGRAM, 'import', file, ...OF], {
      env: { ...process.env, ...env },
      stdio: 'ignore',
    });
    const ended = new Promise<string | null>((done) => {
      child.once('exit', (_code, signal) => done(signal));
    });
    // The report grows with each batch that is written.
    const stop = new AbortController();
    ended.then(() => stop.abort());
    const changes = watch(folder, { signal: stop.signal });
    try {
      for await (const _ of changes) {
        if (existsSync(report) && readFileSync(report, 'utf8').includes(';sale;')) {
          child.kill('SIGKILL');
        }
      }
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
    }
    expect(await ended).toBe('SIGKILL');
    const halfway = (await tickets()).length - before;
    expect(halfway).toBeGreaterThan(0);
    expect(halfway).toBeLessThan(lines.length);
    const { out } = await parterre('import', file, ...OF, '--json');
    const told = JSON.parse(out) as Told;
    expect(told.counts).toEqual({
      messages: lines.length,
      alreadyKnown: halfway,
      integrated: lines.length - halfway,
    });
    expect(told.lines.map(({ code }) => code)).toContain('run.took_over');
    const numbers = (await tickets()).map(({ number }) => number);
    expect(numbers).toHaveLength(before + lines.length);
    expect(new Set(numbers).size).toBe(numbers.length);
  }, 120_000);
});
