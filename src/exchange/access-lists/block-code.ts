/** A manager closes a code at the door by hand (stolen, a technical fault), or opens it again. */
import { BLOCK_REASONS } from '../../domain/access/door-list.ts';
import type { Database } from '../../store/database/database.ts';
import type { IdSource } from '../../store/database/id-source.ts';
import type { BlockableCode } from '../../store/door-list-store.ts';
import { lockCode, writeCodeState } from '../../store/door-list-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { inStockTransaction } from '../stock-session.ts';

export type BlockReason = 'stolen' | 'technical';

export interface BlockCodeRequest {
  organisationId: number;
  code: string;
  /** Null opens it again, as far as its ticket lets it. */
  block: BlockReason | null;
  /** A manager. */
  author: string;
  /** Why, in words. */
  reason: string;
}

export type BlockCodeResult =
  | { outcome: 'blocked' | 'unblocked' | 'unchanged'; state: string }
  | { outcome: 'unknown' };

export function blockCode(
  services: { database: Database; ids: IdSource; clock: () => Date },
  { organisationId, code, block, author, reason }: BlockCodeRequest,
): Promise<BlockCodeResult> {
  return inStockTransaction(services, organisationId, async (tx) => {
    const known = await lockCode(tx, code);
    if (known === null) return { outcome: 'unknown' };
    const isBlocked = (known.reason ?? '') in BLOCK_REASONS;
    const wanted = block === null ? null : `blocked.${block}`;
    if (block === null ? !isBlocked : known.reason === wanted) {
      return { outcome: 'unchanged', state: known.state };
    }
    const at = services.clock();
    const next = wanted === null ? opened(known) : { state: 'revoked', reason: wanted };
    await writeCodeState(tx, code, { ...next, at: at.toISOString() });
    const [id = 0] = await services.ids.take(1, tx);
    const action = block === null ? 'access.unblocked' : 'access.blocked';
    const before = { state: known.state, reason: known.reason };
    await writeJournal(tx, [
      { id, at, author, action, subject: `code ${code}`, before, after: next, reason },
    ]);
    return { outcome: block === null ? 'unblocked' : 'blocked', state: next.state };
  });
}

/** What the code would be without the block. */
function opened({ ticket, source, problem }: BlockableCode): {
  state: string;
  reason: string | null;
} {
  if (ticket === null) {
    return { state: 'provisional', reason: source === 'list' ? 'sale.missing' : problem };
  }
  const isOver = ticket.state !== 'valid' || ticket.endsSoon;
  if (isOver) return { state: 'revoked', reason: 'cancellation' };
  if (ticket.isTest) return { state: 'test', reason: 'test' };
  if (ticket.performanceCancelled) return { state: 'revoked', reason: 'performance.cancelled' };
  if (ticket.overbooked) return { state: 'see_box_office', reason: 'overbooked' };
  return { state: 'valid', reason: null };
}
