/**
 * Our books against the reseller's list, place by place: what differs, why as far as known, and
 * what would settle it. Texts of the codes are in docs/algorithms/stock.md.
 */

export type ListedState = 'free' | 'sold' | 'held' | 'blocked';

/** A place as the reseller lists it. */
export interface Theirs {
  state: ListedState;
  ticket: string | null;
  /** In the reseller's words; null where its list does not tell. */
  category: string | null;
  allotment: string | null;
}

/** The same place in our books. */
export interface Ours {
  state: 'free' | 'sold' | 'held' | 'blocked';
  /** This interface's reseller holds it, or sold it. */
  isTheirs: boolean;
  /** It stands in a contingent of this interface, handed over or not. */
  isInContingent: boolean;
  /** Under which words it was handed over; null: a word is missing now. */
  sentCategory: string | null;
  sentAllotment: string | null;
  /** The reseller's number of the living ticket on it. */
  ticket: string | null;
  /** That ticket was re-seated by us: the reseller sold another seat, and names that one. */
  isReseated: boolean;
  hasWish: boolean;
  /** Category or contingent changed since it was handed over. */
  isChanged: boolean;
  isRefused: boolean;
}

/** What else is known of a place, or of the ticket that the reseller lists on it. */
export interface Circumstances {
  /** In a command without a known outcome. */
  inFlight: boolean;
  /** An open case on the place or on the ticket. */
  caseMessageId: number | null;
  /** The listed ticket is living here, on another seat. */
  ticketElsewhere: boolean;
}

export type DifferenceKind = 'missing_here' | 'missing_there' | 'different';

export type Cause =
  | 'command_unknown'
  | 'in_quarantine'
  | 'sale_not_integrated'
  | 'return_not_integrated'
  | 'never_exported'
  | 'refused_by_reseller'
  | 'not_for_reseller'
  | 'sold_twice'
  | 'wish'
  | 'changed_after_export'
  | 'word_changed'
  | 'other_ticket'
  | 'other_seat'
  | 'blocked_there'
  | 'lost_there'
  | 'unknown_place'
  | 'counts_differ'
  /** Of a cancelled performance, and its reseller had its days to refund it. */
  | 'not_refunded';

export type Cure =
  | 'find_out'
  | 'settle_case'
  | 'integrate'
  | 'adopt'
  | 'export'
  | 'take_back'
  | 'report'
  | 'reseat'
  | 'map'
  | 'ask_reseller';

export interface Difference {
  subject: 'seat' | 'ticket' | 'count';
  kind: DifferenceKind;
  cause: Cause;
  cure: Cure;
}

type Finding = Difference | null;

/** A place that the reseller lists. Null: both agree. */
export function compareListed(theirs: Theirs, ours: Ours, known: Circumstances): Finding {
  const found = theirs.state === 'sold' ? soldThere(theirs, ours, known) : freeThere(theirs, ours);
  if (found === null) return null;
  if (known.inFlight) return { ...found, cause: 'command_unknown', cure: 'find_out' };
  if (known.caseMessageId !== null && hasSale(found)) {
    return { ...found, cause: 'in_quarantine', cure: 'settle_case' };
  }
  return found;
}

/** A place of ours that the reseller does not list. Null: nothing was to be there. */
export function compareUnlisted(ours: Ours, known: Circumstances): Finding {
  if (!ours.isTheirs) return null;
  const subject = ours.state === 'sold' ? 'ticket' : 'seat';
  const missing = { subject, kind: 'missing_there' } as const;
  if (known.inFlight) return { ...missing, cause: 'command_unknown', cure: 'find_out' };
  if (ours.state === 'sold') {
    if (ours.isReseated) return null;
    const isOpen = known.caseMessageId !== null;
    return isOpen
      ? { ...missing, cause: 'in_quarantine', cure: 'settle_case' }
      : { ...missing, cause: 'return_not_integrated', cure: 'integrate' };
  }
  // The next export asks for it and hears that it is not there: that brings it back.
  if (ours.hasWish) return { ...missing, cause: 'wish', cure: 'export' };
  return { ...missing, cause: 'lost_there', cure: 'take_back' };
}

