/** What can be done about a difference between a reseller's statement and our ledger. */
import type { Difference } from './compare-statement.ts';

export type DifferenceWay =
  /** Its cases are settled: then it agrees, or shows another cause. */
  | 'settle_cases'
  /** The reseller's journal is read again from an earlier day. */
  | 'read_again'
  /** The reseller is asked, or corrects its statement. */
  | 'ask_reseller'
  /** The account is moved by what differs, with a reason. */
  | 'adjust'
  /** It belongs to another month: look at that one's statement. */
  | 'other_month'
  /** It is as it must be: nothing of it is owed here. */
  | 'nothing';

const WAYS: Readonly<Record<Difference['cause'], readonly DifferenceWay[]>> = {
  open_case: ['settle_cases'],
  test: ['nothing', 'ask_reseller'],
  other_period: ['other_month', 'ask_reseller'],
  before_opening: ['nothing', 'adjust'],
  late_entry: ['nothing'],
  missing_here: ['read_again', 'ask_reseller', 'adjust'],
  missing_there: ['ask_reseller', 'adjust'],
  amount: ['ask_reseller', 'adjust'],
  commission: ['ask_reseller', 'adjust'],
};

/** Ways out of a difference, the likeliest first. */
export function waysOutOf({ cause }: Pick<Difference, 'cause'>): readonly DifferenceWay[] {
  return WAYS[cause];
}

/** Net of the statement less net of ours, in minor units: what an adjustment would move. */
export function netDifference({ ours, theirs }: Pick<Difference, 'ours' | 'theirs'>): number {
  const net = (side: Difference['ours']) =>
    side === null ? 0 : side.grossMinor - side.commissionMinor;
  return net(theirs) - net(ours);
}
