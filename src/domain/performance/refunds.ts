/** How long a reseller has to give its buyers their money back. */

const DAY_MS = 86_400_000;

/** The instant from which what is not refunded is told as a difference; ISO in and out. */
export function refundsDueAt(cancelledAt: string, refundDays: number): string {
  return new Date(Date.parse(cancelledAt) + refundDays * DAY_MS).toISOString();
}

/** @param now ISO instant. */
export function areRefundsOverdue(cancelledAt: string, refundDays: number, now: string): boolean {
  return now >= refundsDueAt(cancelledAt, refundDays);
}
