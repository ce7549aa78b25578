/**
 * House-keeping: what has done its service is forgotten, in short transactions beside the work.
 * Books, runs, their lines and the journal stay. Any number of processes may do it at once, and
 * again: what is forgotten is forgotten.
 */
import { forgetExpired } from '../store/api-request-store.ts';
import { pruneNews } from '../store/news-store.ts';
import { pruneOutbox } from '../store/outbox-store.ts';
import { forgetCounters } from '../store/people-limit-store.ts';
import { forgetEnded } from '../store/person-account-store.ts';
import { forgetFilesBefore } from '../store/received-file-store.ts';
import { forgetRequestsBefore } from '../store/run-request-store.ts';
import { deleteWireCallsBefore } from '../store/wire-call-store.ts';
import type { ExchangeServices } from './context.ts';

export type KeepServices = Pick<ExchangeServices, 'database' | 'clock'>;

export interface KeepRequest {
  organisationId: number;
  /** Days that recorded calls and contents of files are kept. */
  recordedDays: number;
  signal?: AbortSignal;
}

export interface Forgotten {
  wireCalls: number;
  files: number;
  runRequests: number;
}

const DAY_MS = 86_400_000;
/** Requests that ended, news that closed, deliveries: so long somebody may ask about them. */
const TOLD_MS = 90 * DAY_MS;
const REQUESTS_MS = 30 * DAY_MS;
/** What a sign-in counted is asked for within minutes; a day is for who looks into an attack. */
const COUNTED_MS = DAY_MS;
/** Few enough that nobody waits for such a transaction. */
const AT_ONCE = 500;
const ANSWERS_AT_ONCE = 10_000;

/** Of one organisation. Stops between two transactions when the signal fires. */
export async function keepHouse(
  { database, clock }: KeepServices,
  { organisationId, recordedDays, signal }: KeepRequest,
): Promise<Forgotten> {
  const now = clock();
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  const recorded = ago(recordedDays * DAY_MS);
  let wireCalls = 0;
  while (signal?.aborted !== true) {
    const some = await database.transaction(organisationId, (tx) =>
      deleteWireCallsBefore(tx, recorded, AT_ONCE),
    );
    wireCalls += some;
    if (some < AT_ONCE) break;
  }
  const rest = await database.transaction(organisationId, async (tx) => {
    await forgetExpired(tx, now, ANSWERS_AT_ONCE);
    await pruneNews(tx, ago(TOLD_MS));
    await pruneOutbox(tx, ago(TOLD_MS));
    return {
      files: await forgetFilesBefore(tx, recorded),
      runRequests: await forgetRequestsBefore(tx, ago(REQUESTS_MS)),
    };
  });
  return { wireCalls, ...rest };
}

/** What belongs to no organisation: ended sessions, links, and what sign-ins counted. */
export async function keepSignIns({ database, clock }: KeepServices): Promise<void> {
  const before = new Date(clock().getTime() - COUNTED_MS);
  await database.administration(async (admin) => {
    await forgetCounters(admin, before);
    await forgetEnded(admin, before);
  });
}
