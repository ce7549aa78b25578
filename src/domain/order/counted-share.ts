import type { Planning } from './plan.ts';
import type { CounterState, QuotaState } from './state.ts';

/** What a contingent has of a counter, and what of it the reseller holds. */

/**
 * Whether this reseller holds counted places by number: then it sells from what it holds, and a
 * sale beyond that is a case. What was never handed over is only checked against the share.
 */
export function isHandedOver(planning: Planning, quota: QuotaState, productId: number): boolean {
  const { terms, catalogue } = planning;
  if (quota.interfaceId !== terms.id) return false;
  const { zones, datedPasses, undatedPasses } = terms.handOver;
  const kind = catalogue.productById.get(productId)?.kind;
  const how = kind === 'visit_pass' ? datedPasses : kind === 'open_pass' ? undatedPasses : zones;
  return how === 'push';
}

/** Places of a share that a sale may take: what the reseller holds, or what was not given out. */
export function shareLeft(planning: Planning, quota: QuotaState, productId: number): number {
  return isHandedOver(planning, quota, productId)
    ? quota.allotted
    : quota.quota - quota.sold - quota.held - quota.allotted;
}

/** One more or one less of a share, and of its counter. */
export function moveQuota(
  planning: Planning,
  quota: QuotaState,
  sold: number,
  allotted: number,
): void {
  const counter = planning.state.counters.get(quota.counterId) as CounterState;
  quota.sold += sold;
  quota.soldDelta += sold;
  quota.allotted += allotted;
  quota.allottedDelta += allotted;
  counter.sold += sold;
  counter.soldDelta += sold;
}
