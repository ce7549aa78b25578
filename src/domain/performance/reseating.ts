/**
 * Re-seating: by a table (ticket or old seat → new seat), and, where the hall changes, by keeping
 * every place that has the same name. All lines are checked at once; with one fault nothing is
 * done. A re-seated ticket keeps the seat that its reseller sold beside ours.
 */
import { parseSeat, printSeat } from '../seating/seat-text.ts';
import type { BoardTicket, NewPlace, OldPlace, SeatRow } from './seat-board.ts';
import { freeRow, isTaken } from './seat-board.ts';

/** A line of the table. `line` is counted as its file counts, from 1. */
export interface ReseatLine {
  line: number;
  /** A ticket's number, or a seat `Layout/Area/Block/Row/Number`. */
  source: string;
  target: string;
}

/**
 * What becomes of taken places that the table does not name. `seat`: they stay on their seats;
 * `name`: on the seat of the same name; `none`: there must be no such place.
 */
export type Keep = 'seat' | 'name' | 'none';

export interface ReseatInput {
  old: readonly OldPlace[];
  places: readonly NewPlace[];
  /** Every living ticket of the performance. */
  tickets: readonly BoardTicket[];
  table: readonly ReseatLine[];
  keep: Keep;
  categoryCode: (id: number) => string;
}

export type ReseatFaultCode =
  | 'source_unknown'
  | 'source_several'
  | 'source_counted'
  | 'source_not_taken'
  | 'source_twice'
  | 'target_unknown'
  | 'target_twice'
  | 'target_taken'
  | 'not_placed'
  | 'in_use';

export interface ReseatFault {
  code: ReseatFaultCode;
  /** `line` of the table, where there is one. */
  params: Readonly<Record<string, string | number | null>>;
}

/** Told, and no fault: the price was that of another category. */
export interface CategoryNote {
  line: number;
  seat: string;
  from: string;
  to: string;
}

export interface TicketMove {
  ticket: BoardTicket;
  /** As it was; null: beside the capacity. */
  from: { seatId: number; name: string } | null;
  to: { seatId: number; name: string };
  resellerSeatId: number | null;
  /** Only its seat's number in our books changed: its place is called the same. */
  sameName: boolean;
}

export interface ReseatPlan {
  faults: ReseatFault[];
  notes: CategoryNote[];
  /** Seats whose rows are replaced, and the new rows. */
  removed: number[];
  rows: SeatRow[];
  tickets: TicketMove[];
  /** The venue's own places that sit elsewhere. */
  own: { reference: string; from: string; to: string }[];
  /** Free places that keep their contingent, and places in one whose name is gone. */
  carried: number;
  dropped: number;
}

interface Assignment {
  line: number | null;
  old: OldPlace | null;
  ticket: BoardTicket | null;
  place: NewPlace;
}

export function planReseating(input: ReseatInput): ReseatPlan {
  return new Reseating(input).plan();
}

class Reseating {
  readonly #input: ReseatInput;
  readonly #faults: ReseatFault[] = [];
  readonly #notes: CategoryNote[] = [];
  readonly #oldByName: ReadonlyMap<string, OldPlace>;
  readonly #oldById: ReadonlyMap<number, OldPlace>;
  readonly #placeByName: ReadonlyMap<string, NewPlace>;
  readonly #placeByKey: ReadonlyMap<string, NewPlace>;
  readonly #placeById: ReadonlyMap<number, NewPlace>;
  readonly #ticketById: ReadonlyMap<number, BoardTicket>;
  readonly #byTarget = new Map<number, Assignment>();
  readonly #moved = new Set<OldPlace>();
  readonly #beside = new Set<number>();

  constructor(input: ReseatInput) {
    this.#input = input;
    this.#oldByName = new Map(input.old.map((one) => [printSeat(one.name), one]));
    this.#oldById = new Map(input.old.map((one) => [one.row.seat_id, one]));
    this.#placeByName = new Map(input.places.map((one) => [printSeat(one.name), one]));
    this.#placeByKey = new Map(input.places.map((one) => [keyOf(one), one]));
    this.#placeById = new Map(input.places.map((one) => [one.seatId, one]));
    this.#ticketById = new Map(input.tickets.map((one) => [one.id, one]));
  }

