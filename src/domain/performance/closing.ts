/** What stands against closing a performance: a person may close it all the same. */

export interface ClosingFacts {
  /** ISO instants. */
  now: string;
  startsAt: string;
  cancelledAt: string | null;
  /** Interfaces that sell it or hold places of it. */
  interfaces: readonly {
    code: string;
    /** Begin of the last integration that read everything to its end; null: never. */
    integratedAt: string | null;
    /** Unsold places that its reseller holds. */
    allotted: number;
    /** Places in commands whose end nobody knows. */
    travelling: number;
  }[];
  openCases: number;
  provisionalCodes: number;
  toBeRefunded: number;
}

export type ClosingWarning =
  | { code: 'not_begun'; params: { start: string } }
  | { code: 'integration_old'; params: { interface: string; last: string | null } }
  | { code: 'allotment'; params: { interface: string; places: number } }
  | { code: 'travelling'; params: { interface: string; places: number } }
  | { code: 'cases'; params: { count: number } }
  | { code: 'provisional'; params: { count: number } }
  | { code: 'to_be_refunded'; params: { count: number } };

/**
 * Every reason at once. A performance that was cancelled before its start has had its last sale
 * by then, so that instant counts for its integrations.
 */
export function closingWarnings(facts: ClosingFacts): ClosingWarning[] {
  const warnings: ClosingWarning[] = [];
  const { startsAt, cancelledAt, now } = facts;
  const isCancelled = cancelledAt !== null;
  if (!isCancelled && now < startsAt) {
    warnings.push({ code: 'not_begun', params: { start: startsAt } });
  }
  const since = isCancelled && cancelledAt < startsAt ? cancelledAt : startsAt;
  for (const { code, integratedAt, allotted, travelling } of facts.interfaces) {
    if (integratedAt === null || integratedAt < since) {
      const params = { interface: code, last: integratedAt };
      warnings.push({ code: 'integration_old', params });
    }
    if (allotted > 0) {
      warnings.push({ code: 'allotment', params: { interface: code, places: allotted } });
    }
    if (travelling > 0) {
      warnings.push({ code: 'travelling', params: { interface: code, places: travelling } });
    }
  }
  const { openCases, provisionalCodes, toBeRefunded } = facts;
  if (openCases > 0) warnings.push({ code: 'cases', params: { count: openCases } });
  if (provisionalCodes > 0) {
    warnings.push({ code: 'provisional', params: { count: provisionalCodes } });
  }
  if (toBeRefunded > 0) {
    warnings.push({ code: 'to_be_refunded', params: { count: toBeRefunded } });
  }
  return warnings;
}
