/** What people do to cases: decide, set aside, report, take, note. */
import type { CaseDecision } from '../domain/order/case-decision.ts';
import type { Tx } from './database/transaction.ts';

export interface DecidedBy {
  way: string;
  author: string;
  at: Date;
  reason: string;
}

/** Keeps decisions on their cases, for whoever takes them up. */
export async function writeDecisions(
  tx: Tx,
  decided: readonly { id: number; decision: CaseDecision | null }[],
  by: DecidedBy,
): Promise<void> {
  if (decided.length === 0) return;
  await tx.execute(
    `update quarantine q
     set decision = r.decision::jsonb, decided_way = $4, decided_by = $5, decided_at = $6,
       reason = $7
     from unnest($2::bigint[], $3::text[]) as r(id, decision)
     where q.organisation_id = $1 and q.message_id = r.id and q.settled_at is null`,
    [
      tx.organisationId,
      decided.map((one) => one.id),
      decided.map((one) => (one.decision === null ? null : JSON.stringify(one.decision))),
      by.way,
      by.author,
      by.at.toISOString(),
      by.reason,
    ],
  );
}

/**
 * Settles cases without booking their messages: our books stay as they are. Codes that a case
 * opened provisionally open nothing any more, and a ticket whose end is not booked opens again.
 */
export async function setAside(tx: Tx, ids: readonly number[], by: DecidedBy): Promise<void> {
  if (ids.length === 0) return;
  const at = by.at.toISOString();
  await tx.execute(
    `update quarantine
     set settled_at = $3, settled_by = $4, way_out = $5, reason = $6, decided_way = $5,
       decided_by = $4, decided_at = $3
     where organisation_id = $1 and message_id = any($2::bigint[]) and settled_at is null`,
    [tx.organisationId, ids, at, by.author, by.way, by.reason],
  );
  await tx.execute(
    `update message set state = 'set_aside'
     where organisation_id = $1 and id = any($2::bigint[]) and state = 'quarantined'`,
    [tx.organisationId, ids],
  );
  await tx.execute(
    `update access_code set state = 'revoked', reason = $4, changed_at = $3
     where organisation_id = $1 and message_id = any($2::bigint[]) and source = 'case'
       and state in ('provisional', 'see_box_office')`,
    [tx.organisationId, ids, at, by.way],
  );
  await openAgain(tx, ids, at);
}

/**
 * A cancellation or an exchange that waited has closed the code of its living ticket. When it is
 * not booked the ticket opens again, unless another one still waits to end it, or its performance
 * was cancelled meanwhile.
 */
async function openAgain(tx: Tx, ids: readonly number[], at: string): Promise<void> {
  await tx.execute(
    `update access_code c
     set state = case when t.is_test then 'test' when p.cancelled_at is not null then 'revoked'
           when t.overbooked then 'see_box_office' else 'valid' end,
       reason = case when t.is_test then 'test'
         when p.cancelled_at is not null then 'performance.cancelled'
         when t.overbooked then 'overbooked' end,
       changed_at = $3
     from message m
     join ticket t on t.organisation_id = m.organisation_id
       and t.reseller_account_id = m.reseller_account_id and t.state = 'valid'
       and t.number in (m.ticket, m.content ->> 'replaces')
     left join performance p on p.organisation_id = t.organisation_id
       and p.id = t.performance_id
     where m.organisation_id = $1 and m.id = any($2::bigint[])
       and m.kind in ('cancellation', 'exchange')
       and c.organisation_id = $1 and c.code = t.barcode and c.ticket_id = t.id
       and c.state = 'revoked' and c.reason in ('cancellation', 'exchange')
       and not exists (
         select from quarantine q
         join message o on o.organisation_id = $1 and o.id = q.message_id
         where q.organisation_id = $1 and q.reseller_account_id = m.reseller_account_id
           and q.settled_at is null and t.number in (q.ticket, q.replaces)
           and o.kind in ('cancellation', 'exchange'))`,
    [tx.organisationId, ids, at],
  );
}

export interface CaseOfInterface {
  interfaceId: number;
  id: number;
}

