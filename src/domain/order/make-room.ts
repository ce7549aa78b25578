import { bookOperation } from './book-money.ts';
import type { Planning } from './plan.ts';
import { setCode, targetOf } from './plan-codes.ts';
import { seatName } from './seat-name.ts';
import type { SeatState, TicketState } from './state.ts';

/** Who had a seat that a person gave to another ticket. */

const NOTHING_MOVES = { amountMinor: 0, commissionMinor: 0 };

/** Frees a seat for a ticket that takes it over; nothing where it is free. */
export function makeRoom(planning: Planning, seat: SeatState, ticket: TicketState): void {
  const holder = seat.ticket;
  if (holder !== null && holder.id !== ticket.id) {
    tell(planning, seat, ticket, holder.number);
    displace(planning, seat, holder, ticket);
  } else if (seat.ownReference !== null) {
    tell(planning, seat, ticket, seat.ownReference);
    freeOwn(planning, seat);
  }
}

function tell(planning: Planning, seat: SeatState, ticket: TicketState, holder: string): void {
  const { messageId, number } = ticket;
  const message = planning.byId.get(messageId)?.message;
  if (message === undefined) return;
  const params = { seat: seatName(planning, seat), ticket: number, holder };
  planning.plan.notes.push({ code: 'seat.taken_over', params, message, messageId });
}

/** A sale, hold or block of the venue's own. */
function freeOwn(planning: Planning, seat: SeatState): void {
  const { plan } = planning;
  plan.movements.push({
    kind: seat.state === 'held' ? 'released' : seat.state === 'blocked' ? 'unblocked' : 'cancelled',
    performanceId: seat.performanceId,
    counterId: null,
    seatId: seat.seatId,
    contingentId: seat.contingentId,
    ticketId: null,
    quantity: 1,
  });
  seat.ownReference = null;
}

/** The former holder stays in the books beside the capacity: its bearer goes to the box office. */
function displace(
  planning: Planning,
  seat: SeatState,
  holder: TicketState,
  ticket: TicketState,
): void {
  const { plan, state } = planning;
  plan.movements.push({
    kind: 'released',
    performanceId: seat.performanceId,
    counterId: null,
    seatId: seat.seatId,
    contingentId: holder.contingentId,
    ticketId: holder.id,
    quantity: 1,
  });
  holder.overbooked = true;
  if (!state.tickets.has(holder.id)) plan.displaced.push({ ticketId: holder.id, lost: 'place' });
  const { messageId } = ticket;
  const message = planning.byId.get(messageId)?.message;
  if (message !== undefined) {
    const detail = { overbooked: ticket.number };
    const operation = { message, messageId, ticket: holder };
    bookOperation(planning, operation, 'reseat', NOTHING_MOVES, detail);
  }
  state.seatsByTicket.delete(holder.id);
  seat.ticket = null;
  const code = holder.barcode === null ? undefined : state.codes.get(holder.barcode);
  if (code === undefined || code.ticketId !== holder.id || code.state !== 'valid') return;
  const target = targetOf(planning, holder, code.code);
  setCode(planning, code.code, 'see_box_office', 'overbooked', 'ticket', target);
}
