import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Vocabulary } from '../mapping/vocabulary.ts';

/**
 * The contingents that a sale of a season may come from, in the order in which they are taken: that
 * of the season's own mapping of contingents, else of the one for all seasons; then as they are.
 */
export function contingentsInOrder(
  catalogue: Catalogue,
  vocabulary: Vocabulary,
  contingentIds: readonly number[],
  seasonId: number,
): readonly number[] {
  const orderOf = (id: number): number => {
    const code = catalogue.contingentById.get(id)?.code ?? '';
    return vocabulary.orderOf('contingent', [code], seasonId);
  };
  return contingentIds
    .map((id) => ({ id, order: orderOf(id) }))
    .sort((a, b) => (a.order === b.order ? a.id - b.id : a.order < b.order ? -1 : 1))
    .map(({ id }) => id);
}
