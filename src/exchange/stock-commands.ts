/**
 * Telling a reseller about stock, one command at a time: stored with our reference before it
 * leaves, sent, and its answer applied. While one command is on the wire, the next is prepared and
 * the answer before is written. No transaction is open across a wire call.
 */
import { ChannelError } from '../channels/contract/errors.ts';
import type { ItemAnswer, StockCommand, StockOutcome } from '../channels/contract/stock.ts';
import { sortAnswers } from '../domain/contingent/answer.ts';
import type { NumberedPlace } from '../domain/contingent/wording.ts';
import type { CommandItem, NewCommand } from '../store/command-store.ts';
import { endCommand } from '../store/command-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { applyAnswers } from './stock-answers.ts';
import type { PerformanceStock } from './stock-session.ts';

/** An item that was sent, with what its answer needs. */
export interface SentItem extends CommandItem {
  /** Null for a count. */
  place: NumberedPlace | null;
}

/** A command that is stored and not sent yet. */
export interface PreparedCommand {
  command: Omit<NewCommand, 'items'>;
  items: readonly SentItem[];
  wire: StockCommand;
}

/** What became of a command, as the run tells it. */
export interface Tally {
  effective: number;
  refused: number;
  sold: number;
}

/**
 * A reference of ours: from the instant and the command's number, so that a database put back
 * from a copy, which gives numbers twice, never gives a reference twice.
 */
export function referenceOf(commandId: number, storedAt: Date): string {
  return `P${storedAt.getTime().toString(36)}-${commandId.toString(36)}`.toUpperCase();
}

/** Cuts items into commands of at most the reseller's limit, and what a transaction digests. */
export function commandSize(stock: PerformanceStock): number {
  const { channel, database } = stock.session.context;
  return Math.min(channel.capabilities.limits.itemsPerCommand, database.batchSize);
}

/**
 * Sends what `next` prepares until it has no more (null). Answers per contingent. Stops when the
 * performance is stopped; what was prepared and not sent is noted as never arrived.
 *
 * Throws the ChannelError of a command that could not leave, and RunCancelled between commands.
 */
export async function tellAll(
  stock: PerformanceStock,
  next: () => Promise<PreparedCommand | null>,
): Promise<Map<number, Tally>> {
  const { log, signal } = stock.session.context;
  const tallies = new Map<number, Tally>();
  let preparing = next();
  let applying: Promise<void> = Promise.resolve();
  try {
    for (let prepared = await preparing; prepared !== null; prepared = await preparing) {
      const { command, items } = prepared;
      preparing = next();
      // Awaited below, or in finally: an error of it must not end the process meanwhile.
      preparing.catch(() => {});
      const outcome = await tell(stock, prepared.wire, command.id);
      await applying;
      applying = applyOutcome(stock, prepared, outcome).then((tally) =>
        addTally(tallies, command.contingentId, tally),
      );
      applying.catch(() => {});
      stock.session.progress.done += items.length;
      log.progress({ done: stock.session.progress.done, total: null });
      if (outcome.outcome === 'done') signal.throwIfAborted();
      else await applying;
      if (stock.stopped) break;
    }
  } finally {
    await applying.catch(() => {});
    await abandon(stock, preparing);
  }
  await applying;
  return tallies;
}

function addTally(tallies: Map<number, Tally>, contingentId: number, tally: Tally): void {
  const sum = tallies.get(contingentId) ?? { effective: 0, refused: 0, sold: 0 };
  sum.effective += tally.effective;
  sum.refused += tally.refused;
  sum.sold += tally.sold;
  tallies.set(contingentId, sum);
}

/** A command that was prepared but will not be sent: surely nothing of it was done. */
async function abandon(
  stock: PerformanceStock,
  preparing: Promise<PreparedCommand | null>,
): Promise<void> {
  const prepared = await preparing.catch(() => null);
  if (prepared === null) return;
  // A lost lease, or database, leaves it stored: the next run asks the reseller about it.
  await writeEnd(stock, prepared.command.id, 'never_arrived', null).catch(() => {});
}

/** Sends one command; an unknown outcome is asked for at once, by its reference. */
async function tell(
  stock: PerformanceStock,
  wire: StockCommand,
  commandId: number,
): Promise<StockOutcome> {
  const { port } = stock.session;
  if (port === null) throw new Error('Without a port nothing is prepared.');
  const outcome = await sendOrEnd(stock, wire, commandId);
  if (outcome.outcome !== 'unknown') return outcome;
  const found = await lookUp(stock, wire.reference);
  if (found.outcome !== 'never-arrived') return found.outcome === 'unknown' ? outcome : found;
  // Only now, and only where the reseller knows a reference again, is the same command repeated.
  if (stock.session.context.channel.capabilities.repeat !== 'by-reference') return found;
  return sendOrEnd(stock, wire, commandId);
}

