import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RudeServer } from '../../tests/support/rude-server.ts';
import {
  answering,
  HandTimers,
  pouring,
  startDoorSlammer,
  startRudeServer,
} from '../../tests/support/rude-server.ts';
import { testCertificate } from '../../tests/support/test-certificate.ts';
import type { Http, HttpOptions, HttpRequest } from './http.ts';
import { createHttp } from './http.ts';
import { collect } from './http-body.ts';
import { TransportError } from './transport-error.ts';

let server: RudeServer;
const open: Http[] = [];

function client(options: HttpOptions = {}): Http {
  const http = createHttp({ allowHosts: ['localhost'], ...options });
  open.push(http);
  return http;
}

async function failure(work: Promise<unknown>): Promise<TransportError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TransportError);
  return error as TransportError;
}

async function whole(http: Http, request: Partial<HttpRequest> = {}): Promise<string> {
  const answer = await http.send({ method: 'GET', url: server.url, ...request });
  return (await collect(answer.body)).toString('utf8');
}

beforeEach(async () => {
  server = await startRudeServer();
});

afterEach(async () => {
  for (const http of open.splice(0)) http.close();
  await server.close();
});

describe('an ordinary call', () => {
  test('brings status, headers and body, and keeps the connection', async () => {
    const ports = new Set<number | undefined>();
    server.behave((answer, request) => {
      ports.add(request.socket.remotePort);
      answer.writeHead(418, { 'content-type': 'text/plain', 'x-twice': ['a', 'b'] });
      answer.end('thé');
    });
    const http = client();
    for (let round = 0; round < 3; round += 1) {
      const answer = await http.send({ method: 'POST', url: `${server.url}/a?b=c`, body: 'é' });
      expect(answer.status).toBe(418);
      expect(answer.contentType).toBe('text/plain');
      expect(answer.headers['x-twice']).toBe('a, b');
      expect((await collect(answer.body)).toString()).toBe('thé');
    }
    expect(ports.size).toBe(1);
    expect(server.heard[0]).toMatchObject({ method: 'POST', path: '/a?b=c', body: 'é' });
    expect(server.heard[0]?.headers['content-length']).toBe('2');
  });

  test('reads compressed answers', async () => {
    server.behave((answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip' });
      answer.end(gzipSync('bonjour'));
    });
    expect(await whole(client())).toBe('bonjour');
  });

  test('closing the client ends an answer that nobody reads, and its timers', async () => {
    const timers = new HandTimers();
    server.behave((answer) => void answer.write('half'));
    const http = client({ timers });
    const answer = await http.send({ method: 'GET', url: server.url });
    expect(timers.count).toBe(1);
    http.close();
    expect(await failure(collect(answer.body))).toMatchObject({ code: 'reset', sent: true });
    expect(timers.count).toBe(0);
  });

  test('leaves no timer behind', async () => {
    const timers = new HandTimers();
    server.behave(answering('x'));
    const http = client({ timers });
    await whole(http);
    expect(timers.count).toBe(0);
    server.behave((answer) => answer.destroy());
    await failure(whole(http));
    expect(timers.count).toBe(0);
  });
});

describe('limits of time', () => {
  const limits = { connectMs: 1, idleMs: 2, totalMs: 3 };

  test('no answer: idle, and the command may have been heard', async () => {
    const timers = new HandTimers();
    server.behave(() => timers.fire(2));
    const http = client({ timers, limits });
    const error = await failure(http.send({ method: 'POST', url: server.url, body: 'x' }));
    expect(error).toMatchObject({ code: 'idle', sent: true });
  });

  test('a body that stops: idle, after what came was handed over', async () => {
    const timers = new HandTimers();
    server.behave((answer) => void answer.write('half'));
    const answer = await client({ timers, limits }).send({ method: 'GET', url: server.url });
    const body = answer.body[Symbol.asyncIterator]();
    expect(Buffer.from((await body.next()).value as Uint8Array).toString()).toBe('half');
    const next = body.next();
    await timers.whenArmed(2);
    timers.fire(2);
    expect(await failure(next)).toMatchObject({ code: 'idle', sent: true });
  });

  test('our own slowness is not the other side’s silence', async () => {
    const timers = new HandTimers();
    server.behave(answering('x'.repeat(300_000)));
    const answer = await client({ timers, limits }).send({ method: 'GET', url: server.url });
    let bytes = 0;
    for await (const piece of answer.body) {
      bytes += piece.length;
      timers.fire(2);
    }
    expect(bytes).toBe(300_000);
  });

  test('a body that never ends meets the total limit, also when nobody reads', async () => {
    const timers = new HandTimers();
    server.behave((answer) => void answer.write('half'));
    const answer = await client({ timers, limits }).send({ method: 'GET', url: server.url });
    timers.fire(3);
    expect(timers.count).toBe(0);
    expect(await failure(collect(answer.body))).toMatchObject({ code: 'timeout', sent: true });
  });

  test('a name that is never resolved: timeout, and nobody heard us', async () => {
    const timers = new HandTimers();
    const http = client({ timers, limits, resolve: () => setImmediate(() => timers.fire(1)) });
    const error = await failure(whole(http));
    expect(error).toMatchObject({ code: 'timeout', sent: false });
  });

  test('we stop it', async () => {
    const control = new AbortController();
    server.behave(() => control.abort());
    const http = client();
    const error = await failure(whole(http, { signal: control.signal }));
    expect(error).toMatchObject({ code: 'aborted', sent: true });
    const early = await failure(whole(http, { signal: control.signal }));
    expect(early).toMatchObject({ code: 'aborted', sent: false });
  });
});

