/** How often a schedule fires. */
import { parseCron } from './cron.ts';

export type Timing =
  /** Every N hours of elapsed time, counted from the first date or the last time planned. */
  | { kind: 'hours'; every: number }
  /** Every N days at a local time, by default at midnight. */
  | { kind: 'days'; every: number; time?: string }
  /** Each day at a local time. */
  | { kind: 'at'; time: string }
  /** Cron's five fields, in local time. */
  | { kind: 'cron'; expression: string }
  | { kind: 'manual' };

export type TimingFault = 'kind' | 'every' | 'time' | 'expression';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const EVERY_MAX = 1_000;

/** Reads what a person or a house file wrote: the timing, or what of it is wrong. */
export function readTiming(value: unknown): { timing: Timing } | { fault: TimingFault } {
  const { kind, every, time, expression } = (value ?? {}) as Record<string, unknown>;
  const isTime = typeof time === 'string' && TIME.test(time);
  switch (kind) {
    case 'manual':
      return { timing: { kind } };
    case 'at':
      return isTime ? { timing: { kind, time } } : { fault: 'time' };
    case 'cron':
      return typeof expression === 'string' && parseCron(expression) !== null
        ? { timing: { kind, expression } }
        : { fault: 'expression' };
    case 'hours':
    case 'days':
      if (!Number.isInteger(every) || (every as number) < 1 || (every as number) > EVERY_MAX) {
        return { fault: 'every' };
      }
      if (kind === 'hours') return { timing: { kind, every: every as number } };
      if (time === undefined || time === null) return { timing: { kind, every: every as number } };
      return isTime ? { timing: { kind, every: every as number, time } } : { fault: 'time' };
    default:
      return { fault: 'kind' };
  }
}