  plan(): ReseatPlan {
    for (const line of this.#input.table) this.#readLine(line);
    this.#keepOthers();
    const empty = { removed: [], rows: [], tickets: [], own: [], carried: 0, dropped: 0 };
    if (this.#faults.length > 0) return { ...empty, faults: this.#faults, notes: this.#notes };
    return this.#written();
  }

  #fault(code: ReseatFaultCode, params: ReseatFault['params']): null {
    this.#faults.push({ code, params });
    return null;
  }

  #readLine({ line, source, target }: ReseatLine): void {
    const found = this.#findSource(line, source);
    const seat = parseSeat(target);
    const place = seat === null ? undefined : this.#placeByName.get(printSeat(seat));
    if (place === undefined) this.#fault('target_unknown', { line, seat: target });
    if (found === null || place === undefined) return;
    const { old, ticket } = found;
    const before = this.#byTarget.get(place.seatId);
    if (before !== undefined) {
      this.#fault('target_twice', { line, seat: target, other: before.line });
      return;
    }
    this.#byTarget.set(place.seatId, { line, old, ticket, place });
    this.#tellCategory(line, old, place);
  }

  #findSource(line: number, source: string): Pick<Assignment, 'old' | 'ticket'> | null {
    const named = this.#input.tickets.filter((one) => one.number === source);
    if (named.length > 1) return this.#fault('source_several', { line, source });
    const seat = parseSeat(source);
    const byName = seat === null ? undefined : this.#oldByName.get(printSeat(seat));
    const ticket = named[0] ?? this.#ticketById.get(byName?.row.ticket_id ?? 0) ?? null;
    if (ticket === null && byName === undefined) {
      return this.#fault('source_unknown', { line, source });
    }
    if (ticket !== null && ticket.counterId !== null) {
      return this.#fault('source_counted', { line, source });
    }
    if (ticket?.overbooked) {
      if (this.#beside.has(ticket.id)) return this.#fault('source_twice', { line, source });
      this.#beside.add(ticket.id);
      return { old: null, ticket };
    }
    const old = ticket === null ? byName : this.#oldById.get(ticket.seatId ?? 0);
    if (old === undefined) return this.#fault('source_unknown', { line, source });
    const { state, own_reference: reference } = old.row;
    const isSold =
      ticket !== null || ((state === 'sold' || state === 'held') && reference !== null);
    if (!isSold) return this.#fault('source_not_taken', { line, source });
    if (this.#moved.has(old)) return this.#fault('source_twice', { line, source });
    this.#moved.add(old);
    return { old, ticket };
  }

  #tellCategory(line: number, old: OldPlace | null, place: NewPlace): void {
    if (old === null) return;
    const from = this.#input.categoryCode(old.row.seat_category_id);
    const to = this.#input.categoryCode(place.categoryId);
    if (from !== to) this.#notes.push({ line, seat: printSeat(place.name), from, to });
  }

