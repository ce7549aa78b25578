import { Temporal } from 'temporal-polyfill';

/**
 * Periods of an account: months of the organisation's zone, written `YYYY-MM`. They are closed in
 * order, so an account is closed through a month, and everything up to it is closed with it
 * (docs/decisions/0040-closed-periods.md).
 */

export interface PeriodOfEntry {
  /** `YYYY-MM`: the period that an entry counts in. */
  period: string;
  /** The month of its operation is closed: it counts in the earliest open one. */
  late: boolean;
}

const PERIOD = /^\d{4}-(?:0[1-9]|1[0-2])$/;

export function isPeriod(text: string): boolean {
  return PERIOD.test(text);
}

/**
 * The period that an operation is booked in: its own month, or the earliest open one when that is
 * closed. `operationAt` is an ISO instant in UTC; `closed` holds the closed months in any order.
 */
export function openPeriodOf(
  operationAt: string,
  closed: readonly string[],
  timeZone: string,
): PeriodOfEntry {
  const period = periodOf(operationAt, timeZone);
  const through = closedThrough(closed);
  if (through === null || period > through) return { period, late: false };
  return { period: periodAfter(through), late: true };
}

/** The last closed month; null: none is closed. */
export function closedThrough(closed: readonly string[]): string | null {
  let through: string | null = null;
  for (const period of closed) if (through === null || period > through) through = period;
  return through;
}

/** The month of an ISO instant (UTC, `…Z`) in the zone. */
export function periodOf(instant: string, timeZone: string): string {
  // The month in UTC is right but for some hours at its ends: two comparisons of text decide, so
  // that a batch of thousands asks the calendar once a month and zone.
  const month = instant.slice(0, 7);
  if (instant < startOf(month, timeZone)) return periodBefore(month);
  const next = periodAfter(month);
  return instant < startOf(next, timeZone) ? month : next;
}

export function periodAfter(period: string): string {
  return shifted(period, 1);
}

export function periodBefore(period: string): string {
  return shifted(period, -1);
}

function shifted(period: string, months: number): string {
  const count = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + months;
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return `${year}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** First instant of a month and of the next one, ISO in UTC with milliseconds. */
export function boundsOf(period: string, timeZone: string): { from: string; until: string } {
  return { from: startOf(period, timeZone), until: startOf(periodAfter(period), timeZone) };
}

const STARTS = new Map<string, string>();

function startOf(period: string, timeZone: string): string {
  const key = `${timeZone} ${period}`;
  const known = STARTS.get(key);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(`${period}-01`)
    .toZonedDateTime(timeZone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
  STARTS.set(key, start);
  return start;
}
