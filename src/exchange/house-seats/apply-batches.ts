/** One batch of the venue's own lines, decided under locks and written in its transaction. */
import type { SeatDecision } from '../../domain/contingent/wish.ts';
import type { CountTarget, OwnFault, OwnTarget, SeatTarget } from '../../domain/house/own-lines.ts';
import { CLOSED } from '../../domain/house/own-lines.ts';
import type { OwnSeatDecision, OwnState } from '../../domain/house/own-places.ts';
import { decideOwnCount, decideOwnSeat } from '../../domain/house/own-places.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/house-writer.ts';
import type { LockedOwnSeat, OwnSeatChange } from '../../store/own-place-store.ts';
import {
  companionsOf,
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
import { writeDecisions } from '../../store/stock-store.ts';

export interface OwnWork {
  ids: IdSource;
  /** ISO instant. */
  at: string;
  author: string;
  source: string | null;
  simulate: boolean;
  askBack: boolean;
  resellerOf(interfaceId: number | null): string;
}

export interface BatchAnswer {
  applied: number;
  unchanged: number;
  asked: number;
  waiting: number;
  dropped: number;
  faults: OwnFault[];
}

const nothing = (): BatchAnswer => {
  return { applied: 0, unchanged: 0, asked: 0, waiting: 0, dropped: 0, faults: [] };
};

/** Lines of one performance. */
export async function applySeats(
  tx: Tx,
  work: OwnWork,
  batch: readonly SeatTarget[],
): Promise<BatchAnswer> {
  const performanceId = batch[0]?.what.performanceId ?? 0;
  const { isClosed, gauge } = await lockOwnPerformance(tx, performanceId, !work.simulate);
  if (isClosed) return allClosed(batch);
  const named = batch.flatMap(({ what }) => what.seatIds);
  const beside = work.askBack ? await companionsOf(tx, named) : [];
  const all = [...new Set([...named, ...beside])];
  const locked = await lockOwnSeats(tx, performanceId, all, !work.simulate);
  const seats = new Map(locked.map((seat) => [seat.seatId, seat]));
  const answer = nothing();
  const writes: Record<'applied' | 'wished', OwnSeatChange[]> = { applied: [], wished: [] };
  const companions: LockedOwnSeat[] = [];
  let left = await gaugeLeft(tx, performanceId, gauge);
  for (const target of batch) {
    const decided = withinGauge(decideLine(target, seats, work), target, left);
    if ('fault' in decided) {
      answer.faults.push({ line: target.line, ...decided.fault });
      continue;
    }
    for (const { seat, decision } of decided.seats) {
      answer[decision] += 1;
      const change = { seat, state: target.state, reference: target.reference };
      if (decision === 'applied') writes.applied.push(change);
      if (decision === 'asked' || decision === 'dropped') writes.wished.push(change);
    }
    if (left !== null) left -= peopleMore(decided.seats, target.state);
    companions.push(...companionsToAsk(decided.seats, locked));
  }
  if (work.simulate || writes.applied.length + writes.wished.length === 0) return answer;
  const change = { performanceId, at: work.at };
  await writeOwnSeats(tx, work.ids, change, inKeyOrder(writes.applied));
  await writeOwnWishes(tx, { ...change, by: work.author }, inKeyOrder(writes.wished));
  await askCompanions(tx, work, performanceId, companions);
  await note(tx, work, batch, answer);
  return answer;
}

/** Closed since the lines were read. */
function allClosed(batch: readonly OwnTarget[]): BatchAnswer {
  return { ...nothing(), faults: batch.map(({ line }) => ({ line, ...CLOSED })) };
}

function inKeyOrder(changes: readonly OwnSeatChange[]): OwnSeatChange[] {
  return changes.toSorted((a, b) => a.seat.seatId - b.seat.seatId);
}

interface DecidedSeat {
  seat: LockedOwnSeat;
  decision: Exclude<OwnSeatDecision, 'at_reseller' | 'other_reference'>;
}

type LineAnswer = { seats: DecidedSeat[] } | { fault: Omit<OwnFault, 'line'> };

/** Whole or not at all: half a group's seats are of no use to anyone. */
function decideLine(
  { state, reference, what }: SeatTarget,
  seats: ReadonlyMap<number, LockedOwnSeat>,
  work: OwnWork,
): LineAnswer {
  const found = what.seatIds.flatMap((id) => seats.get(id) ?? []);
  if (found.length === 0) {
    const message = 'The performance does not sell these seats.';
    return { fault: { code: 'seats.unknown', message, cure: 'Correct the seat.' } };
  }
  const decided = found.map((seat) => ({
    seat,
    decision: decideOwnSeat(seat, state, reference, work.askBack),
  }));
  const held = decided.filter(({ decision }) => decision === 'at_reseller').map(({ seat }) => seat);
  if (held.length > 0) return { fault: atReseller(held, work) };
  const other = decided.filter(({ decision }) => decision === 'other_reference');
  if (other.length > 0) return { fault: otherReference(other.map(({ seat }) => seat)) };
  const done = decided as DecidedSeat[];
  const alone = done.find(({ seat, decision }) => {
    const place = seats.get(seat.companionOf ?? 0);
    if (decision !== 'asked' || place === undefined || place.interfaceId === null) return false;
    return !done.some((one) => one.seat.seatId === place.seatId) && place.wish === null;
  });
  if (alone === undefined) return { seats: done };
  const message = `${nameOf(alone.seat)} accompanies a wheelchair place that the reseller keeps.`;
  const cure = 'Ask for the wheelchair place in the same line.';
  return { fault: { code: 'seats.companion', message, cure } };
}

/** People more in the house: seats in a contingent are counted with it. */
function peopleMore(seats: readonly DecidedSeat[], state: OwnState): number {
  const comes = state === 'sold' || state === 'held' ? 1 : 0;
  const isThere = ({ state: before }: LockedOwnSeat) => before === 'sold' || before === 'held';
  return seats
    .filter(({ seat, decision }) => decision === 'applied' && seat.contingentId === null)
    .reduce((sum, { seat }) => sum + comes - (isThere(seat) ? 1 : 0), 0);
}

function withinGauge(decided: LineAnswer, { state }: SeatTarget, left: number | null): LineAnswer {
  if ('fault' in decided || left === null) return decided;
  const more = peopleMore(decided.seats, state);
  if (more <= 0 || more <= left) return decided;
  return { fault: overCapacity({ over: more, free: Math.max(0, left) }) };
}

const nameOf = ({ row, number }: LockedOwnSeat): string => `${row}/${number}`;

function listOf(seats: readonly LockedOwnSeat[]): string {
  const more = seats.length > 5 ? ` and ${seats.length - 5} more` : '';
  return `${seats.slice(0, 5).map(nameOf).join(', ')}${more}`;
}

function atReseller(seats: readonly LockedOwnSeat[], work: OwnWork): Omit<OwnFault, 'line'> {
  const names = new Set(seats.map((seat) => work.resellerOf(holderOf(seat))));
  const isSold = seats.some(({ ticketId }) => ticketId !== null);
  const travels = seats.some(({ inFlightTo }) => inFlightTo !== null);
  const cure = isSold
    ? 'It is sold there: choose another seat.'
    : travels
      ? 'It is on its way there: try again after the next export.'
      : 'Ask it back (--ask-back), or take it back and wait for the answer.';
  const where = isSold ? 'sold by' : 'at';
  const message = `${listOf(seats)}: ${where} ${[...names].join(', ')}.`;
  return { code: 'seats.at_reseller', message, cure };
}

function otherReference(seats: readonly LockedOwnSeat[]): Omit<OwnFault, 'line'> {
  const others = new Set(
    seats.map((seat) => seat.ownReference ?? seat.wishReference ?? 'a block without reference'),
  );
  const message = `${listOf(seats)}: taken by ${[...others].slice(0, 5).join(', ')}.`;
  const cure = 'Free it with its own reference first.';
  return { code: 'seats.other_reference', message, cure };
}

/** A companion comes back with its wheelchair place, even where nobody asked for it. */
function companionsToAsk(
  decided: readonly DecidedSeat[],
  locked: readonly LockedOwnSeat[],
): LockedOwnSeat[] {
  const asked = new Set(
    decided.flatMap(({ seat, decision }) => (decision === 'asked' ? seat.seatId : [])),
  );
  return locked.filter((seat) => {
    const isBeside = seat.companionOf !== null && asked.has(seat.companionOf);
    const isThere = seat.interfaceId !== null && seat.state === 'free' && seat.wish === null;
    return isBeside && isThere && !asked.has(seat.seatId);
  });
}

async function askCompanions(
  tx: Tx,
  work: OwnWork,
  performanceId: number,
  seats: readonly LockedOwnSeat[],
): Promise<void> {
  if (seats.length === 0) return;
  const decisions = seats.map(({ seatId }): SeatDecision => ({ seatId, outcome: 'wish' }));
  const rows = seats.map((seat) => {
    const { seatId, state, contingentId, interfaceId, companionOf } = seat;
    const none = { wish: null, wishContingentId: null, inFlight: false };
    return [seatId, { seatId, state, contingentId, interfaceId, companionOf, ...none }] as const;
  });
  const request = { to: 'take_back' } as const;
  const change = { performanceId, request, by: work.author, at: new Date(work.at), runId: null };
  await writeDecisions(tx, work.ids, change, decisions, new Map(rows));
}

/** Lines of counters, in the order of their keys. */
export async function applyCounts(
  tx: Tx,
  work: OwnWork,
  batch: readonly CountTarget[],
): Promise<BatchAnswer> {
  const answer = nothing();
  for (const [counterId, lines] of Map.groupBy(batch, ({ what }) => what.counterId)) {
    await applyToCounter(tx, work, counterId, lines, answer);
  }
  if (!work.simulate && answer.applied > 0) await note(tx, work, batch, answer);
  return answer;
}

function overCapacity({ over, free }: { over: number; free: number }): Omit<OwnFault, 'line'> {
  const message = `${over} places more are asked for, and ${free} are left.`;
  const cure = 'Lower the quota of a contingent first, or raise the capacity or the gauge.';
  return { code: 'seats.over_capacity', message, cure };
}

/** The counter is read once; what each line takes counts for the next. */
async function applyToCounter(
  tx: Tx,
  work: OwnWork,
  counterId: number,
  lines: readonly CountTarget[],
  answer: BatchAnswer,
): Promise<void> {
  const performanceId = await performanceOfCounter(tx, counterId);
  const { isClosed, gauge } = await lockOwnPerformance(tx, performanceId, !work.simulate);
  if (isClosed) {
    answer.faults.push(...allClosed(lines).faults);
    return;
  }
  const references = lines.map(({ reference }) => reference);
  const counter = await lockOwnCounter(tx, counterId, references, !work.simulate);
  let left = await gaugeLeft(tx, performanceId, gauge);
  const claims = Map.groupBy(counter.claims, (claim) => claim.reference);
  for (const { line, state, reference, what } of lines) {
    const own = claims.get(reference) ?? [];
    const asked = { state, quantity: what.quantity };
    const decided = decideOwnCount(counter, own, asked, left);
    if ('over' in decided) {
      answer.faults.push({ line, ...overCapacity(decided) });
      continue;
    }
    if (left !== null) left -= decided.more;
    if (decided.changes.length === 0) answer.unchanged += what.quantity;
    for (const change of decided.changes) {
      const claim = { ...change, counterId, performanceId, reference, at: work.at };
      if (!work.simulate) await writeOwnClaim(tx, work.ids, claim);
      counter[change.kind] += change.after - change.before;
      answer.applied += Math.abs(change.after - change.before);
    }
  }
}

/** Movements say what changed; the journal says who did it, in the same transaction. */
async function note(
  tx: Tx,
  work: OwnWork,
  batch: readonly OwnTarget[],
  { applied, asked, dropped }: BatchAnswer,
): Promise<void> {
  const references = [...new Set(batch.map(({ reference }) => reference))];
  await writeJournal(tx, work.ids, {
    at: work.at,
    author: work.author,
    action: 'house.seats',
    subject: 'own_places',
    after: { source: work.source, applied, asked, dropped, references },
  });
}
