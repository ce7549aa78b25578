/**
 * Test mode belongs to a product or to ticket numbers, and ends when sales open: it never covers
 * what a spectator bought.
 */
import type { Catalogue } from '../catalogue/catalogue.ts';

export interface TestMode {
  /** Every sale of this product; null where ticket numbers decide. */
  productId: number | null;
  /** A ticket's number, or the beginning of numbers when it ends in `*`. */
  ticket: string | null;
  /** When a person ended it; null: not ended. */
  endsAt: string | null;
}

/**
 * Whether an operation was a test.
 *
 * @param opensAt when sales of the product opened on this channel; null: never.
 */
export function inTestMode(
  modes: readonly TestMode[],
  operation: { ticket: string; operationAt: string },
  { productId, opensAt }: { productId: number; opensAt: string | null },
): boolean {
  const at = operation.operationAt;
  if (opensAt !== null && at >= opensAt) return false;
  return modes.some((mode) => {
    if (mode.endsAt !== null && at >= mode.endsAt) return false;
    if (mode.productId !== null) return mode.productId === productId;
    return mode.ticket !== null && namesTicket(mode.ticket, operation.ticket);
  });
}

function namesTicket(text: string, ticket: string): boolean {
  return text.endsWith('*') ? ticket.startsWith(text.slice(0, -1)) : ticket === text;
}

/** When a product (or this performance of it) first went on sale on a channel; null: never. */
export function salesOpenAt(
  catalogue: Pick<Catalogue, 'windowsByProduct'>,
  salesChannelId: number,
  of: { productId: number; performanceId: number | null },
): string | null {
  const opens = (catalogue.windowsByProduct.get(of.productId) ?? [])
    .filter(
      (window) =>
        window.salesChannelId === salesChannelId &&
        (window.performanceId === null || window.performanceId === of.performanceId),
    )
    .map(({ opensAt }) => opensAt);
  return opens.sort()[0] ?? null;
}
