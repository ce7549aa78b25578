/**
 * Mounts the sign-in library below /api/auth: only the addresses that this house uses, each
 * attempt counted before it is made, no session token in any body, errors as problem+json.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readEmail } from '../../domain/people/login.ts';
import { attemptWasGood, beginAttempt } from '../../exchange/people/limits.ts';
import { noteOwnChange } from '../../exchange/people/who-calls.ts';
import { ApiProblem, problemOf, sendProblem } from '../problem.ts';
import type { IdentifySettings } from './identify.ts';
import { readSession, tooMany } from './identify.ts';
import { refuseForeignOrigin } from './origin.ts';
import { ADDRESS_HEADER, SIGN_IN_PATH } from './sign-in.ts';

interface Door {
  method: 'GET' | 'POST';
  /**
   * What is guessed here: a login's password, or something (a code, a link) whose person only
   * the library knows; a person who is signed in is counted under their own login.
   */
  guesses?: 'login' | 'secret';
  /** Noted in the journal when it was done by a person who is signed in. */
  change?: string;
}

const DOORS: Readonly<Record<string, Door>> = {
  '/get-session': { method: 'GET' },
  '/callback/directory': { method: 'GET' },
  '/sign-in/email': { method: 'POST', guesses: 'login' },
  '/sign-in/social': { method: 'POST' },
  '/sign-out': { method: 'POST' },
  '/reset-password': { method: 'POST', guesses: 'secret' },
  '/change-password': { method: 'POST', guesses: 'secret', change: 'person.password' },
  '/revoke-sessions': { method: 'POST' },
  '/revoke-other-sessions': { method: 'POST' },
  '/two-factor/enable': { method: 'POST', guesses: 'secret' },
  '/two-factor/disable': { method: 'POST', guesses: 'secret', change: 'person.two_factor_off' },
  '/two-factor/verify-totp': { method: 'POST', guesses: 'secret', change: 'person.two_factor_on' },
  '/two-factor/verify-backup-code': { method: 'POST', guesses: 'secret' },
  '/two-factor/get-totp-uri': { method: 'POST', guesses: 'secret' },
  '/two-factor/generate-backup-codes': {
    method: 'POST',
    guesses: 'secret',
    change: 'person.backup_codes',
  },
};

const BODY_MAX = 16_384;

/** Register it on the server itself, not below /api/v1. */
export function authRoutes(settings: IdentifySettings) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error, request);
      const wait = problem.details.params?.retryAfterSeconds;
      if (typeof wait === 'number') reply.header('retry-after', wait);
      sendProblem(request, reply, problem);
    });
    for (const [path, door] of Object.entries(DOORS)) {
      app.route({
        method: door.method,
        url: `${SIGN_IN_PATH}${path}`,
        bodyLimit: BODY_MAX,
        schema: { hide: true },
        config: { action: 'public' },
        handler: (request, reply) => enter(settings, door, { request, reply }),
      });
    }
  };
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

async function enter(
  settings: IdentifySettings,
  door: Door,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const { services, signIn, limits, publicUrl } = settings;
  refuseForeignOrigin(request, publicUrl);
  const crowd = await limits.take('address', request.ip);
  if (crowd !== null) throw tooMany(crowd.retryAfterSeconds);
  const person =
    door.guesses === 'secret' || door.change !== undefined
      ? await readSession(signIn, request)
      : null;
  const attempt = { login: loginOf(door, request, person?.email), address: request.ip };
  if (door.guesses !== undefined) {
    const refused = await beginAttempt(services, attempt);
    if (refused !== null) throw tooMany(refused.retryAfterSeconds);
  }
  const response = await signIn.handler(asWebRequest(request, publicUrl));
  if (response.ok) {
    if (door.guesses !== undefined) await attemptWasGood(services, attempt);
    if (door.change !== undefined && person !== null) {
      await noteOwnChange(services, person, door.change);
    }
  }
  return await answer(response, reply);
}

/** Whose failures an attempt is counted among. */
function loginOf(door: Door, request: FastifyRequest, signedIn: string | undefined): string | null {
  if (door.guesses !== 'login') return signedIn ?? null;
  const { email } = (request.body ?? {}) as Record<string, unknown>;
  return typeof email === 'string' ? (readEmail(email) ?? 'no address') : null;
}

/** The request as the library reads it, with nothing but what it needs. */
function asWebRequest(request: FastifyRequest, publicUrl: string): Request {
  const ours = new URL(publicUrl).origin;
  // Where the page comes from was checked above, for more addresses than the library knows.
  const headers = new Headers({ origin: ours, [ADDRESS_HEADER]: request.ip });
  const { cookie, 'user-agent': agent } = request.headers;
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (agent !== undefined) headers.set('user-agent', agent);
  const init: RequestInit = { method: request.method, headers };
  if (request.method !== 'GET') {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(request.body ?? {});
  }
  return new Request(`${ours}${request.url}`, init);
}

async function answer(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  const text = await response.text();
  const body = readJson(text);
  if (response.status >= 400) throw refused(response.status, body);
  reply.code(response.status).header('cache-control', 'no-store');
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const location = response.headers.get('location');
  if (location !== null) reply.header('location', location);
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(withoutToken(body)));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The cookie holds the session, and no script can read it: no body may tell it either. */
function withoutToken(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { token: _, session, ...rest } = body as Record<string, unknown>;
  return session === undefined ? rest : { ...rest, session: withoutToken(session) };
}

/** The library's word for it becomes the code; its sentence, which may quote, is left out. */
function refused(status: number, body: unknown): ApiProblem {
  const { code } = (body ?? {}) as { code?: unknown };
  const known = typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code);
  const word = known ? code.toLowerCase() : 'refused';
  const told = Math.min(status, 500);
  return new ApiProblem(told, `sign_in.${word}`, 'The sign-in was refused: see code.');
}
