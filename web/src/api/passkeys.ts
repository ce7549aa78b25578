/** Passkeys: what the browser is asked, between two calls to the server. Needs no package. */
import { ProblemError, unreachable } from './problem.ts';
import { postAuth } from './session.ts';

/** Whether this browser, at this address, has passkeys at all. */
export function hasPasskeys(): boolean {
  return (
    typeof PublicKeyCredential !== 'undefined' &&
    typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'
  );
}

/** The person closed the browser's window, or it found no passkey: `browser.no_passkey`. */
function givenUp(error: unknown): never {
  if (error instanceof DOMException) {
    throw new ProblemError({ ...unreachable(), code: 'browser.no_passkey', detail: error.message });
  }
  throw error;
}

function toJson(credential: Credential | null): unknown {
  if (credential instanceof PublicKeyCredential) return credential.toJSON();
  throw new ProblemError({ ...unreachable(), code: 'browser.no_passkey' });
}

/** Alone, or after a password as its second factor. Throws ProblemError. */
export async function signInWithPasskey(): Promise<void> {
  const { options } = await postAuth<{ options: PublicKeyCredentialRequestOptionsJSON }>(
    'passkey/sign-in-options',
    {},
  );
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey }).catch(givenUp);
  await postAuth('passkey/sign-in', { response: toJson(credential) });
}

/** Adds a passkey; `password` is asked when the sign-in is older than ten minutes. */
export async function addPasskey(name: string, password: string | null): Promise<void> {
  const { options } = await postAuth<{ options: PublicKeyCredentialCreationOptionsJSON }>(
    'passkey/register-options',
    password === null ? {} : { password },
  );
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey }).catch(givenUp);
  await postAuth('passkey/register', { name, response: toJson(credential) });
}
