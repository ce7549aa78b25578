/** Idempotency keys: each is held by one request, and then keeps that request's answer. */
import type { Tx } from './database/transaction.ts';

/** What a key is unique within. */
export interface RequestKey {
  caller: string;
  route: string;
  key: string;
}

export interface KeptRequest {
  digest: string;
  state: 'running' | 'done';
  status: number | null;
  contentType: string | null;
  body: string | null;
}

export interface NewClaim extends RequestKey {
  digest: string;
  claim: string;
  at: Date;
  expiresAt: Date;
  /** A request that has run since before this instant is dead. */
  deadBefore: Date;
}

/** Takes the key; false when another request has it, be it running or done. */
export async function claimKey(tx: Tx, claim: NewClaim): Promise<boolean> {
  const rows = await tx.query(
    `insert into api_request (organisation_id, caller, route, key, digest, claim, state,
       created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, 'running', $7, $8)
     on conflict (organisation_id, caller, route, key) do update
       set digest = excluded.digest, claim = excluded.claim, state = 'running', status = null,
           content_type = null, body = null, created_at = excluded.created_at,
           expires_at = excluded.expires_at
       where api_request.expires_at <= excluded.created_at
         or (api_request.state = 'running' and api_request.created_at < $9)
     returning claim`,
    [
      tx.organisationId,
      claim.caller,
      claim.route,
      claim.key,
      claim.digest,
      claim.claim,
      claim.at.toISOString(),
      claim.expiresAt.toISOString(),
      claim.deadBefore.toISOString(),
    ],
  );
  return rows.length === 1;
}

export async function readKey(tx: Tx, of: RequestKey): Promise<KeptRequest | null> {
  const rows = await tx.query<KeptRequest>(
    `select digest, state, status, content_type as "contentType", body from api_request
     where organisation_id = $1 and caller = $2 and route = $3 and key = $4`,
    [tx.organisationId, of.caller, of.route, of.key],
  );
  return rows[0] ?? null;
}

/** Keeps the answer; nothing happens when the claim was lost. */
export async function finishKey(
  tx: Tx,
  of: RequestKey & { claim: string },
  answer: { status: number; contentType: string | null; body: string | null },
): Promise<void> {
  await tx.execute(
    `update api_request set state = 'done', status = $6, content_type = $7, body = $8
     where organisation_id = $1 and caller = $2 and route = $3 and key = $4 and claim = $5`,
    [
      tx.organisationId,
      of.caller,
      of.route,
      of.key,
      of.claim,
      answer.status,
      answer.contentType,
      answer.body,
    ],
  );
}

/** Gives the key back: nothing was done under it. */
export async function releaseKey(tx: Tx, of: RequestKey & { claim: string }): Promise<void> {
  await tx.execute(
    `delete from api_request
     where organisation_id = $1 and caller = $2 and route = $3 and key = $4 and claim = $5`,
    [tx.organisationId, of.caller, of.route, of.key, of.claim],
  );
}

/** Forgets some of what has expired; rows that another transaction has are left to it. */
export async function forgetExpired(tx: Tx, at: Date, limit: number): Promise<void> {
  await tx.execute(
    `delete from api_request
     where organisation_id = $1 and (caller, route, key) in (
       select caller, route, key from api_request
       where organisation_id = $1 and expires_at <= $2
       order by expires_at limit $3 for update skip locked)`,
    [tx.organisationId, at.toISOString(), limit],
  );
}
