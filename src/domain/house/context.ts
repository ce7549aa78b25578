import type { Draft, DraftTable } from './draft.ts';
import type { Line, ParsedHouse, SheetName } from './file.ts';
import type { OwnState } from './own-places.ts';
import type { HouseNote, HouseProblem } from './problem.ts';
import type { HouseTables, TableName } from './rows.ts';
import { minorDigits, toInstant, toMinor } from './values.ts';

/** The tenant as stored: a file never makes one, it only updates its own. */
export interface OrganisationRow {
  id: number;
  code: string;
  name: string;
  currency: string;
  time_zone: string;
  business_day_ends_at: string;
  language: string;
}

/** Seats of a performance that are alike, as the store groups them. */
export interface SeatGroup {
  performanceId: number;
  contingentId: number | null;
  state: 'free' | 'sold' | 'held' | 'blocked';
  interfaceId: number | null;
  wish: string | null;
  wishContingentId: number | null;
  seatIds: number[];
}

export interface ConfigurationSeatGroup {
  configurationId: number;
  categoryId: number;
  seatIds: number[];
}

/** Numbered places of a performance that are no longer free to change. */
export interface PerformanceTotals {
  performanceId: number;
  seats: number;
  sold: number;
  /** Held or blocked. */
  held: number;
  /** At resellers, commands that nobody has answered yet included. */
  allotted: number;
  contingented: number;
}

export interface StoredStock {
  seatGroups: readonly SeatGroup[];
  configurationSeats: readonly ConfigurationSeatGroup[];
  totals: readonly PerformanceTotals[];
}

/** Seats whose contingent changes, in a performance that exists already. */
export interface SeatMove {
  performanceId: number;
  from: number | null;
  contingentId: number | null;
  /** Applies at once; else it is a wish that waits for the reseller (or takes one back). */
  moved: boolean;
  seatIds: number[];
}

export interface CategoryChange {
  configurationId: number;
  /** null: the seats leave the configuration. */
  categoryId: number | null;
  seatIds: number[];
  /** How many of them the configuration did not have. */
  added: number;
}

export interface StockChanges {
  configurationSeats: CategoryChange[];
  /** Contingents of seats that performances get with this load. */
  initial: { performanceIds: number[]; contingentId: number; seatIds: number[] }[];
  moves: SeatMove[];
  /** Performances whose seats are built (anew) from their configuration. */
  rebuilt: number[];
  own: OwnRequest[];
}

/** The venue's own places; `seats` of a performance, or a `count` of a zone or pass. */
export type OwnRequest = { line: Line<'own_places'>; state: OwnState; reference: string } & (
  | { type: 'seats'; performanceId: number; seatIds: number[] }
  | { type: 'count'; counterId: number; quantity: number }
);

/** A channel's settings as its folder declares them, without knowing the channel. */
export interface ChannelSettings {
  secretFields: ReadonlySet<string>;
  /** What names the account, or what is wrong with the settings, by field. */
  check(config: Record<string, unknown>): { account: string } | { faults: SettingFault[] };
}

export interface SettingFault {
  field: string | null;
  message: string;
}

export interface PlanOptions {
  /** ISO instant. */
  now: string;
  author: string;
  /** Apply changes of a performance's start; without it they are only listed. */
  applyMoves: boolean;
  /** A stored secret does not follow its interface to another address. */
  guardSecrets: boolean;
  /** null: this build has no such channel. */
  channelSettings: (channel: string) => ChannelSettings | null;
}

export interface PlanContext extends PlanOptions {
  house: ParsedHouse;
  organisation: OrganisationRow;
  draft: Draft;
  stock: StoredStock;
  stockChanges: StockChanges;
  /** Decrypted secrets by interface id. */
  secrets: ReadonlyMap<number, Record<string, string>>;
  /** Accounts at resellers of which something is booked or on its way. */
  bookedAccounts: ReadonlySet<number>;
  secretChanges: Map<number, Record<string, string>>;
  removals: { table: TableName; row: HouseTables[TableName]; line: Line<SheetName> }[];
  problems: HouseProblem[];
  notes: HouseNote[];
}

type AnyLine = Line<SheetName>;

/** Reports a fault of a line; references to the line's object are then not reported as well. */
export function report(
  context: PlanContext,
  line: AnyLine,
  key: string | null,
  words: Pick<HouseProblem, 'code' | 'message' | 'cure'>,
): null {
  context.problems.push({ sheet: line.sheet, line: line.index, key, ...words });
  markFaulty(context, line);
  return null;
}

function markFaulty(context: PlanContext, line: AnyLine): void {
  const unread = context.house.unread[line.sheet] ?? [];
  unread.push(line.value);
  context.house.unread[line.sheet] = unread;
}

export function note(
  context: PlanContext,
  line: AnyLine,
  key: string | null,
  words: Pick<HouseNote, 'code' | 'message'>,
): void {
  context.notes.push({ sheet: line.sheet, line: line.index, key, ...words });
}

/**
 * What a line refers to, or null with the fault reported. A line of the file that names the same
 * code and is faulty itself is the root: then nothing more is said.
 */
export function need<R>(
  context: PlanContext,
  line: AnyLine,
  reference: { key: string; sheet: SheetName; code: string; column?: string },
  row: R | null,
): R | null {
  if (row !== null) return row;
  const column = reference.column ?? 'code';
  const faulty = (context.house.unread[reference.sheet] ?? []).some(
    (value) => (value as Record<string, unknown> | null)?.[column] === reference.code,
  );
  if (faulty) {
    // What this line should bring will be missed as well, for the same root.
    markFaulty(context, line);
    return null;
  }
  return report(context, line, reference.key, {
    code: 'house.reference',
    message: `There is no ${reference.code} in ${reference.sheet}.`,
    cure: `Correct the code, or add it to ${reference.sheet}.`,
  });
}

export function instantOf(
  context: PlanContext,
  line: AnyLine,
  key: string,
  text: string,
  zone = context.organisation.time_zone,
): string | null {
  const instant = toInstant(text, zone);
  if (instant !== null) return instant;
  return report(context, line, key, {
    code: 'house.calendar',
    message: `${text} does not exist in the calendar.`,
    cure: 'Correct the day or the hour.',
  });
}

export function minorOf(
  context: PlanContext,
  line: AnyLine,
  key: string,
  amount: string | number,
  currency: string,
): number | null {
  const digits = minorDigits(currency);
  const minor = toMinor(amount, digits);
  if (minor !== null && Number.isSafeInteger(minor)) return minor;
  return report(context, line, key, {
    code: 'house.amount',
    message: `${amount} is not an amount in ${currency}.`,
    cure: `Write at most ${digits} digits behind the point.`,
  });
}

export function removeRow<T extends TableName>(
  context: PlanContext,
  line: AnyLine,
  table: T,
  row: HouseTables[T] | null,
): void {
  if (row === null) {
    note(context, line, null, {
      code: 'house.gone',
      message: 'This is not there: nothing to remove.',
    });
    return;
  }
  (context.draft[table] as unknown as DraftTable<HouseTables[T]>).remove(row);
  context.removals.push({ table, row, line });
}
