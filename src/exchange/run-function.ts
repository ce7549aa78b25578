/** Runs one function of an interface: the frame around every verb of the exchange. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ZodError } from 'zod';
import { ChannelError } from '../channels/contract/errors.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { ClosableLog } from '../runs/log.ts';
import { createRunLog } from '../runs/log.ts';
import type { RunSignal, WireSignal } from '../runs/signals.ts';
import { runSignal, wireSignal } from '../runs/signals.ts';
import { StoreError } from '../store/database/errors.ts';
import type { SealedInterface } from '../store/interface-store.ts';
import { withoutSecrets } from '../store/interface-store.ts';
import { assertLease, extendLease, LeaseLost, releaseLease } from '../store/lease-store.ts';
import type { RunEnd, RunState } from '../store/run-store.ts';
import { closeRun } from '../store/run-store.ts';
import type { WireCallRecord } from '../store/wire-call-store.ts';
import { compressWireCall, insertWireCall } from '../store/wire-call-store.ts';
import type { ExchangeContext, ExchangeServices, RunRequest, RunResult } from './context.ts';
import type { StartedRun } from './start-run.ts';
import { startRun } from './start-run.ts';

const LEASE_TIMES = { heartbeatMs: 10_000, leaseMs: 15_000 };
const FLUSH_MS = 1_000;

/** The run was asked to stop: by a person, or by a worker that ends. */
export class RunCancelled extends Error {
  constructor() {
    super('The run was asked to stop.');
    this.name = 'RunCancelled';
  }
}

/**
 * Takes the account's lease (waiting for the run that holds it), opens the run and the channel,
 * does the work, and closes the run whatever happened. What the work throws becomes a line of the
 * run and the `failure` of the result, never an exception.
 *
 * The state follows the worst line: a verb writes an error for what failed and for each new root;
 * a warning for what waits behind a known root, is noted or was booked with a difference.
 */
export async function withRun(
  services: ExchangeServices,
  request: RunRequest,
  work: (context: ExchangeContext) => Promise<void>,
): Promise<RunResult> {
  const started = await startRun(services, request, leaseTimes(services));
  if (started.outcome !== 'started') return started;
  const { organisationId, interfaceId, function: what } = request;
  const { lease, run } = started;
  const told: RunSignal = {
    organisationId,
    interfaceId,
    function: what,
    run: run.number,
    attempt: lease.attempt,
    state: null,
    counts: {},
  };
  return await runSignal.tracePromise(
    () => workStarted(services, request, work, started, told),
    told,
  );
}

async function workStarted(
  services: ExchangeServices,
  request: RunRequest,
  work: (context: ExchangeContext) => Promise<void>,
  started: StartedRun,
  told: RunSignal,
): Promise<RunResult> {
  const { id, number } = started.run;
  const control = new AbortController();
  const log = createRunLog({
    database: services.database,
    ids: services.ids,
    clock: services.clock,
    organisationId: request.organisationId,
    runId: id,
    onState: (state) => {
      if (state === null) control.abort(new LeaseLost(id));
      if (state === 'cancelled') control.abort(new RunCancelled());
    },
  });
  const stopLinked = linkSignal(request.signal, control);
  const stops = keepAlive(services, request, started, log, control);
  let failure: Problem | null = null;
  try {
    noteStart(log, request, started);
    await work(openContext(services, request, started, log, control.signal));
    control.signal.throwIfAborted();
  } catch (error) {
    failure = failureOf(error, control.signal, number);
    if (failure !== null) log.line('error', failure.code, { params: failure.params });
    if (control.signal.reason instanceof RunCancelled) log.line('info', 'run.cancelled');
  } finally {
    stopLinked();
    for (const stop of stops) await stop();
  }
  const state = await finish(services, request, started, log, control.signal);
  told.state = state;
  told.counts = log.counts;
  return { outcome: 'ran', run: { id, number }, state, counts: { ...log.counts }, failure };
}

function leaseTimes(services: ExchangeServices): { heartbeatMs: number; leaseMs: number } {
  return services.leaseTimes ?? LEASE_TIMES;
}

function linkSignal(signal: AbortSignal | undefined, control: AbortController): () => void {
  if (signal === undefined) return () => {};
  const stop = (): void => control.abort(new RunCancelled());
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}

/** The heartbeat and the writing of the log beside the work. */
function keepAlive(
  services: ExchangeServices,
  request: RunRequest,
  started: StartedRun,
  log: ClosableLog,
  control: AbortController,
): (() => Promise<void>)[] {
  const { heartbeatMs, leaseMs } = leaseTimes(services);
  const beat = async (): Promise<void> => {
    const held = await services.database.transaction(request.organisationId, (tx) =>
      extendLease(tx, started.lease, new Date(services.clock().getTime() + leaseMs)),
    );
    if (!held) control.abort(new LeaseLost(started.run.id));
  };
  // A database that is away for a moment is no reason to stop: the next beat tries again, and a
  // batch cannot be written without proving the lease.
  const calmly = (act: () => Promise<void>) => (): Promise<void> =>
    act().catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
    });
  return [
    services.every(heartbeatMs, calmly(beat)),
    services.every(
      FLUSH_MS,
      calmly(() => log.flush()),
    ),
  ];
}

