/**
 * Mounts the sign-in library below /api/auth: only the addresses that this house uses, each
 * attempt counted before it is made, no session token in any body, errors as problem+json.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readEmail } from '../../domain/people/login.ts';
import { attemptWasGood, attemptWasHalf, beginAttempt } from '../../exchange/people/limits.ts';
import type { Known } from '../../exchange/people/own-journal.ts';
import { passkeySite } from '../../exchange/people/passkeys.ts';
import type { SignInWay } from '../../exchange/people/sign-ins.ts';
import {
  hasPasskeys,
  loginOfCredential,
  noteFailedAttempt,
  noteOwnChange,
  noteSignedIn,
  readHalfSignedIn,
  settleTwoFactor,
  takeCode,
} from '../../exchange/people/sign-ins.ts';
import { ApiProblem, problemOf, sendProblem } from '../problem.ts';
import type { Door } from './auth-doors.ts';
import { DOORS } from './auth-doors.ts';
import type { IdentifySettings } from './identify.ts';
import { readSession, tooMany } from './identify.ts';
import { refuseForeignOrigin } from './origin.ts';
import { ADDRESS_HEADER, SIGN_IN_PATH } from './sign-in-terms.ts';

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

/** Who stands at a door, before it is tried. */
interface Visitor {
  /** Signed in already. */
  person: Known | null;
  /** Has given a password and owes the second factor. */
  half: Known | null;
  attempt: { login: string | null; address: string };
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
  const visitor = await whoStandsThere(settings, door, request);
  if (door.guesses !== undefined) {
    const refused = await beginAttempt(services, visitor.attempt);
    if (refused !== null) throw tooMany(refused.retryAfterSeconds);
  }
  const isNewCode = await takeSecondFactorCode(settings, door, request, visitor);
  const response = isNewCode
    ? await (await signIn()).handler(asWebRequest(request, door, publicUrl))
    : Response.json({ code: 'INVALID_CODE' }, { status: 401 });
  const body = readJson(await response.text());
  const exchange = { request, reply };
  if (response.status >= 400) {
    const { login } = visitor.attempt;
    const counted = visitor.person === null ? login : null;
    const { status } = response;
    return await turnAway(settings, door, exchange, { status, login: counted, body });
  }
  const told = await noteWhatWasDone(settings, door, visitor, { request, response, body });
  if ('refused' in told) {
    const gone = { status: 403, login: told.refused, body: { code: 'PERSON_DEACTIVATED' } };
    return await turnAway(settings, door, exchange, gone);
  }
  return answer(response, reply, told.body);
}

async function whoStandsThere(
  settings: IdentifySettings,
  door: Door,
  request: FastifyRequest,
): Promise<Visitor> {
  const { services, signIn } = settings;
  const asks = door.guesses === 'secret' || door.change !== undefined;
  const person = asks ? await readSession(signIn, request) : null;
  const held = person === null && door.way !== undefined ? halfCookie(request) : null;
  const half = held === null ? null : await readHalfSignedIn(services, held);
  const body = (request.body ?? {}) as Record<string, unknown>;
  let login = person?.email ?? half?.email ?? null;
  if (door.guesses === 'login') {
    login = typeof body.email === 'string' ? (readEmail(body.email) ?? 'no address') : null;
  } else if (door.way === 'passkey' && login === null) {
    const { id } = (body.response ?? {}) as Record<string, unknown>;
    login = typeof id === 'string' ? await loginOfCredential(services, id) : null;
  }
  return { person, half, attempt: { login, address: request.ip } };
}

/** What the library keeps in its cookie between the password and the second factor. */
function halfCookie(request: FastifyRequest): string | null {
  const held = /(?:^|; *)(?:__Secure-)?parterre\.two_factor=([^;]+)/.exec(
    request.headers.cookie ?? '',
  )?.[1];
  // Its signature is the library's to check: here it only says among whose failures to count.
  return held === undefined ? null : (held.split(/\.|%2E/i)[0] ?? null);
}

