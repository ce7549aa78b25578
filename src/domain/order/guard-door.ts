import type { Performance } from '../catalogue/catalogue.ts';
import { isCancelled } from '../catalogue/catalogue.ts';
import { findTicket } from './find-ticket.ts';
import { certainlyBefore } from './message.ts';
import type { Planning, Refusal } from './plan.ts';
import { touchedResolved } from './plan.ts';
import { setCode } from './plan-codes.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Candidate, CodeStateName, TicketState } from './state.ts';
import { isTestSale } from './test-sale.ts';

/** Money may wait, the door may not: what a case does to its code, at once (DOMAIN "The door"). */
export function guardDoor(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  switch (candidate.message.kind) {
    case 'cancellation':
      closeAtOnce(planning, candidate);
      return;
    case 'sale':
      openProvisionally(planning, candidate, refusal);
      return;
    case 'exchange':
      if (openProvisionally(planning, candidate, refusal)) closeExchanged(planning, candidate);
      return;
    default:
      return;
  }
}

/** A cancellation that waits closes its own code, its ticket's, and those of a sale that waits. */
function closeAtOnce(planning: Planning, candidate: Candidate): void {
  const { message, messageId } = candidate;
  const ticket = livingTicket(planning, candidate, message.ticket);
  const codes = new Map<string, number>();
  if (message.barcode !== null) codes.set(message.barcode, messageId);
  if (ticket?.barcode != null) codes.set(ticket.barcode, messageId);
  for (const { id, state, content } of planning.state.known.get(message.ticket) ?? []) {
    if (state !== 'quarantined' || content.barcode === null) continue;
    const sold = content.kind === 'sale' || content.kind === 'exchange';
    // The code stays the sale's: it opens again should the sale turn out not to be meant.
    if (sold && !certainlyBefore(message, content)) codes.set(content.barcode, id);
  }
  for (const [code, owner] of codes) close(planning, code, ticket, owner, 'cancellation');
}

/** A case that is given up opens nothing any more. */
export function closeCase(planning: Planning, { message, messageId }: Candidate): void {
  const known = planning.state.codes.get(message.barcode ?? '');
  if (known?.source !== 'case' || known.messageId !== messageId) return;
  close(planning, known.code, null, messageId, 'content.differs');
}

/** The new code opens instead of the old one. */
function closeExchanged(planning: Planning, candidate: Candidate): void {
  const { message, messageId } = candidate;
  const old = livingTicket(planning, candidate, message.replaces ?? message.ticket);
  if (old === null || old.barcode === null || old.barcode === message.barcode) return;
  close(planning, old.barcode, old, messageId, 'exchange');
}

function livingTicket(
  planning: Planning,
  candidate: Candidate,
  number: string,
): TicketState | null {
  const found = findTicket(planning, candidate.message, number);
  return 'ticket' in found && found.ticket.state === 'valid' ? found.ticket : null;
}

/** A code of another ticket is not ours to close. */
function close(
  planning: Planning,
  code: string,
  ticket: TicketState | null,
  messageId: number,
  reason: string,
): void {
  const known = planning.state.codes.get(code);
  if (known !== undefined && known.ticketId !== null && known.ticketId !== ticket?.id) return;
  if (known?.state === 'revoked') return;
  setCode(planning, code, 'revoked', reason, known?.source ?? 'case', {
    ticketId: known?.ticketId ?? null,
    messageId: known === undefined ? messageId : known.messageId,
    productId: known?.productId ?? null,
    performanceId: known?.performanceId ?? null,
    day: known?.day ?? null,
  });
}

const AT_THE_BOX_OFFICE: ReadonlySet<ProblemCode> = new Set([
  'seat.sold',
  'seat.not_in_allotment',
  'seat.other_contingent',
  'seat.unknown',
  'performance.cancelled',
  'ticket.living',
  'content.differs',
]);

/** Whether the code is told apart by this case now. */
function openProvisionally(planning: Planning, candidate: Candidate, refusal: Refusal): boolean {
  const { message, messageId } = candidate;
  if (message.barcode === null || isCancelledAhead(planning, candidate)) return false;
  const resolved = planning.resolver.resolve(message);
  const { productId, performanceId } = touchedResolved(resolved);
  if (productId === null || resolved.place === null) return false;
  const known = planning.state.codes.get(message.barcode);
  // A code of another ticket or case stays what it is; a cancelled one stays closed.
  if (known !== undefined && (known.ticketId !== null || known.source === 'ticket')) return false;
  if (known?.source === 'case' && known.messageId !== messageId) return false;
  if (refusal.problems.some((one) => one.code === 'barcode.used')) return false;
  const isTest = isTestSale(planning, message, resolved);
  const [state, reason] = codeOfCase(isTest, resolved.performance, refusal.problems);
  setCode(planning, message.barcode, state, reason, 'case', {
    ticketId: null,
    messageId,
    productId,
    performanceId,
    day: resolved.place.type === 'day' ? resolved.place.day : null,
  });
  return true;
}

/** A cancellation of this very sale waits too: its code is closed and stays so. */
function isCancelledAhead(planning: Planning, candidate: Candidate): boolean {
  const cases = planning.state.cases.get(candidate.message.ticket) ?? [];
  return cases.some(
    ({ message }) =>
      message.kind === 'cancellation' && !certainlyBefore(message, candidate.message),
  );
}

function codeOfCase(
  test: boolean,
  performance: Performance | null,
  problems: readonly Problem[],
): readonly [CodeStateName, string | null] {
  if (test) return ['test', 'test'];
  // Dated before the cancellation or not: nobody is let in.
  if (isCancelled(performance)) return ['revoked', 'performance.cancelled'];
  const conflict = problems.find((one) => AT_THE_BOX_OFFICE.has(one.code));
  if (conflict !== undefined) return ['see_box_office', conflict.code];
  return ['provisional', problems[0]?.code ?? null];
}
