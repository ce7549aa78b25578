/** The books as a person would look at them, and what must hold of them at any time. */
import { expect } from 'vitest';
import type { BooksWorld } from './books-world.ts';

export interface TicketView {
  number: string;
  generation: number;
  state: 'valid' | 'cancelled' | 'exchanged';
  product: string;
  performance: string | null;
  /** `Area/Block/Row/Number`; null for what is counted. */
  seat: string | null;
  /** `zone`, `day` or `pass` with its day; null for a seat. */
  counter: string | null;
  category: string | null;
  tariff: string;
  contingent: string | null;
  priceMinor: number;
  bookedMinor: number;
  commissionMinor: number;
  netDueMinor: number;
  vatMinor: number;
  refundedMinor: number;
  barcode: string | null;
  lastName: string | null;
  firstName: string | null;
  isTest: boolean;
  order: string;
  soldAt: string;
  cancelledAt: string | null;
}

export function readTickets(world: BooksWorld): Promise<TicketView[]> {
  return world.query<TicketView>(
    `select t.number, t.generation, t.state, d.code as product, p.code as performance,
       case when t.seat_id is null then null
         else concat_ws('/', a.code, b.code, s.row, s.number) end as seat,
       case when c.id is null then null else concat_ws(' ', c.kind, t.day) end as counter,
       k.code as category, f.audience || '/' || f.code as tariff, g.code as contingent,
       t.price_minor as "priceMinor", t.booked_minor as "bookedMinor",
       t.commission_minor as "commissionMinor", t.net_due_minor as "netDueMinor",
       t.vat_minor as "vatMinor", t.refunded_minor as "refundedMinor", t.barcode,
       t.last_name as "lastName", t.first_name as "firstName", t.is_test as "isTest",
       o.reference as "order", t.sold_at as "soldAt", t.cancelled_at as "cancelledAt"
     from ticket t
     join sale_order o on o.id = t.sale_order_id
     join product d on d.id = t.product_id
     join tariff f on f.id = t.tariff_id
     left join performance p on p.id = t.performance_id
     left join seat s on s.id = t.seat_id
     left join block b on b.id = s.block_id
     left join area a on a.id = b.area_id
     left join counter c on c.id = t.counter_id
     left join seat_category k on k.id = t.seat_category_id
     left join contingent g on g.id = t.contingent_id
     order by t.id`,
  );
}

/** The latest generation of a ticket. Throws when there is none. */
export async function ticketOf(world: BooksWorld, number: string): Promise<TicketView> {
  const found = (await readTickets(world)).filter((one) => one.number === number).at(-1);
  if (found === undefined) throw new Error(`There is no ticket ${number}.`);
  return found;
}

export interface CodeView {
  state: string;
  reason: string | null;
  source: string;
  ticket: string | null;
}

export async function codeOf(world: BooksWorld, code: string): Promise<CodeView | null> {
  const [row] = await world.query<CodeView>(
    `select a.state, a.reason, a.source, t.number as ticket
     from access_code a left join ticket t on t.id = a.ticket_id where a.code = $1`,
    [code],
  );
  return row ?? null;
}

export interface SeatView {
  state: string;
  ticket: string | null;
  interface: string | null;
  contingent: string | null;
  wish: string | null;
}

/** A seat of block A of the orchestra, on a performance of the event. */
export async function seatOf(
  world: BooksWorld,
  row: string,
  number: string,
  performance = 'P1',
): Promise<SeatView> {
  const [found] = await world.query<SeatView>(
    `select ps.state, t.number as ticket, i.code as interface, g.code as contingent, ps.wish
     from performance_seat ps
     join performance p on p.id = ps.performance_id and p.code = $1
     join seat s on s.id = ps.seat_id and s.row = $2 and s.number = $3
     join block b on b.id = s.block_id and b.code = 'A'
     left join ticket t on t.id = ps.ticket_id
     left join interface i on i.id = ps.interface_id
     left join contingent g on g.id = ps.contingent_id`,
    [performance, row, number],
  );
  if (found === undefined) throw new Error(`There is no seat ${row}/${number}.`);
  return found;
}

export interface CountView {
  capacity: number | null;
  sold: number;
  quota: number;
  allotted: number;
  quotaSold: number;
}

/** A counter and the share of the contingent FNAC: a zone, a day, or a pass. */
export async function countOf(
  world: BooksWorld,
  of: { product: string; performance?: string; day?: string },
): Promise<CountView> {
  const [found] = await world.query<CountView>(
    `select c.capacity, c.sold, q.quota, q.allotted, q.sold as "quotaSold"
     from counter c
     join product d on d.id = c.product_id and d.code = $1
     left join performance p on p.id = c.performance_id
     join contingent_quota q on q.counter_id = c.id
     join contingent g on g.id = q.contingent_id and g.code = 'FNAC'
     where p.code is not distinct from $2 and c.day is not distinct from $3::date`,
    [of.product, of.performance ?? null, of.day ?? null],
  );
  if (found === undefined) throw new Error(`There is no counter ${JSON.stringify(of)}.`);
  return found;
}

