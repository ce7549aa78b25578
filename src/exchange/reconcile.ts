/**
 * Different lists: reads the reseller's list of a performance page by page, compares it with our
 * books, seats and tickets and counts, and keeps what differs with its cause and its cure. It
 * changes no stock.
 */
import type { ListedItem } from '../channels/contract/stock.ts';
import type { Zone } from '../domain/catalogue/catalogue.ts';
import type { Circumstances, Counts, Difference, Ours } from '../domain/contingent/compare.ts';
import {
  compareCounts,
  compareListed,
  compareUnlisted,
  isAdoptableCount,
} from '../domain/contingent/compare.ts';
import { contingented } from '../domain/contingent/quota.ts';
import { blockPath } from '../domain/contingent/wording.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { ZoneQuota } from '../store/quota-store.ts';
import { readZoneQuotas } from '../store/quota-store.ts';
import type {
  BookSeat,
  FoundPlace,
  ListedPlace,
  ReconciliationLine,
} from '../store/reconciliation-store.ts';
import {
  casesOfCounters,
  closeReconciliation,
  exportedPerformances,
  findListedPlaces,
  insertReconciliation,
  insertReconciliationLines,
  readHeldSeats,
  readInFlight,
} from '../store/reconciliation-store.ts';
import { performancesToRefund } from '../store/refund-store.ts';
import type { ExchangeContext } from './context.ts';
import { compareRefunds } from './performance/compare-refunds.ts';
import type { PerformanceStock } from './stock-session.ts';
import { logMissing, logObstacle, openPerformance, openStockSession } from './stock-session.ts';

type ListedSeat = Extract<ListedItem, { type: 'seat' }>;
type ListedCount = Extract<ListedItem, { type: 'count' }>;

export interface ReconcileRequest {
  /** By default those of the run's filters, else every performance that was ever exported. */
  performanceIds?: readonly number[];
}

/** Throws the ChannelError of a list that broke; what was compared before is kept. */
export async function reconcile(
  context: ExchangeContext,
  request: ReconcileRequest = {},
): Promise<void> {
  await comparePerformances(context, request);
}

/** The same; answers the ids of the comparisons. A simulation keeps none. */
export async function comparePerformances(
  context: ExchangeContext,
  request: ReconcileRequest = {},
): Promise<number[]> {
  const session = await openStockSession(context);
  const asked = request.performanceIds ?? context.run.filters.performanceIds;
  const performanceIds =
    asked ??
    (await context.database.transaction(context.organisation.id, async (tx) => {
      const exported = await exportedPerformances(tx, context.interface.id);
      // Never handed over by us and sold all the same: a house that started in mid-season.
      const owing = await performancesToRefund(tx, context.interface.id);
      return [...new Set([...exported, ...owing])];
    }));
  const compared: number[] = [];
  for (const performanceId of performanceIds) {
    context.signal.throwIfAborted();
    const stock = openPerformance(session, performanceId, false);
    if (stock === null) continue;
    if (context.open.contingentList === undefined) logObstacle(stock, 'export.not_supported');
    compared.push(...(await new Comparison(stock).run()));
  }
  return compared;
}

/** One performance's comparison. Memory: the ids of the seats that were listed. */
class Comparison {
  readonly #stock: PerformanceStock;
  readonly #context: ExchangeContext;
  readonly #seen = new Set<number>();
  readonly #counts = new Map<string, Counts>();
  readonly #blocks: ReturnType<typeof blockResolver>;
  readonly #ownContingents: ReadonlySet<number>;
  #inFlight = { seatIds: new Set<number>(), counterIds: new Set<number>() };
  #id = 0;
  #seats = 0;
  #tickets = 0;
  #differences = 0;

  constructor(stock: PerformanceStock) {
    this.#stock = stock;
    this.#context = stock.session.context;
    this.#blocks = blockResolver(stock);
    this.#ownContingents = new Set(stock.session.contingents.map((one) => one.id));
  }

