/** The next times of a schedule, before it is saved: what an editor shows beside its fields. */
import type { DueOptions } from './next-due.ts';
import { nextDue } from './next-due.ts';
import type { Timing } from './timing.ts';

/**
 * The next `count` instants (ISO, UTC) at which it fires, as long as a worker is there each time.
 * Fewer where it never fires again; none for one that is started by hand.
 */
export function foretellDue(timing: Timing, options: DueOptions, count: number): string[] {
  const found: string[] = [];
  let { now, lastPlanned } = options;
  while (found.length < count) {
    const due = nextDue(timing, { ...options, now, lastPlanned });
    if (due === null) break;
    found.push(due);
    lastPlanned = due;
    now = new Date(due);
  }
  return found;
}
