/** Schedules as people change them: each change is in the journal. */
import { nextDue } from '../../domain/schedule/next-due.ts';
import type { Timing, TimingFault } from '../../domain/schedule/timing.ts';
import { readTiming } from '../../domain/schedule/timing.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface, readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import {
  hasOpenRequest,
  insertRunRequest,
  withdrawRequests,
} from '../../store/run-request-store.ts';
import type { RunFunction } from '../../store/run-store.ts';
import type { ScheduleFilters, ScheduleRecord } from '../../store/schedule-store.ts';
import {
  clearFromDate,
  deleteSchedule,
  insertSchedule,
  lockSchedule,
  readSchedules,
  writeSchedule,
} from '../../store/schedule-store.ts';
import type { ScheduleServices } from './claim-due.ts';
import { filtersOfRun } from './claim-due.ts';

/** What a schedule may run: the functions that need no choice of a person. */
export const SCHEDULED_FUNCTIONS = [
  'export',
  'take_back',
  'integrate',
  'prepare_access',
  'fetch_access',
  'reconcile',
] as const satisfies readonly RunFunction[];

export interface ScheduleChange {
  name?: string;
  function?: (typeof SCHEDULED_FUNCTIONS)[number];
  timing?: unknown;
  active?: boolean;
  /** ISO instant; null: none. */
  firstAt?: string | null;
  filters?: ScheduleFilters;
  /** ISO instant that serves one run and clears itself; null takes it back. */
  fromDate?: string | null;
  warnAfter?: number;
  pauseAfter?: number;
}

interface By {
  organisationId: number;
  author: string;
  reason?: string | null;
}

export type ScheduleRefusal =
  | { code: 'schedule.unknown' }
  | { code: 'schedule.interface_unknown' }
  | { code: 'schedule.timing'; fault: TimingFault }
  | { code: 'schedule.name_taken' }
  | { code: 'schedule.name_missing' }
  | { code: 'schedule.limits' }
  | { code: 'schedule.instant'; field: 'firstAt' | 'fromDate' }
  /** A take-back by itself names the performances that it takes back. */
  | { code: 'schedule.performances_missing' }
  /** Somebody else changed it meanwhile. */
  | { code: 'schedule.version'; version: number };

export type ScheduleResult =
  | { outcome: 'saved'; schedule: ScheduleRecord }
  | { outcome: 'refused'; refusal: ScheduleRefusal };

export function listSchedules(
  services: Pick<ScheduleServices, 'database'>,
  of: { organisationId: number; interfaceId?: number },
): Promise<ScheduleRecord[]> {
  return services.database.transaction(
    of.organisationId,
    (tx) => readSchedules(tx, of.interfaceId ?? null),
    { readOnly: true },
  );
}

const NEW = {
  active: false,
  firstAt: null,
  nextAt: null,
  lastPlannedAt: null,
  filters: {},
  fromDate: null,
  failures: 0,
  warnAfter: 3,
  pauseAfter: 6,
  pausedAt: null,
  lastProblem: null,
  version: 1,
} as const;

export function createSchedule(
  services: ScheduleServices,
  request: By & {
    interfaceId: number;
    change: ScheduleChange & Required<Pick<ScheduleChange, 'name' | 'function' | 'timing'>>;
  },
): Promise<ScheduleResult> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const owner = await findInterface(tx, request.interfaceId);
    if (owner === null) return refused({ code: 'schedule.interface_unknown' });
    const [id] = await services.ids.take(1, tx);
    const made = await changed(
      tx,
      services,
      {
        ...NEW,
        id: id as number,
        interfaceId: owner.id,
        interfaceCode: owner.code,
        resellerAccountId: owner.resellerAccountId,
        name: '',
        function: request.change.function,
        timing: { kind: 'manual' },
      },
      request.change,
    );
    if ('code' in made) return refused(made);
    await insertSchedule(tx, { ...made, timing: made.timing as Timing });
    if (made.fromDate !== null) await writeSchedule(tx, made);
    await note(tx, services, request, 'schedule.created', null, made);
    return await saved(tx, made.id);
  });
}

