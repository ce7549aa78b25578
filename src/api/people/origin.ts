/** Whether a browser's request comes from our own pages. */
import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problem.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Throws 403 for an unsafe request that another site's page may have made. A browser says where
 * a page comes from (Origin) or that it is ours (Sec-Fetch-Site); whoever sends a cookie and says
 * neither is refused. Without a cookie only a foreign Origin is.
 */
export function refuseForeignOrigin(
  request: Pick<FastifyRequest, 'method' | 'headers'>,
  publicUrl: string,
): void {
  if (SAFE.has(request.method)) return;
  const { origin, host, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined) {
    if (isOurs(origin, publicUrl, host)) return;
  } else if (site === 'same-origin' || (cookie === undefined && site === undefined)) return;
  throw new ApiProblem(403, 'request.origin', 'This request comes from another site.');
}

/** The configured address, or the one under which the browser reached this very server. */
function isOurs(origin: string, publicUrl: string, host: string | undefined): boolean {
  const parsed = URL.parse(origin);
  // `null` (a sandboxed frame, a file) has no address and is nobody's.
  if (parsed === null || parsed.origin !== origin) return false;
  const ours = new URL(publicUrl);
  if (parsed.origin === ours.origin) return true;
  return parsed.protocol === ours.protocol && parsed.host === host;
}
