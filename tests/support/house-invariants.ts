/**
 * What must hold of a house at any time, whatever was sold, moved, cancelled or settled: seats
 * against tickets, counters against tickets and claims, shares against counters, movements,
 * operations and ledger against tickets, codes against tickets and cases. Every sum is counted
 * here by SQL of its own, from the rows, and by nothing of the house's code.
 */
import { expect } from 'vitest';
import type { Database } from '../../src/store/database/database.ts';

export interface CheckOptions {
  /** Names of checks that do not apply, each with a reason where it is used. */
  except?: readonly string[];
  /** Nothing runs and nothing travels: no command is open and no run is. */
  atRest?: boolean;
}

/** Tickets that have a place: living, and not beside the capacity. */
const PLACED = `(select * from ticket where state = 'valid' and not overbooked)`;

/** Each placed ticket with each counter that it takes: a pass of several days takes them all. */
const TAKEN = `
  (select t.id as ticket_id, t.contingent_id, taken.id as counter_id
   from ${PLACED} t
   join counter first on first.id = t.counter_id
   join product p on p.id = t.product_id
   join counter taken on taken.product_id = first.product_id
     and taken.performance_id is not distinct from first.performance_id
     and taken.zone_id is not distinct from first.zone_id
     and taken.slot_starts is not distinct from first.slot_starts
     and (taken.id = first.id or taken.day between first.day
       and first.day + (p.days_per_ticket - 1))
   where t.counter_id is not null)`;

const SEATS: Readonly<Record<string, string>> = {
  'a sold seat without its living ticket': `
    select ps.performance_id, ps.seat_id, ps.ticket_id, t.number, t.state
    from performance_seat ps left join ticket t on t.id = ps.ticket_id
    where ps.state = 'sold' and ps.own_reference is null
      and (t.id is null or t.state <> 'valid' or t.overbooked or t.seat_id <> ps.seat_id
        or t.performance_id <> ps.performance_id)`,
  'a seat that is not sold, with a ticket': `
    select performance_id, seat_id, state from performance_seat
    where ticket_id is not null and (state <> 'sold' or own_reference is not null)`,
  'a living ticket whose seat is another one’s': `
    select t.number, ps.state, ps.ticket_id, ps.own_reference from ${PLACED} t
    left join performance_seat ps on ps.performance_id = t.performance_id
      and ps.seat_id = t.seat_id
    where t.seat_id is not null and ps.ticket_id is distinct from t.id`,
  'two living tickets on one seat': `
    select performance_id, seat_id, array_agg(number) as numbers from ${PLACED} t
    where seat_id is not null group by 1, 2 having count(*) > 1`,
  'a living ticket without a place': `
    select number from ${PLACED} t where seat_id is null and counter_id is null`,
  'an own reference on a seat that is free or at a reseller': `
    select performance_id, seat_id, state, own_reference, interface_id from performance_seat
    where own_reference is not null and (state = 'free' or interface_id is not null)`,
  'a seat at a reseller that is blocked or held here': `
    select performance_id, seat_id, state from performance_seat
    where interface_id is not null and state not in ('free', 'sold')`,
  'a seat sold for one account and at another’s reseller': `
    select t.number from performance_seat ps
    join ticket t on t.id = ps.ticket_id join interface i on i.id = ps.interface_id
    where i.reseller_account_id <> t.reseller_account_id`,
  'a wish with half of what it needs': `
    select performance_id, seat_id, wish, wish_contingent_id from performance_seat
    where wish is null and (wish_contingent_id is not null or wish_by is not null)
      or wish is not null and wish_at is null`,
  // A sold seat that the reseller never held has neither, and comes back to us when given back.
  'a seat at a reseller without what it was sent as': `
    select performance_id, seat_id, state, sent_category_id, sent_contingent_id
    from performance_seat
    where (sent_category_id is null) <> (sent_contingent_id is null)
      or interface_id is null and sent_category_id is not null
      or interface_id is not null and sent_category_id is null and state = 'free'
        and wish is null`,
  'movements that do not add up to the ticket': `
    select t.number, t.state, m.moved from ticket t
    left join (select ticket_id, sum(quantity)::int as moved, count(distinct counter_id) as days
      from movement group by 1) m on m.ticket_id = t.id
    where coalesce(m.moved, 0) <> case when t.state = 'valid' and not t.overbooked
      then -greatest(1, coalesce(m.days, 1)) else 0 end`,
};

