import type { Catalogue } from '../domain/catalogue/catalogue.ts';
import { counterKey } from '../domain/catalogue/catalogue.ts';
import { codeGoesHere } from '../domain/order/move-code.ts';
import type { InterfaceTerms } from '../domain/order/plan.ts';
import { rememberCase } from '../domain/order/plan.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { Resolver } from '../domain/order/resolve.ts';
import type { BatchState, Candidate, SeatState, TicketState } from '../domain/order/state.ts';
import { nameTicket, placeKey, quotaKey, seatKey } from '../domain/order/state.ts';
import type { StoredCase } from '../store/books-case-store.ts';
import type { BooksReader } from '../store/books-reader.ts';
import type {
  HolderRow,
  PlaceOfSeat,
  SeatKey,
  SeatRow,
  TicketRow,
} from '../store/books-state-store.ts';
import { loadHouseStock } from './load-house-stock.ts';

/** Gathers what a batch's planning needs, in the order of locks (docs/algorithms/locking.md). */

export interface LoadRequest {
  terms: InterfaceTerms;
  catalogue: Catalogue;
  resolver: Resolver;
  candidates: readonly Candidate[];
}

export interface LoadedBooks {
  state: BatchState;
  /** The batch and every open case that its tickets and seats may set free. */
  candidates: Candidate[];
}

/** Rounds of "whose case waits for one of these"; each can only add the neighbours of the last. */
const ROUNDS = 60;

/** Cases that wait for a counted place: more of them than this come with the next batch. */
const MOST_OF_A_COUNTER = 200;

export async function loadBooks(books: BooksReader, request: LoadRequest): Promise<LoadedBooks> {
  const loading = new Loading(books, request);
  const open = await books.hasOpenCases();
  let added: readonly Candidate[] = request.candidates;
  for (let round = 0; added.length > 0 && round < ROUNDS; round += 1) {
    added = await loading.add(added, open);
  }
  // What was not looked at must not be decided: a state half loaded would tell wrong problems.
  for (const { messageId } of added) loading.candidates.delete(messageId);
  await loading.finish();
  return { state: loading.state, candidates: [...loading.candidates.values()] };
}

class Loading {
  readonly books: BooksReader;
  readonly request: LoadRequest;
  readonly candidates = new Map<number, Candidate>();
  readonly state: BatchState = {
    tickets: new Map(),
    byNumber: new Map(),
    seats: new Map(),
    seatsById: new Map(),
    seatsByTicket: new Map(),
    counters: new Map(),
    quotas: new Map(),
    pools: new Map(),
    codes: new Map(),
    known: new Map(),
    orders: new Map(),
    cases: new Map(),
    balanceMinor: null,
    houseStock: new Map(),
    placesKept: new Map(),
    ceilingRootId: null,
  };
  readonly #numbers = new Set<string>();
  readonly #seats = new Set<string>();
  readonly #counters = new Set<number>();
  /** Counters whose waiting cases were looked for. */
  readonly #freed = new Set<number>();
  /** Holders of seats that another account sold. */
  readonly #elsewhere = new Set<TicketState>();
  #takesOver = false;

  constructor(books: BooksReader, request: LoadRequest) {
    this.books = books;
    this.request = request;
  }

  /** Loads what these candidates touch; answers the open cases found on the way. */
  async add(candidates: readonly Candidate[], openCases: boolean): Promise<Candidate[]> {
    for (const candidate of candidates) {
      this.candidates.set(candidate.messageId, candidate);
      if (candidate.decision?.place?.kind === 'take_over') this.#takesOver = true;
    }
    const numbers = this.#newNumbers(candidates);
    const tickets = await this.#loadTickets(numbers);
    const seats = await this.#loadSeats(candidates, tickets);
    this.#noteCounters(candidates, tickets);
    if (!openCases) return [];
    const holders = seats.flatMap(({ ticket }) =>
      ticket === null || this.#elsewhere.has(ticket) ? [] : [ticket.number],
    );
    const freed = this.#freedCounters(candidates, tickets);
    const cases = [
      ...(await this.books.casesOfTickets([...numbers, ...holders])),
      ...(await this.books.casesOfSeats(seats)),
      ...(freed.length === 0 ? [] : await this.books.casesOfCounters(freed, MOST_OF_A_COUNTER)),
    ];
    return this.#takeUp(cases);
  }

