// `npm run bench -- NAME [--json] …`: measures one thing beside its limit, in the same run. Each
// file beside this one is a benchmark and exports `run`. Progress goes to stderr; the last line of
// stdout is one JSON object.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface BenchOptions {
  /** What follows the name on the command line, without `--json`. */
  args: readonly string[];
  /** Says how far it is, on stderr. */
  progress: (text: string) => void;
}

/** Work per second, or seconds for one thing, and what else a benchmark wants to tell of it. */
export type BenchFigures = ({ perSecond: number } | { seconds: number }) & {
  [figure: string]: unknown;
};

export interface BenchResult {
  /** What our code does. */
  ours: BenchFigures;
  /** What the machine gives without our code, measured in the same run. */
  limit: BenchFigures;
  [figure: string]: unknown;
}

interface BenchModule {
  run: (options: BenchOptions) => Promise<BenchResult>;
}

function listBenchmarks(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z0-9-]+\.ts$/.test(file) && file !== 'main.ts')
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

/** What the ratio compares: of work per second more is better, of seconds fewer are. */
function amountOf(figures: BenchFigures): number {
  return 'perSecond' in figures ? (figures.perSecond as number) : (figures.seconds as number);
}

function shownOf(figures: BenchFigures): string {
  if (!('perSecond' in figures)) return `${amountOf(figures).toFixed(2)} s`;
  return `${Math.round(amountOf(figures)).toLocaleString('en')} a second`;
}

async function main(): Promise<number> {
  const [name, ...rest] = process.argv.slice(2);
  const names = listBenchmarks();
  if (name === undefined || !names.includes(name)) {
    const asked = name === undefined ? 'Which benchmark?' : `There is no benchmark ${name}.`;
    const list = names.length > 0 ? names.join(', ') : 'none yet';
    process.stderr.write(`${asked} There is: ${list}.\nnpm run bench -- NAME --json\n`);
    return 1;
  }
  const file = pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href;
  const { run } = (await import(file)) as BenchModule;
  const args = rest.filter((arg) => arg !== '--json');
  const progress = (text: string): void => void process.stderr.write(`${text}\n`);
  const result = await run({ args, progress });
  const ratio = amountOf(result.ours) / amountOf(result.limit);
  const isJson = rest.includes('--json');
  if (!isJson) {
    const [ours, limit] = [shownOf(result.ours), shownOf(result.limit)];
    console.log(`${name}: ${ours}, limit ${limit}, ratio ${ratio.toFixed(2)}`);
  }
  console.log(JSON.stringify({ name, ratio: Number(ratio.toFixed(3)), ...result }));
  return 0;
}

process.exitCode = await main();
