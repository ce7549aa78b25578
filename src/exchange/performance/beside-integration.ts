/** What a batch of sales does for the life of performances: holds them still, and asks back. */
import type { Catalogue } from '../../domain/catalogue/catalogue.ts';
import { isCancelled } from '../../domain/catalogue/catalogue.ts';
import type { BatchPlan } from '../../domain/order/plan.ts';
import type { BatchState } from '../../domain/order/state.ts';
import { RetryableConflict } from '../../store/database/errors.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { OfferChange } from '../../store/offer-store.ts';
import { bumpOffers } from '../../store/offer-store.ts';
import { holdPerformances } from '../../store/performance-store.ts';

/**
 * Holds performances as the catalogue knows them. Throws RetryableConflict where one was cancelled,
 * closed or moved meanwhile: whoever planned with that catalogue plans again.
 */
export async function holdAsKnown(
  tx: Tx,
  catalogue: Catalogue,
  performanceIds: Iterable<number | null>,
): Promise<void> {
  const ids = [...new Set(performanceIds)].filter((id) => id !== null);
  for (const held of await holdPerformances(tx, ids)) {
    const known = catalogue.performanceById.get(held.id);
    const isSame =
      known !== undefined &&
      known.state === held.state &&
      known.localStart === held.localStart &&
      known.logicalConfigurationId === held.logicalConfigurationId;
    if (isSame) continue;
    throw new RetryableConflict('40001', 'A performance changed while its sales were planned.');
  }
}

/** Performances that a plan touches beyond those of its messages: of tickets sold before. */
export function performancesOf(plan: BatchPlan, state: BatchState): Set<number | null> {
  const ids = new Set<number | null>(plan.newTickets.map((ticket) => ticket.performanceId));
  for (const ticket of state.tickets.values()) if (ticket.changed) ids.add(ticket.performanceId);
  return ids;
}

/**
 * A place given back that was asked for before is asked for again: its offer rises, so that the
 * next export looks. Of a cancelled performance everything that comes back is asked for.
 */
export async function askBackAgain(
  tx: Tx,
  catalogue: Catalogue,
  interfaceId: number,
  { plan, state }: { plan: BatchPlan; state: BatchState },
): Promise<void> {
  const performanceIds = new Set<number>();
  for (const seat of state.seats.values()) {
    const isBack = seat.changed && seat.state === 'free' && seat.interfaceId === interfaceId;
    if (isBack && seat.wish !== null) performanceIds.add(seat.performanceId);
  }
  for (const { kind, performanceId } of plan.movements) {
    if (kind !== 'cancelled' || performanceId === null) continue;
    const performance = catalogue.performanceById.get(performanceId);
    if (isCancelled(performance)) performanceIds.add(performanceId);
  }
  const changes = [...performanceIds].map((performanceId): OfferChange => {
    return { performanceId, contingentIds: [], interfaceIds: [interfaceId] };
  });
  await bumpOffers(tx, changes);
}
