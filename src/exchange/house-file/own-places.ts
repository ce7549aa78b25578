/** Applies the venue's own places under locks; what cannot be is told and undoes the load. */
import type { OwnRequest } from '../../domain/house/context.ts';
import type { OwnSeatDecision } from '../../domain/house/own-places.ts';
import { decideOwnSeat, freeOfQuotas } from '../../domain/house/own-places.ts';
import type { HouseProblem } from '../../domain/house/problem.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { IdOf } from '../../store/house-writer.ts';
import type { LockedOwnSeat } from '../../store/own-place-store.ts';
import {
  lockOwnCounter,
  lockOwnSeats,
  writeOwnClaim,
  writeOwnSeats,
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
  const applied = decided.get('applied') ?? [];
  await writeOwnSeats(tx, ids, { performanceId, state, reference, at: options.at }, applied);
  outcome.own += applied.length;
  for (const decision of ['at_reseller', 'other_reference'] as const) {
    const refused = decided.get(decision);
    if (refused !== undefined) {
      outcome.problems.push(refusal(request, decision, refused, options.resellerOf));
    }
  }
}

function refusal(
  { line }: OwnRequest,
  decision: Exclude<OwnSeatDecision, 'applied' | 'unchanged'>,
  seats: readonly LockedOwnSeat[],
  resellerOf: (interfaceId: number | null) => string,
): HouseProblem {
  const named = seats.slice(0, 5).map(({ row, number }) => `${row}/${number}`);
  const places = `${named.join(', ')}${seats.length > 5 ? ` and ${seats.length - 5} more` : ''}`;
  const place = { sheet: line.sheet, line: line.index, key: 'seats' };
  if (decision === 'at_reseller') {
    const names = [...new Set(seats.map((seat) => resellerOf(seat.interfaceId)))];
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

const KINDS = ['sold', 'held', 'blocked'] as const;

/** A reference has `quantity` places in one state, and then none in another. */
async function applyCount(
  tx: Tx,
  ids: IdSource,
  request: OwnRequest & { type: 'count' },
  options: { idOf: IdOf; at: string },
  outcome: OwnOutcome,
): Promise<void> {
  const { line, state, reference, quantity } = request;
  const counterId = options.idOf(request.counterId);
  const counter = await lockOwnCounter(tx, counterId, reference);
  const changes = KINDS.map((kind) => ({
    kind,
    before: counter.claims.find((claim) => claim.kind === kind)?.quantity ?? 0,
    after: kind === state ? quantity : 0,
  })).filter(({ before, after }) => before !== after);
  const more = changes.reduce((total, { before, after }) => total + after - before, 0);
  const free = freeOfQuotas(counter);
  if (free !== null && more > 0 && more > free) {
    outcome.problems.push({
      sheet: line.sheet,
      line: line.index,
      key: 'quantity',
      code: 'house.over_capacity',
      message: `${more} places more are asked for, and ${Math.max(0, free)} are in no contingent.`,
      cure: 'Lower the quota of a contingent first, or raise the capacity.',
    });
    return;
  }
  const { performanceId } = counter;
  for (const change of changes) {
    const claim = { ...change, counterId, performanceId, reference, at: options.at };
    await writeOwnClaim(tx, ids, claim);
    outcome.own += Math.abs(change.after - change.before);
  }
}
