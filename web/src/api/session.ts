/** Who is signed in, and how one signs in and out. */
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { GetMe200, GetMe200ActionsItem } from './generated/client.ts';
import { getMe } from './generated/client.ts';
import { isSignedOut } from './problem.ts';
import { actFor, actsForOne, send } from './send.ts';

export type Me = GetMe200;
export type Action = GetMe200ActionsItem;

/** Null: nobody is signed in. */
export async function readMe(): Promise<Me | null> {
  try {
    return await getMe();
  } catch (error) {
    if (!isSignedOut(error)) throw error;
    if (!actsForOne()) return null;
    // The organisation kept here may be one that this person has left.
    actFor(null);
    return await readMe();
  }
}

export const ME_KEY = ['me'] as const;

export function useMe() {
  return useQuery({ queryKey: ME_KEY, queryFn: readMe, staleTime: 60_000 });
}

/** What the person who is signed in may do; the API refuses the rest anyway. */
export function useMay(): (action: Action) => boolean {
  const { data } = useMe();
  return (action) => data?.actions.includes(action) ?? false;
}

/** What is asked after a right password; empty: nothing, one is signed in. */
export type SecondFactors = readonly ('totp' | 'passkey')[];

export async function signIn(email: string, password: string): Promise<SecondFactors> {
  const answer = await postAuth<{
    twoFactorRedirect?: boolean;
    twoFactorMethods?: SecondFactors;
  }>('sign-in/email', { email, password });
  return answer.twoFactorRedirect === true ? (answer.twoFactorMethods ?? ['totp']) : [];
}

/** The address of the house's directory, which sends the browser back signed in. */
export async function directoryAddress(): Promise<string> {
  const { url } = await postAuth<{ url: string }>('sign-in/social', {
    provider: 'directory',
    callbackURL: '/',
    errorCallbackURL: '/sign-in',
    requestSignUp: true,
  });
  return url;
}

/** Six digits are the telephone's; anything else is a backup code. */
export async function giveSecondFactor(code: string): Promise<void> {
  const isTelephone = /^\d{6}$/.test(code);
  await postAuth(isTelephone ? 'two-factor/verify-totp' : 'two-factor/verify-backup-code', {
    code,
  });
}

export async function setPassword(token: string, newPassword: string): Promise<void> {
  await postAuth('reset-password', { token, newPassword });
}

export async function signOut(): Promise<void> {
  await postAuth('sign-out', {});
}

/** A call below /api/auth: the ways to sign in, and what one signs in with. */
export function postAuth<T>(path: string, body: object): Promise<T> {
  return send<T>(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A session that ended while a scene was open: it is asked for again without losing the scene. */
let hasEnded = false;
const listeners = new Set<() => void>();

export function sessionEnded(): void {
  setEnded(true);
}

export function sessionIsBack(): void {
  setEnded(false);
}

function setEnded(value: boolean): void {
  hasEnded = value;
  for (const listener of listeners) listener();
}

export function useSessionEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
}
