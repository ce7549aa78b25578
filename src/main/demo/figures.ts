/**
 * What the demo comes to, counted from the books of both sides and not by the process: a demo that
 * was killed and started again counts the same. The counts are explained in docs/demo.md.
 */
import type { SimulatedTicket } from '../../channels/contract/switchboard.ts';
import { allotmentTable } from '../../store/allotment-table.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { Differences, Quarantine } from './books.ts';
import { countQuarantine, openDifferences } from './books.ts';
import type { ReportedOperation } from './reseller.ts';
import { reportedOperations } from './reseller.ts';
import type { Story } from './story.ts';
import { inTx, noted } from './story.ts';
import type { StoryFigures } from './story-figures.ts';
import { countStory } from './story-figures.ts';

export interface Figures extends StoryFigures {
  contingented: number;
  exported: number;
  takenBack: number;
  messages: number;
  integrated: number;
  cancelled: number;
  refunded: number;
  replaced: number;
  exchanged: number;
  renamed: number;
  alreadyKnown: number;
  orders: number;
  tickets: number;
  codes: number;
  before: { quarantine: Quarantine };
  after: { quarantine: Quarantine };
  pendingAccountMinor: Record<string, number>;
  reconciliation: Differences;
  doubleSold: number;
  lost: number;
  seconds: number;
}

export async function countFigures(story: Story, seconds: number): Promise<Figures> {
  const shops = [story.reseller, story.reseller.gardens];
  const states = shops.map(({ simulator }) => simulator.switchboard.state({ tickets: true }));
  const theirs = states.flatMap(({ tickets }) => tickets);
  const lines = states.reduce((total, { operations }) => total + operations, 0);
  const reported = shops.flatMap(({ folder }) => reportedOperations(folder));
  const stock = await countStock(story);
  const counted = await inTx(story, countBooks);
  const living = await inTx(story, livingTickets);
  const { messages, unreadable } = counted;
  const before = await noted<Quarantine>(story, 'demo.before');
  const after = await countQuarantine(story);
  const read = Math.min(lines, await inTx(story, readUpTo));
  return {
    ...stock,
    takenBack: counted.takenBack,
    messages: messages + unreadable,
    integrated: counted.sale,
    cancelled: counted.cancellation,
    refunded: counted.refund,
    replaced: counted.replacement,
    exchanged: counted.exchange,
    renamed: counted.holder,
    // Lines that were read and made no row of their own: what was there already.
    alreadyKnown: read - messages - unreadable,
    orders: counted.orders,
    tickets: counted.tickets,
    codes: counted.codes,
    before: { quarantine: before ?? { roots: 0, messages: 0 } },
    after: { quarantine: after },
    pendingAccountMinor: await inTx(story, balances),
    reconciliation: await openDifferences(story, null),
    doubleSold: (await inTx(story, countDoubleSold)) + soldTwiceThere(theirs),
    lost:
      lostTickets(theirs, living) + (await inTx(story, (tx) => countLostOperations(tx, reported))),
    ...(await countStory(story)),
    seconds,
  };
}

/** The séances' dialog, over every performance of every interface. */
async function countStock(story: Story): Promise<{ contingented: number; exported: number }> {
  return inTx(story, async (tx) => {
    const interfaces = await tx.query<{ id: number }>(
      'select id from interface where organisation_id = $1 order by id',
      [tx.organisationId],
    );
    const performances = await tx.query<{ id: number }>(
      'select id from performance where organisation_id = $1 order by id',
      [tx.organisationId],
    );
    const totals = { contingented: 0, exported: 0 };
    for (const { id } of interfaces) {
      for (const performance of performances) {
        for (const row of await allotmentTable(tx, id, performance.id)) {
          totals.contingented += row.contingented;
          totals.exported += row.exported;
        }
      }
    }
    return totals;
  });
}

type Kind = 'sale' | 'cancellation' | 'refund' | 'replacement' | 'exchange' | 'holder';

interface Counted extends Record<Kind, number> {
  takenBack: number;
  messages: number;
  unreadable: number;
  orders: number;
  tickets: number;
  codes: number;
}

