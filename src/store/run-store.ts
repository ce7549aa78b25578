/** Runs and their lines. */
import type { ProblemClass } from '../domain/order/problem.ts';
import type { Tx } from './database/transaction.ts';

export const RUN_FUNCTIONS = [
  'export',
  'take_back',
  'integrate',
  'prepare_access',
  'fetch_access',
  'reconcile',
  'replay',
  'test_connection',
] as const;
export type RunFunction = (typeof RUN_FUNCTIONS)[number];
export type RunSource = 'schedule' | 'hand' | 'replay' | 'start_up';
export type RunState = 'running' | 'ok' | 'warning' | 'error' | 'cancelled';
export type LineLevel = 'info' | 'warning' | 'error';
export type Counts = Readonly<Record<string, number>>;
/** Plain values that a text shows. */
export type LineParams = Readonly<Record<string, string | number | null>>;

export interface NewRun {
  id: number;
  interfaceId: number;
  resellerAccountId: number;
  function: RunFunction;
  source: RunSource;
  scheduleId: number | null;
  filters: Readonly<Record<string, unknown>>;
  simulation: boolean;
  startedBy: string;
  startedAt: Date;
}

/** Inserts a run as running; answers its number, by which people call it. */
export async function insertRun(tx: Tx, run: NewRun): Promise<number> {
  const rows = await tx.query<{ number: number }>(
    `insert into run (organisation_id, id, number, interface_id, reseller_account_id, function,
       source, state, schedule_id, filters, simulation, started_by, started_at)
     values ($1, $2, nextval('run_number'), $3, $4, $5, $6, 'running', $7, $8, $9, $10, $11)
     returning number`,
    [
      tx.organisationId,
      run.id,
      run.interfaceId,
      run.resellerAccountId,
      run.function,
      run.source,
      run.scheduleId,
      JSON.stringify(run.filters),
      run.simulation,
      run.startedBy,
      run.startedAt.toISOString(),
    ],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('An insert with returning answers its row.');
  return row.number;
}

export interface RunRecord {
  id: number;
  number: number;
  interfaceId: number;
  interfaceCode: string;
  reseller: string;
  function: RunFunction;
  source: RunSource;
  state: RunState;
  attempt: number;
  scheduleId: number | null;
  filters: Readonly<Record<string, unknown>>;
  simulation: boolean;
  startedBy: string;
  counts: Counts;
  progress: { done?: number; total?: number };
  startedAt: string;
  endedAt: string | null;
}

const SELECT_RUN = `
  select r.id, r.number, r.interface_id as "interfaceId", i.code as "interfaceCode",
         i.reseller, r.function, r.source, r.state, r.attempt, r.schedule_id as "scheduleId",
         r.filters, r.simulation, r.started_by as "startedBy", r.counts, r.progress,
         r.started_at as "startedAt", r.ended_at as "endedAt"
  from run r
  join interface i on i.organisation_id = r.organisation_id and i.id = r.interface_id
  where r.organisation_id = $1`;

export async function findRun(tx: Tx, id: number): Promise<RunRecord | null> {
  const rows = await tx.query<RunRecord>(`${SELECT_RUN} and r.id = $2`, [tx.organisationId, id]);
  return rows[0] ?? null;
}

export async function findRunByNumber(tx: Tx, number: number): Promise<RunRecord | null> {
  const rows = await tx.query<RunRecord>(`${SELECT_RUN} and r.number = $2`, [
    tx.organisationId,
    number,
  ]);
  return rows[0] ?? null;
}

export interface RunFilter {
  interfaceId?: number;
  state?: RunState;
  function?: RunFunction;
  source?: RunSource;
  scheduleId?: number;
  /** Limited to it, or that moved its seats or wrote about its tickets. */
  performanceId?: number;
  /** ISO instants of the start: from the first on, before the second. */
  from?: string;
  to?: string;
  /** Only runs with a smaller number: the next page. */
  beforeNumber?: number;
  limit: number;
}

/** The newest runs first. */
export function listRuns(tx: Tx, filter: RunFilter): Promise<RunRecord[]> {
  return tx.query<RunRecord>(
    `${SELECT_RUN}
       and ($2::bigint is null or r.interface_id = $2)
       and ($3::text is null or r.state = $3)
       and ($4::text is null or r.function = $4)
       and ($5::text is null or r.source = $5)
       and ($6::bigint is null or r.number < $6)
       and ($8::bigint is null or r.schedule_id = $8)
       and ($9::timestamptz is null or r.started_at >= $9)
       and ($10::timestamptz is null or r.started_at < $10)
       and ($11::bigint is null or r.filters->'performanceIds' @> to_jsonb($11::bigint)
            or r.id in (select o.run_id from ticket t
                        join operation o
                          on o.organisation_id = t.organisation_id and o.ticket_id = t.id
                        where t.organisation_id = $1 and t.performance_id = $11)
            or r.id in (select m.run_id from movement m
                        where m.organisation_id = $1 and m.performance_id = $11
                          and m.seat_id is not null))
     order by r.number desc limit $7`,
    [
      tx.organisationId,
      filter.interfaceId ?? null,
      filter.state ?? null,
      filter.function ?? null,
      filter.source ?? null,
      filter.beforeNumber ?? null,
      filter.limit,
      filter.scheduleId ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.performanceId ?? null,
    ],
  );
}

export interface RunEnd {
  state: Exclude<RunState, 'running'>;
  counts: Counts;
  endedAt: Date;
}

/**
 * Closes a run that has not ended; answers its state, null when it had ended before. A run that
 * was cancelled meanwhile stays so.
 */
export async function closeRun(tx: Tx, runId: number, end: RunEnd): Promise<RunState | null> {
  const rows = await tx.query<{ state: RunState }>(
    `update run set state = case when state = 'cancelled' then state else $3 end,
       counts = $4, ended_at = $5
     where organisation_id = $1 and id = $2 and ended_at is null returning state`,
    [tx.organisationId, runId, end.state, JSON.stringify(end.counts), end.endedAt.toISOString()],
  );
  return rows[0]?.state ?? null;
}

/** Closes a run whose worker died, as an error; its attempt rises. False when it had ended. */
export async function closeDeadRun(tx: Tx, runId: number, endedAt: Date): Promise<boolean> {
  const touched = await tx.execute(
    `update run set state = case when state = 'cancelled' then state else 'error' end,
       attempt = attempt + 1, ended_at = $3
     where organisation_id = $1 and id = $2 and ended_at is null`,
    [tx.organisationId, runId, endedAt.toISOString()],
  );
  return touched === 1;
}

/** Asks a running run to stop: it notices within a second. False when it does not run. */
export async function cancelRun(tx: Tx, runId: number): Promise<boolean> {
  const touched = await tx.execute(
    `update run set state = 'cancelled'
     where organisation_id = $1 and id = $2 and state = 'running'`,
    [tx.organisationId, runId],
  );
  return touched === 1;
}

export interface RunLineRow {
  id: number;
  level: LineLevel;
  at: string;
  code: string;
  class: ProblemClass | null;
  params: LineParams;
  keys: LineParams;
  messageId: number | null;
  times: number;
}

/**
 * Writes what a run has gathered: new lines, how often folded ones were met by now, counts and
 * progress. Answers the run's state, null when it has ended: then nothing was written.
 */
export async function writeRunLog(
  tx: Tx,
  runId: number,
  log: {
    added: readonly RunLineRow[];
    folded: readonly { id: number; times: number }[];
    counts: Counts;
    progress: { done: number; total: number | null } | null;
  },
): Promise<RunState | null> {
  const rows = await tx.query<{ state: RunState }>(
    `update run set counts = $3, progress = coalesce($4::jsonb, progress)
     where organisation_id = $1 and id = $2 and ended_at is null returning state`,
    [
      tx.organisationId,
      runId,
      JSON.stringify(log.counts),
      log.progress === null ? null : JSON.stringify(log.progress),
    ],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (log.added.length > 0) await insertLines(tx, runId, log.added);
  if (log.folded.length > 0) {
    await tx.execute(
      `update run_line l set times = v.times
       from unnest($2::bigint[], $3::bigint[]) as v (id, times)
       where l.organisation_id = $1 and l.id = v.id`,
      [tx.organisationId, log.folded.map((line) => line.id), log.folded.map((line) => line.times)],
    );
  }
  return row.state;
}

/** The state of a run that has not ended; null when it has. */
export async function readRunState(tx: Tx, runId: number): Promise<RunState | null> {
  const rows = await tx.query<{ state: RunState }>(
    'select state from run where organisation_id = $1 and id = $2 and ended_at is null',
    [tx.organisationId, runId],
  );
  return rows[0]?.state ?? null;
}

export async function insertLines(
  tx: Tx,
  runId: number,
  lines: readonly RunLineRow[],
): Promise<void> {
  await tx.execute(
    `insert into run_line (organisation_id, id, run_id, level, at, code, class, params, keys,
       message_id, times)
     select $1, v.id, $2, v.level, v.at, v.code, v.class, v.params, v.keys, v.message_id, v.times
     from unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::jsonb[],
       $9::jsonb[], $10::bigint[], $11::bigint[])
       as v (id, level, at, code, class, params, keys, message_id, times)`,
    [
      tx.organisationId,
      runId,
      lines.map((line) => line.id),
      lines.map((line) => line.level),
      lines.map((line) => line.at),
      lines.map((line) => line.code),
      lines.map((line) => line.class),
      lines.map((line) => JSON.stringify(line.params)),
      lines.map((line) => JSON.stringify(line.keys)),
      lines.map((line) => line.messageId),
      lines.map((line) => line.times),
    ],
  );
}

/** A page of a run's lines in the order they were written, after the line `afterId`. */
export function listRunLines(
  tx: Tx,
  runId: number,
  page: { afterId: number; limit: number },
): Promise<RunLineRow[]> {
  return tx.query<RunLineRow>(
    `select id, level, at, code, class, params, keys, message_id as "messageId", times
     from run_line where organisation_id = $1 and run_id = $2 and id > $3
     order by id limit $4`,
    [tx.organisationId, runId, page.afterId, page.limit],
  );
}