const COUNTS: Readonly<Record<string, string>> = {
  'a counter that does not count its tickets and claims': `
    select c.id, c.kind, c.day, c.sold, c.held, c.blocked, own.*, coalesce(t.tickets, 0) as tickets
    from counter c
    left join (select counter_id, count(*)::int as tickets from ${TAKEN} x group by 1) t
      on t.counter_id = c.id
    left join lateral (
      select coalesce(sum(quantity) filter (where kind = 'sold'), 0)::int as own_sold,
        coalesce(sum(quantity) filter (where kind = 'held'), 0)::int as own_held,
        coalesce(sum(quantity) filter (where kind = 'blocked'), 0)::int as own_blocked
      from own_claim o where o.counter_id = c.id and o.freed_at is null) own on true
    where c.sold <> coalesce(t.tickets, 0) + own.own_sold or c.held <> own.own_held
      or c.blocked <> own.own_blocked`,
  'a share that does not count its tickets': `
    select q.counter_id, q.contingent_id, q.sold, coalesce(t.tickets, 0) as tickets
    from contingent_quota q
    left join (select counter_id, contingent_id, count(*)::int as tickets
      from ${TAKEN} x group by 1, 2) t
      on t.counter_id = q.counter_id and t.contingent_id = q.contingent_id
    where q.sold <> coalesce(t.tickets, 0)`,
  'more taken than the capacity': `
    select c.id, c.capacity, c.sold, c.held, c.blocked, q.allotted from counter c
    left join lateral (select coalesce(sum(allotted), 0)::int as allotted
      from contingent_quota q where q.counter_id = c.id) q on true
    where c.capacity is not null
      and c.sold + c.held + c.blocked + q.allotted > c.capacity`,
  // A share that was lowered still keeps what its reseller has of it, until it is given back.
  'shares and own places beyond the capacity': `
    select c.id, c.capacity, q.kept, own.own from counter c
    left join lateral (select coalesce(sum(greatest(quota, sold + held + allotted)), 0)::int as kept
      from contingent_quota q where q.counter_id = c.id) q on true
    left join lateral (select coalesce(sum(quantity), 0)::int as own
      from own_claim o where o.counter_id = c.id and o.freed_at is null) own on true
    where c.capacity is not null and q.kept + own.own > c.capacity`,
  // What was sold while nothing was at the reseller, after all had come back, is in no balance.
  'a balance of an allotment that its movements do not tell': `
    select q.counter_id, q.contingent_id, q.quota, q.sold, q.allotted, m.balance, m.told
    from contingent_quota q
    join (select counter_id, contingent_id, string_agg(kind || quantity, ' ' order by id) as told,
      sum(case
        when kind in ('allotted', 'adopted') then quantity
        when kind = 'taken_back' then -quantity
        when ticket_id is not null then quantity else 0 end)::int as balance,
        bool_or(kind = 'allotted') as handed_over,
        bool_or(kind = 'taken_back') as taken_back
      from movement where counter_id is not null group by 1, 2) m
      on m.counter_id = q.counter_id and m.contingent_id = q.contingent_id
    where q.interface_id is null and q.allotted > 0
      or q.interface_id is not null and m.handed_over and not m.taken_back
        and q.allotted <> m.balance`,
  'more places than the gauge': `
    select p.id, p.gauge, seats.taken as seats, counts.taken as counts from performance p
    join lateral (select count(*)::int as taken from performance_seat s
      where s.performance_id = p.id
        and (s.state in ('sold', 'held') or s.contingent_id is not null)) seats on true
    join lateral (select coalesce(sum(greatest(c.sold + c.held, q.kept)), 0)::int as taken
      from counter c
      join lateral (select coalesce(sum(greatest(quota, sold + held + allotted)), 0)::int as kept
        from contingent_quota q where q.counter_id = c.id) q on true
      where c.performance_id = p.id) counts on true
    where p.gauge is not null and seats.taken + counts.taken > p.gauge`,
};

/** The instant before which an account's sales make no entry. */
const COUNTED = `
  (select t.*, not t.is_test and (a.opened_at is null or t.sold_at >= a.opened_at) as counted
   from ticket t join reseller_account a on a.id = t.reseller_account_id)`;

