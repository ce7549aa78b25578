/** What is refused before there is a route is told like all else, and slowness has an end. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../../src/api/server.ts';

const app = createApi({ exchange: {} as never, identify: async () => null });

beforeAll(async () => {
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

/** The bytes of an answer to these bytes, until the server closes. */
async function answerTo(request: string): Promise<string> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  socket.write(request);
  await once(socket, 'close');
  return answer;
}

function problemIn(answer: string): { status: number; code: string; requestId: string } {
  expect(answer).toMatch(/\r\ncontent-type: application\/problem\+json/i);
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

test('an address that cannot be decoded', async () => {
  const answered = await app.inject({ method: 'GET', url: '/api/v1/%zz' });
  expect(answered.statusCode).toBe(400);
  expect(answered.headers['content-type']).toContain('application/problem+json');
  expect(answered.json()).toMatchObject({ status: 400, code: 'request.unreadable' });
  expect(answered.body).not.toContain('FST_');
});

test('bytes that are no request', async () => {
  const answer = await answerTo('FOO /api/v1/runs HTTP/1.1\r\nhost: a\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  const problem = problemIn(answer);
  expect(problem).toMatchObject({ status: 400, code: 'request.unreadable' });
  expect(problem.requestId).not.toBe('');
});

test('headers without end', async () => {
  const answer = await answerTo(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  expect(problemIn(answer)).toMatchObject({ status: 431, code: 'request.unreadable' });
});

test('a request that never ends is cut off', () => {
  expect(app.server.requestTimeout).toBeGreaterThan(0);
  expect(app.server.requestTimeout).toBeLessThanOrEqual(300_000);
});
