/** The ledger of an account page by page, with the balance that each entry left. */

import { listAccounts } from '../../store/account-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { EntryFilter, EntryKey, EntryRow } from '../../store/ledger-list-store.ts';
import { listEntries, readBalances } from '../../store/ledger-list-store.ts';

/** The end of a page: its last entry, and the balance before it. */
export interface EntriesKey extends EntryKey {
  balanceMinor: number;
}

export type ListedEntry = EntryRow & { balanceMinor: number };

export interface EntriesRequest extends EntryFilter {
  organisationId: number;
  after: EntriesKey | null;
  limit: number;
}

/** Null: there is no such account. */
export function readEntries(
  { database }: { database: Database },
  request: EntriesRequest,
): Promise<{ entries: ListedEntry[]; next: EntriesKey | null } | null> {
  const { organisationId, accountId, after, limit } = request;
  return database.transaction(
    organisationId,
    async (tx) => {
      const account = (await listAccounts(tx)).find(({ id }) => id === accountId);
      if (account === undefined) return null;
      const found = await listEntries(tx, request, { after, limit: limit + 1 });
      const rows = found.slice(0, limit);
      const top = after?.balanceMinor ?? account.balanceMinor;
      const balances = await readBalances(tx, accountId, { after, top, rows });
      const entries = rows.map((row) => ({ ...row, balanceMinor: balances.get(row.id) ?? 0 }));
      const last = entries.at(-1);
      if (found.length <= limit || last === undefined) return { entries, next: null };
      const { period, at, id } = last;
      const balanceMinor = last.balanceMinor - last.amountMinor;
      return { entries, next: { period, at, id, balanceMinor } };
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}
