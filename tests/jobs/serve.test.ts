/** The whole server in one process, on an embedded database. */
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { serve } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/services.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';

interface Told {
  level: string;
  fields: Readonly<Record<string, unknown>>;
  message: string;
}

it('listens, works what is due, and ends cleanly', { timeout: 60_000 }, async () => {
  const PARTERRE_DATA = makeVolatileFolder('parterre-serve-');
  const env = { PARTERRE_DATA, PARTERRE_PORT: '0', PARTERRE_METRICS_PORT: '0' };
  const told: Told[] = [];
  const ready = Promise.withResolvers<void>();
  const log = (level: string, fields: Readonly<Record<string, unknown>>, message: string): void => {
    told.push({ level, fields, message });
    if (message === 'worker ready') ready.resolve();
  };
  try {
    const server = await serve({ env, log });
    expect(server.greeting.join(' ')).toContain('parterre house load FILE');
    const answer = await fetch(`${server.address}/api/v1/openapi.json`);
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { openapi: string }).openapi).toBe('3.1.0');
    expect((await fetch(`${server.address}/api/v1/runs?state=hush`)).status).toBe(401);
    const readyz = await fetch(`${server.address}/readyz`);
    expect(readyz.status).toBe(200);
    expect(await readyz.json()).toMatchObject({
      checks: [{ name: 'database' }, { name: 'schema' }, { name: 'queue', ok: true }],
    });
    // Figures are on a port of their own, and on no other.
    const pages = told.find((one) => one.message === 'pages for machines ready');
    const { host, port } = (pages as Told).fields as { host: string; port: number };
    expect(host).toBe('127.0.0.1');
    const figures = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await figures.text()).toContain('# TYPE parterre_run_requests_open gauge');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    const elsewhere = await fetch(`${server.address}/metrics`);
    expect(await elsewhere.text()).not.toContain('parterre_');
    await ready.promise;
    await server.stop();
    expect(told.filter(({ level }) => level === 'error')).toEqual([]);
    expect(
      told
        .map(({ message }) => message)
        .filter((one) => one.endsWith('ready'))
        .sort(),
    ).toEqual(['pages for machines ready', 'server ready', 'worker ready']);
    // Each request is told by its route, and never by what was asked with it.
    const requests = told.filter(({ message }) => message === 'request');
    const shown = requests.map(({ fields }) => [fields.method, fields.route, fields.status]);
    expect(shown.slice(0, 2)).toEqual([
      ['GET', '/api/v1/openapi.json', 200],
      ['GET', '/api/v1/runs', 401],
    ]);
    expect(JSON.stringify(told)).not.toContain('hush');
    // The data folder is free again.
    const house = await openHouse({ env, mustOwn: true });
    await house.close();
  } finally {
    rmSync(PARTERRE_DATA, { recursive: true, force: true });
  }
});
