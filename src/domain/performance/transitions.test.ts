import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PerformanceState } from '../catalogue/catalogue.ts';
import type { LifeState, LifeVerb } from './transitions.ts';
import { LIFE_VERBS, TRANSITIONS, transition } from './transitions.ts';

const STATES: readonly PerformanceState[] = [
  'preparing',
  'running',
  'suspended',
  'cancelled',
  'closed',
];
const RUNNING: LifeState = {
  state: 'running',
  suspendedAt: null,
  cancelledAt: null,
  closedAt: null,
};
const at = (step: number): string => new Date(Date.UTC(2027, 0, 1, 0, step)).toISOString();

/** What the table says in words: each verb, where it may be used, where it is done already. */
const EXPECTED: Readonly<Record<LifeVerb, Readonly<Partial<Record<PerformanceState, string>>>>> = {
  suspend: { running: 'suspended', suspended: 'unchanged' },
  resume: { suspended: 'running', running: 'unchanged' },
  cancel: {
    preparing: 'cancelled',
    running: 'cancelled',
    suspended: 'cancelled',
    cancelled: 'unchanged',
  },
  move: { preparing: 'preparing', running: 'running', suspended: 'suspended' },
  reseat: { preparing: 'preparing', running: 'running', suspended: 'suspended' },
  close: { running: 'closed', suspended: 'closed', cancelled: 'closed', closed: 'unchanged' },
  reopen: {
    closed: 'running',
    running: 'unchanged',
    suspended: 'unchanged',
    cancelled: 'running',
  },
};

describe('the life of a performance', () => {
  for (const state of STATES) {
    it(`is decided for every verb while it is ${state}`, () => {
      for (const verb of LIFE_VERBS) {
        const found = transition({ ...RUNNING, state }, verb, at(1));
        const name = found.outcome === 'to' ? found.life.state : found.outcome;
        expect([verb, name]).toEqual([verb, EXPECTED[verb][state] ?? 'refused']);
      }
    });
  }

  it('reaches every state from running but preparation, and is stuck in none', () => {
    const reached = new Set<PerformanceState>(['running']);
    for (const state of reached) {
      for (const verb of LIFE_VERBS) {
        const found = transition({ ...RUNNING, state }, verb, at(1));
        if (found.outcome === 'to') reached.add(found.life.state);
      }
    }
    expect([...reached].sort()).toEqual(['cancelled', 'closed', 'running', 'suspended']);
    for (const state of STATES) expect(Object.keys(TRANSITIONS[state])).not.toEqual([]);
  });

  it('any history: a verb done twice is done once, and reopening gives back what was', () => {
    const verbs = fc.array(fc.constantFrom(...LIFE_VERBS), { maxLength: 12 });
    fc.assert(
      fc.property(verbs, (history) => {
        let life = RUNNING;
        let beforeClosing: LifeState | null = null;
        for (const [step, verb] of history.entries()) {
          const found = transition(life, verb, at(step));
          if (found.outcome !== 'to') continue;
          if (verb === 'close') beforeClosing = life;
          const takesBack = verb === 'reopen' && life.state === 'cancelled';
          if (takesBack) expect(found.life.cancelledAt).toBeNull();
          else if (verb === 'reopen') expect(found.life).toEqual(beforeClosing);
          // Once cancelled it is cancelled or closed, and its instant is the first.
          if (life.cancelledAt !== null && !takesBack) {
            expect(['cancelled', 'closed']).toContain(found.life.state);
            expect(found.life.cancelledAt).toBe(life.cancelledAt);
          }
          life = found.life;
          expect(life.closedAt !== null).toBe(life.state === 'closed');
          // What was cancelled and closed is reopened in two steps.
          const isOnce = verb !== 'move' && verb !== 'reseat' && life.state !== 'cancelled';
          if (isOnce) {
            expect(transition(life, verb, at(step + 1))).toEqual({ outcome: 'unchanged' });
          }
        }
      }),
    );
  });
});
