/** What the verbs on stock share in a run: catalogue, vocabulary, and what cannot be told. */
import type { ContingentPort } from '../channels/contract/channel.ts';
import type { Catalogue, Contingent, Performance, Product } from '../domain/catalogue/catalogue.ts';
import type { Eligibility, Obstacle } from '../domain/contingent/eligibility.ts';
import { eligibility } from '../domain/contingent/eligibility.ts';
import type { MissingWord, NumberedPlace, Wording } from '../domain/contingent/wording.ts';
import { createWording } from '../domain/contingent/wording.ts';
import type { Vocabulary } from '../domain/mapping/vocabulary.ts';
import { createVocabulary } from '../domain/mapping/vocabulary.ts';
import { printSeat } from '../domain/seating/seat-text.ts';
import { loadCatalogue } from '../store/catalogue-store.ts';
import type { Database } from '../store/database/database.ts';
import { RetryableConflict } from '../store/database/errors.ts';
import type { Tx } from '../store/database/transaction.ts';
import { loadMappings } from '../store/mapping-store.ts';
import type { ExchangeContext } from './context.ts';

export interface StockSession {
  readonly context: ExchangeContext;
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
  /** Contingents that serve the interface's sales channel, by id. */
  readonly contingents: readonly Contingent[];
  /** Null: this reseller takes no stock at all. */
  readonly port: ContingentPort | null;
  /** Items told so far in this run. */
  readonly progress: { done: number };
}

/** Reads catalogue and mappings: only when there is something to tell. */
export async function openStockSession(context: ExchangeContext): Promise<StockSession> {
  const { catalogue, rows } = await context.database.transaction(
    context.organisation.id,
    async (tx) => ({
      catalogue: await loadCatalogue(tx),
      rows: await loadMappings(tx, context.interface.id),
    }),
  );
  const contingents = catalogue.contingents
    .filter((one) => one.salesChannelIds.includes(context.interface.salesChannelId))
    .sort((a, b) => a.id - b.id);
  const port = context.open.contingents ?? null;
  return {
    context,
    catalogue,
    vocabulary: createVocabulary(rows),
    contingents,
    port,
    progress: { done: 0 },
  };
}

/** Times a transaction is tried again after it lost a race for locks. */
const ATTEMPTS = 3;

/**
 * Runs a transaction of a stock verb; the loser of a race for locks plans again from fresh state.
 * `work` may run again: it leaves nothing behind but its result.
 */
export async function inStockTransaction<T>(
  { database }: { database: Database },
  organisationId: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(organisationId, work);
    } catch (error) {
      if (!(error instanceof RetryableConflict) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** One performance of a session, and what of it could not be told or is not known. */
export interface PerformanceStock {
  readonly session: StockSession;
  readonly product: Product;
  readonly performance: Performance;
  readonly eligibility: Eligibility;
  readonly wording: Wording;
  readonly missing: MissingWords;
  /** How people call it in a log. */
  readonly name: string;
  /** Whether this run hands over what comes back: then its own offer need not rise for it. */
  readonly sendsAfterwards: boolean;
  /** Set when a command's outcome is unknown or was refused as a whole: nothing more leaves. */
  stopped: boolean;
}

/** Null when the performance is not (or no longer) in the catalogue. */
export function openPerformance(
  session: StockSession,
  performanceId: number,
  sendsAfterwards: boolean,
): PerformanceStock | null {
  const { catalogue, context, vocabulary } = session;
  const performance = catalogue.performanceById.get(performanceId);
  const product = catalogue.productById.get(performance?.productId ?? 0);
  if (performance === undefined || product === undefined) return null;
  const { contingents } = context.channel.capabilities;
  const now = context.clock().toISOString();
  const missing = new MissingWords();
  return {
    session,
    product,
    performance,
    eligibility: eligibility(product, performance, contingents, now),
    wording: createWording({
      catalogue,
      vocabulary,
      product,
      performance,
      missing: (word) => missing.add(word),
    }),
    missing,
    name: `${product.code} ${performance.localStart.replace('T', ' ')}`,
    sendsAfterwards,
    stopped: false,
  };
}

/** Values of ours without a word at the reseller, each once with how often it was in the way. */
export class MissingWords {
  readonly #counts = new Map<string, MissingWord & { times: number }>();

  add(missing: MissingWord): void {
    const key = `${missing.word} ${missing.ours}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { ...missing, times: 1 });
    else known.times += 1;
  }

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  values(): readonly (MissingWord & { times: number })[] {
    return [...this.#counts.values()];
  }
}

/** Tells each missing word once, with the places that stay because of it. */
export function logMissing({ session, missing, name }: PerformanceStock): void {
  for (const { word, ours, times } of missing.values()) {
    session.context.log.line('error', 'mapping.ours_missing', {
      params: { word, ours },
      keys: { performance: name, places: times },
    });
    session.context.log.count('unmapped', times);
  }
}

const HELD_BACK = {
  'performance.preparing': 'export.not_yet',
  'performance.suspended': 'export.suspended',
  'performance.cancelled': 'export.over',
  'performance.closed': 'export.over',
  'performance.past': 'export.over',
} as const;

/** Says why nothing of a performance (or of a product) leaves. */
export function logObstacle(stock: PerformanceStock, obstacle: Obstacle): void {
  const { log } = stock.session.context;
  const keys = { performance: stock.name };
  if (obstacle === 'product.not_sellable') {
    const params = { product: stock.product.code, kind: stock.product.kind };
    log.line('warning', obstacle, { params, keys });
  } else if (obstacle === 'export.not_supported') {
    log.line('info', obstacle, { params: { product: stock.product.code }, keys });
  } else {
    log.line('info', HELD_BACK[obstacle], { params: { performance: stock.name } });
  }
}

/** A seat in writing, for logs. */
export function seatName(session: StockSession, place: NumberedPlace): string {
  const block = session.catalogue.blockById.get(place.blockId);
  return printSeat({
    layout: block?.layoutCode ?? '?',
    area: block?.areaCode ?? '?',
    block: block?.code ?? '?',
    row: place.row,
    number: place.number,
  });
}
