/**
 * Export: integrates first, then asks back what is wanted elsewhere and hands over what is not
 * there yet. Only what the reseller accepts joins the allotment. Rules: docs/algorithms/stock.md.
 */
import type { Contingent } from '../domain/catalogue/catalogue.ts';
import { mayLeave } from '../domain/contingent/eligibility.ts';
import { allotmentTable } from '../store/allotment-table.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { DueOffer } from '../store/offer-store.ts';
import { dueOffers, markExported } from '../store/offer-store.ts';
import { clearRefusals, readSeatsToExport, waitingContingents } from '../store/stock-store.ts';
import { askBack } from './ask-back.ts';
import type { ExchangeContext } from './context.ts';
import { integrateSales } from './integrate-sales.ts';
import type { Unresolved } from './open-commands.ts';
import { findOutCommands } from './open-commands.ts';
import { countsToTell, seatsToAdd } from './prepare-commands.ts';
import { tellAll } from './stock-commands.ts';
import type { PerformanceStock, StockSession } from './stock-session.ts';
import { logMissing, logObstacle, openPerformance, openStockSession } from './stock-session.ts';

export interface ExportRequest {
  /** Only these performances; by default those of the run's filters, else all. */
  performanceIds?: readonly number[];
  /** Only these contingents: the dialog's checkboxes. */
  contingentIds?: readonly number[];
  /** Sends refused places again: a person's choice, never a schedule's. */
  againRefused?: boolean;
  /** Integrates the sales first (by default), so that what is sold is not asked back. */
  integrateFirst?: boolean;
}

/**
 * Hands over and asks back what changed since the last export. With nothing to change it costs
 * one look-up. Throws the ChannelError of a reseller that cannot be reached; everything that was
 * answered before is kept.
 */
export async function exportContingent(
  context: ExchangeContext,
  request: ExportRequest = {},
): Promise<void> {
  const { database, organisation } = context;
  const only = request.performanceIds ?? context.run.filters.performanceIds ?? null;
  const unresolved = await findOutCommands(context, only);
  if (request.integrateFirst !== false && context.open.sales) await integrateSales(context);
  if (request.againRefused === true && only !== null)
    await sendRefusedAgain(context, request, only);
  const due = await database.transaction(organisation.id, (tx) =>
    dueOffers(tx, context.interface.id, only),
  );
  if (due.length === 0) {
    context.log.line('info', 'export.nothing');
    return;
  }
  const session = await openStockSession(context);
  for (const offer of due) {
    context.signal.throwIfAborted();
    await exportPerformance(session, offer, request, unresolved);
  }
}

async function sendRefusedAgain(
  context: ExchangeContext,
  request: ExportRequest,
  performanceIds: readonly number[],
): Promise<void> {
  const session = await openStockSession(context);
  const contingentIds = chosenContingents(session, request).map((one) => one.id);
  for (const performanceId of performanceIds) {
    await context.database.transaction(context.organisation.id, async (tx) => {
      await context.assertHolds(tx);
      await clearRefusals(tx, performanceId, contingentIds);
    });
  }
}

function chosenContingents(
  session: StockSession,
  { contingentIds }: ExportRequest,
): readonly Contingent[] {
  if (contingentIds === undefined) return session.contingents;
  return session.contingents.filter((one) => contingentIds.includes(one.id));
}

async function exportPerformance(
  session: StockSession,
  offer: DueOffer,
  request: ExportRequest,
  unresolved: Unresolved,
): Promise<void> {
  const { context } = session;
  const stock = openPerformance(session, offer.performanceId, true);
  if (stock === null || isFilteredOut(context, stock)) return;
  // Nothing is told of a performance while it is unknown what the reseller did of it.
  if (unresolved.has(offer.performanceId)) return;
  const { addObstacle, withdrawObstacle } = stock.eligibility;
  const isNeverSent = addObstacle !== null && addObstacle === withdrawObstacle;
  if (isNeverSent) {
    logObstacle(stock, addObstacle);
  } else {
    const contingents = chosenContingents(session, request);
    if (context.run.simulation) return simulate(stock, contingents);
    if (withdrawObstacle === null) await askBack(stock, request.contingentIds ?? null);
    if (!stock.stopped) await handOver(stock, contingents);
    logMissing(stock);
  }
  await noteReached(stock, offer, request);
}