/** Also switches on and off, and sets or clears the override. `version` guards against others. */
export function changeSchedule(
  services: ScheduleServices,
  request: By & { scheduleId: number; version?: number; change: ScheduleChange },
): Promise<ScheduleResult> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const before = await lockSchedule(tx, request.scheduleId);
    if (before === null) return refused({ code: 'schedule.unknown' });
    if (request.version !== undefined && request.version !== before.version) {
      return refused({ code: 'schedule.version', version: before.version });
    }
    const after = await changed(tx, services, before, request.change);
    if ('code' in after) return refused(after);
    await writeSchedule(tx, after);
    if (!after.active) await withdrawRequests(tx, after.id, services.clock());
    await note(tx, services, request, 'schedule.changed', before, after);
    return await saved(tx, after.id);
  });
}

/** Takes a paused schedule up again: its failures are forgotten, its next time is planned anew. */
export function resumeSchedule(
  services: ScheduleServices,
  request: By & { scheduleId: number },
): Promise<ScheduleResult> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const before = await lockSchedule(tx, request.scheduleId);
    if (before === null) return refused({ code: 'schedule.unknown' });
    if (before.pausedAt === null) return { outcome: 'saved', schedule: before };
    const resumed = { ...before, pausedAt: null, failures: 0, lastProblem: null };
    const after = { ...resumed, nextAt: await planned(tx, services, resumed) };
    await writeSchedule(tx, after);
    await note(tx, services, request, 'schedule.resumed', before, after);
    return await saved(tx, after.id);
  });
}

export function removeSchedule(
  services: ScheduleServices,
  request: By & { scheduleId: number; version?: number },
): Promise<{ outcome: 'removed' } | { outcome: 'refused'; refusal: ScheduleRefusal }> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const before = await lockSchedule(tx, request.scheduleId);
    if (before === null) return refused({ code: 'schedule.unknown' });
    if (request.version !== undefined && request.version !== before.version) {
      return refused({ code: 'schedule.version', version: before.version });
    }
    await withdrawRequests(tx, before.id, services.clock());
    await deleteSchedule(tx, before.id);
    await note(tx, services, request, 'schedule.removed', before, null);
    return { outcome: 'removed' };
  });
}

/**
 * Asks for a run now, of an inactive or paused schedule too; its rhythm stays as it is, and the
 * override goes along. `fromDate`: this one run reads again from that ISO instant, and what the
 * schedule holds for its next run stays. `already`: it was asked for before and has not ended.
 */
export function startSchedule(
  services: ScheduleServices,
  request: By & { scheduleId: number; fromDate?: string },
): Promise<
  | { outcome: 'asked'; already: boolean; requestId: number | null }
  | { outcome: 'refused'; refusal: ScheduleRefusal }
> {
  return services.database.transaction(request.organisationId, async (tx) => {
    const schedule = await lockSchedule(tx, request.scheduleId);
    if (schedule === null) return refused({ code: 'schedule.unknown' });
    if (await hasOpenRequest(tx, schedule.id)) {
      return { outcome: 'asked', already: true, requestId: null };
    }
    const [id] = await services.ids.take(1, tx);
    const now = services.clock();
    const { fromDate } = request;
    const filters = filtersOfRun(schedule);
    await insertRunRequest(tx, {
      id: id as number,
      resellerAccountId: schedule.resellerAccountId,
      interfaceId: schedule.interfaceId,
      scheduleId: schedule.id,
      function: schedule.function,
      source: 'hand',
      filters: fromDate === undefined ? filters : { ...filters, fromDate },
      startedBy: request.author,
      dueAt: now.toISOString(),
      askedAt: now,
    });
    if (schedule.fromDate !== null && fromDate === undefined) await clearFromDate(tx, schedule.id);
    return { outcome: 'asked', already: false, requestId: id as number };
  });
}