  async run(): Promise<number[]> {
    const { open, interface: record, clock } = this.#context;
    const { contingentList: port } = open;
    const { performance, wording } = this.#stock;
    const words = port === undefined ? null : wording.performance();
    // What its reseller has not refunded of a cancelled performance, no list tells.
    const owing = await this.#inTx((tx) => compareRefunds(tx, performance, record.id, clock()));
    if ((port === undefined || words === null) && owing.length === 0) {
      logMissing(this.#stock);
      return [];
    }
    await this.#begin();
    if (port !== undefined && words !== null) await this.#compareList(port.list(words));
    await this.#inTx((tx) => this.#write(tx, owing));
    await this.#end();
    return this.#context.run.simulation ? [] : [this.#id];
  }

  async #compareList(pages: AsyncIterable<readonly ListedItem[]>): Promise<void> {
    for await (const page of pages) {
      this.#context.signal.throwIfAborted();
      const size = this.#context.database.batchSize;
      const seats = page.filter((item): item is ListedSeat => item.type === 'seat');
      for (let start = 0; start < seats.length; start += size) {
        await this.#compareSeats(seats.slice(start, start + size));
      }
      for (const item of page) if (item.type === 'count') this.#addCount(item);
    }
    await this.#compareUnlisted();
    await this.#compareCounts();
  }

