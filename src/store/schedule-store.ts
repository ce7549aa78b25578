/** Schedules: when each function of an interface runs by itself. */
import type { Timing } from '../domain/schedule/timing.ts';
import type { Tx } from './database/transaction.ts';
import type { LineParams, RunFunction } from './run-store.ts';

export interface ScheduleFilters {
  productIds?: readonly number[];
  performanceIds?: readonly number[];
}

export interface ScheduleProblem {
  code: string;
  params: LineParams;
  /** ISO instant. */
  at: string;
  run: number | null;
}

export interface ScheduleRecord {
  id: number;
  interfaceId: number;
  interfaceCode: string;
  resellerAccountId: number;
  name: string;
  function: RunFunction;
  /** As it was written; readTiming says whether it is sound. */
  timing: unknown;
  active: boolean;
  firstAt: string | null;
  /** Null: nothing is planned (manual, inactive, paused), or it is to be planned anew. */
  nextAt: string | null;
  lastPlannedAt: string | null;
  filters: ScheduleFilters;
  /** Serves the next run and clears itself. */
  fromDate: string | null;
  /** Failures in a row. */
  failures: number;
  warnAfter: number;
  pauseAfter: number;
  pausedAt: string | null;
  lastProblem: ScheduleProblem | null;
  version: number;
}

export const SELECT_SCHEDULE = `
  select s.id, s.interface_id as "interfaceId", i.code as "interfaceCode",
         i.reseller_account_id as "resellerAccountId", s.name, s.function, s.timing, s.active,
         s.first_at as "firstAt", s.next_at as "nextAt", s.last_planned_at as "lastPlannedAt",
         s.filters, s.from_date as "fromDate", s.failures, s.warn_after as "warnAfter",
         s.pause_after as "pauseAfter", s.paused_at as "pausedAt",
         s.last_problem as "lastProblem", s.version
  from schedule s
  join interface i on i.organisation_id = s.organisation_id and i.id = s.interface_id
  where s.organisation_id = $1`;

export function readSchedules(tx: Tx, interfaceId: number | null): Promise<ScheduleRecord[]> {
  return tx.query<ScheduleRecord>(
    `${SELECT_SCHEDULE} and ($2::bigint is null or s.interface_id = $2) order by i.code, s.name`,
    [tx.organisationId, interfaceId],
  );
}

/** Locks the schedule until the end of the transaction; null when there is none. */
export async function lockSchedule(tx: Tx, id: number): Promise<ScheduleRecord | null> {
  const rows = await tx.query<ScheduleRecord>(`${SELECT_SCHEDULE} and s.id = $2 for update of s`, [
    tx.organisationId,
    id,
  ]);
  return rows[0] ?? null;
}

/**
 * Locks schedules that are due, or that have to be planned anew, and that nobody else is at: a tick
 * of two workers at once takes each of them once.
 */
export function lockDueSchedules(tx: Tx, now: Date, limit: number): Promise<ScheduleRecord[]> {
  return tx.query<ScheduleRecord>(
    `${SELECT_SCHEDULE}
       and s.active and s.paused_at is null
       and (s.next_at <= $2 or (s.next_at is null and s.timing->>'kind' <> 'manual'))
       and i.status = 'visible'
     order by s.next_at nulls last, s.id
     limit $3
     for update of s skip locked`,
    [tx.organisationId, now.toISOString(), limit],
  );
}

export interface NewSchedule {
  id: number;
  interfaceId: number;
  name: string;
  function: RunFunction;
  timing: Timing;
  active: boolean;
  firstAt: string | null;
  filters: ScheduleFilters;
  warnAfter: number;
  pauseAfter: number;
  nextAt: string | null;
}

/** Throws UniqueViolation when the interface has one of this name. */
export async function insertSchedule(tx: Tx, one: NewSchedule): Promise<void> {
  await tx.execute(
    `insert into schedule (organisation_id, id, interface_id, name, function, timing, active,
       first_at, filters, warn_after, pause_after, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.organisationId,
      one.id,
      one.interfaceId,
      one.name,
      one.function,
      JSON.stringify(one.timing),
      one.active,
      one.firstAt,
      JSON.stringify(one.filters),
      one.warnAfter,
      one.pauseAfter,
      one.nextAt,
    ],
  );
}

/** What of a locked schedule changes; its version rises. */
export async function writeSchedule(tx: Tx, one: ScheduleRecord): Promise<void> {
  await tx.execute(
    `update schedule set name = $3, function = $4, timing = $5, active = $6, first_at = $7,
       filters = $8, warn_after = $9, pause_after = $10, next_at = $11, from_date = $12,
       failures = $13, paused_at = $14, last_problem = $15, version = version + 1
     where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      one.id,
      one.name,
      one.function,
      JSON.stringify(one.timing),
      one.active,
      one.firstAt,
      JSON.stringify(one.filters),
      one.warnAfter,
      one.pauseAfter,
      one.nextAt,
      one.fromDate,
      one.failures,
      one.pausedAt,
      one.lastProblem === null ? null : JSON.stringify(one.lastProblem),
    ],
  );
}

export async function deleteSchedule(tx: Tx, id: number): Promise<void> {
  await tx.execute('delete from schedule where organisation_id = $1 and id = $2', [
    tx.organisationId,
    id,
  ]);
}

/** Plans the next time; `planned` is the instant that fires now, and takes the override along. */
export async function planSchedule(
  tx: Tx,
  id: number,
  plan: { nextAt: string | null; planned: string | null },
): Promise<void> {
  await tx.execute(
    `update schedule set next_at = $3, last_planned_at = coalesce($4, last_planned_at),
       from_date = case when $4::timestamptz is null then from_date end
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, plan.nextAt, plan.planned],
  );
}

/** Forgets the override: a run that was started by hand has taken it along. */
export async function clearFromDate(tx: Tx, id: number): Promise<void> {
  await tx.execute('update schedule set from_date = null where organisation_id = $1 and id = $2', [
    tx.organisationId,
    id,
  ]);
}

/** How a run of it ended: failures in a row, the last problem, and whether it pauses. */
export async function writeOutcome(
  tx: Tx,
  id: number,
  outcome: { failures: number; lastProblem: ScheduleProblem | null; pausedAt: string | null },
): Promise<void> {
  await tx.execute(
    `update schedule set failures = $3, last_problem = $4, paused_at = $5,
       next_at = case when $5::timestamptz is null then next_at end
     where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      id,
      outcome.failures,
      outcome.lastProblem === null ? null : JSON.stringify(outcome.lastProblem),
      outcome.pausedAt,
    ],
  );
}

export interface LateSchedule {
  id: number;
  name: string;
  interfaceId: number;
  interfaceCode: string;
  function: RunFunction;
  /** When it should have started. */
  dueAt: string;
}

/** Due since before `before`, and taken by no worker: none is running. */
export function readUnclaimed(tx: Tx, before: Date): Promise<LateSchedule[]> {
  return tx.query<LateSchedule>(
    `select s.id, s.name, s.interface_id as "interfaceId", i.code as "interfaceCode", s.function,
            s.next_at as "dueAt"
     from schedule s
     join interface i on i.organisation_id = s.organisation_id and i.id = s.interface_id
     where s.organisation_id = $1 and s.active and s.paused_at is null and s.next_at < $2
       and i.status = 'visible'
     order by s.next_at, s.id`,
    [tx.organisationId, before.toISOString()],
  );
}
