/** Runs that were asked for and have not ended: what the workers do. */
import type { Tx } from './database/transaction.ts';
import type { RunFunction, RunSource, RunState } from './run-store.ts';

export interface NewRunRequest {
  id: number;
  resellerAccountId: number;
  interfaceId: number;
  scheduleId: number | null;
  function: RunFunction;
  source: RunSource;
  filters: Readonly<Record<string, unknown>>;
  /** Does everything and writes only its log. */
  simulation?: boolean;
  /** The schedule's name, or a login. */
  startedBy: string;
  /** ISO instant at which it should start. */
  dueAt: string;
  askedAt: Date;
}

export type RequestOutcome = 'ran' | 'refused' | 'withdrawn';

export interface RunRequestRecord extends Omit<NewRunRequest, 'askedAt'> {
  simulation: boolean;
  askedAt: string;
  /** The last run that was begun for it. */
  runId: number | null;
}

export async function insertRunRequest(tx: Tx, one: NewRunRequest): Promise<void> {
  await tx.execute(
    `insert into run_request (organisation_id, id, reseller_account_id, interface_id, schedule_id,
       function, source, filters, simulation, started_by, due_at, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.organisationId,
      one.id,
      one.resellerAccountId,
      one.interfaceId,
      one.scheduleId,
      one.function,
      one.source,
      JSON.stringify(one.filters),
      one.simulation ?? false,
      one.startedBy,
      one.dueAt,
      one.askedAt.toISOString(),
    ],
  );
}

const COLUMNS = `
  q.id, q.reseller_account_id as "resellerAccountId", q.interface_id as "interfaceId",
  q.schedule_id as "scheduleId", q.function, q.source, q.filters, q.simulation,
  q.started_by as "startedBy", q.due_at as "dueAt", q.asked_at as "askedAt", q.run_id as "runId"`;

/** The open request of an account that is due longest, or null. */
export async function nextRunRequest(tx: Tx, accountId: number): Promise<RunRequestRecord | null> {
  const rows = await tx.query<RunRequestRecord>(
    `select ${COLUMNS} from run_request q
     where q.organisation_id = $1 and q.reseller_account_id = $2 and q.ended_at is null
     order by q.due_at, q.id limit 1`,
    [tx.organisationId, accountId],
  );
  return rows[0] ?? null;
}

/** The request as it stands; null when it has ended. */
export async function findOpenRequest(tx: Tx, id: number): Promise<RunRequestRecord | null> {
  const rows = await tx.query<RunRequestRecord>(
    `select ${COLUMNS} from run_request q
     where q.organisation_id = $1 and q.id = $2 and q.ended_at is null`,
    [tx.organisationId, id],
  );
  return rows[0] ?? null;
}

/** Whether a schedule has a request that has not ended: it is not asked a second time. */
export async function hasOpenRequest(tx: Tx, scheduleId: number): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from run_request
     where organisation_id = $1 and schedule_id = $2 and ended_at is null limit 1`,
    [tx.organisationId, scheduleId],
  );
  return rows.length > 0;
}

/**
 * Accounts with open requests that nobody is at: no run was begun, or the one that was no longer
 * holds its account (its process died, or it ended and only that was not written).
 */
export async function accountsWithRequests(tx: Tx, now: Date): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select distinct q.reseller_account_id as id from run_request q
     join reseller_account a
       on a.organisation_id = q.organisation_id and a.id = q.reseller_account_id
     where q.organisation_id = $1 and q.ended_at is null
       and (q.run_id is null or a.lease_run_id is distinct from q.run_id or a.lease_until <= $2)
     order by 1`,
    [tx.organisationId, now.toISOString()],
  );
  return rows.map((row) => row.id);
}

/**
 * Whether something due since `before` is left alone: its account is free, and no run of it has
 * begun or ended since then.
 */
export async function hasStuckRequest(
  tx: Tx,
  { before, now }: { before: Date; now: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 as one from run_request q
     join reseller_account a
       on a.organisation_id = q.organisation_id and a.id = q.reseller_account_id
     where q.organisation_id = $1 and q.ended_at is null and q.due_at < $2
       and q.asked_at < $2 and (a.lease_until is null or a.lease_until <= $3)
       and not exists (
         select 1 from run r
         where r.organisation_id = q.organisation_id
           and r.reseller_account_id = q.reseller_account_id
           and (r.started_at >= $2 or r.ended_at >= $2))
     limit 1`,
    [tx.organisationId, before.toISOString(), now.toISOString()],
  );
  return rows.length > 0;
}

/**
 * Says which run is begun for it, by who holds the account; false when it has ended meanwhile, or
 * its run has.
 */
