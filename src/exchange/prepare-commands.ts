/**
 * From what waits in the books to commands: read by pages, in the reseller's words, stored with
 * our reference before anything leaves. One call prepares one command; null ends.
 */
import type { StockItem } from '../channels/contract/stock.ts';
import type { Contingent } from '../domain/catalogue/catalogue.ts';
import { mayLeave } from '../domain/contingent/eligibility.ts';
import { countToExport, countToTakeBack } from '../domain/contingent/quota.ts';
import type { NewCommand, SentWords } from '../store/command-store.ts';
import { countsInFlightElsewhere, seatsInFlight, storeCommands } from '../store/command-store.ts';
import type { Tx } from '../store/database/transaction.ts';
import { holdPerformances } from '../store/performance-store.ts';
import type { ZoneQuota } from '../store/quota-store.ts';
import { lockZoneQuotas, readZoneQuotas } from '../store/quota-store.ts';
import type { PendingSeat } from '../store/stock-store.ts';
import { lockSeatsToExport, readSeatsToTakeBack } from '../store/stock-store.ts';
import type { PreparedCommand, SentItem } from './stock-commands.ts';
import { commandSize, referenceOf } from './stock-commands.ts';
import type { PerformanceStock } from './stock-session.ts';
import { inStockTransaction } from './stock-session.ts';

export type Next = () => Promise<PreparedCommand | null>;

interface Draft {
  action: 'add' | 'withdraw';
  contingentId: number;
  sent: SentWords;
  items: SentItem[];
  wireItems: StockItem[];
}

/** Seats of one contingent that are to be handed over, a command a call. */
export function seatsToAdd(stock: PerformanceStock, contingent: Contingent): Next {
  let afterSeatId = 0;
  let isOver = false;
  const sent = sayWhere(stock, contingent.id);
  const limit = commandSize(stock);
  return async () => {
    while (!isOver) {
      const page = { performanceId: stock.performance.id, contingentId: contingent.id };
      const { seats, kept, prepared } = await inTransaction(stock, async (tx) => {
        if (!(await isAsOpened(tx, stock))) return { seats: [], kept: 0, prepared: null };
        const locked = await lockSeatsToExport(tx, { ...page, afterSeatId, limit });
        const free = await leaveOutInFlight(tx, stock, locked);
        const leaving = free.filter((seat) => mayLeave(seat, contingent));
        const draft = draftOf(stock, 'add', contingent.id, sent, leaving);
        return {
          seats: locked,
          kept: free.length - leaving.length,
          prepared: draft === null ? null : await store(tx, stock, draft),
        };
      });
      isOver = seats.length < limit;
      afterSeatId = seats.at(-1)?.seatId ?? afterSeatId;
      if (kept > 0) stock.session.context.log.count('kept_home', kept);
      if (prepared !== null) return prepared;
    }
    return null;
  };
}

/**
 * Suspended, cancelled or moved since this run read the catalogue: nothing more of it leaves. Held
 * until the command is stored, so that who cancels sees it travel.
 */
async function isAsOpened(tx: Tx, { performance }: PerformanceStock): Promise<boolean> {
  const [held] = await holdPerformances(tx, [performance.id]);
  return (
    held !== undefined &&
    held.state === performance.state &&
    held.localStart === performance.localStart &&
    held.logicalConfigurationId === performance.logicalConfigurationId
  );
}

/**
 * A contingent may serve several resellers: what travels to another one is not handed over to this
 * one as well. The seats are locked, so that a command was stored before or waits for us.
 */
async function leaveOutInFlight(
  tx: Tx,
  stock: PerformanceStock,
  seats: readonly PendingSeat[],
): Promise<readonly PendingSeat[]> {
  if (seats.length === 0) return seats;
  const own = stock.session.context.interface.id;
  const seatIds = seats.map(({ seatId }) => seatId);
  const travelling = await seatsInFlight(tx, stock.performance.id, seatIds);
  const elsewhere = new Set(
    travelling.filter(({ interfaceId }) => interfaceId !== own).map(({ seatId }) => seatId),
  );
  return elsewhere.size === 0 ? seats : seats.filter(({ seatId }) => !elsewhere.has(seatId));
}

/**
 * Seats that are to be asked back, found among those that are now in `contingentId` (null: in
 * none). A command names the contingent under which they were sent, so a page may make several.
 */
export function seatsToWithdraw(stock: PerformanceStock, contingentId: number | null): Next {
  let afterSeatId = 0;
  let isOver = false;
  const ready: Draft[] = [];
  const limit = commandSize(stock);
  const { context } = stock.session;
  const of = { performanceId: stock.performance.id, interfaceId: context.interface.id };
  return async () => {
    while (ready.length === 0 && !isOver) {
      const seats = await context.database.transaction(context.organisation.id, (tx) =>
        readSeatsToTakeBack(tx, { ...of, contingentId, afterSeatId, limit }),
      );
      isOver = seats.length < limit;
      afterSeatId = seats.at(-1)?.seatId ?? afterSeatId;
      ready.push(...withdrawals(stock, seats));
    }
    return storeNext(stock, ready);
  };
}

function storeNext(stock: PerformanceStock, ready: Draft[]): Promise<PreparedCommand | null> {
  const draft = ready.shift();
  if (draft === undefined) return Promise.resolve(null);
  return inTransaction(stock, (tx) => store(tx, stock, draft));
}

