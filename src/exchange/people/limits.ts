/**
 * How often one may try and ask. Counted in the database, so that several servers are as strict
 * as one.
 */
import { createHash } from 'node:crypto';
import { networkOf } from '../../domain/people/network.ts';
import type { Tx } from '../../store/database/transaction.ts';
import type { FailureRule } from '../../store/people-limit-store.ts';
import {
  clearFailures,
  countAttempt,
  forgetCounters,
  giveBackAttempt,
  takeRequests,
} from '../../store/people-limit-store.ts';
import { findKnown } from '../../store/people-store.ts';
import { forgetEnded } from '../../store/person-account-store.ts';
import { NOBODY_YET, noteOfPerson } from './own-journal.ts';
import type { PeopleServices } from './people-request.ts';

type LimitServices = Pick<PeopleServices, 'database' | 'clock'>;

export interface Attempt {
  /** Null: whose it is nobody knows. */
  login: string | null;
  address: string;
}

export const LOGIN_RULE: FailureRule = { attempts: 10, lockSeconds: 900, memorySeconds: 900 };
/** Many people may share an address, so it may fail oftener. */
export const ADDRESS_RULE: FailureRule = { attempts: 100, lockSeconds: 900, memorySeconds: 900 };

export interface AttemptRefused {
  /** Whole seconds until the next attempt may be made. */
  retryAfterSeconds: number;
}

/**
 * Counts an attempt at a login from an address, before it is made; null: it may be made. Who
 * does not exist is counted like who does. A lock that begins is noted in the journal.
 */
export async function beginAttempt(
  services: PeopleServices,
  { login, address }: Attempt,
): Promise<AttemptRefused | null> {
  const at = services.clock();
  return await services.database.administration(async (admin) => {
    const subjects: [string, FailureRule][] = [
      [digest('address', networkOf(address)), ADDRESS_RULE],
    ];
    if (login !== null) subjects.push([loginSubject(login), LOGIN_RULE]);
    for (const [subject, rule] of subjects) {
      const { lockedUntil, locks } = await countAttempt(admin, subject, at, rule);
      if (lockedUntil === null) continue;
      if (locks && login !== null && rule === LOGIN_RULE) {
        await noteLock(admin, services, login, { until: lockedUntil, address });
      }
      const wait = Date.parse(lockedUntil) - at.getTime();
      return { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1_000)) };
    }
    return null;
  });
}

async function noteLock(
  admin: Tx,
  services: PeopleServices,
  login: string,
  after: { until: string; address: string },
): Promise<void> {
  const person = await findKnown(admin, login);
  if (person === null) return;
  await noteOfPerson(admin, services, person, { action: 'person.locked', after }, NOBODY_YET);
}

/** A good attempt: its login begins anew, its address only gets this one attempt back. */
export async function attemptWasGood(
  { database }: LimitServices,
  { login, address }: Attempt,
): Promise<void> {
  await database.administration(async (admin) => {
    await giveBackAttempt(admin, digest('address', networkOf(address)));
    if (login !== null) await clearFailures(admin, loginSubject(login));
  });
}

/**
 * A good first factor: it counts as no failure and forgives none, or who knows a password could
 * try codes for ever.
 */
export async function attemptWasHalf(
  { database }: LimitServices,
  { login, address }: Attempt,
): Promise<void> {
  await database.administration(async (admin) => {
    await giveBackAttempt(admin, digest('address', networkOf(address)));
    if (login !== null) await giveBackAttempt(admin, loginSubject(login));
  });
}

/** Under which a login's failures are counted. */
export function loginSubject(login: string): string {
  return digest('login', login);
}

/** Requests per minute. */
export const REQUESTS = { key: 1_200, person: 1_200, address: 3_000 } as const;
const WINDOW_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;
const KEPT_MS = 86_400_000;
/** A window is taken from the database in this many parts. */
const PARTS = 20;

interface Share {
  windowAt: number;
  left: number;
}

/**
 * Counts requests. A server takes a twentieth of the window at a time, so that the database is
 * asked at most twenty times a minute for a subject; what a server does not use up is lost.
 */
export class RequestLimits {
  readonly #services: LimitServices;
  #shares = new Map<string, Share>();
  #windowAt = 0;
  #forgotAt = 0;

  constructor(services: LimitServices) {
    this.#services = services;
  }

  /** Null: the request may go on; otherwise the seconds until the next window. */
  async take(kind: keyof typeof REQUESTS, subject: string): Promise<AttemptRefused | null> {
    const now = this.#services.clock().getTime();
    const windowAt = now - (now % WINDOW_MS);
    if (windowAt !== this.#windowAt) await this.#begin(windowAt);
    const who = kind === 'address' ? networkOf(subject) : subject;
    const name = digest(`requests ${kind}`, who);
    const share = this.#shares.get(name) ?? { windowAt, left: 0 };
    if (share.left === 0) {
      const part = Math.ceil(REQUESTS[kind] / PARTS);
      const used = await this.#services.database.administration((admin) =>
        takeRequests(admin, name, new Date(windowAt), part),
      );
      share.left += used <= REQUESTS[kind] ? part : 0;
      this.#shares.set(name, share);
    }
    if (share.left > 0) {
      share.left -= 1;
      return null;
    }
    return { retryAfterSeconds: Math.ceil((windowAt + WINDOW_MS - now) / 1_000) };
  }

  /** Another window; once an hour, what was counted a day ago is removed. */
  async #begin(windowAt: number): Promise<void> {
    this.#shares = new Map();
    this.#windowAt = windowAt;
    if (windowAt - this.#forgotAt < FORGET_EVERY_MS) return;
    this.#forgotAt = windowAt;
    const before = new Date(windowAt - KEPT_MS);
    await this.#services.database.administration(async (admin) => {
      await forgetCounters(admin, before);
      await forgetEnded(admin, before);
    });
  }
}

/** Addresses and logins do not lie in a table of failures. */
function digest(kind: string, subject: string): string {
  return createHash('sha256').update(`${kind} ${subject}`).digest('base64url');
}
