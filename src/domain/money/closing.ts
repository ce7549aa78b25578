import { closedThrough, periodAfter } from './periods.ts';

/**
 * Which month may be closed next (docs/decisions/0040-closed-periods.md): the one after the last
 * closed; the first time any past month, and everything before it with it. The running month only
 * by a person's explicit wish, a month to come never.
 */
export type Closing =
  | { outcome: 'may_close' }
  | { outcome: 'closed_already' }
  | {
      outcome: 'refused';
      code: 'account.period_order' | 'account.period_running' | 'account.period_future';
      params: Record<string, string>;
    };

export function checkClosing(request: {
  period: string;
  closed: readonly string[];
  running: string;
  evenRunning: boolean;
}): Closing {
  const { period, closed, running, evenRunning } = request;
  const through = closedThrough(closed);
  if (through !== null && period <= through) return { outcome: 'closed_already' };
  const next = through === null ? period : periodAfter(through);
  if (period > running) {
    return { outcome: 'refused', code: 'account.period_future', params: { period, running } };
  }
  if (period !== next) {
    return { outcome: 'refused', code: 'account.period_order', params: { period, next } };
  }
  if (period === running && !evenRunning) {
    return { outcome: 'refused', code: 'account.period_running', params: { period } };
  }
  return { outcome: 'may_close' };
}