/** Open cases that wait behind these. */
export async function findFollowers(tx: Tx, ids: readonly number[]): Promise<CaseOfInterface[]> {
  if (ids.length === 0) return [];
  return await tx.query<CaseOfInterface>(
    `select interface_id as "interfaceId", message_id as id from quarantine
     where organisation_id = $1 and settled_at is null and root_message_id = any($2::bigint[])
     order by message_id`,
    [tx.organisationId, ids],
  );
}

/** Open cases that wait behind these, or name the same tickets: what is to be read again. */
export function findNeighbours(tx: Tx, ids: readonly number[]): Promise<CaseOfInterface[]> {
  return tx.query<CaseOfInterface>(
    `select q.interface_id as "interfaceId", q.message_id as id from quarantine q
     where q.organisation_id = $1 and q.settled_at is null
       and q.root_message_id = any($2::bigint[])
     union
     select q.interface_id, q.message_id
     from quarantine c
     join quarantine q on q.organisation_id = $1
       and q.reseller_account_id = c.reseller_account_id and q.ticket = c.ticket
       and q.settled_at is null
     where c.organisation_id = $1 and c.message_id = any($2::bigint[])
     order by 2`,
    [tx.organisationId, ids],
  );
}

/** What a change of our own data may set free, wherever it waits. */
export type Covered =
  | { what: 'price'; productId: number }
  | { what: 'window'; productId: number; salesChannelId: number }
  | { what: 'account'; pendingAccountId: number }
  | { what: 'performance'; performanceId: number };

const COVERED_CODES: Readonly<Record<Covered['what'], readonly string[]>> = {
  price: ['price.missing', 'price.differs'],
  window: ['product.not_on_channel', 'product.outside_window', 'performance.preparing'],
  account: ['account.ceiling'],
  performance: ['performance.cancelled', 'performance.closed', 'performance.preparing'],
};

export function findCovered(tx: Tx, covered: Covered): Promise<CaseOfInterface[]> {
  const [condition, id] = ((): [string, number] => {
    switch (covered.what) {
      case 'price':
        return ['q.product_id = $2', covered.productId];
      case 'window':
        return ['q.product_id = $2', covered.productId];
      case 'account':
        return ['i.pending_account_id = $2', covered.pendingAccountId];
      case 'performance':
        return ['q.performance_id = $2', covered.performanceId];
    }
  })();
  return tx.query<CaseOfInterface>(
    `select q.interface_id as "interfaceId", q.message_id as id
     from quarantine q
     join interface i on i.organisation_id = $1 and i.id = q.interface_id
     where q.organisation_id = $1 and q.settled_at is null and ${condition}
       and exists (select from jsonb_array_elements(q.problems) as e
         where e ->> 'code' = any($3::text[]))
     order by q.message_id`,
    [tx.organisationId, id, COVERED_CODES[covered.what]],
  );
}

/** Puts open cases on their reseller's list; answers those that were not on it. */
export async function writeReported(tx: Tx, ids: readonly number[], at: Date): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `update quarantine set reported_at = $3
     where organisation_id = $1 and message_id = any($2::bigint[]) and settled_at is null
       and reported_at is null
     returning message_id as id`,
    [tx.organisationId, ids, at.toISOString()],
  );
  return rows.map((row) => row.id);
}

/** Whose case it is; null: nobody's. */
export async function writeTaken(
  tx: Tx,
  ids: readonly number[],
  takenBy: string | null,
): Promise<number> {
  return await tx.execute(
    `update quarantine set taken_by = $3
     where organisation_id = $1 and message_id = any($2::bigint[]) and settled_at is null
       and taken_by is distinct from $3`,
    [tx.organisationId, ids, takenBy],
  );
}

export async function writeNote(tx: Tx, ids: readonly number[], note: string): Promise<number> {
  return await tx.execute(
    `update quarantine set note = $3
     where organisation_id = $1 and message_id = any($2::bigint[])
       and note is distinct from $3`,
    [tx.organisationId, ids, note],
  );
}
