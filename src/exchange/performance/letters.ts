/**
 * Letters to resellers, ready to send: what of a performance changes, which tickets it concerns.
 * Whoever sends one attaches the list (refund-list.ts) where it is long.
 */
import { printSeat } from '../../domain/seating/seat-text.ts';
import { formatMoney, formatStart } from '../../runs/format-params.ts';
import type { TextLanguage } from '../../runs/remedies.ts';
import { withFrenchSpaces } from '../../runs/remedies.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { InvolvedInterface } from '../../store/performance-figures-store.ts';
import { readInvolved } from '../../store/performance-figures-store.ts';
import type { PerformanceRecord } from '../../store/performance-store.ts';
import type { Letterhead, TicketToRefund } from '../../store/refund-store.ts';
import { readLetterhead, readToBeRefunded } from '../../store/refund-store.ts';
import type { LetterTexts } from './letter-texts.ts';
import { LETTER_TEXTS } from './letter-texts.ts';

export interface LetterOptions {
  /** Of the letters; the organisation's where nothing is asked. */
  language?: TextLanguage;
}

export interface LetterTicket {
  ticket: string;
  order: string;
  /** `Layout/Area/Block/Row/Number` as the reseller sold it; a zone's area; null: neither. */
  seat: string | null;
  tariff: string;
  /** Left to give back, in minor units. */
  amountMinor: number;
  currency: string;
}

export interface ResellerLetter {
  interfaceId: number;
  interface: string;
  reseller: string;
  language: TextLanguage;
  /** People at the reseller who have an address. */
  to: { name: string; mail: string }[];
  subject: string;
  text: string;
  tickets: LetterTicket[];
  /** Unsold places that the reseller holds. */
  unsold: number;
}

/** Lines of tickets in a letter's text; the others are in the list. */
const LINES_MAX = 200;

interface Writing {
  head: Letterhead;
  language: TextLanguage;
  texts: LetterTexts;
}

/** One letter for each reseller with tickets to refund, or with places that it could still sell. */
export async function cancellationLetters(
  tx: Tx,
  performance: PerformanceRecord,
  options: LetterOptions,
): Promise<ResellerLetter[]> {
  const writing = await beginWriting(tx, performance, options);
  const tickets = (await readToBeRefunded(tx, performance.id)).map(ticketOf);
  const byInterface = Map.groupBy(tickets, (one) => one.interfaceId);
  return addressed(tx, performance.id, writing, (involved) => {
    const own = (byInterface.get(involved.interfaceId) ?? []).map(({ ticket }) => ticket);
    if (own.length === 0 && involved.allotted === 0) return null;
    return { ...cancellation(writing, own, involved.allotted), tickets: own };
  });
}

/** A ticket that sits elsewhere now: the reseller goes on naming the seat that it sold. */
export interface ReseatedTicket {
  interfaceId: number;
  ticket: string;
  from: string;
  to: string;
}

/**
 * One letter for each reseller that sells the performance, after it moved; where only some tickets
 * sit elsewhere, for each reseller that sold one of them.
 */
export async function moveLetters(
  tx: Tx,
  performance: PerformanceRecord,
  moved: Happened,
  options: LetterOptions,
): Promise<ResellerLetter[]> {
  const writing = await beginWriting(tx, performance, options);
  return addressed(tx, performance.id, writing, (involved) => {
    const own = moved.reseated.filter((one) => one.interfaceId === involved.interfaceId);
    const isSame = moved.formerStart === performance.localStart && !moved.hallChanged;
    if (isSame && own.length === 0) return null;
    return { ...move(writing, involved, { ...moved, reseated: own }), tickets: [] };
  });
}

async function beginWriting(
  tx: Tx,
  performance: PerformanceRecord,
  options: LetterOptions,
): Promise<Writing> {
  const head = await readLetterhead(tx, performance.id);
  const language = options.language ?? head.language;
  return { head, language, texts: LETTER_TEXTS[language] };
}

type Content = Pick<ResellerLetter, 'subject' | 'text' | 'tickets'>;

async function addressed(
  tx: Tx,
  performanceId: number,
  { language }: Writing,
  write: (involved: InvolvedInterface) => Content | null,
): Promise<ResellerLetter[]> {
  const involved = await readInvolved(tx, performanceId);
  const records = new Map((await listInterfaces(tx)).map((one) => [one.id, one]));
  return involved.flatMap((one) => {
    const content = write(one);
    if (content === null) return [];
    const people = records.get(one.interfaceId)?.people ?? [];
    const to = people.flatMap(({ name, mail }) => (mail === undefined ? [] : [{ name, mail }]));
    const { interfaceId, code, reseller, allotted } = one;
    return [{ interfaceId, interface: code, reseller, language, to, ...content, unsold: allotted }];
  });
}

