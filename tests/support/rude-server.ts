import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createNetServer } from 'node:net';
import { testCertificate, testKey } from './test-certificate.ts';

/** What the server does with a request that has come whole. */
export type Manner = (answer: ServerResponse, request: IncomingMessage, body: string) => void;

export interface RudeServer {
  readonly port: number;
  /** `http://localhost:PORT`, or https. */
  readonly url: string;
  /** Requests that came whole: method, path and body. */
  readonly heard: {
    method: string;
    path: string;
    headers: IncomingMessage['headers'];
    body: string;
  }[];
  /** Bytes that left on all connections. */
  sentBytes(): number;
  behave(manner: Manner): void;
  close(): Promise<void>;
}

/** A loopback server that misbehaves as it is told. Refuses nothing, keeps no promise. */
export async function startRudeServer(kind: 'http' | 'https' = 'http'): Promise<RudeServer> {
  let manner: Manner = (answer) => answer.end();
  const sockets = new Set<Socket>();
  let sent = 0;
  const heard: RudeServer['heard'] = [];
  const listener = (request: IncomingMessage, answer: ServerResponse) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => {});
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const { method = '', url = '', headers } = request;
      heard.push({ method, path: url, headers, body });
      manner(answer, request, body);
    });
  };
  const server =
    kind === 'http'
      ? createServer(listener)
      : createTlsServer({ key: testKey, cert: testCertificate }, listener);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${kind}://localhost:${port}`,
    heard,
    sentBytes: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sent),
    behave(next) {
      manner = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server that breaks every connection at its first byte, before any request is understood. */
export async function startDoorSlammer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createNetServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.resetAndDestroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with a text of some type. */
export function answering(
  body: string | Uint8Array,
  type = 'text/xml; charset=utf-8',
  status = 200,
): Manner {
  return (answer) => {
    answer.writeHead(status, { 'content-type': type });
    answer.end(body);
  };
}

/** Writes pieces one after the other, as fast as they are taken, as long as anyone listens. */
export function pouring(pieces: () => Iterable<string | Uint8Array>, type = 'text/xml'): Manner {
  return (answer) => {
    answer.writeHead(200, { 'content-type': type });
    const iterator = pieces()[Symbol.iterator]();
    const pour = () => {
      for (;;) {
        if (answer.destroyed) return;
        const next = iterator.next();
        if (next.done) {
          answer.end();
          return;
        }
        if (!answer.write(next.value)) {
          answer.once('drain', pour);
          return;
        }
      }
    };
    pour();
  };
}

/** Timers that go off when told, each known by its milliseconds. */
export class HandTimers {
  private readonly armed: { ms: number; act: () => void }[] = [];
  private readonly waiting: { ms: number; found: () => void }[] = [];

  after = (ms: number, act: () => void): (() => void) => {
    const entry = { ms, act };
    this.armed.push(entry);
    for (const wait of this.waiting.splice(0)) {
      if (wait.ms === ms) wait.found();
      else this.waiting.push(wait);
    }
    return () => {
      const at = this.armed.indexOf(entry);
      if (at >= 0) this.armed.splice(at, 1);
    };
  };

  /** Resolves when a timer of this length is armed. */
  async whenArmed(ms: number): Promise<void> {
    if (this.armed.some((entry) => entry.ms === ms)) return;
    await new Promise<void>((found) => this.waiting.push({ ms, found }));
  }

  /** Lets the timers of this length go off. */
  fire(ms: number): void {
    for (const entry of [...this.armed]) if (entry.ms === ms) entry.act();
  }

  get count(): number {
    return this.armed.length;
  }
}
