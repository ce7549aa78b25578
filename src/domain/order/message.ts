/**
 * The canonical message: one operation of a reseller, in the reseller's words, readable by
 * every part of the house. A channel's map.ts makes it; nothing after the channel knows the wire.
 *
 * Contact data of a buyer (e-mail, phone, address, bank) has no field here, so that it cannot be
 * stored by accident.
 */

export const MESSAGE_KINDS = [
  'sale',
  'cancellation',
  'refund',
  'replacement',
  'exchange',
  'holder',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** How exactly a way in tells an instant; two instants are compared at the coarser of the two. */
export type InstantPrecision = 'second' | 'minute';

export interface Message {
  kind: MessageKind;
  /** The reseller's number of the operation: digits, compared as a number; null where unknown. */
  operationNumber: number | null;
  /** Instant of the operation at the reseller, ISO 8601 in UTC with milliseconds. */
  operationAt: string;
  operationPrecision: InstantPrecision;
  /** True when a clock change makes the local time ambiguous: read with the earlier offset. */
  operationAmbiguous: boolean;
  /** The reseller's ticket number, unique among living tickets of a reseller account. */
  ticket: string;
  /** Tickets that share an order reference form one order; null: the ticket is its own order. */
  order: string | null;
  /** Number of the ticket that this one replaces (replacement, exchange). */
  replaces: string | null;
  /** The reseller's word for the event, competition or pass (FNAC: manifestation). */
  product: string;
  /** The reseller's code of the performance, where it has one. */
  performance: string | null;
  /** Local start in the venue's zone, `YYYY-MM-DDTHH:MM`; for a dated pass its day and slot. */
  start: string | null;
  /** The reseller's word for the hall (logical configuration). */
  hall: string | null;
  block: string | null;
  row: string | null;
  seat: string | null;
  /** The reseller's code of the contingent (FNAC: allotement). */
  allotment: string | null;
  /** The reseller's word for the seat category (FNAC: type de tarif). */
  category: string | null;
  /** The reseller's word for the tariff (FNAC: catégorie de client). */
  tariff: string | null;
  /** Price the spectator paid, in minor units of `currency`; null where the kind carries none. */
  priceMinor: number | null;
  /** Amount given back to the spectator, in minor units (cancellation, refund). */
  givenBackMinor: number | null;
  /** Commission of the reseller, in minor units; for a return: commission given back. */
  commissionMinor: number | null;
  currency: string | null;
  /** The code that opens the door. */
  barcode: string | null;
  lastName: string | null;
  firstName: string | null;
  /** The reseller's point of sale. */
  outlet: string | null;
  /** A refund that also gives the place back (otherwise a refund in part keeps the place). */
  releasesPlace: boolean;
  test: boolean;
}

/** What makes two arrivals the same operation of the same ticket, before contents are compared. */
export function sameOperation(a: Message, b: Message): boolean {
  if (a.kind !== b.kind || a.ticket !== b.ticket) return false;
  if (a.operationNumber !== null && b.operationNumber !== null) {
    return a.operationNumber === b.operationNumber;
  }
  return sameInstant(a, b);
}

/** Compares two instants at the coarser precision of the two (a second, or a minute). */
export function sameInstant(a: Message, b: Message): boolean {
  const length =
    a.operationPrecision === 'minute' || b.operationPrecision === 'minute'
      ? 'YYYY-MM-DDTHH:MM'.length
      : 'YYYY-MM-DDTHH:MM:SS'.length;
  return a.operationAt.slice(0, length) === b.operationAt.slice(0, length);
}

/** What places an operation in time. */
export type OperationPoint = Pick<
  Message,
  'operationNumber' | 'operationAt' | 'operationPrecision' | 'operationAmbiguous'
>;

const HOUR = 3_600_000;

/**
 * Whether one operation is before another for sure: by the reseller's numbers where both have
 * one; else by instants, at the coarser precision. An instant that a clock change makes ambiguous
 * may be an hour later than it was read, so only more than that hour says something.
 */
export function certainlyBefore(a: OperationPoint, b: OperationPoint): boolean {
  if (a.operationNumber !== null && b.operationNumber !== null) {
    return a.operationNumber < b.operationNumber;
  }
  if (a.operationAmbiguous || b.operationAmbiguous) {
    return Date.parse(a.operationAt) + HOUR < Date.parse(b.operationAt);
  }
  const length =
    a.operationPrecision === 'minute' || b.operationPrecision === 'minute'
      ? 'YYYY-MM-DDTHH:MM'.length
      : 'YYYY-MM-DDTHH:MM:SS'.length;
  return a.operationAt.slice(0, length) < b.operationAt.slice(0, length);
}

/** The order of operations: by the reseller's number where both have one, else by instant. */
export function compareOperations(a: Message, b: Message): number {
  if (a.operationNumber !== null && b.operationNumber !== null) {
    if (a.operationNumber !== b.operationNumber) return a.operationNumber - b.operationNumber;
  } else if (a.operationAt !== b.operationAt) {
    return a.operationAt < b.operationAt ? -1 : 1;
  }
  return MESSAGE_KINDS.indexOf(a.kind) - MESSAGE_KINDS.indexOf(b.kind);
}

const IDENTITY_FIELDS = ['barcode', 'lastName', 'firstName'] as const;
const CONTENT_FIELDS = [
  'order',
  'replaces',
  'product',
  'performance',
  'start',
  'hall',
  'block',
  'row',
  'seat',
  'allotment',
  'category',
  'tariff',
  'priceMinor',
  'givenBackMinor',
  'commissionMinor',
  'currency',
  'outlet',
] as const;

export type ContentField = (typeof CONTENT_FIELDS)[number] | (typeof IDENTITY_FIELDS)[number];

/**
 * The fields in which two arrivals of one operation differ. A field that only one of them carries
 * is no difference: one way in tells more than another (DOMAIN "Once").
 */
export function differingFields(a: Message, b: Message): ContentField[] {
  const differing: ContentField[] = [];
  for (const field of CONTENT_FIELDS) {
    if (a[field] !== null && b[field] !== null && a[field] !== b[field]) differing.push(field);
  }
  for (const field of IDENTITY_FIELDS) {
    if (a[field] !== null && b[field] !== null && a[field] !== b[field]) differing.push(field);
  }
  return differing;
}

/** True when only the code or the beneficiary's name differ: a replacement or a new holder. */
export function onlyIdentityDiffers(fields: readonly ContentField[]): boolean {
  return fields.every((field) => (IDENTITY_FIELDS as readonly string[]).includes(field));
}
