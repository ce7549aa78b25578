import { Temporal } from 'temporal-polyfill';

/**
 * The business day of an instant, `YYYY-MM-DD` in the zone: before `endsAt` (local, `HH:MM`) it
 * still is the day before. By wall-clock time, so that a clock change moves no border.
 */
export function businessDay(at: string, timeZone: string, endsAt: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  const early = Temporal.PlainTime.compare(local.toPlainTime(), endsAt.slice(0, 5)) < 0;
  return local
    .toPlainDate()
    .subtract({ days: early ? 1 : 0 })
    .toString();
}

/** `YYYY-MM-DD`, some days later. */
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
