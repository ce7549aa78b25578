/**
 * Starts a function of an interface in this process: answered as soon as its run is open. Should
 * the process stop or die, a worker takes the run up.
 */
import type { RunFilters, RunResult } from '../exchange/context.ts';
import type { RunFunction } from '../exchange/reading/runs-log.ts';
import { withRun } from '../exchange/run-function.ts';
import { runAsked } from '../exchange/schedules/ask-run.ts';
import { takeBack } from '../exchange/take-back.ts';
import { VERBS } from '../exchange/verbs.ts';
import type { RouteServices } from './route.ts';

export interface StartRequest {
  organisationId: number;
  interfaceId: number;
  function: RunFunction;
  author: string;
  simulation: boolean;
  filters: RunFilters;
  /** Of a take-back; null: everything unsold. */
  count: number | null;
}

export type Started =
  | { outcome: 'started'; run: { id: number; number: number } }
  | Exclude<RunResult, { outcome: 'ran' }>;

type Opened = (run: { id: number; number: number }) => void;

/** A server that stops tells the run, which ends after its batch and says so in its log. */
export async function startFunction(
  { exchange, background }: Pick<RouteServices, 'exchange' | 'background'>,
  request: StartRequest,
): Promise<Started> {
  const opened = Promise.withResolvers<Started>();
  const running = run(exchange, request, background.signal, ({ id, number }) => {
    opened.resolve({ outcome: 'started', run: { id, number } });
  });
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

function run(
  exchange: RouteServices['exchange'],
  request: StartRequest,
  signal: AbortSignal,
  opened: Opened,
): Promise<RunResult> {
  const { count } = request;
  if (count !== null) return runCounted(exchange, request, count, signal, opened);
  return runAsked(
    exchange,
    request,
    async (context) => {
      opened(context.run);
      await VERBS[request.function](context);
    },
    signal,
  );
}

/** "Take n back" done again would take n more: it is nobody's to take up, and ends as an error. */
function runCounted(
  exchange: RouteServices['exchange'],
  { author, count: _, ...request }: StartRequest,
  count: number,
  signal: AbortSignal,
  opened: Opened,
): Promise<RunResult> {
  const asked = { ...request, source: 'hand', startedBy: author, wait: false, signal } as const;
  return withRun(exchange, asked, async (context) => {
    opened(context.run);
    await takeBack(context, { unsold: { count } });
  });
}
