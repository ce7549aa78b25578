/** The beginning of a run: may this interface run, and is its account free? */
import type { Channel } from '../channels/contract/channel.ts';
import type { Problem } from '../domain/order/problem.ts';
import type { Tx } from '../store/database/transaction.ts';
import type { OrganisationRecord, SealedInterface } from '../store/interface-store.ts';
import { findInterface, readOrganisation } from '../store/interface-store.ts';
import type { Lease } from '../store/lease-store.ts';
import { takeLease } from '../store/lease-store.ts';
import type { RunFunction, RunRecord } from '../store/run-store.ts';
import { closeDeadRun, findRun, insertLines, insertRun } from '../store/run-store.ts';
import type { ExchangeServices, RunningRun, RunRequest, RunResult } from './context.ts';

const POLL_MS = 500;

/** Whoever asked for the run did not claim it: another worker has done it. */
export class RunUnwanted extends Error {
  constructor() {
    super('The run is not wanted any more.');
    this.name = 'RunUnwanted';
  }
}

export interface StartedRun {
  outcome: 'started';
  organisation: OrganisationRecord;
  sealed: SealedInterface;
  channel: Channel;
  lease: Lease;
  run: { id: number; number: number };
  /** The last run that this one waited for. */
  waitedFor: RunningRun | null;
  /** The run whose worker had died. */
  tookOver: RunRecord | null;
}

type NotStarted = Exclude<RunResult, { outcome: 'ran' }>;

/** Waits until the account is free, unless the request does not want to. */
export async function startRun(
  services: ExchangeServices,
  request: RunRequest,
  times: { leaseMs: number },
): Promise<StartedRun | NotStarted> {
  let waitedFor: RunningRun | null = null;
  for (;;) {
    const answer = await services.database.transaction(request.organisationId, (tx) =>
      tryToStart(tx, services, request, times.leaseMs),
    );
    if (answer.outcome === 'started') return { ...answer, waitedFor };
    if (answer.outcome === 'refused' || request.wait === false) return answer;
    if (request.signal?.aborted) return answer;
    if (waitedFor?.id !== answer.by.id) request.onWait?.(answer.by);
    waitedFor = answer.by;
    await services.wait(POLL_MS, request.signal);
  }
}

async function tryToStart(
  tx: Tx,
  services: ExchangeServices,
  request: RunRequest,
  leaseMs: number,
): Promise<Omit<StartedRun, 'waitedFor'> | NotStarted> {
  const sealed = await findInterface(tx, request.interfaceId);
  if (sealed === null) throw new Error(`There is no interface ${request.interfaceId}.`);
  const channel = services.findChannel(sealed.channel);
  if (channel === undefined) {
    const params = { fields: `channel: ${sealed.channel}`, run: null };
    return { outcome: 'refused', problem: { code: 'technical.configuration', params } };
  }
  const problem = refusalOf(sealed, request.function);
  if (problem !== null) return { outcome: 'refused', problem };

  const [id] = await services.ids.take(1, tx);
  const now = services.clock();
  const answer = await takeLease(tx, {
    accountId: sealed.resellerAccountId,
    runId: id as number,
    holder: services.holder.name,
    now,
    until: new Date(now.getTime() + leaseMs),
    isDead: services.holder.isDead,
  });
  if (!answer.taken) return { outcome: 'busy', by: await runningRun(tx, answer.by.runId) };
  if (request.claim !== undefined && !(await request.claim(tx, id as number))) {
    throw new RunUnwanted();
  }
  const number = await insertRun(tx, {
    id: id as number,
    interfaceId: sealed.id,
    resellerAccountId: sealed.resellerAccountId,
    function: request.function,
    source: request.source,
    scheduleId: request.scheduleId ?? null,
    filters: { ...request.filters },
    simulation: request.simulation ?? false,
    startedBy: request.startedBy,
    startedAt: now,
  });
  const former = answer.tookOver?.runId ?? null;
  return {
    outcome: 'started',
    organisation: await readOrganisation(tx),
    sealed,
    channel,
    lease: answer.lease,
    run: { id: id as number, number },
    tookOver: former === null ? null : await closeFormer(tx, services, former, number),
  };
}

/** Why the interface may not run this function; null when it may. */
function refusalOf(sealed: SealedInterface, what: RunFunction): Problem | null {
  const params = { interface: sealed.code };
  if (sealed.status === 'archived') return { code: 'interface.archived', params };
  // Settings are tried out before the interface is shown and before it has its account.
  if (what === 'test_connection') return null;
  if (sealed.status === 'hidden') return { code: 'interface.hidden', params };
  if (sealed.pendingAccountId === null) {
    return { code: 'interface.no_pending_account', params };
  }
  // A closed account does not stop an integration: its sales become cases, whose codes open the
  // door. Money may wait, the door may not.
  return null;
}

async function runningRun(tx: Tx, runId: number): Promise<RunningRun> {
  const run = await findRun(tx, runId);
  if (run === null) throw new Error(`The lease names run ${runId}, which does not exist.`);
  const { id, number, interfaceCode, startedBy, startedAt } = run;
  return { id, number, function: run.function, interfaceCode, startedBy, startedAt };
}

/** Closes the run whose worker died, and says in its log who took the account up. */
async function closeFormer(
  tx: Tx,
  services: ExchangeServices,
  former: number,
  byNumber: number,
): Promise<RunRecord | null> {
  const now = services.clock();
  if (!(await closeDeadRun(tx, former, now))) return null;
  const [lineId] = await services.ids.take(1, tx);
  const run = await findRun(tx, former);
  await insertLines(tx, former, [
    {
      id: lineId as number,
      level: 'error',
      at: now.toISOString(),
      code: 'technical.worker_died',
      class: 'technical',
      params: { run: run?.number ?? null, by: byNumber },
      keys: {},
      messageId: null,
      times: 1,
    },
  ]);
  return run;
}
