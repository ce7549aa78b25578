/** The demo as a person starts it: a process of its own, ended by its end or by force. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figures } from '../../src/main/demo/figures.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main/demo.ts', import.meta.url));
/** The heading of a step that is taken now, and not one that was taken before. */
const STEP = /^ ?\d+\. (?!.*: déjà fait\.$).*$/gm;

export interface DemoEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface DemoCall {
  /** PARTERRE_DATA, and DATABASE_URL where it is wanted. */
  env: Readonly<Record<string, string>>;
  args?: readonly string[];
  /** Ends it by force `ms` after it has begun so many steps. */
  kill?: { steps: number; ms: number };
  /** Sends SIGINT once this was told, and `meanwhile` has seen what was told until then. */
  interruptAt?: string;
  meanwhile?(told: string): Promise<void>;
}

export function runDemo(call: DemoCall): Promise<DemoEnd> {
  const { DATABASE_URL: _, PARTERRE_SECRET: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...(call.args ?? ['--once', '--json'])], {
    env: { ...inherited, ...call.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  let waits = call.kill;
  let { interruptAt } = call;
  let timer: NodeJS.Timeout | undefined;
  let looked: Promise<void> = Promise.resolve();
  const look = (): void => {
    const all = told.out + told.err;
    if (interruptAt !== undefined && all.includes(interruptAt)) {
      interruptAt = undefined;
      looked = (call.meanwhile?.(all) ?? Promise.resolve()).finally(() => child.kill('SIGINT'));
      // Told where the process has ended.
      looked.catch(() => {});
    }
    if (waits === undefined || (all.match(STEP)?.length ?? 0) < waits.steps) return;
    timer = setTimeout(() => child.kill('SIGKILL'), waits.ms);
    waits = undefined;
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told.out += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told.err += text;
    look();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      looked.then(() => resolve({ code, signal, ...told }), reject);
    });
  });
}

/** The object of a demo that came to its end, without what its clock measured. */
export function figuresOf(end: DemoEnd): Omit<Figures, 'seconds'> {
  if (end.code !== 0) throw new Error(`The demo ended with ${end.code ?? end.signal}: ${end.err}`);
  const { seconds, ...figures } = JSON.parse(end.out.trimEnd().split('\n').at(-1) ?? '') as Figures;
  if (!(seconds > 0)) throw new Error(`The demo took ${seconds} seconds.`);
  return figures;
}
