import { setImmediate } from 'node:timers/promises';
import type { BatchPlan, CaseRow, CeilingPassed, Displaced } from '../domain/order/plan.ts';
import { classOfAll } from '../domain/order/problem.ts';
import type {
  BatchState,
  Candidate,
  CodeState,
  CounterState,
  QuotaState,
  SeatState,
  TicketState,
} from '../domain/order/state.ts';
import type { EntriesMade, EntryOptions, LockedAccount } from './account-store.ts';
import { addEntries, lockAccount } from './account-store.ts';
import type { WriteOptions } from './books-rows.ts';
import {
  insertMovements,
  insertTickets,
  insertTraces,
  RARE_TICKET_COLUMNS,
  TICKET_COLUMNS,
} from './books-rows.ts';
import type { Column } from './bulk-insert.ts';
import { Statement, same } from './bulk-insert.ts';
import { RetryableConflict } from './database/errors.ts';
import type { Tx } from './database/transaction.ts';

/** Writes a plan: what frees a place first, then everything else in one statement. */

/** How many ids `writePlan` will take. */
export function idsNeeded(plan: BatchPlan): number {
  return plan.operations.length + plan.movements.length + plan.ledger.length;
}

export async function writePlan(
  tx: Tx,
  plan: BatchPlan,
  state: BatchState,
  options: WriteOptions,
): Promise<void> {
  const changedTickets = [...state.tickets.values()].filter((one) => one.changed);
  const { pendingAccountId } = options.terms;
  const money = plan.ledger.length > 0;
  const [account] = await Promise.all([
    money ? lockAccount(tx, pendingAccountId) : null,
    // A cancelled ticket must leave its seat before another takes it: its row changes first.
    run(tx, (statement) => {
      updateTickets(statement, changedTickets);
      displaceTickets(statement, plan.displaced);
    }),
    // Rare, and after the others: a ticket that is corrected may take a seat that they have left.
    run(tx, (statement) => correctTickets(statement, changedTickets)),
  ]);
  const seats = [...state.seats.values()].filter((one) => one.changed).sort(bySeat);
  const entries: EntryOptions = {
    ...options,
    timeZone: options.terms.organisationTimeZone,
    interfaceId: options.terms.id,
    byHand: false,
  };
  // Each part is built while the database works on the one before it.
  const parts: Promise<number>[] = [];
  for (const build of [
    // The first is the quickest to build: until it leaves, the database waits.
    (statement: Statement) => {
      insertMovements(statement, plan, options);
      if (account === null) return;
      const made = addEntries(statement, account, plan.ledger, entries);
      plan.ceilingPassed = ceilingPassed(account, made);
    },
    (statement: Statement) => insertTickets(statement, plan, options),
    (statement: Statement) => insertTraces(statement, plan, options),
    (statement: Statement) => {
      updateCounts(statement, state, options);
      writeCodes(statement, state, options);
      writeCases(statement, plan, options);
      // The last part of the statement: the rows it reports are the seats.
      updateSeats(statement, seats);
    },
  ]) {
    const part = run(tx, build);
    // Met below; until then a failure must not count as unhandled.
    part.catch(() => undefined);
    parts.push(part);
    await setImmediate();
  }
  options.meanwhile();
  const written = (await Promise.all(parts)).at(-1);
  if (seats.length > 0 && written !== seats.length) {
    throw new RetryableConflict('40001', 'Seats changed between reading and writing a batch.');
  }
}

function ceilingPassed(account: LockedAccount, made: EntriesMade): CeilingPassed | null {
  if (made.crossed === null) return null;
  const { code, ceilingMinor, currency } = account;
  const { crossed: percent, balanceMinor } = made;
  return { account: code, percent, balanceMinor, ceilingMinor, currency };
}

function bySeat(a: SeatState, b: SeatState): number {
  return a.performanceId - b.performanceId || a.seatId - b.seatId;
}

/** Answers how many rows the last part touched. */
function run(tx: Tx, build: (statement: Statement) => void): Promise<number> {
  const statement = new Statement(tx.organisationId);
  build(statement);
  return statement.isEmpty ? Promise.resolve(0) : tx.execute(statement.text, statement.params);
}

