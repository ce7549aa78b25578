import { latestTicket } from './find-ticket.ts';
import type { Planning, Refusal } from './plan.ts';
import { touchedResolved } from './plan.ts';
import { countersFor, findTaking } from './plan-stock.ts';
import type { Problem } from './problem.ts';
import type { Candidate } from './state.ts';

/** Writes the case of a message that could not be integrated: new, changed, or as it was. */
export function recordCase(planning: Planning, candidate: Candidate, refusal: Refusal): void {
  const { message, isNew } = candidate;
  const { plan } = planning;
  const unchanged =
    !isNew &&
    candidate.waitingBehind === refusal.rootMessageId &&
    sameProblems(candidate.waitingWith, refusal.problems);
  const outcome = unchanged ? 'waiting' : 'quarantined';
  plan.outcomes.push({ candidate, outcome, problems: refusal.problems });
  if (unchanged) return;
  const resolved = planning.resolver.resolve(message);
  const taking = findTaking(planning, message, resolved);
  const ticket = latestTicket(planning, message);
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
