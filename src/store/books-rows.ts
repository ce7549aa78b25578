import type { Message } from '../domain/order/message.ts';
import type {
  BatchPlan,
  InterfaceTerms,
  MovementRow,
  OperationRow,
  OrderRow,
} from '../domain/order/plan.ts';
import type { Candidate, FreshTicket, TicketState } from '../domain/order/state.ts';
import type { Column, Statement } from './bulk-insert.ts';
import { same } from './bulk-insert.ts';

/** The rows that a batch appends: orders, tickets, operations, movements, ledger, messages. */

export interface WriteOptions {
  terms: InterfaceTerms;
  runId: number;
  author: string;
  /** ISO instant of the batch. */
  at: string;
  nextId: () => number;
  /** Called when every part is with the database. */
  meanwhile: () => void;
}

/** The columns of its own of a new ticket, or of one whose contents are replaced. */
const fresh = (ticket: TicketState): FreshTicket =>
  (ticket.fresh ?? ticket.corrected) as FreshTicket;

export const TICKET_COLUMNS: readonly Column<TicketState>[] = [
  ['id', 'bigint', (t) => t.id],
  ['sale_order_id', 'bigint', (t) => t.saleOrderId],
  ['number', 'text', (t) => t.number],
  ['generation', 'int', (t) => t.generation],
  ['state', 'text', (t) => t.state],
  ['product_id', 'bigint', (t) => t.productId],
  ['performance_id', 'bigint', (t) => t.performanceId],
  ['seat_id', 'bigint', (t) => t.seatId],
  ['counter_id', 'bigint', (t) => t.counterIds[0] ?? null],
  ['day', 'date', (t) => fresh(t).day],
  ['seat_category_id', 'bigint', (t) => fresh(t).categoryId],
  ['tariff_id', 'bigint', (t) => fresh(t).tariffId],
  ['contingent_id', 'bigint', (t) => t.contingentId],
  ['currency', 'text', (t) => t.currency],
  ['price_minor', 'bigint', (t) => t.priceMinor],
  ['our_price_minor', 'bigint', (t) => fresh(t).ourPriceMinor],
  ['booked_minor', 'bigint', (t) => t.bookedMinor],
  ['commission_minor', 'bigint', (t) => t.commissionMinor],
  ['commission_on_top', 'boolean', (t) => t.commissionOnTop],
  ['net_due_minor', 'bigint', (t) => fresh(t).netDueMinor],
  ['vat_hundredths', 'int', (t) => fresh(t).vatHundredths],
  ['vat_minor', 'bigint', (t) => fresh(t).vatMinor],
  ['commission_vat_minor', 'bigint', (t) => fresh(t).commissionVatMinor],
  ['refunded_minor', 'bigint', (t) => t.refundedMinor],
  ['commission_refunded_minor', 'bigint', (t) => t.commissionRefundedMinor],
  ['last_name', 'text', (t) => t.lastName],
  ['first_name', 'text', (t) => t.firstName],
  ['name_missing', 'boolean', (t) => t.nameMissing],
  ['outlet', 'text', (t) => fresh(t).outlet],
  ['barcode', 'text', (t) => t.barcode],
  ['sold_at', 'timestamptz', (t) => t.soldAt],
  ['cancelled_at', 'timestamptz', (t) => t.cancelledAt],
  ['operation_number', 'bigint', (t) => t.operationNumber],
  ['is_test', 'boolean', (t) => t.isTest],
  ['to_be_refunded', 'boolean', (t) => fresh(t).toBeRefunded],
  ['message_id', 'bigint', (t) => t.messageId],
];

/** What next to no ticket has: such a column travels only with a batch that has one. */
export const RARE_TICKET_COLUMNS: readonly (readonly [
  name: string,
  type: string,
  value: (ticket: TicketState) => number | boolean | null,
])[] = [
  ['reseller_seat_id', 'bigint', (t) => t.resellerSeatId],
  ['overbooked', 'boolean', (t) => t.overbooked],
  ['any_share', 'boolean', (t) => t.anyShare],
  ['from_house_stock', 'boolean', (t) => t.fromHouseStock],
];

export function insertTickets(statement: Statement, plan: BatchPlan, options: WriteOptions): void {
  statement.insert('sale_order', orderColumns(options), plan.orders);
  const { terms, runId } = options;
  const isMet = ([, , value]: (typeof RARE_TICKET_COLUMNS)[number]) =>
    plan.newTickets.some((ticket) => value(ticket));
  const tickets: Column<TicketState>[] = [
    ...TICKET_COLUMNS,
    ...RARE_TICKET_COLUMNS.filter(isMet),
    same('reseller_account_id', 'bigint', terms.resellerAccountId),
    same('interface_id', 'bigint', terms.id),
    same('run_id', 'bigint', runId),
  ];
  statement.insert('ticket', tickets, plan.newTickets);
}

