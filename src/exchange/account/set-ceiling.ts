import { warnedAfter } from '../../domain/money/ceiling.ts';
import { lockAccount, updateCeiling } from '../../store/account-store.ts';
import { raiseCatalogueVersion } from '../../store/catalogue-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { writeJournal } from '../../store/journal-store.ts';
import { readCeilingCases } from '../../store/ledger-store.ts';
import type { AccountRefusal, AccountServices } from './account-services.ts';
import { refuse } from './account-services.ts';

export interface CeilingRequest {
  organisationId: number;
  accountId: number;
  /** Minor units; null: no ceiling. */
  ceilingMinor: number | null;
  author: string;
  reason: string | null;
}

export type CeilingResult =
  | {
      outcome: 'set';
      account: string;
      currency: string;
      beforeMinor: number | null;
      ceilingMinor: number | null;
      balanceMinor: number;
      /** Open cases that only the full ceiling stopped, by message id. */
      ceilingCases: readonly number[];
    }
  | AccountRefusal;

/** Sets the ceiling of an account, higher or lower; runs that go on follow it from now on. */
export function setCeiling(
  services: AccountServices,
  request: CeilingRequest,
): Promise<CeilingResult> {
  return services.database.transaction(request.organisationId, (tx) =>
    setCeilingIn(tx, services, request),
  );
}

/** The same within a transaction of the caller's; the account's lock is its last. */
export async function setCeilingIn(
  tx: Tx,
  { ids, clock }: Pick<AccountServices, 'ids' | 'clock'>,
  request: CeilingRequest,
): Promise<CeilingResult> {
  const { ceilingMinor, author, reason } = request;
  if (ceilingMinor !== null && ceilingMinor < 0) return refuse('account.ceiling_negative');
  // Runs read the ceiling with the catalogue: its row comes before the account in the locks.
  await raiseCatalogueVersion(tx);
  const account = await lockAccount(tx, request.accountId);
  const { code, currency, balanceMinor, ceilingMinor: beforeMinor, warnedPercent } = account;
  const warned = warnedAfter(warnedPercent, balanceMinor, ceilingMinor, true);
  await updateCeiling(tx, account.id, ceilingMinor, warned);
  const [id] = await ids.take(1, tx);
  await writeJournal(tx, [
    {
      id: id as number,
      at: clock(),
      author,
      action: 'account.ceiling',
      subject: `account ${code}`,
      before: { ceilingMinor: beforeMinor },
      after: { ceilingMinor },
      reason,
    },
  ]);
  const ceilingCases = await readCeilingCases(tx, account.id);
  const set = { account: code, currency, beforeMinor, ceilingMinor, balanceMinor, ceilingCases };
  return { outcome: 'set', ...set };
}
