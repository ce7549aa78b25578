/**
 * Which ways out a case has (DOMAIN "Cases and cascades"), what each asks for, and what it decides
 * for the planner. Pure: nothing here knows the books.
 */
import type { CaseDecision, PlaceDecision } from '../order/case-decision.ts';
import type { MessageKind } from '../order/message.ts';
import type { ProblemCode } from '../order/problem.ts';

/** What a person may have to say with a way out. A reason is always asked for. */
export type WayParameter = 'ours' | 'word' | 'price' | 'amount' | 'seat' | 'document';

export interface WayTraits {
  needs: readonly WayParameter[];
  may: readonly WayParameter[];
  /** How many cases it settles at once with the same words. */
  on: 'selection' | 'one';
  /**
   * What becomes of the case: the planner books its message (`replayed`), or it leaves quarantine
   * unbooked (`set_aside`), or it stays open (`open`).
   */
  ends: 'replayed' | 'set_aside' | 'open';
}

const traits = (
  ends: WayTraits['ends'],
  more: Partial<Omit<WayTraits, 'ends'>> = {},
): WayTraits => ({ needs: [], may: [], on: 'selection', ends, ...more });

export const WAYS = {
  // A mapping: corrected, or the value belongs to another institution.
  correct_mapping: traits('replayed', { needs: ['ours'], may: ['word'], on: 'one' }),
  not_ours: traits('set_aside', { may: ['word'], on: 'one' }),
  // As the reseller told it, or as our list says.
  accept: traits('replayed'),
  book_ours: traits('replayed'),
  // Our own data is corrected: what it covers is read again.
  correct_price: traits('replayed', { needs: ['price'] }),
  put_on_sale: traits('replayed'),
  accept_once: traits('replayed'),
  // Places. A seat given by name serves one case; without a name each gets one of its own.
  another_seat: traits('replayed', { may: ['seat'] }),
  house_stock: traits('replayed'),
  overbook: traits('replayed'),
  take_theirs: traits('replayed'),
  map_seat: traits('replayed', { needs: ['seat'], on: 'one' }),
  keep_ours: traits('set_aside'),
  // The pending account.
  record_payment: traits('replayed', { needs: ['amount', 'document'] }),
  raise_ceiling: traits('replayed', { needs: ['amount'] }),
  // A performance that is cancelled or closed.
  reopen: traits('replayed'),
  book_late: traits('replayed'),
  // Names, and whatever only the reseller can put right.
  ask: traits('open'),
  report: traits('open'),
} as const satisfies Record<string, WayTraits>;

export type Way = keyof typeof WAYS;

export function isWay(text: string): text is Way {
  return Object.hasOwn(WAYS, text);
}

const SELLING = ['put_on_sale', 'accept_once'] as const;
const CONFLICT = [
  'another_seat',
  'house_stock',
  'overbook',
  'keep_ours',
  'take_theirs',
  'report',
] as const;
const NO_PLACE = ['another_seat', 'house_stock', 'overbook', 'report'] as const;
const OVER = ['accept', 'reopen', 'book_late', 'report'] as const;
const TWO_VERSIONS = ['keep_ours', 'take_theirs', 'report'] as const;
const BOOKABLE = ['accept', 'keep_ours', 'report'] as const;
const NOT_BOOKABLE = ['keep_ours', 'report'] as const;

/** What happened on the wire, is ours to mend, or stops a whole run, opens no case. */
type OfRuns = 'external' | 'technical' | 'interface' | 'import' | 'export';
type Decidable = Exclude<ProblemCode, `${OfRuns}.${string}`>;

/**
 * The ways out of each problem. Exhaustive over all codes that may need a person: an empty row is
 * a problem that no case is opened for (it is a note).
 */
const TABLE = {
  'mapping.missing': ['correct_mapping', 'not_ours'],
  'mapping.ambiguous': ['correct_mapping', 'not_ours'],
  'mapping.ours_missing': [],
  // A kind that resellers may not sell has no place in their books.
  'product.not_sellable': NOT_BOOKABLE,
  'product.not_on_channel': SELLING,
  'product.outside_window': SELLING,
  'performance.preparing': ['accept_once', 'report'],
  'performance.suspended': [],
  'performance.cancelled': OVER,
  'performance.closed': OVER,
  'pass.not_valid_then': BOOKABLE,
  'seat.unknown': [...NO_PLACE, 'map_seat'],
  'seat.missing': NO_PLACE,
  'seat.not_in_allotment': CONFLICT,
  'seat.other_contingent': CONFLICT,
  'seat.sold': CONFLICT,
  'seat.sold_missing_here': [],
  'seat.wrong_category': ['accept', 'another_seat', 'keep_ours', 'report'],
  'seat.adopted': [],
  'seat.taken_over': [],
  'count.over': NO_PLACE,
  'tariff.not_allowed': BOOKABLE,
  'price.missing': ['accept', 'correct_price', 'report'],
  'price.differs': ['accept', 'correct_price', 'book_ours', 'report'],
  'price.negative': NOT_BOOKABLE,
  'price.grace': [],
  'price.booked_ours': [],
  'price.booked_theirs': [],
  'commission.differs': [],
  'currency.differs': NOT_BOOKABLE,
  'barcode.used': TWO_VERSIONS,
  'barcode.missing': [],
  'ticket.living': TWO_VERSIONS,
  'content.differs': TWO_VERSIONS,
  'sale.missing': NOT_BOOKABLE,
  // Its root has the ways out; what nobody wants to wait for can be kept out.
  'blocked.behind': NOT_BOOKABLE,
  'refund.exceeds': BOOKABLE,
  'account.closed': ['accept', 'report'],
  'account.ceiling': ['record_payment', 'raise_ceiling', 'accept'],
  'names.missing': ['accept', 'ask'],
  'instant.ambiguous': [],
  'message.kind_not_supported': NOT_BOOKABLE,
  'wish.lapsed': [],
} as const satisfies Record<Decidable, readonly Way[]>;

