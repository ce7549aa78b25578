import type { Message } from './message.ts';
import type { Planning } from './plan.ts';
import type { Resolved } from './resolve.ts';
import { inTestMode, salesOpenAt } from './test-mode.ts';

/** A sale that the reseller marks as a test, or that falls into a time of tests of ours. */
export function isTestSale(planning: Planning, message: Message, resolved: Resolved): boolean {
  const { terms, catalogue } = planning;
  if (message.test) return true;
  const { product, performance } = resolved;
  if (terms.testModes.length === 0 || product === null) return false;
  const of = { productId: product.id, performanceId: performance?.id ?? null };
  const opensAt = salesOpenAt(catalogue, terms.salesChannelId, of);
  return inTestMode(terms.testModes, message, { productId: product.id, opensAt });
}
