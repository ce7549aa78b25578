/** The places of a performance as they stand, with who has each: what re-seating plans over. */
import type { SeatPlace } from '../seating/seat-text.ts';

/** A row of the performance's seats, in the words of its table. */
export interface SeatRow {
  seat_id: number;
  seat_category_id: number;
  contingent_id: number | null;
  state: 'free' | 'sold' | 'held' | 'blocked';
  interface_id: number | null;
  sent_category_id: number | null;
  sent_contingent_id: number | null;
  wish: string | null;
  wish_contingent_id: number | null;
  wish_by: string | null;
  wish_at: string | null;
  wish_reference: string | null;
  wish_state: string | null;
  refused_at: string | null;
  refused_reason: string | null;
  ticket_id: number | null;
  own_reference: string | null;
}

/** A living ticket of the performance, with a seat, beside the capacity, or counted. */
export interface BoardTicket {
  id: number;
  number: string;
  interfaceId: number;
  seatId: number | null;
  resellerSeatId: number | null;
  counterId: number | null;
  contingentId: number | null;
  overbooked: boolean;
}

/** A place as it is. */
export interface OldPlace {
  row: SeatRow;
  name: SeatPlace;
  /** In a command that its reseller has not answered. */
  travels: boolean;
}

/** A place as the configuration has it, after a move perhaps another one. */
export interface NewPlace {
  seatId: number;
  name: SeatPlace;
  categoryId: number;
}

/** A row in which nobody has the place and nothing is asked of it. */
export function freeRow(
  place: Pick<NewPlace, 'seatId' | 'categoryId'>,
  contingentId: number | null,
): SeatRow {
  return {
    seat_id: place.seatId,
    seat_category_id: place.categoryId,
    contingent_id: contingentId,
    state: 'free',
    interface_id: null,
    sent_category_id: null,
    sent_contingent_id: null,
    wish: null,
    wish_contingent_id: null,
    wish_by: null,
    wish_at: null,
    wish_reference: null,
    wish_state: null,
    refused_at: null,
    refused_reason: null,
    ticket_id: null,
    own_reference: null,
  };
}

/** Whether someone has the place: a ticket, the venue, or a reseller that may sell it. */
export function isTaken({ row, travels }: OldPlace): boolean {
  return row.state === 'sold' || row.state === 'held' || row.interface_id !== null || travels;
}
