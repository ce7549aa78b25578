/** Answers a request once, however often it is sent: the key of a write and its kept answer. */
import type { RequestKey } from '../../store/api-request-store.ts';
import {
  claimKey,
  finishKey,
  forgetExpired,
  readKey,
  releaseKey,
} from '../../store/api-request-store.ts';
import type { Database } from '../../store/database/database.ts';
import type { Clock } from '../context.ts';

const KEPT_MS = 24 * 3_600_000;
/** A request that has not ended after this long went down with its server. */
const DEAD_MS = 3_600_000;
const FORGOTTEN_AT_ONCE = 50;
const ATTEMPTS = 3;

export interface AnswerServices {
  database: Database;
  clock: Clock;
}

export interface ClaimRequest extends RequestKey {
  organisationId: number;
  /** SHA-256 of the address and the body. */
  digest: string;
  /** Unique for this request. */
  claim: string;
}

export interface KeptAnswer {
  status: number;
  contentType: string | null;
  /** Null: it may not be kept. */
  body: string | null;
}

export type Claimed =
  | { outcome: 'yours' }
  | { outcome: 'running' }
  | { outcome: 'other_body' }
  | { outcome: 'done'; answer: KeptAnswer };

/** Of several at once exactly one gets `yours`; it must end with keepAnswer or giveBack. */
export function claimAnswer(
  { database, clock }: AnswerServices,
  request: ClaimRequest,
): Promise<Claimed> {
  return database.transaction(request.organisationId, async (tx): Promise<Claimed> => {
    const at = clock();
    await forgetExpired(tx, at, FORGOTTEN_AT_ONCE);
    const expiresAt = new Date(at.getTime() + KEPT_MS);
    const deadBefore = new Date(at.getTime() - DEAD_MS);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (await claimKey(tx, { ...request, at, expiresAt, deadBefore })) {
        return { outcome: 'yours' };
      }
      const kept = await readKey(tx, request);
      // Given back between the two statements: it is free again.
      if (kept === null) continue;
      if (kept.digest !== request.digest) return { outcome: 'other_body' };
      if (kept.state === 'running') return { outcome: 'running' };
      const { status, contentType, body } = kept;
      return { outcome: 'done', answer: { status: status ?? 200, contentType, body } };
    }
    return { outcome: 'running' };
  });
}

export function keepAnswer(
  { database }: AnswerServices,
  request: ClaimRequest,
  answer: KeptAnswer,
): Promise<void> {
  return database.transaction(request.organisationId, (tx) => finishKey(tx, request, answer));
}

/** Nothing was done: the key may be used again. */
export function giveBack({ database }: AnswerServices, request: ClaimRequest): Promise<void> {
  return database.transaction(request.organisationId, (tx) => releaseKey(tx, request));
}
