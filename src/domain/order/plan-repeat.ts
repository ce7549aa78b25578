import type { ContentField } from './message.ts';
import { onlyIdentityDiffers, sameOperation } from './message.ts';
import type { Decision, Planning } from './plan.ts';
import { applied, problem, refused } from './plan.ts';
import type { Candidate, KnownMessage } from './state.ts';
import { addedFields, differencesOf, isPartOfExchange, toldInParts } from './two-ways-in.ts';

export interface Repeat {
  decision: Decision | null;
  /** A repeat that differs only in code or name, or brings a code that was missing. */
  readAs: 'replacement' | 'holder' | null;
  /** What it contradicts and replaces: a person took the new contents, or the reseller did. */
  corrects: KnownMessage | null;
}

const FIRST_TIME: Repeat = { decision: null, readAs: null, corrects: null };

const answer = (decision: Decision): Repeat => ({ ...FIRST_TIME, decision });

/** Once: the same operation again changes nothing; a contradiction is a case (DOMAIN "Once"). */
export function compareWithKnown(planning: Planning, candidate: Candidate): Repeat {
  const { message, messageId } = candidate;
  const known = planning.state.known.get(message.ticket);
  if (isPartOfExchange(planning, message)) return answer(applied('known'));
  if (known === undefined) return FIRST_TIME;
  let contradiction: Repeat | null = null;
  for (const other of known) {
    // Of two that contradict one another the later one is the case: what follows is no repeat.
    if (other.id === messageId) break;
    // What was not taken here may be another interface's, or ours by now.
    const aside = other.state === 'set_aside';
    if ((aside && !other.keptOut) || !sameOperation(other.content, message)) continue;
    const differing = differencesOf(planning, other.content, message);
    const added = differing.length > 0 || aside ? [] : addedFields(planning, message, other);
    const fields = [...differing, ...added];
    if (fields.length === 0) return answer(applied('known'));
    if (!aside) contradiction ??= contradict(planning, candidate, other, fields);
  }
  if (contradiction !== null) return contradiction;
  const parts = toldInParts(planning, message);
  if (parts === 'sale')
    return answer(refused([problem('ticket.living', { ticket: message.ticket })]));
  return parts === 'whole' ? { ...FIRST_TIME, readAs: 'replacement' } : FIRST_TIME;
}

function contradict(
  planning: Planning,
  candidate: Candidate,
  other: KnownMessage,
  fields: readonly ContentField[],
): Repeat {
  const { message, decision } = candidate;
  if (onlyIdentityDiffers(fields) && message.kind === 'sale') {
    if (other.state !== 'integrated') {
      const waiting = [problem('blocked.behind', { ticket: message.ticket })];
      return answer(refused(waiting, other.id));
    }
    return { ...FIRST_TIME, readAs: fields.includes('barcode') ? 'replacement' : 'holder' };
  }
  // The reseller was asked about the other, and this is its answer.
  const told = other.state === 'quarantined' && planning.byId.get(other.id)?.reported === true;
  if (told || decision?.contents === 'theirs') return { ...FIRST_TIME, corrects: other };
  const params = { ticket: message.ticket, fields: fields.join(', ') };
  return answer(refused([problem('content.differs', params)]));
}
