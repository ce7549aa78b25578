import type { StoredCase } from '../../src/store/books-case-store.ts';
import type { BooksReader } from '../../src/store/books-reader.ts';
import type {
  AskedTicket,
  HolderRow,
  PlaceOfSeat,
  SeatKey,
  SeatRow,
  StoredMessage,
} from '../../src/store/books-state-store.ts';
import type { PaperBooks, PaperCase, PaperSeat, PaperTicket } from './paper-books.ts';

/** Reads the books on paper as the database answers: copies, in the same shapes. */
export class PaperReader implements BooksReader {
  readonly #books: PaperBooks;

  constructor(books: PaperBooks) {
    this.#books = books;
  }

  async hasOpenCases(): Promise<boolean> {
    return this.#open(() => true).length > 0;
  }

  async known(numbers: readonly string[]): Promise<StoredMessage[]> {
    const messages = [...this.#books.messages.values()].sort((a, b) => a.id - b.id);
    return numbers.flatMap((number) =>
      messages
        .filter(({ content }) => content.ticket === number)
        .map((message) => ({ ...structuredClone(message), ticket: number })),
    );
  }

  async tickets(numbers: readonly string[]): Promise<AskedTicket[]> {
    const { tickets, formerNumbers } = this.#books;
    return numbers.flatMap((asked) => {
      const own = [...tickets.values()].filter(({ number }) => number === asked);
      const former = formerNumbers
        .filter(({ number }) => number === asked)
        .map(({ ticketId }) => tickets.get(ticketId) as PaperTicket);
      return [...own, ...former].map((row) => ({ ...rowOf(row), asked }));
    });
  }

  async holders(ids: readonly number[]): Promise<HolderRow[]> {
    return ids.map((id) => {
      const row = rowOf(this.#books.tickets.get(id) as PaperTicket);
      return { ...row, elsewhere: null };
    });
  }

  async seatsByPlace(places: readonly PlaceOfSeat[]): Promise<SeatRow[]> {
    const all = [...this.#books.seats.values()];
    return places.flatMap((place) =>
      all
        .filter(
          (seat) =>
            seat.performanceId === place.performanceId &&
            seat.blockId === place.blockId &&
            seat.row === place.row &&
            seat.number === place.number,
        )
        .map(seatRow),
    );
  }

  async seatsByKey(keys: readonly SeatKey[]): Promise<SeatRow[]> {
    return keys.flatMap(({ performanceId, seatId }) => {
      const seat = this.#books.seats.get(`${performanceId}|${seatId}`);
      return seat === undefined ? [] : [seatRow(seat)];
    });
  }

  async casesOfTickets(numbers: readonly string[]): Promise<StoredCase[]> {
    const asked = new Set(numbers);
    return [
      ...this.#open((one) => asked.has(one.ticket)),
      ...this.#open((one) => one.replaces !== null && asked.has(one.replaces)),
    ];
  }

  async casesOfSeats(seats: readonly SeatKey[]): Promise<StoredCase[]> {
    const asked = new Set(seats.map((seat) => `${seat.performanceId}|${seat.seatId}`));
    return this.#open((one) => asked.has(`${one.performanceId}|${one.seatId}`));
  }

  async casesOfCounters(ids: readonly number[], most: number): Promise<StoredCase[]> {
    return ids.flatMap((id) => this.#open((one) => one.counterId === id).slice(0, most));
  }

  async counters(ids: readonly number[]) {
    const { counters, quotas } = this.#books;
    return {
      counters: ids.flatMap((id) => structuredClone(counters.get(id)) ?? []),
      quotas: structuredClone([...quotas.values()].filter((one) => ids.includes(one.counterId))),
    };
  }

  async codes(codes: readonly string[]) {
    return codes.flatMap((code) => structuredClone(this.#books.codes.get(code)) ?? []);
  }

  async orders(references: readonly string[]) {
    return references.flatMap((reference) => {
      const id = this.#books.orders.get(reference);
      return id === undefined ? [] : [{ id, reference }];
    });
  }

  async balance(): Promise<number> {
    return this.#books.ledger.reduce((sum, row) => sum + row.amountMinor, 0);
  }

  async ceilingRoot(): Promise<number | null> {
    const [root] = this.#open(
      ({ rootMessageId, problems }) =>
        rootMessageId === null && problems.map(({ code }) => code).join() === 'account.ceiling',
    );
    return root?.messageId ?? null;
  }

  async anyShare(counterIds: readonly number[], most: number) {
    const pool = [...this.#books.tickets.values()].filter(
      ({ anyShare, state }) => anyShare && state === 'valid',
    );
    const contingentIds = new Set(pool.map(({ contingentId }) => contingentId));
    return counterIds.flatMap((id) =>
      [...contingentIds].flatMap((contingentId) =>
        pool
          .filter((one) => one.counterId === id && one.contingentId === contingentId)
          .slice(0, most)
          .map(rowOf),
      ),
    );
  }

  async houseStock(_: number, counterIds: readonly number[]) {
    const drawn = [...this.#books.tickets.values()].filter(
      ({ fromHouseStock, state }) => fromHouseStock && state === 'valid',
    );
    return counterIds.map((counterId) => ({
      counterId,
      tickets: drawn.filter((one) => one.counterId === counterId).length,
    }));
  }

  async placesKept(performanceIds: readonly number[]) {
    const { seats, quotas, catalogue } = this.#books;
    return performanceIds.map((performanceId) => {
      const kept = [...seats.values()].filter(
        (seat) => seat.performanceId === performanceId && seat.contingentId !== null,
      );
      const counters = catalogue.counters.filter((one) => one.performanceId === performanceId);
      const ids = new Set(counters.map(({ id }) => id));
      const shares = [...quotas.values()].filter(({ counterId }) => ids.has(counterId));
      const places = shares.reduce((sum, { quota }) => sum + quota, kept.length);
      return { performanceId, places };
    });
  }

  #open(wanted: (one: PaperCase) => boolean): StoredCase[] {
    return [...this.#books.cases.values()]
      .filter((one) => !one.settled && wanted(one))
      .map((one) => this.#books.stored(one));
  }
}

function rowOf({ toBeRefunded, vatMinor, ...row }: PaperTicket) {
  return structuredClone(row);
}

function seatRow(seat: PaperSeat): SeatRow {
  return { ...structuredClone(seat), version: '' };
}
