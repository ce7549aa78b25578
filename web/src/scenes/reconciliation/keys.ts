/** Under which comparisons are remembered: a run or an adoption makes them stale. */
export const RECONCILIATIONS = ['reconciliations'] as const;
