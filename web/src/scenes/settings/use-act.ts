/** A change of the settings: what it makes stale is read again. */
import { useMutation, useQueryClient } from '@tanstack/react-query';

export const SETTINGS = {
  own: ['settings', 'own'],
  people: ['settings', 'people'],
  keys: ['settings', 'keys'],
  news: ['settings', 'news'],
  hooks: ['settings', 'hooks'],
  journal: ['settings', 'journal'],
  house: ['settings', 'house'],
} as const;

export function useAct<Said, Answer>(
  key: readonly string[],
  act: (said: Said) => Promise<Answer>,
  after?: (answer: Answer) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: key });
      after?.(answer);
    },
    // A wrong password here is an answer to the form, not the end of the session.
    meta: { isSignIn: true },
  });
}

/** The version that a change is about, as a header. */
export const ifMatch = (version: string) => ({ headers: { 'if-match': version } });