function withdrawals(stock: PerformanceStock, seats: readonly PendingSeat[]): Draft[] {
  const groups = Map.groupBy(seats, (seat) => seat.sentContingentId);
  const drafts: Draft[] = [];
  for (const [sentContingentId, group] of groups) {
    if (sentContingentId === null) continue;
    // The reseller knows the place under the category it was sent with.
    const asSent = group.map((seat) => ({
      ...seat,
      seatCategoryId: seat.sentCategoryId ?? seat.seatCategoryId,
    }));
    const sent = sayWhere(stock, sentContingentId);
    const draft = draftOf(stock, 'withdraw', sentContingentId, sent, asSent);
    if (draft !== null) drafts.push(draft);
  }
  return drafts;
}

/**
 * Counts of a performance's zones, one command per contingent. How many is decided under the lock
 * of the counters and stored with it: nobody else hands the same places over meanwhile.
 */
export function countsToTell(
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  contingentIds: readonly number[],
): Next {
  let waiting: number[] | null = null;
  const { context } = stock.session;
  return async () => {
    if (waiting === null) {
      const quotas = await context.database.transaction(context.organisation.id, (tx) =>
        readZoneQuotas(tx, stock.performance.id, contingentIds),
      );
      waiting = countDrafts(stock, action, quotas).map((draft) => draft.contingentId);
    }
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const prepared = await storeCounts(stock, action, id);
      if (prepared !== null) return prepared;
    }
    return null;
  };
}

function storeCounts(
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  contingentId: number,
): Promise<PreparedCommand | null> {
  const own = stock.session.context.interface.id;
  return inTransaction(stock, async (tx) => {
    if (action === 'add' && !(await isAsOpened(tx, stock))) return null;
    const quotas = await lockZoneQuotas(tx, stock.performance.id, [contingentId]);
    const elsewhere =
      action === 'add' ? await countsInFlightElsewhere(tx, stock.performance.id, own) : [];
    const left = quotas.map((quota) => {
      const away = elsewhere.find(
        (one) => one.counterId === quota.counterId && one.contingentId === contingentId,
      );
      return away === undefined ? quota : { ...quota, allotted: quota.allotted + away.quantity };
    });
    const [draft] = countDrafts(stock, action, left);
    return draft === undefined ? null : store(tx, stock, draft);
  });
}

function countDrafts(
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  quotas: readonly ZoneQuota[],
): Draft[] {
  const own = stock.session.context.interface.id;
  const wanted = quotas.flatMap((quota) => {
    if (quota.interfaceId !== null && quota.interfaceId !== own) return [];
    if (action === 'add' && quota.refused) return [];
    const quantity = action === 'add' ? countToExport(quota) : countToTakeBack(quota);
    return quantity > 0 ? [{ quota, quantity }] : [];
  });
  const drafts: Draft[] = [];
  for (const [contingentId, group] of Map.groupBy(wanted, ({ quota }) => quota.contingentId)) {
    const sent = sayWhere(stock, contingentId);
    if (sent === null) continue;
    const draft: Draft = { action, contingentId, sent, items: [], wireItems: [] };
    for (const { quota, quantity } of group) putCount(stock, draft, quota, quantity);
    if (draft.items.length > 0) drafts.push(draft);
  }
  return drafts;
}

function putCount(
  stock: PerformanceStock,
  draft: Draft,
  { counterId, zoneId }: ZoneQuota,
  quantity: number,
): void {
  const zones = stock.session.catalogue.zonesByConfiguration.get(
    stock.performance.logicalConfigurationId,
  );
  const zone = zones?.find((one) => one.id === zoneId);
  const words = zone === undefined ? null : stock.wording.zone(zone);
  if (zone === undefined || words === null) return;
  const key = draft.items.length;
  const seatCategoryId = zone.seatCategoryId;
  draft.items.push({ key, seatId: null, counterId, seatCategoryId, quantity, place: null });
  draft.wireItems.push({ key, type: 'count', ...words, quantity });
}

/** The performance and the contingent in the reseller's words; null: one of them has no word. */
function sayWhere(stock: PerformanceStock, contingentId: number): SentWords | null {
  const performance = stock.wording.performance();
  const allotment = stock.wording.allotment(contingentId);
  return performance === null || allotment === null ? null : { performance, allotment };
}

/** Null when none of the seats can be told. Places that cannot be told stay, the others leave. */
function draftOf(
  stock: PerformanceStock,
  action: 'add' | 'withdraw',
  contingentId: number,
  sent: SentWords | null,
  seats: readonly PendingSeat[],
): Draft | null {
  if (sent === null) return null;
  const items: SentItem[] = [];
  const wireItems: StockItem[] = [];
  for (const seat of seats) {
    const { seatId, seatCategoryId, blockId, row, number } = seat;
    const words = stock.wording.seat(seat, seatCategoryId);
    if (words === null) continue;
    const key = items.length;
    const place = { blockId, row, number };
    items.push({ key, seatId, counterId: null, seatCategoryId, quantity: 1, place });
    wireItems.push({ key, type: 'seat', ...words });
  }
  return items.length === 0 ? null : { action, contingentId, sent, items, wireItems };
}

async function store(tx: Tx, stock: PerformanceStock, draft: Draft): Promise<PreparedCommand> {
  const { context } = stock.session;
  const [id] = await context.ids.take(1, tx);
  if (id === undefined) throw new Error('One id was asked for.');
  const storedAt = context.clock();
  const { action, contingentId, sent, items, wireItems } = draft;
  const reference = referenceOf(id, storedAt);
  const command: Omit<NewCommand, 'items'> = {
    id,
    reference,
    interfaceId: context.interface.id,
    performanceId: stock.performance.id,
    contingentId,
    action,
    runId: context.run.id,
    storedAt,
    sent,
  };
  await storeCommands(tx, [{ ...command, items }]);
  return { command, items, wire: { reference, action, ...sent, items: wireItems } };
}

function inTransaction<T>(stock: PerformanceStock, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { context } = stock.session;
  return inStockTransaction(context, context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    return work(tx);
  });
}
