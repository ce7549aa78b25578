/**
 * Cancelling a performance: everything unsold is asked back, the codes close, nothing is refunded
 * here. What resellers sold becomes theirs to refund, with a letter to each that is ready to send.
 */

import { writeLife } from '../../store/performance-store.ts';
import type { OwnSale } from '../../store/refund-store.ts';
import { markToBeRefunded, readOwnSales, revokeCodes } from '../../store/refund-store.ts';
import type { LetterOptions, ResellerLetter } from './letters.ts';
import { cancellationLetters } from './letters.ts';
import type { LifeOutcome, LifeRefused, LifeRequest, LifeServices } from './life-transaction.ts';
import { decide, noteChange, withPerformance } from './life-transaction.ts';
import { askAllBack } from './suspend-performance.ts';

export interface Cancelled {
  outcome: LifeOutcome;
  /** Places that are newly asked back, by interface. */
  asked: { interfaceId: number; places: number }[];
  /** Codes that closed now, and tickets that became to be refunded now. */
  codes: number;
  tickets: number;
  /** One for each reseller that sold living tickets, or still holds places. */
  letters: ResellerLetter[];
  /** The venue's own sales and holds: its box office tells their buyers. */
  own: OwnSale[];
}

/** Cancels; again, it changes nothing and tells the same letters with what is still open. */
export function cancelPerformance(
  services: LifeServices,
  request: LifeRequest & LetterOptions,
): Promise<Cancelled | LifeRefused> {
  return withPerformance(services, request, async (life) => {
    const { tx, performance, at } = life;
    const found = decide(life, 'cancel');
    if (found.outcome === 'refused') return found;
    const { id } = performance;
    let done = { asked: [] as Cancelled['asked'], codes: 0, tickets: 0 };
    if (found.outcome === 'to') {
      await writeLife(tx, id, found.life);
      const asked = await askAllBack(life, true);
      const tickets = await markToBeRefunded(tx, id);
      done = { asked, tickets, codes: await revokeCodes(tx, id, at) };
      const before = { state: performance.state };
      await noteChange(life, 'performance.cancel', before, { ...found.life, ...done });
    }
    return {
      outcome: found.outcome === 'to' ? 'done' : 'unchanged',
      ...done,
      letters: await cancellationLetters(tx, performance, request),
      own: await readOwnSales(tx, id),
    };
  });
}
