/**
 * The exclusive lock of a data folder. It is SQLite's lock on an empty file, so the kernel holds
 * it for us: exactly one process gets it, it ends with the process however that dies, and there
 * is no stale lock to recognise (a process number proves nothing after a reboot or in another
 * container). Node offers no file lock of its own.
 */
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  release(): void;
}

/** SQLite's primary result code for a lock that another connection holds. */
const SQLITE_BUSY = 5;

/** Takes the lock, or returns null when another owner, in this process or not, holds it. */
export function takeFolderLock(lockFile: string): FolderLock | null {
  const database = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => database.close() };
}
