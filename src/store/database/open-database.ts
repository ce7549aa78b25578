import type { PoolConfig } from 'pg';
import { verifyApplicationRole } from './application-role.ts';
import { Database } from './database.ts';
import { accessFolder } from './embedded-owner.ts';
import { startUpkeep } from './embedded-upkeep.ts';
import { StoreError } from './errors.ts';

export interface OpenOptions {
  /** A PostgreSQL server, 15 or newer. Without it the embedded database of `dataFolder` opens. */
  readonly url?: string | undefined;
  readonly dataFolder?: string | undefined;
  /** Connections of this process; 10 on a server, 4 on the embedded database. */
  readonly poolSize?: number;
  /**
   * A process that lasts (server, worker, demo) must own its data folder; a command may also be
   * the client of an owner that runs.
   */
  readonly mustOwn?: boolean;
  /** How long to wait for a folder that another process owns; 10,000 by default. */
  readonly waitMs?: number;
}

const OLDEST_SERVER = 150_000;
const CONNECT_TIMEOUT_MS = 10_000;
const FOLDER_WAIT_MS = 10_000;

/** Opens the database, verified: old servers and logins that bypass row security are refused. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const database = options.url
    ? openServer(options.url, options.poolSize ?? 10)
    : await openFolder(options);
  try {
    await refuseOldServer(database);
    await verifyApplicationRole(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

const ADDRESS = /^(postgres(ql)?:\/\/|socket:|\/)/;

function openServer(url: string, poolSize: number): Database {
  if (!ADDRESS.test(url)) {
    throw new StoreError(
      'store.address',
      'DATABASE_URL is not the address of a PostgreSQL server.',
      'Write postgres://USER:PASSWORD@HOST:5432/DATABASE, or leave it out.',
    );
  }
  const connection: PoolConfig = {
    connectionString: url,
    application_name: 'parterre',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
  return new Database({
    kind: 'postgres',
    connection,
    poolSize,
    ownsFolder: false,
    cureOfLoss: 'See that the server of DATABASE_URL runs and lets this login in.',
  });
}

async function openFolder(options: OpenOptions): Promise<Database> {
  if (!options.dataFolder) throw new TypeError('openDatabase wants a url or a dataFolder.');
  const waitMs = options.waitMs ?? FOLDER_WAIT_MS;
  const access = await accessFolder(options.dataFolder, options.mustOwn ?? false, waitMs);
  // No time limit on connecting: a new connection waits for the transaction that runs.
  const connection = {
    host: access.socketFolder,
    port: 5432,
    user: 'postgres',
    database: 'postgres',
  };
  const stopUpkeep = access.owner ? startUpkeep(connection) : async () => {};
  return new Database({
    kind: 'pglite',
    connection,
    poolSize: options.poolSize ?? 4,
    ownsFolder: access.owner,
    cureOfLoss: 'The process that owned the data folder has ended: start again.',
    release: async () => {
      await stopUpkeep();
      await access.release();
    },
  });
}

async function refuseOldServer(database: Database): Promise<void> {
  const [server] = await database.administration((tx) =>
    tx.query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number,
              current_setting('server_version') as name`,
    ),
  );
  if (server === undefined || server.number >= OLDEST_SERVER) return;
  throw new StoreError(
    'store.server_too_old',
    `PostgreSQL ${server.name} is older than 15.`,
    'Upgrade the server, or leave DATABASE_URL out to use the embedded database.',
  );
}
