/** What a reseller's answers mean for our books. */

export type ItemResult =
  | 'accepted'
  | 'already-there'
  | 'withdrawn'
  | 'sold'
  | 'not-there'
  | 'refused';

export interface Answer {
  key: number;
  result: ItemResult;
  /** For counts: how many were taken or given back. */
  quantity: number;
  reason: string | null;
}

/** Answers of one command, sorted by what they do here. */
export interface SortedAnswers<A extends Answer> {
  /** The reseller holds it now (add), or holds it no more (withdraw). */
  effective: A[];
  /** Sold at the reseller: its sale is missing here. */
  sold: A[];
  refused: A[];
  /** Answered otherwise than asked: what is written to the command's items. */
  exceptions: A[];
}

const EFFECTIVE: Readonly<Record<'add' | 'withdraw', ReadonlySet<ItemResult>>> = {
  // A place that the reseller sold is in its hands, whoever sold it first.
  add: new Set(['accepted', 'already-there', 'sold']),
  // What the reseller does not have it cannot sell: the seat is back.
  withdraw: new Set(['withdrawn', 'not-there']),
};
const AS_ASKED: Readonly<Record<'add' | 'withdraw', ItemResult>> = {
  add: 'accepted',
  withdraw: 'withdrawn',
};

/**
 * Sorts the answers of a command by the keys it asked. Null when they do not fit: an item without
 * an answer, one answered twice, or an answer nobody asked for. Then nobody knows what the
 * reseller did, and it must be asked again.
 *
 * @param asked the command's items by key: how many of a count, null for a seat.
 */
export function sortAnswers<A extends Answer>(
  action: 'add' | 'withdraw',
  asked: ReadonlyMap<number, number | null>,
  answers: readonly A[],
): SortedAnswers<A> | null {
  if (answers.length !== asked.size) return null;
  const seen = new Set<number>();
  const sorted: SortedAnswers<A> = { effective: [], sold: [], refused: [], exceptions: [] };
  for (const answer of answers) {
    const quantity = asked.get(answer.key);
    if (quantity === undefined || seen.has(answer.key)) return null;
    seen.add(answer.key);
    const isFewer = quantity !== null && answer.quantity < quantity;
    if (answer.result !== AS_ASKED[action] || isFewer) sorted.exceptions.push(answer);
    if (answer.result === 'sold') sorted.sold.push(answer);
    if (EFFECTIVE[action].has(answer.result)) sorted.effective.push(answer);
    else if (answer.result !== 'sold') sorted.refused.push(answer);
  }
  return sorted;
}
