/** The tick: what is due is asked for, and its next time planned, in one transaction. */
import { nextDue } from '../../domain/schedule/next-due.ts';
import { readTiming } from '../../domain/schedule/timing.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import {
  accountsWithRequests,
  hasOpenRequest,
  insertRunRequest,
} from '../../store/run-request-store.ts';
import type { ScheduleRecord } from '../../store/schedule-store.ts';
import { lockDueSchedules, planSchedule } from '../../store/schedule-store.ts';
import type { ExchangeServices } from '../context.ts';

export type ScheduleServices = Pick<ExchangeServices, 'database' | 'ids' | 'clock'>;

/** Schedules that one transaction takes at most. */
const CLAIMED_AT_ONCE = 50;

export interface Claimed {
  scheduleId: number;
  name: string;
  interfaceId: number;
  resellerAccountId: number;
  /** The instant that was planned. */
  dueAt: string;
}

/**
 * Asks for a run of each schedule that is due and plans its next time. Two workers at once share
 * the schedules: each is asked for once. A schedule whose last request has not ended is not asked
 * for again: what was missed runs once.
 */
export async function claimDue(
  services: ScheduleServices,
  organisationId: number,
): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  for (;;) {
    const taken = await services.database.transaction(organisationId, async (tx) => {
      const now = services.clock();
      const due = await lockDueSchedules(tx, now, CLAIMED_AT_ONCE);
      if (due.length === 0) return 0;
      const { timeZone } = await readOrganisation(tx);
      for (const schedule of due) {
        const plan = planOf(schedule, timeZone, now);
        await planSchedule(tx, schedule.id, plan);
        if (plan.planned === null || (await hasOpenRequest(tx, schedule.id))) continue;
        const [id] = await services.ids.take(1, tx);
        await insertRunRequest(tx, {
          id: id as number,
          resellerAccountId: schedule.resellerAccountId,
          interfaceId: schedule.interfaceId,
          scheduleId: schedule.id,
          function: schedule.function,
          source: 'schedule',
          filters: filtersOfRun(schedule),
          startedBy: schedule.name,
          dueAt: plan.planned,
          askedAt: now,
        });
        const { name, interfaceId, resellerAccountId } = schedule;
        const dueAt = plan.planned;
        claimed.push({ scheduleId: schedule.id, name, interfaceId, resellerAccountId, dueAt });
      }
      return due.length;
    });
    if (taken < CLAIMED_AT_ONCE) return claimed;
  }
}

/** Which instant fires now, if any, and which is next. */
function planOf(
  { timing, firstAt, nextAt, lastPlannedAt }: ScheduleRecord,
  timeZone: string,
  now: Date,
): { planned: string | null; nextAt: string | null } {
  const read = readTiming(timing);
  // What nobody can read never fires; a house that was loaded before it was checked may hold it.
  if ('fault' in read) return { planned: null, nextAt: null };
  const options = { firstAt, now, timeZone };
  const due = nextAt ?? nextDue(read.timing, { ...options, lastPlanned: lastPlannedAt });
  if (due === null || Date.parse(due) > now.getTime()) return { planned: null, nextAt: due };
  return { planned: due, nextAt: nextDue(read.timing, { ...options, lastPlanned: due }) };
}

/** What the run is limited to, with the override that serves one run. */
export function filtersOfRun({ filters, fromDate }: ScheduleRecord): Record<string, unknown> {
  return { ...filters, ...(fromDate === null ? {} : { fromDate }) };
}

/** Accounts that a worker has to be woken for: something is asked for, and nobody is at it. */
export function accountsToWake(
  services: Pick<ScheduleServices, 'database' | 'clock'>,
  organisationId: number,
): Promise<number[]> {
  return services.database.transaction(organisationId, (tx) =>
    accountsWithRequests(tx, services.clock()),
  );
}
