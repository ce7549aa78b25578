/** One look at what stands: what is news, what is over, and what is to be told now. */
import type { KnownNews, Observation } from './news.ts';
import type { Telling } from './when-to-tell.ts';
import { DAY_MS, whenToTell } from './when-to-tell.ts';

export interface ToldNews {
  /** Null: opened by this look, it has no id yet. */
  id: number | null;
  telling: Telling;
  observation: Observation;
}

export interface WatchPlan {
  opened: Observation[];
  /** Still open, or open again within a day: the same news, with its facts as they are now. */
  kept: { id: number; observation: Observation }[];
  closed: number[];
  told: ToldNews[];
}

/**
 * What returns within a day of its last telling is the same news: a reseller that fails every
 * other hour sends one mail a day, not twelve.
 *
 * @param known every open news, and those closed that were told within the last day.
 */
export function planWatch(
  observations: readonly Observation[],
  known: readonly KnownNews[],
  now: Date,
): WatchPlan {
  const plan: WatchPlan = { opened: [], kept: [], closed: [], told: [] };
  const bySubject = newestBySubject(known, now);
  const seen = new Set<string>();
  for (const observation of observations) {
    if (seen.has(observation.subject)) continue;
    seen.add(observation.subject);
    const before = bySubject.get(observation.subject);
    const { dueAt } = observation;
    const telling = whenToTell({ lastToldAt: before?.lastToldAt ?? null, dueAt }, now);
    if (before === undefined) plan.opened.push(observation);
    else plan.kept.push({ id: before.id, observation });
    if (telling !== null) plan.told.push({ id: before?.id ?? null, telling, observation });
  }
  for (const one of known) {
    if (one.closedAt === null && !seen.has(one.subject)) plan.closed.push(one.id);
  }
  return plan;
}

function newestBySubject(known: readonly KnownNews[], now: Date): Map<string, KnownNews> {
  const found = new Map<string, KnownNews>();
  for (const one of known) {
    const told = one.lastToldAt === null ? 0 : Date.parse(one.lastToldAt);
    if (one.closedAt !== null && told + DAY_MS <= now.getTime()) continue;
    const other = found.get(one.subject);
    const newer = other === undefined || (other.closedAt !== null && one.closedAt === null);
    if (newer || (other.closedAt !== null && one.id > other.id)) found.set(one.subject, one);
  }
  return found;
}
