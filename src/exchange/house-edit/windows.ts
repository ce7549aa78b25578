/** When a product, or one of its performances, is on sale on which channel. */
import type { HouseTables } from '../../domain/house/rows.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from './edit-house.ts';
import { editHouse, NotInHouse } from './edit-house.ts';
import { codeOf } from './partners.ts';
import { productKey } from './prices.ts';

export interface WindowTable {
  productId: number;
  windows: Omit<HouseTables['on_sale_window'], 'product_id'>[];
}

export function readWindows(
  { database }: Pick<EditServices, 'database'>,
  { organisationId, productId }: { organisationId: number; productId: number },
): Promise<WindowTable | null> {
  return database.transaction(organisationId, (tx) => windowTable(tx, productId), {
    readOnly: true,
  });
}

async function windowTable(tx: Tx, productId: number): Promise<WindowTable | null> {
  const [product] = await selectHouseRows(tx, 'product', { id: productId });
  if (product === undefined) return null;
  const rows = await selectHouseRows(tx, 'on_sale_window', { product_id: productId });
  return { productId, windows: rows.map(({ product_id: _product, ...row }) => row) };
}

export interface WindowLine {
  salesChannelId: number;
  performanceId: number | null;
  /** ISO instant: a window is found again by it, so another one is another window. */
  opensAt: string;
  /** Absent leaves what is stored; null: open for ever. */
  closesAt?: string | null | undefined;
  remove?: boolean | undefined;
}

export function saveWindows(
  services: EditServices,
  request: EditRequest,
  { productId, lines }: { productId: number; lines: readonly WindowLine[] },
): Promise<EditResult<WindowTable>> {
  const read = async (tx: Tx): Promise<WindowTable> => {
    const table = await windowTable(tx, productId);
    if (table === null) throw new NotInHouse('product');
    return table;
  };
  return editHouse(services, request, {
    action: 'windows.changed',
    subject: () => `product ${productId}`,
    before: read,
    document: async (tx) => {
      const of = await productKey(tx, productId);
      const performances = await selectHouseRows(tx, 'performance', { product_id: productId });
      const windows: object[] = [];
      for (const line of lines) {
        const performance = performances.find(({ id }) => id === line.performanceId);
        if (line.performanceId !== null && performance === undefined) {
          throw new NotInHouse('performance');
        }
        windows.push({
          sales_channel: await codeOf(tx, 'sales_channel', line.salesChannelId),
          ...of,
          ...(performance === undefined ? {} : { performance: performance.code }),
          opens: line.opensAt,
          ...(line.closesAt === undefined ? {} : { closes: line.closesAt }),
          ...(line.remove ? { remove: true } : {}),
        });
      }
      return { windows: windows as never };
    },
    after: read,
  });
}
