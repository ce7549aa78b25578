// How long `npm start` takes on a data folder that holds the demo's house, from its spawn until
// `/readyz` answers 200, beside PGlite alone opening the same folder. Pairs, one after the other;
// medians. On a machine that is busy only the processor seconds say something.
import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchOptions, BenchResult } from './main.ts';

const ROOT = join(import.meta.dirname, '..');
const PAIRS = 5;
const LIMIT_SECONDS = 3;
/** What /proc counts in: `getconf CLK_TCK` is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Start {
  seconds: number;
  /** User and system time of the process; null where the system does not tell it. */
  cpuSeconds: number | null;
}

export async function run({ args, progress }: BenchOptions): Promise<BenchResult> {
  const pairs = Number(args[0] ?? PAIRS);
  const folder = mkdtempSync(join(tmpdir(), 'parterre-start-'));
  const env = { ...process.env, DATABASE_URL: '', PARTERRE_DATA: folder, PARTERRE_PORT: '0' };
  try {
    progress('The demo makes its house …');
    const demo = [join(ROOT, 'src/main/demo.ts'), '--once', '--json'];
    execFileSync(process.execPath, demo, { env, stdio: 'ignore' });
    // The first start makes what later ones find: an administrator, the queue, compiled code.
    await startServer(env);
    const ours: Start[] = [];
    const limit: Start[] = [];
    for (let pair = 1; pair <= pairs; pair += 1) {
      const bare = await openPglite(folder);
      const server = await startServer(env);
      limit.push(bare);
      ours.push(server);
      progress(
        `${pair}/${pairs}: ${server.seconds.toFixed(2)} s, PGlite ${bare.seconds.toFixed(2)} s`,
      );
    }
    const seconds = median(ours.map((one) => one.seconds));
    return {
      ours: { seconds, cpuSeconds: medianCpu(ours) },
      limit: { seconds: median(limit.map((one) => one.seconds)), cpuSeconds: medianCpu(limit) },
      pairs,
      wanted: { seconds: LIMIT_SECONDS, met: seconds < LIMIT_SECONDS },
      load: loadavg()[0],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startServer(env: NodeJS.ProcessEnv): Promise<Start> {
  const begun = performance.now();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const errors = linesOf(child, 'stderr');
    const address = await lineWith(child, 'stdout', /^Parterre listens on (\S+)/);
    while (!(await isReady(address))) await new Promise((done) => setTimeout(done, 5));
    const seconds = (performance.now() - begun) / 1000;
    const pid = errors
      .map((line) => /"pid":(\d+)/.exec(line)?.[1])
      .find((one) => one !== undefined);
    return { seconds, cpuSeconds: pid === undefined ? null : cpuSecondsOf(pid) };
  } finally {
    await ended(child, 'SIGTERM');
  }
}

async function openPglite(folder: string): Promise<Start> {
  const file = join(import.meta.dirname, 'start', 'open-pglite.ts');
  const begun = performance.now();
  const child = spawn(process.execPath, [file, join(folder, 'pglite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const cpu = await lineWith(child, 'stdout', /"cpuSeconds":([\d.]+)/);
  const seconds = (performance.now() - begun) / 1000;
  await ended(child, null);
  return { seconds, cpuSeconds: Number(cpu) };
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/readyz`);
  await answer.body?.cancel();
  return answer.status === 200;
}

function linesOf(child: ChildProcess, of: 'stdout' | 'stderr'): string[] {
  const lines: string[] = [];
  const input = child[of];
  if (input !== null) createInterface({ input }).on('line', (line) => lines.push(line));
  return lines;
}

function lineWith(child: ChildProcess, of: 'stdout', pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready.`)));
    const input = child[of];
    if (input === null) return;
    createInterface({ input }).on('line', (line) => {
      const found = pattern.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals | null): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    if (signal !== null) child.kill(signal);
  });
}

/** Linux only: fields 14 and 15 of its stat, counted after the name in brackets. */
function cpuSecondsOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN).toFixed(3));
}

function medianCpu(starts: readonly Start[]): number | null {
  const known = starts.flatMap(({ cpuSeconds }) => (cpuSeconds === null ? [] : [cpuSeconds]));
  return known.length === 0 ? null : median(known);
}
