/**
 * The web application's files, as `npm run build` made them: hashed assets for a year, the page for
 * every address that is not the API's. The policy allows scripts and requests of this server only;
 * styles may stand in the page, because Mantine writes its theme there.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const ASSETS_SECONDS = 365 * 24 * 3600;

export interface WebSettings {
  /** Where the build lies. */
  folder: string;
  /** Whether people reach this server by https only. */
  isSecure: boolean;
}

/** Register it on the server itself, after the API. */
export function webRoutes({ folder, isSecure }: WebSettings) {
  return async (app: FastifyInstance): Promise<void> => {
    const helmet = { contentSecurityPolicy: { useDefaults: false, directives: policy(isSecure) } };
    const route = { schema: { hide: true }, config: { action: 'public' }, helmet } as const;
    const assets = join(folder, 'assets');
    if (existsSync(assets)) {
      await app.register(fastifyStatic, {
        root: assets,
        prefix: '/assets/',
        decorateReply: false,
        index: false,
        preCompressed: true,
        immutable: true,
        maxAge: ASSETS_SECONDS * 1000,
        schemaHide: true,
      });
    }
    app.get('/favicon.svg', route, (_request, reply) => {
      const icon = join(folder, 'favicon.svg');
      if (!existsSync(icon)) return reply.callNotFound();
      return reply.type('image/svg+xml').header('cache-control', 'max-age=86400').send(read(icon));
    });
    app.get('/*', route, (request, reply) => sendPage(folder, request, reply));
  };
}

function policy(isSecure: boolean): Record<string, string[]> {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
    // Only where there is https: elsewhere the browser would ask for scripts that nobody serves.
    ...(isSecure ? { 'upgrade-insecure-requests': [] } : {}),
  };
}

function sendPage(folder: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { pathname } = new URL(request.url, 'http://server');
  // What has an ending is a file, and there is none; below /api an unknown address is a problem.
  if (/^\/(api|assets)(\/|$)/.test(pathname) || /\.\w+$/.test(pathname)) {
    reply.callNotFound();
    return reply;
  }
  const page = join(folder, 'index.html');
  const isBuilt = existsSync(page);
  return reply
    .code(isBuilt ? 200 : 503)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(isBuilt ? read(page) : MISSING);
}

const read = (path: string): Buffer => readFileSync(path);

const MISSING = `<!doctype html>
<html lang="fr"><meta charset="utf-8"><title>Parterre</title>
<body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>L’application web n’est pas construite</h1>
<p>Le serveur fonctionne et l’API répond. Pour construire l’application, dans le dossier de
Parterre&nbsp;: <code>npm run build</code>, puis rechargez cette page.</p>
<h2 lang="en">The web application has not been built</h2>
<p lang="en">The server works and the API answers. To build the application, in the folder of
Parterre: <code>npm run build</code>, then load this page again.</p>
</body></html>
`;
