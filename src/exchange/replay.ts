import type { BatchPlan } from '../domain/order/plan.ts';
import { readOpenCases } from '../store/case-store.ts';
import type { ExchangeContext } from './context.ts';
import { KnowledgeCache } from './exchange-terms.ts';
import { integrateBatch } from './integrate-batch.ts';
import { logPlan } from './integrate-log.ts';

export interface ReplayOptions {
  /** Only these messages (and what waits for them); without them every open case. */
  messageIds?: readonly number[];
  /** Told what each batch came to, once it is written. */
  onPlan?: (plan: BatchPlan) => void;
}

/**
 * Takes cases up again, in the order of their operations: what was corrected integrates, and with
 * a root its followers; what still stands in the way stays as it was.
 */
export async function replay(context: ExchangeContext, options: ReplayOptions = {}): Promise<void> {
  const { database, organisation, interface: record } = context;
  const cache = new KnowledgeCache(context);
  const seen = new Set<number>();
  let after: { operationAt: string; messageId: number } | null = null;
  for (;;) {
    context.signal.throwIfAborted();
    const page = await database.transaction(organisation.id, (tx) =>
      readOpenCases(tx, {
        resellerAccountId: record.resellerAccountId,
        messageIds: options.messageIds ?? null,
        after,
        limit: database.batchSize,
      }),
    );
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    // A follower is settled with its root: it may stand on a later page and be gone by then.
    const caseIds = page.map(({ messageId }) => messageId).filter((id) => !seen.has(id));
    for (const id of caseIds) seen.add(id);
    context.log.count('messages', caseIds.length);
    const work = { messages: [], unreadable: [], caseIds, cursor: null };
    for (const plan of await integrateBatch(context, cache, work)) {
      for (const { candidate } of plan.outcomes) seen.add(candidate.messageId);
      logPlan(context, plan);
      options.onPlan?.(plan);
    }
    await context.log.flush();
  }
}
