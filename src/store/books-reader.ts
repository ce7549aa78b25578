import type { StoredCase } from './books-case-store.ts';
import {
  hasOpenCases,
  readCasesOfCounters,
  readCasesOfSeats,
  readCasesOfTickets,
  readCeilingRoot,
} from './books-case-store.ts';
import type {
  AskedTicket,
  CounterRow,
  HolderRow,
  HouseStockRow,
  PlaceOfSeat,
  PlacesKept,
  QuotaRow,
  SeatKey,
  SeatRow,
  StoredMessage,
  TicketRow,
} from './books-state-store.ts';
import {
  lockBalance,
  lockCodes,
  lockCounters,
  readAnyShare,
  readHouseStock,
  readKnown,
  readOrders,
  readPlacesKept,
  readSeatsByKey,
  readSeatsByPlace,
  readTickets,
  readTicketsById,
} from './books-state-store.ts';
import type { Tx } from './database/transaction.ts';

/** The books of one account, as a batch reads them: of a database, or on paper in tests. */
export interface BooksReader {
  hasOpenCases(): Promise<boolean>;
  known(numbers: readonly string[]): Promise<StoredMessage[]>;
  tickets(numbers: readonly string[]): Promise<AskedTicket[]>;
  holders(ticketIds: readonly number[]): Promise<HolderRow[]>;
  seatsByPlace(places: readonly PlaceOfSeat[]): Promise<SeatRow[]>;
  seatsByKey(seats: readonly SeatKey[]): Promise<SeatRow[]>;
  casesOfTickets(numbers: readonly string[]): Promise<StoredCase[]>;
  casesOfSeats(seats: readonly SeatKey[]): Promise<StoredCase[]>;
  casesOfCounters(counterIds: readonly number[], most: number): Promise<StoredCase[]>;
  counters(ids: readonly number[]): Promise<{ counters: CounterRow[]; quotas: QuotaRow[] }>;
  codes(codes: readonly string[]): ReturnType<typeof lockCodes>;
  orders(references: readonly string[]): Promise<{ id: number; reference: string }[]>;
  balance(pendingAccountId: number): Promise<number>;
  ceilingRoot(): Promise<number | null>;
  /** Living tickets of any share, the first sold `most` of each counter and contingent. */
  anyShare(counterIds: readonly number[], most: number): Promise<TicketRow[]>;
  /** Living tickets of an interface out of house stock. */
  houseStock(interfaceId: number, counterIds: readonly number[]): Promise<HouseStockRow[]>;
  /** Places that contingents keep of these performances: what a safety gauge limits. */
  placesKept(performanceIds: readonly number[]): Promise<PlacesKept[]>;
}

export function openBooks(tx: Tx, resellerAccountId: number): BooksReader {
  return {
    hasOpenCases: () => hasOpenCases(tx, resellerAccountId),
    known: (numbers) => readKnown(tx, resellerAccountId, numbers),
    tickets: (numbers) => readTickets(tx, resellerAccountId, numbers),
    holders: (ids) => readTicketsById(tx, resellerAccountId, ids),
    seatsByPlace: (places) => readSeatsByPlace(tx, places),
    seatsByKey: (seats) => readSeatsByKey(tx, seats),
    casesOfTickets: (numbers) => readCasesOfTickets(tx, resellerAccountId, numbers),
    casesOfSeats: (seats) => readCasesOfSeats(tx, resellerAccountId, seats),
    casesOfCounters: (ids, most) => readCasesOfCounters(tx, resellerAccountId, ids, most),
    counters: (ids) => lockCounters(tx, ids),
    codes: (codes) => lockCodes(tx, codes),
    orders: (references) => readOrders(tx, resellerAccountId, references),
    ceilingRoot: () => readCeilingRoot(tx, resellerAccountId),
    anyShare: (ids, most) => readAnyShare(tx, resellerAccountId, ids, most),
    houseStock: (interfaceId, ids) => readHouseStock(tx, interfaceId, ids),
    placesKept: (performanceIds) => readPlacesKept(tx, performanceIds),
    balance: (pendingAccountId) => lockBalance(tx, pendingAccountId),
  };
}