const MONEY: Readonly<Record<string, string>> = {
  'a ledger that is not what the ticket says': `
    select t.number, t.generation, t.booked_minor, t.refunded_minor, t.commission_minor,
      t.commission_refunded_minor, l.due from ${COUNTED} t
    left join (select ticket_id, sum(amount_minor)::bigint as due from ledger_entry group by 1) l
      on l.ticket_id = t.id
    where coalesce(l.due, 0) <> case when not t.counted then 0
      else t.booked_minor - t.refunded_minor - case when t.commission_on_top then 0
        else t.commission_minor - t.commission_refunded_minor end end`,
  'operations that do not add up to the ticket': `
    select t.number, t.booked_minor, t.refunded_minor, o.* from ticket t
    left join (select ticket_id, sum(amount_minor)::bigint as amount,
      sum(commission_minor)::bigint as commission from operation where kind <> 'test' group by 1) o
      on o.ticket_id = t.id
    where t.booked_minor - t.refunded_minor <> coalesce(o.amount, 0)
      or t.commission_minor - t.commission_refunded_minor <> coalesce(o.commission, 0)`,
  // More only where a person accepted that the reseller gave back more than was paid.
  'more given back than was paid': `
    select number, booked_minor, refunded_minor, commission_minor, commission_refunded_minor
    from ticket t where (refunded_minor < 0 or refunded_minor > booked_minor
        or commission_refunded_minor < 0
        or commission_refunded_minor > greatest(commission_minor, 0) + (
          select i.price_tolerance_minor from interface i where i.id = t.interface_id))
      and not exists (select from quarantine q where q.ticket = t.number
        and q.decision -> 'accepted' ? 'refund.exceeds')`,
  'a net that is not price less commission': `
    select number, booked_minor, commission_minor, net_due_minor from ticket
    where net_due_minor <> booked_minor - case when commission_on_top then 0
      else commission_minor end`,
  'VAT that the price does not contain': `
    select number, booked_minor, vat_hundredths, vat_minor from ticket
    where abs(vat_minor - booked_minor::numeric * vat_hundredths / (10000 + vat_hundredths)) > 0.5`,
  'a ledger in another currency or account than its ticket': `
    select l.id, l.currency, t.currency from ledger_entry l join ticket t on t.id = l.ticket_id
    join sale_order o on o.id = t.sale_order_id
    where l.currency <> t.currency or l.pending_account_id <> o.pending_account_id`,
  'a balance that its ledger does not add up to': `
    select a.code, a.balance_minor, coalesce(l.sum, 0) as ledger from pending_account a
    left join (select pending_account_id, sum(amount_minor)::bigint as sum
      from ledger_entry group by 1) l on l.pending_account_id = a.id
    where a.balance_minor <> coalesce(l.sum, 0)`,
  'an entry in a period that was closed before it': `
    select l.id, l.period, l.entered_at, p.closed_at from ledger_entry l
    join account_period p on p.pending_account_id = l.pending_account_id and p.period = l.period
    where p.closed_at is not null and l.entered_at > p.closed_at`,
  'a late entry that is not marked, or one that is not late': `
    select l.id, l.period, l.operation_at, l.late from ledger_entry l cross join organisation g
    where l.ticket_id is not null and not l.late
      and l.period <> to_char(l.operation_at at time zone g.time_zone, 'YYYY-MM')`,
};

