import type { Catalogue, Product } from '../catalogue/catalogue.ts';
import { refillShares } from './any-share.ts';
import { correctReturn } from './correct-return.ts';
import { correctSale } from './correct-ticket.ts';
import { closeCase, guardDoor } from './guard-door.ts';
import type { Message } from './message.ts';
import { compareOperations } from './message.ts';
import type { BatchPlan, Decision, InterfaceTerms, Planning, Refusal } from './plan.ts';
import { applied, emptyPlan, numbersOf, rememberCase, rememberMessage, settle } from './plan.ts';
import { recordCase } from './plan-case.ts';
import { planExchange, planSale } from './plan-entry.ts';
import { planHolder, planReplacement } from './plan-identity.ts';
import { compareWithKnown } from './plan-repeat.ts';
import { planReturn } from './plan-return.ts';
import type { ProblemCode } from './problem.ts';
import { isMootReturn, isOfKeptOut, isToldBesideEnded } from './reported-case.ts';
import type { Resolved, Resolver } from './resolve.ts';
import type { BatchState, Candidate, KnownMessage, TicketState } from './state.ts';

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
  const planning: Planning = {
    ...input,
    plan: emptyPlan(),
    ahead: new Map(),
    applied: new Set(),
    open: new Map(),
    freed: new Set(),
    ended: new Map(),
    late: new Set(),
    round: 0,
    byId: new Map(input.candidates.map((one) => [one.messageId, one])),
  };
  const candidates = inOrder(input.candidates);
  for (const candidate of candidates) lookAhead(planning, candidate);
  decideAll(planning, candidates);
  // What was refused may have waited for something that came later in the fold. The last round
  // changes nothing, so every refusal that stays was decided on the books as they are left.
  const { open } = planning;
  for (let again = open.size > 0 && (planning.applied.size > 0 || mayPass(planning)); again; ) {
    const before = open.size;
    planning.round += 1;
    decideAll(planning, [...open.keys()]);
    again = open.size < before;
  }
  for (const [candidate, refusal] of open) {
    recordCase(planning, candidate, refusal);
    guardDoor(planning, candidate, refusal);
  }
  return planning.plan;
}

function lookAhead(planning: Planning, candidate: Candidate): void {
  for (const number of numbersOf(candidate.message)) {
    const waiting = planning.ahead.get(number);
    if (waiting) waiting.push(candidate);
    else planning.ahead.set(number, [candidate]);
  }
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

/** What depends on the rest of the batch. */
const MAY_PASS_LATER: ReadonlySet<ProblemCode> = new Set([
  'blocked.behind',
  'seat.sold',
  'ticket.living',
  'sale.missing',
  'count.over',
  'account.ceiling',
]);

function mayPass(planning: Planning): boolean {
  for (const { problems } of planning.open.values()) {
    if (problems.some((one) => MAY_PASS_LATER.has(one.code))) return true;
  }
  return false;
}

function decideAll(planning: Planning, candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    if (planning.applied.has(candidate)) continue;
    const decision = decideOrDrop(planning, candidate);
    if (decision.applied) {
      if (decision.outcome === 'set_aside') closeCase(planning, candidate);
      settle(planning, candidate, decision.outcome);
      refillShares(planning);
      continue;
    }
    waitForCeiling(planning, candidate, decision);
    planning.open.set(candidate, decision);
    // Followers of this one find it in the same fold, and its repeats know it.
    const { message, messageId } = candidate;
    rememberCase(planning.state, { message, messageId, rootMessageId: decision.rootMessageId });
    rememberMessage(planning.state, candidate, 'quarantined');
  }
}

/** A full ceiling is one cause, however many sales it stops: the first is the root. */
function waitForCeiling(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  const { state } = planning;
  const { problems } = refusal;
  if (refusal.rootMessageId !== null || problems[0]?.code !== 'account.ceiling') return;
  if (problems.length > 1) return;
  if (state.ceilingRootId === null) state.ceilingRootId = candidate.messageId;
  if (state.ceilingRootId !== candidate.messageId) refusal.rootMessageId = state.ceilingRootId;
}

/** A reported message whose ticket the reseller has ended meanwhile: nothing is left of it. */
function decideOrDrop(planning: Planning, candidate: Candidate): Decision {
  if (isToldBesideEnded(planning, candidate)) return applied('set_aside');
  const decision = decide(planning, candidate);
  if (decision.applied || !isMootReturn(planning, candidate)) return decision;
  return applied('set_aside');
}

function decide(planning: Planning, candidate: Candidate): Decision {
  const repeat = compareWithKnown(planning, candidate);
  if (repeat.decision !== null) return repeat.decision;
  const { message } = candidate;
  const resolved = planning.resolver.resolve(message);
  if (resolved.notOurs) return applied('not_ours');
  if (isElsewhere(planning, message, resolved.product)) return applied('elsewhere');
  if (repeat.corrects !== null) return decideAnew(planning, candidate, resolved, repeat.corrects);
  const decision = decideKind(planning, candidate, resolved, repeat.readAs ?? message.kind);
  if (decision.applied || !isMissing(decision)) return decision;
  if (!isOfKeptOut(planning, message)) return decision;
  // What it ends is not in the books; what it begins is a sale like any other.
  if (message.kind === 'exchange') return planSale(planning, candidate, resolved);
  return applied('set_aside');
}

const isMissing = ({ problems }: Refusal): boolean =>
  problems.some(({ code }) => code === 'sale.missing');

/** Contents that replace those of the same operation, booked or waiting. */
function decideAnew(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  former: KnownMessage,
): Decision {
  const { message } = candidate;
  if (former.state === 'integrated') {
    if (message.kind === 'sale' || message.kind === 'exchange') {
      const named = planning.state.byNumber.get(message.ticket) ?? [];
      const ticket = named.find((one) => one.messageId === former.id);
      if (ticket !== undefined) return correctSale(planning, candidate, resolved, ticket);
    } else if (message.kind === 'cancellation' || message.kind === 'refund') {
      return correctReturn(planning, candidate, former.content);
    }
  }
  const decision = decideKind(planning, candidate, resolved, message.kind);
  const waiting = planning.byId.get(former.id);
  if (decision.applied && former.state === 'quarantined' && waiting !== undefined) {
    closeCase(planning, waiting);
    settle(planning, waiting, 'set_aside');
  }
  return decision;
}

/** A living ticket of the number that these contents are of, by a person's choice. */
function livingToCorrect(planning: Planning, candidate: Candidate): TicketState | undefined {
  const { message, decision } = candidate;
  if (message.kind !== 'sale' || decision?.contents !== 'theirs') return undefined;
  const named = planning.state.byNumber.get(message.ticket) ?? [];
  return named.find((one) => one.state === 'valid' && one.number === message.ticket);
}

/** Another interface of the account takes it: its product is in that one's filter, or its words. */
function isElsewhere(planning: Planning, message: Message, product: Product | null): boolean {
  const { productIds, productsElsewhere } = planning.terms;
  if (productIds === null) return false;
  return product === null ? productsElsewhere.has(message.product) : !productIds.has(product.id);
}

function decideKind(
  planning: Planning,
  candidate: Candidate,
  resolved: Resolved,
  kind: Message['kind'],
): Decision {
  switch (kind) {
    case 'sale': {
      const living = livingToCorrect(planning, candidate);
      if (living !== undefined) return correctSale(planning, candidate, resolved, living);
      return planSale(planning, candidate, resolved);
    }
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
