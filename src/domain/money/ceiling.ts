/** How full a pending account is; amounts in minor units. */

/** Where a warning is due, in percent of the ceiling; 0: below both. */
export type CeilingLevel = 0 | 80 | 100;

/** Ten points: a sale and a refund by turns at a threshold are no news each time. */
const REST_PERCENT = 10;

/** The level that a balance has reached. Without a ceiling there is none. */
export function ceilingLevel(balanceMinor: number, ceilingMinor: number | null): CeilingLevel {
  return reached(balanceMinor, ceilingMinor, 0);
}

/** How full, in whole percent, rounded down: 100 is never said too early. Null: no ceiling. */
export function filledPercent(balanceMinor: number, ceilingMinor: number | null): number | null {
  if (ceilingMinor === null || ceilingMinor === 0) return null;
  return Math.floor((Math.max(balanceMinor, 0) * 100) / ceilingMinor);
}

/**
 * What counts as warned after an entry. It rises with the balance. It falls at once with what a
 * person entered (a payment, a raised ceiling); with sales and refunds only ten points lower.
 */
export function warnedAfter(
  warned: CeilingLevel,
  balanceMinor: number,
  ceilingMinor: number | null,
  byHand: boolean,
): CeilingLevel {
  const level = ceilingLevel(balanceMinor, ceilingMinor);
  if (level >= warned || byHand) return level;
  const kept = reached(balanceMinor, ceilingMinor, REST_PERCENT);
  return kept < warned ? kept : warned;
}

function reached(balance: number, ceiling: number | null, restPercent: number): CeilingLevel {
  if (ceiling === null || balance <= 0) return 0;
  for (const level of [100, 80] as const) {
    if (balance * 100 >= ceiling * (level - restPercent)) return level;
  }
  return 0;
}