  /** The place that an old one becomes where nobody says otherwise. */
  #same(old: OldPlace): NewPlace | undefined {
    return this.#input.keep === 'seat'
      ? this.#placeById.get(old.row.seat_id)
      : this.#placeByKey.get(keyOf(old));
  }

  #keepOthers(): void {
    const unplaced: OldPlace[] = [];
    for (const old of this.#input.old) {
      if (this.#moved.has(old)) continue;
      const isBlocked = old.row.state === 'blocked';
      if (!isTaken(old) && !isBlocked) continue;
      const place = this.#same(old);
      if (this.#input.keep === 'none' && !isBlocked) {
        unplaced.push(old);
        continue;
      }
      if (place === undefined) {
        // A block of a place that is gone needs no place.
        if (!isBlocked) this.#fault('not_placed', this.#namesOf(old));
        continue;
      }
      this.#keep(old, place);
    }
    if (unplaced.length > 0) this.#tellInUse(unplaced);
  }

  #keep(old: OldPlace, place: NewPlace): void {
    const other = this.#byTarget.get(place.seatId);
    if (other === undefined) {
      const ticket = this.#ticketById.get(old.row.ticket_id ?? 0) ?? null;
      this.#byTarget.set(place.seatId, { line: null, old, ticket, place });
      return;
    }
    const isItsOwn = old.row.own_reference === referenceOf(other);
    // Left by the very ticket (or sale) that now takes it again.
    if (old.row.state === 'blocked' && isItsOwn) return;
    const { seat, by } = this.#namesOf(old);
    this.#fault('target_taken', { line: other.line, seat: seat ?? null, by: by ?? null });
  }

  /** The place, and who has it: a ticket, a reference, or nobody by name. */
  #namesOf({ row, name }: OldPlace): ReseatFault['params'] {
    const ticket = this.#ticketById.get(row.ticket_id ?? 0)?.number;
    return { seat: printSeat(name), by: ticket ?? row.own_reference ?? null };
  }

  /** One fault for all: without a decision about them, a list of thousands helps nobody. */
  #tellInUse(unplaced: readonly OldPlace[]): void {
    const count = (test: (row: SeatRow) => boolean) =>
      unplaced.filter(({ row }) => test(row)).length;
    const kept = unplaced.filter((old) => this.#placeByKey.has(keyOf(old))).length;
    this.#fault('in_use', {
      sold: count((row) => row.state === 'sold'),
      held: count((row) => row.state === 'held'),
      allotted: count((row) => row.state === 'free'),
      kept,
      lost: unplaced.length - kept,
    });
  }

  #written(): ReseatPlan {
    const result: ReseatPlan = {
      faults: [],
      notes: this.#notes,
      removed: [],
      rows: [],
      tickets: [],
      own: [],
      carried: 0,
      dropped: 0,
    };
    const isWhole = this.#input.keep !== 'seat';
    const formerByKey = new Map(this.#input.old.map((old) => [keyOf(old), old]));
    const former = (place: NewPlace): OldPlace | undefined =>
      isWhole ? formerByKey.get(keyOf(place)) : this.#oldById.get(place.seatId);
    for (const place of this.#input.places) {
      const assignment = this.#byTarget.get(place.seatId);
      const before = former(place);
      const isTouched =
        assignment?.line != null || (before !== undefined && this.#moved.has(before));
      if (!isWhole && !isTouched) continue;
      result.rows.push(this.#rowOf(place, assignment, before, result));
    }
    const gone = isWhole ? this.#input.old.map(({ row }) => row.seat_id) : [];
    result.removed = isWhole ? gone : result.rows.map((row) => row.seat_id);
    for (const old of isWhole ? this.#input.old : []) {
      const isLost = old.row.contingent_id !== null && !this.#placeByKey.has(keyOf(old));
      if (isLost) result.dropped += 1;
    }
    return result;
  }

  #rowOf(
    place: NewPlace,
    assignment: Assignment | undefined,
    before: OldPlace | undefined,
    result: ReseatPlan,
  ): SeatRow {
    const contingentId = before?.row.contingent_id ?? null;
    if (assignment === undefined) {
      if (contingentId !== null) result.carried += 1;
      const free = freeRow(place, contingentId);
      // Who sold the seat that a ticket left may sell it again: nobody here does by accident.
      const isLeft = before !== undefined && this.#moved.has(before);
      if (!isLeft) return free;
      return { ...free, state: 'blocked', own_reference: this.#leftReference(before) };
    }
    const { old, ticket } = assignment;
    this.#tellMove(assignment, result);
    if (assignment.line === null && old !== null) return this.#kept(old, place);
    return {
      ...freeRow(place, contingentId),
      state: old?.row.state ?? 'sold',
      ticket_id: ticket?.id ?? null,
      own_reference: old?.row.own_reference ?? null,
      // Sold, and never sent under any words: given back, it is ours again.
      interface_id: ticket?.interfaceId ?? null,
    };
  }

  #leftReference({ row }: OldPlace): string {
    const ticket = this.#ticketById.get(row.ticket_id ?? 0);
    return leftReference(ticket?.number ?? row.own_reference ?? '');
  }

  /** The same place in another configuration: its reseller knows it under the same words. */
  #kept({ row }: OldPlace, place: NewPlace): SeatRow {
    const sent = row.sent_category_id;
    const code = sent === null ? null : this.#input.categoryCode(sent);
    const same = code !== null && code === this.#input.categoryCode(place.categoryId);
    return {
      ...row,
      seat_id: place.seatId,
      seat_category_id: place.categoryId,
      sent_category_id: same ? place.categoryId : sent,
    };
  }

  #tellMove({ line, old, ticket, place }: Assignment, result: ReseatPlan): void {
    const to = { seatId: place.seatId, name: printSeat(place.name) };
    const from = old === null ? null : { seatId: old.row.seat_id, name: printSeat(old.name) };
    const sameName = line === null;
    if (ticket !== null) {
      if (from?.seatId === to.seatId) return;
      const sold = ticket.resellerSeatId ?? from?.seatId ?? ticket.seatId;
      const resellerSeatId = sameName ? ticket.resellerSeatId : sold === to.seatId ? null : sold;
      result.tickets.push({ ticket, from, to, resellerSeatId, sameName });
    } else if (old !== null && old.row.own_reference !== null && !sameName && from !== null) {
      result.own.push({ reference: old.row.own_reference, from: from.name, to: to.name });
    }
  }
}

/** Under which reference the seat that a ticket (or own sale) left is blocked, and can be freed. */
export function leftReference(name: string): string {
  return `reseat ${name}`;
}

function referenceOf({ old, ticket }: Assignment): string {
  return leftReference(ticket?.number ?? old?.row.own_reference ?? '');
}

/** A place's name within its hall. */
function keyOf({ name }: { name: { area: string; block: string; row: string; number: string } }) {
  return printSeat({ ...name, layout: '' });
}
