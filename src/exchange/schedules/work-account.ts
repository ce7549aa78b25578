/** Does what is asked for of one account, in the order it was due. */
import type { Problem } from '../../domain/order/problem.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { RunRequestRecord } from '../../store/run-request-store.ts';
import {
  beginRequest,
  endRequest,
  findEndedRun,
  findOpenRequest,
  leaveRequest,
  nextRunRequest,
} from '../../store/run-request-store.ts';
import type { RunState } from '../../store/run-store.ts';
import type { ExchangeServices, RunningRun, RunResult } from '../context.ts';
import { withRun } from '../run-function.ts';
import { RunUnwanted } from '../start-run.ts';
import { VERBS } from '../verbs.ts';
import { recordOutcome } from './record-outcome.ts';

export interface AccountWork {
  organisationId: number;
  resellerAccountId: number;
  /** The worker ends: the run stops between two batches and is left to another worker. */
  signal: AbortSignal;
  /** Told of what happens, for the worker's own log. */
  tell?(event: WorkEvent): void;
}

export type WorkEvent =
  | { kind: 'waits'; request: RunRequestRecord; by: RunningRun }
  | { kind: 'begins'; request: RunRequestRecord; run: number; attempt: number }
  | { kind: 'ends'; request: RunRequestRecord; run: number; state: RunState; ms: number }
  | { kind: 'refused'; request: RunRequestRecord; problem: Problem }
  | { kind: 'paused'; request: RunRequestRecord; failures: number };

/**
 * Runs each open request of the account until none is left. Whoever else works the account at the
 * same time is waited for; a request is ended once, with the end of its run. Throws what the
 * database throws: the requests stay, and are taken up again.
 */
export async function workAccount(services: ExchangeServices, work: AccountWork): Promise<void> {
  while (!work.signal.aborted) {
    const request = await services.database.transaction(work.organisationId, (tx) =>
      nextRunRequest(tx, work.resellerAccountId),
    );
    if (request === null) return;
    await workRequest(services, work, request.id);
  }
}

async function workRequest(
  services: ExchangeServices,
  work: AccountWork,
  requestId: number,
): Promise<void> {
  const request = await services.database.transaction(work.organisationId, (tx) =>
    stillToDo(tx, services, requestId),
  );
  if (request === null) return;
  const begun = services.clock().getTime();
  let result: RunResult;
  try {
    result = await runRequest(services, work, request);
  } catch (error) {
    if (error instanceof RunUnwanted) return;
    throw error;
  }
  // Busy: it waited until the worker was told to end.
  if (result.outcome === 'busy') return;
  if (result.outcome === 'ran') {
    const ms = services.clock().getTime() - begun;
    work.tell?.({ kind: 'ends', request, run: result.run.number, state: result.state, ms });
  }
  await settle(services, work, request, result);
}

/** The request, unless it has ended, or its run has and only this was not written. */
async function stillToDo(
  tx: Tx,
  services: ExchangeServices,
  requestId: number,
): Promise<RunRequestRecord | null> {
  const request = await findOpenRequest(tx, requestId);
  if (request === null || request.runId === null) return request;
  const ended = await findEndedRun(tx, request.runId);
  // The worker died in it, or is still in it: then the account is not free.
  if (ended === null || !ended.whole) return request;
  const at = services.clock();
  if (!(await endRequest(tx, requestId, { outcome: 'ran', at }))) return null;
  // Whether an error stopped the run or only came to light in it is not known any more.
  if (request.scheduleId !== null && (ended.state === 'ok' || ended.state === 'warning')) {
    await recordOutcome(tx, services, request, { run: null, problem: null });
  }
  return null;
}

function runRequest(
  services: ExchangeServices,
  work: AccountWork,
  request: RunRequestRecord,
): Promise<RunResult> {
  return withRun(
    services,
    {
      organisationId: work.organisationId,
      interfaceId: request.interfaceId,
      function: request.function,
      source: request.source,
      startedBy: request.startedBy,
      filters: request.filters,
      simulation: request.simulation,
      ...(request.scheduleId === null ? {} : { scheduleId: request.scheduleId }),
      signal: work.signal,
      claim: (tx, runId) => beginRequest(tx, request.id, runId),
      onWait: (by) => work.tell?.({ kind: 'waits', request, by }),
    },
    async (context) => {
      const { number: run, attempt } = context.run;
      work.tell?.({ kind: 'begins', request, run, attempt });
      await VERBS[request.function](context);
    },
  );
}

/** What became of the run is written at its request; a run that its worker left stays asked for. */
export async function settle(
  services: ExchangeServices,
  work: Pick<AccountWork, 'organisationId' | 'signal' | 'tell'>,
  request: RunRequestRecord,
  result: Exclude<RunResult, { outcome: 'busy' }>,
): Promise<void> {
  const ran = result.outcome === 'ran' ? result : null;
  if (result.outcome === 'refused') {
    work.tell?.({ kind: 'refused', request, problem: result.problem });
  }
  const problem = result.outcome === 'refused' ? result.problem : result.failure;
  const paused = await services.database.transaction(work.organisationId, async (tx) => {
    // Stopped with its worker, or taken over while it slept: it is still to be done.
    const stopped = ran?.state === 'cancelled' && work.signal.aborted;
    if (stopped) await leaveRequest(tx, request.id);
    if (stopped || problem?.code === 'technical.worker_died') return null;
    const outcome = ran === null ? 'refused' : 'ran';
    if (!(await endRequest(tx, request.id, { outcome, at: services.clock() }))) return null;
    if (request.scheduleId === null || ran?.state === 'cancelled') return null;
    return await recordOutcome(tx, services, request, { run: ran?.run ?? null, problem });
  });
  if (paused !== null) work.tell?.({ kind: 'paused', request, failures: paused });
}
