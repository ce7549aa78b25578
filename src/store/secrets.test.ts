import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createSecretBox } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'parterre-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = JSON.stringify({ password: 'sésame ouvre-toi' });
const box = (secret: string) =>
  createSecretBox({ env: { PARTERRE_SECRET: secret }, dataFolder: folder });

it('opens what it sealed, with the same key only', () => {
  const sealed = box('first secret of the house').seal(TEXT);
  expect(box('first secret of the house').open(sealed)).toBe(TEXT);
  expect(Buffer.from(sealed).includes('ouvre-toi')).toBe(false);
  expect(() => box('another secret of a house').open(sealed)).toThrow(/cannot be read/);
});

it('seals the same text differently each time, and notices a changed byte', () => {
  const one = box('first secret of the house');
  const sealed = one.seal(TEXT);
  expect(Buffer.from(one.seal(TEXT)).equals(sealed)).toBe(false);
  for (const at of [0, 1, 20, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => one.open(changed)).toThrow(/cannot be read/);
  }
  expect(() => one.open(sealed.subarray(0, 10))).toThrow(/cannot be read/);
});

it('keeps a key of its own in the data folder, for its owner only', () => {
  const dataFolder = join(folder, 'data');
  const sealed = createSecretBox({ env: {}, dataFolder }).seal(TEXT);
  const file = join(dataFolder, 'secret.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(createSecretBox({ env: {}, dataFolder }).open(sealed)).toBe(TEXT);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThanOrEqual(43);
});

it('refuses a key that can be guessed', () => {
  expect(() => box('short')).toThrow(/fewer than 16/);
});
