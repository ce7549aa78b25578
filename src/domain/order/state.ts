import type { CaseDecision } from './case-decision.ts';
import type { Message } from './message.ts';
import type { Problem } from './problem.ts';

/**
 * What the planner knows of the books while it folds a batch. The store fills it under locks; the
 * planner changes it message by message, so that a later message sees what an earlier one did.
 */

export interface TicketState {
  id: number;
  number: string;
  generation: number;
  state: 'valid' | 'cancelled' | 'exchanged';
  saleOrderId: number;
  interfaceId: number;
  productId: number;
  performanceId: number | null;
  seatId: number | null;
  /** The seat as the reseller sold it, where ours is another (re-seated). */
  resellerSeatId: number | null;
  counterIds: readonly number[];
  contingentId: number | null;
  /** Several contingents could have given its place, and the reseller named none. */
  anyShare: boolean;
  /** A counted place beyond what the reseller may sell by itself. */
  fromHouseStock: boolean;
  currency: string;
  priceMinor: number;
  bookedMinor: number;
  commissionMinor: number;
  commissionOnTop: boolean;
  refundedMinor: number;
  /** Commission given back with it. */
  commissionRefundedMinor: number;
  barcode: string | null;
  lastName: string | null;
  firstName: string | null;
  nameMissing: boolean;
  soldAt: string;
  operationNumber: number | null;
  isTest: boolean;
  cancelledAt: string | null;
  /** The message that sold it. */
  messageId: number;
  /** Beside the capacity, by a person's choice: it neither takes nor gives back a place. */
  overbooked: boolean;
  /** Over before it was booked: it never took its place (plan-entry.ts). */
  past: boolean;
  /** What only a new row needs; null for a ticket that was there before this batch. */
  fresh: FreshTicket | null;
  /** Contents that replace those in the books (correct-ticket.ts): the whole row is written. */
  corrected: FreshTicket | null;
  changed: boolean;
}

/** The columns of a new or corrected ticket that later messages do not look at. */
export interface FreshTicket {
  categoryId: number | null;
  tariffId: number;
  day: string | null;
  ourPriceMinor: number | null;
  netDueMinor: number;
  vatHundredths: number;
  vatMinor: number;
  commissionVatMinor: number;
  outlet: string | null;
  toBeRefunded: boolean;
}

export interface SeatState {
  performanceId: number;
  seatId: number;
  /** Where it stands: what a message can name, and a problem tells. */
  blockId: number;
  row: string;
  number: string;
  categoryId: number;
  contingentId: number | null;
  state: 'free' | 'sold' | 'held' | 'blocked';
  interfaceId: number | null;
  sentCategoryId: number | null;
  sentContingentId: number | null;
  wish: string | null;
  wishBy: string | null;
  ticket: TicketState | null;
  ownReference: string | null;
  /** Version of the row as read: the write holds the row against it. */
  version: string;
  changed: boolean;
}

export interface CounterState {
  id: number;
  capacity: number | null;
  sold: number;
  held: number;
  blocked: number;
  soldDelta: number;
}

/** What a contingent keeps of a counter, and of it the reseller holds `allotted`. */
export interface QuotaState {
  counterId: number;
  contingentId: number;
  quota: number;
  interfaceId: number | null;
  allotted: number;
  sold: number;
  held: number;
  allottedDelta: number;
  soldDelta: number;
  /** Places drawn from what no contingent keeps. */
  quotaDelta: number;
}

export type CodeStateName =
  | 'valid'
  | 'provisional'
  | 'revoked'
  | 'replaced'
  | 'see_box_office'
  | 'test';

export interface CodeState {
  code: string;
  state: CodeStateName;
  reason: string | null;
  source: 'ticket' | 'case' | 'list';
  ticketId: number | null;
  messageId: number | null;
  productId: number | null;
  performanceId: number | null;
  day: string | null;
  created: boolean;
  changed: boolean;
}

export interface KnownMessage {
  id: number;
  state: 'integrated' | 'quarantined' | 'set_aside';
  content: Message;
  /** Set aside for good: its repeats are known. False: not taken here, it may be ours by now. */
  keptOut: boolean;
}

/** A message to be decided: new, or one that waits in quarantine and may now pass. */
export interface Candidate {
  message: Message;
  /** Given out before planning, so that cases can point at one another. */
  messageId: number;
  isNew: boolean;
  /** The problems it waits with, for one from quarantine; else empty. */
  waitingWith: readonly Problem[];
  waitingBehind: number | null;
  /** Problems that a person accepted for this message, by code. */
  accepted: ReadonlySet<string>;
  /** What a person decided for it; null: nothing. */
  decision: CaseDecision | null;
  /** On the reseller's list: the reseller's own message about it settles it. */
  reported: boolean;
}

export interface OpenCase {
  messageId: number;
  rootMessageId: number | null;
  message: Message;
}

export interface BatchState {
  /** By id: the tickets that the batch names, and the holders of its seats. */
  tickets: Map<number, TicketState>;
  /** Every generation of a number, and what had it before a duplicate got a number of its own. */
  byNumber: Map<string, TicketState[]>;
  seats: Map<string, SeatState>;
  /** The same seats by performance and id. */
  seatsById: Map<string, SeatState>;
  /** The same seats by the ticket that holds or held them. */
  seatsByTicket: Map<number, SeatState>;
  counters: Map<number, CounterState>;
  quotas: Map<string, QuotaState>;
  /** Living tickets of any share by counter: those that may change it in this batch. */
  pools: Map<number, TicketState[]>;
  codes: Map<string, CodeState>;
  known: Map<string, KnownMessage[]>;
  orders: Map<string, number>;
  /** Open cases by the numbers they name (ticket, replaced ticket), for roots and followers. */
  cases: Map<string, OpenCase[]>;
  /** Balance of the pending account, read only when a ceiling blocks sales. */
  balanceMinor: number | null;
  /** Living tickets out of house stock by counter: read where a rule may draw. */
  houseStock: Map<number, number>;
  /** Places that contingents keep, by performance: read where a gauge limits house stock. */
  placesKept: Map<number, number>;
  /** The open case that met the full ceiling first: the others wait behind it. */
  ceilingRootId: number | null;
}

/** Key of a seat by its place: what a message can name. */
export function placeKey(
  performanceId: number,
  blockId: number,
  row: string,
  number: string,
): string {
  return `${performanceId}|${blockId}|${row}|${number}`;
}

export function seatKey(performanceId: number, seatId: number): string {
  return `${performanceId}|${seatId}`;
}

export function nameTicket(state: BatchState, number: string, ticket: TicketState): void {
  const named = state.byNumber.get(number);
  if (named === undefined) state.byNumber.set(number, [ticket]);
  else if (!named.includes(ticket)) named.push(ticket);
}

export function quotaKey(counterId: number, contingentId: number): string {
  return `${counterId}|${contingentId}`;
}
