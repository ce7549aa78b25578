import type { Planning } from './plan.ts';
import { targetOf } from './plan-codes.ts';
import type { Candidate, TicketState } from './state.ts';

/** A code opens one door for one ticket: which of two, a person has decided. */

/** Whether the code of this message leaves the ticket that has it. */
export function codeGoesHere({ accepted, decision }: Candidate): boolean {
  return accepted.has('barcode.used') || decision?.contents === 'theirs';
}

/** A living holder keeps its place, and comes to the box office for a code. */
export function moveCode(planning: Planning, barcode: string, ticket: TicketState): void {
  const { state, plan } = planning;
  const code = state.codes.get(barcode);
  const holderId = code?.ticketId ?? null;
  if (code === undefined || holderId === null || holderId === ticket.id) return;
  const holder = state.tickets.get(holderId);
  if (holder === undefined) {
    plan.displaced.push({ ticketId: holderId, lost: 'code' });
  } else if (holder.state === 'valid' && holder.barcode === barcode) {
    holder.barcode = null;
    if (holder.fresh === null) holder.changed = true;
  }
  Object.assign(code, targetOf(planning, ticket, barcode));
  if (!code.created) code.changed = true;
}