async function sendOrEnd(
  stock: PerformanceStock,
  wire: StockCommand,
  commandId: number,
): Promise<StockOutcome> {
  try {
    return await (stock.session.port as NonNullable<typeof stock.session.port>).send(wire);
  } catch (error) {
    if (error instanceof ChannelError && !error.sent) {
      await writeEnd(stock, commandId, 'never_arrived', error.message);
    }
    throw error;
  }
}

/** Asks what became of a command; what goes wrong on the way is an unknown outcome again. */
export async function lookUp(stock: PerformanceStock, reference: string): Promise<StockOutcome> {
  const { context, port } = stock.session;
  if (port === null) return { outcome: 'unknown', reason: 'the channel takes no stock' };
  try {
    const found = await port.lookUp(reference);
    if (found.outcome !== 'unknown') {
      const params = { reference, result: found.outcome };
      context.log.line('info', 'command.found_out', { params });
    }
    return found;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { outcome: 'unknown', reason: error.message, code: error.code };
  }
}

const NOTHING: Tally = { effective: 0, refused: 0, sold: 0 };

/** Writes what became of a command, and applies its answers in the same transaction. */
export async function applyOutcome(
  stock: PerformanceStock,
  prepared: PreparedCommand,
  outcome: StockOutcome,
): Promise<Tally> {
  const { command, wire } = prepared;
  const { log } = stock.session.context;
  if (outcome.outcome === 'done') {
    const asked = new Map(
      prepared.items.map((item) => [item.key, item.seatId === null ? item.quantity : null]),
    );
    const answers = sortAnswers(command.action, asked, outcome.items);
    if (answers !== null) return applyAnswers(stock, prepared, answers);
    return leaveUnknown(stock, prepared, 'the answers do not fit the command');
  }
  if (outcome.outcome === 'unknown') return leaveUnknown(stock, prepared, outcome.reason);
  if (outcome.outcome === 'never-arrived') {
    stock.stopped = true;
    await writeEnd(stock, command.id, 'never_arrived', null);
    log.line('error', 'external.never_arrived', { params: { reference: wire.reference } });
    return NOTHING;
  }
  if (outcome.code === undefined) return refuseItems(stock, prepared, outcome.reason);
  // A fault of the account or of the way is not the seats': they wait for the next run.
  stock.stopped = true;
  await writeEnd(stock, command.id, 'refused', outcome.reason);
  const params = {
    service: wire.action === 'add' ? 'export' : 'take_back',
    product: wire.performance.product,
    detail: outcome.reason,
  };
  log.line('error', outcome.code, { params, keys: { performance: stock.name } });
  return NOTHING;
}

/** The reseller refused the command for what it asks: each of its items is refused so. */
function refuseItems(
  stock: PerformanceStock,
  prepared: PreparedCommand,
  reason: string,
): Promise<Tally> {
  const refused = prepared.items.map(
    ({ key }): ItemAnswer => ({ key, result: 'refused', quantity: 0, reason }),
  );
  const answers = { effective: [], sold: [], refused, exceptions: refused };
  return applyAnswers(stock, prepared, answers, { state: 'refused', reason });
}

async function leaveUnknown(
  stock: PerformanceStock,
  { command, wire }: PreparedCommand,
  detail: string,
): Promise<Tally> {
  const { context } = stock.session;
  stock.stopped = true;
  await context.database.transaction(context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    await endCommand(tx, end(command.id, 'unknown', detail, context.clock()));
  });
  context.log.line('error', 'external.unknown_outcome', {
    params: { reference: wire.reference, detail },
    keys: { performance: stock.name },
  });
  context.log.count('unknown');
  return NOTHING;
}

export async function writeEnd(
  stock: PerformanceStock,
  commandId: number,
  state: 'never_arrived' | 'refused',
  reason: string | null,
): Promise<void> {
  const { context } = stock.session;
  await context.database.transaction(context.organisation.id, async (tx: Tx) => {
    await context.assertHolds(tx);
    await endCommand(tx, end(commandId, state, reason, context.clock()));
  });
}

function end(
  id: number,
  state: 'never_arrived' | 'refused' | 'unknown',
  reason: string | null,
  at: Date,
): Parameters<typeof endCommand>[1] {
  return { id, state, reason, at, exceptions: [] };
}
