import { Temporal } from 'temporal-polyfill';
import type { Cron } from './cron.ts';
import { parseCron } from './cron.ts';
import type { Timing } from './timing.ts';

/**
 * When a schedule fires next. Local times are those of the organisation's zone: one that does not
 * exist fires at the next instant, one that comes twice fires once, at the first. "Every N hours"
 * is elapsed time. What was missed is not listed: the planned instant that passed fires once, and
 * the next one lies after now.
 */
export interface DueOptions {
  /** ISO instant: never before it. */
  firstAt: string | null;
  /** ISO instant of the last time that was planned and fired; null when it never was. */
  lastPlanned: string | null;
  now: Date;
  /** IANA name of the organisation's zone. */
  timeZone: string;
}

const HOUR_MS = 3_600_000;
const DAYS_SEARCHED_MAX = 366 * 9;

/**
 * The next instant (ISO, UTC, milliseconds); null when it never fires by itself. After `now`, or at
 * `now` where it has not fired yet.
 */
export function nextDue(timing: Timing, options: DueOptions): string | null {
  const bound = boundOf(options);
  switch (timing.kind) {
    case 'manual':
      return null;
    case 'hours':
      return iso(nextElapsed(timing.every * HOUR_MS, options, bound));
    case 'at':
      return iso(nextLocal(dailyAt(timing.time), 1, options, bound));
    case 'days':
      return iso(nextLocal(dailyAt(timing.time ?? '00:00'), timing.every, options, bound));
    case 'cron': {
      const cron = parseCron(timing.expression);
      return cron === null ? null : iso(nextLocal(cron, 1, options, bound));
    }
  }
}

/** The earliest millisecond that may be answered. */
function boundOf({ firstAt, lastPlanned, now }: DueOptions): number {
  // What fired at this very instant does not fire again.
  const fromNow = lastPlanned === null ? now.getTime() : now.getTime() + 1;
  const afterLast = lastPlanned === null ? Number.NEGATIVE_INFINITY : Date.parse(lastPlanned) + 1;
  const first = firstAt === null ? Number.NEGATIVE_INFINITY : Date.parse(firstAt);
  return Math.max(fromNow, afterLast, first);
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** On the grid of the first date, or of the last time planned: what waited does not shift it. */
function nextElapsed(step: number, { firstAt, lastPlanned }: DueOptions, bound: number): number {
  const first = firstAt === null ? null : Date.parse(firstAt);
  const last = lastPlanned === null ? null : Date.parse(lastPlanned);
  // A first date that was set anew, after the last run, begins a new grid.
  const anchor = last === null ? first : first !== null && first > last ? first : last;
  if (anchor === null || anchor >= bound) return anchor ?? bound;
  return anchor + Math.ceil((bound - anchor) / step) * step;
}

function dailyAt(time: string): Cron {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { minutes: [hours * 60 + minutes], matches: () => true };
}

/** The first of its local times, on every Nth day, whose instant is not before the bound. */
function nextLocal(
  times: Cron,
  everyDays: number,
  { firstAt, lastPlanned, timeZone }: DueOptions,
  bound: number,
): number | null {
  const dayOf = (ms: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  const anchor = everyDays === 1 ? null : (firstAt ?? lastPlanned);
  const anchorDay = anchor === null ? null : dayOf(Date.parse(anchor));
  // A day before, because a local time that does not exist may have moved over midnight.
  let day = dayOf(bound).subtract({ days: 1 });
  for (let searched = 0; searched < DAYS_SEARCHED_MAX; searched += 1) {
    const step = anchorDay === null ? 0 : anchorDay.until(day, { largestUnit: 'days' }).days;
    if (step >= 0 && step % everyDays === 0 && times.matches(day)) {
      const found = firstOfDay(day, times.minutes, timeZone, bound);
      if (found !== null) return found;
    }
    day = day.add({ days: 1 });
  }
  return null;
}

function firstOfDay(
  day: Temporal.PlainDate,
  minutes: readonly number[],
  timeZone: string,
  bound: number,
): number | null {
  // Instants rise with local times (a skipped one lands after the gap, a repeated one is its
  // first), so the first that fits is found by halving.
  let low = 0;
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantOf(day, minutes[middle] ?? 0, timeZone) >= bound) high = middle;
    else low = middle + 1;
  }
  const minute = minutes[low];
  return minute === undefined ? null : instantOf(day, minute, timeZone);
}

/** A minute of a local day as an instant: the first after a gap, the first of two. */
function instantOf(day: Temporal.PlainDate, minute: number, timeZone: string): number {
  const local = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  // It does not exist: the clocks changed over it, and `earlier` lies before that change.
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? earlier.epochMilliseconds;
}
