import { salePoint, soldBetween } from './find-ticket.ts';
import type { Message } from './message.ts';
import { certainlyBefore } from './message.ts';
import type { Planning } from './plan.ts';
import type { Candidate, TicketState } from './state.ts';

/** An operation not applied yet that may end the ticket of a sale. */
export interface EndAhead {
  end: Candidate;
  /** Duplicates that give the ticket the number under which its end comes. */
  renumbered: readonly Candidate[];
}

/** Duplicates of duplicates that are all to come: longer chains wait for each other. */
const MOST_NUMBERS = 5;

/** `old`: the ticket that the sale itself ends, when it is an exchange. */
export function endsAhead(
  planning: Planning,
  sale: Message,
  old: TicketState | null,
): readonly EndAhead[] {
  return endsUnder(planning, sale.ticket, sale, old, []);
}

function endsUnder(
  planning: Planning,
  number: string,
  since: Message,
  old: TicketState | null,
  renumbered: readonly Candidate[],
): readonly EndAhead[] {
  const ahead = planning.ahead.get(number) ?? [];
  const living = (planning.state.byNumber.get(number) ?? []).filter(
    (one) => one.state === 'valid' && one !== old && one.number === number,
  );
  const follows = (message: Message) =>
    message !== since &&
    !certainlyBefore(message, since) &&
    !soldBetween(planning, number, since, message) &&
    // The living ticket of this number is a later sale, or else this end may be its own.
    living.every((one) => certainlyBefore(message, salePoint(planning.state, one)));
  const found: EndAhead[] = ahead
    .filter(({ message }) => endsNumber(message, number) && follows(message))
    .map((end) => ({ end, renumbered }));
  if (renumbered.length === MOST_NUMBERS) return found;
  for (const one of ahead) {
    const { kind, replaces, ticket } = one.message;
    if (kind !== 'replacement' || replaces !== number || ticket === number) continue;
    if (!follows(one.message)) continue;
    found.push(...endsUnder(planning, ticket, one.message, old, [...renumbered, one]));
  }
  return found;
}

function endsNumber(message: Message, number: string): boolean {
  if (message.kind === 'exchange') return (message.replaces ?? message.ticket) === number;
  return (
    (message.kind === 'cancellation' || message.kind === 'refund') && message.ticket === number
  );
}
