/** Which cases a choice means. */
import { likenessOf } from '../../domain/cases/likeness.ts';
import { findCases, readCases, readProblems } from '../../store/case-list-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { CaseChoice } from './case-request.ts';

/** More than this at once is refused: choose more narrowly. */
export const MOST_CASES = 5_000;

/** Ids of the chosen cases, rising; at most one more than MOST_CASES, so that too many show. */
export async function chosenIds(tx: Tx, choice: CaseChoice): Promise<number[]> {
  if ('ids' in choice) return [...new Set(choice.ids)].sort((a, b) => a - b);
  if ('filter' in choice) return await findCases(tx, choice.filter, MOST_CASES + 1);
  const [like] = await readCases(tx, [choice.like]);
  if (like === undefined) return [choice.like];
  const likeness = likenessOf(like.problems);
  const all = await readProblems(tx, like.interfaceId);
  const alike = all.filter(({ problems }) => likenessOf(problems) === likeness);
  const ids = new Set([like.id, ...alike.map(({ id }) => id)]);
  return [...ids].sort((a, b) => a - b).slice(0, MOST_CASES + 1);
}