  /** Counters, codes, orders and the account: later in the order of locks than the seats. */
  async finish(): Promise<void> {
    const { books, state } = this;
    const { terms } = this.request;
    const { codes, references } = this.#names();
    // Asked together, answered in this order: the order of locks.
    const [counted, known, orders] = await Promise.all([
      this.#counters.size === 0 ? null : books.counters([...this.#counters]),
      codes.length === 0 ? [] : books.codes(codes),
      books.orders(references),
    ]);
    for (const row of counted?.counters ?? []) state.counters.set(row.id, { ...row, soldDelta: 0 });
    for (const row of counted?.quotas ?? []) {
      const key = quotaKey(row.counterId, row.contingentId);
      state.quotas.set(key, { ...row, allottedDelta: 0, soldDelta: 0, quotaDelta: 0 });
    }
    for (const row of known) state.codes.set(row.code, { ...row, created: false, changed: false });
    for (const order of orders) state.orders.set(order.reference, order.id);
    await this.#loadPools();
    await this.#loadForDecisions();
    if (terms.ceilingBlocks && terms.ceilingMinor !== null) {
      state.balanceMinor = await books.balance(terms.pendingAccountId);
      state.ceilingRootId = await books.ceilingRoot();
    }
  }

  /** Where a counter has several shares: tickets that may count in another one from now on. */
  async #loadPools(): Promise<void> {
    const { books, state, candidates } = this;
    const { contingentIds } = this.request.resolver.input;
    if (contingentIds.length < 2) return;
    const shared = [...state.counters.keys()].filter(
      (id) => contingentIds.filter((one) => state.quotas.has(quotaKey(id, one))).length > 1,
    );
    if (shared.length === 0) return;
    for (const row of await books.anyShare(shared, candidates.size)) {
      const ticket = this.#keep(row);
      const [counterId] = ticket.counterIds;
      if (counterId === undefined) continue;
      const pool = state.pools.get(counterId);
      if (pool === undefined) state.pools.set(counterId, [ticket]);
      else pool.push(ticket);
    }
  }

  /** Holders of codes that move by a decision, and what limits house stock. */
  async #loadForDecisions(): Promise<void> {
    const { books, state } = this;
    const decided = [...this.candidates.values()].filter(({ decision }) => decision !== null);
    const holders = decided.filter(codeGoesHere).flatMap(({ message }) => {
      const id = state.codes.get(message.barcode ?? '')?.ticketId ?? null;
      return id === null || state.tickets.has(id) ? [] : [id];
    });
    if (holders.length > 0) {
      for (const row of await books.holders([...new Set(holders)])) this.#keepHolder(row);
    }
    await loadHouseStock(books, this.request, state, this.candidates.values());
  }

  /** Codes and order references that the batch names, codes in the order of locks. */
  #names(): { codes: string[]; references: string[] } {
    const codes = new Set<string>();
    const references = new Set<string>();
    for (const { message } of this.candidates.values()) {
      if (message.barcode !== null) codes.add(message.barcode);
      references.add(message.order ?? `#${message.ticket}`);
    }
    // Who loses its place to a ticket of the batch is sent to the box office.
    if (this.#takesOver) {
      for (const { barcode } of this.#elsewhere) if (barcode !== null) codes.add(barcode);
    }
    for (const ticket of this.state.tickets.values()) {
      if (ticket.barcode !== null) codes.add(ticket.barcode);
    }
    return { codes: [...codes].sort(), references: [...references] };
  }

  #newNumbers(candidates: readonly Candidate[]): string[] {
    const numbers = new Set<string>();
    for (const { message } of candidates) {
      for (const number of [message.ticket, message.replaces]) {
        if (number !== null && !this.#numbers.has(number)) numbers.add(number);
      }
    }
    for (const number of numbers) this.#numbers.add(number);
    return [...numbers];
  }

  async #loadTickets(numbers: readonly string[]): Promise<TicketState[]> {
    if (numbers.length === 0) return [];
    const known = await this.books.known(numbers);
    for (const { ticket, ...message } of known) {
      const list = this.state.known.get(ticket);
      if (list) list.push(message);
      else this.state.known.set(ticket, [message]);
    }
    // Every ticket came by a message of its number: unknown numbers have no ticket either.
    const met = [...new Set(known.map(({ ticket }) => ticket))];
    if (met.length === 0) return [];
    const loaded: TicketState[] = [];
    for (const { asked, ...row } of await this.books.tickets(met)) {
      const ticket = this.#keep(row);
      nameTicket(this.state, asked, ticket);
      loaded.push(ticket);
    }
    // A ticket that a duplicate gave another number is known by what came under that one, too.
    const later = loaded.flatMap(({ number }) => (this.#numbers.has(number) ? [] : [number]));
    // And by what sold it, which came under the number that the duplicate took.
    const former = known.flatMap(({ content: { kind, replaces } }) =>
      kind !== 'replacement' || replaces === null || this.#numbers.has(replaces) ? [] : [replaces],
    );
    const renumbered = [...new Set([...later, ...former])];
    for (const number of renumbered) this.#numbers.add(number);
    return [...loaded, ...(await this.#loadTickets([...new Set(renumbered)]))];
  }

  #keep(row: TicketRow): TicketState {
    const kept = this.state.tickets.get(row.id);
    if (kept !== undefined) return kept;
    const ticket = this.#stateOf(row);
    this.state.tickets.set(ticket.id, ticket);
    return ticket;
  }

  #stateOf(row: TicketRow): TicketState {
    const { counterId, day, ...rest } = row;
    const counterIds = counterId === null ? [] : this.#countersOf(row);
    return { ...rest, counterIds, past: false, fresh: null, corrected: null, changed: false };
  }

  /**
   * A seat's holder. Numbers are unique within an account only: a ticket of another one must not
   * be taken for this account's ticket of the same number, so it is named with its account.
   */
  #keepHolder({ elsewhere, ...row }: HolderRow): TicketState {
    if (elsewhere === null) return this.#keep(row);
    const ticket = this.#stateOf({ ...row, number: `${elsewhere}/${row.number}` });
    this.#elsewhere.add(ticket);
    return ticket;
  }

  /** A ticket of several days keeps its first counter; the others follow from the product. */
  #countersOf(row: TicketRow): number[] {
    const { catalogue } = this.request;
    const first = row.counterId as number;
    const product = catalogue.productById.get(row.productId);
    if (row.day === null || product === undefined || product.daysPerTicket === 1) return [first];
    const counter = catalogue.counters.find((one) => one.id === first);
    const slot = counter?.slotStarts ?? null;
    return Array.from({ length: product.daysPerTicket }, (_, n) => {
      const day = new Date(Date.parse(`${row.day}T00:00:00Z`) + n * 86_400_000);
      const key = counterKey(product.id, { day: day.toISOString().slice(0, 10), slot });
      return catalogue.counterByKey.get(key)?.id ?? first;
    });
  }

  async #loadSeats(
    candidates: readonly Candidate[],
    tickets: readonly TicketState[],
  ): Promise<SeatState[]> {
    const places = this.#newPlaces(candidates);
    const rows = places.length === 0 ? [] : await this.books.seatsByPlace(places);
    const loaded = new Set(rows.map((row) => `${row.performanceId}|${row.seatId}`));
    const keys: SeatKey[] = this.#chosenSeats(candidates).filter(
      (key) => !loaded.has(`${key.performanceId}|${key.seatId}`),
    );
    for (const { performanceId, seatId } of tickets) {
      if (performanceId === null || seatId === null) continue;
      if (!loaded.has(`${performanceId}|${seatId}`)) keys.push({ performanceId, seatId });
    }
    if (keys.length > 0) rows.push(...(await this.books.seatsByKey(keys)));
    const holders = await this.#loadHolders(rows);
    return rows.map((row) => this.#keepSeat(row, holders));
  }

  #newPlaces(candidates: readonly Candidate[]): PlaceOfSeat[] {
    const places: PlaceOfSeat[] = [];
    const { resolver } = this.request;
    for (const { message } of candidates) {
      const { place, performance } = resolver.resolve(message);
      if (place?.type !== 'seat' || performance === null) continue;
      const names = resolver.seatNames(message, place);
      if (names === null) continue;
      const key = placeKey(performance.id, place.blockId, names.row, names.number);
      if (this.#seats.has(key)) continue;
      this.#seats.add(key);
      places.push({ performanceId: performance.id, blockId: place.blockId, ...names });
    }
    return places;
  }

  /** Seats that a person chose for a ticket, not loaded yet. */
  #chosenSeats(candidates: readonly Candidate[]): SeatKey[] {
    return candidates.flatMap(({ message, decision }) => {
      if (decision?.place?.kind !== 'seat') return [];
      const { performance } = this.request.resolver.resolve(message);
      if (performance === null) return [];
      const key = { performanceId: performance.id, seatId: decision.place.seatId };
      return this.state.seatsById.has(seatKey(key.performanceId, key.seatId)) ? [] : [key];
    });
  }

  /** Tickets on these seats that the batch does not name itself. */
  async #loadHolders(rows: readonly SeatRow[]): Promise<Map<number, TicketState>> {
    const byId = new Map(this.state.tickets);
    const missing = rows.flatMap(({ ticketId }) =>
      ticketId === null || byId.has(ticketId) ? [] : [ticketId],
    );
    if (missing.length === 0) return byId;
    for (const row of await this.books.holders(missing)) byId.set(row.id, this.#keepHolder(row));
    return byId;
  }

  #keepSeat(row: SeatRow, holders: ReadonlyMap<number, TicketState>): SeatState {
    const { ticketId, ...rest } = row;
    const key = placeKey(row.performanceId, row.blockId, row.row, row.number);
    const kept = this.state.seats.get(key);
    if (kept !== undefined) return kept;
    const ticket = ticketId === null ? null : (holders.get(ticketId) ?? null);
    const seat = { ...rest, ticket, changed: false };
    this.#seats.add(key);
    this.state.seats.set(key, seat);
    this.state.seatsById.set(seatKey(row.performanceId, row.seatId), seat);
    if (ticket !== null) this.state.seatsByTicket.set(ticket.id, seat);
    return seat;
  }

  #noteCounters(candidates: readonly Candidate[], tickets: readonly TicketState[]): void {
    const { resolver } = this.request;
    for (const { message, decision } of candidates) {
      for (const id of resolver.counterIds(resolver.resolve(message))) this.#counters.add(id);
      if (decision?.place?.kind === 'count') this.#counters.add(decision.place.counterId);
    }
    for (const ticket of tickets) for (const id of ticket.counterIds) this.#counters.add(id);
  }

  /** Counters that these candidates may give places back of. */
  #freedCounters(
    candidates: readonly Candidate[],
    tickets: readonly TicketState[],
  ): readonly number[] {
    const ends = candidates.filter(({ message }) => message.kind !== 'sale');
    if (ends.length === 0) return [];
    const freed = new Set<number>();
    for (const ticket of tickets) for (const id of ticket.counterIds) freed.add(id);
    const { resolver } = this.request;
    for (const { message } of ends) {
      for (const id of resolver.counterIds(resolver.resolve(message))) freed.add(id);
    }
    const fresh = [...freed].filter((id) => !this.#freed.has(id));
    for (const id of fresh) this.#freed.add(id);
    return fresh;
  }

  #takeUp(cases: readonly StoredCase[]): Candidate[] {
    const added: Candidate[] = [];
    for (const one of cases) {
      rememberCase(this.state, one);
      if (this.candidates.has(one.messageId)) continue;
      const candidate = candidateOf(one);
      this.candidates.set(one.messageId, candidate);
      added.push(candidate);
    }
    return added;
  }
}

/** A message that waits in quarantine, as a candidate. */
export function candidateOf(one: StoredCase): Candidate {
  return {
    message: one.message,
    messageId: one.messageId,
    isNew: false,
    waitingWith: one.problems as Problem[],
    waitingBehind: one.rootMessageId,
    accepted: new Set(one.decision?.accepted ?? []),
    decision: one.decision,
    reported: one.reported,
  };
}
