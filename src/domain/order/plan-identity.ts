import { bookOperation } from './book-money.ts';
import { endOf, findTicket, salePoint, soldBetween } from './find-ticket.ts';
import type { Message } from './message.ts';
import { certainlyBefore } from './message.ts';
import { codeGoesHere, moveCode } from './move-code.ts';
import type { Decision, Planning, Refusal } from './plan.ts';
import { applied, problem, refused } from './plan.ts';
import { livingCode, setCode, targetOf } from './plan-codes.ts';
import { withMapping } from './plan-return.ts';
import type { Problem } from './problem.ts';
import { namesNobody, nextGeneration } from './sale-ticket.ts';
import type { Candidate, TicketState } from './state.ts';
import { nameTicket } from './state.ts';

const NOTHING_MOVES = { amountMinor: 0, commissionMinor: 0 };

/** A duplicate or reprint: the same ticket with a new code; the old one is revoked as replaced. */
export function planReplacement(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message, messageId } = candidate;
  // An exchange that was told in parts before only brings the code of its new ticket.
  const { ticket: own, replaces, kind } = message;
  const number = kind === 'exchange' ? own : (replaces ?? own);
  const found = findRunning(planning, message, number, mappingProblems);
  if ('refusal' in found) return found.refusal;
  const { ticket } = found;
  const { barcode } = message;
  const used = barcode === null ? undefined : planning.state.codes.get(barcode);
  const foreign = used !== undefined && used.ticketId !== null && used.ticketId !== ticket.id;
  if (foreign && !codeGoesHere(candidate)) {
    return refused([problem('barcode.used', { barcode })]);
  }
  if (foreign) moveCode(planning, barcode as string, ticket);
  const detail = { from: ticket.barcode, to: barcode };
  bookOperation(planning, { message, messageId, ticket }, 'replacement', NOTHING_MOVES, detail);
  if (barcode !== null && barcode !== ticket.barcode) {
    replaceCode(planning, message, ticket, barcode);
  }
  // A repeat of a sale that differs in its code may differ in the name as well.
  const renamed = message.kind === 'sale' && !isOvertaken(planning, message, ticket, 'holder');
  if (renamed) takeName(planning, ticket, message);
  if (!hasNumber(planning, ticket, message.ticket)) renumber(planning, ticket, message.ticket);
  return applied('replacement');
}

export function replaceCode(
  planning: Planning,
  message: Message,
  ticket: TicketState,
  barcode: string,
): void {
  const put = (code: string, state: Parameters<typeof setCode>[2], reason: string | null) => {
    const owner = planning.state.codes.get(code)?.ticketId ?? ticket.id;
    // A code that a person gave to another ticket is that one's.
    if (owner !== ticket.id) return;
    setCode(planning, code, state, reason, 'ticket', targetOf(planning, ticket, code));
  };
  if (isOvertaken(planning, message, ticket, 'replacement')) {
    put(barcode, 'replaced', 'replacement');
    return;
  }
  const former = ticket.barcode;
  ticket.barcode = barcode;
  if (former !== null) put(former, 'replaced', 'replacement');
  if (ticket.state !== 'valid') {
    put(barcode, 'revoked', ticket.state === 'exchanged' ? 'exchange' : 'cancellation');
    return;
  }
  put(barcode, ...livingCode(planning, ticket));
}

/** Another beneficiary. */
export function planHolder(
  planning: Planning,
  candidate: Candidate,
  mappingProblems: readonly Problem[],
): Decision {
  const { message, messageId } = candidate;
  const found = findRunning(planning, message, message.ticket, mappingProblems);
  if ('refusal' in found) return found.refusal;
  const { ticket } = found;
  // The former name is not kept in the trace: a name lives in one place, where it can be erased.
  bookOperation(planning, { message, messageId, ticket }, 'holder', NOTHING_MOVES);
  if (!isOvertaken(planning, message, ticket, 'holder')) takeName(planning, ticket, message);
  return applied('holder');
}

export function takeName(planning: Planning, ticket: TicketState, message: Message): void {
  if (message.kind !== 'holder' && message.lastName === null && message.firstName === null) return;
  ticket.lastName = message.lastName;
  ticket.firstName = message.firstName;
  const product = planning.catalogue.productById.get(ticket.productId);
  ticket.nameMissing =
    (product?.namesRequired ?? false) && namesNobody(ticket.lastName, ticket.firstName);
}

/**
 * The ticket of an operation that changes neither money nor place. One that has ended meanwhile
 * still takes it, if the operation was before its end: it was only late.
 */
export function findRunning(
  planning: Planning,
  message: Message,
  number: string,
  mappingProblems: readonly Problem[],
): { ticket: TicketState } | { refusal: Refusal } {
  const found = findTicket(planning, message, number);
  if ('refusal' in found) return { refusal: withMapping(found.refusal, mappingProblems) };
  const { ticket } = found;
  if (ticket.state !== 'valid' && certainlyBefore(endOf(planning, ticket).point, message)) {
    const missing = problem('sale.missing', { ticket: number });
    return { refusal: withMapping(refused([missing]), mappingProblems) };
  }
  return found;
}

/** Whether a later operation of the kind is known already: the late one no longer counts. */
function isOvertaken(
  planning: Planning,
  message: Message,
  ticket: TicketState,
  kind: 'replacement' | 'holder',
): boolean {
  const { state } = planning;
  const sold = salePoint(state, ticket);
  for (const number of new Set([message.ticket, ticket.number])) {
    for (const other of state.known.get(number) ?? []) {
      const { content } = other;
      if (other.state !== 'integrated' || content.kind !== kind) continue;
      if (!certainlyBefore(message, content)) continue;
      if (!soldBetween(planning, number, sold, content)) return true;
    }
  }
  return false;
}

function hasNumber(planning: Planning, ticket: TicketState, number: string): boolean {
  return planning.state.byNumber.get(number)?.includes(ticket) ?? false;
}

/** A duplicate under its own number: what follows names the new one, what is late the old. */
function renumber(planning: Planning, ticket: TicketState, number: string): void {
  const { plan, state } = planning;
  plan.formerNumbers.push({ number: ticket.number, ticketId: ticket.id });
  ticket.generation = nextGeneration(planning, number);
  ticket.number = number;
  nameTicket(state, number, ticket);
}
