import type { Received } from '../channels/contract/channel.ts';
import type { Message } from '../domain/order/message.ts';
import type { BatchPlan } from '../domain/order/plan.ts';
import { emptyPlan } from '../domain/order/plan.ts';
import { planBatch } from '../domain/order/plan-batch.ts';
import type { Candidate } from '../domain/order/state.ts';
import type { BatchSignal } from '../runs/signals.ts';
import { batchSignal } from '../runs/signals.ts';
import { readCasesById } from '../store/books-case-store.ts';
import { openBooks } from '../store/books-reader.ts';
import { keepToIndexes } from '../store/books-state-store.ts';
import { idsNeeded, writePlan } from '../store/books-write-store.ts';
import { writeCursor } from '../store/cursor-store.ts';
import { RetryableConflict, UniqueViolation } from '../store/database/errors.ts';
import type { Tx } from '../store/database/transaction.ts';
import { recordUnseen } from '../store/mapping-store.ts';
import type { ReadRecord } from '../store/unreadable-store.ts';
import { settleCorrected, writeUnreadable } from '../store/unreadable-store.ts';
import type { ExchangeContext } from './context.ts';
import type { KnowledgeCache } from './exchange-terms.ts';
import { candidateOf, loadBooks } from './load-books.ts';
import { askBackAgain, holdAsKnown, performancesOf } from './performance/beside-integration.ts';

export type Unreadable = Extract<Received, { readable: false }> & {
  /** Of a file's line: where a person finds it. */
  place?: { file: string; line: number };
};

export interface BatchWork {
  messages: readonly Message[];
  unreadable: readonly Unreadable[];
  /** Where messages stood: the reseller's position, and how many unreadable records before them. */
  places?: ReadonlyMap<Message, Pick<ReadRecord, 'position' | 'after'>>;
  /** Open cases to take up again, by message id. */
  caseIds: readonly number[];
  /** Where the reseller's journal is read up to with this batch; null: not moved. */
  cursor: { scope: string; value: string } | null;
  /** Called when all of the batch is with the database: time for other work. */
  meanwhile?: () => void;
}

/** Times a batch is planned again from fresh state before it is halved. */
const ATTEMPTS = 3;

/**
 * One batch, one transaction: proves the lease, reads the books under locks, plans, writes, moves
 * the cursor. When another writer took a code or a seat meanwhile it plans again from fresh state,
 * then by halves, so that one message cannot hold up the others.
 */
export async function integrateBatch(
  context: ExchangeContext,
  cache: KnowledgeCache,
  work: BatchWork,
): Promise<BatchPlan[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const told: BatchSignal = {
        messages: work.messages.length,
        unreadable: work.unreadable.length,
        cases: work.caseIds.length,
      };
      return [await batchSignal.tracePromise(() => attemptBatch(context, cache, work), told)];
    } catch (error) {
      const again = error instanceof UniqueViolation || error instanceof RetryableConflict;
      if (!again) throw error;
      if (attempt < ATTEMPTS) continue;
      if (work.messages.length + work.caseIds.length < 2) throw error;
      const [first, second] = halves(work);
      return [
        ...(await integrateBatch(context, cache, first)),
        ...(await integrateBatch(context, cache, second)),
      ];
    }
  }
}

/** Only the second half moves the cursor: it covers both. */
function halves(work: BatchWork): [BatchWork, BatchWork] {
  const half = Math.ceil(work.messages.length / 2);
  const cases = Math.ceil(work.caseIds.length / 2);
  return [
    {
      messages: work.messages.slice(0, half),
      unreadable: work.unreadable,
      ...(work.places && { places: work.places }),
      caseIds: work.caseIds.slice(0, cases),
      cursor: null,
    },
    {
      messages: work.messages.slice(half),
      unreadable: [],
      ...(work.places && { places: work.places }),
      caseIds: work.caseIds.slice(cases),
      cursor: work.cursor,
      ...(work.meanwhile && { meanwhile: work.meanwhile }),
    },
  ];
}

function attemptBatch(
  context: ExchangeContext,
  cache: KnowledgeCache,
  work: BatchWork,
): Promise<BatchPlan> {
  const { database, organisation } = context;
  return database.transaction(organisation.id, async (tx) => {
    await context.assertHolds(tx);
    const plan = await planAndWrite(tx, context, cache, work);
    if (!context.run.simulation && work.cursor !== null) {
      const at = context.clock().toISOString();
      const cursor = { interfaceId: context.interface.id, function: 'integrate', ...work.cursor };
      await writeCursor(tx, cursor, { runId: context.run.id, at });
    }
    return plan;
  });
}

