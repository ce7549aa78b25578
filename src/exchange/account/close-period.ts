import { checkClosing } from '../../domain/money/closing.ts';
import { boundsOf, openPeriodOf } from '../../domain/money/periods.ts';
import type { AccountInterface, LockedAccount } from '../../store/account-store.ts';
import {
  insertClosedPeriod,
  lockAccount,
  readAccountInterfaces,
} from '../../store/account-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { readWaiting } from '../../store/ledger-store.ts';
import type { AccountRefusal, AccountServices } from './account-services.ts';
import { refuse } from './account-services.ts';

export interface CloseRequest {
  organisationId: number;
  accountId: number;
  /** `YYYY-MM`. */
  period: string;
  author: string;
  reason: string | null;
  /** Close although there are warnings. */
  despiteWarnings?: boolean;
  /** Close the month that still runs. */
  evenRunning?: boolean;
}

export type CloseWarning =
  /** Cases of operations before the period's end: once settled they are booked late. */
  | { code: 'account.open_cases'; params: { interface: string; cases: number } }
  /** The last good integration began before the period's end, or there was none. */
  | {
      code: 'account.integration_old';
      params: { interface: string; reseller: string; last: string | null };
    };

export type CloseResult =
  | { outcome: 'closed'; period: string; warnings: readonly CloseWarning[] }
  /** Closed before, by whomever: nothing was written. */
  | { outcome: 'known'; period: string; warnings: readonly [] }
  /** Nothing was written: the warnings were not accepted. */
  | { outcome: 'warned'; period: string; warnings: readonly CloseWarning[] }
  | AccountRefusal;

/**
 * Closes a month of an account for good. It holds the account's row: a batch that writes entries
 * holds it too, so one of them sees what the other did, and no entry ever lands in a closed month.
 */
export function closePeriod(
  services: AccountServices,
  request: CloseRequest,
): Promise<CloseResult> {
  const { database, ids, clock } = services;
  return database.transaction(request.organisationId, async (tx): Promise<CloseResult> => {
    const { timeZone } = await readOrganisation(tx);
    const account = await lockAccount(tx, request.accountId);
    const { period, author, reason, evenRunning = false } = request;
    const at = clock();
    const running = openPeriodOf(at.toISOString(), [], timeZone).period;
    const checked = checkClosing({ period, closed: account.closed, running, evenRunning });
    if (checked.outcome === 'closed_already') return { outcome: 'known', period, warnings: [] };
    if (checked.outcome === 'refused') return refuse(checked.code, checked.params);
    const warnings = await warningsOf(tx, account, boundsOf(period, timeZone).until);
    if (warnings.length > 0 && request.despiteWarnings !== true) {
      return { outcome: 'warned', period, warnings };
    }
    const [id] = await ids.take(1, tx);
    await insertClosedPeriod(tx, { accountId: account.id, period, at: at.toISOString(), author });
    await writeJournal(tx, [
      {
        id: id as number,
        at,
        author,
        action: 'account.period_closed',
        subject: `account ${account.code}`,
        after: { period, balanceMinor: account.balanceMinor, warnings },
        reason,
      },
    ]);
    return { outcome: 'closed', period, warnings };
  });
}

async function warningsOf(tx: Tx, account: LockedAccount, until: string): Promise<CloseWarning[]> {
  const interfaces = await readAccountInterfaces(tx, account.id);
  const waiting = await readWaiting(tx, account.id, until);
  return interfaces.flatMap((one) => warningsOfInterface(one, waiting, until));
}

function warningsOfInterface(
  { id, code, reseller, status, lastIntegratedAt: last }: AccountInterface,
  waiting: Awaited<ReturnType<typeof readWaiting>>,
  until: string,
): CloseWarning[] {
  const warnings: CloseWarning[] = [];
  const cases = waiting
    .filter((one) => one.interfaceId === id)
    .reduce((sum, one) => sum + one.cases, 0);
  if (cases > 0) {
    warnings.push({ code: 'account.open_cases', params: { interface: code, cases } });
  }
  if (status === 'visible' && (last === null || last < until)) {
    warnings.push({ code: 'account.integration_old', params: { interface: code, reseller, last } });
  }
  return warnings;
}