async function countBooks(tx: Tx): Promise<Counted> {
  const of = (table: string, where: string, what = 'count(*)'): string =>
    `(select ${what} from ${table} where organisation_id = $1 and ${where})::int`;
  const kinds = ['cancellation', 'refund', 'replacement', 'exchange', 'holder'] as const;
  const [row] = await tx.query<Counted>(
    `select ${kinds.map((kind) => `${of('operation', `kind = '${kind}'`)} as ${kind}`).join(', ')},
       -- An exchange books a sale too: it is counted once, as an exchange.
       (select count(*) from operation o where o.organisation_id = $1 and o.kind = 'sale'
          and not exists (
            select 1 from operation e where e.organisation_id = $1 and e.kind = 'exchange'
              and e.message_id = o.message_id))::int as sale,
       ${of('movement', "kind = 'taken_back'", 'coalesce(sum(abs(quantity)), 0)')}
         as "takenBack",
       ${of('message', 'true')} as messages,
       ${of('unreadable_record', 'true')} as unreadable,
       ${of('sale_order', 'true')} as orders,
       ${of('ticket', "state = 'valid'")} as tickets,
       ${of('access_code', "state in ('valid', 'provisional')")} as codes`,
    [tx.organisationId],
  );
  if (row === undefined) throw new Error('Counts are one row.');
  return row;
}

/** How far the reseller's journals were read: the sequences of the last lines. */
async function readUpTo(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ cursor: number }>(
    `select sum(cursor::bigint)::bigint as cursor from import_cursor
     where organisation_id = $1 and function = 'integrate' and scope = ''`,
    [tx.organisationId],
  );
  return row?.cursor ?? 0;
}

async function balances(tx: Tx): Promise<Record<string, number>> {
  const rows = await tx.query<{ currency: string; balance: number }>(
    `select currency, sum(amount_minor)::bigint as balance from ledger_entry
     where organisation_id = $1 group by currency order by currency`,
    [tx.organisationId],
  );
  return Object.fromEntries(rows.map(({ currency, balance }) => [currency, balance]));
}

/** Seats with two living tickets (but for overbooking, which someone chose), numbers alike. */
async function countDoubleSold(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select (
       (select count(*) from (
          select 1 from ticket
          where organisation_id = $1 and state = 'valid' and seat_id is not null
            and not overbooked
          group by performance_id, seat_id having count(*) > 1) seats)
       + (select count(*) from (
          select 1 from ticket
          where organisation_id = $1 and state = 'valid'
          group by reseller_account_id, number having count(*) > 1) numbers))::int as count`,
    [tx.organisationId],
  );
  return row?.count ?? 0;
}

/** Places that the reseller itself has sold to two living tickets. */
function soldTwiceThere(tickets: readonly SimulatedTicket[]): number {
  const holders = new Map<string, number>();
  for (const { state, product, start, block, row, seat } of tickets) {
    if (state !== 'living' || seat === null) continue;
    const place = [product, start, block, row, seat].join('|');
    holders.set(place, (holders.get(place) ?? 0) + 1);
  }
  return [...holders.values()].filter((count) => count > 1).length;
}

interface LivingTickets {
  valid: ReadonlySet<string>;
  inQuarantine: ReadonlySet<string>;
}

async function livingTickets(tx: Tx): Promise<LivingTickets> {
  const params = [tx.organisationId];
  const valid = await tx.query<{ number: string }>(
    `select number from ticket where organisation_id = $1 and state = 'valid'`,
    params,
  );
  const waiting = await tx.query<{ ticket: string }>(
    'select ticket from quarantine where organisation_id = $1 and settled_at is null',
    params,
  );
  return {
    valid: new Set(valid.map(({ number }) => number)),
    inQuarantine: new Set(waiting.map(({ ticket }) => ticket)),
  };
}

/** Tickets that live on one side only, without a case that says why. */
function lostTickets(theirs: readonly SimulatedTicket[], ours: LivingTickets): number {
  const living = new Set(theirs.flatMap((one) => (one.state === 'living' ? [one.ticket] : [])));
  const lost = new Set<string>();
  for (const ticket of living) if (!ours.valid.has(ticket)) lost.add(ticket);
  for (const ticket of ours.valid) if (!living.has(ticket)) lost.add(ticket);
  return [...lost].filter((ticket) => !ours.inQuarantine.has(ticket)).length;
}

/** Operations in the reseller's file that are neither integrated nor in quarantine here. */
async function countLostOperations(
  tx: Tx,
  reported: readonly ReportedOperation[],
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count
     from unnest($2::text[], $3::bigint[]) as reported (ticket, number)
     where not exists (
       select 1 from message m
       where m.organisation_id = $1 and m.ticket = reported.ticket
         and m.operation_number = reported.number
         and (m.state = 'integrated' or exists (
           select 1 from quarantine q
           where q.organisation_id = $1 and q.message_id = m.id)))`,
    [
      tx.organisationId,
      reported.map(({ ticket }) => ticket),
      reported.map(({ operationNumber }) => operationNumber),
    ],
  );
  return row?.count ?? 0;
}
