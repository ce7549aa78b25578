import { findDuePerformances, findOpenRequests, insertRequest } from '../store/access-store.ts';
import type { ExchangeContext } from './context.ts';
import { logMissing, openPerformance, openStockSession } from './stock-session.ts';

const HOUR_MS = 3_600_000;
/** Without a filter: performances that began lately or begin within two days. */
const BEFORE_MS = 6 * HOUR_MS;
const AHEAD_MS = 48 * HOUR_MS;

/**
 * Asks the reseller for the list of codes of each performance: those of the run's filter, else
 * those that begin soon. A list that is still being prepared is not asked for again.
 */
export async function prepareAccess(context: ExchangeContext): Promise<void> {
  const lists = context.open.accessLists;
  const wanted = lists === undefined ? [] : await wantedPerformances(context);
  if (lists === undefined || wanted.length === 0) {
    context.log.line('info', 'access.nothing');
    return;
  }
  const session = await openStockSession(context);
  for (const performanceId of wanted) {
    context.signal.throwIfAborted();
    const stock = openPerformance(session, performanceId, false);
    if (stock === null) continue;
    const words = stock.wording.performance();
    if (words === null) {
      logMissing(stock);
      continue;
    }
    if (context.run.simulation) continue;
    const { request } = await lists.prepare(words);
    await context.database.transaction(context.organisation.id, async (tx) => {
      await context.assertHolds(tx);
      const [id] = await context.ids.take(1, tx);
      const interfaceId = context.interface.id;
      const at = context.clock();
      await insertRequest(tx, { id: id as number, interfaceId, performanceId, request, at });
    });
    context.log.count('prepared');
    context.log.line('info', 'access.prepared', { params: { performance: stock.name, request } });
  }
}

async function wantedPerformances(context: ExchangeContext): Promise<number[]> {
  const filtered = context.run.filters.performanceIds ?? [];
  const now = context.clock().getTime();
  const between = { from: new Date(now - BEFORE_MS), until: new Date(now + AHEAD_MS) };
  return await context.database.transaction(context.organisation.id, async (tx) => {
    const { id } = context.interface;
    const due = filtered.length > 0 ? filtered : await findDuePerformances(tx, id, between);
    const open = await findOpenRequests(tx, id, due);
    for (const { name: performance, request } of open) {
      context.log.line('info', 'access.not_ready', { params: { performance, request } });
    }
    const waiting = new Set(open.map((one) => one.performanceId));
    return due.filter((performanceId) => !waiting.has(performanceId));
  });
}
