/**
 * Which prices a reseller must still be told: what changed since its last sales form. A price that
 * went out with the form, one that was told as it stands, and one that is over are not news.
 */

export interface PricedLine {
  id: number;
  amountMinor: number;
  /** The amount before this one, of the product where the performance had none; null: none. */
  beforeMinor: number | null;
  /** ISO instants; `until` is when the next one takes over. */
  validFrom: string;
  until: string | null;
  /** The amount that the reseller was told; null: nothing since the form. */
  toldMinor: number | null;
  /** When the product's last sales form went out; null: none is known. */
  formSentAt: string | null;
  /** The form's prices were kept when it went out: what is not among them came later. */
  formKept: boolean;
}

/** The first value of a thing counts for every sale, however early. */
const SINCE_EVER = '1970-01-01T00:00:00.000Z';

export function isToAnnounce(line: PricedLine, now: string): boolean {
  if (line.until !== null && line.until <= now) return false;
  if (line.toldMinor !== null) return line.toldMinor !== line.amountMinor;
  if (line.beforeMinor === line.amountMinor) return false;
  if (line.formSentAt !== null) return line.formKept || line.validFrom > line.formSentAt;
  // The first price of a thing goes out with its form, whenever that is.
  return line.beforeMinor !== null && line.validFrom > SINCE_EVER;
}