function isFilteredOut(context: ExchangeContext, { product }: PerformanceStock): boolean {
  const { productIds } = context.run.filters;
  return productIds !== undefined && !productIds.includes(product.id);
}

/**
 * The version that was read before the stock counts as reached, unless something of it still has
 * to leave in a later run without a change of the stock: after a lost answer, a missing mapping,
 * or before the performance opens.
 */
async function noteReached(
  stock: PerformanceStock,
  offer: DueOffer,
  request: ExportRequest,
): Promise<void> {
  const { context } = stock.session;
  const { addObstacle } = stock.eligibility;
  const opensLater =
    addObstacle === 'performance.preparing' || addObstacle === 'performance.suspended';
  if (stock.stopped || opensLater || !stock.missing.isEmpty) return;
  if (request.contingentIds !== undefined || context.run.simulation) return;
  await context.database.transaction(context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    await markExported(tx, context.interface.id, offer, context.clock());
  });
}

async function handOver(
  stock: PerformanceStock,
  contingents: readonly Contingent[],
): Promise<void> {
  const { context, catalogue } = stock.session;
  const { eligibility, performance } = stock;
  const ids = contingents.map((one) => one.id);
  const waiting = await context.database.transaction(context.organisation.id, (tx) =>
    waitingContingents(tx, performance.id, ids),
  );
  if (eligibility.addObstacle !== null) {
    if (waiting.some((id) => id !== null)) logObstacle(stock, eligibility.addObstacle);
    return;
  }
  const { seats, zones } = context.channel.capabilities.contingents;
  for (const contingent of contingents) {
    if (stock.stopped || seats !== 'push' || !waiting.includes(contingent.id)) continue;
    tellSent(stock, await tellAll(stock, seatsToAdd(stock, contingent)));
  }
  const hasZones = catalogue.zonesByConfiguration.has(performance.logicalConfigurationId);
  if (stock.stopped || zones !== 'push' || !hasZones) return;
  tellSent(stock, await tellAll(stock, countsToTell(stock, 'add', ids)));
}

/** Tells what would leave and what has no word; nothing is stored, locked or sent. */
async function simulate(
  stock: PerformanceStock,
  contingents: readonly Contingent[],
): Promise<void> {
  const { context } = stock.session;
  const { log } = context;
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    context.database.transaction(context.organisation.id, work);
  const performanceId = stock.performance.id;
  const rows = await inTx((tx) => allotmentTable(tx, context.interface.id, performanceId));
  for (const contingent of contingents) {
    const own = rows.filter((row) => row.contingentId === contingent.id);
    log.count(
      'to_take_back',
      own.reduce((sum, row) => sum + row.toTakeBack, 0),
    );
    if (stock.eligibility.addObstacle !== null) continue;
    log.count(
      'to_export',
      own.reduce((sum, row) => sum + row.toExport, 0),
    );
    const limit = context.database.batchSize;
    for (let afterSeatId = 0; ; ) {
      const page = { performanceId, contingentId: contingent.id, afterSeatId, limit };
      const seats = await inTx((tx) => readSeatsToExport(tx, page));
      for (const seat of seats) {
        if (mayLeave(seat, contingent)) stock.wording.seat(seat, seat.seatCategoryId);
      }
      afterSeatId = seats.at(-1)?.seatId ?? afterSeatId;
      if (seats.length < limit) break;
    }
  }
  if (stock.eligibility.addObstacle !== null) logObstacle(stock, stock.eligibility.addObstacle);
  logMissing(stock);
}

function tellSent(
  stock: PerformanceStock,
  tallies: ReadonlyMap<number, { effective: number; refused: number }>,
): void {
  const { context, catalogue } = stock.session;
  for (const [contingentId, { effective, refused }] of tallies) {
    const contingent = catalogue.contingentById.get(contingentId)?.code ?? '?';
    const params = { contingent, performance: stock.name, accepted: effective, refused };
    context.log.line('info', 'export.sent', { params });
  }
}
