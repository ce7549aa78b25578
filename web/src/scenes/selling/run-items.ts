/** Ticked rows as what is asked of the workers: one item an interface. */
import type { PostSellingRunsBodyItemsItem, SellingRow } from '../../api/generated/client.ts';

/** Performances by themselves, passes by their product, which otherwise would mean all dates. */
export function itemsOf(
  rows: readonly Pick<SellingRow, 'interface' | 'product' | 'performance'>[],
  what: 'export' | 'integrate',
): PostSellingRunsBodyItemsItem[] {
  const groups = Map.groupBy(
    rows,
    ({ interface: of, performance }) => `${of.id} ${performance === null ? 'pass' : 'dated'}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return {
      interface: first.interface.id,
      function: what,
      performances: group.flatMap(({ performance }) => performance?.id ?? []),
      products: group.flatMap(({ performance, product }) =>
        performance === null ? product.id : [],
      ),
    };
  });
}
