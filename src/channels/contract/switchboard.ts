/**
 * The switchboard of a reseller's simulator: what the demo, the tests and a newcomer turn on it.
 * The same words for every reseller, so that one contract-test kit can drive them all. Codes are
 * the reseller's, amounts are decimal texts as they travel on its wire, times are local.
 *
 * Every function is also `POST /switchboard/<name>` with the argument as its JSON body on the
 * simulator's own port. A command that changes the books takes an `idempotencyKey`: the same key
 * does nothing twice and answers what it answered first, also after a restart.
 */

export interface Keyed {
  idempotencyKey?: string;
}

/** Where a simulated sale happens: `start` is `YYYY-MM-DDTHH:MM`; both null for undated passes. */
export interface SimulatedPerformance {
  code?: string | null;
  start: string;
  hall?: string | null;
}

export interface SimulatedProduct {
  code: string;
  /** `pass`: sold without places, up to `limit` (per date for a dated pass). */
  type?: 'event' | 'pass';
  performances?: readonly SimulatedPerformance[];
  /** The prices the reseller believes: seat category → tariff → decimal text. */
  prices: Readonly<Record<string, Readonly<Record<string, string>>>>;
  commission?: string | null;
  limit?: number | null;
}

export interface SimulatedPlace {
  block: string;
  row: string;
  seat: string;
}

export interface SimulatedName {
  lastName: string;
  firstName: string;
}

export interface SellRequest extends Keyed {
  product: string;
  performance?: string | null;
  start?: string | null;
  /** These places, or `count` free ones in the order they were received. */
  places?: readonly SimulatedPlace[];
  count?: number;
  /** Restricts `count` to a block, or names the zone. */
  block?: string;
  category?: string;
  tariff?: string;
  /** Instead of the price the reseller believes. */
  price?: string;
  commission?: string | null;
  names?: readonly SimulatedName[];
  /** The order's reference; by default one per request. */
  order?: string | null;
  outlet?: string;
  test?: boolean;
  /** Local instant of the operation, `YYYY-MM-DDTHH:MM:SS`; by default the clock's. */
  at?: string;
  /** Sells although the reseller holds no such place or not enough of them. */
  force?: boolean;
}

export interface OnTicket extends Keyed {
  ticket: string;
  at?: string;
}

/** A file of sales, as the reseller would send it. */
export interface SalesFileRequest {
  product: string;
  performance?: string | null;
  start?: string | null;
  /** How exactly it tells instants; the minute by default. */
  precision?: 'minute' | 'second';
  /** By default as the reseller's own files. */
  lineEnd?: 'lf' | 'cr-lf';
  charset?: 'windows-1252' | 'utf-8';
}

export interface WrittenFile {
  name: string;
  base64: string;
}

/** What went wrong next: a fault of the reseller's, or rudeness on the wire. */
export type Failure =
  | `fault:${string}`
  | 'unauthorized'
  | 'html'
  | 'truncate'
  | 'reset'
  | 'slow'
  | 'hang'
  | 'huge'
  | 'charset'
  | 'dtd'
  | 'entities'
  | 'empty';

export interface SimulatedTicket {
  ticket: string;
  order: string | null;
  state: 'living' | 'cancelled' | 'exchanged';
  product: string;
  performance: string | null;
  start: string | null;
  block: string | null;
  row: string | null;
  seat: string | null;
  category: string;
  tariff: string;
  price: string;
  givenBack: string;
  barcode: string;
  lastName: string;
  firstName: string;
  test: boolean;
}

export interface SimulatedStock {
  product: string;
  performance: string | null;
  start: string;
  /** Numbered places and places by quantity together. */
  free: number;
  sold: number;
}

export interface SimulatorState {
  operations: number;
  living: number;
  cancelled: number;
  commands: number;
  stock: readonly SimulatedStock[];
  tickets: readonly SimulatedTicket[];
}

