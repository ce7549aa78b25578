/** When a delivery that failed is tried again: soon at first, then rarely, for three days. */
import { DAY_MS, HOUR_MS } from './when-to-tell.ts';

export const RETRY_MS_MAX = 3 * DAY_MS;
const MINUTE_MS = 60_000;
const STEPS_MS = [1, 2, 5, 15, 30].map((minutes) => minutes * MINUTE_MS);
const LAST_STEP_MS = 3 * HOUR_MS;

/**
 * The instant of the next attempt, null when three days are over. `attempts` is how many there
 * were, this failure included; the last attempt falls on the end of the three days.
 */
export function nextAttempt(attempts: number, begunAt: Date, now: Date): Date | null {
  const end = begunAt.getTime() + RETRY_MS_MAX;
  if (now.getTime() >= end) return null;
  const step = STEPS_MS[attempts - 1] ?? Math.min(LAST_STEP_MS, (attempts - 5) * HOUR_MS);
  return new Date(Math.min(now.getTime() + step, end));
}
