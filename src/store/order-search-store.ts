/** Finding orders: by what a person at the box office has in hand, a page at a time. */
import type { Tx } from './database/transaction.ts';

/** What else must be so of an order; null: anything. */
export interface OrderFilter {
  interfaceId: number | null;
  /** One of its tickets is for this performance. */
  performanceId: number | null;
  /** One of its tickets (of that performance) is in this state. */
  state: 'valid' | 'cancelled' | 'exchanged' | null;
  /** ISO instants of the order, the first inclusive. */
  from: string | null;
  until: string | null;
}

/** Where a walk stands; `key` is a folded name, an instant, or '' where the id says it all. */
export interface OrderKey {
  key: string;
  id: number;
}

/** An order that a walk met, and whether it fits the filter besides. */
export type Candidate = OrderKey & { fits: boolean };

/** Sorts behind every text that has this one as its beginning. */
const LAST_CHARACTER = '\u{10FFFF}';

const filterParams = (filter: OrderFilter): unknown[] => [
  filter.interfaceId,
  filter.performanceId,
  filter.state,
  filter.from,
  filter.until,
];

/** Parameters 2 to 6 are the filter's; `candidates` has the columns n, key and id. */
const judged = (candidates: string): string => `
  with candidate as materialized (${candidates})
  select c.key, c.id,
         (($2::bigint is null or o.interface_id = $2)
          and ($5::timestamptz is null or o.ordered_at >= $5)
          and ($6::timestamptz is null or o.ordered_at < $6)
          and ($3::bigint is null and $4::text is null or exists (
            select from ticket t
            where t.organisation_id = $1 and t.sale_order_id = c.id
              and ($3::bigint is null or t.performance_id = $3)
              and ($4::text is null or t.state = $4)))) as fits
  from candidate c
  cross join lateral (
    select interface_id, ordered_at from sale_order o
    where o.organisation_id = $1 and o.id = c.id offset 0) o
  order by c.n`;

/** The newest first. */
export function walkByTime(
  tx: Tx,
  filter: OrderFilter,
  { after, limit }: { after: OrderKey | null; limit: number },
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    judged(`
      select row_number() over (order by ordered_at desc, id desc) as n, key, id from (
        select ordered_at, to_char(ordered_at at time zone 'UTC',
                 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as key, id
        from sale_order
        where organisation_id = $1 and (ordered_at, id) < ($7::timestamptz, $8::bigint)
          and ordered_at >= $9::timestamptz and ordered_at < $10::timestamptz
        order by ordered_at desc, id desc limit $11) page`),
    [
      tx.organisationId,
      ...filterParams(filter),
      after?.key ?? 'infinity',
      after?.id ?? 0,
      filter.from ?? '-infinity',
      filter.until ?? 'infinity',
      limit,
    ],
  );
}

/** Orders with a ticket of the filter's performance, those that came last first. */
export function walkByPerformance(
  tx: Tx,
  filter: OrderFilter & { performanceId: number },
  { after, limit }: { after: OrderKey | null; limit: number },
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    judged(`
      select -id as n, '' as key, id from (
        select distinct sale_order_id as id from ticket
        where organisation_id = $1 and performance_id = $7 and sale_order_id < $8::bigint
        order by sale_order_id desc limit $9) page`),
    [
      tx.organisationId,
      ...filterParams(filter),
      filter.performanceId,
      after?.id ?? Number.MAX_SAFE_INTEGER,
      limit,
    ],
  );
}

/**
 * Orders with a holder whose folded name begins so, by name. An order comes once for each name.
 *
 * @param beginnings as typed; each may begin the name.
 */
export function walkByName(
  tx: Tx,
  beginnings: readonly string[],
  filter: OrderFilter,
  { after, limit }: { after: OrderKey | null; limit: number },
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    judged(`
      select row_number() over (order by key, id) as n, key, id from (
        select distinct t.key, t.id
        from (
          select distinct fold_name(typed) as low from unnest($7::text[]) as u (typed)
          offset 0) p
        cross join lateral (
          select distinct t.name_key as key, t.sale_order_id as id from ticket t
          where t.organisation_id = $1 and t.name_key is not null
            and t.name_key >= p.low collate "C"
            and t.name_key < (p.low || $8) collate "C"
            and (t.name_key, t.sale_order_id) > ($9::text collate "C", $10::bigint)
          order by t.name_key, t.sale_order_id limit $11) t
        where p.low <> ''
        order by t.key, t.id limit $11) page`),
    [
      tx.organisationId,
      ...filterParams(filter),
      beginnings,
      LAST_CHARACTER,
      after?.key ?? '',
      after?.id ?? 0,
      limit,
    ],
  );
}

