/** Keeps house: once after a worker has started, then each night at a local time. */
import { nextDue } from '../domain/schedule/next-due.ts';
import type { ExchangeServices } from '../exchange/context.ts';
import { keepHouse, keepSignIns } from '../exchange/keep-house.ts';
import type { JobLog } from './worker.ts';

export interface HouseKeeperOptions {
  services: Pick<ExchangeServices, 'database' | 'clock' | 'every'>;
  listOrganisations(): Promise<readonly { id: number; timeZone: string }[]>;
  /** Days that recorded calls and contents of files are kept. */
  recordedDays: number;
  log: JobLog;
}

const LOOK_MS = 60_000;
/** When halls are dark and nightly exports have not begun. */
const NIGHT = { kind: 'at', time: '03:30' } as const;

export function startHouseKeeper(options: HouseKeeperOptions): { stop(): Promise<void> } {
  const { services, log } = options;
  const control = new AbortController();
  // What another process did is done again: it then finds nothing.
  const nextAt = new Map<number, string>();
  const stop = services.every(LOOK_MS, async () => {
    try {
      await look(options, nextAt, control.signal);
    } catch (error) {
      // The database is away, say: the next look tries again.
      log('error', { error: error instanceof Error ? error.message : String(error) }, 'keep house');
    }
  });
  return {
    async stop() {
      control.abort();
      await stop();
    },
  };
}

async function look(
  { services, listOrganisations, recordedDays, log }: HouseKeeperOptions,
  nextAt: Map<number, string>,
  signal: AbortSignal,
): Promise<void> {
  let kept = 0;
  for (const { id: organisationId, timeZone } of await listOrganisations()) {
    if (signal.aborted) return;
    const now = services.clock();
    const next = nextAt.get(organisationId);
    if (next !== undefined && Date.parse(next) > now.getTime()) continue;
    const forgotten = await keepHouse(services, { organisationId, recordedDays, signal });
    const following = nextDue(NIGHT, {
      firstAt: null,
      lastPlanned: next ?? now.toISOString(),
      now,
      timeZone,
    });
    if (following !== null) nextAt.set(organisationId, following);
    log('info', { organisation: organisationId, ...forgotten }, 'house kept');
    kept += 1;
  }
  if (kept > 0) await keepSignIns(services);
}
