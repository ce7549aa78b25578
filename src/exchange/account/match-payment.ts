/** Clearing: a payment (or an adjustment) is matched with the statement that it settles. */
import { lockAccount } from '../../store/account-store.ts';
import type { Database } from '../../store/database/database.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { MatchRecord, SettledStatement, SettlingEntry } from '../../store/settlement-store.ts';
import {
  insertMatch,
  listMatches,
  readSettledStatements,
  readSettlingEntries,
  undoMatch,
} from '../../store/settlement-store.ts';
import type { AccountServices } from './account-services.ts';

export interface Settlement {
  statements: SettledStatement[];
  entries: SettlingEntry[];
  matches: MatchRecord[];
}

/** Everything of an account that settles or is to be settled; matches undone are among them. */
export function readSettlement(
  { database }: { database: Database },
  { organisationId, accountId }: { organisationId: number; accountId: number },
): Promise<Settlement> {
  return database.transaction(
    organisationId,
    async (tx) => ({
      statements: await readSettledStatements(tx, accountId),
      entries: await readSettlingEntries(tx, accountId),
      matches: await listMatches(tx, accountId),
    }),
    { isolation: 'repeatable read', readOnly: true },
  );
}

export interface MatchRequest {
  organisationId: number;
  accountId: number;
  statementId: number;
  entryId: number;
  /** Minor units; none: as much as both have open. */
  amountMinor?: number;
  author: string;
}

export type MatchRefusalCode =
  | 'account.match_unknown'
  | 'account.match_replaced'
  | 'account.match_twice'
  | 'account.match_settled'
  | 'account.match_beyond';

export type MatchResult =
  | { outcome: 'matched'; id: number; amountMinor: number; openMinor: number }
  | {
      outcome: 'refused';
      code: MatchRefusalCode;
      params: Readonly<Record<string, string | number | null>>;
    };

export function matchPayment(
  { database, ids, clock }: AccountServices,
  request: MatchRequest,
): Promise<MatchResult> {
  return database.transaction(request.organisationId, async (tx): Promise<MatchResult> => {
    const { accountId, statementId, entryId, author } = request;
    const account = await lockAccount(tx, accountId);
    const [statement] = await readSettledStatements(tx, accountId, statementId);
    const [entry] = await readSettlingEntries(tx, accountId, entryId);
    if (statement === undefined || entry === undefined) return refuse('account.match_unknown');
    if (statement.isReplaced) {
      return refuse('account.match_replaced', { document: statement.document });
    }
    const before = await listMatches(tx, accountId);
    const isMatched = before.some(
      (one) => one.undoneAt === null && one.statementId === statementId && one.entryId === entryId,
    );
    if (isMatched) return refuse('account.match_twice', { document: entry.document });
    const owed = statement.netMinor - statement.matchedMinor;
    const paid = entry.paysMinor - entry.matchedMinor;
    const most = commonPart(owed, paid);
    if (most === 0) return refuse('account.match_settled', { owed, paid });
    const amountMinor = request.amountMinor ?? most;
    if (commonPart(amountMinor, most) !== amountMinor || amountMinor === 0) {
      return refuse('account.match_beyond', { amount: amountMinor, most });
    }
    const [id, journalId] = (await ids.take(2, tx)) as [number, number];
    const at = clock();
    const match = { statementId, entryId, amountMinor };
    await insertMatch(tx, { id, ...match, matchedAt: at.toISOString(), matchedBy: author });
    await writeJournal(tx, [
      {
        id: journalId,
        at,
        author,
        action: 'account.matched',
        subject: `account ${account.code}`,
        after: { statement: statement.document, document: entry.document, amountMinor },
        reason: null,
      },
    ]);
    return { outcome: 'matched', id, amountMinor, openMinor: owed - amountMinor };
  });
}

/** What two amounts have in common: of one sign, the smaller; of two signs, nothing. */
function commonPart(a: number, b: number): number {
  if (a > 0 && b > 0) return Math.min(a, b);
  return a < 0 && b < 0 ? Math.max(a, b) : 0;
}

export type UndoResult = { outcome: 'undone' | 'known' } | { outcome: 'unknown' };

/** Takes a match back; both documents are open again by its amount. */
export function undoMatching(
  { database, ids, clock }: AccountServices,
  request: {
    organisationId: number;
    accountId: number;
    matchId: number;
    author: string;
    reason: string;
  },
): Promise<UndoResult> {
  return database.transaction(request.organisationId, async (tx): Promise<UndoResult> => {
    const { accountId, matchId, author, reason } = request;
    const account = await lockAccount(tx, accountId);
    const match = (await listMatches(tx, accountId)).find(({ id }) => id === matchId);
    if (match === undefined) return { outcome: 'unknown' };
    const at = clock();
    if (!(await undoMatch(tx, matchId, { at: at.toISOString(), author }))) {
      return { outcome: 'known' };
    }
    const [id = 0] = await ids.take(1, tx);
    const { statement, document, amountMinor } = match;
    await writeJournal(tx, [
      {
        id,
        at,
        author,
        action: 'account.match_undone',
        subject: `account ${account.code}`,
        before: { statement, document, amountMinor },
        reason,
      },
    ]);
    return { outcome: 'undone' };
  });
}

function refuse(
  code: MatchRefusalCode,
  params: Readonly<Record<string, string | number | null>> = {},
): MatchResult {
  return { outcome: 'refused', code, params };
}
