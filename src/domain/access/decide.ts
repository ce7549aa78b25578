/**
 * Whether a code opens a door (DOMAIN "The door"). Pure: the row of the code, the gate, the
 * instant. Money may wait, the door may not: what is provisional opens.
 */
import { businessDay, dayAfter } from './business-day.ts';

export type CodeState =
  | 'valid'
  | 'provisional'
  | 'revoked'
  | 'replaced'
  | 'see_box_office'
  | 'test';

/** What the house knows of a code. */
export interface DoorCode {
  code: string;
  state: CodeState;
  /** Why it is revoked, provisional or sent to the box office: a problem's code, or a kind. */
  reason: string | null;
  source: 'ticket' | 'case' | 'list';
  performance: {
    id: number;
    state: 'preparing' | 'running' | 'suspended' | 'cancelled' | 'closed';
  } | null;
  product: {
    id: number;
    kind: string;
    namesRequired: boolean;
    namelessOpensDoor: boolean;
    /** `YYYY-MM-DD`, local. */
    validFrom: string | null;
    validUntil: string | null;
    validDays: number | null;
    daysPerTicket: number;
    timeZone: string;
  } | null;
  /** First day of a dated pass. */
  day: string | null;
  /** Null without a sale. */
  ticket: { nameMissing: boolean; soldAt: string; cancelled: boolean } | null;
  usedAt: string | null;
}

export interface Gate {
  /** The performance that is let in; null: whichever the code is for. */
  performanceId: number | null;
  /** Now, ISO 8601 in UTC. */
  at: string;
  /** A business day ends at this local time, `HH:MM`. */
  businessDayEndsAt: string;
}

/** Reasons of a refusal; each has one sentence in each language. */
export const DOOR_REASONS = [
  'unknown',
  'revoked',
  'replaced',
  'see_box_office',
  'test',
  'used',
  'other_performance',
  'performance_cancelled',
  'other_day',
  'not_yet_valid',
  'expired',
  'name_missing',
] as const;
export type DoorReason = (typeof DOOR_REASONS)[number];

export type DoorAnswer =
  | { open: true; provisional: boolean }
  /** `detail`: why it is revoked or at the box office; when it was used; the day it is for. */
  | { open: false; reason: DoorReason; detail: string | null };

/** Decides; null is a code that nobody has told us. */
export function decideDoor(code: DoorCode | null, gate: Gate): DoorAnswer {
  if (code === null) return refused('unknown');
  const closed = closedByState(code);
  if (closed !== null) return closed;
  if (gate.performanceId !== null && code.performance !== null) {
    if (code.performance.id !== gate.performanceId) return refused('other_performance');
  }
  // A pass opens no performance's gate, and a performance's code no other kind of door.
  if (gate.performanceId !== null && code.performance === null) return refused('other_performance');
  if (code.performance?.state === 'cancelled') return refused('performance_cancelled');
  const out = outsideValidity(code, gate) ?? usedBefore(code, gate);
  if (out !== null) return out;
  const { product, ticket } = code;
  if (product?.namesRequired && !product.namelessOpensDoor && ticket?.nameMissing) {
    return refused('name_missing');
  }
  return { open: true, provisional: code.state === 'provisional' };
}

function refused(reason: DoorReason, detail: string | null = null): DoorAnswer {
  return { open: false, reason, detail };
}

function closedByState(code: DoorCode): DoorAnswer | null {
  switch (code.state) {
    case 'revoked':
    case 'replaced':
    case 'see_box_office':
      return refused(code.state, code.reason);
    case 'test':
      return refused('test');
    default:
      return null;
  }
}

/** Dates of a pass, in business days of the product's zone; events have none. */
function outsideValidity(code: DoorCode, gate: Gate): DoorAnswer | null {
  const { product } = code;
  if (product === null || code.performance !== null) return null;
  const today = businessDay(gate.at, product.timeZone, gate.businessDayEndsAt);
  if (code.day !== null) {
    const last = dayAfter(code.day, product.daysPerTicket - 1);
    if (today < code.day || today > last) return refused('other_day', code.day);
    return null;
  }
  if (product.validFrom !== null && today < product.validFrom) {
    return refused('not_yet_valid', product.validFrom);
  }
  const until = lastDay(code, gate);
  return until !== null && today > until ? refused('expired', until) : null;
}

/** The last day of an undated pass: its date, or N days from the sale, whichever comes first. */
function lastDay(code: DoorCode, gate: Gate): string | null {
  const { product, ticket } = code;
  if (product === null) return null;
  if (product.validDays === null || ticket === null) return product.validUntil;
  const sold = businessDay(ticket.soldAt, product.timeZone, gate.businessDayEndsAt);
  const counted = dayAfter(sold, product.validDays - 1);
  return product.validUntil !== null && product.validUntil < counted ? product.validUntil : counted;
}

/** A code opens once; a pass of several days once a day. */
function usedBefore(code: DoorCode, gate: Gate): DoorAnswer | null {
  const { product, usedAt } = code;
  if (usedAt === null) return null;
  if (product !== null && product.daysPerTicket > 1) {
    const day = (at: string) => businessDay(at, product.timeZone, gate.businessDayEndsAt);
    if (day(usedAt) !== day(gate.at)) return null;
  }
  return refused('used', usedAt);
}
