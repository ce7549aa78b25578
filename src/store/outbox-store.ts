/** The outbox: what is to be sent, what was tried, what became of it. */
import type { DeliveryContent, DeliveryKind, SendResult } from '../domain/watch/delivery.ts';
import type { Tx } from './database/transaction.ts';

export interface NewDelivery {
  id: number;
  kind: DeliveryKind;
  recipient: string;
  hookId: number | null;
  language: string;
  content: DeliveryContent;
}

export async function insertDeliveries(
  tx: Tx,
  rows: readonly NewDelivery[],
  at: Date,
): Promise<void> {
  for (const row of rows) {
    await tx.execute(
      `insert into outbox (organisation_id, id, kind, recipient, hook_id, language, content, state,
         created_at, begun_at, next_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $8, $8)`,
      [
        tx.organisationId,
        row.id,
        row.kind,
        row.recipient,
        row.hookId,
        row.language,
        JSON.stringify(row.content),
        at.toISOString(),
      ],
    );
  }
}

export interface ClaimedDelivery extends NewDelivery {
  createdAt: string;
  begunAt: string;
  /** This attempt's number; it rises with each claim. */
  attempts: number;
}

/** Takes due deliveries for one sender; nobody else takes them before `until`. */
export async function claimDeliveries(
  tx: Tx,
  claim: { now: Date; until: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  const rows = await tx.query<ClaimedDelivery>(
    `with due as (
       select id from outbox
       where organisation_id = $1 and state = 'pending' and next_at <= $2
         and (claimed_until is null or claimed_until <= $2)
       order by next_at, id limit $4 for update skip locked)
     update outbox o set claimed_until = $3, attempts = o.attempts + 1
     from due where o.organisation_id = $1 and o.id = due.id
     returning o.id, o.kind, o.recipient, o.hook_id as "hookId", o.language, o.content, o.attempts,
       o.created_at as "createdAt", o.begun_at as "begunAt"`,
    [tx.organisationId, claim.now.toISOString(), claim.until.toISOString(), claim.limit],
  );
  return rows.sort((a, b) => a.id - b.id);
}

export interface AttemptEnd {
  id: number;
  attempt: number;
  at: Date;
  durationMs: number;
  result: SendResult;
  /** When it is tried again; null: never. */
  nextAt: Date | null;
}

/** Notes an attempt. One that was overtaken (its claim ran out) leaves only its line. */
export async function endAttempt(tx: Tx, end: AttemptEnd): Promise<void> {
  const { outcome, status, detail } = end.result;
  const at = end.at.toISOString();
  const state = outcome === 'delivered' ? 'delivered' : end.nextAt === null ? 'failed' : 'pending';
  await tx.execute(
    `insert into delivery_attempt (organisation_id, outbox_id, attempt, at, duration_ms, outcome,
       status, detail)
     select $1, id, $3, $4, $5, $6, $7, $8 from outbox where organisation_id = $1 and id = $2
     on conflict do nothing`,
    [tx.organisationId, end.id, end.attempt, at, end.durationMs, outcome, status, detail],
  );
  await tx.execute(
    `update outbox set state = $4, next_at = coalesce($5, next_at), claimed_until = null,
       done_at = case when $4 = 'pending' then null else $6::timestamptz end
     where organisation_id = $1 and id = $2 and state = 'pending'
       and (attempts = $3 or $4 = 'delivered')`,
    [tx.organisationId, end.id, end.attempt, state, end.nextAt?.toISOString() ?? null, at],
  );
}

export interface DeliveryRecord {
  id: number;
  kind: DeliveryKind;
  recipient: string;
  hookId: number | null;
  state: 'pending' | 'delivered' | 'failed';
  attempts: number;
  createdAt: string;
  nextAt: string;
  doneAt: string | null;
  content: DeliveryContent;
  log: {
    attempt: number;
    at: string;
    durationMs: number;
    outcome: SendResult['outcome'];
    status: number | null;
    detail: string | null;
  }[];
}

export interface DeliveryFilter {
  state?: 'pending' | 'delivered' | 'failed';
  kind?: DeliveryKind;
  hookId?: number;
  ids?: readonly number[];
  /** ISO instants of when it was written: from the first on, before the second. */
  from?: string;
  to?: string;
  beforeId?: number;
  limit: number;
}

/** The newest first, each with its attempts. */
export function listDeliveries(tx: Tx, filter: DeliveryFilter): Promise<DeliveryRecord[]> {
  return tx.query<DeliveryRecord>(
    `select o.id, o.kind, o.recipient, o.hook_id as "hookId", o.state, o.attempts,
       o.created_at as "createdAt",
            o.next_at as "nextAt", o.done_at as "doneAt", o.content,
            coalesce((select jsonb_agg(jsonb_build_object('attempt', a.attempt, 'at', a.at,
                'durationMs', a.duration_ms, 'outcome', a.outcome, 'status', a.status,
                'detail', a.detail) order by a.attempt)
              from delivery_attempt a
              where a.organisation_id = $1 and a.outbox_id = o.id), '[]') as log
     from outbox o
     where o.organisation_id = $1 and ($2::text is null or o.state = $2)
       and ($3::bigint[] is null or o.id = any($3)) and ($4::bigint is null or o.id < $4)
       and ($6::text is null or o.kind = $6) and ($7::bigint is null or o.hook_id = $7)
       and ($8::timestamptz is null or o.created_at >= $8)
       and ($9::timestamptz is null or o.created_at < $9)
     order by o.id desc limit $5`,
    [
      tx.organisationId,
      filter.state ?? null,
      filter.ids ?? null,
      filter.beforeId ?? null,
      filter.limit,
      filter.kind ?? null,
      filter.hookId ?? null,
      filter.from ?? null,
      filter.to ?? null,
    ],
  );
}

/** Sends again what was delivered or failed; answers the ids it took up. */
export async function reviveDeliveries(
  tx: Tx,
  ids: readonly number[],
  at: Date,
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `update outbox set state = 'pending', next_at = $3, begun_at = $3, claimed_until = null,
       done_at = null
     where organisation_id = $1 and id = any($2::bigint[])
       and (state <> 'pending' or claimed_until is null)
     returning id`,
    [tx.organisationId, ids, at.toISOString()],
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Forgets deliveries that ended long ago, with their attempts. */
export async function pruneOutbox(tx: Tx, before: Date): Promise<void> {
  await tx.execute(
    `delete from outbox where organisation_id = $1 and state <> 'pending' and created_at < $2`,
    [tx.organisationId, before.toISOString()],
  );
}
