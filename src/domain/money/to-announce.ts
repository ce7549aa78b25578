/**
 * Which prices a reseller must still be told: what changed since its last sales form. A price that
 * went out with the form, one that was told as it stands, and one that is over are not news.
 */

export interface PricedLine {
  id: number;
  amountMinor: number;
  /** The amount valid before this one; null: the first. */
  beforeMinor: number | null;
  /** ISO instants; `until` is when the next one takes over. */
  validFrom: string;
  until: string | null;
  /** The amount that the reseller was told; null: nothing since the form. */
  toldMinor: number | null;
  /** When the product's last sales form went out; null: none is known. */
  formSentAt: string | null;
}

export function isToAnnounce(line: PricedLine, now: string): boolean {
  if (line.until !== null && line.until <= now) return false;
  if (line.toldMinor !== null) return line.toldMinor !== line.amountMinor;
  if (line.beforeMinor === line.amountMinor) return false;
  // The first price of a thing goes out with its form, whenever that is.
  if (line.beforeMinor === null && line.formSentAt === null) return false;
  return line.formSentAt === null || line.validFrom > line.formSentAt;
}
