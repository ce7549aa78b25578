/** Moves of seats that a file asks for, decided and written like a person's moves on the plan. */
import { decideSeats } from '../../domain/contingent/wish.ts';
import type { SeatMove } from '../../domain/house/context.ts';
import type { HousePlan } from '../../domain/house/plan-house.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { IdOf } from '../../store/house-writer.ts';
import type { OfferChange } from '../../store/offer-store.ts';
import { lockSeats, writeDecisions } from '../../store/stock-store.ts';

const SEATS_PER_STEP = 2_000;

/** Answers how many seats moved at once, and how many wait for their reseller. */
export async function moveHouseSeats(
  tx: Tx,
  ids: IdSource,
  moves: readonly SeatMove[],
  options: { idOf: IdOf; at: Date; by: string },
): Promise<{ moved: number; wished: number }> {
  const { idOf, at, by } = options;
  let moved = 0;
  let wished = 0;
  const byTarget = Map.groupBy(moves, (move) => `${move.performanceId}>${move.contingentId}`);
  for (const group of byTarget.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const performanceId = idOf(first.performanceId);
    const contingentId = first.contingentId === null ? null : idOf(first.contingentId);
    const request = { to: 'contingent', contingentId } as const;
    const seatIds = group.flatMap((move) => move.seatIds.map(idOf)).sort((a, b) => a - b);
    for (let start = 0; start < seatIds.length; start += SEATS_PER_STEP) {
      const page = seatIds.slice(start, start + SEATS_PER_STEP);
      const seats = await lockSeats(tx, performanceId, page);
      const decisions = decideSeats(page, seats, request);
      const change = { performanceId, request, by, at, runId: null };
      await writeDecisions(tx, ids, change, decisions, seats);
      moved += decisions.filter(({ outcome }) => outcome === 'applied').length;
      wished += decisions.filter(({ outcome }) => outcome === 'wish').length;
    }
  }
  return { moved, wished };
}

/** Performances of which interfaces offer more or less: quotas and counters that changed. */
export function offersOf(plan: HousePlan, idOf: IdOf): OfferChange[] {
  const changes: OfferChange[] = [];
  const {
    contingent_quota: quotas,
    performance,
    contingent_channel: channels,
    contingent,
    seat,
  } = plan.changes;
  const touchedQuotas = [
    ...quotas.inserts,
    ...quotas.removals,
    ...quotas.updates.map(({ row }) => row),
  ];
  for (const { counter_id, contingent_id, interface_id } of touchedQuotas) {
    const performanceId = plan.performanceOfCounter(counter_id);
    if (performanceId === null) continue;
    const contingentIds = [idOf(contingent_id)];
    changes.push({
      performanceId: idOf(performanceId),
      contingentIds,
      interfaceIds: [interface_id],
    });
  }
  // A contingent that serves another channel, or sends other seats, is offered anew everywhere.
  const served = new Set(
    [
      ...channels.inserts,
      ...channels.removals,
      ...contingent.updates
        .filter(({ changed }) => changed.some((column) => column.startsWith('sends_')))
        .map(({ row }) => ({ contingent_id: row.id })),
    ].map(({ contingent_id }) => idOf(contingent_id)),
  );
  const attributes = ['wheelchair', 'companion_of', 'restricted_view', 'house_seat'];
  const otherSeats = seat.updates.some(({ changed }) =>
    changed.some((column) => attributes.includes(column)),
  );
  if (otherSeats) for (const id of plan.storedContingents) served.add(id);
  const moved = performance.updates.filter(({ changed }) =>
    changed.some((column) => ['local_start', 'state'].includes(column)),
  );
  for (const performanceId of plan.storedPerformances) {
    if (served.size > 0) changes.push({ performanceId, contingentIds: [...served] });
  }
  for (const { row } of moved) {
    changes.push({ performanceId: row.id, contingentIds: plan.storedContingents });
  }
  return changes;
}
