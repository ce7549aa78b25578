import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { Resolve } from './address.ts';
import {
  addressRefused,
  guardedLookup,
  hostOf,
  isAllowedHost,
  isPrivateAddress,
  systemResolve,
} from './address.ts';
import { answerBody, contentLength } from './http-body.ts';
import { TransportError } from './transport-error.ts';

export type { TransportErrorCode } from './transport-error.ts';

/** Limits of one call. Milliseconds and bytes. */
export interface HttpLimits {
  /** From the call to the last byte of the body, our own slowness in reading included. */
  readonly totalMs: number;
  /** The longest silence: before the first byte of the answer, and between two pieces of it. */
  readonly idleMs: number;
  /** Name, connection and TLS handshake together. */
  readonly connectMs: number;
  /** Of the body, after decompression. */
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  /** How many redirects on the same host a GET may follow. */
  readonly maxRedirects: number;
}

export const defaultHttpLimits: HttpLimits = {
  totalMs: 300_000,
  idleMs: 60_000,
  connectMs: 10_000,
  maxBytes: 64 * 1024 * 1024,
  maxHeaderBytes: 32 * 1024,
  maxRedirects: 3,
};

/** Timers as a port, so that tests fire them by hand. */
export interface Timers {
  /** Runs `act` once after `ms`; the function returned cancels it. */
  after(ms: number, act: () => void): () => void;
}

