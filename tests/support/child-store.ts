/** The parent's side of store-process.ts. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OpenOptions } from '../../src/store/database/open-database.ts';
import type { StoreCommand } from './store-process.ts';

const PROGRAM = fileURLToPath(new URL('./store-process.ts', import.meta.url));

export interface ChildStore {
  readonly pid: number;
  /** The next line the process wrote; null when it has ended. */
  next<Answer = Record<string, unknown>>(): Promise<Answer | null>;
  /** Sends a command and waits for its one line of answer. */
  ask<Answer = Record<string, unknown>>(command: StoreCommand): Promise<Answer | null>;
  tell(command: StoreCommand): void;
  /** Ends the process as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a process that opens a database; its first line says whether it could. */
export function startChildStore(options: OpenOptions): ChildStore {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A command to a process that has just died is not an error of the test.
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <Answer>(): Promise<Answer | null> => {
    const line = await lines.next();
    return line.done ? null : (JSON.parse(line.value) as Answer);
  };
  const tell = (command: StoreCommand): void => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
  };
  return {
    pid: child.pid ?? 0,
    next,
    tell,
    ask: (command) => {
      tell(command);
      return next();
    },
    kill: () => killed(child),
  };
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
