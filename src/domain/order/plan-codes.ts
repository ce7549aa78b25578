import { isCancelled } from '../catalogue/catalogue.ts';
import type { Planning } from './plan.ts';
import type { CodeState, TicketState } from './state.ts';

export interface CodeTarget {
  ticketId: number | null;
  messageId: number | null;
  productId: number | null;
  performanceId: number | null;
  day: string | null;
}

/** Puts a code into a state, creating it where it is new to the house. */
export function setCode(
  planning: Planning,
  code: string,
  state: CodeState['state'],
  reason: string | null,
  source: CodeState['source'],
  target: CodeTarget,
): void {
  const known = planning.state.codes.get(code);
  if (known === undefined) {
    const created = { code, state, reason, source, ...target, created: true, changed: false };
    planning.state.codes.set(code, created);
    return;
  }
  // What a person blocked at the door stays blocked, whatever becomes of its ticket. (The problem
  // `blocked.behind` is another thing: such a code is provisional.)
  const next =
    known.state === 'revoked' && known.reason?.startsWith('blocked.')
      ? { state: known.state, reason: known.reason }
      : { state, reason };
  const same =
    known.state === next.state &&
    known.reason === next.reason &&
    known.source === source &&
    known.ticketId === target.ticketId &&
    known.messageId === target.messageId &&
    known.productId === target.productId &&
    known.performanceId === target.performanceId &&
    known.day === target.day;
  if (same) return;
  Object.assign(known, { ...next, source, ...target });
  if (!known.created) known.changed = true;
}

export function targetOf(planning: Planning, ticket: TicketState, barcode: string): CodeTarget {
  return {
    ticketId: ticket.id,
    messageId: null,
    productId: ticket.productId,
    performanceId: ticket.performanceId,
    day: (ticket.fresh ?? ticket.corrected)?.day ?? planning.state.codes.get(barcode)?.day ?? null,
  };
}

/** What the code of a living ticket does at the door, and why. */
export function livingCode(
  planning: Planning,
  ticket: TicketState,
): readonly [CodeState['state'], string | null] {
  if (ticket.isTest) return ['test', 'test'];
  const performance = planning.catalogue.performanceById.get(ticket.performanceId ?? 0);
  if (isCancelled(performance)) return ['revoked', 'performance.cancelled'];
  if (ticket.overbooked) return ['see_box_office', 'overbooked'];
  return ['valid', null];
}

/** Closes a code of this ticket; one that has passed to another ticket is that one's. */
export function revoke(
  planning: Planning,
  ticket: TicketState,
  barcode: string,
  reason: string,
): void {
  const known = planning.state.codes.get(barcode);
  if (known !== undefined && known.ticketId !== null && known.ticketId !== ticket.id) return;
  const target = targetOf(planning, ticket, barcode);
  setCode(planning, barcode, 'revoked', reason, 'ticket', target);
}
