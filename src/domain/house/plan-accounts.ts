/** Interfaces that share an account at a reseller. */
import type { PlanContext } from './context.ts';
import { report } from './context.ts';
import type { InterfaceRow } from './rows.ts';

/**
 * A sale is taken once per account, by the interface whose product filter covers it: two visible
 * interfaces of one account need disjoint filters, and an interface without a filter covers all.
 */
export function checkAccounts(context: PlanContext): void {
  const { draft, house } = context;
  const visible = draft.interface.all().filter((row) => row.status === 'visible');
  const byAccount = Map.groupBy(visible, (row) => row.reseller_account_id);
  for (const rows of byAccount.values()) {
    if (rows.length < 2) continue;
    for (const line of house.lines.interfaces) {
      const own = rows.find((row) => row.code === line.value.code);
      if (own === undefined || line.value.remove) continue;
      // Each pair is told once: at the later of its two lines.
      const earlier = rows.filter(
        (row) => row !== own && !isLater(house.lines.interfaces, row.code, line.index),
      );
      for (const other of earlier) {
        const shared = sharedProducts(context, own, other);
        if (shared === null) continue;
        report(context, line, 'products', {
          code: 'house.account_shared',
          message: `${own.code} and ${other.code} are on one account, and both take ${shared}.`,
          cure: 'Give each its own products, or hide one of the two.',
        });
      }
    }
  }
}

function isLater(
  lines: PlanContext['house']['lines']['interfaces'],
  code: string,
  index: number,
): boolean {
  return lines.some((line) => line.value.code === code && line.index > index);
}

/** What both take, in words; null: nothing. */
function sharedProducts(context: PlanContext, a: InterfaceRow, b: InterfaceRow): string | null {
  const { draft } = context;
  const productsOf = (row: InterfaceRow) =>
    draft.interface_product.all().flatMap((one) => (one.interface_id === row.id ? [one] : []));
  const [first, second] = [productsOf(a), productsOf(b)];
  if (first.length === 0 && second.length === 0) return 'every product';
  const ids = new Set(second.map((one) => one.product_id));
  const shared =
    first.length === 0
      ? second
      : second.length === 0
        ? first
        : first.filter((one) => ids.has(one.product_id));
  if (shared.length === 0) return null;
  return shared.map((one) => draft.product.byId(one.product_id)?.code ?? '').join(', ');
}
