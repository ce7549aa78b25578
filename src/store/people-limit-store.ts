/**
 * Counters that all servers of a house share: failures in a row, and requests in the running
 * window. Subjects are digests. All of it in administration transactions.
 */
import type { Tx } from './database/transaction.ts';

export interface FailureRule {
  /** Attempts in a row before the subject is locked. */
  attempts: number;
  lockSeconds: number;
  /** Failures older than this are forgotten. */
  memorySeconds: number;
}

export interface Attempt {
  /** ISO instant; null: the attempt may be made, and is counted as failed until it is cleared. */
  lockedUntil: string | null;
  /** True for the one attempt with which the lock began. */
  locks: boolean;
}

/**
 * Counts an attempt before it is made, in one statement: of any number at once, on any number of
 * servers, no more than `attempts` go through. A lock that runs is not made longer.
 */
export async function countAttempt(
  admin: Tx,
  subject: string,
  at: Date,
  rule: FailureRule,
): Promise<Attempt> {
  const [row] = await admin.query<{ failures: number; lockedUntil: string | null }>(
    `insert into sign_in_failure as f (subject, failures, last_at) values ($1, 1, $2::timestamptz)
     on conflict (subject) do update set
       failures = case
         when f.locked_until > $2::timestamptz then f.failures + 1
         when f.locked_until is not null
           or f.last_at < $2::timestamptz - make_interval(secs => $5) then 1
         else f.failures + 1 end,
       last_at = case
         when f.locked_until > $2::timestamptz then f.last_at else excluded.last_at end,
       locked_until = case
         when f.locked_until > $2::timestamptz then f.locked_until
         when f.locked_until is null and f.failures >= $3
           and f.last_at >= $2::timestamptz - make_interval(secs => $5)
           then $2::timestamptz + make_interval(secs => $4)
         else null end
     returning failures, locked_until as "lockedUntil"`,
    [subject, at.toISOString(), rule.attempts, rule.lockSeconds, rule.memorySeconds],
  );
  const lockedUntil = row?.lockedUntil ?? null;
  return { lockedUntil, locks: lockedUntil !== null && row?.failures === rule.attempts + 1 };
}

/** The attempt was good: its subject begins anew. False: nothing was counted. */
export async function clearFailures(admin: Tx, subject: string): Promise<boolean> {
  const cleared = await admin.execute('delete from sign_in_failure where subject = $1', [subject]);
  return cleared > 0;
}

/** Which of the subjects are locked at `at`, and until when. */
export async function lockedSubjects(
  admin: Tx,
  subjects: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, string>> {
  const rows = await admin.query<{ subject: string; lockedUntil: string }>(
    `select subject, locked_until as "lockedUntil" from sign_in_failure
     where subject = any($1::text[]) and locked_until > $2`,
    [subjects, at.toISOString()],
  );
  return new Map(rows.map((row) => [row.subject, row.lockedUntil]));
}

/** One attempt of the subject was good and counts no more; the others do. */
export async function giveBackAttempt(admin: Tx, subject: string): Promise<void> {
  await admin.execute(
    `update sign_in_failure set failures = failures - 1 where subject = $1 and failures > 0`,
    [subject],
  );
}

/**
 * Takes `count` requests of a subject's window; answers how many were used with them. A window
 * begins at `windowAt`; another begins at nought.
 */
export async function takeRequests(
  admin: Tx,
  subject: string,
  windowAt: Date,
  count: number,
): Promise<number> {
  const [row] = await admin.query<{ used: number }>(
    `insert into request_window as w (subject, window_at, used) values ($1, $2, $3)
     on conflict (subject) do update set
       used = case when w.window_at = excluded.window_at then w.used else 0 end + excluded.used,
       window_at = excluded.window_at
     returning used`,
    [subject, windowAt.toISOString(), count],
  );
  return row?.used ?? count;
}

/** Removes what counts no more. */
export async function forgetCounters(admin: Tx, before: Date): Promise<void> {
  const at = before.toISOString();
  await admin.execute(
    `delete from sign_in_failure
     where last_at < $1 and (locked_until is null or locked_until < $1)`,
    [at],
  );
  await admin.execute('delete from request_window where window_at < $1', [at]);
}
