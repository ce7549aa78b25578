/** Failures in a row: after some the schedule warns, after more it pauses, and says so. */
import type { Problem } from '../../domain/order/problem.ts';
import type { EventCode } from '../../runs/events.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { RunRequestRecord } from '../../store/run-request-store.ts';
import { insertLines } from '../../store/run-store.ts';
import { lockSchedule, writeOutcome } from '../../store/schedule-store.ts';
import type { ScheduleServices } from './claim-due.ts';

export interface Outcome {
  /** Null: nothing was started. */
  run: { id: number; number: number } | null;
  /**
   * Why the run stopped before its end, or was refused. New cases are no failure: they wait for
   * people, and the schedule goes on.
   */
  problem: Problem | null;
}

/** Answers the number of failures when the schedule has just paused, else null. */
export async function recordOutcome(
  tx: Tx,
  services: ScheduleServices,
  request: RunRequestRecord,
  { run, problem }: Outcome,
): Promise<number | null> {
  const schedule = request.scheduleId === null ? null : await lockSchedule(tx, request.scheduleId);
  if (schedule === null) return null;
  const { id, name, pausedAt, warnAfter, pauseAfter } = schedule;
  if (problem === null) {
    const nothing = schedule.failures === 0 && schedule.lastProblem === null;
    if (!nothing) await writeOutcome(tx, id, { failures: 0, lastProblem: null, pausedAt });
    return null;
  }
  // A person who tries by hand looks on: only what runs by itself counts.
  if (request.source !== 'schedule') return null;
  const now = services.clock();
  const failures = schedule.failures + 1;
  const pauses = failures >= pauseAfter && pausedAt === null;
  const at = now.toISOString();
  await writeOutcome(tx, id, {
    failures,
    lastProblem: { code: problem.code, params: problem.params, at, run: run?.number ?? null },
    pausedAt: pauses ? at : pausedAt,
  });
  const event: EventCode | null = pauses
    ? 'schedule.paused'
    : failures >= warnAfter
      ? 'schedule.fails'
      : null;
  if (run !== null && event !== null) {
    const params = event === 'schedule.paused' ? {} : { pauseAfter };
    const [lineId] = await services.ids.take(1, tx);
    await insertLines(tx, run.id, [
      {
        id: lineId as number,
        level: 'warning',
        at,
        code: event,
        class: null,
        params: { schedule: name, failures, ...params },
        keys: {},
        messageId: null,
        times: 1,
      },
    ]);
  }
  if (!pauses) return null;
  const [entryId] = await services.ids.take(1, tx);
  await writeJournal(tx, [
    {
      id: entryId as number,
      at: now,
      author: name,
      action: 'schedule.paused',
      subject: `schedule ${id}`,
      before: { failures: failures - 1 },
      after: { failures, problem: problem.code, run: run?.number ?? null },
      reason: null,
    },
  ]);
  return failures;
}
