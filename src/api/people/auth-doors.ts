/** The addresses below /api/auth: what each takes, what is guessed there, and what is noted. */
import type { SignInWay } from '../../exchange/people/sign-ins.ts';

export interface Door {
  method: 'GET' | 'POST';
  /** Of the body, and nothing else: the library has switches that this house does not offer. */
  fields?: readonly string[];
  /**
   * What is guessed here: a login's password, or something (a code, a link) that says whose it
   * is only by itself; a person who is signed in is counted under their own login.
   */
  guesses?: 'login' | 'secret';
  /** How one signs in here. Of a person who is signed in it is no sign-in. */
  way?: SignInWay;
  /** Noted in the journal when it was done by a person who is signed in. */
  change?: { action: string; before?: object; after?: object };
}

const secret = { method: 'POST', guesses: 'secret' } as const;

export const DOORS: Readonly<Record<string, Door>> = {
  '/get-session': { method: 'GET' },
  '/callback/directory': { method: 'GET', way: 'directory' },
  '/sign-in/email': {
    method: 'POST',
    fields: ['email', 'password'],
    guesses: 'login',
    way: 'password',
  },
  '/sign-in/social': {
    method: 'POST',
    fields: ['provider', 'callbackURL', 'errorCallbackURL', 'requestSignUp'],
  },
  '/sign-out': { method: 'POST' },
  '/reset-password': { ...secret, fields: ['token', 'newPassword'] },
  '/change-password': {
    ...secret,
    fields: ['currentPassword', 'newPassword', 'revokeOtherSessions'],
    change: { action: 'person.password' },
  },
  '/revoke-sessions': { method: 'POST', change: { action: 'person.sessions_ended' } },
  '/two-factor/enable': { ...secret, fields: ['password'] },
  '/two-factor/disable': {
    ...secret,
    fields: ['password'],
    change: { action: 'person.two_factor_off', before: { code: true }, after: { code: false } },
  },
  '/two-factor/verify-totp': {
    ...secret,
    fields: ['code'],
    way: 'code',
    change: { action: 'person.two_factor_on', before: { code: false }, after: { code: true } },
  },
  '/two-factor/verify-backup-code': { ...secret, fields: ['code'], way: 'backup_code' },
  '/two-factor/get-totp-uri': { ...secret, fields: ['password'] },
  '/two-factor/generate-backup-codes': {
    ...secret,
    fields: ['password'],
    change: { action: 'person.backup_codes' },
  },
  '/passkey/sign-in-options': { method: 'POST' },
  '/passkey/sign-in': { ...secret, fields: ['response'], way: 'passkey' },
  '/passkey/register-options': { ...secret, fields: ['password'] },
  '/passkey/register': { method: 'POST', fields: ['name', 'response'] },
};
