/** A performance as a person looks at it: its state, who sells it, what is open about it. */
import type { ClosingWarning } from '../../domain/performance/closing.ts';
import { areRefundsOverdue, refundsDueAt } from '../../domain/performance/refunds.ts';
import type { Database } from '../../store/database/database.ts';
import type { InvolvedInterface, PerformanceLine } from '../../store/performance-figures-store.ts';
import { listPerformances, readInvolved } from '../../store/performance-figures-store.ts';
import type {
  PagedPerformance,
  PerformanceFilter,
  PerformancePage,
} from '../../store/performance-page-store.ts';
import { pagePerformances } from '../../store/performance-page-store.ts';
import type { PerformanceRecord } from '../../store/performance-store.ts';
import { readPerformances } from '../../store/performance-store.ts';
import type { OwnSale } from '../../store/refund-store.ts';
import { readOwnSales } from '../../store/refund-store.ts';
import { readClosingWarnings } from './close-performance.ts';
import type { LetterOptions, ResellerLetter } from './letters.ts';
import { cancellationLetters } from './letters.ts';

export interface ShownInterface extends InvolvedInterface {
  /** Of a cancelled performance: until when its reseller refunds; null: nothing is to be. */
  refundsDueAt: string | null;
  overdue: boolean;
}

export interface ShownPerformance {
  performance: PerformanceRecord;
  interfaces: ShownInterface[];
  /** What stands against closing it now; none for a closed one. */
  warnings: ClosingWarning[];
  own: OwnSale[];
  /** Of a cancelled performance: to the resellers that have not refunded everything. */
  letters: ResellerLetter[];
}

/** Null where there is no such performance. */
export function showPerformance(
  house: { database: Database; clock: () => Date },
  request: { organisationId: number; performanceId: number } & LetterOptions,
): Promise<ShownPerformance | null> {
  const now = house.clock();
  return house.database.transaction(
    request.organisationId,
    async (tx) => {
      const [performance] = await readPerformances(tx, [request.performanceId]);
      if (performance === undefined) return null;
      const involved = await readInvolved(tx, performance.id);
      const isCancelled = performance.cancelledAt !== null;
      const isClosed = performance.state === 'closed';
      return {
        performance,
        interfaces: involved.map((one) => withDue(one, performance.cancelledAt, now)),
        warnings: isClosed ? [] : await readClosingWarnings(tx, performance, now),
        own: await readOwnSales(tx, performance.id),
        letters: isCancelled ? await cancellationLetters(tx, performance, request) : [],
      };
    },
    { readOnly: true },
  );
}

function withDue(
  involved: InvolvedInterface,
  cancelledAt: string | null,
  now: Date,
): ShownInterface {
  const { refundDays, toBeRefunded } = involved;
  if (cancelledAt === null || toBeRefunded === 0) {
    return { ...involved, refundsDueAt: null, overdue: false };
  }
  return {
    ...involved,
    refundsDueAt: refundsDueAt(cancelledAt, refundDays),
    overdue: areRefundsOverdue(cancelledAt, refundDays, now.toISOString()),
  };
}

/** Every performance with its figures, by start; of these states, or all. */
export function readPerformanceList(
  { database }: { database: Database },
  request: { organisationId: number; states: readonly PerformanceLine['state'][] | null },
): Promise<PerformanceLine[]> {
  return database.transaction(
    request.organisationId,
    (tx) => listPerformances(tx, request.states),
    { readOnly: true },
  );
}

/** One page of them, by start. */
export function readPerformancePage(
  { database }: { database: Database },
  request: { organisationId: number; filter: PerformanceFilter } & PerformancePage,
): Promise<PagedPerformance[]> {
  const { organisationId, filter, ...page } = request;
  return database.transaction(organisationId, (tx) => pagePerformances(tx, filter, page), {
    readOnly: true,
  });
}
