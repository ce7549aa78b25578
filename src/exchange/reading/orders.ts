/** Orders as the box office looks for them, and one with everything that is known of it. */
import { splitPath } from '../../domain/seating/seat-text.ts';
import type { Database } from '../../store/database/database.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { Candidate, OrderFilter, OrderKey } from '../../store/order-search-store.ts';
import {
  findBySeats,
  findByWord,
  findSeats,
  walkByName,
  walkByPerformance,
  walkByTime,
} from '../../store/order-search-store.ts';
import type { OrderRow, TicketLine, TicketRow } from '../../store/order-store.ts';
import { readOrders, readTicketLines, readTicketsOfOrder } from '../../store/order-store.ts';
import type {
  CodeLine,
  LedgerLine,
  MessageLine,
  OperationLine,
} from '../../store/ticket-story-store.ts';
import {
  readCodesOfTickets,
  readLedgerOfTickets,
  readMessagesOfTickets,
  readOperationsOfTickets,
} from '../../store/ticket-story-store.ts';

export type { CodeLine, LedgerLine, MessageLine, OperationLine, OrderKey, OrderRow, TicketRow };

/** What a person has in hand; nothing: the newest orders. */
export type OrderSought =
  | { by: 'nothing' }
  /** Ticket, order or barcode; where none is called so, the beginning of a holder's name. */
  | { by: 'any'; value: string }
  | { by: 'name'; value: string }
  | { by: 'ticket' | 'order' | 'barcode'; value: string }
  /** `Layout/Area/Block/Row/Number`, or as many of its last parts as are known, two at least. */
  | { by: 'seat'; value: string; performanceId: number };

export interface OrdersRequest extends OrderFilter {
  organisationId: number;
  sought: OrderSought;
  after: OrderKey | null;
  limit: number;
}

export type FoundOrder = OrderRow & { lines: readonly TicketLine[] };

/**
 * Candidates that one page looks through when a filter may pass over most of them. A page may so
 * hold fewer orders than asked for, or none, and still have a next one.
 */
const WALK_MAX = 2_000;
const LINES_MAX = 20;

/** `next` is null on the last page. */
export function searchOrders(
  { database }: { database: Database },
  request: OrdersRequest,
): Promise<{ items: FoundOrder[]; next: OrderKey | null }> {
  const { organisationId, sought, after, limit, ...filter } = request;
  return database.transaction(
    organisationId,
    async (tx) => {
      const page = await findPage(tx, sought, filter, { after, limit });
      const ids = page.keys.map(({ id }) => id);
      const { performanceId, state } = filter;
      const orders = await readOrders(tx, ids);
      const lines = await readTicketLines(tx, ids, { performanceId, state, limit: LINES_MAX });
      const byOrder = Map.groupBy(lines, (line) => line.orderId);
      const items = orders.map((order) => ({ ...order, lines: byOrder.get(order.id) ?? [] }));
      return { items, next: page.next };
    },
    { readOnly: true },
  );
}

interface Page {
  keys: OrderKey[];
  next: OrderKey | null;
}

async function findPage(
  tx: Tx,
  sought: OrderSought,
  filter: OrderFilter,
  page: { after: OrderKey | null; limit: number },
): Promise<Page> {
  if (sought.by === 'any') {
    const found = await findByWord(tx, 'any', sought.value, filter);
    if (found.length > 0 || page.after?.key === '') return cut(found, page, Infinity);
    return findPage(tx, { by: 'name', value: sought.value }, filter, page);
  }
  if (sought.by === 'seat') {
    return cut(await bySeat(tx, sought, filter), page, Infinity);
  }
  if (sought.by !== 'nothing' && sought.by !== 'name') {
    return cut(await findByWord(tx, sought.by, sought.value, filter), page, Infinity);
  }
  const [walk, isPicky] = walkOf(sought, filter);
  const length = isPicky ? WALK_MAX : page.limit + 1;
  return cut(await walk(tx, { after: page.after, limit: length }), page, length);
}

type Walk = (tx: Tx, page: { after: OrderKey | null; limit: number }) => Promise<Candidate[]>;

