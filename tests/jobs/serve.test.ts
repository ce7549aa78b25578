/** The whole server in one process, on an embedded database. */
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { serve } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/services.ts';
import { makeVolatileFolder } from '../support/temporary-folder.ts';

it('listens, works what is due, and ends cleanly', { timeout: 60_000 }, async () => {
  const PARTERRE_DATA = makeVolatileFolder('parterre-serve-');
  const env = { PARTERRE_DATA, PARTERRE_PORT: '0' };
  const told: string[] = [];
  const errors: unknown[] = [];
  const ready = Promise.withResolvers<void>();
  const log = (level: string, fields: object, message: string): void => {
    told.push(message);
    if (level === 'error') errors.push(fields);
    if (message === 'worker ready') ready.resolve();
  };
  try {
    const server = await serve({ env, log });
    const answer = await fetch(`${server.address}/api/v1/openapi.json`);
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { openapi: string }).openapi).toBe('3.1.0');
    expect((await fetch(`${server.address}/api/v1/runs`)).status).toBe(401);
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    await ready.promise;
    await server.stop();
    expect(errors).toEqual([]);
    expect(told).toEqual(['server ready', 'worker ready']);
    // The data folder is free again.
    const house = await openHouse({ env, mustOwn: true });
    await house.close();
  } finally {
    rmSync(PARTERRE_DATA, { recursive: true, force: true });
  }
});
