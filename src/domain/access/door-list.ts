/**
 * The door's files: which list a code is on, and how its line is written. The format has neither
 * a heading nor quotation marks, so a value that would break a line, or begin a formula in the
 * spreadsheet where somebody looks at it, cannot be written and is told instead.
 */
import { businessDay, dayAfter } from './business-day.ts';

export const BLACK_REASONS = ['CANCELLED', 'TECHNICAL', 'STOLEN'] as const;
export type BlackReason = (typeof BLACK_REASONS)[number];

/** Why a person blocked a code, as it stands with the code. */
export const BLOCK_REASONS: Readonly<Record<string, BlackReason>> = {
  'blocked.stolen': 'STOLEN',
  'blocked.technical': 'TECHNICAL',
};

/** A code with what its line says. */
export interface ListedCode {
  code: string;
  state: 'valid' | 'provisional' | 'revoked' | 'replaced' | 'see_box_office' | 'test';
  reason: string | null;
  changedAt: string;
  /** First day of a dated pass. */
  day: string | null;
  performanceId: number | null;
  seatCategoryId: number | null;
  /** Our price for the place; null without a sale. */
  priceMinor: number | null;
  soldAt: string | null;
  nameMissing: boolean;
}

export interface ListTerms {
  seasonCode: string;
  productCode: string;
  timeZone: string;
  businessDayEndsAt: string;
  namesDecide: boolean;
  validUntil: string | null;
  validDays: number | null;
  daysPerTicket: number;
  /** Null for a pass. */
  performance: { code: string; startsAt: string; cancelled: boolean } | null;
  /** The dearest price of a place, by category (0 for none): what a reduced price is below. */
  dearest: ReadonlyMap<number, number>;
}

/** What becomes of a code; null: it is on neither list, and the door does not know it. */
export function listOf(code: ListedCode, terms: ListTerms): 'white' | BlackReason | null {
  switch (code.state) {
    case 'revoked':
      return BLOCK_REASONS[code.reason ?? ''] ?? 'CANCELLED';
    case 'replaced':
      return 'CANCELLED';
    case 'see_box_office':
      return 'TECHNICAL';
    case 'test':
    case 'valid':
    case 'provisional':
      if (terms.performance?.cancelled) return 'CANCELLED';
      return code.nameMissing && terms.namesDecide ? null : 'white';
  }
}

export interface DoorLines {
  /**
   * `barcode;season_code;product_code;category_id;reduced_price;is_specimen;validity_date;tag;
   * entranceBarcodeId`. The category is always 0; the tag is the performance's code.
   */
  white(code: ListedCode): string;
  /** `barcode;reason;season_code;product_code;blacklist_date`. */
  black(code: ListedCode, reason: BlackReason): string;
}

/** Writes the lines of one performance, or of one pass. */
export function createDoorLines(terms: ListTerms): DoorLines {
  const { seasonCode, productCode, performance } = terms;
  const validity = createValidity(terms);
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone: terms.timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const flag = (value: boolean): string => (value ? 'TRUE' : 'FALSE');
  return {
    white(code) {
      const dearest = terms.dearest.get(code.seatCategoryId ?? 0) ?? 0;
      const reduced = code.priceMinor !== null && code.priceMinor < dearest;
      const specimen = code.state === 'test';
      const middle = ['0', flag(reduced), flag(specimen), validity(code)];
      return [code.code, seasonCode, productCode, ...middle, performance?.code ?? '', ''].join(';');
    },
    black(code, reason) {
      const at = local.format(new Date(code.changedAt));
      return [code.code, reason, seasonCode, productCode, at].join(';');
    },
  };
}

/** Whether a value can stand in a line as it is. */
export function mayStandInList(value: string): boolean {
  return (
    value !== '' && !/[;"\u0000-\u001f\u007f\u2028\u2029]/.test(value) && !/^[=+\-@]/.test(value)
  );
}

/** The last second on which a code opens, `YYYY-MM-DD HH:MM:SS` local; '' where it has no end. */
function createValidity(terms: ListTerms): (code: ListedCode) => string {
  const { performance, timeZone, businessDayEndsAt, daysPerTicket, validUntil, validDays } = terms;
  const dayOf = (at: string): string => businessDay(at, timeZone, businessDayEndsAt);
  const ends = new Map<string, string>();
  const end = (day: string): string => {
    const known = ends.get(day) ?? endOfDay(day, businessDayEndsAt);
    ends.set(day, known);
    return known;
  };
  const startDay = performance === null ? null : dayOf(performance.startsAt);
  return ({ day, soldAt }) => {
    if (startDay !== null) return end(startDay);
    if (day !== null) return end(dayAfter(day, daysPerTicket - 1));
    const counts = validDays !== null && soldAt !== null;
    const counted = counts ? dayAfter(dayOf(soldAt), validDays - 1) : null;
    const [last] = [validUntil, counted].filter((one) => one !== null).sort();
    return last === undefined ? '' : end(last);
  };
}

/** A business day ends after midnight: at 05:59:59 of the next day, say. */
function endOfDay(day: string, endsAt: string): string {
  const [hours = 0, minutes = 0] = endsAt.split(':').map(Number);
  const seconds = hours * 3_600 + minutes * 60 - 1;
  if (seconds < 0) return `${day} 23:59:59`;
  const part = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = [seconds / 3_600, (seconds % 3_600) / 60, seconds % 60].map(part).join(':');
  return `${dayAfter(day, 1)} ${time}`;
}
