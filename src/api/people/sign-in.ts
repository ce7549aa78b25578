/**
 * The sign-in library, set up for this house: people are added by an administrator (there is no
 * open sign-up), passwords and one-time codes, and a directory (OIDC) when there is one.
 */
import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import type { Pool } from 'pg';
import type { PasskeyPluginSettings } from './passkey-plugin.ts';
import { passkeys } from './passkey-plugin.ts';
import { sessionDigests } from './session-digests.ts';
import { ADDRESS_HEADER, PASSWORD_LENGTH, SIGN_IN_PATH } from './sign-in-terms.ts';

export interface Directory {
  /** `https://login.example.org/.well-known/openid-configuration`. */
  discoveryUrl: string;
  clientId: string;
  clientSecret: string;
}

export interface SignInSettings {
  /** The pool for libraries (`Database.foreignPool`). */
  pool: Pool;
  /** Signs cookies and encrypts second factors; at least 32 characters. */
  secret: string;
  /** Where people reach this server, `https://tickets.example.org`. */
  publicUrl: string;
  directory?: Directory | null;
  /** What the house says of its people; none: only the tables matter. */
  house?: {
    /** Called when a one-time link has set a password. */
    onPasswordSet: (person: { id: string; email: string }) => Promise<void>;
    passkeys: PasskeyPluginSettings;
  };
}

const SESSION_SECONDS = 12 * 3_600;
const SESSION_RENEWED_AFTER_SECONDS = 3_600;

/** Names in our database, by the library's own. */
const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' };

const MODELS = {
  user: { modelName: 'person', fields: { ...TIMES, emailVerified: 'email_verified' } },
  session: {
    modelName: 'person_session',
    fields: {
      ...TIMES,
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      userId: 'person_id',
    },
  },
  account: {
    modelName: 'person_account',
    fields: {
      ...TIMES,
      accountId: 'account_id',
      providerId: 'provider_id',
      userId: 'person_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
    },
  },
  verification: {
    modelName: 'person_verification',
    fields: { ...TIMES, expiresAt: 'expires_at' },
  },
} as const;

const TWO_FACTOR_MODELS = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'person_two_factor',
    fields: {
      backupCodes: 'backup_codes',
      userId: 'person_id',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
};

/** What the library is told; the test of the migration reads it too. */
export function signInOptions(settings: SignInSettings) {
  const { directory = null } = settings;
  return {
    appName: 'Parterre',
    baseURL: settings.publicUrl,
    basePath: SIGN_IN_PATH,
    secret: settings.secret,
    database: settings.pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Counted by the mounting route, in the database and before any work is done.
    rateLimit: { enabled: false },
    user: MODELS.user,
    session: {
      ...MODELS.session,
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_RENEWED_AFTER_SECONDS,
      // A revoked session ends with the next request.
      cookieCache: { enabled: false },
    },
    account: {
      ...MODELS.account,
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: ['directory'] },
    },
    verification: { ...MODELS.verification, storeIdentifier: 'hashed' as const },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.minimum,
      maxPasswordLength: PASSWORD_LENGTH.maximum,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }: { user: { id: string; email: string } }) => {
        await settings.house?.onPasswordSet(user);
      },
    },
    advanced: {
      cookiePrefix: 'parterre',
      useSecureCookies: settings.publicUrl.startsWith('https://'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      sessionDigests(),
      ...(settings.house === undefined ? [] : [passkeys(settings.house.passkeys)]),
      twoFactor({ issuer: 'Parterre', schema: TWO_FACTOR_MODELS }),
      genericOAuth({ config: directory === null ? [] : [directoryConfig(directory)] }),
    ],
  } satisfies BetterAuthOptions;
}

function directoryConfig(directory: Directory) {
  return {
    providerId: 'directory',
    ...directory,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
    // Without its keys the directory is not believed.
    requireIdTokenVerification: true,
    // Whom the house does not know the directory does not bring in.
    disableSignUp: true,
  };
}

export function createSignIn(settings: SignInSettings) {
  return betterAuth(signInOptions(settings));
}

export type SignIn = ReturnType<typeof createSignIn>;

/** The library takes long to load, so it is opened by who asks first. */
export type OpenSignIn = () => Promise<SignIn>;
