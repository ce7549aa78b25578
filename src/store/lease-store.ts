/**
 * One run at a time per reseller account: the account's row carries a lease. Each holder has an
 * attempt number that only rises, so what slept through the end of its lease cannot commit.
 *
 * Who takes the lease locks the row for update; who proves that it holds it, in the transaction
 * of its batch, locks it for key share. So a heartbeat passes beside a long batch, and nobody
 * takes the account over while a batch is being written.
 */
import { StoreError } from './database/errors.ts';
import type { Tx } from './database/transaction.ts';

/** The lease was taken over, or its run was closed, while this attempt was away. */
export class LeaseLost extends StoreError {
  constructor(runId: number) {
    super('store.lease_lost', `The run ${runId} no longer holds its account: another took it up.`);
  }
}

export interface Lease {
  accountId: number;
  runId: number;
  attempt: number;
}

export interface LeaseHolder {
  runId: number;
  /** `host:pid:start`. */
  holder: string;
  until: string;
}

export type LeaseAnswer =
  | { taken: true; lease: Lease; tookOver: LeaseHolder | null }
  | { taken: false; by: LeaseHolder };

export interface LeaseRequest {
  accountId: number;
  runId: number;
  holder: string;
  now: Date;
  until: Date;
  /** Whether this holder is known to be dead: its lease then counts as expired. */
  isDead: (holder: string) => boolean;
}

/** Takes the account's lease when it is free, expired, or its holder is dead. */
export async function takeLease(tx: Tx, request: LeaseRequest): Promise<LeaseAnswer> {
  const rows = await tx.query<LeaseHolder & { attempt: number }>(
    `select lease_run_id as "runId", lease_attempt as attempt, lease_holder as holder,
            lease_until as until
     from reseller_account where organisation_id = $1 and id = $2 for update`,
    [tx.organisationId, request.accountId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`There is no reseller account ${request.accountId}.`);
  const former =
    row.runId === null ? null : { runId: row.runId, holder: row.holder, until: row.until };
  const expired = former !== null && Date.parse(former.until) <= request.now.getTime();
  if (former !== null && !expired && !request.isDead(former.holder)) {
    return { taken: false, by: former };
  }
  const attempt = row.attempt + 1;
  await tx.execute(
    `update reseller_account
     set lease_run_id = $3, lease_attempt = $4, lease_until = $5, lease_holder = $6
     where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      request.accountId,
      request.runId,
      attempt,
      request.until.toISOString(),
      request.holder,
    ],
  );
  const lease = { accountId: request.accountId, runId: request.runId, attempt };
  return { taken: true, lease, tookOver: former };
}

/**
 * The run that has the account, even when its lease has run out: until another takes it over, it
 * may wake and write. Null: nobody has it. Locks nothing by itself.
 */
export async function heldBy(tx: Tx, accountId: number): Promise<number | null> {
  const [row] = await tx.query<{ runId: number | null }>(
    `select lease_run_id as "runId" from reseller_account
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, accountId],
  );
  return row?.runId ?? null;
}

const HELD = 'organisation_id = $1 and id = $2 and lease_run_id = $3 and lease_attempt = $4';

function keyOf(tx: Tx, lease: Lease): unknown[] {
  return [tx.organisationId, lease.accountId, lease.runId, lease.attempt];
}

/** Extends the lease; false when it is lost. */
export async function extendLease(tx: Tx, lease: Lease, until: Date): Promise<boolean> {
  const touched = await tx.execute(`update reseller_account set lease_until = $5 where ${HELD}`, [
    ...keyOf(tx, lease),
    until.toISOString(),
  ]);
  return touched === 1;
}

/** Ends the lease, if it is still this attempt's. */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx.execute(
    `update reseller_account set lease_run_id = null, lease_until = null, lease_holder = null
     where ${HELD}`,
    keyOf(tx, lease),
  );
}

/**
 * Proves, until the end of this transaction, that the attempt holds its lease. The first
 * statement of every transaction that writes a batch. Throws LeaseLost.
 */
export async function assertLease(tx: Tx, lease: Lease): Promise<void> {
  // A process that is frozen in the middle of its batch would keep the account from everybody:
  // the server ends its transaction for it.
  await tx.query(`select set_config('idle_in_transaction_session_timeout', '20s', true)`);
  const rows = await tx.query(
    `select 1 from reseller_account where ${HELD} for key share`,
    keyOf(tx, lease),
  );
  if (rows.length === 0) throw new LeaseLost(lease.runId);
}

/**
 * Holds off every batch of the account until the end of this transaction, and waits for the one
 * that is being written: for who changes by hand what a batch reads without a lock (its tickets).
 * The first lock of its transaction.
 */
export async function holdOffBatches(tx: Tx, resellerAccountId: number): Promise<void> {
  await tx.query(
    'select 1 from reseller_account where organisation_id = $1 and id = $2 for update',
    [tx.organisationId, resellerAccountId],
  );
}
