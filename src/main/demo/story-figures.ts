/** What the later days of the story come to, counted from the books of both sides. */
import type { Tx } from '../../store/database/transaction.ts';
import { ADOPTED_ON } from './adoption.ts';
import { REFUSED_NOTE } from './counter.ts';
import { GARDENS_INTERFACE } from './gardens.ts';
import type { ReportedOperation } from './reseller.ts';
import { reportedOperations } from './reseller.ts';
import type { Story } from './story.ts';
import { inTx, noted } from './story.ts';

export interface StoryFigures {
  /** Codes that the door refuses as replaced, whose ticket opens it with another one. */
  replacedCodes: number;
  /** Given back on tickets that stay valid, by currency. */
  refundedMinor: Record<string, number>;
  /** Tickets sold at a price that was no longer the house's: let through, or taken by someone. */
  formerPrice: { withinGrace: number; accepted: number };
  adopted: Adopted;
  /** Cases that a person or the reseller settled, by the way out; `replayed`: by a correction. */
  waysOut: Record<string, number>;
  /** Messages that are kept and not booked, by a person's choice. */
  setAside: number;
  /** Valid tickets beside the capacity, and on another seat than the reseller's. */
  overbooked: number;
  reseated: number;
  /** Places that the venue's own counter sold, and lines that it was refused. */
  counter: { sold: number; refused: number };
  /** Of cancelled performances: tickets that the reseller has refunded since, and has still to. */
  cancelledShow: { refunded: number; toBeRefunded: number };
  /** Files of sales, their lines, and the messages that only they brought. */
  imported: { files: number; lines: number; messages: number };
  account: AccountFigures;
}

export interface AccountFigures {
  receivedMinor: number;
  closedPeriods: number;
  /** Operations of a closed period that were booked in a later one, and what they came to. */
  lateOperations: number;
  lateMinor: number;
}

export interface Adopted {
  /** Places of the adopted house that the reseller holds or has sold. */
  seats: number;
  tickets: number;
  /** Tickets sold before its account opened: nobody owes them here. */
  beforeOpening: number;
  /** Owed since then: here by the ledger, there by the reseller's own file. */
  owedMinor: number;
  differenceMinor: number;
}

export async function countStory(story: Story): Promise<StoryFigures> {
  const since = story.clock.local(ADOPTED_ON, '00:00:00');
  const theirs = owedThere(reportedOperations(story.reseller.gardens.folder), since);
  const refused = (await noted<{ codes: string[] }>(story, REFUSED_NOTE))?.codes.length ?? 0;
  return inTx(story, async (tx) => {
    const adopted = await countAdopted(tx);
    return {
      replacedCodes: await countReplacedCodes(tx),
      refundedMinor: await sumRefunds(tx),
      formerPrice: await countFormerPrices(tx),
      adopted: { ...adopted, differenceMinor: theirs - adopted.owedMinor },
      waysOut: await countWaysOut(tx),
      ...(await countTickets(tx)),
      counter: { sold: await countOwnSales(tx), refused },
      cancelledShow: await countCancelledShow(tx),
      imported: await countImported(tx),
      account: await countAccount(tx),
    };
  });
}

async function one<T extends object>(tx: Tx, sql: string, more: readonly unknown[]): Promise<T> {
  const [row] = await tx.query<T>(sql, [tx.organisationId, ...more]);
  if (row === undefined) throw new Error('Counts are one row.');
  return row;
}

async function countReplacedCodes(tx: Tx): Promise<number> {
  const { count } = await one<{ count: number }>(
    tx,
    `select count(*)::int as count from access_code old
     where old.organisation_id = $1 and old.state = 'replaced' and exists (
       select 1 from access_code new
       where new.organisation_id = $1 and new.ticket_id = old.ticket_id and new.state = 'valid')`,
    [],
  );
  return count;
}

async function sumRefunds(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx.query<{ currency: string; sum: number }>(
    `select e.currency, (-sum(e.amount_minor))::bigint as sum from ledger_entry e
     join ticket t on t.organisation_id = e.organisation_id and t.id = e.ticket_id
     where e.organisation_id = $1 and e.kind = 'refund' and t.state = 'valid'
     group by e.currency order by e.currency`,
    [tx.organisationId],
  );
  return Object.fromEntries(rows.map(({ currency, sum }) => [currency, sum]));
}