export function ticketOf(row: TicketToRefund): { interfaceId: number; ticket: LetterTicket } {
  const { interfaceId, number, order, seat, zone, tariff, currency } = row;
  return {
    interfaceId,
    ticket: {
      ticket: number,
      // A ticket without an order of the reseller's is its own.
      order: order.startsWith('#') ? '' : order,
      seat: seat === null ? zone : printSeat(seat),
      tariff,
      amountMinor: row.priceMinor - row.refundedMinor,
      currency,
    },
  };
}

function cancellation(
  writing: Writing,
  tickets: readonly LetterTicket[],
  unsold: number,
): Omit<Content, 'tickets'> {
  const { texts, head } = writing;
  const params = { ...head, start: startOf(writing, head.localStart) };
  const paragraphs = [texts.greeting, fill(writing, texts.cancelled, params)];
  if (tickets.length > 0) {
    const total = totalOf(writing, tickets);
    paragraphs.push(
      fill(writing, texts.refund, { count: tickets.length, total }),
      ticketLines(writing, tickets),
    );
  }
  if (unsold > 0) paragraphs.push(fill(writing, texts.withdraw, { count: unsold }));
  paragraphs.push(head.organisation);
  const subject = fill(writing, texts.cancelledSubject, params);
  return { subject, text: paragraphs.join('\n\n') };
}

interface Happened {
  formerStart: string;
  hallChanged: boolean;
  reseated: readonly ReseatedTicket[];
}

function move(
  writing: Writing,
  involved: InvolvedInterface,
  moved: Happened,
): Omit<Content, 'tickets'> {
  const { texts, head } = writing;
  const params = {
    ...head,
    start: startOf(writing, moved.formerStart),
    new: startOf(writing, head.localStart),
  };
  const say = (text: string, more: Params = {}) => fill(writing, text, { ...params, ...more });
  const isElsewhen = moved.formerStart !== head.localStart;
  const what = [say(isElsewhen ? texts.moved : texts.stays)];
  if (moved.hallChanged) what.push(say(texts.movedHall));
  const stays: string[] = [];
  if (involved.tickets > 0) stays.push(say(texts.stayValid, { count: involved.tickets }));
  if (involved.allotted > 0) stays.push(say(texts.stayOnSale, { count: involved.allotted }));
  const seats =
    moved.reseated.length === 0
      ? []
      : [[texts.reseated, ...moved.reseated.map(reseatLine)].join('\n')];
  const paragraphs = [
    texts.greeting,
    what.join(' '),
    ...(stays.length === 0 ? [] : [stays.join(' ')]),
    ...seats,
    say(isElsewhen ? texts.correct : texts.tellBuyers),
    head.organisation,
  ];
  const subject = say(isElsewhen ? texts.movedSubject : texts.placesSubject);
  return { subject, text: paragraphs.join('\n\n') };
}

const reseatLine = ({ ticket, from, to }: ReseatedTicket): string => `${ticket}: ${from} → ${to}`;

function ticketLines(writing: Writing, tickets: readonly LetterTicket[]): string {
  const { texts } = writing;
  const shown = tickets.slice(0, LINES_MAX).map((one) => {
    const { ticket, order, seat, tariff } = one;
    return [ticket, order, seat ?? texts.freeSeating, tariff, amountOf(writing, one)].join(' ; ');
  });
  const lines = [texts.columns.join(' ; '), ...shown];
  const left = tickets.length - shown.length;
  if (left > 0) lines.push(fill(writing, texts.more, { count: left }));
  return lines.join('\n');
}

const amountOf = ({ language }: Writing, { amountMinor, currency }: LetterTicket): string =>
  formatMoney(amountMinor, { language, currency });

function totalOf(writing: Writing, tickets: readonly LetterTicket[]): string {
  const sums = new Map<string, number>();
  for (const { currency, amountMinor } of tickets) {
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  }
  return [...sums]
    .map(([currency, minor]) => formatMoney(minor, { language: writing.language, currency }))
    .join(' + ');
}

function startOf({ language }: Writing, localStart: string): string {
  return formatStart(localStart, { language });
}

type Params = Readonly<Record<string, string | number>>;

function fill({ language }: Writing, text: string, params: Params): string {
  const filled = text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? '?'));
  return language === 'fr' ? withFrenchSpaces(filled) : filled;
}
