import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Message } from './message.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Resolved, Resolver, UnseenValue } from './resolve.ts';
import type { BatchState, Candidate, CodeState, OpenCase, TicketState } from './state.ts';

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
  pricePolicy: 'error' | 'ours' | 'reseller';
  toleranceMinor: number;
  graceHours: number;
  includesCommission: boolean;
  commissionVatHundredths: number;
  ceilingMinor: number | null;
  ceilingBlocks: boolean;
  /** Sales before this instant make no ledger entry. */
  accountOpenedAt: string | null;
  /** Products it is limited to; null: all of its account. */
  productIds: ReadonlySet<number> | null;
  /** How the reseller gets what is counted; `limit` is only checked here. */
  handOver: { zones: HandOver; datedPasses: HandOver; undatedPasses: HandOver };
}

type HandOver = 'none' | 'push' | 'limit';

export interface OperationRow {
  ticketId: number;
  kind: 'sale' | 'cancellation' | 'refund' | 'replacement' | 'exchange' | 'holder';
  operationNumber: number | null;
  operationAt: string;
  amountMinor: number;
  commissionMinor: number;
  currency: string;
  messageId: number;
  detail: Record<string, string | number | null> | null;
}

export interface MovementRow {
  kind: 'sold' | 'cancelled' | 'lapsed';
  performanceId: number | null;
  counterId: number | null;
  seatId: number | null;
  contingentId: number | null;
  ticketId: number;
  quantity: number;
}

export interface LedgerRow {
  kind: 'sale' | 'refund' | 'commission';
  amountMinor: number;
  currency: string;
  ticketId: number;
  performanceId: number | null;
  operationAt: string;
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
  | 'known'
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

export interface BatchPlan {
  outcomes: { candidate: Candidate; outcome: OutcomeName; problems: readonly Problem[] }[];
  orders: OrderRow[];
  newTickets: TicketState[];
  operations: OperationRow[];
  movements: MovementRow[];
  ledger: LedgerRow[];
  /** New messages that are stored: integrated ones and cases. */
  integrated: Candidate[];
  cases: CaseRow[];
  /** Cases that this batch settles. */
  settled: Candidate[];
  unseen: (UnseenValue & { message: Message })[];
  /** Warnings of integrated messages. */
  notes: Note[];
}

/** The planner's working set: pure, with ids handed in. */
export interface Planning {
  catalogue: Catalogue;
  resolver: Resolver;
  terms: InterfaceTerms;
  state: BatchState;
  plan: BatchPlan;
  nextId: () => number;
  /** Candidates not decided yet, by ticket: a sale sees that its cancellation is on the way. */
  ahead: Map<string, Candidate[]>;
}

/** The way a decision ends: it was applied, or it could not be. */
export type Decision =
  | { applied: true; outcome: OutcomeName }
  | { applied: false; problems: Problem[]; rootMessageId: number | null };

export const applied = (outcome: OutcomeName): Decision => ({ applied: true, outcome });
export const refused = (problems: Problem[], rootMessageId: number | null = null): Decision => ({
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
    operations: [],
    movements: [],
    ledger: [],
    integrated: [],
    cases: [],
    settled: [],
    unseen: [],
    notes: [],
  };
}

/** The root of a case that the given ticket waits for, if one of these kinds is open. */
export function openRoot(
  planning: Planning,
  ticket: string,
  kinds: readonly Message['kind'][],
): number | null {
  const found = planning.state.cases.get(ticket)?.find((one) => kinds.includes(one.kind));
  return found === undefined ? null : (found.rootMessageId ?? found.messageId);
}

export function rememberCase(planning: Planning, ticket: string, open: OpenCase): void {
  const cases = planning.state.cases.get(ticket);
  if (cases === undefined) planning.state.cases.set(ticket, [open]);
  else if (!cases.some((one) => one.messageId === open.messageId)) cases.push(open);
}

export function forgetCase(planning: Planning, ticket: string, messageId: number): void {
  const cases = planning.state.cases.get(ticket);
  if (cases === undefined) return;
  planning.state.cases.set(
    ticket,
    cases.filter((one) => one.messageId !== messageId),
  );
}

export interface CodeTarget {
  ticketId: number | null;
  messageId: number | null;
  productId: number | null;
  performanceId: number | null;
  day: string | null;
}

/** Puts a code into a state, creating it where it is new to the house. */
export function setCode(
  planning: Planning,
  code: string,
  state: CodeState['state'],
  reason: string | null,
  source: CodeState['source'],
  target: CodeTarget,
): void {
  const known = planning.state.codes.get(code);
  if (known === undefined) {
    planning.state.codes.set(code, {
      code,
      state,
      reason,
      source,
      ...target,
      created: true,
      changed: false,
    });
    return;
  }
  const same =
    known.state === state &&
    known.reason === reason &&
    known.source === source &&
    known.ticketId === target.ticketId &&
    known.messageId === target.messageId;
  if (same) return;
  Object.assign(known, { state, reason, source, ...target });
  if (!known.created) known.changed = true;
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