/** The way through the orders, and whether the filter may pass some of them over. */
function walkOf(
  sought: Extract<OrderSought, { by: 'nothing' | 'name' }>,
  filter: OrderFilter,
): [Walk, boolean] {
  const { interfaceId, performanceId, state, from, until } = filter;
  const besides = interfaceId !== null || state !== null;
  if (sought.by === 'name') {
    const isPicky = besides || performanceId !== null || from !== null || until !== null;
    return [(tx, page) => walkByName(tx, beginnings(sought.value), filter, page), isPicky];
  }
  if (performanceId !== null) {
    const of = { ...filter, performanceId };
    const isPicky = besides || from !== null || until !== null;
    return [(tx, page) => walkByPerformance(tx, of, page), isPicky];
  }
  return [(tx, page) => walkByTime(tx, filter, page), besides];
}

/** `Marie Dupont` is looked for as `Dupont Marie`, too: family names come first in the index. */
function beginnings(typed: string): string[] {
  const words = typed.trim().split(/\s+/).slice(0, 6);
  return words.map((_, first) => [...words.slice(first), ...words.slice(0, first)].join(' '));
}

async function bySeat(
  tx: Tx,
  { value, performanceId }: Extract<OrderSought, { by: 'seat' }>,
  filter: OrderFilter,
): Promise<Candidate[]> {
  const [number, row, block = null, area = null, layout = null] = splitPath(value).reverse();
  if (number === undefined || row === undefined) return [];
  const place = { layout, area, block, row, number };
  const seatIds = await findSeats(tx, performanceId, place);
  return seatIds.length === 0 ? [] : findBySeats(tx, { performanceId, seatIds }, filter);
}

/** @param walked how many candidates were asked for: as many came, so there may be more. */
function cut(
  candidates: readonly Candidate[],
  { after, limit }: { after: OrderKey | null; limit: number },
  walked: number,
): Page {
  // What was found by a word comes whole: its pages begin after the last id that was told.
  const isWhole = walked === Infinity;
  const fitting = candidates.filter(
    ({ id, fits }) => fits && (!isWhole || after === null || id < after.id),
  );
  const keys = fitting.slice(0, limit).map(({ key, id }) => ({ key, id }));
  const last = keys.at(-1);
  if (fitting.length > limit && last !== undefined) return { keys, next: last };
  const end = candidates.at(-1);
  const goesOn = candidates.length >= walked && end !== undefined;
  return { keys, next: goesOn ? { key: end.key, id: end.id } : null };
}

export interface TicketInFull extends TicketRow {
  ledger: readonly LedgerLine[];
  operations: readonly OperationLine[];
  codes: readonly CodeLine[];
  messages: readonly MessageLine[];
}

export interface OrderInFull {
  order: OrderRow;
  tickets: TicketInFull[];
  /** The last ticket of this page where there are more. */
  next: number | null;
}

const MESSAGES_MAX = 2_000;

/** Null where there is no such order. */
export function readOrder(
  { database }: { database: Database },
  request: { organisationId: number; orderId: number; afterId: number; limit: number },
): Promise<OrderInFull | null> {
  const { organisationId, orderId, afterId, limit } = request;
  return database.transaction(
    organisationId,
    async (tx) => {
      const [order] = await readOrders(tx, [orderId]);
      if (order === undefined) return null;
      const rows = await readTicketsOfOrder(tx, orderId, { afterId, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
      return { order, tickets: await withStories(tx, page), next };
    },
    { readOnly: true },
  );
}

export async function withStories(tx: Tx, rows: readonly TicketRow[]): Promise<TicketInFull[]> {
  const ids = rows.map(({ id }) => id);
  const ofTicket = (one: { ticketId: number }): number => one.ticketId;
  const ledger = Map.groupBy(await readLedgerOfTickets(tx, ids), ofTicket);
  const operations = Map.groupBy(await readOperationsOfTickets(tx, ids), ofTicket);
  const codes = Map.groupBy(await readCodesOfTickets(tx, ids), ofTicket);
  const nameOf = (account: number, number: string): string => `${account} ${number}`;
  const messages = Map.groupBy(await readMessagesOfTickets(tx, rows, MESSAGES_MAX), (one) =>
    nameOf(one.resellerAccountId, one.ticket),
  );
  return rows.map((row) => ({
    ...row,
    ledger: ledger.get(row.id) ?? [],
    operations: operations.get(row.id) ?? [],
    codes: codes.get(row.id) ?? [],
    messages: messages.get(nameOf(row.resellerAccountId, row.number)) ?? [],
  }));
}
