import type { ProblemCode } from './problem.ts';

/**
 * What a person decided for a message in quarantine: kept on its case until it is settled, so that
 * whoever takes the case up again decides alike. Which ways out a case has, and what each of them
 * writes here, is domain/cases; the planner only follows it.
 */
export interface CaseDecision {
  /** Problems taken as they are, by code. A place taken by another is not made free by this. */
  accepted?: readonly ProblemCode[];
  /** What is booked where prices differ. Absent: what the reseller reported, once accepted. */
  price?: 'ours' | 'theirs';
  place?: PlaceDecision;
  /** The reported contents replace those of the ticket in the books (`content.differs`). */
  contents?: 'theirs';
  /** Booked although its performance is closed: in the open period, shown apart. */
  late?: true;
}

export type PlaceDecision =
  /** This seat of ours instead of the one reported; it must be free and at no other reseller. */
  | { kind: 'seat'; seatId: number }
  /** A counted place of the same performance, or another contingent's share of the same count. */
  | { kind: 'count'; counterId: number; contingentId: number }
  /** The reported place, out of what no reseller holds: a free seat, or one of a count. */
  | { kind: 'house_stock' }
  /** No place of ours: the ticket stands beside the capacity, its bearer goes to the box office. */
  | { kind: 'overbooked' }
  /** The reported seat, whoever of ours has it: who had it before becomes overbooked. */
  | { kind: 'take_over' };
