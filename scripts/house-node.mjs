// Finds the Node that runs Parterre, and starts a file of ours on it. Plain JavaScript that Node 20
// understands: it is what runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const houseRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const binFolder = join(houseRoot, 'node_modules', '.bin');

/** The first Node that runs TypeScript as it is, without a flag and without a warning. */
const oldestNode = [22, 18];

/** Whether a version such as `v24.21.0` can run our TypeScript files as they are. */
export function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/**
 * The path of the Node to use: the one that npm brought, else the running one when it is recent
 * enough, else undefined.
 */
export function findHouseNode(root = houseRoot, running = process) {
  const brought = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(brought)) return brought;
  return runsTypeScript(running.version) ? running.execPath : undefined;
}

/** What to tell a person whose machine has no Node that can run us. */
export function nodeCure({ version, platform, arch } = process) {
  return `Parterre needs Node ${oldestNode.join('.')} or later, and this is ${version}.
npm brings a Node along for Linux on x64 and arm64; for ${platform} on ${arch} none came.
Install Node 24 from https://nodejs.org, then run the same command again.
`;
}

/**
 * Runs Node with these arguments (options of Node first, then file and arguments), hands signals
 * on, and ends as it ended. We do not write `node a && node b` in a script of package.json
 * instead: dash remembers where it found the first `node`, so that on a fresh clone the second
 * command would still get the old one; and a signal to npm would reach the shell only.
 */
export function runOnHouseNode(args, { env = process.env } = {}) {
  const node = findHouseNode();
  if (node === undefined) {
    process.stderr.write(nodeCure());
    process.exit(1);
  }
  const child = spawn(node, args, {
    stdio: 'inherit',
    // The bin may be called from anywhere: children still find our `node` and our tools first.
    env: { ...env, PATH: [binFolder, env.PATH].filter(Boolean).join(delimiter) },
  });
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the whole group: our child already has it, and a second one
    // would read as "do not wait for a clean end".
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`Could not start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}
