/**
 * The life of a performance: what may be done in which state, and where it leads. One table, so
 * that nobody decides it a second time.
 */
import type { PerformanceState } from '../catalogue/catalogue.ts';

export const LIFE_VERBS = [
  'suspend',
  'resume',
  'cancel',
  'move',
  'reseat',
  'close',
  'reopen',
] as const;
export type LifeVerb = (typeof LIFE_VERBS)[number];

/** `same`: it changes, its state does not. `former`: what closing or cancelling ended. */
type Target = PerformanceState | 'same' | 'former';

/**
 * What is in preparation is neither suspended nor closed: resuming or reopening would put it on
 * sale by accident.
 * A cancelled performance is neither moved nor suspended: its tickets are on the way back to their
 * buyers. Reopening it takes the cancellation back.
 */
export const TRANSITIONS: Readonly<
  Record<PerformanceState, Readonly<Partial<Record<LifeVerb, Target>>>>
> = {
  preparing: { cancel: 'cancelled', move: 'same', reseat: 'same' },
  running: {
    suspend: 'suspended',
    cancel: 'cancelled',
    move: 'same',
    reseat: 'same',
    close: 'closed',
  },
  suspended: {
    resume: 'running',
    cancel: 'cancelled',
    move: 'same',
    reseat: 'same',
    close: 'closed',
  },
  cancelled: { close: 'closed', reopen: 'former' },
  closed: { reopen: 'former' },
};

/** The state that a verb has already reached: asked again, it changes nothing. */
const REACHED: Readonly<Partial<Record<LifeVerb, readonly PerformanceState[]>>> = {
  suspend: ['suspended'],
  resume: ['running'],
  cancel: ['cancelled'],
  close: ['closed'],
  reopen: ['running', 'suspended'],
};

export interface LifeState {
  state: PerformanceState;
  /** ISO instants: when it was suspended, cancelled, closed; null where it was not. */
  suspendedAt: string | null;
  cancelledAt: string | null;
  closedAt: string | null;
}

export type Transition =
  | { outcome: 'to'; life: LifeState }
  /** It was done before. */
  | { outcome: 'unchanged' }
  | { outcome: 'refused' };

/** Where a verb leads, with the instants that it sets. @param at ISO instant. */
export function transition(life: LifeState, verb: LifeVerb, at: string): Transition {
  if (REACHED[verb]?.includes(life.state)) return { outcome: 'unchanged' };
  const target = TRANSITIONS[life.state][verb];
  if (target === undefined) return { outcome: 'refused' };
  if (target === 'same') return { outcome: 'to', life };
  if (target === 'former') return { outcome: 'to', life: former(life) };
  return {
    outcome: 'to',
    life: {
      state: target,
      suspendedAt: suspendedAt(life, verb, at),
      cancelledAt: verb === 'cancel' ? at : life.cancelledAt,
      closedAt: verb === 'close' ? at : life.closedAt,
    },
  };
}

function suspendedAt(life: LifeState, verb: LifeVerb, at: string): string | null {
  if (verb === 'suspend') return at;
  return verb === 'resume' ? null : life.suspendedAt;
}

/** The instants are kept through closing, so that reopening needs no memory of its own. */
function former(life: LifeState): LifeState {
  const wasClosed = life.state === 'closed';
  const cancelledAt = wasClosed ? life.cancelledAt : null;
  const onSale = life.suspendedAt === null ? 'running' : 'suspended';
  return {
    ...life,
    state: cancelledAt === null ? onSale : 'cancelled',
    cancelledAt,
    closedAt: null,
  };
}