  #inTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#context.database.transaction(this.#context.organisation.id, work);
  }

  async #begin(): Promise<void> {
    const { context } = this.#stock.session;
    const of = { performanceId: this.#stock.performance.id, interfaceId: context.interface.id };
    await this.#inTx(async (tx) => {
      [this.#id = 0] = await context.ids.take(1, tx);
      this.#inFlight = await readInFlight(tx, of);
      if (context.run.simulation) return;
      const productId = this.#stock.product.id;
      const at = context.clock();
      const row = { id: this.#id, runId: context.run.id, ...of, productId, at };
      await insertReconciliation(tx, row);
    });
  }

  async #compareSeats(listed: readonly ListedSeat[]): Promise<void> {
    const lines: ReconciliationLine[] = [];
    const places: ListedPlace[] = [];
    const asked: ListedSeat[] = [];
    for (const item of listed) {
      if (item.ticket !== null) this.#tickets += 1;
      const place = this.#blocks.place(item);
      if (place === null) lines.push(unknownPlace(item));
      else {
        places.push(place);
        asked.push(item);
      }
    }
    this.#seats += listed.length;
    await this.#inTx(async (tx) => {
      const of = {
        performanceId: this.#stock.performance.id,
        resellerAccountId: this.#context.interface.resellerAccountId,
      };
      const found = await findListedPlaces(tx, of, places);
      const known = new Map(found.map((place) => [place.index - 1, place]));
      for (const [index, item] of asked.entries()) {
        const place = known.get(index);
        const line = place === undefined ? unknownPlace(item) : this.#compareSeat(item, place);
        if (line !== null) lines.push(line);
      }
      await this.#write(tx, lines);
    });
  }

  #compareSeat(item: ListedSeat, place: FoundPlace): ReconciliationLine | null {
    const { seatId, livingSeatId, livingResellerSeatId } = place;
    this.#seen.add(seatId);
    // Re-seated by us: the reseller goes on naming the seat that it sold.
    if (livingResellerSeatId === seatId && livingSeatId !== seatId) return null;
    const circumstances: Circumstances = {
      inFlight: this.#inFlight.seatIds.has(seatId),
      caseMessageId: place.ticketCase ?? place.seatCase,
      ticketElsewhere: livingSeatId !== null && livingSeatId !== seatId,
    };
    const difference = compareListed(item, this.#oursOf(place), circumstances);
    if (difference === null) return null;
    return lineOf(difference, place, item, circumstances.caseMessageId);
  }

  async #compareUnlisted(): Promise<void> {
    const limit = this.#context.database.batchSize;
    const of = {
      performanceId: this.#stock.performance.id,
      interfaceId: this.#context.interface.id,
    };
    for (let afterSeatId = 0; ; ) {
      this.#context.signal.throwIfAborted();
      const count = await this.#inTx(async (tx) => {
        const seats = await readHeldSeats(tx, of, { afterSeatId, limit });
        afterSeatId = seats.at(-1)?.seatId ?? afterSeatId;
        const missing = seats.filter((seat) => !this.#seen.has(seat.seatId));
        this.#seats += missing.length;
        const lines = missing.flatMap((seat) => {
          const inFlight = this.#inFlight.seatIds.has(seat.seatId);
          const caseMessageId = seat.seatCase;
          const circumstances = { inFlight, caseMessageId, ticketElsewhere: false };
          const difference = compareUnlisted(this.#oursOf(seat), circumstances);
          return difference === null ? [] : [lineOf(difference, seat, null, caseMessageId)];
        });
        await this.#write(tx, lines);
        return seats.length;
      });
      if (count < limit) return;
    }
  }

  #addCount(item: ListedCount): void {
    const key = `${item.block}\n${item.allotment ?? ''}`;
    const sum = this.#counts.get(key) ?? { free: 0, sold: 0 };
    this.#counts.set(key, { free: sum.free + item.free, sold: sum.sold + item.sold });
  }

  /** Zones whose quota the reseller does not list count as none there. */
  async #compareCounts(): Promise<void> {
    const { session, performance } = this.#stock;
    const zones = session.catalogue.zonesByConfiguration.get(performance.logicalConfigurationId);
    if (zones === undefined) return;
    await this.#inTx(async (tx) => {
      const all = await readZoneQuotas(tx, performance.id, [...this.#ownContingents]);
      // What another reseller holds of a contingent that serves both is not on this one's list.
      const own = this.#context.interface.id;
      const quotas = all.filter(({ interfaceId }) => interfaceId === null || interfaceId === own);
      const counterIds = quotas.map((quota) => quota.counterId);
      const cases = await casesOfCounters(tx, this.#context.interface.id, counterIds);
      const lines = quotas.flatMap((quota) => this.#countLine(quota, zones, cases));
      await this.#write(tx, lines);
    });
  }

  #countLine(
    quota: ZoneQuota,
    zones: readonly Zone[],
    cases: ReadonlyMap<number, number>,
  ): ReconciliationLine[] {
    const zone = zones.find((one) => one.id === quota.zoneId);
    const words = zone === undefined ? null : this.#stock.wording.zone(zone);
    const allotment = this.#stock.wording.allotment(quota.contingentId);
    if (words === null || allotment === null) return [];
    const ours = { free: quota.allotted, sold: quota.sold };
    const theirs = this.#counts.get(`${words.block}\n${allotment}`) ?? { free: 0, sold: 0 };
    const { counterId, contingentId } = quota;
    const messageId = cases.get(counterId) ?? null;
    const inFlight = this.#inFlight.counterIds.has(counterId);
    const differences = [];
    const known = { inFlight, caseMessageId: messageId, ticketElsewhere: false };
    const difference = compareCounts(theirs, ours, known);
    const kept = contingented(quota) - quota.allotted;
    const share = { kept, isHandedOver: quota.interfaceId !== null };
    const isNew = !inFlight && isAdoptableCount(theirs, ours, share);
    if (difference !== null && !(isNew && difference.cause === 'counts_differ')) {
      differences.push(difference);
    }
    if (isNew) differences.push(NEVER_EXPORTED);
    return differences.map((one) => ({
      ...one,
      seatId: null,
      counterId,
      ticket: null,
      ours: { ...ours, contingentId },
      theirs: { ...theirs, block: words.block, allotment },
      messageId: one.cause === 'in_quarantine' ? messageId : null,
    }));
  }

  #oursOf(seat: BookSeat): Ours {
    const { wording } = this.#stock;
    const sent = seat.sentContingentId ?? seat.contingentId;
    const isTheirs = seat.interfaceId === this.#context.interface.id;
    return {
      state: seat.state,
      isTheirs,
      isInContingent: seat.contingentId !== null && this.#ownContingents.has(seat.contingentId),
      sentCategory: isTheirs ? wording.category(seat.sentCategoryId ?? seat.seatCategoryId) : null,
      sentAllotment: isTheirs && sent !== null ? wording.allotment(sent) : null,
      ticket: seat.ticket,
      isReseated: seat.resellerSeatId !== null && seat.resellerSeatId !== seat.seatId,
      hasWish: seat.wish !== null,
      isChanged:
        seat.sentCategoryId !== seat.seatCategoryId || seat.sentContingentId !== seat.contingentId,
      isRefused: seat.isRefused,
    };
  }

  async #write(tx: Tx, lines: readonly ReconciliationLine[]): Promise<void> {
    this.#differences += lines.length;
    if (this.#context.run.simulation || lines.length === 0) return;
    const ids = await this.#context.ids.take(lines.length, tx);
    await insertReconciliationLines(tx, this.#id, ids, lines);
  }

  async #end(): Promise<void> {
    const { log, run } = this.#context;
    const compared = { seats: this.#seats, tickets: this.#tickets };
    if (!run.simulation) await this.#inTx((tx) => closeReconciliation(tx, this.#id, compared));
    const level = this.#differences > 0 ? 'warning' : 'info';
    const params = { compared: this.#seats + this.#tickets, differences: this.#differences };
    log.line(level, 'reconcile.done', { params, keys: { performance: this.#stock.name } });
    log.count('compared', params.compared);
    log.count('differences', this.#differences);
    logMissing(this.#stock);
  }
}

/** Counted places that the reseller has had since before anyone here kept books of them. */
const NEVER_EXPORTED: Difference = {
  subject: 'count',
  kind: 'missing_here',
  cause: 'never_exported',
  cure: 'adopt',
};

function lineOf(
  difference: Difference,
  seat: BookSeat,
  listed: ListedSeat | null,
  caseMessageId: number | null,
): ReconciliationLine {
  const { state, contingentId, seatCategoryId, ticket, wish } = seat;
  return {
    ...difference,
    seatId: seat.seatId,
    counterId: null,
    ticket: listed?.ticket ?? ticket,
    ours: { state, contingentId, seatCategoryId, ticket, wish, interfaceId: seat.interfaceId },
    theirs: listed === null ? null : { ...listed },
    messageId: difference.cause === 'in_quarantine' ? caseMessageId : null,
  };
}

/** A place of the reseller's that our house does not have, or whose words are not mapped. */
function unknownPlace(listed: ListedSeat): ReconciliationLine {
  return {
    subject: 'seat',
    kind: 'missing_here',
    cause: 'unknown_place',
    cure: 'map',
    seatId: null,
    counterId: null,
    ticket: listed.ticket,
    ours: null,
    theirs: { ...listed },
    messageId: null,
  };
}

/** From the reseller's words for a place to our block, row and number. */
function blockResolver({ session, product, performance }: PerformanceStock): {
  place(item: ListedSeat): ListedPlace | null;
} {
  const { catalogue, vocabulary } = session;
  const { seasonId } = product;
  const hall = catalogue.configurationById.get(performance.logicalConfigurationId);
  const blocks = (catalogue.blocksByLayout.get(hall?.layoutId ?? 0) ?? []).filter(
    (block) => block.numbered,
  );
  const candidates = blocks.map(blockPath);
  const known = new Map<string, number>();
  const find = (word: string): number => {
    const remembered = known.get(word);
    if (remembered !== undefined) return remembered;
    const answer = vocabulary.resolve('block', word, { seasonId, candidates });
    const index = 'found' in answer ? answer.candidate : -1;
    known.set(word, index);
    return index;
  };
  return {
    place(item) {
      const index = find(item.block);
      const block = blocks[index];
      const path = candidates[index];
      if (block === undefined || path === undefined) return null;
      const row = vocabulary.ourName('row', item.row, path, { seasonId });
      if (row === null) return null;
      const number = vocabulary.ourName('seat', item.seat, path, { row, seasonId });
      return number === null ? null : { blockId: block.id, row, number, ticket: item.ticket };
    },
  };
}
