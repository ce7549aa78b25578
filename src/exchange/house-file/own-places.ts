/** Applies the venue's own places under locks; what cannot be is told and undoes the load. */
import type { OwnRequest } from '../../domain/house/context.ts';
import type { OwnSeatDecision, OwnState } from '../../domain/house/own-places.ts';
import { decideOwnCount, decideOwnSeat } from '../../domain/house/own-places.ts';
import type { HouseProblem } from '../../domain/house/problem.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { IdOf } from '../../store/house-writer.ts';
import type { LockedOwnSeat } from '../../store/own-place-store.ts';
import {
  gaugeLeft,
  holderOf,
  lockOwnCounter,
  lockOwnPerformance,
  lockOwnSeats,
  performanceOfCounter,
  writeOwnClaim,
  writeOwnSeats,
  writeOwnWishes,
} from '../../store/own-place-store.ts';

export interface OwnOutcome {
  /** Places that changed. */
  own: number;
  problems: HouseProblem[];
}

export async function applyOwnPlaces(
  tx: Tx,
  ids: IdSource,
  requests: readonly OwnRequest[],
  options: { idOf: IdOf; at: string; resellerOf: (interfaceId: number | null) => string },
): Promise<OwnOutcome> {
  const outcome: OwnOutcome = { own: 0, problems: [] };
  // Seats before counters: the order of locks of the whole house.
  const seats = requests.filter((one) => one.type === 'seats');
  const counts = requests.filter((one) => one.type === 'count');
  // Before them their performances, as everybody does who takes places under a gauge.
  const found = seats.map(({ performanceId }) => options.idOf(performanceId));
  for (const { counterId } of counts) {
    found.push((await performanceOfCounter(tx, options.idOf(counterId))) ?? 0);
  }
  const performanceIds = [...new Set(found)].filter((id) => id > 0).sort((a, b) => a - b);
  for (const id of performanceIds) await lockOwnPerformance(tx, id);
  for (const request of seats) await applySeats(tx, ids, request, options, outcome);
  for (const request of counts) await applyCount(tx, ids, request, options, outcome);
  return outcome;
}

async function applySeats(
  tx: Tx,
  ids: IdSource,
  request: OwnRequest & { type: 'seats' },
  options: { idOf: IdOf; at: string; resellerOf: (interfaceId: number | null) => string },
  outcome: OwnOutcome,
): Promise<void> {
  const { state, reference } = request;
  const performanceId = options.idOf(request.performanceId);
  const locked = await lockOwnSeats(tx, performanceId, request.seatIds.map(options.idOf));
  const decided = Map.groupBy(locked, (seat) => decideOwnSeat(seat, state, reference));
  const over = await overGauge(tx, performanceId, decided.get('applied') ?? [], state);
  if (over !== null) {
    outcome.problems.push({ ...over, sheet: request.line.sheet, line: request.line.index });
    return;
  }
  const change = { performanceId, at: options.at };
  const wanted = (seats: readonly LockedOwnSeat[] = []) =>
    seats.map((seat) => ({ seat, state, reference }));
  const applied = wanted(decided.get('applied'));
  await writeOwnSeats(tx, ids, change, applied);
  const dropped = wanted(decided.get('dropped'));
  await writeOwnWishes(tx, { ...change, by: reference }, dropped);
  // A wish that stood under this reference becomes what the file says now.
  const asked = wanted(decided.get('asked'));
  await writeOwnWishes(tx, { ...change, by: reference }, asked);
  outcome.own += applied.length + dropped.length + asked.length;
  for (const decision of ['at_reseller', 'other_reference'] as const) {
    const refused = decided.get(decision);
    if (refused !== undefined) {
      outcome.problems.push(refusal(request, decision, refused, options.resellerOf));
    }
  }
}

/** Seats of no contingent that are sold or held are places more under the safety gauge. */
async function overGauge(
  tx: Tx,
  performanceId: number,
  seats: readonly LockedOwnSeat[],
  state: OwnState,
): Promise<Pick<HouseProblem, 'key' | 'code' | 'message' | 'cure'> | null> {
  const more = seats.filter((seat) => takesRoom(seat.contingentId, seat.state, state)).length;
  if (more === 0) return null;
  const { gauge } = await lockOwnPerformance(tx, performanceId);
  const left = await gaugeLeft(tx, performanceId, gauge);
  if (left === null || more <= left) return null;
  return {
    key: 'seats',
    code: 'house.over_gauge',
    message: `${more} places more are asked for, and the gauge leaves ${Math.max(0, left)}.`,
    cure: 'Take seats out of a contingent first, or raise the gauge.',
  };
}

const isHeld = (state: OwnState): boolean => state === 'sold' || state === 'held';

function takesRoom(contingentId: number | null, before: OwnState, after: OwnState): boolean {
  return contingentId === null && !isHeld(before) && isHeld(after);
}

function refusal(
  { line }: OwnRequest,
  decision: Extract<OwnSeatDecision, 'at_reseller' | 'other_reference'>,
  seats: readonly LockedOwnSeat[],
  resellerOf: (interfaceId: number | null) => string,
): HouseProblem {
  const named = seats.slice(0, 5).map(({ row, number }) => `${row}/${number}`);
  const places = `${named.join(', ')}${seats.length > 5 ? ` and ${seats.length - 5} more` : ''}`;
  const place = { sheet: line.sheet, line: line.index, key: 'seats' };
  if (decision === 'at_reseller') {
    const names = [...new Set(seats.map((seat) => resellerOf(holderOf(seat))))];
    return {
      ...place,
      code: 'house.at_reseller',
      message: `${places}: at ${names.join(', ')}.`,
      cure: 'Take them back first, and wait for the answer.',
    };
  }
  const others = new Set(seats.map(({ ownReference }) => ownReference ?? 'no reference'));
  return {
    ...place,
    code: 'house.other_reference',
    message: `${places}: taken by ${[...others].slice(0, 5).join(', ')}.`,
    cure: 'Free them with their own reference first.',
  };
}

async function applyCount(
  tx: Tx,
  ids: IdSource,
  request: OwnRequest & { type: 'count' },
  options: { idOf: IdOf; at: string },
  outcome: OwnOutcome,
): Promise<void> {
  const { line, state, reference, quantity } = request;
  const counterId = options.idOf(request.counterId);
  const counter = await lockOwnCounter(tx, counterId, [reference]);
  const { gauge } = await lockOwnPerformance(tx, counter.performanceId);
  const decided = decideOwnCount(
    counter,
    counter.claims,
    { state, quantity },
    await gaugeLeft(tx, counter.performanceId, gauge),
  );
  if ('over' in decided) {
    const { over, free } = decided;
    outcome.problems.push({
      sheet: line.sheet,
      line: line.index,
      key: 'quantity',
      code: 'house.over_capacity',
      message: `${over} places more are asked for, and ${free} are left.`,
      cure: 'Lower the quota of a contingent first, or raise the capacity or the gauge.',
    });
    return;
  }
  const { performanceId } = counter;
  for (const change of decided.changes) {
    const claim = { ...change, counterId, performanceId, reference, at: options.at };
    await writeOwnClaim(tx, ids, claim);
    outcome.own += Math.abs(change.after - change.before);
  }
}