function noteStart(log: ClosableLog, request: RunRequest, started: StartedRun): void {
  const { waitedFor, tookOver } = started;
  if (waitedFor !== null) {
    const { number: run, function: what, startedBy } = waitedFor;
    log.line('info', 'run.waited', { params: { run, function: what, startedBy } });
  }
  if (tookOver !== null) {
    const params = { run: tookOver.number, function: tookOver.function };
    log.line('warning', 'run.took_over', { params });
  }
  if (request.simulation === true) log.line('info', 'run.simulation');
}

function openContext(
  services: ExchangeServices,
  request: RunRequest,
  started: StartedRun,
  log: ClosableLog,
  signal: AbortSignal,
): ExchangeContext {
  const { organisation, channel, sealed, lease, run } = started;
  const record = withoutSecrets(sealed);
  const recorder = {
    // Outside of whatever transaction the work happens to be in: recordings have their own.
    record: AsyncLocalStorage.bind(async (call: WireCallRecord): Promise<void> => {
      if (wireSignal.hasSubscribers) wireSignal.publish(toldOf(call));
      const packed = await compressWireCall(call);
      const of = { runId: run.id, interfaceId: sealed.id };
      await services.database.transaction(organisation.id, (tx) =>
        insertWireCall(tx, services.ids, of, packed),
      );
    }),
  };
  const { timeZone, currency } = record;
  const ports = services.openPorts({ recorder, timeZone, currency, signal });
  return {
    database: services.database,
    ids: services.ids,
    clock: services.clock,
    organisation,
    interface: record,
    channel,
    open: channel.open(settingsOf(services, sealed), ports),
    log,
    run: {
      id: run.id,
      number: run.number,
      attempt: lease.attempt,
      simulation: request.simulation ?? false,
      startedBy: request.startedBy,
      filters: request.filters ?? {},
    },
    signal,
    assertHolds: (tx) => assertLease(tx, lease),
  };
}

function toldOf({ url, ...call }: WireCallRecord): WireSignal {
  const { operation, method, startedAt, durationMs, status, outcome } = call;
  const { requestBytes, responseBytes } = call;
  const host = URL.canParse(url) ? new URL(url).host : '';
  const sizes = { requestBytes, responseBytes };
  return { operation, method, host, startedAt, durationMs, status, outcome, ...sizes };
}

/** The channel's whole settings. They go into the open channel and nowhere else. */
function settingsOf(services: ExchangeServices, sealed: SealedInterface): Record<string, unknown> {
  if (sealed.secrets === null) return { ...sealed.config };
  return { ...sealed.config, ...JSON.parse(services.secrets.open(sealed.secrets)) };
}

/** What stopped the run, as a problem; null when it was cancelled. */
function failureOf(error: unknown, signal: AbortSignal, number: number): Problem | null {
  if (signal.reason instanceof RunCancelled) return null;
  const run = { run: number };
  if (signal.reason instanceof LeaseLost || error instanceof LeaseLost) {
    return { code: 'technical.worker_died', params: run };
  }
  if (error instanceof ChannelError) return { code: error.code, params: { ...error.params } };
  if (error instanceof ZodError) {
    const fields = error.issues.map((issue) => issue.path.join('.')).join(', ');
    return { code: 'technical.configuration', params: { ...run, fields } };
  }
  if (error instanceof StoreError && error.code.startsWith('store.secret')) {
    return { code: 'technical.configuration', params: { ...run, fields: 'PARTERRE_SECRET' } };
  }
  if (error instanceof StoreError) {
    return { code: 'technical.database', params: { ...run, detail: error.message } };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'technical.unexpected', params: { ...run, detail: detail.slice(0, 300) } };
}

/** Writes the rest of the log, closes the run and frees the account. */
async function finish(
  services: ExchangeServices,
  request: RunRequest,
  started: StartedRun,
  log: ClosableLog,
  signal: AbortSignal,
): Promise<Exclude<RunState, 'running'>> {
  await log.flush();
  const cancelled = signal.reason instanceof RunCancelled;
  const state = cancelled ? 'cancelled' : log.worst === 'info' ? 'ok' : log.worst;
  const end: RunEnd = { state, counts: log.counts, endedAt: services.clock() };
  const closed = await services.database.transaction(request.organisationId, async (tx) => {
    // The account before its run, as whoever takes a run over locks them.
    await releaseLease(tx, started.lease);
    return closeRun(tx, started.run.id, end);
  });
  // Null: whoever took the run up has closed it, as an error.
  return closed === null || closed === 'running' ? 'error' : closed;
}
