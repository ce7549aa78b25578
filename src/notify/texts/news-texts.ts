/** What the watch says in a language; the same keys in each, held by the compiler. */
import type { DeliveryReason } from '../../domain/watch/delivery.ts';
import type { NewsKind, WatchCode } from '../../domain/watch/news.ts';

export interface NewsTexts {
  /** Before the title: what kind of news it is. */
  kind: Record<NewsKind, string>;
  /** Why it is told now. */
  reason: Record<DeliveryReason, string>;
  /** `what is wrong | why | what to do`, with the parameters of the facts. */
  watch: Record<WatchCode, string>;
  /** Subject of a mail with several news. */
  several: string;
  digest: string;
  test: string;
  testBody: string;
  /** How many cases wait. */
  oneCase: string;
  manyCases: string;
  touches: string;
  since: string;
  run: string;
  toDo: string;
  look: string;
  footer: string;
}
