import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Message } from './message.ts';
import {
  compareOperations,
  differingFields,
  onlyIdentityDiffers,
  sameOperation,
} from './message.ts';
import type { BatchPlan, Decision, InterfaceTerms, OutcomeName, Planning } from './plan.ts';
import { applied, emptyPlan, forgetCase, problem, refused, rememberCase } from './plan.ts';
import { guardDoor, recordCase } from './plan-case.ts';
import { planExchange, planHolder, planReplacement } from './plan-identity.ts';
import { planReturn } from './plan-return.ts';
import { planSale } from './plan-sale.ts';
import type { ProblemCode } from './problem.ts';
import type { Resolved, Resolver } from './resolve.ts';
import type { BatchState, Candidate } from './state.ts';

export interface BatchInput {
  catalogue: Catalogue;
  resolver: Resolver;
  terms: InterfaceTerms;
  state: BatchState;
  candidates: readonly Candidate[];
  nextId: () => number;
}

/**
 * Folds a batch of operations over the state of the books, in the order of the operations and not
 * of their arrival, and answers what to write. Pure: the same input gives the same plan.
 */
export function planBatch(input: BatchInput): BatchPlan {
  const planning: Planning = { ...input, plan: emptyPlan(), ahead: new Map() };
  const candidates = inOrder(input.candidates);
  for (const candidate of candidates) {
    const waiting = planning.ahead.get(candidate.message.ticket);
    if (waiting) waiting.push(candidate);
    else planning.ahead.set(candidate.message.ticket, [candidate]);
  }
  let open = decideAll(planning, candidates, new Map());
  // What was refused may have waited for something that came later in the fold.
  for (let progress = true; progress && open.size > 0; ) {
    const again = [...open.keys()].filter((one) => mayPassLater(open.get(one) as Decision));
    const before = open.size;
    open = decideAll(planning, again, open);
    progress = open.size < before;
  }
  for (const [candidate, decision] of open) {
    if (!decision.applied) recordCase(planning, candidate, decision);
  }
  return planning.plan;
}

/**
 * By the reseller's operation numbers where every message has one, else by instant: one rule for
 * the whole batch, because a mixture of both would not be an order.
 */
function inOrder(candidates: readonly Candidate[]): Candidate[] {
  const numbered = candidates.every(({ message }) => message.operationNumber !== null);
  const comparable = numbered
    ? (message: Message) => message
    : (message: Message) => ({ ...message, operationNumber: null });
  return candidates
    .map((candidate) => ({ candidate, message: comparable(candidate.message) }))
    .sort((a, b) => compareOperations(a.message, b.message))
    .map(({ candidate }) => candidate);
}

const MAY_PASS_LATER: ReadonlySet<ProblemCode> = new Set([
  'blocked.behind',
  'seat.sold',
  'ticket.living',
  'sale.missing',
  'count.over',
]);

function mayPassLater(decision: Decision): boolean {
  return !decision.applied && decision.problems.every((one) => MAY_PASS_LATER.has(one.code));
}

function decideAll(
  planning: Planning,
  candidates: readonly Candidate[],
  open: ReadonlyMap<Candidate, Decision>,
): Map<Candidate, Decision> {
  const still = new Map(open);
  for (const candidate of candidates) {
    const decision = decide(planning, candidate);
    const waiting = planning.ahead.get(candidate.message.ticket);
    if (decision.applied) {
      still.delete(candidate);
      finish(planning, candidate, decision.outcome);
    } else {
      still.set(candidate, decision);
      // Followers of this one find it in the same fold.
      rememberCase(planning, candidate.message.ticket, {
        messageId: candidate.messageId,
        rootMessageId: decision.rootMessageId,
        kind: candidate.message.kind,
      });
      guardDoor(planning, candidate, decision);
    }
    if (waiting) {
      const rest = waiting.filter((one) => one !== candidate);
      if (rest.length > 0) planning.ahead.set(candidate.message.ticket, rest);
      else planning.ahead.delete(candidate.message.ticket);
    }
  }
  return still;
}