const TICKETS: Readonly<Record<string, string>> = {
  'two living generations of a ticket': `
    select number from ticket where state = 'valid'
    group by reseller_account_id, number having count(*) > 1`,
  'an order without tickets, or of another account': `
    select o.id from sale_order o left join ticket t on t.sale_order_id = o.id
    where t.id is null or t.reseller_account_id <> o.reseller_account_id`,
  'an ended ticket that does not say when': `
    select number, state from ticket where (state = 'valid') <> (cancelled_at is null)`,
  'a living ticket whose code does not answer for it': `
    select t.number, t.barcode, a.state, a.ticket_id from ticket t
    left join access_code a on a.code = t.barcode
    where t.state = 'valid' and t.barcode is not null and (
      a.code is null or a.ticket_id is distinct from t.id
      or a.state not in ('valid', 'test', 'revoked', 'see_box_office'))`,
  'a living ticket that opens and should not, or does not and should': `
    select t.number, t.overbooked, t.is_test, a.state, a.reason from ticket t
    join access_code a on a.code = t.barcode and a.ticket_id = t.id
    left join performance p on p.id = t.performance_id
    where t.state = 'valid' and (
      t.overbooked and not t.is_test and a.state not in ('see_box_office', 'revoked')
      or t.is_test and a.state not in ('test', 'revoked')
      or a.state = 'valid' and p.cancelled_at is not null
      or a.state = 'revoked' and p.cancelled_at is null and not exists (
        select from quarantine q join message m on m.id = q.message_id
        where q.settled_at is null and (m.ticket = t.number or m.content ->> 'replaces' = t.number
          or m.id = a.message_id)))`,
  'a code that opens without a living ticket': `
    select a.code from access_code a left join ticket t on t.id = a.ticket_id
    where a.state = 'valid' and (t.id is null or t.state <> 'valid' or t.barcode <> a.code)`,
  'a provisional code without a list or an open case': `
    select a.code, a.source, a.message_id from access_code a
    left join quarantine q on q.message_id = a.message_id and q.settled_at is null
    where a.state = 'provisional' and a.source <> 'list' and q.message_id is null`,
  'a trace of a ticket that does not exist': `
    select x.kind, x.ticket_id from (
      select 'ledger' as kind, ticket_id from ledger_entry
      union all select 'movement', ticket_id from movement
      union all select 'operation', ticket_id from operation
      union all select 'code', ticket_id from access_code) x
    left join ticket t on t.id = x.ticket_id where x.ticket_id is not null and t.id is null`,
};

const CASES: Readonly<Record<string, string>> = {
  'a case and its message that disagree': `
    select m.id, m.state, q.settled_at, q.way_out from message m
    left join quarantine q on q.message_id = m.id
    where (m.state = 'quarantined') <> (q.message_id is not null and q.settled_at is null)`,
  'a case without a problem': `
    select message_id from quarantine
     where settled_at is null and jsonb_array_length(problems) = 0`,
  'a case behind one that is over, or behind a follower': `
    select q.message_id, q.root_message_id, r.settled_at, r.root_message_id as behind
    from quarantine q left join quarantine r on r.message_id = q.root_message_id
    where q.settled_at is null and q.root_message_id is not null
      and (r.message_id is null or r.settled_at is not null or r.root_message_id is not null)`,
  'a settled case that does not say by whom and how': `
    select message_id, settled_by, way_out from quarantine
    where settled_at is not null and (settled_by is null or way_out is null)`,
  'an integrated message without its operation': `
    select m.id, m.kind, m.ticket from message m
    left join operation o on o.message_id = m.id
    where m.state = 'integrated' and o.id is null`,
  'an operation without its integrated message': `
    select o.id, o.kind, m.state from operation o left join message m on m.id = o.message_id
    where o.message_id is not null and m.state is distinct from 'integrated'`,
  'a message that came in twice': `
    select kind, ticket, operation_number from message where state = 'integrated'
    group by reseller_account_id, kind, ticket, operation_number
    having count(*) > 1 and count(operation_number) > 0`,
};

const AT_REST: Readonly<Record<string, string>> = {
  'a command that nobody knows the end of': `
    select reference, state from command where state in ('stored', 'unknown')`,
  'a run that runs': `select number, function from run where state = 'running'`,
};

/** All contradictions by name, each with a few of its rows; none: an empty object. */
export async function findContradictions(
  database: Database,
  organisationId: number,
  options: CheckOptions = {},
): Promise<Record<string, unknown[]>> {
  const checks = {
    ...SEATS,
    ...COUNTS,
    ...MONEY,
    ...TICKETS,
    ...CASES,
    ...(options.atRest === true ? AT_REST : {}),
  };
  const except = options.except ?? [];
  const unknown = except.filter((name) => !(name in checks));
  if (unknown.length > 0) throw new Error(`No such checks: ${unknown.join(', ')}`);
  return database.transaction(organisationId, async (tx) => {
    const found: Record<string, unknown[]> = {};
    for (const [name, sql] of Object.entries(checks)) {
      if (except.includes(name)) continue;
      const rows = await tx.query(`select * from (${sql}) contradictions limit 5`);
      if (rows.length > 0) found[name] = rows;
    }
    return found;
  });
}

/** Holds a house against itself; fails with every contradiction and a few of its rows. */
export async function checkHouse(
  database: Database,
  organisationId: number,
  options: CheckOptions = {},
): Promise<void> {
  expect(await findContradictions(database, organisationId, options)).toEqual({});
}