export async function beginRequest(tx: Tx, id: number, runId: number): Promise<boolean> {
  const touched = await tx.execute(
    `update run_request q set run_id = $3
     where q.organisation_id = $1 and q.id = $2 and q.ended_at is null
       and not exists (select 1 from run r
                       where r.organisation_id = q.organisation_id and r.id = q.run_id
                         and r.ended_at is not null and r.attempt = 1)`,
    [tx.organisationId, id, runId],
  );
  return touched === 1;
}

/** Leaves it to another worker: the run that was begun for it was stopped with its worker. */
export async function leaveRequest(tx: Tx, id: number): Promise<void> {
  await tx.execute(
    `update run_request set run_id = null
     where organisation_id = $1 and id = $2 and ended_at is null`,
    [tx.organisationId, id],
  );
}

/** Ends it; false when it had ended before. */
export async function endRequest(
  tx: Tx,
  id: number,
  end: { outcome: RequestOutcome; at: Date },
): Promise<boolean> {
  const touched = await tx.execute(
    `update run_request set outcome = $3, ended_at = $4
     where organisation_id = $1 and id = $2 and ended_at is null`,
    [tx.organisationId, id, end.outcome, end.at.toISOString()],
  );
  return touched === 1;
}

/** What asks for this schedule and has not begun is taken back. */
export async function withdrawRequests(tx: Tx, scheduleId: number, at: Date): Promise<void> {
  await tx.execute(
    `update run_request set outcome = 'withdrawn', ended_at = $3
     where organisation_id = $1 and schedule_id = $2 and ended_at is null and run_id is null`,
    [tx.organisationId, scheduleId, at.toISOString()],
  );
}

export interface EndedRun {
  number: number;
  state: RunState;
  /** It came to its own end: no worker died in it. */
  whole: boolean;
}

/** How the run of a request ended; null while it has not. */
export async function findEndedRun(tx: Tx, runId: number): Promise<EndedRun | null> {
  const rows = await tx.query<EndedRun>(
    `select number, state, attempt = 1 as whole from run
     where organisation_id = $1 and id = $2 and ended_at is not null`,
    [tx.organisationId, runId],
  );
  return rows[0] ?? null;
}

export async function forgetRequestsBefore(tx: Tx, before: Date): Promise<number> {
  return await tx.execute('delete from run_request where organisation_id = $1 and ended_at < $2', [
    tx.organisationId,
    before.toISOString(),
  ]);
}

export interface WaitingRequest {
  id: number;
  interfaceId: number;
  interfaceCode: string;
  function: RunFunction;
  scheduleId: number | null;
  startedBy: string;
  dueAt: string;
}

/** Asked for since before `before`, and not begun. */
export function readWaiting(tx: Tx, before: Date): Promise<WaitingRequest[]> {
  return tx.query<WaitingRequest>(
    `select q.id, q.interface_id as "interfaceId", i.code as "interfaceCode", q.function,
            q.schedule_id as "scheduleId", q.started_by as "startedBy", q.due_at as "dueAt"
     from run_request q
     join interface i on i.organisation_id = q.organisation_id and i.id = q.interface_id
     where q.organisation_id = $1 and q.ended_at is null and q.run_id is null and q.due_at < $2
     order by q.due_at, q.id`,
    [tx.organisationId, before.toISOString()],
  );
}

export interface RunningLong {
  id: number;
  number: number;
  interfaceId: number;
  interfaceCode: string;
  function: RunFunction;
  scheduleId: number | null;
  startedBy: string;
  startedAt: string;
  /** Median of the last twenty runs of this interface and function, in ms; null: none yet. */
  usualMs: number | null;
}

/** Runs that have been running since before `before`, with how long they usually take. */
export function readRunningLong(tx: Tx, before: Date): Promise<RunningLong[]> {
  return tx.query<RunningLong>(
    `select r.id, r.number, r.interface_id as "interfaceId", i.code as "interfaceCode",
            r.function, r.schedule_id as "scheduleId", r.started_by as "startedBy",
            r.started_at as "startedAt",
            (select (percentile_cont(0.5) within group (order by
                      extract(epoch from p.ended_at - p.started_at) * 1000))::bigint
             from (select p.started_at, p.ended_at from run p
                   where p.organisation_id = r.organisation_id
                     and p.interface_id = r.interface_id and p.function = r.function
                     and p.ended_at is not null and p.attempt = 1
                   order by p.id desc limit 20) p) as "usualMs"
     from run r
     join interface i on i.organisation_id = r.organisation_id and i.id = r.interface_id
     where r.organisation_id = $1 and r.ended_at is null and r.started_at < $2
     order by r.started_at, r.id`,
    [tx.organisationId, before.toISOString()],
  );
}