export interface CaseView {
  messageId: number;
  ticket: string;
  kind: string;
  class: string;
  problems: { code: string; params: Record<string, string | number | null> }[];
  /** The ticket of the message that it waits for; null: a root. */
  behind: string | null;
}

export function readCases(world: BooksWorld): Promise<CaseView[]> {
  return world.query<CaseView>(
    `select q.message_id as "messageId", q.ticket, m.kind, q.class, q.problems,
       r.ticket as behind
     from quarantine q
     join message m on m.id = q.message_id
     left join message r on r.id = q.root_message_id
     where q.settled_at is null order by q.message_id`,
  );
}

/** Entries of the pending account, in order: `sale 4000`. */
export async function ledgerOf(world: BooksWorld, ticket: string): Promise<string[]> {
  const rows = await world.query<{ line: string }>(
    `select l.kind || ' ' || l.amount_minor as line
     from ledger_entry l join ticket t on t.id = l.ticket_id
     where t.number = $1 order by l.id`,
    [ticket],
  );
  return rows.map(({ line }) => line);
}

export async function movementsOf(world: BooksWorld, ticket: string): Promise<string[]> {
  const rows = await world.query<{ line: string }>(
    `select m.kind || ' ' || m.quantity as line
     from movement m join ticket t on t.id = m.ticket_id
     where t.number = $1 order by m.id`,
    [ticket],
  );
  return rows.map(({ line }) => line);
}

export async function operationsOf(world: BooksWorld, ticket: string): Promise<string[]> {
  const rows = await world.query<{ line: string }>(
    `select o.kind || ' ' || o.amount_minor || ' ' || o.commission_minor as line
     from operation o join ticket t on t.id = o.ticket_id
     where t.number = $1 order by o.id`,
    [ticket],
  );
  return rows.map(({ line }) => line);
}

/** Rows of each that contradict the others; whatever was integrated, there must be none. */
const CONTRADICTIONS: Readonly<Record<string, string>> = {
  'a sold seat without its valid ticket': `
    select ps.seat_id from performance_seat ps left join ticket t on t.id = ps.ticket_id
    where ps.state = 'sold' and ps.own_reference is null
      and (t.id is null or t.state <> 'valid' or t.seat_id <> ps.seat_id
        or t.performance_id <> ps.performance_id)`,
  'a seat that is not sold, with a ticket': `
    select ps.seat_id from performance_seat ps
    where ps.state <> 'sold' and ps.ticket_id is not null`,
  'a valid ticket whose seat is another one’s': `
    select t.number from ticket t left join performance_seat ps
      on ps.performance_id = t.performance_id and ps.seat_id = t.seat_id
    where t.state = 'valid' and t.seat_id is not null and not t.overbooked
      and ps.ticket_id is distinct from t.id`,
  'two valid generations of a ticket': `
    select number from ticket where state = 'valid'
    group by reseller_account_id, number having count(*) > 1`,
  'a counter that does not count its tickets': `
    select c.id from counter c where c.sold <> (
      select count(*) from ticket t
      where t.state = 'valid' and t.counter_id = c.id and not t.overbooked)`,
  'shares that do not add up to their counter': `
    select c.id from counter c where c.sold <> (
      select coalesce(sum(q.sold), 0) from contingent_quota q where q.counter_id = c.id)`,
  'a share beyond its quota': `
    select q.counter_id from contingent_quota q where q.sold + q.allotted > q.quota`,
  'movements that do not add up to the ticket': `
    select t.number, t.state, (
      select coalesce(sum(m.quantity), 0) from movement m where m.ticket_id = t.id) as moved
    from ticket t where (
      select coalesce(sum(m.quantity), 0) from movement m where m.ticket_id = t.id)
      <> case when t.state = 'valid' and not t.overbooked then -1 else 0 end`,
  'a ledger that is not what the ticket says': `
    select t.number, l.* from ticket t cross join lateral (
      select coalesce(sum(amount_minor) filter (where kind = 'sale'), 0) as sale,
        coalesce(sum(amount_minor) filter (where kind = 'refund'), 0) as refund
      from ledger_entry l where l.ticket_id = t.id) l
    where (l.sale, l.refund) is distinct from case when t.is_test then (0::numeric, 0::numeric)
      else (t.booked_minor::numeric, -t.refunded_minor::numeric) end`,
  'commission in the ledger that no operation tells': `
    select t.number from ticket t where not t.is_test and not t.commission_on_top and (
      select coalesce(sum(amount_minor), 0) from ledger_entry l
      where l.ticket_id = t.id and l.kind = 'commission') <> (
      select coalesce(-sum(commission_minor), 0) from operation o where o.ticket_id = t.id)`,
  'operations that do not add up to the ticket': `
    select t.number from ticket t where t.booked_minor - t.refunded_minor <> (
      select coalesce(sum(amount_minor), 0) from operation o where o.ticket_id = t.id)`,
  'a valid ticket whose code does not open': `
    select t.number, a.state from ticket t left join access_code a on a.code = t.barcode
    where t.state = 'valid' and t.barcode is not null and (
      a.code is null or a.ticket_id is distinct from t.id
      or a.state <> all (case when t.overbooked then array['see_box_office', 'revoked', 'test']
        else array['valid', 'test', 'revoked'] end))`,
  'a code that opens without a valid ticket': `
    select a.code from access_code a left join ticket t on t.id = a.ticket_id
    where a.state = 'valid' and (t.id is null or t.state <> 'valid' or t.barcode <> a.code)`,
  'an integrated message without its operation': `
    select m.id, m.kind from message m where m.state = 'integrated' and not exists (
      select from operation o where o.message_id = m.id)`,
  'an operation without its integrated message': `
    select o.id from operation o left join message m on m.id = o.message_id
    where o.message_id is not null and m.state is distinct from 'integrated'`,
  'a case and its message that disagree': `
    select m.id from message m left join quarantine q on q.message_id = m.id
    where (m.state = 'quarantined') <> (q.message_id is not null and q.settled_at is null)`,
  'a trace of a ticket that does not exist': `
    select x.kind, x.ticket_id from (
      select 'ledger' as kind, ticket_id from ledger_entry
      union all select 'movement', ticket_id from movement
      union all select 'operation', ticket_id from operation
      union all select 'code', ticket_id from access_code) x
    where x.ticket_id is not null and not exists (
      select from ticket t where t.id = x.ticket_id)`,
  'an order without tickets': `
    select o.id from sale_order o where not exists (
      select from ticket t where t.sale_order_id = o.id)`,
  'a message that came in twice': `
    select kind, ticket, operation_number from message where state = 'integrated'
    group by reseller_account_id, kind, ticket, operation_number
    having count(*) > 1 and count(operation_number) > 0`,
};

