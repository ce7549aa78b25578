/** A server with nothing but people, for tests: two of them may share a database. */
import { createHmac } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { People } from '../../src/api/people/people.ts';
import { createPeople } from '../../src/api/people/people.ts';
import type { Directory } from '../../src/api/people/sign-in.ts';
import { createApi } from '../../src/api/server.ts';
import type { ExchangeServices } from '../../src/exchange/context.ts';
import type { Database } from '../../src/store/database/database.ts';
import { createIdSource } from '../../src/store/database/id-source.ts';

export const PUBLIC_URL = 'http://tickets.test';

export interface PeopleServer {
  app: FastifyInstance;
  people: People;
  services: { database: Database; ids: ReturnType<typeof createIdSource>; clock: () => Date };
  /** Every line that was logged. */
  log: string[];
  /** A browser on our own pages: it keeps its cookies. */
  browser(): Browser;
  close(): Promise<void>;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Record<string, unknown>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Browser {
  cookies: Map<string, string>;
  send(method: Method, url: string, body?: object, more?: Record<string, string>): Promise<Answer>;
}

/** `clock` is that of keys, limits and links; the sign-in library has the machine's. */
export async function openPeopleServer(
  database: Database,
  clock: () => Date = () => new Date(),
  directory: Directory | null = null,
  publicUrl: string = PUBLIC_URL,
): Promise<PeopleServer> {
  const services = { database, ids: createIdSource(database), clock };
  const people = createPeople({
    services,
    pool: database.foreignPool,
    secret: 'a secret of the tests, long enough for all',
    publicUrl,
    directory,
  });
  const log: string[] = [];
  const app = createApi({
    exchange: services as unknown as ExchangeServices,
    identify: people.identify,
    logger: listening(log),
    routes: [people.routes],
    isSecure: publicUrl.startsWith('https:'),
  });
  app.register(people.auth);
  await app.ready();
  return {
    app,
    people,
    services,
    log,
    browser: () => browserOf(app, publicUrl),
    close: () => app.close(),
  };
}

function listening(lines: string[]) {
  const write = (...parts: unknown[]): void => {
    lines.push(parts.map((part) => JSON.stringify(part, asLogged)).join(' '));
  };
  const logger = {
    level: 'trace',
    fatal: write,
    error: write,
    warn: write,
    info: write,
    debug: write,
    trace: write,
    silent: () => {},
    child: () => logger,
  };
  return logger as never;
}

/** Requests and answers as the server's own log writes them: method and address. */
function asLogged(_: string, value: unknown): unknown {
  if (value instanceof Error) return { message: value.message, stack: value.stack };
  const { raw, method, url } = (value ?? {}) as Record<string, unknown>;
  return raw === undefined ? value : { method, url };
}

function browserOf(app: FastifyInstance, origin: string): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async send(method, url, body, more = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await app.inject({
        method,
        url,
        headers: { origin, ...(cookie === '' ? {} : { cookie }), ...more },
        ...(body === undefined ? {} : { payload: body }),
      });
      for (const { name, value } of answer.cookies) {
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const json = answer.body === '' ? {} : answer.json();
      return { status: answer.statusCode, body: json ?? {}, headers: answer.headers };
    },
  };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The six digits that a telephone shows for this `otpauth:` address (RFC 6238). */
export function codeOfTelephone(address: string, at: Date = new Date()): string {
  const secret = new URL(address).searchParams.get('secret') ?? '';
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const digest = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}
