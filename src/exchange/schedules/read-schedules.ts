/** Schedules as people see them: with what they did last, and when they fire next. */
import { foretellDue } from '../../domain/schedule/foretell-due.ts';
import { readTiming } from '../../domain/schedule/timing.ts';
import { listInterfaces, readOrganisation } from '../../store/interface-store.ts';
import type { LastRun, OpenRequest, ScheduleState } from '../../store/schedule-overview.ts';
import { findSchedule, readScheduleStates } from '../../store/schedule-overview.ts';
import type { ScheduleProblem, ScheduleRecord } from '../../store/schedule-store.ts';
import { readSchedules } from '../../store/schedule-store.ts';
import type { ScheduleServices } from './claim-due.ts';

export type { LastRun, OpenRequest, ScheduleProblem, ScheduleRecord };

/** Who is called when the reseller does not answer, and how the interface names itself. */
export interface ScheduleOwner {
  reseller: string;
  people: readonly { name: string; mail?: string; phone?: string }[];
}

export interface ShownSchedule extends ScheduleRecord, Omit<ScheduleState, 'scheduleId'> {
  owner: ScheduleOwner;
}

export interface ShownSchedules {
  items: ShownSchedule[];
  /** In which the local times of all of them are meant. */
  timeZone: string;
}

/** By interface and name: of one interface, or of all. */
export function readScheduleTable(
  { database }: Pick<ScheduleServices, 'database'>,
  of: { organisationId: number; interfaceId?: number; scheduleId?: number },
): Promise<ShownSchedules> {
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const { timeZone } = await readOrganisation(tx);
      const interfaceId = of.interfaceId ?? null;
      const scheduleId = of.scheduleId ?? null;
      const one = scheduleId === null ? null : await findSchedule(tx, scheduleId);
      const schedules =
        scheduleId === null ? await readSchedules(tx, interfaceId) : one === null ? [] : [one];
      const states = await readScheduleStates(tx, { interfaceId, scheduleId });
      const stateOf = new Map(states.map((state) => [state.scheduleId, state]));
      const owners = new Map((await listInterfaces(tx)).map((owner) => [owner.id, owner]));
      const items = schedules.map((schedule): ShownSchedule => {
        const { lastRun = null, request = null, changed = null } = stateOf.get(schedule.id) ?? {};
        const { reseller = '', people = [] } = owners.get(schedule.interfaceId) ?? {};
        return { ...schedule, lastRun, request, changed, owner: { reseller, people } };
      });
      return { items, timeZone };
    },
    { readOnly: true },
  );
}

export interface Foretold {
  instants: string[];
  timeZone: string;
}

/**
 * The next instants of a schedule as it is being edited: `scheduleId` names the one that it
 * replaces, whose rhythm goes on; null: a new one. Null where there is no such schedule.
 */
export function foretellSchedule(
  { database, clock }: Pick<ScheduleServices, 'database' | 'clock'>,
  of: {
    organisationId: number;
    scheduleId: number | null;
    timing: unknown;
    firstAt: string | null;
    count: number;
  },
): Promise<Foretold | null | { fault: string }> {
  const read = readTiming(of.timing);
  if ('fault' in read) return Promise.resolve(read);
  return database.transaction(
    of.organisationId,
    async (tx) => {
      const { timeZone } = await readOrganisation(tx);
      const before = of.scheduleId === null ? null : await findSchedule(tx, of.scheduleId);
      if (of.scheduleId !== null && before === null) return null;
      const lastPlanned = before?.lastPlannedAt ?? null;
      const options = { firstAt: of.firstAt, lastPlanned, now: clock(), timeZone };
      return { instants: foretellDue(read.timing, options, of.count), timeZone };
    },
    { readOnly: true },
  );
}
