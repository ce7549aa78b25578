/**
 * What an interface offers of a performance: one row with the version of its stock and the version
 * that the last export reached. Whoever changes what an interface offers raises the version in the
 * transaction of the change, so that an export sees either both or neither.
 *
 * Locks: offers are taken after seats and counters, in the order of interface and performance.
 */
import type { Tx } from './database/transaction.ts';

export interface OfferChange {
  performanceId: number;
  /** Contingents whose stock changed: every interface of their sales channels offers another. */
  contingentIds: readonly (number | null)[];
  /** Interfaces whose reseller holds what changed, whatever its contingent is now. */
  interfaceIds?: readonly (number | null)[];
}

/**
 * Raises the stock version of every interface that a change touches; rows are made where missing.
 * Interfaces with a product filter take only their products; archived ones take nothing.
 *
 * @param except the interface of an export that looks again by itself in the same run.
 */
export async function bumpOffers(
  tx: Tx,
  changes: readonly OfferChange[],
  except: number | null = null,
): Promise<void> {
  const byContingent = changes.flatMap(({ performanceId, contingentIds }) =>
    distinct(contingentIds).map((id) => [performanceId, id] as const),
  );
  const byInterface = changes.flatMap(({ performanceId, interfaceIds = [] }) =>
    distinct(interfaceIds).map((id) => [performanceId, id] as const),
  );
  if (byContingent.length + byInterface.length === 0) return;
  await tx.execute(
    `insert into offer (organisation_id, interface_id, performance_id)
     select $1, touched.interface_id, touched.performance_id
     from (
       select i.id as interface_id, t.performance_id
       from unnest($2::bigint[], $3::bigint[]) as t (performance_id, contingent_id)
       join contingent_channel c
         on c.organisation_id = $1 and c.contingent_id = t.contingent_id
       join interface i
         on i.organisation_id = $1 and i.sales_channel_id = c.sales_channel_id
       union
       select t.interface_id, t.performance_id
       from unnest($4::bigint[], $5::bigint[]) as t (performance_id, interface_id)
     ) touched
     join interface i on i.organisation_id = $1 and i.id = touched.interface_id
     join performance p on p.organisation_id = $1 and p.id = touched.performance_id
     where i.status <> 'archived' and i.id is distinct from $6::bigint
       and (not exists (select 1 from interface_product f
                        where f.organisation_id = $1 and f.interface_id = i.id)
         or exists (select 1 from interface_product f
                    where f.organisation_id = $1 and f.interface_id = i.id
                      and f.product_id = p.product_id))
     order by touched.interface_id, touched.performance_id
     on conflict (organisation_id, interface_id, performance_id)
     do update set stock_version = offer.stock_version + 1`,
    [
      tx.organisationId,
      byContingent.map(([performanceId]) => performanceId),
      byContingent.map(([, id]) => id),
      byInterface.map(([performanceId]) => performanceId),
      byInterface.map(([, id]) => id),
      except,
    ],
  );
}

function distinct(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids)].filter((id) => id !== null);
}

/**
 * Makes every performance of an interface due for the next export: after the interface was made,
 * after its products, its sales channel or its mappings changed.
 */
export async function offerEverything(tx: Tx, interfaceId: number): Promise<void> {
  await tx.execute(
    `insert into offer (organisation_id, interface_id, performance_id)
     select $1, $2, p.id from performance p
     where p.organisation_id = $1
       and (not exists (select 1 from interface_product f
                        where f.organisation_id = $1 and f.interface_id = $2)
         or p.product_id in (select f.product_id from interface_product f
                             where f.organisation_id = $1 and f.interface_id = $2))
     order by p.id
     on conflict (organisation_id, interface_id, performance_id)
     do update set stock_version = offer.stock_version + 1`,
    [tx.organisationId, interfaceId],
  );
}

/**
 * SQL: whether an interface `i` has anything of a performance `p`: a contingent of its sales
 * channel there, or places that its reseller holds. Having an offer alone says nothing: every
 * performance has one for every interface without a product filter.
 */
export const HAS_PLACES = `(
  exists (select from performance_seat k
    where k.organisation_id = $1 and k.performance_id = p.id
      and (k.interface_id = i.id or k.contingent_id in (
        select contingent_id from contingent_channel
        where organisation_id = $1 and sales_channel_id = i.sales_channel_id)))
  or exists (select from counter n
    join contingent_quota k on k.organisation_id = $1 and k.counter_id = n.id
    where n.organisation_id = $1 and n.performance_id = p.id
      and (k.interface_id = i.id or k.contingent_id in (
        select contingent_id from contingent_channel
        where organisation_id = $1 and sales_channel_id = i.sales_channel_id))))`;

export interface DueOffer {
  performanceId: number;
  /** The version as it is before anything of the stock is read. */
  stockVersion: number;
}

/** Performances whose stock changed since their last export; one look-up in a partial index. */
export function dueOffers(
  tx: Tx,
  interfaceId: number,
  performanceIds: readonly number[] | null,
): Promise<DueOffer[]> {
  return tx.query<DueOffer>(
    `select performance_id as "performanceId", stock_version as "stockVersion"
     from offer
     where organisation_id = $1 and interface_id = $2 and stock_version > exported_version
       and ($3::bigint[] is null or performance_id = any($3))
     order by performance_id`,
    [tx.organisationId, interfaceId, performanceIds],
  );
}

/**
 * Notes that an export reached `version`, which it read before the stock: what changed meanwhile
 * has a higher version and is seen by the next export.
 */
export async function markExported(
  tx: Tx,
  interfaceId: number,
  { performanceId, stockVersion }: DueOffer,
  at: Date,
): Promise<void> {
  await tx.execute(
    `update offer set exported_version = $4, exported_at = $5
     where organisation_id = $1 and interface_id = $2 and performance_id = $3
       and exported_version < $4`,
    [tx.organisationId, interfaceId, performanceId, stockVersion, at.toISOString()],
  );
}
