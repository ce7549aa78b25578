/** Cases over a real reseller: opened by what it reports, and gone through by their ways out. */
import { expect } from 'vitest';
import type { Way } from '../../src/domain/cases/ways-out.ts';
import type { RefusedCases, SettledCases } from '../../src/exchange/cases/answers.ts';
import type { CaseAnswer, CaseChoice, WaySaid } from '../../src/exchange/cases/case-request.ts';
import { foretell } from '../../src/exchange/cases/foretell.ts';
import { settleCases } from '../../src/exchange/cases/settle-cases.ts';
import { dumpBooks } from './books-dump.ts';
import { readCases } from './books-view.ts';
import type { BooksWorld } from './books-world.ts';

export const REASON = 'Seen with Camille on the phone';

export interface Settling {
  way: Way;
  said?: WaySaid;
  reason?: string;
  author?: string;
  manager?: boolean;
}

function requestOf(world: BooksWorld, choice: CaseChoice, settling: Settling) {
  const { way, said, reason = REASON, author = 'anna', manager = true } = settling;
  const { organisationId } = world;
  return { organisationId, choice, way, reason, author, manager, ...(said && { said }) };
}

export const settle = (world: BooksWorld, choice: CaseChoice, settling: Settling) =>
  settleCases(world.services, requestOf(world, choice, settling));

export const foresee = (world: BooksWorld, choice: CaseChoice, settling: Settling) =>
  foretell(world.services, requestOf(world, choice, settling));

function done(result: SettledCases | RefusedCases): SettledCases {
  if (result.outcome === 'refused') throw new Error(JSON.stringify(result));
  return result;
}

/** The id of the only open case about a ticket. */
export async function caseOf(world: BooksWorld, ticket: string): Promise<number> {
  const found = (await readCases(world)).filter((one) => one.ticket === ticket);
  const [one, ...others] = found;
  if (one === undefined || others.length > 0) throw new Error(JSON.stringify(found));
  return one.messageId;
}

/** What a way out left of itself: on the case, and in the journal. */
export function traceOf(world: BooksWorld, id: number) {
  return world.query<{ way: string; by: string; reason: string; journal: string | null }>(
    `select q.way_out as way, q.settled_by as by, q.reason,
       (select string_agg(j.action || ' by ' || j.author || ': ' || j.reason, ', ' order by j.id)
        from journal j where j.subject = 'case ' || q.message_id) as journal
     from quarantine q where q.message_id = $1 and q.settled_at is not null`,
    [id],
  );
}

/**
 * Walks a way out of cases: foretold first, which must leave no trace at all; then done, which
 * must be what was foretold; then once more, which must change nothing.
 */
export async function walk(
  world: BooksWorld,
  ids: readonly number[],
  settling: Settling,
): Promise<SettledCases> {
  const dump = () => dumpBooks(world.database, world.organisationId);
  const choice = { ids };
  const before = await dump();
  const told = done(await foresee(world, choice, settling));
  expect(await dump(), 'foretelling leaves no trace').toEqual(before);
  const result = done(await settle(world, choice, settling));
  expect(comparable(result), 'what was foretold is done').toEqual(comparable(told));
  const after = await dump();
  expect(after).not.toEqual(before);
  const again = done(await settle(world, choice, settling));
  expect(again.effect.operations, 'a repeat books nothing').toEqual({});
  if (result.answers.every(({ outcome }) => outcome === 'settled')) {
    expect(outcomes(again)).toEqual(result.answers.map(() => 'settled_before'));
    expect(await dump(), 'a repeat changes nothing').toEqual(after);
  }
  return result;
}

/** Walks a way that settles one case for good, and holds its trace. */
export async function walkOut(
  world: BooksWorld,
  id: number,
  settling: Settling,
): Promise<SettledCases> {
  const result = await walk(world, [id], settling);
  expect(outcomes(result)).toEqual(['settled']);
  const [trace] = await traceOf(world, id);
  expect(trace).toMatchObject({ way: settling.way, by: 'anna', reason: REASON });
  expect(trace?.journal).toContain(`by anna: ${REASON}`);
  return result;
}

export function outcomes({ answers }: Pick<SettledCases, 'answers'>): CaseAnswer['outcome'][] {
  return answers.map(({ outcome }) => outcome);
}

/** Without what only a run has. */
function comparable({ answers, effect }: SettledCases) {
  return { answers, effect };
}

/** Refusals of the answers, by name. */
export function refusals(result: SettledCases | RefusedCases): (string | null)[] {
  if (result.outcome === 'refused') return [result.refusal.code];
  return result.answers.map(({ refusal }) => refusal?.code ?? null);
}
