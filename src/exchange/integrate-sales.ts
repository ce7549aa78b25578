import type { SalesBatch } from '../channels/contract/channel.ts';
import type { ExternalPerformance } from '../channels/contract/stock.ts';
import type { Message } from '../domain/order/message.ts';
import { readCursor } from '../store/cursor-store.ts';
import type { ExchangeContext } from './context.ts';
import { KnowledgeCache } from './exchange-terms.ts';
import type { Unreadable } from './integrate-batch.ts';
import { integrateBatch } from './integrate-batch.ts';
import { logPlan, logUnreadable } from './integrate-log.ts';
import { ReadAhead } from './read-ahead.ts';
import { scopesOf } from './sales-scope.ts';

export interface IntegrateOptions {
  /** Read the reseller's journal again from its beginning; repeats change nothing. */
  fromBeginning?: boolean;
  /** The same, but passing over what happened before this ISO instant. */
  from?: string;
}

/**
 * Brings the reseller's sales home: reads its journal from the cursor on, batch by batch, and
 * turns it into orders. A bad message never stops the others; when the answer breaks, what arrived
 * whole before is kept, and the next run goes on from there.
 */
export async function integrateSales(
  context: ExchangeContext,
  options: IntegrateOptions = {},
): Promise<void> {
  if (context.open.sales === undefined) {
    context.log.line('info', 'integrate.nothing');
    return;
  }
  const cache = new KnowledgeCache(context);
  for (const scope of await scopesOf(context, cache)) {
    await integrateScope(context, cache, scope, options);
  }
}

interface Scope {
  /** '' for everything, else what the run is limited to. */
  name: string;
  only: ExternalPerformance | null;
}

async function integrateScope(
  context: ExchangeContext,
  cache: KnowledgeCache,
  scope: Scope,
  options: IntegrateOptions,
): Promise<void> {
  const { database, organisation, open } = context;
  const key = { interfaceId: context.interface.id, function: 'integrate', scope: scope.name };
  const again = options.fromBeginning === true || options.from !== undefined;
  const cursor = again
    ? null
    : await database.transaction(organisation.id, (tx) => readCursor(tx, key));
  const batches = open.sales?.pull({ cursor, only: scope.only, batchSize: database.batchSize });
  if (batches === undefined) return;
  const reading = new ReadAhead(batches);
  const cursorScope = again ? null : scope.name;
  const from = options.from ?? null;
  try {
    for (let batch = await reading.next(); batch !== null; batch = await reading.next()) {
      context.signal.throwIfAborted();
      await takeBatch(context, cache, { batch, scope: cursorScope, reading, from });
    }
  } finally {
    await reading.close();
  }
}

interface Taking {
  batch: SalesBatch;
  /** Whose cursor moves; null: none, what is read again leaves it where it is. */
  scope: string | null;
  reading: ReadAhead<SalesBatch>;
  /** What happened before it is passed over; null: nothing is. */
  from: string | null;
}

async function takeBatch(
  context: ExchangeContext,
  cache: KnowledgeCache,
  { batch, scope, reading, from }: Taking,
): Promise<void> {
  const places = new Map<Message, { position: string | null; after: number }>();
  const unreadable: Unreadable[] = [];
  for (const record of batch.records) {
    if (!record.readable) unreadable.push(record);
    else if (from === null || record.message.operationAt >= from) {
      const { message, position = null } = record;
      places.set(message, { position, after: unreadable.length });
    }
  }
  const plans = await integrateBatch(context, cache, {
    messages: [...places.keys()],
    unreadable,
    places,
    caseIds: [],
    cursor: scope === null ? null : { scope, value: batch.cursor },
    meanwhile: () => reading.start(),
  });
  context.log.count('messages', batch.records.length);
  await logUnreadable(context, unreadable);
  for (const plan of plans) logPlan(context, plan);
  // Written beside the next batch. What cannot be written is kept, and told when the run ends.
  context.log.flush().catch(() => undefined);
}
