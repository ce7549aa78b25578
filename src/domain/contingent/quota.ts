/**
 * Stock that is counted: the share of a zone that a contingent has, what the reseller holds of it,
 * and what an export would send or ask back. Rules: docs/algorithms/stock.md.
 */

export interface Quota {
  quota: number;
  /** Unsold places the reseller holds. */
  allotted: number;
  sold: number;
  held: number;
  /** Asked back by a person beyond what the quota itself asks back. */
  wishTakeBack: number;
  /** Refused by the reseller; not sent again until something of it changes. */
  refused: boolean;
}

/** Places of the contingent that are neither sold nor held, at the reseller or here. */
export function contingented({ quota, sold, held }: Quota): number {
  return Math.max(0, quota - sold - held);
}

/**
 * Places to hand over: none while a person asks some back, else they would go to and fro. A
 * refused count still waits, and is told apart by `refused`.
 */
export function countToExport(quota: Quota): number {
  if (quota.wishTakeBack > 0) return 0;
  return Math.max(0, contingented(quota) - quota.allotted);
}

/** Places that the quota itself asks back: the reseller holds more than the contingent has left. */
export function excess(quota: Quota): number {
  return Math.max(0, quota.allotted - contingented(quota));
}

/** Never more than the reseller holds. */
export function countToTakeBack(quota: Quota): number {
  return Math.min(quota.allotted, excess(quota) + quota.wishTakeBack);
}

/** The reseller took `taken` places. */
export function afterExport(quota: Quota, taken: number): Quota {
  return { ...quota, allotted: quota.allotted + taken };
}

/**
 * The reseller gave `given` places back. What the quota asked back comes first; the rest settles
 * the wish and leaves the quota with it: places that a person took back are house stock, not sent
 * again by the next export.
 */
export function afterTakeBack(quota: Quota, given: number): Quota {
  const back = Math.min(given, quota.allotted);
  const wished = Math.min(quota.wishTakeBack, Math.max(0, back - excess(quota)));
  return {
    ...quota,
    allotted: quota.allotted - back,
    quota: quota.quota - wished,
    wishTakeBack: quota.wishTakeBack - wished,
  };
}
