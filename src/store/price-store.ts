import type { PricedLine } from '../domain/money/to-announce.ts';
import type { Tx } from './database/transaction.ts';

/** Prices over time, and what each reseller was told of them. */

export interface PriceLineRow extends PricedLine {
  currency: string;
  productId: number;
  seasonId: number;
  product: string;
  productName: string;
  productKind: string;
  performance: string | null;
  localStart: string | null;
  configuration: string | null;
  category: string | null;
  categoryName: string | null;
  audience: string;
  audienceKind: string;
  tariff: string;
  tariffName: string;
}

/** Every price line, with the amounts before and after it, and what this interface was told. */
export function readPriceLines(tx: Tx, interfaceId: number): Promise<PriceLineRow[]> {
  return tx.query<PriceLineRow>(
    `select p.id, p.amount_minor as "amountMinor",
       coalesce(p.before, g.amount_minor) as "beforeMinor",
       p.valid_from as "validFrom", p.until, a.amount_minor as "toldMinor",
       s.done_at as "formSentAt", k.product_id is not null as "formKept", p.currency,
       d.id as "productId", d.season_id as "seasonId",
       d.code as product, d.name as "productName", d.kind as "productKind",
       f.code as performance, f.local_start as "localStart", l.code as configuration,
       c.code as category, c.name as "categoryName", t.audience,
       t.audience_kind as "audienceKind", t.code as tariff, t.name as "tariffName"
     from (
       select p.*, lag(amount_minor) over line as before, lead(valid_from) over line as until
       from price p where p.organisation_id = $1
       window line as (partition by product_id, performance_id, seat_category_id, tariff_id
         order by valid_from)) p
     join product d on d.organisation_id = $1 and d.id = p.product_id
     join tariff t on t.organisation_id = $1 and t.id = p.tariff_id
     left join performance f on f.organisation_id = $1 and f.id = p.performance_id
     left join seat_category c on c.organisation_id = $1 and c.id = p.seat_category_id
     left join logical_configuration l
       on l.organisation_id = $1 and l.id = c.logical_configuration_id
     left join price_announcement a
       on a.organisation_id = $1 and a.interface_id = $2 and a.price_id = p.id
     left join sale_step s on s.organisation_id = $1 and s.interface_id = $2
       and s.product_id = p.product_id and s.step = 'form_sent'
     left join lateral (
       select amount_minor from price g
       where g.organisation_id = $1 and p.performance_id is not null and p.before is null
         and g.product_id = p.product_id and g.performance_id is null
         and g.seat_category_id is not distinct from p.seat_category_id
         and g.tariff_id = p.tariff_id and g.valid_from <= p.valid_from
       order by g.valid_from desc limit 1) g on true
     left join (
       select distinct q.product_id, o.announced_at from price_announcement o
       join price q on q.organisation_id = $1 and q.id = o.price_id
       where o.organisation_id = $1 and o.interface_id = $2) k on k.product_id = p.product_id
       and k.announced_at = s.done_at
     order by d.code, f.starts_at nulls first, c.rank, t.audience, t.code, p.valid_from`,
    [tx.organisationId, interfaceId],
  );
}

interface Telling {
  interfaceId: number;
  at: string;
  author: string;
}

/** Keeps what the reseller was told, with the amounts as they stand. */
export async function writeAnnouncements(
  tx: Tx,
  { interfaceId, at, author }: Telling,
  lines: readonly Pick<PriceLineRow, 'id' | 'amountMinor'>[],
): Promise<void> {
  await tx.execute(
    `with told as (
       insert into price_announcement
         (organisation_id, interface_id, price_id, amount_minor, announced_at, announced_by)
       select $1, $2, r.id, r.amount, $5, $6 from unnest($3::bigint[], $4::bigint[])
         as r(id, amount)
       on conflict (organisation_id, interface_id, price_id) do update
         set amount_minor = excluded.amount_minor, announced_at = excluded.announced_at,
           announced_by = excluded.announced_by
       returning price_id)
     update price p set announced_at = $5 from told
     where p.organisation_id = $1 and p.id = told.price_id`,
    [
      tx.organisationId,
      interfaceId,
      lines.map(({ id }) => id),
      lines.map(({ amountMinor }) => amountMinor),
      at,
      author,
    ],
  );
}

/** The sales form of these products went out: the first step of putting them on sale. */
export async function writeFormSent(
  tx: Tx,
  { interfaceId, at, author }: Telling,
  productIds: readonly number[],
): Promise<void> {
  await tx.execute(
    `insert into sale_step (organisation_id, interface_id, product_id, step, done_at, done_by)
     select $1, $2, id, 'form_sent', $4, $5 from unnest($3::bigint[]) as r(id)
     on conflict (organisation_id, interface_id, product_id, step) do update
       set done_at = excluded.done_at, done_by = excluded.done_by`,
    [tx.organisationId, interfaceId, productIds, at, author],
  );
}
