/** Every error as problem+json (RFC 9457): a stable code, what is wrong, never what is inside. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'There is no such thing',
  409: 'It does not fit what is there now',
  408: 'The request did not come to its end',
  412: 'It has changed meanwhile',
  413: 'Too large',
  415: 'This content type is not taken here',
  422: 'What is asked cannot be done',
  429: 'Too many requests',
  431: 'Too large',
  500: 'Something went wrong here',
  503: 'Not now: try again',
};

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable: programs may depend on it.'),
    detail: z.string(),
    requestId: z.string().describe('Name it when you ask for help.'),
    params: z.record(z.string(), z.unknown()).optional(),
    errors: z
      .array(z.looseObject({ path: z.string().optional(), code: z.string().optional() }))
      .optional()
      .describe('Each single thing that is wrong; `path` is a JSON pointer into the request.'),
  })
  .meta({ id: 'Problem' });

export interface ProblemDetails {
  params?: Readonly<Record<string, unknown>>;
  errors?: readonly object[];
}

/** Thrown by a route; `code` is stable, `detail` a sentence for the programmer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(status: number, code: string, detail: string, details: ProblemDetails = {}) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Nothing of this id in the caller's organisation: another organisation's does not exist. */
export function notFound(what: string): ApiProblem {
  return new ApiProblem(404, 'not_found', `There is no such ${what}.`, { params: { what } });
}

/** A refusal of the domain: its code stays as it is. */
export function refusal(code: string, details: ProblemDetails = {}): ApiProblem {
  return new ApiProblem(422, code, 'Nothing was done: see code and params.', details);
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, of: ApiProblem): void {
  const wait = of.details.params?.retryAfterSeconds;
  if (wait !== undefined && wait !== null) reply.header('retry-after', String(wait));
  reply
    .code(of.status)
    .type(PROBLEM_TYPE)
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      type: 'about:blank',
      title: TITLES[of.status] ?? 'The request was not answered',
      status: of.status,
      code: of.code,
      detail: of.message,
      requestId: request.id,
      ...of.details,
    });
}

/**
 * Answers bytes that are no HTTP request, or that came too slowly, and closes the connection.
 * Nothing of them is told or logged.
 */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  // The peer is gone: there is nobody to answer.
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = UNREADABLE[error.code ?? ''] ?? 400;
  const body = JSON.stringify({
    type: 'about:blank',
    title: TITLES[status],
    status,
    code: 'request.unreadable',
    detail: 'This is no request that HTTP can read, or it did not come to its end.',
    requestId: randomUUID(),
  });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n` +
      `content-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const UNREADABLE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Any error as one that may be told; what nobody foresaw is logged in full and told as 500. */
export function problemOf(error: unknown, request: FastifyRequest): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const { statusCode, name, code } = error as Partial<FastifyError>;
  if (name === 'RetryableConflict') {
    return new ApiProblem(409, 'conflict.retry', 'Somebody else changed the same: try again.');
  }
  if (name === 'ConnectionLost') {
    return new ApiProblem(503, 'database.unreachable', 'The database does not answer: try again.');
  }
  const known = statusCode === undefined ? undefined : KNOWN[statusCode];
  if (known !== undefined && code?.startsWith('FST_')) return new ApiProblem(...known);
  request.log.error({ err: error }, 'A request failed.');
  return new ApiProblem(500, 'internal', 'The log names the cause under this request id.');
}

const KNOWN: Readonly<Record<number, [number, string, string]>> = {
  400: [400, 'request.unreadable', 'The address or the body cannot be read: is it JSON?'],
  404: [404, 'route.unknown', 'There is nothing at this address.'],
  405: [404, 'route.unknown', 'There is nothing at this address.'],
  408: [400, 'request.unreadable', 'The request did not come to its end.'],
  413: [413, 'request.too_large', 'The body is larger than this route takes.'],
  414: [400, 'request.unreadable', 'The address is too long.'],
  415: [415, 'request.content_type', 'Send application/json, or the type that the route names.'],
};

/** A parameter of the address is 400, a field of the body 422; each with its path. */
function invalid(error: {
  validation: readonly { instancePath: string; keyword: string; message?: string }[];
  validationContext?: string | undefined;
}): ApiProblem {
  const where = error.validationContext ?? 'body';
  const errors = error.validation.map(({ instancePath, keyword, message }) => ({
    path: instancePath === '' ? '/' : instancePath,
    code: `invalid.${keyword}`,
    message: message ?? '',
  }));
  const detail = `The ${where} does not fit the schema.`;
  return new ApiProblem(where === 'body' ? 422 : 400, `request.invalid_${where}`, detail, {
    errors,
  });
}
