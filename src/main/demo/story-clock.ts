/**
 * The clock of the story. It starts in the last days of a month that has ended, and jumps from step
 * to step, so that the same story happens whenever the demo is started.
 */
import { Temporal } from 'temporal-polyfill';

export const ZONE = 'Europe/Paris';

export class StoryClock {
  /** Local day on which the story begins, `YYYY-MM-DD`. */
  readonly firstDay: string;
  #base: number;
  #since = performance.now();

  constructor(firstDay: string) {
    this.firstDay = firstDay;
    this.#base = this.instant(0, '08:00').getTime();
  }

  /** Goes on from a local time of the story's day, 0 being its first. */
  set(day: number, time: string): void {
    this.#base = this.instant(day, time).getTime();
    this.#since = performance.now();
  }

  /** From here on it is the clock on the wall. */
  join(now: Date): void {
    this.#base = now.getTime();
    this.#since = performance.now();
  }

  /** Time goes on while a step works: a lease that was left behind runs out. */
  readonly now = (): Date => new Date(this.#base + Math.floor(performance.now() - this.#since));

  instant(day: number, time: string): Date {
    const local = Temporal.PlainDateTime.from(this.local(day, time));
    return new Date(local.toZonedDateTime(ZONE).epochMilliseconds);
  }

  /** A local time of the story, `YYYY-MM-DDTHH:MM…`. */
  local(day: number, time: string): string {
    return `${Temporal.PlainDate.from(this.firstDay).add({ days: day })}T${time}`;
  }
}

/** The month's last five days are the story's days 0 to 4; on day 6 it ends. */
const DAYS_BEFORE_MONTH = 5;
const DAYS_AFTER_IT = 1;

/**
 * The first day of a story that is started now. The story closes a month's accounts, and ends in
 * the past: what comes after it has the time of the clock on the wall.
 */
export function firstDayBefore(now: Date): string {
  const today = Temporal.PlainDate.from(dayOf(now));
  const isOver = today.day > 1 + DAYS_AFTER_IT;
  const month = isOver ? today : today.subtract({ months: 1 });
  return month.with({ day: 1 }).subtract({ days: DAYS_BEFORE_MONTH }).toString();
}

/** The local day of an instant, `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(ZONE);
  return zoned.toPlainDate().toString();
}