function updateTickets(statement: Statement, tickets: readonly TicketState[]): void {
  const columns: Column<TicketState>[] = [
    ['id', 'bigint', (t) => t.id],
    ['number', 'text', (t) => t.number],
    ['generation', 'int', (t) => t.generation],
    ['state', 'text', (t) => t.state],
    ['refunded_minor', 'bigint', (t) => t.refundedMinor],
    ['commission_refunded_minor', 'bigint', (t) => t.commissionRefundedMinor],
    ['cancelled_at', 'timestamptz', (t) => t.cancelledAt],
    ['barcode', 'text', (t) => t.barcode],
    ['last_name', 'text', (t) => t.lastName],
    ['first_name', 'text', (t) => t.firstName],
    ['name_missing', 'boolean', (t) => t.nameMissing],
    ['overbooked', 'boolean', (t) => t.overbooked],
    ['contingent_id', 'bigint', (t) => t.contingentId],
  ];
  statement.over(
    columns,
    tickets.filter(({ corrected }) => corrected === null),
    (source) =>
      `update ticket t set number = r.number, generation = r.generation, state = r.state,
         refunded_minor = r.refunded_minor, cancelled_at = r.cancelled_at, barcode = r.barcode,
         commission_refunded_minor = r.commission_refunded_minor,
         last_name = r.last_name, first_name = r.first_name, name_missing = r.name_missing,
         overbooked = r.overbooked, contingent_id = r.contingent_id,
         to_be_refunded = t.to_be_refunded and r.state = 'valid'
       from ${source} where t.organisation_id = $1 and t.id = r.id`,
  );
}

/** Contents told again: every column of theirs. */
function correctTickets(statement: Statement, tickets: readonly TicketState[]): void {
  const columns = [...TICKET_COLUMNS, ...RARE_TICKET_COLUMNS];
  const names = columns.map(([name]) => name).filter((name) => name !== 'id');
  statement.over(
    columns,
    tickets.filter(({ corrected }) => corrected !== null),
    (source) =>
      `update ticket t set ${names.map((name) => `${name} = r.${name}`).join(', ')}
       from ${source} where t.organisation_id = $1 and t.id = r.id`,
  );
}

/** Another account's ticket that gave its seat or its code to one of this batch. */
function displaceTickets(statement: Statement, displaced: readonly Displaced[]): void {
  const byId = new Map<number, { id: number; place: boolean; code: boolean }>();
  for (const { ticketId: id, lost } of displaced) {
    const one = byId.get(id) ?? { id, place: false, code: false };
    one[lost] = true;
    byId.set(id, one);
  }
  statement.over(
    [
      ['id', 'bigint', (one) => one.id],
      ['place', 'boolean', (one) => one.place],
      ['code', 'boolean', (one) => one.code],
    ],
    [...byId.values()],
    (source) =>
      `update ticket t set overbooked = t.overbooked or r.place,
         barcode = case when r.code then null else t.barcode end
       from ${source} where t.organisation_id = $1 and t.id = r.id`,
  );
}

function updateSeats(statement: Statement, seats: readonly SeatState[]): void {
  const columns: Column<SeatState>[] = [
    ['performance_id', 'bigint', (s) => s.performanceId],
    ['seat_id', 'bigint', (s) => s.seatId],
    ['state', 'text', (s) => s.state],
    ['ticket_id', 'bigint', (s) => s.ticket?.id ?? null],
    ['interface_id', 'bigint', (s) => s.interfaceId],
    ['sent_category_id', 'bigint', (s) => s.sentCategoryId],
    ['sent_contingent_id', 'bigint', (s) => s.sentContingentId],
    ['own_reference', 'text', (s) => s.ownReference],
    ['version', 'text', (s) => s.version],
  ];
  statement.over(
    columns,
    seats,
    (source) =>
      `update performance_seat s set state = r.state, ticket_id = r.ticket_id,
         interface_id = r.interface_id, sent_category_id = r.sent_category_id,
         sent_contingent_id = r.sent_contingent_id, own_reference = r.own_reference
       from ${source} where s.organisation_id = $1 and s.performance_id = r.performance_id
         and s.seat_id = r.seat_id and s.xmin = r.version::xid`,
  );
}

function updateCounts(statement: Statement, state: BatchState, options: WriteOptions): void {
  const counters = [...state.counters.values()].filter((one) => one.soldDelta !== 0);
  const counterColumns: Column<CounterState>[] = [
    ['id', 'bigint', (c) => c.id],
    ['delta', 'int', (c) => c.soldDelta],
  ];
  statement.over(
    counterColumns,
    counters,
    (source) =>
      `update counter c set sold = c.sold + r.delta from ${source}
       where c.organisation_id = $1 and c.id = r.id`,
  );
  const quotas = [...state.quotas.values()].filter(
    (one) => one.soldDelta !== 0 || one.allottedDelta !== 0 || one.quotaDelta !== 0,
  );
  const quotaColumns: Column<QuotaState>[] = [
    ['counter_id', 'bigint', (q) => q.counterId],
    ['contingent_id', 'bigint', (q) => q.contingentId],
    ['sold_delta', 'int', (q) => q.soldDelta],
    ['allotted_delta', 'int', (q) => q.allottedDelta],
    ['quota_delta', 'int', (q) => q.quotaDelta],
    same('own_id', 'bigint', options.terms.id),
  ];
  statement.over(
    quotaColumns,
    quotas,
    (source) =>
      `update contingent_quota q set sold = q.sold + r.sold_delta,
         allotted = q.allotted + r.allotted_delta, quota = q.quota + r.quota_delta,
         interface_id = case when q.allotted + r.allotted_delta > 0
           then coalesce(q.interface_id, r.own_id) else q.interface_id end
       from ${source} where q.organisation_id = $1 and q.counter_id = r.counter_id
         and q.contingent_id = r.contingent_id`,
  );
}

