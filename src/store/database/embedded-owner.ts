/**
 * The embedded database belongs to one process, the owner of its data folder: two PGlites on one
 * folder lose acknowledged rows silently. The owner serves a socket that everybody, the owner
 * itself included, talks PostgreSQL to.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { EmbeddedWorkerData, EmbeddedWorkerReport } from './embedded-worker.ts';
import { StoreError } from './errors.ts';
import type { FolderLock } from './folder-lock.ts';
import { takeFolderLock } from './folder-lock.ts';

/** `pg` looks for this name in the folder it is given as host. */
const SOCKET_NAME = '.s.PGSQL.5432';
/** A socket address holds 103 bytes on macOS and 107 on Linux. */
const SOCKET_PATH_BYTES_MAX = 103;
const RETRY_MS = 25;

export interface EmbeddedAccess {
  /** Given to `pg` as host. */
  readonly socketFolder: string;
  readonly owner: boolean;
  readonly release: () => Promise<void>;
}

interface OwnerNote {
  readonly pid: number;
  readonly socketFolder: string;
}

/**
 * Becomes the owner of the folder, or else a client of its owner.
 * With `mustOwn` (a server must not depend on a passing command) a folder that stays owned for
 * `waitMs` is refused; otherwise one whose owner answers nothing for that long.
 */
export async function accessFolder(
  dataFolder: string,
  mustOwn: boolean,
  waitMs: number,
): Promise<EmbeddedAccess> {
  const folder = resolve(dataFolder);
  makeFolder(folder);
  const deadline = performance.now() + waitMs;
  for (;;) {
    const lock = takeFolderLock(join(folder, 'owner.lock'));
    if (lock !== null) return await becomeOwner(folder, lock);
    const note = readOwnerNote(folder);
    if (!mustOwn && note !== null && (await answers(note.socketFolder))) {
      return { socketFolder: note.socketFolder, owner: false, release: async () => {} };
    }
    if (performance.now() > deadline) throw folderOwned(folder, note, mustOwn);
    await delay(RETRY_MS);
  }
}

/**
 * Makes the folder and what leads to it. Step by step: Node's recursive form never ends where the
 * system denies a folder that it could see, as under /proc.
 */
function makeFolder(folder: string): void {
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (dirname(folder) !== folder) makeFolder(dirname(folder));
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    throw new StoreError(
      'store.folder_unusable',
      `The data folder ${folder} cannot be made: ${(error as Error).message}.`,
      'Choose a folder that this user may write in with PARTERRE_DATA.',
      error,
    );
  }
}

function folderOwned(folder: string, note: OwnerNote | null, mustOwn: boolean): StoreError {
  const owner = note === null ? 'another process' : `process ${note.pid}`;
  return new StoreError(
    'store.folder_owned',
    mustOwn
      ? `The data folder ${folder} belongs to ${owner}, and it has one owner at a time.`
      : `The data folder ${folder} belongs to ${owner}, which does not answer.`,
    'Stop that process, choose another folder with PARTERRE_DATA, or share a PostgreSQL server ' +
      'with DATABASE_URL.',
  );
}

async function becomeOwner(folder: string, lock: FolderLock): Promise<EmbeddedAccess> {
  const noteFile = join(folder, 'owner.json');
  try {
    rmSync(noteFile, { force: true });
    const socketFolder = prepareSocketFolder(folder);
    const worker = await startWorker({
      databaseFolder: join(folder, 'pglite'),
      socketPath: join(socketFolder, SOCKET_NAME),
    });
    worker.once('exit', () => {
      // Also when the worker dies by itself: the next process then finds a free folder.
      rmSync(noteFile, { force: true });
      rmSync(socketFolder, { recursive: true, force: true });
      lock.release();
    });
    writeOwnerNote(noteFile, { pid: process.pid, socketFolder });
    return { socketFolder, owner: true, release: () => stopWorker(worker) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function startWorker(data: EmbeddedWorkerData): Promise<Worker> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./embedded-worker.${extension}`, import.meta.url);
  const worker = new Worker(file, { workerData: data, execArgv: [], stdout: false });
  return new Promise((resolveStart, reject) => {
    const fail = (reason: unknown): void => {
      reject(
        new StoreError(
          'store.embedded_start',
          `The embedded database in ${data.databaseFolder} did not start: ${String(reason)}.`,
          'Move the folder away to begin anew, or restore it from a backup.',
          reason,
        ),
      );
    };
    worker.once('error', fail);
    worker.once('exit', (code) => fail(`its thread ended with ${code}`));
    worker.once('message', (message: EmbeddedWorkerReport) => {
      if (message.state === 'ready') resolveStart(worker);
      else fail(message.state === 'failed' ? message.reason : message.state);
    });
  });
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolveStop) => {
    worker.once('exit', () => resolveStop());
    worker.postMessage('close');
  });
}

/** A folder only this user can enter, so that the socket is private from its first moment. */
function prepareSocketFolder(folder: string): string {
  const inside = join(folder, 'socket');
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX) {
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    chmodSync(inside, 0o700);
    return inside;
  }
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const short = join(tmpdir(), `parterre-${digest}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  // The temporary folder is everybody's: a folder or link that someone else put there is refused.
  const found = lstatSync(short);
  if (!found.isDirectory() || found.uid !== userInfo().uid || (found.mode & 0o077) !== 0) {
    throw new StoreError(
      'store.socket_folder',
      `${short} is not a private folder of this user.`,
      'Remove it, or choose a data folder with a shorter path.',
    );
  }
  return short;
}

function writeOwnerNote(noteFile: string, note: OwnerNote): void {
  const draft = `${noteFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(note), { mode: 0o600 });
  renameSync(draft, noteFile);
}

function readOwnerNote(folder: string): OwnerNote | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as OwnerNote;
  } catch (error) {
    // The owner is still starting, or has just ended.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function answers(socketFolder: string): Promise<boolean> {
  return new Promise((resolveAnswer) => {
    const socket = connect(join(socketFolder, SOCKET_NAME));
    const answer = (value: boolean) => (): void => {
      socket.destroy();
      resolveAnswer(value);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}
