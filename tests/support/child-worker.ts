/** The parent's side of worker-process.ts. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OpenOptions } from '../../src/store/database/open-database.ts';

const PROGRAM = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

export interface WorkerLine {
  message: string;
  run?: number;
  account?: number;
  state?: string;
  /** When the parent read it, in ms. */
  at: number;
}

export interface ChildWorker {
  /** What it has logged so far. */
  readonly lines: readonly WorkerLine[];
  /** Accounts that it is in the middle of. */
  busyAccounts(): number[];
  /** Resolves with the first line that fits, also one of the past; null when the process ends. */
  line(fits: (line: WorkerLine) => boolean): Promise<WorkerLine | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Tells it to end; answers its exit code. */
  stop(): Promise<number | null>;
}

export function startChildWorker(options: OpenOptions): ChildWorker {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify({ options })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: WorkerLine[] = [];
  const waiting = new Set<() => void>();
  const tellAll = (): void => {
    for (const look of [...waiting]) look();
  };
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push({ ...(JSON.parse(text) as WorkerLine), at: Date.now() });
    tellAll();
  });
  const ended = endOf(child);
  ended.then(tellAll, tellAll);
  return {
    lines,
    busyAccounts() {
      const busy = new Set<number>();
      for (const { message, account } of lines) {
        if (account === undefined) continue;
        if (message === 'run begins') busy.add(account);
        if (message === 'run ends') busy.delete(account);
      }
      return [...busy];
    },
    line: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = lines.find(fits);
          if (found === undefined && child.exitCode === null && child.signalCode === null) return;
          waiting.delete(look);
          resolve(found ?? null);
        };
        waiting.add(look);
        look();
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
