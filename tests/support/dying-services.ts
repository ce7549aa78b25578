/** The exchange of a process that is killed at some moment, without starting a process. */
import type { ExchangeServices } from '../../src/exchange/context.ts';
import type { Database } from '../../src/store/database/database.ts';
import { StoreError } from '../../src/store/database/errors.ts';

export class Killed extends StoreError {
  constructor() {
    super('test.killed', 'The process was killed by the test.');
  }
}

let deaths = 0;

/**
 * Services of a process that dies at its nth transaction: before it, or just after its commit. From
 * then on its database answers nothing, so that its lease stays and its run is never closed.
 */
export function dyingServices(
  services: ExchangeServices,
  transactions: number,
  afterCommit: boolean,
): { services: ExchangeServices; isDead: () => boolean } {
  deaths += 1;
  let count = 0;
  const { database } = services;
  const dying = {
    kind: database.kind,
    batchSize: database.batchSize,
    get losses() {
      return database.losses;
    },
    async transaction<T>(...args: Parameters<Database['transaction']>): Promise<T> {
      count += 1;
      if (count > transactions || (count === transactions && !afterCommit)) throw new Killed();
      const result = await database.transaction(...args);
      if (count >= transactions) throw new Killed();
      return result as T;
    },
  };
  return {
    services: {
      ...services,
      database: dying as unknown as Database,
      holder: { name: `dead:${deaths}`, isDead: services.holder.isDead },
    },
    isDead: () => count >= transactions,
  };
}
