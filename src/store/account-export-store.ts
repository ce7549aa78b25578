/** A month of the ledger for accounting: tickets summed, documents one by one. */
import type { Tx } from './database/transaction.ts';
import { BEFORE } from './ledger-store.ts';

export interface TicketSums {
  interface: string | null;
  product: string | null;
  performance: string | null;
  localStart: string | null;
  rateHundredths: number | null;
  late: boolean;
  grossMinor: number;
  vatMinor: number;
  commissionMinor: number;
  commissionVatMinor: number;
  /** What the ledger moved by. */
  amountMinor: number;
}

/** By interface, performance (or pass), rate of VAT, and whether it came late. */
export function readTicketSums(tx: Tx, accountId: number, period: string): Promise<TicketSums[]> {
  return tx.query<TicketSums>(
    `select i.code as interface, d.code as product, p.code as performance,
       p.local_start as "localStart", v.rate::int as "rateHundredths", v.late,
       sum(v.gross)::bigint as "grossMinor", sum(v.vat)::bigint as "vatMinor",
       sum(v.commission)::bigint as "commissionMinor",
       sum(v.commission_vat)::bigint as "commissionVatMinor",
       sum(v.amount)::bigint as "amountMinor"
     from (
       select e.interface_id, t.product_id, e.performance_id, t.vat_hundredths as rate, e.late,
         e.amount_minor as gross, 0 as commission, e.amount_minor as amount, 0 as commission_vat,
         round((b.before + e.amount_minor) * t.vat_hundredths::numeric / (10000 + t.vat_hundredths))
           - round(b.before * t.vat_hundredths::numeric / (10000 + t.vat_hundredths)) as vat
       from ledger_entry e
       left join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
       ${BEFORE(`'sale', 'refund'`)}
       where e.organisation_id = $1 and e.pending_account_id = $2 and e.period = $3
         and e.kind in ('sale', 'refund')
       union all
       select e.interface_id, t.product_id, e.performance_id, t.vat_hundredths, e.late,
         0, -e.amount_minor, e.amount_minor,
         case when t.commission_minor = 0 then 0 else
           round(-(b.before + e.amount_minor) * t.commission_vat_minor::numeric
             / t.commission_minor)
           - round(-b.before * t.commission_vat_minor::numeric / t.commission_minor) end, 0
       from ledger_entry e
       join ticket t on t.organisation_id = $1 and t.id = e.ticket_id
       ${BEFORE(`'commission'`)}
       where e.organisation_id = $1 and e.pending_account_id = $2 and e.period = $3
         and e.kind = 'commission') v
     left join interface i on i.organisation_id = $1 and i.id = v.interface_id
     left join product d on d.organisation_id = $1 and d.id = v.product_id
     left join performance p on p.organisation_id = $1 and p.id = v.performance_id
     group by i.code, d.code, p.code, p.local_start, p.id, v.rate, v.late
     order by i.code, d.code, p.local_start nulls first, v.late, v.rate`,
    [tx.organisationId, accountId, period],
  );
}

export interface DocumentLine {
  id: number;
  interface: string | null;
  kind: 'payment' | 'commission_invoice' | 'adjustment' | 'commission';
  document: string | null;
  operationAt: string;
  late: boolean;
  amountMinor: number;
}

/** Entries that belong to no ticket, in the order in which they were entered. */
export function readDocumentLines(
  tx: Tx,
  accountId: number,
  period: string,
  page: { afterId: number; limit: number },
): Promise<DocumentLine[]> {
  return tx.query<DocumentLine>(
    `select e.id, i.code as interface, e.kind, e.document, e.operation_at as "operationAt",
       e.late, e.amount_minor as "amountMinor"
     from ledger_entry e
     left join interface i on i.organisation_id = $1 and i.id = e.interface_id
     where e.organisation_id = $1 and e.pending_account_id = $2 and e.period = $3
       and e.ticket_id is null and e.kind not in ('sale', 'refund') and e.id > $4
     order by e.id limit $5`,
    [tx.organisationId, accountId, period, page.afterId, page.limit],
  );
}
