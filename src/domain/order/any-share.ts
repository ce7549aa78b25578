import type { Product } from '../catalogue/catalogue.ts';
import { isHandedOver, moveQuota, shareLeft } from './counted-share.ts';
import type { Planning } from './plan.ts';
import type { QuotaState, TicketState } from './state.ts';
import { quotaKey } from './state.ts';

/**
 * Counted places that several contingents could have given, when the reseller names none. Whose
 * share such a ticket counts in follows from the living tickets and never from their arrival: the
 * first contingents are full before the next is begun, and who names a contingent goes before.
 */

/** A ticket that counts in another share from now on. */
export interface Shift {
  ticket: TicketState;
  from: QuotaState;
  to: QuotaState;
}

export function joinPool(planning: Planning, ticket: TicketState): void {
  const [counterId] = ticket.counterIds;
  if (counterId === undefined) return;
  const pool = planning.state.pools.get(counterId);
  if (pool === undefined) planning.state.pools.set(counterId, [ticket]);
  else if (!pool.includes(ticket)) pool.push(ticket);
}

/** Who makes room in a full share, for a ticket that can be in no other. */
export function findShift(
  planning: Planning,
  product: Product,
  from: QuotaState,
  leaving: readonly TicketState[],
): Shift | null {
  const ticket = firstSold(poolOf(planning, from).filter((one) => !leaving.includes(one)));
  if (ticket === null) return null;
  const room = sharesOf(planning, product, from.counterId).find(
    (quota) => quota !== from && shareLeft(planning, quota, product.id) > 0,
  );
  return room === undefined ? null : { ticket, from, to: room };
}

/** Shares that have room again take the tickets of any share from those that come after them. */
export function refillShares(planning: Planning): void {
  const { freed, catalogue, state } = planning;
  if (freed.size === 0) return;
  for (const counterId of freed) {
    const pool = state.pools.get(counterId) ?? [];
    const product = catalogue.productById.get(pool[0]?.productId ?? 0);
    if (product === undefined) continue;
    const shares = sharesOf(planning, product, counterId);
    shares.forEach((to, index) => {
      for (const from of shares.slice(index + 1)) {
        while (shareLeft(planning, to, product.id) > 0) {
          const ticket = firstSold(poolOf(planning, from));
          if (ticket === null) break;
          moveShare(planning, { ticket, from, to });
        }
      }
    });
  }
  freed.clear();
}

function sharesOf(planning: Planning, product: Product, counterId: number): QuotaState[] {
  const ids = planning.resolver.contingentsOf(product);
  return ids.flatMap((id) => planning.state.quotas.get(quotaKey(counterId, id)) ?? []);
}

function poolOf(planning: Planning, { counterId, contingentId }: QuotaState): TicketState[] {
  return (planning.state.pools.get(counterId) ?? []).filter(
    (one) =>
      one.state === 'valid' &&
      !one.overbooked &&
      one.anyShare &&
      one.contingentId === contingentId &&
      one.counterIds[0] === counterId,
  );
}

function firstSold(tickets: readonly TicketState[]): TicketState | null {
  let first: TicketState | null = null;
  for (const one of tickets) {
    const earlier =
      first === null ||
      one.soldAt < first.soldAt ||
      (one.soldAt === first.soldAt && one.number < first.number);
    if (earlier) first = one;
  }
  return first;
}

export function moveShare(planning: Planning, { ticket, from, to }: Shift): void {
  const { plan } = planning;
  const { performanceId, productId } = ticket;
  const here = { kind: 'moved', performanceId, seatId: null, ticketId: ticket.id } as const;
  for (const [quota, sold] of [[from, -1] as const, [to, 1] as const]) {
    const { counterId, contingentId } = quota;
    plan.movements.push({ ...here, counterId, contingentId, quantity: -sold });
    moveQuota(planning, quota, sold, isHandedOver(planning, quota, productId) ? -sold : 0);
  }
  ticket.contingentId = to.contingentId;
  if (ticket.fresh === null) ticket.changed = true;
}
