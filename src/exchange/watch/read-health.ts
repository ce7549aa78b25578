/** Whether this process can work: its database answers, the schema fits, the queue listens. */

import { StoreError } from '../../store/database/errors.ts';
import { verifySchema } from '../../store/database/migrate.ts';
import type { ExchangeServices } from '../context.ts';

export interface HealthCheck {
  name: string;
  ok: boolean;
  /** A code, never a message: whoever asks need not be signed in. */
  code: string | null;
}

export interface Health {
  ready: boolean;
  checks: HealthCheck[];
}

const PATIENCE_MS = 5_000;

/** `queue` throws or answers false when the queue of jobs does not work here. */
export async function readHealth(
  services: Pick<ExchangeServices, 'database'>,
  queue: (() => Promise<boolean>) | null = null,
): Promise<Health> {
  const checks = [
    await check('database', async () => {
      await services.database.administration((tx) => tx.query('select 1 as one'));
      return true;
    }),
    await check('schema', async () => {
      await verifySchema(services.database);
      return true;
    }),
  ];
  if (queue !== null) checks.push(await check('queue', queue));
  return { ready: checks.every(({ ok }) => ok), checks };
}

async function check(name: string, act: () => Promise<boolean>): Promise<HealthCheck> {
  const silence = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => silence.reject(new Error('no answer')), PATIENCE_MS);
  try {
    const ok = await Promise.race([act(), silence.promise]);
    return { name, ok, code: ok ? null : `${name}.down` };
  } catch (error) {
    return { name, ok: false, code: error instanceof StoreError ? error.code : `${name}.down` };
  } finally {
    clearTimeout(timer);
  }
}
