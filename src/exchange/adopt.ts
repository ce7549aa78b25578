/**
 * Adopting, a way out of reconcile: places that the reseller holds and that are free here in its
 * contingent join the allotment without being sent. So a house that starts in mid-season takes
 * over what it has handed over before. Sales may be integrated before or after.
 */
import { joinAllotment } from '../store/allotment-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { bumpOffers } from '../store/offer-store.ts';
import { adoptCount } from '../store/quota-store.ts';
import {
  comingPerformances,
  lockAdoptable,
  readAdoptableCounts,
  settleLines,
} from '../store/reconciliation-store.ts';
import type { ExchangeContext } from './context.ts';
import type { StockServices } from './move-seats.ts';
import type { ReconcileRequest } from './reconcile.ts';
import { comparePerformances } from './reconcile.ts';
import { inStockTransaction } from './stock-session.ts';

export interface AdoptRequest {
  organisationId: number;
  reconciliationId: number;
  /** Only these lines; by default every one that can be adopted. */
  lineIds?: readonly number[];
  runId?: number | null;
}

/** Answers how many places joined; those that changed since the comparison are passed over. */
export async function adopt(services: StockServices, request: AdoptRequest): Promise<number> {
  const { organisationId } = request;
  for (let adopted = 0; ; ) {
    const more = await inStockTransaction(services, organisationId, (tx) =>
      adoptBatch(tx, services, request),
    );
    if (more === null) {
      const counts = await inStockTransaction(services, organisationId, (tx) =>
        adoptCounts(tx, services, request),
      );
      return adopted + counts;
    }
    adopted += more;
  }
}

class Foretold extends Error {}

/** How many places would join; nothing stays written. */
export async function foretellAdopt(
  services: StockServices,
  request: AdoptRequest,
): Promise<number> {
  let adopted = 0;
  const work = async (tx: Tx): Promise<never> => {
    adopted = 0;
    for (let more: number | null = 0; more !== null; ) {
      more = await adoptBatch(tx, services, request);
      adopted += more ?? 0;
    }
    adopted += await adoptCounts(tx, services, request);
    throw new Foretold();
  };
  try {
    return await inStockTransaction(services, request.organisationId, work);
  } catch (error) {
    if (error instanceof Foretold) return adopted;
    throw error;
  }
}

/**
 * Compares and adopts in one run: by default every performance that is still to come, because a
 * house that starts in mid-season has exported none.
 */
export async function reconcileAndAdopt(
  context: ExchangeContext,
  request: ReconcileRequest = {},
): Promise<void> {
  const { clock, database, log, organisation, run } = context;
  const performanceIds =
    request.performanceIds ??
    run.filters.performanceIds ??
    (await database.transaction(organisation.id, (tx) =>
      comingPerformances(tx, context.interface.id, clock()),
    ));
  const compared = await comparePerformances(context, { performanceIds });
  let places = 0;
  for (const reconciliationId of compared) {
    context.signal.throwIfAborted();
    const of = { organisationId: organisation.id, reconciliationId, runId: run.id };
    places += await adopt(context, of);
    log.progress({ done: places, total: null });
  }
  log.count('adopted', places);
  log.line('info', 'reconcile.adopted', { params: { places } });
}

/** Null when nothing is left. Each line is settled, so that a batch never meets it again. */
async function adoptBatch(
  tx: Tx,
  { database, ids, clock }: StockServices,
  { reconciliationId, lineIds, runId = null }: AdoptRequest,
): Promise<number | null> {
  const lines = await lockAdoptable(tx, reconciliationId, lineIds ?? null, database.batchSize);
  const [first] = lines;
  if (first === undefined) return null;
  const at = clock();
  const { performanceId, interfaceId } = first;
  let adopted = 0;
  for (const [contingentId, seats] of Map.groupBy(lines, (line) => line.contingentId)) {
    const scope = { interfaceId, performanceId, contingentId, runId, at };
    adopted += await joinAllotment(tx, ids, scope, seats, 'adopted');
  }
  const settled = lines.map((line) => line.lineId);
  await settleLines(tx, settled, at);
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds: [interfaceId] }]);
  return adopted;
}

async function adoptCounts(
  tx: Tx,
  { ids, clock }: StockServices,
  { reconciliationId, lineIds, runId = null }: AdoptRequest,
): Promise<number> {
  const lines = await readAdoptableCounts(tx, reconciliationId, lineIds ?? null);
  const [first] = lines;
  if (first === undefined) return 0;
  const at = clock();
  const { performanceId, interfaceId } = first;
  let adopted = 0;
  for (const line of lines) {
    adopted += await adoptCount(tx, ids, { interfaceId, performanceId, runId, at }, line);
  }
  const settled = lines.map((line) => line.lineId);
  await settleLines(tx, settled, at);
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds: [interfaceId] }]);
  return adopted;
}