/** False: the code was seen already, by who signed in with it or looked over their shoulder. */
async function takeSecondFactorCode(
  { services }: IdentifySettings,
  door: Door,
  request: FastifyRequest,
  { person, half }: Visitor,
): Promise<boolean> {
  if (door.way !== 'code' || person !== null || half === null) return true;
  const { code } = (request.body ?? {}) as Record<string, unknown>;
  return typeof code !== 'string' || (await takeCode(services, half.id, code.trim()));
}

async function turnAway(
  { services }: IdentifySettings,
  door: Door,
  { request, reply }: Exchange,
  { status, login, body }: { status: number; login: string | null; body: unknown },
): Promise<FastifyReply> {
  const problem = refused(status, body);
  if (door.way !== undefined && login !== null && status < 500) {
    const visit = { way: door.way, address: request.ip, code: problem.code };
    await noteFailedAttempt(services, login, visit);
  }
  // A browser that comes back from the directory shows a page, not JSON.
  if (door.way !== 'directory') throw problem;
  return reply.code(302).redirect(`/sign-in?error=${encodeURIComponent(problem.code)}`);
}

/** Tells limits and journal; the body that may be told, or whose login is refused after all. */
async function noteWhatWasDone(
  settings: IdentifySettings,
  door: Door,
  { person, attempt }: Visitor,
  done: { request: FastifyRequest; response: Response; body: unknown },
): Promise<{ body: unknown } | { refused: string }> {
  const { services } = settings;
  const { body } = done;
  if (asksForMore(body)) {
    if (door.guesses !== undefined) await attemptWasHalf(services, attempt);
    const twoFactorMethods = await waysOf(settings, attempt.login, body);
    return { body: { ...body, twoFactorMethods } };
  }
  if (door.guesses !== undefined) await attemptWasGood(services, attempt);
  if (person !== null) await noteChange(services, door, person);
  else if (door.way !== undefined) {
    const gone = await noteEntry(settings, door.way, done);
    if (gone !== null) return { refused: gone };
  }
  return { body };
}

async function noteChange(
  services: IdentifySettings['services'],
  { change }: Door,
  person: Known,
): Promise<void> {
  if (change === undefined) return;
  await settleTwoFactor(services, person.id);
  await noteOwnChange(services, person, change);
}

/** The login of who may not act anywhere: the session is ended already. */
async function noteEntry(
  { services, signIn }: IdentifySettings,
  way: SignInWay,
  { request, response }: { request: FastifyRequest; response: Response },
): Promise<string | null> {
  const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  const person = await readSession(signIn, { headers: { cookie: cookie.join('; ') } });
  if (person === null) return null;
  const visit = { way, address: request.ip };
  return (await noteSignedIn(services, person, visit)) ? null : person.email;
}

interface HalfAnswer {
  twoFactorRedirect: true;
  twoFactorMethods?: unknown;
}

function asksForMore(body: unknown): body is HalfAnswer {
  return (body as Partial<HalfAnswer> | null)?.twoFactorRedirect === true;
}

/** The library knows of codes only. */
async function waysOf(
  { services, publicUrl }: IdentifySettings,
  login: string | null,
  { twoFactorMethods }: HalfAnswer,
): Promise<string[]> {
  const ways = Array.isArray(twoFactorMethods) ? twoFactorMethods.map(String) : [];
  const hasOne = passkeySite(publicUrl) !== null && (await hasPasskeys(services, login));
  return hasOne ? ['passkey', ...ways] : ways;
}

/** The request as the library reads it, with nothing but what it needs. */
function asWebRequest(request: FastifyRequest, door: Door, publicUrl: string): Request {
  const ours = new URL(publicUrl).origin;
  // Where the page comes from was checked above, for more addresses than the library knows.
  const headers = new Headers({ origin: ours, [ADDRESS_HEADER]: request.ip });
  const { cookie, 'user-agent': agent } = request.headers;
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (agent !== undefined) headers.set('user-agent', agent);
  const init: RequestInit = { method: request.method, headers };
  if (request.method !== 'GET') {
    headers.set('content-type', 'application/json');
    const given = Object.entries((request.body ?? {}) as Record<string, unknown>);
    const taken = given.filter(([name]) => door.fields?.includes(name));
    init.body = JSON.stringify(Object.fromEntries(taken));
  }
  return new Request(`${ours}${request.url}`, init);
}

function answer(response: Response, reply: FastifyReply, body: unknown): FastifyReply {
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
