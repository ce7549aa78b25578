// What a person and a program are told when a command cannot do what was asked. No database.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIo } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli.ts';
import { takeFolderLock } from '../../src/store/database/folder-lock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parterre-refusals-'));
  writeFileSync(join(folder, 'file'), '');
  writeFileSync(join(folder, 'broken.json'), '{broken');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function parterre(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = createIo({
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: { PARTERRE_DATA: join(folder, 'file', 'data'), ...env },
    signal: AbortSignal.abort(),
  });
  return { code: await runCli(args, io), out, err };
}

const inFolder = (name: string): string => join(folder, name);

interface Case {
  name: string;
  args: () => string[];
  env?: () => Record<string, string>;
  code: number;
  told: RegExp;
  json: object;
}

const CASES: readonly Case[] = [
  {
    name: 'no such command',
    args: () => ['exprot'],
    code: 2,
    told: /no command "exprot"\. There are:[\s\S]*export[\s\S]*help NAME/,
    json: { outcome: 'usage', commands: expect.arrayContaining(['export', 'doctor']) },
  },
  {
    name: 'an option that it does not have',
    args: () => ['integrate', '--fro'],
    code: 2,
    told: /--fro[\s\S]*parterre integrate --interface CODE/,
    json: { outcome: 'usage', command: 'integrate' },
  },
  {
    name: 'a data folder below a file',
    args: () => ['runs'],
    code: 1,
    told: /data folder .*file cannot be made: .*PARTERRE_DATA/,
    json: { outcome: 'refused', code: 'store.folder_unusable', command: 'runs' },
  },
  {
    name: 'a DATABASE_URL that is none',
    args: () => ['mappings', 'list'],
    env: () => ({ DATABASE_URL: 'localhost/parterre' }),
    code: 1,
    told: /DATABASE_URL is not the address .*postgres:\/\//,
    json: { outcome: 'refused', code: 'store.address' },
  },
  {
    name: 'a server that is not there',
    args: () => ['access', 'check', 'X'],
    env: () => ({ DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/x' }),
    code: 1,
    told: /^parterre access: No connection .*ECONNREFUSED.*See that the server of DATABASE_URL/,
    json: { outcome: 'refused', code: 'store.connection_lost' },
  },
  {
    name: 'a house file that is not there',
    args: () => ['house', 'load', inFolder('none.json')],
    code: 1,
    told: /none\.json: there is no such file or folder\. Check the name/,
    json: { outcome: 'refused', command: 'house' },
  },
  {
    name: 'a folder in place of a house file',
    args: () => ['house', 'check', folder],
    code: 1,
    told: /it is a folder\. Check the name/,
    json: { outcome: 'refused' },
  },
  {
    name: 'a port that no machine has',
    args: () => ['simulate', 'fnac', '--port', '70000'],
    code: 2,
    told: /--port is a number from 0 to 65535/,
    json: { outcome: 'usage' },
  },
];

describe('a refusal', () => {
  it.each(CASES)('$name', async ({ args, env, code, told, json }) => {
    const plain = await parterre(args(), env?.());
    expect(plain.code).toBe(code);
    expect(plain.out).toEqual([]);
    const text = plain.err.join('\n');
    expect(text).toMatch(told);
    expect(text).not.toMatch(/geheim|error of ours/);
    const asked = await parterre([...args(), '--json'], env?.());
    expect(asked.code).toBe(code);
    expect(asked.out).toHaveLength(1);
    expect(JSON.parse(asked.out[0] ?? '')).toMatchObject(json);
    expect(asked.out[0]).not.toContain('geheim');
  });

  it('of a database that never answers: said after a while, and given up on request', async () => {
    // A process that was stopped accepts connections, by its kernel, and never answers.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const port = (silent.address() as { port: number }).port;
    const control = new AbortController();
    const told: string[] = [];
    const io = createIo({
      out: () => {},
      err(text) {
        told.push(text);
        if (text.includes('Still waiting')) control.abort();
      },
      env: { DATABASE_URL: `postgres://u@127.0.0.1:${port}/x` },
      signal: control.signal,
    });
    expect(await runCli(['runs', 'list'], io)).toBe(1);
    silent.close();
    expect(told).toEqual([
      'The server of DATABASE_URL does not answer yet. Still waiting; Ctrl-C gives up.',
      'parterre runs: Stopped before the database answered.',
    ]);
  });

  it('of a simulator whose port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as { port: number }).port);
    const args = ['simulate', 'fnac', '--port', port, '--folder', inFolder('sim')];
    const { code, err } = await parterre(args);
    other.close();
    expect([code, err[0]]).toEqual([
      1,
      `parterre simulate: The port ${port} is taken. Choose another, or 0 for a free one.`,
    ]);
  });

  it('of a second simulator on one folder', async () => {
    mkdirSync(inFolder('books'));
    const lock = takeFolderLock(inFolder('books/owner.lock'));
    const args = ['simulate', 'fnac', '--port', '0', '--folder', inFolder('books')];
    const refused = await parterre(args);
    lock?.release();
    expect(refused.code).toBe(1);
    expect(refused.err[0]).toMatch(/another simulator runs on it.*--folder/);
    expect((await parterre(args)).code).toBe(0);
  });
});

it('help fits a screen, and tells a program every form', async () => {
  const { out } = await parterre(['help']);
  // As many lines as a terminal's window has: a line each of nearly thirty groups.
  expect(out.length).toBeLessThan(40);
  expect(Math.max(...out.map((line) => line.length))).toBeLessThanOrEqual(100);
  const every = JSON.parse((await parterre(['help', '--json'])).out[0] ?? '');
  expect(every).toContainEqual({
    command: 'doctor',
    usage: expect.stringContaining('parterre doctor [--json]'),
  });
  for (const { usage } of every as { usage: string }[]) {
    for (const line of usage.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  }
});