/** Holds the books against themselves. `except`: names of checks that do not apply. */
export async function expectSoundBooks(
  world: BooksWorld,
  except: readonly string[] = [],
): Promise<void> {
  const found: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(CONTRADICTIONS)) {
    if (except.includes(name)) continue;
    const rows = await world.query(sql);
    if (rows.length > 0) found[name] = rows;
  }
  expect(found).toEqual({});
}

/**
 * Holds the books against the reseller's: the same tickets in the same state, with the same code,
 * names and place; the same places free and sold. Only where no case is open.
 */
export async function expectSameBooks(world: BooksWorld): Promise<void> {
  await expectSoundBooks(world);
  const theirs = world.switchboard.state({ tickets: true });
  const latest = new Map((await readTickets(world)).map((one) => [one.number, one]));
  const ours = [...latest.values()].map((one) => ({
    ticket: one.number,
    state: one.state === 'valid' ? 'living' : one.state,
    place: one.seat === null ? null : one.seat.split('/').slice(2).join('/'),
    price: one.priceMinor,
    barcode: one.barcode,
    name: `${one.lastName} ${one.firstName}`,
    test: one.isTest,
  }));
  const reported = theirs.tickets.map((one) => ({
    ticket: one.ticket,
    state: one.state,
    place: one.seat === null ? null : `${one.row}/${one.seat}`,
    price: Math.round(Number(one.price) * 100),
    barcode: one.barcode,
    name: `${one.lastName} ${one.firstName}`,
    test: one.test,
  }));
  const byTicket = (a: { ticket: string }, b: { ticket: string }) => (a.ticket < b.ticket ? -1 : 1);
  expect(ours.sort(byTicket)).toEqual(reported.sort(byTicket));
  expect(await stockHere(world)).toEqual(
    Object.fromEntries(theirs.stock.map(({ start, free, sold }) => [start, { free, sold }])),
  );
}

/** What the interface's reseller holds and has sold, by the performance's local start. */
async function stockHere(
  world: BooksWorld,
): Promise<Record<string, { free: number; sold: number }>> {
  const rows = await world.query<{ start: string; free: number; sold: number }>(
    `select p.local_start as start,
       (select count(*) from performance_seat s where s.performance_id = p.id
          and s.interface_id = $1 and s.state = 'free')
       + (select coalesce(sum(q.allotted), 0)::bigint from contingent_quota q
          join counter c on c.id = q.counter_id
          where c.performance_id = p.id and q.interface_id = $1) as free,
       (select count(*) from performance_seat s where s.performance_id = p.id
          and s.interface_id = $1 and s.state = 'sold' and s.ticket_id is not null)
       + (select coalesce(sum(q.sold), 0)::bigint from contingent_quota q
          join counter c on c.id = q.counter_id
          where c.performance_id = p.id and q.interface_id = $1) as sold
     from performance p`,
    [world.interfaceId],
  );
  return Object.fromEntries(rows.map(({ start, free, sold }) => [start, { free, sold }]));
}
