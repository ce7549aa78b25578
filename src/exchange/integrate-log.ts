import type { Message } from '../domain/order/message.ts';
import type { BatchPlan, OutcomeName } from '../domain/order/plan.ts';
import type { ExchangeContext } from './context.ts';
import type { Unreadable } from './integrate-batch.ts';

/** What a batch came to, in the run's counts and lines. */

const COUNTS: Record<OutcomeName, string> = {
  sale: 'integrated',
  cancellation: 'cancelled',
  refund: 'refunded',
  replacement: 'replaced',
  exchange: 'exchanged',
  holder: 'renamed',
  correction: 'corrected',
  known: 'alreadyKnown',
  set_aside: 'setAside',
  not_ours: 'notOurs',
  elsewhere: 'elsewhere',
  quarantined: 'quarantined',
  waiting: 'waiting',
};

/** `positionOf`: where in a file a message stood, for who looks for it there. */
export function logPlan(
  context: ExchangeContext,
  plan: BatchPlan,
  positionOf: (message: Message) => string | undefined = () => undefined,
): void {
  const { log } = context;
  const placed = (message: Message): Record<string, string> => {
    const position = positionOf(message);
    return position === undefined ? keysOf(message) : { ...keysOf(message), position };
  };
  for (const { outcome } of plan.outcomes) log.count(COUNTS[outcome], 1);
  for (const one of plan.cases) {
    const { message, messageId } = one.candidate;
    // A new root is somebody's work; what waits behind a known one is not news.
    const details = { keys: placed(message), messageId };
    for (const { code, params } of one.problems) {
      if (one.rootMessageId === null) log.line('error', code, { params, ...details });
      else log.line('warning', code, { params, ...details });
    }
  }
  if (plan.ceilingPassed !== null) {
    const { balanceMinor: balance, ceilingMinor: ceiling, ...rest } = plan.ceilingPassed;
    log.line('warning', 'account.ceiling_reached', { params: { ...rest, balance, ceiling } });
  }
  for (const { code, params, message, messageId } of plan.notes) {
    log.line('warning', code, { params, keys: placed(message), messageId });
  }
}

export function logUnreadable(context: ExchangeContext, records: readonly Unreadable[]): void {
  if (records.length === 0) return;
  context.log.count('unreadable', records.length);
  for (const { problems, position, ticket } of records) {
    for (const { code, params } of problems) {
      const keys = { position, ...(ticket === null ? {} : { ticket }) };
      context.log.line('error', code, { params, keys });
    }
  }
}

function keysOf(message: Message): Record<string, string> {
  const keys: Record<string, string> = { ticket: message.ticket, product: message.product };
  if (message.order !== null) keys.order = message.order;
  if (message.start !== null) keys.performance = message.start;
  const seat = [message.block, message.row, message.seat].filter((part) => part !== null);
  if (message.seat !== null) keys.seat = seat.join('/');
  return keys;
}
