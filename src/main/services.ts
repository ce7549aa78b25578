/** Puts the parts of the house together for a process: database, ids, channels, transport. */
import { channels } from '../channels/registry.ts';
import type { ExchangeServices } from '../exchange/context.ts';
import type { Database } from '../store/database/database.ts';
import { createIdSource } from '../store/database/id-source.ts';
import { migrate, verifySchema } from '../store/database/migrate.ts';
import { createSecretBox } from '../store/secrets.ts';
import { createHttp } from '../transport/http.ts';
import { createSoapPort } from '../transport/soap.ts';
import type { Environment } from './house-database.ts';
import { dataFolderOf, openHouseDatabase } from './house-database.ts';
import { processHolder } from './process-holder.ts';
import { every, wait } from './timers.ts';

export type { Environment } from './house-database.ts';
export { dataFolderOf } from './house-database.ts';

export interface House {
  services: ExchangeServices;
  database: Database;
  dataFolder: string;
  close(): Promise<void>;
}

export interface HouseOptions {
  env: Environment;
  clock?: () => Date;
  /** A process that lasts must own its data folder. */
  mustOwn?: boolean;
  /** Take the schema as it is: for `parterre migrate` and `parterre doctor`. */
  anySchema?: boolean;
  /** Opened already, or on its way (openHouseDatabase); closed with the house. */
  database?: Promise<Database>;
}

/**
 * Opens the database and everything the exchange needs. The embedded database has no operator,
 * so it is migrated as it opens; a server's schema is only checked. Throws StoreError with a cure.
 */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { env } = options;
  const clock = options.clock ?? (() => new Date());
  const dataFolder = dataFolderOf(env);
  const database = await (options.database ?? openHouseDatabase(options));
  const http = createHttp({ allowHosts: allowedHosts(env) });
  const close = async (): Promise<void> => {
    http.close();
    await database.close();
  };
  try {
    if (options.anySchema !== true) await readySchema(database, clock);
    const services: ExchangeServices = {
      database,
      ids: createIdSource(database),
      clock,
      secrets: createSecretBox({ env, dataFolder }),
      findChannel: (id) => channels.find((channel) => channel.id === id),
      listChannels: () => channels,
      openPorts: ({ recorder, timeZone, currency, signal }) => ({
        http,
        soap: createSoapPort({ http, recorder, clock, signal }),
        recorder,
        clock,
        timeZone,
        currency,
        signal,
      }),
      holder: processHolder(),
      wait,
      every,
    };
    return { services, database, dataFolder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readySchema(database: Database, clock: () => Date): Promise<void> {
  if (database.kind === 'pglite') await migrate(database, { at: clock().toISOString() });
  else await verifySchema(database);
}

/** `PARTERRE_ALLOW_HOSTS`: hosts that may have private addresses, separated by commas. */
export function allowedHosts(env: Environment): string[] {
  const hosts = (env.PARTERRE_ALLOW_HOSTS ?? '').split(',');
  return hosts.map((host) => host.trim()).filter((host) => host !== '');
}
