import type { Tx } from './database/transaction.ts';

export interface OpenCaseKey {
  operationAt: string;
  messageId: number;
}

export interface OpenCaseQuery {
  resellerAccountId: number;
  messageIds: readonly number[] | null;
  /** Keyset page: after this key. */
  after: OpenCaseKey | null;
  limit: number;
}

/** Open cases in the order of their operations. */
export function readOpenCases(tx: Tx, query: OpenCaseQuery): Promise<OpenCaseKey[]> {
  return tx.query<OpenCaseKey>(
    `select m.operation_at as "operationAt", m.id as "messageId"
     from quarantine q
     join message m on m.organisation_id = q.organisation_id and m.id = q.message_id
     where q.organisation_id = $1 and q.reseller_account_id = $2 and q.settled_at is null
       and ($3::bigint[] is null or q.message_id = any($3))
       and ($4::timestamptz is null or (m.operation_at, m.id) > ($4, $5::bigint))
     order by m.operation_at, m.id
     limit $6`,
    [
      tx.organisationId,
      query.resellerAccountId,
      query.messageIds,
      query.after?.operationAt ?? null,
      query.after?.messageId ?? null,
      query.limit,
    ],
  );
}
