/**
 * The queue that wakes workers: pg-boss over the database we have. A job says no more than "this
 * account has something to do"; what that is stands in our own rows. So a job that is dropped,
 * doubled or late changes nothing but when the work begins.
 */
import { PgBoss } from 'pg-boss';

export interface AccountJob {
  organisationId: number;
  resellerAccountId: number;
}

/** What pg-boss needs of a pool of connections. */
export interface QueuePool {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface RunQueueOptions {
  pool: QueuePool;
  backend: 'postgres' | 'pglite';
  /** Accounts that this process works at once. */
  concurrency: number;
  /** The heartbeat and the times of the watch over it; a test may shorten what can be. */
  pollingSeconds?: number;
  onError(error: Error): void;
}

export interface RunQueue {
  start(work: (job: AccountJob) => Promise<void>): Promise<void>;
  /** Wakes a worker for the account; nothing when one is to be woken already. */
  wake(job: AccountJob): Promise<void>;
  /** Takes no more; waits for what runs. */
  stop(): Promise<void>;
}

const QUEUE = 'parterre-account';
/** Seconds. A worker that is not heard of for the first is lost, noticed within the second. */
const HEARTBEAT = 10;
const WATCH = 3;
/** The longest that pg-boss allows. A run that lasts longer keeps its lease all the same. */
const EXPIRE = 86_399;
/** Lost workers are no failure of the run, so they are not counted: it is never given up. */
const RETRIES = 1_000_000;
const STOP_MS = 30_000;

export function createRunQueue(options: RunQueueOptions): RunQueue {
  const { pool, backend, onError } = options;
  const boss = new PgBoss({
    // Without a statement's name and without LISTEN: the embedded database has neither for many.
    db: {
      async executeSql(text, values) {
        const result = await pool.query(text, values);
        // Several statements in one answer one result each, and pg-boss wants the rows of all.
        if (!Array.isArray(result)) return result;
        return { rows: (result as { rows: unknown[] }[]).flatMap((each) => each.rows) };
      },
    },
    backend,
    schema: 'parterre_jobs',
    // Its own cron fires at local times that do not exist, or twice: what is due is ours to say.
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: WATCH,
    monitorIntervalSeconds: WATCH,
    queueCacheIntervalSeconds: WATCH,
    monitorVacuum: false,
  });
  boss.on('error', onError);
  return {
    async start(work) {
      await boss.start();
      await boss.createQueue(QUEUE, {
        policy: 'stately',
        heartbeatSeconds: HEARTBEAT,
        expireInSeconds: EXPIRE,
        retryLimit: RETRIES,
        retryDelay: 0,
        retentionSeconds: 86_400,
        deleteAfterSeconds: 3_600,
      });
      await boss.work<AccountJob>(
        QUEUE,
        {
          localConcurrency: options.concurrency,
          pollingIntervalSeconds: options.pollingSeconds ?? 0.5,
          heartbeatRefreshSeconds: 3,
        },
        async (jobs) => {
          for (const job of jobs) await work(job.data);
        },
      );
    },
    async wake(job) {
      await boss.send(QUEUE, job, {
        singletonKey: `${job.organisationId}:${job.resellerAccountId}`,
      });
    },
    async stop() {
      await boss.stop({ graceful: true, timeout: STOP_MS, close: false });
    },
  };
}
