import type { Message } from '../domain/order/message.ts';
import type { BatchPlan, OutcomeName } from '../domain/order/plan.ts';
import { settledPositions } from '../store/unreadable-store.ts';
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

/** What somebody has settled is known, and no error any more. */
export async function logUnreadable(
  context: ExchangeContext,
  records: readonly Unreadable[],
): Promise<void> {
  if (records.length === 0) return;
  const { database, organisation } = context;
  const settled = await database.transaction(organisation.id, (tx) =>
    settledPositions(
      tx,
      context.interface.resellerAccountId,
      records.map(({ position }) => position),
    ),
  );
  const open = records.filter(({ position }) => !settled.has(position));
  if (open.length < records.length) {
    context.log.count('alreadyKnown', records.length - open.length);
  }
  if (open.length === 0) return;
  context.log.count('unreadable', open.length);
  for (const { problems, position, ticket, place } of open) {
    for (const { code, params } of problems) {
      // A person looks for the number of the line; the books know it by its contents.
      const keys = {
        position: place === undefined ? position : String(place.line),
        ...(ticket === null ? {} : { ticket }),
      };
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
