import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const FILE = 'fnac-journal.jsonl';
const CHUNK = 1 << 20;

/**
 * The simulator's only memory: one JSON value a line, written before anything is answered. A last
 * line without its line feed was being written when the process was killed: nobody was told of it,
 * so it is cut off, else the next line would be glued to it.
 */
export class JournalFile<T> {
  readonly #descriptor: number;
  readonly #fsync: boolean;

  constructor(folder: string, fsync: boolean, apply: (entry: T) => void) {
    mkdirSync(folder, { recursive: true });
    this.#descriptor = openSync(join(folder, FILE), 'a+', 0o600);
    this.#fsync = fsync;
    const whole = readLines(this.#descriptor, (line) => apply(JSON.parse(line) as T));
    ftruncateSync(this.#descriptor, whole);
  }

  append(entry: T): void {
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
    if (this.#fsync) fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Calls back with each whole line; answers the length in bytes of all whole lines. */
function readLines(descriptor: number, each: (line: string) => void): number {
  const chunk = Buffer.alloc(CHUNK);
  let pending: Buffer[] = [];
  let position = 0;
  let whole = 0;
  for (;;) {
    const length = readSync(descriptor, chunk, 0, CHUNK, position);
    if (length === 0) return whole;
    let from = 0;
    for (;;) {
      const feed = chunk.subarray(0, length).indexOf(0x0a, from);
      if (feed < 0) break;
      pending.push(chunk.subarray(from, feed));
      each(Buffer.concat(pending).toString('utf8'));
      pending = [];
      from = feed + 1;
      whole = position + from;
    }
    // A copy: the chunk is read into again.
    if (from < length) pending.push(Buffer.from(chunk.subarray(from, length)));
    position += length;
  }
}
