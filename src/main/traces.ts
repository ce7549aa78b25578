/**
 * Traces by OpenTelemetry, when `OTEL_EXPORTER_OTLP_ENDPOINT` says where they go; without it none
 * of its modules is loaded. Spans carry counts, codes and numbers, never what a message says. A
 * collector that is away loses spans and nothing else.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { TracingChannel } from 'node:diagnostics_channel';
import { tracingChannel } from 'node:diagnostics_channel';
import type { Attributes, Span } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireSignal } from '../runs/signals.ts';
import { batchSignal, runSignal, wireSignal } from '../runs/signals.ts';
import { transactionSignal } from '../store/database/database.ts';
import type { Environment } from './house-database.ts';

export interface Traces {
  /** Sends what is waiting, for five seconds at most. */
  stop(): Promise<void>;
}

const EXPORT_MS = 5_000;
const QUEUE_MAX = 4_096;

/** Null: no endpoint is set. */
export async function startTraces(env: Environment): Promise<Traces | null> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const processor = new sdk.BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, timeoutMillis: EXPORT_MS }),
    exportTimeoutMillis: EXPORT_MS,
    // More than that is dropped: a collector that is away must not fill our memory.
    maxQueueSize: QUEUE_MAX,
  });
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': env.OTEL_SERVICE_NAME || 'parterre' }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('parterre');
  const current = new AsyncLocalStorage<Span | undefined>();
  const start: StartSpan = (name, attributes, startTime) => {
    const parent = current.getStore();
    const context = parent ? api.trace.setSpan(api.ROOT_CONTEXT, parent) : api.ROOT_CONTEXT;
    return tracer.startSpan(name, { attributes, ...(startTime && { startTime }) }, context);
  };
  const stops = [...listenToRuns(current, start), listenToRequests(current, start)];
  return {
    async stop() {
      for (const stop of stops) stop();
      await provider.shutdown().catch(() => {});
    },
  };
}

type StartSpan = (name: string, attributes: Attributes, startTime?: Date) => Span;
type Current = AsyncLocalStorage<Span | undefined>;

/** OpenTelemetry's number for an error (SpanStatusCode), without loading it for this. */
const FAILED = 2;

function listenToRuns(current: Current, start: StartSpan): (() => void)[] {
  return [
    follow(current, runSignal, {
      begin: (told) =>
        start(`run ${told.function}`, {
          'parterre.run': told.run,
          'parterre.attempt': told.attempt,
          'parterre.function': told.function,
          'parterre.organisation': told.organisationId,
          'parterre.interface': told.interfaceId,
        }),
      end: (span, told) => {
        span.setAttribute('parterre.state', told.state ?? 'unknown');
        for (const [name, count] of Object.entries(told.counts)) {
          span.setAttribute(`parterre.count.${name}`, count);
        }
        if (told.state === 'error') span.setStatus({ code: FAILED });
      },
    }),
    follow(current, batchSignal, {
      begin: ({ messages, unreadable, cases }) =>
        start('batch', {
          'parterre.messages': messages,
          'parterre.unreadable': unreadable,
          'parterre.cases': cases,
        }),
    }),
    follow(current, transactionSignal, {
      // What a tick or a page for machines reads by itself is nobody's trace.
      begin: () => (current.getStore() === undefined ? undefined : start('transaction', {})),
      end: (span, { statements }) => span.setAttribute('parterre.statements', statements),
    }),
    listenToWire(start),
  ];
}

interface Steps<T> {
  begin(told: T): Span | undefined;
  end?(span: Span, told: T): void;
}

/** A span from the start of each to its end; what happens meanwhile is its child. */
function follow<T extends object>(
  current: Current,
  signal: TracingChannel<unknown, T>,
  { begin, end }: Steps<T>,
): () => void {
  const spans = new WeakMap<T, Span>();
  signal.start.bindStore(current as AsyncLocalStorage<unknown>, (told) => {
    const span = begin(told as T);
    if (span !== undefined) spans.set(told as T, span);
    return span;
  });
  const listener = {
    start() {},
    end() {},
    asyncStart() {},
    asyncEnd(told: T) {
      const span = spans.get(told);
      if (span === undefined) return;
      end?.(span, told);
      span.end();
    },
    error(told: T & { error: unknown }) {
      const { error } = told;
      // Its name only: a message may quote.
      const message = error instanceof Error ? error.name : 'error';
      spans.get(told)?.setStatus({ code: FAILED, message });
    },
  };
  signal.subscribe(listener);
  return () => {
    signal.unsubscribe(listener);
    signal.start.unbindStore(current as AsyncLocalStorage<unknown>);
  };
}

function listenToWire(start: StartSpan): () => void {
  const listener = (message: unknown): void => {
    const call = message as WireSignal;
    const { startedAt, durationMs, outcome } = call;
    const attributes = {
      'parterre.operation': call.operation,
      'parterre.outcome': outcome,
      'server.address': call.host,
      'http.request.method': call.method,
      'http.request.body.size': call.requestBytes,
      'http.response.body.size': call.responseBytes,
      ...(call.status !== null && { 'http.response.status_code': call.status }),
    };
    const span = start(`wire ${call.operation}`, attributes, startedAt);
    if (outcome !== 'ok') span.setStatus({ code: FAILED, message: outcome });
    span.end(new Date(startedAt.getTime() + durationMs));
  };
  wireSignal.subscribe(listener);
  return () => wireSignal.unsubscribe(listener);
}

interface Handled {
  request: FastifyRequest;
  reply: FastifyReply;
  route?: { url?: string; method?: string };
}

/** Fastify tells by itself when a handler begins; the span ends with the answer. */
function listenToRequests(current: Current, start: StartSpan): () => void {
  const { start: begun } = tracingChannel<unknown, Handled>('fastify.request.handler');
  const store = current as AsyncLocalStorage<unknown>;
  const nothing = (): void => {};
  begun.subscribe(nothing);
  begun.bindStore(store, (message) => {
    const { request, reply } = message as Handled;
    const route = request.routeOptions.url ?? 'unknown';
    const span = start(`${request.method} ${route}`, {
      'http.request.method': request.method,
      'http.route': route,
      'parterre.request': request.id,
    });
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span.setStatus({ code: FAILED });
      span.end();
    });
    return span;
  });
  return () => {
    begun.unsubscribe(nothing);
    begun.unbindStore(store);
  };
}
