/** What one delivery of the outbox carries: facts, in no language yet. */
import type { NewsFacts, NewsKind } from './news.ts';
import type { Telling } from './when-to-tell.ts';

export const DELIVERY_KINDS = ['mail', 'webhook', 'chat'] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** `digest`: of a list that leaves once a day. `closed`: it is over. `test`: a trial by hand. */
export type DeliveryReason = Telling | 'digest' | 'closed' | 'test';

export interface ToldItem {
  newsId: number;
  kind: NewsKind;
  reason: DeliveryReason;
  interface: string;
  reseller: string;
  people: readonly { name: string; mail?: string; phone?: string }[];
  facts: NewsFacts;
  openedAt: string;
  dueAt: string | null;
  /** Of the web application (web-address.ts); missing in what an older release wrote. */
  path?: string | null;
}

export interface DeliveryContent {
  organisation: { code: string; name: string; timeZone: string };
  /** When it was decided, ISO 8601. */
  at: string;
  items: readonly ToldItem[];
}

export interface SendResult {
  /** `retry`: it may succeed later. `refused`: it never will as it is. */
  outcome: 'delivered' | 'retry' | 'refused';
  status: number | null;
  /** One sentence for the delivery log; never a secret. */
  detail: string | null;
}
