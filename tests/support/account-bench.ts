/** A pending account of the small house, and what is done with it, without a reseller. */
import type { AccountServices } from '../../src/exchange/account/account-services.ts';
import type { CloseResult } from '../../src/exchange/account/close-period.ts';
import { closePeriod } from '../../src/exchange/account/close-period.ts';
import type { EntryRequest } from '../../src/exchange/account/enter-entry.ts';
import type { EntriesMade, NewEntry } from '../../src/store/account-store.ts';
import { lockAccount, sumLedger, writeEntries } from '../../src/store/account-store.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';
import { seedHouse, smallHouse } from './houses.ts';

export const ZONE = 'Europe/Paris';

export interface AccountBench {
  organisationId: number;
  accountId: number;
  interfaceId: number;
  services: AccountServices;
  /** Sets the clock. */
  setNow(iso: string): void;
  /** Writes entries as a batch does: under the account's lock, in one transaction. */
  book(entries: readonly NewEntry[]): Promise<EntriesMade>;
  /** A request to enter a document, with defaults. */
  entry(change: Partial<EntryRequest>): EntryRequest;
  close(period: string, change?: object): Promise<CloseResult>;
  query<Row extends object>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  execute(sql: string, params?: readonly unknown[]): Promise<number>;
  /** The kept balance and the sum of the ledger. */
  balances(): Promise<{ kept: number; sum: number }>;
}

let organisations = 0;

export async function openAccount(
  database: Database,
  now = '2026-11-24T10:00:00.000Z',
): Promise<AccountBench> {
  organisations += 1;
  let clock = now;
  const ids = createIdSource(database);
  const house = await seedHouse(database, smallHouse({ code: `ACC${organisations}` }), { ids });
  const { organisationId } = house;
  const query = <Row extends object>(sql: string, params: readonly unknown[] = []) =>
    database.transaction(organisationId, (tx) => tx.query<Row>(sql, params));
  const [account] = await query<{ id: number }>(
    `select id from pending_account where code = 'FNAC'`,
  );
  const accountId = account?.id ?? 0;
  const services: AccountServices = { database, ids, clock: () => new Date(clock) };
  return {
    organisationId,
    accountId,
    interfaceId: await house.idOf('interface', 'FNAC'),
    services,
    setNow: (iso) => {
      clock = iso;
    },
    book: (entries) =>
      database.transaction(organisationId, async (tx) => {
        const fresh = await ids.take(entries.length, tx);
        return writeEntries(tx, await lockAccount(tx, accountId), entries, {
          timeZone: ZONE,
          at: clock,
          author: 'run',
          interfaceId: null,
          runId: null,
          nextId: () => fresh.pop() as number,
          byHand: false,
        });
      }),
    entry: (change) => ({
      organisationId,
      accountId,
      amountMinor: 100,
      document: 'D1',
      day: '2026-11-05',
      author: 'Anne',
      reason: null,
      ...change,
    }),
    close: (period, change = {}) =>
      closePeriod(services, {
        organisationId,
        accountId,
        period,
        author: 'Anne',
        reason: null,
        despiteWarnings: true,
        ...change,
      }),
    query,
    execute: (sql, params = []) =>
      database.transaction(organisationId, (tx) => tx.execute(sql, params)),
    balances: () =>
      database.transaction(organisationId, async (tx) => ({
        kept: (await lockAccount(tx, accountId)).balanceMinor,
        sum: await sumLedger(tx, accountId),
      })),
  };
}
