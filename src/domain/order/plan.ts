import type { Catalogue } from '../catalogue/catalogue.ts';
import type { UnseenValue } from './findings.ts';
import type { Message } from './message.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Resolved, Resolver } from './resolve.ts';
import type { BatchState, Candidate, KnownMessage, OpenCase, TicketState } from './state.ts';
import type { TestMode } from './test-mode.ts';

/** What the planner needs to know of the interface; amounts in minor units. */
export interface InterfaceTerms {
  id: number;
  resellerAccountId: number;
  salesChannelId: number;
  contactId: number;
  pointOfSaleId: number;
  pendingAccountId: number;
  accountOpen: boolean;
  currency: string;
  timeZone: string;
  /** Periods of its account are months of this zone. */
  organisationTimeZone: string;
  pricePolicy: 'error' | 'ours' | 'reseller';
  toleranceMinor: number;
  graceHours: number;
  includesCommission: boolean;
  commissionVatHundredths: number;
  ceilingMinor: number | null;
  ceilingBlocks: boolean;
  /** Living tickets of a count beyond the reseller's, that its sales may draw by themselves. */
  houseStockMaximum: number;
  /** Sales before this instant make no ledger entry. */
  accountOpenedAt: string | null;
  /** Times of tests, beside the reseller's own mark. */
  testModes: readonly TestMode[];
  /** Products it is limited to; null: all of its account. */
  productIds: ReadonlySet<number> | null;
  /** The reseller's product words that the account's other interfaces know. */
  productsElsewhere: ReadonlySet<string>;
  /** How the reseller gets what is counted; `limit` is only checked here. */
  handOver: { zones: HandOver; datedPasses: HandOver; undatedPasses: HandOver };
}

type HandOver = 'none' | 'push' | 'limit';

export interface OperationRow {
  ticketId: number;
  kind:
    | 'sale'
    | 'cancellation'
    | 'refund'
    | 'replacement'
    | 'exchange'
    | 'holder'
    | 'reseat'
    | 'correction';
  operationNumber: number | null;
  operationAt: string;
  amountMinor: number;
  commissionMinor: number;
  currency: string;
  messageId: number;
  detail: Record<string, string | number | null> | null;
}

export interface MovementRow {
  kind: 'sold' | 'cancelled' | 'released' | 'unblocked' | 'moved' | 'adopted';
  performanceId: number | null;
  counterId: number | null;
  seatId: number | null;
  contingentId: number | null;
  /** Null: a place that the venue had itself. */
  ticketId: number | null;
  quantity: number;
}

export interface LedgerRow {
  kind: 'sale' | 'refund' | 'commission';
  amountMinor: number;
  currency: string;
  ticketId: number;
  performanceId: number | null;
  operationAt: string;
  /** Shown apart: booked although its performance is closed. */
  late: boolean;
}

export interface OrderRow {
  id: number;
  reference: string;
  orderedAt: string;
}

/** A case as it will stand: a new one, or one whose problems or root changed. */
export interface CaseRow {
  candidate: Candidate;
  problems: readonly Problem[];
  rootMessageId: number | null;
  productId: number | null;
  performanceId: number | null;
  seatId: number | null;
  counterId: number | null;
  dueAt: string | null;
  isNew: boolean;
}

export type OutcomeName =
  | 'sale'
  | 'cancellation'
  | 'refund'
  | 'replacement'
  | 'exchange'
  | 'holder'
  /** Contents told again that replace those in the books, by a person's choice. */
  | 'correction'
  | 'known'
  /** Without effect: what it tells is settled otherwise, or was decided against. */
  | 'set_aside'
  | 'not_ours'
  | 'elsewhere'
  | 'quarantined'
  /** Was in quarantine and stays there as it was. */
  | 'waiting';

export interface Note {
  code: ProblemCode;
  params: Problem['params'];
  message: Message;
  messageId: number;
}

export interface CeilingPassed {
  account: string;
  percent: number;
  balanceMinor: number;
  ceilingMinor: number | null;
  currency: string;
}

export interface Displaced {
  ticketId: number;
  lost: 'place' | 'code';
}

export interface BatchPlan {
  outcomes: { candidate: Candidate; outcome: OutcomeName; problems: readonly Problem[] }[];
  orders: OrderRow[];
  newTickets: TicketState[];
  /** Numbers that a ticket had before a duplicate got its own. */
  formerNumbers: { number: string; ticketId: number }[];
  /** Tickets of other accounts that lose their place or their code to one of this batch. */
  displaced: Displaced[];
  operations: OperationRow[];
  movements: MovementRow[];
  ledger: LedgerRow[];
  /** New messages that are stored: integrated ones and cases. */
  integrated: Candidate[];
  /** New messages that were set aside: stored, so that a sale kept out ends once. */
  keptOut: Candidate[];
  cases: CaseRow[];
  /** Cases that this batch settles. */
  settled: Candidate[];
  unseen: (UnseenValue & { message: Message })[];
  /** Warnings of integrated messages. */
  notes: Note[];
  /** Known once it is written: the account passed a level of its ceiling. */
  ceilingPassed: CeilingPassed | null;
}

