import type { CaseDecision } from '../domain/order/case-decision.ts';
import type { OpenCase } from '../domain/order/state.ts';
import type { SeatKey } from './books-state-store.ts';
import type { Tx } from './database/transaction.ts';

/** Reads the open cases that the keys of a batch may set free, as the books are read. */

export interface StoredCase extends OpenCase {
  ticket: string;
  problems: { code: string; params: Record<string, string | number | null> }[];
  decision: CaseDecision | null;
  reported: boolean;
}

const CASE_COLUMNS = `
  q.message_id as "messageId", q.root_message_id as "rootMessageId", q.ticket, q.problems,
  q.decision, q.reported_at is not null as reported, m.content as message`;

/** Whether the account has any open case: most days there is none to look for. */
export async function hasOpenCases(tx: Tx, resellerAccountId: number): Promise<boolean> {
  const rows = await tx.query(
    `select from quarantine where organisation_id = $1 and reseller_account_id = $2
       and settled_at is null limit 1`,
    [tx.organisationId, resellerAccountId],
  );
  return rows.length > 0;
}

/** Open cases that name one of these tickets, as their own or as the one they replace. */
export function readCasesOfTickets(
  tx: Tx,
  resellerAccountId: number,
  tickets: readonly string[],
): Promise<StoredCase[]> {
  const casesWhere = (column: 'ticket' | 'replaces') => `
     select ${CASE_COLUMNS}
     from unnest($3::text[]) as k(ticket)
     cross join lateral (
       select * from quarantine q
       where q.organisation_id = $1 and q.reseller_account_id = $2 and q.${column} = k.ticket
         and q.settled_at is null offset 0) q
     cross join lateral (
       select content from message m
       where m.organisation_id = $1 and m.id = q.message_id offset 0) m`;
  return tx.query<StoredCase>(`${casesWhere('ticket')} union all ${casesWhere('replaces')}`, [
    tx.organisationId,
    resellerAccountId,
    tickets,
  ]);
}

/** The oldest open cases that wait for a place of these counters, at most `most` of each. */
export function readCasesOfCounters(
  tx: Tx,
  resellerAccountId: number,
  counterIds: readonly number[],
  most: number,
): Promise<StoredCase[]> {
  return tx.query<StoredCase>(
    `select ${CASE_COLUMNS}
     from unnest($3::bigint[]) as k(counter_id)
     cross join lateral (
       select * from quarantine q
       where q.organisation_id = $1 and q.counter_id = k.counter_id and q.settled_at is null
         and q.reseller_account_id = $2
       order by q.message_id limit $4 offset 0) q
     cross join lateral (
       select content from message m
       where m.organisation_id = $1 and m.id = q.message_id offset 0) m`,
    [tx.organisationId, resellerAccountId, counterIds, most],
  );
}

export function readCasesOfSeats(
  tx: Tx,
  resellerAccountId: number,
  seats: readonly SeatKey[],
): Promise<StoredCase[]> {
  return tx.query<StoredCase>(
    `select ${CASE_COLUMNS}
     from unnest($3::bigint[], $4::bigint[]) as k(performance_id, seat_id)
     cross join lateral (
       select * from quarantine q
       where q.organisation_id = $1 and q.performance_id = k.performance_id
         and q.seat_id = k.seat_id and q.settled_at is null
         and q.reseller_account_id = $2 offset 0) q
     cross join lateral (
       select content from message m
       where m.organisation_id = $1 and m.id = q.message_id offset 0) m`,
    [
      tx.organisationId,
      resellerAccountId,
      seats.map((seat) => seat.performanceId),
      seats.map((seat) => seat.seatId),
    ],
  );
}

/** Cases by message id, in the order given: what a replay takes up. */
export function readCasesById(tx: Tx, messageIds: readonly number[]): Promise<StoredCase[]> {
  return tx.query<StoredCase>(
    `select ${CASE_COLUMNS}
     from unnest($2::bigint[]) as k(id)
     cross join lateral (
       select * from quarantine q
       where q.organisation_id = $1 and q.message_id = k.id offset 0) q
     cross join lateral (
       select content from message m
       where m.organisation_id = $1 and m.id = q.message_id offset 0) m
     where q.settled_at is null`,
    [tx.organisationId, messageIds],
  );
}

/** The oldest open case that only a full ceiling stops; asked only where one stops sales. */
export async function readCeilingRoot(tx: Tx, resellerAccountId: number): Promise<number | null> {
  const [row] = await tx.query<{ id: number }>(
    `select message_id as id from quarantine
     where organisation_id = $1 and reseller_account_id = $2 and settled_at is null
       and root_message_id is null and problems -> 0 ->> 'code' = 'account.ceiling'
       and jsonb_array_length(problems) = 1
     order by message_id limit 1`,
    [tx.organisationId, resellerAccountId],
  );
  return row?.id ?? null;
}
