/**
 * Passkeys (WebAuthn): made by a person who is signed in, and a way to sign in that counts as
 * both factors, because the authenticator has and checks something of its person.
 */
import { createHash } from 'node:crypto';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { readName } from '../../domain/people/login.ts';
import type { ChallengePurpose, Credential } from '../../store/passkey-store.ts';
import {
  credentialsOf,
  insertChallenge,
  insertPasskey,
  lockCredential,
  markPasskeyUsed,
  noteTwoFactor,
  takeChallenge,
} from '../../store/passkey-store.ts';
import { randomId } from './one-time-link.ts';
import type { Known } from './own-journal.ts';
import { noteOfPerson } from './own-journal.ts';
import type { PeopleResult, PeopleServices } from './people-request.ts';
import { refuse } from './people-request.ts';

/** Of whom a passkey is: an authenticator keeps one for each. */
export interface PasskeySite {
  /** `https://tickets.example.org`: no other page may use the passkey. */
  origin: string;
  /** `tickets.example.org`. */
  rpId: string;
}

const MINUTES = 5;
const PASSKEYS_MAX = 20;
// ES256, EdDSA and RS256, which together every authenticator has.
const ALGORITHMS = [-7, -8, -257];
const TRANSPORTS: ReadonlySet<string> = new Set([
  'ble',
  'cable',
  'hybrid',
  'internal',
  'nfc',
  'smart-card',
  'usb',
]);

/**
 * Null where browsers have no passkeys: at an address of numbers, and over plain HTTP, unless it
 * is the browser's own machine by name.
 */
export function passkeySite(publicUrl: string): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(publicUrl);
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) return null;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return protocol === 'https:' || isLocal ? { origin, rpId: hostname } : null;
}

/** What `navigator.credentials.create` is asked; answered once, within five minutes. */
export async function askToRegister(
  services: PeopleServices,
  site: PasskeySite,
  person: Known & { name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const known = await services.database.administration((admin) => credentialsOf(admin, person.id));
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const options = await generateRegistrationOptions({
    rpName: 'Parterre',
    rpID: site.rpId,
    userID: new TextEncoder().encode(person.id),
    userName: person.email,
    userDisplayName: person.name,
    timeout: MINUTES * 60_000,
    attestationType: 'none',
    excludeCredentials: known.map(described),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  await keep(services, options.challenge, 'register', person.id);
  return options;
}

/** What `navigator.credentials.get` is asked; of one person only, or of whoever has a passkey. */
export async function askToSignIn(
  services: PeopleServices,
  site: PasskeySite,
  personId: string | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const known =
    personId === null
      ? []
      : await services.database.administration((admin) => credentialsOf(admin, personId));
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    timeout: MINUTES * 60_000,
    userVerification: 'required',
    allowCredentials: known.map(described),
  });
  await keep(services, options.challenge, 'sign_in', personId);
  return options;
}

const described = ({ credentialId, transports }: Credential) => ({
  id: credentialId,
  transports,
});

/** Keeps what an authenticator made. Refused: `passkeys.refused`, whatever was wrong with it. */
export async function registerPasskey(
  services: PeopleServices,
  site: PasskeySite,
  request: { person: Known; name: string; response: RegistrationResponseJSON },
): Promise<PeopleResult<{ id: string }>> {
  const { person, response } = request;
  const name = readName(request.name);
  const asked = await take(services, response, 'register');
  if (name === null) return refuse('passkeys.name_invalid');
  if (asked?.personId !== person.id) return refuse('passkeys.refused');
  const made = await readRegistration(site, response, asked.challenge);
  if (made === null) return refuse('passkeys.refused');
  const id = randomId();
  const at = services.clock();
  return await services.database.administration(async (admin) => {
    const before = await credentialsOf(admin, person.id);
    if (before.length >= PASSKEYS_MAX) return refuse('passkeys.too_many');
    const row = { id, personId: person.id, name, at, ...made };
    if (!(await insertPasskey(admin, row))) return refuse('passkeys.refused');
    await noteTwoFactor(admin, person.id);
    const change = { action: 'person.passkey_added', after: { name, synced: made.synced } };
    await noteOfPerson(admin, services, person, change);
    return { outcome: 'done', id };
  });
}

async function readRegistration(
  site: PasskeySite,
  response: RegistrationResponseJSON,
  expectedChallenge: string,
) {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { decodeAttestationObject, isoBase64URL } = await import('@simplewebauthn/server/helpers');
  try {
    // We ask for no attestation: one with certificates would have us fetch what they name.
    const bytes = isoBase64URL.toBuffer(response.response.attestationObject);
    if (decodeAttestationObject(bytes).get('fmt') !== 'none') return null;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { credential, credentialDeviceType } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: isoBase64URL.fromBuffer(credential.publicKey),
      counter: credential.counter,
      transports: (credential.transports ?? []).filter((one) => TRANSPORTS.has(one)),
      synced: credentialDeviceType === 'multiDevice',
    };
  } catch {
    return null;
  }
}

