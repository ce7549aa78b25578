/**
 * The venue's own sales, holds and blocks, and freeing them, line by line: a line that cannot be
 * applied is told with its cure and the others go on. A line is applied whole or not at all. The
 * same lines again change nothing. Locks: a batch takes its seats in key order; counters come in
 * transactions of their own, by key.
 */
import type { CountTarget, OwnFault, OwnTarget, SeatTarget } from '../../domain/house/own-lines.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import { inStockTransaction } from '../stock-session.ts';
import type { BatchAnswer, OwnWork } from './apply-batches.ts';
import { applyCounts, applySeats } from './apply-batches.ts';
import { locateLines } from './locate-lines.ts';
import type { OwnLine } from './read-lines.ts';

export interface OwnPlacesServices {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

export interface OwnPlacesRequest {
  organisationId: number;
  lines: readonly OwnLine[];
  /** Who changes them, for the journal. */
  author: string;
  /** Where they come from: the digest of a file, a request's number. */
  source: string | null;
  /** Does everything and writes nothing. */
  simulate?: boolean;
  /** Seats that a reseller holds are asked back for the reference. */
  askBack?: boolean;
  signal?: AbortSignal;
}

export interface OwnPlacesResult {
  lines: number;
  /** Places, not lines. */
  applied: number;
  unchanged: number;
  /** Asked back from a reseller, now or before; they become the venue's when given back. */
  asked: number;
  waiting: number;
  /** Wishes that are wanted no more. */
  dropped: number;
  /** In the order of the lines. */
  faults: OwnFault[];
}

export async function changeOwnPlaces(
  services: OwnPlacesServices,
  request: OwnPlacesRequest,
): Promise<OwnPlacesResult> {
  const { organisationId, lines } = request;
  const { located, resellers } = await services.database.transaction(
    organisationId,
    async (tx) => ({
      located: await locateLines(tx, lines),
      resellers: new Map((await listInterfaces(tx)).map((one) => [one.id, one.reseller])),
    }),
    { readOnly: true },
  );
  const work: OwnWork = {
    ids: services.ids,
    at: services.clock().toISOString(),
    author: request.author,
    source: request.source,
    simulate: request.simulate === true,
    askBack: request.askBack === true,
    resellerOf: (id) => resellers.get(id ?? 0) ?? 'a reseller',
  };
  const result: OwnPlacesResult = {
    lines: lines.length,
    applied: 0,
    unchanged: 0,
    asked: 0,
    waiting: 0,
    dropped: 0,
    faults: located.faults,
  };
  const size = services.database.batchSize;
  const run = async <T>(
    batches: readonly T[],
    apply: (tx: Tx, work: OwnWork, batch: T) => Promise<BatchAnswer>,
  ): Promise<void> => {
    for (const batch of batches) {
      request.signal?.throwIfAborted();
      add(
        result,
        await inStockTransaction(services, organisationId, (tx) => apply(tx, work, batch)),
      );
    }
  };
  await run(seatBatches(located.targets, size), applySeats);
  // A simulation writes nothing that a later batch of the same counter could read.
  const most = work.simulate ? Number.MAX_SAFE_INTEGER : size;
  await run(countBatches(located.targets, most), applyCounts);
  result.faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return result;
}

function add(result: OwnPlacesResult, answer: BatchAnswer): void {
  for (const name of ['applied', 'unchanged', 'asked', 'waiting', 'dropped'] as const) {
    result[name] += answer[name];
  }
  result.faults.push(...answer.faults);
}

/** Lines of one performance, as many as have about `size` seats together. */
function seatBatches(targets: readonly OwnTarget[], size: number): SeatTarget[][] {
  const seats = targets.filter((one): one is SeatTarget => one.what.type === 'seats');
  const byPerformance = Map.groupBy(seats, ({ what }) => what.performanceId);
  return [...byPerformance.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, lines]) => cut(lines, size, ({ what }) => what.seatIds.length));
}

function countBatches(targets: readonly OwnTarget[], size: number): CountTarget[][] {
  const counts = targets
    .filter((one): one is CountTarget => one.what.type === 'count')
    .sort((a, b) => a.what.counterId - b.what.counterId || a.line - b.line);
  return cut(counts, size, () => 1);
}

function cut<T>(lines: readonly T[], size: number, weight: (line: T) => number): T[][] {
  const batches: T[][] = [];
  let filled = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (filled + weight(line) > size) {
      batches.push([]);
      filled = 0;
    }
    batches.at(-1)?.push(line);
    filled += weight(line);
  }
  return batches;
}
