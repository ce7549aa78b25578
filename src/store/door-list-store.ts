/** Codes for the door's files, page by page, and blocking a code by hand. */
import type { ListedCode } from '../domain/access/door-list.ts';
import type { Tx } from './database/transaction.ts';

export type ListScope =
  | { performanceId: number }
  /** A pass; `days`: first days on which a ticket is valid on the day asked for. */
  | { productId: number; days: { from: string; to: string } | null };

/**
 * Codes of a performance or a pass after `after`, in their order. The codes are walked by their
 * key: a list needs no index of its own, and integrating pays nothing for it.
 */
export function readListPage(
  tx: Tx,
  scope: ListScope,
  page: { after: string; limit: number },
): Promise<ListedCode[]> {
  const isPass = 'productId' in scope;
  const days = isPass ? scope.days : null;
  return tx.query<ListedCode>(
    `select a.code, a.state, a.reason, a.changed_at as "changedAt", a.day,
            a.performance_id as "performanceId", t.seat_category_id as "seatCategoryId",
            t.our_price_minor as "priceMinor", t.sold_at as "soldAt",
            coalesce(t.name_missing, false) as "nameMissing"
     from access_code a
     left join lateral (
       select seat_category_id, our_price_minor, sold_at,
         name_missing and name_state is distinct from 'accepted' as name_missing from ticket t
       where t.organisation_id = $1 and t.id = a.ticket_id offset 0) t on true
     where a.organisation_id = $1 and a.code > $2
       and ${isPass ? 'a.product_id = $4 and a.performance_id is null' : 'a.performance_id = $4'}
       and ($5::date is null or a.day is null or a.day between $5 and $6)
     order by a.code limit $3`,
    [
      tx.organisationId,
      page.after,
      page.limit,
      isPass ? scope.productId : scope.performanceId,
      days?.from ?? null,
      days?.to ?? null,
    ],
  );
}

export interface BlockableCode {
  code: string;
  state: ListedCode['state'];
  reason: string | null;
  source: 'ticket' | 'case' | 'list';
  /** Null without a ticket. */
  ticket: {
    state: 'valid' | 'cancelled' | 'exchanged';
    isTest: boolean;
    overbooked: boolean;
    performanceCancelled: boolean;
    /** Its cancellation waits in a case: that alone closes the code. */
    endsSoon: boolean;
  } | null;
  /** The first problem of the open case that it came by. */
  problem: string | null;
}

/** A code with what decides about it, locked. */
export async function lockCode(tx: Tx, code: string): Promise<BlockableCode | null> {
  const rows = await tx.query<BlockableCode>(
    `select a.code, a.state, a.reason, a.source, q.problem,
            case when t.state is null then null else jsonb_build_object('state', t.state,
              'isTest', t.is_test, 'overbooked', t.overbooked,
              'performanceCancelled', coalesce(p.cancelled_at is not null, false),
              'endsSoon', coalesce(ending.known, false)) end as ticket
     from access_code a
     left join lateral (
       select state, is_test, overbooked, number, reseller_account_id from ticket t
       where t.organisation_id = $1 and t.id = a.ticket_id offset 0) t on true
     left join lateral (
       select true as known from quarantine e
       join message m on m.organisation_id = $1 and m.id = e.message_id
       where e.organisation_id = $1 and e.reseller_account_id = t.reseller_account_id
         and t.number in (e.ticket, e.replaces) and e.settled_at is null
         and m.kind in ('cancellation', 'exchange') limit 1) ending on true
     left join lateral (
       select cancelled_at from performance p
       where p.organisation_id = $1 and p.id = a.performance_id offset 0) p on true
     left join lateral (
       select problems -> 0 ->> 'code' as problem from quarantine q
       where q.organisation_id = $1 and q.message_id = a.message_id and q.settled_at is null
       offset 0) q on true
     where a.organisation_id = $1 and a.code = $2
     for no key update of a`,
    [tx.organisationId, code],
  );
  return rows[0] ?? null;
}

export async function writeCodeState(
  tx: Tx,
  code: string,
  next: { state: string; reason: string | null; at: string },
): Promise<void> {
  await tx.execute(
    `update access_code set state = $3, reason = $4, changed_at = $5
     where organisation_id = $1 and code = $2`,
    [tx.organisationId, code, next.state, next.reason, next.at],
  );
}
