import type { ProblemCode } from '../../domain/order/problem.ts';

/** Commands on a reseller's stock and its answers, in the reseller's words. */

/** A performance (or pass) as the reseller knows it. */
export interface ExternalPerformance {
  product: string;
  performance: string | null;
  /** Local start in the venue's zone, `YYYY-MM-DDTHH:MM`. */
  start: string | null;
  hall: string | null;
}

/** One place, or a count of a zone. `key` is ours: the answer repeats it. */
export type StockItem =
  | { key: number; type: 'seat'; block: string; row: string; seat: string; category: string }
  | { key: number; type: 'count'; block: string; category: string; quantity: number };

export interface StockCommand {
  /** Our reference, unique per command; the reseller can be asked by it. */
  reference: string;
  action: 'add' | 'withdraw';
  performance: ExternalPerformance;
  /** The reseller's code of the contingent. */
  allotment: string;
  items: readonly StockItem[];
}

export type ItemResult =
  /** Now in the reseller's stock (add). */
  | 'accepted'
  /** Was in it before (add); counts as accepted. */
  | 'already-there'
  /** Out of the reseller's stock (withdraw). */
  | 'withdrawn'
  /** The reseller sold it: it stays sold there (withdraw). */
  | 'sold'
  /** The reseller does not have it, so there is nothing to withdraw. */
  | 'not-there'
  | 'refused';

export interface ItemAnswer {
  key: number;
  result: ItemResult;
  /** For counts: how many were accepted or given back; for a seat 1 or 0. */
  quantity: number;
  /** The reseller's words, when refused. */
  reason: string | null;
}

export type StockOutcome =
  | { outcome: 'done'; items: readonly ItemAnswer[] }
  /** The reseller refused the command as a whole; nothing of it was done. */
  | { outcome: 'refused'; reason: string; code?: ProblemCode }
  /** Nobody knows whether the reseller did it: ask by the reference, never tell again blindly. */
  | { outcome: 'unknown'; reason: string; code?: ProblemCode }
  /** Only from a look-up: the reseller never saw this reference. */
  | { outcome: 'never-arrived' };

export type ListedState = 'free' | 'sold' | 'held' | 'blocked';

/** One line of the reseller's own list of a performance. */
export type ListedItem =
  | {
      type: 'seat';
      allotment: string | null;
      block: string;
      row: string;
      seat: string;
      category: string | null;
      state: ListedState;
      ticket: string | null;
    }
  | {
      type: 'count';
      allotment: string | null;
      block: string;
      category: string | null;
      free: number;
      sold: number;
    };
