/** Run requests as people see them: what waits, for whom, what runs, what became of it. */
import type { Tx } from './database/transaction.ts';
import type { RequestOutcome, RunRequestRecord } from './run-request-store.ts';
import type { RunState } from './run-store.ts';

export interface ShownRequest extends Omit<RunRequestRecord, 'runId'> {
  interfaceCode: string;
  reseller: string;
  run: { id: number; number: number; state: RunState } | null;
  endedAt: string | null;
  outcome: RequestOutcome | null;
  /** Of one that waits: the run that has its account. */
  waitsFor: { id: number; number: number } | null;
}

interface Row extends Omit<ShownRequest, 'run' | 'waitsFor'> {
  runId: number | null;
  runNumber: number;
  runState: RunState;
  holderId: number | null;
  holderNumber: number;
}

export interface RequestFilter {
  id?: number;
  interfaceId?: number;
  /** Ended or not. */
  open?: boolean;
  /** Only smaller ids: the next page. */
  beforeId?: number;
  limit: number;
}

/** The newest first. */
export async function listRunRequests(tx: Tx, filter: RequestFilter): Promise<ShownRequest[]> {
  const rows = await tx.query<Row>(
    `select q.id, q.reseller_account_id as "resellerAccountId", q.interface_id as "interfaceId",
            i.code as "interfaceCode", i.reseller, q.schedule_id as "scheduleId", q.function,
            q.source, q.filters, q.simulation, q.started_by as "startedBy", q.due_at as "dueAt",
            q.asked_at as "askedAt", q.ended_at as "endedAt", q.outcome, r.id as "runId",
            r.number as "runNumber", r.state as "runState", h.id as "holderId",
            h.number as "holderNumber"
     from run_request q
     join interface i on i.organisation_id = q.organisation_id and i.id = q.interface_id
     join reseller_account a
       on a.organisation_id = q.organisation_id and a.id = q.reseller_account_id
     left join run r on r.organisation_id = q.organisation_id and r.id = q.run_id
     left join run h on h.organisation_id = q.organisation_id and h.id = a.lease_run_id
       and q.run_id is null and q.ended_at is null
     where q.organisation_id = $1 and ($2::bigint is null or q.id = $2)
       and ($3::bigint is null or q.interface_id = $3)
       and ($4::boolean is null or (q.ended_at is null) = $4)
       and ($5::bigint is null or q.id < $5)
     order by q.id desc limit $6`,
    [
      tx.organisationId,
      filter.id ?? null,
      filter.interfaceId ?? null,
      filter.open ?? null,
      filter.beforeId ?? null,
      filter.limit,
    ],
  );
  return rows.map(({ runId, runNumber, runState, holderId, holderNumber, ...row }) => ({
    ...row,
    run: runId === null ? null : { id: runId, number: runNumber, state: runState },
    waitsFor: holderId === null ? null : { id: holderId, number: holderNumber },
  }));
}

/** Takes one back that no run was begun for; false when it was begun, or has ended. */
export async function withdrawRequest(tx: Tx, id: number, at: Date): Promise<boolean> {
  const touched = await tx.execute(
    `update run_request set outcome = 'withdrawn', ended_at = $3
     where organisation_id = $1 and id = $2 and ended_at is null and run_id is null`,
    [tx.organisationId, id, at.toISOString()],
  );
  return touched === 1;
}
