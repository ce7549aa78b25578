/**
 * The log of a process that lasts: one JSON object a line on stderr, read by machines. Whatever is
 * logged while a run works carries the run's number, attempt, interface and organisation.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DestinationStream } from 'pino';
import { pino } from 'pino';
import type { JobLog } from '../jobs/worker.ts';
import type { LineSignal, RunSignal, WireSignal } from '../runs/signals.ts';
import { lineSignal, runSignal, wireSignal } from '../runs/signals.ts';
import type { Environment } from './services.ts';

/** The run that this work is part of, through everything it waits for. */
const scope = new AsyncLocalStorage<unknown>();

runSignal.start.bindStore(scope, (told) => {
  const { run, attempt, function: what, interfaceId, organisationId } = told as RunSignal;
  return { run, attempt, function: what, interface: interfaceId, organisation: organisationId };
});

/** `PARTERRE_LOG_LEVEL`: debug (with each wire call), info (default), warn, error or silent. */
export function createProcessLog(
  env: Environment,
  destination: DestinationStream = process.stderr,
): JobLog {
  const logger = pino(
    {
      level: env.PARTERRE_LOG_LEVEL || 'info',
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...(scope.getStore() as object | undefined) }),
      // What settings and wire calls may carry never reaches a log.
      redact: ['password', 'secret', 'token', 'authorization', '*.password', '*.secret'],
    },
    destination,
  );
  return (level, fields, message) => logger[level](fields, message);
}

/** Logs what is wrong in runs (codes, never what they name), and at debug level each wire call. */
export function logRuns(log: JobLog): () => void {
  const onLine = (message: unknown): void => {
    const { level, code, class: kind } = message as LineSignal;
    log(level === 'error' ? 'error' : 'warn', { code, class: kind }, 'run line');
  };
  const onCall = (message: unknown): void => {
    const { operation, host, status, outcome, durationMs: ms } = message as WireSignal;
    log('debug', { operation, host, status, outcome, ms }, 'wire call');
  };
  lineSignal.subscribe(onLine);
  wireSignal.subscribe(onCall);
  return () => {
    lineSignal.unsubscribe(onLine);
    wireSignal.unsubscribe(onCall);
  };
}
