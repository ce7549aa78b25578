/** The watch of a process that lasts: looks each minute, sends each ten seconds. */
import type { Senders } from '../exchange/watch/deliver.ts';
import { deliverDue } from '../exchange/watch/deliver.ts';
import { watchTick } from '../exchange/watch/watch-tick.ts';
import type { JobLog } from '../jobs/worker.ts';
import { createSenders } from '../notify/senders.ts';
import { listOrganisations } from '../store/interface-store.ts';
import { createHttp } from '../transport/http.ts';
import type { Environment, House } from './services.ts';
import { allowedHosts } from './services.ts';

const LOOK_MS = 60_000;
const SEND_MS = 10_000;

export interface HouseSenders extends Senders {
  close(): void;
}

/** Mail server, links and allowed hosts as the environment names them. */
export function openSenders(env: Environment): HouseSenders {
  const http = createHttp({ allowHosts: allowedHosts(env) });
  const senders = createSenders({ env, http });
  return {
    ...senders,
    close() {
      senders.close();
      http.close();
    },
  };
}

/**
 * Watches every organisation until stopped; stopping waits for what is being sent. Any number of
 * processes may do it at once: what is told is told once. A database that is away is tried again.
 */
export function startHouseWatch(
  house: House,
  env: Environment,
  log: JobLog,
): { stop(): Promise<void> } {
  const { services, database } = house;
  const senders = openSenders(env);
  const control = new AbortController();
  const each = async (act: (organisationId: number) => Promise<unknown>): Promise<void> => {
    try {
      const organisations = await database.administration((tx) => listOrganisations(tx));
      for (const { id } of organisations) if (!control.signal.aborted) await act(id);
    } catch (error) {
      log('error', { error: error instanceof Error ? error.message : String(error) }, 'watch');
    }
  };
  const stops = [
    services.every(LOOK_MS, () =>
      each((organisationId) => watchTick(services, { organisationId })),
    ),
    services.every(SEND_MS, () =>
      each((organisationId) =>
        deliverDue(services, senders, { organisationId, signal: control.signal }),
      ),
    ),
  ];
  return {
    async stop() {
      control.abort();
      for (const stop of stops) await stop();
      senders.close();
    },
  };
}
