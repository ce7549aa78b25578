/** Between the house and a reseller: counts what was told, and can keep an answer back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface RecordingProxy {
  readonly url: string;
  /** Bodies of the requests that reached the reseller, by the service's name. */
  readonly requests: { service: string; body: string }[];
  /** Decides, when the reseller has answered, whether its answer is passed on: never by default. */
  onAnswer: ((service: string, body: string) => 'pass' | 'keep') | null;
  stop(): Promise<void>;
}

export async function startRecordingProxy(target: () => string): Promise<RecordingProxy> {
  const requests: RecordingProxy['requests'] = [];
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  const proxy: RecordingProxy = {
    url: '',
    requests,
    onAnswer: null,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const service = (request.url ?? '').split('/').at(-1) ?? '';
    requests.push({ service, body: body.toString('utf8') });
    const answer = await send(`${target()}${request.url}`, request, body);
    if (proxy.onAnswer?.(service, body.toString('utf8')) === 'keep') return;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, { url: `http://127.0.0.1:${port}` });
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function send(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: method ?? 'POST', headers: { ...headers, connection: 'close' } };
    const outgoing = httpRequest(url, options, (incoming) => {
      buffer(incoming).then(
        (received) =>
          resolve({
            status: incoming.statusCode ?? 500,
            headers: { 'content-type': incoming.headers['content-type'] ?? 'text/xml' },
            body: received,
          }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
