/** The link with which a person sets a password: made here, shown once, kept as a digest. */
import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../../store/database/transaction.ts';
import { replaceLinks } from '../../store/people-store.ts';

const HOURS = 48;
const TOKEN_BYTES = 32;

export interface LinkForOnce {
  /** What the address ends in: whoever has it sets the password. */
  token: string;
  expiresAt: Date;
}

/** A random id of the kind that the sign-in library makes. */
export function randomId(): string {
  return randomBytes(24).toString('base64url');
}

/** Earlier links of the person end. */
export async function makeLink(admin: Tx, personId: string, at: Date): Promise<LinkForOnce> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const expiresAt = new Date(at.getTime() + HOURS * 3_600_000);
  // The name under which the library asks for it, hashed as its setting `hashed` does.
  const identifier = createHash('sha256').update(`reset-password:${token}`).digest('base64url');
  await replaceLinks(admin, { id: randomId(), identifier, personId, at, expiresAt });
  return { token, expiresAt };
}

/** Where a browser opens it. After `#`, so that no server and no log sees the token. */
export function addressOfLink(publicUrl: string, link: LinkForOnce): string {
  return `${publicUrl.replace(/\/$/, '')}/set-password#token=${link.token}`;
}
