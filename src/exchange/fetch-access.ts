import type { AccessEntry } from '../channels/contract/channel.ts';
import { ChannelError } from '../channels/contract/errors.ts';
import type { ListedTotals, ListRequest } from '../store/access-store.ts';
import { closeRequest, findOpenRequests, writeListedCodes } from '../store/access-store.ts';
import type { ExchangeContext } from './context.ts';

/**
 * Collects the lists that were asked for and are ready. A code without a sale opens provisionally
 * until its sale comes; one that the reseller cancelled is refused. A list that breaks off is
 * fetched again by the next run: what it brought stays.
 */
export async function fetchAccess(context: ExchangeContext): Promise<void> {
  const filtered = context.run.filters.performanceIds ?? [];
  const requests =
    context.open.accessLists === undefined
      ? []
      : await context.database.transaction(context.organisation.id, (tx) =>
          findOpenRequests(tx, context.interface.id, filtered.length > 0 ? filtered : null),
        );
  if (requests.length === 0) context.log.line('info', 'access.nothing');
  for (const request of requests) {
    context.signal.throwIfAborted();
    try {
      await fetchList(context, request);
    } catch (error) {
      // Tonight's other lists do not wait for this one.
      if (!(error instanceof ChannelError) || stopsAll(error)) throw error;
      context.log.line('error', error.code, {
        params: error.params,
        keys: { performance: request.name },
      });
    }
  }
}

/** Whatever is asked next would only wait in vain. */
function stopsAll({ code }: ChannelError): boolean {
  return [
    'external.unreachable',
    'external.timeout',
    'external.fault_authentication',
    'external.fault_unknown_manager',
  ].includes(code);
}

async function fetchList(context: ExchangeContext, request: ListRequest): Promise<void> {
  const { log, clock } = context;
  const performance = request.name;
  const answer = await context.open.accessLists?.fetch(request.request);
  if (answer === undefined) return;
  if (answer.state === 'in-progress') {
    log.line('info', 'access.not_ready', { params: { performance, request: request.request } });
    return;
  }
  if (answer.state === 'failed') {
    const { reason } = answer;
    log.line('error', 'external.list_failed', { params: { performance, reason } });
    await close(context, request, { state: 'failed', at: clock(), entries: null, reason });
    return;
  }
  const totals = { codes: 0, added: 0, refused: 0, differing: 0 };
  for await (const entries of answer.entries) {
    context.signal.throwIfAborted();
    for (const part of parts(entries, context.database.batchSize)) {
      const written = await take(context, request, part);
      totals.codes += part.length;
      totals.added += written.added;
      totals.refused += written.refused;
      totals.differing += written.differing;
      log.progress({ done: totals.codes, total: null });
    }
  }
  await close(context, request, {
    state: 'fetched',
    at: clock(),
    entries: totals.codes,
    reason: null,
  });
  const { codes, added, refused, differing } = totals;
  log.line('info', 'access.fetched', { params: { performance, codes, added, refused } });
  if (differing > 0) {
    log.line('warning', 'access.differs', { params: { performance, codes: differing } });
  }
  for (const name of ['codes', 'added', 'refused'] as const) log.count(name, totals[name]);
}

async function take(
  context: ExchangeContext,
  request: ListRequest,
  entries: readonly AccessEntry[],
): Promise<ListedTotals> {
  if (context.run.simulation) return { added: 0, refused: 0, differing: 0 };
  const codes = entries.map(({ code, state }) => ({ code, cancelled: state === 'cancelled' }));
  const { performanceId, productId } = request;
  const list = { interfaceId: context.interface.id, performanceId, productId, at: context.clock() };
  return await context.database.transaction(context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    return await writeListedCodes(tx, list, codes);
  });
}

async function close(
  context: ExchangeContext,
  request: ListRequest,
  end: Parameters<typeof closeRequest>[2],
): Promise<void> {
  if (context.run.simulation) return;
  await context.database.transaction(context.organisation.id, async (tx) => {
    await context.assertHolds(tx);
    await closeRequest(tx, request.id, end);
  });
}

function* parts<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
