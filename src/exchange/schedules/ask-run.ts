/**
 * A run that a person asks for. It is a request in our rows, as a schedule's is: begun at once in
 * this process or left to the workers, and taken up by another when the process that is at it dies.
 */
import { findInterface } from '../../store/interface-store.ts';
import type { NewRunRequest } from '../../store/run-request-store.ts';
import { beginRequest, findOpenRequest, insertRunRequest } from '../../store/run-request-store.ts';
import type { RunFunction } from '../../store/run-store.ts';
import type { ExchangeContext, ExchangeServices, RunFilters, RunResult } from '../context.ts';
import { withRun } from '../run-function.ts';
import type { ScheduleServices } from './claim-due.ts';
import { settle } from './work-account.ts';

export interface Asked {
  organisationId: number;
  interfaceId: number;
  function: RunFunction;
  author: string;
  simulation: boolean;
  filters: RunFilters;
}

function requestOf(
  { interfaceId, function: what, author, simulation, filters }: Asked,
  resellerAccountId: number,
  id: number,
  now: Date,
): NewRunRequest {
  return {
    id,
    resellerAccountId,
    interfaceId,
    scheduleId: null,
    function: what,
    source: what === 'replay' ? 'replay' : 'hand',
    filters: { ...filters },
    simulation,
    startedBy: author,
    dueAt: now.toISOString(),
    askedAt: now,
  };
}

/** Leaves it to the workers, in its turn; answers the request's id, null: no such interface. */
export function askRun(services: ScheduleServices, asked: Asked): Promise<number | null> {
  return services.database.transaction(asked.organisationId, async (tx) => {
    const found = await findInterface(tx, asked.interfaceId);
    if (found === null) return null;
    const [id] = (await services.ids.take(1, tx)) as [number];
    const now = services.clock();
    await insertRunRequest(tx, requestOf(asked, found.resellerAccountId, id, now));
    return id;
  });
}

/**
 * Runs it now, in this process, unless the account is busy. Request and run are written in the
 * transaction that takes the account: when this process dies, or stops, a worker takes it up.
 */
export async function runAsked(
  services: ExchangeServices,
  asked: Asked,
  work: (context: ExchangeContext) => Promise<void>,
  signal: AbortSignal,
): Promise<RunResult> {
  const { organisationId, interfaceId, author, simulation, filters } = asked;
  let requestId = 0;
  const result = await withRun(
    services,
    {
      organisationId,
      interfaceId,
      function: asked.function,
      source: asked.function === 'replay' ? 'replay' : 'hand',
      startedBy: author,
      simulation,
      filters,
      wait: false,
      signal,
      claim: async (tx, runId) => {
        const found = await findInterface(tx, interfaceId);
        if (found === null) return false;
        [requestId] = (await services.ids.take(1, tx)) as [number];
        const now = services.clock();
        await insertRunRequest(tx, requestOf(asked, found.resellerAccountId, requestId, now));
        return await beginRequest(tx, requestId, runId);
      },
    },
    work,
  );
  if (result.outcome !== 'ran') return result;
  const request = await services.database.transaction(organisationId, (tx) =>
    findOpenRequest(tx, requestId),
  );
  if (request !== null) await settle(services, { organisationId, signal }, request, result);
  return result;
}
