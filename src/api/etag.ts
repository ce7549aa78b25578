/** What two people may edit carries an ETag; who sends it back with If-Match overwrites nobody. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ApiProblem } from './problem.ts';

export function etagOf(value: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest('base64url');
  return `"${digest.slice(0, 22)}"`;
}

/** Throws 412 when the request names another version; call it where the value is locked. */
export function checkIfMatch(request: FastifyRequest, value: unknown): void {
  const asked = request.headers['if-match'];
  if (asked === undefined || asked.trim() === '*') return;
  const tags = asked.split(',').map((tag) => tag.trim());
  if (tags.includes(etagOf(value))) return;
  throw new ApiProblem(412, 'etag.changed', 'It was changed since you read it: read it again.');
}
