/**
 * `/healthz`, `/readyz` and `/metrics` on a port of their own (`PARTERRE_METRICS_PORT`), for a
 * server and for a worker, which has no other port. Loopback unless `PARTERRE_METRICS_HOST` says
 * otherwise; a token is asked for only where `PARTERRE_METRICS_TOKEN` is set.
 */
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../api/watch/metrics.ts';
import { createMetrics } from '../api/watch/metrics.ts';
import { registerWatch } from '../api/watch/register-watch.ts';
import { readFigures } from '../exchange/watch/read-figures.ts';
import { readHealth } from '../exchange/watch/read-health.ts';
import type { JobLog } from '../jobs/worker.ts';
import type { Environment, House } from './services.ts';

export interface MachinePages {
  stop(): Promise<void>;
}

/** Null: no port is set. Throws what the system says where the port cannot be had. */
export async function startMachinePages(
  house: House,
  env: Environment,
  log: JobLog,
  queue: (() => Promise<boolean>) | null,
): Promise<MachinePages | null> {
  if (!env.PARTERRE_METRICS_PORT) return null;
  // A worker without these pages needs no server.
  const { default: Fastify } = await import('fastify');
  const app = Fastify({ logger: false, forceCloseConnections: true });
  registerWatch(app, {
    health: () => readHealth(house.services, queue),
    metrics: metricsOf(house),
    metricsToken: env.PARTERRE_METRICS_TOKEN || 'open',
  });
  const host = env.PARTERRE_METRICS_HOST || '127.0.0.1';
  await app.listen({ host, port: Number(env.PARTERRE_METRICS_PORT) });
  const { port } = app.server.address() as AddressInfo;
  log('info', { host, port }, 'pages for machines ready');
  return { stop: () => app.close() };
}

/** Prometheus' page of this house. */
export function metricsOf({ services }: House): Metrics {
  return createMetrics(() => readFigures(services), { clock: () => performance.now() });
}