describe('limits of size', () => {
  test('an announced length is refused before a byte of it', async () => {
    server.behave((answer) => {
      answer.writeHead(200, { 'content-length': '200000000' });
      answer.flushHeaders();
    });
    const error = await failure(whole(client()));
    expect(error).toMatchObject({ code: 'too-large', sent: true });
  });

  test('200 MB that were not announced are broken off at the limit', async () => {
    const piece = Buffer.alloc(64 * 1024, 0x20);
    server.behave(pouring(() => Array.from({ length: 3200 }, () => piece)));
    const http = client({ limits: { maxBytes: 1024 * 1024 } });
    let kept = 0;
    const answer = await http.send({ method: 'GET', url: server.url });
    const reading = (async () => {
      for await (const part of answer.body) kept += part.length;
    })();
    expect(await failure(reading)).toMatchObject({ code: 'too-large', sent: true });
    expect(kept).toBeLessThanOrEqual(1024 * 1024);
    expect(server.sentBytes()).toBeLessThan(50 * 1024 * 1024);
  });

  test('a small body that unpacks into a large one counts unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    server.behave((answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip' });
      answer.end(bomb);
    });
    const http = client({ limits: { maxBytes: 100_000 } });
    expect(await failure(whole(http))).toMatchObject({ code: 'too-large' });
  });

  test('headers have a limit too', async () => {
    server.behave((answer) => {
      answer.writeHead(200, { 'x-long': 'x'.repeat(50_000) });
      answer.end();
    });
    expect(await failure(whole(client()))).toMatchObject({ code: 'too-large', sent: true });
    const strict = client({ limits: { maxHeaderBytes: 500 } });
    server.behave((answer) => {
      answer.writeHead(200, { 'x-long': 'x'.repeat(600) });
      answer.end();
    });
    expect(await whole(client())).toBe('');
    expect(await failure(whole(strict))).toMatchObject({ code: 'too-large', sent: true });
  });
});

describe('broken connections', () => {
  test('nobody listens: connect, not sent', async () => {
    const { url } = server;
    await server.close();
    const error = await failure(client().send({ method: 'POST', url, body: 'x' }));
    server = await startRudeServer();
    expect(error).toMatchObject({ code: 'connect', sent: false });
  });

  test('reset before the request was read: it may have been, for all we know', async () => {
    const slammer = await startDoorSlammer();
    const request = { method: 'POST', url: slammer.url, body: 'x' };
    const error = await failure(whole(client(), request));
    await slammer.close();
    expect(error).toMatchObject({ code: 'reset', sent: true });
  });

  test('reset after the request was read', async () => {
    server.behave((answer) => void answer.socket?.resetAndDestroy());
    const error = await failure(whole(client(), { method: 'POST', body: 'x' }));
    expect(error).toMatchObject({ code: 'reset', sent: true });
    expect(server.heard).toHaveLength(1);
  });

  test('cut within the body, by length and by chunks, plain and compressed', async () => {
    const manners = [{ 'content-length': '100' }, {}, { 'content-encoding': 'gzip' }];
    for (const headers of manners) {
      server.behave((answer) => {
        answer.writeHead(200, headers);
        answer.write(gzipSync('some text').subarray(0, 15), () => answer.socket?.end());
      });
      expect(await failure(whole(client()))).toMatchObject({ code: 'reset', sent: true });
    }
  });

  test('a compressed body that ends early is no whole body', async () => {
    server.behave((answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip' });
      answer.end(gzipSync('some text').subarray(0, 15));
    });
    expect(await failure(whole(client()))).toMatchObject({ code: 'reset', sent: true });
  });

  test('not HTTP at all', async () => {
    server.behave((answer) => void answer.socket?.end('SSH-2.0-OpenSSH\r\n'));
    expect(await failure(whole(client()))).toMatchObject({ code: 'status', sent: true });
  });
});

