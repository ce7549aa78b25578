import type { ContentField, Message } from './message.ts';
import { differingFields, onlyIdentityDiffers, sameOperation } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, problem, refused } from './plan.ts';
import type { Candidate, KnownMessage } from './state.ts';

export interface Repeat {
  decision: Decision | null;
  /** A repeat that differs only in code or name. */
  readAs: 'replacement' | 'holder' | null;
}

const FIRST_TIME: Repeat = { decision: null, readAs: null };

/** Once: the same operation again changes nothing; a contradiction is a case (DOMAIN "Once"). */
export function compareWithKnown(planning: Planning, candidate: Candidate): Repeat {
  const { message, messageId } = candidate;
  const known = planning.state.known.get(message.ticket);
  if (known === undefined) return FIRST_TIME;
  let contradiction: Repeat | null = null;
  for (const other of known) {
    // Of two that contradict one another the later one is the case: what follows is no repeat.
    if (other.id === messageId) break;
    // What was set aside was not taken here: it may be another interface's, or ours by now.
    if (other.state === 'set_aside' || !sameOperation(other.content, message)) continue;
    const fields = differingFields(other.content, message);
    if (fields.length === 0) return { decision: applied('known'), readAs: null };
    contradiction ??= contradict(message, other, fields);
  }
  return contradiction ?? FIRST_TIME;
}

function contradict(
  message: Message,
  other: KnownMessage,
  fields: readonly ContentField[],
): Repeat {
  if (onlyIdentityDiffers(fields) && message.kind === 'sale') {
    if (other.state !== 'integrated') {
      const waiting = [problem('blocked.behind', { ticket: message.ticket })];
      return { decision: refused(waiting, other.id), readAs: null };
    }
    return { decision: null, readAs: fields.includes('barcode') ? 'replacement' : 'holder' };
  }
  const params = { ticket: message.ticket, fields: fields.join(', ') };
  return { decision: refused([problem('content.differs', params)]), readAs: null };
}
