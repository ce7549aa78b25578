/** `Idempotency-Key`: a write that is sent again is answered again and not done again. */
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerServices, ClaimRequest } from '../exchange/requests/answer-once.ts';
import { claimAnswer, giveBack, keepAnswer } from '../exchange/requests/answer-once.ts';
import { callerOf } from './access.ts';
import { ApiProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Held by this request until it is answered. */
    idempotencyClaim: ClaimRequest | null;
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/;
const KEPT_BODY_MAX = 1_000_000;
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function keepAnswers(app: FastifyInstance, services: AnswerServices): void {
  app.decorateRequest('idempotencyClaim', null);
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || SAFE.has(request.method)) return;
    if (request.routeOptions.config.action === 'public') return;
    const claim = claimOf(request, key);
    const claimed = await claimAnswer(services, claim);
    if (claimed.outcome === 'yours') {
      request.idempotencyClaim = claim;
      return;
    }
    if (claimed.outcome === 'running') {
      throw new ApiProblem(409, 'idempotency.running', 'The first request still runs: wait.');
    }
    if (claimed.outcome === 'other_body') {
      throw new ApiProblem(422, 'idempotency.other_body', 'This key was used for another request.');
    }
    const { status, contentType, body } = claimed.answer;
    if (body === null) {
      throw new ApiProblem(409, 'idempotency.not_kept', 'It was done; its answer is not kept.');
    }
    reply.header('idempotency-replayed', 'true');
    if (contentType !== null) reply.header('content-type', contentType);
    return reply
      .code(status)
      .serializer((text: unknown) => String(text))
      .send(body);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const claim = request.idempotencyClaim;
    if (claim === null) return payload;
    request.idempotencyClaim = null;
    await settle(services, claim, request, reply, payload);
    return payload;
  });
}

function claimOf(request: FastifyRequest, key: string | string[]): ClaimRequest {
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new ApiProblem(400, 'idempotency.key', 'A key is 1 to 200 visible ASCII characters.');
  }
  const { organisationId, key: caller } = callerOf(request);
  const { method, url } = request.routeOptions;
  return {
    organisationId,
    caller,
    route: `${method} ${url}`,
    key,
    digest: digestOf(request),
    claim: randomUUID(),
  };
}

function digestOf(request: FastifyRequest): string {
  const { body } = request;
  const bytes = Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null);
  return createHash('sha256').update(`${request.url}\n`).update(bytes).digest('hex');
}

/** Only what was done is kept: after an error nothing was written, and the key is free again. */
async function settle(
  services: AnswerServices,
  claim: ClaimRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<void> {
  const status = reply.statusCode;
  if (status >= 400) return giveBack(services, claim);
  const text = typeof payload === 'string' && payload.length <= KEPT_BODY_MAX ? payload : null;
  const body =
    request.routeOptions.config.keepsAnswer === false ? null : (text ?? emptyOf(payload));
  const type = reply.getHeader('content-type');
  const contentType = typeof type === 'string' ? type : null;
  await keepAnswer(services, claim, { status, contentType, body });
}

/** An answer without a body is kept as such. */
function emptyOf(payload: unknown): string | null {
  return payload === undefined || payload === null ? '' : null;
}
