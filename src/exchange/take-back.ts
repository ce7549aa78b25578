/**
 * Taking unsold places back: the wish is put, the reseller asked, and only what it says is
 * withdrawn returns. "Sold" leaves a place there and says whose sale is missing here.
 */
import { askBack } from './ask-back.ts';
import type { ExchangeContext } from './context.ts';
import { integrateSales } from './integrate-sales.ts';
import type { Unsold } from './move-seats.ts';
import { takeBackUnsold } from './move-seats.ts';
import { findOutCommands } from './open-commands.ts';
import { logMissing, logObstacle, openPerformance, openStockSession } from './stock-session.ts';

export interface TakeBackRequest {
  /** By default those of the run's filters. */
  performanceIds?: readonly number[];
  /** Only what the reseller holds of these contingents. */
  contingentIds?: readonly number[];
  /** By default everything unsold. */
  unsold?: Unsold;
  /** Integrates the sales first (by default), so that what is sold is not asked back. */
  integrateFirst?: boolean;
}

/** Takes unsold places of performances back, also of suspended, cancelled and closed ones. */
export async function takeBack(
  context: ExchangeContext,
  request: TakeBackRequest = {},
): Promise<void> {
  const performanceIds = request.performanceIds ?? context.run.filters.performanceIds ?? [];
  const unresolved = await findOutCommands(context, performanceIds);
  if (request.integrateFirst !== false && context.open.sales) await integrateSales(context);
  if (performanceIds.length === 0) {
    context.log.line('info', 'take_back.nothing');
    return;
  }
  const session = await openStockSession(context);
  for (const performanceId of performanceIds) {
    context.signal.throwIfAborted();
    const stock = openPerformance(session, performanceId, false);
    if (stock === null || unresolved.has(performanceId)) continue;
    const { withdrawObstacle } = stock.eligibility;
    if (withdrawObstacle !== null) {
      logObstacle(stock, withdrawObstacle);
      continue;
    }
    if (context.run.simulation) continue;
    const asked = await takeBackUnsold(context, {
      organisationId: context.organisation.id,
      performanceId,
      interfaceId: context.interface.id,
      contingentIds: request.contingentIds ?? null,
      unsold: request.unsold ?? { all: true },
      by: context.run.startedBy,
      runId: context.run.id,
    });
    const refused = asked.seats.filter((seat) => seat.outcome === 'refused');
    context.log.count('kept', refused.length);
    await askBack(stock, request.contingentIds ?? null);
    logMissing(stock);
  }
}
