import { isPeriod } from '../../domain/money/periods.ts';
import { lockAccount } from '../../store/account-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { InterfaceRecord } from '../../store/interface-store.ts';
import { findInterface } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import type { StatementLine, StatementTotals } from '../../store/statement-store.ts';
import {
  insertStatement,
  listStatements,
  readStatementLines,
} from '../../store/statement-store.ts';
import type { AccountRefusal, AccountServices } from './account-services.ts';
import { refuse } from './account-services.ts';

export interface StatementRequest {
  organisationId: number;
  interfaceId: number;
  /** `YYYY-MM`: the month that the statement is about. */
  period: string;
  /** Its number at the reseller. */
  document: string;
  /** The document of the same month that it corrects as a whole: that one counts no more. */
  replaces?: string | null;
  author: string;
  /** Typed totals, in minor units; with lines they must be the lines' sums. Null: the lines'. */
  totals: Partial<StatementTotals> | null;
  /** Lines by ticket or by performance; empty: only totals. */
  lines: readonly StatementLine[];
  /** Checks everything and writes nothing. */
  foretell?: boolean;
}

export type StatementResult =
  | ({
      outcome: 'entered' | 'known' | 'foretold';
      /** 0 where it is only foretold. */
      statementId: number;
      lines: number;
    } & StatementTotals)
  | AccountRefusal;

/** Keeps a reseller's statement of a month. The same document again changes nothing. */
export function enterStatement(
  services: AccountServices,
  request: StatementRequest,
): Promise<StatementResult> {
  const { database, ids, clock } = services;
  if (!isPeriod(request.period)) throw new Error(`${request.period} is no period.`);
  return database.transaction(request.organisationId, async (tx): Promise<StatementResult> => {
    const record = await findInterface(tx, request.interfaceId);
    if (record === null) throw new Error(`There is no interface ${request.interfaceId}.`);
    const document = request.document.trim();
    if (document === '') return refuse('account.document_missing');
    const totals = totalsOf(request);
    if ('outcome' in totals) return totals;
    const { account, refusal } = await accountOf(tx, record);
    if (refusal !== null) return refusal;
    const known = await findKnown(tx, { ...request, document }, totals);
    if (known !== null) return known;
    const { interfaceId, period, author, lines, replaces = null } = request;
    if (replaces !== null && !(await isKept(tx, request, replaces))) {
      return refuse('account.statement_unknown', { document: replaces, period });
    }
    if (request.foretell === true) {
      return { outcome: 'foretold', statementId: 0, lines: lines.length, ...totals };
    }
    const [id, journalId] = (await ids.take(2, tx)) as [number, number];
    const at = clock();
    const key = { accountId: account.id, interfaceId, period };
    const { currency } = account;
    await insertStatement(
      tx,
      { id, ...key, ...totals, document, replaces, currency, at: at.toISOString(), author },
      lines,
    );
    await writeJournal(tx, [
      {
        id: journalId,
        at,
        author,
        action: 'account.statement',
        subject: `account ${account.code}`,
        after: { interface: record.code, period, document, replaces, ...totals },
        reason: null,
      },
    ]);
    return { outcome: 'entered', statementId: id, lines: lines.length, ...totals };
  });
}

/** The account is locked, so that two who enter one document see one another. */
async function accountOf(tx: Tx, record: InterfaceRecord) {
  if (record.pendingAccountId === null) {
    throw new Error(`Interface ${record.code} has no pending account.`);
  }
  const account = await lockAccount(tx, record.pendingAccountId);
  const { currency } = account;
  const refusal =
    currency === record.currency
      ? null
      : refuse('account.statement_currency', { account: currency, interface: record.currency });
  return { account, refusal };
}

function totalsOf({ totals, lines }: StatementRequest): StatementTotals | AccountRefusal {
  const sums: StatementTotals = {
    grossMinor: lines.reduce((sum, line) => sum + line.grossMinor, 0),
    commissionMinor: lines.reduce((sum, line) => sum + line.commissionMinor, 0),
    tickets: new Set(lines.flatMap(({ ticket }) => ticket ?? [])).size,
  };
  if (lines.length === 0) return { ...sums, ...totals };
  for (const column of ['grossMinor', 'commissionMinor'] as const) {
    const typed = totals?.[column];
    if (typed !== undefined && typed !== sums[column]) {
      return refuse('account.statement_sums', { column, typed, lines: sums[column] });
    }
  }
  // A statement by performance names no tickets: their number is what was typed.
  return { ...sums, tickets: totals?.tickets ?? sums.tickets };
}

async function isKept(
  tx: Tx,
  { interfaceId, period }: StatementRequest,
  document: string,
): Promise<boolean> {
  const statements = await listStatements(tx, { interfaceId, period });
  return statements.some((one) => one.document === document);
}

async function findKnown(
  tx: Tx,
  request: StatementRequest,
  totals: StatementTotals,
): Promise<StatementResult | null> {
  const { interfaceId, period, document } = request;
  const statements = await listStatements(tx, { interfaceId, period });
  const known = statements.find((one) => one.document === document);
  if (known === undefined) return null;
  const text = (lines: readonly StatementLine[]) =>
    JSON.stringify(
      lines.map((one) => [one.ticket, one.performanceId, one.grossMinor, one.commissionMinor]),
    );
  const same =
    known.grossMinor === totals.grossMinor &&
    known.commissionMinor === totals.commissionMinor &&
    text(await readStatementLines(tx, [known.id])) === text(request.lines);
  if (!same) {
    const { author, enteredAt } = known;
    return refuse('account.statement_differs', { document, period, author, entered: enteredAt });
  }
  const { id, lines } = known;
  return { outcome: 'known', statementId: id, lines, ...totals };
}