/**
 * Whose passkey answered. Refused, with no word why: a challenge that was not asked, is answered
 * or too old; another's passkey than `personId`'s; another page's; one without its person; one
 * whose counter went back, which two devices with the same key cause.
 */
export async function readSignIn(
  services: PeopleServices,
  site: PasskeySite,
  request: { response: AuthenticationResponseJSON; personId: string | null },
): Promise<PeopleResult<{ personId: string }>> {
  const { response, personId } = request;
  const asked = await take(services, response, 'sign_in');
  if (asked === null || asked.personId !== personId) return refuse('passkeys.refused');
  return await services.database.administration(async (admin) => {
    const credential = await lockCredential(admin, response.id);
    if (credential === null) return refuse('passkeys.refused');
    if (personId !== null && credential.personId !== personId) return refuse('passkeys.refused');
    const used = await readAssertion(site, response, credential, asked.challenge);
    if (used === null) return refuse('passkeys.refused');
    await markPasskeyUsed(admin, credential.id, { ...used, at: services.clock() });
    return { outcome: 'done', personId: credential.personId };
  });
}

async function readAssertion(
  site: PasskeySite,
  response: AuthenticationResponseJSON,
  credential: Credential,
  expectedChallenge: string,
): Promise<{ counter: number; synced: boolean } | null> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { isoBase64URL } = await import('@simplewebauthn/server/helpers');
  const { userHandle } = response.response;
  const owner = isoBase64URL.fromUTF8String(credential.personId);
  if (userHandle !== undefined && userHandle !== null && userHandle !== owner) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      credential: {
        id: credential.credentialId,
        publicKey: isoBase64URL.toBuffer(credential.publicKey),
        counter: credential.counter,
      },
    });
    if (!verified) return null;
    const { newCounter, credentialDeviceType } = authenticationInfo;
    return { counter: newCounter, synced: credentialDeviceType === 'multiDevice' };
  } catch {
    return null;
  }
}

async function keep(
  services: PeopleServices,
  challenge: string,
  purpose: ChallengePurpose,
  personId: string | null,
): Promise<void> {
  const at = services.clock();
  const expiresAt = new Date(at.getTime() + MINUTES * 60_000);
  await services.database.administration((admin) =>
    insertChallenge(admin, { digest: digestOf(challenge), purpose, personId }, { at, expiresAt }),
  );
}

interface Asked {
  /** As it was sent to the authenticator, in base64url. */
  challenge: string;
  personId: string | null;
}

/** In a transaction of its own: an answer that is refused has used its challenge up too. */
async function take(
  services: PeopleServices,
  { response }: RegistrationResponseJSON | AuthenticationResponseJSON,
  purpose: ChallengePurpose,
): Promise<Asked | null> {
  const challenge = readChallenge(response.clientDataJSON);
  if (challenge === null) return null;
  const found = await services.database.administration((admin) =>
    takeChallenge(admin, digestOf(challenge), services.clock()),
  );
  return found?.purpose === purpose ? { challenge, personId: found.personId } : null;
}

function readChallenge(clientDataJSON: string): string | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    return typeof challenge === 'string' ? challenge : null;
  } catch {
    return null;
  }
}

function digestOf(challenge: string): string {
  return createHash('sha256').update(challenge).digest('hex');
}
