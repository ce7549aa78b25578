/** The ledger of an account as a list, the newest month and entry first, with its balance. */
import type { Tx } from './database/transaction.ts';

export interface EntryFilter {
  accountId: number;
  period?: string;
  kinds?: readonly string[];
  interfaceId?: number;
  performanceId?: number;
  /** Number of a ticket. */
  ticket?: string;
  document?: string;
  late?: boolean;
}

/** Where an entry stands: by period, then when it was entered, then id. */
export interface EntryKey {
  period: string;
  /** As the database writes it: microseconds must not be lost. */
  at: string;
  id: number;
}

export interface EntryRow {
  id: number;
  kind: string;
  amountMinor: number;
  currency: string;
  period: string;
  late: boolean;
  operationAt: string;
  enteredAt: string;
  /** `enteredAt` as text for the key of a page. */
  at: string;
  document: string | null;
  author: string;
  interfaceId: number | null;
  interfaceCode: string | null;
  ticket: string | null;
  performanceId: number | null;
  performance: string | null;
  runId: number | null;
  runNumber: number | null;
}

/** A page of entries that the filter lets through, after a key. */
export function listEntries(
  tx: Tx,
  filter: EntryFilter,
  page: { after: EntryKey | null; limit: number },
): Promise<EntryRow[]> {
  const { after } = page;
  return tx.query<EntryRow>(
    `select e.id, e.kind, e.amount_minor as "amountMinor", e.currency, e.period, e.late,
       e.operation_at as "operationAt", e.entered_at as "enteredAt", e.entered_at::text as at,
       e.document, e.author, e.interface_id as "interfaceId", i.code as "interfaceCode",
       t.number as ticket, e.performance_id as "performanceId",
       d.code || '/' || p.code as performance, e.run_id as "runId", r.number as "runNumber"
     from ledger_entry e
     left join interface i on i.organisation_id = $1 and i.id = e.interface_id
     left join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
     left join performance p on p.organisation_id = $1 and p.id = e.performance_id
     left join product d on d.organisation_id = $1 and d.id = p.product_id
     left join run r on r.organisation_id = $1 and r.id = e.run_id
     where e.organisation_id = $1 and e.pending_account_id = $2
       and ($3::text is null or e.period = $3)
       and ($4::text[] is null or e.kind = any($4::text[]))
       and ($5::bigint is null or e.interface_id = $5)
       and ($6::bigint is null or e.performance_id = $6)
       and ($7::text is null or e.ticket_id in (
         select id from ticket where organisation_id = $1 and number = $7))
       and ($8::text is null or e.document = $8)
       and ($9::boolean is null or e.late = $9)
       and ($10::text is null or (e.period, e.entered_at, e.id) < ($10, $11::timestamptz, $12))
     order by e.period desc, e.entered_at desc, e.id desc
     limit $13`,
    [
      tx.organisationId,
      filter.accountId,
      filter.period ?? null,
      filter.kinds ?? null,
      filter.interfaceId ?? null,
      filter.performanceId ?? null,
      filter.ticket ?? null,
      filter.document ?? null,
      filter.late ?? null,
      after?.period ?? null,
      after?.at ?? null,
      after?.id ?? null,
      page.limit,
    ],
  );
}

/**
 * What the account stood at with each of these entries, by id. `top` is the balance with all
 * entries below the key (all there are where that is null); whatever lies between counts, shown or
 * not. The entries are of one page, in its order.
 */
export async function readBalances(
  tx: Tx,
  accountId: number,
  page: {
    after: EntryKey | null;
    top: number;
    rows: readonly Pick<EntryRow, 'id' | 'period' | 'at'>[];
  },
): Promise<Map<number, number>> {
  const { after, top, rows } = page;
  const last = rows.at(-1);
  if (last === undefined) return new Map();
  const found = await tx.query<{ id: number; above: number }>(
    `select id, above from (
       select id, (sum(amount_minor) over (order by period desc, entered_at desc, id desc)
         - amount_minor)::bigint as above
       from ledger_entry
       where organisation_id = $1 and pending_account_id = $2
         and (period, entered_at, id) >= ($3, $4::timestamptz, $5)
         and ($6::text is null or (period, entered_at, id) < ($6, $7::timestamptz, $8))) e
     where id = any($9::bigint[])`,
    [
      tx.organisationId,
      accountId,
      last.period,
      last.at,
      last.id,
      after?.period ?? null,
      after?.at ?? null,
      after?.id ?? null,
      rows.map(({ id }) => id),
    ],
  );
  return new Map(found.map(({ id, above }) => [id, top - above]));
}