describe('names and addresses', () => {
  test('a name that does not resolve: dns, not sent', async () => {
    const failed = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    const http = client({ resolve: (_name, done) => done(failed, []) });
    const error = await failure(whole(http, { url: 'http://nowhere.example/' }));
    expect(error).toMatchObject({ code: 'dns', sent: false });
    expect(error.detail).toContain('nowhere.example');
  });

  test.each(['127.0.0.1', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', '[::1]', '017700000001'])(
    'the address %s as a host is refused in every spelling',
    async (host) => {
      const http = createHttp();
      open.push(http);
      const url = `http://${host}:${server.port}/`;
      const error = await failure(http.send({ method: 'GET', url }));
      expect(error).toMatchObject({ code: 'address', sent: false });
      expect(server.heard).toHaveLength(0);
    },
  );

  test('the address that counts is the one the socket goes to, each time anew', async () => {
    const answers = [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1']];
    let round = 0;
    const http = client({
      resolve: (_name, done) => {
        const list = answers[round++] ?? [];
        done(
          null,
          list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
      },
    });
    for (const _ of answers) {
      const url = `http://reseller.example:${server.port}/`;
      const error = await failure(http.send({ method: 'GET', url }));
      expect(error).toMatchObject({ code: 'address', sent: false });
    }
    expect(round).toBe(3);
    expect(server.heard).toHaveLength(0);
  });

  test('a setting allows a host, on one port or all', async () => {
    server.behave(answering('ok'));
    const url = `http://127.0.0.1:${server.port}/`;
    const allowed = client({ allowHosts: [`127.0.0.1:${server.port}`] });
    expect(await whole(allowed, { url })).toBe('ok');
    const other = client({ allowHosts: ['127.0.0.1:1'] });
    expect(await failure(whole(other, { url }))).toMatchObject({ code: 'address' });
  });

  test.each(['ftp://localhost/', 'file:///etc/passwd', 'http://u:p@localhost/', 'nonsense'])(
    '%s is no address for us',
    async (url) => {
      const error = await failure(client().send({ method: 'GET', url }));
      expect(error).toMatchObject({ code: 'address', sent: false });
      expect(error.message).not.toContain('u:p');
    },
  );
});

describe('redirects', () => {
  test('a GET follows them on its own host, a few', async () => {
    server.behave((answer, request) => {
      const step = Number(request.url?.slice(1));
      if (step < 3) answer.writeHead(302, { location: `/${step + 1}` });
      answer.end(`at ${step}`);
    });
    expect(await whole(client(), { url: `${server.url}/0` })).toBe('at 3');
    const strict = client({ limits: { maxRedirects: 2 } });
    const error = await failure(whole(strict, { url: `${server.url}/0` }));
    expect(error).toMatchObject({ code: 'redirect', sent: true });
  });

  test('never to another host, port or protocol', async () => {
    const other = await startRudeServer();
    const places = [
      other.url,
      `http://127.0.0.1:${server.port}/`,
      `https://localhost:${server.port}`,
    ];
    for (const location of places) {
      server.behave((answer) => {
        answer.writeHead(307, { location });
        answer.end();
      });
      expect(await failure(whole(client()))).toMatchObject({ code: 'redirect', sent: true });
    }
    expect(other.heard).toHaveLength(0);
    await other.close();
  });

  test('a command is not repeated elsewhere', async () => {
    server.behave((answer, request) => {
      if (request.url === '/') answer.writeHead(308, { location: '/there' });
      answer.end();
    });
    const error = await failure(whole(client(), { method: 'POST', body: 'x' }));
    expect(error).toMatchObject({ code: 'redirect', sent: true });
    expect(server.heard.map((request) => request.path)).toEqual(['/']);
  });
});

describe('TLS', () => {
  test('a certificate nobody vouches for is refused, one of our own accepted', async () => {
    const secure = await startRudeServer('https');
    secure.behave(answering('ok'));
    const request = { method: 'POST', url: secure.url, body: 'x' };
    const error = await failure(client().send(request));
    expect(error).toMatchObject({ code: 'tls', sent: false });
    expect(secure.heard).toHaveLength(0);
    const trusting = client({ ca: testCertificate });
    const answer = await trusting.send(request);
    expect((await collect(answer.body)).toString()).toBe('ok');
    const elsewhere = client({
      ca: testCertificate,
      allowHosts: ['other.example'],
      resolve: (_name, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const wrongName = elsewhere.send({ ...request, url: `https://other.example:${secure.port}/` });
    expect(await failure(wrongName)).toMatchObject({ code: 'tls', sent: false });
    await secure.close();
  });

  test('a server that does not speak TLS', async () => {
    const url = server.url.replace('http:', 'https:');
    const error = await failure(client().send({ method: 'POST', url, body: 'x' }));
    expect(error).toMatchObject({ code: 'tls', sent: false });
  });
});
