/**
 * The server: the API and, in the same process, a worker. What takes long to load is loaded while
 * the database opens (serve-house.ts), or once it listens (worker.ts).
 */
import type { JobLog } from '../jobs/worker.ts';
import type { Environment } from './house-database.ts';
import { openHouseDatabase } from './house-database.ts';

export interface Server {
  /** Where it listens, as `http://127.0.0.1:8080`. */
  address: string;
  /** For the console, once: who may sign in first. Empty from the second start on. */
  greeting: readonly string[];
  /** Ends streams and runs, then everything that was opened. */
  stop(): Promise<void>;
}

/**
 * Opens the house and listens; the worker gets ready beside it, because nobody who asks the API has
 * to wait for the queue. Throws StoreError where the database cannot be had, and what the system
 * says where the port cannot.
 */
export async function serve({ env, log }: { env: Environment; log: JobLog }): Promise<Server> {
  // Its thread begins before ours is kept busy by what serves it.
  const database = openHouseDatabase({ env, mustOwn: true });
  // Told where it is awaited.
  database.catch(() => {});
  const [{ openHouse }, { serveHouse }] = await Promise.all([
    import('./services.ts'),
    import('./serve-house.ts'),
  ]);
  const house = await openHouse({ env, mustOwn: true, database });
  try {
    return await serveHouse(house, env, log);
  } catch (error) {
    await house.close();
    throw error;
  }
}
