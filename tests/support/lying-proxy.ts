/** Between the house and a reseller: changes what the reseller answers, or is not there at all. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface LyingProxy {
  readonly url: string;
  /** What is passed on in place of the answer; the second is the request. */
  lie: ((answer: string, request: string) => string) | null;
  /** Refuses every connection. */
  dead: boolean;
  stop(): Promise<void>;
}

export async function startLyingProxy(target: string): Promise<LyingProxy> {
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  const proxy: LyingProxy = {
    url: '',
    lie: null,
    dead: false,
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (proxy.dead) {
      response.destroy();
      return;
    }
    const headers: Record<string, string> = {};
    for (const name of ['content-type', 'authorization', 'soapaction']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const answer = await fetch(`${target}${request.url}`, { method: 'POST', headers, body });
    const text = await answer.text();
    const told = proxy.lie?.(text, body.toString('utf8')) ?? text;
    const type = answer.headers.get('content-type') ?? 'text/xml';
    response.writeHead(answer.status, { 'content-type': type }).end(told);
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, { url: `http://127.0.0.1:${port}` });
}