const BY_TICKET = `
  select t.sale_order_id as id from reseller_account a
  cross join lateral (
    select sale_order_id from ticket t
    where t.organisation_id = $1 and t.reseller_account_id = a.id and t.number = $7
    offset 0) t
  where a.organisation_id = $1
  union
  select t.sale_order_id from reseller_account a
  cross join lateral (
    select ticket_id from ticket_former_number f
    where f.organisation_id = $1 and f.reseller_account_id = a.id and f.number = $7
    offset 0) f
  cross join lateral (
    select sale_order_id from ticket t
    where t.organisation_id = $1 and t.id = f.ticket_id offset 0) t
  where a.organisation_id = $1`;
const BY_REFERENCE = `
  select o.id from reseller_account a
  cross join lateral (
    select id from sale_order o
    where o.organisation_id = $1 and o.reseller_account_id = a.id and o.reference = $7
    offset 0) o
  where a.organisation_id = $1`;
const BY_BARCODE = `
  select t.sale_order_id as id from access_code c
  cross join lateral (
    select sale_order_id from ticket t
    where t.organisation_id = $1 and t.id = c.ticket_id offset 0) t
  where c.organisation_id = $1 and c.code = $7`;

const WORDS = {
  ticket: BY_TICKET,
  order: BY_REFERENCE,
  barcode: BY_BARCODE,
  any: [BY_TICKET, BY_REFERENCE, BY_BARCODE].join(' union '),
} as const;

/** Orders of this very ticket number (also a former one), order number or barcode. */
export function findByWord(
  tx: Tx,
  word: keyof typeof WORDS,
  value: string,
  filter: OrderFilter,
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    judged(`select -id as n, '' as key, id from (${WORDS[word]}) found order by id desc limit 200`),
    [tx.organisationId, ...filterParams(filter), value],
  );
}

/** Seats of a performance's layout by the last parts of their name; null: any. */
export async function findSeats(
  tx: Tx,
  performanceId: number,
  place: {
    layout: string | null;
    area: string | null;
    block: string | null;
    row: string;
    number: string;
  },
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select s.id from performance p
     join logical_configuration c
       on c.organisation_id = p.organisation_id and c.id = p.logical_configuration_id
     join layout l on l.organisation_id = c.organisation_id and l.id = c.layout_id
     join area a on a.organisation_id = l.organisation_id and a.layout_id = l.id
     join block b on b.organisation_id = a.organisation_id and b.area_id = a.id
     cross join lateral (
       select id from seat s
       where s.organisation_id = $1 and s.block_id = b.id and s.row = $6 and s.number = $7
       offset 0) s
     where p.organisation_id = $1 and p.id = $2 and ($3::text is null or l.code = $3)
       and ($4::text is null or a.code = $4) and ($5::text is null or b.code = $5)
     order by s.id limit 200`,
    [
      tx.organisationId,
      performanceId,
      place.layout,
      place.area,
      place.block,
      place.row,
      place.number,
    ],
  );
  return rows.map(({ id }) => id);
}

/** Tickets that were ever on these seats: a subquery over the parameters $1, performance, seats. */
export const ticketsOfSeats = (performance: string, seats: string): string => `
  select m.ticket_id as id from unnest(${seats}::bigint[]) as s (id)
  cross join lateral (
    select ticket_id from movement m
    where m.organisation_id = $1 and m.performance_id = ${performance} and m.seat_id = s.id
      and m.ticket_id is not null offset 0) m
  union
  select ps.ticket_id from unnest(${seats}::bigint[]) as s (id)
  cross join lateral (
    select ticket_id from performance_seat ps
    where ps.organisation_id = $1 and ps.performance_id = ${performance} and ps.seat_id = s.id
      and ps.ticket_id is not null offset 0) ps
  union
  select t.id from ticket t
  where t.organisation_id = $1 and t.performance_id = ${performance} and t.overbooked
    and t.state = 'valid' and t.seat_id = any(${seats}::bigint[])`;

export function findBySeats(
  tx: Tx,
  { performanceId, seatIds }: { performanceId: number; seatIds: readonly number[] },
  filter: OrderFilter,
): Promise<Candidate[]> {
  return tx.query<Candidate>(
    judged(`
      select distinct -t.sale_order_id as n, '' as key, t.sale_order_id as id
      from (${ticketsOfSeats('$7', '$8')}) found
      cross join lateral (
        select sale_order_id from ticket t
        where t.organisation_id = $1 and t.id = found.id offset 0) t
      order by 1 limit 200`),
    [tx.organisationId, ...filterParams(filter), performanceId, seatIds],
  );
}