/** The planner's working set: pure, with ids handed in. */
export interface Planning {
  catalogue: Catalogue;
  resolver: Resolver;
  terms: InterfaceTerms;
  state: BatchState;
  plan: BatchPlan;
  nextId: () => number;
  /** Candidates not applied yet, by the numbers they name: a sale sees its end coming. */
  ahead: Map<string, Candidate[]>;
  applied: Set<Candidate>;
  byId: ReadonlyMap<number, Candidate>;
  /** Counters whose shares may have room again. */
  freed: Set<number>;
  /** What has ended tickets in this batch, by their numbers. */
  ended: Map<string, Message[]>;
  /** Reported tickets that are booked with their end although their performance is closed. */
  late: Set<TicketState>;
  /** How often the fold has gone over its candidates before. */
  round: number;
  /** Refused so far; some may pass when what they wait for has. */
  open: Map<Candidate, Refusal>;
}

/** The way a decision ends: it was applied, or it could not be. */
export type Decision = { applied: true; outcome: OutcomeName } | Refusal;

export interface Refusal {
  applied: false;
  problems: Problem[];
  rootMessageId: number | null;
}

export const applied = (outcome: OutcomeName): Decision => ({ applied: true, outcome });
export const refused = (problems: Problem[], rootMessageId: number | null = null): Refusal => ({
  applied: false,
  problems,
  rootMessageId,
});

export function problem(code: ProblemCode, params: Problem['params'] = {}): Problem {
  return { code, params };
}

export function emptyPlan(): BatchPlan {
  return {
    outcomes: [],
    orders: [],
    newTickets: [],
    formerNumbers: [],
    displaced: [],
    operations: [],
    movements: [],
    ledger: [],
    integrated: [],
    keptOut: [],
    cases: [],
    settled: [],
    unseen: [],
    notes: [],
    ceilingPassed: null,
  };
}

/** Every number that an operation is about. */
export function numbersOf(message: Message): readonly string[] {
  const { ticket, replaces } = message;
  return replaces === null || replaces === ticket ? [ticket] : [ticket, replaces];
}

/** Its root, or itself. */
export function rootOf(open: OpenCase): number {
  return open.rootMessageId ?? open.messageId;
}

/** An open case that would end the ticket of this number: who wants its place waits for it. */
export function openEnd(planning: Planning, number: string): OpenCase | undefined {
  return planning.state.cases
    .get(number)
    ?.find(({ message }) =>
      message.kind === 'exchange'
        ? (message.replaces ?? message.ticket) === number
        : message.kind === 'cancellation' || message.kind === 'refund',
    );
}

export function rememberCase(state: BatchState, open: OpenCase): void {
  for (const number of numbersOf(open.message)) {
    const cases = state.cases.get(number);
    const known = cases?.find((one) => one.messageId === open.messageId);
    const { messageId, rootMessageId, message } = open;
    if (known !== undefined) known.rootMessageId = rootMessageId;
    else if (cases === undefined) state.cases.set(number, [{ messageId, rootMessageId, message }]);
    else cases.push({ messageId, rootMessageId, message });
  }
}

export function forgetCase(state: BatchState, message: Message, messageId: number): void {
  for (const number of numbersOf(message)) {
    const cases = state.cases.get(number);
    if (cases === undefined) continue;
    state.cases.set(
      number,
      cases.filter((one) => one.messageId !== messageId),
    );
  }
}

/** Marks a candidate as done, and remembers what it was for the repeats that follow. */
export function settle(planning: Planning, candidate: Candidate, outcome: OutcomeName): void {
  const { plan, state, ahead } = planning;
  const { message, messageId, isNew } = candidate;
  planning.applied.add(candidate);
  planning.open.delete(candidate);
  plan.outcomes.push({ candidate, outcome, problems: [] });
  const stored = STORED.has(outcome);
  if (!isNew) plan.settled.push(candidate);
  else if (stored) plan.integrated.push(candidate);
  else if (outcome === 'set_aside') plan.keptOut.push(candidate);
  if (stored) rememberMessage(state, candidate, 'integrated');
  if (outcome === 'set_aside') rememberMessage(state, candidate, 'set_aside');
  forgetCase(state, message, messageId);
  if (state.ceilingRootId === messageId) state.ceilingRootId = null;
  for (const number of numbersOf(message)) {
    const waiting = ahead.get(number)?.filter((one) => one !== candidate);
    if (waiting !== undefined) ahead.set(number, waiting);
  }
}

const STORED: ReadonlySet<OutcomeName> = new Set([
  'sale',
  'cancellation',
  'refund',
  'replacement',
  'exchange',
  'holder',
  'correction',
]);

/** Known from now on, also while it is only refused: its repeat must not become a second case. */
export function rememberMessage(
  state: BatchState,
  candidate: Candidate,
  name: KnownMessage['state'],
): void {
  const { ticket } = candidate.message;
  const list = state.known.get(ticket) ?? [];
  const own = list.find((one) => one.id === candidate.messageId);
  if (own === undefined) {
    const { messageId: id, message: content } = candidate;
    list.push({ id, state: name, content, keptOut: name === 'set_aside' });
    state.known.set(ticket, list);
  } else {
    own.state = name;
    own.keptOut = name === 'set_aside';
  }
}

export function rememberEnd(planning: Planning, number: string, end: Message): void {
  const ends = planning.ended.get(number);
  if (ends === undefined) planning.ended.set(number, [end]);
  else ends.push(end);
}

export function touchedResolved(resolved: Resolved): {
  productId: number | null;
  performanceId: number | null;
} {
  return {
    productId: resolved.product?.id ?? null,
    performanceId: resolved.performance?.id ?? null,
  };
}
