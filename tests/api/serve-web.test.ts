import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { webRoutes } from '../../src/api/web/serve-web.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';

const PAGE = '<!doctype html><script type="module" src="/assets/index-1.js"></script>';
const SCRIPT = 'console.log("parterre")';

function serve(folder: string, isSecure = false) {
  const app = createApi({ exchange: {} as never, identify: async () => null });
  app.register(webRoutes({ folder, isSecure }));
  return app;
}

describe('the web application’s files', () => {
  const folder = makeVolatileFolder('parterre-web-');
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'assets', 'index-1.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'index-1.js.gz'), gzipSync(SCRIPT));
  const app = serve(folder);
  beforeAll(() => app.ready());
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('is one page at every address of a scene, asked for anew each time', async () => {
    for (const url of ['/', '/cases?state=open', '/interfaces/ifc_1']) {
      const page = await app.inject(url);
      expect([url, page.statusCode, page.body]).toEqual([url, 200, PAGE]);
      expect(page.headers['cache-control']).toBe('no-cache');
    }
  });

  it('runs no script but its own, and asks nobody else', async () => {
    const policy = String((await app.inject('/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  it('asks for https where people reach it by https', async () => {
    const secure = serve(folder, true);
    const { headers } = await secure.inject('/');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    await secure.close();
  });

  it('keeps hashed assets for a year, and sends them compressed', async () => {
    const plain = await app.inject('/assets/index-1.js');
    expect([plain.statusCode, plain.body]).toEqual([200, SCRIPT]);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const headers = { 'accept-encoding': 'gzip' };
    const small = await app.inject({ url: '/assets/index-1.js', headers });
    expect(small.headers['content-encoding']).toBe('gzip');
  });

  it('is no page below /api, and none for a file that is not there', async () => {
    for (const url of ['/api/v1/nothing', '/api/nothing', '/assets/other.js', '/robots.txt']) {
      const answer = await app.inject(url);
      expect([url, answer.statusCode]).toEqual([url, 404]);
      expect(answer.json()).toMatchObject({ code: 'route.unknown' });
    }
    const outside = await app.inject('/assets/..%2findex.html');
    expect(outside.statusCode).toBeGreaterThanOrEqual(400);
  });

  it('says the cure where nothing was built', async () => {
    const empty = makeVolatileFolder('parterre-web-');
    const bare = serve(empty);
    const page = await bare.inject('/cases');
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run build');
    await bare.close();
    rmSync(empty, { recursive: true });
  });
});
