/** `/healthz`, `/readyz`, `/metrics`: outside of /api, without a session. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Health } from '../../exchange/watch/read-health.ts';
import type { Metrics } from './metrics.ts';

export interface WatchPages {
  health: () => Promise<Health>;
  metrics: Metrics;
  /**
   * PARTERRE_METRICS_TOKEN, asked as `Authorization: Bearer`. Null: /metrics does not exist here.
   * `open`: on a port of its own, which the network guards.
   */
  metricsToken: string | null | 'open';
}

/** Adds the three pages to a server. `healthz` says that the process lives, and nothing else. */
export function registerWatch(server: FastifyInstance, pages: WatchPages): void {
  const plain = { schema: { hide: true } } as const;
  server.get('/healthz', plain, async () => ({ status: 'ok' }));
  server.get('/readyz', plain, async (_request: FastifyRequest, reply: FastifyReply) => {
    const health = await pages.health();
    return reply.code(health.ready ? 200 : 503).send(health);
  });
  const { metricsToken } = pages;
  if (metricsToken === null) return;
  server.get('/metrics', plain, async (request: FastifyRequest, reply: FastifyReply) => {
    if (metricsToken !== 'open' && !isBearer(request.headers.authorization, metricsToken)) {
      return reply.code(401).header('www-authenticate', 'Bearer').send();
    }
    return reply.type(pages.metrics.contentType).send(await pages.metrics.read());
  });
}

/** Digests have one length, so the comparison takes the same time whatever was sent. */
function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
