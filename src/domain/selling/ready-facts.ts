/** What is read to tell whether a product is ready to sell at a reseller. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { HandOverCapabilities } from '../contingent/eligibility.ts';
import type { Vocabulary } from '../mapping/vocabulary.ts';

export interface ReadyInterface {
  id: number;
  code: string;
  status: 'visible' | 'hidden' | 'archived';
  salesChannelId: number;
  currency: string;
  productIds: readonly number[];
  /** A contact that may pay on account; a point of sale that takes such payments. */
  contactMayPay: boolean;
  pointOfSalePays: boolean;
  account: { state: 'open' | 'closed'; balanceMinor: number; ceilingMinor: number | null } | null;
  ceilingBlocks: boolean;
}

/** Seats of a performance that are alike in all that decides. */
export interface SeatGroup {
  performanceId: number;
  contingentId: number | null;
  blockId: number;
  seatCategoryId: number;
  seats: number;
  /** Free, with us, and of a kind that the contingent does not send. */
  keptHome: number;
  refused: number;
}

export interface QuotaFact {
  counterId: number;
  contingentId: number;
  quota: number;
  refused: boolean;
}

export interface Counted {
  productId: number;
  performanceId: number | null;
  count: number;
}

export interface ReadyPlace {
  productId: number;
  performanceId: number | null;
}

export interface ReadyFacts {
  catalogue: Catalogue;
  vocabulary: Vocabulary;
  interface: ReadyInterface;
  capabilities: HandOverCapabilities & { events: boolean; dated: boolean; undated: boolean };
  /** ISO instant. */
  now: string;
  seatGroups: readonly SeatGroup[];
  quotas: readonly QuotaFact[];
  tests: readonly Counted[];
  cases: readonly Counted[];
  /** Prices that changed and the reseller was not told. */
  toAnnounce: readonly Counted[];
  /** Values of the reseller's that nothing of ours is mapped to, by the reseller's product. */
  unseen: readonly { word: string; value: string; parent: string }[];
  /** Row and seat names that two places would share, or that no message can hold. */
  notCarried: readonly { performanceId: number; place: string; places: number }[];
}
