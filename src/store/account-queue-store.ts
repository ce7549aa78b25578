/** What runs on an account of a reseller, and what waits for it. */
import type { Tx } from './database/transaction.ts';

export interface QueuedRequest {
  id: number;
  resellerAccountId: number;
  interfaceCode: string;
  function: string;
  startedBy: string;
}

export interface AccountRun extends QueuedRequest {
  number: number;
}

/** Of each account the run that holds it, where one does. */
export function readAccountRuns(tx: Tx, accountIds: readonly number[]): Promise<AccountRun[]> {
  return tx.query<AccountRun>(
    `select distinct on (r.reseller_account_id) r.id, r.number,
       r.reseller_account_id as "resellerAccountId", i.code as "interfaceCode", r.function,
       r.started_by as "startedBy"
     from run r
     join interface i on i.organisation_id = $1 and i.id = r.interface_id
     where r.organisation_id = $1 and r.ended_at is null
       and r.reseller_account_id = any($2::bigint[])
     order by r.reseller_account_id, r.number desc`,
    [tx.organisationId, accountIds],
  );
}

/** Requests that no run was begun for, in their order. */
export function readQueue(tx: Tx, accountIds: readonly number[]): Promise<QueuedRequest[]> {
  return tx.query<QueuedRequest>(
    `select q.id, q.reseller_account_id as "resellerAccountId", i.code as "interfaceCode",
       q.function, q.started_by as "startedBy"
     from run_request q
     join interface i on i.organisation_id = $1 and i.id = q.interface_id
     where q.organisation_id = $1 and q.ended_at is null and q.run_id is null
       and q.reseller_account_id = any($2::bigint[])
     order by q.due_at, q.id`,
    [tx.organisationId, accountIds],
  );
}