function writeCodes(statement: Statement, state: BatchState, options: WriteOptions): void {
  const columns: Column<CodeState>[] = [
    ['code', 'text', (c) => c.code],
    ['state', 'text', (c) => c.state],
    ['reason', 'text', (c) => c.reason],
    ['source', 'text', (c) => c.source],
    same('interface_id', 'bigint', options.terms.id),
    ['product_id', 'bigint', (c) => c.productId],
    ['performance_id', 'bigint', (c) => c.performanceId],
    ['day', 'date', (c) => c.day],
    ['ticket_id', 'bigint', (c) => c.ticketId],
    ['message_id', 'bigint', (c) => c.messageId],
    same('changed_at', 'timestamptz', options.at),
  ];
  const codes = [...state.codes.values()];
  statement.insert(
    'access_code',
    columns,
    codes.filter((one) => one.created),
  );
  statement.over(
    columns,
    codes.filter((one) => one.changed),
    (source) =>
      `update access_code a set state = r.state, reason = r.reason, source = r.source,
         product_id = r.product_id, performance_id = r.performance_id, day = r.day,
         ticket_id = r.ticket_id, message_id = r.message_id, changed_at = r.changed_at
       from ${source} where a.organisation_id = $1 and a.code = r.code`,
  );
}

function writeCases(statement: Statement, plan: BatchPlan, options: WriteOptions): void {
  const { terms, runId, at } = options;
  const columns: Column<CaseRow>[] = [
    ['message_id', 'bigint', (c) => c.candidate.messageId],
    same('reseller_account_id', 'bigint', terms.resellerAccountId),
    same('interface_id', 'bigint', terms.id),
    ['ticket', 'text', (c) => c.candidate.message.ticket],
    ['replaces', 'text', (c) => c.candidate.message.replaces],
    ['class', 'text', (c) => classOfAll(c.problems)],
    ['problems', 'jsonb', (c) => JSON.stringify(c.problems)],
    ['root_message_id', 'bigint', (c) => c.rootMessageId],
    ['product_id', 'bigint', (c) => c.productId],
    ['performance_id', 'bigint', (c) => c.performanceId],
    ['seat_id', 'bigint', (c) => c.seatId],
    ['counter_id', 'bigint', (c) => c.counterId],
    ['due_at', 'timestamptz', (c) => c.dueAt],
    same('opened_at', 'timestamptz', at),
    same('run_id', 'bigint', runId),
  ];
  statement.insert(
    'quarantine',
    columns,
    plan.cases.filter((one) => one.isNew),
  );
  statement.over(
    columns,
    plan.cases.filter((one) => !one.isNew),
    (source) =>
      `update quarantine q set class = r.class, problems = r.problems::jsonb,
         root_message_id = r.root_message_id, product_id = r.product_id,
         performance_id = r.performance_id, seat_id = r.seat_id, counter_id = r.counter_id,
         due_at = r.due_at
       from ${source} where q.organisation_id = $1 and q.message_id = r.message_id`,
  );
  settleCases(statement, plan, options);
}

function settleCases(statement: Statement, plan: BatchPlan, options: WriteOptions): void {
  const left = new Map(plan.outcomes.map(({ candidate, outcome }) => [candidate, outcome]));
  // Not ours, another interface's, or settled otherwise: nothing of it is in the books.
  const isForeign = (c: Candidate) => left.get(c) === 'not_ours' || left.get(c) === 'elsewhere';
  const isAside = (c: Candidate) => isForeign(c) || left.get(c) === 'set_aside';
  const columns: Column<Candidate>[] = [
    ['message_id', 'bigint', (c) => c.messageId],
    ['way_out', 'text', (c) => (isForeign(c) ? (left.get(c) ?? null) : 'replayed')],
    same('settled_at', 'timestamptz', options.at),
    same('settled_by', 'text', options.author),
  ];
  statement.over(
    columns,
    plan.settled,
    (source) =>
      `update quarantine q set settled_at = r.settled_at,
         settled_by = coalesce(q.decided_by, r.settled_by),
         way_out = case
           when r.way_out <> 'replayed' then r.way_out
           when q.decided_way is not null then q.decided_way
           when q.reported_at is not null then 'reported'
           else r.way_out end
       from ${source} where q.organisation_id = $1 and q.message_id = r.message_id`,
  );
  const states: Column<Candidate>[] = [
    ['id', 'bigint', (c) => c.messageId],
    ['state', 'text', (c) => (isAside(c) ? 'set_aside' : 'integrated')],
  ];
  statement.over(
    states,
    plan.settled,
    (source) =>
      `update message m set state = r.state from ${source}
       where m.organisation_id = $1 and m.id = r.id`,
  );
}