/** The price valid at the instant of the sale is looked up in the price list, not in the ticket. */
function countFormerPrices(tx: Tx): Promise<StoryFigures['formerPrice']> {
  return one(
    tx,
    `select count(*) filter (where t.sold_at <= listed.valid_from + interval '24 hours')::int
              as "withinGrace",
            count(*) filter (where t.sold_at > listed.valid_from + interval '24 hours')::int
              as accepted
     from ticket t
     cross join lateral (
       select p.amount_minor, p.valid_from from price p
       where p.organisation_id = $1 and p.performance_id = t.performance_id
         and p.tariff_id = t.tariff_id and p.valid_from <= t.sold_at
       order by p.valid_from desc limit 1) listed
     where t.organisation_id = $1 and t.state = 'valid' and t.price_minor <> listed.amount_minor`,
    [],
  );
}

function countAdopted(tx: Tx): Promise<Omit<Adopted, 'differenceMinor'>> {
  return one(
    tx,
    `with adopted as (
       select id, pending_account_id from interface where organisation_id = $1 and code = $2)
     select
       (select count(*) from performance_seat s, adopted
        where s.organisation_id = $1 and s.interface_id = adopted.id)::int as seats,
       (select count(*) from ticket t, adopted
        where t.organisation_id = $1 and t.interface_id = adopted.id and t.state = 'valid')::int
         as tickets,
       (select count(*) from ticket t, adopted
        where t.organisation_id = $1 and t.interface_id = adopted.id and t.state = 'valid'
          and not exists (
            select 1 from ledger_entry e where e.organisation_id = $1 and e.ticket_id = t.id))::int
         as "beforeOpening",
       (select coalesce(sum(e.amount_minor), 0) from ledger_entry e, adopted
        where e.organisation_id = $1 and e.kind in ('sale', 'refund', 'commission')
          and e.pending_account_id = adopted.pending_account_id)::bigint as "owedMinor"`,
    [GARDENS_INTERFACE],
  );
}

async function countWaysOut(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx.query<{ way: string; count: number }>(
    `select way_out as way, count(*)::int as count from quarantine
     where organisation_id = $1 and settled_at is not null group by way_out order by way_out`,
    [tx.organisationId],
  );
  return Object.fromEntries(rows.map(({ way, count }) => [way, count]));
}

function countTickets(tx: Tx): Promise<Pick<StoryFigures, 'setAside' | 'overbooked' | 'reseated'>> {
  return one(
    tx,
    `select
       (select count(*) from message
        where organisation_id = $1 and state = 'set_aside')::int as "setAside",
       count(*) filter (where overbooked)::int as overbooked,
       count(*) filter (where reseller_seat_id <> seat_id)::int as reseated
     from ticket where organisation_id = $1 and state = 'valid'`,
    [],
  );
}

async function countOwnSales(tx: Tx): Promise<number> {
  const { sold } = await one<{ sold: number }>(
    tx,
    `select (
       (select count(*) from performance_seat
        where organisation_id = $1 and state = 'sold' and own_reference is not null)
       + (select coalesce(sum(quantity), 0) from own_claim
          where organisation_id = $1 and kind = 'sold'))::int as sold`,
    [],
  );
  return sold;
}

function countCancelledShow(tx: Tx): Promise<StoryFigures['cancelledShow']> {
  return one(
    tx,
    `select
       count(*) filter (where t.state <> 'valid' and t.cancelled_at >= p.cancelled_at)::int
         as refunded,
       count(*) filter (where t.state = 'valid' and t.to_be_refunded)::int as "toBeRefunded"
     from performance p
     join ticket t on t.organisation_id = p.organisation_id and t.performance_id = p.id
     where p.organisation_id = $1 and p.state = 'cancelled'`,
    [],
  );
}

function countImported(tx: Tx): Promise<StoryFigures['imported']> {
  return one(
    tx,
    `select count(*)::int as files, coalesce(sum(line_count), 0)::int as lines,
            (select count(*) from message m
             where m.organisation_id = $1 and m.run_id in (
               select run_id from received_file where organisation_id = $1))::int as messages
     from received_file where organisation_id = $1`,
    [],
  );
}

function countAccount(tx: Tx): Promise<AccountFigures> {
  return one(
    tx,
    `select coalesce(-sum(amount_minor) filter (where kind = 'payment'), 0)::bigint
              as "receivedMinor",
            (select count(*) from account_period
             where organisation_id = $1 and closed_at is not null)::int as "closedPeriods",
            count(*) filter (where late and kind in ('sale', 'refund'))::int as "lateOperations",
            coalesce(sum(amount_minor) filter (where late), 0)::bigint as "lateMinor"
     from ledger_entry where organisation_id = $1`,
    [],
  );
}

/** Prices less commissions and what was given back, since a local instant. */
function owedThere(operations: readonly ReportedOperation[], since: string): number {
  let owed = 0;
  for (const { type, at, priceMinor, commissionMinor, givenBackMinor } of operations) {
    if (at < since) continue;
    if (type === 'VENTE') owed += priceMinor - commissionMinor;
    else owed -= givenBackMinor;
  }
  return owed;
}