export function waysOutOf(code: ProblemCode): readonly Way[] {
  return (TABLE as Readonly<Partial<Record<ProblemCode, readonly Way[]>>>)[code] ?? [];
}

/** Codes that a case may carry. */
export const CASE_CODES: readonly ProblemCode[] = (Object.keys(TABLE) as ProblemCode[]).filter(
  (code) => waysOutOf(code).length > 0,
);

/** A way out of a case with these problems. */
export interface WayOut extends WayTraits {
  way: Way;
  /** What it settles, and what stays for another way. */
  settles: readonly ProblemCode[];
  leaves: readonly ProblemCode[];
  /** A difference of money, or what is closed: the ticketing manager's. */
  manager: boolean;
}

const ENTRIES: ReadonlySet<MessageKind> = new Set(['sale', 'exchange']);
/** Only what brings a ticket can be put somewhere. */
const NEEDS_ENTRY: ReadonlySet<Way> = new Set([
  'another_seat',
  'house_stock',
  'overbook',
  'map_seat',
]);

/** The ways out of a case, in the order of the table: the union over its problems. */
export function waysOut(codes: readonly ProblemCode[], kind: MessageKind): WayOut[] {
  const met = [...new Set(codes)];
  return (Object.keys(WAYS) as Way[]).flatMap((way) => {
    if (NEEDS_ENTRY.has(way) && !ENTRIES.has(kind)) return [];
    const named = met.filter((code) => waysOutOf(code).includes(way));
    if (named.length === 0) return [];
    // Setting aside and reporting are about the message, whatever is wrong with it.
    const whole = WAYS[way].ends !== 'replayed' && way !== 'not_ours';
    const settles = whole ? met : named;
    const leaves = met.filter((code) => !settles.includes(code));
    return [{ way, ...WAYS[way], settles, leaves, manager: needsManager(way, named) }];
  });
}

const MONEY: ReadonlySet<ProblemCode> = new Set([
  'price.missing',
  'price.differs',
  'refund.exceeds',
  'account.ceiling',
  'account.closed',
  'content.differs',
  'ticket.living',
]);
const MANAGERS: ReadonlySet<Way> = new Set([
  'correct_price',
  'record_payment',
  'raise_ceiling',
  'reopen',
  'book_late',
]);

function needsManager(way: Way, codes: readonly ProblemCode[]): boolean {
  if (MANAGERS.has(way)) return true;
  const books = way === 'accept' || way === 'book_ours' || way === 'take_theirs';
  return books && codes.some((code) => MONEY.has(code));
}

/**
 * What a way writes on the case, beside what was decided for it before; null: nothing, the way
 * changes the house or the message instead. `given`: the place of `another_seat`, and of
 * `house_stock` where the reported place itself is not to be had.
 */
export function decide(
  { way, settles }: Pick<WayOut, 'way' | 'settles'>,
  before: CaseDecision | null,
  given: PlaceDecision | null = null,
): CaseDecision | null {
  const more = decisionOf(way, settles, given);
  if (more === null) return null;
  const accepted = [...new Set([...(before?.accepted ?? []), ...settles])].sort();
  return { ...before, ...more, accepted };
}

function decisionOf(
  way: Way,
  settles: readonly ProblemCode[],
  given: PlaceDecision | null,
): CaseDecision | null {
  const place = (decision: PlaceDecision): CaseDecision => ({ place: decision });
  switch (way) {
    case 'accept':
      return settles.some((code) => code.startsWith('price.')) ? { price: 'theirs' } : {};
    case 'book_ours':
      return { price: 'ours' };
    case 'accept_once':
      return {};
    case 'another_seat':
      if (given === null) throw new Error('Another place has to be given.');
      return place(given);
    case 'house_stock':
      return place(given ?? { kind: 'house_stock' });
    case 'overbook':
      return place({ kind: 'overbooked' });
    case 'take_theirs':
      return {
        ...(settles.some(isPlaceTaken) ? place({ kind: 'take_over' }) : {}),
        ...(settles.some(isAboutContents) ? { contents: 'theirs' as const } : {}),
      };
    case 'book_late':
      return { late: true };
    default:
      return null;
  }
}

function isAboutContents(code: ProblemCode): boolean {
  return code === 'content.differs' || code === 'ticket.living';
}

function isPlaceTaken(code: ProblemCode): boolean {
  return (
    code === 'seat.sold' || code === 'seat.not_in_allotment' || code === 'seat.other_contingent'
  );
}
