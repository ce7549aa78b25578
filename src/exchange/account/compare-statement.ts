import type { Compared, Difference, TheirLine } from '../../domain/money/compare-statement.ts';
import { compareStatement as compareSides } from '../../domain/money/compare-statement.ts';
import { boundsOf } from '../../domain/money/periods.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { findInterface, readOrganisation } from '../../store/interface-store.ts';
import type { LateEntry } from '../../store/ledger-store.ts';
import { readLateEntries } from '../../store/ledger-store.ts';
import type { MonthOfAccount, StatementRecord } from '../../store/statement-store.ts';
import {
  clearLines,
  countOpenCases,
  listStatements,
  readOurTickets,
  readPerformanceNames,
  readStatementLines,
  readTicketCauses,
} from '../../store/statement-store.ts';
import type { AccountServices } from './account-services.ts';

export interface CompareRequest {
  organisationId: number;
  interfaceId: number;
  /** `YYYY-MM`. */
  period: string;
  /** Mark what agrees as cleared; false only looks. */
  clear: boolean;
}

export interface ComparedStatement extends Compared {
  outcome: 'compared';
  period: string;
  currency: string;
  statements: readonly StatementRecord[];
  differences: (Difference & { performance: string | null })[];
  /** Lines cleared by this comparison, and still without agreement. */
  newlyCleared: number;
  openLines: number;
  /** Entries that the period took from closed months: not part of the comparison. */
  lateEntries: readonly LateEntry[];
}

export type CompareResult =
  | ComparedStatement
  /** No statement of this month was entered. */
  | { outcome: 'nothing'; period: string };

const LATE_SHOWN_MAX = 500;

/**
 * The reseller's statements of a month against our operations of the same month, by their instant:
 * an entry that was booked late counts here, where its sale was made, and says where it was booked.
 */
export function compareStatement(
  services: Pick<AccountServices, 'database' | 'clock'>,
  request: CompareRequest,
): Promise<CompareResult> {
  const { database, clock } = services;
  return database.transaction(request.organisationId, async (tx): Promise<CompareResult> => {
    const { period, interfaceId } = request;
    const { timeZone } = await readOrganisation(tx);
    const record = await findInterface(tx, interfaceId);
    const accountId = record?.pendingAccountId ?? null;
    if (record === null || accountId === null) {
      throw new Error(`Interface ${interfaceId} has no pending account.`);
    }
    const kept = await listStatements(tx, { interfaceId, period });
    const statements = kept.filter(({ replacedBy }) => replacedBy === null);
    if (statements.length === 0) return { outcome: 'nothing', period };
    const { resellerAccountId, currency } = record;
    const month = { accountId, resellerAccountId, period, ...boundsOf(period, timeZone) };
    const compared = await compareMonth(tx, month, statements);
    const newlyCleared = request.clear
      ? await clearLines(tx, compared.agreed, clock().toISOString())
      : 0;
    const lines = statements.reduce((sum, one) => sum + one.lines, 0);
    const names = await readPerformanceNames(tx);
    return {
      outcome: 'compared',
      period,
      currency,
      statements,
      ...compared,
      differences: compared.differences.map((one) => ({
        ...one,
        performance: one.performanceId === null ? null : (names.get(one.performanceId) ?? null),
      })),
      newlyCleared,
      openLines: lines - compared.agreed.length,
      lateEntries: await readLateEntries(tx, accountId, period, LATE_SHOWN_MAX),
    };
  });
}

async function compareMonth(
  tx: Tx,
  month: MonthOfAccount,
  statements: readonly StatementRecord[],
): Promise<Compared> {
  const ours = await readOurTickets(tx, month);
  const theirs: TheirLine[] = await readStatementLines(
    tx,
    statements.map(({ id }) => id),
  );
  const bare = statements.filter(({ lines }) => lines === 0);
  const totals =
    bare.length === 0
      ? null
      : {
          grossMinor: bare.reduce((sum, one) => sum + one.grossMinor, 0),
          commissionMinor: bare.reduce((sum, one) => sum + one.commissionMinor, 0),
          tickets: bare.reduce((sum, one) => sum + one.tickets, 0),
        };
  const openCases = await countOpenCases(tx, month);
  const sides = { ours, theirs, totals, openCases };
  // Causes are asked for what differs only: most of a statement agrees.
  const first = compareSides({ ...sides, causes: new Map() });
  const differing = first.differences.flatMap(({ ticket }) => ticket ?? []);
  if (differing.length === 0) return first;
  return compareSides({ ...sides, causes: await readTicketCauses(tx, month, differing) });
}
