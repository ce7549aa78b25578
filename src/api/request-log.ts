/** A line for each request that was answered: never a body, a query or a secret of either. */
import type { FastifyInstance } from 'fastify';

export interface AnsweredRequest {
  /** As `x-request-id` told it. */
  request: string;
  /** Opaque and stable for a person or key; null: nobody signed in. */
  caller: string | null;
  organisation: number | null;
  method: string;
  /** The route's pattern, not the address: ids stay out, and so does what was asked by query. */
  route: string;
  status: number;
  ms: number;
}

/** Pages that a monitor asks every few seconds: told only when they fail. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** Before any route is ready: hooks of a server reach what is registered after them. */
export function logRequests(app: FastifyInstance, tell: (answered: AnsweredRequest) => void): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    if (QUIET.has(route) && reply.statusCode < 400) return;
    // Outside of the guarded routes nobody asks who calls.
    const caller = request.caller ?? null;
    tell({
      request: request.id,
      caller: caller?.key ?? null,
      organisation: caller?.organisationId ?? null,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
}
