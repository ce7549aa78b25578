import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../tests/support/databases.ts';
import { openTestDatabase } from '../../../tests/support/databases.ts';
import { createTestServices } from '../../../tests/support/exchange-services.ts';
import { smallHouse } from '../../../tests/support/houses.ts';
import { runCli } from '../cli.ts';
import type { CliIo } from './command.ts';
import { createIo } from './command.ts';

let test: TestDatabase;
let folder: string;

beforeAll(async () => {
  test = await openTestDatabase('pglite');
  folder = mkdtempSync(join(tmpdir(), 'parterre-house-'));
});

afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command line on the database of this test. */
async function parterre(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const now = () => new Date('2027-01-10T09:00:00Z');
  const services = createTestServices({ database: test.database, channels: [], now });
  const streams = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    env: {},
    signal: new AbortController().signal,
  };
  const { database } = test;
  const opened = { services, database, dataFolder: folder, close: async () => undefined };
  const io: CliIo = {
    ...createIo(streams),
    openHouse: async () => opened,
    open: async () => {
      const [organisation] = await database.administration((tx) =>
        tx.query<{ id: number; code: string }>('select id, code from organisation'),
      );
      const reader = { language: 'en', timeZone: 'Europe/Paris' } as const;
      return { ...opened, organisation: organisation as never, reader, author: 'Ada' };
    },
  };
  return { code: await runCli(['house', ...args], io), out, err };
}

function file(name: string, house: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof house === 'string' ? house : JSON.stringify(house));
  return path;
}

it('checks, loads, and exports in both forms what loads again without a change', async () => {
  const path = file('house.json', smallHouse());
  const checked = await parterre('check', path);
  expect([checked.code, checked.out.at(-1)]).toEqual([0, 'Nothing was written.']);
  expect(checked.out).toContain('  insert performance S1/SHOW/P1');

  const loaded = await parterre('load', path, '--json');
  expect([loaded.code, JSON.parse(loaded.out[0] ?? '')]).toMatchObject([0, { outcome: 'loaded' }]);

  for (const name of ['out.json', 'out.xlsx']) {
    const target = join(folder, name);
    expect((await parterre('export', target)).code).toBe(0);
    const again = await parterre('load', target);
    expect([again.code, again.out]).toEqual([
      0,
      ['Nothing differs: the house is as the file says.'],
    ]);
  }
  const house = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  expect(house.interfaces[0]).not.toHaveProperty('secrets');
});

it('tells every fault with its place and exits 1', async () => {
  const house = smallHouse();
  const path = file('faulty.json', {
    ...house,
    seasons: [{ code: 'S3' }],
    tariffs: [{ season: 'S9', audience: 'A', audience_kind: 'invited', code: 'I', name: 'I' }],
  });
  const { code, err } = await parterre('load', path);
  expect(code).toBe(1);
  expect(err).toEqual([
    'Nothing was loaded: 2 faults.',
    '/seasons/0/name: name is missing. Fill it in. [house.structure]',
    '/tariffs/0/season: There is no S9 in seasons. Correct the code, or add it to seasons. ' +
      '[house.reference]',
  ]);
  const json = await parterre('load', path, '--json');
  expect(JSON.parse(json.out[0] ?? '').problems[1]).toMatchObject({
    at: '/tariffs/0/season',
    code: 'house.reference',
  });
});

it('says what a file that cannot be read is not', async () => {
  const missing = await parterre('load', join(folder, 'nowhere.json'));
  expect([missing.code, missing.err[0]]).toEqual([
    1,
    expect.stringContaining('there is no such file'),
  ]);
  const text = await parterre('load', file('text.json', 'not a house'));
  expect([text.code, text.err[1]]).toEqual([1, expect.stringContaining('[house.unreadable]')]);
  expect((await parterre('export', join(folder, 'house.doc'))).code).toBe(2);
  expect((await parterre('load')).code).toBe(2);
});