/** What planning and writing a batch asks of its run; foretelling has no run and gives these. */
export type BatchContext = Pick<ExchangeContext, 'clock' | 'ids' | 'interface' | 'channel' | 'run'>;

/** One batch within a transaction of the caller's, who may also roll it back (foretelling). */
export async function planAndWrite(
  tx: Tx,
  context: BatchContext,
  cache: KnowledgeCache,
  work: BatchWork,
): Promise<BatchPlan> {
  const at = context.clock().toISOString();
  const runId = context.run.id;
  const knowledge = await cache.current(tx);
  const { terms, catalogue, resolver } = knowledge;
  if (!context.run.simulation) {
    await writeUnreadable(tx, work.unreadable, { terms, ids: context.ids, runId, at });
  }
  if (work.messages.length === 0 && work.caseIds.length === 0) return emptyPlan();
  await keepToIndexes(tx);
  const { candidates, nextId } = await candidatesOf(tx, context, work);
  if (candidates.length === 0) return emptyPlan();
  const named = new Set(
    candidates.map(({ message }) => resolver.resolve(message).performance?.id ?? null),
  );
  if (!context.run.simulation) await holdAsKnown(tx, catalogue, named);
  const loaded = await loadBooks(openBooks(tx, terms.resellerAccountId), {
    terms,
    catalogue,
    resolver,
    candidates,
  });
  // Cases that the batch sets free may need a ticket and an order too.
  const freed = loaded.candidates.length - candidates.length;
  if (freed > 0) nextId.add(await context.ids.take(freed * 2, tx));
  const plan = planBatch({ catalogue, resolver, terms, nextId: nextId.take, ...loaded });
  resolver.forgetMessages();
  if (context.run.simulation) return plan;
  // Rare: a case that was set free, or an exchange, touches a performance that no message names.
  const others = [...performancesOf(plan, loaded.state)].filter((id) => !named.has(id));
  await holdAsKnown(tx, catalogue, others);
  const ids = await context.ids.take(idsNeeded(plan), tx);
  await writePlan(tx, plan, loaded.state, {
    terms,
    runId,
    author: context.run.startedBy,
    at,
    nextId: idStore(ids).take,
    meanwhile: work.meanwhile ?? (() => undefined),
  });
  const seen = plan.unseen.map(({ message, ...value }) => ({
    ...value,
    example: exampleOf(message),
  }));
  await recordUnseen(tx, terms.id, seen, context.clock());
  const settling = { terms, at, author: context.run.startedBy };
  await settleCorrected(tx, readRecords(plan, work), work.unreadable, settling);
  await askBackAgain(tx, catalogue, terms.id, { plan, state: loaded.state });
  return plan;
}

/** The messages that came with the batch, as what may correct a record that could not be read. */
function readRecords(plan: BatchPlan, { places }: BatchWork): ReadRecord[] {
  if (places === undefined) return [];
  return plan.outcomes.flatMap(({ candidate: { message }, outcome }) => {
    const place = places.get(message);
    if (place === undefined) return [];
    const { ticket, kind, operationNumber } = message;
    return [{ ...place, ticket, kind, operationNumber, known: outcome === 'known' }];
  });
}

/**
 * New messages get their ids before planning, so that cases can point at one another; with them,
 * in one go, those that each candidate may need for a ticket and an order.
 */
async function candidatesOf(
  tx: Tx,
  context: BatchContext,
  work: BatchWork,
): Promise<{ candidates: Candidate[]; nextId: IdStore }> {
  const cases = work.caseIds.length === 0 ? [] : await readCasesById(tx, work.caseIds);
  const count = work.messages.length * 3 + cases.length * 2;
  const nextId = idStore(await context.ids.take(count, tx));
  const fresh = work.messages.map(
    (message): Candidate => ({
      message,
      messageId: nextId.take(),
      isNew: true,
      waitingWith: [],
      waitingBehind: null,
      accepted: new Set(),
      decision: null,
      reported: false,
    }),
  );
  return { candidates: [...fresh, ...cases.map(candidateOf)], nextId };
}

interface IdStore {
  take: () => number;
  add: (more: readonly number[]) => void;
}

function idStore(ids: readonly number[]): IdStore {
  const all = [...ids];
  let index = 0;
  const take = () => {
    const id = all[index];
    if (id === undefined) throw new Error('The batch needs more ids than it has taken.');
    index += 1;
    return id;
  };
  return { take, add: (more) => void all.push(...more) };
}

/** Enough to find it at the reseller, without the beneficiary's name. */
function exampleOf(message: Message): Record<string, string | number | null> {
  const { ticket, order, product, start, block, category, tariff, priceMinor } = message;
  return { ticket, order, product, start, block, category, tariff, priceMinor };
}
