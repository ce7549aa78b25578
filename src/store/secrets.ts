/**
 * Secrets of interfaces at rest: AES-256-GCM, with the key of PARTERRE_SECRET or of a file that
 * only its owner reads in the data folder.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './database/errors.ts';

export interface SecretBox {
  /** Encrypts a text; the same text gives other bytes each time. */
  seal(text: string): Uint8Array;
  /** Throws StoreError `store.secret_unreadable` when the key is another or the bytes changed. */
  open(sealed: Uint8Array): string;
}

export interface SecretBoxOptions {
  /** The environment: PARTERRE_SECRET, at least 16 characters, is the key's source. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where the key file lies when the environment names no key. */
  dataFolder: string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_FILE = 'secret.key';

/** Makes the key file when there is none. Throws StoreError when the key cannot be trusted. */
export function createSecretBox(options: SecretBoxOptions): SecretBox {
  const source = keySource(options);
  const key = Buffer.from(hkdfSync('sha256', source, '', 'parterre interface secrets', 32));
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const bytes = Buffer.from(sealed);
      const bodyAt = 1 + NONCE_BYTES + TAG_BYTES;
      if (bytes[0] !== VERSION || bytes.length < bodyAt) throw unreadable();
      try {
        const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce);
        decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, bodyAt));
        return decipher.update(bytes.subarray(bodyAt), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

function readKeyFile(dataFolder: string): string {
  const file = join(dataFolder, KEY_FILE);
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    try {
      // Exclusive: of two processes that start at once, one makes the key.
      const text = `${randomBytes(32).toString('base64')}\n`;
      writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

function unreadable(cause?: unknown): StoreError {
  return new StoreError(
    'store.secret_unreadable',
    'The secrets of an interface cannot be read with this key.',
    'Start with the PARTERRE_SECRET (or the secret.key file) that they were saved with, or type ' +
      'the passwords of the interface again.',
    cause,
  );
}

/**
 * A secret for one other purpose (signing cookies, say), as 43 characters: the same on every
 * server with the same PARTERRE_SECRET, and of no use to find the key or another purpose's.
 */
export function deriveSecret(options: SecretBoxOptions, purpose: string): string {
  const bytes = hkdfSync('sha256', keySource(options), '', `parterre ${purpose}`, 32);
  return Buffer.from(bytes).toString('base64url');
}

function keySource(options: SecretBoxOptions): string {
  const source = options.env.PARTERRE_SECRET ?? readKeyFile(options.dataFolder);
  if (source.length >= 16) return source;
  throw new StoreError(
    'store.secret_weak',
    'PARTERRE_SECRET has fewer than 16 characters.',
    'Set a long random text, for example of `openssl rand -base64 32`.',
  );
}