export function insertTraces(statement: Statement, plan: BatchPlan, options: WriteOptions): void {
  statement.insert(
    'ticket_former_number',
    [
      same('reseller_account_id', 'bigint', options.terms.resellerAccountId),
      ['number', 'text', (one) => one.number],
      ['ticket_id', 'bigint', (one) => one.ticketId],
    ],
    plan.formerNumbers,
    'on conflict do nothing',
  );
  statement.insert('operation', operationColumns(options), plan.operations);
  insertMessages(statement, plan, options);
}

export function insertMovements(
  statement: Statement,
  plan: BatchPlan,
  options: WriteOptions,
): void {
  statement.insert('movement', movementColumns(options), plan.movements);
}

function orderColumns(options: WriteOptions): Column<OrderRow>[] {
  const { terms, runId } = options;
  return [
    ['id', 'bigint', (o) => o.id],
    ['reference', 'text', (o) => o.reference],
    ['ordered_at', 'timestamptz', (o) => o.orderedAt],
    same('reseller_account_id', 'bigint', terms.resellerAccountId),
    same('interface_id', 'bigint', terms.id),
    same('contact_id', 'bigint', terms.contactId),
    same('point_of_sale_id', 'bigint', terms.pointOfSaleId),
    same('pending_account_id', 'bigint', terms.pendingAccountId),
    same('currency', 'text', terms.currency),
    same('run_id', 'bigint', runId),
  ];
}

function operationColumns(options: WriteOptions): Column<OperationRow>[] {
  const { runId, at, author, nextId } = options;
  return [
    ['id', 'bigint', nextId],
    ['ticket_id', 'bigint', (o) => o.ticketId],
    ['kind', 'text', (o) => o.kind],
    ['operation_number', 'bigint', (o) => o.operationNumber],
    ['operation_at', 'timestamptz', (o) => o.operationAt],
    same('entered_at', 'timestamptz', at),
    ['amount_minor', 'bigint', (o) => o.amountMinor],
    ['commission_minor', 'bigint', (o) => o.commissionMinor],
    ['currency', 'text', (o) => o.currency],
    ['message_id', 'bigint', (o) => o.messageId],
    same('run_id', 'bigint', runId),
    same('author', 'text', author),
    ['detail', 'jsonb', (o) => (o.detail === null ? null : JSON.stringify(o.detail))],
  ];
}

function movementColumns(options: WriteOptions): Column<MovementRow>[] {
  const { terms, runId, at, nextId } = options;
  return [
    ['id', 'bigint', nextId],
    ['kind', 'text', (m) => m.kind],
    ['performance_id', 'bigint', (m) => m.performanceId],
    ['counter_id', 'bigint', (m) => m.counterId],
    ['seat_id', 'bigint', (m) => m.seatId],
    ['contingent_id', 'bigint', (m) => m.contingentId],
    same('interface_id', 'bigint', terms.id),
    ['ticket_id', 'bigint', (m) => m.ticketId],
    ['quantity', 'int', (m) => m.quantity],
    same('run_id', 'bigint', runId),
    same('at', 'timestamptz', at),
  ];
}

interface MessageRow {
  candidate: Candidate;
  state: 'integrated' | 'quarantined' | 'set_aside';
}

function insertMessages(statement: Statement, plan: BatchPlan, options: WriteOptions): void {
  const { terms, runId, at } = options;
  const content = (row: MessageRow): Message => row.candidate.message;
  const rows: MessageRow[] = [
    ...plan.integrated.map((candidate) => ({ candidate, state: 'integrated' as const })),
    ...plan.keptOut.map((candidate) => ({ candidate, state: 'set_aside' as const })),
    ...plan.cases
      .filter((one) => one.isNew)
      .map(({ candidate }) => ({ candidate, state: 'quarantined' as const })),
  ];
  const columns: Column<MessageRow>[] = [
    ['id', 'bigint', (row) => row.candidate.messageId],
    same('reseller_account_id', 'bigint', terms.resellerAccountId),
    same('interface_id', 'bigint', terms.id),
    same('run_id', 'bigint', runId),
    ['kind', 'text', (row) => content(row).kind],
    ['ticket', 'text', (row) => content(row).ticket],
    ['operation_number', 'bigint', (row) => content(row).operationNumber],
    ['operation_at', 'timestamptz', (row) => content(row).operationAt],
    ['state', 'text', (row) => row.state],
    ['content', 'jsonb', (row) => JSON.stringify(content(row))],
    same('received_at', 'timestamptz', at),
  ];
  statement.insert('message', columns, rows);
}
