/** Putting a product on sale at a reseller: a list that people tick off, and what happens ticks. */
export const SALE_STEPS = [
  'form_sent',
  'mappings_received',
  'seats_sent',
  'test_tickets',
  'open',
] as const;
export type SaleStep = (typeof SALE_STEPS)[number];

export function isSaleStep(text: string): text is SaleStep {
  return (SALE_STEPS as readonly string[]).includes(text);
}
