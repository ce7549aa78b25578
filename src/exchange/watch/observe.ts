/** What stands now, as observations: read from the rows that exist, never from a run's memory. */
import { createUnseenReader } from '../../domain/mapping/unseen.ts';
import type { Observation } from '../../domain/watch/news.ts';
import { subjectOf } from '../../domain/watch/news.ts';
import { HOUR_MS } from '../../domain/watch/when-to-tell.ts';
import type { Tx } from '../../store/database/transaction.ts';
import { loadUnseen } from '../../store/mapping-store.ts';
import type { RunFunction } from '../../store/run-store.ts';
import type { RootGroup } from '../../store/watch-store.ts';
import {
  readFullAccounts,
  readInterfacesWithUnseen,
  readNewestRuns,
  readRootGroups,
  readRunFaults,
  readRunsWithErrors,
  readSlowRuns,
  readTroubledSchedules,
} from '../../store/watch-store.ts';
import { loadMappingTable } from '../mapping-table.ts';

/** Who tests a connection sees the answer; nobody else need hear of it. */
const WATCHED: readonly RunFunction[] = [
  'export',
  'take_back',
  'integrate',
  'prepare_access',
  'fetch_access',
  'reconcile',
  'replay',
];

/** A schedule is late when nothing came of it so long after its time. */
const LATE_MS = HOUR_MS / 4;
/** A run is slow when it has not ended after so long. */
const SLOW_MS = 2 * HOUR_MS;

export async function observe(tx: Tx, now: Date): Promise<Observation[]> {
  const roots = await readRootGroups(tx, now);
  return [
    ...(await failedRuns(tx)),
    ...(await unseenValues(tx, roots)),
    ...roots.filter((group) => group.code !== 'mapping.missing').map(newRoots),
    ...(await lateRuns(tx, now)),
    ...(await fullAccounts(tx)),
  ];
}

/** One for each function whose newest run failed: nine failures before it are the same news. */
async function failedRuns(tx: Tx): Promise<Observation[]> {
  const newest = await readNewestRuns(tx, WATCHED);
  const failed = newest.filter((run) => run.state === 'error' && !isMadeGood(run, newest));
  const ids = failed.map(({ id }) => id);
  const faults = new Map((await readRunFaults(tx, ids)).map((fault) => [fault.runId, fault]));
  const withErrors = await readRunsWithErrors(tx, ids);
  return failed.flatMap((run): Observation[] => {
    const fault = faults.get(run.id);
    // Its only errors are cases: they are told as roots.
    if (fault === undefined && withErrors.has(run.id)) return [];
    const code = fault?.code ?? 'watch.run_failed';
    return [
      {
        kind: 'run_error',
        subject: subjectOf('run_error', run.interfaceId, run.function, code),
        interfaceIds: [run.interfaceId],
        dueAt: null,
        facts: {
          code,
          params: { ...fault?.params, function: run.function },
          run: run.number,
          count: null,
          messageId: null,
          ids: { run: run.id },
        },
      },
    ];
  });
}

type Newest = Awaited<ReturnType<typeof readNewestRuns>>[number];

/** A replay is done by hand and seldom again: an integration that ended well after it will do. */
function isMadeGood(run: Newest, newest: readonly Newest[]): boolean {
  return (
    run.function === 'replay' &&
    newest.some(
      (other) =>
        other.interfaceId === run.interfaceId &&
        other.function === 'integrate' &&
        other.state !== 'error' &&
        other.number > run.number,
    )
  );
}

