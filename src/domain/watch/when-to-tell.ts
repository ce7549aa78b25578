/** When a news is told: once, daily while it is open, and before a performance it touches. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Why it is told now. */
export type Telling = 'first' | 'reminder' | 'day_before' | 'hours_before';

/** How long before a performance it is told again. */
const BEFORE: readonly { telling: Telling; ms: number }[] = [
  { telling: 'hours_before', ms: 3 * HOUR_MS },
  { telling: 'day_before', ms: DAY_MS },
];

/**
 * Whether an open news is to be told at `now`; null: not now. Only the last telling need be
 * remembered: what was told after a moment before the performance needs no telling for it, so that
 * a news that appears five hours before is told at once and then three hours before, and no more.
 */
export function whenToTell(
  news: { lastToldAt: string | null; dueAt: string | null },
  now: Date,
): Telling | null {
  if (news.lastToldAt === null) return 'first';
  const told = Date.parse(news.lastToldAt);
  const due = news.dueAt === null ? null : Date.parse(news.dueAt);
  if (due !== null && due > now.getTime()) {
    for (const { telling, ms } of BEFORE) {
      const moment = due - ms;
      if (moment <= now.getTime() && told < moment) return telling;
    }
  }
  return told + DAY_MS <= now.getTime() ? 'reminder' : null;
}

/** When an open news is told next, as things stand; `now` for one that is to be told at once. */
export function nextTelling(
  news: { lastToldAt: string | null; dueAt: string | null },
  now: Date,
): { telling: Telling; at: string } {
  const due = whenToTell(news, now);
  if (due !== null || news.lastToldAt === null) {
    return { telling: due ?? 'first', at: now.toISOString() };
  }
  const told = Date.parse(news.lastToldAt);
  let next: { telling: Telling; ms: number } = { telling: 'reminder', ms: told + DAY_MS };
  for (const { telling, ms } of BEFORE) {
    const moment = news.dueAt === null ? 0 : Date.parse(news.dueAt) - ms;
    if (moment > now.getTime() && moment <= next.ms) next = { telling, ms: moment };
  }
  return { telling: next.telling, at: new Date(next.ms).toISOString() };
}

/** A telling that cannot wait for a digest. */
export function isUrgent(telling: Telling): boolean {
  return telling === 'day_before' || telling === 'hours_before';
}
