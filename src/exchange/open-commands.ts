/**
 * Commands whose outcome nobody knows: of a run that was killed, or whose answer was lost. The
 * reseller is asked by our reference; nothing is told again before it has answered.
 */
import type { StockCommand, StockOutcome } from '../channels/contract/stock.ts';
import type { OpenCommand } from '../store/command-store.ts';
import { openCommands, readCommandItems, readCommandSeats } from '../store/command-store.ts';
import type { ExchangeContext } from './context.ts';
import type { PreparedCommand, SentItem } from './stock-commands.ts';
import { applyOutcome, lookUp, writeEnd } from './stock-commands.ts';
import type { PerformanceStock, StockSession } from './stock-session.ts';
import { openPerformance, openStockSession } from './stock-session.ts';

/** Performances of which a command's outcome is still unknown: nothing is told of them. */
export type Unresolved = ReadonlySet<number>;

/** Finds out what became of every open command of the interface (or of these performances). */
export async function findOutCommands(
  context: ExchangeContext,
  performanceIds: readonly number[] | null,
): Promise<Unresolved> {
  const open = await context.database.transaction(context.organisation.id, (tx) =>
    openCommands(tx, context.interface.id, performanceIds),
  );
  const unresolved = new Set<number>();
  if (open.length === 0) return unresolved;
  const session = await openStockSession(context);
  for (const command of open) {
    context.signal.throwIfAborted();
    if (!(await findOut(session, command))) unresolved.add(command.performanceId);
  }
  return unresolved;
}

async function findOut(session: StockSession, command: OpenCommand): Promise<boolean> {
  const stock = openPerformance(session, command.performanceId, true);
  if (stock === null) return false;
  const outcome = await lookUp(stock, command.reference);
  if (outcome.outcome === 'never-arrived') return repeat(stock, command);
  await applyOutcome(stock, await restore(stock, command), outcome);
  return outcome.outcome !== 'unknown';
}

/**
 * The reseller never saw it. Where it may be repeated, and every item is still wanted as it was,
 * the same command leaves again under the same reference; otherwise it is over, and what is
 * wanted now leaves in a new one.
 */
async function repeat(stock: PerformanceStock, command: OpenCommand): Promise<boolean> {
  const { context, port } = stock.session;
  const mayRepeat = context.channel.capabilities.repeat === 'by-reference';
  const prepared = mayRepeat ? await restore(stock, command) : null;
  const isWhole = prepared?.wire.items.length === prepared?.items.length;
  if (port === null || prepared === null || !isWhole || !isAllowed(stock, command)) {
    await writeEnd(stock, command.id, 'never_arrived', null);
    return true;
  }
  let outcome: StockOutcome = await port.send(prepared.wire);
  if (outcome.outcome === 'unknown') outcome = await lookUp(stock, command.reference);
  await applyOutcome(stock, prepared, outcome);
  return outcome.outcome !== 'unknown';
}

function isAllowed(stock: PerformanceStock, command: OpenCommand): boolean {
  const { addObstacle, withdrawObstacle } = stock.eligibility;
  return (command.action === 'add' ? addObstacle : withdrawObstacle) === null;
}

/**
 * The command as it was stored. Its wire form holds only what is still wanted and can be told: it
 * may be sent again only when that is all of it.
 */
async function restore(stock: PerformanceStock, open: OpenCommand): Promise<PreparedCommand> {
  const { context } = stock.session;
  const { items, seats } = await context.database.transaction(
    context.organisation.id,
    async (tx) => ({
      items: await readCommandItems(tx, open.id),
      seats: new Map((await readCommandSeats(tx, open)).map((seat) => [seat.key, seat])),
    }),
  );
  const { action, contingentId, interfaceId, performanceId, reference, runId, sent } = open;
  const wire: StockCommand = { reference, action, ...sent, items: [] };
  const wireItems: StockCommand['items'][number][] = [];
  const sentItems = items.map((item): SentItem => {
    const seat = seats.get(item.key);
    if (seat === undefined) return { ...item, place: null };
    const words = seat.isWanted ? stock.wording.seat(seat, seat.seatCategoryId) : null;
    if (words !== null) wireItems.push({ key: item.key, type: 'seat', ...words });
    const { blockId, row, number } = seat;
    return { ...item, place: { blockId, row, number } };
  });
  const command: PreparedCommand['command'] = {
    id: open.id,
    reference,
    interfaceId,
    performanceId,
    contingentId,
    action,
    runId,
    storedAt: context.clock(),
    sent,
  };
  return { command, items: sentItems, wire: { ...wire, items: wireItems } };
}
