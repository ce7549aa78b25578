/** What should have started and has not, and what runs much longer than usual. */

import type { RunningLong, WaitingRequest } from '../../store/run-request-store.ts';
import { readRunningLong, readWaiting } from '../../store/run-request-store.ts';
import type { LateSchedule } from '../../store/schedule-store.ts';
import { readUnclaimed } from '../../store/schedule-store.ts';
import type { ScheduleServices } from './claim-due.ts';

/** What is due starts within seconds; after this long somebody should know. */
const LATE_MS = 10 * 60_000;
const SLOW_AT_LEAST_MS = 10 * 60_000;
const SLOW_TIMES_USUAL = 3;
/** Where nothing is known yet of how long it usually takes. */
const SLOW_UNKNOWN_MS = 60 * 60_000;

export interface LateFacts {
  /** Due, and no worker has taken it: none seems to run. */
  unclaimed: readonly LateSchedule[];
  /** Asked for, and not begun: the account is busy, or the workers are. */
  waiting: readonly WaitingRequest[];
  slow: readonly RunningLong[];
}

/** Reads only; each fact is new or old to the reader by its id and its instant. */
export function findLate(
  services: Pick<ScheduleServices, 'database'>,
  organisationId: number,
  now: Date,
): Promise<LateFacts> {
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  return services.database.transaction(
    organisationId,
    async (tx) => ({
      unclaimed: await readUnclaimed(tx, ago(LATE_MS)),
      waiting: await readWaiting(tx, ago(LATE_MS)),
      slow: (await readRunningLong(tx, ago(SLOW_AT_LEAST_MS))).filter(({ startedAt, usualMs }) => {
        const taken = now.getTime() - Date.parse(startedAt);
        return taken >= (usualMs === null ? SLOW_UNKNOWN_MS : usualMs * SLOW_TIMES_USUAL);
      }),
    }),
    { readOnly: true },
  );
}
