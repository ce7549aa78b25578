/** Corrections of what is sold, when and for how much: who writes raises the catalogue version. */
import type { IdSource } from './database/id-source.ts';
import type { Tx } from './database/transaction.ts';

export interface PriceLineKey {
  productId: number;
  performanceId: number | null;
  seatCategoryId: number | null;
  tariffId: number;
  currency: string;
  /** ISO instant. */
  validFrom: string;
}

/** Adds a price from an instant on, or changes the one of that instant; answers what it was. */
export async function writePrice(
  tx: Tx,
  ids: IdSource,
  key: PriceLineKey,
  amountMinor: number,
): Promise<number | null> {
  const params = [
    tx.organisationId,
    key.productId,
    key.performanceId,
    key.seatCategoryId,
    key.tariffId,
    key.validFrom,
  ];
  const [known] = await tx.query<{ id: number; amountMinor: number }>(
    `select id, amount_minor as "amountMinor" from price
     where organisation_id = $1 and product_id = $2 and performance_id is not distinct from $3
       and seat_category_id is not distinct from $4 and tariff_id = $5 and valid_from = $6
     for update`,
    params,
  );
  if (known !== undefined) {
    await tx.execute(
      // Changed after it was told: it is to be announced again.
      `update price set amount_minor = $3, announced_at = null
       where organisation_id = $1 and id = $2`,
      [tx.organisationId, known.id, amountMinor],
    );
    return known.amountMinor;
  }
  const [id] = await ids.take(1, tx);
  await tx.execute(
    `insert into price (organisation_id, product_id, performance_id, seat_category_id, tariff_id,
       valid_from, id, amount_minor, currency)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [...params, id, amountMinor, key.currency],
  );
  return null;
}

export interface WindowRow {
  id: number;
  performanceId: number | null;
  opensAt: string;
  closesAt: string | null;
}

/** Windows of a product on a sales channel, held until the end of the transaction. */
export function lockWindows(
  tx: Tx,
  of: { productId: number; salesChannelId: number },
): Promise<WindowRow[]> {
  return tx.query<WindowRow>(
    `select id, performance_id as "performanceId", opens_at as "opensAt",
       closes_at as "closesAt"
     from on_sale_window
     where organisation_id = $1 and product_id = $2 and sales_channel_id = $3
     order by opens_at, id for update`,
    [tx.organisationId, of.productId, of.salesChannelId],
  );
}

/** Opens a window, or (with an id) moves the bounds of one. */
export async function writeWindow(
  tx: Tx,
  ids: IdSource,
  of: { productId: number; salesChannelId: number },
  window: Omit<WindowRow, 'id'> & { id: number | null },
): Promise<void> {
  const { performanceId, opensAt, closesAt } = window;
  if (window.id !== null) {
    await tx.execute(
      `update on_sale_window set opens_at = $3, closes_at = $4
       where organisation_id = $1 and id = $2`,
      [tx.organisationId, window.id, opensAt, closesAt],
    );
    return;
  }
  const [id] = await ids.take(1, tx);
  await tx.execute(
    `insert into on_sale_window (organisation_id, id, sales_channel_id, product_id,
       performance_id, opens_at, closes_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.organisationId, id, of.salesChannelId, of.productId, performanceId, opensAt, closesAt],
  );
}
