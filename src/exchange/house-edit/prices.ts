/**
 * Prices of a product as a table: category × tariff × from when. What was valid is history and
 * stays; the loader of house files says so of every line.
 */
import { SINCE_EVER } from '../../domain/house/plan-money.ts';
import type { HouseTables } from '../../domain/house/rows.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { selectHouseRows } from '../../store/house-store.ts';
import type { EditRequest, EditResult, EditServices } from './edit-house.ts';
import { editHouse, NotInHouse } from './edit-house.ts';
import { amountOf, currencyOfHouse } from './partners.ts';

type PriceRow = HouseTables['price'];

export interface PriceTable {
  productId: number;
  currency: string;
  /** By tariff, category, performance, instant. */
  prices: (Omit<PriceRow, 'product_id' | 'valid_from'> & { validFrom: string | null })[];
  /** What a price may be of: the columns and rows of the table. */
  tariffs: HouseTables['tariff'][];
  categories: (HouseTables['seat_category'] & { configuration: string })[];
  performances: HouseTables['performance'][];
}

/** Null where there is no such product. */
export function readPrices(
  { database }: Pick<EditServices, 'database'>,
  { organisationId, productId }: { organisationId: number; productId: number },
): Promise<PriceTable | null> {
  return database.transaction(organisationId, (tx) => priceTable(tx, productId), {
    readOnly: true,
  });
}

async function priceTable(tx: Tx, productId: number): Promise<PriceTable | null> {
  const [product] = await selectHouseRows(tx, 'product', { id: productId });
  if (product === undefined) return null;
  const rows = await selectHouseRows(tx, 'price', { product_id: productId });
  const performances = await selectHouseRows(tx, 'performance', { product_id: productId });
  const configurations = await selectHouseRows(tx, 'logical_configuration');
  const used = new Set(performances.map((one) => one.logical_configuration_id));
  const priced = new Set(rows.map((row) => row.seat_category_id));
  const nameOf = new Map(configurations.map(({ id, code }) => [id, code]));
  const categories = (await selectHouseRows(tx, 'seat_category'))
    .filter((one) => used.has(one.logical_configuration_id) || priced.has(one.id))
    .map((one) => ({ ...one, configuration: nameOf.get(one.logical_configuration_id) ?? '' }));
  const prices = rows.map(({ product_id: _product, valid_from, ...row }) => {
    return { ...row, validFrom: valid_from === SINCE_EVER ? null : valid_from };
  });
  const order = (row: (typeof prices)[number]) =>
    [
      row.tariff_id,
      row.seat_category_id ?? 0,
      row.performance_id ?? 0,
      row.validFrom ?? '',
    ] as const;
  prices.sort((a, b) => compareKeys(order(a), order(b)));
  const tariffs = await selectHouseRows(tx, 'tariff', { season_id: product.season_id });
  const currency = await currencyOfHouse(tx);
  return { productId, currency, prices, tariffs, categories, performances };
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

export interface PriceLine {
  performanceId: number | null;
  categoryId: number | null;
  tariffId: number;
  /** Minor units of the currency of the house. */
  amountMinor: number;
  /** Absent: from now on, or the first one; null: the first one. */
  validFrom?: string | null | undefined;
  remove?: boolean | undefined;
}

export function savePrices(
  services: EditServices,
  request: EditRequest,
  { productId, lines }: { productId: number; lines: readonly PriceLine[] },
): Promise<EditResult<PriceTable>> {
  const read = async (tx: Tx): Promise<PriceTable> => {
    const table = await priceTable(tx, productId);
    if (table === null) throw new NotInHouse('product');
    return table;
  };
  return editHouse(services, request, {
    action: 'prices.changed',
    subject: () => `product ${productId}`,
    before: read,
    document: async (tx, table) => {
      const of = await productKey(tx, productId);
      const list = lines.map((line) => priceLine(tx, of, table ?? missing(), line));
      return { prices: (await Promise.all(list)) as never };
    },
    after: read,
  });
}

function missing(): never {
  throw new Error('A table of prices was read.');
}

async function priceLine(
  tx: Tx,
  of: ProductKey,
  table: PriceTable,
  line: PriceLine,
): Promise<object> {
  const tariff = table.tariffs.find(({ id }) => id === line.tariffId);
  const category = table.categories.find(({ id }) => id === line.categoryId);
  const performance = table.performances.find(({ id }) => id === line.performanceId);
  if (tariff === undefined) throw new NotInHouse('tariff');
  if (line.categoryId !== null && category === undefined) throw new NotInHouse('category');
  if (line.performanceId !== null && performance === undefined) throw new NotInHouse('performance');
  const from = line.validFrom === null ? SINCE_EVER : line.validFrom;
  return {
    ...of,
    ...(performance === undefined ? {} : { performance: performance.code }),
    ...(category === undefined
      ? {}
      : { configuration: category.configuration, category: category.code }),
    tariff: `${tariff.audience}/${tariff.code}`,
    amount: await amountOf(tx, line.amountMinor, table.currency),
    ...(from === undefined ? {} : { valid_from: from }),
    ...(line.remove ? { remove: true } : {}),
  };
}

export interface ProductKey {
  season: string;
  product: string;
}

/** How lines of a house file name a product. Throws NotInHouse. */
export async function productKey(tx: Tx, productId: number): Promise<ProductKey> {
  const [product] = await selectHouseRows(tx, 'product', { id: productId });
  if (product === undefined) throw new NotInHouse('product');
  const [season] = await selectHouseRows(tx, 'season', { id: product.season_id });
  return { season: season?.code ?? '', product: product.code };
}
