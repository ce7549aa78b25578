/**
 * A reseller's statement against our ledger, for the operations of one month: by ticket where the
 * statement names tickets, by performance where it gives sums, in all where it only has totals.
 * Amounts in minor units.
 */

export interface OurTicket {
  number: string;
  /** Numbers that it had before: the statement may still use them. */
  formerNumbers: readonly string[];
  performanceId: number | null;
  /** Sold less given back, and the commission booked with it. */
  grossMinor: number;
  commissionMinor: number;
  /** Commission on top of our price: it never was ours, but a reseller may state it. */
  onTopMinor: number;
  /** An operation of the month that came after its closing: the period it was booked in. */
  bookedIn: string | null;
}

export interface TheirLine {
  statementId: number;
  line: number;
  /** Null: a sum of the performance, or of the passes where that is null too. */
  ticket: string | null;
  performanceId: number | null;
  grossMinor: number;
  commissionMinor: number;
}

/** What is known of a ticket that one side does not have, or has otherwise. */
export type TicketCause = 'open_case' | 'test' | 'other_period' | 'before_opening';

export type DifferenceCause =
  | TicketCause
  /** It came after the closing of its month, and is booked in a later one. */
  | 'late_entry'
  | 'missing_here'
  | 'missing_there'
  | 'amount'
  | 'commission';

export interface Money {
  grossMinor: number;
  commissionMinor: number;
}

export interface Difference {
  by: 'ticket' | 'performance' | 'total';
  ticket: string | null;
  performanceId: number | null;
  /** Null: not here, not there. */
  ours: Money | null;
  theirs: Money | null;
  cause: DifferenceCause;
  /** Of a performance: its open cases. */
  openCases: number;
  bookedIn: string | null;
}

export interface Compared {
  ours: Money & { tickets: number };
  theirs: Money & { tickets: number };
  differences: Difference[];
  /** Lines that agree with the ledger: they are cleared. */
  agreed: { statementId: number; line: number }[];
}

export interface StatementSides {
  ours: readonly OurTicket[];
  theirs: readonly TheirLine[];
  /** Totals of statements without lines; null: there are none. */
  totals: (Money & { tickets: number }) | null;
  causes: ReadonlyMap<string, TicketCause>;
  /** Open cases by performance; under null those of passes. */
  openCases: ReadonlyMap<number | null, number>;
}

interface Sides {
  ours: OurSum | null;
  theirs: TheirSum | null;
}

interface OurSum extends Money {
  onTopMinor: number;
  performanceId: number | null;
  bookedIn: string | null;
}

interface TheirSum extends Money {
  lines: TheirLine[];
}

export function compareStatement(sides: StatementSides): Compared {
  const { ours, theirs, totals } = sides;
  const compared: Compared = {
    ours: { ...sumOf(ours), tickets: ours.length },
    theirs: { ...sumOf(theirs), tickets: new Set(theirs.flatMap((one) => one.ticket ?? [])).size },
    differences: [],
    agreed: [],
  };
  if (totals !== null) {
    compared.theirs.grossMinor += totals.grossMinor;
    compared.theirs.commissionMinor += totals.commissionMinor;
    compared.theirs.tickets += totals.tickets;
  }
  const summed = new Set(
    theirs.filter((one) => one.ticket === null).map((one) => one.performanceId),
  );
  const byTicket = pairTickets(ours, theirs);
  const rest = new Map<number | null, OurSum>();
  for (const [number, pair] of byTicket) {
    const { ours: own } = pair;
    // What the statement does not name by ticket stands in the sum of its performance.
    if (pair.theirs === null && own !== null && summed.has(own.performanceId)) {
      rest.set(own.performanceId, addOurs(rest.get(own.performanceId) ?? null, own));
    } else if (pair.theirs !== null || totals === null) {
      compareTicket(compared, sides, number, pair);
    }
  }
  for (const performanceId of summed) {
    const lines = theirs.filter(
      (one) => one.ticket === null && one.performanceId === performanceId,
    );
    const pair = { ours: rest.get(performanceId) ?? null, theirs: { ...sumOf(lines), lines } };
    comparePerformance(compared, sides, performanceId, pair);
  }
  if (totals !== null) compareTotals(compared, ours);
  return compared;
}

function sumOf(rows: readonly Money[]): Money {
  let [grossMinor, commissionMinor] = [0, 0];
  for (const row of rows) {
    grossMinor += row.grossMinor;
    commissionMinor += row.commissionMinor;
  }
  return { grossMinor, commissionMinor };
}

