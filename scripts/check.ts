// `npm run check`: everything that can be said of the code without running it. All steps run, also
// after a failure, so that one run shows all there is to mend.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
  name: string;
  /** Arguments for Node. */
  args: string[];
}

interface StepResult {
  name: string;
  seconds: number;
  ok: boolean;
  output: string;
}

const root = join(import.meta.dirname, '..');
/** The steps use several threads each: more at once would only wait for each other. */
const parallelMax = 2;

const lintOptions = [
  '--colors=off',
  '--diagnostic-level=warn',
  '--error-on-warnings',
  '--max-diagnostics=100',
];

function listSteps(): Step[] {
  const fresh = readdirSync(import.meta.dirname)
    .filter((file) => /^fresh-.*\.ts$/.test(file))
    .sort();
  return [
    { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmit'] },
    { name: 'types of web', args: ['node_modules/typescript/bin/tsc', '-p', 'web', '--noEmit'] },
    { name: 'walls', args: ['scripts/check-walls.ts'] },
    { name: 'lint', args: ['node_modules/@biomejs/biome/bin/biome', 'ci', ...lintOptions, '.'] },
    { name: 'style', args: ['scripts/check-style.ts'] },
    { name: 'texts', args: ['scripts/check-texts.ts'] },
    {
      name: 'unused',
      args: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'],
    },
    // What a command makes and git keeps: each of these fails when it is older than its source.
    ...fresh.map((file) => ({ name: file.replace(/\.ts$/, ''), args: [join('scripts', file)] })),
  ];
}

function runStep({ name, args }: Step): Promise<StepResult> {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const gather = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', gather);
    child.stderr.setEncoding('utf8').on('data', gather);
    const end = (ok: boolean): void =>
      resolve({ name, seconds: (performance.now() - begun) / 1000, ok, output });
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

function printStep({ name, seconds, ok, output }: StepResult): void {
  console.log(`${name.padEnd(16)} ${seconds.toFixed(1).padStart(5)} s  ${ok ? 'ok' : 'failed'}`);
  if (!ok) console.log(output.trimEnd().replace(/^/gm, '  '));
}

/** Runs all steps, prints each as it ends, and answers how many passed and how many failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const waiting = listSteps();
  const results: StepResult[] = [];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await runStep(step);
      printStep(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, work));
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed };
}

if (import.meta.main) {
  const { failed } = await runChecks();
  process.exitCode = failed > 0 ? 1 : 0;
}