const STORED: ReadonlySet<OutcomeName> = new Set([
  'sale',
  'cancellation',
  'refund',
  'replacement',
  'exchange',
  'holder',
]);

function finish(planning: Planning, candidate: Candidate, outcome: OutcomeName): void {
  const { plan, state } = planning;
  plan.outcomes.push({ candidate, outcome, problems: [] });
  if (!candidate.isNew) {
    plan.settled.push(candidate);
  } else if (STORED.has(outcome)) {
    plan.integrated.push(candidate);
    remember(state, candidate, 'integrated');
  }
  forgetCase(planning, candidate.message.ticket, candidate.messageId);
}

function remember(
  state: BatchState,
  candidate: Candidate,
  name: 'integrated' | 'quarantined',
): void {
  const { ticket } = candidate.message;
  const known = { id: candidate.messageId, state: name, content: candidate.message };
  const list = state.known.get(ticket);
  if (list) list.push(known);
  else state.known.set(ticket, [known]);
}

function decide(planning: Planning, candidate: Candidate): Decision {
  const repeat = compareWithKnown(planning, candidate);
  if (repeat.decision !== null) return repeat.decision;
  const { message } = candidate;
  const resolved = planning.resolver.resolve(message);
  if (resolved.notOurs) return applied('not_ours');
  const { productIds } = planning.terms;
  if (productIds !== null && resolved.product !== null && !productIds.has(resolved.product.id)) {
    return applied('elsewhere');
  }
  return decideKind(planning, candidate, resolved, repeat.readAs ?? message.kind);
}

function decideKind(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  kind: Message['kind'],
): Decision {
  switch (kind) {
    case 'sale':
      return planSale(planning, candidate, resolved);
    case 'cancellation':
    case 'refund':
      return planReturn(planning, candidate, resolved.problems);
    case 'replacement':
      return planReplacement(planning, candidate, resolved.problems);
    case 'holder':
      return planHolder(planning, candidate, resolved.problems);
    case 'exchange':
      return planExchange(planning, candidate, resolved);
  }
}

interface Repeat {
  decision: Decision | null;
  /** A repeat that differs only in code or name. */
  readAs: 'replacement' | 'holder' | null;
}

const FIRST_TIME: Repeat = { decision: null, readAs: null };

/** Once: the same operation again changes nothing; a contradiction is a case (DOMAIN "Once"). */
function compareWithKnown(planning: Planning, candidate: Candidate): Repeat {
  const { message, messageId } = candidate;
  const known = planning.state.known.get(message.ticket);
  if (known === undefined) return FIRST_TIME;
  let contradiction: Repeat | null = null;
  for (const other of known) {
    if (other.id === messageId || !sameOperation(other.content, message)) continue;
    // Of two that contradict one another, the later one is the case.
    if (!candidate.isNew && other.id > messageId) continue;
    const fields = differingFields(other.content, message);
    if (fields.length === 0) {
      return candidate.isNew ? { decision: applied('known'), readAs: null } : FIRST_TIME;
    }
    contradiction ??= contradict(message, other.state, other.id, fields);
  }
  return contradiction ?? FIRST_TIME;
}

function contradict(
  message: Message,
  state: string,
  otherId: number,
  fields: ReturnType<typeof differingFields>,
): Repeat {
  if (onlyIdentityDiffers(fields) && message.kind === 'sale') {
    if (state !== 'integrated') {
      const waiting = [problem('blocked.behind', { ticket: message.ticket })];
      return { decision: refused(waiting, otherId), readAs: null };
    }
    return { decision: null, readAs: fields.includes('barcode') ? 'replacement' : 'holder' };
  }
  const params = { ticket: message.ticket, fields: fields.join(', ') };
  return { decision: refused([problem('content.differs', params)]), readAs: null };
}