/** Sales and returns may be waiting in a case; a place alone may not. */
function hasSale({ cause }: Difference): boolean {
  return (
    cause === 'sale_not_integrated' ||
    cause === 'return_not_integrated' ||
    cause === 'other_ticket' ||
    cause === 'sold_twice' ||
    cause === 'never_exported' ||
    cause === 'not_for_reseller'
  );
}

function soldThere(theirs: Theirs, ours: Ours, known: Circumstances): Finding {
  if (known.ticketElsewhere) return ticket('different', 'other_seat', 'reseat');
  if (ours.isTheirs && ours.state === 'sold') {
    if (theirs.ticket === null || theirs.ticket === ours.ticket) return words(theirs, ours);
    return ticket('different', 'other_ticket', 'integrate');
  }
  if (ours.isTheirs) return ticket('missing_here', 'sale_not_integrated', 'integrate');
  if (ours.state === 'sold') return ticket('missing_here', 'sold_twice', 'report');
  // Free in its contingent: the sale integrates, with a warning.
  if (ours.isInContingent) return ticket('missing_here', 'never_exported', 'integrate');
  return ticket('missing_here', 'not_for_reseller', 'report');
}

function freeThere(theirs: Theirs, ours: Ours): Finding {
  if (ours.isTheirs && ours.state === 'sold') {
    // The reseller could sell the seat again, on which we have put one of its own tickets.
    if (ours.isReseated) return seat('missing_here', 'not_for_reseller', 'take_back');
    return ticket('missing_there', 'return_not_integrated', 'integrate');
  }
  if (ours.isTheirs) {
    if (theirs.state === 'blocked') return seat('different', 'blocked_there', 'ask_reseller');
    return words(theirs, ours);
  }
  if (ours.isInContingent && ours.state === 'free') {
    return ours.isRefused
      ? seat('missing_here', 'refused_by_reseller', 'adopt')
      : seat('missing_here', 'never_exported', 'adopt');
  }
  return seat('missing_here', 'not_for_reseller', 'take_back');
}

/** Both have the place; its category or allotment may still be another. */
function words(theirs: Theirs, ours: Ours): Finding {
  const differs = (one: string | null, other: string | null): boolean =>
    one !== null && one !== other;
  const isSame =
    !differs(theirs.category, ours.sentCategory) && !differs(theirs.allotment, ours.sentAllotment);
  if (isSame) return null;
  if (ours.isChanged) return seat('different', 'changed_after_export', 'export');
  return seat('different', 'word_changed', 'map');
}

function seat(kind: DifferenceKind, cause: Cause, cure: Cure): Difference {
  return { subject: 'seat', kind, cause, cure };
}

function ticket(kind: DifferenceKind, cause: Cause, cure: Cure): Difference {
  return { subject: 'ticket', kind, cause, cure };
}

export interface Counts {
  free: number;
  sold: number;
}

/** A zone's counts for one contingent. Null: both agree. */
export function compareCounts(theirs: Counts, ours: Counts, known: Circumstances): Finding {
  if (theirs.free === ours.free && theirs.sold === ours.sold) return null;
  const different = { subject: 'count', kind: 'different' } as const;
  if (known.inFlight) return { ...different, cause: 'command_unknown', cure: 'find_out' };
  if (theirs.sold !== ours.sold && known.caseMessageId !== null) {
    return { ...different, cause: 'in_quarantine', cure: 'settle_case' };
  }
  if (theirs.sold > ours.sold) {
    return { ...different, cause: 'sale_not_integrated', cure: 'integrate' };
  }
  if (theirs.sold < ours.sold) {
    return { ...different, cause: 'return_not_integrated', cure: 'integrate' };
  }
  return { ...different, cause: 'counts_differ', cure: 'ask_reseller' };
}

/**
 * Whether counted places join what the reseller holds: it has some that we never handed over, as
 * many as the contingent still keeps here at most, or it has sold some and nothing says yet that
 * the share is its own (what is given back would else be handed over twice). Sales that are not
 * integrated yet count as handed over: their integration takes them from there.
 *
 * @param kept places of the contingent that are neither sold, held nor at the reseller.
 */
export function isAdoptableCount(
  theirs: Counts,
  ours: Counts,
  { kept, isHandedOver }: { kept: number; isHandedOver: boolean },
): boolean {
  const missing = theirs.free + theirs.sold - ours.free - ours.sold;
  if (missing === 0) return !isHandedOver && ours.sold > 0;
  return missing > 0 && missing <= kept;
}
