/**
 * Closing a performance, which locks its figures, and reopening one that is closed or cancelled.
 */
import type { ClosingWarning } from '../../domain/performance/closing.ts';
import { closingWarnings } from '../../domain/performance/closing.ts';
import type { LifeState } from '../../domain/performance/transitions.ts';
import { transition } from '../../domain/performance/transitions.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { readInvolved, readOpenQuestions } from '../../store/performance-figures-store.ts';
import type { PerformanceRecord } from '../../store/performance-store.ts';
import { lockPerformance, writeLife } from '../../store/performance-store.ts';
import { undoCancellation } from '../../store/refund-store.ts';
import type {
  Life,
  LifeOutcome,
  LifeRefused,
  LifeRequest,
  LifeServices,
} from './life-transaction.ts';
import { decide, noteChange, refused, withPerformance } from './life-transaction.ts';

export interface Closed {
  outcome: LifeOutcome;
  /** What stood against it and was overridden; when refused they are the problems. */
  warnings: ClosingWarning[];
}

/** What stands against closing a performance now. */
export async function readClosingWarnings(
  tx: Tx,
  performance: Pick<PerformanceRecord, 'id' | 'startsAt' | 'cancelledAt'>,
  now: Date,
): Promise<ClosingWarning[]> {
  const involved = await readInvolved(tx, performance.id);
  const questions = await readOpenQuestions(tx, performance.id);
  const { startsAt, cancelledAt } = performance;
  return closingWarnings({
    now: now.toISOString(),
    startsAt,
    cancelledAt,
    interfaces: involved,
    ...questions,
    toBeRefunded: involved.reduce((sum, one) => sum + one.toBeRefunded, 0),
  });
}

/** Closes. What stands against it is told all at once, and needs `anyway`. */
export function closePerformance(
  services: LifeServices,
  request: LifeRequest & { anyway?: boolean },
): Promise<Closed | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const { tx, performance, at } = life;
    const found = decide(life, 'close');
    if (found.outcome === 'refused') return found;
    if (found.outcome === 'unchanged') return { outcome: 'unchanged', warnings: [] };
    const warnings = await readClosingWarnings(tx, performance, at);
    if (warnings.length > 0 && request.anyway !== true) return refused(...warnings);
    await writeLife(tx, performance.id, found.life);
    const before = { state: performance.state };
    await noteChange(life, 'performance.close', before, { ...found.life, warnings });
    return { outcome: 'done', warnings };
  });
}

export interface Reopened {
  outcome: LifeOutcome;
  /** What it is again: running, suspended or cancelled. */
  state: PerformanceRecord['state'];
}

/**
 * Reopens a closed performance, or takes a cancellation back: a manager's, with a reason. Its cases
 * can then be taken up. One that is both is cancelled first, and asked again it runs.
 */
export function reopenPerformance(
  services: LifeServices,
  request: LifeRequest,
): Promise<Reopened | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const found = decide(life, 'reopen');
    if (found.outcome === 'refused') return found;
    const { state } = life.performance;
    if (found.outcome === 'unchanged') return { outcome: 'unchanged', state };
    await reopen(life, found.life);
    return { outcome: 'done', state: found.life.state };
  });
}

/**
 * The same within a transaction of the caller's: a way out of a case. Null when it is open already;
 * else what it is again. A reason is asked for by whoever calls.
 */
export async function reopenWithin(
  tx: Tx,
  ids: IdSource,
  request: { performanceId: number; by: string; reason: string; at: Date },
): Promise<Reopened['state'] | null> {
  const { performanceId, by, reason, at } = request;
  const performance = await lockPerformance(tx, performanceId);
  if (performance === null) return null;
  const found = transition(performance, 'reopen', at.toISOString());
  if (found.outcome !== 'to') return null;
  const organisationId = tx.organisationId ?? 0;
  const asked = { organisationId, performanceId, by, reason };
  await reopen({ tx, ids, at, performance, request: asked }, found.life);
  return found.life.state;
}

async function reopen(life: Life, after: LifeState): Promise<void> {
  const { tx, at, performance } = life;
  const { id, state, cancelledAt, closedAt } = performance;
  await writeLife(tx, id, after);
  if (state === 'cancelled') await undoCancellation(tx, id, { cancelledAt, at });
  await noteChange(life, 'performance.reopen', { state, cancelledAt, closedAt }, after);
}
