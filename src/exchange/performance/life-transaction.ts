/**
 * What every verb on the life of a performance shares: one transaction, tried again where it lost
 * a race for locks, and rolled back when it is only foretold; one journal row for what changed.
 */
import type { LifeVerb, Transition } from '../../domain/performance/transitions.ts';
import { transition } from '../../domain/performance/transitions.ts';
import { raiseCatalogueVersion } from '../../store/catalogue-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { bumpOffers } from '../../store/offer-store.ts';
import type { PerformanceRecord } from '../../store/performance-store.ts';
import { allContingents, lockPerformance } from '../../store/performance-store.ts';
import { inStockTransaction } from '../stock-session.ts';

export interface LifeServices {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

export interface LifeRequest {
  organisationId: number;
  performanceId: number;
  by: string;
  /** Why; asked for by every verb that cannot simply be taken back. */
  reason: string | null;
  /** Do everything, tell it, and write nothing. */
  foretell?: boolean;
}

/** Why a verb did nothing; texts are the command line's. */
export interface LifeProblem {
  code: string;
  params: Readonly<Record<string, string | number | null>>;
}

export interface LifeRefused {
  outcome: 'refused';
  problems: LifeProblem[];
}

export type LifeOutcome = 'done' | 'foretold' | 'unchanged';

export const refused = (...problems: LifeProblem[]): LifeRefused => ({
  outcome: 'refused',
  problems,
});

class Foretold extends Error {}

/** The locked performance and what a verb needs to write about it. */
export interface Life {
  tx: Tx;
  ids: IdSource;
  at: Date;
  performance: PerformanceRecord;
  request: LifeRequest;
}

/**
 * Runs a verb over the locked performance, in one transaction. `work` may run again and leaves
 * nothing behind but its result; what it writes is undone when it was refused or only foretold.
 */
export async function withPerformance<T extends { outcome: LifeOutcome }>(
  services: LifeServices,
  request: LifeRequest,
  work: (life: Life) => Promise<T | LifeRefused>,
): Promise<T | LifeRefused> {
  const { database, ids, clock } = services;
  let result: T | LifeRefused | undefined;
  try {
    await inStockTransaction({ database }, request.organisationId, async (tx) => {
      const performance = await lockPerformance(tx, request.performanceId);
      if (performance === null) {
        result = refused({ code: 'unknown', params: {} });
        return;
      }
      result = await work({ tx, ids, at: clock(), performance, request });
      const isDry = request.foretell === true && result.outcome === 'done';
      if (isDry || result.outcome === 'refused') throw new Foretold();
    });
  } catch (error) {
    if (!(error instanceof Foretold)) throw error;
  }
  if (result === undefined) throw new Error('A verb ends with a result.');
  if (request.foretell === true && result.outcome === 'done') {
    return { ...result, outcome: 'foretold' };
  }
  return result;
}

/** Where the verb leads from here, or why it cannot be done: the reason first, then the state. */
export function decide(
  { performance, request, at }: Life,
  verb: LifeVerb,
): Extract<Transition, { outcome: 'to' | 'unchanged' }> | LifeRefused {
  const found = transition(performance, verb, at.toISOString());
  if (found.outcome === 'refused') {
    const { state } = performance;
    return refused({ code: 'state', params: { verb, state } });
  }
  const needsReason = verb !== 'resume' && found.outcome === 'to';
  if (needsReason && (request.reason ?? '').trim() === '') {
    return refused({ code: 'reason_missing', params: {} });
  }
  return found;
}

/** Raises the catalogue's version and every offer of the performance, and writes the journal. */
export async function noteChange(
  life: Life,
  action: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  const { tx, ids, at, performance, request } = life;
  await bumpOffers(tx, [
    { performanceId: performance.id, contingentIds: await allContingents(tx) },
  ]);
  await raiseCatalogueVersion(tx);
  const [id = 0] = await ids.take(1, tx);
  const { by: author, reason } = request;
  const subject = `performance ${performance.productCode}/${performance.code}`;
  await writeJournal(tx, [{ id, at, author, action, subject, before, after, reason }]);
}
