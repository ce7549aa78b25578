import type { ContentField, Message } from './message.ts';
import { differingFields, sameInstant, sameOperation } from './message.ts';
import type { Planning } from './plan.ts';
import type { Resolved, Resolver } from './resolve.ts';
import type { KnownMessage, TicketState } from './state.ts';

/**
 * The same operation by two ways in, of which one tells less or says it in other words: a file
 * without numbers and codes, whose performance the operator named, beside the wire.
 */

/** The fields in which two arrivals differ, less the words that mean the same to us. */
export function differencesOf(planning: Planning, a: Message, b: Message): ContentField[] {
  const fields = differingFields(a, b);
  if (!fields.some((field) => WORDS.has(field))) return fields;
  const { resolver } = planning;
  const [one, other] = [resolver.resolve(a), resolver.resolve(b)];
  return fields.filter(
    (field) => !meansTheSame(field, one, other) && !samePlace(resolver, field, a, b),
  );
}

const WORDS: ReadonlySet<ContentField> = new Set([
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
]);

function meansTheSame(field: ContentField, a: Resolved, b: Resolved): boolean {
  const same = (one: object | number | null, other: object | number | null): boolean =>
    one !== null && one === other;
  switch (field) {
    case 'product':
      return same(a.product, b.product);
    case 'performance':
    case 'start':
    case 'hall':
      return same(a.performance, b.performance);
    case 'allotment':
      return same(a.contingentId, b.contingentId);
    case 'category':
      return same(a.category, b.category);
    case 'tariff':
      return same(a.tariff, b.tariff);
    default:
      return false;
  }
}

/** A block, a row or a seat that is another word for the same one. */
function samePlace(resolver: Resolver, field: ContentField, a: Message, b: Message): boolean {
  if (field !== 'block' && field !== 'row' && field !== 'seat') return false;
  const [one, other] = [resolver.resolve(a).place, resolver.resolve(b).place];
  if (one?.type === 'zone' && other?.type === 'zone') return one.zoneId === other.zoneId;
  if (one?.type !== 'seat' || other?.type !== 'seat' || one.blockId !== other.blockId) return false;
  if (field === 'block') return true;
  const [here, there] = [resolver.seatNames(a, one), resolver.seatNames(b, other)];
  if (here === null || there === null) return false;
  return field === 'row' ? here.row === there.row : here.number === there.number;
}

/** What an arrival tells that the one before it left out, and that must not be lost. */
export function addedFields(
  planning: Planning,
  message: Message,
  known: KnownMessage,
): ContentField[] {
  const { content } = known;
  const tickets = planning.state.byNumber.get(message.ticket) ?? [];
  if (message.kind === 'sale' && message.barcode !== null && content.barcode === null) {
    // Until it is known the ticket opens no door.
    const sold = tickets.find((ticket) => ticket.messageId === known.id);
    return sold === undefined || sold.barcode === null ? ['barcode'] : [];
  }
  if (message.kind !== 'cancellation' || known.state !== 'integrated') return [];
  if (message.givenBackMinor === null || content.givenBackMinor !== null) return [];
  const ended = tickets.find(
    (ticket) => ticket.state === 'cancelled' && ticket.cancelledAt === content.operationAt,
  );
  // It was booked as giving back all that was left: fees that the reseller kept would be lost.
  const less = ended !== undefined && message.givenBackMinor < leftBefore(planning, ended);
  return less ? ['givenBackMinor'] : [];
}

/** What the spectator had paid and not had back before the ticket was cancelled. */
function leftBefore(planning: Planning, ticket: TicketState): number {
  let left = ticket.priceMinor;
  for (const { state, content } of planning.state.known.get(ticket.number) ?? []) {
    if (state === 'integrated' && content.kind === 'refund') left -= content.givenBackMinor ?? 0;
  }
  return left;
}

/**
 * An exchange that a way in without exchanges tells as a cancellation and a sale, when the exchange
 * itself is in the books.
 */
export function isPartOfExchange(planning: Planning, message: Message): boolean {
  if (message.operationNumber !== null) return false;
  if (message.kind === 'cancellation') {
    const tickets = planning.state.byNumber.get(message.ticket) ?? [];
    return tickets.some(({ state, cancelledAt }) => {
      if (state !== 'exchanged' || cancelledAt === null) return false;
      return sameMinute(message, cancelledAt);
    });
  }
  if (message.kind !== 'sale') return false;
  const known = planning.state.known.get(message.ticket) ?? [];
  return known.some(({ state, content }) => {
    if (state !== 'integrated' || content.kind !== 'exchange') return false;
    const asSale: Message = { ...content, kind: 'sale', replaces: null, givenBackMinor: null };
    return sameOperation(asSale, message) && differencesOf(planning, asSale, message).length === 0;
  });
}

/**
 * An exchange that a way in without exchanges has told as a cancellation and a sale. Both are in
 * the books: only its code may be news. Of its sale alone: its ticket must not be sold once more,
 * it waits for the end of the other.
 */
export function toldInParts(planning: Planning, message: Message): 'whole' | 'sale' | null {
  const { kind, ticket, replaces } = message;
  if (kind !== 'exchange' || replaces === null || replaces === ticket) return null;
  const asSale: Message = { ...message, kind: 'sale', replaces: null, givenBackMinor: null };
  const sold = (planning.state.known.get(ticket) ?? []).some(
    ({ state, content }) =>
      state === 'integrated' &&
      content.operationNumber === null &&
      sameOperation(content, asSale) &&
      differencesOf(planning, content, { ...asSale, barcode: content.barcode }).length === 0,
  );
  if (!sold) return null;
  const given = (planning.state.byNumber.get(replaces) ?? []).some(
    ({ state, cancelledAt }) =>
      state === 'cancelled' && cancelledAt !== null && sameMinute(message, cancelledAt),
  );
  return given ? 'whole' : 'sale';
}

function sameMinute(message: Message, instant: string): boolean {
  return sameInstant(message, { ...message, operationAt: instant, operationPrecision: 'minute' });
}
