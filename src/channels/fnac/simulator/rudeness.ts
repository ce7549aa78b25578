import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../../contract/switchboard.ts';
import type { ServiceName } from './services.ts';
import { faultXml } from './services.ts';

const XML = { 'content-type': 'text/xml; charset=utf-8' };
const HUGE_BYTES = 200_000_000;
const DRIP_MILLISECONDS = 20;

/** What is to go wrong next, per service. It is mood, not memory: a restart forgets it. */
export class Moods {
  readonly #failures = new Map<string, Failure[]>();
  readonly #drops = new Map<string, number>();
  readonly #delays = new Map<string, { milliseconds: number; times: number }>();

  failNext(service: string, failure: Failure, times: number): void {
    const queue = this.#failures.get(service) ?? [];
    for (let count = 0; count < times; count += 1) queue.push(failure);
    this.#failures.set(service, queue);
  }

  dropNext(service: string, times: number): void {
    this.#drops.set(service, (this.#drops.get(service) ?? 0) + times);
  }

  delay(service: string, milliseconds: number, times: number): void {
    this.#delays.set(service, { milliseconds, times });
  }

  takeFailure(service: string): Failure | null {
    return this.#failures.get(service)?.shift() ?? null;
  }

  takeDrop(service: string): boolean {
    const left = this.#drops.get(service) ?? 0;
    if (left > 0) this.#drops.set(service, left - 1);
    return left > 0;
  }

  takeDelay(service: string): number {
    const delay = this.#delays.get(service);
    if (!delay || delay.times === 0) return 0;
    delay.times -= 1;
    return delay.milliseconds;
  }
}

/** Failures that spoil a good answer need it; the others answer by themselves. */
export function spoilsAnswer(failure: Failure): boolean {
  return ['truncate', 'slow', 'huge', 'charset', 'dtd', 'entities'].includes(failure);
}

/** Answers rudely without any work done. */
export function answerRudely(
  failure: Failure,
  service: ServiceName,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (failure.startsWith('fault:')) {
    const code = failure.slice('fault:'.length);
    const status = code === 'AUTHENTIFICATION' ? 401 : 500;
    response.writeHead(status, XML).end(faultXml(code, `Erreur simulée sur ${service}`));
    return;
  }
  switch (failure) {
    case 'unauthorized':
      response.writeHead(401, XML).end(faultXml('AUTHENTIFICATION', 'Accès refusé'));
      return;
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!DOCTYPE html><html><body><h1>Maintenance en cours</h1></body></html>\n');
      return;
    case 'empty':
      response.writeHead(200, XML).end();
      return;
    case 'hang':
      return;
    default:
      request.socket.destroy();
  }
}

/** Spoils an answer whose work was done. */
export function spoil(failure: Failure, body: Buffer, response: ServerResponse): void {
  switch (failure) {
    case 'truncate':
      // A whole HTTP answer of half a document.
      response.writeHead(200, XML).end(body.subarray(0, Math.floor(body.length * 0.6)));
      return;
    case 'slow':
      drip(body, response);
      return;
    case 'huge':
      sendHuge(body, response);
      return;
    case 'charset': {
      const at = body.indexOf('Response');
      const bad = Buffer.from('<!-- \xe9t\xe9 -->', 'latin1');
      const after = body.indexOf('>', at) + 1;
      response
        .writeHead(200, XML)
        .end(Buffer.concat([body.subarray(0, after), bad, body.subarray(after)]));
      return;
    }
    default:
      response.writeHead(200, XML).end(withDoctype(failure, body));
  }
}

/** `dtd`: a harmless document type. `entities`: each entity ten of the one before. */
function withDoctype(failure: Failure, body: Buffer): Buffer {
  let subset = '';
  if (failure === 'entities') {
    subset = '<!ENTITY e0 "ha">';
    for (let level = 1; level < 10; level += 1) {
      subset += `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`;
    }
    subset = ` [${subset}]`;
  }
  const end = body.indexOf('?>') + 2;
  const declaration = `\n<!DOCTYPE Envelope${subset}>\n`;
  const rest = body.subarray(end).toString('utf8');
  const used = failure === 'entities' ? rest.replace('</', '&e9;</') : rest;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${declaration}${used}`);
}

/** One byte at a time until the caller loses patience. */
function drip(body: Buffer, response: ServerResponse): void {
  response.writeHead(200, XML);
  let position = 0;
  const timer = setInterval(() => {
    if (response.destroyed || position >= body.length) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(body.subarray(position, position + 1));
    position += 1;
  }, DRIP_MILLISECONDS);
  response.on('close', () => clearInterval(timer));
}

/** A good answer whose end does not come: comments, 200 MB of them. */
function sendHuge(body: Buffer, response: ServerResponse): void {
  const chunk = Buffer.from(`<!--${'- '.repeat(500)}-->`.repeat(64));
  let sent = 0;
  response.writeHead(200, XML);
  response.write(body.subarray(0, body.lastIndexOf('</soap:Body>')));
  const more = (): void => {
    while (sent < HUGE_BYTES && !response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', more);
        return;
      }
    }
    if (!response.destroyed) response.end();
  };
  more();
}
