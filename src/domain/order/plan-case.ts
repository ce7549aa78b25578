import type { Decision, Planning } from './plan.ts';
import { setCode, touchedResolved } from './plan.ts';
import { countersFor, findTaking } from './plan-stock.ts';
import type { Problem, ProblemCode } from './problem.ts';
import type { Candidate, CodeStateName } from './state.ts';

type Refusal = Extract<Decision, { applied: false }>;

/** Writes the case of a message that could not be integrated: new, changed, or as it was. */
export function recordCase(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  const { message, isNew } = candidate;
  const { plan, state } = planning;
  const unchanged =
    !isNew &&
    candidate.waitingBehind === refusal.rootMessageId &&
    sameProblems(candidate.waitingWith, refusal.problems);
  const outcome = unchanged ? 'waiting' : 'quarantined';
  plan.outcomes.push({ candidate, outcome, problems: refusal.problems });
  if (unchanged) return;
  const resolved = planning.resolver.resolve(message);
  const taking = findTaking(planning, message, resolved);
  const ticket = state.tickets.get(message.ticket);
  const touched = touchedResolved(resolved);
  const performanceId = touched.performanceId ?? ticket?.performanceId ?? null;
  plan.cases.push({
    candidate,
    problems: refusal.problems,
    rootMessageId: refusal.rootMessageId,
    productId: touched.productId ?? ticket?.productId ?? null,
    performanceId,
    seatId: taking.seatId ?? ticket?.seatId ?? null,
    counterId: taking.counterId ?? countersFor(planning, resolved)[0]?.id ?? null,
    dueAt: planning.catalogue.performanceById.get(performanceId ?? 0)?.startsAt ?? null,
    isNew,
  });
  if (isNew) for (const value of resolved.unseen) plan.unseen.push({ ...value, message });
}

function sameProblems(a: readonly Problem[], b: readonly Problem[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((one, index) => {
    const other = b[index] as Problem;
    const names = new Set([...Object.keys(one.params), ...Object.keys(other.params)]);
    return (
      one.code === other.code &&
      [...names].every((name) => (one.params[name] ?? null) === (other.params[name] ?? null))
    );
  });
}

/** Money may wait, the door may not: what a case does to its code, at once (DOMAIN "The door"). */
export function guardDoor(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  const { message, messageId } = candidate;
  const ticket = planning.state.tickets.get(message.ticket);
  if (message.kind === 'cancellation') {
    const barcode = ticket?.state === 'valid' ? ticket.barcode : message.barcode;
    if (barcode === null || barcode === undefined) return;
    const known = planning.state.codes.get(barcode);
    const foreign = known?.ticketId != null && known.ticketId !== ticket?.id;
    if (foreign) return;
    setCode(planning, barcode, 'revoked', 'cancellation', known?.source ?? 'case', {
      ticketId: known?.ticketId ?? null,
      messageId: known?.messageId ?? messageId,
      productId: known?.productId ?? null,
      performanceId: known?.performanceId ?? null,
      day: known?.day ?? null,
    });
    return;
  }
  if (message.kind !== 'sale' && message.kind !== 'exchange') return;
  openProvisionally(planning, candidate, refusal);
}

const AT_THE_BOX_OFFICE: ReadonlySet<ProblemCode> = new Set([
  'seat.sold',
  'seat.not_in_allotment',
  'seat.other_contingent',
  'seat.unknown',
  'performance.cancelled',
  'ticket.living',
  'content.differs',
]);

function openProvisionally(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  const { message, messageId } = candidate;
  if (message.barcode === null) return;
  const resolved = planning.resolver.resolve(message);
  const { productId, performanceId } = touchedResolved(resolved);
  if (productId === null || resolved.place === null) return;
  const known = planning.state.codes.get(message.barcode);
  // A code of another ticket or case stays what it is; a cancelled one stays closed.
  if (known !== undefined && (known.ticketId !== null || known.source === 'ticket')) return;
  if (known?.source === 'case' && known.messageId !== messageId) return;
  if (refusal.problems.some((one) => one.code === 'barcode.used')) return;
  const [state, reason] = codeOfCase(message.test, refusal.problems);
  setCode(planning, message.barcode, state, reason, 'case', {
    ticketId: null,
    messageId,
    productId,
    performanceId,
    day: resolved.place.type === 'day' ? resolved.place.day : null,
  });
}

function codeOfCase(
  test: boolean,
  problems: readonly Problem[],
): readonly [CodeStateName, string | null] {
  if (test) return ['test', 'test'];
  const conflict = problems.find((one) => AT_THE_BOX_OFFICE.has(one.code));
  if (conflict !== undefined) return ['see_box_office', conflict.code];
  return ['provisional', problems[0]?.code ?? null];
}
