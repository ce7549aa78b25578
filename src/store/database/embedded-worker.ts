/**
 * The worker thread of the one owner of a data folder: PGlite and its socket. A batch keeps
 * PGlite busy for 300 ms at a stretch, and that must not stop the owner's event loop.
 */
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { GatheredProtocol } from './embedded-protocol.ts';

export interface EmbeddedWorkerData {
  readonly databaseFolder: string;
  readonly socketPath: string;
}

export type EmbeddedWorkerReport =
  | { readonly state: 'ready' }
  | { readonly state: 'closed' }
  | { readonly state: 'failed'; readonly reason: string };

// More than all processes of a machine open together; pglite-socket's refusal of one too many is
// not PostgreSQL's protocol, so it is kept out of reach.
const CONNECTIONS_MAX = 1_000;

// What PGlite recycles instead of growing, once the owner's upkeep has made a checkpoint.
const WAL_MB_KEPT = 128;

const port = parentPort;
if (port === null) throw new Error('embedded-worker.ts runs in a worker thread.');
const { databaseFolder, socketPath } = workerData as EmbeddedWorkerData;
const report = (message: EmbeddedWorkerReport): void => port.postMessage(message);

/**
 * Creating a database takes seconds. It happens in a folder of another name, so that a process
 * killed meanwhile leaves no half of one behind.
 */
async function createWhereMissing(): Promise<void> {
  if (existsSync(databaseFolder)) return;
  const draft = `${databaseFolder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  await (await PGlite.create(draft)).close();
  renameSync(draft, databaseFolder);
}

async function serve(): Promise<() => Promise<void>> {
  await createWhereMissing();
  const startParams = [...PGlite.defaultStartParams, '-c', `max_wal_size=${WAL_MB_KEPT}MB`];
  const database = await PGlite.create(databaseFolder, { startParams });
  // What an owner that was killed left behind; the lock of the folder is ours by now.
  rmSync(socketPath, { force: true });
  const served = new GatheredProtocol(database) as unknown as PGlite;
  const server = new PGLiteSocketServer({
    db: served,
    path: socketPath,
    maxConnections: CONNECTIONS_MAX,
  });
  await server.start();
  chmodSync(socketPath, 0o600);
  return async () => {
    await server.stop();
    await database.close();
  };
}

try {
  const close = await serve();
  port.once('message', async () => {
    await close();
    report({ state: 'closed' });
    port.close();
  });
  report({ state: 'ready' });
} catch (error) {
  report({ state: 'failed', reason: error instanceof Error ? error.message : String(error) });
  port.close();
}
