/** Who calls: an API key in the header, or a person with a session's cookie. */
import type { FastifyRequest } from 'fastify';
import type { RequestLimits } from '../../exchange/people/limits.ts';
import type { PeopleServices } from '../../exchange/people/people-request.ts';
import type { Membership } from '../../exchange/people/who-calls.ts';
import { callerOfKey, readMemberships } from '../../exchange/people/who-calls.ts';
import type { Caller, Identify } from '../caller.ts';
import { ApiProblem } from '../problem.ts';
import { refuseForeignOrigin } from './origin.ts';
import type { OpenSignIn } from './sign-in.ts';

export interface IdentifySettings {
  services: PeopleServices;
  signIn: OpenSignIn;
  limits: RequestLimits;
  publicUrl: string;
}

/** In which of their organisations a person acts; a stream, which has no headers, asks by query. */
export const ORGANISATION_HEADER = 'parterre-organisation';
const BEARER = /^Bearer +(\S+)$/i;

/** Throws ApiProblem 403 for a foreign page's request and 429 beyond the limits. */
export function createIdentify(settings: IdentifySettings): Identify {
  return async (request) => {
    await takeRequest(settings, 'address', request.ip);
    const { authorization } = request.headers;
    // A header that is there decides: a cookie beside it must not lend it rights.
    if (authorization !== undefined) return await byKey(settings, authorization);
    return await bySession(settings, request);
  };
}

async function byKey(settings: IdentifySettings, header: string): Promise<Caller | null> {
  const text = BEARER.exec(header)?.[1];
  const key = text === undefined ? null : await callerOfKey(settings.services, text);
  if (key === null) return null;
  await takeRequest(settings, 'key', String(key.keyId));
  return {
    organisationId: key.organisationId,
    author: `key:${key.name}`,
    role: key.role,
    scopes: key.scopes,
    key: `key:${key.keyId}`,
  };
}

async function bySession(
  settings: IdentifySettings,
  request: FastifyRequest,
): Promise<Caller | null> {
  const person = await readSession(settings.signIn, request);
  if (person === null) return null;
  refuseForeignOrigin(request, settings.publicUrl);
  await takeRequest(settings, 'person', person.id);
  const memberships = await readMemberships(settings.services, person.id);
  const membership = chooseMembership(memberships, askedOrganisation(request));
  return {
    organisationId: membership.organisationId,
    author: person.email,
    role: membership.role,
    scopes: null,
    key: `person:${person.id}`,
    person: { id: person.id, sessionId: person.sessionId },
  };
}

/** The person of the session's cookie; null: none, ended or revoked. */
export async function readSession(
  signIn: OpenSignIn,
  request: Pick<FastifyRequest, 'headers'>,
): Promise<{ id: string; email: string; sessionId: string } | null> {
  const { cookie } = request.headers;
  if (!cookie?.includes('parterre.session_token=')) return null;
  const { api } = await signIn();
  const session = await api.getSession({
    headers: new Headers({ cookie }),
    query: { disableRefresh: true, disableCookieCache: true },
  });
  if (session === null) return null;
  return { id: session.user.id, email: session.user.email, sessionId: session.session.id };
}

function askedOrganisation(request: FastifyRequest): string | null {
  const header = request.headers[ORGANISATION_HEADER];
  if (typeof header === 'string') return header;
  const { organisation } = (request.query ?? {}) as Record<string, unknown>;
  return typeof organisation === 'string' ? organisation : null;
}

/** An organisation of others is answered like one that does not exist. */
function chooseMembership(memberships: readonly Membership[], asked: string | null): Membership {
  const found =
    asked === null
      ? memberships[0]
      : memberships.find((membership) => membership.organisationCode === asked);
  if (found !== undefined) return found;
  throw new ApiProblem(403, 'caller.no_organisation', 'You are not of this organisation.');
}

async function takeRequest(
  { limits }: IdentifySettings,
  kind: 'key' | 'person' | 'address',
  subject: string,
): Promise<void> {
  const refused = await limits.take(kind, subject);
  if (refused !== null) throw tooMany(refused.retryAfterSeconds);
}

export function tooMany(retryAfterSeconds: number): ApiProblem {
  return new ApiProblem(429, 'request.too_many', 'Wait, and try again.', {
    params: { retryAfterSeconds },
  });
}
