import { filledPercent } from '../../domain/money/ceiling.ts';
import { closedThrough, openPeriodOf, periodAfter } from '../../domain/money/periods.ts';
import type { AccountInterface, AccountRecord, ClosedPeriod } from '../../store/account-store.ts';
import {
  listAccounts,
  readAccountInterfaces,
  readClosedPeriods,
  sumLedger,
} from '../../store/account-store.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { readOrganisation } from '../../store/interface-store.ts';
import type { LateEntry, LedgerSum, VatSum, WaitingCase } from '../../store/ledger-store.ts';
import {
  readCommissionVat,
  readLateEntries,
  readLedgerSums,
  readVat,
  readWaiting,
} from '../../store/ledger-store.ts';
import type { AccountServices } from './account-services.ts';

/** What moved in a period; amounts in minor units, signed as people read them. */
export interface PeriodSums {
  period: string;
  closed: boolean;
  /** Sold, and given back (negative). */
  salesMinor: number;
  refundsMinor: number;
  /** Sold less given back: what the tickets cost. */
  grossMinor: number;
  /** The reseller's part, booked with the sales. */
  commissionMinor: number;
  netMinor: number;
  /** Invoiced by the reseller, and the part of it that was booked with the sales before. */
  invoicedMinor: number;
  invoicedBookedMinor: number;
  paidMinor: number;
  adjustedMinor: number;
  late: { entries: number; amountMinor: number };
  /** What the reseller owes at the end of the period. */
  balanceMinor: number;
}

export interface PeriodDetail extends PeriodSums {
  vat: readonly VatSum[];
  vatMinor: number;
  commissionVatMinor: number;
  lateEntries: readonly LateEntry[];
}

export interface AccountView extends AccountRecord {
  /** Whole percent of the ceiling; null without one. */
  filledPercent: number | null;
  interfaces: readonly AccountInterface[];
  /** The earliest month that takes entries of closed ones; null: none is closed. */
  openFrom: string | null;
  closed: readonly ClosedPeriod[];
  periods: readonly PeriodSums[];
  waiting: readonly WaitingCase[];
  /** The asked period in full. */
  detail: PeriodDetail | null;
  /** Only when asked for: what the ledger adds up to, to be held against the balance. */
  ledgerMinor: number | null;
}

const LATE_SHOWN_MAX = 500;

export interface ReadAccountRequest {
  organisationId: number;
  /** A period in full: VAT, late entries. `running` is the month of now. */
  period?: string | 'running';
  check?: boolean;
}

/** Every pending account of the house, by code. */
export function readAccounts(
  { database, clock }: Pick<AccountServices, 'database' | 'clock'>,
  request: ReadAccountRequest,
): Promise<AccountView[]> {
  return database.transaction(
    request.organisationId,
    async (tx) => {
      const { timeZone } = await readOrganisation(tx);
      const running = openPeriodOf(clock().toISOString(), [], timeZone).period;
      const period = request.period === 'running' ? running : (request.period ?? null);
      const views: AccountView[] = [];
      for (const account of await listAccounts(tx)) {
        views.push(await viewOf(tx, account, period, request.check === true));
      }
      return views;
    },
    // One snapshot: what is shown adds up, whatever is booked meanwhile.
    { isolation: 'repeatable read', readOnly: true },
  );
}

async function viewOf(
  tx: Tx,
  account: AccountRecord,
  period: string | null,
  check: boolean,
): Promise<AccountView> {
  const closed = await readClosedPeriods(tx, account.id);
  const through = closedThrough(closed.map((one) => one.period));
  const periods = sumPeriods(await readLedgerSums(tx, account.id), through);
  return {
    ...account,
    filledPercent: filledPercent(account.balanceMinor, account.ceilingMinor),
    interfaces: await readAccountInterfaces(tx, account.id),
    openFrom: through === null ? null : periodAfter(through),
    closed,
    periods,
    waiting: await readWaiting(tx, account.id),
    detail: period === null ? null : await detailOf(tx, account.id, period, periods, through),
    ledgerMinor: check ? await sumLedger(tx, account.id) : null,
  };
}

async function detailOf(
  tx: Tx,
  accountId: number,
  period: string,
  periods: readonly PeriodSums[],
  through: string | null,
): Promise<PeriodDetail> {
  const before = periods.findLast((one) => one.period < period)?.balanceMinor ?? 0;
  const sums = periods.find((one) => one.period === period) ?? emptySums(period, through, before);
  const vat = await readVat(tx, accountId, period);
  return {
    ...sums,
    vat,
    vatMinor: vat.reduce((sum, one) => sum + one.vatMinor, 0),
    commissionVatMinor: await readCommissionVat(tx, accountId, period),
    lateEntries: await readLateEntries(tx, accountId, period, LATE_SHOWN_MAX),
  };
}

function emptySums(period: string, through: string | null, balanceMinor: number): PeriodSums {
  return {
    period,
    closed: through !== null && period <= through,
    salesMinor: 0,
    refundsMinor: 0,
    grossMinor: 0,
    commissionMinor: 0,
    netMinor: 0,
    invoicedMinor: 0,
    invoicedBookedMinor: 0,
    paidMinor: 0,
    adjustedMinor: 0,
    late: { entries: 0, amountMinor: 0 },
    balanceMinor,
  };
}

function sumPeriods(rows: readonly LedgerSum[], through: string | null): PeriodSums[] {
  const periods: PeriodSums[] = [];
  for (const row of rows) {
    let sums = periods.at(-1);
    if (sums?.period !== row.period) {
      sums = emptySums(row.period, through, sums?.balanceMinor ?? 0);
      periods.push(sums);
    }
    addRow(sums, row);
  }
  return periods;
}

function addRow(sums: PeriodSums, { kind, amountMinor, ofTickets, late, entries }: LedgerSum) {
  sums.balanceMinor += amountMinor;
  if (late) {
    sums.late.entries += entries;
    sums.late.amountMinor += amountMinor;
  }
  if (kind === 'sale') sums.salesMinor += amountMinor;
  else if (kind === 'refund') sums.refundsMinor += amountMinor;
  else if (kind === 'payment') sums.paidMinor -= amountMinor;
  else if (kind === 'adjustment') sums.adjustedMinor += amountMinor;
  else if (kind === 'commission_invoice') sums.invoicedMinor -= amountMinor;
  else if (ofTickets) sums.commissionMinor -= amountMinor;
  else sums.invoicedBookedMinor += amountMinor;
  sums.grossMinor = sums.salesMinor + sums.refundsMinor;
  sums.netMinor = sums.grossMinor - sums.commissionMinor;
}
