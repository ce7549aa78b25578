/**
 * Passkeys as a plugin of the sign-in library, so that a session which a passkey opens is one
 * like every other: same table, same cookie, same ends. What is checked is in src/exchange.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { BetterAuthPlugin, GenericEndpointContext } from 'better-auth';
import { APIError, createAuthEndpoint, sensitiveSessionMiddleware } from 'better-auth/api';
import { expireCookie, setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { PasskeySite } from '../../exchange/people/passkeys.ts';
import {
  askToRegister,
  askToSignIn,
  readSignIn,
  registerPasskey,
} from '../../exchange/people/passkeys.ts';
import type { PeopleServices } from '../../exchange/people/people-request.ts';

export interface PasskeyPluginSettings {
  services: PeopleServices;
  /** Null: browsers have no passkeys at this server's address. */
  site: PasskeySite | null;
}

/** A passkey stays for years: a cookie that was stolen must not be enough to add one. */
const FRESH_MS = 10 * 60_000;

const base64url = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9_-]*={0,2}$/);
const credential = {
  id: base64url.min(1),
  rawId: base64url.min(1),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};
const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

function refused(status: 'UNAUTHORIZED' | 'FORBIDDEN' | 'BAD_REQUEST', code: string): APIError {
  return new APIError(status, { code, message: 'See code.' });
}

export function passkeys(settings: PasskeyPluginSettings) {
  return {
    id: 'passkey',
    endpoints: {
      passkeyRegisterOptions: registerOptions(settings),
      passkeyRegister: register(settings),
      passkeySignInOptions: signInOptions(settings),
      passkeySignIn: signIn(settings),
    },
  } satisfies BetterAuthPlugin;
}

function siteOf({ site }: PasskeyPluginSettings): PasskeySite {
  if (site === null) throw refused('BAD_REQUEST', 'PASSKEYS_UNAVAILABLE');
  return site;
}

function registerOptions(settings: PasskeyPluginSettings) {
  const body = z.object({ password: z.string().max(128).optional() });
  return createAuthEndpoint(
    '/passkey/register-options',
    { method: 'POST', body, use: [sensitiveSessionMiddleware] },
    async (ctx) => {
      const site = siteOf(settings);
      const { user, session } = ctx.context.session;
      const { password } = ctx.body;
      if (password !== undefined) await ctx.context.password.checkPassword(user.id, ctx);
      else if (Date.now() - new Date(session.createdAt).getTime() > FRESH_MS) {
        throw refused('FORBIDDEN', 'SESSION_NOT_FRESH');
      }
      return ctx.json({ options: await askToRegister(settings.services, site, user) });
    },
  );
}

function register(settings: PasskeyPluginSettings) {
  const body = z.object({ name: z.string().max(200), response: registration });
  return createAuthEndpoint(
    '/passkey/register',
    { method: 'POST', body, use: [sensitiveSessionMiddleware] },
    async (ctx) => {
      const { id, email } = ctx.context.session.user;
      const { name, response } = ctx.body;
      const result = await registerPasskey(settings.services, siteOf(settings), {
        person: { id, email },
        name,
        response: response as RegistrationResponseJSON,
      });
      if (result.outcome === 'refused') throw refused('BAD_REQUEST', wordOf(result.code));
      return ctx.json({ id: `pky_${result.id}` });
    },
  );
}

/** Of the person who has given a password just now; without one, of whoever has a passkey. */
function signInOptions(settings: PasskeyPluginSettings) {
  return createAuthEndpoint(
    '/passkey/sign-in-options',
    { method: 'POST', body: z.object({}) },
    async (ctx) => {
      const half = await halfSignedIn(ctx);
      const site = siteOf(settings);
      const options = await askToSignIn(settings.services, site, half?.personId ?? null);
      return ctx.json({ options });
    },
  );
}

function signIn(settings: PasskeyPluginSettings) {
  const body = z.object({ response: assertion });
  return createAuthEndpoint('/passkey/sign-in', { method: 'POST', body }, async (ctx) => {
    const { services } = settings;
    const half = await halfSignedIn(ctx);
    const result = await readSignIn(services, siteOf(settings), {
      response: ctx.body.response as AuthenticationResponseJSON,
      personId: half?.personId ?? null,
    });
    if (result.outcome === 'refused') throw refused('UNAUTHORIZED', wordOf(result.code));
    const { internalAdapter } = ctx.context;
    const user = await internalAdapter.findUserById(result.personId);
    if (user === null) throw refused('UNAUTHORIZED', 'PASSKEY_REFUSED');
    if (half !== null) {
      // The password's half is used up: of two answers at once one opens a session.
      const used = await internalAdapter.consumeVerificationValue(half.cookieText);
      if (used?.value !== user.id) throw refused('UNAUTHORIZED', 'PASSKEY_REFUSED');
      expireCookie(ctx, ctx.context.createAuthCookie(HALF_COOKIE));
    }
    const session = await internalAdapter.createSession(user.id);
    await setSessionCookie(ctx, { session, user });
    const { id, email, name } = user;
    return ctx.json({ user: { id, email, name } });
  });
}

/** The cookie in which the library's second factor keeps who has given a password. */
const HALF_COOKIE = 'two_factor';

/** Null: nobody has begun, or too long ago. */
async function halfSignedIn(
  ctx: GenericEndpointContext,
): Promise<{ personId: string; cookieText: string } | null> {
  const { name } = ctx.context.createAuthCookie(HALF_COOKIE);
  const cookieText = await ctx.getSignedCookie(name, ctx.context.secret);
  if (!cookieText) return null;
  const begun = await ctx.context.internalAdapter.findVerificationValue(cookieText);
  if (!begun || new Date(begun.expiresAt).getTime() <= Date.now()) return null;
  return { personId: begun.value, cookieText };
}

/** `passkeys.refused` as the library says it. */
function wordOf(code: string): string {
  const words: Readonly<Record<string, string>> = {
    'passkeys.name_invalid': 'PASSKEY_NAME_INVALID',
    'passkeys.too_many': 'PASSKEYS_TOO_MANY',
  };
  return words[code] ?? 'PASSKEY_REFUSED';
}
