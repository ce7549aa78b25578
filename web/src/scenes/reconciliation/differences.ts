/** Differences by what a person calls them, and what both sides say of a place. */
import type { Difference, GetReconciliationDifferencesParams } from '../../api/generated/client.ts';

/** The first two are kinds of their own; the others are causes by which both sides differ. */
export const VIEWS = [
  'missing_here',
  'missing_there',
  'other_seat',
  'other_ticket',
  'other_state',
  'other_words',
  'counts_differ',
  'different',
] as const;
export type View = (typeof VIEWS)[number];

export interface DifferenceSearch {
  kind?: string | undefined;
  open?: string | undefined;
}

const CAUSES: Partial<Record<View, string>> = {
  other_seat: 'other_seat',
  other_ticket: 'other_ticket',
  other_state: 'blocked_there',
  other_words: 'word_changed',
  counts_differ: 'counts_differ',
};

export function askedOf({ kind, open }: DifferenceSearch): GetReconciliationDifferencesParams {
  const view = VIEWS.find((one) => one === kind);
  const cause = view === undefined ? undefined : CAUSES[view];
  return {
    ...(view === 'missing_here' || view === 'missing_there' || view === 'different'
      ? { kind: view }
      : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(open === 'open' ? { open: 'true' as const } : {}),
  };
}

/** What a person calls the difference. */
export function viewOf({ kind, cause }: Pick<Difference, 'kind' | 'cause'>): View {
  if (kind !== 'different') return kind;
  if (cause === 'changed_after_export') return 'other_words';
  return VIEWS.find((view) => CAUSES[view] === cause) ?? 'different';
}
