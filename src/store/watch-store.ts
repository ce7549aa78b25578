/** What the watch looks at: runs, cases, values without a mapping, schedules, ceilings. */
import type { ProblemClass } from '../domain/order/problem.ts';
import type { Tx } from './database/transaction.ts';
import type { LineParams, RunFunction, RunState } from './run-store.ts';

export interface NewestRun {
  id: number;
  number: number;
  interfaceId: number;
  function: RunFunction;
  state: Exclude<RunState, 'running'>;
  endedAt: string;
}

/**
 * The newest run that ended of each visible interface and function; simulations left out. Newest by
 * number: each process takes ids in blocks of its own, so a later run may have a lower id.
 */
export function readNewestRuns(tx: Tx, functions: readonly RunFunction[]): Promise<NewestRun[]> {
  return tx.query<NewestRun>(
    `select r.id, r.number, i.id as "interfaceId", f.name as function, r.state,
            r.ended_at as "endedAt"
     from interface i
     cross join unnest($2::text[]) as f (name)
     cross join lateral (
       select id, number, state, ended_at from run
       where organisation_id = $1 and interface_id = i.id and function = f.name
         and ended_at is not null and not simulation and state <> 'cancelled'
       order by number desc limit 1) r
     where i.organisation_id = $1 and i.status = 'visible'`,
    [tx.organisationId, functions],
  );
}

export interface RunFault {
  runId: number;
  code: string;
  params: LineParams;
}

/**
 * What stopped each of these runs: its last error line that is about no message. A run without one
 * only met cases, which are told as such.
 */
export function readRunFaults(tx: Tx, runIds: readonly number[]): Promise<RunFault[]> {
  return tx.query<RunFault>(
    `select given.id as "runId", l.code, l.params
     from unnest($2::bigint[]) as given (id)
     cross join lateral (
       select code, params from run_line
       where organisation_id = $1 and run_id = given.id and level = 'error'
         and message_id is null
       order by id desc limit 1) l`,
    [tx.organisationId, runIds],
  );
}

/** Which of these runs have an error line at all: a worker that died wrote none. */
export async function readRunsWithErrors(tx: Tx, runIds: readonly number[]): Promise<Set<number>> {
  const rows = await tx.query<{ id: number }>(
    `select given.id from unnest($2::bigint[]) as given (id)
     where exists (select from run_line
       where organisation_id = $1 and run_id = given.id and level = 'error')`,
    [tx.organisationId, runIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Open roots that are alike: one cause, as people would call it. */
export interface RootGroup {
  interfaceId: number;
  class: ProblemClass;
  /** Of the first problem; mappings are told apart by their word and value. */
  code: string;
  word: string | null;
  value: string | null;
  performanceId: number | null;
  count: number;
  messageId: number;
  runNumber: number | null;
  params: LineParams;
  /** Start of the next performance that one of them touches; what is over does not count. */
  dueAt: string | null;
}

export function readRootGroups(tx: Tx, now: Date): Promise<RootGroup[]> {
  return tx.query<RootGroup>(
    `with groups as (
       select q.interface_id, q.class, q.problems -> 0 ->> 'code' as code,
              case when q.class = 'mapping' then q.problems -> 0 -> 'params' ->> 'word' end as word,
              case when q.class = 'mapping' then q.problems -> 0 -> 'params' ->> 'value' end
                as value,
              case when q.class <> 'mapping' then q.performance_id end as performance_id,
              count(*)::int as count, min(q.message_id) as message_id,
              min(q.due_at) filter (where q.due_at > $2) as due_at
       from quarantine q
       where q.organisation_id = $1 and q.settled_at is null and q.root_message_id is null
       group by 1, 2, 3, 4, 5, 6)
     select g.interface_id as "interfaceId", g.class, g.code, g.word, g.value,
            g.performance_id as "performanceId", g.count, g.message_id as "messageId",
            r.number as "runNumber", q.problems -> 0 -> 'params' as params, g.due_at as "dueAt"
     from groups g
     join quarantine q on q.organisation_id = $1 and q.message_id = g.message_id
     left join run r on r.organisation_id = $1 and r.id = q.run_id
     order by g.message_id`,
    [tx.organisationId, now.toISOString()],
  );
}

/** Interfaces that have values waiting in the queue of mappings. */
export async function readInterfacesWithUnseen(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select i.id from interface i
     where i.organisation_id = $1 and i.status = 'visible' and exists (
       select from unseen_value u where u.organisation_id = $1 and u.interface_id = i.id)
     order by i.id`,
    [tx.organisationId],
  );
  return rows.map(({ id }) => id);
}

export interface WatchedSchedule {
  id: number;
  interfaceId: number;
  name: string;
  function: RunFunction;
  failures: number;
  nextAt: string | null;
  pausedAt: string | null;
}

/**
 * Active schedules that paused, or whose time passed before `lateSince` and nothing came: neither
 * planned, nor begun by a worker.
 */
export function readTroubledSchedules(tx: Tx, lateSince: Date): Promise<WatchedSchedule[]> {
  return tx.query<WatchedSchedule>(
    `select s.id, s.interface_id as "interfaceId", s.name, s.function, s.failures,
            s.next_at as "nextAt", s.paused_at as "pausedAt"
     from schedule s
     join interface i on i.organisation_id = $1 and i.id = s.interface_id
     where s.organisation_id = $1 and s.active and i.status = 'visible'
       and (s.paused_at is not null or s.next_at < $2)
     union all
     select s.id, s.interface_id, s.name, s.function, s.failures, min(r.due_at), null
     from run_request r
     join schedule s on s.organisation_id = $1 and s.id = r.schedule_id
     join interface i on i.organisation_id = $1 and i.id = s.interface_id
     where r.organisation_id = $1 and r.ended_at is null and r.run_id is null and r.due_at < $2
       and s.paused_at is null and i.status = 'visible'
     group by s.organisation_id, s.id
     order by 1`,
    [tx.organisationId, lateSince.toISOString()],
  );
}

export interface SlowRun {
  id: number;
  number: number;
  interfaceId: number;
  function: RunFunction;
  startedAt: string;
}

/** Runs that began before `since`, within a week of it, and have not ended. */
export function readSlowRuns(tx: Tx, since: Date): Promise<SlowRun[]> {
  const oldest = new Date(since.getTime() - 7 * 86_400_000);
  return tx.query<SlowRun>(
    `select id, number, interface_id as "interfaceId", function, started_at as "startedAt"
     from run
     where organisation_id = $1 and started_at > $2 and started_at < $3 and ended_at is null
     order by id`,
    [tx.organisationId, oldest.toISOString(), since.toISOString()],
  );
}

export interface FullAccount {
  id: number;
  code: string;
  currency: string;
  balanceMinor: number;
  ceilingMinor: number;
  percent: number;
  interfaceIds: number[];
}

/** Pending accounts that stand at 80 % of their ceiling or above. */
export function readFullAccounts(tx: Tx): Promise<FullAccount[]> {
  return tx.query<FullAccount>(
    `select p.id, p.code, p.currency, p.balance_minor as "balanceMinor",
            p.ceiling_minor as "ceilingMinor", p.warned_percent as percent,
            array_agg(i.id order by i.id) as "interfaceIds"
     from pending_account p
     join interface i on i.organisation_id = $1 and i.pending_account_id = p.id
       and i.status = 'visible'
     where p.organisation_id = $1 and p.warned_percent > 0 and p.ceiling_minor is not null
     group by p.organisation_id, p.id
     order by p.id`,
    [tx.organisationId],
  );
}