/** Values that nothing covers by now; the cases that wait for one say which performance is next. */
async function unseenValues(tx: Tx, roots: readonly RootGroup[]): Promise<Observation[]> {
  const keyOf = (one: { interfaceId: number; word: string | null; value: string | null }) =>
    JSON.stringify([one.interfaceId, one.word, one.value]);
  const waiting = new Map<string, RootGroup>();
  for (const group of roots) {
    if (group.code === 'mapping.missing') waiting.set(keyOf(group), group);
  }
  const found: Observation[] = [];
  for (const interfaceId of await readInterfacesWithUnseen(tx)) {
    const reader = createUnseenReader(await loadMappingTable(tx, interfaceId));
    for (const { word, value, parent } of await loadUnseen(tx, interfaceId)) {
      if (reader.covered({ word, value, parent })) continue;
      const key = keyOf({ interfaceId, word, value });
      found.push(unseenValue({ interfaceId, word, value }, waiting.get(key)));
      waiting.delete(key);
    }
  }
  // A case may wait for a value that was taken off the queue.
  const left = [...waiting.values()].map((group) => {
    const { interfaceId, word, value } = group;
    return unseenValue({ interfaceId, word: word ?? '', value: value ?? '' }, group);
  });
  return [...found, ...left];
}

function unseenValue(
  { interfaceId, word, value }: { interfaceId: number; word: string; value: string },
  group: RootGroup | undefined,
): Observation {
  return {
    kind: 'unseen_value',
    subject: subjectOf('unseen_value', interfaceId, word, value),
    interfaceIds: [interfaceId],
    dueAt: group?.dueAt ?? null,
    facts: {
      code: 'mapping.missing',
      params: { ...group?.params, word, value },
      run: group?.runNumber ?? null,
      count: group?.count ?? null,
      messageId: group?.messageId ?? null,
    },
  };
}

function newRoots(group: RootGroup): Observation {
  const { interfaceId, code, performanceId, word, value } = group;
  return {
    kind: 'new_roots',
    subject: subjectOf('new_roots', interfaceId, code, performanceId, word, value),
    interfaceIds: [interfaceId],
    dueAt: group.dueAt,
    facts: {
      code,
      params: group.params,
      run: group.runNumber,
      count: group.count,
      messageId: group.messageId,
    },
  };
}

async function lateRuns(tx: Tx, now: Date): Promise<Observation[]> {
  const schedules = await readTroubledSchedules(tx, new Date(now.getTime() - LATE_MS));
  const slow = await readSlowRuns(tx, new Date(now.getTime() - SLOW_MS));
  return [
    ...schedules.map((one): Observation => {
      const paused = one.pausedAt !== null;
      const kind = paused ? 'schedule_paused' : 'late_run';
      const { name: schedule, function: what, failures } = one;
      const at = paused ? one.pausedAt : one.nextAt;
      return {
        kind,
        subject: subjectOf(kind, 'schedule', one.id),
        interfaceIds: [one.interfaceId],
        dueAt: null,
        facts: {
          code: paused ? 'watch.schedule_paused' : 'watch.run_late',
          params: { schedule, function: what, failures, at },
          run: null,
          count: null,
          messageId: null,
          ids: { schedule: one.id },
        },
      };
    }),
    ...slow.map(
      (run): Observation => ({
        kind: 'late_run',
        subject: subjectOf('late_run', 'run', run.id),
        interfaceIds: [run.interfaceId],
        dueAt: null,
        facts: {
          code: 'watch.run_slow',
          params: { function: run.function, at: run.startedAt },
          run: run.number,
          count: null,
          messageId: null,
          ids: { run: run.id },
        },
      }),
    ),
  ];
}

async function fullAccounts(tx: Tx): Promise<Observation[]> {
  const accounts = await readFullAccounts(tx);
  return accounts.map((one): Observation => {
    const { code: account, percent, currency } = one;
    return {
      kind: 'ceiling',
      subject: subjectOf('ceiling', one.id, percent),
      interfaceIds: one.interfaceIds,
      dueAt: null,
      facts: {
        code: 'watch.ceiling',
        params: {
          account,
          percent,
          balance: one.balanceMinor,
          ceiling: one.ceilingMinor,
          currency,
        },
        run: null,
        count: null,
        messageId: null,
        ids: { account: one.id },
      },
    };
  });
}
