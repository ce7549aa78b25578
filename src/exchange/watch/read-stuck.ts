/** Whether runs that were asked for are taken: if not, the queue or every worker is stuck. */
import { listOrganisations } from '../../store/interface-store.ts';
import { hasStuckRequest } from '../../store/run-request-store.ts';
import type { ExchangeServices } from '../context.ts';

/** A worker takes what is due within seconds, and a dead worker's run within 15. */
const STUCK_MS = 2 * 60_000;

/** True: something is due for two minutes, and nobody is at its account. */
export async function readStuck(
  services: Pick<ExchangeServices, 'database' | 'clock'>,
): Promise<boolean> {
  const { database, clock } = services;
  const now = clock();
  const before = new Date(now.getTime() - STUCK_MS);
  for (const { id } of await database.administration((tx) => listOrganisations(tx))) {
    const stuck = await database.transaction(id, (tx) => hasStuckRequest(tx, { before, now }), {
      readOnly: true,
    });
    if (stuck) return true;
  }
  return false;
}
