/**
 * An authenticator for passkeys in software: ES256 keys of node:crypto, CBOR written by hand, no
 * attestation. It does what a browser and a telephone do together, and each lie a test asks for.
 */
import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>;

/** RFC 8949, as much of it as a key and an attestation need. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return joined(3, Buffer.from(value, 'utf8'));
  if (Buffer.isBuffer(value)) return joined(2, value);
  const pairs = [...value].flatMap(([name, held]) => [cbor(name), cbor(held)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

function joined(major: number, bytes: Buffer): Buffer {
  return Buffer.concat([head(major, bytes.length), bytes]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const MAY_SYNC = 0x08;
const HAS_KEY = 0x40;

export interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
  allowCredentials?: readonly { id: string }[];
}

export interface Lies {
  /** The page that asks; the authenticator signs whatever the browser says. */
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  /** False: nobody showed a finger. */
  verified?: boolean;
  /** Of the authenticator: the counter it tells next. */
  counter?: number;
  userHandle?: string;
  /** Signed with another key. */
  forged?: boolean;
  /** Attests with its own key, rightly, though nobody asked. */
  format?: string;
}

export class SoftAuthenticator {
  readonly origin: string;
  readonly credentialId = randomBytes(32);
  readonly #key: KeyObject;
  readonly #public: KeyObject;
  #rpId = '';
  #userHandle = '';
  #counter = 0;

  constructor(origin: string) {
    this.origin = origin;
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = pair.privateKey;
    this.#public = pair.publicKey;
  }

  get id(): string {
    return this.credentialId.toString('base64url');
  }

  /** What `navigator.credentials.create` gives for these options. */
  create(options: Options, lies: Lies = {}): object {
    this.#rpId = options.rp?.id ?? '';
    this.#userHandle = options.user?.id ?? '';
    const clientData = this.#clientData('webauthn.create', options, lies);
    const { x = '', y = '' } = this.#public.export({ format: 'jwk' });
    const key = new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const held = [Buffer.alloc(16), length, this.credentialId, cbor(key)];
    const authData = Buffer.concat([this.#authData(lies, HAS_KEY), ...held]);
    const digest = createHash('sha256').update(clientData).digest();
    const statement = new Map<string, Cbor>([
      ['alg', -7],
      ['sig', sign('sha256', Buffer.concat([authData, digest]), this.#key)],
    ]);
    const attestation = new Map<string, Cbor>([
      ['fmt', lies.format ?? 'none'],
      ['attStmt', lies.format === undefined ? new Map() : statement],
      ['authData', authData],
    ]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      attestationObject: cbor(attestation).toString('base64url'),
      transports: ['internal', 'hybrid'],
    });
  }

  /** What `navigator.credentials.get` gives for these options. */
  get(options: Options, lies: Lies = {}): object {
    this.#counter = lies.counter ?? this.#counter + 1;
    const clientData = this.#clientData('webauthn.get', options, lies);
    const authData = this.#authData(lies, 0);
    const digest = createHash('sha256').update(clientData).digest();
    const other = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const key = lies.forged === true ? other() : this.#key;
    const signature = sign('sha256', Buffer.concat([authData, digest]), key);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: lies.userHandle ?? this.#userHandle,
    });
  }

  #credential(response: object): object {
    const id = this.id;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, { challenge }: Options, lies: Lies): Buffer {
    const said = {
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(said), 'utf8');
  }

  #authData(lies: Lies, more: number): Buffer {
    const flags = PRESENT | (lies.verified === false ? 0 : VERIFIED) | MAY_SYNC | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    const rp = createHash('sha256')
      .update(lies.rpId ?? this.#rpId)
      .digest();
    return Buffer.concat([rp, Buffer.from([flags]), counter]);
  }
}
