/** A worker: its tick asks for what is due, its queue does what is asked for. */
import type { ExchangeServices } from '../exchange/context.ts';
import { accountsToWake, claimDue } from '../exchange/schedules/claim-due.ts';
import type { WorkEvent } from '../exchange/schedules/work-account.ts';
import { workAccount } from '../exchange/schedules/work-account.ts';
import type { AccountJob, RunQueue } from './run-queue.ts';

/** One line of the process's log. */
export type JobLog = (
  level: 'debug' | 'info' | 'warn' | 'error',
  fields: Readonly<Record<string, unknown>>,
  message: string,
) => void;

export interface WorkerOptions {
  services: ExchangeServices;
  queue: RunQueue;
  /** The organisations of this database, as they are now. */
  listOrganisations(): Promise<readonly { id: number }[]>;
  log: JobLog;
}

export interface Worker {
  /** Takes no more, stops its runs between two batches, leaves them to others. */
  stop(): Promise<void>;
}

const TICK_MS = 1_000;

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { services, queue, log } = options;
  const control = new AbortController();
  // The attempt of the run that works a request, for the line of its end.
  const attempts = new Map<number, number>();
  const work = async (job: AccountJob): Promise<void> => {
    await workAccount(services, {
      ...job,
      signal: control.signal,
      tell: (event) => tell(log, job, event, attempts),
    });
  };
  await queue.start(work);
  const stopTicking = services.every(TICK_MS, async () => {
    try {
      await tick(options);
    } catch (error) {
      // The database is away, say: the next tick finds what was due.
      log('error', { error: textOf(error) }, 'tick failed');
    }
  });
  return {
    async stop() {
      await stopTicking();
      control.abort();
      await queue.stop();
    },
  };
}

async function tick({ services, queue, listOrganisations, log }: WorkerOptions): Promise<void> {
  for (const { id: organisationId } of await listOrganisations()) {
    for (const { name, dueAt } of await claimDue(services, organisationId)) {
      log('info', { organisation: organisationId, schedule: name, dueAt }, 'due');
    }
    for (const resellerAccountId of await accountsToWake(services, organisationId)) {
      await queue.wake({ organisationId, resellerAccountId });
    }
  }
}

function tell(
  log: JobLog,
  { organisationId, resellerAccountId }: AccountJob,
  event: WorkEvent,
  attempts: Map<number, number>,
): void {
  const { request } = event;
  const fields = {
    organisation: organisationId,
    account: resellerAccountId,
    request: request.id,
    interface: request.interfaceId,
    function: request.function,
    startedBy: request.startedBy,
  };
  switch (event.kind) {
    case 'waits':
      log('info', { ...fields, waitsFor: event.by.number }, 'waits for its account');
      return;
    case 'begins':
      attempts.set(request.id, event.attempt);
      log('info', { ...fields, run: event.run, attempt: event.attempt }, 'run begins');
      return;
    case 'ends': {
      const { run, state, ms } = event;
      const ended = { ...fields, run, attempt: attempts.get(request.id), state, ms };
      attempts.delete(request.id);
      log(state === 'error' ? 'warn' : 'info', ended, 'run ends');
      return;
    }
    case 'refused':
      log('warn', { ...fields, problem: event.problem.code }, 'run refused');
      return;
    case 'paused':
      log('warn', { ...fields, failures: event.failures }, 'schedule paused');
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
