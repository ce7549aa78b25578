/**
 * The clock of the story. It starts two days before the demo was started for the first time and
 * jumps from step to step, so that the same story happens whenever the demo is started again.
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

/** The first day of a story that is started now. */
export function firstDayBefore(now: Date): string {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE);
  return here.toPlainDate().subtract({ days: 2 }).toString();
}