export const systemTimers: Timers = {
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

export interface HttpRequest {
  readonly method: string;
  /** http or https, without user and password. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly limits?: Partial<HttpLimits>;
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; a header that came several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The Content-Type as it came, or null. */
  readonly contentType: string | null;
  /**
   * The body, decompressed. Read it once, to its end or break off: the connection is held until
   * then or until the total limit. Throws TransportError.
   */
  readonly body: AsyncIterable<Uint8Array>;
}

export interface HttpOptions {
  /** Hosts that may have private addresses: `localhost`, `10.1.2.3:8443`. */
  readonly allowHosts?: readonly string[];
  /** Certificates (PEM) to trust instead of the system's. */
  readonly ca?: string | readonly string[];
  readonly limits?: Partial<HttpLimits>;
  readonly timers?: Timers;
  readonly resolve?: Resolve;
}

export interface Http {
  /** Throws TransportError; `sent` says whether the other side may have heard us. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends the connections that are kept. Calls under way break. */
  close(): void;
}

/** What one call carries through its redirects. */
interface Call {
  readonly request: HttpRequest;
  readonly limits: HttpLimits;
  readonly timers: Timers;
  /** Set as soon as the connection stands: from then on the request may have been heard. */
  sent: boolean;
  /** Ends whatever is under way with this error. */
  fail: (error: TransportError) => void;
  /** The name that TLS and connect errors are told apart by. */
  phase: 'connect' | 'tls' | 'answer';
  readonly cancels: Set<() => void>;
}

/**
 * The one HTTP client of the project. No answer is trusted: everything has a limit, private
 * addresses are refused where they are resolved, TLS is verified, nothing is sent to another host.
 * No proxy is taken from the environment. Answers may come compressed (gzip, deflate, br): XML
 * shrinks tenfold, and the size limit is kept on what comes out of the decoder, piece by piece.
 */
export function createHttp(options: HttpOptions = {}): Http {
  const limits = { ...defaultHttpLimits, ...options.limits };
  const timers = options.timers ?? systemTimers;
  // A kept connection is dropped after 4 s, before most servers drop it under our next request:
  // a reset there would make the outcome of a command unknown for nothing.
  const kept = { keepAlive: true, timeout: 4_000 };
  const ca = options.ca === undefined ? {} : { ca: [options.ca].flat() as string[] };
  const plain = new HttpAgent(kept);
  const secure = new HttpsAgent({ ...kept, ...ca, rejectUnauthorized: true });

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const call = newCall(request, { ...limits, ...request.limits }, timers);
    try {
      let url = checkUrl(request.url);
      for (let hops = 0; ; hops += 1) {
        const answer = await exchange(call, url);
        const next = redirection(call, url, answer, hops);
        if (next === null) return answerOf(call, answer);
        answer.destroy();
        url = next;
      }
    } catch (error) {
      release(call);
      throw asTransportError(call, error);
    }
  }

  function exchange(call: Call, url: URL): Promise<IncomingMessage> {
    const allowed = isAllowedHost(url, options.allowHosts ?? []);
    const host = hostOf(url);
    // A literal address never reaches the lookup.
    if (isIP(host) !== 0 && !allowed && isPrivateAddress(host)) throw addressRefused(host);
    const https = url.protocol === 'https:';
    const body = call.request.body ?? null;
    const outgoing = (https ? httpsRequest : httpRequest)(url, {
      method: call.request.method,
      agent: https ? secure : plain,
      headers: requestHeaders(call.request, body),
      lookup: guardedLookup(options.resolve ?? systemResolve, allowed),
      maxHeaderSize: call.limits.maxHeaderBytes,
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    return answered(call, outgoing, body, https);
  }

  return {
    send,
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function newCall(request: HttpRequest, limits: HttpLimits, timers: Timers): Call {
  const call: Call = {
    request,
    limits,
    timers,
    sent: false,
    fail: () => {},
    phase: 'connect',
    cancels: new Set(),
  };
  if (request.signal?.aborted) throw aborted(call);
  const onAbort = () => call.fail(aborted(call));
  request.signal?.addEventListener('abort', onAbort, { once: true });
  call.cancels.add(() => request.signal?.removeEventListener('abort', onAbort));
  const { totalMs } = limits;
  call.cancels.add(
    timers.after(totalMs, () =>
      call.fail(overdue(call, 'timeout', `not finished within ${totalMs} ms`)),
    ),
  );
  return call;
}

function release(call: Call): void {
  for (const cancel of call.cancels) cancel();
  call.cancels.clear();
}

function aborted(call: Call): TransportError {
  return new TransportError('aborted', { sent: call.sent, detail: 'stopped by us' });
}

function overdue(call: Call, code: 'timeout' | 'idle', detail: string): TransportError {
  return new TransportError(code, { sent: call.sent, detail });
}

function checkUrl(text: string): URL {
  const refused = (detail: string) => new TransportError('address', { sent: false, detail });
  if (!URL.canParse(text)) throw refused('the address is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw refused(`${url.protocol} is not spoken here; use https`);
  }
  // Credentials in an address end up in logs; they belong in the interface's settings.
  if (url.username !== '' || url.password !== '') throw refused('the address holds a password');
  return url;
}

function requestHeaders(request: HttpRequest, body: string | Uint8Array | null) {
  const headers: Record<string, string> = {
    'user-agent': 'Parterre',
    'accept-encoding': 'gzip, deflate, br',
  };
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  if (body !== null) headers['content-length'] = String(Buffer.byteLength(body));
  return headers;
}

/** Sends the request and waits for the head of the answer. */
function answered(
  call: Call,
  outgoing: ClientRequest,
  body: string | Uint8Array | null,
  https: boolean,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { connectMs, idleMs } = call.limits;
    let settled = false;
    let cancelWait = call.timers.after(connectMs, () =>
      call.fail(overdue(call, 'timeout', `no connection within ${connectMs} ms`)),
    );
    call.phase = 'connect';
    call.fail = (error) => outgoing.destroy(error);
    const cancel = () => cancelWait();
    call.cancels.add(cancel);
    const onReady = () => {
      call.sent = true;
      call.phase = 'answer';
      cancelWait();
      if (settled) return;
      cancelWait = call.timers.after(idleMs, () =>
        call.fail(overdue(call, 'idle', `no answer within ${idleMs} ms`)),
      );
    };
    outgoing.on('socket', (socket) => watchSocket(call, socket, https, onReady));
    outgoing.on('error', (error) => {
      // Late errors (the other side closed while we wrote, after it answered) are the body's.
      if (!settled) reject(error);
      settled = true;
    });
    outgoing.on('response', (answer) => {
      settled = true;
      cancelWait();
      call.cancels.delete(cancel);
      resolve(answer);
    });
    if (body === null) outgoing.end();
    else outgoing.end(body);
  });
}

function watchSocket(call: Call, socket: Socket, https: boolean, onReady: () => void): void {
  if (!socket.connecting) {
    onReady();
    return;
  }
  socket.once('connect', () => {
    if (https) call.phase = 'tls';
    else onReady();
  });
  if (https) socket.once('secureConnect', onReady);
}

/** Where a redirect leads, null when this is the answer. Throws when it may not be followed. */
function redirection(call: Call, from: URL, answer: IncomingMessage, hops: number): URL | null {
  const status = answer.statusCode ?? 0;
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const refused = (detail: string) => {
    answer.destroy();
    return new TransportError('redirect', { sent: true, status, detail });
  };
  const { location } = answer.headers;
  if (location === undefined || !URL.canParse(location, from.href)) {
    throw refused(`status ${status} without a place to go`);
  }
  const to = checkUrl(new URL(location, from).href);
  if (call.request.method !== 'GET') throw refused(`${call.request.method} is not repeated`);
  if (to.host !== from.host || to.protocol !== from.protocol) {
    throw refused(`redirected to another host (${to.protocol}//${to.host})`);
  }
  if (hops >= call.limits.maxRedirects) throw refused(`more than ${hops} redirects`);
  return to;
}

function answerOf(call: Call, answer: IncomingMessage): HttpAnswer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const { maxBytes } = call.limits;
  const announced = contentLength(answer.headers['content-length']);
  if (announced > maxBytes && call.request.method !== 'HEAD') {
    answer.destroy();
    throw new TransportError('too-large', {
      sent: true,
      status: answer.statusCode ?? 0,
      detail: `${announced} bytes announced, ${maxBytes} allowed`,
    });
  }
  const body = answerBody(answer, {
    maxBytes,
    idleMs: call.limits.idleMs,
    timers: call.timers,
    onFail: (fail) => {
      call.fail = fail;
    },
    onEnd: () => release(call),
    asError: (error) => asTransportError(call, error),
  });
  const contentType = answer.headers['content-type'] ?? null;
  return { status: answer.statusCode ?? 0, headers, contentType, body };
}

/** Tells Node's errors apart by their code and by how far the call had come. */
function asTransportError(call: Call, error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code ?? 'unknown';
  const facts = { sent: call.sent, detail: `the connection failed (${code})`, cause: error };
  if (code === 'HPE_HEADER_OVERFLOW') {
    const detail = `headers over ${call.limits.maxHeaderBytes} bytes`;
    return new TransportError('too-large', { ...facts, detail });
  }
  if (code.startsWith('HPE_')) {
    return new TransportError('status', { ...facts, detail: `not an HTTP answer (${code})` });
  }
  if (code.startsWith('ERR_INVALID_') || code === 'ERR_UNESCAPED_CHARACTERS') throw error;
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code === 'ERR_BUFFER_TOO_LARGE') {
    return new TransportError('reset', { ...facts, detail: `cannot be decompressed (${code})` });
  }
  if (call.phase === 'connect') return new TransportError('connect', facts);
  if (call.phase === 'tls') return new TransportError('tls', facts);
  return new TransportError('reset', facts);
}
