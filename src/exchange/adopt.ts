/**
 * Adopting, a way out of reconcile: seats that the reseller holds and that are free here in its
 * contingent join the allotment without being sent. So a house that starts in mid-season takes
 * over what it has handed over before.
 */
import { joinAllotment } from '../store/allotment-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { bumpOffers } from '../store/offer-store.ts';
import { lockAdoptable, settleLines } from '../store/reconciliation-store.ts';
import type { StockServices } from './move-seats.ts';
import { inStockTransaction } from './stock-session.ts';

export interface AdoptRequest {
  organisationId: number;
  reconciliationId: number;
  /** Only these lines; by default every one that can be adopted. */
  lineIds?: readonly number[];
}

/** Answers how many seats joined; those that changed since the comparison are passed over. */
export async function adopt(services: StockServices, request: AdoptRequest): Promise<number> {
  for (let adopted = 0; ; ) {
    const more = await inStockTransaction(services, request.organisationId, (tx) =>
      adoptBatch(tx, services, request),
    );
    if (more === null) return adopted;
    adopted += more;
  }
}

/** Null when nothing is left. Each line is settled, so that a batch never meets it again. */
async function adoptBatch(
  tx: Tx,
  { database, ids, clock }: StockServices,
  { reconciliationId, lineIds }: AdoptRequest,
): Promise<number | null> {
  const lines = await lockAdoptable(tx, reconciliationId, lineIds ?? null, database.batchSize);
  const [first] = lines;
  if (first === undefined) return null;
  const at = clock();
  const { performanceId, interfaceId } = first;
  let adopted = 0;
  for (const [contingentId, seats] of Map.groupBy(lines, (line) => line.contingentId)) {
    const scope = { interfaceId, performanceId, contingentId, runId: null, at };
    adopted += await joinAllotment(tx, ids, scope, seats, 'adopted');
  }
  const settled = lines.map((line) => line.lineId);
  await settleLines(tx, settled, at);
  await bumpOffers(tx, [{ performanceId, contingentIds: [], interfaceIds: [interfaceId] }]);
  return adopted;
}
