/** Sends what the outbox holds. What fails is tried again; what was claimed and lost, too. */

import { nextAttempt } from '../../domain/watch/back-off.ts';
import type { SendResult } from '../../domain/watch/delivery.ts';
import { findSealedHook } from '../../store/hook-store.ts';
import type { ClaimedDelivery } from '../../store/outbox-store.ts';
import { claimDeliveries, endAttempt } from '../../store/outbox-store.ts';
import type { ExchangeServices } from '../context.ts';

/** The ways out of the house; src/notify makes them, src/main passes them. */
export interface Senders {
  /** Null: no mail server is set. Mails wait for three days. */
  mail: ((delivery: ClaimedDelivery) => Promise<SendResult>) | null;
  webhook(delivery: ClaimedDelivery, address: HookAddress, at: Date): Promise<SendResult>;
  chat(delivery: ClaimedDelivery, address: HookAddress, at: Date): Promise<SendResult>;
}

/** What a hook's sealed bytes hold. */
export interface HookAddress {
  url: string;
  secret: string;
}

export type DeliverServices = Pick<ExchangeServices, 'database' | 'clock' | 'secrets'>;

export interface Delivered {
  delivered: number;
  retried: number;
  failed: number;
}

/** Longer than any one sending may take; a sender that dies holds its deliveries until then. */
const CLAIM_MS = 5 * 60_000;
const AT_ONCE = 10;

/**
 * Sends what is due, ten at once, until nothing is. Each is sent at least once: when the process
 * dies between the sending and the note of it, it is sent again, under the same message id
 * (`Message-ID`, `Parterre-Delivery`), by which a receiver knows it.
 */
export async function deliverDue(
  services: DeliverServices,
  senders: Senders,
  request: { organisationId: number; signal?: AbortSignal },
): Promise<Delivered> {
  const sum: Delivered = { delivered: 0, retried: 0, failed: 0 };
  while (request.signal?.aborted !== true) {
    const now = services.clock();
    const until = new Date(now.getTime() + CLAIM_MS);
    const claimed = await services.database.transaction(request.organisationId, (tx) =>
      claimDeliveries(tx, { now, until, limit: AT_ONCE }),
    );
    if (claimed.length === 0) break;
    const ends = await Promise.all(
      claimed.map((delivery) => sendOne(services, senders, request.organisationId, delivery)),
    );
    for (const end of ends) sum[end] += 1;
  }
  return sum;
}

async function sendOne(
  services: DeliverServices,
  senders: Senders,
  organisationId: number,
  delivery: ClaimedDelivery,
): Promise<keyof Delivered> {
  const began = services.clock();
  const result = await tryIt(services, senders, organisationId, delivery, began);
  const at = services.clock();
  const again = result.outcome === 'retry';
  const nextAt = again ? nextAttempt(delivery.attempts, new Date(delivery.begunAt), at) : null;
  const durationMs = Math.max(0, at.getTime() - began.getTime());
  const { id, attempts: attempt } = delivery;
  await services.database.transaction(organisationId, (tx) =>
    endAttempt(tx, { id, attempt, at, durationMs, result, nextAt }),
  );
  if (result.outcome === 'delivered') return 'delivered';
  return nextAt === null ? 'failed' : 'retried';
}

async function tryIt(
  services: DeliverServices,
  senders: Senders,
  organisationId: number,
  delivery: ClaimedDelivery,
  at: Date,
): Promise<SendResult> {
  try {
    if (delivery.kind === 'mail') {
      if (senders.mail !== null) return await senders.mail(delivery);
      return { outcome: 'retry', status: null, detail: 'PARTERRE_SMTP_URL is not set' };
    }
    const { hookId } = delivery;
    const hook = await services.database.transaction(organisationId, (tx) =>
      findSealedHook(tx, hookId ?? 0),
    );
    if (hook === null) return { outcome: 'refused', status: null, detail: 'the hook was removed' };
    const address = JSON.parse(services.secrets.open(hook.sealed)) as HookAddress;
    return await senders[delivery.kind](delivery, address, at);
  } catch (error) {
    // A defect of one delivery must not hold up the others; its detail may hold content.
    const name = error instanceof Error ? error.name : 'unknown';
    return { outcome: 'retry', status: null, detail: `it could not be sent (${name})` };
  }
}
