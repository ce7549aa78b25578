/** Starts a function of an interface in this process: answered as soon as its run is open. */
import type { ExchangeContext, RunResult } from '../exchange/context.ts';
import { exportContingent } from '../exchange/export-contingent.ts';
import { fetchAccess } from '../exchange/fetch-access.ts';
import { integrateSales } from '../exchange/integrate-sales.ts';
import { prepareAccess } from '../exchange/prepare-access.ts';
import type { RunFunction } from '../exchange/reading/runs-log.ts';
import { reconcile } from '../exchange/reconcile.ts';
import { replay } from '../exchange/replay.ts';
import { withRun } from '../exchange/run-function.ts';
import { takeBack } from '../exchange/take-back.ts';
import { testConnection } from '../exchange/test-connection.ts';
import type { RouteServices } from './route.ts';

export interface StartRequest {
  organisationId: number;
  interfaceId: number;
  function: RunFunction;
  author: string;
  simulation: boolean;
  performanceIds: readonly number[];
  productIds: readonly number[];
  /** Of an export: sends refused places again. */
  againRefused: boolean;
  /** Of a take-back; null: everything unsold. */
  count: number | null;
}

export type Started =
  | { outcome: 'started'; run: { id: number; number: number } }
  | Exclude<RunResult, { outcome: 'ran' }>;

const WORK: Readonly<
  Record<RunFunction, (context: ExchangeContext, request: StartRequest) => Promise<unknown>>
> = {
  export: (context, { againRefused }) => exportContingent(context, { againRefused }),
  take_back: (context, { count }) =>
    takeBack(context, { unsold: count === null ? { all: true } : { count } }),
  integrate: (context) => integrateSales(context),
  reconcile: (context) => reconcile(context),
  replay: (context) => replay(context),
  prepare_access: (context) => prepareAccess(context),
  fetch_access: (context) => fetchAccess(context),
  test_connection: (context) => testConnection(context),
};

/** A server that stops tells the run, which ends after its batch and says so in its log. */
export async function startFunction(
  { exchange, background }: Pick<RouteServices, 'exchange' | 'background'>,
  request: StartRequest,
): Promise<Started> {
  const { performanceIds, productIds } = request;
  const opened = Promise.withResolvers<Started>();
  const running = withRun(
    exchange,
    {
      organisationId: request.organisationId,
      interfaceId: request.interfaceId,
      function: request.function,
      source: request.function === 'replay' ? 'replay' : 'hand',
      startedBy: request.author,
      simulation: request.simulation,
      filters: {
        ...(performanceIds.length > 0 && { performanceIds }),
        ...(productIds.length > 0 && { productIds }),
      },
      wait: false,
      signal: background.signal,
    },
    async (context) => {
      opened.resolve({
        outcome: 'started',
        run: { id: context.run.id, number: context.run.number },
      });
      await WORK[request.function](context, request);
    },
  );
  background.add(running);
  running.then(
    (result) => {
      // A run that failed before its work began has a log all the same.
      if (result.outcome === 'ran') opened.resolve({ outcome: 'started', run: result.run });
      else opened.resolve(result);
    },
    (error: unknown) => opened.reject(error),
  );
  return await opened.promise;
}
