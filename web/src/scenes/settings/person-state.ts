import type { GetPeople200ItemsItem as Person } from '../../api/generated/client.ts';
import type { Tone } from '../../ui/state.tsx';

/** One word for what matters most of a person's account, the worst first. */
export function personState(of: Person, now = new Date()): { tone: Tone; word: string } {
  if (of.deactivatedAt !== null) return { tone: 'calm', word: 'deactivated' };
  if (of.lockedUntil !== null && new Date(of.lockedUntil) > now) {
    return { tone: 'bad', word: 'locked' };
  }
  if (!of.hasPassword && of.passkeys === 0 && of.lastSignInAt === null) {
    return { tone: 'warn', word: 'invited' };
  }
  return { tone: 'good', word: 'active' };
}
