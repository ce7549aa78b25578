// `npm test`: the checks, then all tests. Its last line is `N passed, N failed`, where a failed
// check counts as one failure and a check that is well as one pass.
// `npm test -- PATTERN …` runs the test files that match, and no checks.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './check.ts';
import type { Tally } from './tally.ts';
import { readTally, sumTallies } from './tally.ts';

const root = join(import.meta.dirname, '..');

/** Runs vitest with its usual output, and reads what it counted from a report beside it. */
async function runVitest(args: string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'parterre-test-'));
  const report = join(folder, 'report.json');
  try {
    const code = await spawnVitest([
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ]);
    return readTally(existsSync(report) ? readFileSync(report, 'utf8') : '', code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawnVitest(args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
      cwd: root,
      stdio: 'inherit',
    });
    // We stay until vitest has ended its workers and its database, then say how it went.
    const forward = (signal: NodeJS.Signals): void => {
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward);
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']),
    );
  });
}

const patterns = process.argv.slice(2);
const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };
const checks = patterns.length > 0 ? nothing : { ...(await runChecks()), skipped: 0 };
const total = sumTallies([checks, await runVitest(patterns)]);
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
