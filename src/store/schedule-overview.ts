/** Schedules as their table shows them: the last run, what is asked for, and who changed it. */
import type { Tx } from './database/transaction.ts';
import type { RunSource, RunState } from './run-store.ts';
import type { ScheduleRecord } from './schedule-store.ts';
import { SELECT_SCHEDULE } from './schedule-store.ts';

export interface LastRun {
  id: number;
  number: number;
  state: RunState;
  source: RunSource;
  startedAt: string;
  endedAt: string | null;
}

export interface OpenRequest {
  id: number;
  startedBy: string;
  askedAt: string;
  /** Null: it waits. */
  runId: number | null;
}

export interface ScheduleState {
  scheduleId: number;
  lastRun: LastRun | null;
  request: OpenRequest | null;
  /** Of its newest line in the journal; null: it came with the house. */
  changed: { at: string; by: string } | null;
}

interface StateRow {
  scheduleId: number;
  runId: number | null;
  number: number;
  state: RunState;
  source: RunSource;
  startedAt: string;
  endedAt: string | null;
  requestId: number | null;
  startedBy: string;
  askedAt: string;
  requestRunId: number | null;
  changedAt: string | null;
  changedBy: string;
}

/** What the schedules of an interface did last; null: of all of them, or of this one only. */
export async function readScheduleStates(
  tx: Tx,
  of: { interfaceId: number | null; scheduleId: number | null },
): Promise<ScheduleState[]> {
  const rows = await tx.query<StateRow>(
    `select s.id as "scheduleId", last.id as "runId", last.number, last.state, last.source,
            last.started_at as "startedAt", last.ended_at as "endedAt", open.id as "requestId",
            open.started_by as "startedBy", open.asked_at as "askedAt",
            open.run_id as "requestRunId", changed.at as "changedAt", changed.author as "changedBy"
     from schedule s
     left join lateral (
       select r.id, r.number, r.state, r.source, r.started_at, r.ended_at
       from run r where r.organisation_id = $1 and r.schedule_id = s.id
       order by r.number desc limit 1) last on true
     left join lateral (
       select q.id, q.started_by, q.asked_at, q.run_id from run_request q
       where q.organisation_id = $1 and q.schedule_id = s.id and q.ended_at is null
       order by q.id limit 1) open on true
     left join lateral (
       select j.at, j.author from journal j
       where j.organisation_id = $1 and j.subject = 'schedule ' || s.id
       order by j.at desc limit 1) changed on true
     where s.organisation_id = $1 and ($2::bigint is null or s.interface_id = $2)
       and ($3::bigint is null or s.id = $3)`,
    [tx.organisationId, of.interfaceId, of.scheduleId],
  );
  return rows.map(stateOf);
}

function stateOf(row: StateRow): ScheduleState {
  const { runId, number, state, source, startedAt, endedAt } = row;
  const { requestId, startedBy, askedAt, requestRunId, changedAt, changedBy } = row;
  return {
    scheduleId: row.scheduleId,
    lastRun: runId === null ? null : { id: runId, number, state, source, startedAt, endedAt },
    request: requestId === null ? null : { id: requestId, startedBy, askedAt, runId: requestRunId },
    changed: changedAt === null ? null : { at: changedAt, by: changedBy },
  };
}

/** A schedule as it stands, without a lock; null when there is none. */
export async function findSchedule(tx: Tx, id: number): Promise<ScheduleRecord | null> {
  const rows = await tx.query<ScheduleRecord>(`${SELECT_SCHEDULE} and s.id = $2`, [
    tx.organisationId,
    id,
  ]);
  return rows[0] ?? null;
}
