/** The worker of a process: its queue over the house's database, its log. */
import { startHouseKeeper } from '../jobs/house-keeper.ts';
import { createRunQueue } from '../jobs/run-queue.ts';
import type { JobLog, Worker } from '../jobs/worker.ts';
import { startWorker } from '../jobs/worker.ts';
import { listOrganisations } from '../store/interface-store.ts';
import type { Environment, House } from './services.ts';
import { startHouseWatch } from './watch.ts';

const CONCURRENCY = 4;
const RECORDED_DAYS = 90;

/** `PARTERRE_CONCURRENCY`: accounts that one process works at once. */
function concurrencyOf(env: Environment): number {
  const asked = Number(env.PARTERRE_CONCURRENCY || CONCURRENCY);
  return Number.isInteger(asked) && asked >= 1 && asked <= 64 ? asked : CONCURRENCY;
}

/** `PARTERRE_KEEP_DAYS`: how long recorded calls and contents of files are kept. */
function recordedDaysOf(env: Environment): number {
  const asked = Number(env.PARTERRE_KEEP_DAYS || RECORDED_DAYS);
  return Number.isInteger(asked) && asked >= 1 && asked <= 3_650 ? asked : RECORDED_DAYS;
}

/** Runs what is due, watches, keeps house: mails and hooks leave from here. */
export async function startHouseWorker(
  house: House,
  env: Environment,
  log: JobLog,
): Promise<Worker> {
  const { services, database } = house;
  const pool = database.foreignPool;
  const worker = await startWorker({
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
  const watch = startHouseWatch(house, env, log);
  const keeper = startHouseKeeper({
    services,
    listOrganisations: () => database.administration((tx) => listOrganisations(tx)),
    recordedDays: recordedDaysOf(env),
    log,
  });
  return {
    async stop() {
      await Promise.all([keeper.stop(), watch.stop(), worker.stop()]);
    },
  };
}
