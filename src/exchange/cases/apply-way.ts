/** The first half of a way out: checks each case, and changes the house or decides for it. */

import { likenessOf } from '../../domain/cases/likeness.ts';
import type { Way } from '../../domain/cases/ways-out.ts';
import { decide, waysOut } from '../../domain/cases/ways-out.ts';
import {
  findFollowers,
  findNeighbours,
  setAside,
  writeDecisions,
} from '../../store/case-decision-store.ts';
import type { CaseDetail } from '../../store/case-list-store.ts';
import type { CaseRefusal, SettleRequest } from './case-request.ts';
import { WayRefused } from './case-request.ts';
import { correctPrice, putOnSale, raiseCeiling, recordPayment, reopen } from './house-ways.ts';
import { correctMapping, markAsNotOurs } from './mapping-ways.ts';
import { choosePlaces, drawFromHouse, mapSeat } from './place-ways.ts';
import type { FittingCase, WayWork } from './way-context.ts';

/** Whether the way fits a case; a settled case is no refusal, it is told apart. */
export function examine(
  row: CaseDetail,
  request: Pick<SettleRequest, 'way' | 'manager'>,
): FittingCase | CaseRefusal {
  if (row.settledAt !== null) {
    const params = { way: row.wayOut, by: row.settledBy };
    return { code: 'cases.refused.settled', params };
  }
  const ways = waysOut(
    row.problems.map(({ code }) => code),
    row.kind,
  );
  const way = ways.find((one) => one.way === request.way);
  if (way === undefined) {
    const names = ways.map((one) => one.way).join(', ');
    return { code: 'cases.refused.way_not_of_case', params: { way: request.way, ways: names } };
  }
  if (way.manager && !request.manager) {
    return { code: 'cases.refused.manager', params: { way: request.way } };
  }
  return { row, way };
}

/** Sorts the cases; those that do not fit are refused in `work.applied`. */
function fittingOf(work: WayWork, rows: readonly CaseDetail[]): FittingCase[] {
  return rows.flatMap((row) => {
    const answer = examine(row, work.request);
    if ('row' in answer) return [answer];
    work.applied.refused.set(row.id, answer);
    return [];
  });
}

/**
 * Applies the way to locked cases of one interface. What cannot be done at all refuses every case
 * with the same reason; nothing is written then.
 */
export async function applyWay(work: WayWork, rows: readonly CaseDetail[]): Promise<void> {
  const cases = fittingOf(work, rows);
  if (cases.length === 0) return;
  await runWay(work, cases);
  const left = work.left(cases).map(({ row }) => row);
  for (const { id, interfaceId } of left) work.applied.replay.push({ interfaceId, id });
  // Settling a root reads again what waits behind it.
  const ids = left.filter(({ followers }) => followers > 0).map(({ id }) => id);
  work.applied.replay.push(...(await findFollowers(work.tx, ids)));
}

async function runWay(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { way } = work.request;
  switch (way) {
    case 'correct_mapping':
      return await ofTheHouse(work, cases, () => correctMapping(work, oneOf(way, cases)));
    case 'not_ours':
      await markAsNotOurs(work, oneOf(way, cases));
      return await traceAll(work, cases);
    case 'map_seat':
      return await ofTheHouse(work, cases, () => mapSeat(work, oneOf(way, cases)));
    case 'correct_price':
      return await ofTheHouse(work, cases, () => correctPrice(work, cases));
    case 'put_on_sale':
      return await ofTheHouse(work, cases, () => putOnSale(work, cases));
    case 'record_payment':
      return await ofTheHouse(work, cases, () => recordPayment(work));
    case 'raise_ceiling':
      return await ofTheHouse(work, cases, () => raiseCeiling(work));
    case 'reopen':
      return await ofTheHouse(work, cases, () => reopen(work, cases));
    case 'keep_ours':
      return await keepOurs(work, cases);
    case 'another_seat':
      return await write(work, cases, await choosePlaces(work, cases));
    case 'house_stock':
      return await write(work, cases, await drawFromHouse(work, cases));
    default: {
      const decided = cases.map((one) => ({
        id: one.row.id,
        decision: decide(one.way, one.row.decision),
      }));
      return await write(work, cases, decided);
    }
  }
}

/** Ways that need a word for each case serve one, or several that wait for the very same. */
function oneOf(way: Way, cases: readonly FittingCase[]): FittingCase {
  const [first, ...others] = cases;
  if (first === undefined) throw new Error('A way out needs a case.');
  const likeness = likenessOf(first.row.problems);
  const alike = others.every(({ row }) => likenessOf(row.problems) === likeness);
  if (!alike || (way === 'map_seat' && others.length > 0)) {
    throw new WayRefused('cases.refused.one_at_a_time', { way });
  }
  return first;
}

/** The house is changed; the cases remember by what they are settled. */
async function ofTheHouse(
  work: WayWork,
  cases: readonly FittingCase[],
  change: () => Promise<void>,
): Promise<void> {
  await change();
  const decided = cases.map(({ row }) => ({ id: row.id, decision: row.decision }));
  await write(work, cases, decided);
}

async function write(
  work: WayWork,
  cases: readonly FittingCase[],
  decided: Parameters<typeof writeDecisions>[1],
): Promise<void> {
  const { way, author, reason } = work.request;
  await writeDecisions(work.tx, decided, { way, author, at: work.at, reason });
  await traceAll(work, cases);
}

async function traceAll(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { way } = work.request;
  const left = work.left(cases).map(({ row }) => row);
  await work.traceCases(left, 'case.decided', { way });
}

/** Our books stay; who waited behind is read again, and so are the other cases of the ticket. */
async function keepOurs(work: WayWork, cases: readonly FittingCase[]): Promise<void> {
  const { tx, request, applied } = work;
  const ids = cases.map(({ row }) => row.id);
  const neighbours = await findNeighbours(tx, ids);
  const { way, author, reason } = request;
  await setAside(tx, ids, { way, author, at: work.at, reason });
  await traceAll(work, cases);
  const kept = new Set(ids);
  applied.replay.push(...neighbours.filter(({ id }) => !kept.has(id)));
}