/** The schedule after a change, planned anew where its rhythm changed; or why it is refused. */
async function changed(
  tx: Tx,
  services: ScheduleServices,
  before: ScheduleRecord,
  change: ScheduleChange,
): Promise<ScheduleRecord | ScheduleRefusal> {
  const merged: ScheduleRecord = { ...before, ...definedOf(change) };
  const read = readTiming(merged.timing);
  if ('fault' in read) return { code: 'schedule.timing', fault: read.fault };
  const after = { ...merged, timing: read.timing, name: merged.name.trim() };
  const { warnAfter, pauseAfter } = after;
  if (after.name === '') return { code: 'schedule.name_missing' };
  if (![warnAfter, pauseAfter].every((n) => Number.isInteger(n) && n >= 1 && n <= 1_000)) {
    return { code: 'schedule.limits' };
  }
  for (const field of ['firstAt', 'fromDate'] as const) {
    const value = after[field];
    if (value === null) continue;
    const instant = new Date(value);
    if (Number.isNaN(instant.getTime())) return { code: 'schedule.instant', field };
    after[field] = instant.toISOString();
  }
  if (after.function === 'take_back' && (after.filters.performanceIds ?? []).length === 0) {
    return { code: 'schedule.performances_missing' };
  }
  const others = await readSchedules(tx, after.interfaceId);
  if (others.some(({ id, name }) => id !== after.id && name === after.name)) {
    return { code: 'schedule.name_taken' };
  }
  const rhythm = ({ timing, active, firstAt }: ScheduleRecord): string =>
    JSON.stringify([readTiming(timing), active, firstAt]);
  if (before.name !== '' && rhythm(before) === rhythm(after)) return after;
  return { ...after, nextAt: await planned(tx, services, after) };
}

/** Only what is said: an undefined field changes nothing. */
function definedOf(change: ScheduleChange): Partial<ScheduleRecord> {
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as Partial<ScheduleRecord>;
}

async function planned(
  tx: Tx,
  services: ScheduleServices,
  { timing, active, pausedAt, firstAt, lastPlannedAt }: ScheduleRecord,
): Promise<string | null> {
  const read = readTiming(timing);
  if (!active || pausedAt !== null || 'fault' in read) return null;
  const { timeZone } = await readOrganisation(tx);
  const now = services.clock();
  return nextDue(read.timing, { firstAt, lastPlanned: lastPlannedAt, now, timeZone });
}

function refused(refusal: ScheduleRefusal): { outcome: 'refused'; refusal: ScheduleRefusal } {
  return { outcome: 'refused', refusal };
}

async function saved(tx: Tx, id: number): Promise<ScheduleResult> {
  const schedule = await lockSchedule(tx, id);
  if (schedule === null) throw new Error(`The schedule ${id} was just written.`);
  return { outcome: 'saved', schedule };
}

async function note(
  tx: Tx,
  services: ScheduleServices,
  { author, reason }: By,
  action: string,
  before: ScheduleRecord | null,
  after: ScheduleRecord | null,
): Promise<void> {
  const [id] = await services.ids.take(1, tx);
  const subject = `schedule ${(after ?? before)?.id}`;
  await writeJournal(tx, [
    {
      id: id as number,
      at: services.clock(),
      author,
      action,
      subject,
      before: shownOf(before),
      after: shownOf(after),
      reason: reason ?? null,
    },
  ]);
}

function shownOf(one: ScheduleRecord | null): object | undefined {
  if (one === null) return undefined;
  const { name, interfaceCode, timing, active, firstAt, nextAt, filters, fromDate } = one;
  const { warnAfter, pauseAfter, failures, pausedAt } = one;
  return {
    interface: interfaceCode,
    name,
    function: one.function,
    timing,
    active,
    firstAt,
    nextAt,
    filters,
    fromDate,
    warnAfter,
    pauseAfter,
    failures,
    pausedAt,
  };
}
