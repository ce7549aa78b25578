/**
 * The seats of a performance for its plan, made for more than a hundred thousand of them: columns
 * that the database writes as JSON, so that nobody here makes an object of each seat.
 */
import type { Tx } from './database/transaction.ts';

export interface PlanPerformance {
  layoutId: number;
  catalogueVersion: number;
  /** Changes with any row of its seats. */
  digest: string;
  overbooked: number[];
  /** Seats that an open case is about. */
  inCase: number[];
}

/** Null where there is no such performance. */
export async function readPlanPerformance(
  tx: Tx,
  performanceId: number,
): Promise<PlanPerformance | null> {
  const [row] = await tx.query<PlanPerformance>(
    `select c.layout_id as "layoutId", o.catalogue_version as "catalogueVersion",
            (select count(*) || ' ' || coalesce(bit_xor(hash_record_extended(ps, 0)), 0)
             from performance_seat ps
             where ps.organisation_id = $1 and ps.performance_id = $2) as digest,
            array(select distinct t.seat_id from ticket t
             where t.organisation_id = $1 and t.performance_id = $2 and t.overbooked
               and t.state = 'valid' and t.seat_id is not null order by 1) as overbooked,
            array(select distinct q.seat_id from quarantine q
             where q.organisation_id = $1 and q.performance_id = $2 and q.seat_id is not null
               and q.settled_at is null order by 1) as "inCase"
     from performance p
     join organisation o on o.id = p.organisation_id
     join logical_configuration c
       on c.organisation_id = p.organisation_id and c.id = p.logical_configuration_id
     where p.organisation_id = $1 and p.id = $2`,
    [tx.organisationId, performanceId],
  );
  return row ?? null;
}

/** What the numbers of a page's columns point into, from 0; -1: none. */
export interface PlanWords {
  categories: readonly number[];
  contingents: readonly number[];
  interfaces: readonly number[];
}

export const PLAN_STATES = ['free', 'sold', 'held', 'blocked'] as const;
export const PLAN_WISHES = ['contingent', 'block', 'take_back', 'own_sale'] as const;

/** Each a JSON array without its brackets. */
export interface PlanPage {
  count: number;
  lastId: number | null;
  id: string;
  category: string;
  contingent: string;
  state: string;
  interface: string;
  wish: string;
  flags: string;
}

const at = (list: string, value: string): string =>
  `coalesce(array_position(${list}, ${value}) - 1, -1)`;

/** Bits that change: refused 16, overbooked 32, in an open case 64, the venue's own 128. */
const FLAGS = `
  (refused_at is not null)::int * 16 + (seat_id = any($7::bigint[]))::int * 32
  + (seat_id = any($8::bigint[]))::int * 64 + (own_reference is not null)::int * 128`;

/** Seats after this one, in key order. */
export async function readPlanPage(
  tx: Tx,
  of: { performanceId: number; words: PlanWords; overbooked: number[]; inCase: number[] },
  page: { afterId: number; limit: number },
): Promise<PlanPage> {
  const [row] = await tx.query<PlanPage>(
    `select count(*)::int as count, max(id) as "lastId", string_agg(id::text, ',') as id,
            string_agg(category::text, ',') as category,
            string_agg(contingent::text, ',') as contingent,
            string_agg(state::text, ',') as state,
            string_agg(interface::text, ',') as interface,
            string_agg(wish::text, ',') as wish,
            string_agg(flags::text, ',') as flags
     from (
       select seat_id as id, ${at('$4::bigint[]', 'seat_category_id')} as category,
              ${at('$5::bigint[]', 'contingent_id')} as contingent,
              ${at(`array['${PLAN_STATES.join("','")}']`, 'state')} as state,
              ${at('$6::bigint[]', 'interface_id')} as interface,
              ${at(`array['${PLAN_WISHES.join("','")}']`, 'wish')} as wish, ${FLAGS} as flags
       from performance_seat
       where organisation_id = $1 and performance_id = $2 and seat_id > $3
       order by seat_id limit $9) seat`,
    [
      tx.organisationId,
      of.performanceId,
      page.afterId,
      of.words.categories,
      of.words.contingents,
      of.words.interfaces,
      of.overbooked,
      of.inCase,
      page.limit,
    ],
  );
  if (row === undefined) throw new Error('A count has a row.');
  return row;
}

/** The seats of blocks as the house describes them: JSON texts of whole arrays, in key order. */
export interface PlacePage {
  ids: string;
  blocks: string;
  rows: string;
  numbers: string;
  /** With null where the house told no coordinates. */
  xs: string;
  ys: string;
  /** Bits that only a change of the house changes: wheelchair 1, companion 2, view 4, house 8. */
  flags: string;
}

/** All seats of these blocks: a layout's, whichever of them a performance sells. */
export async function readPlaces(tx: Tx, blocks: readonly number[]): Promise<PlacePage> {
  const column = (value: string) => `coalesce(json_agg(${value}), '[]')::text`;
  const [row] = await tx.query<PlacePage>(
    `select ${column('id')} as ids, ${column('block')} as blocks, ${column('"row"')} as rows,
            ${column('number')} as numbers, ${column('x')} as xs, ${column('y')} as ys,
            ${column('flags')} as flags
     from (
       select id, ${at('$2::bigint[]', 'block_id')} as block, "row", number, x, y,
              wheelchair::int + (companion_of is not null)::int * 2
                + restricted_view::int * 4 + house_seat::int * 8 as flags
       from seat
       where organisation_id = $1 and block_id = any($2::bigint[])
       order by id) seat`,
    [tx.organisationId, blocks],
  );
  if (row === undefined) throw new Error('A count has a row.');
  return row;
}

export interface PlanZone {
  counterId: number;
  area: string;
  categoryId: number | null;
  capacity: number | null;
  sold: number;
  held: number;
  blocked: number;
  shares: {
    contingentId: number;
    interfaceId: number | null;
    quota: number;
    allotted: number;
    sold: number;
    held: number;
    wishTakeBack: number;
    refused: boolean;
  }[];
}

/** Counted zones of a performance with the shares that contingents have. */
export function readPlanZones(tx: Tx, performanceId: number): Promise<PlanZone[]> {
  return tx.query<PlanZone>(
    `select c.id as "counterId", a.code as area, c.seat_category_id as "categoryId", c.capacity,
            c.sold, c.held, c.blocked, q.shares
     from counter c
     join zone z on z.organisation_id = c.organisation_id and z.id = c.zone_id
     join area a on a.organisation_id = z.organisation_id and a.id = z.area_id
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object('contingentId', contingent_id,
                'interfaceId', interface_id, 'quota', quota, 'allotted', allotted, 'sold', sold,
                'held', held, 'wishTakeBack', wish_take_back,
                'refused', refused_at is not null) order by contingent_id), '[]') as shares
       from contingent_quota q
       where q.organisation_id = c.organisation_id and q.counter_id = c.id offset 0) q
     where c.organisation_id = $1 and c.performance_id = $2 and c.kind = 'zone'
     order by c.id`,
    [tx.organisationId, performanceId],
  );
}
