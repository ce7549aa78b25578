/** The worker of a process: its queue over the house's database, its log. */
import { createRunQueue } from '../jobs/run-queue.ts';
import type { JobLog, Worker } from '../jobs/worker.ts';
import { startWorker } from '../jobs/worker.ts';
import { listOrganisations } from '../store/interface-store.ts';
import type { Environment, House } from './services.ts';

const CONCURRENCY = 4;

/** `PARTERRE_CONCURRENCY`: accounts that one process works at once. */
function concurrencyOf(env: Environment): number {
  const asked = Number(env.PARTERRE_CONCURRENCY || CONCURRENCY);
  return Number.isInteger(asked) && asked >= 1 && asked <= 64 ? asked : CONCURRENCY;
}

export function startHouseWorker(house: House, env: Environment, log: JobLog): Promise<Worker> {
  const { services, database } = house;
  const pool = database.foreignPool;
  return startWorker({
    services,
    queue: createRunQueue({
      pool: { query: (text, values) => pool.query(text, values) },
      backend: database.kind,
      concurrency: concurrencyOf(env),
      onError: (error) => log('error', { error: error.message }, 'queue'),
    }),
    listOrganisations: () => database.administration((tx) => listOrganisations(tx)),
    log,
  });
}
