/**
 * What happens in a run, told to whoever listens in this process: logs and traces do, and nothing
 * of a run waits for them or knows them. Without a listener each costs a look at a flag.
 */
import { channel, tracingChannel } from 'node:diagnostics_channel';
import type { RunFunction } from '../store/run-store.ts';

export interface RunSignal {
  organisationId: number;
  interfaceId: number;
  function: RunFunction;
  /** The number that people say. */
  run: number;
  attempt: number;
  /** How it ended; null while it runs. */
  state: string | null;
  counts: Readonly<Record<string, number>>;
}

export interface BatchSignal {
  messages: number;
  unreadable: number;
  cases: number;
}

/** A call that has ended: nothing of its bodies, and no address with a query. */
export interface WireSignal {
  operation: string;
  method: string;
  host: string;
  startedAt: Date;
  durationMs: number;
  status: number | null;
  outcome: string;
  requestBytes: number;
  responseBytes: number;
}

/** A line of a run that says what is wrong, without what it names. */
export interface LineSignal {
  level: 'warning' | 'error';
  code: string;
  class: string | null;
}

export const runSignal = tracingChannel<unknown, RunSignal>('parterre:run');
export const batchSignal = tracingChannel<unknown, BatchSignal>('parterre:batch');
export const wireSignal = channel('parterre:wire-call');
export const lineSignal = channel('parterre:run-line');
