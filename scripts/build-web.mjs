// Builds the web application into web/dist, unless its stamp says that the build fits the sources.
// Plain JavaScript that Node 20 understands, because the set-up calls it. By itself:
// `node scripts/build-web.mjs`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findHouseNode, houseRoot } from './house-node.mjs';

const cure = 'Its message is above; after mending: npm run build.\n';

/** What the build depends on: every source of web/, and the versions of all packages. */
function hashOfSources(root) {
  const hash = createHash('sha256');
  for (const file of [join(root, 'package-lock.json'), ...listFiles(join(root, 'web'))]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function listFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^dist(-\d+)?$/.test(entry.name) ? [] : listFiles(path);
    return [path];
  });
}

const stampOf = (root) => join(root, 'web', 'dist', '.parterre-stamp');

/**
 * Builds what is not built yet; true when web/dist fits the sources afterwards. Speaks on stderr
 * only. A build that fails ends nothing: the server works without its screens, and its page says
 * what to do.
 */
export function buildWeb(root = houseRoot) {
  if (!existsSync(join(root, 'web', 'index.html'))) return false;
  const hash = hashOfSources(root);
  const stamp = stampOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === hash) return true;
  process.stderr.write('Building the web application …\n');
  // Beside the old build, which is served until the new one is whole.
  const draft = join(root, 'web', `dist-${process.pid}`);
  try {
    if (!runVite(root, draft)) {
      process.stderr.write(`The web application was not built. ${cure}`);
      return false;
    }
    writeFileSync(join(draft, '.parterre-stamp'), `${hash}\n`);
    rmSync(join(root, 'web', 'dist'), { recursive: true, force: true });
    renameSync(draft, join(root, 'web', 'dist'));
    return true;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function runVite(root, draft) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, 'web', 'vite.config.ts');
  const { status } = spawnSync(
    findHouseNode(root) ?? process.execPath,
    [vite, 'build', '--config', config, '--outDir', draft, '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } },
  );
  return status === 0;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = buildWeb() ? 0 : 1;
}
