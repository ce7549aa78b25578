/** Several functions of several interfaces asked for at once; each account does one at a time. */
import type { AccountRun, QueuedRequest } from '../../store/account-queue-store.ts';
import { readAccountRuns, readQueue } from '../../store/account-queue-store.ts';
import { listInterfaces } from '../../store/interface-store.ts';
import type { ExchangeServices } from '../context.ts';
import type { Asked } from '../schedules/ask-run.ts';
import { askRun } from '../schedules/ask-run.ts';

export interface AskedOfAccount {
  account: string;
  reseller: string;
  /** The run that has the account now. */
  running: AccountRun | null;
  requests: readonly {
    id: number;
    /** Which of the items, from 0. */
    item: number;
    interfaceId: number;
    /** What goes first: another request, or the run of the account; null: it may begin at once. */
    behind: { request: QueuedRequest | null; run: AccountRun | null } | null;
  }[];
}

/** Leaves each item to the workers, in this order; their interfaces must be there. */
export async function askRuns(
  services: Pick<ExchangeServices, 'database' | 'clock' | 'ids'>,
  organisationId: number,
  items: readonly Asked[],
): Promise<AskedOfAccount[]> {
  const asked: { id: number; item: number; interfaceId: number }[] = [];
  for (const [item, one] of items.entries()) {
    const id = await askRun(services, { ...one, organisationId });
    if (id === null) throw new Error(`There is no interface ${one.interfaceId}.`);
    asked.push({ id, item, interfaceId: one.interfaceId });
  }
  return services.database.transaction(
    organisationId,
    async (tx) => {
      const records = new Map((await listInterfaces(tx)).map((one) => [one.id, one]));
      const groups = Map.groupBy(
        asked,
        ({ interfaceId }) => records.get(interfaceId)?.resellerAccountId ?? 0,
      );
      const accountIds = [...groups.keys()];
      const runs = await readAccountRuns(tx, accountIds);
      const queue = await readQueue(tx, accountIds);
      return [...groups].map(([accountId, own]) => {
        const record = records.get(own[0]?.interfaceId ?? 0);
        const running = runs.find((run) => run.resellerAccountId === accountId) ?? null;
        const waiting = queue.filter((one) => one.resellerAccountId === accountId);
        return {
          account: record?.account ?? '',
          reseller: record?.reseller ?? '',
          running,
          requests: own.map((one) => ({ ...one, behind: behind(one.id, waiting, running) })),
        };
      });
    },
    { readOnly: true, isolation: 'repeatable read' },
  );
}

function behind(
  id: number,
  waiting: readonly QueuedRequest[],
  running: AccountRun | null,
): { request: QueuedRequest | null; run: AccountRun | null } | null {
  const at = waiting.findIndex((one) => one.id === id);
  // A worker has begun it already.
  if (at === -1) return null;
  const before = waiting[at - 1];
  if (before !== undefined) return { request: before, run: null };
  return running === null ? null : { request: null, run: running };
}