/** Both sides under the number that the ticket has now. */
function pairTickets(ours: readonly OurTicket[], theirs: readonly TheirLine[]): Map<string, Sides> {
  const pairs = new Map<string, Sides>();
  const former = new Map<string, string>();
  for (const ticket of ours) {
    for (const number of ticket.formerNumbers) former.set(number, ticket.number);
    const pair = pairs.get(ticket.number);
    if (pair === undefined) pairs.set(ticket.number, { ours: { ...ticket }, theirs: null });
    else pair.ours = addOurs(pair.ours, ticket);
  }
  for (const line of theirs) {
    if (line.ticket === null) continue;
    const own = pairs.has(line.ticket);
    const number = own ? line.ticket : (former.get(line.ticket) ?? line.ticket);
    const pair = pairs.get(number) ?? { ours: null, theirs: null };
    const lines = [...(pair.theirs?.lines ?? []), line];
    pair.theirs = { ...sumOf(lines), lines };
    pairs.set(number, pair);
  }
  return pairs;
}

function addOurs(sum: OurSum | null, one: OurSum): OurSum {
  return {
    grossMinor: (sum?.grossMinor ?? 0) + one.grossMinor,
    commissionMinor: (sum?.commissionMinor ?? 0) + one.commissionMinor,
    onTopMinor: (sum?.onTopMinor ?? 0) + one.onTopMinor,
    performanceId: one.performanceId,
    bookedIn: sum?.bookedIn ?? one.bookedIn,
  };
}

/** A commission on top may be stated within the gross and as commission, or left out of both. */
function agrees(ours: OurSum | null, theirs: Money): boolean {
  const gross = theirs.grossMinor - (ours?.grossMinor ?? 0);
  const commission = theirs.commissionMinor - (ours?.commissionMinor ?? 0);
  return gross === commission && (gross === 0 || gross === ours?.onTopMinor);
}

const moneyOf = (side: Money | null): Money | null =>
  side && { grossMinor: side.grossMinor, commissionMinor: side.commissionMinor };

function compareTicket(
  compared: Compared,
  sides: StatementSides,
  number: string,
  { ours, theirs }: Sides,
): void {
  if (agrees(ours, theirs ?? { grossMinor: 0, commissionMinor: 0 })) {
    for (const { statementId, line } of theirs?.lines ?? []) {
      compared.agreed.push({ statementId, line });
    }
    return;
  }
  compared.differences.push({
    by: 'ticket',
    ticket: number,
    performanceId: ours?.performanceId ?? theirs?.lines[0]?.performanceId ?? null,
    ours: moneyOf(ours),
    theirs: moneyOf(theirs),
    cause: sides.causes.get(number) ?? causeOf(ours, theirs),
    openCases: 0,
    bookedIn: ours?.bookedIn ?? null,
  });
}

function causeOf(ours: OurSum | null, theirs: Money | null): DifferenceCause {
  if (ours === null) return 'missing_here';
  if (theirs === null) return ours.bookedIn === null ? 'missing_there' : 'late_entry';
  return ours.grossMinor === theirs.grossMinor ? 'commission' : 'amount';
}

function comparePerformance(
  compared: Compared,
  sides: StatementSides,
  performanceId: number | null,
  { ours, theirs }: { ours: OurSum | null; theirs: TheirSum },
): void {
  if (agrees(ours, theirs)) {
    compared.agreed.push(...theirs.lines.map(({ statementId, line }) => ({ statementId, line })));
    return;
  }
  const openCases = sides.openCases.get(performanceId) ?? 0;
  compared.differences.push({
    by: 'performance',
    ticket: null,
    performanceId,
    ours: moneyOf(ours),
    theirs: moneyOf(theirs),
    cause: openCases > 0 ? 'open_case' : causeOf(ours, theirs),
    openCases,
    bookedIn: ours?.bookedIn ?? null,
  });
}

function compareTotals(compared: Compared, tickets: readonly OurTicket[]): void {
  const { ours, theirs } = compared;
  const onTopMinor = tickets.reduce((sum, one) => sum + one.onTopMinor, 0);
  if (agrees({ ...ours, onTopMinor, performanceId: null, bookedIn: null }, theirs)) return;
  compared.differences.push({
    by: 'total',
    ticket: null,
    performanceId: null,
    ours: moneyOf(ours),
    theirs: moneyOf(theirs),
    cause: ours.grossMinor === theirs.grossMinor ? 'commission' : 'amount',
    openCases: 0,
    bookedIn: null,
  });
}
