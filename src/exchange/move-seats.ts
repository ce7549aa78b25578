/**
 * People's changes of stock: seats to another contingent, blocked, unblocked, or asked back. Each
 * seat answers for itself: applied at once, a wish that the reseller must grant, or refused.
 */
import type { SeatDecision, SeatRequest } from '../domain/contingent/wish.ts';
import { chooseUnsold, decideSeats, withinGauge } from '../domain/contingent/wish.ts';
import type { Database } from '../store/database/database.ts';
import type { IdSource } from '../store/database/id-source.ts';
import type { Tx } from '../store/database/transaction.ts';
import { gaugeLeft, lockOwnPerformance } from '../store/own-place-store.ts';
import type { ZoneQuota } from '../store/quota-store.ts';
import { lockZoneQuotas, wishCountsBack } from '../store/quota-store.ts';
import { lockSeats, readUnsold, writeDecisions } from '../store/stock-store.ts';
import { inStockTransaction } from './stock-session.ts';

export interface StockServices {
  database: Database;
  ids: IdSource;
  clock: () => Date;
}

export interface SeatsRequest {
  organisationId: number;
  performanceId: number;
  seatIds: readonly number[];
  /** Who asks: told when a wish lapses. */
  by: string;
  runId?: number | null;
  /** Decides and writes nothing. */
  foretell?: boolean;
}

/** Moves seats to a contingent, or (null) out of every one: closed to resellers. */
export function moveSeats(
  services: StockServices,
  request: SeatsRequest & { contingentId: number | null },
): Promise<SeatDecision[]> {
  const { contingentId } = request;
  return changeSeats(services, request, { to: 'contingent', contingentId });
}

export function blockSeats(
  services: StockServices,
  request: SeatsRequest,
): Promise<SeatDecision[]> {
  return changeSeats(services, request, { to: 'block' });
}

export function unblockSeats(
  services: StockServices,
  request: SeatsRequest,
): Promise<SeatDecision[]> {
  return changeSeats(services, request, { to: 'unblock' });
}

/** Batches in transactions of their own, seats in key order; the answers in that order too. */
async function changeSeats(
  { database, ids, clock }: StockServices,
  { organisationId, performanceId, seatIds, by, runId = null, foretell = false }: SeatsRequest,
  request: SeatRequest,
): Promise<SeatDecision[]> {
  const asked = [...new Set(seatIds)].sort((a, b) => a - b);
  const answers = new Map<number, SeatDecision>();
  const change = { performanceId, request, by, at: clock(), runId };
  for (let start = 0; start < asked.length; start += database.batchSize) {
    const batch = asked.slice(start, start + database.batchSize);
    const decisions = await inStockTransaction({ database }, organisationId, async (tx) => {
      const joins = request.to === 'contingent' && request.contingentId !== null;
      const gauge = joins ? (await lockOwnPerformance(tx, performanceId)).gauge : null;
      const seats = await lockSeats(tx, performanceId, batch);
      const left = await gaugeLeft(tx, performanceId, gauge);
      const free = decideSeats(batch, seats, request);
      const decided = left === null ? free : withinGauge(free, seats, left);
      if (!foretell) await writeDecisions(tx, ids, change, decided, seats);
      return decided;
    });
    for (const decision of decisions) {
      // A companion was decided with its wheelchair place, perhaps in another batch.
      const known = answers.get(decision.seatId);
      const isByPlace = known !== undefined && known.outcome !== 'refused';
      if (!isByPlace) answers.set(decision.seatId, decision);
    }
  }
  return [...answers.values()].sort((a, b) => a.seatId - b.seatId);
}

/** What is asked back: everything unsold, so many places, or these seats. */
export type Unsold = { all: true } | { count: number } | { seatIds: readonly number[] };

export interface UnsoldRequest {
  organisationId: number;
  performanceId: number;
  interfaceId: number;
  /** Only what the reseller holds of these; null: of all. */
  contingentIds: readonly number[] | null;
  unsold: Unsold;
  by: string;
  runId?: number | null;
  /** Decides and writes nothing. */
  foretell?: boolean;
}

export interface UnsoldAnswer {
  seats: readonly SeatDecision[];
  /** Counted places asked back. */
  counts: number;
}

/** Puts the wish to take unsold places back; the reseller is asked by the next run. */
export async function takeBackUnsold(
  services: StockServices,
  request: UnsoldRequest,
): Promise<UnsoldAnswer> {
  const { unsold } = request;
  const seatIds = 'seatIds' in unsold ? unsold.seatIds : await chooseSeats(services, request);
  const seats = await changeSeats(services, { ...request, seatIds }, { to: 'take_back' });
  if ('seatIds' in unsold) return { seats, counts: 0 };
  const wished = seats.filter((seat) => seat.outcome === 'wish').length;
  const left = 'all' in unsold ? Number.POSITIVE_INFINITY : unsold.count - wished;
  const counts = left > 0 ? await wishCounts(services, request, left) : 0;
  return { seats, counts };
}

async function chooseSeats(
  { database }: StockServices,
  { organisationId, unsold, ...of }: UnsoldRequest,
): Promise<readonly number[]> {
  const found: { seatId: number; companionOf: number | null }[] = [];
  const limit = database.batchSize;
  const isEnough = (): boolean => 'count' in unsold && found.length >= 2 * unsold.count + limit;
  for (let afterSeatId = 0; ; ) {
    const page = await database.transaction(organisationId, (tx) =>
      readUnsold(tx, of, { afterSeatId, limit }),
    );
    found.push(...page);
    afterSeatId = page.at(-1)?.seatId ?? afterSeatId;
    if (page.length < limit || isEnough()) break;
  }
  return chooseUnsold(found, 'count' in unsold ? unsold.count : found.length);
}

/** Spreads what is left over the zones, by counter and contingent. */
async function wishCounts(
  { database, clock }: StockServices,
  { organisationId, performanceId, interfaceId, contingentIds, by, foretell }: UnsoldRequest,
  count: number,
): Promise<number> {
  return inStockTransaction({ database }, organisationId, async (tx: Tx) => {
    const quotas = await lockZoneQuotas(tx, performanceId, contingentIds);
    const own = quotas.filter((quota) => quota.interfaceId === interfaceId && quota.allotted > 0);
    let left = count;
    const wishes = own.flatMap(({ counterId, contingentId, allotted, wishTakeBack }: ZoneQuota) => {
      const more = Math.min(left, allotted - wishTakeBack);
      left -= Math.max(0, more);
      if (more <= 0) return [];
      return [{ counterId, contingentId, quantity: wishTakeBack + more, by, at: clock() }];
    });
    if (foretell !== true) await wishCountsBack(tx, performanceId, wishes);
    return count === Number.POSITIVE_INFINITY
      ? wishes.reduce((sum, wish) => sum + wish.quantity, 0)
      : count - left;
  });
}
