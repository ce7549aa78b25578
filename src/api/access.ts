/** Who may call a route: each says its action, and one hook asks who calls and whether they may. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Action } from '../domain/people/role.ts';
import { callerMay } from '../domain/people/role.ts';
import type { Caller, Identify } from './caller.ts';
import { ApiProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; `public`: anybody may call. */
    action?: Action | 'public';
    /** False: the answer carries a secret, and no Idempotency-Key keeps it. */
    keepsAnswer?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Routes below this instance: each must say its action, or the server does not start. */
export function guardRoutes(app: FastifyInstance, identify: Identify): void {
  app.decorateRequest('caller', null);
  app.addHook('onRoute', ({ config, method, url }) => {
    if (config?.action === undefined) throw new Error(`${method} ${url} says no action.`);
  });
  app.addHook('onRequest', async (request) => {
    const { action } = request.routeOptions.config;
    if (action === undefined || action === 'public') return;
    const caller = await identify(request);
    if (caller === null) {
      throw new ApiProblem(401, 'caller.unknown', 'Sign in, or send a valid API key.');
    }
    if (!callerMay(caller, action)) {
      throw new ApiProblem(403, 'caller.may_not', 'Your role, or your key, does not allow this.', {
        params: { action },
      });
    }
    request.caller = caller;
  });
}

/** The caller of a route that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('A route without a caller asked for one.');
  return request.caller;
}