export interface Switchboard {
  /** Tells the reseller about a product, as the sales form does; replaces what it knew. */
  setProduct(product: SimulatedProduct & Keyed): { code: string };
  /** Places that the reseller has had since before anyone here kept books of them. */
  receivePlaces(
    request: {
      product: string;
      performance?: string | null;
      start?: string | null;
      allotment: string;
      category: string;
      places: readonly SimulatedPlace[];
    } & Keyed,
  ): { places: number };
  sell(request: SellRequest): { order: string | null; tickets: readonly string[] };
  /** `givenBack`: the price by default; less when fees are kept. */
  cancel(request: OnTicket & { givenBack?: string; commission?: string }): { ticket: string };
  refund(request: OnTicket & { amount: string; releasesPlace?: boolean; commission?: string }): {
    ticket: string;
  };
  /** A duplicate keeps its number and gets a new code, unless `newNumber`. */
  duplicate(request: OnTicket & { newNumber?: boolean }): { ticket: string; barcode: string };
  exchange(
    request: OnTicket & {
      place?: SimulatedPlace;
      performance?: string | null;
      start?: string | null;
      category?: string;
      tariff?: string;
      price?: string;
    },
  ): { ticket: string };
  changeName(request: OnTicket & SimulatedName): { ticket: string };
  /** The next `times` calls of a service fail so (1 by default), before any work is done. */
  failNext(request: { service: string; failure: Failure; times?: number }): { service: string };
  /** The next `times` calls do their work, then the connection is cut. */
  dropNextAnswer(request: { service: string; times?: number }): { service: string };
  delay(request: { service: string; milliseconds: number; times?: number }): { service: string };
  /** Repeats the last `count` lines of the journal. */
  duplicateOperations(request: { count: number } & Keyed): { operations: number };
  /** Reverses the last `count` lines of the journal, of those that nobody has read yet. */
  reorder(request: { count: number } & Keyed): { reordered: number };
  /** Lists and withdrawals answer this for the place, whatever the books say; null: the truth. */
  lieAboutSeat(
    request: {
      product: string;
      performance?: string | null;
      start?: string | null;
      place: SimulatedPlace;
      says: 'free' | 'sold' | 'absent' | null;
    } & Keyed,
  ): { says: string | null };
  /** The reseller invents a tariff: every product gets it, at the price of `like`. */
  newTariff(request: { code: string; like: string } & Keyed): { code: string };
  /** Changes fields of a line already in the journal, raw, in the reseller's own field names. */
  rewrite(
    request: {
      sequence: number;
      fields: Readonly<Record<string, string>>;
      charset?: 'utf-8' | 'latin1';
    } & Keyed,
  ): { sequence: number };
  /** Appends a line as it is, in the reseller's own field names. */
  appendRaw(
    request: { fields: Readonly<Record<string, string>>; charset?: 'utf-8' | 'latin1' } & Keyed,
  ): { sequence: number };
  /** How often an access list is "in progress" before it is ready, or that it fails. */
  setAccess(request: { pollsBeforeReady?: number; fails?: boolean }): {
    pollsBeforeReady: number;
  };
  state(request?: { tickets?: boolean }): SimulatorState;
}

/** A simulator that runs. `url` is `http://127.0.0.1:PORT`, without a slash at its end. */
export interface RunningSimulator {
  url: string;
  port: number;
  banner: string;
  switchboard: Switchboard;
  /** The sales of a performance as a file; only of resellers that send files. */
  salesFile?(request: SalesFileRequest): WrittenFile;
  /** Ends it; what was answered is on disk already. */
  stop(): Promise<void>;
}

/** A switchboard command that cannot be done (409) or understood (400). */
export class SwitchboardError extends Error {
  readonly status: 400 | 404 | 409;

  constructor(status: 400 | 404 | 409, message: string) {
    super(message);
    this.name = 'SwitchboardError';
    this.status = status;
  }
}
