/** What a reseller has not refunded of cancelled performances, once its days are over. */

import { areRefundsOverdue } from '../../domain/performance/refunds.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import type { ReconciliationLine } from '../../store/reconciliation-store.ts';
import { readRefundDays, readToBeRefunded } from '../../store/refund-store.ts';
import { ticketOf } from './letters.ts';

/** A line for each ticket; none before the interface's days are over. */
export async function compareRefunds(
  tx: Tx,
  performance: { id: number; cancelledAt: string | null },
  interfaceId: InterfaceRecord['id'],
  now: Date,
): Promise<ReconciliationLine[]> {
  const { cancelledAt } = performance;
  if (cancelledAt === null) return [];
  const days = await readRefundDays(tx, interfaceId);
  if (!areRefundsOverdue(cancelledAt, days, now.toISOString())) return [];
  const rows = await readToBeRefunded(tx, performance.id, interfaceId);
  return rows.map((row): ReconciliationLine => {
    const { ticket, seat, amountMinor, currency } = ticketOf(row).ticket;
    return {
      subject: 'ticket',
      kind: 'different',
      cause: 'not_refunded',
      cure: 'ask_reseller',
      seatId: null,
      counterId: null,
      ticket,
      ours: { state: 'to_be_refunded', cancelledAt, seat, amountMinor, currency },
      theirs: null,
      messageId: null,
    };
  });
}
